/* F1: what this is about, then every key that works there. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	KEY_CELLS = 24 /* the keys, before what they do */
};

struct help_screen {
	struct app *app;
	char *title;
	struct pager pager;
};

static void draw(void *screen, WINDOW *win)
{
	struct help_screen *h = screen;
	int rows = getmaxy(win), cols = getmaxx(win);
	struct str where = { 0 };

	werase(win);
	h->app->cursor_y = h->app->cursor_x = -1;
	app_title(h->app, h->title, _("帮助"));
	pager_draw(&h->pager, win, 2, rows - 5, 2, cols - 4);
	paint_rule(win, rows - 3, 0, cols);
	pager_where(&h->pager, &where);
	app_foot(h->app, where.s, "");
	str_free(&where);
}

static bool act(void *screen, enum action action)
{
	struct help_screen *h = screen;

	if (action == ACTION_HELP || action == ACTION_ENTER) {
		app_pop(h->app);
		return true;
	}
	return pager_act(&h->pager, action);
}

static bool type(void *screen, const struct event *event)
{
	if (event->kind != EVENT_MOUSE)
		return event->kind == EVENT_TICK;
	if (event->wheel != 0)
		act(screen, event->wheel < 0 ? ACTION_UP : ACTION_DOWN);
	return true;
}

static const enum action *actions(void *screen)
{
	static const enum action list[] = {
		ACTION_BACK,      ACTION_UP,   ACTION_DOWN, ACTION_PAGE_UP,
		ACTION_PAGE_DOWN, ACTION_HOME, ACTION_END,  ACTION_NONE,
	};

	(void)screen;
	return list;
}

static void close_help(void *screen)
{
	struct help_screen *h = screen;

	pager_free(&h->pager);
	free(h->title);
	free(h);
}

static const struct screen_ops help_ops = {
	.name = "help",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.close = close_help,
};

static void add_key(enum action action, const char *word, struct str *out)
{
	struct str names = { 0 };
	int cells;

	keymap_names(action, "  ", &names);
	cells = text_cells(names.s, names.len);
	str_addf(out, "  %s", names.s);
	do
		str_addc(out, ' ');
	while (++cells < KEY_CELLS);
	str_addf(out, "%s\n", _(word ? word : keymap_info(action)->help));
	str_free(&names);
}

static bool lists(const enum action *list, enum action action)
{
	while (*list != ACTION_NONE && *list != action)
		list++;
	return *list == action;
}

static void add_keys(const enum action *list, const char *const *words,
		     struct str *out)
{
	static const enum action always[] = { ACTION_HELP,    ACTION_BACK,
					      ACTION_LEAVE,   ACTION_SAVED,
					      ACTION_SUSPEND, ACTION_REDRAW };

	str_addf(out, "%s\n", _("在这里起作用的键："));
	for (const enum action *a = list; *a != ACTION_NONE; a++)
		add_key(*a, words ? words[*a] : NULL, out);
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (!lists(list, always[i]))
			add_key(always[i], NULL, out);
}

static void open_help(struct app *app, const enum action *list,
		      const char *const *words, const char *title,
		      const char *text)
{
	struct help_screen *h = xcalloc(1, sizeof *h);
	struct str out = { 0 };

	if (text && *text)
		str_addf(&out, "%s\n\n", text);
	add_keys(list, words, &out);
	h->app = app;
	h->title = xstrdup(title);
	pager_load(&h->pager, out.s, false, false);
	str_free(&out);
	app_push(app, &help_ops, h);
}

void screen_help(struct app *app, const enum action *list, const char *title,
		 const char *text)
{
	open_help(app, list, NULL, title, text);
}

void screen_help_here(struct app *app, const char *title, const char *text)
{
	const struct frame *frame = &app->stack[app->depth - 1];

	open_help(app, frame->ops->actions(frame->screen), frame->ops->words,
		  title, text);
}
