/* What somebody found who tried the program without knowing how it is made. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tests/screen_side.h"
#include "tests/unit.h"
#include "tui/deed.h"
#include "tui/dialog.h"

static const char natural[] = "requests.new.natural";

static void open_at(const char *path)
{
	side_draft(DRAFT_EDIT);
	screen_walk(&side.app, side_cell(path));
	stage_play(&side.app, "C-l");
}

/* ---- undo of many cells ---- */

static void set_many(size_t count)
{
	struct draft *d =
		book_open(side.book, side.book->s, side.book->id, DRAFT_EDIT);
	const struct section_def *s = form_section(draft_form(d), "disputes");
	struct change list[20];
	size_t n = 0;

	for (size_t i = 0; i < draft_form(d)->cell_count && n < count; i++)
		if (draft_form(d)->cells[i].section == s &&
		    draft_form(d)->cells[i].part_count == 0)
			list[n++] = (struct change){ i, "7", false };
	assert_int_equal(n, count);
	WELL(draft_change(d, list, n, "import", "甲.docx", &why));
	draft_close(d);
}

static void test_undo_asks(void **state)
{
	const char *path = "disputes.review.upheld";

	(void)state;
	set_many(12);
	set_many(5); /* the same again: nothing that can be seen */
	open_at(natural);
	stage_play(&side.app, "'8' C-z");
	stage_sees("改回空格");
	stage_play(&side.app, "C-z @asked Enter");
	stage_kept_sees("asked", "“导入”：一次改了 12 格");
	stage_kept_sees("asked", "随文件来的批注、情况说明、审签和版次");
	stage_kept_sees("asked", "Ctrl-Y 可以重做");
	stage_kept_sees("asked", "[ 不撤销 ]");
	assert_string_equal(book_text(side.app.draft, path), "7");
	stage_play(&side.app, "C-z Left Enter");
	stage_sees("12 格改回原样");
	assert_string_equal(book_text(side.app.draft, path), "");
	stage_play(&side.app, "C-z");
	stage_sees("没有可以撤销的改动了");
	stage_play(&side.app, "C-y");
	assert_string_equal(book_text(side.app.draft, path), "7");
}

/* A few are taken back at once. */
static void test_undo_few(void **state)
{
	(void)state;
	set_many(5);
	open_at(natural);
	stage_play(&side.app, "C-z");
	stage_sees("5 格改回原样");
}

/* What runs that cannot be seen stand before is asked about, too. */
/* A stray digit over a number, then Esc: the number is there again, and so is the
 * clerk. */
static void test_esc_takes_back(void **state)
{
	(void)state;
	open_at(natural);
	stage_play(&side.app, "'8' Enter Up '57'");
	stage_play(&side.app, "Esc");
	stage_sees("已撤回");
	assert_string_equal(book_text(side.app.draft, natural), "8");
	assert_int_equal(side.app.depth, 1);
	stage_play(&side.app, "Esc");
	assert_string_equal(book_text(side.app.draft, natural), "8");
}

static void test_undo_behind(void **state)
{
	(void)state;
	set_many(12);
	open_at(natural);
	stage_play(&side.app, "'8' BackSpace C-z @asked Enter");
	stage_kept_sees("asked", "12 格");
	stage_play(&side.app, "C-l");
	assert_string_equal(book_text(side.app.draft, "disputes.review.upheld"),
			    "7");
}

/* The values it was made with stay. */
static void test_undo_creation(void **state)
{
	static const char carried[] = "requests.carried_in.natural";
	struct draft *d =
		book_open(side.book, side.book->s, side.book->id, DRAFT_EDIT);
	int64_t next = 0;

	(void)state;
	book_set(d, "requests.carried_out.natural", "4");
	draft_close(d);
	next = book_new(side.book, "ogi-2021", "青溪县教育局", 2026);
	side.app.draft = book_open(side.book, side.book->s, next, DRAFT_EDIT);
	assert_string_equal(book_text(side.app.draft, carried), "4");
	screen_walk(&side.app, side_cell(natural));
	stage_play(&side.app, "C-z");
	stage_sees("没有可以撤销的改动了");
	stage_play(&side.app, "'8' C-z C-z C-z");
	stage_sees("没有可以撤销的改动了");
	assert_string_equal(book_text(side.app.draft, carried), "4");
}

/* ---- a window in which nothing can be seen ---- */

static void test_blind(void **state)
{
	struct event gone = { .kind = EVENT_RESIZE };

	(void)state;
	open_at(natural);
	stage_resize(5, 20);
	app_event(&side.app, &gone);
	stage_play(&side.app, "'12' Enter \"7\" Del C-z F10 M-0 Enter");
	assert_false(side.app.quit);
	stage_sees("请把窗口");
	stage_resize(24, 80);
	app_event(&side.app, &gone);
	stage_play(&side.app, "C-l");
	stage_sees("[_]");
	assert_string_equal(book_text(side.app.draft, natural), "");
	stage_play(&side.app, "'3'");
	stage_sees("[3]");
}

/* ---- what was registered stays ---- */

