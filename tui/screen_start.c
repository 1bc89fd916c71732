/* The first screen: every report by year, what is due, where one left off. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/dialog.h"
#include "tui/list.h"
#include "tui/paint.h"
#include "tui/start.h"

enum {
	FIRST_Y = 3,
	LINES_BELOW = 3 + START_ABOUT, /* a rule above, hints, status */
	YEAR_X = 3,
	UNIT_X = 8,
	FORM_CELLS = 13,
	STATE_CELLS = 10,
	DONE_CELLS = 9,
	REST_CELLS = 18,
	MOST_UNIT = 44,
	NARROW = 72,
};

static const char last_key[] = "screen.report"; /* the report left last */

/* A line of the list: its key, and what is shown of it once it is in sight. */
struct line {
	struct report_key key;
	struct report_row *row; /* NULL: not read yet */
	struct unit *unit;
};

struct start {
	struct app *app;
	struct line *lines;
	size_t all; /* reports, without the filter */
	struct list list;
	char *filter; /* "" all */
	int64_t news; /* store_news() when they were read */
	enum action actions[20];
};

/* ---- the lines ---- */

static void line_clear(struct line *line)
{
	if (line->row)
		report_row_free(line->row);
	free(line->row);
	unit_free(line->unit);
	line->row = NULL;
	line->unit = NULL;
}

/* A store may have thousands: a row is read when it is looked at. */
static const struct report_row *row_at(const struct start *s, size_t i)
{
	struct line *line = &s->lines[i];
	struct report_row row = { 0 };

	if (line->row ||
	    store_report_row(s->app->store, line->key.id, &row, NULL) != ERR_OK)
		return line->row;
	draft_row_now(s->app->store, s->app->forms, &row);
	line->row = xcalloc(1, sizeof *line->row);
	*line->row = row;
	line->unit = store_unit_load(s->app->store, line->key.unit_id);
	return line->row;
}

static const struct report_row *focused(const struct start *s)
{
	return s->list.count > 0 ? row_at(s, s->list.focus) : NULL;
}

/* Every word of the filter stands in the row's own words. */
static bool passes(const struct start *s, const struct report_row *row)
{
	const struct form_def *form = forms_get(s->app->forms, row->form, NULL);
	char *words = xstrdup(s->filter), *rest = words, *word;
	char *line = str_printf("%d %s %s %s", row->year, row->unit,
				state_label(row->state),
				form ? form->name : row->form);
	bool all = true;

	while ((word = strsep(&rest, " ")))
		if (*word && !text_contains(line, word))
			all = false;
	free(line);
	free(words);
	return all;
}

static void unload(struct start *s)
{
	for (size_t i = 0; i < s->list.count; i++)
		line_clear(&s->lines[i]);
	free(s->lines);
	s->lines = NULL;
	s->all = 0;
}

static void stand_on(struct start *s, int64_t id)
{
	for (size_t i = 0; i < s->list.count; i++)
		if (s->lines[i].key.id == id)
			s->list.focus = i;
}

/* Keep the lines that pass; how many. */
static size_t filter_lines(struct start *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->all; i++) {
		const struct report_row *row = *s->filter ? row_at(s, i) : NULL;

		if (*s->filter && !(row && passes(s, row)))
			line_clear(&s->lines[i]);
		else
			s->lines[n++] = s->lines[i];
	}
	return n;
}

/* Discarded ones only when they are asked for. */
static void load(struct start *s, int64_t stand)
{
	const struct report_filter wanted = {
		.state = -1,
		.discarded = strstr(s->filter, state_label(STATE_DISCARDED)),
	};
	struct report_key *keys = NULL;
	struct err err = { 0 };

	unload(s);
	s->news = store_news(s->app->store);
	if (store_report_keys(s->app->store, &wanted, &keys, &s->all, &err) !=
	    ERR_OK)
		app_say_err(s->app, &err);
	s->lines = xcalloc(s->all + 1, sizeof *s->lines);
	for (size_t i = 0; i < s->all; i++)
		s->lines[i].key = keys[i];
	free(keys);
	list_resize(&s->list, filter_lines(s));
	stand_on(s, stand);
}

static void reload(struct start *s)
{
	load(s, s->list.count > 0 ? s->lines[s->list.focus].key.id : 0);
}

/* The one left last; else the one changed last. */
static int64_t left_last(const struct start *s)
{
	char *stored = store_config_get(s->app->store, last_key);
	int64_t id = stored ? strtoll(stored, NULL, 10) : 0;

	free(stored);
	return id ? id : store_report_latest(s->app->store);
}

