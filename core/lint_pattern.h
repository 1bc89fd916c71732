/*
 * lint_pattern - the form's patterns over prose: the one door to PCRE2.
 *
 * A pattern is known by its text, which must live as long as its form; it is
 * compiled when it is first used, with JIT where the machine has it, and kept
 * for the life of the program, so that ten thousand reports compile it once.
 * Texts are valid UTF-8.
 */
#ifndef CORE_LINT_PATTERN_H
#define CORE_LINT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/lint_needle.h"

/* A match, bytes of the text from start to end. */
struct match {
	size_t start, end;
};

struct matches {
	struct match *list; /* free it */
	size_t count, room;
};

/* PCRE2's sentence on a pattern that is wrong, or NULL. */
const char *pattern_fault(const char *pattern);
/* The same, *at the number of the character where it is wrong, from 1. */
const char *pattern_slip(const char *pattern, size_t *at);

/* The first match in s[from..len) (what stands before `from` is seen by
 * lookbehinds); false if there is none or the pattern is wrong or NULL.
 * `out` may be NULL. */
bool pattern_find(const char *pattern, const char *s, size_t len, size_t from,
		  struct match *out);
/* The words one of which stands in every match; borrowed until the next call. */
const struct needles *pattern_needles(const char *pattern);
/* Does it match at all? */
bool pattern_fits(const char *pattern, const char *s, size_t len);
/* The last match, *out. */
bool pattern_last(const char *pattern, const char *s, size_t len,
		  struct match *out);

/* All matches, one behind the other, but for those that lie inside a match of
 * `except` (may be NULL); appended. */
void pattern_all(const char *pattern, const char *except, const char *s,
		 size_t len, struct matches *out);

#endif
