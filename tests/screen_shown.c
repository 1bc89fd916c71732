/* What the screens say agrees with itself, fits, and is never half a number. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/deed.h"
#include "tui/dialog.h"
#include "tui/paint.h"

static void open_walk(const char *path)
{
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell(path));
	stage_play(&side.app, "");
}

static struct report_row row_of(int64_t id)
{
	struct report_row row = { 0 };

	WELL(store_report_row(side.book->s, id, &row, &why));
	return row;
}

static void sees_number(const char *before, int n)
{
	char *text = str_printf("%s%d", before, n);

	stage_sees(text);
	free(text);
}

/* ---- one truth ---- */

/* The first screen, the status line, the list and the tabs count the same. */
static void counts(int64_t id)
{
	struct report_row row = row_of(id);
	int sum = 0;

	assert_true(row.hard > 0);
	side.app.draft = book_open(side.book, side.book->s, id, DRAFT_EDIT);
	screen_start(&side.app);
	screen_walk(&side.app, side_cell("requests.new.natural"));
	stage_play(&side.app, "");
	sees_number("须改 ", row.hard);
	for (const char *at = stage_line(1); *at; at++) {
		if (*at == '!')
			sum += (int)strtol(at + 1, NULL, 10);
		else if (strncmp(at, "✗", strlen("✗")) == 0)
			sum += (int)strtol(at + strlen("✗"), NULL, 10);
	}
	assert_int_equal(sum, row.hard);
	stage_play(&side.app, "F5");
	sees_number("必须改正 ", row.hard);
	stage_play(&side.app, "Esc Esc");
	sees_number("须改", row.hard);
	report_row_free(&row);
}

static void test_counts(void **state)
{
	(void)state;
	side_fill();
	counts(side.book->id);
}

static void test_counts_empty(void **state)
{
	(void)state;
	counts(side.book->id);
}

/* A town has no date by law, but findings. */
static void test_town(void **state)
{
	int64_t id =
		book_new(side.book, "ogi-2021", "青溪县城关镇人民政府", 2025);
	struct report_row row = row_of(id);

	(void)state;
	screen_start(&side.app);
	stage_play(&side.app, "C-f '城关' Enter");
	sees_number("须改", row.hard);
	report_row_free(&row);
}

/* ---- whole or not at all ---- */

static const struct {
	const char *text, *line; /* in twelve cells */
} fits[] = {
	{ "一二三四五六", "一二三四五六" },
	{ "一二三四五六七", "一二三四五.." },
	{ "结转 123456，", "结转 .." },
	{ "新收5 结转3456", "新收5 结转.." },
	{ "新收 12345678.5", "新收 .." },
};

static void test_fit(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
		WINDOW *win = newwin(1, 12, 0, 0);

		paint_fit(win, 0, 0, 12, THEME_TEXT, fits[i].text);
		wrefresh(win);
		delwin(win);
		assert_string_equal(stage_line(0), fits[i].line);
	}
}

static void test_long_finding(void **state)
{
	static const char *const big[] = { "requests.new.natural",
					   "requests.new.business" };

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	for (size_t i = 0; i < 2; i++)
		book_set(side.app.draft, big[i], "12345678");
	screen_walk(&side.app, side_cell(big[0]));
	stage_play(&side.app, "");
	stage_sees("差12345595"); /* wrapped */
	stage_play(&side.app, "F5");
	stage_sees("新收12345678");
	stage_sees("..");
}

/* Eight digits at sixty columns: the last column is whole or not there. */
static void test_narrow_grid(void **state)
{
	(void)state;
	stage_resize(16, 60);
	side_fill();
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, "requests.new.natural", "12345678");
	book_set(side.app.draft, "requests.new.business", "12345678");
	screen_walk(&side.app, side_cell("requests.new.natural"));
	stage_play(&side.app, "");
	stage_lacks(" 246");
	stage_play(&side.app, "End");
	stage_sees("[24691364]");
	stage_resize(24, 80);
}

/* ---- the keys ---- */

static void test_keys_named(void **state)
{
	const char *buttons[] = { "做", "不做" };

	(void)state;
	side_fill();
	open_walk("requests.new.natural");
	stage_play(&side.app, "F1");
	stage_sees("键入：直接键入数字");
	stage_play(&side.app, "Esc F2 F1");
	stage_sees("空格：给这一条打勾");
	stage_script("F1 @keys Enter Esc");
	dialog_ask(&side.app, "问", "做吗？", buttons, 2, 1);
	stage_kept_sees("keys", "左右键");
	stage_sees("做吗？");
}

