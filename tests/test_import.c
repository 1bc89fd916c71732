/* The exchange file: out of one store and into another, nothing lost. */
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/review.h"
#include "export/export.h"
#include "import/import.h"
#include "tests/desk.h"
#include "tests/made.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define UNIT     "青溪县“一”局"
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

/* Everything that can be said about a report. */
static void talk_about(struct store *s, int64_t id, enum state state)
{
	struct explanation e = { (char *)(uintptr_t) "N2",
				 (char *)(uintptr_t) "count.done.own",
				 (char *)(uintptr_t) "3 与 4\n5",
				 (char *)(uintptr_t) "因口径调整 <见附件>",
				 (char *)(uintptr_t) "王五",
				 (char *)(uintptr_t) "2025-01-05T09:00:00" };
	struct signoff sign = { (char *)(uintptr_t) "核稿",
				(char *)(uintptr_t) "赵六",
				(char *)(uintptr_t) "同意",
				(char *)(uintptr_t) "数据\n无误",
				(char *)(uintptr_t) "2025-01-06T09:00:00",
				(char *)(uintptr_t) "王五",
				(char *)(uintptr_t) "0123456789abcdef0123456789"
						    "abcdef0123456789abcdef01"
						    "23456789abcdef",
				true };
	struct report_row row = { 0 }, now;
	int64_t first = 0, second = 0;

	SURE(store_comment_add(s, id, "count.done.own", "请核对\n两个数", true,
			       &first, &err));
	SURE(store_comment_answer(s, id, first, "已核对", &err));
	SURE(store_comment_add(s, id, "talk.text", "写得好", false, &second,
			       &err));
	SURE(store_comment_resolve(s, id, second, &err));
	SURE(store_explanation_save(s, id, &e, &err));
	SURE(store_signoff_add(s, id, &sign, &err));
	SURE(store_tick(s, id, "publish", true, &err));
	SURE(store_opening_save(s, id, "count.carried_out.own", "4", &err));
	SURE(store_report_row(s, id, &row, &err));
	now = row;
	now.state = state;
	now.version = 3;
	now.submitted_at = (char *)(uintptr_t) "2025-01-07T08:00:00";
	now.returned_at = (char *)(uintptr_t) "2025-01-06T08:00:00";
	now.return_reason = (char *)(uintptr_t) "数不对";
	now.published_on = (char *)(uintptr_t) "2025-01-20";
	now.published_url = (char *)(uintptr_t) "https://example.invalid/a?b&c";
	now.index_no = (char *)(uintptr_t) "000-1";
	now.doc_no = (char *)(uintptr_t) "青局〔2025〕1号";
	SURE(store_report_save(s, &now, &err));
	report_row_free(&row);
}

/* Out of one store, into the other, and out again: the same bytes. */
static void check_round_trip(struct desk *d, int64_t id)
{
	struct str out = { 0 }, back = { 0 }, said = { 0 };
	struct err err = { 0 };
	int64_t copy = 0;

	desk_xml(d, d->from, id, &out);
	desk_put(d, &out);
	if (desk_bring(d, 0, &copy, &said, &err) != ERR_OK)
		fail_msg("%s\n%s", err.text, said.s);
	desk_xml(d, d->to, copy, &back);
	assert_string_equal(back.s, out.s);
	str_free(&out);
	str_free(&back);
	str_free(&said);
}

static void test_round_trip(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_report(d, UNIT);

	check_round_trip(d, id);
}

static bool is_sealed(int state)
{
	return state == STATE_APPROVED || state == STATE_PUBLISHED;
}

/* Every step agreed to for the report's own data. */
static void sign_all(struct desk *d, struct store *s, int64_t id)
{
	struct draft *draft = desk_open(d, s, id, DRAFT_READ);
	char **steps = review_steps(s);
	char hex[DIGEST_TEXT];

	report_digest(draft_report(draft), hex);
	for (size_t i = 0; steps[i]; i++) {
		struct signoff sign = { steps[i],
					(char *)(uintptr_t) "赵六",
					(char *)(uintptr_t)REVIEW_AGREED,
					(char *)(uintptr_t) "",
					(char *)(uintptr_t) "2025-01-08T09:00:"
							    "00",
					(char *)(uintptr_t) "王五",
					hex,
					true };

		SURE(store_signoff_add(s, id, &sign, &err));
	}
	review_steps_free(steps);
	draft_close(draft);
}

