#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/review.h"
#include "core/setting.h"
#include "tests/book.h"
#include "tests/made.h"

/* ---- who may do what ---- */

/* By deed: for draft submitted returned approved published discarded, who may:
 * c clerk, s supervisor, t trainer, * all, b clerk or supervisor, - nobody. */
static const char *const matrix[DEED_COUNT] = {
	[DEED_EDIT] = "c-c---",     [DEED_SUBMIT] = "c-c---",
	[DEED_WITHDRAW] = "-c----", [DEED_RETURN] = "-s----",
	[DEED_SIGN] = "-b-b--",     [DEED_APPROVE] = "-s----",
	[DEED_PUBLISH] = "---bb-",  [DEED_REOPEN] = "---ss-",
	[DEED_DISCARD] = "c-----",  [DEED_COMMENT] = "*****-",
	[DEED_EXPLAIN] = "c-c---",  [DEED_IMPORT] = "bbb---",
};

static unsigned roles_of(char c)
{
	switch (c) {
	case 'c':
		return ROLE_CLERK;
	case 's':
		return ROLE_SUPERVISOR;
	case 'b':
		return ROLE_CLERK | ROLE_SUPERVISOR;
	case '*':
		return ROLE_ALL;
	}
	return 0;
}

static void rights(void **state)
{
	char name[] = "张";

	(void)state;
	for (int deed = 0; deed < DEED_COUNT; deed++) {
		for (int st = 0; st < STATE_COUNT; st++) {
			unsigned may = roles_of(matrix[deed][st]);

			for (unsigned roles = 0; roles <= ROLE_ALL; roles++) {
				struct actor a = { name, roles };
				struct err err = { 0 };
				bool well = review_may(&a, (enum state)st,
						       (enum deed)deed, &err);

				assert_int_equal(well, (may & roles) != 0);
				if (!well)
					assert_int_equal(err.code, ERR_REFUSED);
				if (!well && !may)
					assert_non_null(strstr(
						err.text,
						state_label((enum state)st)));
				if (!well && may)
					assert_non_null(strstr(err.text, name));
			}
		}
	}
}

/* ---- a report's way ---- */

static enum err_code does(struct draft *d, enum deed deed,
			  struct review_args args, struct err *err)
{
	return review_do(d, deed, &args, err);
}

