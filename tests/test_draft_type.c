/* What the keys of a cell do: what stands while it is typed, what is refused. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/book.h"
#include "tests/made.h"

static size_t cell_of(struct draft *d, const char *path)
{
	return made_cell(draft_form(d), path);
}

struct typed_row {
	const char *path, *before, *keys;
	const char *text; /* as it stands while it is typed */
	const char *left; /* … and when it was left, or let go */
	const char *says; /* on leaving, or NULL */
};

static const struct typed_row typed[] = {
	{ "requests.new.natural", "", "12", "12", "12", NULL },
	{ "requests.new.natural", "", "１２", "12", "12", NULL },
	{ "requests.new.natural", "", "1,234", "1234", "1234", NULL },
	{ "requests.new.natural", "", "1，2 3　4", "1234", "1234", NULL },
	{ "requests.new.natural", "", "007", "007", "7", NULL },
	{ "requests.new.natural", "", "99999999", "99999999", "99999999",
	  NULL },
	{ "requests.new.natural", "", "123456789", "123456789", "", "太大" },
	{ "requests.new.natural", "8", "123456789", "123456789", "8", "太大" },
	{ "requests.new.natural", "8", "1.5", "1.5", "8", "整数" },
	{ "requests.new.natural", "8", "1e5", "1e5", "8", "1e5" },
	{ "requests.new.natural", "8", "+3", "+3", "8", "正负号" },
	{ "requests.new.natural", "8", "-3", "-3", "8", "正负号" },
	{ "requests.new.natural", "8", "/", "/", "8", "填 0" },
	{ "requests.new.natural", "8", "1/", "1/", "8", "单独" },
	{ "requests.new.natural", "", "无", "无", "", "数字" },
	{ "disclosure.fees.amount", "", "1.", "1.", "1", NULL },
	{ "disclosure.fees.amount", "", "1。50", "1.50", "1.5", NULL },
	{ "disclosure.fees.amount", "", "．5", ".5", "0.5", NULL },
	{ "disclosure.fees.amount", "2", ".", ".", "2", "数字" },
	{ "disclosure.fees.amount", "", "1.2.3", "1.2.3", "", "数字" },
	{ "disclosure.fees.amount", "2.5", "12.34567", "12.34567", "2.5",
	  "4 位小数" },
	{ "meta.date", "", "２０２６-01-12", "2026-01-12", "2026-01-12", NULL },
	{ "meta.date", "", "2026年1月15日", "2026年1月15日", "2026-01-15",
	  NULL },
	{ "meta.date", "", "２０２６年１月１５日", "2026年1月15日",
	  "2026-01-15", NULL },
	{ "meta.date", "", "2026-1-15", "2026-1-15", "2026-01-15", NULL },
	{ "meta.date", "", "2026.1.15", "2026.1.15", "2026-01-15", NULL },
	{ "meta.date", "", "2026。1。5", "2026.1.5", "2026-01-05", NULL },
	{ "meta.date", "", "2026/12/5", "2026/12/5", "2026-12-05", NULL },
	{ "meta.date", "2026-01-12", "2026-01", "2026-01", "2026-01-12",
	  "年-月-日" },
	{ "meta.date", "2026-01-12", "2026年2月30日", "2026年2月30日",
	  "2026-01-12", "年-月-日" },
	{ "meta.date", "", "元月十五", "元月十五", "", "年-月-日" },
	{ "overview.text", "", "两段\n“文字”", "两段\n“文字”", "两段\n“文字”",
	  NULL },
	{ "requests.note", "", "含上年度结转", "含上年度结转", "含上年度结转",
	  NULL },
};

/* What `get` and the exports have while it is typed, and its text after a
 * death. */
static void read_elsewhere(struct book *b, const struct typed_row *row)
{
	struct draft *d = book_open(b, b->other, b->id, DRAFT_READ);
	struct str value = { 0 };

	assert_string_equal(book_text(d, row->path), row->text);
	str_add(&value, "");
	report_text(draft_report(d), cell_of(d, row->path), &value);
	assert_string_equal(value.s, row->left);
	str_free(&value);
	draft_close(d);
}

static void type_over(struct draft *d, const struct typed_row *row)
{
	book_set(d, row->path, row->before);
	if (*row->before)
		WELL(draft_splice(d, cell_of(d, row->path), 0,
				  strlen(row->before), "", 0, &why));
	book_type(d, row->path, row->keys);
}

static void typing(void **state)
{
	struct book *b = *state;

	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		const struct typed_row *row = &typed[i];
		struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
		struct err err = { 0 };

		type_over(d, row);
		assert_string_equal(book_text(d, row->path), row->text);
		read_elsewhere(b, row);
		assert_int_equal(draft_leave(d, &err),
				 row->says ? ERR_INPUT : ERR_OK);
		if (row->says) {
			if (!strstr(err.text, row->says))
				fail_msg("%s: %s", row->keys, err.text);
			assert_string_equal(book_text(d, row->path), row->text);
			assert_int_equal(draft_pending(d),
					 cell_of(d, row->path));
			WELL(draft_drop(d, &why));
			WELL(draft_leave(d, &why));
		}
		assert_int_equal(draft_pending(d), FORM_NO_CELL);
		assert_string_equal(book_text(d, row->path), row->left);
		book_stored(b, b->id, row->path, row->left);
		draft_close(d);
	}
}

