/* Packages made to hurt: refused with one sentence, or read, never a crash. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "import/foreign.h"
#include "tests/made.h"
#include "tests/parcel.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define P(text)  "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"

/* `says` NULL: it is read. */
static void check(const char *why, const struct str *bytes, const char *says)
{
	struct foreign f = { 0 };
	struct err err = { 0 };
	enum err_code code =
		foreign_read(&f, bytes->s, bytes->len, "a.docx", &err);

	if (!says && code != ERR_OK)
		fail_msg("%s: %s", why, err.text);
	if (says && code == ERR_OK)
		fail_msg("%s: taken", why);
	if (code != ERR_OK)
		parcel_is_sentence(why, err.text);
	/* a newer libzip finds the flag without a cipher broken */
	if (says && !strstr(err.text, says) &&
	    !(strcmp(why, "encrypted") == 0 && strstr(err.text, "前后不一致")))
		fail_msg("%s: \"%s\" does not say %s", why, err.text, says);
	foreign_free(&f);
}

/* ---- the zip ---- */

static const char relations[] =
	PARCEL_RELS "<Relationship Type=\"/officeDocument\" "
		    "Target=\"d.xml\"/></Relationships>";
static const char document[] =
	"<w:document " PARCEL_W "><w:body>" P("一") "</w:body></w:document>";
#define GOOD                                                                   \
	{ .name = "_rels/.rels",                                               \
	  .bytes = relations,                                                  \
	  .len = sizeof relations - 1 },                                       \
	{                                                                      \
		.name = "d.xml", .bytes = document, .len = sizeof document - 1 \
	}

/* A good DOCX and one entry more. */
static const struct entry_row {
	const char *why;
	struct raw_entry more;
	const char *says;
} entry_rows[] = {
	{ "one more", { .name = "x", .bytes = "x", .len = 1 }, NULL },
	{ "a folder", { .name = "word/", .bytes = "" }, NULL },
	{ "streamed",
	  { .name = "x", .bytes = "xyz", .len = 3, .streamed = true },
	  NULL },
	{ "out of the folder",
	  { .name = "../../../../etc/passwd", .bytes = "x", .len = 1 },
	  NULL },
	{ "a path", { .name = "/etc/passwd", .bytes = "x", .len = 1 }, NULL },
	{ "a path of Windows",
	  { .name = "C:\\a\\b", .bytes = "x", .len = 1 },
	  NULL },
	{ "control characters",
	  { .name = "\x1b[31mx\n\x07", .bytes = "x", .len = 1 },
	  NULL },
	{ "no UTF-8", { .name = "\xff\xfe", .bytes = "x", .len = 1 }, NULL },
	{ "a name twice",
	  { .name = "d.xml", .bytes = "x", .len = 1 },
	  "a.docx" },
	{ "a name twice but for case",
	  { .name = "D.Xml", .bytes = "x", .len = 1 },
	  "d.xml" },
	{ "a name twice but for the slash",
	  { .name = "_rels\\.rels", .bytes = "x", .len = 1 },
	  "_rels/.rels" },
	{ "encrypted",
	  { .name = "x", .bytes = "x", .len = 1, .flags = 1 },
	  "密码" },
	{ "a method that nobody knows",
	  { .name = "\x1b]0;x\x07yz", .bytes = "x", .len = 1, .method = 77 },
	  "压缩方法" },
	{ "a part of 65 MiB",
	  { .name = "x", .bytes = "x", .len = 1, .claims = 65u << 20 },
	  "a.docx" },
	{ "2 MiB out of a byte",
	  { .name = "x",
	    .bytes = "x",
	    .len = 1,
	    .method = 8,
	    .claims = 2u << 20 },
	  "不合常理" },
	{ "65 MiB out of 1 MiB", { .name = "x", .method = 8 }, "不合常理" },
};

static char mebibyte[1 << 20];

static void test_entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(entry_rows); i++) {
		struct raw_entry list[] = { GOOD, entry_rows[i].more };
		struct str zip = { 0 };

		if (!list[2].bytes) {
			list[2].bytes = mebibyte;
			list[2].len = sizeof mebibyte;
			list[2].claims = 65u << 20;
		}
		parcel_raw(&zip, NULL, list, 3);
		check(entry_rows[i].why, &zip, entry_rows[i].says);
		str_free(&zip);
	}
}

