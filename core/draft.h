/*
 * draft - a report opened from the store: its cells, journal, lock, findings.
 *
 * The one way in for the screen, the command line and imports: an edit is a
 * step in the text of one cell, put through report_set() when the text is a
 * value of the cell's kind, and appended to the journal before the call
 * returns.  draft_leave() writes the cell and a history row.  Everything
 * borrowed lives until the next call on the same draft, the report and the
 * form until draft_close().
 */
#ifndef CORE_DRAFT_H
#define CORE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/report.h"
#include "core/rule.h"
#include "core/sibling.h"
#include "core/store.h"
#include "forms/form.h"

enum draft_mode {
	DRAFT_READ,
	DRAFT_EDIT,      /* refused when another edits it */
	DRAFT_TAKE_OVER, /* the other one becomes a reader */
	/* The same for a file that came by hand: a supervisor may bring in what
	 * a clerk has sent, too, and what is submitted can be replaced. */
	DRAFT_IMPORT,
	DRAFT_IMPORT_OVER,
};

struct draft;
struct site;

/* Open report `id`, replaying the journal.  DRAFT_EDIT also wants a state and
 * a role in which cells may be changed (ERR_REFUSED says why not). */
struct draft *draft_open(struct store *store, struct forms *forms, int64_t id,
			 enum draft_mode mode, struct err *err);
/* Open it as it was approved last, for reading, whatever became of it since:
 * that is what roll-ups and the public have.  ERR_REFUSED when it never was. */
struct draft *draft_open_approved(struct store *store, struct forms *forms,
				  int64_t id, struct err *err);
/* Leaves the cell being edited, gives up the lock. */
void draft_close(struct draft *d);

/* A row of the store with what the journal has beyond it: n of m, findings, who
 * and when; and with new counts, which are kept, when it is stale.  Costs next to
 * nothing when it is neither. */
void draft_row_now(struct store *store, struct forms *forms,
		   struct report_row *row);

struct store *draft_store(const struct draft *d);
const struct form_def *draft_form(const struct draft *d);
const struct report *draft_report(const struct draft *d);
/* Last year's report, or one that holds just the opening figures, or NULL. */
const struct report *draft_last(const struct draft *d);
const struct report_row *draft_row(const struct draft *d);
const struct unit *draft_unit(const struct draft *d);
/* What the office has set for the checks. */
const struct site *draft_site(const struct draft *d);
bool draft_writable(const struct draft *d);
/* What was recovered when it was opened, a sentence, or NULL. */
const char *draft_recovered(const struct draft *d);
/* Did someone take it over?  Then it is read-only from now on. */
bool draft_lost(struct draft *d, struct err *err);

/* All findings of the report as it stands, explanations filled in; computed
 * when the report or an explanation changed. */
const struct findings *draft_findings(struct draft *d);
/* What an explanation of it is kept under: the first cell's path and, where a
 * rule finds several in one text, #MARK.  Until the next call. */
const char *finding_path(const struct draft *d, const struct finding *f);

/* A finding that was there when somebody looked. */
struct remembered {
	const struct rule_def *rule;
	enum severity severity;
	const struct section_def *section; /* NULL: the whole report */
	size_t cell, offset; /* FORM_NO_CELL: of no cell; as they were */
	char *mark, *where, *brief;
	bool gone; /* it is mended */
};
/* Look: keep the findings in mind as they are now, until the draft is closed. */
void draft_remember(struct draft *d);
/* All that was kept in mind, in the form's order, and which of it is gone;
 * borrowed until the next call or draft_remember(). */
const struct remembered *draft_remembered(struct draft *d, size_t *count);

/* Those that were computed last, whatever was typed since: nothing is judged. */
const struct findings *draft_findings_kept(const struct draft *d);
/* Judge it beside other units' reports from now on, NULL: without them;
 * borrowed as long as that goes on.  They are those of its form and year. */
void draft_beside(struct draft *d, const struct siblings *siblings);
/* All reports of a form and year (discarded ones left out), to be judged beside;
 * siblings_free() them before the store is closed.  `step` (may be NULL) is
 * called after each one. */
typedef void draft_step(void *whom, size_t done, size_t all);
struct siblings *draft_siblings(struct store *store, struct forms *forms,
				const char *form, int year, draft_step *step,
				void *whom, struct err *err);
/* Read again what others may have written: the store's row, comments and
 * explanations, and the cells when it is not this draft that edits them. */
enum err_code draft_refresh(struct draft *d, struct err *err);

/* Count n/m and findings anew and put them into the stored row; *changed: they
 * were others. */
enum err_code draft_recount(struct draft *d, bool *changed, struct err *err);

/* The text of a cell as it is edited; a number may be none ("1e5"). */
const char *draft_text(struct draft *d, size_t cell);

