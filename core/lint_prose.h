/*
 * lint_prose - the paragraphs of a report's texts, and what was found in them.
 *
 * A paragraph that stands as it stood is not looked at again: after one key
 * only the paragraph it fell into is.  The memory belongs to one report.
 */
#ifndef CORE_LINT_PROSE_H
#define CORE_LINT_PROSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/lint_pattern.h"
#include "core/report.h"
#include "forms/form.h"

struct claims; /* lint_claim.h */
struct likes;  /* lint_likeness.c */
struct others;

/* What a rule's pattern found in one; `asked` or not yet. */
struct rule_matches {
	struct matches found;
	bool asked;
};

struct paragraph {
	uint64_t hash; /* of its text and of what it depends on */
	size_t len;
	size_t chars; /* as a limit counts them; 0: none, or not counted yet */
	unsigned used;
	struct rule_matches *rules; /* one a rule of the form */
	struct claims *claims;      /* or NULL: not read yet */
	struct likes *likes;        /* or NULL: not compared yet */
	struct spots *spots;        /* or NULL: not looked for yet */
};

/* A paragraph where it stands: `at` bytes into the cell's text. */
struct place {
	size_t at, len;
	const char *text;  /* of the paragraph, not ended by NUL */
	const char *above; /* the heading it stands under, or "" */
	size_t above_len;
	struct paragraph *paragraph;
};

struct prose;

struct prose *prose_new(const struct form_def *form);
void prose_free(struct prose *p);

/* A new round of checks: `salt` is what else a finding depends on (the unit's
 * name and kind); what was not seen in the last rounds is forgotten. */
void prose_round(struct prose *p, uint64_t salt);
/* The paragraphs of a cell's text, those without a character left out;
 * borrowed until the next round.  Asked twice in a round it is the same. */
const struct place *prose_cell(struct prose *p, const struct report *r,
			       size_t cell, size_t *count);
/* The whole text as one paragraph, for what is to be looked for over its ends;
 * NULL when there is none. */
const struct place *prose_whole(struct prose *p, const struct report *r,
				size_t cell);
/* text_count() of the cell's text. */
size_t prose_count(struct prose *p, const struct report *r, size_t cell);
/* Where the word stands first between from and to of the paragraph; SIZE_MAX if
 * it does not. */
size_t place_find(const struct place *at, const struct needle *word,
		  size_t from, size_t to);
/* May the pattern find something there? */
bool place_allows(const struct place *at, const char *pattern, size_t from,
		  size_t to);
/* Does the pattern (may be NULL) match there?  What stands before `from` is not
 * seen. */
bool place_fits(const struct place *at, const char *pattern, size_t from,
		size_t to);
/* … the first match and the last one, offsets in the paragraph. */
bool place_first(const struct place *at, const char *pattern, size_t from,
		 size_t to, struct match *out);
bool place_last(const struct place *at, const char *pattern, size_t from,
		size_t to, struct match *out);
/* What the rule finds in it: `find` adds it, offsets in the paragraph, and is
 * not asked again.  `with` is what it needs beside the rule. */
typedef void prose_find(const struct place *at, const struct rule_def *rule,
			const void *with, struct matches *out);
/* … what the rule's pattern finds. */
void prose_pattern(const struct place *at, const struct rule_def *rule,
		   const void *with, struct matches *out);
const struct matches *prose_found(struct prose *p, const struct place *at,
				  const struct rule_def *rule, prose_find *find,
				  const void *with);
/* Last year's sentences as they are kept with the paragraphs; NULL at first. */
struct others **prose_others(struct prose *p);

#endif
