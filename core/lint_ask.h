/*
 * lint_ask - a figure of a text among the others of its paragraph, for the checks
 * that compute with them.
 */
#ifndef CORE_LINT_ASK_H
#define CORE_LINT_ASK_H

#include "core/lint_figures.h"

enum {
	NUMBERS = 64, /* candidates of one side */
};

struct numbers {
	int64_t list[NUMBERS];
	size_t count;
};

/* What one paragraph is read with. */
struct ask {
	const struct job *job;
	size_t cell;
	const struct place *at;
	const struct claims *c;
	size_t i; /* the figure asked about */
};

void ask_add(struct numbers *n, int64_t value);
const struct said *ask_said(const struct ask *a, size_t i);
/* The value of a figure as it is printed; of a reference, its cell's. */
bool ask_value(const struct ask *a, size_t i, int64_t *value);
bool ask_same_unit(const struct ask *a, size_t i, size_t k);
bool ask_same_sentence(const struct ask *a, size_t i, size_t k);
/* What a class alone is counted in: 新收, 收办, 办结. */
void ask_rows(const struct ask *a, const struct report *r, struct numbers *out);

/* ---- lint_shares.c ---- */

/* The figure that the share is of, the one behind 占 in *whole; SIZE_MAX if
 * there is none. */
size_t share_part(const struct ask *a, size_t *whole);

/* Is the figure 100 * part / whole as it is printed? */
bool share_is(const struct figure *f, int64_t part, int64_t whole);
/* The finding: what the figure was compared with, kept under `id`. */
void share_say(const struct ask *a, const struct numbers *parts,
	       const struct numbers *wholes, const char *id);

/* Is there a larger figure of its unit before it in the sentence, or
 * (claimed) one of the tables'? */
bool share_larger_before(const struct ask *a, size_t part, bool claimed);
/* The sums that the claim's cell is a part of. */
void share_add_totals(const struct ask *a, const struct said *s,
		      struct numbers *out);
/* Is it one of the parts of one of the wholes? */
bool share_any(const struct figure *f, const struct numbers *parts,
	       const struct numbers *wholes);

/* ---- lint_rates.c ---- */

/* 办结95件，办结率95.0% */
void rate_check(const struct ask *a);

/* ---- lint_changes.c ---- */

/* 增长16%: by last year's report, or by two numbers of the sentence. */
void change_check(const struct ask *a);

/* ---- lint_level.c ---- */

/* 与上年持平, 翻了一番: of all the paragraph's. */
void level_check(const struct job *job, size_t cell, const struct place *at,
		 const struct claims *c);

/* ---- lint_points.c ---- */

/* 比上年提高2.7个百分点: is the difference right, or not to be judged? */
bool points_hold(const struct ask *a);

#endif
