/* The screens beside the walk, by their keys, on the real form. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/setting.h"
#include "tests/book.h"
#include "tests/screen_stage.h"
#include "tests/unit.h"
#include "tui/deed.h"

struct side {
	struct book *book;
	struct app app;
};

static struct side side;

static int set_up(void **state)
{
	void *book;

	(void)state;
	setenv("NIANBAO_NOW", "2026-01-12T10:42:07", 1);
	book_set_up(&book);
	side.book = book;
	stage_open(24, 80);
	app_start(&side.app, side.book->s, side.book->forms);
	return 0;
}

static int tear_down(void **state)
{
	void *book = side.book;

	(void)state;
	app_stop(&side.app);
	stage_close();
	return book_tear_down(&book);
}

/* This year's demo figures: half filled, with things to find. */
static void fill(void)
{
	struct draft *d =
		book_open(side.book, side.book->s, side.book->id, DRAFT_EDIT);

	book_fill(d, "2025.tsv");
	draft_close(d);
}

static void open_draft(enum draft_mode mode)
{
	side.app.draft =
		book_open(side.book, side.book->s, side.book->id, mode);
}

static const char *top_name(void)
{
	return side.app.stack[side.app.depth - 1].ops->name;
}

static size_t cell(const char *path)
{
	return form_cell(draft_form(side.app.draft), path);
}

/* ---- start ---- */

static void test_start(void **state)
{
	(void)state;
	fill();
	screen_start(&side.app);
	stage_play(&side.app, "C-l");
	stage_sees("青溪县教育局");
	stage_sees("2026年1月12日 星期一");
	stage_sees("128/172");
	stage_sees("天");
	stage_sees("本机用户");
	stage_play(&side.app, "Enter");
	assert_string_equal(top_name(), "walk");
	assert_true(draft_writable(side.app.draft));
	stage_play(&side.app, "Esc");
	assert_string_equal(top_name(), "start");
	assert_null(side.app.draft);
	stage_sees("上次停在");
}

static void test_start_empty(void **state)
{
	struct err err = { 0 };
	struct store *empty;
	char *path = str_printf("%s/empty.db", side.book->folder);

	(void)state;
	empty = store_open(path, STORE_CREATE, &err);
	assert_non_null(empty);
	WELL(store_sign_in(empty, NULL, &why));
	side.app.store = empty;
	screen_start(&side.app);
	stage_play(&side.app, "Enter");
	stage_sees("还没有报告");
	app_pop(&side.app);
	side.app.store = side.book->s;
	store_close(empty);
	free(path);
}

static void test_start_selects_left_last(void **state)
{
	int64_t other;

	(void)state;
	other = book_new(side.book, "ogi-2021", "青溪县民政局", 2024);
	screen_start(&side.app);
	stage_play(&side.app, "End Enter Esc");
	app_pop(&side.app);
	side.app.quit = false;
	screen_start(&side.app);
	stage_play(&side.app, "Enter");
	assert_int_equal(draft_row(side.app.draft)->id, other);
}

static void test_start_filter(void **state)
{
	(void)state;
	book_new(side.book, "ogi-2021", "青溪县民政局", 2024);
	screen_start(&side.app);
	stage_play(&side.app, "C-f '民政' Enter");
	stage_sees("青溪县民政局");
	stage_lacks("青溪县教育局");
	stage_play(&side.app, "C-f C-u '没有的' Enter");
	stage_sees("没有符合筛选的报告");
	stage_play(&side.app, "C-f C-u Enter");
	stage_sees("青溪县教育局");
}

/* Another program has the report: look, or take over. */
static void test_start_two_editors(void **state)
{
	struct draft *there;

	(void)state;
	there = book_open(side.book, side.book->other, side.book->id,
			  DRAFT_EDIT);
	screen_start(&side.app);
	stage_play(&side.app, "Enter @asked Enter");
	stage_kept_sees("asked", "正在填写这份报告");
	assert_false(draft_writable(side.app.draft));
	stage_play(&side.app, "Esc Enter Esc");
	assert_string_equal(top_name(), "start");
	stage_play(&side.app, "Enter Right Enter");
	assert_true(draft_writable(side.app.draft));
	draft_close(there);
}

/* Preview, findings, checklist, menu and export from the first screen leave no
 * report open behind them. */
