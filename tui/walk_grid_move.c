/* From cell to cell of a grid. */
#include "core/tr.h"
#include "tui/walk.h"

/* A place in the grid: row in grid->rows, column in its band. */
struct place {
	size_t row, column;
};

static const struct row_def *row_of(const struct walk *w, size_t i)
{
	return walk_cell(w)->grid->rows[i];
}

static bool is_sum(const struct walk *w, size_t cell)
{
	return walk_form(w)->cells[cell].part_count > 0;
}

static size_t cell_of(const struct walk *w, struct place at)
{
	return row_of(w, at.row)->cells[at.column];
}

/* To a row, in the wanted column or the nearest that it has. */
static void to_row(struct walk *w, size_t row)
{
	size_t wanted = w->column,
	       last = row_of(w, row)->band->column_count - 1;

	walk_move(w, cell_of(w, (struct place){ row, wanted < last ? wanted
								   : last }));
	w->column = wanted;
}

static bool up_down(struct walk *w, int step)
{
	size_t row = walk_cell(w)->row_index;

	if (step < 0 ? row == 0 : row + 1 == walk_cell(w)->grid->row_count)
		walk_next_entry(w, step);
	else
		to_row(w, step < 0 ? row - 1 : row + 1);
	return true;
}

static bool left_right(struct walk *w, int step)
{
	const struct cell_def *cell = walk_cell(w);

	if (step < 0 && cell->column_index > 0)
		walk_move(w, cell->row->cells[cell->column_index - 1]);
	else if (step > 0 &&
		 cell->column_index + 1 < cell->row->band->column_count)
		walk_move(w, cell->row->cells[cell->column_index + 1]);
	else
		walk_move(w, w->cell);
	return true;
}

/* The next place down the column, then the top of the column after it; rows
 * with fewer columns are passed over. */
static bool next_down(const struct walk *w, struct place *at)
{
	const struct grid_def *grid = walk_cell(w)->grid;

	do {
		if (++at->row == grid->row_count) {
			at->row = 0;
			if (++at->column == grid->column_max)
				return false;
		}
	} while (at->column >= grid->rows[at->row]->band->column_count);
	return true;
}

static bool next_across(const struct walk *w, struct place *at)
{
	const struct grid_def *grid = walk_cell(w)->grid;

	if (++at->column < grid->rows[at->row]->band->column_count)
		return true;
	at->column = 0;
	return ++at->row < grid->row_count;
}

static bool back_across(const struct walk *w, struct place *at)
{
	if (at->column-- > 0)
		return true;
	if (at->row-- == 0)
		return false;
	at->column = row_of(w, at->row)->band->column_count - 1;
	return true;
}

/* Step on until a cell that is to be filled, or out of the grid. */
static bool go_filling(struct walk *w,
		       bool (*next)(const struct walk *, struct place *),
		       int step)
{
	struct place at = { walk_cell(w)->row_index,
			    walk_cell(w)->column_index };

	while (next(w, &at))
		if (!is_sum(w, cell_of(w, at))) {
			walk_move(w, cell_of(w, at));
			return true;
		}
	return walk_next_entry(w, step);
}

static bool enter(struct walk *w)
{
	if (!go_filling(w, w->enter_right ? next_across : next_down, 1)) {
		if (walk_leave(w))
			app_say(w->app, _("本部分到此为止，F4 到下一部分。"));
	}
	return true;
}

static bool tab(struct walk *w, int step)
{
	if (!go_filling(w, step > 0 ? next_across : back_across, step))
		walk_go_section(w, step);
	return true;
}

static bool home_end(struct walk *w, bool end)
{
	const struct row_def *row = walk_cell(w)->row;

	walk_move(w, row->cells[end ? row->band->column_count - 1 : 0]);
	return true;
}

static bool page(struct walk *w, int step)
{
	size_t by = w->body.rows > 6 ? (size_t)w->body.rows - 4 : 3;
	size_t row = walk_cell(w)->row_index;
	size_t last = walk_cell(w)->grid->row_count - 1;

	if (step < 0)
		to_row(w, row > by ? row - by : 0);
	else
		to_row(w, row + by < last ? row + by : last);
	return true;
}

bool walk_grid_act(struct walk *w, enum action action)
{
	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
		return up_down(w, action == ACTION_UP ? -1 : 1);
	case ACTION_LEFT:
	case ACTION_RIGHT:
		return left_right(w, action == ACTION_LEFT ? -1 : 1);
	case ACTION_ENTER:
		return enter(w);
	case ACTION_TAB:
	case ACTION_BACK_TAB:
		return tab(w, action == ACTION_TAB ? 1 : -1);
	case ACTION_HOME:
	case ACTION_END:
		return home_end(w, action == ACTION_END);
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		return page(w, action == ACTION_PAGE_UP ? -1 : 1);
	case ACTION_TOP:
		to_row(w, 0);
		return true;
	case ACTION_BOTTOM:
		to_row(w, walk_cell(w)->grid->row_count - 1);
		return true;
	default:
		return walk_act_number(w, action);
	}
}

/* From above into the first row, from below into the last. */
size_t walk_grid_enter(const struct walk *w, const struct entry_def *entry,
		       bool above)
{
	const struct grid_def *grid = entry->grid;
	const struct row_def *row = grid->rows[above ? 0 : grid->row_count - 1];
	size_t last = row->band->column_count - 1;

	return row->cells[w->column < last ? w->column : last];
}
