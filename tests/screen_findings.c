/* Findings, figures and rules on the screen: lists, jumps to the words, what is
 * bound, set aside, explained, switched off. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/draft_figures.h"
#include "core/mem.h"
#include "core/setting.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/walk.h"

/* This year's demo figures: 新收 101, 上年结转 4, 办结 99 while blanks stand. */
static void open_text(const char *text)
{
	side_fill();
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, "overview.text", text);
	WELL(draft_leave(side.app.draft, &why));
	screen_walk(&side.app, side_cell("overview.text"));
	stage_play(&side.app, "C-l");
}

static const char *text_now(void)
{
	return book_text(side.app.draft, "overview.text");
}

static struct walk *walk_now(void)
{
	assert_string_equal(side_top(), "walk");
	return side.app.stack[side.app.depth - 1].screen;
}

/* The cursor stands behind these words of the text. */
static void stands_behind(const char *words)
{
	const struct walk *w = walk_now();
	size_t n = strlen(words);

	if (w->edit.cursor < n ||
	    memcmp(w->edit.text.s + w->edit.cursor - n, words, n) != 0)
		fail_msg("the cursor is not behind %s:\n%s", words,
			 stage_picture());
}

/* ---- the list ---- */

#define WRONG                                                                  \
	"本年新收政府信息公开申请105件，上年结转4件。\nXX镇公开栏目待补充。"

/* English words are longer than ours: no column runs into the next. */
static void test_english_columns(void **state)
{
	int64_t number;

	(void)state;
	assert_true(tr_load(getenv("NIANBAO_LOCALE"), "en"));
	open_text(WRONG);
	WELL(store_comment_add(side.app.store, draft_row(side.app.draft)->id,
			       "requests.new.natural", "请核对", false, &number,
			       &why));
	WELL(draft_refresh(side.app.draft, &why));
	stage_play(&side.app, "F5");
	stage_sees(" Comment 三、申请 ");
	app_pop(&side.app);
	screen_rules(&side.app);
	stage_play(&side.app, "C-l");
	stage_sees("> always  N1A    Must correct  各列");
	stage_sees("  on      N2     Needs a note  上年");
	tr_unload();
}

static void test_filters(void **state)
{
	(void)state;
	open_text(WRONG);
	stage_play(&side.app, "F5");
	stage_sees("Tab 分类看");
	stage_sees("F4 分部分看");
	stage_sees("条，按报表顺序");
	stage_play(&side.app, "Tab");
	stage_sees("只看必须改正的：");
	stage_lacks(" 提示   ");
	stage_play(&side.app, "F4");
	stage_sees("只看必须改正的 · 一、总体：1 条，全部");
	stage_sees("留有占位字");
	stage_play(&side.app, "Tab");
	stage_sees("只看需作说明的 · 一、总体");
	stage_play(&side.app, "F3");
	stage_sees("只看需作说明的：");
	/* kinds and sections that show nothing are passed over */
	stage_play(&side.app, "Tab Tab");
	stage_sees("条，按报表顺序");
}

/* Esc from the cell: the same line of the same list. */
static void test_list_again(void **state)
{
	(void)state;
	open_text(WRONG);
	stage_play(&side.app, "F5 Home Tab F4 F4 End @list Enter Esc");
	assert_string_equal(side_top(), "findings");
	assert_string_equal(stage_picture(), stage_kept("list"));
}

/* In the form's order, in a text by where the words stand. */
static void test_order(void **state)
{
	const struct findings *all;
	size_t at = 0, seen = 0;

	(void)state;
	open_text("XX镇公开栏目待补充。\n本年新收政府信息公开申请105件。\n"
		  "本年新收政府信息公开申请106件。");
	all = draft_findings(side.app.draft);
	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (!f->extent || f->cells[0] != side_cell("overview.text"))
			continue;
		assert_true(f->offset >= at);
		at = f->offset;
		seen++;
	}
	assert_int_equal(seen, 3);
}

