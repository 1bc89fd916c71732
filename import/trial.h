/*
 * trial - a file is judged: everything goes into a report that nobody sees, and
 * every fault is said.
 */
#ifndef IMPORT_TRIAL_H
#define IMPORT_TRIAL_H

#include "core/report.h"
#include "core/store.h"
#include "core/str.h"
#include "import/incoming.h"

struct trial {
	const struct incoming *in;
	const char *name;    /* of the file */
	struct store *store; /* whose steps of sign-off there are */
	struct report *report;
	struct str *said;
	bool *seen; /* one a cell */
	int faults;
	struct err first; /* of the faults */
};

/* Say what is wrong, and where: a path or an element with its attribute; the
 * line of the file, or 0. */
void trial_fault(struct trial *t, int line, const char *where, const char *why);
/* What stands beside the cells: the moments of its course and its publication,
 * who commented, explained and signed what. */
void trial_talk(struct trial *t);

#endif
