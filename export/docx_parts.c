#include "export/docx_parts.h"

#include <string.h>

#include "core/xml.h"

/* Page, lines and characters are GB/T 9704-2012: 22 lines of 28 characters.
 * Lines 579 twips apart (580 would lose the last one) and every character of
 * the text a quarter point closer give that in Word and in LibreOffice. */

#define W_NS                                                                   \
	"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"   \
	"main\""
#define PKG_NS    "http://schemas.openxmlformats.org/package/2006/"
#define R_NS      PKG_NS "relationships"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/"
#define R_TYPE    OFFICE_NS "relationships/"
#define OOX_TYPE  "application/vnd.openxmlformats-officedocument."
#define WML_TYPE  OOX_TYPE "wordprocessingml."
#define PKG_TYPE  "application/vnd.openxmlformats-package."

/* clang-format off: what follows is XML, a line an element */
#define VAL(name, value)  "<w:" name " w:val=\"" value "\"/>"
#define SIZE(half_points) VAL("sz", half_points) VAL("szCs", half_points)
#define FACE(latin, chinese)                                                   \
	"<w:rFonts w:ascii=\"" latin "\" w:eastAsia=\"" chinese "\" "          \
	"w:hAnsi=\"" latin "\" w:cs=\"Times New Roman\"/>"
#define HAN(chinese) FACE("Times New Roman", chinese)
#define EXACT(line)  "w:line=\"" line "\" w:lineRule=\"exact\"/>"
#define TWO_IN       "<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/>"
/* Off the line grid, or LibreOffice doubles every row of a table. */
#define LOOSE                                                                  \
	VAL("snapToGrid", "0")                                                 \
	"<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>"
#define SMALL(chinese, size) HAN(chinese) VAL("spacing", "0") SIZE(size)

#define STYLE(kind, id, name, more)                                            \
	"<w:style w:type=\"" kind "\" w:styleId=\"" id "\">" VAL("name", name) \
		more "</w:style>"
#define DEFAULT(kind, id, name, more)                                          \
	"<w:style w:type=\"" kind "\" w:default=\"1\" w:styleId=\"" id         \
	"\">" VAL("name", name) more "</w:style>"
#define OWN(kind, id, name, more)                                              \
	"<w:style w:type=\"" kind "\" w:customStyle=\"1\" w:styleId=\"" id     \
	"\">" VAL("name", name) more "</w:style>"
#define FROM(parent)     VAL("basedOn", parent)
#define NEXT(style)      VAL("next", style)
#define HIDDEN(priority) VAL("uiPriority", priority) "<w:semiHidden/>"
#define Q                "<w:qFormat/>"
#define PPR(more)        "<w:pPr>" more "</w:pPr>"
#define RPR(more)        "<w:rPr>" more "</w:rPr>"
#define HEADING(level, outline, chinese)                                       \
	STYLE("paragraph", level, "heading " level,                            \
	      FROM("a") NEXT("Para")                                           \
		      Q PPR("<w:keepNext/>" TWO_IN VAL("outlineLvl", outline)) \
			      RPR(HAN(chinese)))
#define LINE_OF(side)                                                          \
	"<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" "               \
	"w:color=\"auto\"/>"
#define WIDE(name, twips) "<w:" name " w:w=\"" twips "\" w:type=\"dxa\"/>"

static const char *const styles[] = {
	"<w:styles " W_NS
	"><w:docDefaults><w:rPrDefault>" RPR(HAN("仿宋_GB2312") SIZE(
		"32") "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>") "</w:rPrDefault><w:pPrDefault/></w:docDefaults>",
	/* what everything starts from */
	DEFAULT("paragraph", "a", "Normal",
		Q PPR(VAL("widowControl", "0") VAL(
			"overflowPunct", "0") "<w:spacing " EXACT("579")
			      VAL("jc", "both"))
			RPR(HAN("仿宋_GB2312") VAL("spacing", "-5")
				    VAL("kern", "2") SIZE("32"))),
	DEFAULT("character", "a0", "Default Paragraph Font", HIDDEN("1")),
	DEFAULT("table", "a1", "Normal Table",
		HIDDEN("99") "<w:tblPr>" WIDE(
			"tblInd", "0") "<w:tblCellMar>" WIDE("top", "0")
			WIDE("left", "108") WIDE("bottom", "0") WIDE(
				"right", "108") "</w:tblCellMar></w:tblPr>"),
	DEFAULT("numbering", "a2", "No List", HIDDEN("99")),
	/* the blocks of a document */
	STYLE("paragraph", "Title", "Title",
	      FROM("a") NEXT("Para") Q PPR(
		      "<w:keepNext/><w:spacing w:before=\"579\" w:after=\"579\" " EXACT(
			      "700") VAL("jc", "center"))
		      RPR(SMALL("方正小标宋简体", "44"))),
	HEADING("1", "0", "黑体"), HEADING("2", "1", "楷体_GB2312"),
	HEADING("3", "2", "仿宋_GB2312"), HEADING("4", "3", "仿宋_GB2312"),
	OWN("paragraph", "Para", "正文段落", FROM("a") Q PPR(TWO_IN)),
	OWN("paragraph", "Mark", "稿次标记",
	    FROM("a") NEXT("Title") Q PPR(VAL("jc", "right"))
		    RPR(HAN("黑体") VAL("color", "C00000"))),
	OWN("paragraph", "Note", "表注",
	    FROM("a") NEXT("Para") Q PPR(LOOSE) RPR(SMALL("宋体", "18"))),
	OWN("paragraph", "Date", "成文日期",
	    FROM("a") Q PPR("<w:spacing w:before=\"579\" " EXACT(
		    "579") "<w:ind w:rightChars=\"400\" w:right=\"1264\"/>" VAL("jc",
										"right"))),
	OWN("paragraph", "Item", "检查项",
	    FROM("a") Q PPR("<w:ind w:leftChars=\"200\" w:left=\"632\" "
			    "w:hangingChars=\"125\" w:hanging=\"395\"/>")),
	/* cells of a table: kept together, the last row lets go */
	OWN("paragraph", "Cell", "表格居中",
	    FROM("a") Q PPR("<w:keepNext/>" LOOSE VAL("jc", "center"))
		    RPR(SMALL("宋体", "18"))),
	OWN("paragraph", "CellLeft", "表格左齐",
	    FROM("Cell") Q PPR(VAL("jc", "left"))),
	STYLE("paragraph", "Footer", "footer",
	      FROM("a") PPR(LOOSE)
		      RPR(FACE("宋体", "宋体") VAL("spacing", "0") SIZE("28"))),
	OWN("table", "Grid", "年报表格",
	    FROM("a1") "<w:tblPr><w:tblBorders>" LINE_OF("top") LINE_OF(
		    "left") LINE_OF("bottom") LINE_OF("right") LINE_OF("insideH")
		    LINE_OF("insideV") "</w:tblBorders><w:tblCellMar>" WIDE(
			    "left", "28")
			    WIDE("right", "28") "</w:tblCellMar></w:tblPr>"),
	"</w:styles>", NULL
};