static void test_start_over(void **state)
{
	static const char *const keys[] = { "F2", "F5", "F8" };

	(void)state;
	fill();
	screen_start(&side.app);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		stage_play(&side.app, keys[i]);
		assert_int_equal(side.app.depth, 2);
		stage_play(&side.app, "Esc");
		assert_null(side.app.draft);
	}
	stage_play(&side.app, "F9 Esc");
	assert_null(side.app.draft);
	stage_play(&side.app, "M-x Esc");
	assert_null(side.app.draft);
	assert_int_equal(side.app.depth, 1);
}

/* ---- a new report ---- */

static void test_new(void **state)
{
	struct unit *unit;

	(void)state;
	screen_start(&side.app);
	stage_play(&side.app,
		   "Ins Down Enter '青溪县城关镇人民政府' Enter @kind Enter "
		   "C-u '20' Enter @again C-u '2024' Enter @form Enter @walk "
		   "Enter @opening '12' Enter M-0 @zeros Enter Enter Enter "
		   "Enter Enter Enter Enter");
	stage_kept_sees("kind", "> 乡镇、街道");
	stage_kept_sees("again", "四位数字");
	stage_kept_sees("form", "> 政府信息公开工作年度报告");
	stage_kept_sees("walk", "没有 2023 年度的报告");
	stage_kept_sees("opening", "行政规范性文件");
	assert_string_equal(top_name(), "walk");
	unit = store_unit_find(side.book->s, "青溪县城关镇人民政府");
	assert_non_null(unit);
	assert_int_equal(unit->kind, UNIT_TOWN);
	assert_true(unit->kind_set);
	unit_free(unit);
	assert_int_equal(draft_row(side.app.draft)->year, 2024);
	assert_non_null(draft_last(side.app.draft));
	assert_string_equal(
		book_text(side.app.draft, "requests.carried_in.natural"), "0");
}

/* Esc at any question makes nothing. */
static void test_new_given_up(void **state)
{
	static const char *const scripts[] = {
		"Ins Esc", "Ins Down Enter Esc",
		"Ins Down Enter '甲局' Enter Esc",
		"Ins Down Enter '甲局' Enter Enter Esc",
		"Ins Down Enter '甲局' Enter Enter Enter Esc"
	};
	const struct report_filter all = { .state = -1 };
	struct report_row *list;
	size_t count;

	(void)state;
	screen_start(&side.app);
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
		stage_play(&side.app, scripts[i]);
	WELL(store_reports(side.book->s, &all, &list, &count, &why));
	assert_int_equal(count, 1);
	store_reports_free(list, count);
	assert_null(store_unit_find(side.book->s, "甲局"));
	assert_string_equal(top_name(), "start");
}

static void test_new_twice(void **state)
{
	(void)state;
	screen_start(&side.app);
	stage_play(&side.app,
		   "Ins Enter Enter C-u '2025' Enter Enter @told Enter");
	stage_kept_sees("told", "已经有了");
}

/* ---- findings ---- */

static void test_findings(void **state)
{
	size_t there;

	(void)state;
	fill();
	open_draft(DRAFT_EDIT);
	screen_walk(&side.app, cell("overview.text"));
	stage_play(&side.app, "F5");
	stage_sees("必须改正");
	stage_sees("自然人列");
	stage_sees("怎么办");
	stage_play(&side.app, "Tab");
	stage_sees("只看必须改正的");
	stage_play(&side.app, "Enter");
	assert_string_equal(top_name(), "walk");
	assert_int_equal(side.app.depth, 1);
	/* From the cell the list opens at its finding. */
	stage_play(&side.app, "F5");
	stage_sees(">须改");
	stage_play(&side.app, "F1");
	stage_sees("要求：");
	stage_play(&side.app, "Esc Esc");
	assert_string_equal(top_name(), "walk");
	there = cell("requests.new.natural");
	assert_true(there < draft_form(side.app.draft)->cell_count);
}

/* From the first screen a finding leads to the walk too. */
static void test_findings_without_walk(void **state)
{
	(void)state;
	fill();
	screen_start(&side.app);
	stage_play(&side.app, "F5 Tab Enter");
	assert_string_equal(top_name(), "walk");
	stage_play(&side.app, "Esc");
	assert_string_equal(top_name(), "findings");
	stage_play(&side.app, "Esc");
	assert_string_equal(top_name(), "start");
	assert_null(side.app.draft);
}