static void replace(char **member, const char *text)
{
	free(*member);
	*member = xstrdup(text);
}

static void test_publish_again(void **state)
{
	struct report_row row = { 0 };
	struct store *s = side.book->s;

	(void)state;
	WELL(store_report_row(s, side.book->id, &row, &why));
	row.state = STATE_PUBLISHED;
	replace(&row.published_on, "2026-01-20");
	replace(&row.published_url, "https://example.invalid/1");
	replace(&row.index_no, "K1");
	replace(&row.doc_no, "D1");
	WELL(store_config_set(s, "signoff.steps", "", &why));
	WELL(store_report_save(s, &row, &why));
	side_draft(DRAFT_READ);
	screen_preview(&side.app);
	stage_script("@day Enter @url Enter @index Enter @doc Esc");
	assert_false(deed_run(&side.app, DEED_PUBLISH));
	stage_kept_sees("day", "2026-01-20");
	stage_kept_sees("url", "https://example.invalid/1");
	stage_kept_sees("index", "K1");
	stage_kept_sees("doc", "D1");
	report_row_free(&row);
}

/* ---- references that have nothing ---- */

static void test_no_such_path(void **state)
{
	(void)state;
	open_at("overview.text");
	stage_play(&side.app, "'共{requests.nope.total}件。' C-k");
	assert_string_equal(side_top(), "figures");
	stage_sees("requests.nope.total");
	stage_sees("没有这个栏目");
	stage_lacks("(null)");
	stage_play(&side.app, "Esc");
	stage_sees("requests.nope.total");
	stage_lacks("(null)");
}

static void test_preview_names_them(void **state)
{
	(void)state;
	open_at("overview.text");
	stage_play(&side.app, "'共{requests.new.total}件，{a.b}。' F8");
	stage_sees("引用无数 2");
	stage_play(&side.app, "F6");
	for (int i = 0; i < 400 && !strstr(stage_picture(), "［未填］件"); i++)
		stage_play(&side.app, "F6");
	stage_sees("［未填］件");
}

/* ---- bytes that are no characters ---- */

static void send(const char *bytes)
{
	struct event event;

	stage_send(bytes, strlen(bytes));
	for (size_t i = 0; i < strlen(bytes); i++) {
		stage_read(&event);
		app_event(&side.app, &event);
	}
	app_draw(&side.app);
}

static void test_no_utf8(void **state)
{
	(void)state;
	open_at("overview.text");
	send("\xd6\xd0\xce\xc4");
	stage_sees("不是 UTF-8");
	stage_play(&side.app, "'a'");
	stage_lacks("不是 UTF-8");
	send("\033[200~b\xd6\xd0\033[31mc\033[201~");
	stage_sees("不是 UTF-8");
	assert_string_equal(book_text(side.app.draft, "overview.text"), "abc");
}

/* ---- comments ---- */

static void comment(const char *path, const char *text, const char *answer)
{
	int64_t number;
	struct store *s = side.book->other;

	WELL(store_comment_add(s, side.book->id, path, text, false, &number,
			       &why));
	if (answer)
		WELL(store_comment_answer(s, side.book->id, number, answer,
					  &why));
}

static void test_comments_in_order(void **state)
{
	const char *list, *said, *found;

	(void)state;
	comment("problems.text", "写具体", NULL);
	comment("overview.text", "写全面", NULL);
	side_fill();
	open_at(natural);
	stage_play(&side.app, "F5 Home");
	list = stage_picture();
	said = strstr(list, "写具体");
	found = strstr(list, "三、申请");
	assert_non_null(strstr(list, "写全面"));
	assert_non_null(found);
	if (said && said < found)
		fail_msg("%s", list);
	assert_true(strstr(list, "写全面") < found);
}

static void test_newest_comment(void **state)
{
	(void)state;
	comment(natural, "最早的", "已答");
	comment(natural, "还没答的", NULL);
	comment(natural, "后来答的", "也答了");
	open_at(natural);
	stage_sees("还没答的");
	stage_lacks("最早的");
	comment(natural, "最新的", NULL);
	stage_tick(&side.app);
	stage_sees("最新的");
}

/* ---- taken over ---- */

/* Seen at the first key, not only at the next tick. */
static void test_lost_at_a_key(void **state)
{
	struct draft *d;

	(void)state;
	open_at("overview.text");
	stage_play(&side.app, "'甲'");
	d = book_open(side.book, side.book->other, side.book->id,
		      DRAFT_TAKE_OVER);
	book_set(d, "overview.text", "乙丙丁");
	stage_play(&side.app, "'戊'");
	stage_sees("接手");
	stage_sees("乙丙丁");
	stage_lacks("Ctrl-Z 撤销");
	book_set(d, "overview.text", "己庚");
	stage_tick(&side.app);
	stage_sees("己庚");
	draft_close(d);
}

/* ---- dialogs ---- */

