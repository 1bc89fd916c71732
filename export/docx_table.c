#include "export/docx_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"

/* Half-points tried in turn, until every number fits its column. */
static const int sizes[] = { 20, 18, 15, 13, 11, 10, 9 };

enum {
	LABEL_LEAST = 1500, /* twips left to a column of labels */
	SPARE = 40,         /* beside a number: lines, another face */
	LONG = 8,           /* digits: then for the widest face, too */
};

/* What every cell of a table needs to know. */
struct frame {
	const struct table *t;
	const struct layout *layout;
	const struct table_spot *spots;
	int *widths;
	int size;        /* of its text, half-points */
	const char *run; /* properties of its runs: a smaller size */
	bool attached;
};

int *docx_scale(const int *widths, size_t count, int total)
{
	int *scaled = xcalloc(count, sizeof *scaled);
	int64_t *rest = xcalloc(count, sizeof *rest);
	int64_t sum = 0;
	int left = total;

	for (size_t i = 0; i < count; i++)
		sum += widths[i];
	for (size_t i = 0; i < count && sum > 0; i++) {
		int64_t whole = (int64_t)widths[i] * total;

		scaled[i] = (int)(whole / sum);
		rest[i] = whole % sum;
		left -= scaled[i];
	}
	for (; left > 0 && count > 0; left--) {
		size_t most = 0;

		for (size_t i = 1; i < count; i++)
			if (rest[i] > rest[most])
				most = i;
		scaled[most]++;
		rest[most] = -1;
	}
	free(rest);
	return scaled;
}

static int width_of(const struct frame *f, size_t column, int span)
{
	int width = 0;

	for (int i = 0; i < span; i++)
		width += f->widths[column + (size_t)i];
	return width;
}

/* How much wider the value at spot `i` wants its column to be, in twips.  A
 * digit is half as wide as it is high: size / 4 points, 20 twips a point; in
 * faces that stand in for Times where there is none, up to 0.64 of it. */
static int lacks(const struct frame *f, size_t i, int size)
{
	const struct table_spot *s = &f->spots[i];
	const struct table_cell *c = s->cell;
	int count, digit;

	if (!c || c->cell == FORM_NO_CELL)
		return 0;
	count = (int)strlen(c->text);
	digit = count < LONG ? 50 : 64;
	return count * size * digit / 10 + 2 * f->layout->cell_margin -
	       width_of(f, s->column, c->colspan);
}

static bool fits(const struct frame *f, int size)
{
	for (size_t i = 0; i < f->t->row_count * f->t->columns; i++)
		if (lacks(f, i, size) > 0)
			return false;
	return true;
}

/* The widest of the columns that hold labels alone, or `columns`. */
static size_t giver(const struct frame *f)
{
	size_t columns = f->t->columns, widest = columns;

	for (size_t c = 0; c < columns; c++) {
		bool labels = true;

		for (size_t r = 0; r < f->t->row_count && labels; r++) {
			const struct table_cell *cell =
				f->spots[r * columns + c].cell;

			labels = !cell || cell->cell == FORM_NO_CELL;
		}
		if (labels &&
		    (widest == columns || f->widths[c] > f->widths[widest]))
			widest = c;
	}
	return widest;
}

/* Long numbers take room from the labels, as far as these can spare it. */
static bool widen(struct frame *f, int size)
{
	size_t columns = f->t->columns, from = giver(f), i;
	int *old = xcalloc(columns, sizeof *old);

	memcpy(old, f->widths, columns * sizeof *old);
	for (i = 0; from < columns && i < f->t->row_count * columns; i++) {
		int more = lacks(f, i, size);

		if (more <= 0 || f->spots[i].cell->colspan > 1)
			continue;
		f->widths[f->spots[i].column] += more + SPARE;
		f->widths[from] -= more + SPARE;
	}
	if (from < columns && f->widths[from] >= LABEL_LEAST && fits(f, size)) {
		free(old);
		return true;
	}
	memcpy(f->widths, old, columns * sizeof *old);
	free(old);
	return false;
}

static int run_size(struct frame *f)
{
	size_t last = sizeof sizes / sizeof *sizes - 1;

	for (size_t i = 0; i <= last; i++)
		if (sizes[i] <= f->layout->cell_size &&
		    (fits(f, sizes[i]) || widen(f, sizes[i])))
			return sizes[i];
	return sizes[last];
}