/* Closed or killed with it, the text is there again, the value is the old one;
 * another cell or another program lets go of it. */
static void no_value(void **state)
{
	static const struct typed_row row = {
		"requests.new.natural", "8", "1e5", "1e5", "8", "1e5"
	};
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);

	type_over(d, &row);
	draft_close(d);
	read_elsewhere(b, &row);
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	assert_int_equal(draft_pending(d), cell_of(d, row.path));
	WELL(draft_splice(d, cell_of(d, row.path), 1, 2, "", 0, &why));
	assert_int_equal(draft_pending(d), FORM_NO_CELL);
	WELL(draft_leave(d, &why));
	book_stored(b, b->id, row.path, "1");
	type_over(d, &row);
	book_type(d, "requests.new.legal", "2");
	assert_string_equal(book_text(d, row.path), "8");
	draft_close(d);
	book_stored(b, b->id, row.path, "8");
	book_stored(b, b->id, "requests.new.legal", "2");
}

/* What is only half typed is not complained of, what can become nothing is. */
static void faults(void **state)
{
	static const struct {
		const char *path, *keys;
		bool at_once, leaving;
	} rows[] = {
		{ "requests.new.natural", "12", false, false },
		{ "requests.new.natural", "1.", true, false },
		{ "requests.new.natural", "1e", true, true },
		{ "disclosure.fees.amount", ".", false, true },
		{ "meta.date", "2026-", false, true },
		{ "meta.date", "2026年13月", false, true },
		{ "meta.date", "2026-13-01", true, true },
		{ "meta.date", "去年", true, true },
	};
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		book_set(d, rows[i].path, "");
		book_type(d, rows[i].path, rows[i].keys);
		assert_int_equal(draft_fault(d, false, NULL) != ERR_OK,
				 rows[i].at_once);
		assert_int_equal(draft_fault(d, true, NULL) != ERR_OK,
				 rows[i].leaving);
	}
	draft_close(d);
}

struct refused_row {
	const char *path, *before, *key, *says;
};

static const struct refused_row refused[] = {
	{ "requests.new.natural", "1", "\n", "数字" },
	{ "requests.new.natural", "1", "\x1b", "数字" },
	{ "requests.new.natural", "1",
	  "0123456789012345678901234567890123456789012345678901234567890",
	  "太长" },
	{ "requests.new.total", "", "1", "相加" },
	{ "requests.concluded.legal", "", "1", "相加" },
	{ "requests.refused.natural", "", "1", "相加" },
	{ "requests.note", "一", "\n", "一行" },
	{ "overview.text", "一", "\xe4\xbf", "UTF-8" },
	{ "overview.text", "一", "\033[1m", "控制字符" },
};

static void refusing(void **state)
{
	struct book *b = *state;

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		const struct refused_row *row = &refused[i];
		struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
		size_t cell = cell_of(d, row->path);
		unsigned revision;
		struct err err = { 0 };

		if (draft_form(d)->cells[cell].part_count == 0)
			book_set(d, row->path, "");
		if (*row->before)
			book_type(d, row->path, row->before);
		revision = report_revision(draft_report(d));
		assert_int_not_equal(draft_splice(d, cell, strlen(row->before),
						  0, row->key, strlen(row->key),
						  &err),
				     ERR_OK);
		if (!strstr(err.text, row->says))
			fail_msg("%s: %s", row->path, err.text);
		assert_string_equal(draft_text(d, cell), row->before);
		assert_int_equal(report_revision(draft_report(d)), revision);
		draft_close(d);
	}
}

static void not_applicable(void **state)
{
	struct book *b = *state;
	int64_t id = book_new(b, "small", "青溪果园", 2024);
	struct draft *d = book_open(b, b->s, id, DRAFT_EDIT);
	size_t cell = cell_of(d, "harvest.apples.early");
	struct err err = { 0 };

	book_type(d, "harvest.apples.early", "/");
	assert_int_equal(report_get(draft_report(d), cell).kind, VALUE_NA);
	WELL(draft_splice(d, cell, 1, 0, "5", 1, &why));
	assert_int_equal(draft_leave(d, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "单独"));
	WELL(draft_splice(d, cell, 0, 2, "5", 1, &why));
	assert_int_equal(report_get(draft_report(d), cell).number, 50000);
	WELL(draft_splice(d, cell, 0, 1, "／", 3, &why));
	WELL(draft_leave(d, &why));
	book_type(d, "story.weather", "偏涝");
	WELL(draft_leave(d, &why));
	draft_close(d);
	book_stored(b, id, "harvest.apples.early", "/");
	book_stored(b, id, "story.weather", "wet");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, book_set_up, book_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(typing),   TEST(no_value),       TEST(faults),
		TEST(refusing), TEST(not_applicable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
