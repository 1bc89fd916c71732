/* What is read of a Word document, and what of a file that is none. */
#include <stdlib.h>
#include <string.h>

#include "import/foreign.h"
#include "tests/made.h"
#include "tests/parcel.h"
#include "tests/unit.h"

#define COUNT(a)    (sizeof(a) / sizeof *(a))
#define R(text)     "<w:r><w:t>" text "</w:t></w:r>"
#define P(text)     "<w:p>" R(text) "</w:p>"
#define STYLED(id)  "<w:p><w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr>"
#define TC(p, text) "<w:tc><w:tcPr>" p "</w:tcPr>" P(text) "</w:tc>"
#define TR(cells)   "<w:tr>" cells "</w:tr>"
#define TBL(rows)   "<w:tbl><w:tblPr/><w:tblGrid/>" rows "</w:tbl>"
#define SPAN(n)     "<w:gridSpan w:val=\"" n "\"/>"
#define DOWN        "<w:vMerge/>"
#define START       "<w:vMerge w:val=\"restart\"/>"
#define BOX(text)   "<w:txbxContent>" P(text) "</w:txbxContent>"

static const char styles[] =
	"<w:style w:styleId=\"A\"><w:name w:val=\"甲\"/><w:pPr><w:outlineLvl "
	"w:val=\"1\"/></w:pPr></w:style>"
	"<w:style w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>"
	"<w:style w:styleId=\"C\"><w:name w:val=\"Heading 3\"/></w:style>"
	"<w:style w:styleId=\"D\"><w:name w:val=\"标题 1\"/></w:style>"
	"<w:style w:styleId=\"E\"><w:basedOn w:val=\"F\"/></w:style>"
	"<w:style w:styleId=\"F\"><w:basedOn w:val=\"E\"/></w:style>"
	"<w:style w:styleId=\"G\"><w:rPr><w:vanish/></w:rPr></w:style>"
	"<w:style w:styleId=\"H\"><w:basedOn w:val=\"A\"/><w:pPr>"
	"<w:outlineLvl w:val=\"9\"/></w:pPr></w:style>";

