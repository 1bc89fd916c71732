#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/store.h"
#include "core/str.h"
#include "tests/shelf.h"

/* ---- reports ---- */

static void test_states(void **state)
{
	static const char *const words[] = { "draft",     "submitted",
					     "returned",  "approved",
					     "published", "discarded" };
	enum state got = STATE_COUNT;

	(void)state;
	for (int i = 0; i < STATE_COUNT; i++) {
		assert_string_equal(state_word((enum state)i), words[i]);
		assert_true(state_parse(words[i], &got));
		assert_int_equal(got, i);
		assert_true(state_parse(state_label((enum state)i), &got));
		assert_int_equal(got, i);
	}
	assert_false(state_parse("drafts", &got));
}

static void set_state(struct store *s, int64_t id, enum state state)
{
	struct report_row row;

	FINE(store_report_row(s, id, &row, WHY));
	row.state = state;
	FINE(store_report_save(s, &row, WHY));
	report_row_free(&row);
}

static void test_report_row(void **state)
{
	struct shelf *f = *state;
	struct report_row row, back;
	struct err err = { 0 };

	FINE(store_report_row(f->s, f->id, &row, WHY));
	assert_string_equal(row.unit, "青溪县教育局");
	assert_string_equal(row.form, "ogi-2021");
	assert_string_equal(row.period, "");
	assert_string_equal(row.changed_by, store_actor(f->s)->name);
	assert_int_equal(strlen(row.changed_at), 19);
	assert_int_equal(row.version, 1);
	row.done = 3;
	row.need = 172;
	row.hard = 4;
	row.soft = 5;
	row.hint = 6;
	row.version = 2;
	free(row.place);
	row.place = xstrdup("requests.new.natural");
	free(row.doc_no);
	row.doc_no = xstrdup("青政办〔2025〕1号");
	free(row.return_reason);
	row.return_reason = xstrdup("再核");
	FINE(store_report_save(f->s, &row, WHY));
	FINE(store_report_row(f->s, f->id, &back, WHY));
	assert_int_equal(back.done, 3);
	assert_int_equal(back.need, 172);
	assert_int_equal(back.hard + back.soft + back.hint, 15);
	assert_int_equal(back.version, 2);
	assert_string_equal(back.place, row.place);
	assert_string_equal(back.doc_no, row.doc_no);
	assert_string_equal(back.return_reason, "再核");
	assert_string_equal(back.index_no, "");
	assert_int_equal(back.unit_id, f->unit);
	report_row_free(&back);
	row.id = 77;
	assert_int_equal(store_report_save(f->s, &row, &err), ERR_INPUT);
	report_row_free(&row);
	assert_int_equal(store_report_row(f->s, 77, &row, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "77"));
}

/* One of a unit, form and year, discarded ones not counted. */
static void test_second(void **state)
{
	struct shelf *f = *state;
	struct report_row row;
	struct err err = { 0 };
	int64_t id = 0;

	assert_int_equal(store_report_find(f->s, f->unit, "ogi-2021", 2025),
			 f->id);
	assert_int_equal(store_report_find(f->s, f->unit, "ogi-2021", 2024), 0);
	assert_int_equal(
		store_report_add(f->s, f->unit, "ogi-2021", 2025, &id, &err),
		ERR_REFUSED);
	assert_int_equal(
		store_report_add(f->s, 99, "ogi-2021", 2025, &id, &err),
		ERR_STORE);
	set_state(f->s, f->id, STATE_DISCARDED);
	assert_int_equal(store_report_find(f->s, f->unit, "ogi-2021", 2025), 0);
	FINE(store_report_add(f->s, f->unit, "ogi-2021", 2025, &id, WHY));
	assert_int_not_equal(id, f->id);
	FINE(store_report_row(f->s, f->id, &row, WHY));
	row.state = STATE_DRAFT;
	assert_int_equal(store_report_save(f->s, &row, &err), ERR_REFUSED);
	report_row_free(&row);
}

