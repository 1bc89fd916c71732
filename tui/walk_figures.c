/* Ctrl-K: the figures of a text, the cells that their words mean, and what to do
 * about them: bind one to a cell, or say that it is another matter. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/draft_figures.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/figure_text.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/paint.h"
#include "tui/walk.h"

enum {
	LIST_Y = 2,
	LEAST_DETAIL = 8,
	STATE_X = 1,
	WORDS_X = 10,
	NUMBER = 7,
};

struct figures_screen {
	struct app *app;
	struct walk *w;
	struct listed *figures;
	size_t *shown; /* which of them the list has */
	size_t total;
	bool wanting; /* only those that want something */
	struct list list;
	struct pager detail;
	bool stale; /* the detail is to be made anew */
	size_t bound;
};

static bool wants(const struct listed *f)
{
	return f->state == LISTED_DIFFERS || f->state == LISTED_UNBOUND ||
	       f->state == LISTED_BROKEN;
}

static enum theme_role role_of(const struct listed *f)
{
	static const enum theme_role roles[] = {
		[LISTED_DIFFERS] = THEME_WRONG,  [LISTED_EQUAL] = THEME_GOOD,
		[LISTED_REFERENCE] = THEME_GOOD, [LISTED_BROKEN] = THEME_WRONG,
		[LISTED_OTHER] = THEME_DIM,      [LISTED_ASIDE] = THEME_DIM,
		[LISTED_COUNT] = THEME_TEXT,
	};

	return roles[f->state];
}

/* ---- the list ---- */

static const struct listed *focused(const struct figures_screen *s)
{
	return s->list.count > 0 ? &s->figures[s->shown[s->list.focus]] : NULL;
}

static void load(struct figures_screen *s)
{
	size_t n = 0;

	free(s->figures);
	free(s->shown);
	s->total = draft_figures(walk_draft(s->w), s->w->cell, &s->figures);
	s->shown = xcalloc(s->total + 1, sizeof *s->shown);
	for (size_t i = 0; i < s->total; i++)
		if (!s->wanting || wants(&s->figures[i]))
			s->shown[n++] = i;
	list_resize(&s->list, n);
	s->stale = true;
}

static void draw_line(const struct figures_screen *s, WINDOW *win, int y,
		      size_t i)
{
	const struct listed *f = &s->figures[s->shown[i]];
	int cols = getmaxx(win), middle = WORDS_X + (cols - WORDS_X) / 2;
	bool here = i == s->list.focus;
	enum theme_role role = here ? THEME_FOCUS : THEME_TEXT;
	struct str cells = { 0 }, words = { 0 };

	str_add(&cells, "");
	figure_proposed(s->w, f, NUMBER, &cells);
	paint_row(win, y, role);
	paint_text(win, y, 0, 1, role, here ? ">" : " ");
	paint_text(win, y, STATE_X, WORDS_X - STATE_X - 1,
		   here ? role : role_of(f), listed_label(f->state));
	figure_words(s->w, f, middle - WORDS_X - 2, &words);
	paint_text(win, y, WORDS_X, middle - WORDS_X - 2, role, words.s);
	paint_fit(win, y, middle, cols - middle, role, cells.s);
	str_free(&cells);
	str_free(&words);
}

static void draw_head(struct figures_screen *s)
{
	size_t n[LISTED_COUNT] = { 0 };
	struct str right = { 0 };
	char *title = str_printf(_("文中数字  %s"), walk_cell(s->w)->say);

	for (size_t i = 0; i < s->total; i++)
		n[s->figures[i].state]++;
	for (enum listed_state i = 0; i < LISTED_COUNT; i++)
		if (n[i] > 0)
			str_addf(&right, "%s%s %zu", right.len ? "  " : "",
				 listed_label(i), n[i]);
	app_title(s->app, title, right.s ? right.s : "");
	str_free(&right);
	free(title);
}

static void draw(void *screen, WINDOW *win)
{
	struct figures_screen *s = screen;
	int rows = getmaxy(win), half = (rows - 5) / 2;
	int lower = rows - 2 - (half > LEAST_DETAIL ? half : LEAST_DETAIL);
	const struct listed *f = focused(s);
	struct str text = { 0 }, left = { 0 };

	werase(win);
	s->app->cursor_y = s->app->cursor_x = -1;
	draw_head(s);
	list_show(&s->list, lower - 1 - LIST_Y);
	for (int i = 0; i < s->list.rows; i++)
		if (s->list.top + (size_t)i < s->list.count)
			draw_line(s, win, LIST_Y + i, s->list.top + (size_t)i);
	if (!f)
		paint_text(win, LIST_Y, 2, getmaxx(win) - 2, THEME_DIM,
			   s->total == 0 ? _("这一栏里没有数字。")
					 : _("没有不符的，也没有未对应的。"));
	paint_rule(win, lower - 1, 0, getmaxx(win));
	if (f && s->stale) {
		figure_detail(s->w, f, &text);
		pager_load(&s->detail, text.s, false, false);
		s->stale = false;
	}
	if (f)
		pager_draw(&s->detail, win, lower, rows - 2 - lower, 1,
			   getmaxx(win) - 2);
	str_addf(&left,
		 s->wanting ? _("只看不符的和未对应的：%zu 个，全部 %zu 个")
			    : _("%zu 个，按先后"),
		 s->list.count, s->total);
	app_foot(s->app, left.s, f ? _("空格 标为另有所指，或取消") : "");
	str_free(&left);
	str_free(&text);
}

