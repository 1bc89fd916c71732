/*
 * form_load - what the parts of the loader share.  Only forms/form*.c include
 * it.
 *
 * Loading is in three passes over the tree: the first makes sections, fields,
 * grids and their cells; the second, when every path is known, resolves sums,
 * derived cells and everything that names a cell; the third reads the rules.
 */
#ifndef FORMS_FORM_LOAD_H
#define FORMS_FORM_LOAD_H

#include "core/xml.h"
#include "forms/form.h"

struct loader {
	struct xml *x;
	const char *file;
	struct form_def *form;
	struct cell_def *cells; /* grows; moved into the arena at the end */
	size_t cell_count, cell_room;
	size_t *slots; /* as in struct form_def */
	size_t slot_count;
	struct pattern_def *patterns; /* grows; moved into the arena, too */
	size_t pattern_count, pattern_room;
	struct err *err;
	bool failed;
};

/* Zeroed memory of the form's arena; a copy of a string, which only one that is
 * put together wants: the file's own texts stay as long as the form. */
void *form_alloc(struct loader *l, size_t n, size_t size);
char *form_text(struct loader *l, const char *s);
char *form_join(struct loader *l, const char *a, const char *b, const char *c);

/* The first fault, as "file:line: reason". */
void form_fail(struct loader *l, const struct xml_node *n, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Attributes: as text or `fallback`; a whole number; yes. */
const char *form_attr(const struct xml_node *n, const char *name,
		      const char *fallback);
/* The same of a pattern, or NULL; it is kept in the form's list of them. */
const char *form_pattern(struct loader *l, const struct xml_node *n,
			 const char *name);
/* The label of a thing that is shown: it must have one. */
const char *form_label(struct loader *l, const struct xml_node *n);
long form_number(struct loader *l, const struct xml_node *n, const char *name,
		 long fallback);
bool form_yes(const struct xml_node *n, const char *name);
size_t form_children(const struct xml_node *n, const char *name);
/* The element's text, line breaks and indents of the file taken out. */
const char *form_folded(struct loader *l, const struct xml_node *n);
/* The text of the child element of that name, or NULL. */
const char *form_child_text(struct loader *l, const struct xml_node *n,
			    const char *name);
struct help form_help(struct loader *l, const struct xml_node *n);

/* A new cell; its path must be new.  Borrowed until the next one. */
struct cell_def *form_add_cell(struct loader *l, const struct xml_node *n,
			       const char *path);
/* The cell of a path, while loading; a fault and FORM_NO_CELL if none. */
size_t form_find_cell(struct loader *l, const struct xml_node *n,
		      const char *path);
size_t form_has_cell(const struct loader *l, const char *path);
/* The cells of a list of paths separated by blanks. */
const size_t *form_cell_list(struct loader *l, const struct xml_node *n,
			     const char *paths, size_t *count);
/* The words of a list separated by `mark`. */
const char *const *form_words(struct loader *l, const char *list, char mark,
			      size_t *count);
/* "path" of three parts. */
const char *form_path(struct loader *l, const char *a, const char *b,
		      const char *c);
void form_number_kind(struct loader *l, const struct xml_node *n,
		      const char *kind, struct cell_def *cell);

/* form_grid.c: first and second pass over one <grid>. */
const struct grid_def *form_grid(struct loader *l, const struct xml_node *n,
				 const struct section_def *section);
void form_grid_sums(struct loader *l, const struct xml_node *n,
		    const struct grid_def *grid);
void form_grid_print(struct loader *l, const struct xml_node *n,
		     struct grid_def *grid);
const struct row_def *form_grid_row(const struct grid_def *grid,
				    const char *id);
const struct column_def *form_band_column(const struct band_def *band,
					  const char *id);

/* form_load.c: first and second pass over the sections. */
void form_sections(struct loader *l, const struct xml_node *root);
void form_sections_resolve(struct loader *l, const struct xml_node *root);

/* forms.c: where `path` stands or belongs in the hashed index. */
size_t form_slot(const size_t *slots, size_t count,
		 const struct cell_def *cells, const char *path);

/* When the paths are known: every {NAME} of a text that is filled in is a
 * cell's path or one of the words (with blanks around each). */
void form_check_names(struct loader *l, const struct xml_node *n,
		      const char *text, const char *words);

/* form_claim.c: what the texts say of figures; the third pass. */
void form_claims(struct loader *l, const struct xml_node *root);
/* form_rule.c: the third pass. */
void form_rules(struct loader *l, const struct xml_node *root);

#endif
