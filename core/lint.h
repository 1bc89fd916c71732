/*
 * lint - checks that are no sums: blanks, prose, patterns, dates.
 *
 * Each named check of the form file is one function and one row in lint.c.
 */
#ifndef CORE_LINT_H
#define CORE_LINT_H

#include "core/rule.h"

/* Run a RULE_CHECK or RULE_PATTERN rule. */
void lint_run(const struct rule_def *rule, const struct check_input *in,
	      struct findings *out);

/* Does the report speak of this topic of the rule ("label:word,word")? */
bool lint_speaks_of(const struct rule_def *rule, const struct report *r,
		    const char *topic);

/* forms_get(), and the patterns of the form's rules are looked at, which forms/
 * cannot do: NULL, "file:line: reason" when one cannot be compiled. */
const struct form_def *lint_form(struct forms *set, const char *id,
				 struct err *err);

/* May these rules ("Q6 N10") be switched off?  ERR_INPUT: no form has one of
 * them; ERR_REFUSED: it is hard. */
enum err_code lint_may_switch_off(struct forms *set, const char *rules,
				  struct err *err);

/* Is there a check of that name? (for the loader's test) */
bool lint_knows(const char *check);

#endif
