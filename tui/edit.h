/*
 * edit - the field editor: text, cursor, wrapping; no curses inside.
 *
 * It edits a copy of one field's text.  Every change is reported as one step
 * {at, removed, inserted}, which the caller puts through draft_splice(); when
 * that is refused, edit_load() puts the true text back.  The cursor is a byte
 * offset on a cluster boundary; Up and Down keep the wanted column.
 */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "core/text.h"

struct edit {
	struct str text;
	size_t cursor;
	int want_column; /* -1: where the cursor is */
	size_t top;      /* first line shown */
	size_t left;     /* single line: first byte shown */
	int width, height;
	bool single; /* one line: Enter is not text */
	int indent;  /* of a paragraph's first line: shown, not typed */
	struct text_lines lines;
};

struct edit_step {
	size_t at, removed;
	const char *inserted; /* borrowed: the caller's, or "" */
	size_t len;
};

enum edit_move {
	EDIT_LEFT,
	EDIT_RIGHT,
	EDIT_UP,
	EDIT_DOWN,
	EDIT_WORD_LEFT,
	EDIT_WORD_RIGHT,
	EDIT_HOME,
	EDIT_END,
	EDIT_PAGE_UP,
	EDIT_PAGE_DOWN,
	EDIT_TEXT_START,
	EDIT_TEXT_END,
	EDIT_MOVE_COUNT
};

/* Paragraphs are indented by EDIT_INDENT; set `indent` before edit_resize()
 * where they should not be. */
#define EDIT_INDENT 4
void edit_open(struct edit *e, const char *text, bool single);
void edit_free(struct edit *e);
/* Another text (undo, refused step), cursor at `cursor` or the end. */
void edit_load(struct edit *e, const char *text, size_t cursor);
void edit_resize(struct edit *e, int width, int height);
/* The cursor on the shown part, rows and columns from 0, indents counted. */
void edit_cursor(const struct edit *e, int *row, int *col);
void edit_move(struct edit *e, enum edit_move move);
/* Put the cursor where a click was (row and column of the shown part). */
void edit_click(struct edit *e, int row, int col);

/* These change the text and fill *step; false when there is nothing to do. */
bool edit_insert(struct edit *e, const char *s, size_t len,
		 struct edit_step *step);
bool edit_backspace(struct edit *e, struct edit_step *step);
bool edit_delete(struct edit *e, struct edit_step *step);
bool edit_kill_line(struct edit *e, struct edit_step *step);

/* Move to the next match of `needle` after the cursor, around the end; false
 * when there is none. */
bool edit_find(struct edit *e, const char *needle);

#endif