static void test_explain(void **state)
{
	const struct findings *all;
	bool explained = false;

	(void)state;
	fill();
	open_draft(DRAFT_EDIT);
	book_set(side.app.draft, "disclosure.regulations.in_force", "2");
	WELL(draft_leave(side.app.draft, &why));
	screen_findings(&side.app, cell("disclosure.regulations.in_force"));
	stage_play(&side.app, "M-e '两件规章由上级授权' Enter");
	all = draft_findings(side.app.draft);
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].explanation &&
		    strcmp(all->list[i].explanation, "两件规章由上级授权") == 0)
			explained = true;
	if (!explained)
		fail_msg("%s", stage_picture());
	stage_sees("已说明");
	stage_play(&side.app, "Tab M-e");
	stage_sees("不能用说明代替");
}

/* ---- checklist ---- */

static void test_checklist(void **state)
{
	const struct section_def *section;
	const struct item_def *clerks = NULL;
	int64_t id;

	(void)state;
	fill();
	open_draft(DRAFT_EDIT);
	id = draft_row(side.app.draft)->id;
	section = &draft_form(side.app.draft)->sections[0];
	for (size_t i = 0; i < section->item_count && !clerks; i++)
		if (section->items[i].judge == ITEM_CLERK &&
		    form_lists(section->items[i].kinds, "department"))
			clerks = &section->items[i];
	assert_non_null(clerks);
	screen_checklist(&side.app, section);
	stage_play(&side.app, "' '");
	stage_sees("由程序判断");
	stage_play(&side.app, "End '　'");
	for (size_t i = 0; i < section->item_count; i++)
		stage_play(&side.app, "Up ' '");
	assert_true(store_ticked(side.book->s, id, clerks->id));
	stage_play(&side.app, "PgDn");
	stage_sees(draft_form(side.app.draft)->sections[1].title);
	stage_play(&side.app, "F3 F3");
	stage_sees("这是第一部分");
	stage_play(&side.app, "'啊'");
	stage_sees("当前为中文输入");
}

/* ---- preview ---- */

static void test_preview(void **state)
{
	(void)state;
	fill();
	open_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	stage_play(&side.app, "C-l");
	stage_sees("草稿");
	stage_sees("还空 44");
	stage_sees("第 1-");
	stage_play(&side.app, "C-f '信息处理费' Enter");
	stage_play(&side.app, "C-f C-u '绝不会有的字' Enter");
	stage_sees("文稿里没有");
	stage_play(&side.app, "End");
	stage_lacks("第 1-");
	stage_play(&side.app, "Home");
	stage_sees("第 1-");
}

/* ---- export ---- */

static void test_export(void **state)
{
	struct str bytes = { 0 };
	char *path = str_printf("%s/a.txt", side.book->folder);
	char *script = str_printf("Down Down Enter @path C-u '%s' Enter @done "
				  "Enter",
				  path);

	(void)state;
	fill();
	open_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	stage_script(script);
	screen_export(&side.app);
	stage_kept_sees("path", "草稿");
	stage_kept_sees("done", "已导出到");
	WELL(file_read(path, 1 << 20, &bytes, &why));
	assert_non_null(strstr(bytes.s, "青溪县教育局"));
	/* There already: the safe choice leaves it. */
	WELL(file_write(path, "mine", 4, 0600, &why));
	free(script);
	script =
		str_printf("Down Down Enter C-u '%s' Enter @asked Enter", path);
	stage_script(script);
	screen_export(&side.app);
	stage_kept_sees("asked", "已经有了");
	str_clear(&bytes);
	WELL(file_read(path, 1 << 20, &bytes, &why));
	assert_string_equal(bytes.s, "mine");
	free(script);
	script = str_printf("Enter C-u '%s/no/where.docx' Enter @told Enter",
			    side.book->folder);
	stage_script(script);
	screen_export(&side.app);
	stage_kept_sees("told", "没有导出");
	free(script);
	free(path);
	str_free(&bytes);
}

/* ---- notes and history ---- */

static void test_notes(void **state)
{
	const struct comment *list;
	size_t count;

	(void)state;
	open_draft(DRAFT_EDIT);
	screen_walk(&side.app, cell("requests.new.natural"));
	stage_script("'请核对台账' Enter");
	screen_notes(&side.app, cell("requests.new.natural"));
	stage_play(&side.app, "C-l");
	stage_sees("请核对台账");
	stage_sees("未答复");
	stage_play(&side.app, "Enter Enter '已核对' Enter");
	stage_sees("已答复");
	stage_play(&side.app, "Enter Down Enter");
	stage_sees("已解决");
	list = draft_comments(side.app.draft, &count);
	assert_int_equal(count, 1);
	assert_string_equal(list[0].answer, "已核对");
	assert_true(*list[0].resolved_at);
	stage_play(&side.app, "Enter Enter");
	assert_string_equal(top_name(), "walk");
}

