#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/num.h"
#include "core/report.h"
#include "tests/made.h"

static const struct form_def *form;

static int start(void **state)
{
	(void)state;
	form = made_form("ogi-2021");
	return 0;
}

static int finish(void **state)
{
	(void)state;
	made_form_free();
	return 0;
}

/* What is typed, and what comes of it: the text kept, or why not. */
struct typed_row {
	const char *path, *typed, *kept;
	const char *says; /* in the refusal */
};

static const struct typed_row typed[] = {
	{ "requests.new.natural", "12", "12", NULL },
	{ "requests.new.natural", " １２ ", "12", NULL },
	{ "requests.new.natural", "1,234", "1234", NULL },
	{ "requests.new.natural", "12，345", "12345", NULL },
	{ "requests.new.natural", "99999999", "99999999", NULL },
	{ "requests.new.natural", "3.0", "3", NULL },
	{ "requests.new.natural", "", "", NULL },
	{ "requests.new.natural", "12a", NULL, "12a" },
	{ "requests.new.natural", "-3", NULL, "正负号" },
	{ "requests.new.natural", "1.5", NULL, "整数" },
	{ "requests.new.natural", "100000000", NULL, "99999999" },
	{ "requests.new.natural", "99999999999999999999", NULL, "太大" },
	{ "requests.new.natural", "/", NULL, "填 0" },
	{ "requests.new.natural", "／", NULL, "填 0" },
	{ "requests.new.natural", "无", NULL, "数字" },
	{ "requests.new.natural", "\xff", NULL, "数字" },
	{ "requests.new.natural",
	  "8\xe2\x80\x8b"
	  "2",
	  NULL, "第 2 个字符是看不见的 U+200B" },
	{ "requests.new.natural", "一二三四五六七八九十一二三四五六", NULL,
	  "…" },
	{ "requests.new.total", "12", NULL, "相加" },
	{ "requests.concluded.legal", "12", NULL, "相加" },
	{ "requests.refused.total", "12", NULL, "相加" },
	{ "disclosure.fees.amount", "4068.208", "4068.208", NULL },
	{ "disclosure.fees.amount", "4068.20800", "4068.208", NULL },
	{ "disclosure.fees.amount", "0.00001", NULL, "4 位小数" },
	{ "overview.text", "两段\n文字", "两段\n文字", NULL },
	{ "overview.text", "a\033[1m", NULL, "控制字符" },
	{ "overview.text", "\xe4\xbf", NULL, "UTF-8" },
	{ "overview.text", "/", "/", NULL },
	{ "meta.date", "2025-01-20", "2025-01-20", NULL },
	{ "meta.date", "2025-1-2", "2025-01-02", NULL },
	{ "meta.date", "2025年1月20日", "2025-01-20", NULL },
	{ "meta.date", "2025-02-30", NULL, "如 2025-01-20" },
	{ "meta.date", "2025年2月30日", NULL, "如 2025-01-20" },
	{ "meta.date", "2025-01-20T10:00:00", NULL, "年-月-日" },
	{ "meta.title", "一\n二", NULL, "一行" },
};

static void test_typed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		const struct typed_row *row = &typed[i];
		struct report *r = report_new(form);
		size_t cell = made_cell(form, row->path);
		struct str text = { 0 };
		struct err err = { 0 };
		enum err_code code = report_type(r, cell, row->typed, &err);

		report_text(r, cell, &text);
		assert_string_equal(text.s, row->kept ? row->kept : "");
		assert_int_equal(code == ERR_OK, row->kept != NULL);
		if (row->says && !strstr(err.text, row->says))
			fail_msg("%s: %s", row->typed, err.text);
		if (row->says)
			assert_int_equal(report_revision(r), 0);
		str_free(&text);
		report_free(r);
	}
}

