/* What is printed beside the body. */
#include <stdlib.h>
#include <string.h>

#include "import/docx_impl.h"

/* ---- pictures and files ---- */

static bool holds(const struct xml_node *n, const char *const *names)
{
	for (n = xml_child(n); n; n = xml_next(n)) {
		for (const char *const *name = names; *name; name++)
			if (xml_is(n, *name))
				return true;
		if (holds(n, names))
			return true;
	}
	return false;
}

/* A box of text is read as text; a box that has a picture in it is one, and so
 * is what has neither (a drawn letter, a chart, an object). */
static bool is_picture(const struct xml_node *n)
{
	static const char *const pictures[] = { "blip", "imagedata",
						"OLEObject", "chart", NULL };
	static const char *const boxes[] = { "txbxContent", NULL };

	return holds(n, pictures) || !holds(n, boxes);
}

static void count(struct docx_reader *r, const struct xml_node *n,
		  enum outline_place place)
{
	for (n = n ? xml_child(n) : NULL; n; n = xml_next(n)) {
		enum docx_act act = docx_act(n);

		if (act == DOCX_FILE)
			r->out->files[place]++;
		else if (act == DOCX_PICTURE && is_picture(n))
			r->out->pictures[place]++;
		else if (act != DOCX_SKIP && act != DOCX_TEXT)
			count(r, act == DOCX_BRANCH ? docx_branch(n) : n,
			      place);
	}
}

/* ---- texts ---- */

static void keep_texts(struct outline *to, const struct outline *from,
		       enum outline_place place)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct outline_block *b = &from->blocks[i];

		if (b->kind != OUTLINE_TABLE)
			outline_add_aside(to, place, b->text);
		for (size_t k = 0; b->table && k < b->table->count; k++)
			outline_add_aside(to, place, b->table->cells[k].text);
	}
}

/* Its blocks are read as those of the body, then kept as bare texts. */
static enum err_code read_blocks(struct docx_reader *r, struct xml *in,
				 const struct xml_node *n,
				 enum outline_place place, struct err *err)
{
	struct outline blocks = { 0 };
	struct docx_reader beside = *r;
	enum err_code code;

	beside.out = &blocks;
	beside.xml = in;
	beside.line = (struct str){ 0 };
	code = docx_read_blocks(&beside, n, NULL, err);
	if (!code && beside.line.len)
		outline_add_aside(r->out, place, beside.line.s);
	if (!code)
		keep_texts(r->out, &blocks, place);
	count(r, n, place);
	str_free(&beside.line);
	outline_free(&blocks);
	return code;
}

static bool is_note(const struct xml_node *n)
{
	const char *type = xml_attr(n, "type");

	return (xml_is(n, "footnote") || xml_is(n, "endnote")) &&
	       (!type || strcmp(type, "normal") == 0);
}

/* A part of notes has many and the lines that part them from the text. */
static enum err_code read_part(struct docx_reader *r, const char *part,
			       enum outline_place place, struct err *err)
{
	const struct xml_node *root;
	struct xml *in;
	enum err_code code = opc_root(r->package, part, &root, &in, err);

	if (code || place == OUTLINE_HEADER || place == OUTLINE_FOOTER)
		return code ? code : read_blocks(r, in, root, place, err);
	for (root = xml_child(root); root && !code; root = xml_next(root))
		if (is_note(root))
			code = read_blocks(r, in, root, place, err);
	return code;
}

static enum err_code read_parts(struct docx_reader *r, const char *main,
				enum outline_place place, const char *type,
				struct err *err)
{
	size_t parts;
	char **list;
	enum err_code code =
		opc_targets(r->package, main, type, &list, &parts, err);

	for (size_t i = 0; i < parts && !code; i++)
		code = read_part(r, list[i], place, err);
	opc_targets_free(list, parts);
	return code;
}

enum err_code docx_read_asides(struct docx_reader *r, const char *main,
			       const struct xml_node *body, struct err *err)
{
	static const char *const types[OUTLINE_PLACE_COUNT] = {
		[OUTLINE_HEADER] = "/header",
		[OUTLINE_FOOTER] = "/footer",
		[OUTLINE_FOOTNOTE] = "/footnotes",
		[OUTLINE_ENDNOTE] = "/endnotes",
	};
	enum err_code code = ERR_OK;

	count(r, body, OUTLINE_BODY);
	for (int i = OUTLINE_HEADER; i < OUTLINE_PLACE_COUNT && !code; i++)
		code = read_parts(r, main, (enum outline_place)i, types[i],
				  err);
	return code;
}
