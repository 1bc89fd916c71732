/* The HTML page and the fragment for a CMS. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tests/made.h"
#include "tests/page.h"
#include "tests/printed.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- golden files ---- */

static void test_golden(void **state)
{
	static const char *const names[] = { "small.html",
					     "small.fragment.html" };
	struct report *r = printed_small();

	(void)state;
	for (int fragment = 0; fragment < 2; fragment++) {
		struct page p = page_print(r, fragment);

		printed_golden(names[fragment], &p.bytes);
		page_free(&p);
	}
	report_free(r);
}

static void test_same_bytes(void **state)
{
	struct report *r = printed_big(7);
	struct page a = page_print(r, true), b;

	(void)state;
	setenv("TZ", "Asia/Shanghai", 1);
	b = page_print(r, true);
	setenv("TZ", "UTC0", 1);
	assert_string_equal(a.bytes.s, b.bytes.s);
	page_free(&a);
	page_free(&b);
	report_free(r);
}

/* ---- the figures ---- */

static void read_back(const struct report *r)
{
	for (int fragment = 0; fragment < 2; fragment++) {
		struct page p = page_print(r, fragment);

		printed_read_back(r, &p.bytes);
		page_free(&p);
	}
}

static void test_read_back(void **state)
{
	struct report *blank = report_new(made_form("ogi-2021"));

	(void)state;
	report_set_subject(blank, "青溪县人民政府", 2024);
	read_back(blank);
	report_free(blank);
	for (unsigned seed = 20; seed < 25; seed++) {
		struct report *r = printed_big(seed);

		read_back(r);
		report_free(r);
	}
}

/* ---- heads ---- */

static void test_scope(void **state)
{
	static const char *const rows[][2] = {
		{ "（第一项加第二项）", "colgroup" },
		{ "办理单位", "colgroup" },
		{ "总计", "col" },
		{ "本级", "col" },
		{ "一、上年结转", "row" },
		{ "二、办理结果", "rowgroup" },
		{ "1.办结（区分处理的，只计这一情形）", "row" },
		{ "三、结转下年", "row" },
	};
	struct report *r = printed_small();

	(void)state;
	for (int fragment = 0; fragment < 2; fragment++) {
		struct page p = page_print(r, fragment);

		for (size_t i = 0; i < COUNT(rows); i++)
			assert_string_equal(
				xml_attr(page_by_text(&p, "th", rows[i][0]),
					 "scope"),
				rows[i][1]);
		page_free(&p);
	}
	report_free(r);
}

/* A label has a scope and words, a figure is no label. */
static void test_labels(void **state)
{
	struct report *r = printed_big(4);
	size_t heads = 0, figures = 0;
	struct page p = page_print(r, false);

	(void)state;
	for (size_t i = 0; i < p.count; i++) {
		const struct xml_node *n = p.list[i];

		heads += xml_is(n, "th");
		figures += xml_is(n, "td");
		assert_true(xml_is(n, "th") == (xml_attr(n, "scope") != NULL));
		if (xml_is(n, "th"))
			assert_int_not_equal(*xml_text(p.x, n), '\0');
		if (xml_is(n, "td"))
			assert_non_null(xml_attr(n, "headers"));
	}
	assert_int_equal(figures, 200);
	assert_int_equal(heads, 20 + 40 + 19); /* by table */
	page_free(&p);
	report_free(r);
}

/* The words of the heads that a figure names. */
static void say_heads(const struct page *p, const struct xml_node *n,
		      struct str *out)
{
	const char *s = xml_attr(n, "headers");

	assert_non_null(s);
	while (*s) {
		size_t len = strcspn(s, " ");
		const struct xml_node *head = page_by_id(p, s, len);

		assert_non_null(head);
		str_addf(out, "%s%s", out->len ? "|" : "",
			 xml_text(p->x, head));
		s += len + (s[len] == ' ');
	}
}

