#include "export/text_table.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"

enum {
	LABEL_LEAST = 4, /* two characters side by side */
};

struct layout {
	const struct table *t;
	const struct table_spot *spots;
	int *widths;              /* cells of each column, without frames */
	int *heights;             /* lines of each row, without rules */
	struct text_lines *lines; /* one a spot, at the spot where it starts */
};

static const struct table_spot *spot_at(const struct layout *l, size_t row,
					size_t column)
{
	return &l->spots[row * l->t->columns + column];
}

static bool starts(const struct table_spot *s, size_t row, size_t column)
{
	return s->row == row && s->column == column;
}

static int colspan(const struct table_spot *s)
{
	return s->cell ? s->cell->colspan : 1;
}

static int rowspan(const struct table_spot *s)
{
	return s->cell ? s->cell->rowspan : 1;
}

static struct text_lines *lines_of(const struct layout *l,
				   const struct table_spot *s)
{
	return &l->lines[s->row * l->t->columns + s->column];
}

/* ---- widths ---- */

static int least_width(const struct table_cell *c)
{
	int cells = text_cells(c->text, strlen(c->text));

	return c->cell == FORM_NO_CELL && cells > LABEL_LEAST ? LABEL_LEAST
							      : cells;
}

static int span_width(const struct layout *l, const struct table_spot *s)
{
	int width = colspan(s) - 1; /* the frames between */

	for (int i = 0; i < colspan(s); i++)
		width += l->widths[s->column + (size_t)i];
	return width;
}

/* What each column must have; cells over several columns widen the last. */
static void need_widths(struct layout *l)
{
	for (int merged = 0; merged <= 1; merged++)
		for (size_t r = 0; r < l->t->row_count; r++)
			for (size_t c = 0; c < l->t->columns; c++) {
				const struct table_spot *s = spot_at(l, r, c);
				size_t last = c + (size_t)colspan(s) - 1;
				int lack;

				if (!s->cell || !starts(s, r, c) ||
				    (colspan(s) > 1) != merged)
					continue;
				lack = least_width(s->cell) - span_width(l, s);
				if (lack > 0)
					l->widths[last] += lack;
			}
}

/* Give the cells that are left to the columns that are shortest of their share
 * of the template's width. */
static void share_rest(struct layout *l, int left)
{
	const int *shares = l->t->widths;

	for (; left > 0; left--) {
		size_t most = 0;

		for (size_t i = 1; i < l->t->columns; i++) {
			/* widths[i] / shares[i] < widths[most] / … */
			int64_t a = (int64_t)l->widths[i] * shares[most];
			int64_t b = (int64_t)l->widths[most] * shares[i];

			if (a < b)
				most = i;
		}
		l->widths[most]++;
	}
}

static bool has_value(const struct layout *l, size_t column)
{
	for (size_t r = 0; r < l->t->row_count; r++) {
		const struct table_spot *s = spot_at(l, r, column);

		if (s->cell && s->cell->cell != FORM_NO_CELL)
			return true;
	}
	return false;
}

/* Labels are wide characters: of two odd columns one gives its odd cell to the
 * other. */
static void even_labels(struct layout *l)
{
	size_t odd = l->t->columns;

	for (size_t i = 0; i < l->t->columns; i++) {
		if (l->widths[i] % 2 == 0 || has_value(l, i))
			continue;
		if (odd == l->t->columns) {
			odd = i;
			continue;
		}
		l->widths[odd]--;
		l->widths[i]++;
		odd = l->t->columns;
	}
}

static void find_widths(struct layout *l, int width)
{
	int left = width - (int)l->t->columns - 1;

	for (size_t i = 0; i < l->t->columns; i++)
		l->widths[i] = 2;
	need_widths(l);
	for (size_t i = 0; i < l->t->columns; i++)
		left -= l->widths[i];
	share_rest(l, left);
	even_labels(l);
}

/* ---- heights ---- */

/* Lines from the top of row `from` through row `to`, the rules between too. */
static int lines_between(const struct layout *l, size_t from, size_t to)
{
	int n = (int)(to - from);

	for (size_t r = from; r <= to && r < l->t->row_count; r++)
		n += l->heights[r];
	return n;
}

static size_t last_row(const struct layout *l, const struct table_spot *s)
{
	size_t last = s->row + (size_t)rowspan(s) - 1;

	return last < l->t->row_count ? last : l->t->row_count - 1;
}

static void wrap_cells(struct layout *l)
{
	for (size_t r = 0; r < l->t->row_count; r++)
		for (size_t c = 0; c < l->t->columns; c++) {
			const struct table_spot *s = spot_at(l, r, c);

			if (s->cell && starts(s, r, c))
				text_wrap(lines_of(l, s), s->cell->text,
					  strlen(s->cell->text),
					  span_width(l, s));
		}
}

