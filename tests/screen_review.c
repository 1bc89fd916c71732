/* Two people at one report: what each sees of the other, returning, signing,
 * and that nobody signs what was not on his screen. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/deed.h"

static const char *const paths[] = { "requests.new.natural",
				     "requests.disclosed.natural",
				     "problems.text" };

static struct {
	int64_t id; /* 青溪县人民政府 2024: complete, nothing to find */
	struct draft *clerk;
} desk;

/* Without figures: the tables are changed below it. */
static const char overview[] =
	"本机关按照条例要求推进主动公开、依申请公开、信息管理、平台建设和监督"
	"保障各项工作，纳入年度考核，组织社会评议，没有发生责任追究。";

/* 李四 sits at the screen, 张三 works at the other connection. */
static int set_up(void **state)
{
	int failed = side_set_up(state);
	struct book *b = side.book;

	desk.id = book_new(b, "ogi-2021", "青溪县人民政府", 2024);
	WELL(store_user_add(b->s, "李四", ROLE_SUPERVISOR, &why));
	WELL(store_user_add(b->s, "张三", ROLE_CLERK, &why));
	WELL(store_sign_in(b->other, "张三", &why));
	WELL(store_sign_in(b->s, "李四", &why));
	desk.clerk = book_open(b, b->other, desk.id, DRAFT_EDIT);
	book_fill(desk.clerk, "2024.tsv");
	book_set(desk.clerk, "overview.text", overview);
	return failed;
}

static int tear_down(void **state)
{
	draft_close(desk.clerk);
	desk.clerk = NULL;
	return side_tear_down(state);
}

/* Texts do not follow the figures that are changed here. */
static void explain_all(void)
{
	const struct findings *all = draft_findings(desk.clerk);
	size_t i = 0;

	while (i < all->count) {
		const struct finding *f = &all->list[i++];
		const struct form_def *form = draft_form(desk.clerk);
		char *rule, *path;

		if (f->severity != SEVERITY_SOFT || f->explanation)
			continue;
		rule = xstrdup(f->rule->id);
		path = xstrdup(f->cell_count > 0 ? form->cells[f->cells[0]].path
						 : "");
		WELL(review_explain(desk.clerk, rule, path, "已核对。", &why));
		free(rule);
		free(path);
		all = draft_findings(desk.clerk);
	}
}

static void clerk(enum deed deed)
{
	const struct review_args args = { 0 };

	WELL(draft_refresh(desk.clerk, &why));
	if (deed == DEED_SUBMIT)
		explain_all();
	WELL(review_do(desk.clerk, deed, &args, &why));
}

/* 李四 returns it for these cells. */
static void give_back(const char *const *cells, size_t count)
{
	struct draft *d =
		book_open(side.book, side.book->s, desk.id, DRAFT_READ);
	const struct review_args args = { .reason = "请核对登记簿",
					  .paths = cells,
					  .path_count = count };

	WELL(review_do(d, DEED_RETURN, &args, &why));
	draft_close(d);
}

/* Both sides of the column move, and it stays even: 78 new, 31 disclosed. */
static void set_figures(int new)
{
	char *in = str_printf("%d", new), *out = str_printf("%d", new - 47);

	WELL(draft_refresh(desk.clerk, &why));
	book_set(desk.clerk, paths[0], in);
	book_set(desk.clerk, paths[1], out);
	free(in);
	free(out);
}

static void open_walk(const char *path)
{
	side.app.draft =
		book_open(side.book, side.app.store, desk.id, DRAFT_READ);
	screen_walk(&side.app, side_cell(path));
	stage_play(&side.app, "C-l");
}

/* 张三 sits at the screen himself, nobody else has the report. */
static void sit_down(const char *path)
{
	WELL(store_sign_in(side.book->s, "张三", &why));
	draft_close(desk.clerk);
	desk.clerk = NULL;
	side.app.draft =
		book_open(side.book, side.book->s, desk.id, DRAFT_EDIT);
	screen_walk(&side.app, path ? side_cell(path) : FORM_NO_CELL);
	stage_play(&side.app, "");
}

/* ---- what is signed was seen ---- */

