#include "tui/dialog.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/edit.h"
#include "tui/list.h"
#include "tui/paint.h"

enum {
	WIDEST = 70,
	FIELD_SPARE = 2, /* free cells behind a field, for input methods */
	TICK_MS = 1000,
	NOT_YET = -2,
	GIVEN_UP = -1,
};

/* A box at work; what differs is in the functions of its kind. */
struct box {
	struct app *app;
	const char *title, *text, *foot;
	const struct box_kind *kind;
	int y, x, rows, cols; /* of the window */
	int text_rows;        /* shown of the text */
	size_t text_top, text_lines;
	int body_y; /* of what stands under the text */
	int cursor_y, cursor_x;
	char said[160];
	const char *const *lines; /* buttons, or the list */
	size_t count, focus;
	struct list list;
	struct edit edit;
	bool fresh; /* what it began with stands: the first text replaces it */
	int body_rows;
	dialog_check *check; /* of a text, or NULL */
	void *with;
};

struct box_kind {
	void (*draw)(struct box *b, WINDOW *win);
	/* NOT_YET, GIVEN_UP, or the answer */
	int (*act)(struct box *b, enum action action);
	int (*type)(struct box *b, const struct event *event);
	bool wide;        /* as wide as may be */
	const char *help; /* F1: its keys */
};

static int inside(const struct box *b)
{
	return b->cols - 4;
}

/* ---- the frame and the text ---- */

static int widest_line(const struct box *b)
{
	int cells = text_cells(b->title, strlen(b->title)) + 4;
	int foot = text_cells(b->foot, strlen(b->foot));

	for (size_t i = 0; i < b->count; i++) {
		int n = text_cells(b->lines[i], strlen(b->lines[i])) + 4;

		cells = n > cells ? n : cells;
	}
	return foot > cells ? foot : cells;
}

static void lay(struct box *b)
{
	int rows = getmaxy(b->app->win), cols = getmaxx(b->app->win);
	int cells = text_cells(b->text, strlen(b->text));
	int want = widest_line(b), room = cols - 4;
	struct text_lines lines = { 0 };

	if (b->kind->wide || cells > want)
		want = b->kind->wide ? WIDEST : cells;
	if (want > WIDEST && want > widest_line(b))
		want = WIDEST;
	b->cols = (want < room - 4 ? want : room - 4) + 4;
	text_wrap(&lines, b->text, strlen(b->text), inside(b));
	b->text_lines = *b->text ? lines.count : 0;
	text_lines_free(&lines);
	b->text_rows = (int)b->text_lines;
	if (b->text_rows > rows - 6 - b->body_rows)
		b->text_rows = rows - 6 - b->body_rows;
	if (b->text_rows < 0)
		b->text_rows = 0;
	b->rows = b->text_rows + b->body_rows + 4;
	if (b->rows > rows - 2)
		b->rows = rows - 2;
	b->y = (rows - b->rows) / 2;
	b->x = (cols - b->cols) / 2;
	b->body_y = 1 + b->text_rows + (b->text_rows > 0 && b->body_rows > 0);
}

static void draw_text(const struct box *b, WINDOW *win)
{
	struct text_lines lines = { 0 };

	text_wrap(&lines, b->text, strlen(b->text), inside(b));
	for (int i = 0; i < b->text_rows; i++) {
		size_t k = b->text_top + (size_t)i;

		if (k < lines.count)
			paint_line(win, 1 + i, 2, inside(b), THEME_TEXT,
				   b->text + lines.line[k].start,
				   lines.line[k].len);
	}
	text_lines_free(&lines);
}

static void draw_frame(const struct box *b, WINDOW *win)
{
	const char *foot = b->said[0] ? b->said : b->foot;
	int cells = text_cells(b->title, strlen(b->title));

	werase(win);
	for (int y = 0; y < b->rows; y++)
		paint_row(win, y, THEME_TEXT);
	paint_frame(win);
	if (cells > b->cols - 6)
		cells = b->cols - 6;
	paint_textf(win, 0, 2, cells + 2, THEME_HEAD, " %s ", b->title);
	paint_text(win, b->rows - 2, 2, inside(b),
		   b->said[0] ? THEME_WRONG : THEME_HINT, foot);
}

static void draw_box(struct box *b)
{
	WINDOW *win;

	if (!app_compose(b->app)) {
		doupdate();
		return;
	}
	lay(b);
	win = newwin(b->rows, b->cols, b->y, b->x);
	if (!win)
		return;
	draw_frame(b, win);
	draw_text(b, win);
	b->cursor_y = b->cursor_x = -1;
	b->kind->draw(b, win);
	curs_set(b->cursor_y < 0 ? 0 : 1);
	wnoutrefresh(win);
	if (b->cursor_y >= 0) {
		wmove(win, b->cursor_y, b->cursor_x);
		wnoutrefresh(win);
	}
	doupdate();
	delwin(win);
}

