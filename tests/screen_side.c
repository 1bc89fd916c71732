/* The screens beside the walk, by their keys, on the real form. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/setting.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/deed.h"

/* ---- start ---- */

static void test_start(void **state)
{
	(void)state;
	side_fill();
	screen_start(&side.app);
	stage_play(&side.app, "C-l");
	stage_sees("青溪县教育局");
	stage_sees("2026年1月12日 星期一");
	stage_sees("128/172");
	stage_sees("天");
	stage_sees("本机用户");
	stage_play(&side.app, "Enter");
	assert_string_equal(side_top(), "walk");
	assert_true(draft_writable(side.app.draft));
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "start");
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
	stage_play(&side.app, "C-l");
	stage_sees("还没有报告");
	stage_play(&side.app, "Enter @new Esc");
	stage_kept_sees("new", "单位全称");
	app_pop(&side.app);
	side.app.store = side.book->s;
	store_close(empty);
	free(path);
}

/* A file of a report that is here: Enter leaves it, the other button writes. */
static void test_import_into(int64_t id, const char *path)
{
	char *script = str_printf("M-i '%s' Enter Left Enter", path);
	struct draft *d = book_open(side.book, side.book->s, id, DRAFT_EDIT);

	book_set(d, "requests.new.natural", "8");
	draft_close(d);
	stage_play(&side.app, script);
	stage_sees("已写进");
	book_stored(side.book, id, "requests.new.natural", "7");
	free(script);
}

/* Alt-I: a file of another machine; a bad one is refused in a sentence. */
static void test_start_import(void **state)
{
	const struct review_args discard = { .reason = "重来" };
	char *path = str_printf("%s/a.xml", side.book->folder), *script;
	int64_t id;

	(void)state;
	id = book_new(side.book, "ogi-2021", "青溪县民政局", 2024);
	side.app.draft = book_open(side.book, side.book->s, id, DRAFT_EDIT);
	book_set(side.app.draft, "requests.new.natural", "7");
	WELL(draft_leave(side.app.draft, &why));
	script = str_printf("End Enter C-u '%s' Enter @done Enter", path);
	screen_preview(&side.app);
	stage_script(script);
	screen_export(&side.app);
	app_pop(&side.app);
	side.app.quit = false;
	screen_start(&side.app);
	free(script);
	script = str_printf("M-i '%s' Enter @told Enter", path);
	stage_play(&side.app, script);
	stage_kept_sees("told", "已有“青溪县民政局”2024 年的报告");
	stage_kept_sees("told", "[ 不导入 ]");
	test_import_into(id, path);
	side.app.draft = book_open(side.book, side.book->s, id, DRAFT_EDIT);
	WELL(review_do(side.app.draft, DEED_DISCARD, &discard, &why));
	stage_play(&side.app, script);
	stage_kept_sees("told", "读出 1 格");
	stage_kept_sees("told", "2024 年的报告（导出时：起草）");
	stage_sees("青溪县民政局");
	stage_sees("已导入");
	stage_play(&side.app, "M-i '/no/where.xml' Enter @gone Enter");
	stage_kept_sees("gone", "没有导入");
	free(script);
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
	assert_string_equal(side_top(), "start");
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
	side_fill();
	screen_start(&side.app);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		stage_play(&side.app, keys[i]);
		assert_int_equal(side.app.depth, 2);
		stage_play(&side.app, "Esc");
		assert_null(side.app.draft);
	}
	stage_play(&side.app, "F9 Esc");
	assert_null(side.app.draft);
	stage_play(&side.app, "M-e Esc");
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
	assert_string_equal(side_top(), "walk");
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
	assert_string_equal(side_top(), "start");
}

static void test_new_twice(void **state)
{
	(void)state;
	screen_start(&side.app);
	stage_play(&side.app, "Ins Enter C-u '2025' Enter Enter @told Enter");
	stage_kept_sees("told", "已经有了");
}

/* ---- findings ---- */

static void test_findings(void **state)
{
	size_t there;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell("overview.text"));
	stage_play(&side.app, "F5");
	stage_sees("必须改正");
	stage_sees("自然人列");
	stage_sees("怎么办");
	stage_play(&side.app, "Tab");
	stage_sees("只看必须改正的");
	stage_play(&side.app, "Enter");
	assert_string_equal(side_top(), "walk");
	assert_int_equal(side.app.depth, 1);
	/* From the cell the list opens at its finding. */
	stage_play(&side.app, "F5");
	stage_sees(">须改");
	stage_play(&side.app, "F1");
	stage_sees("要求：");
	stage_play(&side.app, "Esc Esc");
	assert_string_equal(side_top(), "walk");
	there = side_cell("requests.new.natural");
	assert_true(there < draft_form(side.app.draft)->cell_count);
}

/* From the first screen a finding leads to the walk too. */
static void test_findings_without_walk(void **state)
{
	(void)state;
	side_fill();
	screen_start(&side.app);
	stage_play(&side.app, "F5 Tab Enter");
	assert_string_equal(side_top(), "walk");
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "findings");
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "start");
	assert_null(side.app.draft);
}

static void test_explain(void **state)
{
	const struct findings *all;
	bool explained = false;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, "disclosure.regulations.in_force", "2");
	WELL(draft_leave(side.app.draft, &why));
	screen_findings(&side.app,
			side_cell("disclosure.regulations.in_force"));
	stage_play(&side.app, "M-n '两件规章由上级授权' Enter");
	all = draft_findings(side.app.draft);
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].explanation &&
		    strcmp(all->list[i].explanation, "两件规章由上级授权") == 0)
			explained = true;
	if (!explained)
		fail_msg("%s", stage_picture());
	stage_sees("已说明");
	stage_play(&side.app, "Tab M-n");
	stage_sees("不能用说明代替");
}

