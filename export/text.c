#include <stdlib.h>
#include <string.h>

#include "core/charset.h"
#include "core/mem.h"
#include "core/text.h"
#include "export/export.h"
#include "export/text_table.h"

enum {
	WIDTH = 80,
	WIDTH_LEAST = 20,
	INDENT = 4,     /* two Chinese characters */
	ITEM = 2,       /* the box and its blank */
	DATE_RIGHT = 8, /* the date ends four characters from the edge */
};

static const char full_blank[] = "　";

static void add_blanks(struct str *out, int n)
{
	while (n-- > 0)
		str_addc(out, ' ');
}

/* A checklist item: what follows the box stands under itself. */
static void lay_item(const struct block *b, int width, struct str *out)
{
	struct text_lines w = { 0 };

	text_wrap(&w, b->text, strlen(b->text), width - ITEM);
	for (size_t i = 0; i < w.count; i++) {
		add_blanks(out, i > 0 ? ITEM : 0);
		str_addn(out, b->text + w.line[i].start, w.line[i].len);
		str_addc(out, '\n');
	}
	text_lines_free(&w);
}

/* An empty line, but never two, and none at the top. */
static void skip_line(struct str *out)
{
	if (out->len >= 2 && out->s[out->len - 2] != '\n')
		str_addc(out, '\n');
}

static void lay_paragraph(const char *text, int width, struct str *out)
{
	struct text_lines w = { 0 };

	text_wrap_indent(&w, text, strlen(text), width, INDENT);
	for (size_t i = 0; i < w.count; i++) {
		if (i == 0)
			str_addf(out, "%s%s", full_blank, full_blank);
		str_addn(out, text + w.line[i].start, w.line[i].len);
		str_addc(out, '\n');
	}
	text_lines_free(&w);
}

/* Lines with blanks before them: `share` of 2 halves centres, 2 of 2 is at the
 * right edge, 0 at the left. */
static void lay_lines(const char *text, int width, int share, struct str *out)
{
	struct text_lines w = { 0 };

	text_wrap(&w, text, strlen(text), width);
	for (size_t i = 0; i < w.count; i++) {
		add_blanks(out, (width - w.line[i].cells) * share / 2);
		str_addn(out, text + w.line[i].start, w.line[i].len);
		str_addc(out, '\n');
	}
	text_lines_free(&w);
}

static void lay_mark(const struct block *b, int width, struct str *out)
{
	lay_lines(b->text, width, 2, out);
}

static void lay_title(const struct block *b, int width, struct str *out)
{
	skip_line(out);
	lay_lines(b->text, width, 1, out);
	str_addc(out, '\n');
}

static void lay_heading(const struct block *b, int width, struct str *out)
{
	if (b->level == 1)
		skip_line(out);
	lay_paragraph(b->text, width, out);
	if (b->level == 1)
		str_addc(out, '\n');
}

static void lay_prose(const struct block *b, int width, struct str *out)
{
	lay_paragraph(b->text, width, out);
}

static void lay_plain(const struct block *b, int width, struct str *out)
{
	lay_lines(b->text, width, 0, out);
}

static void lay_table(const struct block *b, int width, struct str *out)
{
	text_table(b->table, width, out);
}

static void lay_centred(const struct block *b, int width, struct str *out)
{
	lay_lines(b->text, width, 1, out);
	str_addc(out, '\n');
}

static void lay_page(const struct block *b, int width, struct str *out)
{
	(void)b;
	skip_line(out);
	for (int i = 0; i < width; i++)
		str_addc(out, '-');
	str_add(out, "\n\n");
}

/* A digest is one word, to be looked for: it stays whole. */
static bool is_word(const char *s)
{
	while (*s > ' ')
		s++;
	return *s == '\0';
}

/* What stands in the last column goes on under itself; in a narrow page under
 * the label. */
static void lay_last(const char *text, int at, int width, struct str *out)
{
	struct text_lines w = { 0 };
	int room = width - at;

	if (is_word(text) || text_cells(text, strlen(text)) <= room) {
		str_add(out, text);
		return;
	}
	if (room < WIDTH_LEAST) {
		str_addc(out, '\n');
		add_blanks(out, INDENT);
		at = INDENT;
		room = width - INDENT;
	}
	text_wrap(&w, text, strlen(text), room);
	for (size_t i = 0; i < w.count; i++) {
		if (i > 0) {
			str_addc(out, '\n');
			add_blanks(out, at);
		}
		str_addn(out, text + w.line[i].start, w.line[i].len);
	}
	text_lines_free(&w);
}

