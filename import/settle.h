/*
 * settle - an import that was found good becomes a report in the store: a new
 * one, or what changed in an existing one.  One transaction, all or nothing; in
 * a dry run it is taken back, so that it judges all that an import does.
 */
#ifndef IMPORT_SETTLE_H
#define IMPORT_SETTLE_H

#include "core/report.h"
#include "import/import.h"
#include "import/incoming.h"

/* Nothing in it is owned. */
struct settlement {
	const struct incoming *in;
	const char *name; /* of the file */
	const struct form_def *form;
	const char *unit;
	int year;
	const struct report *report; /* what the file says, tried out */
};

/* May it be put there?  A new report must not exist yet; an existing one must
 * be of this form, unit and year (ERR_REFUSED names both). */
enum err_code settle_target(const struct import_job *job,
			    const struct settlement *s, struct err *err);
/* `said` gets a line a cell that changed, and what became of the state. */
enum err_code settle(const struct import_job *job, const struct settlement *s,
		     struct str *said, int64_t *id, struct err *err);

#endif
