/*
 * reference - figures of the tables inside prose: {requests.new.total} prints
 * the cell, so a text can never disagree with its table.
 *
 * Exactly four forms, without nesting:
 *
 *	{PATH}		the value
 *	{PATH+PATH…}	a sum
 *	{PATH/PATH%}	a share in per cent, two decimals
 *	{PATH~%}	the change on last year in per cent, two decimals
 *
 * Group sums (不予公开, 受理总数 …) are paths like any other.  Rounding is half
 * away from zero, exact.  A pair of braces around Chinese words is text; other
 * braces, and a path without them, are slips: they print as they stand.
 */
#ifndef CORE_REFERENCE_H
#define CORE_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/report.h"
#include "core/str.h"

enum {
	REFERENCE_CELLS = 16 /* of a sum, at most */
};

enum reference_fault {
	REFERENCE_OK,
	REFERENCE_UNKNOWN,   /* no such path */
	REFERENCE_NO_NUMBER, /* a text, or 不适用 */
	REFERENCE_BLANK,
	REFERENCE_NO_LAST, /* last year is not at hand, or blank */
	REFERENCE_BY_ZERO,
	REFERENCE_TOO_LARGE,
};

enum reference_kind {
	REFERENCE_SUM,    /* of one cell or more */
	REFERENCE_SHARE,  /* cells[0] of cells[1] */
	REFERENCE_CHANGE, /* cells[0] against last year */
};

struct reference {
	size_t start, end; /* bytes of the text, braces included */
	enum reference_kind kind;
	size_t cells[REFERENCE_CELLS], count;
	enum reference_fault fault; /* REFERENCE_OK, UNKNOWN or NO_NUMBER */
};

/* The first reference at or after `from`; false when there is none. */
bool reference_next(const struct form_def *form, const char *text, size_t from,
		    struct reference *out);
/* The first slip at or after `from`: a brace that belongs to no reference, with
 * what stands in it, or a path without braces.  *end: behind it. */
bool reference_slip(const struct form_def *form, const char *text, size_t from,
		    size_t *start, size_t *end);
/* What stands there, cut for a sentence: at most 40 cells, … behind it when there
 * was more.  Appended. */
void reference_quote(const char *text, size_t start, size_t end,
		     struct str *out);
/* What it prints ("124", "12.50%"), appended; nothing on a fault.  `last` is
 * last year's report or NULL. */
enum reference_fault reference_value(const struct report *r,
				     const struct report *last,
				     const struct reference *ref,
				     struct str *out);
/* The path of its cell `i` as it is written, appended; `start` is that of the
 * reference in the text. */
void reference_path(const char *text, size_t start, size_t i, struct str *out);
/* A fault in words for a clerk, translated: 没有这个栏目. */
const char *reference_fault_words(enum reference_fault fault);

/* How many references of the report's texts have no value. */
size_t references_without(const struct report *r, const struct report *last);

/* What stands for one that has none. */
#define REFERENCE_NOTHING "［未填］"
/* The text with every reference put in; one that has no value stands as
 * ［未填］, so that it cannot be overlooked.  Appended. */
void reference_expand(const struct report *r, const struct report *last,
		      const char *text, struct str *out);

#endif
