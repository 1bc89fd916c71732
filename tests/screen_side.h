/*
 * side - one screen, one store with this year's report, for tests by keys.
 */
#ifndef TESTS_SCREEN_SIDE_H
#define TESTS_SCREEN_SIDE_H

#include <stddef.h>

#include "tests/book.h"
#include "tests/screen_stage.h"
#include "tui/app.h"

struct side {
	struct book *book;
	struct app app;
};

extern struct side side;

/* Fixtures of cmocka; a screen of 24 lines and 80 columns. */
int side_set_up(void **state);
int side_tear_down(void **state);

/* This year's demo figures: half filled, with things to find. */
void side_fill(void);
/* Open the report as side.app.draft. */
void side_draft(enum draft_mode mode);
/* The name of the screen on top. */
const char *side_top(void);
size_t side_cell(const char *path);

#endif
