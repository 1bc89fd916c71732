/*
 * rule_impl - what rule.c, rule_say.c and lint.c share: a relation weighed.
 */
#ifndef CORE_RULE_IMPL_H
#define CORE_RULE_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rule.h"
#include "core/str.h"

/* What a relation came to.  Not judged: a value it needs is blank. */
struct verdict {
	const struct rule_def *rule;
	const struct relation_def *rel;
	const struct check_input *in;
	int64_t left, right;
	bool judged, broken;
	bool folded;                 /* told in the findings of its columns */
	const struct verdict *total; /* broken by this one, told here */
	bool moved;                  /* other columns break, the total holds */
	/* The one cell shared with other broken relations that differ by as
	 * much, or FORM_NO_CELL, and the first of these. */
	size_t crossing;
	const struct verdict *crossed;
};

struct verdicts {
	struct verdict *list;
	size_t count;
};

/* What the term counts; false: blank, or last year is not at hand.  *printed
 * is set when it is the printed number of a sum that differs from it. */
bool term_value(const struct verdict *v, const struct term_def *term,
		int64_t *n, bool *printed);

/* The cell of a term that counts as added up from its parts, else NULL. */
const struct cell_def *term_parts(const struct verdict *v,
				  const struct term_def *term);

/* right - left without a sign. */
int64_t verdict_gap(const struct verdict *v);

/* Is this rule asked here: of this kind of unit, and not switched off?  How
 * severely? */
bool rule_asked(const struct rule_def *rule, const struct check_input *in);
enum severity rule_severity(const struct rule_def *rule,
			    const struct unit *unit);

/* The words, each a new string. */
char *say_where(const struct section_def *section, const char *place);
char *say_brief(const struct verdict *v);
char *say_full(const struct verdict *v, const struct verdicts *all);
char *say_facts(const struct verdict *v);

/* Add a cell once to a finding. */
void finding_cell(struct finding *f, size_t cell);

#endif
