/* Tables: rows and cells wherever they are wrapped, spans made plain. */
#include <stdlib.h>
#include <string.h>

#include "core/tr.h"
#include "import/docx_impl.h"

enum {
	SPAN_MAX = 63 /* Word's own limit of columns */
};

/* A table that is read. */
struct rows {
	struct docx_reader *r;
	struct outline_table *t;
	size_t row, column;
	bool begun; /* this row has a cell */
	/* the cell + 1 that a vMerge in this column may go on with */
	size_t open[OUTLINE_COLUMNS];
};

static size_t number(const char *text, size_t most)
{
	size_t n = 0;

	for (; text && *text >= '0' && *text <= '9' && n <= most; text++)
		n = n * 10 + (size_t)(*text - '0');
	return n < most ? n : most;
}

static bool continues(const char *merge)
{
	return merge && strcmp(merge, "restart") != 0;
}

static enum err_code too_large(const struct rows *t, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 里的表格大得不合常理，未读入；请确认选对了"
			 "文件"),
		       t->r->name);
}

/* A merged-away cell may still hold a text. */
static void append(struct outline_cell *c, char *text)
{
	char *whole;

	if (*text) {
		whole = str_printf("%s%s%s", c->text, *c->text ? "\n" : "",
				   text);
		free(c->text);
		c->text = whole;
	}
	free(text);
}

/* The cell above that this one goes on with, or NULL. */
static struct outline_cell *above(const struct rows *t)
{
	size_t open = t->column < OUTLINE_COLUMNS ? t->open[t->column] : 0;
	struct outline_cell *c = open ? &t->t->cells[open - 1] : NULL;

	return c && c->row + c->rowspan == t->row ? c : NULL;
}

static enum err_code put_cell(struct rows *t, const struct xml_node *p,
			      size_t span, char *text, struct err *err)
{
	const char *down = docx_value(p, "vMerge");
	struct outline_cell *c = continues(down) ? above(t) : NULL;

	if (c) {
		c->rowspan++;
		append(c, text);
	} else {
		c = outline_add_cell(t->r->out, t->t, t->row, t->column, span,
				     text);
		if (!c)
			return too_large(t, err);
		for (size_t i = 0; i < span; i++)
			t->open[t->column + i] = 0;
		if (down)
			t->open[t->column] = t->t->count;
	}
	t->column += span;
	return ERR_OK;
}

static enum err_code read_cell(struct rows *t, const struct xml_node *n,
			       struct err *err)
{
	const struct xml_node *p = xml_find(n, "tcPr");
	const char *across = docx_value(p, "gridSpan");
	size_t span = across ? number(across, SPAN_MAX) : 1;
	struct str text = { 0 }, outer = t->r->line;
	struct outline_cell *last;
	enum err_code code;

	t->r->line = (struct str){ 0 };
	code = docx_read_blocks(t->r, n, &text, err);
	str_addn(&text, t->r->line.s ? t->r->line.s : "", t->r->line.len);
	str_free(&t->r->line);
	t->r->line = outer;
	if (code) {
		str_free(&text);
		return code;
	}
	span = span ? span : 1;
	last = t->begun ? &t->t->cells[t->t->count - 1] : NULL;
	if (continues(docx_value(p, "hMerge")) && last && last->row == t->row &&
	    span <= OUTLINE_COLUMNS - t->column) {
		last->colspan += span;
		append(last, str_steal(&text));
		t->column += span;
		return ERR_OK;
	}
	t->begun = true;
	return put_cell(t, p, span, str_steal(&text), err);
}

typedef enum err_code reader(struct rows *t, const struct xml_node *n,
			     struct err *err);

/* Read each that acts as `wanted` among n's children and what wraps them. */
static enum err_code read_each(struct rows *t, const struct xml_node *n,
			       enum docx_act wanted, reader *read,
			       struct err *err)
{
	enum err_code code = ERR_OK;

	for (n = xml_child(n); n && !code; n = xml_next(n)) {
		enum docx_act act = docx_act(n);
		const struct xml_node *inside =
			act == DOCX_BRANCH ? docx_branch(n) : n;

		if (act == wanted)
			code = read(t, n, err);
		else if (inside && (act == DOCX_WRAPPER || act == DOCX_BRANCH))
			code = read_each(t, inside, wanted, read, err);
	}
	return code;
}

/* A row that was deleted with the changes tracked is none. */
static bool is_deleted(const struct xml_node *row)
{
	const struct xml_node *p = xml_find(row, "trPr");

	return p && xml_find(p, "del");
}

static enum err_code read_row(struct rows *t, const struct xml_node *n,
			      struct err *err)
{
	const struct xml_node *p = xml_find(n, "trPr");
	enum err_code code;

	if (is_deleted(n))
		return ERR_OK;
	t->column = number(docx_value(p, "gridBefore"), SPAN_MAX);
	t->begun = false;
	code = read_each(t, n, DOCX_CELL, read_cell, err);
	t->row++;
	return code;
}

enum err_code docx_read_table(struct docx_reader *r, const struct xml_node *n,
			      struct err *err)
{
	struct rows t = { .r = r, .t = outline_add_table(r->out) };
	enum err_code code = read_each(&t, n, DOCX_ROW, read_row, err);

	if (!code && !outline_close(r->out, t.t))
		code = too_large(&t, err);
	return code;
}

/* Its rows are lines, its cells parted by tabs. */
enum err_code docx_read_nested(struct docx_reader *r, const struct xml_node *n,
			       struct str *cell, struct err *err)
{
	enum err_code code = ERR_OK;

	for (n = xml_child(n); n && !code; n = xml_next(n)) {
		enum docx_act act = docx_act(n);
		const struct xml_node *inside =
			act == DOCX_BRANCH ? docx_branch(n) : n;

		if (act == DOCX_CELL)
			code = docx_read_blocks(r, n, cell, err);
		else if (inside && !(act == DOCX_ROW && is_deleted(n)) &&
			 (act == DOCX_WRAPPER || act == DOCX_ROW ||
			  act == DOCX_BRANCH))
			code = docx_read_nested(r, inside, cell, err);
	}
	return code;
}
