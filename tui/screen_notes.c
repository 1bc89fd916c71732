/* Alt-N: what was said about a cell, explanations and comments; or (no cell)
 * about the whole report. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/deed.h"
#include "tui/dialog.h"
#include "tui/finding_text.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	LIST_Y = 2,
	LEAST_DETAIL = 9,
	WHERE_CELLS = 30,
};

/* A line: a finding that is or can be explained, or a comment. */
struct note {
	const struct finding *finding; /* borrowed, until the next load() */
	const struct comment *comment;
};

struct notes {
	struct app *app;
	size_t cell; /* or FORM_NO_CELL: all */
	struct note *notes;
	struct list list;
	struct pager detail;
	bool stale; /* the detail is to be made anew */
};

static bool is_about(const struct finding *f, size_t cell)
{
	for (size_t i = 0; i < f->cell_count; i++)
		if (f->cells[i] == cell)
			return true;
	return cell == FORM_NO_CELL;
}

static void load(struct notes *s)
{
	struct draft *d = s->app->draft;
	const struct findings *all = draft_findings(d);
	const char *path = s->cell == FORM_NO_CELL
				   ? NULL
				   : draft_form(d)->cells[s->cell].path;
	size_t comments, n = 0;
	const struct comment *list = draft_comments(d, &comments);

	free(s->notes);
	s->notes = xcalloc(all->count + comments + 1, sizeof *s->notes);
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].severity == SEVERITY_SOFT &&
		    is_about(&all->list[i], s->cell))
			s->notes[n++].finding = &all->list[i];
	for (size_t i = 0; i < comments; i++)
		if (!path || strcmp(list[i].path, path) == 0)
			s->notes[n++].comment = &list[i];
	list_resize(&s->list, n);
	s->stale = true;
}

static void reload(struct notes *s)
{
	struct err err = { 0 };

	if (draft_refresh(s->app->draft, &err) != ERR_OK)
		app_say_err(s->app, &err);
	load(s);
}

static const struct note *focused(const struct notes *s)
{
	return s->list.count > 0 ? &s->notes[s->list.focus] : NULL;
}

static size_t cell_of(const struct notes *s, const struct note *note)
{
	if (note->comment)
		return form_cell(draft_form(s->app->draft),
				 note->comment->path);
	return note->finding->cell_count > 0 ? note->finding->cells[0]
					     : FORM_NO_CELL;
}

/* ---- drawing ---- */

static const char *state_of(const struct note *note)
{
	if (note->finding)
		return note->finding->explanation   ? _("已说明")
		       : note->finding->asked_again ? _("再说明")
						    : _("未说明");
	if (*note->comment->resolved_at)
		return _("已解决");
	return *note->comment->answer ? _("已答复") : _("未答复");
}

static void draw_line(const struct notes *s, WINDOW *win, int y, size_t i)
{
	const struct note *note = &s->notes[i];
	bool here = i == s->list.focus;
	enum theme_role role = here ? THEME_FOCUS : THEME_TEXT;
	size_t cell = cell_of(s, note);
	int x = 18 + WHERE_CELLS, cols = getmaxx(win);
	struct str text = { 0 };

	if (note->comment)
		text_one_line(&text, note->comment->text,
			      strlen(note->comment->text));
	else
		str_add(&text, note->finding->brief);
	paint_row(win, y, role);
	paint_textf(win, y, 0, 9, role, "%s%s", here ? ">" : " ",
		    note->finding ? _("说明") : _("批注"));
	paint_text(win, y, 9, 8, role, state_of(note));
	paint_fit(win, y, 18, WHERE_CELLS - 1, role,
		  cell == FORM_NO_CELL
			  ? _("整份报告")
			  : draft_form(s->app->draft)->cells[cell].say);
	paint_fit(win, y, x, cols - x, role, text.s ? text.s : "");
	str_free(&text);
}

/* "2026-01-12 10:42" */
static void add_moment(const char *moment, struct str *out)
{
	str_addf(out, "%.10s %.5s", moment,
		 strlen(moment) > 11 ? moment + 11 : "");
}

static void add_comment(const struct comment *c, struct str *out)
{
	str_addf(out, "%s  ", c->author);
	add_moment(c->moment, out);
	str_addf(out, "%s\n  %s\n", c->on_return ? _("  随退回提出") : "",
		 c->text);
	if (*c->answer) {
		str_addf(out, _("答复  %s  "), c->answered_by);
		add_moment(c->answered_at, out);
		str_addf(out, "\n  %s\n", c->answer);
	}
	if (*c->resolved_at) {
		str_addf(out, _("已解决  %s  "), c->resolved_by);
		add_moment(c->resolved_at, out);
	}
}

