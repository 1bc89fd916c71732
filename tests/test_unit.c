#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/setting.h"
#include "core/unit.h"

static void test_kind_of_name(void **state)
{
	static const struct {
		const char *name;
		enum unit_kind kind;
	} rows[] = {
		{ "青溪县人民政府", UNIT_GOVERNMENT },
		{ "景德镇市人民政府", UNIT_GOVERNMENT },
		{ "新乡市人民政府", UNIT_GOVERNMENT },
		{ "城关镇人民政府", UNIT_TOWN },
		{ "青溪县城关镇人民政府", UNIT_TOWN },
		{ "白马回族乡人民政府", UNIT_TOWN },
		{ "中山街道办事处", UNIT_TOWN },
		{ "中山街道", UNIT_TOWN },
		{ "赤水镇", UNIT_TOWN },
		{ "青溪县住房和城乡建设局", UNIT_DEPARTMENT },
		{ "青溪县人民政府办公室", UNIT_DEPARTMENT },
		{ "城乡水务局", UNIT_DEPARTMENT },
		{ "", UNIT_DEPARTMENT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (unit_kind_of_name(rows[i].name) != rows[i].kind)
			fail_msg("%s", rows[i].name);
}

static void test_kind_words(void **state)
{
	(void)state;
	for (int i = 0; i < UNIT_KIND_COUNT; i++) {
		enum unit_kind kind = (enum unit_kind)i, back;

		assert_true(unit_kind_parse(unit_kind_word(kind), &back));
		assert_int_equal(back, kind);
		assert_true(*unit_kind_label(kind));
	}
	enum unit_kind untouched = UNIT_TOWN;

	assert_false(unit_kind_parse("ministry", &untouched));
	assert_int_equal(untouched, UNIT_TOWN);
}

static void test_unit_freed(void **state)
{
	struct unit *u = xcalloc(1, sizeof *u);

	(void)state;
	u->name = xstrdup("青溪县民政局");
	u->powers = xstrdup("fees");
	unit_free(u);
	unit_free(NULL);
}

static void test_settings(void **state)
{
	size_t count;
	const struct setting_def *defs = setting_defs(&count);

	(void)state;
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(setting_find(defs[i].key), &defs[i]);
		assert_true(*defs[i].help);
		if (defs[i].values)
			assert_non_null(
				strstr(defs[i].values, defs[i].fallback));
	}
	assert_null(setting_find("colour"));
}

/* What is refused is refused before the store is touched. */
static void test_settings_refuse(void **state)
{
	static const struct {
		const char *key, *value, *says;
	} rows[] = {
		{ "colour", "red", "colour" },
		{ "enter", "up", "down right" },
		{ "enter", "down right", "down right" },
		{ "enter", "", "down right" },
		{ "ascii", "1", "no yes" },
		{ "escdelay", "soon", "5000" },
		{ "escdelay", "6000", "5000" },
		{ "escdelay", "-1", "5000" },
		{ "prose.width", "3", "20" },
		{ "deadline.submit", "13-01", "01-26" },
		{ "deadline.submit", "1-26", "01-26" },
		{ "deadline.publish", "02-30", "01-26" },
		{ "signoff.steps", "a\033b", "signoff.steps" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = { 0 };

		assert_int_equal(
			setting_set(NULL, rows[i].key, rows[i].value, &err),
			ERR_INPUT);
		if (!strstr(err.text, rows[i].says))
			fail_msg("%s=%s: %s", rows[i].key, rows[i].value,
				 err.text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind_of_name),
		cmocka_unit_test(test_kind_words),
		cmocka_unit_test(test_unit_freed),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_settings_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
