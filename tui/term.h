/*
 * term - start and stop of the terminal; the only initscr().
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>

#include "core/err.h"

enum err_code term_start(bool mouse, struct err *err);
/* endwin, brackets of paste off; safe to call twice and from mem_last_words. */
void term_stop(void);
/* Leave to the shell (SIGTSTP) and come back. */
void term_suspend(void);
void term_size(int *rows, int *cols);
/* Set by SIGTERM and SIGHUP: leave. */
bool term_hung_up(void);

#endif
