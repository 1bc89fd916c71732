#include "import/docx.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/tr.h"
#include "import/docx_impl.h"

/* ---- elements ---- */

/* What an element does to the text it stands in; any other is a wrapper that
 * is looked into (w:ins, w:hyperlink, w:smartTag, w:sdt, w:fldSimple …). */
static const struct element {
	const char *name;
	enum docx_act act;
	const char *text;
} elements[] = {
	{ "r", DOCX_RUN, NULL },
	{ "t", DOCX_TEXT, NULL },
	{ "tab", DOCX_PUT, "\t" },
	{ "ptab", DOCX_PUT, "\t" },
	{ "br", DOCX_PUT, "\n" },
	{ "cr", DOCX_PUT, "\n" },
	{ "noBreakHyphen", DOCX_PUT, "-" },
	{ "sym", DOCX_PUT, "□" },
	{ "AlternateContent", DOCX_BRANCH, NULL },
	{ "p", DOCX_PARAGRAPH, NULL },
	{ "tbl", DOCX_TABLE, NULL },
	{ "tr", DOCX_ROW, NULL },
	{ "tc", DOCX_CELL, NULL },
	{ "drawing", DOCX_PICTURE, NULL },
	{ "pict", DOCX_PICTURE, NULL },
	{ "object", DOCX_PICTURE, NULL },
	{ "altChunk", DOCX_FILE, NULL },
	{ "subDoc", DOCX_FILE, NULL },
	{ "del", DOCX_SKIP, NULL },
	{ "moveFrom", DOCX_SKIP, NULL },
	{ "delText", DOCX_SKIP, NULL },
	{ "instrText", DOCX_SKIP, NULL },
	{ "delInstrText", DOCX_SKIP, NULL },
	{ "rt", DOCX_SKIP, NULL }, /* what stands over a word */
	{ "rPr", DOCX_SKIP, NULL },
	{ "pPr", DOCX_SKIP, NULL },
	{ "sdtPr", DOCX_SKIP, NULL },
	{ "sdtEndPr", DOCX_SKIP, NULL },
	{ "smartTagPr", DOCX_SKIP, NULL },
	{ "customXmlPr", DOCX_SKIP, NULL },
	{ "tblPr", DOCX_SKIP, NULL },
	{ "tblGrid", DOCX_SKIP, NULL },
	{ "tblPrEx", DOCX_SKIP, NULL },
	{ "trPr", DOCX_SKIP, NULL },
	{ "tcPr", DOCX_SKIP, NULL },
	{ "sectPr", DOCX_SKIP, NULL },
};

static const struct element *element_of(const struct xml_node *n)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (xml_is(n, elements[i].name))
			return &elements[i];
	return NULL;
}

enum docx_act docx_act(const struct xml_node *n)
{
	const struct element *e = element_of(n);

	return e ? e->act : DOCX_WRAPPER;
}

/* Extensions of Word that a branch may ask for; the prefix is the name by which
 * everybody knows them. */
static bool understood(const char *requires)
{
	static const char *const known[] = { "w1", "wp",   "wne",  "a1",
					     "cx", "am3d", "aink", "v" };
	bool all = true;

	while (all && *requires) {
		size_t len = strcspn(requires, " ");

		all = len == 0;
		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			all = all || strncmp(requires, known[i],
					     strlen(known[i])) == 0;
		requires += len + strspn(requires + len, " ");
	}
	return all;
}

const struct xml_node *docx_branch(const struct xml_node *n)
{
	const struct xml_node *c = xml_child(n);

	for (; c; c = xml_next(c)) {
		const char *requires = xml_attr(c, "Requires");

		if (xml_is(c, "Choice") && requires && understood(requires))
			return c;
	}
	return xml_find(n, "Fallback");
}

/* ---- runs ---- */