/* ---- the loop ---- */

static bool scroll_text(struct box *b, enum action action)
{
	size_t page = (size_t)(b->text_rows > 1 ? b->text_rows - 1 : 1);
	size_t most = b->text_lines > (size_t)b->text_rows
			      ? b->text_lines - (size_t)b->text_rows
			      : 0;

	if (action == ACTION_DOWN || action == ACTION_PAGE_DOWN)
		b->text_top += action == ACTION_DOWN ? 1 : page;
	else if (action == ACTION_UP)
		b->text_top -= b->text_top > 0;
	else if (action == ACTION_PAGE_UP)
		b->text_top = b->text_top > page ? b->text_top - page : 0;
	else
		return false;
	if (b->text_top > most)
		b->text_top = most;
	return most > 0;
}

static int key(struct box *b, int code)
{
	enum action action = keymap_action(code);

	if (action == ACTION_BACK || action == ACTION_LEAVE)
		return GIVEN_UP;
	if (action == ACTION_REDRAW)
		app_resized(b->app);
	if (action == ACTION_HELP && b->kind->help) {
		dialog_tell(b->app, _("按键"), _(b->kind->help));
		return NOT_YET;
	}
	return b->kind->act(b, action);
}

static void say(struct box *b, const char *text)
{
	size_t len = strlen(text);

	len = len < sizeof b->said ? len : sizeof b->said - 1;
	memcpy(b->said, text, len);
	b->said[len] = '\0';
	text_mend(b->said);
}

static int event_in(struct box *b, const struct event *event)
{
	if (app_blind(b->app, event))
		return NOT_YET;
	if (event->kind != EVENT_TICK && event->kind != EVENT_NONE)
		b->said[0] = '\0';
	if (event->dropped)
		say(b, input_dropped_words());
	switch (event->kind) {
	case EVENT_KEY:
		return key(b, event->key);
	case EVENT_TEXT:
	case EVENT_PASTE:
	case EVENT_MOUSE:
		return b->kind->type(b, event);
	case EVENT_RESIZE:
		app_resized(b->app);
		return NOT_YET;
	case EVENT_HANGUP:
		app_hang_up(b->app);
		return GIVEN_UP;
	default:
		return NOT_YET;
	}
}

static int run(struct box *b)
{
	struct event event;
	int answer = NOT_YET;

	b->app->message[0] = '\0';
	if (b->app->quit)
		return GIVEN_UP;
	draw_box(b);
	while (answer == NOT_YET) {
		input_read(&event, TICK_MS);
		answer = event_in(b, &event);
		if (answer == NOT_YET && !input_pending())
			draw_box(b);
	}
	touchwin(b->app->win);
	return answer;
}

/* Keys that may have been meant for a field choose nothing. */
static int refuse_text(struct box *b, const struct event *event,
		       const char *how)
{
	if (event->kind == EVENT_TEXT && (unsigned char)*event->text >= 0x80 &&
	    !text_narrow(event->text))
		say(b, _("当前为中文输入；请按方向键和回车。"));
	else if (event->kind == EVENT_TEXT || event->kind == EVENT_PASTE)
		say(b, how);
	return NOT_YET;
}

/* ---- a question with buttons ---- */

static int button_cells(const struct box *b, size_t i)
{
	return text_cells(b->lines[i], strlen(b->lines[i])) + 4;
}

static bool in_one_row(const struct box *b)
{
	int cells = 0;

	for (size_t i = 0; i < b->count; i++)
		cells += button_cells(b, i) + 2;
	return cells - 2 <= WIDEST - 4;
}

/* Where a button stands: one row of them, or each on a row of its own. */
static void button_at(const struct box *b, size_t i, int *y, int *x)
{
	*y = b->body_y;
	*x = 2;
	if (!in_one_row(b)) {
		*y += (int)i;
		return;
	}
	for (size_t k = 0; k < i; k++)
		*x += button_cells(b, k) + 2;
}

static void draw_buttons(struct box *b, WINDOW *win)
{
	for (size_t i = 0; i < b->count; i++) {
		bool here = i == b->focus;
		int y, x;

		button_at(b, i, &y, &x);
		paint_textf(win, y, x, button_cells(b, i),
			    here ? THEME_FOCUS : THEME_TEXT, "%s %s %s",
			    here ? "[" : " ", b->lines[i], here ? "]" : " ");
	}
}

