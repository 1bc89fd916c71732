#include "export/docx_styles.h"

#include <stddef.h>

/* Lines and characters are GB/T 9704-2012: 22 lines of 28 characters.  Lines
 * 579 twips apart (580 would lose the last one) and every character of the text
 * a quarter point closer give that in Word and in LibreOffice.  Cells and
 * footers stand off the line grid, or LibreOffice doubles every row. */

/* clang-format off */
#define NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define VAL(name, value)    "<w:" name " w:val=\"" value "\"/>"
#define SIZE(half_points)   VAL("sz", half_points) VAL("szCs", half_points)
#define FACE(latin, han)    "<w:rFonts w:ascii=\"" latin "\" w:eastAsia=\"" han "\" w:hAnsi=\"" latin "\" w:cs=\"Times New Roman\"/>"
#define HAN(role)           FACE("Times New Roman", role)
#define STYLE(id, name)     "<w:style w:type=\"paragraph\" w:styleId=\"" id "\">" VAL("name", name)
#define OWN(id, name)       "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" id "\">" VAL("name", name)
#define BASE(kind, id, name) "<w:style w:type=\"" kind "\" w:default=\"1\" w:styleId=\"" id "\">" VAL("name", name)
#define FROM(parent)        VAL("basedOn", parent)
#define NEXT(style)         VAL("next", style)
#define HIDDEN(priority)    VAL("uiPriority", priority) "<w:semiHidden/>"
#define Q                   "<w:qFormat/>"
#define EXACT(line)         "w:line=\"" line "\" w:lineRule=\"exact\"/>"
#define LOOSE               VAL("snapToGrid", "0") "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>"
#define BOLD                "<w:b/><w:bCs/>"
#define END                 "</w:style>"

#define NO_STYLES \
	BASE("character", "a0", "Default Paragraph Font") HIDDEN("1") END \
	BASE("table", "a1", "Normal Table") HIDDEN("99") \
		"<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>" \
		"<w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>" \
		"<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/>" \
		"</w:tblCellMar></w:tblPr>" END \
	BASE("numbering", "a2", "No List") HIDDEN("99") END

#define LINE(side, size) "<w:" side " w:val=\"single\" w:sz=\"" size "\" w:space=\"0\" w:color=\"auto\"/>"
#define GRID(size, margin) \
	"<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Grid\">" VAL("name", "年报表格") FROM("a1") \
		"<w:tblPr><w:tblBorders>" LINE("top", size) LINE("left", size) LINE("bottom", size) \
		LINE("right", size) LINE("insideH", size) LINE("insideV", size) "</w:tblBorders><w:tblCellMar>" \
		"<w:left w:w=\"" margin "\" w:type=\"dxa\"/><w:right w:w=\"" margin "\" w:type=\"dxa\"/>" \
		"</w:tblCellMar></w:tblPr>" END

/* Cells are kept together; the last row lets go. */
#define CELLS(size) \
	OWN("Cell", "表格居中") FROM("a") Q "<w:pPr><w:keepNext/>" LOOSE VAL("jc", "center") "</w:pPr>" \
		"<w:rPr>" HAN("@S@") VAL("spacing", "0") SIZE(size) "</w:rPr>" END \
	OWN("CellLeft", "表格左齐") FROM("Cell") Q "<w:pPr>" VAL("jc", "left") "</w:pPr>" END \
	OWN("Note", "表注") FROM("a") NEXT("Para") Q "<w:pPr>" LOOSE "</w:pPr>" \
		"<w:rPr>" HAN("@S@") VAL("spacing", "0") SIZE(size) "</w:rPr>" END

/* Lines of the sign-off sheet: framed, label and content by tabs. */
#define EDGE(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"auto\"/>"
#define TAB(at) "<w:tab w:val=\"left\" w:pos=\"" at "\"/>"
#define SHEET(size, title) \
	OWN("SheetTitle", "审签单标题") FROM("Title") NEXT("Line") Q "<w:pPr>" VAL("outlineLvl", "0") "</w:pPr>" \
		"<w:rPr>" SIZE(title) "</w:rPr>" END \
	OWN("Line", "审签栏") FROM("a") Q \
		"<w:pPr><w:keepLines/><w:pBdr>" EDGE("top") EDGE("left") EDGE("bottom") EDGE("right") EDGE("between") \
		"</w:pBdr><w:tabs>" TAB("2500") TAB("5300") TAB("6700") "</w:tabs>" LOOSE \
		"<w:ind w:left=\"2500\" w:hanging=\"2400\"/>" VAL("jc", "left") "</w:pPr>" \
		"<w:rPr>" HAN("@S@") VAL("spacing", "0") SIZE(size) "</w:rPr>" END

#define DEFAULTS(role, size) \
	"<w:docDefaults><w:rPrDefault><w:rPr>" HAN(role) SIZE(size) \
	"<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"

#define TWO_IN "<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/>"
#define HEADING(level, outline, role) \
	STYLE(level, "heading " level) FROM("a") NEXT("Para") Q \
		"<w:pPr><w:keepNext/>" TWO_IN VAL("outlineLvl", outline) "</w:pPr><w:rPr>" HAN(role) "</w:rPr>" END

