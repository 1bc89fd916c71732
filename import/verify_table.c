/* The rows of all tables side by side, then their cells. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "import/align.h"
#include "import/verify_impl.h"

/* How well two rows go together. */
enum {
	SHARED_LABEL = 40,
	OTHER_LABEL = -10,
	AS_MANY_CELLS = 20,
	SHARED_CELL = 2,
	SHARED_CELLS_MAX = 5,
	ONLY_FIGURES = 5, /* a row without labels that lost a cell */
	ONLY_FIGURES_LESS = 2,
};

/* … and two cells. */
enum {
	SAME_LABEL = 100,
	SAME_FIGURE = 10,
	ANY_FIGURE = 1
};

struct found_row {
	size_t first, count; /* of the cells that start in it */
	size_t table;
};

struct tables {
	struct verify *v;
	const struct verify_source *a;     /* approved */
	const struct outline_cell **cells; /* of the file */
	uint64_t *mine, *theirs;           /* hashes of the plain texts */
	struct found_row *rows;
	size_t cell_count, cell_room, row_count, row_room, table_count;
	size_t *beside;    /* a row of the file for each approved one */
	size_t row, other; /* whose cells are compared */
	const struct section_def *section; /* where the last pair stood */
};

static uint64_t hash_of(const char *text)
{
	char *plain = verify_plain(text);
	uint64_t hash = *plain ? verify_hash(plain) : 0; /* 0: blank */

	free(plain);
	return hash;
}

static bool is_label(const struct tables *t, size_t cell)
{
	return t->a->cells[cell].cell == FORM_NO_CELL;
}

/* ---- the file's rows ---- */

static void add_row(struct tables *t, const struct outline_table *from,
		    size_t first, size_t count)
{
	t->rows =
		mem_grow(t->rows, t->row_count, &t->row_room, sizeof *t->rows);
	t->rows[t->row_count++] =
		(struct found_row){ t->cell_count, count, t->table_count };
	for (size_t i = first; i < first + count; i++) {
		t->cells = mem_grow(t->cells, t->cell_count, &t->cell_room,
				    sizeof *t->cells);
		t->cells[t->cell_count++] = &from->cells[i];
	}
}

static void add_table(struct tables *t, const struct outline_table *from)
{
	size_t first = 0;

	for (size_t i = 1; i <= from->count; i++)
		if (i == from->count ||
		    from->cells[i].row != from->cells[first].row) {
			add_row(t, from, first, i - first);
			first = i;
		}
	t->table_count++;
}

static void take_hashes(struct tables *t)
{
	t->mine = xcalloc(t->a->cell_count + 1, sizeof *t->mine);
	t->theirs = xcalloc(t->cell_count + 1, sizeof *t->theirs);
	for (size_t i = 0; i < t->a->cell_count; i++)
		t->mine[i] = hash_of(t->a->cells[i].text);
	for (size_t i = 0; i < t->cell_count; i++)
		t->theirs[i] = hash_of(t->cells[i]->text);
}

/* ---- rows ---- */

static bool row_has(const struct tables *t, const struct found_row *row,
		    uint64_t hash)
{
	for (size_t i = row->first; i < row->first + row->count; i++)
		if (t->theirs[i] == hash)
			return true;
	return false;
}

/* Cells that are equal at the same place. */
static size_t count_equal(const struct tables *t, const struct verify_row *a,
			  const struct found_row *b)
{
	size_t equal = 0;

	for (size_t i = 0; i < a->count; i++)
		equal += t->mine[a->first + i] == t->theirs[b->first + i];
	return equal;
}

/* By its labels; where one was changed, by the number of its cells, too. */
static int score_row(void *data, size_t i, size_t j)
{
	const struct tables *t = data;
	const struct verify_row *a = &t->a->rows[i];
	const struct found_row *b = &t->rows[j];
	size_t equal = a->count == b->count ? count_equal(t, a, b) : 0;
	int labels = 0, score = 0;

	if (a->count == b->count && equal == a->count)
		return ALIGN_SAME;
	for (size_t k = a->first; k < a->first + a->count; k++) {
		if (!is_label(t, k) || t->mine[k] == 0)
			continue;
		labels++;
		score += row_has(t, b, t->mine[k]) ? SHARED_LABEL : OTHER_LABEL;
	}
	if (a->count == b->count)
		return score + AS_MANY_CELLS +
		       SHARED_CELL * (int)(equal < SHARED_CELLS_MAX
						   ? equal
						   : SHARED_CELLS_MAX);
	if (labels == 0 && a->count <= b->count + ONLY_FIGURES_LESS &&
	    b->count <= a->count + ONLY_FIGURES_LESS)
		return ONLY_FIGURES;
	return score;
}

