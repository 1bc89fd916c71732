/*
 * draft_figures - every figure of a text, for who binds it to a cell or says
 * that it is another matter.
 *
 * A list is a picture of the text as it stands: after a change it is made anew.
 */
#ifndef CORE_DRAFT_FIGURES_H
#define CORE_DRAFT_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/draft.h"

/* X(name, in Chinese): what the figure is beside the tables. */
#define LISTED_LIST(X)                                                         \
	X(DIFFERS, N_("不符"))                                                 \
	X(EQUAL, N_("相符"))                                                   \
	X(WAITS, N_("待填"))                                                   \
	X(UNBOUND, N_("未对应"))                                               \
	X(OTHER, N_("别的数"))                                                 \
	X(ASIDE, N_("另指"))                                                   \
	X(REFERENCE, N_("引用"))                                               \
	X(BROKEN, N_("引用无数"))

enum listed_state {
#define LISTED_ENUM(name, label) LISTED_##name,
	LISTED_LIST(LISTED_ENUM)
#undef LISTED_ENUM
	LISTED_COUNT
};

enum {
	LISTED_CELLS = 16
};

struct listed {
	size_t start, end; /* of the figure in the text, with its unit */
	size_t digits_end; /* where the unit begins */
	size_t from, to;   /* the words with it: what is set aside */
	size_t paragraph;  /* from 1 */
	enum listed_state state;
	bool percent;
	bool words; /* no figure: words that say 0, 未收到申请 */
	bool last;  /* said of last year, or the difference to it */
	int64_t value, step;
	size_t cells[LISTED_CELLS], count; /* proposed; none: 0 */
	int64_t number;                    /* … and their sum */
	bool has_number;
	const struct finding *finding; /* about it, or NULL */
};

const char *listed_label(enum listed_state state); /* translated */

/* The figures of the cell's text in order; *list is yours to free.  The findings
 * are borrowed, as draft_findings() says. */
size_t draft_figures(struct draft *d, size_t cell, struct listed **list);

/* What a figure can become: a reference and what it prints. */
struct choice {
	char *text; /* {PATH} with what stands behind it, 万 */
	char *say, *value;
	bool equal;    /* it prints the same number */
	bool by_words; /* the words before it allow it */
};
/* What its words allow first, then what has the same value; for a percentage
 * shares {PATH/PATH%} and rises {PATH~%}.  Free with choices_free(). */
size_t draft_choices(struct draft *d, size_t cell, const struct listed *f,
		     struct choice **list);
void choices_free(struct choice *list, size_t count);
void choice_free(struct choice *c);
/* The choice of this one cell. */
struct choice draft_choice_of(struct draft *d, const struct listed *f,
			      size_t cell);

/* The figure is another matter, or is not after all; kept with the report and in
 * its history. */
enum err_code draft_set_aside(struct draft *d, size_t cell,
			      const struct listed *f, bool on, struct err *err);

#endif