static void test_headers(void **state)
{
	static const char *const rows[][2] = {
		{ "disclosure.normative.repealed",
		  "第二十条第（一）项|本年废止件数|行政规范性文件" },
		{ "disclosure.coercion.decisions",
		  "第二十条第（六）项|本年处理决定数量|行政强制" },
		{ "requests.new.natural",
		  "申请人情况|自然人|一、本年新收政府信息公开申请数量" },
		{ "requests.refused_query.legal",
		  "申请人情况|法人或其他组织|法律服务机构|三、本年度办理结果|"
		  "（三）不予公开|8.属于行政查询事项" },
		{ "disputes.review.pending", "行政复议|尚未审结" },
		{ "disputes.reviewed.upheld", "行政诉讼|复议后起诉|结果维持" },
	};
	struct report *r = printed_big(5);
	struct page p;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		made_set(r, made_cell(report_form(r), rows[i][0]),
			 7654321 + (int64_t)i);
	p = page_print(r, false);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *figure = str_printf("%zu", 7654321 + i);
		struct str heads = { 0 };

		say_heads(&p, page_by_text(&p, "td", figure), &heads);
		assert_string_equal(heads.s, rows[i][1]);
		str_free(&heads);
		free(figure);
	}
	page_free(&p);
	report_free(r);
}

/* ---- what is there and what is not ---- */

static void test_alone(void **state)
{
	static const char *const never[] = { "<script", "src=",    "href=",
					     "url(",    "@import", "http" };
	struct report *r = printed_big(6);

	(void)state;
	for (int fragment = 0; fragment < 2; fragment++) {
		struct page p = page_print(r, fragment);

		for (size_t i = 0; i < COUNT(never); i++)
			assert_null(strstr(p.bytes.s, never[i]));
		assert_non_null(strstr(p.bytes.s, "草稿"));
		page_free(&p);
	}
	report_free(r);
}

static void test_fragment(void **state)
{
	static const char *const never[] = { "<style", " class=", " id=",
					     "<html",  "<head",   "<body",
					     "<meta",  "<h1" };
	struct report *r = printed_big(6);
	struct page p = page_print(r, true);

	(void)state;
	for (size_t i = 0; i < COUNT(never); i++)
		assert_null(strstr(p.bytes.s, never[i]));
	for (size_t i = 0; i < p.count; i++) {
		const struct xml_node *n = p.list[i];

		if (xml_is(n, "table"))
			assert_string_equal(xml_attr(n, "border"), "1");
		if (xml_is(n, "th"))
			assert_non_null(xml_attr(n, "bgcolor"));
		if (xml_is(n, "th") || xml_is(n, "td"))
			assert_non_null(
				strstr(xml_attr(n, "style"), "border:1px"));
	}
	page_free(&p);
	report_free(r);
}

/* Two reports in one page: no id of the one is in the other, and each points
 * at its own. */
static void test_ids(void **state)
{
	struct report *a = report_new(made_form("ogi-2021"));
	struct report *b = report_new(made_form("ogi-2021"));
	struct page one, other, p;
	struct str both = { 0 };

	(void)state;
	report_set_subject(a, "青溪县教育局", 2024);
	report_set_subject(b, "青溪县民政局", 2024);
	one = page_print(a, false);
	other = page_print(b, false);
	str_add(&both, one.bytes.s);
	str_add(&both, strchr(other.bytes.s, '\n'));
	p = page_read(&both);
	for (size_t i = 0; i < p.count; i++) {
		const char *id = xml_attr(p.list[i], "id");
		const char *name = xml_attr(p.list[i], "aria-labelledby");

		if (id)
			assert_non_null(page_by_id(&p, id, strlen(id)));
		if (name)
			assert_true(xml_is(page_by_id(&p, name, strlen(name)),
					   "caption"));
	}
	page_free(&p);
	page_free(&one);
	page_free(&other);
	report_free(a);
	report_free(b);
}

/* ---- blocks ---- */

/* The small report with one block more. */
static void check_block(enum block_kind kind, int level, const char *text,
			const char *const *want)
{
	struct report *r = printed_small();
	struct document *doc = printed_document(r, NULL);

	document_add(doc, kind, text ? xstrdup(text) : NULL)->level = level;
	for (int i = 0; i < 2; i++) {
		struct page p = page_write(doc, i);

		if (!strstr(p.bytes.s, want[i]))
			fail_msg("not %s in %s", want[i], p.bytes.s);
		page_free(&p);
	}
	document_free(doc);
	report_free(r);
}

