/* The walk by its keys: numbers that are refused, carried-over ones, undo. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/walk.h"

static const char natural[] = "requests.new.natural";
static const char carried[] = "requests.carried_in.natural";

static void open_at(const char *path)
{
	if (!side.app.draft)
		side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell(path));
}

/* The stored value, what `get` prints. */
static void value_is(const char *path, const char *text)
{
	struct draft *d = book_open(side.book, side.book->other, side.book->id,
				    DRAFT_READ);
	struct str value = { 0 };

	str_add(&value, "");
	report_text(draft_report(d), side_cell(path), &value);
	assert_string_equal(value.s, text);
	str_free(&value);
	draft_close(d);
}

/* ---- refused numbers ---- */

/* The text stands in brackets, nothing leaves the cell, the old value is the
 * value; Esc brings it back. */
static void test_refused(void **state)
{
	static const struct {
		const char *path, *keys, *shown, *says;
	} rows[] = {
		{ natural, "'1.5'", "[1.5]", "整数" },
		{ natural, "'1e5'", "[1e5]", "数字" },
		{ natural, "'+3'", "[+3]", "正负号" },
		{ natural, "'-3'", "[-3]", "正负号" },
		{ natural, "'无'", "[无]", "填 0" },
		{ natural, "'/'", "[/]", "填 0" },
		{ natural, "'123456789'", "[123456789]", "太大" },
		{ natural, "\"12a\"", "[12a]", "数字" },
		{ "disclosure.fees.amount", "'12.34567'", "[12.34567]",
		  "4 位小数" },
		{ "meta.date", "'明天'", "[明天]", "年-月-日" },
	};
	static const char *const ways[] = { "Enter", "Down", "Tab",  "Right",
					    "F4",    "F10",  "PgDn", "F5",
					    "F8",    "M-0",  "M-e" };

	(void)state;
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, natural, "8");
	book_set(side.app.draft, "disclosure.fees.amount", "2.5");
	book_set(side.app.draft, "meta.date", "2026-01-12");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *old = xstrdup(book_text(side.app.draft, rows[i].path));

		open_at(rows[i].path);
		stage_play(&side.app, rows[i].keys);
		stage_sees(rows[i].shown);
		stage_sees(rows[i].says);
		value_is(rows[i].path, old);
		for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
			stage_play(&side.app, ways[k]);
			stage_sees(rows[i].shown);
			if (strstr(stage_line(23), "没有用处"))
				continue; /* a field has but one cell */
			stage_sees("没有填入");
			stage_sees(rows[i].says);
			assert_string_equal(side_top(), "walk");
			assert_false(side.app.quit);
			value_is(rows[i].path, old);
		}
		stage_play(&side.app, "F1 Esc Enter");
		stage_sees(rows[i].shown);
		stage_play(&side.app, "Esc");
		assert_string_equal(side_top(), "walk");
		stage_lacks(rows[i].shown);
		assert_string_equal(book_text(side.app.draft, rows[i].path),
				    old);
		value_is(rows[i].path, old);
		free(old);
	}
}

/* What follows a refused number is not taken for the next cell's. */
static void test_refused_stream(void **state)
{
	(void)state;
	open_at(natural);
	stage_play(&side.app, "'1e5' Enter '7' Enter '8' Enter");
	stage_sees("[1e578]");
	value_is(natural, "");
	value_is(carried, "");
	stage_play(&side.app, "C-u '12' Enter");
	value_is(natural, "12");
	stage_play(&side.app, "Up '13x' BackSpace Enter");
	value_is(natural, "13");
	stage_play(&side.app, "Up '1e5' C-z");
	stage_sees("[13]");
}

/* After a death the clerk stands before it again. */
static void test_refused_recovered(void **state)
{
	(void)state;
	open_at(natural);
	stage_play(&side.app, "'8' Enter Up '1e5'");
	app_stop(&side.app);
	app_start(&side.app, side.book->s, side.book->forms);
	side_draft(DRAFT_EDIT);
	value_is(natural, "8");
	screen_walk(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "C-l");
	stage_sees("[1e5]");
	stage_play(&side.app, "Enter");
	stage_sees("没有填入");
	stage_play(&side.app, "Esc Enter");
	value_is(natural, "8");
}

/* A long one keeps its end in sight and moves nothing. */
static void test_refused_long(void **state)
{
	(void)state;
	open_at(natural);
	stage_play(&side.app, "'1234567890123456789'");
	stage_sees("[123456789]");
	stage_sees("]    _     _");
}

/* ---- dates ---- */

static void test_dates(void **state)
{
	static const char *const typed[] = { "'2026年1月15日'",
					     "'2026-1-15'",
					     "'2026.1.15'",
					     "'2026/1/15'",
					     "'２０２６年１月１５日'",
					     "\"2026 年 1 月 15 日\"" };

	(void)state;
	open_at("meta.date");
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		stage_play(&side.app, "Del");
		stage_play(&side.app, typed[i]);
		stage_play(&side.app, "Down");
		value_is("meta.date", "2026-01-15");
		stage_play(&side.app, "Up");
		stage_sees("[2026-01-15]");
	}
	stage_play(&side.app, "Del '2026年1' @part '月'");
	stage_kept_sees("part", "[2026年1]");
	stage_lacks("年-月-日");
}

/* ---- carried over ---- */

static void open_carried(void)
{
	int64_t last = book_new(side.book, "ogi-2021", "青溪县教育局", 2024);
	struct draft *d = book_open(side.book, side.book->s, last, DRAFT_EDIT);

	book_set(d, "requests.carried_out.natural", "12");
	draft_close(d);
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, carried, "12");
	open_at(carried);
}

