/*
 * theme - roles → attributes, with colours and without.  Colour only repeats
 * what a sign or a place says.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

#include <curses.h>

enum theme_role {
	THEME_TEXT,
	THEME_LABEL,
	THEME_HEAD,  /* lines 1 and 2 */
	THEME_FOCUS, /* the current cell or line */
	THEME_TOTAL, /* computed */
	THEME_DIM,
	THEME_WRONG,
	THEME_GOOD,
	THEME_HINT,    /* the keys */
	THEME_BAR,     /* the status line */
	THEME_WORDS,   /* of the finding that was jumped to */
	THEME_CHANGED, /* since the report was returned */
	THEME_COUNT
};

/* `ascii`: no signs of unsure width. */
void theme_start(bool ascii);
bool theme_ascii(void);
void theme_set(WINDOW *win, enum theme_role role);
/* The walk's signs: done ✓ (+), partly ◐ (~), untouched ○ (-), wrong ✗ (!). */
enum theme_sign {
	SIGN_DONE,
	SIGN_PARTLY,
	SIGN_NONE,
	SIGN_WRONG
};
const char *theme_sign(enum theme_sign sign);

#endif
