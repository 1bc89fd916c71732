/*
 * lint_pattern - the form's patterns over prose: the one door to PCRE2.
 *
 * A set of patterns belongs to one report and compiles each pattern of its
 * form once, when it is first used; with JIT where the machine has it.
 */
#ifndef CORE_LINT_PATTERN_H
#define CORE_LINT_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "forms/form.h"

struct patterns;

struct patterns *patterns_new(const struct form_def *form);
void patterns_free(struct patterns *set);

/* A match, bytes of the text from start to end. */
struct match {
	size_t start, end;
};

/* All matches of the rule's pattern in `text` that its `except` does not
 * cover; borrowed until the next call on the set.  A wrong pattern has none;
 * *fault (may be NULL) is then PCRE2's sentence, else NULL. */
const struct match *patterns_find(struct patterns *set,
				  const struct rule_def *rule, const char *text,
				  size_t *count, const char **fault);

#endif
