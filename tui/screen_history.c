/* Who changed what, when: of a cell, or of the whole report. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/deed.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	VALUE_CELLS = 60, /* of a long text, what is shown */
	CONTEXT = 6,      /* characters shown around what has changed */
};

struct history {
	struct app *app;
	char *title;
	size_t count;
	struct pager pager;
};

static void draw(void *screen, WINDOW *win)
{
	struct history *h = screen;
	int rows = getmaxy(win), cols = getmaxx(win);
	struct str where = { 0 };
	char *right = str_printf(_("%zu 条，最近的在前"), h->count);

	werase(win);
	h->app->cursor_y = h->app->cursor_x = -1;
	app_title(h->app, h->title, right);
	pager_draw(&h->pager, win, 2, rows - 5, 1, cols - 2);
	paint_rule(win, rows - 3, 0, cols);
	pager_where(&h->pager, &where);
	app_foot(h->app, where.s, "");
	str_free(&where);
	free(right);
}

static bool act(void *screen, enum action action)
{
	struct history *h = screen;

	if (action == ACTION_ENTER)
		app_pop(h->app);
	else
		return pager_act(&h->pager, action);
	return true;
}

static bool type(void *screen, const struct event *event)
{
	struct history *h = screen;

	if (event->kind == EVENT_MOUSE && event->wheel != 0)
		pager_act(&h->pager,
			  event->wheel < 0 ? ACTION_UP : ACTION_DOWN);
	return event->kind == EVENT_MOUSE || event->kind == EVENT_TICK;
}

static const enum action *actions(void *screen)
{
	static const enum action list[] = {
		ACTION_BACK, ACTION_PAGE_DOWN, ACTION_PAGE_UP,
		ACTION_HELP, ACTION_UP,        ACTION_DOWN,
		ACTION_HOME, ACTION_END,       ACTION_NONE,
	};

	(void)screen;
	return list;
}

static void close_history(void *screen)
{
	struct history *h = screen;

	pager_free(&h->pager);
	free(h->title);
	free(h);
}

static const struct screen_ops history_ops = {
	.name = "history",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.close = close_history,
};

/* ---- values, and what of long ones has changed ---- */

static void add_value(struct str *out, const char *value)
{
	struct str line = { 0 };
	size_t len;
	int used;

	text_one_line(&line, value, strlen(value));
	len = text_fit(line.s ? line.s : "", line.len, VALUE_CELLS, &used);
	if (line.len == 0)
		str_add(out, _("空"));
	else
		str_addn(out, line.s, len);
	if (len < line.len)
		str_addf(out, _(" …（共 %zu 字）"), text_count(value));
	str_free(&line);
}

/* Where a and b begin to differ, and how much they have in common behind. */
static size_t common_head(const char *a, const char *b)
{
	size_t n = strlen(a), at = 0, next;

	while (at < n && (next = text_next(a, n, at)) &&
	       strncmp(a + at, b + at, next - at) == 0)
		at = next;
	return at;
}

static size_t common_tail(const char *a, const char *b, size_t head)
{
	size_t n = strlen(a), m = strlen(b), tail = 0;

	while (tail < n - head && tail < m - head) {
		size_t prev = text_prev(a, n, n - tail), len = n - tail - prev;

		if (prev < head || m - tail < head + len ||
		    memcmp(a + prev, b + m - tail - len, len) != 0)
			break;
		tail += len;
	}
	return tail;
}

/* s[from..to) with a few words around it. */
static void add_piece(struct str *out, const char *s, size_t from, size_t to)
{
	size_t len = strlen(s);
	struct str piece = { 0 };

	for (int i = 0; i < CONTEXT; i++) {
		from = from > 0 ? text_prev(s, len, from) : 0;
		to = to < len ? text_next(s, len, to) : len;
	}
	str_addf(&piece, "%s%.*s%s", from > 0 ? ".." : "", (int)(to - from),
		 s + from, to < len ? ".." : "");
	add_value(out, piece.s);
	str_free(&piece);
}

