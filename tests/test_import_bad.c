/* Nothing comes in from a file that is not right, and never half of one. */
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "export/export.h"
#include "import/import.h"
#include "tests/desk.h"
#include "tests/made.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define UNIT     "青溪县“一”局"
#define END      "</annual-report>"
#define DIGEST                                                                 \
	"0000000000000000000000000000000000000000000000000000000000000abc"
#define SIGNED(step, more)                                                     \
	"<signoff step=\"" step "\" name=\"王\" digest=\"" DIGEST "\" " more   \
	"/>" END
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

/* ---- what is not right does not come in ---- */

/* The first `from` in the file becomes `to`; the error says `word`. */
static const struct spoiled {
	const char *why, *from, *to, *word;
} spoiled[] = {
	{ "a path of no cell", "path=\"count.carried_in.own\"",
	  "path=\"count.carried_in.nobody\"", "count.carried_in.nobody" },
	{ "a cell twice", "path=\"count.carried_in.towns\"",
	  "path=\"count.carried_in.own\"", "count.carried_in.own" },
	{ "another form", "form=\"small-1\"", "form=\"foreign-9\"",
	  "foreign-9" },
	{ "a known form, other cells", "form=\"small-1\"", "form=\"ogi-2021\"",
	  "talk.text" },
	{ "a sum that is none", "printed=\"13\">12<", "printed=\"13\">14<",
	  "14" },
	{ "a part of a sum changed", ">59237.2449<", ">59237.2448<",
	  "count.fees.total" },
	{ "a figure changed on the way", "other.notices\" kind=\"number\">0<",
	  "other.notices\" kind=\"number\">5<", "摘要" },
	{ "a text changed on the way", "第一段", "第三段", "摘要" },
	{ "a printed sum changed", "printed=\"13\"", "printed=\"14\"", "摘要" },
	{ "no number", ">59237.2449<", ">59237.24x<", "report.xml" },
	{ "a sign", ">59237.2449<", ">-5<", "report.xml" },
	{ "不适用 where it is not allowed",
	  "count.carried_in.own\" kind=\"number\">0</cell>",
	  "count.carried_in.own\" na=\"yes\"/>", "count.carried_in.own" },
	{ "no choice", ">paper<", ">stone<", "other.way" },
	{ "no day", ">2025-01-02<", ">2025-02-31<", "other.day" },
	{ "an unknown state", "state=\"draft\"", "state=\"golden\"",
	  "report.xml" },
	{ "an unknown element", "<cells>", "<cells><x/>", "report.xml" },
	{ "a control character", "第一段", "第&#1;段", "report.xml" },
	{ "a DTD", "<annual-report", "<!DOCTYPE a><annual-report", "DTD" },
	{ "a newer format", "exchange=\"1\"", "exchange=\"2\"", "升级" },
	{ "cut short", "</annual-report>", "", "report.xml" },
	{ "published on no day", "<course",
	  "<course published_on=\"2025-13-40\"", "2025-13-40" },
	{ "published before the year was over", "<course",
	  "<course published_on=\"2019-12-31\"", "2019-12-31" },
	{ "published, but when", "state=\"draft\"", "state=\"published\"",
	  "published_on" },
	{ "submitted at no moment", "<course",
	  "<course submitted_at=\"2025-02-30T10:00:00\"", "submitted_at" },
	{ "a comment of nobody", END,
	  "<comment path=\"\" author=\"\"><text>x</text></comment>" END,
	  "<comment> author" },
	{ "a comment at no moment", END,
	  "<comment path=\"\" author=\"王\" "
	  "moment=\"2026-01-01T24:00:00\"/>" END,
	  "2026-01-01T24:00:00" },
	{ "signed at no moment", END,
	  SIGNED("核稿", "moment=\"2026-77-77T99:99:99\""),
	  "2026-77-77T99:99:99" },
	{ "a result that there is not", END, SIGNED("核稿", "result=\"阅\""),
	  "不同意" },
	{ "something else", "<annual-report", "<html/><!--", "report.xml" },
};

