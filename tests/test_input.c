/* Bytes → characters: what fits nowhere is dropped, nothing after it. */
#include <locale.h>
#include <string.h>

#include "tests/unit.h"
#include "tui/input.h"

static const struct row {
	const char *why, *bytes, *text;
} rows[] = {
	{ "ASCII", "ab7", "ab7" },
	{ "two, three and four bytes", "é一👍", "é一👍" },
	{ "a stray byte",
	  "\xff"
	  "abc",
	  "abc" },
	{ "a stray continuation",
	  "\x80\xbf"
	  "a一",
	  "a一" },
	{ "a character broken off",
	  "\xe4\xb8"
	  "a一",
	  "a一" },
	{ "broken off by another", "\xe4\xe4\xb8\x80", "一" },
	{ "broken off, then stray bytes", "\xf0\x9f\xff\xfe好", "好" },
	{ "an overlong slash", "\xc0\xaf/", "/" },
	{ "an overlong three bytes", "\xe0\x80\xaf!", "!" },
	{ "half a pair", "\xed\xa0\x80好", "好" },
	{ "beyond the last character", "\xf4\x90\x80\x80好", "好" },
	{ "a control character in two bytes", "\xc2\x9b好", "好" },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct feeder f = { 0 };
	struct str out = { 0 };

	str_add(&out, "");
	for (const char *c = row->bytes; *c; c++)
		if (input_feed(&f, (unsigned char)*c) == FEED_DONE)
			str_add(&out, f.text);
	assert_string_equal(out.s, row->text);
	str_free(&out);
}

static void test_more(void **state)
{
	struct feeder f = { 0 };

	(void)state;
	assert_int_equal(input_feed(&f, 0xe4), FEED_MORE);
	assert_int_equal(input_feed(&f, 0xb8), FEED_MORE);
	assert_int_equal(input_feed(&f, 0x80), FEED_DONE);
	assert_string_equal(f.text, "一");
	assert_int_equal(input_feed(&f, 0xff), FEED_BAD);
	assert_int_equal(input_feed(&f, 'x'), FEED_DONE);
}

static void test_clean(void **state)
{
	static const char pasted[] = "1\t2\r\n3\r\033[31m四\a\tx";
	struct str out = { 0 };

	(void)state;
	input_clean(&out, pasted, sizeof pasted - 1);
	assert_string_equal(out.s, "1\t2\n3\n四\tx");
	str_free(&out);
}

int main(void)
{
	const size_t count = sizeof rows / sizeof *rows;
	struct CMUnitTest tests[sizeof rows / sizeof *rows + 2] = { 0 };

	setlocale(LC_CTYPE, "C.UTF-8");
	for (size_t i = 0; i < count; i++) {
		tests[i].name = rows[i].why;
		tests[i].test_func = test_row;
		tests[i].initial_state = (void *)(uintptr_t)&rows[i];
	}
	tests[count] = (struct CMUnitTest)cmocka_unit_test(test_more);
	tests[count + 1] = (struct CMUnitTest)cmocka_unit_test(test_clean);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
