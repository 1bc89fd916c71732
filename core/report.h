/*
 * report - one unit's answers for one year: the cells and nothing else.
 *
 * report_set() is the only writer.  A cell is a number, 不适用, text or blank;
 * blank is never 0.  Computed cells follow at once: a sum with a blank part is
 * blank itself, its running sum is kept beside it.  Beside the value a sum can
 * carry what a source printed.  The form is borrowed and must outlive the
 * report.
 */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"
#include "core/unit.h"
#include "forms/form.h"

/* The years a report can be of. */
enum {
	YEAR_FIRST = 1949,
	YEAR_LAST = 2999
};

enum value_kind {
	VALUE_BLANK,
	VALUE_NA,
	VALUE_NUMBER,
	VALUE_TEXT
};

struct value {
	enum value_kind kind;
	int64_t number;   /* units of 0.0001 */
	const char *text; /* VALUE_TEXT */
};

struct report;

struct report *report_new(const struct form_def *form);
void report_free(struct report *r);
const struct form_def *report_form(const struct report *r);

/* Whose report and of which year: for titles, sentences and checks. */
void report_set_subject(struct report *r, const char *unit, int year);
const char *report_unit(const struct report *r);
int report_year(const struct report *r);

/* Store a value; a day in any way of date_read() becomes 2025-01-20.  Refused (ERR_INPUT, ERR_REFUSED), with nothing changed: a
 * computed cell, 不适用 where the form does not allow it, a number out of range
 * or with too many decimals, text that is no date or choice.  Text over the
 * limit is kept (a finding says so). */
enum err_code report_set(struct report *r, size_t cell, struct value v,
			 struct err *err);

/* The same from what a person typed or a file says, by the cell's kind: ""
 * blank, "/" 不适用 (numbers only), 全角 digits and separators understood. */
enum err_code report_type(struct report *r, size_t cell, const char *typed,
			  struct err *err);

/* Room for a cell's name in a sentence. */
#define CELL_NAME 200
/* 三、申请 · 不予公开5.三类内部事务 · 自然人, into buf[CELL_NAME]; returned. */
const char *cell_name(const struct cell_def *cell, char *buf);

/* What `typed` would be in this cell, without storing; v.text borrows `typed`.
 * Computed cells are allowed here (printed numbers). */
enum err_code report_read(const struct form_def *form, size_t cell,
			  const char *typed, struct value *out,
			  struct err *err);

/* Text is borrowed until the next report_set() on the cell. */
struct value report_get(const struct report *r, size_t cell);

/* What a source printed for a computed cell; blank: nothing recorded. */
enum err_code report_set_printed(struct report *r, size_t cell, struct value v,
				 struct err *err);
struct value report_printed(const struct report *r, size_t cell);
/* The printed number of a sum where there is one, else the value. */
struct value report_source(const struct report *r, size_t cell);

/* Does a computed cell lack a part?  *sum is what there is so far. */
bool report_running(const struct report *r, size_t cell, int64_t *sum);

/* Grows with every change. */
unsigned report_revision(const struct report *r);

/* The value as it is exchanged: "12", "4068.208", "" blank, "/" 不适用, the
 * text itself (not escaped).  Appended. */
void report_text(const struct report *r, size_t cell, struct str *out);
void value_text(struct value v, struct str *out);
bool value_equal(struct value a, struct value b);

/* Answered and to be answered (n/m), of one section or (NULL) of all.  A field
 * that may be skipped counts as answered when it is. */
bool report_answered(const struct report *r, size_t cell);
void report_progress(const struct report *r, const struct section_def *section,
		     int *done, int *need);

/* meta.title, or the form's pattern with unit and year.  Appended. */
void report_title(const struct report *r, struct str *out);

/* Where a title may be broken without tearing a word: offsets of its pieces in
 * the form's pattern, as far as they stand in this title; how many. */
size_t report_title_breaks(const struct report *r, const char *title,
			   size_t *breaks, size_t room);
/* The form's lead, a paragraph a line; sentences that would name something not
 * known are left out.  `unit` (site, contact) may be NULL.  Appended. */
void report_lead(const struct report *r, const struct unit *unit,
		 struct str *out);

/* The sentence the form makes for this section (section six's fee sentence),
 * or false when none applies or the text speaks of it itself.  Appended. */
bool report_sentence(const struct report *r, const struct section_def *section,
		     struct str *out);

/* The data in canonical lines, PATH TAB VALUE, escaped, in the form's order,
 * without blanks and computed cells; then printed ones as PATH=printed.  The
 * digest of a report is SHA-256 over this. */
void report_dump(const struct report *r, struct str *out);
const char *report_digest(const struct report *r, char *hex); /* DIGEST_TEXT */
/* Fill an empty report from such lines. */
enum err_code report_undump(struct report *r, const char *lines,
			    struct err *err);

#endif