static bool is_hidden(const struct docx_reader *r, const struct xml_node *run)
{
	const struct xml_node *properties = xml_find(run, "rPr");
	const struct docx_style *style =
		docx_style_find(&r->styles, docx_value(properties, "rStyle"));
	int own = docx_switch(properties, "vanish");

	if (own >= 0)
		return own;
	return r->hidden || (style && style->hidden);
}

static bool breaks_page(const struct xml_node *n)
{
	const char *type = xml_is(n, "br") ? xml_attr(n, "type") : NULL;

	return type && strcmp(type, "page") == 0;
}

void docx_read_text(struct docx_reader *r, const struct xml_node *n,
		    struct str *out)
{
	for (n = xml_child(n); n; n = xml_next(n)) {
		const struct element *e = element_of(n);
		const struct xml_node *branch;
		const char *text;

		switch (e ? e->act : DOCX_WRAPPER) {
		case DOCX_TEXT:
			text = xml_text(r->xml, n);
			text_clean(out, text, strlen(text));
			break;
		case DOCX_PUT:
			str_add(out, e->text);
			r->broken = r->broken || breaks_page(n);
			break;
		case DOCX_RUN:
			if (!is_hidden(r, n))
				docx_read_text(r, n, out);
			break;
		case DOCX_BRANCH:
			branch = docx_branch(n);
			if (branch)
				docx_read_text(r, branch, out);
			break;
		case DOCX_WRAPPER:
			docx_read_text(r, n, out);
			break;
		default:
			break;
		}
	}
}

/* ---- paragraphs ---- */

static bool is_numbered(const struct xml_node *properties)
{
	const char *number = docx_value(
		properties ? xml_find(properties, "numPr") : NULL, "numId");

	return number && strcmp(number, "0") != 0;
}

static bool is_blank(const struct str *text)
{
	return !text->s || text->s[strspn(text->s, " \t\n")] == '\0';
}

/* Does it begin a page: a break stands in it, in its settings, or before it with
 * nothing between. */
static bool begins_page(struct docx_reader *r,
			const struct xml_node *properties, bool blank)
{
	bool own = r->broken || docx_switch(properties, "pageBreakBefore") == 1;
	bool begins = own || r->page;

	r->broken = false;
	r->page = own || (r->page && blank) ||
		  (properties && xml_find(properties, "sectPr"));
	return begins;
}

static void put_paragraph(struct docx_reader *r, int level,
			  const struct xml_node *properties, struct str *text,
			  struct str *cell)
{
	struct outline_block *b;
	bool page;

	if (!cell) {
		page = begins_page(r, properties, is_blank(text));
		b = outline_add(r->out, level, str_steal(text));
		b->numbered = is_numbered(properties);
		b->page = page;
		return;
	}
	if (cell->len && text->len)
		str_addc(cell, '\n');
	str_addn(cell, text->s ? text->s : "", text->len);
	str_free(text);
}

/* The texts of boxes stand beside the line that they are anchored in. */
static enum err_code read_boxes(struct docx_reader *r, const struct xml_node *n,
				struct str *cell, struct err *err)
{
	enum err_code code = ERR_OK;

	for (n = xml_child(n); n && !code; n = xml_next(n)) {
		enum docx_act act = docx_act(n);
		const struct xml_node *inside = n;

		if (act == DOCX_BRANCH)
			inside = docx_branch(n);
		if (!inside || act == DOCX_SKIP || act == DOCX_TEXT)
			continue;
		if (xml_is(n, "txbxContent"))
			code = docx_read_blocks(r, n, cell, err);
		else
			code = read_boxes(r, inside, cell, err);
	}
	return code;
}

/* A paragraph whose mark was deleted goes on in the next one. */
enum err_code docx_read_paragraph(struct docx_reader *r,
				  const struct xml_node *n, struct str *cell,
				  struct err *err)
{
	const struct xml_node *p = xml_find(n, "pPr");
	const struct xml_node *mark = p ? xml_find(p, "rPr") : NULL;
	const struct docx_style *style =
		docx_style_find(&r->styles, docx_value(p, "pStyle"));
	int level = docx_level(p);

