/* What is printed of a report, as verify_document() wants it. */
#include <stdlib.h>
#include <string.h>

#include "cli/verify.h"
#include "core/mem.h"
#include "core/tr.h"
#include "export/export.h"
#include "export/sheet.h"

enum {
	WAYS_WITHIN = 300 /* differences; with more it is another document */
};

/* What each kind of block is called, and whose text it is. */
static const struct {
	const char *what;
	const char *path; /* or NULL: found by its section */
} lines[BLOCK_COUNT] = {
	[BLOCK_MARK] = { N_("标记"), NULL },
	[BLOCK_TITLE] = { N_("标题"), "meta.title" },
	[BLOCK_SUB] = { N_("署名"), "meta.signer" },
	[BLOCK_LEAD] = { N_("前言"), "meta.lead" },
	[BLOCK_HEADING] = { N_("标题"), NULL },
	[BLOCK_PARAGRAPH] = { N_("正文"), NULL },
	[BLOCK_NOTE] = { N_("表下说明"), NULL },
	[BLOCK_SIGNER] = { N_("署名"), "meta.signer" },
	[BLOCK_DATE] = { N_("成文日期"), "meta.date" },
};

struct source {
	struct verify_source s;
	size_t line_room, row_room, cell_room;
	char *marks[STATE_COUNT]; /* texts that may stand above the title */
	const struct section_def *section;
	size_t number; /* of the line in its section */
};

static void add_line(struct source *f, struct verify_line line)
{
	f->s.lines = mem_grow(f->s.lines, f->s.line_count, &f->line_room,
			      sizeof *f->s.lines);
	f->s.lines[f->s.line_count++] = line;
}

static void add_mark(struct source *f, const char *text)
{
	if (text)
		add_line(f,
			 (struct verify_line){ .text = text,
					       .what = lines[BLOCK_MARK].what,
					       .cell = FORM_NO_CELL,
					       .optional = true });
}

/* 草稿 and its kin, of whatever state the file was exported in. */
static void add_marks(struct source *f, const struct store *s)
{
	for (int i = 0; i < STATE_COUNT; i++) {
		f->marks[i] = document_mark(s, (enum state)i);
		add_mark(f, f->marks[i]);
		add_mark(f, document_stage((enum state)i));
	}
}

/* The field of the section that is printed as prose, or as a note. */
static size_t field_cell(const struct section_def *section, bool prose)
{
	for (size_t i = 0; section && i < section->entry_count; i++) {
		const struct field_def *f = section->entries[i].field;

		if (f && f->printed && (f->kind == FIELD_PROSE) == prose)
			return f->cell;
	}
	return FORM_NO_CELL;
}

static size_t cell_of(const struct source *f, const struct block *b)
{
	if (lines[b->kind].path)
		return form_cell(f->s.form, lines[b->kind].path);
	if (b->kind == BLOCK_HEADING && b->level == 1)
		return FORM_NO_CELL;
	return field_cell(b->section, b->kind != BLOCK_NOTE);
}

static void add_text(struct source *f, const struct block *b)
{
	bool prose = b->kind == BLOCK_PARAGRAPH ||
		     (b->kind == BLOCK_HEADING && b->level > 1);

	if (b->section != f->section)
		f->number = 0;
	f->section = b->section;
	f->number += prose;
	add_line(f, (struct verify_line){
			    .text = b->text,
			    .what = prose ? lines[BLOCK_PARAGRAPH].what
					  : lines[b->kind].what,
			    .section = b->section,
			    .number = prose ? f->number : 0,
			    .cell = cell_of(f, b),
		    });
}

static void add_cell(struct source *f, const struct table_cell *c)
{
	f->s.cells = mem_grow(f->s.cells, f->s.cell_count, &f->cell_room,
			      sizeof *f->s.cells);
	f->s.cells[f->s.cell_count++] =
		(struct verify_cell){ c->text, c->cell };
}