/* ---- words ---- */

/* The row that all figures of it stand in, or NULL. */
static const struct row_def *row_of(const struct tables *t,
				    const struct verify_row *a)
{
	const struct row_def *row = NULL;

	for (size_t i = a->first; i < a->first + a->count; i++) {
		size_t cell = t->a->cells[i].cell;

		if (cell == FORM_NO_CELL)
			continue;
		if (row && t->a->form->cells[cell].row != row)
			return NULL;
		row = t->a->form->cells[cell].row;
	}
	return row;
}

static char *row_path(const struct tables *t, const struct verify_row *a)
{
	const struct row_def *row = row_of(t, a);

	return row ? str_printf("%s.%s", a->section->id, row->id)
		   : xstrdup(a->section->id);
}

static char *row_place(const struct tables *t, const struct verify_row *a)
{
	const struct row_def *row = row_of(t, a);

	return verify_place(a->section, row ? row->say : _("表头"));
}

static void join(struct str *line, const char *text)
{
	if (line->len)
		str_add(line, "  ");
	text_one_line(line, text, strlen(text));
}

static char *joined(const struct tables *t, const struct verify_row *a)
{
	struct str line = { 0 };

	for (size_t i = a->first; i < a->first + a->count; i++)
		join(&line, t->a->cells[i].text);
	return str_steal(&line);
}

static char *joined_found(const struct tables *t, const struct found_row *b)
{
	struct str line = { 0 };

	for (size_t i = b->first; i < b->first + b->count; i++)
		join(&line, t->cells[i]->text);
	return str_steal(&line);
}

/* ---- cells of two rows ---- */

static int score_cell(void *data, size_t i, size_t j)
{
	const struct tables *t = data;
	size_t a = t->a->rows[t->row].first + i;
	size_t b = t->rows[t->other].first + j;

	if (is_label(t, a))
		return t->mine[a] && t->mine[a] == t->theirs[b] ? SAME_LABEL
								: 0;
	return t->mine[a] == t->theirs[b] ? SAME_FIGURE : ANY_FIGURE;
}

/* `found` NULL: the cell is not there. */
static void compare_cell(struct tables *t, const struct verify_cell *a,
			 const char *found)
{
	const struct verify_row *row = &t->a->rows[t->row];
	const struct cell_def *def;
	char name[CELL_NAME], *path, *x, *y;

	if (a->cell != FORM_NO_CELL) {
		def = &t->a->form->cells[a->cell];
		t->v->figures += found != NULL;
		if (!found || !verify_same_value(def, a->text, found))
			verify_add(t->v, VERIFY_FIGURE, def->path,
				   xstrdup(cell_name(def, name)), a->text,
				   found);
		return;
	}
	x = verify_plain(a->text);
	y = verify_plain(found ? found : "");
	if (strcmp(x, y) != 0) {
		path = row_path(t, row);
		verify_add(t->v, VERIFY_LABEL, path, row_place(t, row), a->text,
			   found);
		free(path);
	}
	free(x);
	free(y);
}

static void pair_cells(struct tables *t, size_t *beside)
{
	const struct verify_row *a = &t->a->rows[t->row];
	const struct found_row *b = &t->rows[t->other];

	if (a->count != b->count) {
		align(a->count, b->count, score_cell, t, beside);
		return;
	}
	for (size_t i = 0; i < a->count; i++)
		beside[i] = i;
}

