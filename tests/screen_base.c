/* Under every screen: text that stays in its cells, dialogs over a screen,
 * messages, small windows. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "tests/screen_stage.h"
#include "tests/unit.h"
#include "tui/dialog.h"
#include "tui/input.h"
#include "tui/paint.h"
#include "tui/theme.h"

/* ---- a screen to stand on ---- */

struct plain_screen {
	struct app *app;
	struct str typed;
	int asked, closed, resumed;
};

static struct plain_screen below;

static void draw(void *screen, WINDOW *win)
{
	struct plain_screen *s = screen;

	werase(win);
	s->app->cursor_y = 0;
	s->app->cursor_x = 4;
	for (int y = 0; y < getmaxy(win); y++)
		paint_textf(win, y, 0, getmaxx(win), THEME_TEXT,
			    "第%d行一二三四五六七八九十一二三四五六七八九十"
			    "一二三四五六七八九十",
			    y);
}

static bool act(void *screen, enum action action)
{
	static const char *const buttons[] = { "填零", "不填" };
	struct plain_screen *s = screen;

	if (action != ACTION_ZERO_FILL)
		return false;
	s->asked = dialog_ask(s->app, "其余填零", "将把 9 格填为 0。", buttons,
			      2, 1);
	return true;
}

static bool type(void *screen, const struct event *event)
{
	struct plain_screen *s = screen;

	if (event->kind == EVENT_TEXT && (unsigned char)event->text[0] < 0x80) {
		str_add(&s->typed, event->text);
		return true;
	}
	return false;
}

static const enum action *actions(void *screen)
{
	static const enum action list[] = { ACTION_ZERO_FILL, ACTION_NONE };

	(void)screen;
	return list;
}

static void resume(void *screen)
{
	((struct plain_screen *)screen)->resumed++;
}

static void close_plain(void *screen)
{
	((struct plain_screen *)screen)->closed++;
}

static const struct screen_ops plain_ops = {
	.name = "plain",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.close = close_plain,
};

static void start(struct app *app)
{
	app_start(app, NULL, NULL);
	below = (struct plain_screen){ .app = app, .asked = -9 };
	app_push(app, &plain_ops, &below);
}

static void stop(struct app *app)
{
	app_stop(app);
	str_free(&below.typed);
}

static int set_up(void **state)
{
	(void)state;
	stage_open(24, 80);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	stage_close();
	return 0;
}

/* ---- painting ---- */

static const struct {
	const char *why, *text;
	int x, cells;
	const char *line; /* in a row of dots */
} paints[] = {
	{ "filled with blanks", "一二", 2, 6, "..一二  ...." },
	{ "an odd cell stays blank", "一二三四", 2, 5, "..一二 ....." },
	{ "never past the edge", "一二三四五六", 5, 40, ".....一二三" },
	{ "a control character", "a\033b", 0, 3, "a?b........." },
	{ "a tab is a blank", "a\tb", 0, 3, "a b........." },
	/* a private character outside the planes in use: no libc knows it */
	{ "a character curses does not know", "a\xf3\xa0\xbf\xbez", 0, 4,
	  "a?z ........" },
	{ "a family is one cluster of two cells", "👨‍👩‍👧a", 0, 4,
	  "〓a ........" },
};

static void test_paint(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof paints / sizeof *paints; i++) {
		WINDOW *win = newwin(1, 12, 0, 0);
		char *seen;

		paint_text(win, 0, 0, 12, THEME_TEXT, "............");
		paint_text(win, 0, paints[i].x, paints[i].cells, THEME_TEXT,
			   paints[i].text);
		wrefresh(win);
		seen = xstrdup(stage_line(0));
		if (strcmp(seen, paints[i].line) != 0)
			fail_msg("%s: %s", paints[i].why, seen);
		free(seen);
		delwin(win);
	}
}

static void test_paint_over_halves(void **state)
{
	WINDOW *win = newwin(1, 12, 0, 0);

	(void)state;
	paint_text(win, 0, 0, 12, THEME_TEXT, "一二三四五六");
	paint_text(win, 0, 3, 2, THEME_TEXT, "ab");
	wrefresh(win);
	assert_string_equal(stage_line(0), "一 ab 四五六");
	delwin(win);
}

