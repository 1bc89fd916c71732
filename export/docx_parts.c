#include "export/docx_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/xml.h"

/* clang-format off */
#define W_NS      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define PKG_NS    "http://schemas.openxmlformats.org/package/2006/"
#define R_NS      PKG_NS "relationships"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/"
#define R_TYPE    OFFICE_NS "relationships/"
#define OOX_TYPE  "application/vnd.openxmlformats-officedocument."
#define WML_TYPE  OOX_TYPE "wordprocessingml."
#define PKG_TYPE  "application/vnd.openxmlformats-package."
#define VAL(name, value) "<w:" name " w:val=\"" value "\"/>"
#define PPR(more)        "<w:pPr>" more "</w:pPr>"

static const char settings_before[] =
	"<w:settings " W_NS "><w:zoom w:percent=\"100\"/>"
	"<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
	VAL("defaultTabStop", "420") "<w:evenAndOddHeaders/>"
	"<w:drawingGridVerticalSpacing w:val=\"";
static const char settings_after[] =
	"\"/>" VAL("characterSpacingControl", "compressPunctuation")
	"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
	"<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
	"<w:doNotExpandShiftReturn/><w:useFELayout/>"
	"<w:compatSetting w:name=\"compatibilityMode\" "
	"w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
	"</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
	VAL("decimalSymbol", ".") VAL("listSeparator", ",") "</w:settings>";

/* The number between two dashes, one character in from the outer edge.  All
 * five pieces of the field: a footer without "separate" is not shown by all. */
#define DASH(text) \
	"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>" \
	"<w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define FIELD(kind) "<w:r><w:fldChar w:fldCharType=\"" kind "\"/></w:r>"
#define FOOTER(side) \
	"<w:ftr " W_NS "><w:p>" \
	PPR(VAL("pStyle", "Footer") \
	    "<w:ind w:" side "Chars=\"100\" w:" side "=\"280\"/>" VAL("jc", side)) \
	DASH("— ") FIELD("begin") \
	"<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>" \
	FIELD("separate") "<w:r><w:t>1</w:t></w:r>" FIELD("end") \
	DASH(" —") "</w:p></w:ftr>"

static const char *const footer_odd[] = { FOOTER("right"), NULL };
static const char *const footer_even[] = { FOOTER("left"), NULL };

#define RELATION(id, type, target)                                             \
	"<Relationship Id=\"" id "\" Type=\"" type "\" Target=\"" target "\"/>"

static const char *const package_relations[] = {
	"<Relationships xmlns=\"" R_NS "\">",
	RELATION("rId1", R_TYPE "officeDocument", "word/document.xml"),
	RELATION("rId2", R_NS "/metadata/core-properties", "docProps/core.xml"),
	RELATION("rId3", R_TYPE "extended-properties", "docProps/app.xml"),
	RELATION("rId4", R_TYPE "custom-properties", "docProps/custom.xml"),
	"</Relationships>",
	NULL
};

static const char *const document_relations[] = {
	"<Relationships xmlns=\"" R_NS "\">",
	RELATION("rId1", R_TYPE "styles", "styles.xml"),
	RELATION("rId2", R_TYPE "settings", "settings.xml"),
	RELATION("rId3", R_TYPE "fontTable", "fontTable.xml"),
	RELATION("rId4", R_TYPE "footer", "footer1.xml"),
	RELATION("rId5", R_TYPE "footer", "footer2.xml"),
	"</Relationships>",
	NULL
};

static const char *const app[] = {
	"<Properties xmlns=\"" OFFICE_NS "extended-properties\">"
	"<Application>nianbao</Application></Properties>",
	NULL
};
/* clang-format on */

static void write_styles(const struct export_job *job, struct str *out)
{
	for (const char *const *s = job->layout->styles; *s; s++)
		fonts_fill(job->fonts, *s, out);
}

static void write_settings(const struct export_job *job, struct str *out)
{
	str_add(out, settings_before);
	str_add(out, job->layout->grid_pitch);
	str_add(out, settings_after);
}

static void add_font(const char *name, const char *others, struct str *out)
{
	str_add(out, "<w:font w:name=\"");
	xml_escape(out, name, strlen(name));
	str_addf(out,
		 "\"><w:altName w:val=\"%s\"/><w:charset w:val=\"86\"/>"
		 "<w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/>"
		 "</w:font>",
		 others);
}

/* Word tries the other names in turn; none is embedded. */
static void write_fonts(const struct export_job *job, struct str *out)
{
	str_add(out, "<w:fonts " W_NS ">");
	for (int i = 0; i < FONT_COUNT; i++) {
		const char *name = job->fonts->name[i];
		bool again = false;

		for (int k = 0; k < i; k++)
			again = again || strcmp(name, job->fonts->name[k]) == 0;
		if (!again)
			add_font(name, fonts_others((enum font_role)i), out);
	}
	str_add(out,
		"<w:font w:name=\"Times New Roman\">" VAL("charset", "00")
			VAL("family", "roman")
				VAL("pitch", "variable") "</w:font></w:fonts>");
}

