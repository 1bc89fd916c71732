/* A table of the form on a sheet of its own. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "export/docx_parts.h"
#include "export/xlsx_impl.h"

enum {
	TABLE_PIXELS = 900,
	ROW_LEAST = 24,
};

/* A table on its way to a sheet. */
struct sketch {
	struct xlsx_sheet *s;
	const struct table *t;
	struct table_spot *spots;
	lxw_row_t top;
	uint32_t *heights; /* one a row, pixels */
};

static enum xlsx_look label_look(const struct table_cell *c)
{
	if (!c)
		return LOOK_CENTRE;
	if (c->align == PRINT_LEFT)
		return c->band ? LOOK_BAND_LEFT : LOOK_LEFT;
	return c->band ? LOOK_BAND_CENTRE : LOOK_CENTRE;
}

static const struct table_cell *starts_at(const struct sketch *k, size_t row,
					  size_t column)
{
	const struct table_spot *spot = &k->spots[row * k->t->columns + column];

	return spot->row == row && spot->column == column ? spot->cell : NULL;
}

/* Make the last of the rows it covers so high that a label fits. */
static void make_room(struct sketch *k, size_t row, size_t column,
		      const struct table_cell *c)
{
	size_t last = row + (size_t)c->rowspan - 1;
	uint32_t need =
		xlsx_height(k->s, column, column + (size_t)c->colspan - 1,
			    c->text, label_look(c));
	uint32_t have = 0;

	for (size_t i = row; i <= last; i++)
		have += k->heights[i];
	if (need > have)
		k->heights[last] += need - have;
}

/* Labels of one row first: they ask for no more than they need. */
static void measure(struct sketch *k)
{
	for (size_t r = 0; r < k->t->row_count; r++) {
		/* twips are twentieths of a point, a pixel three quarters */
		uint32_t least = (uint32_t)k->t->rows[r].height / 15;

		k->heights[r] = least < ROW_LEAST ? ROW_LEAST : least;
	}
	for (int tall = 0; tall <= 1; tall++)
		for (size_t r = 0; r < k->t->row_count; r++)
			for (size_t c = 0; c < k->t->columns; c++) {
				const struct table_cell *cell =
					starts_at(k, r, c);

				if (cell && (cell->rowspan > 1) == tall)
					make_room(k, r, c, cell);
			}
	for (size_t r = 0; r < k->t->row_count; r++)
		xlsx_row_height(k->s, k->top + (lxw_row_t)r, k->heights[r]);
}

/* Labels are written; of a value's cell only the place is noted. */
static void place(struct sketch *k, size_t row, size_t column)
{
	const struct table_spot *spot = &k->spots[row * k->t->columns + column];
	const struct table_cell *c = spot->cell;
	lxw_row_t top = k->top + (lxw_row_t)row;
	lxw_col_t left = (lxw_col_t)column;
	struct xlsx_place at = { k->s, top, top, left, left };

	if (spot->row != row || spot->column != column)
		return;
	if (c) {
		at.bottom += (lxw_row_t)(c->rowspan - 1);
		at.right = (lxw_col_t)(left + c->colspan - 1);
	}
	if (c && c->cell != FORM_NO_CELL)
		k->s->book->places[c->cell] = at;
	else
		xlsx_put(&at, c ? c->text : "", label_look(c));
}

/* Title, whose table it is, and how to fill it in. */
static void add_head(struct xlsx_sheet *s, const struct section_def *section)
{
	const struct document *doc = s->book->job->document;
	size_t last = s->columns - 1;
	char *title = section->number ? str_printf("%s、%s", section->number,
						   section->title)
				      : xstrdup(section->title);
	char *whose = str_printf("%s　　%d年度　　%s", doc->unit, doc->year,
				 section->grid->title);

	s->row += xlsx_text(s, s->row, 0, last, title, LOOK_TITLE);
	s->row += xlsx_text(s, s->row, 0, last, whose, LOOK_SMALL);
	if (s->book->blank)
		s->row += xlsx_text(
			s, s->row, 0, last,
			"填写说明：只填浅黄色的格，其他格已锁定。格里只填数，"
			"不写文字和单位；没有发生的填 0，不要留空。灰色的合计"
			"自动相加。填完后保存，把这个文件发回。",
			LOOK_SMALL);
	free(whose);
	free(title);
}

/* So many columns as make a fifth of the width hold the labels of the lines
 * below. */
static size_t split_of(const struct xlsx_sheet *s)
{
	int sum = 0, width = 0;
	size_t split = 0;

	for (size_t i = 0; i < s->columns; i++)
		sum += s->widths[i];
	while (split + 1 < s->columns && width < sum / 5)
		width += s->widths[split++];
	return split ? split : 1;
}

/* The note below, and what else stands in the section. */
static void add_fields(struct xlsx_sheet *s, const struct section_def *section)
{
	struct xlsx *x = s->book;

	for (size_t i = 0; i < section->entry_count && s->columns > 1; i++) {
		const struct field_def *field = section->entries[i].field;
		struct value v;

		if (!field)
			continue;
		v = report_get(x->report, field->cell);
		if (x->blank || !field->optional || v.kind != VALUE_BLANK)
			xlsx_field(s, field, split_of(s));
	}
}

static struct xlsx_sheet *add_sheet(struct xlsx *x, const struct block *b)
{
	int *widths =
		docx_scale(b->table->widths, b->table->columns, TABLE_PIXELS);
	const struct section_def *section = b->section;
	char *name = section->number ? str_printf("%s %s", section->number,
						  section->brief)
				     : xstrdup(section->brief);
	struct xlsx_sheet *s =
		xlsx_sheet_add(x, name, widths, b->table->columns);

	free(name);
	free(widths);
	return s;
}

void xlsx_table(struct xlsx *x, const struct block *block)
{
	const struct table *t = block->table;
	struct sketch k = { .s = add_sheet(x, block), .t = t };
	size_t heads = 0;

	add_head(k.s, block->section);
	k.top = k.s->row;
	k.spots = table_spread(t);
	k.heights = xcalloc(t->row_count + 1, sizeof *k.heights);
	measure(&k);
	for (size_t r = 0; r < t->row_count; r++)
		for (size_t c = 0; c < t->columns; c++)
			place(&k, r, c);
	k.s->row += (lxw_row_t)t->row_count;
	add_fields(k.s, block->section);
	while (heads < t->row_count && t->rows[heads].head)
		heads++;
	xlsx_sheet_finish(k.s, k.top, k.top + (lxw_row_t)heads);
	free(k.heights);
	free(k.spots);
}