/* ---- drawing ---- */

static const char *form_brief(const struct start *s,
			      const struct report_row *row)
{
	const struct form_def *form = forms_get(s->app->forms, row->form, NULL);

	return form ? form->brief : row->form;
}

/* Where there is little room all of it is for the unit. */
static int form_cells(int cols)
{
	return cols < NARROW ? 0 : FORM_CELLS;
}

static int unit_cells(int cols)
{
	int cells = cols - UNIT_X - form_cells(cols) - STATE_CELLS -
		    DONE_CELLS - REST_CELLS;

	return cells > MOST_UNIT ? MOST_UNIT : cells;
}

static void draw_head(WINDOW *win, int y)
{
	int x = UNIT_X + unit_cells(getmaxx(win));

	paint_row(win, y, THEME_LABEL);
	paint_text(win, y, YEAR_X, 6, THEME_LABEL, _("年度"));
	paint_text(win, y, UNIT_X, x - UNIT_X, THEME_LABEL, _("单位"));
	paint_text(win, y, x, form_cells(getmaxx(win)), THEME_LABEL, _("报表"));
	x += form_cells(getmaxx(win));
	paint_text(win, y, x, STATE_CELLS, THEME_LABEL, _("状态"));
	x += STATE_CELLS;
	paint_text(win, y, x, DONE_CELLS, THEME_LABEL, _("完成"));
	x += DONE_CELLS;
	paint_text(win, y, x, getmaxx(win) - x, THEME_LABEL, _("问题与期限"));
}

static void draw_row(const struct start *s, WINDOW *win, int y, size_t i)
{
	const struct report_row *row = row_at(s, i);
	bool here = i == s->list.focus;
	enum theme_role role = here ? THEME_FOCUS : THEME_TEXT;
	int cols = getmaxx(win), x = UNIT_X + unit_cells(cols);
	struct str rest = { 0 };

	paint_row(win, y, role);
	if (!row)
		return;
	paint_text(win, y, 1, 1, role, here ? ">" : " ");
	paint_textf(win, y, YEAR_X, 5, role, "%d", row->year);
	paint_fit(win, y, UNIT_X, x - UNIT_X - 1, role, row->unit);
	paint_text(win, y, x, form_cells(cols) - 1, role, form_brief(s, row));
	x += form_cells(cols);
	paint_text(win, y, x, STATE_CELLS - 1, role, state_label(row->state));
	x += STATE_CELLS;
	paint_textf(win, y, x, DONE_CELLS, role, "%d/%d", row->done, row->need);
	x += DONE_CELLS;
	start_due(s->app, row, s->lines[i].unit, cols - x, &rest);
	paint_text(win, y, x, cols - x, role, rest.s ? rest.s : "");
	str_free(&rest);
}

static void draw_empty(const struct start *s, WINDOW *win)
{
	int cells = getmaxx(win) - 6;

	if (s->all > 0 && *s->filter)
		paint_wrapped(win, FIRST_Y + 1, YEAR_X, cells, 3, THEME_TEXT,
			      _("没有符合筛选的报告。按 Ctrl-F 改，"
				"清空即看全部。"));
	else
		paint_wrapped(win, FIRST_Y + 1, YEAR_X, cells, 3, THEME_TEXT,
			      _("还没有报告。按 Ins（或 Alt-C）新建一份；"
				"F1 有全部按键。"));
}

static void draw_status(const struct start *s)
{
	struct str left = { 0 }, right = { 0 };

	if (*s->filter)
		str_addf(&left, _("筛选“%s”：%zu 份，共 %zu 份"), s->filter,
			 s->list.count, s->all);
	else
		str_addf(&left, _("草稿库 %zu 份报告"), s->list.count);
	start_roles(s->app, &right);
	app_foot(s->app, left.s, right.s);
	str_free(&left);
	str_free(&right);
}

static void draw_title(const struct start *s)
{
	struct str day = { 0 };
	const struct report_row *row = focused(s);
	const char *unit = row ? row->unit : "";
	char *title;

	for (size_t i = 1; i < s->list.count && *unit; i++)
		if (s->lines[i].key.unit_id != s->lines[0].key.unit_id)
			unit = "";
	start_today(&day);
	title = str_printf(_("年报  %s"), unit);
	app_title(s->app, title, day.s);
	str_free(&day);
	free(title);
}

