/*
 * document - the report as it is published: title, headings, paragraphs,
 * tables, in order.  Preview, DOCX, Flat OPC and text are all made from it, so
 * they cannot disagree.  It owns its texts; control characters and what XML
 * cannot hold are left out when it is made.
 */
#ifndef EXPORT_DOCUMENT_H
#define EXPORT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/report.h"
#include "core/store.h"
#include "core/unit.h"
#include "forms/form.h"

enum block_kind {
	BLOCK_MARK, /* 草稿, 送审稿, 演示数据: above the title */
	BLOCK_TITLE,
	BLOCK_SUB,  /* 署名 and date in brackets under the title */
	BLOCK_LEAD, /* the lead paragraph */
	BLOCK_HEADING, /* level 1: 一、总体情况; 2: （一）; 3: 1.; 4: （1） */
	BLOCK_PARAGRAPH,
	BLOCK_TABLE,
	BLOCK_NOTE,   /* a line under a table */
	BLOCK_ITEM,   /* of a checklist */
	BLOCK_SIGNER, /* 署名, over the date */
	BLOCK_DATE,   /* 成文日期, the last line */
	BLOCK_LINE, /* framed: label TAB content, once or twice; level is room */
	BLOCK_PAGE, /* a new page begins */
	BLOCK_COUNT
};

/* Where 署名 and 成文日期 stand. */
enum document_signature {
	SIGNATURE_DATE,  /* the date alone, as the last line */
	SIGNATURE_END,   /* both at the end */
	SIGNATURE_TITLE, /* both in brackets under the title */
};

enum {
	DOCUMENT_BREAKS = 8
};

struct table_cell {
	char *text;  /* "" for a blank value */
	size_t cell; /* whose value it is, or FORM_NO_CELL */
	int colspan, rowspan;
	enum print_align align;
	bool band;
};

struct table_row {
	struct table_cell *cells; /* without the covered ones */
	size_t count;
	bool head;
	int height;
};

struct table {
	int *widths; /* the template's, twips */
	size_t columns;
	struct table_row *rows;
	size_t row_count;
};

/* One field of the grid that a table's cells are spread over: the cell that
 * covers it, and where that one starts.  `cell` is NULL where a row is short. */
struct table_spot {
	const struct table_cell *cell;
	size_t row, column;
};

struct block {
	enum block_kind kind;
	int level;
	char *text;
	struct table *table;
	const struct section_def *section; /* or NULL */
};

struct document {
	char *title, *unit, *date; /* date: YYYY-MM-DD, or "" */
	size_t breaks
		[DOCUMENT_BREAKS]; /* where the title may be broken, bytes */
	size_t break_count;
	int year;
	const char *form; /* edition id */
	char *digest;     /* of the data */
	struct block *blocks;
	size_t count, room;
};

/* How an office wants it. */
struct document_options {
	const char *mark;          /* printed above the title, or NULL */
	const struct report *last; /* for changes on last year, or NULL */
	const struct unit *unit;   /* site and contact of the lead, or NULL */
	bool lead; /* where the report has no lead, the form's is written */
	enum document_signature signature;
	bool open; /* what is not answered yet is marked _, a sum of such ~ */
};

/* `options` NULL: all of them off.  References in prose are put in. */
struct document *document_new(const struct report *r,
			      const struct document_options *options);
/* The form's checklist, all sections; `kind` of unit or NULL for all. */
struct document *document_checklist(const struct form_def *form,
				    const char *kind);
void document_free(struct document *doc);
bool document_has(const struct document *doc, enum block_kind kind);
/* Take all blocks out but the mark. */
void document_clear(struct document *doc);

/* The title in as few lines as fit `cells` each, broken where its meaning
 * allows and the lines are most alike (GB/T 9704 clause 7.3.1: 回行时词意完整),
 * '\n' between them.  Appended. */
void document_title(const struct document *doc, int cells, struct str *out);

/* Append a block to a document that is being made; `text` is taken over. */
struct block *document_add(struct document *doc, enum block_kind kind,
			   char *text);
/* Append each line of `text` as a paragraph of this kind, without the blanks
 * around it; of BLOCK_PARAGRAPH, short lines that begin with （一）, 1. or （1）
 * become headings of level 2..4 (GB/T 9704 clause 7.3.3). */
void document_add_prose(struct document *doc, enum block_kind kind,
			const char *text, const struct section_def *section);

/* rows × columns spots, row by row; free() them. */
struct table_spot *table_spread(const struct table *t);

/* 草稿, 送审稿 … of a state, or NULL. */
const char *document_stage(enum state state);
/* 草稿 until submission, 送审稿 until approval, then NULL; on a demo store
 * 演示数据 as well.  Free it. */
char *document_mark(const struct store *s, enum state state);

#endif