static void test_prefill_replaced(void **state)
{
	char *text = xstrdup("张三");

	(void)state;
	screen_start(&side.app);
	stage_script("'李四' Enter");
	assert_true(dialog_text(&side.app, "签字", "姓名：", 1, &text));
	assert_string_equal(text, "李四");
	stage_script("End '光' Enter");
	assert_true(dialog_text(&side.app, "签字", "姓名：", 1, &text));
	assert_string_equal(text, "李四光");
	stage_script("'。' Enter"); /* of several lines it goes on */
	assert_true(dialog_text(&side.app, "说明", "说明：", 3, &text));
	assert_string_equal(text, "李四光。");
	free(text);
}

static void test_menu_sign(void **state)
{
	(void)state;
	open_at(natural);
	stage_resize(16, 60);
	stage_play(&side.app, "F9 @menu End @end Esc");
	stage_resize(24, 80);
	stage_kept_sees("menu", " 1-");
	stage_kept_sees("menu", "行 ");
	stage_kept_sees("end", "共 ");
}

/* ---- who looks ---- */

static void sign_in(const char *name, unsigned roles)
{
	WELL(store_user_add(side.book->s, name, roles, &why));
	WELL(store_sign_in(side.book->s, name, &why));
}

static void test_supervisor(void **state)
{
	(void)state;
	comment(natural, "请核对", "填报人的话");
	sign_in("李四", ROLE_SUPERVISOR);
	screen_start(&side.app);
	stage_play(&side.app, "C-l");
	stage_lacks("Ins 新建");
	stage_play(&side.app, "Ins");
	assert_int_equal(side.app.depth, 1);
	stage_lacks("给哪个单位");
	stage_play(&side.app, "F5");
	assert_string_equal(side_top(), "findings");
	stage_lacks("填写由填报人来做");
	stage_play(&side.app, "Esc");
	side_draft(DRAFT_READ);
	screen_notes(&side.app, side_cell(natural));
	stage_play(&side.app, "Enter Home Down Enter @answer Esc");
	stage_kept_sees("answer", "─ 答复 ");
	if (strstr(strstr(stage_kept("answer"), "─ 答复 "), "填报人的话"))
		fail_msg("%s", stage_kept("answer"));
}

/* Nothing blank, nothing to explain, handed in. */
static void hand_in(void)
{
	struct draft *d = side.app.draft;
	const struct form_def *form = draft_form(d);
	const struct review_args args = { 0 };

	for (size_t i = 0; i < form->body_count; i++)
		WELL(draft_fill_zero(d, &form->sections[i], &why));
	for (size_t i = 0; i < form->cell_count; i++)
		if (form->cells[i].kind == FIELD_PROSE &&
		    form->cells[i].required)
			book_set(d, form->cells[i].path,
				 "本机关按照条例要求推进各项公开工作，"
				 "没有收取信息处理费，全年运行平稳有序。");
	for (size_t i = 0; i < draft_findings(d)->count; i++) {
		const struct finding *f = &draft_findings(d)->list[i];
		char *rule = xstrdup(f->rule->id);

		if (f->severity == SEVERITY_SOFT && !f->explanation)
			WELL(review_explain(d, rule, "-", "已核对", &why));
		free(rule);
	}
	WELL(review_do(d, DEED_SUBMIT, &args, &why));
}

static void test_submitted(void **state)
{
	(void)state;
	comment(natural, "请核对", NULL);
	WELL(store_config_set(side.book->s, "signoff.steps", "", &why));
	side_draft(DRAFT_EDIT);
	hand_in();
	screen_walk(&side.app, side_cell(natural));
	stage_play(&side.app, "F6");
	stage_sees("没有空格，也没有须改的格。");
	stage_lacks("Alt-S 送审");
	stage_script("@asked Enter");
	assert_false(deed_run(&side.app, DEED_APPROVE));
	stage_kept_sees("asked", "将审核通过");
	stage_kept_sees("asked", "1 条批注没有答复");
}

/* ---- 文头 ---- */

static void test_title_shown(void **state)
{
	(void)state;
	open_at("meta.title");
	stage_sees("（不填就印：青溪县教育局2025年政府信息公开工作年度报告）");
	stage_play(&side.app, "'甲'");
	stage_lacks("不填就印");
	stage_play(&side.app, "BackSpace Down");
	stage_sees("不填就印");
}

#define ON_STAGE(test)                                                         \
	cmocka_unit_test_setup_teardown(test, side_set_up, side_tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_undo_asks),
		ON_STAGE(test_undo_few),
		ON_STAGE(test_esc_takes_back),
		ON_STAGE(test_undo_behind),
		ON_STAGE(test_undo_creation),
		ON_STAGE(test_blind),
		ON_STAGE(test_publish_again),
		ON_STAGE(test_no_such_path),
		ON_STAGE(test_preview_names_them),
		ON_STAGE(test_no_utf8),
		ON_STAGE(test_comments_in_order),
		ON_STAGE(test_newest_comment),
		ON_STAGE(test_lost_at_a_key),
		ON_STAGE(test_prefill_replaced),
		ON_STAGE(test_menu_sign),
		ON_STAGE(test_supervisor),
		ON_STAGE(test_submitted),
		ON_STAGE(test_title_shown),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
