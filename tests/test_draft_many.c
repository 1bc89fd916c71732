#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/book.h"
#include "tests/made.h"

static size_t cell_of(struct draft *d, const char *path)
{
	return made_cell(draft_form(d), path);
}

/* ---- many at once ---- */

static void all_or_nothing(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	struct change list[] = {
		{ cell_of(d, "requests.new.natural"), "78", false },
		{ cell_of(d, "overview.text"), "全文", false },
		{ cell_of(d, "requests.new.total"), "94", true },
		{ cell_of(d, "requests.new.business"), "９", false },
	};
	size_t count = sizeof list / sizeof *list;
	size_t rows = book_history(b, b->id, NULL);
	const struct change bad[] = {
		{ cell_of(d, "requests.new.total"), "94", false },
		{ cell_of(d, "requests.new.legal"), "12a", false },
		{ cell_of(d, "requests.refused.natural"), "3", true },
		{ 100000, "3", false },
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct change tried[5];
		struct err err = { 0 };

		memcpy(tried, list, sizeof list);
		tried[4] = bad[i];
		assert_int_not_equal(
			draft_change(d, tried, 5, "set", NULL, &err), ERR_OK);
		assert_true(err.text[0] != '\0');
		assert_string_equal(book_text(d, "overview.text"), "");
		book_stored(b, b->id, "requests.new.natural", "");
		assert_int_equal(book_history(b, b->id, NULL), rows);
	}
	WELL(draft_change(d, list, count, "import", "来自文件", &why));
	assert_int_equal(book_history(b, b->id, "import"), rows + count);
	assert_int_equal(report_printed(draft_report(d), list[2].cell).number,
			 940000);
	book_stored(b, b->id, "requests.new.business", "9");
	/* the same again changes nothing */
	WELL(draft_change(d, list, count, "import", NULL, &why));
	assert_int_equal(book_history(b, b->id, "import"), rows + count);
	/* one undo step, the printed number too */
	WELL(draft_undo(d, NULL, NULL, &why));
	assert_string_equal(book_text(d, "overview.text"), "");
	assert_int_equal(report_printed(draft_report(d), list[2].cell).kind,
			 VALUE_BLANK);
	WELL(draft_redo(d, NULL, NULL, &why));
	assert_int_equal(report_printed(draft_report(d), list[2].cell).number,
			 940000);
	draft_close(d);
}

static void zeros(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	const struct section_def *s = form_section(draft_form(d), "disputes");

	book_set(d, "disputes.direct.upheld", "3");
	assert_int_equal(draft_blanks(d, s), 11);
	WELL(draft_fill_zero(d, s, &why));
	assert_int_equal(draft_blanks(d, s), 0);
	assert_string_equal(book_text(d, "disputes.review.upheld"), "0");
	assert_string_equal(book_text(d, "disputes.direct.upheld"), "3");
	assert_string_equal(book_text(d, "disputes.direct.total"), "3");
	book_history(b, b->id, "zero-fill");
	WELL(draft_undo(d, NULL, NULL, &why));
	assert_int_equal(draft_blanks(d, s), 11);
	draft_close(d);
}

/* ---- two programs ---- */

static void taking_over(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT), *second;
	struct err err = { 0 };
	size_t cell = cell_of(d, "overview.text");

	book_type(d, "overview.text", "甲");
	assert_null(draft_open(b->other, b->forms, b->id, DRAFT_EDIT, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.text, store_actor(b->s)->name));
	assert_false(draft_lost(d, NULL));
	second = book_open(b, b->other, b->id, DRAFT_TAKE_OVER);
	assert_null(draft_recovered(second));
	book_type(second, "overview.text", "乙");
	assert_int_equal(draft_splice(d, cell, 3, 0, "丙", 3, &err),
			 ERR_REFUSED);
	assert_true(draft_lost(d, &err));
	assert_non_null(strstr(err.text, store_actor(b->s)->name));
	assert_false(draft_writable(d));
	assert_int_equal(draft_leave(d, &err), ERR_OK);
	assert_int_equal(draft_undo(d, NULL, NULL, &err), ERR_REFUSED);
	draft_close(d);
	assert_string_equal(book_text(second, "overview.text"), "甲乙");
	assert_false(draft_lost(second, NULL));
	draft_close(second);
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	draft_close(d);
	book_stored(b, b->id, "overview.text", "甲乙");
}

