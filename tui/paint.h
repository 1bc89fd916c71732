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
 * cells used by the text.  This and what follows draw our own words: where the
 * width of signs is unsure (theme_ascii()) · → … are drawn as - > . */
int paint_text(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text);
/* The same with `len` bytes. */
int paint_line(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text, size_t len);
/* The same, always as it stands: text that is edited or printed. */
int paint_textn(WINDOW *win, int y, int x, int cells, enum theme_role role,
		const char *text, size_t len);
/* What does not fit ends in .. and never inside a number. */
void paint_fit(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text);
/* The same right-aligned, and with a format. */
void paint_right(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *text);
void paint_textf(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* Wrapped over at most `rows` lines; returns the lines used. */
int paint_wrapped(WINDOW *win, int y, int x, int cells, int rows,
		  enum theme_role role, const char *text);
/* The same, the lines ended at punctuation. */
int paint_phrases(WINDOW *win, int y, int x, int cells, int rows,
		  enum theme_role role, const char *text);
/* The cells that the widest of the words takes in the user's language, for a
 * column of them. */
int paint_widest(const char *const *words, size_t count);
/* A whole row in one role, and a rule of line drawing. */
void paint_row(WINDOW *win, int y, enum theme_role role);
void paint_rule(WINDOW *win, int y, int x, int cells);
void paint_frame(WINDOW *win);

#endif
