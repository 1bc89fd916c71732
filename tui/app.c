#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "core/tr.h"
#include "tui/paint.h"
#include "tui/term.h"

enum {
	LEAST_ROWS = 16,
	LEAST_COLS = 60,
	TICK_MS = 1000,    /* others' changes are seen after as long */
	SETTLE_MS = 60,    /* a pause in typing */
	MESSAGE_ROWS = 2,  /* of a long message */
	MESSAGE_ABOVE = 5, /* … from this line, counted from the last */
};

#define STACK_ROOM (sizeof((struct app *)0)->stack / sizeof(struct frame))

static struct frame *top(struct app *app)
{
	return &app->stack[app->depth - 1];
}

void app_start(struct app *app, struct store *store, struct forms *forms)
{
	*app = (struct app){ .store = store, .forms = forms, .win = stdscr };
	app->cursor_y = app->cursor_x = -1;
	app->news = store ? store_news(store) : 0;
}

static void close_top(struct app *app)
{
	struct frame frame = *top(app);

	app->depth--;
	if (frame.ops->close)
		frame.ops->close(frame.screen);
}

void app_stop(struct app *app)
{
	while (app->depth > 0)
		close_top(app);
	draft_close(app->draft);
	app->draft = NULL;
}

void app_push(struct app *app, const struct screen_ops *ops, void *screen)
{
	if (app->depth == STACK_ROOM) {
		if (ops->close)
			ops->close(screen);
		app_say(app, _("打开的屏太多，请先按 Esc 返回。"));
		return;
	}
	app->stack[app->depth++] = (struct frame){ ops, screen };
}

void app_pop(struct app *app)
{
	if (app->depth == 0)
		return;
	close_top(app);
	if (app->depth == 0)
		app->quit = true;
	else
		app_refresh(app);
}

void app_refresh(struct app *app)
{
	if (app->depth > 0 && top(app)->ops->resume)
		top(app)->ops->resume(top(app)->screen);
}

void app_look(struct app *app)
{
	const struct frame *frame = top(app);
	int64_t news = app->store ? store_news(app->store) : 0;
	struct err err = { 0 };

	if (news == app->news)
		return;
	app->news = news;
	if (!app->draft)
		return;
	if (draft_refresh(app->draft, &err) != ERR_OK)
		app_say_err(app, &err);
	if (frame->ops->news)
		frame->ops->news(frame->screen);
	else
		app_refresh(app);
}

void app_say(struct app *app, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(app->message, sizeof app->message, fmt, ap);
	va_end(ap);
	text_mend(app->message);
	app->message_wrong = false;
}

void app_say_err(struct app *app, const struct err *err)
{
	app_say(app, "%s", err->text);
	app->message_wrong = true;
}

/* ---- drawing ---- */

static void draw_too_small(struct app *app, int rows, int cols)
{
	const char *text = _("请把窗口放大到 60×16 以上");
	int cells = text_cells(text, strlen(text));
	int x = cols > cells ? (cols - cells) / 2 : 0;
	int y = cols > cells ? rows / 2 : 0;

	werase(app->win);
	paint_wrapped(app->win, y, x, cols - x, rows - y, THEME_TEXT, text);
	app->cursor_y = app->cursor_x = -1;
}

/* In the status line; a longer one in the lines that explain, so that the keys
 * and the status keep their place. */
static void draw_message(struct app *app, int rows, int cols)
{
	enum theme_role role = app->message_wrong ? THEME_WRONG : THEME_BAR;
	int cells = text_cells(app->message, strlen(app->message));
	int y = rows - 1, used = 1;

	if (cells > cols - 2) {
		y = rows - MESSAGE_ABOVE;
		used = MESSAGE_ROWS;
	}
	for (int i = 0; i < used; i++)
		paint_row(app->win, y + i, role);
	paint_phrases(app->win, y, 1, cols - 2, used, role, app->message);
}

static bool fits(const struct app *app)
{
	return getmaxy(app->win) >= LEAST_ROWS &&
	       getmaxx(app->win) >= LEAST_COLS;
}

bool app_blind(const struct app *app, const struct event *event)
{
	bool key = event->kind == EVENT_KEY;

	return (key || event->kind == EVENT_TEXT ||
		event->kind == EVENT_PASTE || event->kind == EVENT_MOUSE) &&
	       !fits(app) &&
	       !(key && keymap_action(event->key) == ACTION_SUSPEND);
}

bool app_compose(struct app *app)
{
	int rows = getmaxy(app->win), cols = getmaxx(app->win);
	bool seen = fits(app);

	if (!seen) {
		draw_too_small(app, rows, cols);
	} else if (app->depth > 0) {
		top(app)->ops->draw(top(app)->screen, app->win);
		if (app->message[0])
			draw_message(app, rows, cols);
	}
	wnoutrefresh(app->win);
	return seen;
}

/* The cursor last and the terminal's own, visible where something is typed:
 * input methods put their window there. */
void app_draw(struct app *app)
{
	bool hidden;

	app_compose(app);
	hidden = app->cursor_y < 0 || app->cursor_x < 0;
	curs_set(hidden ? 0 : 1);
	if (!hidden)
		wmove(app->win, app->cursor_y, app->cursor_x);
	wnoutrefresh(app->win);
	doupdate();
}