#define DO(d, deed, ...)                                                       \
	WELL(does(d, DEED_##deed, (struct review_args){ __VA_ARGS__ }, &why))

/* Refused, for this reason, and nothing has changed. */
static void refuses(struct book *b, struct draft *d, enum deed deed,
		    struct review_args args, const char *says)
{
	size_t rows = book_history(b, draft_row(d)->id, NULL);
	struct report_row before = { 0 }, after = { 0 };
	struct err err = { 0 };

	WELL(store_report_row(b->other, draft_row(d)->id, &before, &why));
	assert_int_not_equal(review_do(d, deed, &args, &err), ERR_OK);
	if (!strstr(err.text, says))
		fail_msg("%s does not say %s", err.text, says);
	WELL(store_report_row(b->other, draft_row(d)->id, &after, &why));
	assert_int_equal(before.state, after.state);
	assert_int_equal(before.version, after.version);
	assert_string_equal(before.return_reason, after.return_reason);
	assert_string_equal(before.place, after.place);
	assert_int_equal(draft_row(d)->state, after.state);
	assert_int_equal(book_history(b, draft_row(d)->id, NULL), rows);
	report_row_free(&before);
	report_row_free(&after);
}

/* The demo's report of 2024, full, in a draft open for editing. */
static struct draft *full(struct book *b, const char *unit)
{
	int64_t id = book_new(b, "ogi-2021", unit, 2024);
	struct draft *d = book_open(b, b->s, id, DRAFT_EDIT);

	book_fill(d, "2024.tsv");
	return d;
}

static void sign_all(struct draft *d)
{
	char **steps = review_steps(draft_store(d));

	for (size_t i = 0; steps[i]; i++)
		DO(d, SIGN, .step = steps[i], .name = "某领导", .paper = true);
	review_steps_free(steps);
}

static void blanks_stay(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);

	refuses(b, d, DEED_SUBMIT, (struct review_args){ 0 }, "必须改正");
	assert_true(draft_writable(d));
	draft_close(d);
}

static void whole_way(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	const struct review_args none = { 0 };
	struct err err = { 0 };
	int64_t id = draft_row(d)->id;

	assert_int_equal(draft_row(d)->hard, 0);
	assert_int_equal(draft_row(d)->done, draft_row(d)->need);
	DO(d, SUBMIT, 0);
	assert_int_equal(draft_row(d)->state, STATE_SUBMITTED);
	assert_true(*draft_row(d)->submitted_at != '\0');
	assert_false(draft_writable(d));
	assert_int_equal(draft_splice(d, 0, 0, 0, "x", 1, &err), ERR_REFUSED);
	assert_null(draft_open(b->other, b->forms, id, DRAFT_EDIT, &err));
	assert_non_null(strstr(err.text, state_label(STATE_SUBMITTED)));
	refuses(b, d, DEED_SUBMIT, none, state_label(STATE_SUBMITTED));
	refuses(b, d, DEED_APPROVE, none, "核稿、公开审查（含保密审查）、");
	refuses(b, d, DEED_PUBLISH, none, state_label(STATE_SUBMITTED));
	refuses(b, d, DEED_SIGN,
		(struct review_args){ .step = "盖章", .name = "某" }, "核稿");
	refuses(b, d, DEED_SIGN, (struct review_args){ .step = "核稿" }, "谁");
	sign_all(d);
	DO(d, SIGN, .step = "核稿", .name = "某", .result = "不同意");
	refuses(b, d, DEED_APPROVE, none, "核稿（不同意）");
	DO(d, SIGN, .step = "核稿", .name = "某");
	DO(d, APPROVE, 0);
	refuses(b, d, DEED_DISCARD, (struct review_args){ .reason = "弃" },
		state_label(STATE_APPROVED));
	refuses(b, d, DEED_PUBLISH,
		(struct review_args){ .date = "2025-02-30" }, "2025-02-30");
	refuses(b, d, DEED_PUBLISH,
		(struct review_args){ .date = "2024-01-20" }, "2024");
	refuses(b, d, DEED_REOPEN, none, "原因");
	DO(d, PUBLISH, .date = "2025-01-20", .url = "http://example.invalid/1",
	   .index_no = "001", .doc_no = "青政办〔2025〕1号");
	assert_string_equal(draft_row(d)->published_on, "2025-01-20");
	assert_string_equal(draft_row(d)->doc_no, "青政办〔2025〕1号");
	book_history(b, id, "publish");
	draft_close(d);
}

static void withdrawing(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");

	DO(d, SUBMIT, 0);
	DO(d, WITHDRAW, 0);
	assert_int_equal(draft_row(d)->state, STATE_DRAFT);
	/* it was opened to be edited and can be again */
	assert_true(draft_writable(d));
	book_type(d, "problems.text", "补。");
	draft_close(d);
}

static void returning(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	const char *const paths[] = { "requests.new.natural", "problems.text" };
	const char *const wrong[] = { "problems.text", "no.such" };
	const struct comment *comments;
	struct difference *list;
	size_t count;

	WELL(review_changes(d, &list, &count, &why));
	assert_int_equal(count, 0);
	DO(d, SUBMIT, 0);
	refuses(b, d, DEED_RETURN, (struct review_args){ .reason = " " },
		"原因");
	refuses(b, d, DEED_RETURN,
		(struct review_args){
			.reason = "请核对", .paths = wrong, .path_count = 2 },
		"no.such");
	draft_comments(d, &count);
	assert_int_equal(count, 0);
	DO(d, RETURN, .reason = "请核对", .paths = paths, .path_count = 2);
	assert_string_equal(draft_row(d)->return_reason, "请核对");
	assert_string_equal(draft_row(d)->place, "requests.new.natural");
	comments = draft_comments(d, &count);
	assert_int_equal(count, 2);
	assert_true(comments[0].on_return);
	assert_string_equal(comments[1].path, "problems.text");
	assert_string_equal(comments[1].text, "请核对");
	assert_true(draft_writable(d));
	book_set(d, "problems.text", "一是培训不够。改进：明年举办两次培训。");
	DO(d, SUBMIT, 0);
	WELL(review_changes(d, &list, &count, &why));
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i].cell,
				 made_cell(draft_form(d), "problems.text"));
	differences_free(list, count);
	draft_close(d);
}

