#include <assert.h>
#include <string.h>

#include "core/xml.h"
#include "core/zip.h"
#include "export/docx_parts.h"
#include "export/export.h"

#define DECLARATION                                                            \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define PARAGRAPH(style) "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr>"
#define PARAGRAPH_KEPT(style)                                                  \
	"<w:p><w:pPr><w:pStyle w:val=\"" style "\"/><w:keepNext/></w:pPr>"

enum {
	PARTS_MAX = 16
};

static const char *const openings[] = {
	[BLOCK_MARK] = PARAGRAPH("Mark"),
	[BLOCK_TITLE] = PARAGRAPH("Title"),
	[BLOCK_LEAD] = PARAGRAPH("Para"),
	[BLOCK_HEADING] = PARAGRAPH("1"),
	[BLOCK_PARAGRAPH] = PARAGRAPH("Para"),
	[BLOCK_NOTE] = PARAGRAPH("Note"),
	[BLOCK_ITEM] = PARAGRAPH("Item"),
	[BLOCK_DATE] = PARAGRAPH("Date"),
};
static const char *const headings[] = { PARAGRAPH("1"), PARAGRAPH("1"),
					PARAGRAPH("2"), PARAGRAPH("3"),
					PARAGRAPH("4") };

/* “ ” … · and their kind are set narrow, in the Latin face, by Word unless the
 * run says that they are Chinese. */
static bool beyond_ascii(const char *s)
{
	while (*s && !((unsigned char)*s & 0x80))
		s++;
	return *s != '\0';
}

void docx_run(const char *text, const char *properties, struct str *out)
{
	size_t len = strlen(text);
	bool hint = beyond_ascii(text);

	if (len == 0)
		return;
	str_add(out, "<w:r>");
	if (hint || *properties) {
		str_add(out, "<w:rPr>");
		if (hint)
			str_add(out, "<w:rFonts w:hint=\"eastAsia\"/>");
		str_add(out, properties);
		str_add(out, "</w:rPr>");
	}
	str_add(out, text[0] == ' ' || text[len - 1] == ' '
			     ? "<w:t xml:space=\"preserve\">"
			     : "<w:t>");
	xml_escape(out, text, len);
	str_add(out, "</w:t></w:r>");
}

static void add_block(const struct document *doc, size_t i, struct str *out)
{
	const struct block *b = &doc->blocks[i];
	enum block_kind next = i + 1 < doc->count ? b[1].kind : BLOCK_TABLE;

	if (b->kind == BLOCK_TABLE) {
		docx_table(b->table, next == BLOCK_NOTE, out);
		/* Tables that touch become one, and none may be the last. */
		if (next == BLOCK_TABLE)
			str_add(out, PARAGRAPH("Note") "</w:p>");
		return;
	}
	/* the date never stands alone on a page */
	if (b->kind == BLOCK_PARAGRAPH && next == BLOCK_DATE)
		str_add(out, PARAGRAPH_KEPT("Para"));
	else
		str_add(out, b->kind == BLOCK_HEADING ? headings[b->level]
						      : openings[b->kind]);
	docx_run(b->text, "", out);
	str_add(out, "</w:p>");
}

void docx_body(const struct document *doc, struct str *out)
{
	str_add(out, "<w:document xmlns:w=\"http://schemas.openxmlformats.org/"
		     "wordprocessingml/2006/main\" xmlns:r=\"http://schemas."
		     "openxmlformats.org/officeDocument/2006/relationships\">"
		     "<w:body>");
	for (size_t i = 0; i < doc->count; i++)
		add_block(doc, i, out);
	str_add(out,
		"<w:sectPr><w:footerReference w:type=\"default\" "
		"r:id=\"rId4\"/><w:footerReference w:type=\"even\" "
		"r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
		"<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" "
		"w:left=\"1587\" w:header=\"851\" w:footer=\"1417\" "
		"w:gutter=\"0\"/><w:cols w:space=\"425\"/>"
		"<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>"
		"</w:sectPr></w:body></w:document>");
}

static bool is_relations(const struct docx_part *part)
{
	size_t len = strlen(part->name);

	return strcmp(part->name + len - 5, ".rels") == 0;
}

static void add_content_types(const struct docx_part *parts, size_t count,
			      struct str *out)
{
	str_add(out, DECLARATION
		"<Types xmlns=\"http://schemas.openxmlformats.org/package/"
		"2006/content-types\"><Default Extension=\"rels\" "
		"ContentType=\"application/vnd.openxmlformats-package."
		"relationships+xml\"/><Default Extension=\"xml\" "
		"ContentType=\"application/xml\"/>");
	for (size_t i = 0; i < count; i++)
		if (!is_relations(&parts[i]))
			str_addf(out,
				 "<Override PartName=\"/%s\" "
				 "ContentType=\"%s\"/>",
				 parts[i].name, parts[i].type);
	str_add(out, "</Types>");
}

/* All parts stand one after the other in one string; `ends` are their ends. */
enum err_code docx_write(const struct export_job *job, struct str *out,
			 struct err *err)
{
	size_t count, from = 0, ends[PARTS_MAX];
	const struct docx_part *parts = docx_parts(&count);
	struct zip_part list[PARTS_MAX];
	struct str all = { 0 };
	enum err_code code;

	assert(count < PARTS_MAX);
	add_content_types(parts, count, &all);
	ends[0] = all.len;
	for (size_t i = 0; i < count; i++) {
		str_add(&all, DECLARATION);
		docx_part_add(&parts[i], job->document, &all);
		ends[i + 1] = all.len;
	}
	for (size_t i = 0; i <= count; from = ends[i++])
		list[i] = (struct zip_part){ i ? parts[i - 1].name
					       : "[Content_Types].xml",
					     all.s + from, ends[i] - from };
	code = zip_pack(list, count + 1, out, err);
	str_free(&all);
	return code;
}
