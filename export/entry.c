/* 填报底稿: the figures in printed order, with a box before each row, for
 * retyping into the portal of the office above; and bare rectangles to paste. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/reference.h"
#include "core/text.h"
#include "core/tr.h"
#include "export/export.h"
#include "export/html.h"

enum {
	BOX = 500, /* widths, twips */
	LABEL = 3400,
	VALUE = 800,
};

static struct table *new_table(size_t values)
{
	struct table *t = xcalloc(1, sizeof *t);

	t->columns = values + 2;
	t->widths = xcalloc(t->columns, sizeof *t->widths);
	for (size_t i = 0; i < t->columns; i++)
		t->widths[i] = i == 0 ? BOX : i == 1 ? LABEL : VALUE;
	return t;
}

static struct table_row *add_row(struct table *t, const char *mark,
				 const char *label)
{
	struct table_row *row;

	t->rows = xreallocarray(t->rows, t->row_count + 1, sizeof *t->rows);
	row = &t->rows[t->row_count++];
	*row = (struct table_row){ .count = t->columns };
	row->cells = xcalloc(t->columns, sizeof *row->cells);
	for (size_t i = 0; i < t->columns; i++)
		row->cells[i] = (struct table_cell){
			.text = xstrdup(i == 0   ? mark
					: i == 1 ? label
						 : ""),
			.cell = FORM_NO_CELL,
			.colspan = 1,
			.rowspan = 1,
			.align = i == 1 ? PRINT_LEFT : PRINT_CENTRE,
		};
	return row;
}

static void set_cell(struct table_row *row, size_t i, char *text, size_t cell)
{
	free(row->cells[i].text);
	row->cells[i].text = text;
	row->cells[i].cell = cell;
}

static char *value_of(const struct report *r, size_t cell)
{
	struct str text = { 0 };

	report_text(r, cell, &text);
	return str_steal(&text);
}

static void add_band(struct document *doc, const struct report *r,
		     const struct grid_def *grid, const struct band_def *band)
{
	struct table *t = new_table(band->column_count);
	struct table_row *row =
		add_row(t, "", band->label ? band->label : grid->title);

	row->head = true;
	for (size_t c = 0; c < band->column_count; c++)
		set_cell(row, c + 2, xstrdup(band->columns[c].label),
			 FORM_NO_CELL);
	for (size_t i = 0; i < band->row_count; i++) {
		const struct row_def *def = &band->rows[i];

		row = add_row(t, HTML_BOX, def->full);
		for (size_t c = 0; c < band->column_count; c++)
			set_cell(row, c + 2, value_of(r, def->cells[c]),
				 def->cells[c]);
	}
	document_add(doc, BLOCK_TABLE, NULL)->table = t;
}

/* A number, date or line: □ 名称：内容; prose: how long, then the text. */
static char *prose_of(const struct export_job *job,
		      const struct field_def *field)
{
	const struct report *r = draft_report(job->draft);
	char *raw = value_of(r, field->cell);
	struct str text = { 0 };

	reference_expand(r, draft_last(job->draft), raw, &text);
	free(raw);
	return str_steal(&text);
}

static void add_field(struct document *doc, const struct export_job *job,
		      const struct field_def *field)
{
	char *text = prose_of(job, field), *rest = text, *line;

	if (field->kind != FIELD_PROSE) {
		document_add(
			doc, BLOCK_ITEM,
			str_printf("%s %s：%s%s", HTML_BOX, field->label, text,
				   *text && field->unit ? field->unit : ""));
		free(text);
		return;
	}
	document_add(doc, BLOCK_ITEM,
		     str_printf("%s %s（%zu字）", HTML_BOX, field->label,
				text_count(text)));
	while ((line = strsep(&rest, "\n")))
		if (*line)
			document_add(doc, BLOCK_PARAGRAPH, xstrdup(line));
	free(text);
}

static void add_section(struct document *doc, const struct export_job *job,
			const struct section_def *s)
{
	document_add(doc, BLOCK_HEADING,
		     str_printf("%s%s%s", s->number ? s->number : "",
				s->number && *s->number ? "、" : "", s->title))
		->level = 1;
	for (size_t i = 0; i < s->entry_count; i++) {
		const struct grid_def *grid = s->entries[i].grid;

		if (s->entries[i].field)
			add_field(doc, job, s->entries[i].field);
		for (size_t b = 0; grid && b < grid->band_count; b++)
			add_band(doc, draft_report(job->draft), grid,
				 &grid->bands[b]);
	}
}

/* The document in hand keeps its mark and title; the rest becomes the sheet. */
static struct document *entry_document(const struct export_job *job)
{
	const struct report *r = draft_report(job->draft);
	const struct form_def *form = report_form(r);
	char *mark = document_mark(draft_store(job->draft),
				   draft_row(job->draft)->state);
	const struct document_options options = { .mark = mark };
	struct document *doc = document_new(r, &options);
	char *title = str_printf("%s填报底稿", doc->title);

	free(doc->title);
	doc->title = title;
	document_clear(doc);
	document_add(doc, BLOCK_TITLE, xstrdup(title));
	for (size_t i = 0; i < form->body_count; i++)
		add_section(doc, job, &form->sections[i]);
	free(mark);
	return doc;
}

static enum err_code write_by(enum err_code (*write)(const struct export_job *,
						     struct str *,
						     struct err *),
			      const struct export_job *job, struct str *out,
			      struct err *err)
{
	struct export_job sheet = *job;
	struct document *doc = entry_document(job);
	enum err_code code;

	sheet.document = doc;
	code = write(&sheet, out, err);
	document_free(doc);
	return code;
}

enum err_code entry_write(const struct export_job *job, struct str *out,
			  struct err *err)
{
	return write_by(text_write, job, out, err);
}

enum err_code entry_page_write(const struct export_job *job, struct str *out,
			       struct err *err)
{
	return write_by(html_write_ticked, job, out, err);
}

/* ---- bare rectangles ---- */

static void add_rectangle(const struct report *r, const struct grid_def *grid,
			  struct str *out)
{
	for (size_t i = 0; i < grid->row_count; i++) {
		const struct row_def *row = grid->rows[i];

		for (size_t c = 0; c < row->band->column_count; c++) {
			str_add(out, c ? "\t" : "");
			report_text(r, row->cells[c], out);
		}
		str_addc(out, '\n');
	}
}

static enum err_code say_tables(const struct form_def *form, struct err *err)
{
	struct str known = { 0 };
	enum err_code code;

	for (size_t i = 0; i < form->body_count; i++)
		if (form->sections[i].grid)
			str_addf(&known, " %s", form->sections[i].id);
	code = err_set(err, ERR_INPUT, _("tsv 要用 --table 指明哪张表：%s"),
		       known.s ? known.s + 1 : "");
	str_free(&known);
	return code;
}

enum err_code tsv_write(const struct export_job *job, struct str *out,
			struct err *err)
{
	const struct report *r = draft_report(job->draft);
	const struct section_def *section =
		job->options->table
			? form_section(report_form(r), job->options->table)
			: NULL;

	if (!section || !section->grid)
		return say_tables(report_form(r), err);
	add_rectangle(r, section->grid, out);
	return ERR_OK;
}
