/*
 * opening - last year's closing figures, asked for where last year's report is
 * not in the store.
 */
#ifndef TUI_OPENING_H
#define TUI_OPENING_H

#include "tui/app.h"

/* Does the open draft want them?  (It has cells for them, may be changed, and
 * last year's report is not in the store.) */
bool opening_wanted(struct app *app);
/* Ask whether to give them now. */
void opening_ask(struct app *app);
/* A screen for them over the open draft: each is stored when it is left. */
void opening_open(struct app *app);

#endif