/* An empty cell more is what is left of a merged one. */
static void tell_added_cell(struct tables *t, size_t cell)
{
	const struct verify_row *a = &t->a->rows[t->row];
	char *path;

	if (t->theirs[cell] == 0)
		return;
	path = row_path(t, a);
	verify_add(t->v, VERIFY_CELL_ADDED, path, row_place(t, a), NULL,
		   t->cells[cell]->text);
	free(path);
}

static void compare_rows(struct tables *t, size_t i, size_t j)
{
	const struct verify_row *a = &t->a->rows[i];
	const struct found_row *b = &t->rows[j];
	size_t *beside = xcalloc(a->count + 1, sizeof *beside);
	bool *used = xcalloc(b->count + 1, sizeof *used);

	t->row = i;
	t->other = j;
	pair_cells(t, beside);
	for (size_t k = 0; k < a->count; k++) {
		const struct verify_cell *c = &t->a->cells[a->first + k];
		bool there = beside[k] != ALIGN_NONE;

		if (there)
			used[beside[k]] = true;
		compare_cell(t, c,
			     there ? t->cells[b->first + beside[k]]->text
				   : NULL);
	}
	for (size_t k = 0; k < b->count; k++)
		if (!used[k])
			tell_added_cell(t, b->first + k);
	free(beside);
	free(used);
}

/* ---- rows that stand alone ---- */

static bool all_missing(const struct tables *t,
			const struct section_def *section)
{
	for (size_t i = 0; i < t->a->row_count; i++)
		if (t->a->rows[i].section == section &&
		    t->beside[i] != ALIGN_NONE)
			return false;
	return true;
}

static void tell_missing(struct tables *t, size_t i)
{
	const struct verify_row *a = &t->a->rows[i];
	bool first = i == 0 || a[-1].section != a->section;
	char *path, *line;

	if (all_missing(t, a->section)) {
		if (first)
			verify_add(t->v, VERIFY_TABLE_MISSING, a->section->id,
				   verify_place(a->section, _("整张表")),
				   a->section->title, NULL);
		return;
	}
	path = row_path(t, a);
	line = joined(t, a);
	verify_add(t->v, VERIFY_ROW_MISSING, path, row_place(t, a), line, NULL);
	free(path);
	free(line);
}

static void tell_added(struct tables *t, size_t j, bool whole)
{
	const struct found_row *b = &t->rows[j];
	bool first = j == 0 || b[-1].table != b->table;
	char *line;

	if (whole && !first)
		return;
	line = joined_found(t, b);
	verify_add(
		t->v, whole ? VERIFY_TABLE_ADDED : VERIFY_ROW_ADDED,
		t->section ? t->section->id : "",
		verify_place(t->section, whole ? _("表格之后") : _("表格之中")),
		NULL, line);
	free(line);
}

/* Found rows between two pairs, in their place. */
static void tell_rows(struct tables *t)
{
	bool *whole = xcalloc(t->table_count + 1, sizeof *whole);
	size_t j = 0;

	for (size_t k = 0; k < t->table_count; k++)
		whole[k] = true;
	for (size_t i = 0; i < t->a->row_count; i++)
		if (t->beside[i] != ALIGN_NONE)
			whole[t->rows[t->beside[i]].table] = false;
	for (size_t i = 0; i < t->a->row_count; i++) {
		if (t->beside[i] == ALIGN_NONE) {
			tell_missing(t, i);
			continue;
		}
		for (; j < t->beside[i]; j++)
			tell_added(t, j, whole[t->rows[j].table]);
		compare_rows(t, i, j++);
		t->section = t->a->rows[i].section;
	}
	for (; j < t->row_count; j++)
		tell_added(t, j, whole[t->rows[j].table]);
	free(whole);
}

void verify_tables(struct verify *v, const struct verify_source *approved,
		   const struct outline *found)
{
	struct tables t = { .v = v, .a = approved };

	for (size_t i = 0; i < found->count; i++)
		if (found->blocks[i].table)
			add_table(&t, found->blocks[i].table);
	take_hashes(&t);
	t.beside = xcalloc(approved->row_count + 1, sizeof *t.beside);
	align(approved->row_count, t.row_count, score_row, &t, t.beside);
	tell_rows(&t);
	free(t.beside);
	free(t.mine);
	free(t.theirs);
	free(t.rows);
	free(t.cells);
}
