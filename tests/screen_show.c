/* What is only looked at: the preview, last year's text, the list's counts. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/text.h"
#include "export/export.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/theme.h"

/* ---- preview ---- */

/* Line by line what the text export writes, 80 cells wide. */
static void test_page_true(void **state)
{
	static const struct export_options none;
	static const int widths[] = { 80, 81, 120, 200 };
	struct str text = { 0 };
	struct document *doc;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	doc = export_document(side.app.draft, &none, NULL);
	text_lay_out(doc, 0, &text);
	document_free(doc);
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		const char *line = text.s;

		stage_resize(24, widths[i]);
		screen_preview(&side.app);
		app_draw(&side.app);
		for (int y = 2; y < 21; y++) {
			size_t len = strcspn(line, "\n"), end = len;
			const char *seen = stage_line(y);
			char *wanted;

			while (end > 0 && line[end - 1] == ' ')
				end--;
			wanted = str_printf("%*s%.*s",
					    end ? (widths[i] - 80) / 2 : 0, "",
					    (int)end, line);
			assert_string_equal(seen, wanted);
			free(wanted);
			line += len + 1;
		}
		app_stop(&side.app);
		app_start(&side.app, side.book->s, side.book->forms);
		side_draft(DRAFT_EDIT);
	}
	str_free(&text);
}

static int count_signs(const struct export_options *options, char sign)
{
	struct document *doc = export_document(side.app.draft, options, NULL);
	struct str text = { 0 };
	int n = 0;

	text_lay_out(doc, 0, &text);
	document_free(doc);
	for (const char *s = text.s; *s; s++)
		n += *s == sign;
	str_free(&text);
	return n;
}

/* Every blank that counts is marked, once, and only in the preview; F6 goes
 * from line to line with one. */
static void test_open(void **state)
{
	static const struct export_options none, open = { .open = true };

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	assert_int_equal(count_signs(&none, '_'), 0);
	assert_int_equal(count_signs(&none, '~'), 0);
	assert_int_equal(count_signs(&open, '_'), 44);
	assert_true(count_signs(&open, '~') > 0);
	screen_preview(&side.app);
	stage_play(&side.app, "C-l");
	stage_sees("还空 44（_）");
	stage_lacks(" _ ");
	stage_play(&side.app, "F6");
	stage_sees(" _ ");
	stage_sees("行有没填的");
	stage_play(&side.app, "End");
	stage_sees("_ 其他需要报告的事项：未填");
}

/* A narrow window wraps at its width. */
static void test_narrow(void **state)
{
	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	stage_resize(24, 64);
	screen_preview(&side.app);
	stage_play(&side.app, "C-l");
	stage_sees("青溪县教育局2025年政府信息公开工作年度报告");
	stage_play(&side.app, "C-f '二、' Enter");
	stage_sees("行");
}

static bool is_marked(int y, int x)
{
	wchar_t text[CCHARW_MAX + 1];
	cchar_t cell;
	attr_t attrs;
	short pair;

	assert_int_equal(mvwin_wch(curscr, y, x, &cell), OK);
	assert_int_equal(getcchar(&cell, text, &attrs, &pair, NULL), OK);
	return pair == THEME_FOCUS + 1;
}

/* The words found are marked, and where they stand is said. */
static void test_found(void **state)
{
	const char *at;
	int y;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	stage_play(&side.app, "C-f '统计期限' Enter");
	stage_sees("“统计期限”在第");
	for (y = 2; y < 21 && !strstr(stage_line(y), "统计期限"); y++)
		;
	at = strstr(stage_line(y), "统计期限");
	assert_non_null(at);
	assert_true(is_marked(
		y, text_cells(stage_line(y), (size_t)(at - stage_line(y)))));
	assert_false(is_marked(y, 1));
	assert_false(is_marked(y, 78));
}

/* ---- last year's text ---- */

static void open_with_last(void)
{
	int64_t last = book_new(side.book, "ogi-2021", "青溪县教育局", 2024);
	struct draft *d = book_open(side.book, side.book->s, last, DRAFT_EDIT);
	struct str text = { 0 };

	for (int i = 1; i <= 40; i++)
		str_addf(&text, "上年第%d段。\n", i);
	book_set(d, "overview.text", text.s);
	draft_close(d);
	str_free(&text);
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell("overview.text"));
}

/* F7 shows and hides; pages go both ways; Esc closes it before the report. */
static void test_last_year(void **state)
{
	(void)state;
	open_with_last();
	stage_play(&side.app, "'今年' F7");
	stage_sees("上年第1段");
	stage_sees("PgUp/PgDn 翻看");
	stage_play(&side.app, "PgDn");
	stage_lacks("上年第1段");
	stage_sees("上年第7段");
	stage_play(&side.app, "PgUp");
	stage_sees("上年第1段");
	for (int i = 0; i < 20; i++)
		stage_play(&side.app, "PgDn");
	stage_sees("上年第40段");
	stage_play(&side.app, "F7");
	stage_lacks("上年第");
	stage_play(&side.app, "F7");
	stage_sees("上年第1段");
	stage_play(&side.app, "Esc");
	stage_lacks("上年第");
	assert_string_equal(side_top(), "walk");
	stage_sees("今年");
	stage_play(&side.app, "PgDn Esc");
	stage_sees("这是第一屏");
}

/* Beside on a wide screen: Esc leaves as ever. */
static void test_last_year_wide(void **state)
{
	(void)state;
	stage_resize(24, 160);
	open_with_last();
	stage_play(&side.app, "C-l");
	stage_sees("上年第1段");
	stage_play(&side.app, "PgDn");
	stage_lacks("上年第1段");
	stage_play(&side.app, "F7");
	stage_lacks("上年第");
	stage_play(&side.app, "F7 Esc");
	stage_sees("这是第一屏");
}

/* ---- the list ---- */

/* Typed and killed: the list knows of it before the report is opened. */
static void test_killed(void **state)
{
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		struct store *s =
			store_open(side.book->path, STORE_WRITE, NULL);
		struct draft *d;

		store_sign_in(s, NULL, NULL);
		d = book_open(side.book, s, side.book->id, DRAFT_EDIT);
		book_type(d, "overview.text", "本年度主动公开");
		_exit(0);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	screen_start(&side.app);
	app_draw(&side.app);
	stage_sees("1/172");
	stage_lacks("还没有开始填");
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_page_true), ON_STAGE(test_narrow),
		ON_STAGE(test_open),      ON_STAGE(test_found),
		ON_STAGE(test_last_year), ON_STAGE(test_last_year_wide),
		ON_STAGE(test_killed),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
