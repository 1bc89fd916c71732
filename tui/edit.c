#include "tui/edit.h"

#include <string.h>

enum {
	ENDLESS = 1 << 20 /* the width of a single line */
};

static const char *text_of(const struct edit *e)
{
	return e->text.s ? e->text.s : "";
}

/* How far line `i` is moved in. */
static int lead(const struct edit *e, size_t i)
{
	if (e->single)
		return 0;
	return i == 0 || e->lines.line[i - 1].hard ? e->indent : 0;
}

static size_t line_of(const struct edit *e)
{
	return text_line_of(&e->lines, e->cursor);
}

static int column(const struct edit *e)
{
	return lead(e, line_of(e)) +
	       text_column(&e->lines, text_of(e), e->cursor);
}

/* Scroll by whole clusters so that the cursor is on the shown part, and no
 * further than the text needs. */
static void show_across(struct edit *e)
{
	const char *s = text_of(e);
	size_t before;

	if (e->cursor < e->left)
		e->left = e->cursor;
	while (e->left < e->cursor &&
	       text_cells(s + e->left, e->cursor - e->left) >= e->width)
		e->left = text_next(s, e->text.len, e->left);
	while (e->left > 0) {
		before = text_prev(s, e->text.len, e->left);
		if (text_cells(s + before, e->text.len - before) >= e->width)
			break;
		e->left = before;
	}
}

static void show(struct edit *e)
{
	size_t line = line_of(e), height = (size_t)e->height;

	if (e->single) {
		show_across(e);
		return;
	}
	if (e->top > line)
		e->top = line;
	if (line >= e->top + height)
		e->top = line - height + 1;
	if (e->top + height > e->lines.count)
		e->top = e->lines.count > height ? e->lines.count - height : 0;
}

static void wrap(struct edit *e)
{
	int width = e->single ? ENDLESS : e->width;

	text_wrap_indent(&e->lines, text_of(e), e->text.len, width,
			 e->single ? 0 : e->indent);
	show(e);
}

void edit_open(struct edit *e, const char *text, bool single)
{
	*e = (struct edit){ .want_column = -1,
			    .single = single,
			    .indent = single ? 0 : EDIT_INDENT,
			    .width = 40,
			    .height = 1 };
	edit_load(e, text, strlen(text));
}

void edit_free(struct edit *e)
{
	str_free(&e->text);
	text_lines_free(&e->lines);
	*e = (struct edit){ 0 };
}

/* The cluster boundary at or before `at`. */
static size_t on_edge(const struct edit *e, size_t at)
{
	size_t next;

	if (at >= e->text.len)
		return e->text.len;
	while (at > 0 && ((unsigned char)e->text.s[at] & 0xc0) == 0x80)
		at--;
	if (at == 0)
		return 0;
	next = text_next(e->text.s, e->text.len,
			 text_prev(e->text.s, e->text.len, at));
	return next == at ? at : text_prev(e->text.s, e->text.len, at);
}

void edit_load(struct edit *e, const char *text, size_t cursor)
{
	str_clear(&e->text);
	str_add(&e->text, text);
	e->cursor = on_edge(e, cursor);
	e->want_column = -1;
	e->left = 0;
	wrap(e);
}

void edit_resize(struct edit *e, int width, int height)
{
	bool same = e->width == width && e->lines.count > 0;

	if (same && e->height == height)
		return;
	e->width = width > 2 + e->indent ? width : 2 + e->indent;
	e->height = height > 1 ? height : 1;
	if (same)
		show(e);
	else
		wrap(e);
}

void edit_cursor(const struct edit *e, int *row, int *col)
{
	if (e->single) {
		*row = 0;
		*col = text_cells(text_of(e) + e->left, e->cursor - e->left);
		return;
	}
	*row = (int)(line_of(e) - e->top);
	*col = column(e);
}

static size_t at_column(const struct edit *e, size_t line, int col)
{
	col -= lead(e, line);
	return text_offset(&e->lines, text_of(e), line, col > 0 ? col : 0);
}

