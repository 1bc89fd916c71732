#include "export/document.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/digest.h"
#include "core/mem.h"
#include "core/reference.h"
#include "core/text.h"

/* What a document is made from. */
struct source {
	const struct report *report;
	const struct document_options *options;
};

struct block *document_add(struct document *doc, enum block_kind kind,
			   char *text)
{
	struct block *b;

	doc->blocks = mem_grow(doc->blocks, doc->count, &doc->room,
			       sizeof *doc->blocks);
	b = &doc->blocks[doc->count++];
	*b = (struct block){ .kind = kind, .text = text };
	return b;
}

static char *clean_line(const char *s)
{
	struct str text = { 0 };

	text_one_line(&text, s, strlen(s));
	return str_steal(&text);
}

static char *cell_text(const struct report *r, size_t cell)
{
	struct str text = { 0 };

	if (cell != FORM_NO_CELL)
		report_text(r, cell, &text);
	return str_steal(&text);
}

/* ---- tables ---- */

static bool is_open(const struct source *from, size_t cell)
{
	const struct report *r = from->report;

	return from->options->open && cell != FORM_NO_CELL &&
	       report_form(r)->cells[cell].required &&
	       !report_answered(r, cell);
}

/* What stands for a value that is blank. */
static const char *blank_text(const struct source *from, size_t cell)
{
	if (!from->options->open)
		return "";
	return is_open(from, cell) ? "_" : "~";
}

static struct table_cell make_cell(const struct source *from,
				   const struct print_cell *p)
{
	struct table_cell c = { NULL,       p->cell,  p->colspan,
				p->rowspan, p->align, p->band };

	char *text = NULL;

	if (p->cell != FORM_NO_CELL)
		text = cell_text(from->report, p->cell);
	if (text && !*text)
		c.text = xstrdup(blank_text(from, p->cell));
	else
		c.text = clean_line(text ? text : p->text ? p->text : "");
	free(text);
	return c;
}

static struct table *make_table(const struct source *from,
				const struct print_table *p)
{
	struct table *t = xcalloc(1, sizeof *t);

	t->columns = p->columns;
	t->row_count = p->row_count;
	t->widths = xcalloc(p->columns, sizeof *t->widths);
	memcpy(t->widths, p->widths, p->columns * sizeof *t->widths);
	t->rows = xcalloc(p->row_count, sizeof *t->rows);
	for (size_t i = 0; i < p->row_count; i++) {
		const struct print_row *printed = &p->rows[i];
		struct table_row *row = &t->rows[i];

		row->head = printed->head;
		row->height = printed->height;
		row->count = printed->count;
		row->cells = xcalloc(printed->count, sizeof *row->cells);
		for (size_t k = 0; k < printed->count; k++)
			row->cells[k] = make_cell(from, &printed->cells[k]);
	}
	return t;
}

static void table_free(struct table *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->row_count; i++) {
		for (size_t k = 0; k < t->rows[i].count; k++)
			free(t->rows[i].cells[k].text);
		free(t->rows[i].cells);
	}
	free(t->rows);
	free(t->widths);
	free(t);
}

static void place(const struct table *t, const struct table_cell *c, size_t row,
		  size_t column, struct table_spot *spots)
{
	for (size_t r = row; r < row + (size_t)c->rowspan; r++)
		for (size_t k = column; k < column + (size_t)c->colspan; k++)
			if (r < t->row_count && k < t->columns)
				spots[r * t->columns + k] =
					(struct table_spot){ c, row, column };
}

struct table_spot *table_spread(const struct table *t)
{
	struct table_spot *spots =
		xcalloc(t->row_count * t->columns + 1, sizeof *spots);

	for (size_t r = 0; r < t->row_count; r++) {
		struct table_spot *line = spots + r * t->columns;
		size_t column = 0;

		for (size_t k = 0; k < t->rows[r].count; k++) {
			while (column < t->columns && line[column].cell)
				column++;
			place(t, &t->rows[r].cells[k], r, column, spots);
		}
		for (column = 0; column < t->columns; column++)
			if (!line[column].cell)
				line[column] =
					(struct table_spot){ NULL, r, column };
	}
	return spots;
}

/* ---- sections ---- */

static void add_note(struct document *doc, const char *text,
		     const struct section_def *section)
{
	static const char word[] = "注";
	char *line = clean_line(text);
	bool said = strncmp(line, word, strlen(word)) == 0;
	struct block *b;

	b = document_add(doc, BLOCK_NOTE,
			 said ? xstrdup(line) : str_printf("注：%s", line));
	b->section = section;
	free(line);
}

/* A text with its references put in. */
static char *prose_text(const struct source *from, size_t cell)
{
	struct value v = { .kind = VALUE_BLANK };
	struct str text = { 0 };

	if (cell != FORM_NO_CELL)
		v = report_get(from->report, cell);
	if (v.kind == VALUE_TEXT)
		reference_expand(from->report, from->options->last, v.text,
				 &text);
	return str_steal(&text);
}