/* A refusal names the cell as the form does. */
static void test_refusal_names(void **state)
{
	struct report *r = report_new(form);
	size_t cell = made_cell(form, "requests.refused_internal.natural");
	struct err err = { 0 };

	(void)state;
	assert_int_equal(report_type(r, cell, "12a", &err), ERR_INPUT);
	assert_non_null(strstr(err.text, form->cells[cell].say));
	assert_non_null(strstr(err.text, "三、"));
	cell = made_cell(form, "requests.new.total");
	assert_int_equal(report_type(r, cell, "1", &err), ERR_REFUSED);
	assert_int_equal(report_set(r, cell,
				    (struct value){ VALUE_NUMBER, 0, NULL },
				    &err),
			 ERR_REFUSED);
	report_free(r);
}

static void test_set_refuses(void **state)
{
	static const struct {
		const char *path;
		struct value v;
	} rows[] = {
		{ "requests.new.natural", { VALUE_NUMBER, -NUM_ONE, NULL } },
		{ "requests.new.natural", { VALUE_NUMBER, 5000, NULL } },
		{ "requests.new.natural", { VALUE_NA, 0, NULL } },
		{ "requests.new.natural", { VALUE_TEXT, 0, "a" } },
		{ "requests.new.natural", { VALUE_NUMBER, INT64_MAX, NULL } },
		{ "overview.text", { VALUE_NUMBER, 0, NULL } },
		{ "overview.text", { VALUE_NA, 0, NULL } },
		{ "overview.text", { VALUE_TEXT, 0, "\x01" } },
		{ "meta.date", { VALUE_TEXT, 0, "yesterday" } },
	};
	struct report *r = report_new(form);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t cell = made_cell(form, rows[i].path);
		struct err err = { 0 };

		assert_int_equal(report_set(r, cell, rows[i].v, &err),
				 ERR_INPUT);
		assert_true(err.text[0] != '\0');
		assert_int_equal(report_get(r, cell).kind, VALUE_BLANK);
	}
	assert_int_equal(report_revision(r), 0);
	report_free(r);
}

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Is row `id` one of those that the row `sum` of table three adds up? */
static bool adds_up(const char *sum, const char *id)
{
	static const struct {
		const char *sum, *prefix;
	} rows[] = {
		{ "refused", "refused_" },    { "unable", "unable_" },
		{ "declined", "declined_" },  { "other_handling", "other_" },
		{ "granted", "disclosed" },   { "granted", "partial" },
		{ "accepted", "new" },        { "accepted", "carried_in" },
		{ "concluded", "disclosed" }, { "concluded", "partial" },
		{ "concluded", "refused_" },  { "concluded", "unable_" },
		{ "concluded", "declined_" }, { "concluded", "other_" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].sum, sum) == 0 && starts(id, rows[i].prefix))
			return true;
	return strcmp(sum, id) == 0;
}

/* The typed cells that stand under a path, added up the slow way; *blank when
 * one of them is. */
static int64_t brute(const struct report *r, const char *path, bool *blank)
{
	char section[32], row[32], column[32];
	int64_t sum = 0;

	assert_int_equal(
		sscanf(path, "%31[^.].%31[^.].%31s", section, row, column), 3);
	*blank = false;
	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *cell = &form->cells[i];
		bool in_row, in_column;
		struct value v;

		if (cell->part_count > 0 || !cell->row ||
		    strcmp(cell->section->id, section) != 0)
			continue;
		in_row = adds_up(row, cell->row->id) ||
			 (strcmp(row, "litigation") == 0 &&
			  strcmp(cell->row->id, "review") != 0);
		in_column = strcmp(column, cell->column->id) == 0 ||
			    strcmp(column, "total") == 0 ||
			    (strcmp(column, "decided") == 0 &&
			     strcmp(cell->column->id, "pending") != 0);
		if (!in_row || !in_column)
			continue;
		v = report_get(r, i);
		*blank = *blank || v.kind == VALUE_BLANK;
		sum += v.number;
	}
	/* 已审结 = 总计 - 尚未审结 waits for both */
	if (strcmp(column, "decided") == 0) {
		bool part;

		brute(r,
		      strcmp(row, "review") == 0   ? "disputes.review.total"
		      : strcmp(row, "direct") == 0 ? "disputes.direct.total"
		      : strcmp(row, "reviewed") == 0
			      ? "disputes.reviewed.total"
			      : "disputes.litigation.total",
		      &part);
		*blank = *blank || part;
	}
	return sum;
}

