/* Who changed what, when: of a cell, or of the whole report. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	VALUE_CELLS = 60 /* of a long text, what is shown */
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

/* ---- the text ---- */

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

/* A deed by its Chinese name; what has none is a change of cells. */
static const char *deed_name(const char *word)
{
	static const struct {
		const char *word, *label;
	} others[] = {
		{ "new", N_("新建") },         { "carry", N_("承上年") },
		{ "opening", N_("上年数") },   { "zero-fill", N_("其余填零") },
		{ "import", N_("导入") },      { "undo", N_("撤销") },
		{ "redo", N_("重做") },        { "answer", N_("答复批注") },
		{ "resolve", N_("解决批注") }, { "answer", N_("答复批注") },
		{ "resolve", N_("解决批注") },
	};

	for (enum deed deed = 0; deed < DEED_COUNT; deed++)
		if (strcmp(deed_word(deed), word) == 0)
			return deed_label(deed);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(others[i].word, word) == 0)
			return _(others[i].label);
	return word;
}

static void add_change(const struct form_def *form, const struct change_row *c,
		       struct str *out)
{
	size_t cell = form_cell(form, c->path);
	enum state old, now;

	str_addf(out, "%.10s %.8s  %s  %s", c->moment,
		 strlen(c->moment) > 11 ? c->moment + 11 : "", c->user,
		 deed_name(c->deed));
	if (cell != FORM_NO_CELL)
		str_addf(out, "  %s", form->cells[cell].say);
	else if (*c->path)
		str_addf(out, "  %s", c->path);
	if (*c->old || *c->new_) {
		str_add(out, "\n    ");
		if (state_parse(c->old, &old) && state_parse(c->new_, &now)) {
			str_addf(out, "%s → %s", state_label(old),
				 state_label(now));
		} else {
			add_value(out, c->old);
			str_add(out, " → ");
			add_value(out, c->new_);
		}
	}
	if (*c->reason) {
		str_add(out, "\n    ");
		add_value(out, c->reason);
	}
	str_addc(out, '\n');
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
	for (size_t i = count; i > 0; i--)
		add_change(form, &list[i - 1], &text);
	if (count == 0)
		str_add(&text, _("还没有改动。"));
	pager_load(&h->pager, text.s, false, false);
	store_history_free(list, count);
	str_free(&text);
	app_push(app, &history_ops, h);
}