/* Enter: the cursor at the digits, the words marked; mended, it stays in the
 * list as such until the report is left. */
static void test_jump_and_mend(void **state)
{
	(void)state;
	open_text(WRONG);
	stage_play(&side.app, "C-Home F5 Enter");
	stands_behind("申请105");
	assert_int_equal(walk_now()->led_len,
			 strlen("本年新收政府信息公开申请105件"));
	stage_sees("Esc 回到列表，Ctrl-N");
	stage_play(&side.app, "BackSpace");
	assert_int_equal(walk_now()->led_len,
			 strlen("本年新收政府信息公开申请10件"));
	stage_play(&side.app, "'1'");
	stage_tick(&side.app);
	assert_int_equal(walk_now()->led_len, 0);
	stage_lacks("申请101件”，表中");
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "findings");
	stage_play(&side.app, "Tab Tab Tab Tab");
	stage_sees("已改 1");
	stage_sees("只看已改的：1 条");
	stage_sees("原来的问题：“本年新收政府信息公开申请105件”");
	stage_play(&side.app, "M-n");
	stage_sees("已经改好");
	stage_play(&side.app, "F1");
	stage_sees("要求：");
	stage_play(&side.app, "Esc Esc Esc");
	app_pop(&side.app);
	draft_close(side.app.draft);
	side.app.draft = NULL;
	side.app.quit = false;
	side_draft(DRAFT_EDIT);
	screen_findings(&side.app, 0);
	stage_play(&side.app, "C-l");
	stage_lacks("已改");
}

/* Blanks that are filled one by one are one matter until all are. */
static void test_blanks_are_one(void **state)
{
	size_t count, gone = 0;
	const struct remembered *list;

	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	draft_remember(side.app.draft);
	book_set(side.app.draft, "disputes.direct.upheld", "0");
	list = draft_remembered(side.app.draft, &count);
	for (size_t i = 0; i < count; i++)
		gone += list[i].gone &&
			strcmp(list[i].section->id, "disputes") == 0;
	assert_int_equal(gone, 1); /* its first cell was the one filled */
	draft_remember(side.app.draft);
	book_set(side.app.draft, "disputes.direct.pending", "0");
	list = draft_remembered(side.app.draft, &count);
	for (size_t i = 0, left = 0; i < count; i++) {
		left += !list[i].gone &&
			strcmp(list[i].section->id, "disputes") == 0;
		if (i + 1 == count)
			assert_int_equal(left, 1);
	}
}

/* ---- from one to the next ---- */

static void test_next(void **state)
{
	size_t first;

	(void)state;
	open_text(WRONG);
	stage_play(&side.app, "C-Home C-n");
	stage_sees("条；Ctrl-N 下一条");
	stage_play(&side.app, "C-Home F5 Tab Home Enter Esc Esc C-Home");
	/* through all of them and around */
	stage_play(&side.app, "C-n C-n C-n C-n");
	first = walk_now()->cell;
	stage_play(&side.app, "C-n C-p");
	assert_int_equal(walk_now()->cell, first);
	stage_play(&side.app, "C-p C-p C-p C-p C-p C-p C-p C-p C-p C-p C-p");
	assert_string_equal(side_top(), "walk");
}

/* ---- while typing ---- */

static void test_typing(void **state)
{
	(void)state;
	open_text("概述。");
	stage_play(&side.app, "C-End '本年新收政府信息公开申请105'");
	stage_tick(&side.app);
	stage_lacks("表中本年新收");
	stage_play(&side.app, "'件'");
	stage_tick(&side.app);
	stage_lacks("表中本年新收");
	stage_play(&side.app, "'，'");
	stage_tick(&side.app);
	stage_sees("申请105件”，表中本年新收 · 总计101");
	stage_sees("本段数字");
	stage_sees("! 105件    101  本年新收");
	stage_play(&side.app, "BackSpace BackSpace BackSpace '1件，'");
	stage_tick(&side.app);
	stage_sees("✓ 101件    101  本年新收");
	stage_lacks("，表中本年新收 · 总计101");
	/* N6 and N5 the same */
	stage_play(&side.app, "'其中自然人82件、商业企业30件。'");
	stage_tick(&side.app);
	stage_sees("各项相加");
	stage_sees("82+30 = 112");
	stage_play(&side.app, "Enter '共收到101件，其中自然人82件，占95%。'");
	stage_tick(&side.app);
	stage_sees("占95%");
}