/* ---- binding ---- */

/* Put it in the place of the figure; what undo takes back as one. */
static void put_in(struct figures_screen *s, const struct listed *f,
		   const char *reference, const char *say)
{
	struct walk *w = s->w;
	bool whole = f->percent || f->state == LISTED_REFERENCE ||
		     f->state == LISTED_BROKEN;
	size_t at = f->start, end = whole ? f->end : f->digits_end;

	draft_break(walk_draft(w));
	if (walk_splice(w, at, end - at, reference, strlen(reference))) {
		s->bound++;
		app_say(s->app, _("已对应到“%s”，随表而变；Ctrl-Z 撤销。"),
			say);
	}
	draft_break(walk_draft(w));
	w->app->unsettled = false;
	walk_load(w, at + strlen(reference));
	load(s);
}

/* The only one of those that its words allow which is the same number. */
static const struct choice *obvious(const struct listed *f,
				    const struct choice *list, size_t count)
{
	const struct choice *one = NULL;

	if (f->state != LISTED_EQUAL)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (!list[i].equal || !list[i].by_words)
			continue;
		if (one)
			return NULL;
		one = &list[i];
	}
	return one;
}

/* Search a cell; of a share both. */
static void find_cell(struct figures_screen *s, const struct listed *f)
{
	struct walk *w = s->w;
	size_t cell = walk_ask_number(w, f->percent ? _("占比：哪个数")
						    : _("对应到哪个数"));
	size_t whole = FORM_NO_CELL;
	struct choice c;
	char *text;

	if (cell == FORM_NO_CELL)
		return;
	if (f->percent)
		whole = walk_ask_number(w, _("占哪个数"));
	if (f->percent && whole == FORM_NO_CELL)
		return;
	c = draft_choice_of(walk_draft(w), f, cell);
	text = f->percent
		       ? str_printf("{%s/%s%%}", walk_form(w)->cells[cell].path,
				    walk_form(w)->cells[whole].path)
		       : xstrdup(c.text);
	put_in(s, f, text, c.say);
	free(text);
	choice_free(&c);
}

/* One of the candidates, or another cell: the line behind them. */
static void choose(struct figures_screen *s, const struct listed *f,
		   const struct choice *list, size_t count)
{
	const char **lines = xcalloc(count + 1, sizeof *lines);
	char **made = xcalloc(count + 1, sizeof *made);
	int chosen;

	for (size_t i = 0; i < count; i++)
		lines[i] = made[i] =
			str_printf("%s %6s  %s%s", list[i].equal ? "=" : " ",
				   list[i].value, list[i].say,
				   list[i].by_words ? "" : _("（只是数相同）"));
	lines[count] = made[count] = xstrdup(_("另找一格……"));
	chosen = dialog_choose(s->app, _("对应到哪个数"), lines, count + 1, 0);
	for (size_t i = 0; i <= count; i++)
		free(made[i]);
	free(made);
	free(lines);
	if (chosen >= 0 && (size_t)chosen < count)
		put_in(s, f, list[chosen].text, list[chosen].say);
	else if (chosen >= 0)
		find_cell(s, f);
}

static bool can_be_bound(struct figures_screen *s, const struct listed *f)
{
	if (!walk_may_type(s->w))
		return false;
	if (f->words)
		app_say(s->app, _("这里是说没有的话，不是数字，请直接改文字；"
				  "另有所指就按空格。"));
	else if (f->last)
		app_say(s->app, _("上年的数、和上年的差不能引用，请直接改文字；"
				  "另有所指就按空格。"));
	else
		return true;
	return false;
}

static void bind(struct figures_screen *s, bool search)
{
	const struct listed *f = focused(s);
	const struct choice *one;
	struct choice *list;
	struct listed copy;
	size_t count;

	if (!f || !can_be_bound(s, f))
		return;
	copy = *f; /* the list is made anew in between */
	if (search) {
		find_cell(s, &copy);
		return;
	}
	count = draft_choices(walk_draft(s->w), s->w->cell, &copy, &list);
	one = obvious(&copy, list, count);
	if (one)
		put_in(s, &copy, one->text, one->say);
	else
		choose(s, &copy, list, count);
	choices_free(list, count);
}

static void set_aside(struct figures_screen *s)
{
	const struct listed *f = focused(s);
	bool on = f && f->state != LISTED_ASIDE;
	struct err err = { 0 };

	if (!f || !walk_may_type(s->w))
		return;
	if (f->state == LISTED_REFERENCE || f->state == LISTED_BROKEN) {
		app_say(s->app, _("引用就是表中的数，不能标为另有所指。"));
		return;
	}
	if (draft_set_aside(walk_draft(s->w), s->w->cell, f, on, &err))
		app_say_err(s->app, &err);
	else
		app_say(s->app,
			on ? _("已记住：另有所指，不和表比；再按空格取消。")
			   : _("已取消，照常和表比。"));
	load(s);
}