/* What the directory says of the main part is not what is there. */
static void test_lies(void **state)
{
	static const struct {
		const char *why;
		int at, bytes; /* in the central header, and 2 less in the local */
		unsigned by;
		const char *says;
	} rows[] = {
		{ "a size too small", 24, 1, 1, "a.docx" },
		{ "a size too large", 24, 1, 255, "a.docx" },
		{ "a checksum that is wrong", 16, 1, 1, "a.docx" },
	};
	struct str good = { 0 };
	struct zip_part parts[3] = {
		{ "_rels/.rels", relations, sizeof relations - 1 },
		{ "pad", document, sizeof document - 1 },
	};
	struct str big = { 0 };

	(void)state;
	str_add(&big, "<w:document " PARCEL_W "><w:body>");
	for (int i = 0; i < 300; i++)
		str_add(&big, P("一二三"));
	str_add(&big, "</w:body></w:document>");
	parts[2] = (struct zip_part){ "d.xml", big.s, big.len };
	parcel_zip(&good, parts, 3);
	check("as it is", &good, NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str bad = { 0 };
		char *local, *central;

		str_addn(&bad, good.s, good.len);
		local = memmem(bad.s, bad.len, "d.xml", 5);
		central =
			memmem(local + 5, bad.len - (size_t)(local + 5 - bad.s),
			       "d.xml", 5);
		assert_non_null(central);
		local[rows[i].at - 2 - 30] += (char)rows[i].by;
		central[rows[i].at - 46] += (char)rows[i].by;
		check(rows[i].why, &bad, rows[i].says);
		str_free(&bad);
	}
	str_free(&good);
	str_free(&big);
}

/* Entries one in the other: the innermost bytes are "compressed" in each. */
static void test_overlap(void **state)
{
	enum {
		DEPTH = 40
	};
	struct raw_entry list[DEPTH + 2] = { GOOD };
	struct str layers[DEPTH + 1] = { { 0 } }, zip = { 0 }, before = { 0 };
	char names[DEPTH][4] = { { 0 } };
	size_t at[DEPTH];

	(void)state;
	str_add(&layers[DEPTH], "innermost bytes, counted again and again");
	for (int i = DEPTH - 1; i >= 0; i--) {
		struct raw_entry *e = &list[i + 2];

		names[i][0] = 'n';
		names[i][1] = (char)('0' + i / 10);
		names[i][2] = (char)('0' + i % 10);
		*e = (struct raw_entry){ .name = names[i],
					 .bytes = layers[i + 1].s,
					 .len = layers[i + 1].len };
		parcel_local(&layers[i], e);
	}
	str_addn(&before, layers[0].s, layers[0].len);
	for (int i = 0; i < DEPTH; i++) {
		at[i] = i ? at[i - 1] + 30 + strlen(names[i - 1]) : SIZE_MAX;
		list[i + 2].at = at[i];
		at[i] = i ? at[i] : 0;
	}
	parcel_raw(&zip, &before, list, DEPTH + 2);
	check("entries one in the other", &zip, "不合常理");
	for (int i = 0; i <= DEPTH; i++)
		str_free(&layers[i]);
	str_free(&zip);
	str_free(&before);
}

