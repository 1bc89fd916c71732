#include <string.h>

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

static void lay_date(const struct block *b, int width, struct str *out)
{
	skip_line(out);
	lay_lines(b->text, width - DATE_RIGHT, 2, out);
}

static void (*const lay_block[])(const struct block *, int, struct str *) = {
	[BLOCK_MARK] = lay_mark,       [BLOCK_TITLE] = lay_title,
	[BLOCK_LEAD] = lay_prose,      [BLOCK_HEADING] = lay_heading,
	[BLOCK_PARAGRAPH] = lay_prose, [BLOCK_TABLE] = lay_table,
	[BLOCK_NOTE] = lay_plain,      [BLOCK_ITEM] = lay_item,
	[BLOCK_DATE] = lay_date,
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

enum err_code text_write(const struct export_job *job, struct str *out,
			 struct err *err)
{
	(void)err;
	text_lay_out(job->document, WIDTH, out);
	return ERR_OK;
}
