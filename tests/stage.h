/*
 * stage - a screen without a terminal, a store with two years of one unit, and
 * keys by name: what the tests of screens stand on.
 */
#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/app.h"

struct stage {
	struct app app;
	struct store *store;
	struct forms *forms;
	SCREEN *screen;
	char dir[64];
};

/* A new store in a new folder and a screen of that size. */
void stage_open(struct stage *s, int rows, int cols);
/* The screens, the draft, the store and its folder go. */
void stage_close(struct stage *s);

/* A report of the unit, filled from a file of PATH TAB VALUE below $NIANBAO_DEMO
 * (NULL: left blank); its id. */
int64_t stage_report(struct stage *s, int year, const char *file);
/* Open it as app.draft, to edit. */
void stage_draft(struct stage *s, int64_t id);
/* Set one cell of the open draft from outside the screen. */
void stage_set(struct stage *s, const char *path, const char *text);
size_t stage_cell(const struct stage *s, const char *path);

/* Keys: names of keymap.h between blanks; "text" what stands after a quote up
 * to the next blank is typed; then everything is drawn. */
void stage_keys(struct stage *s, const char *keys);
void stage_paste(struct stage *s, const char *text);
/* Keys that a dialog will read, before the key that opens it. */
void stage_ahead(const char *bytes);

/* Line y of the screen as text, blanks at its end left out; borrowed until the
 * next call. */
const char *stage_line(struct stage *s, int y);
/* Is there a line with this text? */
bool stage_shows(struct stage *s, const char *text);
/* All lines, for the eye. */
void stage_print(struct stage *s);
/* No line is wider than the screen, none begins with half a character. */
bool stage_whole(struct stage *s);

#endif