static void reopening(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	struct difference *list;
	struct str now = { 0 };
	char *was;
	size_t count;

	DO(d, SUBMIT, 0);
	sign_all(d);
	DO(d, APPROVE, 0);
	report_dump(draft_report(d), &now);
	DO(d, REOPEN, .reason = "数字有误");
	assert_int_equal(draft_row(d)->state, STATE_DRAFT);
	assert_int_equal(draft_row(d)->version, 2);
	refuses(b, d, DEED_DISCARD, (struct review_args){ .reason = "弃" },
		"第 1 版");
	book_type(d, "other.text", "补充说明。");
	WELL(draft_leave(d, &why));
	was = store_snapshot(b->s, draft_row(d)->id, STATE_APPROVED, 1, NULL);
	assert_string_equal(was, now.s);
	free(was);
	str_free(&now);
	WELL(review_changes(d, &list, &count, &why));
	assert_int_equal(count, 1);
	assert_non_null(strstr(list[0].now, "补充说明。"));
	differences_free(list, count);
	DO(d, SUBMIT, 0);
	/* the data are others: every signature is void */
	refuses(b, d, DEED_APPROVE, (struct review_args){ 0 }, "核稿");
	assert_null(review_signed(d, "核稿"));
	sign_all(d);
	assert_non_null(review_signed(d, "核稿"));
	DO(d, APPROVE, 0);
	draft_close(d);
}

static void discarding(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	struct draft *other;
	int64_t again;

	refuses(b, d, DEED_DISCARD, (struct review_args){ 0 }, "原因");
	other = book_open(b, b->other, b->id, DRAFT_READ);
	refuses(b, other, DEED_DISCARD, (struct review_args){ .reason = "弃" },
		"正在填写");
	draft_close(other);
	DO(d, DISCARD, .reason = "建错了");
	assert_false(draft_writable(d));
	book_history(b, b->id, "discard");
	draft_close(d);
	again = book_new(b, "ogi-2021", "青溪县教育局", 2025);
	assert_int_not_equal(again, b->id);
}

static void required_steps(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	char **steps;

	WELL(setting_set(b->s, "signoff.steps", "初核； 复核;签发；", &why));
	WELL(setting_set(b->s, "signoff.required", "签发", &why));
	steps = review_steps(b->s);
	assert_string_equal(steps[0], "初核");
	assert_string_equal(steps[1], "复核");
	assert_string_equal(steps[2], "签发");
	assert_null(steps[3]);
	review_steps_free(steps);
	DO(d, SUBMIT, 0);
	DO(d, SIGN, .step = "初核", .name = "某");
	refuses(b, d, DEED_APPROVE, (struct review_args){ 0 }, "：签发；");
	DO(d, SIGN, .step = "签发", .name = "某", .opinion = "请公布");
	DO(d, APPROVE, 0);
	draft_close(d);
}

/* ---- explanations ---- */

static const struct finding *finding_of(struct draft *d, const char *rule)
{
	const struct findings *f = draft_findings(d);

	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->list[i].rule->id, rule) == 0)
			return &f->list[i];
	return NULL;
}

static const struct finding *must_find(struct draft *d, const char *rule)
{
	const struct finding *f = finding_of(d, rule);

	if (!f) {
		fail_msg("no finding of %s", rule);
		abort();
	}
	return f;
}