static const struct reading {
	const char *why, *body, *reads;
} readings[] = {
	{ "plain", P("一") "<w:p/>" P("二"), "p 一\np \np 二" },
	{ "signs that are no text",
	  "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/>"
	  "<w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/></w:r>"
	  "</w:p>",
	  "p a\\tb\\nc\\nd-e" },
	{ "wrappers are looked into",
	  "<w:p><w:ins>" R("1") "</w:ins><w:hyperlink>" R(
		  "2") "</w:hyperlink>"
		       "<w:smartTag>" R(
			       "3") "</w:smartTag><w:sdt><w:sdtPr><w:t>x</w:t>"
				    "</w:sdtPr><w:sdtContent>" R(
					    "4") "</w:sdtContent></w:sdt>"
						 "<w:fldSimple w:instr=\"PAGE\">" R("5") "</w:fldSimple><w:moveTo>" R(
							 "6") "</w:moveTo><w:customXml>" R("7") "</w:customXml></w:p>",
	  "p 1234567" },
	{ "what is not to be seen",
	  "<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:moveFrom>" R(
		  "x") "</w:moveFrom><w:r><w:instrText>x</w:instrText></w:r><w:r>"
		       "<w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish "
		       "w:val=\"0\"/></w:rPr><w:t>1</w:t></w:r></w:p>",
	  "p 1" },
	{ "hidden by a style, and not",
	  STYLED("G") R(
		  "x") "<w:r><w:rPr><w:vanish w:val=\"false\"/></w:rPr>"
		       "<w:t>1</w:t></w:r></w:p><w:p><w:r><w:rPr><w:rStyle w:val=\"G\"/>"
		       "</w:rPr><w:t>x</w:t></w:r>" R("2") "</w:p>",
	  "p 1\np 2" },
	{ "a field with its result",
	  "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
	  "<w:instrText>=1+1</w:instrText></w:r><w:r><w:fldChar "
	  "w:fldCharType=\"separate\"/></w:r>" R(
		  "2") "<w:r><w:fldChar "
		       "w:fldCharType=\"end\"/></w:r></w:p>",
	  "p 2" },
	{ "what stands over a word",
	  "<w:p><w:r><w:ruby><w:rubyPr/><w:rt>" R("hàn") "</w:rt><w:rubyBase>" R(
		  "汉") "</w:rubyBase></w:ruby></w:r></w:p>",
	  "p 汉" },
	{ "one branch",
	  "<w:p><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice Requires=\"wps\">" R(
		  "1") "</mc:Choice><mc:Fallback>" R("x") "</mc:Fallback>"
							  "</mc:AlternateContent></w:p>",
	  "p 1" },
	{ "a branch that Word does not know",
	  "<w:p><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice Requires=\"zz\">" R(
		  "x") "</mc:Choice><mc:Fallback>" R("1") "</mc:Fallback>"
							  "</mc:AlternateContent></w:p>",
	  "p 1" },
	{ "a text box once",
	  "<w:p>" R(
		  "一") "<w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice "
			"Requires=\"wps\"><w:drawing>" BOX(
				"框") "</w:drawing></mc:Choice>"
				      "<mc:Fallback><w:pict>" BOX(
					      "框") "</w:pict></mc:Fallback>"
						    "</mc:AlternateContent></w:r>" R(
							    "二") "</w:p>",
	  "p 一二\np 框" },
	{ "a paragraph whose mark was deleted",
	  "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("一") "</w:p>" P(
		  "二"),
	  "p 一二" },
	{ "blocks in wrappers",
	  "<w:sdt><w:sdtContent>" P(
		  "一") "</w:sdtContent></w:sdt>"
			"<w:customXml>" P(
				"二") "</w:customXml><w:sectPr><w:t>x</w:t>"
				      "</w:sectPr>",
	  "p 一\np 二" },
	{ "headings by styles",
	  STYLED("A") R("一") "</w:p>" STYLED("B") R("二") "</w:p>" STYLED(
		  "C") R("三") "</w:p>" STYLED("D") R("四") "</w:p>" STYLED("E")
		  R("五") "</w:p>" STYLED("H") R("六") "</w:p>" STYLED("none")
			  R("七") "</w:p>",
	  "h2 一\nh2 二\nh3 三\nh1 四\np 五\np 六\np 七" },
	{ "headings of their own, and numbers",
	  "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/><w:numPr><w:numId "
	  "w:val=\"3\"/></w:numPr></w:pPr>" R(
		  "总体情况") "</w:p><w:p><w:pPr>"
			      "<w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>" R(
				      "一") "</w:p>",
	  "#h1 总体情况\np 一" },
	{ "control characters stay out",
	  "<w:p>" R("一&#x85;&#x9b;&#x7f;二&#9;三") "</w:p>", "p 一二 三" },
	{ "a table",
	  TBL(TR(TC("", "a") TC("", "b")) TR(TC("", "c") TC("", "d"))),
	  "a|b/c|d" },
	{ "spans across",
	  TBL(TR(TC(SPAN("2"), "a") TC("", "b"))
		      TR(TC("", "c") TC(SPAN("2"), "d"))),
	  "a|^|b/c|d|^" },
	{ "spans down; a text in what is merged away",
	  TBL(TR(TC(START, "a") TC("", "b")) TR(TC(DOWN, "") TC("", "c"))
		      TR(TC(DOWN, "x") TC("", "d"))),
	  "a\\nx|b/^|c/^|d" },
	{ "a merge that goes on from nothing",
	  TBL(TR(TC("", "a") TC("", "b")) TR(TC(DOWN, "c") TC("", "d"))),
	  "a|b/c|d" },
	{ "two merges one under the other",
	  TBL(TR(TC(START, "a")) TR(TC(DOWN, "")) TR(TC(START, "b"))
		      TR(TC(DOWN, ""))),
	  "a/^/b/^" },
	{ "the old merge across",
	  TBL(TR(TC("<w:hMerge w:val=\"restart\"/>", "a") TC("<w:hMerge/>", "")
			 TC("", "b")) TR(TC("", "c") TC("", "d") TC("", "e"))),
	  "a|^|b/c|d|e" },
	{ "grid columns before and after",
	  TBL(TR("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC("", "a"))
		      TR(TC("", "b") TC("", "c") TC("", "d"))),
	  ".|a|./b|c|d" },
	{ "rows and cells in wrappers",
	  TBL("<w:sdt><w:sdtPr/><w:sdtContent>" TR(TC("", "a") "<w:sdt><w:sdtContent>" TC(
		  "",
		  "b") "</w:sdtContent></w:sdt>") "</w:sdtContent></w:sdt><w:ins>" TR(TC("",
											 "c") TC("",
												 "d")) "</w:ins>"),
	  "a|b/c|d" },
	{ "a row that was deleted",
	  TBL(TR(TC("", "a")) TR("<w:trPr><w:del/></w:trPr>" TC("", "x"))
		      TR(TC("", "b"))),
	  "a/b" },
	{ "paragraphs of a cell",
	  TBL(TR("<w:tc>" P("a") "<w:p/>" P("b") "</w:tc>")), "a\\nb" },
	{ "a table in a cell",
	  TBL(TR("<w:tc>" P("a") TBL(
		  TR(TC("", "1") TC("", "2")) TR("<w:trPr><w:del/></w:trPr>" TC(
			  "", "x"))) "<w:p/></w:tc>" TC("", "b"))),
	  "a\\n1\\n2|b" },
	{ "a span beyond all reason",
	  TBL(TR(TC(SPAN("99999999999999999999999"), "a") TC("", "b"))
		      TR(TC(SPAN("0"), "c") TC(SPAN("-3"), "d"))),
	  NULL },
	{ "two tables", TBL(TR(TC("", "a"))) P("一") TBL(TR(TC("", "b"))),
	  "a\np 一\nb" },
	{ "nothing", "", "" },
};