/* The findings at the cursor come before those elsewhere in the text. */
static void test_beside(void **state)
{
	(void)state;
	open_text(WRONG);
	stage_play(&side.app, "C-Home");
	stage_sees("! 说明 “本年新收政府信息公开申请105件”");
	stage_play(&side.app, "C-End");
	stage_sees("! 须改 留有占位字");
}

/* ---- figures ---- */

static void test_figures(void **state)
{
	(void)state;
	open_text("本年新收政府信息公开申请105件，上年结转4件。\n"
		  "举办培训31次，网站发布信息204条。");
	stage_play(&side.app, "C-Home C-k");
	assert_string_equal(side_top(), "figures");
	stage_sees(">不符");
	stage_sees("101  本年新收 · 总计");
	stage_sees("4  上年结转 · 总计");
	stage_sees("未对应");
	stage_sees("【105件】，上年结转4件");
	stage_play(&side.app, "Tab");
	stage_lacks("4  上年结转 · 总计");
	stage_sees("只看不符的和未对应的");
	stage_play(&side.app, "Tab F1");
	stage_sees("空格标为另有所指");
	stage_play(&side.app, "Esc Esc");
	stands_behind("申请105");
}

/* Two keys where one cell fits: a reference, which undo takes back and the
 * journal keeps. */
static void test_bind(void **state)
{
	(void)state;
	open_text("上年结转4件，本年新收政府信息公开申请101件。");
	stage_play(&side.app, "C-Home C-k Enter");
	stage_sees("已对应到“上年结转 · 总计”");
	stage_sees(">引用     上年结转4 ");
	assert_string_equal(text_now(),
			    "上年结转{requests.carried_in.total}件，"
			    "本年新收政府信息公开申请101件。");
	book_stored(side.book, side.book->id, "overview.text", text_now());
	stage_play(&side.app, "C-z");
	assert_string_equal(text_now(),
			    "上年结转4件，本年新收政府信息公开申请101件。");
	stage_play(&side.app, "C-z");
	stage_sees("还没有对应过");
	stage_play(&side.app, "Down Enter Esc");
	assert_non_null(strstr(text_now(), "申请{requests.new.total}件"));
	/* undone from the text, too */
	stage_play(&side.app, "C-z");
	assert_non_null(strstr(text_now(), "申请101件"));
}

/* A wrong number: its own cell stands first, what only has the same number is
 * said to be that. */
static void test_bind_wrong(void **state)
{
	(void)state;
	open_text("本年新收政府信息公开申请105件。");
	stage_play(&side.app, "C-k Enter @asked Esc");
	stage_kept_sees("asked", ">      101  本年新收 · 总计");
	stage_kept_sees("asked", "（只是数相同）");
	assert_non_null(strstr(text_now(), "105件"));
	stage_play(&side.app, "Enter Enter");
	assert_string_equal(text_now(),
			    "本年新收政府信息公开申请{requests.new.total}件。");
	stage_play(&side.app, "Esc");
	stage_lacks("，表中");
	/* another cell instead */
	stage_play(&side.app, "C-k C-g 'bnxs' Enter Home Enter");
	assert_non_null(strstr(text_now(), "{requests.new.natural}件"));
}

