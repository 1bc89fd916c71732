/* A new report and its opening figures, by keys. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/mem.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/opening.h"

static const char out[] = "requests.carried_out.natural";
static const char in[] = "requests.carried_in.natural";

/* What another connection finds stored of last year's cell. */
static void opening_is(const char *path, const char *text)
{
	struct stored_cell *list;
	const char *found = "";
	size_t count;

	WELL(store_openings(side.book->other, side.book->id, &list, &count,
			    &why));
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].path, path) == 0)
			found = list[i].text;
	assert_string_equal(found, text);
	store_cells_free(list, count);
}

static bool is_here(const char *name)
{
	for (int y = 0; y < 24; y++)
		if (strncmp(stage_line(y), " >", 2) == 0 &&
		    strstr(stage_line(y), name))
			return true;
	return false;
}

static void open_page(void)
{
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, FORM_NO_CELL);
	stage_script("Enter");
	opening_ask(&side.app);
	assert_string_equal(side_top(), "opening");
	stage_play(&side.app, "C-l");
	for (int i = 0; i < 20 && !is_here("结转下年度 · 自然人"); i++)
		stage_play(&side.app, "Down");
	assert_true(is_here("结转下年度 · 自然人"));
}

/* Each is stored as it is left; leaving the page or the program loses none. */
static void test_saved(void **state)
{
	static const char *const ways[] = { "F10", "Esc", "Up", "Tab",
					    "Enter" };

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		char *keys = str_printf("'1%zu' %s", i, ways[i]), *text;

		open_page();
		stage_play(&side.app, keys);
		text = str_printf("1%zu", i);
		opening_is(out, text);
		assert_string_equal(book_text(side.app.draft, in), text);
		free(text);
		free(keys);
		app_stop(&side.app);
		app_start(&side.app, side.book->s, side.book->forms);
	}
	open_page();
	stage_sees("14");
	stage_play(&side.app, "'2' F1 Esc Enter");
	opening_is(out, "2");
}

/* The terminal goes: the number that stands there is stored. */
static void test_hang_up(void **state)
{
	const struct event event = { .kind = EVENT_HANGUP };

	(void)state;
	open_page();
	stage_play(&side.app, "'7'");
	app_event(&side.app, &event);
	app_stop(&side.app);
	opening_is(out, "7");
	app_start(&side.app, side.book->s, side.book->forms);
}

/* Del or nothing takes it away, and what came of it. */
static void test_removed(void **state)
{
	(void)state;
	open_page();
	stage_play(&side.app, "'7' Enter Up Del Enter");
	opening_is(out, "");
	assert_string_equal(book_text(side.app.draft, in), "");
	stage_play(&side.app, "Up '7' Enter Up BackSpace Enter");
	opening_is(out, "");
	assert_null(draft_last(side.app.draft));
	/* what was typed this year stays */
	stage_play(&side.app, "Up '7' Enter");
	book_set(side.app.draft, in, "9");
	stage_play(&side.app, "Up Del Enter");
	assert_string_equal(book_text(side.app.draft, in), "9");
}

/* A refused one stays and is not left. */
static void test_refused(void **state)
{
	static const char *const typed[] = { "'-3'", "'3.5'", "'三'",
					     "'123456789'", "\"1e5\"" };

	(void)state;
	open_page();
	stage_play(&side.app, "'6' Enter Up");
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		char *text = xstrndup(typed[i] + 1, strlen(typed[i]) - 2);

		stage_play(&side.app, typed[i]);
		stage_play(&side.app, "Enter Down F10");
		assert_false(side.app.quit);
		stage_sees(text);
		stage_sees("没有填入");
		opening_is(out, "6");
		stage_play(&side.app, "Esc");
		assert_string_equal(side_top(), "opening");
		free(text);
	}
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "walk");
	opening_is(out, "6");
}

/* Later is possible: the menu has it until last year's report is there. */
static void test_menu(void **state)
{
	(void)state;
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, FORM_NO_CELL);
	stage_script("Right Enter");
	opening_ask(&side.app);
	assert_string_equal(side_top(), "walk");
	stage_play(&side.app, "F9 @menu Esc");
	stage_kept_sees("menu", " 上年数 ");
	stage_play(&side.app, "F9 End Up Up Up Up Up Enter");
	assert_string_equal(side_top(), "opening");
	stage_play(&side.app, "'3' Esc");
	assert_string_equal(side_top(), "walk");
	app_stop(&side.app);
	app_start(&side.app, side.book->s, side.book->forms);
	book_new(side.book, "ogi-2021", "青溪县教育局", 2024);
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "F9 @menu Esc");
	assert_null(strstr(stage_kept("menu"), " 上年数 "));
}

/* ---- a new report ---- */

/* A unit of the store keeps its kind, and is not asked for it. */
static void test_known_unit(void **state)
{
	struct unit *unit = store_unit_find(side.book->s, "青溪县教育局");

	(void)state;
	unit->kind = UNIT_UTILITY;
	unit->kind_set = false;
	WELL(store_unit_save(side.book->s, unit, &why));
	unit_free(unit);
	screen_start(&side.app);
	stage_play(&side.app, "Ins @units '２０２６' Enter @year C-u '2026' "
			      "Enter Enter F10");
	stage_kept_sees("units", "> 青溪县教育局");
	stage_kept_sees("year", "哪一年度");
	unit = store_unit_find(side.book->s, "青溪县教育局");
	assert_int_equal(unit->kind, UNIT_UTILITY);
	assert_int_equal(draft_row(side.app.draft)->year, 2026);
	unit_free(unit);
}

/* Enter on an empty name is answered. */
static void test_no_name(void **state)
{
	(void)state;
	screen_start(&side.app);
	stage_play(&side.app,
		   "Ins End Enter Enter @empty '　' Enter @blank Esc");
	stage_kept_sees("empty", "请写单位全称");
	stage_kept_sees("blank", "请写单位全称");
	assert_string_equal(side_top(), "start");
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	stage_script("Enter Enter C-u Enter @empty Esc");
	screen_export(&side.app);
	stage_kept_sees("empty", "请写文件名");
}

/* ---- export ---- */

/* Names that are no file: the terminal itself, folders. */
static void test_no_file(void **state)
{
	char *folder = str_printf("%s/folder", side.book->folder);
	const char *const names[] = { folder, "/", "-", "~", "no/such/" };

	(void)state;
	assert_int_equal(mkdir(folder, 0700), 0);
	side_draft(DRAFT_EDIT);
	screen_preview(&side.app);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *script =
			str_printf("Down Down Enter Enter C-u '%s' Enter "
				   "@told Esc",
				   names[i]);

		stage_script(script);
		screen_export(&side.app);
		stage_kept_sees("told", names[i]);
		stage_kept_sees("told", i == 2 ? "不能用“-”" : "文件夹，请写");
		free(script);
	}
	free(folder);
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_saved),   ON_STAGE(test_hang_up),
		ON_STAGE(test_removed), ON_STAGE(test_refused),
		ON_STAGE(test_menu),    ON_STAGE(test_known_unit),
		ON_STAGE(test_no_name), ON_STAGE(test_no_file),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