/* What the small report needs to be without hard findings. */
static void mend(struct desk *d, struct store *s, int64_t id)
{
	static const struct entry well[] = {
		{ "count.carried_in.total", "", true },
		{ "count.all.towns", "", true },
		{ "count.carried_out.own", "0", false },
	};

	desk_enter(d, s, id, well, COUNT(well));
}

static void test_round_trip_states(void **state)
{
	struct desk *d = *state;

	for (int i = 0; i < STATE_COUNT; i++) {
		char *unit = str_printf("第%d局", i);
		int64_t id = desk_report(d, unit);

		if (is_sealed(i))
			mend(d, d->from, id);
		talk_about(d->from, id, (enum state)i);
		if (is_sealed(i))
			sign_all(d, d->from, id);
		check_round_trip(d, id);
		free(unit);
	}
}

/* A file can be made by anybody: approved comes from a supervisor, signed. */
static void test_state_believed(void **state)
{
	static const struct {
		bool signed_all, supervisor;
		enum state made;
	} rows[] = {
		{ true, true, STATE_APPROVED },
		{ false, true, STATE_SUBMITTED },
		{ true, false, STATE_DRAFT },
	};
	struct desk *d = *state;

	SURE(store_user_add(d->to, "审", ROLE_SUPERVISOR, &err));
	SURE(store_user_add(d->to, "填", ROLE_CLERK, &err));
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *unit = str_printf("第%zu局", i);
		struct report_row row = { 0 };
		struct str said = { 0 };
		int64_t id = desk_report(d, unit), made = 0;

		mend(d, d->from, id);
		talk_about(d->from, id, STATE_APPROVED);
		if (rows[i].signed_all)
			sign_all(d, d->from, id);
		SURE(store_sign_in(d->to, rows[i].supervisor ? "审" : "填",
				   &err));
		desk_send(d, id);
		SURE(desk_bring(d, 0, &made, &said, &err));
		SURE(store_report_row(d->to, made, &row, &err));
		assert_int_equal(row.state, rows[i].made);
		assert_int_equal(strstr(said.s, "* 文件里的状态") == NULL,
				 rows[i].made == STATE_APPROVED);
		report_row_free(&row);
		str_free(&said);
		free(unit);
	}
}

/* 演示数据 does not get among real reports. */
static void test_demo(void **state)
{
	struct desk *d = *state;
	int64_t made = 0;
	struct str said = { 0 };
	struct err why = { 0 };

	SURE(store_mark_demo(d->from, &err));
	desk_send(d, desk_report(d, UNIT));
	assert_int_equal(desk_bring(d, 0, &made, &said, &why), ERR_REFUSED);
	assert_non_null(strstr(why.text, "演示"));
	SURE(store_mark_demo(d->to, &err));
	SURE(desk_bring(d, 0, &made, &said, &err));
	str_free(&said);
}

/* Tabs in a text and newlines in a reason are there again. */
static void test_odd_blanks(void **state)
{
	static const struct entry odd[] = {
		{ "talk.text", "表\t格\t粘\n贴 来的", false },
	};
	struct desk *d = *state;
	int64_t id = desk_report(d, UNIT);
	struct report_row row = { 0 };

	desk_enter(d, d->from, id, odd, COUNT(odd));
	talk_about(d->from, id, STATE_RETURNED);
	SURE(store_report_row(d->from, id, &row, &err));
	free(row.return_reason);
	row.return_reason = xstrdup("第一，数不对；\n第二，\t缺说明。");
	SURE(store_report_save(d->from, &row, &err));
	report_row_free(&row);
	check_round_trip(d, id);
}

/* The whole real form, and a text of every kind of character. */
static void test_round_trip_real(void **state)
{
	struct desk *d = *state;
	struct report *r = report_new(made_form("ogi-2021"));
	struct str text[400] = { { 0 } };
	struct change changes[400];
	struct draft *draft;
	size_t count = 0;
	unsigned seed = 77;
	int64_t id = 0;

	made_balanced(r, &seed);
	SURE(draft_new(d->from, d->forms, "ogi-2021", "青溪县人民政府", 2024,
		       &id, &err));
	for (size_t i = 0; i < report_form(r)->cell_count; i++) {
		const struct cell_def *def = &report_form(r)->cells[i];

		if (def->derived || report_get(r, i).kind == VALUE_BLANK)
			continue;
		report_text(r, i, &text[count]);
		changes[count] = (struct change){ i, text[count].s,
						  def->part_count > 0 };
		count++;
	}
	draft = desk_open(d, d->from, id, DRAFT_EDIT);
	SURE(draft_change(draft, changes, count, "set", NULL, &err));
	draft_close(draft);
	check_round_trip(d, id);
	for (size_t i = 0; i < count; i++)
		str_free(&text[i]);
	report_free(r);
}

