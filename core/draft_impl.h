/*
 * draft_impl - what the draft*.c and review*.c files share.
 *
 * The cell being edited is `cell` and `slot` with `text`; every other text
 * follows from the report.  A text that is no value leaves the report at what
 * the cells table has.  `dirty` lists what differs from that table.
 * When a transaction fails, draft_reload() makes memory equal to the store
 * again.
 */
#ifndef CORE_DRAFT_IMPL_H
#define CORE_DRAFT_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/draft.h"
#include "core/site.h"

/* A cell whose text differs from the cells table. */
struct dirty {
	size_t cell;
	enum cell_slot slot;
	char *saved;     /* its text in the table */
	struct str text; /* only while it is read */
};

struct dirties {
	struct dirty *list;
	size_t count, room;
};

struct draft {
	struct store *store;
	const struct form_def *form;
	enum draft_mode mode; /* DRAFT_READ from when it was taken over */
	int64_t id, token;    /* token 0: not ours to edit */
	struct report_row row;
	struct unit *unit;
	struct report *report, *last;
	struct journal_state journal;

	size_t cell; /* being edited, or FORM_NO_CELL */
	enum cell_slot slot;
	struct str text;
	struct dirties dirty;
	bool broken;    /* the next step begins a run of its own */
	size_t run_end; /* where the run goes on */
	int64_t typed;  /* when, milliseconds */
	size_t moved;   /* cells that undo or redo changed last */

	struct str scratch;
	char *recovered, *lost;
	struct findings findings;
	struct remembered *remembered;
	size_t remembered_count, remembered_room;
	bool judged; /* findings are those of `judged_at` */
	bool fixed;  /* shows a snapshot, whatever the cells become */
	unsigned judged_at;
	struct comment *comments;
	struct explanation *explanations;
	struct signoff *signoffs;
	size_t comment_count, explanation_count, signoff_count;
	struct aside_row *asides;
	struct source_finding *sources;
	size_t aside_count, source_count;
	struct site *site;
	const struct siblings *siblings; /* or NULL */
	struct str place;                /* of finding_path() */
};

/* ---- draft_load.c: cells plus journal, and back ---- */

/* The text of a cell in a report, appended. */
void cell_text(const struct report *r, size_t cell, enum cell_slot slot,
	       struct str *out);
/* Put a text in as its kind says. */
enum err_code cell_put(struct report *r, size_t cell, enum cell_slot slot,
		       const char *text, struct err *err);
/* The same; what is no value leaves the cell as the table has it. */
void cell_put_or_saved(struct report *r, const struct dirty *it,
		       const char *text);
/* Fill `r` from the store's cells and what the journal has beyond them; what
 * the journal changed goes to `dirty` with its texts. */
enum err_code cells_load(struct store *s, int64_t id, struct report *r,
			 struct journal_state *journal, struct dirties *dirty,
			 struct err *err);
/* One step on the text of its cell, forward or back; ERR_STORE when it does
 * not fit. */
enum err_code step_apply(const struct step *step, bool back, struct str *text,
			 struct err *err);
/* Would it? */
enum err_code step_fits(const struct step *step, bool back,
			const struct str *text, struct err *err);
void dirties_free(struct dirties *d);
/* Make memory equal to the store. */
enum err_code draft_reload(struct draft *d, struct err *err);
/* Last year's report, or the opening figures, into d->last. */
enum err_code draft_load_last(struct draft *d, struct err *err);

/* ---- draft_save.c ---- */

/* Refused, with a sentence, when it may not be edited (any more). */
enum err_code draft_may_edit(struct draft *d, struct err *err);
/* Remember that it was taken over; `why` is the sentence. */
void draft_lose(struct draft *d, const char *why);
/* Inside a transaction: all dirty cells, their history, the counts. */
enum err_code draft_save(struct draft *d, const char *deed, const char *reason,
			 struct err *err);
/* n of m, findings, who and when, into a row. */
void draft_count_row(struct draft *d, struct report_row *row);
/* Inside a transaction: counts and place into the stored row. */
enum err_code draft_save_row(struct draft *d, struct err *err);
/* End the transaction: commit, or roll back and reload. */
enum err_code draft_finish(struct draft *d, enum err_code code, bool durable,
			   struct err *err);

/* ---- draft_check.c ---- */

/* Explanations, comments, sign-offs, marks and settings again; or none. */
enum err_code draft_read_review(struct draft *d, struct err *err);
void draft_forget_review(struct draft *d);

/* ---- draft_mended.c ---- */

void draft_forget_findings(struct draft *d);

/* ---- draft_edit.c ---- */

/* Edit this cell from now on; its text into d->text. */
void draft_turn(struct draft *d, size_t cell, enum cell_slot slot);
/* A step in d->text, and what it makes of the report; before the first one in a
 * cell what the cells table has is kept. */
void draft_retext(struct draft *d, size_t at, size_t removed, const char *s,
		  size_t len);
/* draft_leave(), after which a text that is no value has gone. */
enum err_code draft_settle(struct draft *d, struct err *err);

/* ---- draft_type.c ---- */

/* What of s[0..len) goes into the cell being edited, into `in`: of a number or
 * a date in plain digits, without separators and blanks. */
enum err_code draft_admit(struct draft *d, size_t at, size_t removed,
			  const char *s, size_t len, struct str *in,
			  struct err *err);

/* ---- draft.c ---- */

/* May its cells be changed, in this state and by this actor? */
bool draft_open_to(const struct draft *d, struct err *err);
/* Take the lock if this draft wants to edit and nobody else does. */
enum err_code draft_acquire(struct draft *d, bool take_over, struct err *err);

#endif
