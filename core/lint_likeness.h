/*
 * lint_likeness - how much of a text stood in another one.
 *
 * Two sentences are alike when 2·common/(a+b) over their pairs of characters is
 * 0.88 at least; boilerplate (the lead, headings, sentences of a few
 * characters) is left out.
 */
#ifndef CORE_LINT_LIKENESS_H
#define CORE_LINT_LIKENESS_H

#include <stddef.h>

#include "core/report.h"
#include "core/str.h"

/* A sentence that has a like one. */
struct alike {
	size_t cell, start, len; /* in the report's text */
	char *other;             /* the other one's sentence */
	int percent;             /* how much alike */
};

struct alikes {
	struct alike *list;
	size_t count, room;
};

/* Per cent of the characters of `r` in these cells that stand in sentences
 * which have a like one in the same cell of `other` (-1: there is too little
 * text to tell); the pairs are appended to `pairs` (may be NULL). */
int likeness_share(const struct report *r, const struct report *other,
		   const size_t *cells, size_t count, struct alikes *pairs);
void alikes_free(struct alikes *a);

/* The same beside last year's report of the job (which has its form), only
 * paragraphs that are new being compared. */
struct job;
int likeness_kept(const struct job *job, const size_t *cells, size_t count,
		  struct alikes *pairs);

/* What is kept of that with the paragraphs of a report. */
struct likes;
struct others;
void likes_free(struct likes *l);
void others_free(struct others *o);

#endif