/* Each way to write finds out that it was taken over. */
static void losing(void **state)
{
	struct book *b = *state;

	for (int way = 0; way < 4; way++) {
		struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
		struct change c = { cell_of(d, "problems.text"), "丙", false };
		struct draft *second;
		enum err_code code = ERR_OK;

		book_type(d, "overview.text", "甲");
		second = book_open(b, b->other, b->id, DRAFT_TAKE_OVER);
		switch (way) {
		case 0:
			code = draft_leave(d, NULL);
			break;
		case 1:
			code = draft_change(d, &c, 1, "set", NULL, NULL);
			break;
		case 2:
			code = draft_undo(d, NULL, NULL, NULL);
			break;
		case 3:
			code = draft_splice(d, c.cell, 0, 0, "丙", 3, NULL);
			break;
		}
		assert_int_equal(code, ERR_REFUSED);
		assert_false(draft_writable(d));
		draft_close(d);
		assert_string_equal(book_text(second, "problems.text"), "");
		book_set(second, "overview.text", "");
		draft_close(second);
	}
}

static void reading(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	struct draft *reader = book_open(b, b->other, b->id, DRAFT_READ);
	struct err err = { 0 };

	assert_false(draft_writable(reader));
	assert_null(draft_recovered(reader));
	assert_int_equal(draft_splice(reader, 0, 0, 0, "x", 1, &err),
			 ERR_REFUSED);
	book_type(d, "overview.text", "甲");
	assert_string_equal(book_text(reader, "overview.text"), "");
	WELL(draft_refresh(reader, &why));
	assert_string_equal(book_text(reader, "overview.text"), "甲");
	WELL(draft_leave(d, &why));
	draft_place(d, cell_of(d, "problems.text"));
	WELL(draft_refresh(reader, &why));
	assert_string_equal(draft_row(reader)->place, "problems.text");
	draft_close(reader);
	draft_close(d);
}

/* ---- new reports ---- */

static void new_again(void **state)
{
	struct book *b = *state;
	struct err err = { 0 };
	char id[32];
	int64_t other = 0;
	struct unit *u;

	snprintf(id, sizeof id, "%lld", (long long)b->id);
	assert_int_equal(draft_new(b->s, b->forms, "ogi-2021", "青溪县教育局",
				   2025, &other, &err),
			 ERR_REFUSED);
	assert_non_null(strstr(err.text, id));
	assert_int_equal(draft_new(b->s, b->forms, "no-such", "青溪县教育局",
				   2025, &other, &err),
			 ERR_FORM);
	assert_int_equal(
		draft_new(b->s, b->forms, "ogi-2021", "", 2025, &other, &err),
		ERR_INPUT);
	book_new(b, "ogi-2021", "青溪县城关镇人民政府", 1999);
	u = store_unit_find(b->s, "青溪县城关镇人民政府");
	assert_int_equal(u->kind, UNIT_TOWN);
	assert_false(u->kind_set);
	unit_free(u);
}

static void carrying(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT), *next;
	int64_t id, last = 0;

	book_set(d, "requests.carried_out.natural", "3");
	book_set(d, "requests.carried_out.legal", "0");
	book_set(d, "meta.contact", "0000-0000000");
	book_set(d, "overview.text", "上年文字");
	draft_close(d);
	id = book_new(b, "ogi-2021", "青溪县教育局", 2026);
	next = book_open(b, b->s, id, DRAFT_EDIT);
	assert_string_equal(book_text(next, "requests.carried_in.natural"),
			    "3");
	assert_string_equal(book_text(next, "requests.carried_in.legal"), "0");
	assert_string_equal(book_text(next, "requests.carried_in.business"),
			    "");
	assert_string_equal(book_text(next, "meta.contact"), "0000-0000000");
	assert_string_equal(book_text(next, "overview.text"), "");
	assert_int_equal(report_year(draft_last(next)), 2025);
	assert_true(draft_carried(
		next, cell_of(next, "requests.carried_in.natural"), &last));
	assert_int_equal(last, 30000);
	assert_false(draft_carried(
		next, cell_of(next, "requests.carried_in.business"), &last));
	assert_false(draft_carried(next, cell_of(next, "requests.new.natural"),
				   &last));
	assert_int_equal(draft_row(next)->done, 2);
	book_history(b, id, "carry");
	assert_int_equal(draft_open_with(next, NULL, 0, NULL), ERR_REFUSED);
	draft_close(next);
}