/* old → new; of two long ones the part that differs. */
static void add_pair(struct str *out, const char *old, const char *now)
{
	size_t n = strlen(old), m = strlen(now), head, tail;

	str_add(out, "\n    ");
	if (n == 0 || m == 0 ||
	    (text_cells(old, n) <= VALUE_CELLS &&
	     text_cells(now, m) <= VALUE_CELLS)) {
		add_value(out, old);
		str_add(out, " → ");
		add_value(out, now);
		return;
	}
	head = common_head(old, now);
	tail = common_tail(old, now, head);
	add_piece(out, old, head, n - tail);
	str_add(out, " → ");
	add_piece(out, now, head, m - tail);
}

/* Of prose every sentence that changed. */
static void add_values(struct str *out, const char *old, const char *now)
{
	struct difference *list;
	size_t count;

	if (!*old || !*now || text_cells(now, strlen(now)) <= VALUE_CELLS) {
		add_pair(out, old, now);
		return;
	}
	prose_compare(old, now, &list, &count);
	for (size_t i = 0; i < count; i++)
		add_pair(out, list[i].old, list[i].now);
	differences_free(list, count);
}

/* ---- the text ---- */

static void add_change(const struct form_def *form, const struct change_row *c,
		       struct str *out)
{
	size_t cell = form_cell(form, c->path);
	enum state old, now;

	str_addf(out, "%.10s %.8s  %s  %s", c->moment,
		 strlen(c->moment) > 11 ? c->moment + 11 : "", c->user,
		 deed_said(c->deed));
	if (cell != FORM_NO_CELL)
		str_addf(out, "  %s", form->cells[cell].say);
	else if (*c->path)
		str_addf(out, "  %s", c->path);
	if (state_parse(c->old, &old) && state_parse(c->new_, &now))
		str_addf(out, "\n    %s → %s", state_label(old),
			 state_label(now));
	else if (*c->old || *c->new_)
		add_values(out, c->old, c->new_);
	if (*c->reason) {
		str_add(out, "\n    ");
		add_value(out, c->reason);
	}
	str_addc(out, '\n');
}

/* What differs from what was returned, of the cell or of all, comes first. */
static void add_since(struct draft *d, size_t cell, struct str *out)
{
	const struct form_def *form = draft_form(d);
	struct difference *list;
	size_t count, n = 0;

	if (review_changes(d, &list, &count, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < count; i++) {
		if (cell < form->cell_count && list[i].cell != cell)
			continue;
		if (n++ == 0)
			str_addf(out, "%s\n",
				 *draft_row(d)->returned_at
					 ? _("退回以后改了：")
					 : _("和上一版不同："));
		str_addf(out, "  %s", form->cells[list[i].cell].say);
		add_pair(out, list[i].old, list[i].now);
		str_addc(out, '\n');
	}
	differences_free(list, count);
	if (n > 0)
		str_addf(out, "\n%s\n", _("全部记录："));
}

void screen_history(struct app *app, size_t cell)
{
	const struct form_def *form = draft_form(app->draft);
	bool one = cell < form->cell_count;
	struct change_row *list;
	struct history *h;
	struct err err = { 0 };
	struct str text = { 0 };
	size_t count;

	if (store_history(app->store, draft_row(app->draft)->id,
			  one ? form->cells[cell].path : NULL, &list, &count,
			  &err) != ERR_OK) {
		app_say_err(app, &err);
		return;
	}
	h = xcalloc(1, sizeof *h);
	h->app = app;
	h->count = count;
	h->title = str_printf(_("改动记录  %s"),
			      one ? form->cells[cell].say
				  : draft_row(app->draft)->unit);
	add_since(app->draft, cell, &text);
	for (size_t i = count; i > 0; i--)
		add_change(form, &list[i - 1], &text);
	if (count == 0)
		str_add(&text, _("还没有改动。"));
	pager_load(&h->pager, text.s, false, false);
	store_history_free(list, count);
	str_free(&text);
	app_push(app, &history_ops, h);
}