static int act_buttons(struct box *b, enum action action)
{
	if (action == ACTION_ENTER)
		return (int)b->focus;
	if (scroll_text(b, action))
		return NOT_YET;
	if (action == ACTION_RIGHT || action == ACTION_TAB ||
	    action == ACTION_DOWN)
		b->focus = (b->focus + 1) % b->count;
	else if (action == ACTION_LEFT || action == ACTION_BACK_TAB ||
		 action == ACTION_UP)
		b->focus = (b->focus + b->count - 1) % b->count;
	return NOT_YET;
}

static int type_buttons(struct box *b, const struct event *event)
{
	for (size_t i = 0; event->kind == EVENT_MOUSE && i < b->count; i++) {
		int y, x;

		button_at(b, i, &y, &x);
		if (event->wheel == 0 && event->y == b->y + y &&
		    event->x >= b->x + x &&
		    event->x < b->x + x + button_cells(b, i))
			return (int)i;
	}
	return refuse_text(b, event, _("请用方向键选择，回车确定。"));
}

static const struct box_kind asking = {
	draw_buttons, act_buttons, type_buttons, false,
	N_("左右键、Tab 或数字  选一个按钮\nEnter  照选中的做；先选中的总是"
	   "稳妥的\nEsc  不作改动\n上下键、翻页键  看框里没有显示完的话")
};

int dialog_ask(struct app *app, const char *title, const char *text,
	       const char *const *buttons, size_t count, size_t safe)
{
	struct box b = {
		.app = app,
		.title = title,
		.text = text,
		.foot = _("方向键选择  Enter 确定  Esc 不作改动  F1 按键"),
		.kind = &asking,
		.lines = buttons,
		.count = count,
		.focus = safe
	};

	b.body_rows = in_one_row(&b) ? 1 : (int)count;
	b.body_rows++;
	return run(&b);
}

/* ---- one line of text ---- */

static void draw_field(struct box *b, WINDOW *win)
{
	struct edit *e = &b->edit;
	int row, col, cells = inside(b) - FIELD_SPARE, rows = b->body_rows - 1;

	edit_resize(e, cells, rows);
	for (int i = 0; i < rows; i++) {
		const struct text_line *line =
			&e->lines.line[e->top + (size_t)i];
		bool there = e->top + (size_t)i < e->lines.count;
		size_t from = e->single ? e->left : there ? line->start : 0;
		size_t len = e->single ? e->text.len - e->left
			     : there   ? line->len
				       : 0;

		paint_text(win, b->body_y + i, 2, cells, THEME_FOCUS, "");
		paint_textn(win, b->body_y + i, 2, cells,
			    b->fresh ? THEME_WORDS : THEME_FOCUS,
			    e->text.s + from, len);
	}
	edit_cursor(e, &row, &col);
	b->cursor_y = b->body_y + row;
	b->cursor_x = 2 + col;
}

static int accept(struct box *b)
{
	struct err err = { 0 };

	if (!b->check || b->check(b->with, b->edit.text.s, &err))
		return 0;
	say(b, err.text);
	return NOT_YET;
}

static int act_field(struct box *b, enum action action)
{
	static const struct {
		enum action action;
		enum edit_move move;
	} moves[] = {
		{ ACTION_LEFT, EDIT_LEFT },
		{ ACTION_RIGHT, EDIT_RIGHT },
		{ ACTION_UP, EDIT_UP },
		{ ACTION_DOWN, EDIT_DOWN },
		{ ACTION_WORD_LEFT, EDIT_WORD_LEFT },
		{ ACTION_WORD_RIGHT, EDIT_WORD_RIGHT },
		{ ACTION_HOME, EDIT_HOME },
		{ ACTION_END, EDIT_END },
		{ ACTION_TOP, EDIT_TEXT_START },
		{ ACTION_BOTTOM, EDIT_TEXT_END },
	};
	struct edit_step step;

	b->fresh = false;
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].action == action)
			edit_move(&b->edit, moves[i].move);
	if (action == ACTION_ERASE)
		edit_backspace(&b->edit, &step);
	else if (action == ACTION_DELETE)
		edit_delete(&b->edit, &step);
	else if (action == ACTION_KILL)
		edit_kill_line(&b->edit, &step);
	return action == ACTION_ENTER ? accept(b) : NOT_YET;
}

static int type_field(struct box *b, const struct event *event)
{
	struct str clean = { 0 };
	struct edit_step step;

	if (event->kind == EVENT_MOUSE) {
		b->fresh = false;
		edit_click(&b->edit, event->y - b->y - b->body_y,
			   event->x - b->x - 2);
		return NOT_YET;
	}
	if (event->kind == EVENT_TEXT)
		str_add(&clean, event->text);
	else if (b->edit.single && event->paste->len > 0)
		text_one_line(&clean, event->paste->s, event->paste->len);
	else if (event->paste->len > 0)
		text_clean(&clean, event->paste->s, event->paste->len);
	if (clean.len > 0) {
		if (b->fresh)
			edit_load(&b->edit, "", 0);
		b->fresh = false;
		edit_insert(&b->edit, clean.s, clean.len, &step);
	}
	str_free(&clean);
	return NOT_YET;
}

