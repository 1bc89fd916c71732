/*
 * pager - a text to be read: lines, scrolling, finding; help, preview, history.
 *
 * It keeps its own copy of the text.
 */
#ifndef TUI_PAGER_H
#define TUI_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

#include "core/str.h"
#include "core/text.h"
#include "tui/keymap.h"

struct pager {
	struct str text;
	struct text_lines lines;
	bool as_is; /* lines are not wrapped; Left and Right show the rest */
	int width, rows, widest;
	int left;                   /* cells hidden at the left */
	size_t top;                 /* the first line shown */
	size_t found;               /* the line found last, or PAGER_NONE */
	size_t found_at, found_len; /* … and what of it, bytes */
};
#define PAGER_NONE ((size_t)-1)

/* A new text: from its beginning, or (`stay`) where it was shown. */
void pager_load(struct pager *p, const char *text, bool as_is, bool stay);
void pager_free(struct pager *p);
void pager_draw(struct pager *p, WINDOW *win, int y, int rows, int x,
		int cells);
/* Up, Down, pages, ends, Left, Right; false: not mine. */
bool pager_act(struct pager *p, enum action action);
/* The next line with `needle`, around the end; false when there is none. */
bool pager_find(struct pager *p, const char *needle);
/* The same with one of several; the list ends with NULL. */
bool pager_find_one(struct pager *p, const char *const *needles);
/* "第 1-18 行，共 60 行".  Appended. */
void pager_where(const struct pager *p, struct str *out);

#endif
