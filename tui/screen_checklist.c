/* F2: what a section must have; the program ticks what it can judge, the clerk
 * the rest. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/deed.h"
#include "tui/list.h"
#include "tui/paint.h"

enum {
	FIRST_Y = 3,
	TEXT_X = 5,
	SIGN_X = 2,
};

struct checklist {
	struct app *app;
	const struct section_def *section;
	const struct item_def **items; /* those for this kind of unit */
	struct list list;
};

static const struct item_def *focused(const struct checklist *c)
{
	return c->list.count > 0 ? c->items[c->list.focus] : NULL;
}

static bool is_ticked(const struct checklist *c, const struct item_def *item)
{
	struct draft *d = c->app->draft;

	if (item->judge == ITEM_CLERK)
		return store_ticked(c->app->store, draft_row(d)->id, item->id);
	return item_ticked(item, draft_report(d), c->section,
			   draft_findings(d));
}

static void open_section(struct checklist *c, const struct section_def *section)
{
	const struct unit *unit = draft_unit(c->app->draft);
	size_t n = 0;

	c->section = section;
	free(c->items);
	c->items = xcalloc(section->item_count + 1, sizeof *c->items);
	for (size_t i = 0; i < section->item_count; i++)
		if (!unit || form_lists(section->items[i].kinds,
					unit_kind_word(unit->kind)))
			c->items[n++] = &section->items[i];
	c->list = (struct list){ .count = n };
}

/* ---- drawing ---- */

static int item_rows(const struct item_def *item, int cells)
{
	struct text_lines lines = { 0 };
	int rows;

	text_wrap(&lines, item->text, strlen(item->text), cells);
	rows = (int)lines.count;
	text_lines_free(&lines);
	return rows;
}

/* The first item shown, so that the one in focus is wholly there. */
static void show_focus(struct checklist *c, int rows, int cells)
{
	if (c->list.top > c->list.focus)
		c->list.top = c->list.focus;
	for (; c->list.top < c->list.focus; c->list.top++) {
		int used = 0;

		for (size_t i = c->list.top; i <= c->list.focus; i++)
			used += item_rows(c->items[i], cells);
		if (used <= rows)
			return;
	}
}

static int draw_item(const struct checklist *c, WINDOW *win, int y, int rows,
		     size_t i)
{
	const struct item_def *item = c->items[i];
	bool here = i == c->list.focus, on = is_ticked(c, item);
	enum theme_role role = here ? THEME_FOCUS : on ? THEME_DIM : THEME_TEXT;
	int cols = getmaxx(win), cells = cols - TEXT_X - 2;
	int used = item_rows(item, cells);

	for (int k = 0; k < used && k < rows; k++)
		paint_row(win, y + k, role);
	paint_text(win, y, 0, 1, role, here ? ">" : " ");
	paint_text(win, y, SIGN_X, 2,
		   here ? role
		   : on ? THEME_GOOD
			: THEME_TEXT,
		   theme_sign(on ? SIGN_DONE : SIGN_NONE));
	paint_wrapped(win, y, TEXT_X, cells, rows, role, item->text);
	return used;
}

/* What its text does not speak of yet: why the section is not done. */
static void add_missing(const struct checklist *c, struct str *out)
{
	int n = 0;

	for (size_t i = 0; i < c->list.count; i++) {
		const struct item_def *item = c->items[i];

		if (!item_in_text(item) || is_ticked(c, item))
			continue;
		str_add(out, n++ == 0 ? _("　还没写到：") : "、");
		str_add(out, item->label);
	}
}

/* The section's walk: its number and how much of the list is done. */
static void draw_head(struct checklist *c, WINDOW *win)
{
	struct draft *d = c->app->draft;
	struct str title = { 0 };
	size_t on = 0;
	char *done;

	for (size_t i = 0; i < c->list.count; i++)
		on += is_ticked(c, c->items[i]);
	str_addf(&title, _("检查清单  %d %s"), draft_row(d)->year,
		 draft_row(d)->unit);
	done = str_printf("%zu/%zu", on, c->list.count);
	app_title(c->app, title.s, done);
	str_clear(&title);
	if (c->section->number && *c->section->number)
		str_addf(&title, "%s、", c->section->number);
	str_add(&title, c->section->title);
	add_missing(c, &title);
	paint_fit(win, 2, 1, getmaxx(win) - 1, THEME_HEAD, title.s);
	str_free(&title);
	free(done);
}

/* How the item in focus gets its tick, and its clause. */
static void draw_about(const struct checklist *c, WINDOW *win, int y)
{
	static const char *const ways[] = {
		[ITEM_CLERK] = N_("由您核对后按空格打勾"),
		[ITEM_WORDS] = N_("程序判断：文中写到时自动打勾"),
		[ITEM_TOPIC] = N_("程序判断：文中写到时自动打勾"),
		[ITEM_FILLED] = N_("程序判断：有关各格填齐时自动打勾"),
		[ITEM_RULES] = N_("程序判断：填齐并且没有有关问题时自动打勾"),
	};
	const struct item_def *item = focused(c);

	if (!item)
		return;
	paint_textf(win, y, 1, getmaxx(win) - 2, THEME_TEXT, "%s",
		    _(ways[item->judge]));
	if (item->basis && *item->basis)
		paint_textf(win, y + 1, 1, getmaxx(win) - 2, THEME_DIM,
			    _("依据 %s"), item->basis);
}