static void test_readings(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(readings); i++) {
		struct str zip = { 0 };
		struct foreign f = { 0 };
		struct err err = { 0 };
		char *dump;

		parcel_docx(&zip, readings[i].body, styles);
		if (foreign_read(&f, zip.s, zip.len, "a.docx", &err) != ERR_OK)
			fail_msg("%s: %s", readings[i].why, err.text);
		dump = parcel_dump(&f.outline);
		if (readings[i].reads && strcmp(dump, readings[i].reads) != 0)
			fail_msg("%s: \"%s\", not \"%s\"", readings[i].why,
				 dump, readings[i].reads);
		free(dump);
		foreign_free(&f);
		str_free(&zip);
	}
}

/* A span of 63 is the most, so the second row is wide enough for nothing. */
static void test_wide_span(void **state)
{
	struct str zip = { 0 };
	struct foreign f = { 0 };
	struct err err = { 0 };
	const struct outline_table *t;

	(void)state;
	parcel_docx(&zip, TBL(TR(TC(SPAN("999999999999"), "a") TC("", "b"))),
		    NULL);
	assert_int_equal(foreign_read(&f, zip.s, zip.len, "a", &err), ERR_OK);
	t = f.outline.blocks[0].table;
	assert_int_equal(t->columns, 64);
	assert_int_equal(t->cells[1].column, 63);
	foreign_free(&f);
	str_free(&zip);
}

/* ---- the package ---- */

#define DOCUMENT                                                               \
	"<w:document " PARCEL_W "><w:body>" P("一") "</w:body></w:document>"
#define RELATION(type, target)                                                 \
	"<Relationship Type=\"" type "\" Target=\"" target "\"/>"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"