static void draw_detail(struct notes *s, WINDOW *win, int y, int rows)
{
	const struct note *note = focused(s);
	struct str text = { 0 };

	if (!note)
		return;
	if (s->stale && note->comment) {
		add_comment(note->comment, &text);
	} else if (s->stale) {
		finding_detail(draft_form(s->app->draft), note->finding, &text);
	}
	if (s->stale)
		pager_load(&s->detail, text.s, false, false);
	s->stale = false;
	pager_draw(&s->detail, win, y, rows, 1, getmaxx(win) - 2);
	str_free(&text);
}

static void draw(void *screen, WINDOW *win)
{
	struct notes *s = screen;
	struct draft *d = s->app->draft;
	int rows = getmaxy(win), half = (rows - 5) / 2;
	int lower = rows - 2 - (half > LEAST_DETAIL ? half : LEAST_DETAIL);
	char *title = str_printf(_("说明和批注  %s"),
				 s->cell == FORM_NO_CELL
					 ? draft_row(d)->unit
					 : draft_form(d)->cells[s->cell].say);
	char *where = str_printf(_("%zu 条"), s->list.count);

	werase(win);
	s->app->cursor_y = s->app->cursor_x = -1;
	app_title(s->app, title, NULL);
	list_show(&s->list, lower - 1 - LIST_Y);
	for (int i = 0; i < s->list.rows; i++)
		if (s->list.top + (size_t)i < s->list.count)
			draw_line(s, win, LIST_Y + i, s->list.top + (size_t)i);
	if (s->list.count == 0)
		paint_text(win, LIST_Y, 2, getmaxx(win) - 2, THEME_DIM,
			   _("这里还没有说明和批注；Alt-N 写一条批注。"));
	paint_rule(win, lower - 1, 0, getmaxx(win));
	draw_detail(s, win, lower, rows - 2 - lower);
	app_foot(s->app, where, "");
	free(title);
	free(where);
}

/* ---- deeds ---- */

static void add(struct notes *s)
{
	struct app *app = s->app;
	const char *path = draft_form(app->draft)->cells[s->cell].path;
	struct err err = { 0 };
	char *text = NULL;
	int64_t number;

	if (!deed_may(app, DEED_COMMENT, true))
		return;
	if (dialog_text(app, deed_label(DEED_COMMENT),
			_("对这一格的批注，填报人和审核人都看得到："), 4,
			&text) &&
	    *text) {
		if (store_comment_add(app->store, draft_row(app->draft)->id,
				      path, text, false, &number,
				      &err) != ERR_OK)
			app_say_err(app, &err);
		else
			app_say(app, _("批注已存。"));
		reload(s);
	}
	free(text);
}

static void answer(struct notes *s, const struct note *note)
{
	const struct comment *c = note->comment;
	int64_t number = c->number;
	const char *me = store_actor(s->app->store)->name;
	bool mine = strcmp(c->answered_by, me) == 0;
	char *text = xstrdup(mine ? c->answer : "");
	struct err err = { 0 };

	if (dialog_text(s->app, _("答复"), c->text, 4, &text) && *text) {
		if (store_comment_answer(s->app->store,
					 draft_row(s->app->draft)->id, number,
					 text, &err) != ERR_OK)
			app_say_err(s->app, &err);
		reload(s);
	}
	free(text);
}

static void resolve(struct notes *s, const struct note *note)
{
	const struct comment *c = note->comment;
	struct err err = { 0 };

	if (store_comment_resolve(s->app->store, draft_row(s->app->draft)->id,
				  c->number, &err) != ERR_OK)
		app_say_err(s->app, &err);
	else
		app_say(s->app, _("批注已标为解决。"));
	reload(s);
}

static const struct screen_ops notes_ops;

/* The list of all once more, as it was left for one of its cells. */
static void open_again(struct app *app, size_t line)
{
	struct notes *s = xcalloc(1, sizeof *s);

	s->app = app;
	s->cell = FORM_NO_CELL;
	s->list.focus = line;
	load(s);
	app_push(app, &notes_ops, s);
}

static void jump(struct notes *s, const struct note *note)
{
	size_t cell = cell_of(s, note);

	if (cell == FORM_NO_CELL)
		app_say(s->app, _("这一条说的是整份报告，没有单独的格。"));
	else if (s->cell != FORM_NO_CELL) /* closes this screen */
		screen_walk(s->app, cell);
	else
		screen_walk_from(s->app, cell, open_again, s->list.focus);
}

