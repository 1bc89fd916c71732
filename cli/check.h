/*
 * check - what the command line of check asks for: of some reports (check.c), of
 * a whole year (check_all.c), or as 审核意见反馈单 (check_letter.c).
 */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "cli/cli.h"
#include "core/str.h"

struct check_order {
	const char *format, *path; /* as given, or NULL */
	const char *year, *state, *deadline;
	bool all, approved, siblings, no_siblings, feedback, force;
};

/* ---- check_print.c: one report ---- */

struct check_format {
	const char *name, *before, *between, *after;
	void (*print)(struct draft *, const struct findings *, struct str *);
};
/* NULL: there is none of that name. */
const struct check_format *check_format(const char *name);

/* ---- check.c ---- */

/* The reports of the draft's form and year, read once a run; NULL with err set.
 * check_siblings_free() at the end. */
struct check_siblings {
	struct siblings *list;
	char *form;
	int year;
};
const struct siblings *check_siblings(struct cli *cli, const char *form,
				      int year, struct check_siblings *of);
void check_siblings_free(struct check_siblings *of);

/* ---- check_all.c ---- */

/* Exit code of check --all. */
int check_all(struct cli *cli, const struct check_order *o);
/* The reports of the order's year and state; false with err set. */
bool check_rows(struct cli *cli, const struct check_order *o,
		struct report_row **list, size_t *count);

/* ---- check_letter.c ---- */

/* The 审核意见反馈单 of these reports, or of all. */
int check_letter(struct cli *cli, const struct check_order *o, int argc,
		 char **argv);

#endif
