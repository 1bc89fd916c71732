#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/tr.h"
#include "forms/form_load.h"

/* A band while it is read: rows stand in groups, groups in groups. */
struct band_reader {
	struct loader *l;
	struct band_def *band;
	struct row_def *row; /* the next one */
	const struct grid_def *grid;
	size_t row_index; /* in the grid */
};

const struct row_def *form_grid_row(const struct grid_def *grid, const char *id)
{
	for (size_t i = 0; i < grid->row_count; i++)
		if (strcmp(grid->rows[i]->id, id) == 0)
			return grid->rows[i];
	return NULL;
}

const struct column_def *form_band_column(const struct band_def *band,
					  const char *id)
{
	for (size_t i = 0; i < band->column_count; i++)
		if (strcmp(band->columns[i].id, id) == 0)
			return &band->columns[i];
	return NULL;
}

static size_t count_deep(const struct xml_node *n, const char *name)
{
	size_t count = 0;

	for (n = xml_child(n); n; n = xml_next(n))
		count += xml_is(n, name)      ? 1
			 : xml_is(n, "group") ? count_deep(n, name)
					      : 0;
	return count;
}

static void read_columns(struct loader *l, const struct xml_node *n,
			 struct band_def *band)
{
	struct column_def *c;

	band->column_count = form_children(n, "column");
	c = form_alloc(l, band->column_count + 1, sizeof *c);
	band->columns = c;
	for (n = xml_child(n); n; n = xml_next(n)) {
		if (!xml_is(n, "column"))
			continue;
		c->id = form_attr(n, "id", "");
		c->label = form_label(l, n);
		c->brief = form_attr(n, "brief", c->label);
		c->help = form_help(l, n);
		c->sum = form_yes(n, "sum");
		c++;
	}
}

static const char *full_label(struct loader *l, const struct row_def *row)
{
	return row->group ? form_join(l, row->group->label, " ", row->label)
			  : row->label;
}

static void add_cells(struct band_reader *r, const struct xml_node *n,
		      struct row_def *row, const struct xml_node *band)
{
	struct loader *l = r->l;
	size_t *cells = form_alloc(l, r->band->column_count + 1, sizeof *cells);
	const struct xml_node *column = xml_child(band);

	row->cells = cells;
	for (size_t i = 0; i < r->band->column_count; i++) {
		const struct column_def *c = &r->band->columns[i];
		struct cell_def *cell;

		while (!xml_is(column, "column"))
			column = xml_next(column);
		cells[i] = l->cell_count;
		cell = form_add_cell(
			l, n,
			form_path(l, r->grid->section->id, row->id, c->id));
		cell->section = r->grid->section;
		cell->grid = r->grid;
		cell->row = row;
		cell->column = c;
		cell->row_index = r->row_index;
		cell->column_index = i;
		form_number_kind(l, n, form_attr(n, "kind", "count"), cell);
		cell->allow_na = form_yes(n, "allow-na");
		cell->required = !row->sum && !c->sum;
		cell->opening = (form_yes(n, "opening") ||
				 form_yes(column, "opening")) &&
				cell->required;
		cell->say = form_join(l, row->say, " · ", c->label);
		column = xml_next(column);
	}
}

static void read_row(struct band_reader *r, const struct xml_node *n,
		     const struct group_def *group, const struct xml_node *band)
{
	struct loader *l = r->l;
	struct row_def *row = r->row++;

	row->id = form_attr(n, "id", "");
	row->label = form_label(l, n);
	row->brief = form_attr(n, "brief", row->label);
	row->say = form_attr(n, "say", row->brief);
	row->initials = form_attr(n, "initials", "");
	row->group = group;
	row->band = r->band;
	row->help = form_help(l, n);
	row->sum = form_yes(n, "sum");
	row->sticky = form_yes(n, "sticky");
	row->full = form_attr(n, "full", NULL);
	if (!row->full)
		row->full = full_label(l, row);
	add_cells(r, n, row, band);
	r->row_index++;
}