static void add_field(struct document *doc, const struct source *from,
		      const struct field_def *field,
		      const struct section_def *section)
{
	char *text;

	if (is_open(from, field->cell))
		document_add(doc, BLOCK_PARAGRAPH,
			     str_printf("_ %s：未填", field->label))
			->section = section;
	if (!field->printed)
		return;
	text = prose_text(from, field->cell);
	if (field->kind == FIELD_PROSE)
		document_add_prose(doc, BLOCK_PARAGRAPH, text, section);
	else if (text[0])
		add_note(doc, text, section);
	free(text);
}

static void add_heading(struct document *doc, const struct section_def *s)
{
	struct block *b = document_add(
		doc, BLOCK_HEADING,
		s->number ? str_printf("%s、%s", s->number, s->title)
			  : xstrdup(s->title));

	b->level = 1;
	b->section = s;
}

static void add_section(struct document *doc, const struct source *from,
			const struct section_def *section)
{
	const struct report *r = from->report;
	struct str sentence = { 0 };

	add_heading(doc, section);
	if (report_sentence(r, section, &sentence))
		document_add_prose(doc, BLOCK_PARAGRAPH, sentence.s, section);
	str_free(&sentence);
	for (size_t i = 0; i < section->entry_count; i++) {
		const struct entry_def *e = &section->entries[i];
		struct block *b;

		if (e->field) {
			add_field(doc, from, e->field, section);
			continue;
		}
		b = document_add(doc, BLOCK_TABLE, NULL);
		b->table = make_table(from, &e->grid->print);
		b->section = section;
	}
}

/* ---- the document ---- */

static char *meta_text(const struct report *r, const char *path)
{
	return cell_text(r, form_cell(report_form(r), path));
}

static char *title_of(const struct report *r)
{
	struct str title = { 0 };
	char *line;

	report_title(r, &title);
	line = clean_line(title.s ? title.s : "");
	str_free(&title);
	return line;
}

static struct document *start(const struct form_def *form, char *title,
			      const char *mark)
{
	struct document *doc = xcalloc(1, sizeof *doc);

	doc->form = form->id;
	doc->title = title;
	if (mark)
		document_add(doc, BLOCK_MARK, clean_line(mark));
	document_add(doc, BLOCK_TITLE, xstrdup(title));
	return doc;
}

/* 2025年1月20日, or "". */
static char *day_of(const struct document *doc)
{
	struct date d;

	if (!date_parse(doc->date, &d))
		return xstrdup("");
	return str_printf("%d年%d月%d日", d.year, d.month, d.day);
}

static char *signer_of(const struct document *doc, const struct report *r)
{
	char *signer = meta_text(r, "meta.signer");

	if (*signer)
		return signer;
	free(signer);
	return xstrdup(doc->unit);
}

/* （青溪县人民政府　2025年1月20日） */
static void add_sub(struct document *doc, const struct report *r)
{
	char *day = day_of(doc), *signer = signer_of(doc, r);

	document_add(doc, BLOCK_SUB,
		     str_printf("（%s%s%s）", signer, *day ? "　" : "", day));
	free(signer);
	free(day);
}

static void add_end(struct document *doc, const struct report *r,
		    enum document_signature place)
{
	char *day = day_of(doc);

	if (place == SIGNATURE_END)
		document_add(doc, BLOCK_SIGNER, signer_of(doc, r));
	if (*day && place != SIGNATURE_TITLE)
		document_add(doc, BLOCK_DATE, xstrdup(day));
	free(day);
}

/* The report's own lead, else the form's, made from the unit's data. */
static void add_lead(struct document *doc, const struct source *from)
{
	const struct form_def *form = report_form(from->report);
	char *own = prose_text(from, form_cell(form, "meta.lead"));
	struct str lead = { 0 };

	if (!*own && from->options->lead)
		report_lead(from->report, from->options->unit, &lead);
	document_add_prose(doc, BLOCK_LEAD,
			   *own     ? own
			   : lead.s ? lead.s
				    : "",
			   NULL);
	str_free(&lead);
	free(own);
}

/* Of the sections that are not printed as such: title, date, contact. */
static void add_open(struct document *doc, const struct source *from)
{
	const struct form_def *form = report_form(from->report);

	for (size_t i = form->body_count; i < form->section_count; i++) {
		const struct section_def *s = &form->sections[i];

		for (size_t k = 0; k < s->entry_count; k++)
			if (s->entries[k].field &&
			    is_open(from, s->entries[k].field->cell))
				add_field(doc, from, s->entries[k].field, s);
	}
}

