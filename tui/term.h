/*
 * term - start and stop of the terminal; the only newterm().
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>

#include "core/err.h"

/* $ESCDELAY is how long Esc waits; 25 ms without it. */
enum err_code term_start(bool mouse, struct err *err);
/* endwin, brackets of paste off; safe to call twice and from mem_last_words. */
void term_stop(void);
/* Leave to the shell (SIGTSTP) and come back; false: there is none. */
bool term_suspend(void);
/* Did somebody send SIGTSTP? */
bool term_stop_asked(void);
void term_size(int *rows, int *cols);
/* SIGTERM or SIGHUP came, or the terminal is gone: leave. */
bool term_hung_up(void);

#endif