static void test_history(void **state)
{
	(void)state;
	open_draft(DRAFT_EDIT);
	book_set(side.app.draft, "requests.new.natural", "7");
	WELL(draft_leave(side.app.draft, &why));
	book_set(side.app.draft, "requests.new.natural", "8");
	WELL(draft_leave(side.app.draft, &why));
	screen_preview(&side.app);
	screen_history(&side.app, cell("requests.new.natural"));
	stage_play(&side.app, "C-l");
	stage_sees("2 条");
	stage_sees("空 → 7");
	stage_sees("7 → 8");
	stage_play(&side.app, "Esc");
	screen_history(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "C-l");
	stage_sees("新建");
}

/* ---- the menu and the deeds ---- */

/* The menu's line with this text is taken. */
static void take(const char *text)
{
	char script[200] = "@menu Esc";
	const char *line, *at;
	int down = 0;

	stage_script(script);
	screen_menu(&side.app);
	at = stage_kept("menu");
	line = strstr(at, text);
	if (!line || !strstr(at, "菜单"))
		fail_msg("no %s in\n%s", text, at);
	for (at = strchr(strstr(at, "菜单"), '\n'); at && at < line;
	     at = strchr(at + 1, '\n'))
		down++;
	script[0] = '\0';
	for (int i = 1; i < down; i++)
		strcat(script, "Down ");
	strcat(script, "Enter");
	stage_script(script);
	screen_menu(&side.app);
}

static void test_menu(void **state)
{
	char *value;

	(void)state;
	open_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	take("表中回车键改为向右");
	value = setting_get(side.book->s, "enter");
	assert_string_equal(value, "right");
	free(value);
	take("改动记录");
	assert_string_equal(top_name(), "history");
	stage_play(&side.app, "Esc");
	take("说明和全部按键");
	assert_string_equal(top_name(), "help");
}

static void complete(void)
{
	struct draft *d = side.app.draft;
	const struct form_def *form = draft_form(d);

	for (size_t i = 0; i < form->body_count; i++)
		WELL(draft_fill_zero(d, &form->sections[i], &why));
	for (size_t i = 0; i < form->cell_count; i++)
		if (form->cells[i].kind == FIELD_PROSE &&
		    form->cells[i].required)
			book_set(d, form->cells[i].path,
				 "本机关按照条例要求推进各项公开工作，"
				 "没有收取信息处理费，全年运行平稳有序。");
	WELL(draft_leave(d, &why));
}

static void explain_all(void)
{
	const struct findings *all = draft_findings(side.app.draft);

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].severity == SEVERITY_SOFT &&
		    !all->list[i].explanation) {
			WELL(review_explain(side.app.draft,
					    all->list[i].rule->id, "",
					    "全年确无活动。", &why));
			all = draft_findings(side.app.draft);
		}
}

static enum state state_now(void)
{
	return draft_row(side.app.draft)->state;
}

static void deed(enum deed which, const char *script)
{
	stage_script(script);
	if (!deed_run(&side.app, which))
		fail_msg("%s was not done\n%s", deed_word(which),
			 stage_picture());
}

/* All the way round; the safe button leaves a report as it is. */
static void test_round(void **state)
{
	(void)state;
	open_draft(DRAFT_EDIT);
	complete();
	explain_all();
	screen_preview(&side.app);
	stage_script("@asked Enter");
	assert_false(deed_run(&side.app, DEED_SUBMIT));
	stage_kept_sees("asked", "172/172");
	assert_int_equal(state_now(), STATE_DRAFT);
	deed(DEED_SUBMIT, "Left Enter");
	assert_int_equal(state_now(), STATE_SUBMITTED);
	deed(DEED_RETURN, "'数字再核一遍' Enter");
	assert_int_equal(state_now(), STATE_RETURNED);
	deed(DEED_SUBMIT, "Left Enter");
	deed(DEED_WITHDRAW, "Left Enter");
	assert_int_equal(state_now(), STATE_DRAFT);
	deed(DEED_SUBMIT, "Left Enter");
	for (int i = 0; i < 4; i++)
		deed(DEED_SIGN, "Enter '张' Enter Enter Enter Enter");
	deed(DEED_APPROVE, "Left Enter");
	assert_int_equal(state_now(), STATE_APPROVED);
	deed(DEED_PUBLISH,
	     "Enter 'https://example.invalid/1' Enter Enter Enter");
	assert_int_equal(state_now(), STATE_PUBLISHED);
	assert_string_equal(draft_row(side.app.draft)->published_on,
			    "2026-01-12");
	deed(DEED_REOPEN, "'更正' Enter");
	assert_int_equal(draft_row(side.app.draft)->version, 2);
}

