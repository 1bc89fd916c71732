/*
 * finding_list - what the list of findings shows: findings, those mended since,
 * open comments; all of them or one kind, of all sections or one.  No curses.
 */
#ifndef TUI_FINDING_LIST_H
#define TUI_FINDING_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/draft.h"

enum finding_filter {
	FILTER_ALL,
	FILTER_HARD,
	FILTER_SOFT,
	FILTER_HINT,
	FILTER_MENDED,
	FILTER_COMMENTS,
	FILTER_COUNT
};

/* A line: one of the three is set; borrowed until the next load. */
struct finding_item {
	const struct finding *finding;
	const struct remembered *mended;
	const struct comment *comment;
};

struct finding_list {
	enum finding_filter filter;
	const struct section_def *section; /* or NULL: all */
	struct finding_item *items;
	size_t count;
	size_t total; /* whatever is shown */
	size_t comments, mended;
};

/* In the form's order; at one place comments first, those it was returned for
 * before others.  What is listed is remembered. */
void finding_list_load(struct finding_list *l, struct draft *d);
void finding_list_free(struct finding_list *l);
/* The next filter or section that shows something; false: there is none but
 * what is shown. */
bool finding_list_next_filter(struct finding_list *l, struct draft *d);
bool finding_list_next_section(struct finding_list *l, struct draft *d,
			       int step);
/* The cell it is about, or FORM_NO_CELL; its section, or NULL. */
size_t finding_item_cell(const struct form_def *form,
			 const struct finding_item *item);
const struct section_def *finding_item_section(const struct form_def *form,
					       const struct finding_item *item);

#endif
