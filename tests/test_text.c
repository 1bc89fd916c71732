#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

/* Each text makes two lines; `second` is the lower one. */
static const struct row {
	const char *why, *text, *second;
	int width;
} rows[] = {
	{ "an odd width leaves a cell", "一二三四五六", "六", 11 },
	{ "a comma is never first", "一二三四五，六", "五，六", 10 },
	{ "numbers stay whole", "同比增长12.5%了", "12.5%了", 10 },
	{ "quoted terms part", "“一二”“三四”", "“三四”", 8 },
	{ "a long word is cut", "abcdefgh", "efgh", 4 },
	{ "a newline at the end", "一\n", "", 10 },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct text_lines w = { 0 };

	text_wrap(&w, row->text, strlen(row->text), row->width);
	assert_int_equal(w.count, 2);
	assert_string_equal(row->text + w.line[1].start, row->second);
	text_lines_free(&w);
}

/* No line is too wide; a position survives the way to its line and column and
 * back, and a step on and back. */
static void check_text(const char *text, size_t len, int width)
{
	struct text_lines w = { 0 };

	text_wrap(&w, text, len, width);
	for (size_t k = 0; k < w.count; k++)
		assert_in_range(w.line[k].cells, 0, width);
	for (size_t at = 0, next; at < len; at = next) {
		int col = text_column(&w, text, at);
		size_t line = text_line_of(&w, at);

		assert_int_equal(text_offset(&w, text, line, col), at);
		next = text_next(text, len, at);
		assert_int_equal(text_prev(text, len, next), at);
	}
	text_lines_free(&w);
}

static void test_random(void **state)
{
	static const char bits[12][9] = { "一", "，", "（", "a",
					  "7",  " ",  "\n", "“",
					  "”",  "👍",  "🇨🇳", "e\xcc\x81" };

	(void)state;
	srand(20240131);
	for (int i = 0; i < 20000; i++) {
		char text[400] = "";

		for (int n = rand() % 40; n > 0; n--)
			strcat(text, bits[rand() % 12]);
		check_text(text, strlen(text), 2 + rand() % 40);
	}
}

static void test_valid(void **state)
{
	static const struct {
		const char *s;
		size_t len;
		bool good;
		const char *cleaned;
	} cases[] = {
		{ "政府\n信息", 13, true, "政府\n信息" },
		{ "a\x1b[31mb", 7, false, "a[31mb" },
		{ "a\0b", 3, false, "ab" },
		{ "\xff政", 4, false, "政" },
		{ "\xe6\x94", 2, false, "" },
		{ "a\r\nb\rc\td", 8, false, "a\nb\nc d" },
		{ "\xef\xbf\xbe", 3, false, "" }, /* U+FFFE */
		{ "\xc2\x9b"
		  "31m",
		  5, false, "31m" }, /* C1 CSI */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str out = { 0 };

		assert_int_equal(text_valid(cases[i].s, cases[i].len),
				 cases[i].good);
		str_clear(&out);
		text_clean(&out, cases[i].s, cases[i].len);
		assert_string_equal(out.s, cases[i].cleaned);
		str_free(&out);
	}
}

/* After any change the lines are those of a text wrapped anew. */
static void test_rewrap(void **state)
{
	static const char *const bits[] = {
		"一", "，", "ab", "\n", "“", " ", "\n\n", "二三四五六七八九十"
	};
	struct text_lines w = { 0 }, anew = { 0 };
	struct str text = { 0 };

	(void)state;
	srand(20260112);
	str_add(&text, "");
	text_wrap_indent(&w, text.s, 0, 12, 4);
	for (int i = 0; i < 20000; i++) {
		struct text_change c = { 0 };
		const char *bit = bits[rand() % 8];

		c.at = text.len ? text_prev(text.s, text.len,
					    1 + (size_t)rand() % text.len)
				: 0;
		if (rand() % 3 == 0 || text.len > 300)
			c.removed = text_next(text.s, text.len, c.at) - c.at;
		else
			c.inserted = strlen(bit);
		str_splice(&text, c.at, c.removed, bit, c.inserted);
		text_rewrap(&w, text.s, 12, 4, &c);
		text_wrap_indent(&anew, text.s, text.len, 12, 4);
		assert_int_equal(w.count, anew.count);
		for (size_t k = 0; k < w.count; k++) {
			assert_int_equal(w.line[k].start, anew.line[k].start);
			assert_int_equal(w.line[k].len, anew.line[k].len);
			assert_int_equal(w.line[k].cells, anew.line[k].cells);
			assert_int_equal(w.line[k].hard, anew.line[k].hard);
		}
	}
	text_lines_free(&w);
	text_lines_free(&anew);
	str_free(&text);
}

static void test_cells(void **state)
{
	int used;

	(void)state;
	assert_int_equal(text_cells("政府abc“”", strlen("政府abc“”")), 9);
	assert_int_equal(text_fit("政府", 6, 3, &used), 3);
	assert_int_equal(used, 2);
	assert_int_equal(text_count("政府 信息\n　公开"), 6);
	assert_int_equal(text_narrow("Ｊ"), 'J');
	assert_int_equal(text_narrow("政"), 0);
	assert_true(text_contains("caf\xc3\xa9", "cafe\xcc\x81"));
	assert_false(text_contains("政府信息", "公开"));
}

static void test_words(void **state)
{
	static const char s[] = "公开2024年报，ok 信息";
	size_t len = strlen(s), at = 0;
	int steps = 0;

	(void)state;
	while (at < len) {
		size_t next = text_word_next(s, len, at);

		assert_true(next > at);
		at = next;
		steps++;
	}
	assert_int_equal(steps, 6);
	while (at > 0) {
		at = text_word_prev(s, len, at);
		steps--;
	}
	assert_int_equal(steps, 0);
}

static void test_mend(void **state)
{
	char s[] = "政府\xe4\xbf";

	(void)state;
	text_mend(s);
	assert_string_equal(s, "政府");
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_random), cmocka_unit_test(test_valid),
		cmocka_unit_test(test_cells),  cmocka_unit_test(test_words),
		cmocka_unit_test(test_mend),   cmocka_unit_test(test_rewrap),
	};
	enum {
		ROWS = sizeof rows / sizeof *rows,
		OTHERS = sizeof others / sizeof *others
	};
	struct CMUnitTest tests[ROWS + OTHERS] = { 0 };

	for (size_t i = 0; i < ROWS; i++) {
		tests[i].name = rows[i].why;
		tests[i].test_func = test_row;
		tests[i].initial_state = (void *)(uintptr_t)&rows[i];
	}
	memcpy(tests + ROWS, others, sizeof others);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
