/* Tables by themselves: widths, frames, merged cells; and runs of text. */
#include <stdlib.h>
#include <string.h>

#include "export/docx_parts.h"
#include "export/text_table.h"
#include "tests/made.h"
#include "tests/unit.h"

#define CELL(text)                                                             \
	{                                                                      \
		(char *)(uintptr_t)(text), FORM_NO_CELL, 1, 1, 0, 0            \
	}
#define WIDE(text, across, down)                                               \
	{                                                                      \
		(char *)(uintptr_t)(text), FORM_NO_CELL, across, down, 0, 0    \
	}
#define VALUE(text)                                                            \
	{                                                                      \
		(char *)(uintptr_t)(text), 7, 1, 1, PRINT_CENTRE, 0            \
	}
#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- columns ---- */

static void test_scale(void **state)
{
	static const struct {
		size_t count;
		int from[15], to[15];
	} rows[] = {
		{ 4, { 2435, 2435, 2435, 2435 }, { 2211, 2211, 2211, 2211 } },
		{ 10,
		  { 754, 921, 3271, 685, 685, 685, 685, 685, 685, 685 },
		  { 684, 836, 2970, 622, 622, 622, 622, 622, 622, 622 } },
		{ 2, { 1, 2 }, { 2948, 5896 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int *to = docx_scale(rows[i].from, rows[i].count, 8844);

		assert_memory_equal(to, rows[i].to, rows[i].count * sizeof *to);
		free(to);
	}
}

static void test_scale_sums_up(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int i = 0; i < 500; i++) {
		int from[20], sum = 0, *to;
		size_t n = 1 + made_random(&seed, 20);

		for (size_t k = 0; k < n; k++)
			from[k] = 1 + (int)made_random(&seed, 4000);
		to = docx_scale(from, n, 8844);
		for (size_t k = 0; k < n; k++)
			sum += to[k];
		assert_int_equal(sum, 8844);
		free(to);
	}
}

/* ---- framed tables ---- */

static void check_text(struct table *t, int width, const char *want)
{
	struct str out = { 0 };

	text_table(t, width, &out);
	assert_string_equal(out.s, want);
	str_free(&out);
}

/* Merged across, down and both ways; the tall label flows over the rules. */
static void test_merged(void **state)
{
	struct table_cell a[] = { WIDE("两行两列", 2, 2), CELL("甲") };
	struct table_cell b[] = { CELL("乙") };
	struct table_cell c[] = { WIDE("三本年度", 1, 2), CELL("丙丁"),
				  VALUE("7") };
	struct table_cell d[] = { CELL("戊"), VALUE("12345") };
	struct table_row rows[] = {
		{ a, 2, 1, 0 }, { b, 1, 1, 0 }, { c, 3, 0, 0 }, { d, 2, 0, 0 }
	};
	int widths[] = { 10, 20, 20 };
	struct table t = { widths, 3, rows, 4 };

	(void)state;
	check_text(&t, 20,
		   "+-----------+------+\n"
		   "|           |甲    |\n"
		   "|两行两列   +------+\n"
		   "|           |乙    |\n"
		   "+----+------+------+\n"
		   "|三本|丙丁  |  7   |\n"
		   "|年度+------+------+\n"
		   "|    |戊    |12345 |\n"
		   "+----+------+------+\n");
}

static void test_label_wraps_number_never(void **state)
{
	struct table_cell a[] = { CELL("（二）部分公开，不计其他情形"),
				  VALUE("123456789012345") };
	struct table_row rows[] = { { a, 2, 0, 0 } };
	int widths[] = { 50, 10 };
	struct table t = { widths, 2, rows, 1 };

	(void)state;
	check_text(&t, 24,
		   "+------+---------------+\n"
		   "|（二）|               |\n"
		   "|部分公|               |\n"
		   "|开，不|123456789012345|\n"
		   "|计其他|               |\n"
		   "|情形  |               |\n"
		   "+------+---------------+\n");
	check_text(&t, 4,
		   "+----+---------------+\n"
		   "|（二|               |\n"
		   "|）部|               |\n"
		   "|分公|               |\n"
		   "|开，|123456789012345|\n"
		   "|不计|               |\n"
		   "|其他|               |\n"
		   "|情形|               |\n"
		   "+----+---------------+\n");
}

static void test_short_row(void **state)
{
	struct table_cell a[] = { CELL("甲"), CELL("乙") };
	struct table_cell b[] = { CELL("丙") };
	struct table_row rows[] = { { a, 2, 0, 0 }, { b, 1, 0, 0 } };
	int widths[] = { 10, 10 };
	struct table t = { widths, 2, rows, 2 };

	(void)state;
	check_text(&t, 11,
		   "+----+----+\n"
		   "|甲  |乙  |\n"
		   "+----+----+\n"
		   "|丙  |    |\n"
		   "+----+----+\n");
}

/* ---- runs ---- */

static void test_run(void **state)
{
#define HINT "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>"
	static const char *const rows[][2] = {
		{ "", "" },
		{ "12", "<w:r><w:t>12</w:t></w:r>" },
		{ "一", "<w:r>" HINT "<w:t>一</w:t></w:r>" },
		{ "a<&>\x01"
		  "b",
		  "<w:r><w:t>a&lt;&amp;&gt;b</w:t></w:r>" },
		{ " a", "<w:r><w:t xml:space=\"preserve\"> a</w:t></w:r>" },
		{ "a ", "<w:r><w:t xml:space=\"preserve\">a </w:t></w:r>" },
		{ "·", "<w:r>" HINT "<w:t>·</w:t></w:r>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };

		docx_run(rows[i][0], "", &out);
		assert_string_equal(out.s ? out.s : "", rows[i][1]);
		str_free(&out);
	}
}

/* The row's only number stands in the last of `columns`; the others hold a
 * label, or numbers of one digit. */
static void lay_number(const char *number, bool label, struct str *out)
{
	int widths[] = { 754, 921, 3271, 685, 685, 685, 685, 685, 685, 685 };
	int even[15];
	struct table_cell values[15];
	struct table_cell labelled[] = { WIDE("标签", 9, 1), VALUE(number) };
	struct table_row row = { values, 15, 0, 0 };
	struct table t = { even, 15, &row, 1 };

	for (size_t i = 0; i < COUNT(even); i++) {
		even[i] = 649;
		values[i] = (struct table_cell)VALUE(i == 14 ? number : "7");
	}
	if (label) {
		row = (struct table_row){ labelled, 2, 0, 0 };
		t = (struct table){ widths, 10, &row, 1 };
	}
	docx_table(&t, layouts(), false, out);
}

/* A number that is too wide for its column makes the whole table smaller where
 * no label can spare the room. */
static void test_small_print(void **state)
{
	static const struct {
		const char *number, *size;
	} rows[] = {
		{ "12345", NULL },
		{ "1234567", "\"15\"" },
		{ "12345678", "\"10\"" },
		{ "123456789", "\"9\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str out = { 0 };

		lay_number(rows[i].number, false, &out);
		if (rows[i].size)
			assert_non_null(strstr(out.s, rows[i].size));
		else
			assert_null(strstr(out.s, "<w:sz "));
		str_free(&out);
	}
}

static int sum_of_columns(const char *xml)
{
	static const char word[] = "<w:gridCol w:w=\"";
	int sum = 0;

	while ((xml = strstr(xml, word)))
		sum += atoi(xml += strlen(word));
	return sum;
}

/* Where one can, the number keeps its size, and the table its width. */
static void test_wide_number(void **state)
{
	struct str out = { 0 };

	(void)state;
	lay_number("123456789", true, &out);
	assert_null(strstr(out.s, "<w:sz "));
	assert_int_equal(sum_of_columns(out.s), layouts()->table_width);
	assert_non_null(strstr(out.s, "<w:gridCol w:w=\"1132\"/></w:tblGrid>"));
	str_free(&out);
}

/* Three characters to a line: a head of four is broken after its second. */
static void test_head_words(void **state)
{
	int widths[] = { 6340, 622, 622, 622, 638 };
	struct table_cell heads[] = { WIDE("", 1, 1), WIDE("商业企业", 1, 1),
				      WIDE("自然人", 1, 1),
				      WIDE("法人或其他组织", 2, 1) };
	struct table_row row = { heads, 4, true, 0 };
	struct table t = { widths, 5, &row, 1 };
	struct str out = { 0 };
	const char *first;

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++)
		heads[i].align = PRINT_CENTRE;
	docx_table(&t, layouts(), false, &out);
	first = strstr(out.s, "<w:tcMar>");
	assert_non_null(first);
	assert_true(first < strstr(out.s, "商业企业"));
	assert_null(strstr(first + 1, "<w:tcMar>"));
	str_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scale),
		cmocka_unit_test(test_scale_sums_up),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_label_wraps_number_never),
		cmocka_unit_test(test_short_row),
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_small_print),
		cmocka_unit_test(test_wide_number),
		cmocka_unit_test(test_head_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
