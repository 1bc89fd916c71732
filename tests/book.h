/*
 * book - a store in a folder of its own and drafts opened from it.
 */
#ifndef TESTS_BOOK_H
#define TESTS_BOOK_H

#include <stdint.h>

#include "core/draft.h"
#include "core/store.h"
#include "core/str.h"

struct book {
	char folder[40];
	char *path;
	struct store *s, *other; /* two connections to one file */
	struct forms *forms;
	int64_t id; /* 青溪县教育局, 2025, ogi-2021 */
};

/* The call, or the test fails with its sentence; the call names `why`. */
#define WELL(call)                                                             \
	do {                                                                   \
		struct err why = { 0 };                                        \
		if ((call) != ERR_OK)                                          \
			fail_msg("%s: %s", #call, why.text);                   \
	} while (0)

/* Fixtures of cmocka: *state is the book. */
int book_set_up(void **state);
int book_tear_down(void **state);

/* A new report, its id. */
int64_t book_new(struct book *b, const char *form, const char *unit, int year);
/* draft_open(), or the test fails with its sentence. */
struct draft *book_open(struct book *b, struct store *s, int64_t id,
			enum draft_mode mode);
/* Fill it with a file of the demo's folder. */
void book_fill(struct draft *d, const char *file);

/* Type at the end of a cell, one character a step. */
void book_type(struct draft *d, const char *path, const char *text);
/* Set one cell as `set` does. */
void book_set(struct draft *d, const char *path, const char *text);
/* The text of the cell as a reader with the other connection sees it must be
 * this. */
void book_stored(struct book *b, int64_t id, const char *path,
		 const char *text);
const char *book_text(struct draft *d, const char *path);
/* How many history rows the report has, and the last one's deed is `deed`. */
size_t book_history(struct book *b, int64_t id, const char *deed);

#endif