static const struct box_kind writing = {
	draw_field, act_field, type_field, true,
	N_("直接键入；原来有一行字的，键入就换掉它，先按方向键、退格就是改它\n"
	   "退格、Del 删字，Ctrl-U 删到行首\n"
	   "左右键、Home、End  移动\nEnter  确定\nEsc  取消，不作改动")
};

bool dialog_text(struct app *app, const char *title, const char *prompt,
		 int rows, char **text)
{
	return dialog_text_checked(app, title, prompt, rows, text, NULL, NULL);
}

bool dialog_text_checked(struct app *app, const char *title, const char *prompt,
			 int rows, char **text, dialog_check *check, void *with)
{
	struct box b = { .app = app,
			 .title = title,
			 .text = prompt,
			 .foot = _(
				 "Enter 确定  Esc 取消  Ctrl-U 删去  F1 按键"),
			 .kind = &writing,
			 .body_rows = rows + 1,
			 .check = check,
			 .with = with };
	bool done;

	b.fresh = rows == 1 && *text && **text;

	edit_open(&b.edit, *text ? *text : "", rows == 1);
	b.edit.indent = 0;
	edit_load(&b.edit, *text ? *text : "", (size_t)-1);
	done = run(&b) == 0;
	if (done) {
		free(*text);
		*text = xstrndup(b.edit.text.s, b.edit.text.len);
	}
	edit_free(&b.edit);
	return done;
}

/* ---- a list ---- */

static void draw_list(struct box *b, WINDOW *win)
{
	list_show(&b->list, b->rows - b->body_y - 3);
	for (int i = 0; i < b->list.rows; i++) {
		size_t k = b->list.top + (size_t)i;
		bool here = k == b->list.focus;

		if (k >= b->count)
			continue;
		paint_text(win, b->body_y + i, 2, 2,
			   here ? THEME_FOCUS : THEME_TEXT, here ? "> " : "");
		paint_fit(win, b->body_y + i, 4, inside(b) - 2,
			  here ? THEME_FOCUS : THEME_TEXT, b->lines[k]);
	}
	if (b->list.rows > 0 && (size_t)b->list.rows < b->count)
		list_where(&b->list, win, b->rows - 1, b->cols - 2);
	b->cursor_y = b->body_y + (int)(b->list.focus - b->list.top);
	b->cursor_x = 2;
}

static int act_list(struct box *b, enum action action)
{
	list_act(&b->list, action);
	return action == ACTION_ENTER ? (int)b->list.focus : NOT_YET;
}

static int type_list(struct box *b, const struct event *event)
{
	if (event->kind == EVENT_MOUSE)
		return list_mouse(&b->list, event, b->y + b->body_y) ==
				       LIST_AGAIN
			       ? (int)b->list.focus
			       : NOT_YET;
	return refuse_text(b, event, _("请用上下键选择，回车确定。"));
}

static const struct box_kind choosing = {
	draw_list, act_list, type_list, false,
	N_("上下键、翻页键、Home、End 或数字  选一行\nEnter  就要这一行\n"
	   "Esc  返回，不作改动")
};

int dialog_choose(struct app *app, const char *title, const char *const *lines,
		  size_t count, size_t start)
{
	struct box b = { .app = app,
			 .title = title,
			 .text = "",
			 .foot = _("上下键选择  Enter 确定  Esc 返回  F1 按键"),
			 .kind = &choosing,
			 .lines = lines,
			 .count = count,
			 .list = { .count = count,
				   .focus = start < count ? start : 0 },
			 .body_rows = (int)count };

	return count > 0 ? run(&b) : GIVEN_UP;
}

/* ---- something to read ---- */

static void draw_nothing(struct box *b, WINDOW *win)
{
	(void)b;
	(void)win;
}

static int act_reading(struct box *b, enum action action)
{
	return scroll_text(b, action) ? NOT_YET : 0;
}

static int type_reading(struct box *b, const struct event *event)
{
	if (event->kind == EVENT_MOUSE && event->wheel != 0)
		return act_reading(b,
				   event->wheel < 0 ? ACTION_UP : ACTION_DOWN);
	return 0;
}

static const struct box_kind reading = { draw_nothing, act_reading,
					 type_reading, false, NULL };

void dialog_tell(struct app *app, const char *title, const char *text)
{
	struct box b = { .app = app,
			 .title = title,
			 .text = text,
			 .foot = _("按任意键返回"),
			 .kind = &reading };

	run(&b);
}