static void test_wrapped(void **state)
{
	WINDOW *win = newwin(3, 10, 0, 0);

	(void)state;
	assert_int_equal(paint_wrapped(win, 0, 0, 10, 2, THEME_TEXT,
				       "一二三四五六七八九十一二三"),
			 2);
	wrefresh(win);
	assert_string_equal(stage_line(0), "一二三四五");
	assert_string_equal(stage_line(1), "六七八九..");
	delwin(win);
}

/* Ended at punctuation, cut with .. where there is no room. */
static void test_phrases(void **state)
{
	static const struct {
		const char *text, *first, *second;
	} rows[] = {
		{ "一二，三四；五六七，八九十", "一二，三四；",
		  "五六七，八九十" },
		{ "一二三四五，六七八九十一二", "一二三四五，",
		  "六七八九十一二" },
		{ "一二、三四五六七八九十一二", "一二、三四五六七",
		  "八九十一二" },
		{ "一二三四五六七八九十一二三四五六七八九十",
		  "一二三四五六七八", "九十一二三四五.." },
		{ "一二三四五，六七八九十一二三四五六七八", "一二三四五，",
		  "六七八九十一二.." },
		{ "一二三四", "一二三四", "" },
	};
	WINDOW *win = newwin(2, 16, 0, 0);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		werase(win);
		paint_phrases(win, 0, 0, 16, 2, THEME_TEXT, rows[i].text);
		wrefresh(win);
		assert_string_equal(stage_line(0), rows[i].first);
		assert_string_equal(stage_line(1), rows[i].second);
	}
	delwin(win);
}

/* ---- dialogs ---- */

static void test_ask(void **state)
{
	struct app app;
	char *before;

	(void)state;
	start(&app);
	stage_play(&app, "C-l");
	before = xstrdup(stage_picture());
	stage_play(&app, "M-0 @box Enter");
	assert_int_equal(below.asked, 1);
	stage_kept_sees("box", "将把 9 格填为 0。");
	stage_kept_sees("box", "[ 不填 ]");
	assert_string_equal(stage_picture(), before);
	stage_play(&app, "M-0 Left Enter");
	assert_int_equal(below.asked, 0);
	/* what was meant for a field does not choose */
	stage_play(&app, "M-0 '１1' @digits Enter");
	stage_kept_sees("digits", "请用方向键");
	assert_int_equal(below.asked, 1);
	stage_play(&app, "M-0 '填' @han Esc");
	stage_kept_sees("han", "当前为中文输入");
	assert_int_equal(below.asked, -1);
	assert_string_equal(stage_picture(), before);
	free(before);
	stop(&app);
}

static void test_text(void **state)
{
	struct app app;
	char *text = xstrdup("一二");

	(void)state;
	start(&app);
	stage_script("BackSpace '三四' Left \"五\n六\" @field Enter");
	assert_true(dialog_text(&app, "查找", "在本栏中查找：", 1, &text));
	assert_string_equal(text, "一三五 六四");
	stage_kept_sees("field", "一三五 六四");
	stage_script("'x' Esc");
	assert_false(dialog_text(&app, "查找", "在本栏中查找：", 1, &text));
	assert_string_equal(text, "一三五 六四");
	free(text);
	text = NULL;
	stage_script("'一二' Enter");
	assert_true(dialog_text(&app, "理由", "写明：", 3, &text));
	assert_string_equal(text, "一二");
	free(text);
	stop(&app);
}

static bool is_word(void *with, const char *text, struct err *err)
{
	(void)with;
	if (*text)
		return true;
	err_set(err, ERR_INPUT, "请写一个字。");
	return false;
}

/* What is refused is said at once, and stands to be mended. */
static void test_checked(void **state)
{
	struct app app;
	char *text = NULL;

	(void)state;
	start(&app);
	stage_script("Enter @told '一' Enter");
	assert_true(dialog_text_checked(&app, "查找", "在本栏中查找：", 1,
					&text, is_word, NULL));
	stage_kept_sees("told", "请写一个字。");
	assert_string_equal(text, "一");
	free(text);
	stop(&app);
}

