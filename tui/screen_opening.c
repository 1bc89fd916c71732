/* The opening figures: a short form of numbers, each stored when it is left. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/edit.h"
#include "tui/list.h"
#include "tui/opening.h"
#include "tui/paint.h"

enum {
	FIRST_Y = 4,
	FIELD_CELLS = 12,
};

struct opening {
	struct app *app;
	size_t *cells;
	char **texts; /* as they are stored */
	struct list list;
	struct edit edit; /* the number in focus */
	bool fresh;       /* typing replaces it */
};

static const struct cell_def *cell_at(const struct opening *s, size_t i)
{
	return &draft_form(s->app->draft)->cells[s->cells[i]];
}

static bool is_asked(const struct cell_def *cell)
{
	return cell->opening && !cell->derived && cell->part_count == 0;
}

static void focus(struct opening *s)
{
	edit_free(&s->edit);
	edit_open(&s->edit, s->texts[s->list.focus], true);
	edit_resize(&s->edit, FIELD_CELLS, 1);
	s->fresh = true;
}

/* What is stored, into the texts. */
static void read_stored(struct opening *s)
{
	const struct report *last = draft_last(s->app->draft);

	for (size_t i = 0; i < s->list.count; i++) {
		struct str text = { 0 };

		str_add(&text, "");
		if (last)
			report_text(last, s->cells[i], &text);
		free(s->texts[i]);
		s->texts[i] = str_steal(&text);
	}
}

static enum err_code read_typed(const struct opening *s, struct err *err)
{
	struct value v;

	return report_read(draft_form(s->app->draft), s->cells[s->list.focus],
			   s->edit.text.s, &v, err);
}

/* Store what was typed; false and a word when it is no such number: then it
 * stands and is not left. */
static bool take(struct opening *s)
{
	const char *text = s->edit.text.s;
	struct change c = { s->cells[s->list.focus], text, false };
	struct err err = { 0 };

	if (strcmp(text, s->texts[s->list.focus]) == 0)
		return true;
	if (read_typed(s, &err) != ERR_OK) {
		app_say(s->app, _("没有填入：%s（退格修改，Esc 恢复原值）"),
			err.text);
		s->app->message_wrong = true;
		return false;
	}
	if (draft_open_with(s->app->draft, &c, 1, &err) != ERR_OK) {
		app_say_err(s->app, &err);
		return false;
	}
	read_stored(s);
	focus(s);
	return true;
}

/* ---- drawing ---- */

static void draw_line(struct opening *s, WINDOW *win, int y, size_t i)
{
	const struct cell_def *cell = cell_at(s, i);
	bool here = i == s->list.focus;
	const char *text = here ? s->edit.text.s + s->edit.left : s->texts[i];
	int x = getmaxx(win) - FIELD_CELLS - 6;
	int row, col;

	paint_text(win, y, 1, 1, THEME_TEXT, here ? ">" : " ");
	paint_textf(win, y, 3, x - 4, here ? THEME_HEAD : THEME_TEXT, "%s%s%s",
		    cell->section->number ? cell->section->number : "",
		    cell->section->number ? "、" : "", cell->say);
	paint_text(win, y, x, FIELD_CELLS + 1, here ? THEME_FOCUS : THEME_TEXT,
		   *text || here ? text : "_");
	if (!here)
		return;
	edit_cursor(&s->edit, &row, &col);
	s->app->cursor_y = y;
	s->app->cursor_x = x + col;
}