/* Money in 万元, group sums, a share. */
static void test_bind_kinds(void **state)
{
	(void)state;
	open_text("行政事业性收费1198.306万元。不予公开5件，占101件的4.95%。");
	book_set(side.app.draft, "requests.refused_third_party.natural", "3");
	stage_play(&side.app, "C-Home C-k Enter");
	assert_non_null(strstr(text_now(), "收费{disclosure.fees.amount}万元"));
	stage_play(
		&side.app,
		"End C-g 'requests.disclosed.total' Enter Enter 'requests.new.total' Enter Enter");
	assert_non_null(
		strstr(text_now(),
		       "件的{requests.disclosed.total/requests.new.total%}"));
}

/* Another matter: kept with the report, taken back, void when words change. */
static void test_aside(void **state)
{
	const struct findings *all;
	int count[SEVERITY_COUNT], before, unexplained;

	(void)state;
	open_text("本年新收政府信息公开申请105件。");
	all = draft_findings(side.app.draft);
	findings_count(all, count, &unexplained);
	before = count[SEVERITY_SOFT];
	stage_play(&side.app, "C-k ' '");
	stage_sees("已记住");
	stage_sees(">另指");
	findings_count(draft_findings(side.app.draft), count, &unexplained);
	assert_int_equal(count[SEVERITY_SOFT], before - 1);
	book_history(side.book, side.book->id, "aside");
	stage_play(&side.app, "'　'");
	stage_sees("已取消");
	stage_sees(">不符");
	findings_count(draft_findings(side.app.draft), count, &unexplained);
	assert_int_equal(count[SEVERITY_SOFT], before);
	stage_play(&side.app, "' ' Esc BackSpace '6'");
	stage_tick(&side.app);
	findings_count(draft_findings(side.app.draft), count, &unexplained);
	assert_int_equal(count[SEVERITY_SOFT], before);
}

/* Words that say none, last year's figures: said why they cannot be bound. */
static void test_not_bound(void **state)
{
	(void)state;
	open_text("全年没有收到政府信息公开申请。");
	stage_play(&side.app, "C-k Enter");
	stage_sees("说没有的话");
	stage_play(&side.app, "Esc");
	book_set(side.app.draft, "overview.text", "无数字。");
	stage_play(&side.app, "C-l C-k");
	stage_sees("没有数字");
	stage_play(&side.app, "Enter Tab Esc");
	assert_string_equal(side_top(), "walk");
}

static void test_figures_read_only(void **state)
{
	(void)state;
	open_text("本年新收政府信息公开申请105件。");
	app_pop(&side.app);
	draft_close(side.app.draft);
	side.app.quit = false;
	side_draft(DRAFT_READ);
	screen_walk(&side.app, side_cell("overview.text"));
	stage_play(&side.app, "C-k");
	stage_sees("不符");
	stage_play(&side.app, "Enter");
	stage_sees("不能填");
	stage_play(&side.app, "' '");
	stage_sees("不能填");
	assert_string_equal(text_now(), "本年新收政府信息公开申请105件。");
}

/* ---- explanations ---- */

/* Given for numbers that are others now: what was and what is. */
static void test_again(void **state)
{
	(void)state;
	side_fill();
	side_draft(DRAFT_EDIT);
	book_set(side.app.draft, "overview.text",
		 "本年新收政府信息公开申请105件。");
	WELL(draft_leave(side.app.draft, &why));
	WELL(review_explain(side.app.draft, "N4", "overview.text", "另计",
			    &why));
	book_set(side.app.draft, "requests.new.natural", "80");
	WELL(draft_leave(side.app.draft, &why));
	screen_findings(&side.app, side_cell("overview.text"));
	stage_play(&side.app, "C-l");
	stage_sees(">再说明");
	stage_sees("上次说明时 本年新收 · 总计 是 101，现在是 99");
	stage_sees("原来的说明：另计");
	stage_play(&side.app, "M-n @asked Enter");
	stage_kept_sees("asked", "现在是 99");
	stage_sees(">已说明");
	book_set(side.app.draft, "requests.new.natural", "81");
	WELL(draft_leave(side.app.draft, &why));
	stage_play(&side.app, "C-l Enter");
	stage_sees("（要再说明：上次");
	stage_sees("本年新收 · 总计 是 99，现在是 100");
	stage_play(&side.app, "F1 PgDn @rule Esc");
	stage_kept_sees("rule", "要求：");
}

