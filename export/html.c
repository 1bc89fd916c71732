#include "export/html.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/xml.h"
#include "export/export.h"

/* Neighbours of a kind that stand in one element together. */
enum group {
	GROUP_NONE,
	GROUP_ITEMS,
	GROUP_LINES,
	GROUP_SIGNED,
	GROUP_COUNT
};

struct look {
	const char *open, *close;
};

static const enum group groups[BLOCK_COUNT] = {
	[BLOCK_ITEM] = GROUP_ITEMS,
	[BLOCK_LINE] = GROUP_LINES,
	[BLOCK_SIGNER] = GROUP_SIGNED,
	[BLOCK_DATE] = GROUP_SIGNED,
};

/* Of the page, of the fragment. */
static const struct look group_looks[2][GROUP_COUNT] = {
	{
		[GROUP_NONE] = { "", "" },
		[GROUP_ITEMS] = { "<ul class=\"items\">\n", "</ul>\n" },
		[GROUP_LINES] = { "<dl class=\"lines\">\n", "</dl>\n" },
		[GROUP_SIGNED] = { "<div class=\"signed\">\n", "</div>\n" },
	},
	{
		[GROUP_NONE] = { "", "" },
		[GROUP_ITEMS] = { "<ul style=\"list-style:none;padding:0\">\n",
				  "</ul>\n" },
		[GROUP_LINES] = { "", "" },
		[GROUP_SIGNED] = { "", "" },
	},
};

/* The CMS shows its own field for the title as the h1, so the fragment has
 * none; its title is a bold paragraph, which no filter takes away. */
static const struct look looks[2][BLOCK_COUNT] = {
	{
		[BLOCK_MARK] = { "<p class=\"mark\">", "</p>\n" },
		[BLOCK_TITLE] = { "<h1>", "</h1>\n" },
		[BLOCK_SUB] = { "<p class=\"sub\">", "</p>\n" },
		[BLOCK_LEAD] = { "<p>", "</p>\n" },
		[BLOCK_PARAGRAPH] = { "<p>", "</p>\n" },
		[BLOCK_NOTE] = { "<p class=\"note\">", "</p>\n" },
		[BLOCK_ITEM] = { "<li>", "</li>\n" },
		[BLOCK_SIGNER] = { "<p>", "</p>\n" },
		[BLOCK_PAGE] = { "<hr class=\"page\"/>", "\n" },
	},
	{
		[BLOCK_MARK] = { "<p align=\"right\" style=\"text-align:right;"
				 "color:#a00000\"><strong>",
				 "</strong></p>\n" },
		[BLOCK_TITLE] = { "<p align=\"center\" "
				  "style=\"text-align:center;text-indent:0;"
				  "font-size:22px;line-height:1.4;"
				  "word-break:keep-all;"
				  "overflow-wrap:anywhere\"><strong>",
				  "</strong></p>\n" },
		[BLOCK_SUB] = { "<p align=\"center\" "
				"style=\"text-align:center;text-indent:0\">",
				"</p>\n" },
		[BLOCK_LEAD] = { "<p style=\"text-indent:2em\">", "</p>\n" },
		[BLOCK_PARAGRAPH] = { "<p style=\"text-indent:2em\">",
				      "</p>\n" },
		[BLOCK_NOTE] = { "<p style=\"text-indent:0\">", "</p>\n" },
		[BLOCK_ITEM] = { "<li>", "</li>\n" },
		[BLOCK_SIGNER] = { "<p align=\"right\" "
				   "style=\"text-align:right;"
				   "margin-right:4em\">",
				   "</p>\n" },
		[BLOCK_DATE] = { "<p align=\"right\" style=\"text-align:right;"
				 "margin-right:4em\">",
				 "</p>\n" },
		[BLOCK_PAGE] = { "<hr style=\"page-break-after:always\"/>",
				 "\n" },
	},
};

void html_say(struct str *out, const char *text)
{
	struct str line = { 0 };

	text_one_line(&line, text, strlen(text));
	xml_escape(out, line.s ? line.s : "", line.len);
	str_free(&line);
}

/* ---- blocks ---- */

static void add_plain(struct html *h, const struct block *b)
{
	const struct look *look = &looks[h->fragment][b->kind];

	str_add(h->out, look->open);
	if (b->text)
		html_say(h->out, b->text);
	str_add(h->out, look->close);
}

