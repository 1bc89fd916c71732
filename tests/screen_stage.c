#include "tests/screen_stage.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>

#include "core/mem.h"
#include "core/text.h"
#include "tests/unit.h"
#include "tui/theme.h"

enum {
	KEPT = 16
};

static struct {
	SCREEN *screen;
	FILE *out, *in;
	int bytes; /* the writing end of the reader's pipe */
	const char *script;
	struct str picture, line, paste;
	struct {
		char *label, *picture;
	} kept[KEPT];
	size_t kept_count;
} stage;

void stage_open(int rows, int cols)
{
	char number[16];
	int ends[2];

	snprintf(number, sizeof number, "%d", rows);
	setenv("LINES", number, 1);
	snprintf(number, sizeof number, "%d", cols);
	setenv("COLUMNS", number, 1);
	assert_int_equal(pipe(ends), 0);
	stage.bytes = ends[1];
	stage.in = fdopen(ends[0], "r");
	stage.out = fopen("/dev/null", "w");
	stage.screen = newterm("xterm-256color", stage.out, stage.in);
	assert_non_null(stage.screen);
	set_escdelay(25);
	raw();
	noecho();
	nonl();
	input_start();
	theme_start(false);
}

void stage_close(void)
{
	input_stop();
	endwin();
	delscreen(stage.screen);
	fclose(stage.out);
	fclose(stage.in);
	close(stage.bytes);
	str_free(&stage.picture);
	str_free(&stage.line);
	str_free(&stage.paste);
	for (size_t i = 0; i < stage.kept_count; i++) {
		free(stage.kept[i].label);
		free(stage.kept[i].picture);
	}
	stage.kept_count = 0;
	stage.script = NULL;
}

void stage_resize(int rows, int cols)
{
	resizeterm(rows, cols);
}

/* ---- the picture ---- */

static char drawn(wchar_t c)
{
	static const char lines[] = "lkmjtuvwnqx";

	if (!wcschr(L"lkmjtuvwnqx", c) || !c)
		return (char)c;
	return c == L'q'                             ? '-'
	       : strchr(lines, (char)c) && c != L'x' ? '+'
						     : '|';
}

/* The cell's text; its cells. */
static int add_cell(struct str *out, int y, int x)
{
	wchar_t text[CCHARW_MAX + 1] = { 0 };
	char bytes[MB_LEN_MAX * (CCHARW_MAX + 1)] = "";
	attr_t attrs;
	short pair;
	cchar_t cell;

	if (mvwin_wch(curscr, y, x, &cell) == ERR ||
	    getcchar(&cell, text, &attrs, &pair, NULL) == ERR)
		return 1;
	if (attrs & A_ALTCHARSET) {
		str_addc(out, drawn(text[0]));
		return 1;
	}
	wcstombs(bytes, text, sizeof bytes - 1);
	str_add(out, bytes);
	return wcwidth(text[0]) == 2 ? 2 : 1;
}

const char *stage_line(int y)
{
	int cols = getmaxx(curscr);

	str_clear(&stage.line);
	for (int x = 0; x < cols;)
		x += add_cell(&stage.line, y, x);
	while (stage.line.len > 0 && stage.line.s[stage.line.len - 1] == ' ')
		str_splice(&stage.line, stage.line.len - 1, 1, "", 0);
	return stage.line.s;
}

const char *stage_picture(void)
{
	str_clear(&stage.picture);
	for (int y = 0; y < getmaxy(curscr); y++)
		str_addf(&stage.picture, "%s\n", stage_line(y));
	return stage.picture.s;
}

static void keep(const char *label, size_t len)
{
	assert_in_range(stage.kept_count, 0, KEPT - 1);
	stage.kept[stage.kept_count].label = xstrndup(label, len);
	stage.kept[stage.kept_count++].picture = xstrdup(stage_picture());
}

const char *stage_kept(const char *label)
{
	for (size_t i = stage.kept_count; i > 0; i--)
		if (strcmp(stage.kept[i - 1].label, label) == 0)
			return stage.kept[i - 1].picture;
	fail_msg("no picture was kept as %s", label);
	return "";
}

/* cmocka cuts a long message: the picture goes line by line. */
static void show(const char *picture)
{
	while (*picture) {
		int len = (int)strcspn(picture, "\n");

		print_error("# %.*s\n", len, picture);
		picture += len + 1;
	}
}

static void must_see(const char *picture, const char *text, bool there)
{
	if ((strstr(picture, text) != NULL) == there)
		return;
	show(picture);
	fail_msg("%s: %s", there ? "not seen" : "seen", text);
}

void stage_sees(const char *text)
{
	must_see(stage_picture(), text, true);
}

void stage_lacks(const char *text)
{
	must_see(stage_picture(), text, false);
}

void stage_kept_sees(const char *label, const char *text)
{
	must_see(stage_kept(label), text, true);
}

/* ---- the script ---- */

void stage_script(const char *script)
{
	stage.script = script;
}

static void read_typed(struct event *event)
{
	size_t len = strlen(stage.script);
	size_t n = text_next(stage.script, len, 0);

	event->kind = EVENT_TEXT;
	memcpy(event->text, stage.script, n);
	stage.script += n;
}

static void read_pasted(struct event *event)
{
	size_t n = strcspn(stage.script, "\"");

	str_clear(&stage.paste);
	str_addn(&stage.paste, stage.script, n);
	stage.script += n + 1;
	event->kind = EVENT_PASTE;
	event->paste = &stage.paste;
}

static void read_key(struct event *event)
{
	size_t n = strcspn(stage.script, " ");
	char *name = xstrndup(stage.script, n);

	event->kind = EVENT_KEY;
	event->key = keymap_key(name);
	if (event->key < 0)
		fail_msg("no key is called %s", name);
	free(name);
	stage.script += n;
}

/* One event of the script; false at its end. */
static bool read_script(struct event *event)
{
	static bool typing;

	*event = (struct event){ .kind = EVENT_NONE };
	while (stage.script && *stage.script) {
		if (typing && *stage.script != '\'') {
			read_typed(event);
			return true;
		}
		if (*stage.script == '\'') {
			typing = !typing;
			stage.script++;
		} else if (*stage.script == ' ') {
			stage.script++;
		} else if (*stage.script == '@') {
			size_t n = strcspn(stage.script, " ");

			keep(stage.script + 1, n - 1);
			stage.script += n;
		} else if (*stage.script == '"') {
			stage.script++;
			read_pasted(event);
			return true;
		} else {
			read_key(event);
			return true;
		}
	}
	return false;
}

void __wrap_input_read(struct event *event, int ms);
bool __wrap_input_pending(void);
void __real_input_read(struct event *event, int ms);

void __wrap_input_read(struct event *event, int ms)
{
	(void)ms;
	if (!read_script(event)) {
		show(stage_picture());
		fail_msg("the script ended while something waits");
	}
}

bool __wrap_input_pending(void)
{
	return false;
}

void stage_tick(struct app *app)
{
	struct event event = { .kind = EVENT_TICK };

	app_event(app, &event);
	app_draw(app);
}

void stage_play(struct app *app, const char *script)
{
	struct event event;

	stage.script = script;
	app_draw(app);
	while (read_script(&event)) {
		app_event(app, &event);
		if (app->depth > 0)
			app_draw(app);
	}
	if (app->unsettled && app->depth > 0) /* the pause after typing */
		stage_tick(app);
}

/* ---- the real reader ---- */

void stage_send(const char *bytes, size_t len)
{
	assert_int_equal(write(stage.bytes, bytes, len), len);
}

void stage_read(struct event *event)
{
	__real_input_read(event, 0);
}