/* Main parts wherever they are; `says` NULL: it is read. */
static const struct package {
	const char *why, *relations, *part, *bytes, *says;
} packages[] = {
	{ "as usual",
	  RELATION(PARCEL_TYPE "/officeDocument", "word/document.xml"),
	  "word/document.xml", DOCUMENT, NULL },
	{ "absolute, strict, elsewhere",
	  RELATION(STRICT "/officeDocument", "/a/./b/../c.xml"), "a/c.xml",
	  "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/"
	  "main\"><x:body><x:p><x:r><x:t>一</x:t></x:r></x:p></x:body>"
	  "</x:document>",
	  NULL },
	{ "case does not count",
	  RELATION(PARCEL_TYPE "/officeDocument", "WORD/Document.XML"),
	  "word/document.xml", DOCUMENT, NULL },
	{ "UTF-8 with a mark", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"),
	  "d.xml",
	  "\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>" DOCUMENT, NULL },
	{ "no relation", "", "word/document.xml", DOCUMENT, "没有 Word" },
	{ "a part that is not there",
	  RELATION(PARCEL_TYPE "/officeDocument", "word/no.xml"),
	  "word/document.xml", DOCUMENT, "没有 Word" },
	{ "out of the package",
	  RELATION(PARCEL_TYPE "/officeDocument", "../../../etc/passwd"),
	  "word/document.xml", DOCUMENT, "没有 Word" },
	{ "a web address",
	  "<Relationship Type=\"" PARCEL_TYPE "/officeDocument\" "
	  "Target=\"http://example.invalid/\" TargetMode=\"External\"/>",
	  "word/document.xml", DOCUMENT, "没有 Word" },
	{ "a workbook", RELATION(PARCEL_TYPE "/officeDocument", "w.xml"),
	  "w.xml", "<workbook/>", "没有 Word" },
	{ "broken relations", "<Relationship", "word/document.xml", DOCUMENT,
	  ".rels" },
	{ "a DTD", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"), "d.xml",
	  "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
	  "'&a;&a;&a;&a;&a;&a;'>]>" DOCUMENT,
	  "DTD" },
	{ "an entity", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"),
	  "d.xml", "<w:document " PARCEL_W ">&lol;</w:document>", "d.xml" },
	{ "not closed", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"),
	  "d.xml", "<w:document " PARCEL_W "><w:body>", "d.xml" },
	{ "not UTF-8", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"),
	  "d.xml", "<w:document " PARCEL_W ">\xff\xfe</w:document>", "d.xml" },
	{ "in seven bits", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"),
	  "d.xml", "<?xml version='1.0' encoding='UTF-7'?>" DOCUMENT, "编码" },
	{ "no XML at all", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"),
	  "d.xml", "PNG", "XML" },
	{ "empty", RELATION(PARCEL_TYPE "/officeDocument", "d.xml"), "d.xml",
	  "", "XML" },
};

static void check_package(const struct package *p, const char *bytes,
			  size_t len)
{
	struct foreign f = { 0 };
	struct err err = { 0 };
	enum err_code code = foreign_read(&f, bytes, len, "a.docx", &err);
	char *dump = parcel_dump(&f.outline);

	if (!p->says && (code != ERR_OK || strcmp(dump, "p 一") != 0))
		fail_msg("%s: %s%s", p->why, err.text, dump);
	if (p->says) {
		if (code == ERR_OK)
			fail_msg("%s: taken", p->why);
		parcel_is_sentence(p->why, err.text);
		if (!strstr(err.text, p->says))
			fail_msg("%s: \"%s\"", p->why, err.text);
	}
	free(dump);
	foreign_free(&f);
}

static void test_packages(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(packages); i++) {
		const struct package *p = &packages[i];
		char *relations = str_printf(PARCEL_RELS "%s</Relationships>",
					     p->relations);
		const struct zip_part parts[] = {
			{ "_rels/.rels", relations, strlen(relations) },
			{ p->part, p->bytes, strlen(p->bytes) },
		};
		struct str zip = { 0 };

		parcel_zip(&zip, parts, 2);
		check_package(p, zip.s, zip.len);
		str_free(&zip);
		free(relations);
	}
}