static void spoil(struct str *xml, const struct spoiled *row)
{
	char *at = strstr(xml->s, row->from);

	if (!at)
		fail_msg("%s: nothing to spoil", row->why);
	str_splice(xml, (size_t)(at - xml->s), strlen(row->from), row->to,
		   strlen(row->to));
}

static void check_nothing_there(struct store *s, const char *why)
{
	struct report_filter all = { .state = -1, .discarded = true };
	struct report_row *list = NULL;
	struct unit **units = NULL;
	size_t count = 0, unit_count = 0;

	SURE(store_reports(s, &all, &list, &count, &err));
	SURE(store_units(s, &units, &unit_count, &err));
	if (count || unit_count)
		fail_msg("%s: something was left in the store", why);
	store_reports_free(list, count);
	store_units_free(units, unit_count);
}

static void test_spoiled(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_report(d, UNIT);

	for (size_t i = 0; i < COUNT(spoiled); i++) {
		struct str xml = { 0 }, said = { 0 };
		struct err err = { 0 };
		int64_t made = 0;

		desk_xml(d, d->from, id, &xml);
		spoil(&xml, &spoiled[i]);
		desk_put(d, &xml);
		if (desk_bring(d, 0, &made, &said, &err) == ERR_OK)
			fail_msg("%s: taken", spoiled[i].why);
		if (!strstr(err.text, spoiled[i].word))
			fail_msg("%s: \"%s\" does not say %s", spoiled[i].why,
				 err.text, spoiled[i].word);
		assert_int_equal(made, 0);
		check_nothing_there(d->to, spoiled[i].why);
		str_free(&xml);
		str_free(&said);
	}
}

/* Cut anywhere, or a byte changed: never a crash, never half a report. */
static void test_damaged(void **state)
{
	struct desk *d = *state;
	struct str xml = { 0 };
	unsigned seed = 9;

	desk_xml(d, d->from, desk_report(d, UNIT), &xml);
	for (int i = 0; i < 300; i++) {
		struct str hurt = { 0 }, said = { 0 };
		struct err err = { 0 };
		int64_t made = 0;
		size_t at = made_random(&seed, (unsigned)xml.len);
		struct import_job job = { .store = d->to,
					  .forms = d->forms,
					  .dry_run = true };

		str_addn(&hurt, xml.s, i % 3 ? xml.len : at);
		if (i % 3 && at < hurt.len)
			hurt.s[at] = (char)made_random(&seed, 256);
		desk_put(d, &hurt);
		if (import_file(&job, d->file, &said, &made, &err) != ERR_OK)
			assert_true(err.text[0] != '\0');
		str_free(&hurt);
		str_free(&said);
	}
	check_nothing_there(d->to, "damaged");
	str_free(&xml);
}

/* C1 controls are legal XML; they stop at the door all the same. */
static void test_controls_stop(void **state)
{
	struct desk *d = *state;
	struct str xml = { 0 }, said = { 0 }, back = { 0 };
	struct err err = { 0 };
	int64_t made = 0;
	static const struct spoiled control = { "control", "第一段",
						"第&#x9b;一&#13;&#x7f;段", "" };

	desk_xml(d, d->from, desk_report(d, UNIT), &xml);
	spoil(&xml, &control);
	desk_unsign(&xml);
	desk_put(d, &xml);
	if (desk_bring(d, 0, &made, &said, &err) != ERR_OK)
		fail_msg("%s", err.text);
	desk_xml(d, d->to, made, &back);
	assert_non_null(strstr(back.s, "第一&#10;段"));
	assert_null(strstr(back.s, "\xc2\x9b"));
	assert_null(strchr(back.s, 0x7f));
	str_free(&xml);
	str_free(&said);
	str_free(&back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_spoiled),
		TEST(test_damaged),
		TEST(test_controls_stop),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	made_form_free();
	return failed;
}