static void add_table(struct source *f, const struct block *b)
{
	for (size_t i = 0; i < b->table->row_count; i++) {
		const struct table_row *row = &b->table->rows[i];

		f->s.rows = mem_grow(f->s.rows, f->s.row_count, &f->row_room,
				     sizeof *f->s.rows);
		f->s.rows[f->s.row_count++] =
			(struct verify_row){ b->section, f->s.cell_count,
					     row->count };
		for (size_t k = 0; k < row->count; k++)
			add_cell(f, &row->cells[k]);
	}
}

static void source_fill(struct source *f, const struct document *doc,
			const struct verify_base *base)
{
	f->s.sheet = SHEET_TITLE;
	f->s.sheet_end = SHEET_END;
	f->s.digest = *doc->digest ? doc->digest : NULL;
	f->s.form = draft_form(base->d);
	add_marks(f, draft_store(base->d));
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *b = &doc->blocks[i];

		if (b->kind == BLOCK_TABLE)
			add_table(f, b);
		else if (b->kind != BLOCK_MARK)
			add_text(f, b);
	}
}

static void source_free(struct source *f)
{
	for (int i = 0; i < STATE_COUNT; i++)
		free(f->marks[i]);
	free(f->s.lines);
	free(f->s.rows);
	free(f->s.cells);
}

/* ---- in the way that the file was printed ---- */

static void compare(const struct verify_base *base, const struct document *doc,
		    const struct outline *found, struct verify *out)
{
	struct source f = { 0 };

	source_fill(&f, doc, base);
	verify_document(out, &f.s, found);
	source_free(&f);
}

/* A file that has lost its properties may have been printed in another way
 * than the unit's present one.  Such a way is tried only where it prints
 * something that the present one does not, so that a line which was taken out
 * is never called a setting. */
static const struct way {
	const char *lead, *signature;
	enum block_kind more; /* that it prints */
} ways[] = {
	{ NULL, "end", BLOCK_SIGNER },  { NULL, "title", BLOCK_SUB },
	{ NULL, "date", BLOCK_DATE },   { "yes", NULL, BLOCK_LEAD },
	{ "yes", "end", BLOCK_SIGNER }, { "yes", "title", BLOCK_SUB },
	{ "yes", "date", BLOCK_DATE },
};

static bool worth_trying(const struct way *way, const struct document *usual)
{
	return !document_has(usual, way->more) &&
	       !(way->lead && document_has(usual, BLOCK_LEAD));
}

static void keep_better(struct verify *best, struct verify *other)
{
	struct verify worse = *best;

	if (other->count >= best->count)
		return;
	*best = *other;
	*other = worse;
}

static void try_ways(const struct verify_base *base,
		     const struct document *usual, const struct outline *found,
		     struct verify *best)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		const struct export_options options = {
			.lead = ways[i].lead, .signature = ways[i].signature
		};
		struct verify v = { 0 };
		struct document *doc;

		if (best->count == 0 || best->count > WAYS_WITHIN ||
		    !worth_trying(&ways[i], usual))
			continue;
		doc = export_document(base->d, &options, NULL);
		if (!doc)
			continue;
		compare(base, doc, found, &v);
		keep_better(best, &v);
		verify_free(&v);
		document_free(doc);
	}
}

enum err_code verify_printed(const struct verify_base *base,
			     const struct outline *found, struct verify *out,
			     struct err *err)
{
	static const struct export_options none;
	/* The exporter has noted how it printed. */
	const struct export_options options = {
		.lead = outline_property(found, "Lead"),
		.signature = outline_property(found, "Signature")
	};
	bool noted = options.lead && options.signature;
	struct document *doc = NULL;

	if (noted)
		doc = export_document(base->d, &options, NULL);
	noted = doc != NULL; /* else a word in it is not ours */
	if (!noted)
		doc = export_document(base->d, &none, err);
	if (!doc)
		return err->code;
	compare(base, doc, found, out);
	if (!noted)
		try_ways(base, doc, found, out);
	document_free(doc);
	return ERR_OK;
}
