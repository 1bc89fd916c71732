#include "tests/stage.h"

#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/str.h"
#include "core/text.h"
#include "tui/keymap.h"
#include "tui/theme.h"

#define UNIT "青溪县人民政府"

static void must(enum err_code code, const struct err *err)
{
	if (code != ERR_OK) {
		fprintf(stderr, "# %s\n", err->text);
		abort();
	}
}

void stage_open(struct stage *s, int rows, int cols)
{
	char number[16], path[96];
	struct err err = { 0 };

	memset(s, 0, sizeof *s);
	setlocale(LC_ALL, "C.UTF-8");
	setenv("NIANBAO_NOW", "2026-01-12T10:42:07", 1);
	snprintf(number, sizeof number, "%d", rows);
	setenv("LINES", number, 1);
	snprintf(number, sizeof number, "%d", cols);
	setenv("COLUMNS", number, 1);
	s->screen = newterm("xterm-256color", fopen("/dev/null", "w"),
			    fopen("/dev/null", "r"));
	assert(s->screen);
	raw();
	noecho();
	keypad(stdscr, TRUE);
	theme_start(false);
	strcpy(s->dir, "/tmp/nianbao-stage-XXXXXX");
	if (!mkdtemp(s->dir))
		abort();
	snprintf(path, sizeof path, "%s/a.db", s->dir);
	s->store = store_open(path, STORE_CREATE, &err);
	must(s->store ? ERR_OK : err.code, &err);
	must(store_sign_in(s->store, NULL, &err), &err);
	s->forms = forms_new();
	app_start(&s->app, s->store, s->forms);
	s->app.win = stdscr;
}

void stage_close(struct stage *s)
{
	char command[128];

	while (s->app.depth > 0)
		app_pop(&s->app);
	draft_close(s->app.draft);
	s->app.draft = NULL;
	app_stop(&s->app);
	store_close(s->store);
	forms_free(s->forms);
	endwin();
	delscreen(s->screen);
	snprintf(command, sizeof command, "rm -r %s", s->dir);
	if (system(command) != 0)
		abort();
}

size_t stage_cell(const struct stage *s, const char *path)
{
	size_t cell = form_cell(draft_form(s->app.draft), path);

	if (cell == FORM_NO_CELL)
		abort();
	return cell;
}

void stage_set(struct stage *s, const char *path, const char *text)
{
	struct change change = { stage_cell(s, path), text, false };
	struct err err = { 0 };

	must(draft_change(s->app.draft, &change, 1, "set", NULL, &err), &err);
}

void stage_draft(struct stage *s, int64_t id)
{
	struct err err = { 0 };

	s->app.draft = draft_open(s->store, s->forms, id, DRAFT_EDIT, &err);
	must(s->app.draft ? ERR_OK : err.code, &err);
}

static void fill_line(struct stage *s, const char *line)
{
	const char *tab = strchr(line, '\t');
	struct str value = { 0 };
	char *path;
	size_t cell;

	if (!tab || *line == '#')
		return;
	path = xstrndup(line, (size_t)(tab - line));
	cell = form_cell(draft_form(s->app.draft), path);
	str_unescape(&value, tab + 1, strlen(tab + 1));
	if (cell != FORM_NO_CELL &&
	    draft_form(s->app.draft)->cells[cell].part_count == 0)
		stage_set(s, path, value.s);
	str_free(&value);
	free(path);
}

static void fill(struct stage *s, const char *file)
{
	const char *dir = getenv("NIANBAO_DEMO");
	char path[256], line[16384];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir ? dir : "demo", file);
	f = fopen(path, "r");
	if (!f) {
		perror(path);
		abort();
	}
	while (fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		fill_line(s, line);
	}
	fclose(f);
}

int64_t stage_report(struct stage *s, int year, const char *file)
{
	struct err err = { 0 };
	int64_t id;

	must(draft_new(s->store, s->forms, "ogi-2021", UNIT, year, &id, &err),
	     &err);
	if (file) {
		stage_draft(s, id);
		fill(s, file);
		draft_close(s->app.draft);
		s->app.draft = NULL;
	}
	return id;
}

static void send(struct stage *s, struct event event)
{
	if (!app_event(&s->app, &event))
		s->app.quit = true;
}

static void type(struct stage *s, const char *text, size_t len)
{
	for (size_t at = 0, next; at < len; at = next) {
		struct event event = { .kind = EVENT_TEXT };

		next = text_next(text, len, at);
		if (next - at < sizeof event.text) {
			memcpy(event.text, text + at, next - at);
			send(s, event);
		}
	}
}

void stage_keys(struct stage *s, const char *keys)
{
	while (*keys) {
		size_t len = strcspn(keys, " ");
		char *name = xstrndup(keys, len);

		if (*name == '\'')
			type(s, name + 1, len - 1);
		else if (*name && keymap_key(name) >= 0)
			send(s, (struct event){ .kind = EVENT_KEY,
						.key = keymap_key(name) });
		else if (*name)
			abort();
		free(name);
		keys += len + strspn(keys + len, " ");
	}
	app_draw(&s->app);
}

void stage_paste(struct stage *s, const char *text)
{
	struct str paste = { 0 };

	str_add(&paste, text);
	send(s, (struct event){ .kind = EVENT_PASTE, .paste = &paste });
	str_free(&paste);
	app_draw(&s->app);
}

void stage_ahead(const char *bytes)
{
	for (size_t i = strlen(bytes); i-- > 0;)
		ungetch((unsigned char)bytes[i]);
}

/* One cell of the screen; its width. */
static int cell_text(struct stage *s, int y, int x, struct str *out)
{
	wchar_t wide[CCHARW_MAX + 1] = L"";
	char bytes[64] = "";
	cchar_t c;
	attr_t attrs;
	short pair;
	int width;

	if (mvwin_wch(s->app.win, y, x, &c) == ERR ||
	    getcchar(&c, wide, &attrs, &pair, NULL) == ERR)
		return 1;
	if ((attrs & A_ALTCHARSET) != 0 && wide[0] == L'q')
		wide[0] = L'-';
	if (wide[0] == 0x2500)
		wide[0] = L'-';
	width = wcwidth(wide[0]);
	wcstombs(bytes, wide, sizeof bytes - 1);
	str_add(out, *bytes ? bytes : " ");
	return width > 0 ? width : 1;
}

const char *stage_line(struct stage *s, int y)
{
	static char line[2048];
	struct str out = { 0 };

	for (int x = 0; x < getmaxx(s->app.win);)
		x += cell_text(s, y, x, &out);
	while (out.len > 0 && out.s[out.len - 1] == ' ')
		out.s[--out.len] = '\0';
	snprintf(line, sizeof line, "%s", out.s ? out.s : "");
	str_free(&out);
	return line;
}

bool stage_shows(struct stage *s, const char *text)
{
	for (int y = 0; y < getmaxy(s->app.win); y++)
		if (strstr(stage_line(s, y), text))
			return true;
	return false;
}

void stage_print(struct stage *s)
{
	for (int y = 0; y < getmaxy(s->app.win); y++)
		fprintf(stderr, "#%s\n", stage_line(s, y));
}

bool stage_whole(struct stage *s)
{
	for (int y = 0; y < getmaxy(s->app.win); y++) {
		const char *line = stage_line(s, y);

		if (!text_valid(line, strlen(line)) ||
		    text_cells(line, strlen(line)) > getmaxx(s->app.win))
			return false;
	}
	return true;
}
