/*
 * verify - does a file still carry what was approved, and what was changed?
 *
 * A document is compared as it is read: the figures and heads of the tables
 * cell by cell, after their rows were put side by side by their labels; the
 * paragraphs in order.  Headers, footers and notes have nothing but the page
 * number, and there are no pictures: what stands there is told.  White space,
 * fonts and what else is only looks are no difference.  Our own xml is compared cell by cell and by
 * its digest.
 *
 * A struct verify owns its texts; all zero is an empty one.  What was approved
 * is borrowed.
 */
#ifndef IMPORT_VERIFY_H
#define IMPORT_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/report.h"
#include "forms/form.h"
#include "import/incoming.h"
#include "import/outline.h"

/* X(name, word in tsv, in Chinese) */
#define VERIFY_KIND_LIST(X)                                                    \
	X(FIGURE, "figure", N_("数据"))                                        \
	X(LABEL, "label", N_("表头"))                                          \
	X(CELL_ADDED, "cell-added", N_("多出的格"))                            \
	X(ROW_MISSING, "row-missing", N_("缺少的行"))                          \
	X(ROW_ADDED, "row-added", N_("多出的行"))                              \
	X(TABLE_MISSING, "table-missing", N_("缺少的表"))                      \
	X(TABLE_ADDED, "table-added", N_("多出的表"))                          \
	X(TEXT, "text", N_("改动的文字"))                                      \
	X(TEXT_MISSING, "text-missing", N_("缺少的文字"))                      \
	X(TEXT_ADDED, "text-added", N_("多出的文字"))                          \
	X(PICTURE, "picture", N_("图片"))                                      \
	X(FILE, "file", N_("嵌入的文件"))                                      \
	X(SUBJECT, "subject", N_("单位、年度"))                                \
	X(DIGEST, "digest", N_("数据摘要"))

enum verify_kind {
#define VERIFY_ENUM(name, word, label) VERIFY_##name,
	VERIFY_KIND_LIST(VERIFY_ENUM)
#undef VERIFY_ENUM
	VERIFY_KIND_COUNT
};

const char *verify_word(enum verify_kind kind);
const char *verify_label(enum verify_kind kind); /* translated */

struct verify_difference {
	enum verify_kind kind;
	char *path;  /* of the cell, of what its row's cells share, or "" */
	char *place; /* where, in the form's words */
	char *approved, *found; /* NULL: not there */
};

struct verify {
	struct verify_difference *list;
	size_t count, room;
	size_t figures, lines; /* that were found to be compared */
	bool sheet;            /* a sign-off sheet was passed over */
	char *signed_digest;   /* that stands on it, or NULL */
};

void verify_free(struct verify *v);

/* ---- what was approved, as it is printed ---- */

struct verify_line {
	const char *text;
	const char *what; /* 标题, 正文 …; not translated yet */
	const struct section_def *section; /* or NULL */
	size_t number;                     /* of its section's lines, from 1 */
	size_t cell;   /* whose text it is, or FORM_NO_CELL */
	bool optional; /* may be missing: a mark */
};

struct verify_cell {
	const char *text;
	size_t cell; /* whose figure, or FORM_NO_CELL: a head or label */
};

/* The cells that start in it, from `first` on. */
struct verify_row {
	const struct section_def *section;
	size_t first, count;
};

struct verify_source {
	const struct form_def *form;
	struct verify_line *lines;
	struct verify_row *rows; /* of all tables, in order */
	struct verify_cell *cells;
	size_t line_count, row_count, cell_count;
	/* The sign-off sheet's first and last line, or NULL: it tells of the day
	 * it was printed, so what stands from the one to the other (to its last
	 * line with a tab, when that is gone) is not compared.  It begins a page
	 * behind all that was approved, and has a line with a digest. */
	const char *sheet, *sheet_end;
	const char *digest; /* of the data, or NULL: what a sheet was signed for
			       must be this, if all else is the same */
};

/* What a comparison goes by: NFC, without white space, soft hyphens and marks
 * of no width, a hyphen that does not break as any other.  Free it. */
char *verify_plain(const char *text);

/* Append every difference: figures and tables first, then the text, then what
 * stands beside it. */
void verify_document(struct verify *v, const struct verify_source *approved,
		     const struct outline *found);
void verify_exchange(struct verify *v, const struct report *approved,
		     const struct incoming *found);

#endif
