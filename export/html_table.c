#include "export/html.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	WIDE = 6, /* columns; a table of more is not squeezed into a phone */
};

/* A table while it is written. */
struct grid {
	struct html *h;
	const struct table *t;
	struct table_spot *spots;
	size_t heads; /* rows of the thead */
	int width;    /* of the template, twips */
};

/* Rows or columns, from the first to before the last. */
struct run {
	size_t from, to;
};

static bool is_box(const struct table_cell *c)
{
	return strcmp(c->text, HTML_BOX) == 0;
}

/* A box says nothing of the row that it stands before. */
static bool is_label(const struct table_cell *c)
{
	return c && c->cell == FORM_NO_CELL && *c->text && !is_box(c);
}

static bool is_value(const struct table_cell *c)
{
	return c && c->cell != FORM_NO_CELL;
}

static const struct table_spot *spot(const struct grid *g, size_t row,
				     size_t column)
{
	return &g->spots[row * g->t->columns + column];
}

/* A row without values heads the columns below it, in the thead or not: table
 * two has such rows in its middle. */
static bool heads_columns(const struct grid *g, size_t row)
{
	for (size_t c = 0; c < g->t->columns; c++)
		if (is_value(spot(g, row, c)->cell))
			return false;
	return true;
}

/* The rows at the top that are heads, or none where a merged cell hangs out of
 * them: HTML would cut it off at the end of the thead. */
static size_t count_heads(const struct grid *g)
{
	size_t n = 0;

	while (n < g->t->row_count && g->t->rows[n].head)
		n++;
	for (size_t c = 0; n > 0 && n < g->t->row_count && c < g->t->columns;
	     c++)
		if (spot(g, n, c)->row < n)
			return 0;
	return n;
}

/* ---- what heads a value ---- */

/* Over a value: the nearest run of rows without values.  In table two the
 * heads of the bands above are none of its business. */
static struct run rows_over(const struct grid *g, size_t row)
{
	struct run run = { row, row };

	while (run.to > 0 && !heads_columns(g, run.to - 1))
		run.to--;
	run.from = run.to;
	while (run.from > 0 && heads_columns(g, run.from - 1))
		run.from--;
	return run;
}

/* Before a value: the nearest run of labels. */
static struct run columns_before(const struct grid *g, size_t row,
				 size_t column)
{
	struct run run = { column, column };

	while (run.to > 0 && is_value(spot(g, row, run.to - 1)->cell))
		run.to--;
	run.from = run.to;
	while (run.from > 0 && !is_value(spot(g, row, run.from - 1)->cell))
		run.from--;
	return run;
}

static void add_id(const struct grid *g, const struct table_spot *s,
		   struct str *out)
{
	str_addf(out, "%s-%zu-%zu-%zu", g->h->id, g->h->tables, s->row,
		 s->column);
}

/* The labels in these columns of a row; `merged`: those too that began in a
 * row above. */
static void add_ids(const struct grid *g, size_t row, struct run run,
		    bool merged, struct str *ids)
{
	for (size_t c = run.from; c < run.to;) {
		const struct table_spot *s = spot(g, row, c);

		c = s->cell ? s->column + (size_t)s->cell->colspan : c + 1;
		if (!is_label(s->cell) || (s->row != row && !merged))
			continue;
		if (ids->len)
			str_addc(ids, ' ');
		add_id(g, s, ids);
	}
}

/* What scope says is read differently by different programs under heads of
 * several lines, so every value names its heads (WCAG technique H43). */
static void add_headers(const struct grid *g, const struct table_spot *at)
{
	struct run across = { at->column,
			      at->column + (size_t)at->cell->colspan };
	struct run over = rows_over(g, at->row);
	struct str ids = { 0 };

	for (size_t r = over.from; r < over.to; r++)
		add_ids(g, r, across, false, &ids);
	add_ids(g, at->row, columns_before(g, at->row, at->column), true, &ids);
	if (ids.len)
		str_addf(g->h->out, " headers=\"%s\"", ids.s);
	str_free(&ids);
}

/* ---- cells ---- */

static const char *scope(const struct grid *g, const struct table_spot *s)
{
	if (s->row < g->heads || heads_columns(g, s->row))
		return s->cell->colspan > 1 ? "colgroup" : "col";
	return s->cell->rowspan > 1 ? "rowgroup" : "row";
}

static void add_spans(const struct table_cell *c, struct str *out)
{
	if (c->colspan > 1)
		str_addf(out, " colspan=\"%d\"", c->colspan);
	if (c->rowspan > 1)
		str_addf(out, " rowspan=\"%d\"", c->rowspan);
}

/* The template's width of a column as a share of `whole`. */
static int share(const struct grid *g, size_t column, int whole)
{
	return g->width > 0
		       ? (int)((int64_t)g->t->widths[column] * whole / g->width)
		       : 0;
}