static void move_lines(struct edit *e, size_t count, bool up)
{
	size_t line = line_of(e), last = e->lines.count - 1;
	int want = e->want_column >= 0 ? e->want_column : column(e);

	if (up)
		line = line > count ? line - count : 0;
	else
		line = last - line > count ? line + count : last;
	e->cursor = at_column(e, line, want);
	e->want_column = want;
}

static size_t line_start(const struct edit *e)
{
	return e->lines.line[line_of(e)].start;
}

void edit_move(struct edit *e, enum edit_move move)
{
	const char *s = text_of(e);
	size_t len = e->text.len, line = line_of(e);
	size_t page = e->height > 1 ? (size_t)e->height - 1 : 1;

	switch (move) {
	case EDIT_UP:
	case EDIT_DOWN:
	case EDIT_PAGE_UP:
	case EDIT_PAGE_DOWN:
		move_lines(e, move == EDIT_UP || move == EDIT_DOWN ? 1 : page,
			   move == EDIT_UP || move == EDIT_PAGE_UP);
		show(e);
		return;
	case EDIT_LEFT:
		e->cursor = text_prev(s, len, e->cursor);
		break;
	case EDIT_RIGHT:
		e->cursor = text_next(s, len, e->cursor);
		break;
	case EDIT_WORD_LEFT:
		e->cursor = text_word_prev(s, len, e->cursor);
		break;
	case EDIT_WORD_RIGHT:
		e->cursor = text_word_next(s, len, e->cursor);
		break;
	case EDIT_HOME:
		e->cursor = line_start(e);
		break;
	case EDIT_END:
		e->cursor = text_offset(&e->lines, s, line, ENDLESS);
		break;
	case EDIT_TEXT_START:
		e->cursor = 0;
		break;
	default:
		e->cursor = len;
	}
	e->want_column = -1;
	show(e);
}

void edit_click(struct edit *e, int row, int col)
{
	const char *s = text_of(e);
	size_t line = e->top + (size_t)(row > 0 ? row : 0);
	int used;

	if (e->single)
		e->cursor =
			e->left + text_fit(s + e->left, e->text.len - e->left,
					   col > 0 ? col : 0, &used);
	else if (line >= e->lines.count)
		e->cursor = e->text.len;
	else
		e->cursor = at_column(e, line, col);
	e->want_column = -1;
	show(e);
}

/* Put `len` bytes in the place of `removed` at `at`; the cursor behind. */
static bool change(struct edit *e, size_t at, size_t removed, const char *s,
		   size_t len, struct edit_step *step)
{
	if (removed == 0 && len == 0)
		return false;
	*step = (struct edit_step){ at, removed, s, len };
	str_splice(&e->text, at, removed, s, len);
	if (!e->single)
		text_rewrap(&e->lines, text_of(e), e->width, e->indent,
			    &(struct text_change){ at, removed, len });
	e->cursor = on_edge(e, at + len);
	if (e->cursor < at + len) /* it joined what follows */
		e->cursor = text_next(e->text.s, e->text.len, e->cursor);
	e->want_column = -1;
	if (e->single)
		wrap(e);
	show(e);
	return true;
}

bool edit_insert(struct edit *e, const char *s, size_t len,
		 struct edit_step *step)
{
	return change(e, e->cursor, 0, s, len, step);
}

bool edit_backspace(struct edit *e, struct edit_step *step)
{
	size_t at = text_prev(text_of(e), e->text.len, e->cursor);

	return change(e, at, e->cursor - at, "", 0, step);
}

bool edit_delete(struct edit *e, struct edit_step *step)
{
	size_t end = text_next(text_of(e), e->text.len, e->cursor);

	return change(e, e->cursor, end - e->cursor, "", 0, step);
}

bool edit_kill_line(struct edit *e, struct edit_step *step)
{
	size_t start = line_start(e);

	return change(e, start, e->cursor - start, "", 0, step);
}

bool edit_find(struct edit *e, const char *needle)
{
	const char *s = text_of(e), *found = NULL;

	if (!*needle)
		return false;
	if (e->cursor < e->text.len)
		found = strcasestr(s + text_next(s, e->text.len, e->cursor),
				   needle);
	if (!found)
		found = strcasestr(s, needle);
	if (!found)
		return false;
	e->cursor = on_edge(e, (size_t)(found - s));
	e->want_column = -1;
	show(e);
	return true;
}