static void read_rows(struct band_reader *r, const struct xml_node *n,
		      const struct group_def *group,
		      const struct xml_node *band)
{
	for (n = xml_child(n); n; n = xml_next(n)) {
		struct group_def *g;

		if (xml_is(n, "row"))
			read_row(r, n, group, band);
		if (!xml_is(n, "group"))
			continue;
		g = form_alloc(r->l, 1, sizeof *g);
		g->label = form_label(r->l, n);
		g->brief = form_attr(n, "brief", g->label);
		g->parent = group;
		read_rows(r, n, g, band);
	}
}

const struct grid_def *form_grid(struct loader *l, const struct xml_node *n,
				 const struct section_def *section)
{
	struct grid_def *grid = form_alloc(l, 1, sizeof *grid);
	struct band_def *band =
		form_alloc(l, form_children(n, "band") + 1, sizeof *band);
	struct band_reader r = { .l = l, .band = band, .grid = grid };
	const struct row_def **rows;

	grid->section = section;
	grid->title = form_attr(n, "title", section->title);
	grid->bands = band;
	grid->band_count = form_children(n, "band");
	for (const struct xml_node *b = xml_child(n); b; b = xml_next(b)) {
		if (!xml_is(b, "band"))
			continue;
		r.band->label = form_attr(b, "label", NULL);
		read_columns(l, b, r.band);
		r.band->row_count = count_deep(b, "row");
		r.row = form_alloc(l, r.band->row_count + 1, sizeof *r.row);
		r.band->rows = r.row;
		read_rows(&r, b, NULL, b);
		if (r.band->column_count > grid->column_max)
			grid->column_max = r.band->column_count;
		grid->row_count += r.band->row_count;
		r.band++;
	}
	rows = form_alloc(l, grid->row_count + 1, sizeof *rows);
	grid->rows = rows;
	for (size_t i = 0; i < grid->band_count; i++)
		for (size_t k = 0; k < band[i].row_count; k++)
			*rows++ = &band[i].rows[k];
	return grid;
}

/* ---- second pass: sums, carried-over and derived cells ---- */

static void set_parts(struct loader *l, size_t cell, const struct part *parts,
		      size_t count)
{
	struct part *kept = form_alloc(l, count + 1, sizeof *kept);

	memcpy(kept, parts, count * sizeof *kept);
	l->cells[cell].parts = kept;
	l->cells[cell].part_count = count;
}

/* The sum column of a row: its other columns. */
static void sum_columns(struct loader *l, const struct row_def *row)
{
	const struct band_def *band = row->band;
	struct part *parts = xcalloc(band->column_count + 1, sizeof *parts);
	size_t count = 0;

	for (size_t i = 0; i < band->column_count; i++)
		if (!band->columns[i].sum)
			parts[count++] = (struct part){ row->cells[i], 1 };
	for (size_t i = 0; i < band->column_count; i++)
		if (band->columns[i].sum)
			set_parts(l, row->cells[i], parts, count);
	free(parts);
}

/* The paths SECTION.<of row>.COLUMN, or SECTION.ROW.<of column>, as parts. */
static void parts_of(struct loader *l, const struct xml_node *n,
		     const char *section, const char *row, const char *column,
		     size_t cell)
{
	struct part *parts = xcalloc(form_children(n, "of") + 1, sizeof *parts);
	size_t count = 0;

	for (const struct xml_node *of = xml_child(n); of; of = xml_next(of)) {
		const char *sign = xml_attr(of, "sign");
		const char *other;

		if (!xml_is(of, "of"))
			continue;
		other = form_attr(of, row ? "column" : "row", "");
		parts[count++] = (struct part){
			form_find_cell(l, of,
				       form_path(l, section, row ? row : other,
						 row ? other : column)),
			sign && *sign == '-' ? -1 : 1,
		};
	}
	if (count == 0)
		form_fail(l, n, _("合计没有写明由哪些行或列相加"));
	if (!l->failed)
		set_parts(l, cell, parts, count);
	free(parts);
}