static void add_dated(const char *element, const char *date, struct str *out)
{
	str_addf(out,
		 "<dcterms:%s xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z"
		 "</dcterms:%s>",
		 element, date, element);
}

static void add_named(const char *element, const char *text, struct str *out)
{
	str_addf(out, "<dc:%s>", element);
	xml_escape(out, text, strlen(text));
	str_addf(out, "</dc:%s>", element);
}

/* Dated by the report, so that the same report gives the same bytes. */
static void write_core(const struct export_job *job, struct str *out)
{
	const struct document *doc = job->document;
	struct str date = { 0 };

	if (doc->date[0])
		str_add(&date, doc->date);
	else
		str_addf(&date, "%04d-01-01",
			 doc->year > 0 ? doc->year + 1 : 1980);
	str_add(out, "<cp:coreProperties xmlns:cp=\"http://schemas."
		     "openxmlformats.org/package/2006/metadata/"
		     "core-properties\" "
		     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		     "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
		     "xmlns:xsi=\"http://www.w3.org/2001/"
		     "XMLSchema-instance\">");
	add_named("title", doc->title, out);
	add_named("creator", doc->unit, out);
	add_dated("created", date.s, out);
	add_dated("modified", date.s, out);
	str_add(out, "</cp:coreProperties>");
	str_free(&date);
}

static void add_property(const char *name, const char *type, const char *text,
			 int *pid, struct str *out)
{
	if (!*text)
		return;
	str_addf(out,
		 "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" "
		 "pid=\"%d\" name=\"%s\"><vt:%s>",
		 (*pid)++, name, type);
	xml_escape(out, text, strlen(text));
	str_addf(out, "</vt:%s></property>", type);
}

/* As --signature takes it. */
static const char *signature_of(const struct document *doc)
{
	if (document_has(doc, BLOCK_SUB))
		return "title";
	return document_has(doc, BLOCK_SIGNER) ? "end" : "date";
}

/* What tells later whose figures these are, and what was printed of what is
 * printed only on request (nianbao verify). */
static void write_custom(const struct export_job *job, struct str *out)
{
	const struct document *doc = job->document;
	char year[16] = "";
	int pid = 2; /* 0 and 1 are reserved */

	if (doc->year > 0)
		snprintf(year, sizeof year, "%d", doc->year);
	str_add(out, "<Properties xmlns=\"" OFFICE_NS "custom-properties\" "
		     "xmlns:vt=\"" OFFICE_NS "docPropsVTypes\">");
	add_property("Title", "lpwstr", doc->title, &pid, out);
	add_property("Unit", "lpwstr", doc->unit, &pid, out);
	add_property("Year", "i4", year, &pid, out);
	add_property("Language", "lpwstr", "zh-CN", &pid, out);
	add_property("Form", "lpwstr", doc->form, &pid, out);
	add_property("Digest", "lpwstr", doc->digest, &pid, out);
	add_property("Signature", "lpwstr", signature_of(doc), &pid, out);
	add_property("Lead", "lpwstr",
		     document_has(doc, BLOCK_LEAD) ? "yes" : "no", &pid, out);
	str_add(out, "</Properties>");
}

static const struct docx_part parts[] = {
	{ "_rels/.rels", PKG_TYPE "relationships+xml", package_relations, 0 },
	{ "word/document.xml", WML_TYPE "document.main+xml", 0, docx_body },
	{ "word/_rels/document.xml.rels", PKG_TYPE "relationships+xml",
	  document_relations, 0 },
	{ "word/styles.xml", WML_TYPE "styles+xml", 0, write_styles },
	{ "word/settings.xml", WML_TYPE "settings+xml", 0, write_settings },
	{ "word/fontTable.xml", WML_TYPE "fontTable+xml", 0, write_fonts },
	{ "word/footer1.xml", WML_TYPE "footer+xml", footer_odd, 0 },
	{ "word/footer2.xml", WML_TYPE "footer+xml", footer_even, 0 },
	{ "docProps/core.xml", PKG_TYPE "core-properties+xml", 0, write_core },
	{ "docProps/app.xml", OOX_TYPE "extended-properties+xml", app, 0 },
	{ "docProps/custom.xml", OOX_TYPE "custom-properties+xml", 0,
	  write_custom },
};

const struct docx_part *docx_parts(size_t *count)
{
	*count = sizeof parts / sizeof *parts;
	return parts;
}

void docx_part_add(const struct docx_part *part, const struct export_job *job,
		   struct str *out)
{
	if (part->write)
		part->write(job, out);
	else
		for (const char *const *s = part->pieces; *s; s++)
			str_add(out, *s);
}
