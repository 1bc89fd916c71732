/* The document and what is written from it: DOCX, Flat OPC, text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/text.h"
#include "core/xml.h"
#include "export/docx_parts.h"
#include "export/export.h"
#include "tests/made.h"
#include "tests/printed.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- documents ---- */

static void type(struct report *r, const char *path, const char *text)
{
	struct err err = { 0 };

	if (report_type(r, made_cell(report_form(r), path), text, &err))
		fail_msg("%s: %s", path, err.text);
}

static struct form_def *small; /* tests/forms/small-1.xml */

static struct report *small_report(void)
{
	struct report *r = report_new(small);

	report_set_subject(r, "青溪县“一\x01二”局", 2024);
	type(r, "talk.text",
	     "　　第一段，有“引号”和 <标记> & 符号。\n\n"
	     "（一）主动公开情况。\n正文一段。 \n（二）开头一句。后面还有话。\n"
	     "1.成立组织\n1.成立组织，加强领导；\n1.5亿元\n（1）小标题\n"
	     "（三）这一段很长，长到不可能是一个标题，因为它超过了三十个字的");
	for (size_t i = 0; i < report_form(r)->cell_count; i++)
		if (report_form(r)->cells[i].grid &&
		    report_form(r)->cells[i].part_count == 0)
			made_set(r, i, (int64_t)i);
	type(r, "count.refused.towns", "/");
	type(r, "count.fees.own", "59237.2449");
	type(r, "count.fees.towns", "");
	type(r, "count.note", "数量含上年度结转");
	type(r, "other.notices", "3");
	type(r, "other.yuan", "2230.5");
	type(r, "meta.lead", "　根据要求编制本报告。");
	type(r, "meta.date", "2025-02-03");
	return r;
}

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
	struct report *r = small_report();
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
	struct report *r = small_report();
	struct document *doc;
	const struct block *last;

	(void)state;
	type(r, "other.text", "本年收费情况见附表。");
	doc = printed_document(r, NULL);
	last = &doc->blocks[doc->count - 2];
	assert_string_equal(last->text, "本年收费情况见附表。");
	assert_int_equal(last[-1].kind, BLOCK_HEADING);
	document_free(doc);
	report_free(r);
}

/* Compare with tests/golden/NAME; an end of line after each paragraph and row
 * makes a difference readable.  GOLDEN=write in the environment renews it. */
static void check_golden(const char *name, const struct str *got)
{
	char *file = str_printf("golden/%s", name), *path = made_path(file);
	const char *mode = getenv("GOLDEN");
	struct str want = { 0 };
	struct err err = { 0 };

	if (mode && strcmp(mode, "write") == 0)
		assert_int_equal(file_write(path, got->s, got->len, 0644, &err),
				 ERR_OK);
	if (file_read(path, 1 << 20, &want, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_string_equal(got->s, want.s);
	str_free(&want);
	free(path);
	free(file);
}

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
	struct report *r = small_report();
	struct document *doc = printed_document(r, "草稿");
	const struct export_job job = printed_job(doc, "");
	struct str out = { 0 };

	(void)state;
	docx_body(&job, &out);
	break_lines(&out);
	check_golden("small.document.xml", &out);
	str_clear(&out);
	text_lay_out(doc, 0, &out);
	check_golden("small.txt", &out);
	str_free(&out);
	document_free(doc);
	report_free(r);
}

static struct report *big_report(unsigned seed)
{
	struct report *r = report_new(made_form("ogi-2021"));

	report_set_subject(r, "青溪县人民政府", 2024);
	made_balanced(r, &seed);
	type(r, "meta.date", "2025-01-31");
	return r;
}

static void test_golden_report(void **state)
{
	struct report *r = big_report(1);
	struct document *doc = printed_document(r, NULL);
	struct str out = { 0 };

	(void)state;
	text_lay_out(doc, 0, &out);
	check_golden("ogi-2021.txt", &out);
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
			struct report *r = big_report(seed);
			struct document *doc = printed_document(r, "草稿");
			struct str out = { 0 };

			text_lay_out(doc, width, &out);
			check_aligned(out.s, width);
			str_free(&out);
			document_free(doc);
			report_free(r);
		}
}

static void write_with(const char *name, const struct document *doc,
		       struct str *out)
{
	struct err err = { 0 };
	const struct exporter *e = exporter_find(name, &err);
	struct export_job job = printed_job(doc, "");

	assert_non_null(e);
	if (e->write(&job, out, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

static void test_same_bytes(void **state)
{
	static const char *const names[] = { "docx", "flatopc", "text" };
	struct report *r = big_report(3);

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct str a = { 0 }, b = { 0 };
		struct document *doc = printed_document(r, NULL);

		write_with(names[i], doc, &a);
		document_free(doc);
		setenv("TZ", i ? "Asia/Shanghai" : "America/New_York", 1);
		doc = printed_document(r, NULL);
		write_with(names[i], doc, &b);
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
	struct report *r = big_report(2);
	struct document *doc = printed_document(r, NULL);
	const struct xml_node *n;
	const struct export_job job = printed_job(doc, "");
	const struct docx_part *parts;
	struct str flat = { 0 };
	struct err err = { 0 };
	struct xml *x;
	size_t count;

	(void)state;
	write_with("flatopc", doc, &flat);
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

/* ---- read back by a program that shares nothing with this one ---- */

static void run_reader(const char *file, struct str *out)
{
	char *script = made_path("read_docx.py"), buf[4096];
	char *command = str_printf("/usr/bin/python3 '%s' '%s'", script, file);
	FILE *p = popen(command, "r");
	size_t n;

	assert_non_null(p);
	while ((n = fread(buf, 1, sizeof buf, p)) > 0)
		str_addn(out, buf, n);
	assert_int_equal(pclose(p), 0);
	free(command);
	free(script);
}

static void list_tables(const struct report *r, struct str *out)
{
	const struct form_def *form = report_form(r);

	for (size_t i = 0; i < form->cell_count; i++) {
		if (!form->cells[i].grid || form->cells[i].derived)
			continue;
		str_addf(out, "%s\t", form->cells[i].path);
		report_text(r, i, out);
		str_addc(out, '\n');
	}
}

static void test_read_back(void **state)
{
	static const char *const names[] = { "docx", "flatopc", "text" };
	char file[] = "/tmp/nianbao-export.XXXXXX";
	int fd = mkstemp(file);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < COUNT(names); i++) {
		struct report *r = big_report(10 + (unsigned)i);
		struct document *doc = printed_document(r, "送审稿");
		struct str bytes = { 0 }, got = { 0 }, want = { 0 };
		struct err err = { 0 };

		write_with(names[i], doc, &bytes);
		assert_int_equal(
			file_write(file, bytes.s, bytes.len, 0600, &err),
			ERR_OK);
		run_reader(file, &got);
		list_tables(r, &want);
		assert_string_equal(got.s, want.s);
		str_free(&bytes);
		str_free(&got);
		str_free(&want);
		document_free(doc);
		report_free(r);
	}
	unlink(file);
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
	struct document *all = document_checklist(small, NULL);
	struct document *towns = document_checklist(small, "town");

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
	char *path = made_path("forms/small-1.xml");
	struct err err = { 0 };
	int failed;

	small = form_load(path, &err);
	if (!small) {
		fprintf(stderr, "%s\n", err.text);
		return EXIT_FAILURE;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	made_form_free();
	form_free(small);
	free(path);
	return failed;
}