static void test_signs_what_was_shown(void **state)
{
	const struct signoff *list;
	size_t count;

	(void)state;
	clerk(DEED_SUBMIT);
	open_walk(paths[0]);
	stage_sees("[78]");
	clerk(DEED_WITHDRAW);
	set_figures(79);
	clerk(DEED_SUBMIT);
	stage_script("Enter Enter Enter Enter Enter @told Enter");
	assert_false(deed_run(&side.app, DEED_SIGN));
	stage_kept_sees("told", "又改过");
	draft_signoffs(side.app.draft, &count);
	assert_int_equal(count, 0);
	stage_play(&side.app, "C-l");
	stage_sees("[79]");
	/* nor is a menu opened over what has just become new */
	clerk(DEED_WITHDRAW);
	set_figures(80);
	clerk(DEED_SUBMIT);
	stage_play(&side.app, "F9");
	stage_sees("在别处变动了");
	stage_sees("[80]");
	stage_script("Enter Enter Enter Enter Enter");
	assert_true(deed_run(&side.app, DEED_SIGN));
	list = draft_signoffs(side.app.draft, &count);
	assert_int_equal(count, 1);
	assert_string_equal(list[0].name, "李四");
}

/* Undone and typed anew, the journal is as long as it was. */
static void test_same_length(void **state)
{
	size_t cell;

	(void)state;
	open_walk(paths[0]);
	book_set(desk.clerk, paths[0], "79");
	stage_tick(&side.app);
	stage_sees("[79]");
	WELL(draft_undo(desk.clerk, &cell, NULL, &why));
	book_set(desk.clerk, paths[0], "80");
	stage_tick(&side.app);
	stage_sees("[80]");
}

/* ---- the other one's work is seen ---- */

static void test_looker_follows(void **state)
{
	(void)state;
	open_walk(paths[0]);
	set_figures(79);
	stage_tick(&side.app);
	stage_sees("[79]");
	book_set(desk.clerk, paths[0], "9999");
	stage_play(&side.app, "F5"); /* sooner than a tick */
	stage_sees("9999");
}

static void test_told_of_new_state(void **state)
{
	(void)state;
	clerk(DEED_SUBMIT);
	open_walk(paths[0]);
	clerk(DEED_WITHDRAW);
	stage_tick(&side.app);
	stage_sees("现在是“起草”");
}

/* Taken over, one goes on looking. */
static void test_lost_follows(void **state)
{
	(void)state;
	sit_down(paths[0]);
	desk.clerk = book_open(side.book, side.book->other, desk.id,
			       DRAFT_TAKE_OVER);
	stage_tick(&side.app);
	stage_sees("接手");
	stage_sees("2026-01-12 10:42");
	set_figures(79);
	stage_tick(&side.app);
	stage_sees("[79]");
}

/* What others write does not touch the number that is being typed. */
static void test_typing_goes_on(void **state)
{
	int64_t number;

	(void)state;
	sit_down(paths[0]);
	stage_play(&side.app, "'4'");
	WELL(store_comment_add(side.book->other, desk.id, paths[1], "请核对",
			       false, &number, &why));
	stage_tick(&side.app);
	stage_play(&side.app, "'5'");
	stage_sees("[45]");
	stage_sees("*1");
}

/* ---- changes since the return ---- */

/* Returned for one cell, mended there, handed in again. */
static void mend_and_submit(void)
{
	clerk(DEED_SUBMIT);
	give_back(paths, 1);
	set_figures(79);
	clerk(DEED_SUBMIT);
}

/* The comment and the change are both marked, under the cursor, too. */
static void test_changed_cells(void **state)
{
	(void)state;
	mend_and_submit();
	open_walk(paths[0]);
	stage_sees("[79]*+");
	stage_sees("退回前 78");
	stage_sees("请核对登记簿");
	stage_play(&side.app, "Down");
	stage_sees("79*+");
	stage_sees(" 32+");
	stage_sees("[4]");
	stage_lacks("退回前");
}

static void test_changed_sentences(void **state)
{
	struct str text = { 0 };
	char *at;

	(void)state;
	clerk(DEED_SUBMIT);
	give_back(paths + 2, 1);
	WELL(draft_refresh(desk.clerk, &why));
	str_add(&text, book_text(desk.clerk, "problems.text"));
	at = strstr(text.s, "。");
	assert_non_null(at);
	str_splice(&text, (size_t)(at - text.s) + strlen("。"), 0, "新的一句。",
		   strlen("新的一句。"));
	book_set(desk.clerk, "problems.text", text.s);
	clerk(DEED_SUBMIT);
	open_walk("problems.text");
	stage_sees("\n+");
	stage_sees("没有这一句");
	stage_play(&side.app, "C-Home Down Down Down");
	stage_lacks("没有这一句");
	stage_play(&side.app, "F6");
	stage_sees("没有这一句");
	/* opened anew, it begins with what has changed */
	app_pop(&side.app);
	side.app.quit = false;
	screen_walk(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "");
	stage_sees("退回以后改了 1 处");
	stage_sees("没有这一句");
	/* and in the record only what is new */
	screen_history(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "C-l");
	stage_sees("退回以后改了");
	stage_sees("空 → 新的一句。");
	str_free(&text);
}

