/* The field editor: a text with | for the cursor, keys, what comes of it. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tests/unit.h"
#include "tui/edit.h"

/* Fifteen columns, three lines, paragraphs not indented. */
static const struct row {
	const char *why, *before, *keys, *after;
	bool single;
} rows[] = {
	{ "a letter", "一二|三", "x", "一二x|三", true },
	{ "a whole wide character goes", "一二|三", "BackSpace", "一|三",
	  true },
	{ "nothing before the start", "|三", "BackSpace", "|三", true },
	{ "nothing behind the end", "三|", "Del", "三|", true },
	{ "delete forward", "一|二三", "Del", "一|三", true },
	{ "a cluster of several characters goes at once",
	  "a👨‍👩‍👧|b", "BackSpace", "a|b", true },
	{ "a mark joins the letter before it", "e|x", "\xcc\x81", "e\xcc\x81|x",
	  true },
	{ "left and right", "一二|三", "Left Left Right", "一|二三", true },
	{ "home, end", "一二|三", "Home x End y", "x一二三y|", true },
	{ "words", "共办理126件|。", "C-Left C-Left x", "共办理x|126件。",
	  true },
	{ "kill to the start", "一二|三", "C-u", "|三", true },
	{ "up keeps the column over a short line",
	  "一二三四五\n一\n一二三四|五", "Up Up", "一二三四|五\n一\n一二三四五",
	  false },
	{ "down never lands in half a character", "a|b\n一二", "Down",
	  "ab\n|一二", false },
	{ "home is the shown line's", "一二三四五六七八九|十", "Home",
	  "一二三四五六七|八九十", false },
	{ "end of a shown line that goes on", "一二|三四五六七八九十", "End",
	  "一二三四五六|七八九十", false },
	{ "a newline", "一|二", "Enter", "一\n|二", false },
	{ "joining lines", "一\n|二", "BackSpace", "一|二", false },
	{ "page down and up", "1\n2\n3|\n4\n5\n6", "PgDn PgDn PgUp",
	  "1\n2\n3\n4|\n5\n6", false },
	{ "start and end of the text", "一|\n二", "C-Home x C-End y",
	  "x一\n二y|", false },
};

static const struct {
	const char *name;
	enum edit_move move;
} moves[] = {
	{ "Left", EDIT_LEFT },
	{ "Right", EDIT_RIGHT },
	{ "Up", EDIT_UP },
	{ "Down", EDIT_DOWN },
	{ "C-Left", EDIT_WORD_LEFT },
	{ "C-Right", EDIT_WORD_RIGHT },
	{ "Home", EDIT_HOME },
	{ "End", EDIT_END },
	{ "PgUp", EDIT_PAGE_UP },
	{ "PgDn", EDIT_PAGE_DOWN },
	{ "C-Home", EDIT_TEXT_START },
	{ "C-End", EDIT_TEXT_END },
};
static const struct {
	const char *name;
	bool (*change)(struct edit *e, struct edit_step *step);
} changes[] = {
	{ "BackSpace", edit_backspace },
	{ "Del", edit_delete },
	{ "C-u", edit_kill_line },
};

/* Every step put on a copy of the text gives the editor's text. */
static void press(struct edit *e, struct str *copy, const char *key)
{
	struct edit_step step = { 0 };
	bool changed = false;

	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (strcmp(moves[i].name, key) == 0) {
			edit_move(e, moves[i].move);
			return;
		}
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (strcmp(changes[i].name, key) == 0) {
			changed = changes[i].change(e, &step);
			key = NULL;
			break;
		}
	if (key && strcmp(key, "Enter") == 0)
		key = "\n";
	if (key)
		changed = edit_insert(e, key, strlen(key), &step);
	if (changed)
		str_splice(copy, step.at, step.removed, step.inserted,
			   step.len);
	assert_string_equal(copy->s, e->text.s);
}

static void open_at_bar(struct edit *e, const char *text, bool single)
{
	const char *bar = strchr(text, '|');
	struct str plain = { 0 };

	str_addn(&plain, text, (size_t)(bar - text));
	str_add(&plain, bar + 1);
	edit_open(e, plain.s, single);
	e->indent = 0;
	edit_resize(e, 15, 3);
	edit_load(e, plain.s, (size_t)(bar - text));
	str_free(&plain);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	char *keys = strdup(row->keys), *rest = keys, *key;
	struct edit e = { 0 };
	struct str copy = { 0 };

	open_at_bar(&e, row->before, row->single);
	str_add(&copy, e.text.s);
	while ((key = strsep(&rest, " ")))
		press(&e, &copy, key);
	str_splice(&copy, e.cursor, 0, "|", 1);
	assert_string_equal(copy.s, row->after);
	free(keys);
	str_free(&copy);
	edit_free(&e);
}