static char *run_properties(const struct frame *f)
{
	if (f->size == f->layout->cell_size)
		return xstrdup("");
	return str_printf("<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", f->size,
			  f->size);
}

/* A Chinese word has two characters: where three fit into a column, a head of
 * more is given room for two, as in the template: 商业/企业, not 商业企/业. */
static int head_margin(const struct frame *f, const struct table_spot *s)
{
	int width = width_of(f, s->column, 1), wide = f->size * 10;
	int room = width - 2 * f->layout->cell_margin;
	int cells = text_cells(s->cell->text, strlen(s->cell->text));

	if (room / wide != 3 || cells <= 6)
		return 0;
	return (width - 2 * wide - wide / 2) / 2;
}

static void add_margins(int margin, struct str *out)
{
	if (margin > 0)
		str_addf(out,
			 "<w:tcMar><w:left w:w=\"%d\" w:type=\"dxa\"/>"
			 "<w:right w:w=\"%d\" w:type=\"dxa\"/></w:tcMar>",
			 margin, margin);
}

static void add_properties(const struct frame *f, const struct table_spot *s,
			   bool start, struct str *out)
{
	const struct table_cell *c = s->cell;
	int span = c ? c->colspan : 1;

	str_addf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>",
		 width_of(f, s->column, span));
	if (span > 1)
		str_addf(out, "<w:gridSpan w:val=\"%d\"/>", span);
	if (c && c->rowspan > 1)
		str_add(out, start ? "<w:vMerge w:val=\"restart\"/>"
				   : "<w:vMerge/>");
	if (c && c->band)
		str_add(out, "<w:shd w:val=\"clear\" w:color=\"auto\" "
			     "w:fill=\"C6D9F1\"/>");
	if (c && f->t->rows[s->row].head && span == 1 &&
	    c->align == PRINT_CENTRE)
		add_margins(head_margin(f, s), out);
	str_add(out, "<w:vAlign w:val=\"center\"/></w:tcPr>");
}

/* The table stays on one page: every line keeps the next but the last. */
static void add_cell(const struct frame *f, const struct table_spot *s,
		     size_t row, struct str *out)
{
	bool start = s->row == row, last = row + 1 == f->t->row_count;
	bool left = s->cell && s->cell->align == PRINT_LEFT;

	add_properties(f, s, start, out);
	str_add(out, left ? "<w:p><w:pPr><w:pStyle w:val=\"CellLeft\"/>"
			  : "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/>");
	if (last && !f->attached)
		str_add(out, "<w:keepNext w:val=\"0\"/>");
	str_add(out, "</w:pPr>");
	if (start && s->cell)
		docx_run(s->cell->text, f->run, out);
	str_add(out, "</w:p></w:tc>");
}

static void add_row(const struct frame *f, size_t row, struct str *out)
{
	const struct table_row *r = &f->t->rows[row];
	const struct table_spot *spots = f->spots + row * f->t->columns;

	str_add(out, "<w:tr><w:trPr><w:cantSplit/>");
	str_addf(out, "<w:trHeight w:val=\"%d\" w:hRule=\"atLeast\"/>",
		 r->height > 0 ? r->height : f->layout->row_height);
	if (r->head)
		str_add(out, "<w:tblHeader/>");
	str_add(out, "</w:trPr>");
	for (size_t c = 0; c < f->t->columns; c++)
		if (spots[c].column == c)
			add_cell(f, &spots[c], row, out);
	str_add(out, "</w:tr>");
}

static int sum_of(const int *widths, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += widths[i];
	return sum;
}

void docx_table(const struct table *t, const struct layout *layout,
		bool attached, struct str *out)
{
	struct table_spot *spots = table_spread(t);
	int total = layout->table_width ? layout->table_width
					: sum_of(t->widths, t->columns);
	struct frame f = { .t = t,
			   .layout = layout,
			   .spots = spots,
			   .widths = docx_scale(t->widths, t->columns, total),
			   .attached = attached };
	char *run;

	f.size = run_size(&f);
	f.run = run = run_properties(&f);
	str_addf(out,
		 "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/>"
		 "<w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
		 "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
		 total);
	for (size_t i = 0; i < t->columns; i++)
		str_addf(out, "<w:gridCol w:w=\"%d\"/>", f.widths[i]);
	str_add(out, "</w:tblGrid>");
	for (size_t r = 0; r < t->row_count; r++)
		add_row(&f, r, out);
	str_add(out, "</w:tbl>");
	free(run);
	free(f.widths);
	free(spots);
}