/* ---- checklist ---- */

static void test_checklist(void **state)
{
	const struct section_def *section;
	const struct item_def *clerks = NULL;
	int64_t id;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
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
	side_fill();
	side_draft(DRAFT_EDIT);
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
	char *script = str_printf("Down Down Enter Enter @path C-u '%s' Enter "
				  "@done Enter",
				  path);

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
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
	script = str_printf("Down Down Enter Enter C-u '%s' Enter @asked Enter",
			    path);
	stage_script(script);
	screen_export(&side.app);
	stage_kept_sees("asked", "已经有了");
	str_clear(&bytes);
	WELL(file_read(path, 1 << 20, &bytes, &why));
	assert_string_equal(bytes.s, "mine");
	free(script);
	script = str_printf(
		"Enter Enter C-u '%s/no/where.docx' Enter @told Enter",
		side.book->folder);
	stage_script(script);
	screen_export(&side.app);
	stage_kept_sees("told", "没有导出");
	free(script);
	free(path);
	str_free(&bytes);
}

static void export_by(const char *keys)
{
	stage_script(keys);
	screen_export(&side.app);
}

/* What is changed in the list is how the unit prints from then on; looking at
 * it, Esc, and a choice that is the unit's already change nothing. */
static void test_export_manner(void **state)
{
	char *file =
		str_printf("'%s/a.docx' Enter @done Enter", side.book->folder);
	char *first = str_printf("Enter @manner Down Enter @other Home Enter "
				 "C-u %s",
				 file);
	const struct unit *unit;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	export_by("Enter Down Enter Esc");
	assert_string_equal(draft_unit(side.app.draft)->layout, "");
	export_by(first);
	stage_kept_sees("manner", "版式：公文格式");
	stage_kept_sees("manner", "署名和日期：文末只印日期");
	stage_kept_sees("other", "版式：官方模板");
	stage_kept_sees("done", "已导出到");
	unit = draft_unit(side.app.draft);
	assert_string_equal(unit->layout, "template");
	assert_string_equal(unit->lead, "");
	export_by("Enter @again Esc");
	stage_kept_sees("again", "版式：官方模板");
	free(first);
	free(file);
}

/* The keys to the line of the list of formats that holds `label`. */
static const char *down_to(const char *label)
{
	static char keys[200];
	int line = 0;

	export_by("@formats Esc");
	for (const char *s = stage_kept("formats"), *at = strstr(s, label);
	     (s = strchr(s, '\n')) && s < at; s++)
		line++;
	for (const char *s = stage_kept("formats"),
			*at = strstr(s, "Word 文档（DOCX）");
	     (s = strchr(s, '\n')) && s < at; s++)
		line--;
	keys[0] = '\0';
	while (line-- > 0)
		strcat(keys, "Down ");
	return strcat(keys, "Enter");
}

/* A format in another way is a line of its own; a table is asked for. */
static void test_export_ways(void **state)
{
	static const struct {
		const char *label, *more, *holds;
	} cases[] = {
		{ "表格用制表符", "Enter", "规章\t" },
		{ "网页（HTML）", "Enter", "<!DOCTYPE html>" },
		{ "网页片段", "Enter", "border=\"1\"" },
		{ "填报底稿（照着", "", "填报底稿" },
		{ "填报底稿网页", "", "type=\"checkbox\"" },
		{ "一张表的数", "Enter", "\n" },
		{ "报告数据", "", "<annual-report" },
	};

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *path = str_printf("%s/%zu", side.book->folder, i);
		char *keys = str_printf("%s %s C-u '%s' Enter @done Enter",
					down_to(cases[i].label), cases[i].more,
					path);
		struct str bytes = { 0 };

		export_by(keys);
		WELL(file_read(path, 1 << 20, &bytes, &why));
		if (!strstr(bytes.s, cases[i].holds))
			fail_msg("%zu: %s: %.200s", i, keys, bytes.s);
		str_free(&bytes);
		free(keys);
		free(path);
	}
}

/* ---- notes and history ---- */

static void test_notes(void **state)
{
	const struct comment *list;
	size_t count;

	(void)state;
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell("requests.new.natural"));
	stage_script("'请核对台账' Enter");
	screen_notes(&side.app, side_cell("requests.new.natural"));
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
	assert_string_equal(side_top(), "walk");
}

static void test_history(void **state)
{
	(void)state;
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, "requests.new.natural", "7");
	WELL(draft_leave(side.app.draft, &why));
	book_set(side.app.draft, "requests.new.natural", "8");
	WELL(draft_leave(side.app.draft, &why));
	screen_preview(&side.app);
	screen_history(&side.app, side_cell("requests.new.natural"));
	stage_play(&side.app, "C-l");
	stage_sees("2 条");
	stage_sees("空 → 7");
	stage_sees("7 → 8");
	stage_play(&side.app, "Esc");
	screen_history(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "C-l");
	stage_sees("新建");
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_start),
		ON_STAGE(test_start_empty),
		ON_STAGE(test_start_import),
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
		ON_STAGE(test_export_manner),
		ON_STAGE(test_export_ways),
		ON_STAGE(test_notes),
		ON_STAGE(test_history),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