struct document *document_new(const struct report *r,
			      const struct document_options *options)
{
	static const struct document_options none;
	const struct source from = { r, options ? options : &none };
	const struct form_def *form = report_form(r);
	struct document *doc = start(form, title_of(r), from.options->mark);
	char digest[DIGEST_TEXT];

	doc->unit = clean_line(report_unit(r));
	doc->year = report_year(r);
	doc->date = meta_text(r, "meta.date");
	doc->digest = xstrdup(report_digest(r, digest));
	doc->break_count = report_title_breaks(r, doc->title, doc->breaks,
					       DOCUMENT_BREAKS);
	if (from.options->signature == SIGNATURE_TITLE)
		add_sub(doc, r);
	add_lead(doc, &from);
	for (size_t i = 0; i < form->body_count; i++)
		add_section(doc, &from, &form->sections[i]);
	add_end(doc, r, from.options->signature);
	add_open(doc, &from);
	return doc;
}

/* ---- the title's lines ---- */

static void add_title_lines(const struct document *doc, unsigned set,
			    struct str *out)
{
	size_t from = 0;

	for (size_t i = 0; i < doc->break_count; i++) {
		if (!(set >> i & 1))
			continue;
		str_addn(out, doc->title + from, doc->breaks[i] - from);
		str_addc(out, '\n');
		from = doc->breaks[i];
	}
	str_add(out, doc->title + from);
}

/* Try every set of breaks: few lines first, then the widest as narrow as can
 * be. */
void document_title(const struct document *doc, int cells, struct str *out)
{
	unsigned best = 0;
	int least_lines = INT_MAX, least_width = INT_MAX;

	for (unsigned set = 0; set < 1u << doc->break_count; set++) {
		int lines = 1, widest = 0;
		size_t from = 0;

		for (size_t i = 0; i <= doc->break_count; i++) {
			size_t to = i < doc->break_count ? doc->breaks[i]
							 : strlen(doc->title);
			int width;

			if (i < doc->break_count && !(set >> i & 1))
				continue;
			width = text_cells(doc->title + from, to - from);
			/* a line that does not fit is broken by the writer */
			lines += (i < doc->break_count) +
				 (width > cells ? width / cells : 0) * 4;
			widest = width > widest ? width : widest;
			from = to;
		}
		if (lines < least_lines ||
		    (lines == least_lines && widest < least_width)) {
			least_lines = lines;
			least_width = widest;
			best = set;
		}
	}
	add_title_lines(doc, best, out);
}

static void add_item(struct document *doc, const struct item_def *item,
		     const struct section_def *section)
{
	const char *text = item->text ? item->text : item->label;
	struct block *b;

	b = document_add(doc, BLOCK_ITEM,
			 item->basis
				 ? str_printf("□ %s（%s）", text, item->basis)
				 : str_printf("□ %s", text));
	b->section = section;
}

static void add_checks(struct document *doc, const struct section_def *section,
		       const char *kind)
{
	if (section->item_count == 0)
		return;
	add_heading(doc, section);
	if (section->guide)
		document_add_prose(doc, BLOCK_PARAGRAPH, section->guide,
				   section);
	for (size_t i = 0; i < section->item_count; i++)
		if (!kind || form_lists(section->items[i].kinds, kind))
			add_item(doc, &section->items[i], section);
}

struct document *document_checklist(const struct form_def *form,
				    const char *kind)
{
	struct document *doc =
		start(form, str_printf("%s填报检查单", form->name), NULL);

	doc->unit = xstrdup("");
	doc->date = xstrdup("");
	doc->digest = xstrdup("");
	for (size_t i = 0; i < form->section_count; i++)
		add_checks(doc, &form->sections[i], kind);
	return doc;
}

static void free_blocks(struct document *doc, size_t from)
{
	for (size_t i = from; i < doc->count; i++) {
		free(doc->blocks[i].text);
		table_free(doc->blocks[i].table);
	}
	doc->count = from;
}

void document_clear(struct document *doc)
{
	free_blocks(doc, doc->blocks[0].kind == BLOCK_MARK);
}

bool document_has(const struct document *doc, enum block_kind kind)
{
	for (size_t i = 0; i < doc->count; i++)
		if (doc->blocks[i].kind == kind)
			return true;
	return false;
}

void document_free(struct document *doc)
{
	if (!doc)
		return;
	free_blocks(doc, 0);
	free(doc->blocks);
	free(doc->title);
	free(doc->unit);
	free(doc->date);
	free(doc->digest);
	free(doc);
}

static const char *const state_marks[STATE_COUNT] = {
	[STATE_DRAFT] = "草稿",
	[STATE_SUBMITTED] = "送审稿",
	[STATE_RETURNED] = "草稿",
	[STATE_DISCARDED] = "草稿（已作废）",
};

const char *document_stage(enum state state)
{
	return state_marks[state];
}

char *document_mark(const struct store *s, enum state state)
{
	const char *stage = state_marks[state];
	bool demo = store_is_demo(s);

	if (!stage && !demo)
		return NULL;
	return str_printf("%s%s%s", stage ? stage : "",
			  stage && demo ? "　" : "", demo ? "演示数据" : "");
}
