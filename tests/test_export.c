/* The document and what is written from it: DOCX, Flat OPC, text. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/xml.h"
#include "export/docx_parts.h"
#include "export/export.h"
#include "tests/made.h"
#include "tests/printed.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- documents ---- */

static void test_blocks(void **state)
{
	static const struct {
		enum block_kind kind;
		int level;
		const char *text;
	} want[] = {
		{ BLOCK_MARK, 0, "草稿" },
		{ BLOCK_TITLE, 0, "青溪县“一二”局2024年小报告" },
		{ BLOCK_LEAD, 0, "根据要求编制本报告。" },
		{ BLOCK_HEADING, 1, "一、总体情况" },
		{ BLOCK_PARAGRAPH, 0, "第一段，有“引号”和 <标记> & 符号。" },
		{ BLOCK_HEADING, 2, "（一）主动公开情况。" },
		{ BLOCK_PARAGRAPH, 0, "正文一段。" },
		{ BLOCK_PARAGRAPH, 0, "（二）开头一句。后面还有话。" },
		{ BLOCK_HEADING, 3, "1.成立组织" },
		{ BLOCK_PARAGRAPH, 0, "1.成立组织，加强领导；" },
		{ BLOCK_PARAGRAPH, 0, "1.5亿元" },
		{ BLOCK_HEADING, 4, "（1）小标题" },
		{ BLOCK_PARAGRAPH, 0, NULL },
		{ BLOCK_HEADING, 1, "二、办理情况" },
		{ BLOCK_TABLE, 0, NULL },
		{ BLOCK_NOTE, 0, "注：数量含上年度结转" },
		{ BLOCK_HEADING, 1, "三、其他" },
		{ BLOCK_PARAGRAPH, 0, "全年发出收费通知3件，收费2230.5元。" },
		{ BLOCK_DATE, 0, "2025年2月3日" },
	};
	struct report *r = printed_small();
	struct document *doc = printed_document(r, "草\x02稿");

	(void)state;
	assert_int_equal(doc->count, COUNT(want));
	for (size_t i = 0; i < doc->count; i++) {
		assert_int_equal(doc->blocks[i].kind, want[i].kind);
		assert_int_equal(doc->blocks[i].level, want[i].level);
		if (want[i].text)
			assert_string_equal(doc->blocks[i].text, want[i].text);
	}
	document_free(doc);
	report_free(r);
}

/* The sentence gives way when the text speaks of it itself. */
static void test_sentence(void **state)
{
	struct report *r = printed_small();
	struct document *doc;
	const struct block *last;

	(void)state;
	printed_type(r, "other.text", "本年收费情况见附表。");
	doc = printed_document(r, NULL);
	last = &doc->blocks[doc->count - 2];
	assert_string_equal(last->text, "本年收费情况见附表。");
	assert_int_equal(last[-1].kind, BLOCK_HEADING);
	document_free(doc);
	report_free(r);
}

/* An end of line after each paragraph and row makes a difference readable. */
static void break_lines(struct str *xml)
{
	static const char *const ends[] = { "</w:p>", "</w:tr>", "</w:tblGrid>",
					    "</w:trPr>" };

	for (size_t i = 0; i < COUNT(ends); i++)
		for (char *s = xml->s; (s = strstr(s, ends[i]));) {
			size_t at = (size_t)(s - xml->s) + strlen(ends[i]);

			str_splice(xml, at, 0, "\n", 1);
			s = xml->s + at;
		}
}

static void test_golden(void **state)
{
	struct report *r = printed_small();
	struct document *doc = printed_document(r, "草稿");
	const struct export_job job = printed_job(doc, "");
	struct str out = { 0 };

	(void)state;
	docx_body(&job, &out);
	break_lines(&out);
	printed_golden("small.document.xml", &out);
	str_clear(&out);
	text_lay_out(doc, 0, &out);
	printed_golden("small.txt", &out);
	str_free(&out);
	document_free(doc);
	report_free(r);
}

static void test_golden_report(void **state)
{
	struct report *r = printed_big(1);
	struct document *doc = printed_document(r, NULL);
	struct str out = { 0 };

	(void)state;
	text_lay_out(doc, 0, &out);
	printed_golden("ogi-2021.txt", &out);
	str_free(&out);
	document_free(doc);
	report_free(r);
}

/* Every frame line of a table is as wide as the others, at any width. */
static void check_aligned(const char *text, int least)
{
	int want = 0;

	for (const char *s = text, *end; *s; s = *end ? end + 1 : end) {
		end = strchrnul(s, '\n');
		if (*s != '+' && *s != '|') {
			want = 0;
			continue;
		}
		if (!want)
			want = text_cells(s, (size_t)(end - s));
		assert_int_equal(text_cells(s, (size_t)(end - s)), want);
		assert_true(want >= least);
	}
}

