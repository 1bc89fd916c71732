/*
 * report_impl - what report.c, report_read.c and lint_pattern.c share.
 */
#ifndef CORE_REPORT_IMPL_H
#define CORE_REPORT_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/report.h"

/* Is it added up by the program? */
bool cell_computed(const struct cell_def *cell);
bool cell_is_number(const struct cell_def *cell);
/* The largest number taken: the form's, and for a sum what can be added
 * further without overflow. */
int64_t cell_max(const struct cell_def *cell);

/* May this value stand in the cell?  (Computed or not is not asked.) */
enum err_code value_check(const struct cell_def *cell, struct value v,
			  struct err *err);

/* Does a prose of the section say the word? */
bool section_says(const struct report *r, const struct section_def *section,
		  const char *word);

/* What was found in the report's paragraphs, kept with it because it lives as
 * long as it is checked. */
struct prose;
struct prose *report_prose(const struct report *r);

#endif