/* Two findings of one rule in one text: each has its own explanation. */
static void test_explain_second(void **state)
{
	const struct findings *all;
	size_t told = 0;

	(void)state;
	open_text("本年新收政府信息公开申请105件。\n上年结转9件。");
	stage_play(&side.app, "C-End F5 M-n '第二条' Enter");
	all = draft_findings(side.app.draft);
	for (size_t i = 0; i < all->count; i++) {
		if (!all->list[i].explanation)
			continue;
		assert_non_null(strstr(all->list[i].brief, "结转9件"));
		told++;
	}
	assert_int_equal(told, 1);
}

/* ---- rules ---- */

static void test_rules(void **state)
{
	char *off;

	(void)state;
	open_text("本年新收政府信息公开申请105件。");
	screen_rules(&side.app);
	stage_play(&side.app, "Home ' '");
	stage_sees("不能停用");
	for (int i = 0; i < 400; i++) {
		stage_play(&side.app, "Down");
		if (strstr(stage_picture(), "> 查    N4 "))
			break;
	}
	stage_sees("> 查    N4 ");
	stage_sees("要求：");
	stage_play(&side.app, "' '");
	stage_sees("> 停用  N4 ");
	stage_sees("规则 N4 停用");
	stage_sees("停用 1");
	off = setting_get(side.book->s, "rules.off");
	assert_string_equal(off, "N4");
	free(off);
	stage_play(&side.app, "Esc");
	stage_lacks("，表中本年新收");
	screen_rules(&side.app);
	stage_play(&side.app, "F1");
	stage_sees("审签单");
	stage_play(&side.app, "Esc Esc");
	WELL(setting_set(side.book->s, "rules.off", "Q6 N4 N10", &why));
	screen_rules(&side.app);
	for (int i = 0; i < 400; i++) {
		stage_play(&side.app, "Down");
		if (strstr(stage_picture(), "> 停用  N4 "))
			break;
	}
	stage_play(&side.app, "Enter");
	off = setting_get(side.book->s, "rules.off");
	assert_string_equal(off, "Q6 N10");
	free(off);
}

static void test_rules_for_supervisors(void **state)
{
	(void)state;
	side_fill();
	WELL(store_user_add(side.book->s, "chief", ROLE_SUPERVISOR, &why));
	WELL(store_user_add(side.book->s, "clerk", ROLE_CLERK, &why));
	WELL(store_sign_in(side.book->s, "clerk", &why));
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell("overview.text"));
	stage_play(&side.app, "F9 @menu Esc");
	assert_null(strstr(stage_kept("menu"), "查哪些规则"));
	WELL(store_sign_in(side.book->s, "chief", &why));
	stage_play(&side.app, "F9 End @menu Esc");
	stage_kept_sees("menu", "查哪些规则");
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_english_columns),
		ON_STAGE(test_filters),
		ON_STAGE(test_list_again),
		ON_STAGE(test_order),
		ON_STAGE(test_jump_and_mend),
		ON_STAGE(test_blanks_are_one),
		ON_STAGE(test_next),
		ON_STAGE(test_typing),
		ON_STAGE(test_beside),
		ON_STAGE(test_figures),
		ON_STAGE(test_bind),
		ON_STAGE(test_bind_wrong),
		ON_STAGE(test_bind_kinds),
		ON_STAGE(test_aside),
		ON_STAGE(test_not_bound),
		ON_STAGE(test_figures_read_only),
		ON_STAGE(test_again),
		ON_STAGE(test_explain_second),
		ON_STAGE(test_rules),
		ON_STAGE(test_rules_for_supervisors),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