static void test_deed_refused(void **state)
{
	(void)state;
	fill();
	open_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	stage_script("Left Enter @why Enter");
	assert_false(deed_run(&side.app, DEED_SUBMIT));
	stage_kept_sees("why", "还有");
	assert_int_equal(state_now(), STATE_DRAFT);
	stage_script("");
	assert_false(deed_run(&side.app, DEED_APPROVE));
	stage_play(&side.app, "");
	stage_sees("不能审核通过");
}

/* ---- what holds for every screen ---- */

static void open_checklist(struct app *app)
{
	screen_checklist(app, &draft_form(app->draft)->sections[0]);
}

static void open_findings(struct app *app)
{
	screen_findings(app, FORM_NO_CELL);
}

static void open_history(struct app *app)
{
	screen_history(app, FORM_NO_CELL);
}

static void open_notes(struct app *app)
{
	screen_notes(app, FORM_NO_CELL);
}

static void open_help(struct app *app)
{
	screen_preview(app);
	screen_help_here(app, "预览", "");
}

static void (*const openers[])(struct app *app) = {
	open_checklist, open_findings, screen_preview, open_history,
	open_notes,     open_help,     screen_start
};

static void open_again(size_t i)
{
	while (side.app.depth > 0)
		app_pop(&side.app);
	side.app.quit = false;
	if (!side.app.draft && openers[i] != screen_start)
		open_draft(DRAFT_EDIT);
	openers[i](&side.app);
}

/* No key that is shown does nothing. */
static void test_every_action(void **state)
{
	(void)state;
	fill();
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
		enum action list[ACTION_COUNT + 1];
		const struct frame *frame;
		size_t n = 0;

		open_again(i);
		app_draw(&side.app);
		frame = &side.app.stack[side.app.depth - 1];
		for (const enum action *a = frame->ops->actions(frame->screen);
		     *a != ACTION_NONE; a++)
			list[n++] = *a;
		assert_true(n > 0);
		for (size_t k = 0; k < n; k++) {
			open_again(i);
			app_draw(&side.app);
			stage_script("Esc Esc Esc Esc");
			app_act(&side.app, list[k]);
			if (strstr(side.app.message, "没有用处"))
				fail_msg("%s does nothing on %s",
					 keymap_info(list[k])->name,
					 frame->ops->name);
		}
	}
}

/* Every size: nothing breaks, line 1 and the keys are there, a demo store says
 * so. */
static void test_every_size(void **state)
{
	static const int sizes[][2] = { { 24, 80 },  { 16, 60 }, { 30, 112 },
					{ 50, 200 }, { 5, 20 },  { 2, 1 },
					{ 24, 80 } };

	(void)state;
	fill();
	WELL(store_mark_demo(side.book->s, &why));
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
		open_again(i);
		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
			stage_resize(sizes[k][0], sizes[k][1]);
			app_draw(&side.app);
			if (sizes[k][0] < 16)
				continue;
			if (!strstr(stage_line(0), "演示数据"))
				fail_msg("%s", stage_picture());
			assert_true(*stage_line(sizes[k][0] - 2));
			assert_true(*stage_line(sizes[k][0] - 1));
		}
	}
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_start),
		ON_STAGE(test_start_empty),
		ON_STAGE(test_start_selects_left_last),
		ON_STAGE(test_start_filter),
		ON_STAGE(test_start_two_editors),
		ON_STAGE(test_start_over),
		ON_STAGE(test_new),
		ON_STAGE(test_new_given_up),
		ON_STAGE(test_new_twice),
		ON_STAGE(test_findings),
		ON_STAGE(test_findings_without_walk),
		ON_STAGE(test_explain),
		ON_STAGE(test_checklist),
		ON_STAGE(test_preview),
		ON_STAGE(test_export),
		ON_STAGE(test_notes),
		ON_STAGE(test_history),
		ON_STAGE(test_menu),
		ON_STAGE(test_round),
		ON_STAGE(test_deed_refused),
		ON_STAGE(test_every_action),
		ON_STAGE(test_every_size),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
