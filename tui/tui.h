/*
 * tui - the screen program.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "core/err.h"
#include "core/store.h"
#include "forms/form.h"

/* Run the screen on an open store until the clerk leaves; 0, or 2 with err
 * set (no terminal).  `as`: --as, or NULL.  The store is borrowed. */
int tui_run(struct store *store, struct forms *forms, struct err *err);

#endif