static void test_three_states(void **state)
{
	struct desk *d = *state;
	struct str out = { 0 };

	desk_xml(d, d->from, desk_report(d, UNIT), &out);
	assert_non_null(strstr(out.s, "path=\"count.carried_in.own\" "
				      "kind=\"number\">0</cell>"));
	assert_non_null(
		strstr(out.s, "path=\"count.refused.own\" na=\"yes\"/>"));
	assert_non_null(strstr(
		out.s, "path=\"count.carried_out.own\" kind=\"blank\"/>"));
	assert_non_null(strstr(out.s, "path=\"count.carried_in.total\" "
				      "kind=\"number\" sum=\"yes\" "
				      "printed=\"13\">12</cell>"));
	str_free(&out);
}

/* ---- where it goes ---- */

static size_t count_reports(struct store *s)
{
	struct report_filter all = { .state = -1, .discarded = true };
	struct report_row *list = NULL;
	size_t count = 0;

	SURE(store_reports(s, &all, &list, &count, &err));
	store_reports_free(list, count);
	return count;
}

static void test_dry_run(void **state)
{
	struct desk *d = *state;
	struct import_job job = { .store = d->to,
				  .forms = d->forms,
				  .dry_run = true };
	struct str said = { 0 };
	int64_t id = 7;

	desk_send(d, desk_report(d, UNIT));
	SURE(import_file(&job, d->file, &said, &id, &err));
	assert_int_equal(id, 0);
	assert_non_null(strstr(said.s, "count.carried_in.towns\t12\n"));
	assert_non_null(strstr(said.s, "count.refused.own\t/\n"));
	assert_int_equal(count_reports(d->to), 0);
	str_free(&said);
}

static void test_into(void **state)
{
	struct desk *d = *state;
	struct str said = { 0 }, a = { 0 }, b = { 0 };
	static const struct entry other[] = {
		{ "count.carried_in.own", "5", false },
		{ "count.carried_out.own", "6", false },
		{ "count.carried_in.total", "99", true },
	};
	struct err why = { 0 };
	int64_t first = 0, again = 0, id = desk_report(d, UNIT);

	desk_send(d, id);
	SURE(desk_bring(d, 0, &first, &said, &err));
	assert_int_equal(desk_bring(d, 0, &again, &said, &why), ERR_REFUSED);
	assert_non_null(strstr(why.text, "--into"));
	desk_enter(d, d->to, first, other, COUNT(other));
	SURE(desk_bring(d, first, &again, &said, &err));
	assert_int_equal(again, first);
	desk_xml(d, d->from, id, &a);
	desk_xml(d, d->to, first, &b);
	assert_string_equal(b.s, a.s);
	str_free(&a);
	str_free(&b);
	str_free(&said);
}

static void test_into_refused(void **state)
{
	struct desk *d = *state;
	struct str said = { 0 };
	struct err why = { 0 };
	struct report_row row = { 0 };
	int64_t first = 0, stranger = 0, again = 0;

	desk_send(d, desk_report(d, UNIT));
	SURE(desk_bring(d, 0, &first, &said, &err));
	SURE(draft_new(d->to, d->forms, "small-1", "别的局", 2024, &stranger,
		       &err));
	assert_int_equal(desk_bring(d, stranger, &again, &said, &why),
			 ERR_REFUSED);
	assert_non_null(strstr(why.text, "别的局"));
	SURE(store_report_row(d->to, first, &row, &err));
	row.state = STATE_APPROVED;
	SURE(store_report_save(d->to, &row, &err));
	report_row_free(&row);
	assert_int_equal(desk_bring(d, first, &again, &said, &why),
			 ERR_REFUSED);
	assert_int_equal(again, 0);
	str_free(&said);
}

/* What the receiver knows of last year does not creep into the file's cells. */
static void test_last_year(void **state)
{
	struct desk *d = *state;
	static const struct entry last[] = {
		{ "count.carried_out.own", "50", false },
		{ "count.carried_out.towns", "60", false },
		{ "meta.signer", "李四", false },
	};
	struct str said = { 0 }, a = { 0 }, b = { 0 };
	int64_t old = 0, copy = 0, id = desk_report(d, UNIT);

	SURE(draft_new(d->to, d->forms, "small-1", UNIT, 2023, &old, &err));
	desk_enter(d, d->to, old, last, COUNT(last));
	desk_send(d, id);
	SURE(desk_bring(d, 0, &copy, &said, &err));
	desk_xml(d, d->from, id, &a);
	desk_xml(d, d->to, copy, &b);
	assert_string_equal(b.s, a.s);
	str_free(&a);
	str_free(&b);
	str_free(&said);
}

