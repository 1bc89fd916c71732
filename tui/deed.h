/*
 * deed - handing in, returning, signing … from the screen: say what will
 * happen, ask what must be known, do it, say what came of it.
 */
#ifndef TUI_DEED_H
#define TUI_DEED_H

#include <stdbool.h>

#include "core/review.h"
#include "tui/app.h"

/* The deeds of a menu, in order, ended by DEED_COUNT. */
const enum deed *deed_menu(void);
/* A deed of the history by its Chinese name. */
const char *deed_said(const char *word);
/* May it be done to the open draft now?  If not and `say`, why. */
bool deed_may(struct app *app, enum deed deed, bool say);
/* Do it to app->draft; true when it was done.  The top screen is told. */
bool deed_run(struct app *app, enum deed deed);
/* Write the explanation of a soft finding of the open draft; false when it was
 * left as it is. */
bool deed_explain(struct app *app, const struct finding *finding);

#endif