static void test_choose(void **state)
{
	const char *lines[30];
	char room[30][16];
	struct app app;

	(void)state;
	for (size_t i = 0; i < 30; i++) {
		snprintf(room[i], sizeof room[i], "第 %zu 项", i);
		lines[i] = room[i];
	}
	start(&app);
	stage_script("Down Down @two Enter");
	assert_int_equal(dialog_choose(&app, "选", lines, 30, 0), 2);
	stage_kept_sees("two", "> 第 2 项");
	stage_script("End @end Enter");
	assert_int_equal(dialog_choose(&app, "选", lines, 30, 4), 29);
	stage_kept_sees("end", "> 第 29 项");
	stage_script("Esc");
	assert_int_equal(dialog_choose(&app, "选", lines, 3, 0), -1);
	stage_script("'２０２６' '31' @digits Enter");
	assert_int_equal(dialog_choose(&app, "选", lines, 30, 5), 5);
	stage_kept_sees("digits", "请用上下键");
	stop(&app);
}

static void test_tell(void **state)
{
	struct app app;
	struct str text = { 0 };

	(void)state;
	for (int i = 0; i < 40; i++)
		str_addf(&text, "第 %d 句。\n", i);
	start(&app);
	stage_script("@top PgDn PgDn PgDn @end Enter");
	dialog_tell(&app, "看", text.s);
	stage_kept_sees("top", "第 0 句。");
	stage_kept_sees("end", "第 39 句。");
	stop(&app);
	str_free(&text);
}

/* ---- the stack ---- */

/* A long message covers neither the keys nor the status. */
static void test_message(void **state)
{
	struct app app;
	struct str long_one = { 0 };

	(void)state;
	start(&app);
	stage_play(&app, "C-s");
	stage_sees("无须保存");
	assert_non_null(strstr(stage_line(23), "无须保存"));
	for (int i = 0; i < 30; i++)
		str_addf(&long_one, "%d二三四五，", i % 10);
	app_say(&app, "%s", long_one.s);
	app_draw(&app);
	assert_non_null(strstr(stage_line(19), "0二三四五，"));
	assert_non_null(strstr(stage_line(20), ".."));
	assert_null(strstr(stage_line(18), "五，"));
	assert_null(strstr(stage_line(21), "五，"));
	assert_null(strstr(stage_line(23), "五，"));
	str_free(&long_one);
	stop(&app);
}

static void test_small(void **state)
{
	struct app app;

	(void)state;
	start(&app);
	stage_resize(5, 20);
	stage_play(&app, "'7'");
	stage_sees("请把窗口放大");
	stage_lacks("第1行");
	assert_int_equal(below.typed.len, 0);
	stage_resize(24, 80);
	stage_play(&app, "C-l");
	stage_sees("第1行");
	stop(&app);
}

static void test_han_for_a_command(void **state)
{
	struct app app;

	(void)state;
	start(&app);
	stage_play(&app, "'啊'");
	stage_sees("当前为中文输入");
	stage_play(&app, "C-s");
	stage_sees("无须保存");
	stage_play(&app, "F6");
	stage_sees("没有用处");
	stage_play(&app, "'1'");
	stage_lacks("没有用处");
	stop(&app);
}

static void test_help(void **state)
{
	struct app app;

	(void)state;
	start(&app);
	stage_play(&app, "F1");
	stage_sees("Alt-0");
	stage_sees(keymap_info(ACTION_ZERO_FILL)->help);
	assert_int_equal(app.depth, 2);
	stage_play(&app, "Esc");
	assert_int_equal(app.depth, 1);
	assert_int_equal(below.resumed, 1);
	stage_play(&app, "F10");
	assert_true(app.quit);
	stop(&app);
	assert_int_equal(below.closed, 1);
}

static void test_hang_up(void **state)
{
	struct event event = { .kind = EVENT_HANGUP };
	struct app app;

	(void)state;
	start(&app);
	assert_false(app_event(&app, &event));
	assert_true(app.quit);
	stop(&app);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_paint),   ON_STAGE(test_paint_over_halves),
		ON_STAGE(test_wrapped), ON_STAGE(test_phrases),
		ON_STAGE(test_ask),     ON_STAGE(test_text),
		ON_STAGE(test_checked), ON_STAGE(test_choose),
		ON_STAGE(test_tell),    ON_STAGE(test_message),
		ON_STAGE(test_small),   ON_STAGE(test_han_for_a_command),
		ON_STAGE(test_help),    ON_STAGE(test_hang_up),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