void html_box(struct html *h, const char *name)
{
	str_add(h->out, "<input type=\"checkbox\" aria-label=\"");
	html_say(h->out, name);
	str_add(h->out, "\"/>");
}

/* □ 名称：内容, where the box can be ticked. */
static void add_item(struct html *h, const struct block *b)
{
	const struct look *look = &looks[h->fragment][BLOCK_ITEM];
	size_t len = strlen(HTML_BOX);

	if (!h->ticked || strncmp(b->text, HTML_BOX, len) != 0) {
		add_plain(h, b);
		return;
	}
	str_add(h->out, look->open);
	html_box(h, b->text + len);
	html_say(h->out, b->text + len);
	str_add(h->out, look->close);
}

/* Every place where it may be broken, not the lines of one width: the page is
 * read on wide and narrow screens. */
static void add_title(struct html *h, const struct block *b)
{
	const struct look *look = &looks[h->fragment][BLOCK_TITLE];
	const struct document *doc = h->doc;
	size_t from = 0;

	(void)b;
	str_add(h->out, look->open);
	for (size_t i = 0; i < doc->break_count; i++) {
		char *piece =
			xstrndup(doc->title + from, doc->breaks[i] - from);

		html_say(h->out, piece);
		str_add(h->out, "<wbr/>");
		from = doc->breaks[i];
		free(piece);
	}
	html_say(h->out, doc->title + from);
	str_add(h->out, look->close);
}

/* A rank is one more than that of the heading above it, so that none is
 * skipped where a text goes from 一、 to 1.  Real headings in the fragment as
 * well: every editor's list of tags has h2 to h5, and without them there is no
 * outline for those who read by ear. */
static void add_heading(struct html *h, const struct block *b)
{
	int level = b->level > 0 ? b->level : 1;
	int rank;

	h->open &= (1u << level) - 1;
	rank = __builtin_popcount(h->open) + 1 + h->titled;
	h->open |= 1u << level;
	if (h->fragment)
		str_addf(h->out, "<h%d style=\"font-size:%dpx\">", rank,
			 level == 1 ? 20 : 17);
	else
		str_addf(h->out, "<h%d class=\"level%d\">", rank, level);
	html_say(h->out, b->text);
	str_addf(h->out, "</h%d>\n", rank);
}

static void add_table(struct html *h, const struct block *b)
{
	html_table(h, b->table, b->section ? b->section->title : h->doc->title);
}

static void add_date(struct html *h, const struct block *b)
{
	if (h->fragment) {
		add_plain(h, b);
		return;
	}
	str_add(h->out, "<p><time datetime=\"");
	html_say(h->out, h->doc->date);
	str_add(h->out, "\">");
	html_say(h->out, b->text);
	str_add(h->out, "</time></p>\n");
}

/* A line without a label is one more answer to the label above. */
static void add_line_page(struct html *h, const struct block *b)
{
	/* half as wide or whole; room for its text, for a pen, for a seal */
	static const char *const classes[2][3] = {
		{ "", " class=\"room1\"", " class=\"room2\"" },
		{ " class=\"wide\"", " class=\"wide room1\"",
		  " class=\"wide room2\"" },
	};
	char *copy = xstrdup(b->text), *rest = copy;

	while (rest) {
		const char *label = strsep(&rest, "\t");
		const char *answer = rest ? strsep(&rest, "\t") : "";
		bool wide = label == copy && !rest;

		if (*label) {
			str_add(h->out, "<dt>");
			html_say(h->out, label);
			str_add(h->out, "</dt>");
		}
		str_addf(h->out, "<dd%s>", classes[wide][b->level]);
		html_say(h->out, answer);
		str_add(h->out, "</dd>");
	}
	str_addc(h->out, '\n');
	free(copy);
}

/* Not a dl: where that is taken out the words would run together. */
static void add_line_fragment(struct html *h, const struct block *b)
{
	char *copy = xstrdup(b->text), *rest = copy, *piece;

	str_add(h->out, "<p style=\"text-indent:0\">");
	for (int i = 0; (piece = strsep(&rest, "\t")); i++) {
		bool label = i % 2 == 0;

		str_add(h->out, i > 0 ? "　" : "");
		str_add(h->out, label && *piece ? "<strong>" : "");
		html_say(h->out, piece);
		str_add(h->out, label && *piece ? "</strong>" : "");
	}
	str_add(h->out, "</p>\n");
	free(copy);
}