/* What is offered first is what the one who looks can do. */
static void test_hints(void **state)
{
	struct draft *d;
	int64_t id = book_new(side.book, "ogi-2021", "青溪县人民政府", 2024);

	(void)state;
	d = book_open(side.book, side.book->other, id, DRAFT_EDIT);
	book_fill(d, "2024.tsv");
	WELL(review_do(d, DEED_SUBMIT, &(struct review_args){ 0 }, &why));
	draft_close(d);
	screen_start(&side.app);
	stage_play(&side.app, "C-f '待审核' Enter");
	stage_sees("Enter 审阅");
	stage_play(&side.app, "Enter");
	stage_sees("Alt-A 核准");
	stage_sees("Alt-B 退回");
	WELL(store_user_add(side.book->s, "李四", ROLE_SUPERVISOR, &why));
	WELL(store_sign_in(side.book->s, "李四", &why));
	stage_play(&side.app, "Esc C-f C-u '起草' Enter");
	stage_sees("Enter 打开查看");
}

/* ---- signs of unsure width ---- */

static void test_ascii(void **state)
{
	(void)state;
	side_fill();
	theme_start(true);
	open_walk("requests.new.natural");
	stage_lacks("·");
	stage_play(&side.app, "F5");
	stage_lacks("·");
	screen_history(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "");
	stage_sees("空 > ");
	stage_lacks("→");
	theme_start(false);
}

static void test_too_small(void **state)
{
	(void)state;
	screen_start(&side.app);
	stage_resize(5, 12);
	stage_play(&side.app, "");
	stage_sees("60×16");
	stage_resize(24, 80);
}

/* ---- room is used ---- */

static void test_last_year_beside(void **state)
{
	int64_t last = book_new(side.book, "ogi-2021", "青溪县教育局", 2024);
	struct draft *d = book_open(side.book, side.book->s, last, DRAFT_EDIT);

	(void)state;
	book_fill(d, "2024.tsv");
	draft_close(d);
	side_fill();
	stage_resize(24, 140);
	open_walk("requests.new.natural");
	stage_sees("2024 自然人");
	stage_lacks("处理申请（ ");
	stage_resize(50, 200);
	stage_play(&side.app, "");
	stage_sees("本年度收到和处理申请 ");
	stage_resize(24, 80);
}

/* ---- what a report has behind it ---- */

static void test_whole_name(void **state)
{
	static const char name[] =
		"青溪县住房和城乡建设局房屋交易和产权管理中心";

	(void)state;
	book_new(side.book, "ogi-2021", name, 2025);
	screen_start(&side.app);
	stage_play(&side.app, "C-f '住房' Enter");
	stage_sees(name);
	stage_sees("..");
	stage_lacks("最近改动：（");
}

static void test_reopened(void **state)
{
	struct review_args args = { .reason = "数字有误", .name = "张" };
	int64_t id = book_new(side.book, "ogi-2021", "青溪县人民政府", 2024);
	struct draft *d = book_open(side.book, side.book->s, id, DRAFT_EDIT);
	char **steps = review_steps(side.book->s);

	(void)state;
	book_fill(d, "2024.tsv");
	WELL(review_do(d, DEED_SUBMIT, &args, &why));
	for (size_t i = 0; steps[i]; i++) {
		args.step = steps[i];
		WELL(review_do(d, DEED_SIGN, &args, &why));
	}
	WELL(review_do(d, DEED_APPROVE, &args, &why));
	WELL(review_do(d, DEED_REOPEN, &args, &why));
	draft_close(d);
	review_steps_free(steps);
	screen_start(&side.app);
	stage_play(&side.app, "C-f '人民政府' Enter");
	stage_sees("第 2 版");
	stage_sees("重新打开的理由：数字有误");
	stage_play(&side.app, "Enter");
	stage_sees("第2版");
	stage_sees("重新打开的理由：数字有误");
}

/* Full sections are ticked, or it is said what their texts lack. */
static void test_complete(void **state)
{
	int64_t id = book_new(side.book, "ogi-2021", "青溪县人民政府", 2024);
	struct draft *d = book_open(side.book, side.book->s, id, DRAFT_EDIT);

	(void)state;
	book_fill(d, "2024.tsv");
	book_set(d, "meta.contact", "0000-0000000");
	book_set(d, "problems.text", "一是培训不够。");
	draft_close(d);
	stage_resize(24, 120);
	side.app.draft = book_open(side.book, side.book->s, id, DRAFT_EDIT);
	screen_walk(&side.app, side_cell("problems.text"));
	stage_play(&side.app, "");
	stage_sees("文头                   ✓");
	stage_sees("差1项 ◐");
	stage_play(&side.app, "F2");
	stage_sees("还没写到：写出改进");
	stage_resize(24, 80);
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_counts),
		ON_STAGE(test_counts_empty),
		ON_STAGE(test_town),
		ON_STAGE(test_fit),
		ON_STAGE(test_long_finding),
		ON_STAGE(test_narrow_grid),
		ON_STAGE(test_keys_named),
		ON_STAGE(test_hints),
		ON_STAGE(test_ascii),
		ON_STAGE(test_too_small),
		ON_STAGE(test_last_year_beside),
		ON_STAGE(test_whole_name),
		ON_STAGE(test_reopened),
		ON_STAGE(test_complete),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