	if (level < 0)
		level = style ? style->level : 0;
	r->hidden = style && style->hidden;
	docx_read_text(r, n, &r->line);
	if (mark && (xml_find(mark, "del") || xml_find(mark, "moveFrom")))
		return ERR_OK;
	put_paragraph(r, level, p, &r->line, cell);
	return read_boxes(r, n, cell, err);
}

enum err_code docx_read_blocks(struct docx_reader *r, const struct xml_node *n,
			       struct str *cell, struct err *err)
{
	enum err_code code = ERR_OK;

	for (n = xml_child(n); n && !code; n = xml_next(n)) {
		const struct xml_node *branch;

		switch (docx_act(n)) {
		case DOCX_PARAGRAPH:
			code = docx_read_paragraph(r, n, cell, err);
			break;
		case DOCX_TABLE:
			r->page = false;
			code = cell ? docx_read_nested(r, n, cell, err)
				    : docx_read_table(r, n, err);
			break;
		case DOCX_BRANCH:
			branch = docx_branch(n);
			if (branch)
				code = docx_read_blocks(r, branch, cell, err);
			break;
		case DOCX_WRAPPER:
			code = docx_read_blocks(r, n, cell, err);
			break;
		default:
			break;
		}
	}
	return code;
}

/* ---- the parts ---- */

static enum err_code no_document(const char *name, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 里没有 Word 文稿；请先用 Word 另存为 .docx"),
		       name);
}

static enum err_code read_styles(struct docx_reader *r, const char *main,
				 struct err *err)
{
	const struct xml_node *root;
	struct xml *in;
	char *part = NULL;
	enum err_code code =
		opc_related(r->package, main, "/styles", &part, err);

	if (!code && part)
		code = opc_root(r->package, part, &root, &in, err);
	if (!code && part)
		docx_styles_read(&r->styles, root);
	free(part);
	return code;
}

static enum err_code read_main(struct docx_reader *r, const char *part,
			       struct err *err)
{
	const struct xml_node *root, *body;
	enum err_code code = opc_root(r->package, part, &root, &r->xml, err);

	if (code)
		return code;
	body = xml_is(root, "document") ? xml_find(root, "body") : NULL;
	if (!body)
		return no_document(r->name, err);
	code = read_styles(r, part, err);
	if (!code)
		code = docx_read_blocks(r, body, NULL, err);
	if (!code && r->line.len)
		put_paragraph(r, 0, NULL, &r->line, NULL);
	if (!code)
		code = docx_read_asides(r, part, body, err);
	return code;
}

/* Custom ones have their name in an attribute, core ones are named by their
 * element (title, creator). */
static enum err_code read_properties(struct docx_reader *r, const char *type,
				     struct err *err)
{
	const struct xml_node *root = NULL, *n;
	struct xml *in = NULL;
	char *part = NULL;
	enum err_code code = opc_related(r->package, "", type, &part, err);

	if (!code && part)
		code = opc_root(r->package, part, &root, &in, err);
	for (n = root ? xml_child(root) : NULL; n; n = xml_next(n)) {
		const char *name = xml_attr(n, "name");

		outline_add_property(r->out, name ? name : xml_name(n),
				     xml_text(in, n));
	}
	free(part);
	return code;
}

enum err_code docx_read(struct opc *package, const char *name,
			struct outline *out, struct err *err)
{
	struct docx_reader r = { .package = package, .name = name, .out = out };
	char *part = NULL;
	enum err_code code =
		opc_related(package, "", "/officeDocument", &part, err);

	if (!code && !part)
		code = no_document(name, err);
	if (!code)
		code = read_main(&r, part, err);
	if (!code)
		code = read_properties(&r, "/custom-properties", err);
	if (!code)
		code = read_properties(&r, "/core-properties", err);
	free(part);
	str_free(&r.line);
	docx_styles_free(&r.styles);
	return code;
}