static void add_line(struct html *h, const struct block *b)
{
	if (h->fragment)
		add_line_fragment(h, b);
	else
		add_line_page(h, b);
}

static void (*const add_block[])(struct html *, const struct block *) = {
	[BLOCK_MARK] = add_plain,      [BLOCK_TITLE] = add_title,
	[BLOCK_SUB] = add_plain,       [BLOCK_LEAD] = add_plain,
	[BLOCK_HEADING] = add_heading, [BLOCK_PARAGRAPH] = add_plain,
	[BLOCK_TABLE] = add_table,     [BLOCK_NOTE] = add_plain,
	[BLOCK_ITEM] = add_item,       [BLOCK_SIGNER] = add_plain,
	[BLOCK_DATE] = add_date,       [BLOCK_LINE] = add_line,
	[BLOCK_PAGE] = add_plain,
};
static_assert(sizeof add_block / sizeof *add_block == BLOCK_COUNT,
	      "a writer a kind");

static void add_blocks(struct html *h)
{
	const struct look *around = group_looks[h->fragment];
	enum group group = GROUP_NONE;

	for (size_t i = 0; i < h->doc->count; i++) {
		const struct block *b = &h->doc->blocks[i];

		if (groups[b->kind] != group) {
			str_add(h->out, around[group].close);
			group = groups[b->kind];
			str_add(h->out, around[group].open);
		}
		add_block[b->kind](h, b);
	}
	str_add(h->out, around[group].close);
}

/* ---- the page ---- */

static void add_meta(const char *name, const char *value, struct str *out)
{
	if (!*value)
		return;
	str_addf(out, "<meta name=\"%s\" content=\"", name);
	html_say(out, value);
	str_add(out, "\"/>\n");
}

static void add_head(const struct export_job *job, struct str *out)
{
	const struct document *doc = job->document;
	char *year = doc->year ? str_printf("%d", doc->year) : xstrdup("");

	str_add(out, "<head>\n<meta charset=\"utf-8\"/>\n"
		     "<meta name=\"viewport\" "
		     "content=\"width=device-width, initial-scale=1\"/>\n"
		     "<title>");
	html_say(out, doc->title);
	str_add(out, "</title>\n");
	add_meta("generator", PACKAGE, out);
	add_meta("nianbao-form", doc->form, out);
	add_meta("nianbao-unit", doc->unit, out);
	add_meta("nianbao-year", year, out);
	add_meta("nianbao-digest", doc->digest, out);
	str_add(out, "<style>\n");
	html_style(job->fonts, out);
	str_add(out, "</style>\n</head>\n");
	free(year);
}

/* The pages of two reports may come into one; the digest is of the figures
 * alone and two empty reports have the same. */
static void make_id(struct html *h)
{
	const struct document *doc = h->doc;
	char *key = str_printf("%s\n%s\n%d\n%s", doc->form, doc->unit,
			       doc->year, doc->digest);
	char hex[DIGEST_TEXT];

	digest_sha256(key, strlen(key), hex);
	snprintf(h->id, sizeof h->id, "n%.8s", hex);
	free(key);
}

static bool has_title(const struct document *doc)
{
	for (size_t i = 0; i < doc->count; i++)
		if (doc->blocks[i].kind == BLOCK_TITLE)
			return true;
	return false;
}

static void write_page(const struct export_job *job, bool ticked,
		       struct str *out)
{
	struct html h = { .doc = job->document, .ticked = ticked, .out = out };

	h.titled = has_title(h.doc);
	make_id(&h);
	str_add(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n");
	add_head(job, out);
	str_add(out, "<body>\n<main>\n<article class=\"nianbao\">\n");
	add_blocks(&h);
	str_add(out, "</article>\n</main>\n</body>\n</html>\n");
}

enum err_code html_write(const struct export_job *job, struct str *out,
			 struct err *err)
{
	struct html h = { .doc = job->document,
			  .fragment = true,
			  .titled = true,
			  .out = out };

	(void)err;
	if (job->options->fragment)
		add_blocks(&h);
	else
		write_page(job, false, out);
	return ERR_OK;
}

enum err_code html_write_ticked(const struct export_job *job, struct str *out,
				struct err *err)
{
	(void)err;
	write_page(job, true, out);
	return ERR_OK;
}
