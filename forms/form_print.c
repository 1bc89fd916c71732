/* The printed geometry of a grid: rows of cells with their spans. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"
#include "forms/form_load.h"

enum {
	WIDTH_MAX = 31680
};

struct printer {
	struct loader *l;
	const struct grid_def *grid;
	struct print_table *table;
	int *cover; /* rows that a cell above still covers, a column */
	char *seen; /* value cells printed */
};

static const char *group_label(const struct xml_node *n, const char *id)
{
	for (n = xml_child(n); n; n = xml_next(n)) {
		const char *label;

		if (xml_is(n, "group") && xml_attr(n, "id") &&
		    strcmp(xml_attr(n, "id"), id) == 0)
			return xml_attr(n, "label");
		label = group_label(n, id);
		if (label)
			return label;
	}
	return NULL;
}

static const char *column_label(const struct grid_def *grid, const char *id)
{
	for (size_t i = 0; i < grid->band_count; i++) {
		const struct column_def *c =
			form_band_column(&grid->bands[i], id);

		if (c)
			return c->label;
	}
	return NULL;
}

static const struct row_def *row_named(struct printer *p,
				       const struct xml_node *n)
{
	const struct row_def *row = form_grid_row(p->grid, xml_attr(n, "row"));

	if (!row)
		form_fail(p->l, n, _("表里没有 %s 这一行"), xml_attr(n, "row"));
	return row;
}

/* What a <td> prints. */
static void td_content(struct printer *p, const struct xml_node *n,
		       const struct xml_node *grid, struct print_cell *c)
{
	struct loader *l = p->l;

	c->cell = FORM_NO_CELL;
	if (xml_attr(n, "cell"))
		c->cell = form_find_cell(l, n, xml_attr(n, "cell"));
	else if (xml_attr(n, "row"))
		c->text = row_named(p, n) ? row_named(p, n)->label : "";
	else if (xml_attr(n, "column"))
		c->text = column_label(p->grid, xml_attr(n, "column"));
	else if (xml_attr(n, "group"))
		c->text = group_label(grid, xml_attr(n, "group"));
	else
		c->text = xml_text(l->x, n);
	if (!c->text && c->cell == FORM_NO_CELL)
		form_fail(l, n, _("这一格要印的行、列或组不存在"));
}

static void note_value(struct printer *p, const struct xml_node *n, size_t cell)
{
	if (cell == FORM_NO_CELL)
		return;
	if (p->seen[cell])
		form_fail(p->l, n, _("%s 印了两次"), p->l->cells[cell].path);
	p->seen[cell] = 1;
}

/* Put a cell at the next column that nothing above covers. */
static void place(struct printer *p, const struct xml_node *n, size_t *column,
		  const struct print_cell *c)
{
	size_t end;

	while (*column < p->table->columns && p->cover[*column] > 0)
		(*column)++;
	end = *column + (size_t)c->colspan;
	if (c->colspan < 1 || c->rowspan < 1 || end > p->table->columns) {
		form_fail(p->l, n, _("这一行超出了表的 %zu 列"),
			  p->table->columns);
		return;
	}
	for (; *column < end; (*column)++) {
		if (p->cover[*column] > 0)
			form_fail(p->l, n, _("这一格压在上面合并的格上"));
		p->cover[*column] = c->rowspan;
	}
	note_value(p, n, c->cell);
}

static void read_td(struct printer *p, const struct xml_node *n,
		    const struct xml_node *grid, struct print_cell *c)
{
	const char *align = xml_attr(n, "align");

	td_content(p, n, grid, c);
	c->colspan = (int)form_number(p->l, n, "span", 1);
	c->rowspan = (int)form_number(p->l, n, "rows", 1);
	c->band = form_yes(n, "band");
	c->align =
		align && strcmp(align, "left") == 0 ? PRINT_LEFT : PRINT_CENTRE;
}

static size_t count_cells(struct printer *p, const struct xml_node *tr)
{
	size_t count = form_children(tr, "td");

	for (const struct xml_node *n = xml_child(tr); n; n = xml_next(n))
		if (xml_is(n, "values") && row_named(p, n))
			count += row_named(p, n)->band->column_count;
	return count;
}

static void read_tr(struct printer *p, const struct xml_node *tr,
		    const struct xml_node *grid, struct print_row *row)
{
	struct print_cell *c =
		form_alloc(p->l, count_cells(p, tr) + 1, sizeof *c);
	size_t column = 0;

	row->cells = c;
	row->head = form_yes(tr, "head");
	row->height = (int)form_number(p->l, tr, "height", 0);
	for (const struct xml_node *n = xml_child(tr); n && !p->l->failed;
	     n = xml_next(n)) {
		const struct row_def *r;

		if (xml_is(n, "td")) {
			read_td(p, n, grid, c);
			place(p, n, &column, c++);
			continue;
		}
		r = row_named(p, n);
		for (size_t i = 0; r && i < r->band->column_count; i++, c++) {
			*c = (struct print_cell){ .cell = r->cells[i],
						  .colspan = 1,
						  .rowspan = 1,
						  .align = PRINT_CENTRE };
			place(p, n, &column, c);
		}
	}
	row->count = (size_t)(c - row->cells);
	for (size_t i = 0; i < p->table->columns && !p->l->failed; i++)
		if (p->cover[i]-- < 1)
			form_fail(p->l, tr, _("这一行没有排满 %zu 列"),
				  p->table->columns);
}

/* A twentieth of a point; no paper is wider than Word's 22 inches. */
static int read_width(struct printer *p, const struct xml_node *n,
		      const char *word)
{
	size_t len = strlen(word);
	int width =
		len <= 5 && strspn(word, "0123456789") == len ? atoi(word) : 0;

	if (width < 1 || width > WIDTH_MAX)
		form_fail(p->l, n, _("列宽 %s 不是 1 到 %d 的整数"), word,
			  WIDTH_MAX);
	return width;
}

static void read_widths(struct printer *p, const struct xml_node *n)
{
	const char *const *words = form_words(p->l, xml_attr(n, "widths"), ' ',
					      &p->table->columns);
	int *widths = form_alloc(p->l, p->table->columns + 1, sizeof *widths);

	for (size_t i = 0; i < p->table->columns; i++)
		widths[i] = read_width(p, n, words[i]);
	p->table->widths = widths;
}

static void all_printed(struct printer *p, const struct xml_node *n)
{
	for (size_t i = 0; i < p->l->cell_count && !p->l->failed; i++)
		if (p->l->cells[i].grid == p->grid && !p->seen[i])
			form_fail(p->l, n, _("%s 没有印在表里"),
				  p->l->cells[i].path);
}

void form_grid_print(struct loader *l, const struct xml_node *grid,
		     struct grid_def *def)
{
	const struct xml_node *n = xml_find(grid, "print");
	struct printer p = { .l = l, .grid = def, .table = &def->print };
	struct print_row *row;

	if (!n) {
		form_fail(l, grid, _("表没有写 <print>"));
		return;
	}
	read_widths(&p, n);
	p.cover = xcalloc(p.table->columns + 1, sizeof *p.cover);
	p.seen = xcalloc(l->cell_count + 1, 1);
	p.table->row_count = form_children(n, "tr");
	row = form_alloc(l, p.table->row_count + 1, sizeof *row);
	p.table->rows = row;
	for (const struct xml_node *tr = xml_child(n); tr && !l->failed;
	     tr = xml_next(tr))
		read_tr(&p, tr, grid, row++);
	all_printed(&p, n);
	free(p.cover);
	free(p.seen);
}
