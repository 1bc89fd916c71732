/*
 * lint_impl - what lint.c and the files of its checks share.
 */
#ifndef CORE_LINT_IMPL_H
#define CORE_LINT_IMPL_H

#include <stddef.h>

#include "core/lint.h"
#include "core/lint_pattern.h"
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

/* The checks by the names of the form file; see `checks` in lint.c. */
void lint_blanks(const struct job *job);
void lint_date_year(const struct job *job);
void lint_edition_year(const struct job *job);
void lint_figures(const struct job *job);
void lint_references(const struct job *job);
void lint_scope(const struct job *job);
void lint_shares(const struct job *job);
void lint_subsums(const struct job *job);
void lint_fee_stated(const struct job *job);
void lint_over_limit(const struct job *job);
void lint_rule_power(const struct job *job);
void lint_section_empty(const struct job *job);
void lint_zero_beside(const struct job *job);
void lint_zero_report(const struct job *job);

#endif
