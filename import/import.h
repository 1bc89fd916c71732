/*
 * import - files → reports.  One format now: the xml that export writes.
 *
 * A file is all or nothing.  Nothing that stands in a file is trusted: it is
 * checked against forms/report.rng first.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/draft.h"
#include "core/err.h"
#include "core/str.h"

struct import_job {
	struct store *store;
	struct forms *forms;
	const char *form, *unit; /* override the file's, or NULL */
	int year;                /* … or 0 */
	int64_t into;            /* an existing report, or 0: a new one */
	bool take_over;
	bool dry_run; /* all is tried, then taken back */
};

/* Read `path`.  `said` gets a line a cell understood (PATH TAB VALUE) and what
 * was not understood; *id the report made or changed (0 in a dry run). */
enum err_code import_file(const struct import_job *job, const char *path,
			  struct str *said, int64_t *id, struct err *err);

/* The report here of the unit, form and year that `path` is about: it cannot be
 * imported as a new one.  0 when there is none, or the file is not readable. */
int64_t import_known(const struct import_job *job, const char *path);

#endif
