/*
 * list - which line of a list is chosen and which are shown; no curses inside.
 */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

#include "tui/input.h"
#include "tui/keymap.h"

struct list {
	size_t count, focus, top; /* top: the first line shown */
	int rows;
};

enum list_hit {
	LIST_MISSED,
	LIST_MOVED,
	LIST_AGAIN, /* a click on the line that was chosen already */
};

/* Another number of lines; the focus stays where it can. */
void list_resize(struct list *l, size_t count);
/* Scroll so that the focus is on one of the `rows` shown. */
void list_show(struct list *l, int rows);
/* Up, Down, pages, ends; false: not mine. */
bool list_act(struct list *l, enum action action);
/* A click or the wheel; `y` is the row of the first line shown. */
enum list_hit list_mouse(struct list *l, const struct event *event, int y);

/* " 3-9，共 20 行 ", which of them are seen, ended before column `end`. */
void list_where(const struct list *l, WINDOW *win, int y, int end);

#endif