static void compare_sums(const struct report *r)
{
	for (size_t i = 0; i < form->cell_count; i++) {
		struct value v = report_get(r, i);
		int64_t expected, running;
		bool blank, lacks;

		if (form->cells[i].part_count == 0)
			continue;
		expected = brute(r, form->cells[i].path, &blank);
		lacks = report_running(r, i, &running);
		if (lacks != blank || (v.kind == VALUE_BLANK) != blank)
			fail_msg("%s: blank %d", form->cells[i].path, blank);
		if (running != expected || (!blank && v.number != expected))
			fail_msg("%s: %lld, not %lld", form->cells[i].path,
				 (long long)running, (long long)expected);
	}
}

static void test_sums_random(void **state)
{
	struct report *r = report_new(form);
	unsigned seed = 7;

	(void)state;
	compare_sums(r);
	for (int step = 0; step < 3000; step++) {
		size_t cell = made_random(&seed, (unsigned)form->cell_count);
		const struct cell_def *def = &form->cells[cell];

		if (!def->row || def->part_count > 0)
			continue;
		if (made_random(&seed, 12) == 0)
			assert_int_equal(report_type(r, cell, "", NULL), 0);
		else
			made_set(r, cell, made_random(&seed, 1000));
		if (step % 10 == 0)
			compare_sums(r);
	}
	made_zero(r);
	compare_sums(r);
	report_free(r);
}

static void test_blank_is_not_zero(void **state)
{
	struct report *r = report_new(form);
	size_t total = made_cell(form, "requests.new.total");
	size_t legal = made_cell(form, "requests.new.legal");
	int64_t sum;

	(void)state;
	made_zero(r);
	made_set(r, made_cell(form, "requests.new.natural"), 5);
	assert_false(report_running(r, total, &sum));
	assert_int_equal(sum, 5 * NUM_ONE);
	assert_int_equal(report_type(r, legal, "", NULL), ERR_OK);
	assert_int_equal(report_get(r, total).kind, VALUE_BLANK);
	assert_true(report_running(r, total, &sum));
	assert_int_equal(sum, 5 * NUM_ONE);
	made_set(r, legal, 2);
	assert_int_equal(made_number(r, "requests.new.total"), 7);
	report_free(r);
}

static void test_printed(void **state)
{
	struct report *r = report_new(form);
	size_t total = made_cell(form, "disputes.review.total");
	size_t typed_cell = made_cell(form, "disputes.review.upheld");
	const struct value eleven = { VALUE_NUMBER, 11 * NUM_ONE, NULL };
	struct err err = { 0 };

	(void)state;
	made_zero(r);
	assert_int_equal(report_source(r, total).number, 0);
	assert_int_equal(report_set_printed(r, total, eleven, &err), ERR_OK);
	assert_int_equal(report_source(r, total).number, 11 * NUM_ONE);
	assert_int_equal(report_get(r, total).number, 0);
	assert_int_equal(report_set_printed(r, typed_cell, eleven, &err),
			 ERR_REFUSED);
	assert_int_equal(
		report_set_printed(r,
				   made_cell(form, "disputes.litigation.total"),
				   eleven, &err),
		ERR_REFUSED);
	assert_int_equal(
		report_set_printed(r, total, (struct value){ 0 }, &err),
		ERR_OK);
	assert_int_equal(report_printed(r, total).kind, VALUE_BLANK);
	report_free(r);
}

