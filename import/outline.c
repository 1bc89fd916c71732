#include "import/outline.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"

static void table_free(struct outline_table *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->count; i++)
		free(t->cells[i].text);
	free(t->cells);
	free(t->spots);
	free(t);
}

void outline_free(struct outline *o)
{
	for (size_t i = 0; i < o->count; i++) {
		free(o->blocks[i].text);
		table_free(o->blocks[i].table);
	}
	for (size_t i = 0; i < o->aside_count; i++)
		free(o->asides[i].text);
	for (size_t i = 0; i < o->property_count; i++) {
		free(o->properties[i].name);
		free(o->properties[i].text);
	}
	free(o->blocks);
	free(o->asides);
	free(o->properties);
	*o = (struct outline){ 0 };
}

static struct outline_block *add(struct outline *o, struct outline_block block)
{
	o->blocks = mem_grow(o->blocks, o->count, &o->room, sizeof *o->blocks);
	o->blocks[o->count] = block;
	return &o->blocks[o->count++];
}

struct outline_block *outline_add(struct outline *o, int level, char *text)
{
	return add(o, (struct outline_block){
			      .kind = level > 0 ? OUTLINE_HEADING
						: OUTLINE_PARAGRAPH,
			      .level = level,
			      .text = text,
		      });
}

struct outline_table *outline_add_table(struct outline *o)
{
	struct outline_table *t = xcalloc(1, sizeof *t);

	add(o, (struct outline_block){ .kind = OUTLINE_TABLE, .table = t });
	return t;
}

struct outline_cell *outline_add_cell(struct outline *o,
				      struct outline_table *t, size_t row,
				      size_t column, size_t colspan, char *text)
{
	if (row >= OUTLINE_ROWS || column >= OUTLINE_COLUMNS ||
	    colspan > OUTLINE_COLUMNS - column || o->cells >= OUTLINE_CELLS) {
		free(text);
		return NULL;
	}
	o->cells++;
	t->cells = mem_grow(t->cells, t->count, &t->room, sizeof *t->cells);
	t->cells[t->count] =
		(struct outline_cell){ text, row, column, colspan, 1 };
	return &t->cells[t->count++];
}

/* The first to claim a field of the grid has it. */
static void place(struct outline_table *t, size_t number)
{
	const struct outline_cell *c = &t->cells[number];

	for (size_t r = c->row; r < c->row + c->rowspan && r < t->rows; r++)
		for (size_t k = 0; k < c->colspan; k++) {
			size_t *spot =
				&t->spots[r * t->columns + c->column + k];

			if (*spot == 0)
				*spot = number + 1;
		}
}

bool outline_close(struct outline *o, struct outline_table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct outline_cell *c = &t->cells[i];
		size_t below = c->row + c->rowspan;
		size_t right = c->column + c->colspan;

		t->rows = below > t->rows ? below : t->rows;
		t->columns = right > t->columns ? right : t->columns;
	}
	o->spots += t->rows * t->columns;
	if (t->rows > OUTLINE_ROWS || o->spots > OUTLINE_SPOTS)
		return false;
	t->spots = xcalloc(t->rows * t->columns + 1, sizeof *t->spots);
	for (size_t i = 0; i < t->count; i++)
		place(t, i);
	return true;
}

void outline_add_aside(struct outline *o, enum outline_place place,
		       const char *text)
{
	if (text[strspn(text, " \t\n")] == '\0')
		return;
	o->asides = mem_grow(o->asides, o->aside_count, &o->aside_room,
			     sizeof *o->asides);
	o->asides[o->aside_count++] =
		(struct outline_aside){ place, xstrdup(text) };
}

static char *one_line(const char *text)
{
	struct str line = { 0 };

	text_one_line(&line, text, strlen(text));
	return str_steal(&line);
}

void outline_add_property(struct outline *o, const char *name, const char *text)
{
	if (o->property_count >= OUTLINE_PROPERTIES || !*name || !*text)
		return;
	o->properties = mem_grow(o->properties, o->property_count,
				 &o->property_room, sizeof *o->properties);
	o->properties[o->property_count++] =
		(struct outline_property){ one_line(name), one_line(text) };
}

const char *outline_property(const struct outline *o, const char *name)
{
	for (size_t i = 0; i < o->property_count; i++)
		if (strcmp(o->properties[i].name, name) == 0)
			return o->properties[i].text;
	return NULL;
}
