/*
 * lint_likeness - how much of a text stood in another one.
 *
 * Two sentences are alike when 2·common/(a+b) over their pairs of characters is
 * 0.88 at least; boilerplate (the lead, headings, sentences of a few
 * characters) is left out.
 */
#ifndef CORE_LINT_LIKENESS_H
#define CORE_LINT_LIKENESS_H

#include <stdbool.h>
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

/* The sentences of a text that are looked at, one after the other. */
typedef void sentence_fn(void *to, const char *s, size_t len);
void likeness_sentences(const char *text, sentence_fn *fn, void *to);

/* Is the sentence nobody's own? */
typedef bool shared_fn(const void *who, const char *s, size_t len);

/* Characters of sentences: all, those of sentences that are nobody's own, and
 * of the others those which have a like one. */
struct likeness {
	size_t all, shared, same;
};
/* What the texts of `r` in these cells have of the same cells of `other` (NULL:
 * nothing is the same); the pairs are appended to `pairs` (may be NULL). */
struct likeness likeness_of(const struct report *r, const struct report *other,
			    const size_t *cells, size_t count,
			    shared_fn *shared, const void *who,
			    struct alikes *pairs);
/* `part` of `all` in per cent; -1: there is too little text to tell. */
int likeness_percent(size_t part, size_t all);
/* Pairs side by side, the first few: ours, theirs. */
void likeness_say(const struct report *r, const struct alikes *pairs,
		  const char *ours, const char *theirs, struct str *out);

/* Per cent of the characters of `r` in these cells that stand in sentences
 * which have a like one in the same cell of `other` (-1: there is too little
 * text to tell); the pairs are appended to `pairs` (may be NULL). */
/* Two texts as wholes, without the years in them, however short. */
int likeness_whole(const char *a, const char *b);
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