static void test_many(void **state)
{
	static const struct {
		size_t count;
		uint32_t claims;
		const char *says;
	} rows[] = {
		{ 1998, 0, NULL },
		{ 1999, 0, "2000" },
		/* 300 MiB together, none of them too large or too dense */
		{ 300, 1u << 20, "不合常理" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct raw_entry *list =
			xcalloc(rows[i].count + 2, sizeof *list);
		const struct raw_entry good[] = { GOOD };
		struct str zip = { 0 };

		memcpy(list, good, sizeof good);
		for (size_t k = 0; k < rows[i].count; k++)
			list[k + 2] = (struct raw_entry){
				.name = str_printf("p%zu", k),
				.bytes = "x",
				.len = 1,
				.method = rows[i].claims ? 8 : 0,
				.claims = rows[i].claims
			};
		parcel_raw(&zip, NULL, list, rows[i].count + 2);
		check("many entries", &zip, rows[i].says);
		for (size_t k = 0; k < rows[i].count; k++)
			free((void *)(uintptr_t)list[k + 2].name);
		free(list);
		str_free(&zip);
	}
}

static void test_large(void **state)
{
	struct str bytes = { 0 };

	(void)state;
	while (bytes.len <= ZIP_FILE_MAX)
		str_addn(&bytes, mebibyte, sizeof mebibyte);
	memcpy(bytes.s, "PK\3\4", 4);
	check("a file of 65 MiB", &bytes, "不合常理");
	str_free(&bytes);
}

/* ---- the XML ---- */

static void repeat(struct str *out, const char *s, size_t times)
{
	while (times--)
		str_add(out, s);
}

/* The piece many times inside of the body, or of `before` and `after`. */
static const struct mass {
	const char *why, *before, *piece, *after;
	size_t times;
	const char *says;
} masses[] = {
	{ "deep", "", "<w:sdt>", "", 100000, "a.docx" },
	{ "deep text boxes", "", "<w:p><w:r><w:pict><w:txbxContent>", "", 400,
	  "a.docx" },
	{ "many columns", "<w:tbl><w:tr>", "<w:tc/>", "</w:tr></w:tbl>", 201,
	  "表格" },
	{ "many rows", "<w:tbl>", "<w:tr><w:tc/></w:tr>", "</w:tbl>", 5001,
	  "表格" },
	{ "many rows that one cell covers",
	  "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
	  "</w:tc></w:tr>",
	  "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr>", "</w:tbl>",
	  5000, "表格" },
	{ "many wide rows", "",
	  "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='63'/></w:tcPr></w:tc>"
	  "<w:tc><w:tcPr><w:gridSpan w:val='63'/></w:tcPr></w:tc></w:tr>"
	  "</w:tbl>",
	  "", 32000, "表格" },
	{ "many paragraphs", "", P("一"), "", 20000, NULL },
	{ "many attributes", "<w:p", " a=\"\"", "/>", 1001, "a.docx" },
	{ "attributes behind a comment", "<!-- <a ' --><w:p", " a=\"\"",
	  " b=\"'\"/>", 200000, "a.docx" },
	{ "attributes without blanks", "<w:p ", "a='1'", "/>", 200000,
	  "尖括号" },
	{ "a ring of entities", "", "&lol;", "", 10, "a.docx" },
};

static void test_masses(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(masses); i++) {
		struct str flat = { 0 };

		str_add(&flat, "<p:package xmlns:p=\"p\"><p:part "
			       "p:name=\"/_rels/.rels\"><p:xmlData>");
		str_add(&flat, relations);
		str_add(&flat, "</p:xmlData></p:part><p:part p:name=\"/d.xml\">"
			       "<p:xmlData><w:document " PARCEL_W "><w:body>");
		str_add(&flat, masses[i].before);
		repeat(&flat, masses[i].piece, masses[i].times);
		str_add(&flat, masses[i].after);
		str_add(&flat, "</w:body></w:document></p:xmlData></p:part>"
			       "</p:package>");
		check(masses[i].why, &flat, masses[i].says);
		str_free(&flat);
	}
}

static void test_many_tags(void **state)
{
	struct str flat = { 0 };

	(void)state;
	str_add(&flat, "<package>");
	repeat(&flat, "<a/>", (2 << 20) + 1);
	str_add(&flat, "</package>");
	check("two million tags", &flat, "过多");
	str_free(&flat);
}

