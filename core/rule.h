/*
 * rule - what the form's rules say about a report: findings.
 *
 * rule_check() runs every rule of the form: relations of sums here, named
 * checks and patterns over prose in lint.c.  Findings come in the form's order
 * and are never capped; one cause is one finding.
 */
#ifndef CORE_RULE_H
#define CORE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/report.h"
#include "core/str.h"
#include "core/unit.h"
#include "forms/form.h"

struct finding {
	const struct rule_def *rule;
	enum severity severity;
	const struct section_def *section; /* NULL: the whole report */
	size_t *cells; /* the cells of the rule; the first is jumped to */
	size_t cell_count;
	char *where; /* 三、收到和处理… · 自然人列 */
	char *brief; /* one line for lists, both sums in it */
	char *full;  /* sentences: what, both sides written out, difference */
	char *facts; /* the numbers it was found with: an explanation given for
			others does not count */
	char *mark;  /* which of several of its rule in the first cell: part of
			what an explanation is kept under; or NULL */
	size_t offset; /* of a text: the byte to jump to */
	size_t extent; /* … and how many bytes it is about; 0: not these words */
	bool outside; /* of a source: it may be laid aside though it is hard */
	char *explanation;  /* given for these facts, or NULL */
	char *explained_by; /* by whom, or NULL */
	char *asked_again;  /* one given for other numbers, or NULL */
	char *facts_then;   /* … for these */
};

struct findings {
	struct finding *list;
	size_t count, room;
};

/* What was found where this report alone does not tell: by an import, by a
 * roll-up, beside other units. */
struct outside {
	const char *rule, *path, *text; /* path "": the whole report */
	const char *facts;
};

/* A figure in a text that the clerk said is another matter. */
struct aside {
	const char *path, *words; /* the words with the figure */
};

struct check_input {
	const struct report *now;
	const struct report *last; /* last year's, or NULL */
	const struct unit *unit;   /* or NULL */
	const char *state_date;    /* today, "2025-01-12" */
	const struct site *site;   /* or NULL: as a new store has it */
	const struct outside *outside;
	size_t outside_count;
	const struct aside *asides;
	size_t aside_count;
	const char *due; /* when it must be public, "2026-01-31", or NULL */
	const char *due_basis; /* by which clause */
	bool unreviewed;       /* 公开审查 is not signed for these data */
	const struct siblings *siblings; /* other units' reports, or NULL */
	int64_t id;                      /* of this one among them */
};

/* All findings, in the form's order.  Free with findings_free(). */
void rule_check(const struct check_input *in, struct findings *out);
void findings_free(struct findings *f);

/* Has a supervisor switched it off?  Not where it is hard. */
bool rule_is_off(const struct rule_def *rule, const struct unit *unit,
		 const struct site *site);

/* Add one; takes over every char * and the cells. */
struct finding *findings_add(struct findings *f, const struct rule_def *rule,
			     enum severity severity);
void findings_count(const struct findings *f, int count[SEVERITY_COUNT],
		    int *unexplained);
/* The first finding (hard before soft) about the cell, or NULL. */
const struct finding *findings_about(const struct findings *f, size_t cell);
/* Hard findings of a section. */
int findings_in(const struct findings *f, const struct section_def *section,
		enum severity severity);
/* 必须改正, 需作说明, 提示: translated; short ones 须改 说明 提示. */
const char *severity_label(enum severity s);
const char *severity_brief(enum severity s);
const char *severity_word(enum severity s); /* hard soft hint */

/* What has changed since it was explained: 上次说明时 … 是 4，现在是 3; false
 * when it was not, or nothing can be told.  Appended. */
bool finding_since(const struct form_def *form, const struct finding *f,
		   struct str *out);

/* Is it about what the text speaks of? */
bool item_in_text(const struct item_def *item);
/* Is the item ticked by what the report says?  false also for the clerk's. */
bool item_ticked(const struct item_def *item, const struct report *r,
		 const struct section_def *section, const struct findings *f);

#endif
