#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/xml.h"
#include "core/zip.h"
#include "export/docx_parts.h"
#include "export/export.h"
#include "export/frame.h"

#define DECLARATION                                                            \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define PARAGRAPH(style) "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr>"
#define PARAGRAPH_KEPT(style)                                                  \
	"<w:p><w:pPr><w:pStyle w:val=\"" style "\"/><w:keepNext/></w:pPr>"

enum {
	PARTS_MAX = 16,
	FLOW_CELLS = 360 /* of a framed line: six lines on paper */
};

static const char *const openings[] = {
	[BLOCK_MARK] = PARAGRAPH("Mark"),
	[BLOCK_TITLE] = PARAGRAPH("Title"),
	[BLOCK_SUB] = PARAGRAPH("Sub"),
	[BLOCK_LEAD] = PARAGRAPH("Para"),
	[BLOCK_HEADING] = PARAGRAPH("1"),
	[BLOCK_PARAGRAPH] = PARAGRAPH("Para"),
	[BLOCK_NOTE] = PARAGRAPH("Note"),
	[BLOCK_ITEM] = PARAGRAPH("Item"),
	[BLOCK_SIGNER] = PARAGRAPH("Signer"),
	[BLOCK_DATE] = PARAGRAPH("Date"),
	[BLOCK_LINE] = PARAGRAPH("Line"),
	[BLOCK_PAGE] = "<w:p><w:r><w:br w:type=\"page\"/></w:r>",
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

/* The title, broken where its meaning allows. */
static void add_title(const struct export_job *job, struct str *out)
{
	struct str title = { 0 };
	char *line, *rest;

	document_title(job->document, job->layout->title_cells, &title);
	str_add(out, openings[BLOCK_TITLE]);
	for (rest = title.s; (line = strsep(&rest, "\n"));) {
		docx_run(line, "", out);
		if (rest)
			str_add(out, "<w:r><w:br/></w:r>");
	}
	str_add(out, "</w:p>");
	str_free(&title);
}

/* The name is centred on the date, which ends four characters from the edge; a
 * long name ends two from it and the date moves in (GB/T 9704 clause 7.3.5). */
static void add_signed(const struct export_job *job, const struct block *b,
		       const char *style, bool is_name, struct str *out)
{
	const char *name = is_name ? b->text : b[-1].text;
	const char *date = is_name ? b[1].text : b->text;
	int more =
		text_cells(name, strlen(name)) - text_cells(date, strlen(date));
	int name_in = 8 - more / 2, date_in = 8;

	if (name_in < 4) {
		name_in = 4;
		date_in = 4 + more / 2;
	}
	more = is_name ? name_in : date_in;
	str_addf(out,
		 "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s<w:ind "
		 "w:rightChars=\"%d\" w:right=\"%d\"/></w:pPr>",
		 style, is_name ? "" : "<w:spacing w:before=\"0\"/>", more * 50,
		 more * job->layout->half_char);
	docx_run(b->text, "", out);
	str_add(out, "</w:p>");
}

/* A label keeps what follows without one, a seal what it is put to. */
static bool keeps_next(const struct block *b, const struct block *next)
{
	if (next->kind != BLOCK_LINE)
		return b->level == ROOM_SEAL && next->kind == BLOCK_NOTE;
	return next->level == ROOM_SEAL ||
	       (next->text[0] == '\t' && b->text[0] != '\t');
}

/* A long text flows on, anything else goes to the next page as it is. */
static void add_line_breaks(const struct block *b, const struct block *next,
			    struct str *out)
{
	if (next && keeps_next(b, next))
		str_add(out, "<w:keepNext/>");
	if (b->level == ROOM_TEXT &&
	    text_cells(b->text, strlen(b->text)) > FLOW_CELLS)
		str_add(out, "<w:keepLines w:val=\"0\"/><w:widowControl/>");
}

/* 标签 TAB 内容, in a frame with the lines above and below it. */
static void add_line(const struct block *b, const struct block *next,
		     struct str *out)
{
	/* room for a pen, for a seal: the line is so high, and so many more */
	static const struct {
		int height, lines;
	} rooms[] = { { 340, 0 }, { 600, 0 }, { 400, 3 } };
	char *copy = xstrdup(b->text), *rest = copy, *piece;

	str_add(out, "<w:p><w:pPr><w:pStyle w:val=\"Line\"/>");
	add_line_breaks(b, next, out);
	str_addf(out,
		 "<w:spacing "
		 "w:line=\"%d\" w:lineRule=\"atLeast\"/></w:pPr>",
		 rooms[b->level].height);
	while ((piece = strsep(&rest, "\t"))) {
		docx_run(piece, "", out);
		if (rest)
			str_add(out, "<w:r><w:tab/></w:r>");
	}
	for (int i = 0; i < rooms[b->level].lines; i++)
		str_add(out, "<w:r><w:br/></w:r>");
	str_add(out, "</w:p>");
	free(copy);
}

/* How a plain paragraph begins, before the block of kind `next`. */
static const char *opening(const struct block *b, enum block_kind next)
{
	/* the date never stands alone on a page */
	if (b->kind == BLOCK_PARAGRAPH &&
	    (next == BLOCK_DATE || next == BLOCK_SIGNER))
		return PARAGRAPH_KEPT("Para");
	if (b->kind != BLOCK_HEADING)
		return openings[b->kind];
	return next == BLOCK_LINE ? PARAGRAPH("SheetTitle")
				  : headings[b->level];
}

static void add_block(const struct export_job *job, size_t i, struct str *out)
{
	const struct document *doc = job->document;
	const struct block *b = &doc->blocks[i];
	enum block_kind next = i + 1 < doc->count ? b[1].kind : BLOCK_TABLE;

	if (b->kind == BLOCK_TITLE && i <= 1) {
		add_title(job, out);
		return;
	}
	if (b->kind == BLOCK_LINE) {
		add_line(b, i + 1 < doc->count ? b + 1 : NULL, out);
		return;
	}
	if (b->kind == BLOCK_SIGNER && next == BLOCK_DATE) {
		add_signed(job, b, "Signer", true, out);
		return;
	}
	if (b->kind == BLOCK_DATE && i > 0 && b[-1].kind == BLOCK_SIGNER) {
		add_signed(job, b, "Date", false, out);
		return;
	}
	if (b->kind == BLOCK_TABLE) {
		docx_table(b->table, job->layout, next == BLOCK_NOTE, out);
		/* Tables that touch become one, and none may be the last. */
		if (next == BLOCK_TABLE)
			str_add(out, PARAGRAPH("Note") "</w:p>");
		return;
	}
	str_add(out, opening(b, next));
	docx_run(b->text ? b->text : "", "", out);
	str_add(out, "</w:p>");
}

void docx_body(const struct export_job *job, struct str *out)
{
	str_add(out, "<w:document xmlns:w=\"http://schemas.openxmlformats.org/"
		     "wordprocessingml/2006/main\" xmlns:r=\"http://schemas."
		     "openxmlformats.org/officeDocument/2006/relationships\">"
		     "<w:body>");
	for (size_t i = 0; i < job->document->count; i++)
		add_block(job, i, out);
	str_add(out, "<w:sectPr><w:footerReference w:type=\"default\" "
		     "r:id=\"rId4\"/><w:footerReference w:type=\"even\" "
		     "r:id=\"rId5\"/>");
	str_add(out, job->layout->page);
	str_add(out, "</w:sectPr></w:body></w:document>");
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
		docx_part_add(&parts[i], job, &all);
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