void app_resized(struct app *app)
{
	(void)app;
	clearok(curscr, TRUE);
}

void app_title(struct app *app, const char *title, const char *right)
{
	int cols = getmaxx(app->win), cells;
	struct str end = { 0 };

	if (app->store && store_is_demo(app->store))
		str_add(&end, _("演示数据"));
	if (right && *right)
		str_addf(&end, "%s%s", end.len > 0 ? "  " : "", right);
	str_addc(&end, ' ');
	cells = cols - text_cells(end.s, end.len);
	paint_row(app->win, 0, THEME_HEAD);
	paint_fit(app->win, 0, 1, cells - 2, THEME_HEAD, title);
	paint_text(app->win, 0, cells, cols - cells, THEME_HEAD, end.s);
	paint_rule(app->win, 1, 0, cols);
	str_free(&end);
}

void app_foot(struct app *app, const char *left, const char *right)
{
	int rows = getmaxy(app->win), cols = getmaxx(app->win);
	int cells = cols - text_cells(right, strlen(right)) - 1;
	const struct frame *frame = top(app);
	struct str hints = { 0 };

	keymap_hints_in(frame->ops->actions(frame->screen), frame->ops->words,
			cols - 2, &hints);
	paint_row(app->win, rows - 2, THEME_HINT);
	paint_text(app->win, rows - 2, 1, cols - 1, THEME_HINT, hints.s);
	str_free(&hints);
	paint_row(app->win, rows - 1, THEME_BAR);
	paint_fit(app->win, rows - 1, 1, cells - 2, THEME_BAR, left);
	paint_text(app->win, rows - 1, cells, cols - cells, THEME_BAR, right);
}

/* ---- events ---- */

/* The terminal is gone: what was typed is in the journal, the cell is left so
 * that its history row is written too. */
void app_hang_up(struct app *app)
{
	if (app->draft && draft_writable(app->draft))
		draft_leave(app->draft, NULL);
	app->quit = true;
}

static void help(struct app *app)
{
	screen_help_here(app, _("按键"), "");
}

static void suspend(struct app *app)
{
	bool stopped = term_suspend();

	app_resized(app);
	if (!stopped)
		app_say(app, _("这里没有可以回去的命令行；F10 离开。"));
}

static void saved(struct app *app)
{
	app_say(app, _("无须保存：每一键都已存好。"));
}

static void redraw(struct app *app)
{
	app_resized(app);
}

static void leave(struct app *app)
{
	app->quit = true;
}

static void back(struct app *app)
{
	if (app->depth > 1)
		app_pop(app);
	else
		app_say(app, _("这是第一屏；F10 离开。"));
}

/* What every screen has that does not do it in its own way. */
static const struct {
	enum action action;
	void (*run)(struct app *app);
} common[] = {
	{ ACTION_HELP, help },   { ACTION_SUSPEND, suspend },
	{ ACTION_SAVED, saved }, { ACTION_REDRAW, redraw },
	{ ACTION_LEAVE, leave }, { ACTION_BACK, back },
};

void app_act(struct app *app, enum action action)
{
	struct frame *frame = top(app);

	if (action != ACTION_NONE && frame->ops->act(frame->screen, action))
		return;
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (common[i].action == action) {
			common[i].run(app);
			return;
		}
	app_say(app, _("这个键在这里没有用处；F1 列出全部按键。"));
}

/* Han where a command is expected: the clerk forgot to leave Chinese mode. */
static void not_mine(struct app *app, const struct event *event)
{
	if (event->kind == EVENT_TEXT && !text_narrow(event->text) &&
	    (unsigned char)event->text[0] >= 0x80)
		app_say(app, _("当前为中文输入；这里请用方向键、回车和功能键，"
			       "F1 列出全部按键。"));
	else if (event->kind == EVENT_TEXT || event->kind == EVENT_PASTE)
		app_say(app, _("这里不能输入文字；F1 列出全部按键。"));
}

bool app_event(struct app *app, const struct event *event)
{
	struct frame *frame;

	if (event->kind == EVENT_HANGUP)
		app_hang_up(app);
	if (app->quit || app->depth == 0)
		return false;
	if (app_blind(app, event))
		return true;
	frame = top(app);
	if (event->kind == EVENT_RESIZE)
		app_resized(app);
	else if (event->kind == EVENT_KEY || event->kind == EVENT_TEXT ||
		 event->kind == EVENT_PASTE || event->kind == EVENT_MOUSE)
		app->message[0] = '\0';
	if (event->kind == EVENT_TICK)
		app_look(app);
	if (event->kind == EVENT_KEY)
		app_act(app, keymap_action(event->key));
	else if (event->kind != EVENT_NONE && event->kind != EVENT_RESIZE &&
		 !(frame->ops->type && frame->ops->type(frame->screen, event)))
		not_mine(app, event);
	if (event->dropped)
		app_say(app, "%s", input_dropped_words());
	return !app->quit && app->depth > 0;
}

int app_loop(struct app *app)
{
	struct event event;

	app_draw(app);
	do {
		input_read(&event, app->unsettled ? SETTLE_MS : TICK_MS);
		if (!app_event(app, &event))
			break;
		if (!input_pending())
			app_draw(app);
	} while (true);
	return 0;
}