/* A comment that came once does not come twice. */
static void test_comments_once(void **state)
{
	struct desk *d = *state;
	struct str said = { 0 };
	struct comment *list = NULL;
	size_t count = 0;
	int64_t first = 0, again = 0, id = desk_report(d, UNIT);

	talk_about(d->from, id, STATE_DRAFT);
	desk_send(d, id);
	SURE(desk_bring(d, 0, &first, &said, &err));
	SURE(desk_bring(d, first, &again, &said, &err));
	SURE(store_comments(d->to, first, &list, &count, &err));
	assert_int_equal(count, 2);
	store_comments_free(list, count);
	str_free(&said);
}

/* Nobody vouches for a file without digest: it is a draft, whatever it says. */
static void test_no_digest(void **state)
{
	struct desk *d = *state;
	struct str xml = { 0 }, said = { 0 };
	struct report_row row = { 0 };
	int64_t id = desk_report(d, UNIT), made = 0;

	talk_about(d->from, id, STATE_APPROVED);
	desk_xml(d, d->from, id, &xml);
	desk_unsign(&xml);
	desk_put(d, &xml);
	SURE(desk_bring(d, 0, &made, &said, &err));
	SURE(store_report_row(d->to, made, &row, &err));
	assert_int_equal(row.state, STATE_DRAFT);
	report_row_free(&row);
	str_free(&xml);
	str_free(&said);
}

static void test_other_subject(void **state)
{
	struct desk *d = *state;
	struct import_job job = { .store = d->to,
				  .forms = d->forms,
				  .unit = "改名局",
				  .year = 2023 };
	struct str said = { 0 };
	struct report_row row = { 0 };
	int64_t id = 0;

	desk_send(d, desk_report(d, UNIT));
	SURE(import_file(&job, d->file, &said, &id, &err));
	SURE(store_report_row(d->to, id, &row, &err));
	assert_string_equal(row.unit, "改名局");
	assert_int_equal(row.year, 2023);
	report_row_free(&row);
	str_free(&said);
}

static void test_marks(void **state)
{
	static const char *const marks[STATE_COUNT] = {
		[STATE_DRAFT] = "草稿",
		[STATE_SUBMITTED] = "送审稿",
		[STATE_RETURNED] = "草稿",
		[STATE_DISCARDED] = "草稿（已作废）",
	};
	struct desk *d = *state;

	for (int i = 0; i < STATE_COUNT; i++) {
		char *mark = document_mark(d->from, (enum state)i);

		if (marks[i])
			assert_string_equal(mark, marks[i]);
		else
			assert_null(mark);
		free(mark);
	}
	SURE(store_mark_demo(d->to, &err));
	for (int i = 0; i < STATE_COUNT; i++) {
		char *mark = document_mark(d->to, (enum state)i);

		assert_non_null(strstr(mark, "演示数据"));
		free(mark);
	}
}

/* The whole way of an export: named after the title, marked, whole or not. */
static void test_export_report(void **state)
{
	struct desk *d = *state;
	struct draft *draft =
		desk_open(d, d->from, desk_report(d, UNIT), DRAFT_READ);
	struct err why = { 0 };
	const struct exporter *text = exporter_find("text", &why);
	struct str got = { 0 };
	char *written = NULL, *nowhere;

	SURE(export_report(draft, text, NULL, d->file, &written, &err));
	assert_string_equal(written, d->file);
	SURE(file_read(d->file, 1 << 20, &got, &err));
	assert_non_null(strstr(got.s, "草稿\n"));
	assert_non_null(strstr(got.s, "青溪县“一”局2024年小报告\n"));
	nowhere = str_printf("%s/no/such/folder.txt", d->folder);
	assert_int_equal(export_report(draft, text, NULL, nowhere, NULL, &why),
			 ERR_FILE);
	draft_close(draft);
	str_free(&got);
	free(written);
	free(nowhere);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_round_trip),     TEST(test_round_trip_states),
		TEST(test_state_believed), TEST(test_demo),
		TEST(test_odd_blanks),     TEST(test_round_trip_real),
		TEST(test_three_states),   TEST(test_dry_run),
		TEST(test_into),           TEST(test_into_refused),
		TEST(test_last_year),      TEST(test_comments_once),
		TEST(test_no_digest),      TEST(test_other_subject),
		TEST(test_marks),          TEST(test_export_report),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	made_form_free();
	return failed;
}