static size_t explained(void)
{
	size_t count;

	draft_explanations(side.app.draft, &count);
	return count;
}

/* The whole number is taken; the question comes when the cell is left. */
static void test_carried(void **state)
{
	(void)state;
	open_carried();
	stage_play(&side.app,
		   "'15' @typed F1 Esc Enter @asked '台账更正' Enter");
	stage_kept_sees("typed", "[15]");
	stage_kept_sees("asked", "是 12");
	stage_kept_sees("asked", "15");
	value_is(carried, "15");
	assert_int_equal(explained(), 1);
	stage_lacks("[15]");
}

/* The carried number again, or nothing typed: no question. */
static void test_carried_same(void **state)
{
	(void)state;
	open_carried();
	stage_play(&side.app, "'12' Enter Up '1' BackSpace '12' Down Up \"12\" "
			      "Down Up Enter");
	value_is(carried, "12");
	assert_int_equal(explained(), 0);
}

/* Enter without a word keeps the value and the finding; Esc the number. */
static void test_carried_unexplained(void **state)
{
	(void)state;
	open_carried();
	stage_play(&side.app, "'15' Down Enter");
	value_is(carried, "15");
	assert_int_equal(explained(), 0);
	stage_play(&side.app, "Up Down Up \"20\" Tab Esc");
	stage_sees("[12]");
	value_is(carried, "12");
	stage_play(&side.app, "F10");
	assert_true(side.app.quit);
}

/* The row says so only where a number was carried over. */
static void test_carried_mark(void **state)
{
	(void)state;
	open_at(natural);
	app_draw(&side.app);
	stage_lacks("承上年");
	stage_lacks(" ^ 二、上年结转");
	app_stop(&side.app);
	app_start(&side.app, side.book->s, side.book->forms);
	open_carried();
	stage_play(&side.app, "Up");
	stage_sees(" ^ 二、上年结转 承上年");
}

/* ---- undo ---- */

static void test_undo_says(void **state)
{
	(void)state;
	open_at(natural);
	stage_play(&side.app, "'8' Enter Up '9' Enter C-z");
	stage_sees("已撤销");
	stage_sees("本年新收 · 自然人");
	stage_sees("改回 8");
	stage_play(&side.app, "C-z");
	stage_sees("改回空格");
	stage_play(&side.app, "C-y");
	stage_sees("已重做");
	stage_play(&side.app, "M-0 Left Enter C-z Left Enter");
	stage_sees("143 格");
	screen_walk(&side.app, side_cell("overview.text"));
	stage_play(&side.app, "'一二。三' C-z");
	stage_sees("已撤销");
	stage_sees("一二。");
}

/* ---- the status line ---- */

/* Where the clerk stands is counted in the lines that are shown, from the first
 * picture on. */
static void test_place_at_once(void **state)
{
	struct str text = { 0 };
	char *first;

	(void)state;
	for (int i = 0; i < 30; i++)
		str_add(&text, "全年主动公开政府信息一千二百四十六条，");
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, "overview.text", text.s);
	str_free(&text);
	open_at("overview.text");
	app_draw(&side.app);
	first = xstrdup(stage_line(23));
	stage_play(&side.app, "F4 F3");
	assert_string_equal(stage_line(23), first);
	assert_non_null(strstr(first, "第 23 行"));
	free(first);
}

/* A long name is cut with a mark, the counts stand whole. */
static void test_place_cut(void **state)
{
	(void)state;
	open_at("disclosure.fees.amount");
	stage_play(&side.app, "C-l");
	assert_non_null(strstr(stage_line(23), "行政事业性收费"));
	assert_non_null(strstr(stage_line(23), "..  空"));
	assert_non_null(strstr(stage_line(23), "说明 0"));
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

/* ---- going to a cell ---- */

/* As it stands in a text: with braces, a share or a change of it, a sum that the
 * table has not. */
static void test_go_to_reference(void **state)
{
	static const struct {
		const char *typed, *cell;
	} rows[] = {
		{ "{requests.new.total}", "requests.new.total" },
		{ " ｛requests.new.legal｝ ", "requests.new.legal" },
		{ "{requests.new.natural/requests.new.total%}",
		  "requests.new.natural" },
		{ "{requests.carried_in.total~%}",
		  "requests.carried_in.total" },
		{ "{requests.refused.total}", "requests.refused_secret.total" },
	};

	(void)state;
	open_at("requests.new.business");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct walk *w =
			side.app.stack[side.app.depth - 1].screen;
		char *keys = str_printf("C-g '%s' Enter", rows[i].typed);

		stage_play(&side.app, keys);
		assert_string_equal(
			draft_form(side.app.draft)->cells[w->cell].path,
			rows[i].cell);
		free(keys);
	}
	stage_sees("几行相加的数，表中没有这一格");
	stage_play(&side.app, "C-g '{requests.nwe.total}' Enter");
	stage_sees("没有叫“requests.nwe.total”");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_refused),
		ON_STAGE(test_go_to_reference),
		ON_STAGE(test_refused_stream),
		ON_STAGE(test_refused_recovered),
		ON_STAGE(test_refused_long),
		ON_STAGE(test_dates),
		ON_STAGE(test_carried_mark),
		ON_STAGE(test_carried),
		ON_STAGE(test_carried_same),
		ON_STAGE(test_carried_unexplained),
		ON_STAGE(test_undo_says),
		ON_STAGE(test_place_at_once),
		ON_STAGE(test_place_cut),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
