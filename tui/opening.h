/*
 * opening - last year's closing figures, asked for where last year's report is
 * not in the store.
 */
#ifndef TUI_OPENING_H
#define TUI_OPENING_H

#include "tui/app.h"

/* Ask whether to give them now; then a screen for them over the open draft. */
void opening_ask(struct app *app);

#endif