static void explaining(void **state)
{
	struct book *b = *state;
	struct draft *last = full(b, "青溪县人民政府"), *d;
	int64_t id;
	struct err err = { 0 };
	const struct change wrong[] = {
		{ made_cell(draft_form(last), "requests.carried_in.natural"),
		  "9", false },
	};
	int soft;

	draft_close(last);
	id = book_new(b, "ogi-2021", "青溪县人民政府", 2025);
	d = book_open(b, b->s, id, DRAFT_EDIT);
	assert_int_equal(review_explain(d, "N7", "-", "以后再填", &err),
			 ERR_REFUSED);
	assert_int_equal(review_explain(d, "N2", "-", "没有的事", &err),
			 ERR_INPUT);
	assert_int_equal(review_explain(d, "X99", "-", "没有的事", &err),
			 ERR_INPUT);
	WELL(draft_change(d, wrong, 1, "set", NULL, &why));
	assert_non_null(finding_of(d, "N2"));
	soft = draft_row(d)->soft;
	assert_true(soft > 0);
	WELL(review_explain(d, "N2", "requests.carried_in.natural",
			    "上年漏记，已更正", &why));
	assert_int_equal(draft_row(d)->soft, soft - 1);
	assert_string_equal(must_find(d, "N2")->explanation,
			    "上年漏记，已更正");
	/* for other numbers it is asked again … */
	book_set(d, "requests.carried_in.natural", "8");
	assert_null(must_find(d, "N2")->explanation);
	assert_string_equal(must_find(d, "N2")->asked_again,
			    "上年漏记，已更正");
	assert_int_equal(draft_row(d)->soft, soft);
	/* … and for the same ones it counts */
	WELL(draft_undo(d, NULL, NULL, &why));
	assert_non_null(must_find(d, "N2")->explanation);
	WELL(review_explain(d, "N2", "-", "", &why));
	assert_null(must_find(d, "N2")->explanation);
	draft_close(d);
}

/* "-" is the first finding of the rule that still wants an explanation; taken
 * back, the first that has one. */
static void explaining_in_turn(void **state)
{
	struct book *b = *state;
	struct draft *last = full(b, "青溪县人民政府"), *d;
	const struct form_def *form = draft_form(last);
	const struct change wrong[] = {
		{ made_cell(form, "requests.carried_in.natural"), "9", false },
		{ made_cell(form, "requests.carried_in.legal"), "9", false },
	};
	int64_t id;
	struct err err = { 0 };
	int soft;

	draft_close(last);
	id = book_new(b, "ogi-2021", "青溪县人民政府", 2025);
	d = book_open(b, b->s, id, DRAFT_EDIT);
	WELL(draft_change(d, wrong, 2, "set", NULL, &why));
	soft = draft_row(d)->soft;
	WELL(review_explain(d, "N2", "-", "第一条", &why));
	WELL(review_explain(d, "N2", "-", "第二条", &why));
	assert_int_equal(draft_row(d)->soft, soft - 2);
	assert_string_equal(must_find(d, "N2")->explanation, "第一条");
	assert_int_equal(review_explain(d, "N2", "-", "第三条", &err),
			 ERR_INPUT);
	assert_non_null(strstr(err.text, "requests.carried_in.natural、"
					 "requests.carried_in.legal"));
	assert_string_equal(must_find(d, "N2")->explanation, "第一条");
	WELL(review_explain(d, "N2", "requests.carried_in.natural", "改过",
			    &why));
	assert_string_equal(must_find(d, "N2")->explanation, "改过");
	WELL(review_explain(d, "N2", "-", "", &why));
	assert_null(must_find(d, "N2")->explanation);
	WELL(review_explain(d, "N2", "-", "", &why));
	assert_int_equal(draft_row(d)->soft, soft);
	draft_close(d);
}

static void soft_stays(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	const struct change odd[] = {
		{ made_cell(draft_form(d), "disclosure.regulations.in_force"),
		  "1", false },
	};
	struct unit *u = store_unit_find(b->s, "青溪县人民政府");

	u->kind = UNIT_TOWN;
	WELL(store_unit_save(b->s, u, &why));
	unit_free(u);
	WELL(draft_change(d, odd, 1, "set", NULL, &why));
	WELL(draft_refresh(d, &why));
	assert_non_null(finding_of(d, "N12"));
	refuses(b, d, DEED_SUBMIT, (struct review_args){ 0 }, "情况说明");
	for (const struct finding *f; (f = finding_of(d, "N12")) &&
				      f->severity == SEVERITY_SOFT &&
				      !f->explanation;)
		WELL(review_explain(d, "N12", "-", "上级授权制定", &why));
	DO(d, SUBMIT, 0);
	draft_close(d);
}

/* ---- others in between ---- */

/* A reader's deed judges what is stored, not what he has seen. */
static void stale(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	struct draft *reader;

	DO(d, SUBMIT, 0);
	sign_all(d);
	reader = book_open(b, b->other, draft_row(d)->id, DRAFT_READ);
	DO(d, WITHDRAW, 0);
	refuses(b, reader, DEED_APPROVE, (struct review_args){ 0 },
		state_label(STATE_DRAFT));
	book_type(d, "other.text", "再补一句。");
	DO(d, SUBMIT, 0);
	refuses(b, reader, DEED_APPROVE, (struct review_args){ 0 }, "核稿");
	draft_close(reader);
	draft_close(d);
}