static void draw(void *screen, WINDOW *win)
{
	struct start *s = screen;
	int rows = getmaxy(win), end = rows - LINES_BELOW;

	werase(win);
	s->app->cursor_y = s->app->cursor_x = -1;
	draw_title(s);
	draw_head(win, 2);
	list_show(&s->list, end - FIRST_Y);
	for (int i = 0; i < s->list.rows; i++)
		if (s->list.top + (size_t)i < s->list.count)
			draw_row(s, win, FIRST_Y + i, s->list.top + (size_t)i);
	if (s->list.count == 0)
		draw_empty(s, win);
	paint_rule(win, end, 0, getmaxx(win));
	if (focused(s))
		start_about(s->app, focused(s), s->lines[s->list.focus].unit,
			    end + 1);
	draw_status(s);
}

/* ---- opening a report ---- */

static void close_report(struct start *s)
{
	draft_close(s->app->draft);
	s->app->draft = NULL;
}

/* Another one edits it: look, take over, or leave it. */
static enum draft_mode ask_mode(struct start *s, const struct editor *who,
				bool *open)
{
	const char *buttons[] = { _("只看"), _("接手填写"), _("不打开") };
	char *text = str_printf(_("%s 从 %.10s %.5s 起正在填写这份报告。"
				  "只看不影响对方；接手后由这里填写，"
				  "对方变为只读，已填的都在。"),
				who->user, who->since,
				strlen(who->since) > 11 ? who->since + 11 : "");
	int answer = dialog_ask(s->app, _("有人在填"), text, buttons, 3, 0);

	free(text);
	*open = answer == 0 || answer == 1;
	return answer == 1 ? DRAFT_TAKE_OVER : DRAFT_READ;
}

/* To edit where that may be, else to read; `ask` when another has it. */
static bool open_report(struct start *s, int64_t id, bool ask)
{
	struct app *app = s->app;
	struct editor who = { 0 };
	enum draft_mode mode = DRAFT_READ;
	struct err err = { 0 };
	bool open = true;

	close_report(s);
	app->draft = draft_open(app->store, app->forms, id, DRAFT_EDIT, &err);
	if (app->draft)
		return true;
	if (err.code == ERR_REFUSED && ask &&
	    store_editor(app->store, id, &who)) {
		mode = ask_mode(s, &who, &open);
		editor_free(&who);
	} else if (ask) { /* who only looks is not told that he may not type */
		app_say_err(app, &err);
	}
	if (open)
		app->draft = draft_open(app->store, app->forms, id, mode, &err);
	if (open && !app->draft)
		app_say_err(app, &err);
	return app->draft != NULL;
}

static void go_on(struct start *s, const struct report_row *row)
{
	char *id = str_printf("%lld", (long long)row->id);

	if (open_report(s, row->id, true)) {
		store_config_set(s->app->store, last_key, id, NULL);
		screen_walk(s->app, FORM_NO_CELL);
	}
	free(id);
}

/* Something over the report in focus; when it was but a dialog it is closed
 * again here, else when the screen comes back. */
static void over_report(struct start *s, const struct report_row *row,
			void (*run)(struct app *app))
{
	size_t depth = s->app->depth;

	if (!open_report(s, row->id, false))
		return;
	run(s->app);
	if (s->app->depth == depth && s->app->draft) {
		close_report(s);
		reload(s);
	}
}

static void checklist(struct app *app)
{
	screen_checklist(app, &draft_form(app->draft)->sections[0]);
}

static void findings(struct app *app)
{
	screen_findings(app, FORM_NO_CELL);
}

/* ---- keys ---- */

static void ask_filter(struct start *s)
{
	char *text = xstrdup(s->filter);

	if (dialog_text(s->app, _("筛选"),
			_("单位、年度、状态或报表的字，用空格分开；"
			  "清空即看全部："),
			1, &text)) {
		free(s->filter);
		s->filter = text;
		reload(s);
		return;
	}
	free(text);
}

static bool may_make(const struct start *s, struct err *err)
{
	return review_may(store_actor(s->app->store), STATE_DRAFT, DEED_EDIT,
			  err);
}

static void add_new(struct start *s)
{
	size_t depth = s->app->depth;
	struct err err = { 0 };

	if (!may_make(s, &err)) {
		app_say_err(s->app, &err);
		return;
	}
	close_report(s);
	screen_new(s->app);
	if (s->app->depth == depth)
		reload(s);
}