/* Twice over, by attribute and by style: a CMS leaves the one or the other. */
static void add_fragment_look(const struct grid *g, const struct table_spot *s)
{
	const struct table_cell *c = s->cell;
	const char *align = c->align == PRINT_LEFT ? "left" : "center";
	const char *fill = c->band ? "#c6d9f1" : "#eef3f8";
	struct str *out = g->h->out;

	if (c->colspan == 1)
		str_addf(out, " width=\"%d%%\"", share(g, s->column, 100));
	str_addf(out, " align=\"%s\"", align);
	if (is_label(c))
		str_addf(out, " bgcolor=\"%s\"", fill);
	str_addf(out,
		 " style=\"border:1px solid #444;padding:4px;text-align:%s;",
		 align);
	if (is_label(c))
		str_addf(out, "background-color:%s\"", fill);
	else
		str_add(out, "white-space:nowrap\"");
}

static void add_look(const struct grid *g, const struct table_spot *s)
{
	/* a band, on the left */
	static const char *const classes[2][2] = {
		{ "", " class=\"left\"" },
		{ " class=\"band\"", " class=\"band left\"" },
	};
	const struct table_cell *c = s->cell;

	if (g->h->fragment)
		add_fragment_look(g, s);
	else
		str_add(g->h->out, classes[c->band][c->align == PRINT_LEFT]);
}

/* What stands behind a box. */
static const char *box_name(const struct grid *g, const struct table_spot *s)
{
	return s->column + 1 < g->t->columns
		       ? spot(g, s->row, s->column + 1)->cell->text
		       : "";
}

/* A label without words is no head: it would be read out as nothing. */
static void add_cell(const struct grid *g, const struct table_spot *s)
{
	const struct table_cell *c = s->cell;
	struct str *out = g->h->out;
	const char *tag = is_label(c) ? "th" : "td";

	str_addf(out, "<%s", tag);
	if (is_label(c))
		str_addf(out, " scope=\"%s\"", scope(g, s));
	add_spans(c, out);
	add_look(g, s);
	if (!g->h->fragment && is_label(c)) {
		str_add(out, " id=\"");
		add_id(g, s, out);
		str_addc(out, '"');
	}
	if (!g->h->fragment && is_value(c))
		add_headers(g, s);
	str_addc(out, '>');
	if (g->h->ticked && is_box(c))
		html_box(g->h, box_name(g, s));
	else
		html_say(out, c->text);
	str_addf(out, "</%s>", tag);
}

static void add_row(const struct grid *g, size_t row)
{
	struct str *out = g->h->out;

	str_add(out, "<tr>");
	for (size_t c = 0; c < g->t->columns; c++) {
		const struct table_spot *s = spot(g, row, c);

		if (s->row != row || s->column != c)
			continue;
		if (s->cell)
			add_cell(g, s);
		else
			str_add(out, "<td></td>");
	}
	str_add(out, "</tr>\n");
}

static void add_rows(const struct grid *g, const char *group, struct run rows)
{
	if (rows.from == rows.to)
		return;
	str_addf(g->h->out, "<%s>\n", group);
	for (size_t r = rows.from; r < rows.to; r++)
		add_row(g, r);
	str_addf(g->h->out, "</%s>\n", group);
}

/* ---- the table ---- */

static void add_columns(const struct grid *g)
{
	str_add(g->h->out, "<colgroup>");
	for (size_t i = 0; i < g->t->columns; i++) {
		int tenths = share(g, i, 1000);

		str_addf(g->h->out, "<col style=\"width:%d.%d%%\"/>",
			 tenths / 10, tenths % 10);
	}
	str_add(g->h->out, "</colgroup>\n");
}

static void open_page_table(const struct grid *g, const char *name)
{
	const struct html *h = g->h;

	str_addf(h->out,
		 "<div class=\"table\" role=\"region\" tabindex=\"0\" "
		 "aria-labelledby=\"%s-%zu\">\n<table%s>\n"
		 "<caption id=\"%s-%zu\">",
		 h->id, h->tables,
		 g->t->columns > WIDE ? " class=\"wide\"" : "", h->id,
		 h->tables);
	html_say(h->out, name);
	str_add(h->out, "</caption>\n");
	add_columns(g);
}

/* No caption, colgroup or thead: KindEditor's list of tags has none of them,
 * and other filters drop an unknown tag with all that stands in it. */
static void open_fragment_table(const struct grid *g, const char *name)
{
	const struct html *h = g->h;

	str_add(h->out, "<div role=\"region\" tabindex=\"0\" aria-label=\"");
	html_say(h->out, name);
	str_addf(h->out,
		 "\" style=\"overflow-x:auto\">\n<table border=\"1\" "
		 "cellspacing=\"0\" cellpadding=\"4\" width=\"100%%\" "
		 "style=\"border-collapse:collapse;width:100%%;%s"
		 "font-size:14px;line-height:1.4\">\n",
		 g->t->columns > WIDE ? "min-width:600px;" : "");
}

void html_table(struct html *h, const struct table *t, const char *name)
{
	struct grid g = { .h = h, .t = t, .spots = table_spread(t) };

	h->tables++;
	g.heads = count_heads(&g);
	for (size_t i = 0; i < t->columns; i++)
		g.width += t->widths[i];
	if (h->fragment) {
		open_fragment_table(&g, name);
		add_rows(&g, "tbody", (struct run){ 0, t->row_count });
	} else {
		open_page_table(&g, name);
		add_rows(&g, "thead", (struct run){ 0, g.heads });
		add_rows(&g, "tbody", (struct run){ g.heads, t->row_count });
	}
	str_add(h->out, "</table>\n</div>\n");
	free(g.spots);
}