static void opening(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	struct change list[] = {
		{ cell_of(d, "requests.carried_out.natural"), "４", false },
		{ cell_of(d, "disclosure.normative.in_force"), "63", false },
	};
	const struct change bad[] = {
		{ cell_of(d, "requests.new.natural"), "1", false },
		{ cell_of(d, "requests.carried_out.total"), "1", false },
		{ cell_of(d, "requests.carried_out.legal"), "-1", false },
	};

	assert_null(draft_last(d));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const struct change both[] = { list[0], bad[i] };

		assert_int_equal(draft_open_with(d, both, 2, NULL), ERR_INPUT);
		assert_null(draft_last(d));
		assert_string_equal(book_text(d, "requests.carried_in.natural"),
				    "");
	}
	WELL(draft_open_with(d, list, 2, &why));
	assert_string_equal(book_text(d, "requests.carried_in.natural"), "4");
	assert_string_equal(book_text(d, "disclosure.normative.in_force"), "");
	assert_int_equal(report_get(draft_last(d), list[1].cell).number,
			 630000);
	/* set right: what was carried over follows, what was typed does not */
	book_set(d, "requests.carried_in.legal", "1");
	list[0].text = "5";
	WELL(draft_open_with(d, list, 1, &why));
	assert_string_equal(book_text(d, "requests.carried_in.natural"), "5");
	assert_string_equal(book_text(d, "requests.carried_in.legal"), "1");
	draft_close(d);
	d = book_open(b, b->s, b->id, DRAFT_READ);
	assert_non_null(draft_last(d));
	draft_close(d);
}

/* ---- differences ---- */

struct sentence_row {
	const char *old, *now;
	const char *found; /* old→now|old→now */
};

static const struct sentence_row sentences[] = {
	{ "一。二。三。", "一。二。三。", "" },
	{ "一。二。三。", "一。贰。三。", "二。→贰。" },
	{ "一。二。三。", "一。三。", "二。→" },
	{ "一。三。", "一。二。三。", "→二。" },
	{ "", "一。二。", "→一。二。" },
	{ "一。二。三。四。", "壹。二。三。肆。", "一。→壹。|四。→肆。" },
	{ "一。二。三。", "三。一。二。", "→三。|三。→" },
	{ "一\n二\n三", "一\n二！三", "二\n→二！" },
	{ "没有句号", "没有句号了", "没有句号→没有句号了" },
};

static void differing(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);

	for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		struct str dump = { 0 }, found = { 0 };
		struct difference *list;
		size_t count;

		book_set(d, "overview.text", sentences[i].old);
		report_dump(draft_report(d), &dump);
		str_addn(&dump, "", 0);
		book_set(d, "overview.text", sentences[i].now);
		WELL(draft_compare(d, dump.s, &list, &count, &why));
		str_clear(&found);
		for (size_t n = 0; n < count; n++)
			str_addf(&found, "%s%s→%s", n ? "|" : "", list[n].old,
				 list[n].now);
		assert_string_equal(found.s, sentences[i].found);
		differences_free(list, count);
		str_free(&found);
		str_free(&dump);
	}
	draft_close(d);
}

static void differing_cells(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	struct change printed = { cell_of(d, "requests.new.total"), "9", true };
	struct str dump = { 0 };
	struct difference *list;
	size_t count;

	book_set(d, "requests.new.natural", "1");
	report_dump(draft_report(d), &dump);
	book_set(d, "requests.new.natural", "2");
	book_set(d, "requests.new.business", "3");
	WELL(draft_change(d, &printed, 1, "set", NULL, &why));
	WELL(draft_compare(d, dump.s, &list, &count, &why));
	assert_int_equal(count, 3);
	assert_string_equal(list[0].old, "1");
	assert_string_equal(list[0].now, "2");
	assert_string_equal(list[1].now, "3");
	assert_int_equal(list[2].cell, printed.cell);
	differences_free(list, count);
	str_free(&dump);
	draft_close(d);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, book_set_up, book_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_or_nothing),  TEST(zeros),   TEST(taking_over),
		TEST(losing),          TEST(reading), TEST(new_again),
		TEST(carrying),        TEST(opening), TEST(differing),
		TEST(differing_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
