/* F8: the report as it will be exported, as text. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/reference.h"
#include "core/tr.h"
#include "export/export.h"
#include "tui/app.h"
#include "tui/dialog.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	PAGE_CELLS = 80 /* of the text export where nothing else is said */
};

struct preview {
	struct app *app;
	struct pager pager;
	char *needle;
	char *mark;
	int width;         /* laid out for */
	unsigned revision; /* laid out from */
};

/* The page of the text export; a window that is narrower wraps on its own. */
static int page_width(int cols)
{
	return cols < PAGE_CELLS ? cols - 2 : PAGE_CELLS;
}

static void lay_out(struct preview *p, int width)
{
	static const struct export_options as_usual = { .open = true };
	struct draft *d = p->app->draft;
	struct document *doc;
	struct str text = { 0 };

	if (width == p->width &&
	    report_revision(draft_report(d)) == p->revision)
		return;
	free(p->mark);
	p->mark = document_mark(p->app->store, draft_row(d)->state);
	doc = export_document(d, &as_usual, NULL);
	if (doc)
		text_lay_out(doc, width, &text);
	pager_load(&p->pager, text.s ? text.s : "", true, p->width > 0);
	p->width = width;
	p->revision = report_revision(draft_report(d));
	document_free(doc);
	str_free(&text);
}

static void draw(void *screen, WINDOW *win)
{
	struct preview *p = screen;
	struct draft *d = p->app->draft;
	int rows = getmaxy(win), cols = getmaxx(win), done, need;
	int page = page_width(cols);
	size_t without = references_without(draft_report(d), draft_last(d));
	struct str title = { 0 }, right = { 0 }, where = { 0 };

	werase(win);
	p->app->cursor_y = p->app->cursor_x = -1;
	lay_out(p, page);
	report_progress(draft_report(d), NULL, &done, &need);
	str_addf(&title, _("预览  %d %s"), draft_row(d)->year,
		 draft_row(d)->unit);
	str_addf(&right, _("稿上印：%s"), p->mark ? p->mark : _("（无标记）"));
	if (done < need)
		str_addf(&right, _("  还空 %d（_）"), need - done);
	if (without > 0)
		str_addf(&right, _("  引用无数 %zu"), without);
	app_title(p->app, title.s, right.s);
	pager_draw(&p->pager, win, 2, rows - 5, (cols - page) / 2, page);
	paint_rule(win, rows - 3, 0, cols);
	pager_where(&p->pager, &where);
	app_foot(p->app, where.s, "");
	str_free(&title);
	str_free(&right);
	str_free(&where);
}

static void find(struct preview *p)
{
	char *needle = xstrdup(p->needle ? p->needle : "");

	if (!dialog_text(p->app, _("查找"), _("在文稿中查找："), 1, &needle)) {
		free(needle);
		return;
	}
	free(p->needle);
	p->needle = needle;
	if (*needle && !pager_find(&p->pager, needle))
		app_say(p->app, _("文稿里没有“%s”。"), needle);
	else if (*needle)
		app_say(p->app, _("“%s”在第 %zu 行；再找按 Ctrl-F 回车。"),
			needle, p->pager.found + 1);
}

/* The next line on which something is blank. */
static void next_open(struct preview *p)
{
	/* it may be broken by the end of a line */
	static const char *const open[] = { REFERENCE_NOTHING, "［未", "_",
					    NULL };

	if (pager_find_one(&p->pager, open))
		app_say(p->app, _("第 %zu 行有没填的；再找按 F6。"),
			p->pager.found + 1);
	else
		app_say(p->app, _("没有空着的了。"));
}

static bool act(void *screen, enum action action)
{
	struct preview *p = screen;

	if (action == ACTION_FIND)
		find(p);
	else if (action == ACTION_NEXT_OPEN)
		next_open(p);
	else if (action == ACTION_EXPORT)
		screen_export(p->app);
	else if (action == ACTION_PREVIEW || action == ACTION_ENTER)
		app_pop(p->app);
	else
		return pager_act(&p->pager, action);
	return true;
}

static bool type(void *screen, const struct event *event)
{
	struct preview *p = screen;

	if (event->kind == EVENT_MOUSE && event->wheel != 0)
		for (int i = 0; i < 3; i++)
			pager_act(&p->pager,
				  event->wheel < 0 ? ACTION_UP : ACTION_DOWN);
	return event->kind == EVENT_MOUSE || event->kind == EVENT_TICK;
}

static const enum action *actions(void *screen)
{
	static const enum action wide[] = {
		ACTION_BACK, ACTION_PAGE_DOWN, ACTION_PAGE_UP,
		ACTION_FIND, ACTION_NEXT_OPEN, ACTION_EXPORT,
		ACTION_LEFT, ACTION_RIGHT,     ACTION_HELP,
		ACTION_UP,   ACTION_DOWN,      ACTION_HOME,
		ACTION_END,  ACTION_NONE,
	};
	static const enum action narrow[] = {
		ACTION_BACK,      ACTION_PAGE_DOWN, ACTION_PAGE_UP, ACTION_FIND,
		ACTION_NEXT_OPEN, ACTION_EXPORT,    ACTION_HELP,    ACTION_UP,
		ACTION_DOWN,      ACTION_HOME,      ACTION_END,     ACTION_NONE,
	};
	const struct preview *p = screen;

	return p->pager.widest > p->pager.width ? wide : narrow;
}

static void close_preview(void *screen)
{
	struct preview *p = screen;

	pager_free(&p->pager);
	free(p->needle);
	free(p->mark);
	free(p);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_NEXT_OPEN] = N_("下一处空着的"),
	[ACTION_HOME] = N_("开头"),
	[ACTION_END] = N_("末尾"),
};

static const struct screen_ops preview_ops = {
	.name = "preview",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.close = close_preview,
	.words = words,
};

void screen_preview(struct app *app)
{
	struct preview *p = xcalloc(1, sizeof *p);

	p->app = app;
	p->pager.found = PAGER_NONE;
	app_push(app, &preview_ops, p);
}