static void find_heights(struct layout *l)
{
	for (size_t r = 0; r < l->t->row_count; r++)
		l->heights[r] = 1;
	for (int merged = 0; merged <= 1; merged++)
		for (size_t r = 0; r < l->t->row_count; r++)
			for (size_t c = 0; c < l->t->columns; c++) {
				const struct table_spot *s = spot_at(l, r, c);
				size_t end = last_row(l, s);
				int lack;

				if (!starts(s, r, c) ||
				    (rowspan(s) > 1) != merged)
					continue;
				lack = (int)lines_of(l, s)->count -
				       lines_between(l, r, end);
				if (lack > 0)
					l->heights[end] += lack;
			}
}

/* ---- drawing ---- */

static void add_many(struct str *out, char c, int n)
{
	while (n-- > 0)
		str_addc(out, c);
}

/* Line `at` of the merged cell `s`, its text in the middle of its height. */
static void draw_text(const struct layout *l, const struct table_spot *s,
		      int at, struct str *out)
{
	const struct text_lines *w = lines_of(l, s);
	int width = span_width(l, s);
	int above =
		(lines_between(l, s->row, last_row(l, s)) - (int)w->count) / 2;
	const struct text_line *line;
	int before = 0;

	if (at < above || at >= above + (int)w->count) {
		add_many(out, ' ', width);
		return;
	}
	line = &w->line[at - above];
	if (s->cell->align == PRINT_CENTRE)
		before = (width - line->cells) / 2;
	add_many(out, ' ', before);
	str_addn(out, s->cell->text + line->start, line->len);
	add_many(out, ' ', width - line->cells - before);
}

static void draw_row(const struct layout *l, size_t row, struct str *out)
{
	for (int k = 0; k < l->heights[row]; k++) {
		for (size_t c = 0; c < l->t->columns;) {
			const struct table_spot *s = spot_at(l, row, c);
			int at = k;

			if (s->row < row)
				at += lines_between(l, s->row, row - 1) + 1;
			str_addc(out, '|');
			draw_text(l, s, at, out);
			c += (size_t)colspan(s);
		}
		str_add(out, "|\n");
	}
}

/* Does a line run down at the left of column c in this row? */
static bool upright(const struct layout *l, size_t row, size_t c)
{
	return row < l->t->row_count && (c == 0 || c == l->t->columns ||
					 spot_at(l, row, c)->column == c);
}

/* Does one cell stand above and below the rule over `row` in column c? */
static bool crossed(const struct layout *l, size_t row, size_t c)
{
	return row > 0 && row < l->t->row_count && c < l->t->columns &&
	       spot_at(l, row, c)->row < row;
}

/* The sign at the left of column c on the rule over `row`. */
static char corner(const struct layout *l, size_t row, size_t c)
{
	bool level = (c > 0 && !crossed(l, row, c - 1)) ||
		     (c < l->t->columns && !crossed(l, row, c));
	bool up = (row > 0 && upright(l, row - 1, c)) || upright(l, row, c);

	return level && up ? '+' : level ? '-' : '|';
}

static void draw_rule(const struct layout *l, size_t row, struct str *out)
{
	for (size_t c = 0; c < l->t->columns;) {
		const struct table_spot *s;

		str_addc(out, corner(l, row, c));
		if (!crossed(l, row, c)) {
			add_many(out, '-', l->widths[c++]);
			continue;
		}
		s = spot_at(l, row, c);
		draw_text(l, s, lines_between(l, s->row, row - 1), out);
		c += (size_t)colspan(s);
	}
	str_addc(out, corner(l, row, l->t->columns));
	str_addc(out, '\n');
}

void text_table(const struct table *t, int width, struct str *out)
{
	size_t cells = t->row_count * t->columns;
	struct table_spot *spots = table_spread(t);
	struct layout l = { t, spots, xcalloc(t->columns + 1, sizeof(int)),
			    xcalloc(t->row_count + 1, sizeof(int)),
			    xcalloc(cells + 1, sizeof *l.lines) };

	find_widths(&l, width);
	wrap_cells(&l);
	find_heights(&l);
	for (size_t r = 0; r < t->row_count; r++) {
		draw_rule(&l, r, out);
		draw_row(&l, r, out);
	}
	draw_rule(&l, t->row_count, out);
	for (size_t i = 0; i < cells; i++)
		text_lines_free(&l.lines[i]);
	free(l.lines);
	free(l.heights);
	free(l.widths);
	free(spots);
}