static void undo(struct figures_screen *s)
{
	size_t cell = s->w->cell, offset = (size_t)-1;
	struct err err = { 0 };

	if (s->bound == 0) {
		app_say(s->app, _("在这里还没有对应过数字；别的改动请回到文字里"
				  "撤销。"));
		return;
	}
	s->bound--;
	if (draft_undo(walk_draft(s->w), &cell, &offset, &err)) {
		app_say_err(s->app, &err);
		return;
	}
	walk_load(s->w, offset);
	load(s);
	app_say(s->app, _("已撤销，恢复原来的字。"));
}

/* ---- keys ---- */

/* Back to the text, the cursor at the figure. */
static void go_back(struct figures_screen *s)
{
	const struct listed *f = focused(s);
	struct walk *w = s->w;
	size_t at = f ? f->digits_end : w->edit.cursor;

	app_pop(s->app);
	walk_load(w, at);
}

static bool act(void *screen, enum action action)
{
	struct figures_screen *s = screen;

	switch (action) {
	case ACTION_ENTER:
		bind(s, false);
		return true;
	case ACTION_GOTO:
		bind(s, true);
		return true;
	case ACTION_TAB:
		s->wanting = !s->wanting;
		s->list.focus = 0;
		load(s);
		return true;
	case ACTION_UNDO:
		undo(s);
		return true;
	case ACTION_BACK:
	case ACTION_FIGURES:
		go_back(s);
		return true;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		return pager_act(&s->detail, action);
	case ACTION_HELP:
		screen_help_here(
			s->app, _("文中数字"),
			_("文字里的每个数字，和它的文字所指的表中的数。\n"
			  "不符：和表对不上。未对应：看不出是表中哪个数。"
			  "别的数：说的是上年、别的单位、渠道等，不和表比。\n"
			  "回车把数字换成引用：从此随表而变，不会再对不上；"
			  "只有一个对得上的格就直接换，不然从列出的里面选，"
			  "或另找一格。百分数换成占比，或比上年的增幅。\n"
			  "空格标为另有所指：记住，不再提出；字改了就不再算数。"
			  "再按一次取消。"));
		return true;
	default:
		s->stale = true;
		return s->list.count > 0 && list_act(&s->list, action);
	}
}

static bool type(void *screen, const struct event *event)
{
	struct figures_screen *s = screen;

	if (event->kind == EVENT_TEXT &&
	    (strcmp(event->text, " ") == 0 || strcmp(event->text, "　") == 0)) {
		set_aside(s);
		return true;
	}
	if (event->kind != EVENT_MOUSE)
		return event->kind == EVENT_TICK;
	if (s->list.count > 0 &&
	    list_mouse(&s->list, event, LIST_Y) == LIST_AGAIN)
		bind(s, false);
	s->stale = true;
	return true;
}

static const enum action *actions(void *screen)
{
	static const enum action some[] = {
		ACTION_ENTER,   ACTION_GOTO, ACTION_TAB, ACTION_UNDO,
		ACTION_BACK,    ACTION_HELP, ACTION_UP,  ACTION_DOWN,
		ACTION_PAGE_UP, ACTION_HOME, ACTION_END, ACTION_PAGE_DOWN,
		ACTION_NONE,
	};
	static const enum action none[] = { ACTION_TAB, ACTION_BACK,
					    ACTION_HELP, ACTION_NONE };
	const struct figures_screen *s = screen;

	return s->list.count > 0 ? some : none;
}

static void resume(void *screen)
{
	load(screen);
}

static void close_figures(void *screen)
{
	struct figures_screen *s = screen;

	pager_free(&s->detail);
	free(s->figures);
	free(s->shown);
	free(s);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_ENTER] = N_("对应到格"),
	[ACTION_GOTO] = N_("另找一格"),
	[ACTION_TAB] = N_("只看有疑的"),
	[ACTION_BACK] = N_("回到文字"),
};

static const struct screen_ops figures_ops = {
	.name = "figures",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.close = close_figures,
	.words = words,
};

/* The figure at the cursor, else the nearest: of two the one before, which was
 * just typed. */
static void stand_at(struct figures_screen *s, size_t cursor)
{
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < s->list.count; i++) {
		const struct listed *f = &s->figures[s->shown[i]];
		size_t gap = f->end < cursor     ? cursor - f->end
			     : f->start > cursor ? f->start - cursor
						 : 0;

		if (gap < least)
			s->list.focus = i;
		if (gap < least)
			least = gap;
	}
}

void walk_figures(struct walk *w)
{
	struct figures_screen *s = xcalloc(1, sizeof *s);

	s->app = w->app;
	s->w = w;
	load(s);
	stand_at(s, w->edit.cursor);
	app_push(w->app, &figures_ops, s);
}