static void test_changed_word(void **state)
{
	struct str text = { 0 };

	(void)state;
	for (int i = 0; i < 60; i++)
		str_add(&text, "甲");
	str_add(&text, "全年三次，");
	for (int i = 0; i < 60; i++)
		str_add(&text, "乙");
	str_add(&text, "。");
	book_set(desk.clerk, "problems.text", text.s);
	str_splice(&text, 60 * strlen("甲") + strlen("全年"), strlen("三"),
		   "五", strlen("五"));
	book_set(desk.clerk, "problems.text", text.s);
	open_walk("problems.text");
	screen_history(&side.app, side_cell("problems.text"));
	stage_play(&side.app, "C-l");
	stage_sees("全年三次");
	stage_sees("全年五次");
	str_free(&text);
}

/* ---- what it was returned for ---- */

static const char *const three[] = { "requests.new.business",
				     "requests.partial.natural",
				     "disputes.review.upheld" };

static void test_returned_cells(void **state)
{
	struct draft *d = desk.clerk;

	(void)state;
	clerk(DEED_SUBMIT);
	give_back(three, 3);
	WELL(draft_refresh(d, &why));
	book_set(d, "other.text", "");
	sit_down(NULL);
	d = side.app.draft;
	stage_sees("退回：请核对登记簿");
	stage_sees("点名 3 格");
	stage_sees("*2"); /* on the tab of section three */
	stage_sees("商业企业");
	stage_play(&side.app, "F6");
	stage_sees("部分公开 · 自然人");
	stage_play(&side.app, "'13' F6");
	stage_sees("维持");
	stage_play(&side.app, "F6");
	stage_sees("商业企业");
	/* answered and changed ones are done */
	for (int64_t n = 1; n <= 3; n += 2)
		WELL(store_comment_answer(side.book->other, desk.id, n,
					  "已核对", &why));
	stage_play(&side.app, "F5 @list Esc F6");
	stage_kept_sees("list", "批注 3");
	stage_kept_sees("list", "点名");
	stage_kept_sees("list", "已答复");
	stage_kept_sees("list", "请核对登记簿");
	stage_sees("部分公开");
	stage_lacks("点名的还没有改");
}

/* What the supervisor wrote at the cell is what the clerk reads there, all of it
 * and no copy of the reason. */
static void test_returned_remarks(void **state)
{
	int64_t number;

	(void)state;
	clerk(DEED_SUBMIT);
	WELL(store_comment_add(side.book->s, desk.id, three[0], "少了一件",
			       false, &number, &why));
	WELL(store_comment_add(side.book->s, desk.id, three[0], "另见台账",
			       false, &number, &why));
	side.app.draft =
		book_open(side.book, side.book->s, desk.id, DRAFT_READ);
	stage_script("'总的说明' Tab Enter");
	assert_true(deed_run(&side.app, DEED_RETURN));
	draft_close(side.app.draft);
	sit_down(three[0]);
	stage_sees("退回：总的说明　点名 1 格");
	stage_sees("* 批注 2 条（李四）：另见台账　（李四）：少了一件");
	stage_play(&side.app, "F1 @help Esc F5 @list Esc M-n");
	stage_kept_sees("help", "批注（李四）：少了一件");
	stage_kept_sees("list", "批注 2");
	stage_kept_sees("list", "点名");
	stage_sees("随退回提出");
	stage_sees("2 条");
	stage_lacks("总的说明");
}

static void test_submit_names_comments(void **state)
{
	(void)state;
	clerk(DEED_SUBMIT);
	give_back(three, 3);
	sit_down(NULL);
	stage_play(&side.app, "M-s @asked Esc");
	stage_kept_sees("asked", "3 条批注没有答复");
	assert_int_equal(draft_row(side.app.draft)->state, STATE_RETURNED);
}

/* Only who made a comment, or a supervisor, says that it is done with. */
static void test_clerk_answers(void **state)
{
	const struct comment *list;
	struct err err = { 0 };
	size_t count;

	(void)state;
	clerk(DEED_SUBMIT);
	give_back(three, 1);
	sit_down(three[0]);
	stage_play(&side.app, "M-n Enter @deeds Esc Esc");
	stage_kept_sees("deeds", "答复");
	if (strstr(stage_kept("deeds"), "标为已解决"))
		fail_msg("%s", stage_kept("deeds"));
	list = draft_comments(side.app.draft, &count);
	assert_int_equal(store_comment_resolve(side.app.store, desk.id,
					       list[0].number, &err),
			 ERR_REFUSED);
	assert_non_null(strstr(err.text, "李四"));
	WELL(store_sign_in(side.app.store, "李四", &why));
	WELL(store_comment_resolve(side.app.store, desk.id, list[0].number,
				   &why));
}