const char *const docx_styles_gbt9704[] = {
	"<w:styles " NS ">", DEFAULTS("@F@", "32"),
	BASE("paragraph", "a", "Normal") Q
		"<w:pPr>" VAL("widowControl", "0") VAL("overflowPunct", "0") "<w:spacing " EXACT("579") VAL("jc", "both") "</w:pPr>"
		"<w:rPr>" HAN("@F@") VAL("spacing", "-5") VAL("kern", "2") SIZE("32") "</w:rPr>" END,
	NO_STYLES,
	STYLE("Title", "Title") FROM("a") NEXT("Para") Q
		"<w:pPr><w:keepNext/><w:spacing w:before=\"579\" w:after=\"579\" " EXACT("700") VAL("jc", "center") "</w:pPr>"
		"<w:rPr>" HAN("@B@") VAL("spacing", "0") SIZE("44") "</w:rPr>" END,
	OWN("Sub", "署名日期") FROM("a") NEXT("Para") Q
		"<w:pPr><w:keepNext/><w:spacing w:after=\"579\" " EXACT("579") VAL("jc", "center") "</w:pPr>"
		"<w:rPr>" HAN("@K@") VAL("spacing", "0") "</w:rPr>" END,
	HEADING("1", "0", "@H@"), HEADING("2", "1", "@K@"),
	HEADING("3", "2", "@F@"), HEADING("4", "3", "@F@"),
	OWN("Para", "正文段落") FROM("a") Q "<w:pPr>" TWO_IN "</w:pPr>" END,
	OWN("Mark", "稿次标记") FROM("a") NEXT("Title") Q "<w:pPr>" VAL("jc", "right") "</w:pPr>"
		"<w:rPr>" HAN("@H@") VAL("color", "C00000") "</w:rPr>" END,
	/* the date ends four characters from the edge, the name is centred on it */
	OWN("Signer", "署名") FROM("a") NEXT("Date") Q
		"<w:pPr><w:keepNext/><w:spacing w:before=\"579\" " EXACT("579") VAL("jc", "right") "</w:pPr>" END,
	OWN("Date", "成文日期") FROM("a") Q
		"<w:pPr><w:spacing w:before=\"579\" " EXACT("579")
		"<w:ind w:rightChars=\"400\" w:right=\"1264\"/>" VAL("jc", "right") "</w:pPr>" END,
	OWN("Item", "检查项") FROM("a") Q
		"<w:pPr><w:ind w:leftChars=\"200\" w:left=\"632\" w:hangingChars=\"125\" w:hanging=\"395\"/></w:pPr>" END,
	CELLS("18"), SHEET("21", "36"),
	STYLE("Footer", "footer") FROM("a") "<w:pPr>" LOOSE "</w:pPr><w:rPr>" FACE("@S@", "@S@") VAL("spacing", "0") SIZE("28") "</w:rPr>" END,
	GRID("4", "28"),
	"</w:styles>", NULL
};

#undef TWO_IN
#undef HEADING
#define TWO_IN "<w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/>"
#define HEADING(level, outline, bold) \
	STYLE(level, "heading " level) FROM("a") NEXT("Para") Q \
		"<w:pPr><w:keepNext/>" TWO_IN VAL("outlineLvl", outline) "</w:pPr>" bold END

const char *const docx_styles_template[] = {
	"<w:styles " NS ">", DEFAULTS("@S@", "24"),
	BASE("paragraph", "a", "Normal") Q
		"<w:pPr>" VAL("widowControl", "0") "<w:spacing " EXACT("360") VAL("jc", "both") "</w:pPr>"
		"<w:rPr>" HAN("@S@") VAL("kern", "2") SIZE("24") "</w:rPr>" END,
	NO_STYLES,
	STYLE("Title", "Title") FROM("a") NEXT("Para") Q
		"<w:pPr><w:keepNext/><w:spacing w:before=\"312\" w:after=\"312\" " EXACT("540") VAL("jc", "center") "</w:pPr>"
		"<w:rPr>" BOLD SIZE("36") "</w:rPr>" END,
	OWN("Sub", "署名日期") FROM("a") NEXT("Para") Q
		"<w:pPr><w:keepNext/><w:spacing w:after=\"312\"/>" VAL("jc", "center") "</w:pPr>" END,
	HEADING("1", "0", "<w:rPr>" BOLD "</w:rPr>"), HEADING("2", "1", ""),
	HEADING("3", "2", ""), HEADING("4", "3", ""),
	OWN("Para", "正文段落") FROM("a") Q "<w:pPr>" TWO_IN "</w:pPr>" END,
	OWN("Mark", "稿次标记") FROM("a") NEXT("Title") Q "<w:pPr>" VAL("jc", "right") "</w:pPr>"
		"<w:rPr>" BOLD VAL("color", "C00000") "</w:rPr>" END,
	OWN("Signer", "署名") FROM("a") NEXT("Date") Q
		"<w:pPr><w:keepNext/><w:spacing w:before=\"312\"/>" VAL("jc", "right") "</w:pPr>" END,
	OWN("Date", "成文日期") FROM("a") Q
		"<w:pPr><w:spacing w:before=\"312\"/><w:ind w:rightChars=\"400\" w:right=\"960\"/>" VAL("jc", "right") "</w:pPr>" END,
	OWN("Item", "检查项") FROM("a") Q
		"<w:pPr><w:ind w:leftChars=\"200\" w:left=\"480\" w:hangingChars=\"125\" w:hanging=\"300\"/></w:pPr>" END,
	CELLS("20"), SHEET("18", "32"),
	STYLE("Footer", "footer") FROM("a") "<w:pPr>" LOOSE "</w:pPr><w:rPr>" SIZE("18") "</w:rPr>" END,
	GRID("8", "57"),
	"</w:styles>", NULL
};
/* clang-format on */