/* "year unit state" of each row, in order. */
static void expect(struct store *s, const struct report_filter *filter,
		   const char *want)
{
	struct report_row *list;
	struct str got = { 0 };
	size_t count, counts[STATE_COUNT], sum = 0, limit = filter->limit;

	FINE(store_reports(s, filter, &list, &count, WHY));
	str_add(&got, "");
	for (size_t i = 0; i < count; i++)
		str_addf(&got, "%d%s%d ", list[i].year, list[i].unit,
			 (int)list[i].state);
	assert_string_equal(got.s, want);
	str_free(&got);
	store_reports_free(list, count);
	FINE(store_reports_count(s, filter, counts, WHY));
	for (int i = 0; i < STATE_COUNT; i++)
		sum += counts[i];
	assert_true(limit ? sum >= count : sum == count);
}

static void test_reports(void **state)
{
	struct shelf *f = *state;
	static const struct {
		const char *unit;
		int year;
		enum state state;
	} rows[] = {
		{ "甲", 2024, STATE_PUBLISHED },
		{ "乙", 2025, STATE_DRAFT },
		{ "甲", 2025, STATE_DISCARDED },
		{ "甲", 2025, STATE_SUBMITTED },
		{ "乙", 2024, STATE_PUBLISHED },
		{ "乙", 2023, STATE_APPROVED },
	};
	int64_t units[2] = { shelf_unit(f->s, "甲", "旧甲"),
			     shelf_unit(f->s, "乙", "") };

	set_state(f->s, f->id, STATE_DISCARDED);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t id, u = units[strcmp(rows[i].unit, "甲") != 0];

		FINE(store_report_add(f->s, u, "ogi-2021", rows[i].year, &id,
				      WHY));
		set_state(f->s, id, rows[i].state);
	}
	expect(f->s, &(struct report_filter){ .state = -1 },
	       "2025甲1 2025乙0 2024甲4 2024乙4 2023乙3 ");
	expect(f->s, &(struct report_filter){ .state = -1, .limit = 2 },
	       "2025甲1 2025乙0 ");
	expect(f->s, &(struct report_filter){ .state = -1, .discarded = true },
	       "2025青溪县教育局5 2025甲5 2025甲1 2025乙0 2024甲4 2024乙4 "
	       "2023乙3 ");
	expect(f->s, &(struct report_filter){ .state = STATE_PUBLISHED },
	       "2024甲4 2024乙4 ");
	expect(f->s, &(struct report_filter){ .state = STATE_DISCARDED },
	       "2025青溪县教育局5 2025甲5 ");
	expect(f->s, &(struct report_filter){ .state = -1, .year = 2024 },
	       "2024甲4 2024乙4 ");
	expect(f->s, &(struct report_filter){ .state = -1, .unit = "旧甲" },
	       "2025甲1 2024甲4 ");
	expect(f->s,
	       &(struct report_filter){
		       .state = STATE_DRAFT, .unit = "乙", .year = 2025 },
	       "2025乙0 ");
	expect(f->s, &(struct report_filter){ .state = -1, .unit = "丙" }, "");
}

/* ---- cells ---- */

