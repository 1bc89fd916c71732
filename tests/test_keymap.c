/* The keys: every name known, no key for two things, hints that fit. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tests/unit.h"
#include "tui/input.h"
#include "tui/keymap.h"

static void each_name(void (*look)(enum action action, const char *name))
{
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		char *keys = strdup(keymap_info(a)->keys), *rest = keys, *name;

		while ((name = strsep(&rest, " ")))
			look(a, name);
		free(keys);
	}
}

static void look_known(enum action action, const char *name)
{
	if (keymap_key(name) < 0)
		fail_msg("%s: no code for %s", keymap_info(action)->name, name);
}

/* The first action that has the key is the one asked for: no other has it. */
static void look_once(enum action action, const char *name)
{
	if (keymap_action(keymap_key(name)) != action)
		fail_msg("%s is %s too", name,
			 keymap_info(keymap_action(keymap_key(name)))->name);
}

static void test_names(void **state)
{
	(void)state;
	each_name(look_known);
}

static void test_once(void **state)
{
	(void)state;
	each_name(look_once);
}

static void test_words(void **state)
{
	(void)state;
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		assert_true(*keymap_info(a)->hint);
		assert_true(*keymap_info(a)->help);
	}
}

static void test_unknown_names(void **state)
{
	static const char *const wrong[] = { "F0", "F13",       "Fx",
					     "M-", "C-",        "C-1",
					     "Hm", "C-Nowhere", "M-ab" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(keymap_key(wrong[i]), -1);
}

static void test_twins(void **state)
{
	(void)state;
	assert_int_equal(keymap_action(13), ACTION_ENTER);
	assert_int_equal(keymap_action(10), ACTION_ENTER);
	assert_int_equal(keymap_action(127), ACTION_ERASE);
	assert_int_equal(keymap_action(8), ACTION_ERASE);
	assert_int_equal(keymap_action(INPUT_ALT + 'H'), ACTION_HELP);
	assert_int_equal(keymap_action(0x7777), ACTION_NONE);
}

static void test_hints(void **state)
{
	static const enum action list[] = { ACTION_HELP, ACTION_FIND,
					    ACTION_NOTE, ACTION_NONE };
	struct str out = { 0 };

	(void)state;
	keymap_hints(list, 80, &out);
	assert_string_equal(out.s, "F1 帮助  Ctrl-F 查找  Alt-N 说明或批注");
	for (int cells = 0; cells < 50; cells++) {
		str_clear(&out);
		keymap_hints(list, cells, &out);
		assert_in_range(text_cells(out.s, out.len), 0, cells);
	}
	str_free(&out);
}

static void test_shown_names(void **state)
{
	struct str out = { 0 };

	(void)state;
	keymap_names(ACTION_WORD_LEFT, " ", &out);
	assert_string_equal(out.s, "Ctrl-Left Alt-Q");
	str_free(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_unknown_names),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_hints),
		cmocka_unit_test(test_shown_names),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
