/*
 * dialog - a box over the screen that asks one thing and waits.
 *
 * Modal: runs its own loop on app's input.  Enter takes the safe choice, Esc
 * always leaves things as they were; nothing is chosen by letters or digits,
 * which may have been meant for a field.
 */
#ifndef TUI_DIALOG_H
#define TUI_DIALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/app.h"

/* A sentence that says what will happen, and buttons ("填零", "不填");
 * `safe` is where Enter stands first.  Returns the button or -1 (Esc). */
int dialog_ask(struct app *app, const char *title, const char *text,
	       const char *const *buttons, size_t count, size_t safe);
/* Ask for one line (or, `rows` > 1, a few); starts with *text (may be NULL),
 * which in one line the first text that is typed replaces.
 * true: *text is replaced, yours to free. */
bool dialog_text(struct app *app, const char *title, const char *prompt,
		 int rows, char **text);
/* The same; a text that `check` refuses is not taken: its sentence is shown and
 * the text stands to be mended. */
typedef bool dialog_check(void *with, const char *text, struct err *err);
bool dialog_text_checked(struct app *app, const char *title, const char *prompt,
			 int rows, char **text, dialog_check *check,
			 void *with);
/* A list; returns the line chosen or -1. */
int dialog_choose(struct app *app, const char *title, const char *const *lines,
		  size_t count, size_t start);
/* Something to read; any key closes it. */
void dialog_tell(struct app *app, const char *title, const char *text);

#endif
