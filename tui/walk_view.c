/* Lines, columns and scrolling of a grid. */
#include "tui/walk_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"

enum {
	LABEL_LEAST = 10,  /* cells a label keeps */
	LABEL_BESIDE = 18, /* … where last year stands beside */
	NUMBER_LEAST = 5,
	NUMBER_EASY = 9, /* eight digits and one more: nothing ever moves */
};

static bool in_chain(const struct group_def *chain,
		     const struct group_def *group)
{
	for (; chain; chain = chain->parent)
		if (chain == group)
			return true;
	return false;
}

static void add_line(struct view *v, struct line line)
{
	v->lines[v->count++] = line;
}

/* The head lines of the groups a row is in and the row before was not. */
static void add_groups(struct view *v, const struct band_def *band,
		       const struct group_def *group,
		       const struct group_def *before)
{
	if (!group || in_chain(before, group))
		return;
	add_groups(v, band, group->parent, before);
	add_line(v, (struct line){ LINE_GROUP, band, group, NULL, false });
}

static size_t depth(const struct group_def *group)
{
	size_t n = 0;

	for (; group; group = group->parent)
		n++;
	return n;
}

static void add_lines(struct view *v)
{
	const struct group_def *before = NULL;
	size_t room = v->grid->band_count;

	for (size_t i = 0; i < v->grid->row_count; i++)
		room += 1 + depth(v->grid->rows[i]->group);
	v->lines = xcalloc(room, sizeof *v->lines);
	for (size_t b = 0; b < v->grid->band_count; b++) {
		const struct band_def *band = &v->grid->bands[b];

		add_line(v,
			 (struct line){ LINE_HEAD, band, NULL, NULL, false });
		for (size_t i = 0; i < band->row_count; i++) {
			const struct row_def *row = &band->rows[i];

			add_groups(v, band, row->group, before);
			before = row->group;
			add_line(v, (struct line){ LINE_ROW, band, NULL, row,
						   row->sticky });
		}
	}
}

/* Lines that stay in sight go to the end, in their order. */
static void pin_lines(struct view *v)
{
	struct line *kept = xcalloc(v->count, sizeof *kept);
	size_t n = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < v->count; i++)
			if (v->lines[i].pinned == (pass == 1))
				kept[n++] = v->lines[i];
	for (size_t i = 0; i < v->count; i++)
		v->pinned += kept[i].pinned;
	free(v->lines);
	v->lines = kept;
}

/* The value as it stands in the table; the clerk's own cell as it is typed. */
void walk_view_value(const struct walk *w, size_t cell, struct str *out)
{
	const struct report *r = draft_report(walk_draft(w));
	char buf[NUM_TEXT];
	int64_t sum;

	if (cell == w->cell && walk_cell(w)->part_count == 0)
		str_add(out, draft_text(walk_draft(w), cell));
	else if (report_running(r, cell, &sum))
		str_add(out, num_text(sum, buf));
	else
		report_text(r, cell, out);
	if (out->len == 0)
		str_add(out, "_");
}

void walk_view_last(const struct walk *w, size_t cell, struct str *out)
{
	const struct report *last = draft_last(walk_draft(w));
	size_t there = last ? form_cell(report_form(last),
					walk_form(w)->cells[cell].path)
			    : FORM_NO_CELL;

	if (there != FORM_NO_CELL)
		report_text(last, there, out);
	if (out->len == 0)
		str_add(out, "_");
}

/* What is no value has its end shown, for it moves nothing. */
static int shown_cells(const struct walk *w, size_t cell,
		       void (*show)(const struct walk *, size_t, struct str *))
{
	struct str text = { 0 };
	int cells;

	show(w, cell, &text);
	cells = text_cells(text.s, text.len);
	str_free(&text);
	if (cells > NUMBER_EASY && cell == draft_pending(walk_draft(w)))
		return NUMBER_EASY;
	return cells;
}

