/* The menu, the deeds of review, and what holds for every screen. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/setting.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/deed.h"

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
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	take("表中回车键改为向右");
	value = setting_get(side.book->s, "enter");
	assert_string_equal(value, "right");
	free(value);
	take("改动记录");
	assert_string_equal(side_top(), "history");
	stage_play(&side.app, "Esc");
	take("说明和全部按键");
	assert_string_equal(side_top(), "help");
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
	side_draft(DRAFT_EDIT);
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
	/* a day that is none is said at once and stands to be mended */
	deed(DEED_PUBLISH,
	     "C-u '2026-13-01' Enter @none C-u '2025年3月1日' Enter @early "
	     "C-u '2026年1月20日' Enter 'https://example.invalid/1' Enter "
	     "Enter Enter");
	stage_kept_sees("none", "2026-13-01");
	stage_kept_sees("none", "不是一个日子");
	stage_kept_sees("early", "2025年3月1日");
	stage_kept_sees("early", "结束之前");
	assert_int_equal(state_now(), STATE_PUBLISHED);
	assert_string_equal(draft_row(side.app.draft)->published_on,
			    "2026-01-20");
	deed(DEED_REOPEN, "'更正' Enter");
	assert_int_equal(draft_row(side.app.draft)->version, 2);
}

static void test_deed_refused(void **state)
{
	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	stage_script("@why Enter");
	assert_false(deed_run(&side.app, DEED_SUBMIT));
	stage_kept_sees("why", "还有");
	assert_int_equal(state_now(), STATE_DRAFT);
	stage_script("");
	assert_false(deed_run(&side.app, DEED_APPROVE));
	stage_play(&side.app, "");
	stage_sees("不能核准");
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
		side_draft(DRAFT_EDIT);
	openers[i](&side.app);
}

/* No key that is shown does nothing. */
static void test_every_action(void **state)
{
	(void)state;
	side_fill();
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
	side_fill();
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

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_menu),         ON_STAGE(test_round),
		ON_STAGE(test_deed_refused), ON_STAGE(test_every_action),
		ON_STAGE(test_every_size),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
