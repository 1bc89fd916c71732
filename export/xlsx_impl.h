/*
 * xlsx_impl - a workbook while it is made: its looks, its sheets, and where
 * each cell of the report stands.  Included by export/xlsx*.c alone.
 *
 * The library's calls are not judged one by one: xlsx_keep() remembers the
 * first fault, and xlsx_write() says it.  Places are laid out first and filled
 * afterwards, because a sum names the places of its parts.
 */
#ifndef EXPORT_XLSX_IMPL_H
#define EXPORT_XLSX_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <xlsxwriter.h>

#include "core/report.h"
#include "export/export.h"
#include "forms/form.h"

enum xlsx_look {
	LOOK_TITLE,
	LOOK_SMALL, /* lines between title and table */
	LOOK_LEFT,  /* labels and heads */
	LOOK_CENTRE,
	LOOK_BAND_LEFT, /* the shaded ones */
	LOOK_BAND_CENTRE,
	LOOK_VALUE, /* figures of a table */
	LOOK_SUM,   /* … in the empty form */
	LOOK_INPUT, /* not locked, as the next two */
	LOOK_NAME,  /* beside a text */
	LOOK_TEXT,  /* texts, and figures among them */
	LOOK_TEXT_INPUT,
	LOOK_LINE_INPUT, /* 0517… keeps its 0 */
	LOOK_COUNT
};

struct xlsx;

struct xlsx_sheet {
	struct xlsx *book;
	lxw_worksheet *sheet;
	char *name;
	int *widths; /* of its columns, pixels */
	size_t columns;
	lxw_row_t row;  /* the next free one */
	uint32_t *tall; /* how high each row has to be, pixels; 0: any */
	size_t tall_count, tall_room;
	bool has_cursor; /* in the empty form: on the first input */
};

/* A cell of a sheet, or several merged; all zero: nowhere. */
struct xlsx_place {
	struct xlsx_sheet *sheet;
	lxw_row_t top, bottom;
	lxw_col_t left, right;
};

struct xlsx {
	lxw_workbook *workbook;
	lxw_format *looks[LOOK_COUNT];
	const struct export_job *job;
	const struct report *report;
	const struct form_def *form;
	bool blank;                /* an empty form is asked for */
	struct xlsx_place *places; /* one a cell of the form */
	struct xlsx_sheet **sheets;
	size_t sheet_count, sheet_room;
	lxw_error fault; /* the first */
};

/* ---- xlsx.c ---- */

/* Put everything into a new workbook; the first fault. */
typedef lxw_error xlsx_fill(lxw_workbook *book, const void *what);
/* A workbook's bytes; `room`: that many bytes, at least, must be free where the
 * library writes. */
enum err_code xlsx_file(xlsx_fill *fill, const void *what, off_t room,
			struct str *out, struct err *err);

void xlsx_keep(struct xlsx *x, lxw_error fault);
/* The formats of all looks; once, before any sheet. */
void xlsx_looks(struct xlsx *x);

/* ---- xlsx_sheet.c ---- */

/* A new last sheet with columns of these widths; what a sheet's name cannot
 * hold is changed, and a second one of the name numbered. */
struct xlsx_sheet *xlsx_sheet_add(struct xlsx *x, const char *name,
				  const int *pixels, size_t columns);
/* A4, as wide as the page; the rows [from, to) stay in sight and stand on
 * every page, after whatever stands above them; locked in the empty form. */
void xlsx_sheet_finish(struct xlsx_sheet *s, lxw_row_t from, lxw_row_t to);

/* One text in one place, merged if it is more than a cell. */
void xlsx_put(const struct xlsx_place *at, const char *text,
	      enum xlsx_look look);
/* A text of any length in columns [left, right] from `row` down: what is more
 * than a cell shows (or Excel takes) goes on in the row below.  Returns the
 * rows it took, at least 1. */
lxw_row_t xlsx_text(struct xlsx_sheet *s, lxw_row_t row, size_t left,
		    size_t right, const char *text, enum xlsx_look look);
/* How many pixels high a text is in these columns. */
uint32_t xlsx_height(const struct xlsx_sheet *s, size_t left, size_t right,
		     const char *text, enum xlsx_look look);
/* Make a row at least so high. */
void xlsx_row_height(struct xlsx_sheet *s, lxw_row_t row, uint32_t pixels);
/* Characters as Excel counts them, of s[0..len). */
size_t xlsx_units(const char *s, size_t len);

/* ---- xlsx_cell.c ---- */

/* What the report says (or a place to fill in) at the cell's place. */
void xlsx_value(struct xlsx *x, size_t cell);
/* A label in the first `split` columns and the field in the others. */
void xlsx_field(struct xlsx_sheet *s, const struct field_def *field,
		size_t split);
/* Give every cell that stands somewhere its path as a name. */
void xlsx_names(struct xlsx *x);

/* ---- xlsx_sum.c ---- */

/* The formula of a computed cell; false when its parts do not all stand on the
 * sheets as numbers. */
bool xlsx_formula(const struct xlsx *x, size_t cell, struct str *out);
/* Can Excel's 15 digits hold it? */
bool xlsx_exact(int64_t n);
/* The one place where a number of ours becomes what the library takes. */
double xlsx_double(int64_t n);

/* ---- xlsx_input.c ---- */

/* What may be typed at the cell's place, and the help beside it. */
void xlsx_input(struct xlsx *x, size_t cell);

/* ---- xlsx_table.c, xlsx_front.c ---- */

/* The sheet of a table, without its values. */
void xlsx_table(struct xlsx *x, const struct block *block);
void xlsx_front(struct xlsx *x);
void xlsx_findings(struct xlsx *x);

#endif
