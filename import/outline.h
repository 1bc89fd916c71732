/*
 * outline - what every reader of a foreign file makes: headings, paragraphs
 * and tables in order, what is printed beside them (headers, notes, pictures),
 * and the properties of the document.
 *
 * It owns its texts.  They are clean: valid UTF-8 without control characters
 * but newline (a break inside a paragraph) and tab.  A table's cells are those
 * that start somewhere; outline_close() resolves their spans to the grid.
 * Everything is bounded, so that no file can ask for more memory than it is
 * worth; what goes beyond is refused, not cut.  All zero is an empty one.
 */
#ifndef IMPORT_OUTLINE_H
#define IMPORT_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	OUTLINE_COLUMNS = 200,   /* of a table */
	OUTLINE_ROWS = 5000,     /* … */
	OUTLINE_CELLS = 200000,  /* of all tables */
	OUTLINE_SPOTS = 4000000, /* fields of all grids */
	OUTLINE_PROPERTIES = 200,
};

struct outline_cell {
	char *text;
	size_t row, column, colspan, rowspan;
};

struct outline_table {
	struct outline_cell *cells; /* by row, then column */
	size_t count, room;
	size_t rows, columns;
	size_t *spots; /* rows × columns: number of the cell + 1, or 0 */
};

enum outline_kind {
	OUTLINE_HEADING,
	OUTLINE_PARAGRAPH,
	OUTLINE_TABLE
};

struct outline_block {
	enum outline_kind kind;
	int level;     /* of a heading, from 1 */
	bool numbered; /* its number is made by the program, not in its text */
	bool page;     /* it begins a page: a break stands before it */
	char *text;
	struct outline_table *table;
};

enum outline_place {
	OUTLINE_BODY,
	OUTLINE_HEADER,
	OUTLINE_FOOTER,
	OUTLINE_FOOTNOTE,
	OUTLINE_ENDNOTE,
	OUTLINE_PLACE_COUNT
};

/* A text that is printed beside the blocks. */
struct outline_aside {
	enum outline_place place;
	char *text;
};

struct outline_property {
	char *name, *text;
};

struct outline {
	struct outline_block *blocks;
	size_t count, room;
	struct outline_aside *asides;
	size_t aside_count, aside_room;
	/* what has no text: pictures, and files that are printed within */
	size_t pictures[OUTLINE_PLACE_COUNT], files[OUTLINE_PLACE_COUNT];
	struct outline_property *properties;
	size_t property_count, property_room;
	size_t cells, spots; /* so far */
};

void outline_free(struct outline *o);

/* Append; `text` is taken over.  Level 0 is a paragraph. */
struct outline_block *outline_add(struct outline *o, int level, char *text);
/* The table is the outline's, to be filled with outline_cell(). */
struct outline_table *outline_add_table(struct outline *o);
/* A cell that starts at (row, column), rowspan 1; `text` is taken over.  Cells
 * come by row, then column.  NULL: more than an outline may hold.  The cell is
 * borrowed until the next one. */
struct outline_cell *outline_add_cell(struct outline *o,
				      struct outline_table *t, size_t row,
				      size_t column, size_t colspan,
				      char *text);
/* The table is complete: its grid.  false: more than an outline may hold. */
bool outline_close(struct outline *o, struct outline_table *t);

/* Blank ones are left out; `text` is copied. */
void outline_add_aside(struct outline *o, enum outline_place place,
		       const char *text);

/* What is beyond the limit or empty is left out. */
void outline_add_property(struct outline *o, const char *name,
			  const char *text);
/* Its text, or NULL. */
const char *outline_property(const struct outline *o, const char *name);

#endif