static void draw(void *screen, WINDOW *win)
{
	struct checklist *c = screen;
	int rows = getmaxy(win), cols = getmaxx(win), y = FIRST_Y;
	int end = rows - 5;
	char *where;

	werase(win);
	c->app->cursor_y = c->app->cursor_x = -1;
	draw_head(c, win);
	show_focus(c, end - y, cols - TEXT_X - 2);
	for (size_t i = c->list.top; i < c->list.count && y < end; i++)
		y += draw_item(c, win, y, end - y, i);
	if (c->list.count == 0)
		paint_text(win, y, 2, cols - 2, THEME_DIM,
			   _("这一部分没有清单。"));
	paint_rule(win, end, 0, cols);
	draw_about(c, win, end + 1);
	where = str_printf(_("第 %zu 条，共 %zu 条"),
			   c->list.count > 0 ? c->list.focus + 1 : 0,
			   c->list.count);
	app_foot(c->app, where, _("空格 打勾"));
	free(where);
}

/* ---- keys ---- */

static void tick(struct checklist *c)
{
	const struct item_def *item = focused(c);
	struct err err = { 0 };

	if (!item)
		return;
	if (item->judge != ITEM_CLERK) {
		app_say(c->app,
			_("这一条由程序判断：填好有关内容，勾自己会打上。"));
		return;
	}
	if (!deed_may(c->app, DEED_EDIT, true))
		return;
	if (store_tick(c->app->store, draft_row(c->app->draft)->id, item->id,
		       !is_ticked(c, item), &err) != ERR_OK)
		app_say_err(c->app, &err);
}

/* The next section that has a list, or none. */
static void go_section(struct checklist *c, int step)
{
	const struct form_def *form = draft_form(c->app->draft);
	size_t i = c->section->index;

	do {
		if ((step < 0 && i == 0) ||
		    (step > 0 && i + 1 >= form->body_count)) {
			app_say(c->app, step < 0 ? _("这是第一部分。")
						 : _("这是最后一部分。"));
			return;
		}
		i = step < 0 ? i - 1 : i + 1;
	} while (form->sections[i].item_count == 0);
	open_section(c, &form->sections[i]);
}

static void help(struct checklist *c)
{
	screen_help_here(c->app, _("检查清单"),
			 _("空格：给这一条打勾，或去掉勾。由您核对的才用打；"
			   "程序能判断的，填好有关内容，勾自己会打上。\n"
			   "一部分文中应写的各条都写到了，标签上才是 ✓。"));
}

static bool act(void *screen, enum action action)
{
	struct checklist *c = screen;

	if (action == ACTION_SECTION_PREV || action == ACTION_PAGE_UP)
		go_section(c, -1);
	else if (action == ACTION_SECTION_NEXT || action == ACTION_PAGE_DOWN)
		go_section(c, 1);
	else if (action == ACTION_CHECKLIST)
		app_pop(c->app);
	else if (action == ACTION_HELP)
		help(c);
	else if (action == ACTION_ENTER)
		list_act(&c->list, ACTION_DOWN);
	else
		return list_act(&c->list, action);
	return true;
}

/* The item drawn in row `y`. */
static size_t item_at(const struct checklist *c, int y)
{
	int cells = getmaxx(c->app->win) - TEXT_X - 2, top = FIRST_Y;

	for (size_t i = c->list.top; i < c->list.count; i++) {
		int rows = item_rows(c->items[i], cells);

		if (y >= top && y < top + rows)
			return i;
		top += rows;
	}
	return c->list.focus;
}

static bool type(void *screen, const struct event *event)
{
	struct checklist *c = screen;

	if (event->kind == EVENT_TEXT &&
	    (strcmp(event->text, " ") == 0 || strcmp(event->text, "　") == 0)) {
		tick(c);
		return true;
	}
	if (event->kind != EVENT_MOUSE)
		return event->kind == EVENT_TICK;
	if (event->wheel != 0) {
		list_mouse(&c->list, event, FIRST_Y);
	} else if (item_at(c, event->y) == c->list.focus && event->x < TEXT_X) {
		tick(c);
	} else {
		c->list.focus = item_at(c, event->y);
	}
	return true;
}

static const enum action *actions(void *screen)
{
	static const enum action list[] = {
		ACTION_SECTION_PREV, ACTION_SECTION_NEXT, ACTION_BACK,
		ACTION_HELP,         ACTION_UP,           ACTION_DOWN,
		ACTION_ENTER,        ACTION_HOME,         ACTION_END,
		ACTION_PAGE_UP,      ACTION_PAGE_DOWN,    ACTION_NONE,
	};

	(void)screen;
	return list;
}

static void close_checklist(void *screen)
{
	struct checklist *c = screen;

	free(c->items);
	free(c);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_ENTER] = N_("下一条"),
	[ACTION_PAGE_UP] = N_("上一部分"),
	[ACTION_PAGE_DOWN] = N_("下一部分"),
};

static const struct screen_ops checklist_ops = {
	.name = "checklist",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.close = close_checklist,
	.words = words,
};

void screen_checklist(struct app *app, const struct section_def *section)
{
	const struct form_def *form = draft_form(app->draft);
	struct checklist *c = xcalloc(1, sizeof *c);

	c->app = app;
	open_section(c, section->meta ? &form->sections[0] : section);
	app_push(app, &checklist_ops, c);
}
