/*
 * lint_figures - what the checks of figures in texts share, and the editor's
 * list of them.
 */
#ifndef CORE_LINT_FIGURES_H
#define CORE_LINT_FIGURES_H

#include "core/lint_claim.h"
#include "core/lint_impl.h"

enum verdict_word {
	FIGURE_UNBOUND, /* no value is known that it could be */
	FIGURE_WAITS,   /* one of them is blank */
	FIGURE_EQUAL,
	FIGURE_DIFFERS,
};

/* The sum of a value's cells; false when one has no number. */
bool figures_sum(const struct report *r, const struct allowed *a, int64_t *sum);
/* The number that a value has, this year's, last year's or the difference; false
 * when one is not known. */
bool figures_number(const struct check_input *in, const struct said *s,
		    const struct allowed *a, int64_t *n);
/* Does the figure say this number, in its unit and as exactly as it is meant? */
bool figures_say(const struct said *s, int64_t number);
/* Does it equal a value that its words allow: of this year, of last year, or
 * the difference?  About a tenth off is well of 约 and 近. */
enum verdict_word figures_judge(const struct form_def *form,
				const struct check_input *in,
				const struct said *s);
/* The same of c->list[i]: one whose words are not all understood, and those
 * that follow it in its sentence, may be of a part: it is not told that they
 * differ. */
enum verdict_word figures_verdict(const struct form_def *form,
				  const struct check_input *in,
				  const struct claims *c, size_t i);
/* Is it a claim that can be judged: no reference, of cases or money? */
bool figures_judged(const struct said *s);
/* The words before a figure and the figure, as they stand. */
/* Can both be said of one number? */
bool claims_alike(const struct claim_def *a, const struct claim_def *b);
struct match figures_words(const struct said *s);
/* Words as a finding quotes them: the end of long ones, what follows short
 * ones; free it. */
char *figures_quote(const struct place *at, struct match m);

/* A finding about s[m] of a paragraph; `id` tells it from others of its rule
 * in the same text. */
struct finding *figures_add(const struct job *job, size_t cell,
			    const struct place *at, struct match m,
			    const char *id, const char *match,
			    const char *more);
/* Did the clerk say that these words are another matter? */
bool figures_aside(const struct job *job, size_t cell, const struct place *at,
		   struct match m);

typedef void paragraph_fn(const struct job *job, size_t cell,
			  const struct place *at, const struct claims *c);
/* Run it over every paragraph of the rule's texts. */
void figures_each(const struct job *job, paragraph_fn *check);

#endif