/* One step of typing: at byte `at` of the cell's text, `removed` bytes go and
 * `len` bytes of `s` come.  The first step in another cell leaves the one
 * before.  Durable against kill -9 when it returns.  A text that is no value
 * stands, and the cell keeps the value it had when it was left last: no part of
 * a refused number is ever one.  Refused with a sentence and nothing changed:
 * computed or locked cells, characters that cannot be kept. */
enum err_code draft_splice(struct draft *d, size_t cell, size_t at,
			   size_t removed, const char *s, size_t len,
			   struct err *err);
/* End the run of typing that undo takes back as one. */
void draft_break(struct draft *d);
/* What is wrong with the text of the cell being edited (ERR_INPUT); with
 * `leaving` also what could still become a value ("." or 2026-01). */
enum err_code draft_fault(const struct draft *d, bool leaving, struct err *err);
/* The cell whose text is no value (also after kill -9), or FORM_NO_CELL. */
size_t draft_pending(const struct draft *d);
/* Leave the cell being edited: value, history row and counts, with fsync.
 * With a text that is no value nothing is written and the text stays
 * (ERR_INPUT). */
enum err_code draft_leave(struct draft *d, struct err *err);
/* A text that is no value goes, the cell's value comes back. */
enum err_code draft_drop(struct draft *d, struct err *err);

/* Many at once, all or nothing, one undo step, saved when it returns. */
struct change {
	size_t cell;
	const char *text; /* as report_type() takes it */
	bool printed;     /* what a source printed for a computed cell */
};
enum err_code draft_change(struct draft *d, const struct change *list,
			   size_t count, const char *deed, const char *reason,
			   struct err *err);
/* How many blanks draft_fill_zero() would fill, and do it: numbers of the
 * section that are blank and not computed become 0, one undo step. */
size_t draft_blanks(const struct draft *d, const struct section_def *section);
enum err_code draft_fill_zero(struct draft *d,
			      const struct section_def *section,
			      struct err *err);

/* What draft_undo() would take back next: of how many cells, by which deed (the
 * word of the history; "": it is not there yet), when.  No cells: nothing. */
enum {
	UNDO_FEW = 5 /* more than these are not taken back unasked */
};
struct undo_next {
	size_t cells;
	char deed[24], moment[DATE_MOMENT];
};
enum err_code draft_undo_next(struct draft *d, struct undo_next *out,
			      struct err *err);

/* Take back or repeat the last run of typing or change that can be seen; *cell
 * (and *offset, may be NULL) is where it was.  ERR_REFUSED when there is none; the
 * values that a new report took from last year are never taken back.  A run of
 * more than UNDO_FEW cells behind others that cannot be seen is left for the
 * next call: draft_moved() is 0. */
enum err_code draft_undo(struct draft *d, size_t *cell, size_t *offset,
			 struct err *err);
enum err_code draft_redo(struct draft *d, size_t *cell, size_t *offset,
			 struct err *err);

/* How many cells the last of these changed. */
size_t draft_moved(const struct draft *d);

/* Remember where the clerk stands (on leaving the program or the cell). */
void draft_place(struct draft *d, size_t cell);

/* A cell whose opening value was carried over from last year and has another
 * value now needs a reason; the first typing over asks for it. */
bool draft_carried(const struct draft *d, size_t cell, int64_t *last);

/* New report: the unit is made when it is new.  Takes contact, title pattern
 * and the closing balances of last year's report when it is in the store.
 * Refused when it exists (the sentence names its id). */
enum err_code draft_new(struct store *store, struct forms *forms,
			const char *form, const char *unit, int year,
			int64_t *id, struct err *err);
/* The same for one that came in a file: a supervisor may, too. */
enum err_code draft_new_import(struct store *store, struct forms *forms,
			       const char *form, const char *unit, int year,
			       int64_t *id, struct err *err);
/* Opening figures where last year's report is not in the store: cells of last
 * year (cell->opening), which this year's carried-over cells then take; all or
 * nothing.  `text` as report_type() takes it; "" takes one away, and what this
 * year took from it. */
enum err_code draft_open_with(struct draft *d, const struct change *last,
			      size_t count, struct err *err);

/* Cells (and changed sentences) that differ from a snapshot. */
struct difference {
	size_t cell;
	size_t at; /* of `now` in the text, when that is prose */
	char *old, *now;
};
enum err_code draft_compare(struct draft *d, const char *dump,
			    struct difference **list, size_t *count,
			    struct err *err);
/* The changed sentences of two texts; `cell` is left 0. */
void prose_compare(const char *old, const char *now, struct difference **list,
		   size_t *count);
void differences_free(struct difference *list, size_t count);

/* Comments of the report, as they are; borrowed until draft_refresh(). */
const struct comment *draft_comments(struct draft *d, size_t *count);
const struct explanation *draft_explanations(struct draft *d, size_t *count);
const struct signoff *draft_signoffs(struct draft *d, size_t *count);

#endif
