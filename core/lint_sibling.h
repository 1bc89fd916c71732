/*
 * lint_sibling - the checks that want other units' reports beside the one that is
 * checked: their names in a form file.
 */
#ifndef CORE_LINT_SIBLING_H
#define CORE_LINT_SIBLING_H

#include <stdbool.h>

#include "forms/form.h"

#define SIBLING_TEXT    "sibling_text"
#define SIBLING_LENGTH  "sibling_length"
#define SIBLING_NUMBERS "sibling_numbers"
#define SIBLING_TABLES  "sibling_tables"

/* Is the rule judged only beside other units? */
bool rule_wants_siblings(const struct rule_def *rule);

#endif