/* ---- jumping there and back ---- */

static void test_there_and_back(void **state)
{
	int64_t number;

	(void)state;
	book_set(desk.clerk, paths[0], "99");
	WELL(store_comment_add(side.book->other, desk.id, paths[1], "请核对",
			       false, &number, &why));
	sit_down("overview.text");
	stage_play(&side.app, "F5 Tab Enter");
	assert_string_equal(side_top(), "walk");
	stage_sees("自然人列");
	stage_sees("▐三申请");
	stage_play(&side.app, "Down Esc");
	assert_string_equal(side_top(), "findings");
	stage_play(&side.app, "Enter Esc");
	assert_string_equal(side_top(), "findings");
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "walk");
	stage_sees("一、总体情况");
	/* from the list of what was said, too */
	screen_notes(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "End Enter Home Enter");
	assert_string_equal(side_top(), "walk");
	stage_sees("▐三申请");
	stage_play(&side.app, "Esc");
	assert_string_equal(side_top(), "notes");
	stage_play(&side.app, "Esc");
	stage_sees("一、总体情况");
	/* gone on from there, it is the place to come back to */
	stage_play(&side.app, "F5 Enter F4 F5 Esc");
	stage_sees("▐四复议诉讼");
}

/* ---- signing for another ---- */

static void test_signs_for_another(void **state)
{
	static const char sign[] =
		"@steps Enter C-u '赵县长' Enter Enter Enter "
		"@way Enter";
	const struct signoff *list;
	size_t count;

	(void)state;
	clerk(DEED_SUBMIT);
	open_walk(paths[0]);
	stage_script(sign);
	assert_true(deed_run(&side.app, DEED_SIGN));
	stage_kept_sees("way", "[ 代记纸上签字 ]");
	list = draft_signoffs(side.app.draft, &count);
	assert_int_equal(count, 1);
	assert_true(list[0].paper);
	stage_script("Enter Enter Enter Enter @own Enter");
	assert_true(deed_run(&side.app, DEED_SIGN));
	stage_kept_sees("own", "[ 本人审签 ]");
	stage_script("@steps Esc");
	assert_false(deed_run(&side.app, DEED_SIGN));
	stage_kept_sees("steps", "代记纸上签字（李四）");
	stage_kept_sees("steps", "本人");
	screen_history(&side.app, FORM_NO_CELL);
	stage_play(&side.app, "C-l");
	stage_sees("代记纸上签字");
	stage_sees("（本人审签）");
}

/* ---- nothing is promised that will be refused ---- */

static void test_refused_before_asking(void **state)
{
	(void)state;
	book_set(desk.clerk, paths[0], "99");
	sit_down(paths[0]);
	stage_script("@told Enter");
	assert_false(deed_run(&side.app, DEED_SUBMIT));
	stage_kept_sees("told", "不能送审");
	if (strstr(stage_kept("told"), "将把"))
		fail_msg("%s", stage_kept("told"));
	stage_play(&side.app, "'78'");
	stage_script("Left Enter");
	assert_true(deed_run(&side.app, DEED_SUBMIT));
	WELL(store_sign_in(side.app.store, "李四", &why));
	stage_script("@told Enter");
	assert_false(deed_run(&side.app, DEED_APPROVE));
	stage_kept_sees("told", "还缺审签");
	/* a step whose turn it is not is refused before its questions */
	stage_script("End Enter @told Enter");
	assert_false(deed_run(&side.app, DEED_SIGN));
	stage_kept_sees("told", "按先后");
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_signs_what_was_shown),
		ON_STAGE(test_same_length),
		ON_STAGE(test_looker_follows),
		ON_STAGE(test_told_of_new_state),
		ON_STAGE(test_lost_follows),
		ON_STAGE(test_typing_goes_on),
		ON_STAGE(test_changed_cells),
		ON_STAGE(test_changed_sentences),
		ON_STAGE(test_changed_word),
		ON_STAGE(test_returned_cells),
		ON_STAGE(test_returned_remarks),
		ON_STAGE(test_submit_names_comments),
		ON_STAGE(test_clerk_answers),
		ON_STAGE(test_there_and_back),
		ON_STAGE(test_signs_for_another),
		ON_STAGE(test_refused_before_asking),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
