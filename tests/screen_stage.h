/*
 * stage - screens in process: curses without a terminal, keys from a script,
 * the picture as text.
 *
 * Link with -Wl,--wrap=input_read,--wrap=input_pending: the program's own loops
 * (dialogs too) then read the script.  A script is words: key names (Enter
 * M-s PgDn), 'text' typed character by character, "text" pasted, @LABEL: keep
 * the picture as it stands for stage_kept().
 */
#ifndef TESTS_SCREEN_STAGE_H
#define TESTS_SCREEN_STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/app.h"

void stage_open(int rows, int cols);
void stage_close(void);
void stage_resize(int rows, int cols);

/* Play the script and draw after each event; a script that ends while a dialog
 * waits fails the test. */
void stage_play(struct app *app, const char *script);
/* Nothing was typed for a while. */
void stage_tick(struct app *app);
/* Only lay the script ready, for a function that runs a loop of its own. */
void stage_script(const char *script);

/* The screen as it stands, lines ended by newlines, no blanks at their end.
 * Borrowed until the next call. */
const char *stage_picture(void);
/* Its line `y`. */
const char *stage_line(int y);
/* The picture kept by @LABEL. */
const char *stage_kept(const char *label);
/* Fails with the picture when the text is not there (or there). */
void stage_sees(const char *text);
void stage_lacks(const char *text);
void stage_kept_sees(const char *label, const char *text);

/* Bytes as a terminal sends them, through the real reader. */
void stage_send(const char *bytes, size_t len);
void stage_read(struct event *event);

#endif