/* The same as Flat OPC; there a part can stand twice. */
static void test_flat(void **state)
{
#define PART(name, bytes)                                                      \
	"<pkg:part pkg:name=\"/" name "\"><pkg:xmlData>" bytes                 \
	"</pkg:xmlData></pkg:part>"
#define FLAT(parts)                                                            \
	"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>"  \
	"<pkg:package xmlns:pkg=\"p\">" parts "</pkg:package>"
#define TO_MAIN                                                                \
	PART("_rels/.rels",                                                    \
	     PARCEL_RELS RELATION(PARCEL_TYPE "/officeDocument",               \
				  "d.xml") "</Relationships>")
	static const struct package rows[] = {
		{ "flat", "", "", FLAT(TO_MAIN PART("d.xml", DOCUMENT)), NULL },
		{ "without its main part", "", "", FLAT(TO_MAIN), "没有 Word" },
		{ "no data in it", "", "",
		  FLAT(TO_MAIN "<pkg:part pkg:name=\"/d.xml\"/>"), "缺少" },
		{ "a part twice", "", "",
		  FLAT(TO_MAIN PART("d.xml", DOCUMENT) PART("D.XML", DOCUMENT)),
		  "两次" },
		{ "nothing in it", "", "", FLAT(""), "没有 Word" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_package(&rows[i], rows[i].bytes, strlen(rows[i].bytes));
}

/* Custom and core properties; LibreOffice makes a decimal of a number. */
static void test_properties(void **state)
{
	static const char relations[] =
		PARCEL_RELS RELATION(PARCEL_TYPE "/officeDocument", "d.xml")
			RELATION(PARCEL_TYPE "/custom-properties", "c.xml")
				RELATION("x/core-properties",
					 "k.xml") "</Relationships>";
	static const char custom[] =
		"<Properties><property name=\"Unit\"><v>甲\n局</v></property>"
		"<property name=\"Empty\"/></Properties>";
	static const char core[] =
		"<c xmlns:dc=\"d\"><dc:title>题</dc:title></c>";
	const struct zip_part parts[] = {
		{ "_rels/.rels", relations, sizeof relations - 1 },
		{ "d.xml", DOCUMENT, sizeof DOCUMENT - 1 },
		{ "c.xml", custom, sizeof custom - 1 },
		{ "k.xml", core, sizeof core - 1 },
	};
	struct str zip = { 0 };
	struct foreign f = { 0 };
	struct err err = { 0 };

	(void)state;
	parcel_zip(&zip, parts, 4);
	assert_int_equal(foreign_read(&f, zip.s, zip.len, "a", &err), ERR_OK);
	assert_string_equal(outline_property(&f.outline, "Unit"), "甲 局");
	assert_string_equal(outline_property(&f.outline, "title"), "题");
	assert_null(outline_property(&f.outline, "Empty"));
	foreign_free(&f);
	str_free(&zip);
}

/* ---- what a file is, its content says ---- */

static void test_kinds(void **state)
{
	static const struct package rows[] = {
		{ "an old one", "", "", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
		  "请先用 Word 另存为 .docx" },
		{ "a PDF", "", "", "%PDF-1.7 ...", "PDF" },
		{ "a page", "", "",
		  "<!DOCTYPE html><html><body>x</body></html>", "HTML" },
		{ "a page that Word saved", "", "",
		  "\xef\xbb\xbf<html xmlns:o=\"x\"><body>x</body></html>",
		  "HTML" },
		{ "Word's XML of 2003", "", "", "<w:wordDocument xmlns:w='x'/>",
		  "另存为 .docx" },
		{ "a text", "", "", "青溪县人民政府2024年年报",
		  "另存为 .docx" },
		{ "nothing", "", "", "", "另存为 .docx" },
		{ "blanks", "", "", " \n\n ", "另存为 .docx" },
		{ "ours, but broken", "", "", "<annual-report/>", "a.docx" },
		{ "a zip that is none", "", "", "PK\3\4", "压缩包" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_package(&rows[i], rows[i].bytes, strlen(rows[i].bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readings),
		cmocka_unit_test(test_wide_span),
		cmocka_unit_test(test_packages),
		cmocka_unit_test(test_flat),
		cmocka_unit_test(test_properties),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