static void row_sums(struct loader *l, const struct xml_node *n,
		     const struct row_def *row, const char *section)
{
	const char *from = xml_attr(n, "carried-from");

	if (from && strcmp(from, row->id) == 0)
		form_fail(l, n,
			  _("carried-from=\"%s\" 是这一行自己；要写上年"
			    "承接自哪一行"),
			  from);
	for (size_t i = 0; i < row->band->column_count; i++) {
		const struct column_def *c = &row->band->columns[i];

		if (row->sum && !c->sum)
			parts_of(l, n, section, NULL, c->id, row->cells[i]);
		if (from && !c->sum)
			l->cells[row->cells[i]].carried_from = form_find_cell(
				l, n, form_path(l, section, from, c->id));
	}
	sum_columns(l, row);
}

static void all_row_sums(struct loader *l, const struct xml_node *n,
			 const struct grid_def *grid)
{
	for (n = xml_child(n); n && !l->failed; n = xml_next(n)) {
		const struct row_def *row =
			xml_is(n, "row")
				? form_grid_row(grid, xml_attr(n, "id"))
				: NULL;

		if (row)
			row_sums(l, n, row, grid->section->id);
		else if (xml_is(n, "group"))
			all_row_sums(l, n, grid);
	}
}

static size_t add_derived(struct loader *l, const struct xml_node *n,
			  const struct section_def *section, const char *row,
			  const char *column, const char *say)
{
	size_t at = l->cell_count;
	struct cell_def *cell =
		form_add_cell(l, n, form_path(l, section->id, row, column));

	cell->section = section;
	cell->kind = FIELD_COUNT;
	cell->max = INT64_MAX;
	cell->derived = true;
	cell->say = say;
	return at;
}

/* <derived row=…>: a row that is read but printed nowhere. */
static void derived_row(struct loader *l, const struct xml_node *n,
			const struct band_def *band,
			const struct section_def *section)
{
	const char *id = form_attr(n, "row", "");
	const char *say = form_attr(n, "say", id);

	for (size_t i = 0; i < band->column_count && !l->failed; i++) {
		const struct column_def *c = &band->columns[i];
		size_t cell = add_derived(l, n, section, id, c->id,
					  form_join(l, say, " · ", c->label));

		parts_of(l, n, section->id, NULL, c->id, cell);
	}
}

static void derived_cell(struct loader *l, const struct xml_node *n,
			 const struct section_def *section, const char *row,
			 const char *row_say)
{
	const char *id = form_attr(n, "column", "");
	const char *say = form_attr(n, "say", id);
	size_t cell = add_derived(l, n, section, row, id,
				  form_join(l, row_say, " · ", say));

	parts_of(l, n, section->id, row, NULL, cell);
}

/* <derived column=…>: for every row, the derived ones too. */
static void derived_column(struct loader *l, const struct xml_node *n,
			   const struct xml_node *band_node,
			   const struct band_def *band,
			   const struct section_def *section)
{
	for (size_t i = 0; i < band->row_count && !l->failed; i++)
		derived_cell(l, n, section, band->rows[i].id,
			     band->rows[i].say);
	for (const struct xml_node *d = xml_child(band_node); d && !l->failed;
	     d = xml_next(d))
		if (xml_is(d, "derived") && xml_attr(d, "row"))
			derived_cell(l, n, section, form_attr(d, "row", ""),
				     form_attr(d, "say", ""));
}

static void band_sums(struct loader *l, const struct xml_node *n,
		      const struct grid_def *grid, const struct band_def *band)
{
	for (const struct xml_node *d = xml_child(n); d && !l->failed;
	     d = xml_next(d))
		if (xml_is(d, "derived") && xml_attr(d, "row"))
			derived_row(l, d, band, grid->section);
	for (const struct xml_node *d = xml_child(n); d && !l->failed;
	     d = xml_next(d))
		if (xml_is(d, "derived") && xml_attr(d, "column"))
			derived_column(l, d, n, band, grid->section);
}

void form_grid_sums(struct loader *l, const struct xml_node *n,
		    const struct grid_def *grid)
{
	const struct band_def *band = grid->bands;

	for (n = xml_child(n); n && !l->failed; n = xml_next(n)) {
		if (!xml_is(n, "band"))
			continue;
		all_row_sums(l, n, grid);
		if (!l->failed)
			band_sums(l, n, grid, band);
		band++;
	}
}