static void roles(void **state)
{
	struct book *b = *state;
	struct draft *d;
	struct err err = { 0 };

	WELL(store_user_add(b->s, "张", ROLE_CLERK, &why));
	WELL(store_user_add(b->s, "李", ROLE_SUPERVISOR, &why));
	WELL(store_sign_in(b->s, "李", &why));
	assert_null(draft_open(b->s, b->forms, b->id, DRAFT_EDIT, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, "李"));
	assert_int_equal(draft_new(b->s, b->forms, "ogi-2021", "青溪县水务局",
				   2025, &(int64_t){ 0 }, &err),
			 ERR_REFUSED);
	d = book_open(b, b->s, b->id, DRAFT_READ);
	refuses(b, d, DEED_DISCARD, (struct review_args){ .reason = "弃" },
		"填报人");
	draft_close(d);
	WELL(store_sign_in(b->s, "张", &why));
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	book_set(d, "overview.text", "张填的");
	draft_close(d);
}

/* ---- deadlines ---- */

struct due_row {
	enum unit_kind kind;
	const char *own, *site; /* "01-26" */
	enum state state;
	bool publish;
	const char *due; /* or NULL */
};

static const struct due_row dues[] = {
	{ UNIT_DEPARTMENT, "", "", STATE_DRAFT, false, "2026-01-31" },
	{ UNIT_DEPARTMENT, "", "", STATE_SUBMITTED, false, NULL },
	{ UNIT_DEPARTMENT, "", "", STATE_RETURNED, false, "2026-01-31" },
	{ UNIT_DEPARTMENT, "", "", STATE_APPROVED, true, "2026-01-31" },
	{ UNIT_DEPARTMENT, "", "01-20", STATE_DRAFT, false, "2026-01-20" },
	{ UNIT_DEPARTMENT, "01-15", "01-20", STATE_DRAFT, false, "2026-01-15" },
	{ UNIT_GOVERNMENT, "", "", STATE_DRAFT, true, "2026-03-31" },
	{ UNIT_GOVERNMENT, "", "", STATE_DRAFT, false, NULL },
	{ UNIT_TOWN, "", "", STATE_DRAFT, true, NULL },
	{ UNIT_TOWN, "", "01-20", STATE_DRAFT, false, "2026-01-20" },
	{ UNIT_DEPARTMENT, "", "", STATE_DISCARDED, true, NULL },
};

static void due(void **state)
{
	struct book *b = *state;

	for (size_t i = 0; i < sizeof dues / sizeof *dues; i++) {
		const struct due_row *row = &dues[i];
		struct unit *u = store_unit_find(b->s, "青溪县教育局");
		struct report_row stored = { 0 };
		struct date date = { 0 };
		const char *basis = NULL;
		char text[16];
		struct draft *d;
		bool there;

		u->kind = row->kind;
		free(u->due_submit);
		u->due_submit = xstrdup(row->own);
		WELL(store_unit_save(b->s, u, &why));
		unit_free(u);
		WELL(setting_set(b->s, "deadline.submit", row->site, &why));
		WELL(store_report_row(b->s, b->id, &stored, &why));
		stored.state = row->state;
		WELL(store_report_save(b->s, &stored, &why));
		report_row_free(&stored);
		d = book_open(b, b->s, b->id, DRAFT_READ);
		there = review_deadline(d, row->publish, &date, &basis);
		assert_int_equal(there, row->due != NULL);
		if (there) {
			snprintf(text, sizeof text, "%04d-%02d-%02d", date.year,
				 date.month, date.day);
			assert_string_equal(text, row->due);
			assert_true(*basis != '\0');
		}
		draft_close(d);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, book_set_up, book_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rights),
		TEST(blanks_stay),
		TEST(whole_way),
		TEST(withdrawing),
		TEST(returning),
		TEST(reopening),
		TEST(discarding),
		TEST(required_steps),
		TEST(explaining),
		TEST(explaining_in_turn),
		TEST(soft_stays),
		TEST(stale),
		TEST(roles),
		TEST(due),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
