/*
 * draft_choices_impl - what draft_choices.c and draft_ratios.c share.
 */
#ifndef CORE_DRAFT_CHOICES_IMPL_H
#define CORE_DRAFT_CHOICES_IMPL_H

#include "core/draft_figures.h"
#include "core/lint_figures.h"

enum {
	CHOICES_ALIKE = 12, /* of those that just have the same value */
};

struct choosing {
	struct draft *d;
	const struct listed *f;
	struct choice *list;
	size_t count, room;
	size_t alike;
};

/* Add it, unless it is there; it is taken over. */
void choosing_add(struct choosing *c, struct choice choice, bool by_words);
/* Is it a sum, or a cell that no sum of its row adds: what texts speak of? */
bool choosing_total(const struct form_def *form, size_t cell);

/* For a percentage of the cell's text: {PATH/PATH%} and {PATH~%} that its words
 * mean, and those that print it. */
void choosing_ratios(struct choosing *c, size_t cell);

#endif