static void draw(void *screen, WINDOW *win)
{
	struct opening *s = screen;
	int rows = getmaxy(win), cols = getmaxx(win);
	int year = draft_row(s->app->draft)->year - 1;
	char *title = str_printf(_("上年数  %d %s"), year,
				 draft_row(s->app->draft)->unit);
	char *where;

	werase(win);
	s->app->cursor_y = s->app->cursor_x = -1;
	app_title(s->app, title, NULL);
	paint_textf(win, 2, 1, cols - 2, THEME_TEXT,
		    _("请照 %d 年度报告填写；本年的结转数从这里来，"
		      "不知道的先空着。"),
		    year);
	list_show(&s->list, rows - 3 - FIRST_Y);
	for (int i = 0; i < s->list.rows; i++)
		if (s->list.top + (size_t)i < s->list.count)
			draw_line(s, win, FIRST_Y + i, s->list.top + (size_t)i);
	paint_rule(win, rows - 3, 0, cols);
	where = str_printf(_("第 %zu 格，共 %zu 格；离开一格即存好"),
			   s->list.focus + 1, s->list.count);
	app_foot(s->app, where, "");
	free(title);
	free(where);
}

/* ---- keys ---- */

static void leave(struct opening *s)
{
	struct app *app = s->app;
	size_t n = 0;

	for (size_t i = 0; i < s->list.count; i++)
		n += *s->texts[i] != '\0';
	app_pop(app);
	app_say(app, _("上年数已存 %zu 格，本年的结转数已承接。"), n);
}

/* All that is blank is nothing: one key for a quiet unit. */
static void zeros(struct opening *s)
{
	struct change *list;
	struct err err = { 0 };
	size_t n = 0;

	if (!take(s))
		return;
	list = xcalloc(s->list.count, sizeof *list);
	for (size_t i = 0; i < s->list.count; i++)
		if (!*s->texts[i])
			list[n++] = (struct change){ s->cells[i], "0", false };
	if (n > 0 && draft_open_with(s->app->draft, list, n, &err) != ERR_OK)
		app_say_err(s->app, &err);
	free(list);
	read_stored(s);
	focus(s);
}

/* Esc: what is no number goes first. */
static void back(struct opening *s)
{
	if (read_typed(s, NULL) == ERR_OK) {
		if (take(s))
			leave(s);
		return;
	}
	focus(s);
	app_say(s->app, _("已恢复原值。"));
}

static void go(struct opening *s, enum action action)
{
	if (!take(s))
		return;
	list_act(&s->list, action);
	focus(s);
}

static void enter(struct opening *s)
{
	if (s->list.focus + 1 < s->list.count)
		go(s, ACTION_DOWN);
	else if (take(s))
		leave(s);
}

static bool act_edit(struct opening *s, enum action action)
{
	struct edit_step step;

	s->fresh = s->fresh && action != ACTION_LEFT &&
		   action != ACTION_RIGHT && action != ACTION_ERASE;
	if (action == ACTION_LEFT || action == ACTION_RIGHT)
		edit_move(&s->edit,
			  action == ACTION_LEFT ? EDIT_LEFT : EDIT_RIGHT);
	else if (action == ACTION_ERASE)
		edit_backspace(&s->edit, &step);
	else if (action == ACTION_DELETE || action == ACTION_KILL)
		edit_load(&s->edit, "", 0);
	else
		return false;
	return true;
}

static bool act(void *screen, enum action action)
{
	struct opening *s = screen;

	if (act_edit(s, action))
		return true;
	if (action == ACTION_ENTER)
		enter(s);
	else if (action == ACTION_ZERO_FILL)
		zeros(s);
	else if (action == ACTION_TAB || action == ACTION_DOWN)
		go(s, ACTION_DOWN);
	else if (action == ACTION_BACK_TAB || action == ACTION_UP)
		go(s, ACTION_UP);
	else if (action == ACTION_BACK)
		back(s);
	else if (action == ACTION_LEAVE)
		return !take(s);
	else
		return false;
	return true;
}

static void click(struct opening *s, const struct event *event)
{
	if (event->wheel != 0 || event->y < FIRST_Y || !take(s))
		return;
	list_mouse(&s->list, event, FIRST_Y);
	focus(s);
}

