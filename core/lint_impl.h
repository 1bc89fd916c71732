/*
 * lint_impl - what lint.c and the files of its checks share.
 */
#ifndef CORE_LINT_IMPL_H
#define CORE_LINT_IMPL_H

#include <stddef.h>

#include "core/lint.h"
#include "core/lint_prose.h"
#include "core/str.h"

/* A check at work. */
struct job {
	const struct rule_def *rule;
	const struct check_input *in;
	const struct form_def *form;
	const struct report *now;
	struct findings *out;
};

/* What stands for {match} and {count} in a rule's message. */
struct message_values {
	const char *match;
	size_t count;
};

/* A finding whose words are the rule's message, or `fallback` where the form
 * has none; `more` are further sentences, or NULL.  No facts yet. */
struct finding *lint_add(const struct job *job,
			 const struct section_def *section, const char *place,
			 const char *fallback,
			 const struct message_values *values, const char *more);
/* Put the text in as the finding's facts; it is taken over. */
void lint_facts(struct finding *f, struct str *facts);

/* One finding for all the matches (offsets in the cell's text; there is one at
 * least), quoted with what stands around them. */
struct finding *lint_matches(const struct job *job, size_t cell,
			     const struct matches *m);
void lint_match(struct matches *all, size_t start, size_t end);
/* The number of the paragraph `at` stands in, from 1; a place in it, quoted. */
size_t lint_paragraph(const char *text, size_t at);
void lint_context(struct str *out, const char *text, struct match m);
/* The sentence around it, with the mark at its end. */
struct match lint_sentence(const char *text, struct match m);

/* All that `find` finds in a cell's paragraphs, as offsets in its text. */
void lint_find(const struct job *job, size_t cell, prose_find *find,
	       const void *with, struct matches *all);

/* The matches of the rule's pattern that `keep` wants, one finding a text. */
typedef bool keep_fn(const struct job *job, const char *text, struct match m);
void lint_filtered(const struct job *job, keep_fn *keep);
/* The same, and `told` may say more of each finding. */
typedef void told_fn(const struct job *job, const char *text,
		     const struct matches *kept, struct finding *f);
void lint_told(const struct job *job, keep_fn *keep, told_fn *told);
/* The brief anew, which is taken over, and with it the first sentence of the
 * full text. */
void lint_reword(struct finding *f, char *brief);

/* Headings that skip a number, in all the prose. */
void lint_skipped_headings(const struct job *job);
/* Does the text begin with one of the names, parted by ；? */
bool lint_begins_with_unit(const char *names, const char *text);

/* A finding when a long paragraph of the cell's text stands there twice. */
void lint_twice(const struct job *job, size_t cell);

/* The cells the rule looks at: those of the form file, or all. */
size_t lint_count(const struct job *job);
size_t lint_cell(const struct job *job, size_t i);

const char *lint_text(const struct job *job, size_t cell);
/* The cell's name behind its section's, none for the prose. */
const char *lint_place(const struct cell_def *cell);
/* PATH=VALUE */
void lint_fact(struct str *facts, const struct job *job, size_t cell);
/* A sentence ends with a mark. */
void lint_end_sentence(struct str *out);

/* The site's settings, or what a new store has. */
const struct site *lint_site(const struct job *job);

/* The checks by the names of the form file: X(name). */
#define LINT_LIST(X)                                                           \
	X(bank_card)                                                           \
	X(blanks)                                                              \
	X(date_year)                                                           \
	X(edition_year)                                                        \
	X(fee_stated)                                                          \
	X(fee_units)                                                           \
	X(figures)                                                             \
	X(identity)                                                            \
	X(jumps)                                                               \
	X(late)                                                                \
	X(likeness)                                                            \
	X(missing_words)                                                       \
	X(mixed_digits)                                                        \
	X(other_unit)                                                          \
	X(outside)                                                             \
	X(over_limit)                                                          \
	X(parts_announced)                                                     \
	X(period)                                                              \
	X(phone)                                                               \
	X(powers)                                                              \
	X(problems_told)                                                       \
	X(punctuation)                                                         \
	X(quoted)                                                              \
	X(references)                                                          \
	X(same_as_last)                                                        \
	X(scope)                                                               \
	X(section_empty)                                                       \
	X(shares)                                                              \
	X(sibling_length)                                                      \
	X(sibling_numbers)                                                     \
	X(sibling_tables)                                                      \
	X(sibling_text)                                                        \
	X(stale_year)                                                          \
	X(subsums)                                                             \
	X(title)                                                               \
	X(undated)                                                             \
	X(unpaid_notice)                                                       \
	X(unless_said)                                                         \
	X(unseen)                                                              \
	X(unreviewed)                                                          \
	X(words)                                                               \
	X(zero_beside)                                                         \
	X(zero_report)

#define LINT_DECLARE(name) void lint_##name(const struct job *job);
LINT_LIST(LINT_DECLARE)
#undef LINT_DECLARE

#endif
