/*
 * paint - the only place that puts text on a window: clipped to whole
 * clusters, stand-ins (〓 ?) where curses and the Unicode width differ, never
 * past the edge, never starting on half a character.
 */
#ifndef TUI_PAINT_H
#define TUI_PAINT_H

#include <stddef.h>

#include <curses.h>

#include "tui/theme.h"

/* `text` in exactly `cells` cells from (y, x), filled with blanks; returns the
 * cells used by the text. */
int paint_text(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text);
/* The same with `len` bytes, right-aligned, and with a format. */
int paint_textn(WINDOW *win, int y, int x, int cells, enum theme_role role,
		const char *text, size_t len);
void paint_right(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *text);
void paint_textf(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* The same, ended by .. where there is no room for all of it. */
void paint_short(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *text);
/* Wrapped over at most `rows` lines; returns the lines used. */
int paint_wrapped(WINDOW *win, int y, int x, int cells, int rows,
		  enum theme_role role, const char *text);
/* The same, the lines ended at punctuation. */
int paint_phrases(WINDOW *win, int y, int x, int cells, int rows,
		  enum theme_role role, const char *text);
/* A whole row in one role, and a rule of line drawing. */
void paint_row(WINDOW *win, int y, enum theme_role role);
void paint_rule(WINDOW *win, int y, int x, int cells);
void paint_frame(WINDOW *win);

#endif