static void test_aligned(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed < 6; seed++)
		for (int width = 20; width < 140; width += 7) {
			struct report *r = printed_big(seed);
			struct document *doc = printed_document(r, "草稿");
			struct str out = { 0 };

			text_lay_out(doc, width, &out);
			check_aligned(out.s, width);
			str_free(&out);
			document_free(doc);
			report_free(r);
		}
}

static void test_same_bytes(void **state)
{
	static const char *const names[] = { "docx", "flatopc", "text",
					     "html" };
	struct report *r = printed_big(3);

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct str a = { 0 }, b = { 0 };
		struct document *doc = printed_document(r, NULL);

		printed_write(names[i], doc, &a);
		document_free(doc);
		setenv("TZ", i ? "Asia/Shanghai" : "America/New_York", 1);
		doc = printed_document(r, NULL);
		printed_write(names[i], doc, &b);
		document_free(doc);
		assert_int_equal(a.len, b.len);
		assert_memory_equal(a.s, b.s, a.len);
		str_free(&a);
		str_free(&b);
	}
	setenv("TZ", "UTC0", 1);
	report_free(r);
}

/* The parts in the Flat OPC are those of the table, each with its text. */
static void test_flat_parts(void **state)
{
	struct report *r = printed_big(2);
	struct document *doc = printed_document(r, NULL);
	const struct xml_node *n;
	const struct export_job job = printed_job(doc, "");
	const struct docx_part *parts;
	struct str flat = { 0 };
	struct err err = { 0 };
	struct xml *x;
	size_t count;

	(void)state;
	printed_write("flatopc", doc, &flat);
	x = xml_parse(flat.s, flat.len, "flat", &err);
	assert_non_null(x);
	parts = docx_parts(&count);
	n = xml_child(xml_root(x));
	for (size_t i = 0; i < count; i++, n = xml_next(n)) {
		struct str part = { 0 };

		assert_non_null(n);
		assert_string_equal(xml_attr(n, "name") + 1, parts[i].name);
		docx_part_add(&parts[i], &job, &part);
		assert_non_null(strstr(flat.s, part.s));
		str_free(&part);
	}
	assert_null(n);
	xml_free(x);
	str_free(&flat);
	document_free(doc);
	report_free(r);
}

static void test_read_back(void **state)
{
	static const char *const names[] = { "docx", "flatopc", "text",
					     "html" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct report *r = printed_big(10 + (unsigned)i);
		struct document *doc = printed_document(r, "送审稿");
		struct str bytes = { 0 };

		printed_write(names[i], doc, &bytes);
		printed_read_back(r, &bytes);
		str_free(&bytes);
		document_free(doc);
		report_free(r);
	}
}

/* ---- names, formats, the checklist ---- */

static void test_file_name(void **state)
{
	static const char *const rows[][2] = {
		{ "青溪县2024年报告", "青溪县2024年报告.docx" },
		{ "a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j.docx" },
		{ "../../etc", "_._.._etc.docx" },
		{ "-rf", "_rf.docx" },
		{ "", "_.docx" },
		{ "一\n二\x01", "一 二.docx" },
	};
	struct str longest = { 0 };
	char *name;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		name = export_file_name(rows[i][0], ".docx");
		if (i != 2)
			assert_string_equal(name, rows[i][1]);
		assert_null(strchr(name, '/'));
		assert_int_not_equal(name[0], '.');
		free(name);
	}
	for (int i = 0; i < 300; i++)
		str_add(&longest, "年");
	name = export_file_name(longest.s, ".docx");
	assert_true(strlen(name) <= 200);
	assert_true(text_valid(name, strlen(name)));
	free(name);
	str_free(&longest);
}

static void test_formats(void **state)
{
	struct err err = { 0 };
	size_t count;
	const struct exporter *list = exporters(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(exporter_find(list[i].name, &err), &list[i]);
		assert_int_equal(list[i].ending[0], '.');
		assert_non_null(list[i].write);
	}
	assert_null(exporter_find("odt", &err));
	for (size_t i = 0; i < count; i++)
		assert_non_null(strstr(err.text, list[i].name));
}

static void test_checklist(void **state)
{
	struct document *all = document_checklist(printed_form(), NULL);
	struct document *towns = document_checklist(printed_form(), "town");

	(void)state;
	assert_string_equal(all->blocks[0].text, "小报告填报检查单");
	assert_int_equal(all->count, towns->count + 1);
	assert_string_equal(all->blocks[3].text,
			    "□ 写明主动公开的情况（第五十条第一项）");
	assert_string_equal(all->blocks[4].text, "□ 写明各乡镇的情况");
	document_free(all);
	document_free(towns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_sentence),
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_golden_report),
		cmocka_unit_test(test_aligned),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_flat_parts),
		cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_file_name),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_checklist),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	printed_free();
	return failed;
}
