/*
 * check_board - what check --all has counted: a line a report, a column a rule.
 */
#ifndef CLI_CHECK_BOARD_H
#define CLI_CHECK_BOARD_H

#include <stdio.h>

#include "cli/check.h"
#include "export/matrix.h"

/* One report.  `rules` are its findings of each rule of the form. */
struct board_line {
	const struct report_row *row;
	int count[SEVERITY_COUNT], open;
	unsigned *rules;
};

/* A rule that was met, of whatever form, by its id. */
struct board_rule {
	const struct rule_def *rule;
	size_t reports, findings;
};

struct board {
	struct board_line *lines;
	size_t count;
	struct board_rule *rules; /* all rules of the forms, in their order */
	size_t rule_count;
	size_t hard, soft, clean; /* reports */
	size_t unread;            /* could not be checked */
	int name_cells;           /* of the longest unit */
	long year;
	struct matrix findings; /* one a line, only for a workbook */
	bool keeps;             /* … which is wanted */
};

/* Put the rules of a form in that are not yet there: of all forms, before the
 * first report. */
void board_form(struct board *b, const struct form_def *form);
/* A report was checked. */
void board_add(struct board *b, const struct report_row *row,
	       const struct findings *f);
void board_free(struct board *b);
/* How many reports, and how they stand: a sentence. */
void board_totals(const struct board *b, FILE *to);

/* How it is shown.  `line` (may be NULL) as soon as a report is checked. */
struct board_format {
	const char *name;
	void (*line)(const struct board *, const struct board_line *,
		     struct str *);
	enum err_code (*end)(struct board *, struct str *, struct err *);
};
/* NULL and a sentence. */
const struct board_format *board_format(const char *name, struct err *err);

#endif