/* The cursor goes to what came. */
static void bring_in(struct start *s)
{
	int64_t id;

	close_report(s);
	id = screen_import(s->app);
	reload(s);
	if (id)
		stand_on(s, id);
}

static const struct {
	enum action action;
	void (*run)(struct app *app);
} over[] = {
	{ ACTION_CHECKLIST, checklist },    { ACTION_FINDINGS, findings },
	{ ACTION_PREVIEW, screen_preview }, { ACTION_EXPORT, screen_export },
	{ ACTION_MENU, screen_menu },
};

static bool act(void *screen, enum action action)
{
	struct start *s = screen;
	const struct report_row *row = focused(s);

	if (action == ACTION_NEW || (action == ACTION_ENTER && !s->all)) {
		add_new(s);
		return true;
	}
	if (action == ACTION_IMPORT) {
		bring_in(s);
		return true;
	}
	if (action == ACTION_FIND) {
		ask_filter(s);
		return true;
	}
	if (!row)
		return false;
	if (action == ACTION_ENTER) {
		go_on(s, row);
		return true;
	}
	for (size_t i = 0; i < sizeof over / sizeof *over; i++)
		if (over[i].action == action) {
			over_report(s, row, over[i].run);
			return true;
		}
	return list_act(&s->list, action);
}

static bool type(void *screen, const struct event *event)
{
	struct start *s = screen;
	const struct report_row *row;

	if (event->kind == EVENT_TICK && store_news(s->app->store) != s->news)
		reload(s);
	if (event->kind != EVENT_MOUSE)
		return event->kind == EVENT_TICK;
	if (list_mouse(&s->list, event, FIRST_Y) == LIST_AGAIN) {
		row = focused(s);
		if (row)
			go_on(s, row);
	}
	return true;
}

/* What Enter is for depends on the report and on who looks at it. */
static const char *words[ACTION_COUNT] = {
	[ACTION_FIND] = N_("筛选"),
	[ACTION_HOME] = N_("第一份"),
	[ACTION_END] = N_("最后一份"),
};

static const char *opening_word(const struct start *s)
{
	const struct actor *actor = store_actor(s->app->store);
	const struct report_row *row = focused(s);

	if (!row)
		return N_("新建");
	if (review_may(actor, row->state, DEED_EDIT, NULL))
		return N_("继续填报");
	if (review_may(actor, row->state, DEED_RETURN, NULL))
		return N_("审阅");
	return N_("打开查看");
}

static const enum action *actions(void *screen)
{
	static const enum action some[] = {
		ACTION_ENTER,    ACTION_NEW,       ACTION_CHECKLIST,
		ACTION_FINDINGS, ACTION_PREVIEW,   ACTION_HELP,
		ACTION_MENU,     ACTION_LEAVE,     ACTION_EXPORT,
		ACTION_IMPORT,   ACTION_FIND,      ACTION_UP,
		ACTION_DOWN,     ACTION_PAGE_DOWN, ACTION_PAGE_UP,
		ACTION_HOME,     ACTION_END,       ACTION_NONE,
	};
	static const enum action none[] = { ACTION_NEW,  ACTION_IMPORT,
					    ACTION_HELP, ACTION_LEAVE,
					    ACTION_FIND, ACTION_NONE };
	struct start *s = screen;
	const enum action *list = s->list.count > 0 ? some : none;
	bool make = may_make(s, NULL);
	size_t n = 0;

	words[ACTION_ENTER] = opening_word(s);
	for (; *list != ACTION_NONE; list++)
		if (make || *list != ACTION_NEW)
			s->actions[n++] = *list;
	s->actions[n] = ACTION_NONE;
	return s->actions;
}

/* Back from a report: it is closed, and what it became is read. */
static void resume(void *screen)
{
	struct start *s = screen;
	int64_t id = s->list.count > 0 ? s->lines[s->list.focus].key.id : 0;

	if (s->app->draft)
		id = draft_row(s->app->draft)->id;
	close_report(s);
	load(s, id);
}

static void close_start(void *screen)
{
	struct start *s = screen;

	unload(s);
	free(s->filter);
	free(s);
}

static const struct screen_ops start_ops = {
	.name = "start",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.close = close_start,
	.words = words,
};

void screen_start(struct app *app)
{
	struct start *s = xcalloc(1, sizeof *s);

	s->app = app;
	s->filter = xstrdup("");
	load(s, 0);
	stand_on(s, left_last(s));
	app_push(app, &start_ops, s);
}