/* Word tries the other names in turn; none is embedded. */
#define FONT(name, others, family, pitch)                                      \
	"<w:font w:name=\"" name "\">" VAL("altName", others)                  \
		VAL("charset", "86") VAL("family", family)                     \
			VAL("pitch", pitch) "</w:font>"

static const char *const fonts[] = {
	"<w:fonts " W_NS ">",
	FONT("仿宋_GB2312",
	     "仿宋,FangSong,方正仿宋_GBK,方正仿宋简体,华文仿宋,STFangsong",
	     "modern", "fixed"),
	FONT("楷体_GB2312",
	     "楷体,KaiTi,方正楷体_GBK,方正楷体简体,华文楷体,STKaiti", "modern",
	     "fixed"),
	FONT("方正小标宋简体",
	     "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong", "auto",
	     "variable"),
	FONT("黑体", "SimHei,方正黑体_GBK,华文黑体,STHeiti", "modern", "fixed"),
	FONT("宋体", "SimSun,方正书宋_GBK,华文宋体,STSong", "auto", "variable"),
	"<w:font w:name=\"Times New Roman\">" VAL("charset", "00")
		VAL("family", "roman")
			VAL("pitch", "variable") "</w:font></w:fonts>",
	NULL
};

static const char *const settings[] = {
	"<w:settings " W_NS "><w:zoom w:percent=\"100\"/>"
	"<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>" VAL(
		"defaultTabStop",
		"420") "<w:evenAndOddHeaders/>" VAL("drawingGridVerticalSpacing",
						    "579")
		VAL("characterSpacingControl", "compressPunctuation"),
	"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
	"<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
	"<w:doNotExpandShiftReturn/><w:useFELayout/>"
	"<w:compatSetting w:name=\"compatibilityMode\" "
	"w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
	"</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>" VAL(
		"decimalSymbol", ".") VAL("listSeparator", ",") "</w:settings>",
	NULL
};

/* The number between two dashes, one character in from the outer edge.  All
 * five pieces of the field: a footer without "separate" is not shown by all. */
#define DASH(text)                                                             \
	"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>"                  \
	"<w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define FIELD(kind) "<w:r><w:fldChar w:fldCharType=\"" kind "\"/></w:r>"
#define FOOTER(side)                                                                                        \
	"<w:ftr " W_NS "><w:p>" PPR(VAL(                                                                    \
		"pStyle", "Footer") "<w:ind w:" side "Chars=\"100\" w:" side                                \
				    "=\"280\"/>" VAL("jc", side)) DASH("— ")                                \
		FIELD("begin") "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>" FIELD( \
			"separate") "<w:r><w:t>1</w:t></w:r>" FIELD("end")                                  \
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
static void write_core(const struct document *doc, struct str *out)
{
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

static const struct docx_part parts[] = {
	{ "_rels/.rels", PKG_TYPE "relationships+xml", package_relations, 0 },
	{ "word/document.xml", WML_TYPE "document.main+xml", 0, docx_body },
	{ "word/_rels/document.xml.rels", PKG_TYPE "relationships+xml",
	  document_relations, 0 },
	{ "word/styles.xml", WML_TYPE "styles+xml", styles, 0 },
	{ "word/settings.xml", WML_TYPE "settings+xml", settings, 0 },
	{ "word/fontTable.xml", WML_TYPE "fontTable+xml", fonts, 0 },
	{ "word/footer1.xml", WML_TYPE "footer+xml", footer_odd, 0 },
	{ "word/footer2.xml", WML_TYPE "footer+xml", footer_even, 0 },
	{ "docProps/core.xml", PKG_TYPE "core-properties+xml", 0, write_core },
	{ "docProps/app.xml", OOX_TYPE "extended-properties+xml", app, 0 },
};

const struct docx_part *docx_parts(size_t *count)
{
	*count = sizeof parts / sizeof *parts;
	return parts;
}

void docx_part_add(const struct docx_part *part, const struct document *doc,
		   struct str *out)
{
	if (part->write)
		part->write(doc, out);
	else
		for (const char *const *s = part->pieces; *s; s++)
			str_add(out, *s);
}