/* What can be done with a comment, who may not close it answers; a finding has
 * but one thing. */
static void handle(struct notes *s)
{
	const char *lines[] = { _("到该处"), _("答复"), _("标为已解决") };
	void (*const deeds[])(struct notes *,
			      const struct note *) = { jump, answer, resolve };
	const struct note *note = focused(s);
	size_t count = 3;
	int chosen;

	if (!note)
		return;
	if (note->finding) {
		if (deed_explain(s->app, note->finding))
			load(s);
		return;
	}
	if (*note->comment->resolved_at)
		count = 1;
	else if (!store_may_resolve(s->app->store, note->comment))
		count = 2;
	chosen = dialog_choose(s->app, deed_label(DEED_COMMENT), lines, count,
			       count > 1 ? 1 : 0);
	if (chosen == 0 || (chosen > 0 && deed_may(s->app, DEED_COMMENT, true)))
		deeds[chosen](s, note);
}

static bool act(void *screen, enum action action)
{
	struct notes *s = screen;

	if (action == ACTION_NOTE && s->cell != FORM_NO_CELL)
		add(s);
	else if (action == ACTION_ENTER && s->list.count > 0)
		handle(s);
	else if (action == ACTION_TAB)
		screen_history(s->app, s->cell);
	else if (action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN)
		pager_act(&s->detail, action);
	else if (s->list.count > 0 && list_act(&s->list, action))
		s->stale = true;
	else
		return false;
	return true;
}

static bool type(void *screen, const struct event *event)
{
	struct notes *s = screen;

	if (event->kind != EVENT_MOUSE)
		return event->kind == EVENT_TICK;
	if (s->list.count > 0 &&
	    list_mouse(&s->list, event, LIST_Y) == LIST_AGAIN)
		handle(s);
	else
		s->stale = true;
	return true;
}

static const enum action *actions(void *screen)
{
	static const enum action some[] = {
		ACTION_ENTER,   ACTION_TAB,       ACTION_BACK, ACTION_HELP,
		ACTION_UP,      ACTION_DOWN,      ACTION_HOME, ACTION_END,
		ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_NONE,
	};
	static const enum action some_here[] = {
		ACTION_NOTE, ACTION_ENTER,   ACTION_TAB,       ACTION_BACK,
		ACTION_HELP, ACTION_UP,      ACTION_DOWN,      ACTION_HOME,
		ACTION_END,  ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_NONE,
	};
	static const enum action none[] = { ACTION_TAB, ACTION_BACK,
					    ACTION_HELP, ACTION_NONE };
	static const enum action none_here[] = { ACTION_NOTE, ACTION_TAB,
						 ACTION_BACK, ACTION_HELP,
						 ACTION_NONE };
	const struct notes *s = screen;

	if (s->cell == FORM_NO_CELL)
		return s->list.count > 0 ? some : none;
	return s->list.count > 0 ? some_here : none_here;
}

static void close_notes(void *screen)
{
	struct notes *s = screen;

	pager_free(&s->detail);
	free(s->notes);
	free(s);
}

static void resume(void *screen)
{
	reload(screen);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_NOTE] = N_("写批注"),
	[ACTION_ENTER] = N_("说明、答复、到该处"),
	[ACTION_TAB] = N_("改动记录"),
};

static const struct screen_ops notes_ops = {
	.name = "notes",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.close = close_notes,
	.words = words,
};

/* Coming with Alt-N to a cell: a clerk with one thing to explain explains it at
 * once, anybody comments where nothing was said yet. */
static void begin(struct notes *s)
{
	const struct note *note = focused(s);

	if (s->cell == FORM_NO_CELL)
		return;
	if (!note && deed_may(s->app, DEED_COMMENT, false))
		add(s);
	else if (note && s->list.count == 1 && note->finding &&
		 deed_may(s->app, DEED_EXPLAIN, false) &&
		 deed_explain(s->app, note->finding))
		app_pop(s->app); /* he is done here */
	else
		load(s);
}

void screen_notes(struct app *app, size_t cell)
{
	struct notes *s = xcalloc(1, sizeof *s);

	s->app = app;
	s->cell =
		cell < draft_form(app->draft)->cell_count ? cell : FORM_NO_CELL;
	load(s);
	app_push(app, &notes_ops, s);
	begin(s);
}