/* Whatever it is: that it is no number is said, and again on leaving. */
static void put(struct opening *s, const char *text, size_t len, bool whole)
{
	struct str clean = { 0 };
	struct edit_step step;
	struct err err = { 0 };

	text_one_line(&clean, text, len);
	if (whole || s->fresh)
		edit_load(&s->edit, "", 0);
	if (clean.len > 0)
		edit_insert(&s->edit, clean.s, clean.len, &step);
	s->fresh = false;
	str_free(&clean);
	if (read_typed(s, &err) != ERR_OK && strcmp(s->edit.text.s, ".") != 0)
		app_say_err(s->app, &err);
}

static bool type(void *screen, const struct event *event)
{
	struct opening *s = screen;

	if (event->kind == EVENT_MOUSE)
		click(s, event);
	else if (event->kind == EVENT_TEXT)
		put(s, event->text, strlen(event->text), false);
	else if (event->kind == EVENT_PASTE && event->paste->len > 0)
		put(s, event->paste->s, event->paste->len, true);
	return true;
}

static const enum action *actions(void *screen)
{
	static const enum action list[] = {
		ACTION_ENTER, ACTION_ZERO_FILL, ACTION_BACK,  ACTION_HELP,
		ACTION_UP,    ACTION_DOWN,      ACTION_TAB,   ACTION_BACK_TAB,
		ACTION_LEFT,  ACTION_RIGHT,     ACTION_ERASE, ACTION_DELETE,
		ACTION_KILL,  ACTION_NONE,
	};

	(void)screen;
	return list;
}

static void close_opening(void *screen)
{
	struct opening *s = screen;

	take(s); /* the terminal may be gone */
	for (size_t i = 0; i < s->list.count; i++)
		free(s->texts[i]);
	free(s->texts);
	free(s->cells);
	edit_free(&s->edit);
	free(s);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_ENTER] = N_("下一格"),
	[ACTION_ZERO_FILL] = N_("空格都填 0"),
	[ACTION_BACK] = N_("返回，已填的存好"),
	[ACTION_DELETE] = N_("清空"),
	[ACTION_KILL] = N_("清空"),
};

static const struct screen_ops opening_ops = {
	.name = "opening",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.close = close_opening,
	.words = words,
};

static size_t count_asked(const struct form_def *form)
{
	size_t n = 0;

	for (size_t i = 0; i < form->cell_count; i++)
		n += is_asked(&form->cells[i]);
	return n;
}

void opening_open(struct app *app)
{
	const struct form_def *form = draft_form(app->draft);
	struct opening *s = xcalloc(1, sizeof *s);

	s->app = app;
	s->list.count = count_asked(form);
	s->cells = xcalloc(s->list.count, sizeof *s->cells);
	s->texts = xcalloc(s->list.count, sizeof *s->texts);
	for (size_t i = 0, n = 0; i < form->cell_count; i++)
		if (is_asked(&form->cells[i]))
			s->cells[n++] = i;
	read_stored(s);
	focus(s);
	app_push(app, &opening_ops, s);
}

bool opening_wanted(struct app *app)
{
	const struct report_row *row;

	if (!app->draft || !draft_writable(app->draft))
		return false;
	row = draft_row(app->draft);
	return count_asked(draft_form(app->draft)) > 0 &&
	       !store_report_find(app->store, row->unit_id, row->form,
				  row->year - 1);
}

void opening_ask(struct app *app)
{
	const char *buttons[] = { _("现在填"), _("以后再说") };
	char *text;

	if (!opening_wanted(app))
		return;
	text = str_printf(_("草稿库里没有 %d 年度的报告。现在填上年的 %zu "
			    "个结转数，本年的承接数就不用再填，也能核对；"
			    "以后再说也可以，在 F9 菜单的“上年数”里。"),
			  draft_row(app->draft)->year - 1,
			  count_asked(draft_form(app->draft)));
	if (dialog_ask(app, _("上年数"), text, buttons, 2, 0) == 0)
		opening_open(app);
	free(text);
}
