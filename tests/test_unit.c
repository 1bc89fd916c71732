#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/setting.h"
#include "core/str.h"
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

static void test_unit_members(void **state)
{
	struct unit *u = unit_new("青溪县城关镇人民政府");
	size_t count;
	const struct unit_text *texts = unit_texts(&count);

	(void)state;
	assert_int_equal(u->kind, UNIT_TOWN);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(
			*unit_member(u, texts[i].key, strlen(texts[i].key)),
			"");
	assert_ptr_equal(unit_member(u, "due_submit=1", 10), &u->due_submit);
	assert_null(unit_member(u, "due", 3));
	assert_null(unit_member(u, "name", 4));
	unit_free(u);
}

/* Each item: what is kept of it, or (NULL) what the refusal says. */
static void test_unit_check(void **state)
{
	static const struct {
		const char *key, *value, *kept, *says;
	} rows[] = {
		{ "code", " 11A　", "11A", NULL },
		{ "code", "1\n2", NULL, "code" },
		{ "contact", "\xff", NULL, "contact" },
		{ "contact", "a\tb", NULL, "contact" },
		{ "contact", "a\xe2\x80\x8b", NULL, "contact" },
		{ "site", "\xef\xbb\xbfhttp://a", NULL, "site" },
		{ "aliases", "史志办；档案馆", "史志办；档案馆", NULL },
		{ "powers", "fees  rules ", "fees rules", NULL },
		{ "powers", "fees,rules", NULL, "licences" },
		{ "reports_to", "还没有的局", "还没有的局", NULL },
		{ "reports_to", "教育局", NULL, "它自己" },
		{ "counted_in", " 教育局 ", NULL, "它自己" },
		{ "due_submit", "01-26", "01-26", NULL },
		{ "due_publish", "02-29", NULL, "01-26" },
		{ "due_publish", "1-26", NULL, "01-26" },
		{ "layout", "template", "template", NULL },
		{ "layout", "gbt9704 template", NULL, "gbt9704" },
		{ "lead", "no", "no", NULL },
		{ "lead", "是", NULL, "yes" },
		{ "signature", "end", "end", NULL },
		{ "signature", "END", NULL, "date" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct unit *u = unit_new(" 教育局");
		char **member =
			unit_member(u, rows[i].key, strlen(rows[i].key));
		struct err err = { 0 };
		enum err_code code;

		free(*member);
		*member = xstrdup(rows[i].value);
		code = unit_check(u, &err);
		if (code != (rows[i].kept ? ERR_OK : ERR_INPUT) ||
		    (rows[i].says && !strstr(err.text, rows[i].says)))
			fail_msg("%s=%s: %s", rows[i].key, rows[i].value,
				 err.text);
		assert_string_equal(u->name, "教育局");
		if (rows[i].kept)
			assert_string_equal(*member, rows[i].kept);
		unit_free(u);
	}
}

static void test_unit_names(void **state)
{
	static const char *const bad[] = { "",      "　",   "a\nb",
					   "a\033", "\xff", "a\tb" };
	char name[3 * UNIT_NAME_MOST + 8] = "";
	struct unit *u;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		u = unit_new(bad[i]);
		assert_int_equal(unit_check(u, NULL), ERR_INPUT);
		unit_free(u);
	}
	for (int i = 0; i <= UNIT_NAME_MOST; i++) {
		strcat(name, "甲");
		u = unit_new(name);
		assert_int_equal(unit_check(u, NULL),
				 i < UNIT_NAME_MOST ? ERR_OK : ERR_INPUT);
		unit_free(u);
	}
}

/* However long they are, the sentence says what to do. */
static void test_unit_long(void **state)
{
	struct str name = { 0 }, value = { 0 };
	struct err err = { 0 };
	struct unit *u;

	(void)state;
	for (int i = 0; i < UNIT_NAME_MOST; i++)
		str_add(&name, "甲");
	for (int i = 0; i < 900; i++)
		str_add(&value, "乙");
	u = unit_new(name.s);
	free(u->due_submit);
	u->due_submit = str_steal(&value);
	assert_int_equal(unit_check(u, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "due_submit"));
	assert_non_null(strstr(err.text, "01-26"));
	unit_free(u);
	str_free(&name);
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
		{ "signoff.steps", "", "signoff.steps" },
		{ "signoff.steps", "核稿;;签发", "signoff.steps" },
		{ "signoff.steps", "核稿；签发；核稿", "“核稿”写了两次" },
		{ "signoff.required", "核稿；核稿", "“核稿”写了两次" },
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
		cmocka_unit_test(test_unit_members),
		cmocka_unit_test(test_unit_check),
		cmocka_unit_test(test_unit_names),
		cmocka_unit_test(test_unit_long),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_settings_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