/* In two bytes a character the same holds. */
static void test_utf16(void **state)
{
	static const struct {
		const char *why, *text, *piece;
		size_t times;
		const char *says;
	} rows[] = {
		{ "not ours", "<?xml version='1.0' encoding='UTF-16'?><a", "",
		  0, "另存为" },
		{ "many attributes", "<!-- ' --><a", " b=''", 100000, "两次" },
		{ "another encoding than it is in",
		  "<?xml version='1.0' encoding='UTF-7'?><a", "", 0, "另存为" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str narrow = { 0 }, wide = { 0 };

		str_add(&narrow, rows[i].text);
		repeat(&narrow, rows[i].piece, rows[i].times);
		str_add(&narrow, "/>");
		str_add(&wide, "\xff\xfe");
		for (size_t k = 0; k < narrow.len; k++) {
			str_addc(&wide, narrow.s[k]);
			str_addc(&wide, '\0');
		}
		check(rows[i].why, &wide, rows[i].says);
		str_free(&narrow);
		str_free(&wide);
	}
}

/* Encodings in which a tag does not look like one. */
static void test_encodings(void **state)
{
	static const struct {
		const char *why, *bytes;
		size_t len;
		const char *says;
	} rows[] = {
		{ "four bytes a character", "<\0\0\0a\0\0\0/\0\0\0>\0\0\0", 16,
		  "编码" },
		{ "the other way round", "\0\0\0<\0\0\0a\0\0\0/\0\0\0>", 16,
		  "编码" },
		{ "a mainframe's", "\x4c\x6f\xa7\x94", 4, "另存为" },
		{ "half a character", "<\0a", 3, "a.docx" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str bytes = { 0 };

		str_addn(&bytes, rows[i].bytes, rows[i].len);
		check(rows[i].why, &bytes, rows[i].says);
		str_free(&bytes);
	}
}

/* ---- damage by chance ---- */

enum {
	ROUNDS = 2000
};

static const char body[] =
	"<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>一、总体</w:t>"
	"</w:r></w:p>" P(
		"第一段") "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr>"
			  "<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr>" P("甲") "</w:tc><w:tc>" P(
				  "1") "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan "
				       "w:val=\"2\"/><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>" P(
					       "2") "</w:tc></w:tr></w:tbl><w:p><mc:AlternateContent xmlns:mc=\"m\">"
						    "<mc:Choice Requires=\"wps\"><w:r><w:drawing><w:txbxContent>" P(
							    "框") "</w:txbxContent></w:drawing></w:r></mc:Choice></mc:AlternateContent>"
								  "</w:p>";
static const char styles[] =
	"<w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn "
	"w:val=\"1\"/></w:style>";

/* A verdict or a sentence. */
static void check_damaged(const struct str *bytes)
{
	struct foreign f = { 0 };
	struct err err = { 0 };

	if (foreign_read(&f, bytes->s, bytes->len, "a.docx", &err) != ERR_OK)
		parcel_is_sentence("damaged", err.text);
	foreign_free(&f);
}

static void damage(const struct str *good, unsigned *seed, struct str *bad)
{
	unsigned flips = 1 + made_random(seed, 4);
	size_t len = good->len;

	if (made_random(seed, 5) == 0)
		len = made_random(seed, (unsigned)good->len);
	str_clear(bad);
	str_addn(bad, good->s, len);
	for (unsigned i = 0; i < flips && bad->len > 0; i++)
		bad->s[made_random(seed, (unsigned)bad->len)] =
			(char)made_random(seed, 256);
}

static void test_damaged_zip(void **state)
{
	struct str good = { 0 }, bad = { 0 };
	unsigned seed = 20240131;

	(void)state;
	parcel_docx(&good, body, styles);
	for (int i = 0; i < ROUNDS; i++) {
		damage(&good, &seed, &bad);
		check_damaged(&bad);
	}
	str_free(&good);
	str_free(&bad);
}

/* The damage behind the checksum: it gets to the reader. */
static void test_damaged_xml(void **state)
{
	struct str good = { 0 }, bad = { 0 }, zip = { 0 };
	unsigned seed = 7;

	(void)state;
	str_addf(&good,
		 "<w:document " PARCEL_W "><w:body>%s</w:body>"
		 "</w:document>",
		 body);
	for (int i = 0; i < ROUNDS; i++) {
		damage(&good, &seed, &bad);
		parcel_main(&zip, bad.s, bad.len);
		check_damaged(&zip);
	}
	str_free(&good);
	str_free(&bad);
	str_free(&zip);
}

#define BRANCH                                                                 \
	"<mc:AlternateContent xmlns:mc=\"m\"><mc:Fallback>%s</mc:Fallback>"    \
	"</mc:AlternateContent>"

/* Whole pieces of the body in another order, left out, or twice: it stays well
 * formed, and nothing stands where it is expected. */
static void test_shuffled(void **state)
{
	static const char *const pieces[] = {
		"<w:tbl>%s</w:tbl>",
		"<w:tr>%s</w:tr>",
		"<w:tc>%s</w:tc>",
		"<w:p>%s</w:p>",
		"<w:r>%s</w:r>",
		"<w:t>%s</w:t>",
		"<w:tcPr><w:vMerge/></w:tcPr>%s",
		"<w:tcPr><w:hMerge/><w:gridSpan w:val=\"7\"/></w:tcPr>%s",
		"<w:trPr><w:gridBefore w:val=\"60\"/></w:trPr>%s",
		"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>%s",
		"<w:sdt><w:sdtContent>%s</w:sdtContent></w:sdt>",
		"<w:pict><w:txbxContent>%s</w:txbxContent></w:pict>",
		BRANCH,
		"字%s",
	};
	unsigned seed = 3;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		struct str zip = { 0 }, text = { 0 };

		str_add(&text, "");
		for (int k = 0; k < 40; k++) {
			const char *piece =
				pieces[made_random(&seed, COUNT(pieces))];
			const char *hole = strstr(piece, "%s");
			size_t before = (size_t)(hole - piece);

			if (text.len > 4000)
				break;
			str_splice(&text, 0, 0, piece, before);
			str_add(&text, hole + 2);
			if (made_random(&seed, 4) == 0)
				str_splice(&text, 0, 0, "<w:p/>", 6);
		}
		parcel_docx(&zip, text.s, NULL);
		check_damaged(&zip);
		str_free(&zip);
		str_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_lies),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_masses),
		cmocka_unit_test(test_many_tags),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_damaged_zip),
		cmocka_unit_test(test_damaged_xml),
		cmocka_unit_test(test_shuffled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