static void test_block(void **state)
{
	static const struct {
		enum block_kind kind;
		int level;
		const char *text;
		const char *want[2]; /* page, fragment */
	} rows[] = {
		{ BLOCK_SUB,
		  0,
		  "（某局）",
		  { "<p class=\"sub\">（某局）</p>\n",
		    "text-indent:0\">（某局）</p>\n" } },
		{ BLOCK_PAGE,
		  0,
		  NULL,
		  { "<hr class=\"page\"/>\n",
		    "<hr style=\"page-break-after:always\"/>\n" } },
		{ BLOCK_ITEM,
		  0,
		  "□ 一",
		  { "<ul class=\"items\">\n<li>□ 一</li>\n</ul>\n",
		    "<li>□ 一</li>\n</ul>\n" } },
		{ BLOCK_LINE,
		  1,
		  "甲\t乙\t丙\t",
		  { "<dl class=\"lines\">\n<dt>甲</dt><dd class=\"room1\">乙</dd>"
		    "<dt>丙</dt><dd class=\"room1\"></dd>\n</dl>\n",
		    "<strong>甲</strong>　乙　<strong>丙</strong>　</p>\n" } },
		{ BLOCK_LINE,
		  0,
		  "\t再一条",
		  { "<dl class=\"lines\">\n<dd class=\"wide\">再一条</dd>\n",
		    "\">　再一条</p>\n" } },
		{ BLOCK_SIGNER,
		  0,
		  "某局",
		  { "2025年2月3日</time></p>\n<p>某局</p>\n</div>\n",
		    "margin-right:4em\">某局</p>\n" } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_block(rows[i].kind, rows[i].level, rows[i].text,
			    rows[i].want);
}

/* The ranks of the headings in order, "" after the last. */
static void check_ranks(const struct document *doc, const char *const *want)
{
	struct page p = page_write(doc, false);

	for (size_t i = 0; i < p.count; i++) {
		const char *name = xml_name(p.list[i]);

		if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
			assert_string_equal(name, *want++);
	}
	assert_string_equal(*want, "");
	page_free(&p);
}

/* No rank is skipped where a text skips a level, neighbours of one level have
 * one rank, and a page without a title begins with h1 too. */
static void test_ranks(void **state)
{
	static const char *const all[] = { "h1", "h2", "h3", "h4", "h3", "h3",
					   "h4", "h5", "h2", "h2", "" };
	static const char *const sheet[] = { "h1", "h2", "" };
	struct report *r = printed_small();
	struct document *doc;

	(void)state;
	printed_type(r, "talk.text",
		     "1.先到三级\n（1）四级\n1.又是三级\n"
		     "（一）二级\n1.三级\n（1）四级");
	doc = printed_document(r, NULL);
	check_ranks(doc, all);
	document_clear(doc);
	document_add(doc, BLOCK_HEADING, xstrdup("审签单"))->level = 1;
	document_add(doc, BLOCK_HEADING, xstrdup("（一）"))->level = 2;
	check_ranks(doc, sheet);
	document_free(doc);
	report_free(r);
}

static void test_title(void **state)
{
	struct report *r = printed_big(8);
	struct page p = page_print(r, false);

	(void)state;
	assert_non_null(strstr(
		p.bytes.s, "<h1>青溪县人民政府<wbr/>2024年<wbr/>政府信息公开"));
	page_by_text(&p, "h1", "青溪县人民政府2024年政府信息公开工作年度报告");
	page_by_text(&p, "title",
		     "青溪县人民政府2024年政府信息公开工作年度报告");
	page_free(&p);
	report_free(r);
}

static void test_checklist(void **state)
{
	struct document *doc = document_checklist(made_form("ogi-2021"), NULL);
	size_t items = 0, found = 0;

	(void)state;
	for (size_t i = 0; i < doc->count; i++)
		items += doc->blocks[i].kind == BLOCK_ITEM;
	for (int fragment = 0; fragment < 2; fragment++) {
		struct page p = page_write(doc, fragment);

		assert_null(strstr(p.bytes.s, "nianbao-year"));
		for (const char *s = p.bytes.s; (s = strstr(s, "<li>□ ")); s++)
			found++;
		page_free(&p);
	}
	assert_true(items > 10);
	assert_int_equal(found, 2 * items);
	document_free(doc);
}

/* ---- hostile texts ---- */

static bool has_control(const struct str *s)
{
	for (size_t i = 0; i < s->len; i++) {
		unsigned char c = (unsigned char)s->s[i];

		if ((c < 0x20 && c != '\n') || c == 0x7f ||
		    (c == 0xc2 && (unsigned char)s->s[i + 1] < 0xa0))
			return true;
	}
	return false;
}

/* In every place that takes a text, without its control characters. */
static void check_hostile(const char *text, const char *want)
{
	struct report *r = report_new(printed_form());
	struct document *doc;

	report_set_subject(r, text, 2024);
	doc = printed_document(r, text);
	for (int kind = 0; kind < BLOCK_COUNT; kind++)
		if (kind != BLOCK_TABLE && kind != BLOCK_TITLE)
			document_add(doc, (enum block_kind)kind, xstrdup(text));
	free(doc->digest);
	doc->digest = xstrdup(text);
	for (int fragment = 0; fragment < 2; fragment++) {
		struct page p = page_write(doc, fragment);

		assert_false(has_control(&p.bytes));
		page_by_text(&p, "p", want);
		page_by_text(&p, "h2", want);
		page_by_text(&p, "li", want);
		page_free(&p);
	}
	document_free(doc);
	report_free(r);
}

static void test_hostile(void **state)
{
	static const char *const rows[][2] = {
		{ "</title><script>alert(1)</script>",
		  "</title><script>alert(1)</script>" },
		{ "\" onload=\"x' & &amp; <!-- ]]> -->",
		  "\" onload=\"x' & &amp; <!-- ]]> -->" },
		{ "一\x01\x1b[31m二\x7f\xc2\x85\xef\xbf\xbf三", "一[31m二三" },
		{ "一\n二\r\n三", "一 二 三" },
		{ "\xe2\x80\xae从右往左\xe2\x80\xac",
		  "\xe2\x80\xae从右往左\xe2\x80\xac" },
		{ "👍🏽🇨🇳👨‍👩‍👧",
		  "👍🏽🇨🇳👨‍👩‍👧" },
		{ "𠀀𪚥㐀", "𠀀𪚥㐀" },
		{ "\xff\xfe\xed\xa0\x80"
		  "坏",
		  "坏" },
	};
	struct str longest = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_hostile(rows[i][0], rows[i][1]);
	for (int i = 0; i < 20000; i++)
		str_add(&longest, i % 7 ? "长" : "&");
	check_hostile(longest.s, longest.s);
	str_free(&longest);
}

/* A font's name is what an office typed: it ends neither its own string nor
 * the style sheet. */
static void test_fonts(void **state)
{
	struct report *r = printed_small();
	struct document *doc = printed_document(r, NULL);
	struct export_job job = printed_job(doc, "");
	struct fonts fonts = { 0 };
	struct str out = { 0 };
	struct err err = { 0 };
	struct page p;
	const char *end;

	(void)state;
	assert_int_equal(fonts_read("仿宋=甲\"}\\</style><b>&乙", &fonts, &err),
			 ERR_OK);
	job.fonts = &fonts;
	html_write(&job, &out, &err);
	p = page_read(&out);
	end = strstr(p.bytes.s, "</style>");
	assert_non_null(end);
	assert_null(strstr(end + 1, "</style>"));
	assert_non_null(strstr(p.bytes.s, "\"甲\\22 }\\5c \\3c /style\\3e \\3c "
					  "b\\3e \\26 乙\","));
	page_free(&p);
	fonts_free(&fonts);
	document_free(doc);
	report_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_alone),
		cmocka_unit_test(test_fragment),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_block),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_checklist),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_fonts),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	printed_free();
	return failed;
}