static void test_progress(void **state)
{
	struct report *r = report_new(form);
	size_t other = made_cell(form, "other.text");
	int done, need;

	(void)state;
	report_progress(r, NULL, &done, &need);
	assert_int_equal(done, 0);
	assert_int_equal(need, 172);
	made_zero(r);
	report_progress(r, NULL, &done, &need);
	assert_int_equal(done, 172);
	report_progress(r, form_section(form, "requests"), &done, &need);
	assert_int_equal(need, 144);
	/* the fee fields stand in for the text of section six */
	assert_int_equal(report_type(r, other, "", NULL), ERR_OK);
	assert_true(report_answered(r, other));
	assert_int_equal(
		report_type(r, made_cell(form, "other.fee_cases"), "", NULL),
		ERR_OK);
	assert_false(report_answered(r, other));
	assert_int_equal(report_type(r, other, "　 \n", NULL), ERR_OK);
	assert_false(report_answered(r, other));
	report_free(r);
}

static void test_title(void **state)
{
	struct report *r = report_new(form);
	struct str title = { 0 };

	(void)state;
	report_set_subject(r, "青溪县人民政府", 2024);
	report_title(r, &title);
	assert_string_equal(title.s,
			    "青溪县人民政府2024年政府信息公开工作年度报告");
	str_clear(&title);
	assert_int_equal(report_type(r, made_cell(form, "meta.title"),
				     "另一个题目", NULL),
			 ERR_OK);
	report_title(r, &title);
	assert_string_equal(title.s, "另一个题目");
	str_free(&title);
	report_free(r);
}

static void type(struct report *r, const char *path, const char *text)
{
	struct err err = { 0 };

	if (report_type(r, made_cell(form, path), text, &err))
		fail_msg("%s: %s", path, err.text);
}

static void test_sentence(void **state)
{
	struct report *r = report_new(form);
	const struct section_def *six = form_section(form, "other");
	struct str none = { 0 }, paid = { 0 };

	(void)state;
	assert_false(report_sentence(r, six, &none));
	type(r, "other.fee_notices", "0");
	type(r, "other.fee_cases", "0");
	assert_false(report_sentence(r, six, &none));
	type(r, "other.fee_yuan", "0");
	assert_true(report_sentence(r, six, &none));
	assert_non_null(strstr(none.s, six->sentence_silencer));
	type(r, "other.fee_notices", "25");
	type(r, "other.fee_cases", "7");
	type(r, "other.fee_yuan", "2950");
	assert_true(report_sentence(r, six, &paid));
	assert_non_null(strstr(paid.s, "25"));
	assert_non_null(strstr(paid.s, "2950"));
	assert_null(strchr(paid.s, '{'));
	type(r, "other.text", "本年度收取信息处理费2950元。");
	assert_false(report_sentence(r, six, &paid));
	assert_false(report_sentence(r, form_section(form, "overview"), &paid));
	str_free(&none);
	str_free(&paid);
	report_free(r);
}

static void test_dump(void **state)
{
	unsigned seed = 11;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct report *a = report_new(form), *b = report_new(form);
		char one[DIGEST_TEXT], two[DIGEST_TEXT];
		struct str dump = { 0 }, again = { 0 };
		struct err err = { 0 };

		made_balanced(a, &seed);
		type(a, "overview.text", "一 二\n三\\n四=五");
		type(a, "requests.note", "=printed");
		if (round % 2)
			made_printed(a);
		report_dump(a, &dump);
		if (report_undump(b, dump.s, &err))
			fail_msg("%s", err.text);
		report_dump(b, &again);
		assert_string_equal(dump.s, again.s);
		report_digest(a, one);
		assert_string_equal(one, report_digest(b, two));
		str_free(&dump);
		str_free(&again);
		report_free(a);
		report_free(b);
	}
}