const char *walk_view_end(const char *text, int cells)
{
	size_t len = strlen(text), at = 0;

	while (text_cells(text + at, len - at) > cells)
		at = text_next(text, len, at);
	return text + at;
}

const char *walk_view_head(const struct column_def *column, int cells)
{
	if (!column->brief || !*column->brief ||
	    text_cells(column->label, strlen(column->label)) <= cells)
		return column->label;
	return column->brief;
}

static void widen(int *width, int cells)
{
	if (cells > *width)
		*width = cells;
}

static void measure_column(struct view *v, const struct band_def *band,
			   size_t c, int name_most)
{
	const char *name = walk_view_head(&band->columns[c], name_most);

	widen(&v->width[c], text_cells(name, strlen(name)));
	for (size_t i = 0; i < band->row_count; i++) {
		size_t cell = band->rows[i].cells[c];

		widen(&v->width[c], shown_cells(v->w, cell, walk_view_value));
		if (v->below || v->beside)
			widen(&v->width[c],
			      shown_cells(v->w, cell, walk_view_last));
	}
}

static void measure_columns(struct view *v, int least, int name_most)
{
	for (size_t c = 0; c < v->grid->column_max; c++)
		v->width[c] = least;
	for (size_t b = 0; b < v->grid->band_count; b++)
		for (size_t c = 0; c < v->grid->bands[b].column_count; c++)
			measure_column(v, &v->grid->bands[b], c, name_most);
}

/* Room for one mark, and in columns with comments or changes for those, too:
 * they come and go with a review, never while one types. */
static void measure_gaps(struct view *v)
{
	const struct walk *w = v->w;

	for (size_t c = 0; c < v->grid->column_max; c++) {
		bool noted = false, changed = false;

		for (size_t i = 0; i < v->grid->row_count; i++) {
			const struct row_def *row = v->grid->rows[i];
			size_t cell = c < row->band->column_count
					      ? row->cells[c]
					      : FORM_NO_CELL;

			if (cell == FORM_NO_CELL)
				continue;
			noted = noted || w->noted[cell];
			changed = changed || (w->changed && w->changed[cell]);
		}
		v->gap[c] = 1 + noted + changed;
	}
}

static int columns_cells(const struct view *v)
{
	int cells = 0;

	for (size_t c = v->first; c < v->grid->column_max; c++)
		cells += v->width[c] + v->gap[c];
	return cells;
}

int walk_view_indent(const struct view *v, const struct line *line)
{
	size_t deep = depth(line->kind == LINE_ROW ? line->row->group
						   : line->group->parent);
	int step = v->label < 24 ? 2 : 4;

	return deep < 2 ? 0 : (int)(deep - 1) * step;
}

const char *walk_view_label(const struct line *line)
{
	if (line->kind == LINE_GROUP)
		return line->group->brief ? line->group->brief
					  : line->group->label;
	return line->row->brief && *line->row->brief ? line->row->brief
						     : line->row->label;
}

static int label_wanted(const struct view *v)
{
	int most = 24;

	for (size_t i = 0; i < v->count; i++) {
		const char *label;

		if (v->lines[i].kind == LINE_HEAD)
			continue;
		label = walk_view_label(&v->lines[i]);
		widen(&most, walk_view_indent(v, &v->lines[i]) +
				     text_cells(label, strlen(label)) + 2);
	}
	return most;
}

/*
 * The numbers' right edge stays where it is when a column grows: what grows
 * takes from the labels.  Where there is room, columns are wide from the start.
 * If the labels have nothing left, columns at the left go out of sight.
 */