/* The shown part of one line follows the cursor by whole characters. */
static void test_single_scrolls(void **state)
{
	struct edit e = { 0 };
	int row, col;

	(void)state;
	edit_open(&e, "一二三四五六七八九十", true);
	edit_resize(&e, 9, 1);
	edit_load(&e, "一二三四五六七八九十", (size_t)-1);
	edit_cursor(&e, &row, &col);
	assert_int_equal(row, 0);
	assert_int_equal(col, 8);
	assert_memory_equal(e.text.s + e.left, "七", 3);
	for (int i = 0; i < 9; i++)
		edit_move(&e, EDIT_LEFT);
	edit_cursor(&e, &row, &col);
	assert_int_equal(col, 0);
	edit_click(&e, 0, 3);
	assert_memory_equal(e.text.s + e.cursor, "三", 3);
	edit_free(&e);
}

/* A paragraph's first line is moved in, the next lines are not. */
static void test_indent(void **state)
{
	struct edit e = { 0 };
	int row, col;

	(void)state;
	edit_open(&e, "一二三四五六", false);
	edit_resize(&e, 10, 2);
	edit_load(&e, "一二三四五六", 0);
	edit_cursor(&e, &row, &col);
	assert_int_equal(col, EDIT_INDENT);
	edit_move(&e, EDIT_DOWN);
	edit_cursor(&e, &row, &col);
	assert_int_equal(row, 1);
	assert_int_equal(col, 4);
	assert_memory_equal(e.text.s + e.cursor, "六", 3);
	edit_click(&e, 0, 5);
	assert_int_equal(e.cursor, 0);
	edit_free(&e);
}

static void test_find(void **state)
{
	struct edit e = { 0 };

	(void)state;
	edit_open(&e, "公开一次，再公开一次", false);
	edit_load(&e, "公开一次，再公开一次", 0);
	assert_true(edit_find(&e, "公开"));
	assert_int_equal(e.cursor, strlen("公开一次，再"));
	assert_true(edit_find(&e, "公开"));
	assert_int_equal(e.cursor, 0);
	assert_false(edit_find(&e, "不在"));
	edit_free(&e);
}

static const char *const bits[] = {
	"一",        "，",  "a",    "7",    " ",     "Enter",  "👍",
	"e\xcc\x81", "Up",  "Down", "Left", "Right", "Home",   "End",
	"BackSpace", "Del", "PgUp", "PgDn", "C-u",   "C-Left", "C-Right"
};

/* Whatever is pressed: the steps tell the whole story, the cursor stands on a
 * character, on the shown part, and never outside. */
static void test_random(void **state)
{
	(void)state;
	srand(20250112);
	for (int i = 0; i < 300; i++) {
		bool single = i % 3 == 0;
		struct edit e = { 0 };
		struct str copy = { 0 };

		open_at_bar(&e, "一二|", single);
		str_add(&copy, e.text.s);
		edit_resize(&e, 3 + rand() % 20, 1 + rand() % 4);
		for (int n = rand() % 80; n > 0; n--) {
			size_t count = sizeof bits / sizeof *bits, k;
			int row, col;

			k = (size_t)rand() % count;
			if (single && strcmp(bits[k], "Enter") == 0)
				continue;
			press(&e, &copy, bits[k]);
			assert_int_equal(
				text_next(e.text.s, e.text.len,
					  text_prev(e.text.s, e.text.len,
						    e.cursor)),
				e.cursor ? e.cursor
					 : text_next(e.text.s, e.text.len, 0));
			edit_cursor(&e, &row, &col);
			assert_in_range(row, 0, e.height - 1);
			assert_in_range(col, 0, e.width);
		}
		edit_free(&e);
		str_free(&copy);
	}
}

/* A line that fits is shown from its start, also when the width comes later or
 * the text was longer. */
static void test_left(void **state)
{
	struct edit_step step;
	struct edit e = { 0 };

	(void)state;
	edit_open(&e, "青溪县教育局2025年政府信息公开工作年度报告.docx", true);
	edit_resize(&e, 64, 1);
	assert_int_equal(e.left, 0);
	edit_resize(&e, 20, 1);
	assert_true(e.left > 0);
	while (e.text.len > strlen("青溪县教育局"))
		edit_backspace(&e, &step);
	assert_int_equal(e.left, 0);
	edit_free(&e);
}

int main(void)
{
	const size_t count = sizeof rows / sizeof *rows;
	struct CMUnitTest tests[sizeof rows / sizeof *rows + 5] = { 0 };

	setlocale(LC_CTYPE, "C.UTF-8");
	for (size_t i = 0; i < count; i++) {
		tests[i].name = rows[i].why;
		tests[i].test_func = test_row;
		tests[i].initial_state = (void *)(uintptr_t)&rows[i];
	}
	tests[count] = (struct CMUnitTest)cmocka_unit_test(test_single_scrolls);
	tests[count + 1] = (struct CMUnitTest)cmocka_unit_test(test_indent);
	tests[count + 2] = (struct CMUnitTest)cmocka_unit_test(test_find);
	tests[count + 3] = (struct CMUnitTest)cmocka_unit_test(test_random);
	tests[count + 4] = (struct CMUnitTest)cmocka_unit_test(test_left);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
