/*
 * manner - what is to be exported and how it is to be printed, asked on the
 * screen: one list of formats, one of the choices that the format has.
 *
 * What is chosen of layout, fonts, lead and signature stands in the options as
 * far as it is another than the unit's; export_remember() then keeps it.
 */
#ifndef TUI_MANNER_H
#define TUI_MANNER_H

#include <stdbool.h>

#include "export/export.h"
#include "tui/app.h"

struct manner {
	const struct exporter *format;
	struct export_options options; /* borrows from `unit` and tables */
	struct export_manner unit;     /* as it has it now */
	bool remembered;               /* the unit's manner is to be changed */
};

/* What can be exported here; false: Esc.  Free with manner_free(). */
bool manner_format(struct app *app, struct manner *m);
/* The choices of the format, the first line goes on; false: Esc. */
bool manner_choices(struct app *app, struct manner *m);
void manner_free(struct manner *m);

#endif