static void place_columns(struct view *v)
{
	static const struct {
		int number,
			name; /* cells of a number at least, a head at most */
	} sizes[] = {
		{ NUMBER_EASY, 16 },
		{ NUMBER_EASY, 0 },
		{ NUMBER_LEAST, 0 },
	};
	int blocks = v->beside ? 2 : 1;
	int room = v->box.cols - VIEW_MARKS - (v->beside ? VIEW_GAP : 0), label;

	v->label = 24;
	label = label_wanted(v);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		measure_columns(v, sizes[i].number, sizes[i].name);
		if (label + blocks * columns_cells(v) <= room)
			break;
	}
	while (v->first < walk_cell(v->w)->column_index &&
	       room - blocks * columns_cells(v) < LABEL_LEAST)
		v->first++;
	v->label = room - blocks * columns_cells(v);
	if (v->label < LABEL_LEAST)
		v->label = LABEL_LEAST;
	if (v->label > label + 8)
		v->label = label + 8;
	v->left = v->box.x + VIEW_MARKS + v->label;
	v->right = v->left + columns_cells(v);
}

/* Is there room for this year and last year side by side? */
static bool fits_beside(struct view *v)
{
	v->beside = true;
	measure_columns(v, NUMBER_LEAST, 0);
	return VIEW_MARKS + LABEL_BESIDE + VIEW_GAP + 2 * columns_cells(v) <=
	       v->box.cols;
}

static bool last_wanted(const struct walk *w)
{
	bool wide = getmaxx(w->app->win) >= WALK_LAST_YEAR;

	return draft_last(walk_draft(w)) &&
	       (wide ? !w->last_year : w->last_year);
}

void walk_view_open(struct view *v, const struct walk *w,
		    const struct walk_slot *slot)
{
	*v = (struct view){ .w = w,
			    .grid = slot->entry->grid,
			    .box = slot->box };
	v->width = xcalloc(v->grid->column_max + 1, sizeof *v->width);
	v->gap = xcalloc(v->grid->column_max + 1, sizeof *v->gap);
	measure_gaps(v);
	add_lines(v);
	v->beside = last_wanted(w) && fits_beside(v);
	v->below = last_wanted(w) && !v->beside &&
		   walk_cell(w)->grid == v->grid && v->box.rows > 8;
	v->rows = v->box.rows - (v->below ? VIEW_LAST_ROWS : 0);
	if ((int)v->count > v->rows)
		pin_lines(v);
	if ((int)v->pinned > v->rows / 2)
		v->pinned = 0;
	for (v->focus = 0; v->focus < v->count; v->focus++)
		if (v->lines[v->focus].row &&
		    v->lines[v->focus].row == walk_cell(w)->row)
			break;
	place_columns(v);
}

void walk_view_close(struct view *v)
{
	free(v->lines);
	free(v->width);
	free(v->gap);
}

/* Scroll no more than needed; a row's group heads come into sight with it. */
size_t walk_view_top(const struct view *v, size_t top)
{
	size_t rows = (size_t)v->rows - v->pinned;
	size_t rolling = v->count - v->pinned, first = v->focus;

	if (rolling <= rows)
		return 0;
	if (v->focus < rolling) {
		while (first > 1 && v->lines[first - 1].kind == LINE_GROUP)
			first--;
		if (first - 1 < top)
			top = first - 1;
		if (v->focus >= top + rows)
			top = v->focus - rows + 1;
	}
	return top > rolling - rows ? rolling - rows : top;
}

/* The line shown in row `y` of the box; the head of the first line's band
 * stands in the first row whatever scrolled. */
const struct line *walk_view_line(const struct view *v, size_t top, int y,
				  struct line *head)
{
	int rows = v->rows - (int)v->pinned;
	size_t i = y < rows ? top + (size_t)y
			    : v->count - v->pinned + (size_t)(y - rows);

	if (y < 0 || y >= v->rows || i >= v->count ||
	    (y < rows && i >= v->count - v->pinned))
		return NULL;
	if (y > 0 || v->lines[i].kind == LINE_HEAD)
		return &v->lines[i];
	*head = (struct line){ LINE_HEAD, v->lines[i].band, NULL, NULL, false };
	return head;
}

int walk_view_right(const struct view *v, size_t column)
{
	int x = v->left;

	for (size_t c = v->first; c <= column; c++)
		x += v->width[c] + v->gap[c];
	return x - v->gap[column];
}