static void test_cells(void **state)
{
	struct shelf *f = *state;
	struct stored_cell *list;
	size_t count;

	FINE(store_cell_save(f->s, f->id, "a.b.c", SLOT_VALUE, "12", false,
			     true, 120000, WHY));
	FINE(store_cell_save(f->s, f->id, "a.b.c", SLOT_PRINTED, "13", false,
			     true, 130000, WHY));
	FINE(store_cell_save(f->s, f->id, "a.b.d", SLOT_VALUE, "/", true, false,
			     0, WHY));
	FINE(store_cell_save(f->s, f->id, "o.text", SLOT_VALUE, "一\n/", false,
			     false, 0, WHY));
	FINE(store_cell_save(f->s, f->id, "a.b.c", SLOT_VALUE, "59237.2449",
			     false, true, 592372449, WHY));
	FINE(store_cells(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 4);
	assert_string_equal(list[0].text, "59237.2449");
	assert_int_equal(list[1].slot, SLOT_PRINTED);
	assert_string_equal(list[1].text, "13");
	assert_true(list[2].na && !list[0].na && !list[3].na);
	assert_string_equal(list[3].path, "o.text");
	assert_string_equal(list[3].text, "一\n/");
	store_cells_free(list, count);
	FINE(store_cell_save(f->s, f->id, "a.b.c", SLOT_VALUE, "", false, false,
			     0, WHY));
	FINE(store_cells(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 3);
	store_cells_free(list, count);

	FINE(store_opening_save(f->s, f->id, "a.b.c", "4", WHY));
	FINE(store_opening_save(f->s, f->id, "a.b.c", "5", WHY));
	FINE(store_opening_save(f->s, f->id, "a.b.d", "6", WHY));
	FINE(store_opening_save(f->s, f->id, "a.b.d", "", WHY));
	FINE(store_openings(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].path, "a.b.c");
	assert_string_equal(list[0].text, "5");
	store_cells_free(list, count);
}

/* ---- journal ---- */

static void expect_journal(struct store *s, int64_t id, int64_t at,
			   int64_t saved, int64_t last, const char *text)
{
	struct journal_state j;
	struct step *list;
	struct str got = { 0 };
	size_t count;

	FINE(store_journal(s, id, &j, WHY));
	assert_int_equal(j.at, at);
	assert_int_equal(j.saved, saved);
	assert_int_equal(j.last, last);
	assert_int_equal(j.group, at > 0);
	FINE(store_steps(s, id, 1, last, &list, &count, WHY));
	str_add(&got, "");
	for (size_t i = 0; i < count; i++)
		str_add(&got, list[i].inserted);
	assert_string_equal(got.s, text);
	assert_int_equal(count, last);
	str_free(&got);
	store_steps_free(list, count);
}

static void test_journal(void **state)
{
	struct shelf *f = *state;
	struct store *other = shelf_open(f->path, STORE_WRITE);
	int64_t token = shelf_lock(f->s, f->id);

	expect_journal(f->s, f->id, 0, 0, 0, "");
	FINE(shelf_type(f->s, f->id, token, "甲", WHY));
	FINE(shelf_type(f->s, f->id, token, "乙", WHY));
	FINE(shelf_type(f->s, f->id, token, "丙", WHY));
	expect_journal(other, f->id, 3, 0, 3, "甲乙丙");
	FINE(store_journal_saved(f->s, f->id, 1, WHY));
	FINE(store_journal_move(f->s, f->id, token, 1, WHY));
	expect_journal(other, f->id, 1, 1, 3, "甲乙丙");
	FINE(store_journal_move(f->s, f->id, token, 3, WHY)); /* redo */
	FINE(store_journal_move(f->s, f->id, token, 2, WHY));
	FINE(shelf_type(f->s, f->id, token, "丁", WHY)); /* drops 丙 */
	expect_journal(other, f->id, 3, 1, 3, "甲乙丁");
	assert_int_equal(store_journal_move(f->s, f->id, token, 4, NULL),
			 ERR_REFUSED);
	assert_int_equal(store_journal_move(f->s, f->id, token, -1, NULL),
			 ERR_REFUSED);
	/* undone below what is saved: the way back must not be dropped */
	FINE(store_journal_saved(f->s, f->id, 3, WHY));
	FINE(store_journal_move(f->s, f->id, token, 0, WHY));
	assert_int_equal(shelf_type(f->s, f->id, token, "戊", NULL), ERR_STORE);
	expect_journal(other, f->id, 0, 3, 3, "甲乙丁");
	store_close(other);
}

static void test_step(void **state)
{
	struct shelf *f = *state;
	int64_t token = shelf_lock(f->s, f->id);
	char path[] = "a.b.c", removed[] = "旧", inserted[] = "\n新\t";
	char moment[] = "2025-01-12T10:42:07", user[] = "张";
	struct step in = { .group = 7,
			   .path = path,
			   .slot = SLOT_PRINTED,
			   .offset = 300000,
			   .removed = removed,
			   .inserted = inserted };
	struct step *list;
	size_t count;

	FINE(store_step_add(f->s, f->id, token, &in, WHY));
	in.moment = moment;
	in.user = user;
	FINE(store_step_add(f->s, f->id, token, &in, WHY));
	FINE(store_steps(f->s, f->id, 1, 2, &list, &count, WHY));
	assert_int_equal(count, 2);
	assert_int_equal(list[0].number, 1);
	assert_int_equal(list[0].group, 7);
	assert_int_equal(list[0].slot, SLOT_PRINTED);
	assert_int_equal(list[0].offset, 300000);
	assert_string_equal(list[0].path, "a.b.c");
	assert_string_equal(list[0].removed, "旧");
	assert_string_equal(list[0].inserted, "\n新\t");
	assert_string_equal(list[0].user, store_actor(f->s)->name);
	assert_string_equal(list[1].moment, moment);
	assert_string_equal(list[1].user, "张");
	store_steps_free(list, count);
}

/* ---- the review ---- */

static void test_snapshots(void **state)
{
	struct shelf *f = *state;
	char *data, *moment;

	assert_null(store_snapshot(f->s, f->id, STATE_SUBMITTED, 0, &moment));
	assert_null(moment);
	FINE(store_snapshot_add(f->s, f->id, 1, STATE_SUBMITTED, "一", "d1",
				WHY));
	FINE(store_snapshot_add(f->s, f->id, 2, STATE_SUBMITTED, "二", "d2",
				WHY));
	FINE(store_snapshot_add(f->s, f->id, 2, STATE_RETURNED, "三", "d3",
				WHY));
	data = store_snapshot(f->s, f->id, STATE_SUBMITTED, 0, &moment);
	assert_string_equal(data, "二");
	assert_int_equal(strlen(moment), 19);
	free(data);
	free(moment);
	data = store_snapshot(f->s, f->id, STATE_SUBMITTED, 1, NULL);
	assert_string_equal(data, "一");
	free(data);
	assert_null(store_snapshot(f->s, f->id, STATE_RETURNED, 1, NULL));
}

static void test_comments(void **state)
{
	struct shelf *f = *state;
	struct comment *list, put;
	size_t count;
	int64_t number;
	struct err err = { 0 };

	FINE(store_comment_add(f->s, f->id, "a.b.c", "请核", true, &number,
			       WHY));
	assert_int_equal(number, 1);
	FINE(store_comment_add(f->s, f->id, "", "总体好", false, &number, WHY));
	assert_int_equal(number, 2);
	FINE(store_comment_answer(f->s, f->id, 1, "已核", WHY));
	FINE(store_comment_resolve(f->s, f->id, 1, WHY));
	assert_int_equal(store_comment_answer(f->s, f->id, 3, "?", &err),
			 ERR_INPUT);
	assert_non_null(strstr(err.text, "3"));
	assert_int_equal(store_comment_resolve(f->s, 9, 1, &err), ERR_INPUT);
	FINE(store_comments(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 2);
	assert_string_equal(list[0].text, "请核");
	assert_string_equal(list[0].answer, "已核");
	assert_string_equal(list[0].answered_by, list[0].author);
	assert_int_equal(strlen(list[0].resolved_at), 19);
	assert_true(list[0].on_return && !list[1].on_return);
	assert_string_equal(list[1].resolved_by, "");
	put = list[0];
	FINE(store_comment_put(f->s, f->id, &put, WHY)); /* taken: 3 */
	put.number = 9;
	FINE(store_comment_put(f->s, f->id, &put, WHY));
	store_comments_free(list, count);
	FINE(store_comments(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 4);
	assert_int_equal(list[2].number, 3);
	assert_int_equal(list[3].number, 9);
	assert_string_equal(list[3].answer, "已核");
	/* a return names what is there; another store's return, too */
	FINE(store_comment_named(f->s, f->id, 2, WHY));
	put = list[3];
	put.on_return = true;
	FINE(store_comment_merge(f->s, f->id, 3, &put, WHY));
	store_comments_free(list, count);
	FINE(store_comments(f->s, f->id, &list, &count, WHY));
	assert_true(list[1].on_return && list[2].on_return);
	store_comments_free(list, count);
}

static void test_explanations(void **state)
{
	struct shelf *f = *state;
	char rule[] = "N2", path[] = "a.b.c", facts[] = "3≠4", text[] = "漏报";
	char none[] = "", author[] = "张";
	struct explanation e = { rule, path, facts, text, NULL, NULL };
	struct explanation *list;
	size_t count;

	FINE(store_explanation_save(f->s, f->id, &e, WHY));
	e.author = author;
	e.path = none;
	FINE(store_explanation_save(f->s, f->id, &e, WHY));
	e.path = path;
	e.facts = none;
	FINE(store_explanation_save(f->s, f->id, &e, WHY));
	FINE(store_explanations(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 2);
	assert_string_equal(list[0].path, "");
	assert_string_equal(list[1].path, "a.b.c");
	assert_string_equal(list[1].facts, "");
	assert_string_equal(list[1].author, "张");
	assert_int_equal(strlen(list[1].moment), 19);
	store_explanations_free(list, count);
	e.text = none;
	FINE(store_explanation_save(f->s, f->id, &e, WHY));
	FINE(store_explanations(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 1);
	store_explanations_free(list, count);
}

static void test_signoffs(void **state)
{
	struct shelf *f = *state;
	char steps[2][8] = { "核稿", "签发" }, name[] = "李", digest[] = "d1";
	struct signoff sign = {
		.step = steps[0], .name = name, .digest = digest, .paper = true
	};
	struct signoff *list;
	size_t count;

	FINE(store_signoff_add(f->s, f->id, &sign, WHY));
	sign.step = steps[1];
	FINE(store_signoff_add(f->s, f->id, &sign, WHY));
	sign.step = steps[0];
	sign.paper = false;
	digest[1] = '2';
	FINE(store_signoff_add(f->s, f->id, &sign, WHY));
	FINE(store_signoffs(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 2);
	assert_string_equal(list[0].step, "签发");
	assert_string_equal(list[0].digest, "d1");
	assert_true(list[0].paper);
	assert_string_equal(list[1].digest, "d2");
	assert_false(list[1].paper);
	assert_string_equal(list[1].recorded_by, store_actor(f->s)->name);
	assert_int_equal(strlen(list[1].moment), 19);
	store_signoffs_free(list, count);
}

static void test_ticks(void **state)
{
	struct shelf *f = *state;

	assert_false(store_ticked(f->s, f->id, "publish"));
	FINE(store_tick(f->s, f->id, "publish", true, WHY));
	FINE(store_tick(f->s, f->id, "publish", true, WHY));
	assert_true(store_ticked(f->s, f->id, "publish"));
	assert_false(store_ticked(f->s, f->id + 1, "publish"));
	FINE(store_tick(f->s, f->id, "publish", false, WHY));
	assert_false(store_ticked(f->s, f->id, "publish"));
}

#define GROUP_TEST(test)                                                       \
	cmocka_unit_test_setup_teardown(test, shelf_set_up, shelf_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		GROUP_TEST(test_states),   GROUP_TEST(test_report_row),
		GROUP_TEST(test_second),   GROUP_TEST(test_reports),
		GROUP_TEST(test_cells),    GROUP_TEST(test_journal),
		GROUP_TEST(test_step),     GROUP_TEST(test_snapshots),
		GROUP_TEST(test_comments), GROUP_TEST(test_explanations),
		GROUP_TEST(test_signoffs), GROUP_TEST(test_ticks),
	};

	return cmocka_run_group_tests_name("store_report", tests, NULL, NULL);
}