/* Labels and contents each begin in a column of their own, where they can. */
static void lay_line(const struct block *b, int width, struct str *out)
{
	static const int stops[] = { 18, 46, 60, 0 }, room[] = { 0, 1, 4 };
	char *copy = xstrdup(b->text), *rest = copy, *piece;
	int at = 0;

	for (int i = 0; (piece = strsep(&rest, "\t")); i++) {
		if (!rest)
			lay_last(piece, at, width, out);
		if (!rest)
			break;
		str_add(out, piece);
		at += text_cells(piece, strlen(piece));
		add_blanks(out, at + 2 > stops[i] ? 2 : stops[i] - at);
		at = at + 2 > stops[i] ? at + 2 : stops[i];
	}
	str_addc(out, '\n');
	for (int i = 0; i < room[b->level]; i++)
		str_addc(out, '\n');
	free(copy);
}

static void lay_signer(const struct block *b, int width, struct str *out)
{
	skip_line(out);
	lay_lines(b->text, width - DATE_RIGHT, 2, out);
}

static void lay_date(const struct block *b, int width, struct str *out)
{
	if (b[-1].kind != BLOCK_SIGNER) /* there is always a block before */
		skip_line(out);
	lay_lines(b->text, width - DATE_RIGHT, 2, out);
}

static void (*const lay_block[])(const struct block *, int, struct str *) = {
	[BLOCK_MARK] = lay_mark,       [BLOCK_TITLE] = lay_title,
	[BLOCK_LEAD] = lay_prose,      [BLOCK_HEADING] = lay_heading,
	[BLOCK_PARAGRAPH] = lay_prose, [BLOCK_TABLE] = lay_table,
	[BLOCK_NOTE] = lay_plain,      [BLOCK_ITEM] = lay_item,
	[BLOCK_SUB] = lay_centred,     [BLOCK_SIGNER] = lay_signer,
	[BLOCK_DATE] = lay_date,       [BLOCK_PAGE] = lay_page,
	[BLOCK_LINE] = lay_line,
};

void text_lay_out(const struct document *doc, int width, struct str *out)
{
	if (width == 0)
		width = WIDTH;
	if (width < WIDTH_LEAST)
		width = WIDTH_LEAST;
	for (size_t i = 0; i < doc->count; i++)
		lay_block[doc->blocks[i].kind](&doc->blocks[i], width, out);
}

/* ---- for proportional faces: paragraphs as they are, cells by tabs ---- */

static void add_tab_row(const struct table *t, const struct table_spot *line,
			size_t row, struct str *out)
{
	for (size_t c = 0; c < t->columns; c++) {
		const struct table_spot *s = &line[c];

		if (c > 0)
			str_addc(out, '\t');
		if (s->cell && s->row == row && s->column == c)
			str_add(out, s->cell->text);
	}
	str_addc(out, '\n');
}

static void add_tab_table(const struct table *t, struct str *out)
{
	struct table_spot *spots = table_spread(t);

	for (size_t r = 0; r < t->row_count; r++)
		add_tab_row(t, spots + r * t->columns, r, out);
	free(spots);
}

void text_tabs(const struct document *doc, struct str *out)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *b = &doc->blocks[i];

		if (b->kind == BLOCK_TABLE)
			add_tab_table(b->table, out);
		else if (b->text)
			str_addf(out, "%s%s\n",
				 b->kind == BLOCK_PARAGRAPH ||
						 b->kind == BLOCK_LEAD
					 ? "　　"
					 : "",
				 b->text);
	}
}

enum err_code text_write(const struct export_job *job, struct str *out,
			 struct err *err)
{
	struct str text = { 0 }, all = { 0 };
	enum err_code code = ERR_OK;

	if (job->options->tabs)
		text_tabs(job->document, &all);
	else
		text_lay_out(job->document, job->options->columns, &all);
	text_shown(&text, all.s ? all.s : "");
	str_free(&all);
	if (job->options->encoding)
		code = charset_from_utf8(text.s ? text.s : "", text.len,
					 job->options->encoding, out, err);
	else
		str_addn(out, text.s ? text.s : "", text.len);
	str_free(&text);
	return code;
}