static void test_digest(void **state)
{
	struct report *r = report_new(form);
	size_t cell = made_cell(form, "requests.new.natural");
	size_t total = made_cell(form, "requests.new.total");
	const struct value five = { VALUE_NUMBER, 5 * NUM_ONE, NULL };
	char before[DIGEST_TEXT], after[DIGEST_TEXT];

	(void)state;
	report_digest(r, before);
	made_set(r, cell, 0);
	assert_string_not_equal(before, report_digest(r, after));
	report_digest(r, before);
	report_set_subject(r, "别的单位", 2020);
	made_set(r, cell, 0);
	assert_string_equal(before, report_digest(r, after));
	assert_int_equal(report_set_printed(r, total, five, NULL), ERR_OK);
	assert_string_not_equal(before, report_digest(r, after));
	assert_int_equal(
		report_set_printed(r, total, (struct value){ 0 }, NULL),
		ERR_OK);
	assert_string_equal(before, report_digest(r, after));
	report_free(r);
}

static void test_undump_refuses(void **state)
{
	static const char *const rows[] = {
		"no tab",
		"requests.nothing.here\t1",
		"requests.new.total\t1",
		"requests.new.natural\t1x",
		"requests.new.natural=printed\t1",
		"overview.text\ta\\q",
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct report *r = report_new(form);
		struct err err = { 0 };

		assert_int_not_equal(report_undump(r, rows[i], &err), ERR_OK);
		assert_true(err.text[0] != '\0');
		report_free(r);
	}
}

/* A form whose cells all take 不适用; free its cells. */
static struct form_def with_na(struct cell_def *cells)
{
	struct form_def copy = *form;

	memcpy(cells, form->cells, form->cell_count * sizeof *cells);
	for (size_t i = 0; i < form->cell_count; i++)
		cells[i].allow_na = true;
	copy.cells = cells;
	return copy;
}

static void test_not_applicable(void **state)
{
	struct cell_def *cells = calloc(form->cell_count, sizeof *cells);
	const struct form_def copy = with_na(cells);
	struct report *r = report_new(&copy), *back = report_new(&copy);
	size_t cell = made_cell(&copy, "disputes.review.upheld");
	struct str dump = { 0 };
	struct err err = { 0 };

	(void)state;
	made_zero(r);
	assert_int_equal(report_type(r, cell, "／", &err), ERR_OK);
	assert_int_equal(report_get(r, cell).kind, VALUE_NA);
	assert_true(report_answered(r, cell));
	assert_int_equal(made_number(r, "disputes.review.total"), 0);
	report_dump(r, &dump);
	assert_int_equal(report_undump(back, dump.s, &err), ERR_OK);
	assert_int_equal(report_get(back, cell).kind, VALUE_NA);
	/* texts have no 不适用: there "/" is a text */
	type(r, "overview.text", "/");
	assert_int_equal(report_get(r, made_cell(&copy, "overview.text")).kind,
			 VALUE_TEXT);
	str_free(&dump);
	report_free(r);
	report_free(back);
	free(cells);
}

static void test_revision(void **state)
{
	struct report *r = report_new(form);
	size_t cell = made_cell(form, "overview.text");
	unsigned before;

	(void)state;
	type(r, "overview.text", "公开");
	before = report_revision(r);
	type(r, "overview.text", "公开");
	assert_int_equal(report_revision(r), before);
	/* its own text given back */
	assert_int_equal(report_set(r, cell, report_get(r, cell), NULL),
			 ERR_OK);
	type(r, "overview.text", "");
	assert_true(report_revision(r) > before);
	assert_int_equal(report_get(r, cell).kind, VALUE_BLANK);
	report_free(r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_refusal_names),
		cmocka_unit_test(test_set_refuses),
		cmocka_unit_test(test_sums_random),
		cmocka_unit_test(test_blank_is_not_zero),
		cmocka_unit_test(test_printed),
		cmocka_unit_test(test_progress),
		cmocka_unit_test(test_title),
		cmocka_unit_test(test_sentence),
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_undump_refuses),
		cmocka_unit_test(test_not_applicable),
		cmocka_unit_test(test_revision),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
