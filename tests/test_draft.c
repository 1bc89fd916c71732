#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/mem.h"
#include "tests/book.h"
#include "tests/made.h"

static size_t cell_of(struct draft *d, const char *path)
{
	return made_cell(draft_form(d), path);
}

/* ---- what the keys of a cell do ---- */

struct typed_row {
	const char *path, *keys;
	const char *text; /* as it stands while it is typed */
	const char *left; /* … and when it was left */
	const char *says; /* on leaving, or NULL */
};

static const struct typed_row typed[] = {
	{ "requests.new.natural", "12", "12", "12", NULL },
	{ "requests.new.natural", "１２", "12", "12", NULL },
	{ "requests.new.natural", "1,234", "1234", "1234", NULL },
	{ "requests.new.natural", "1，2 3　4", "1234", "1234", NULL },
	{ "requests.new.natural", "007", "007", "7", NULL },
	{ "requests.new.natural", "99999999", "99999999", "99999999", NULL },
	{ "requests.new.natural", "123456789", "123456789", "12345678",
	  "太大" },
	{ "disclosure.fees.amount", "1.", "1.", "1", NULL },
	{ "disclosure.fees.amount", "1。50", "1.50", "1.5", NULL },
	{ "disclosure.fees.amount", "．5", ".5", "0.5", NULL },
	{ "disclosure.fees.amount", ".", ".", "", "数字" },
	{ "meta.date", "２０２６-01-12", "2026-01-12", "2026-01-12", NULL },
	{ "meta.date", "2026-1-2", "2026-1-2", "2026-01-02", NULL },
	{ "meta.date", "２０２６年1月12日", "2026年1月12日", "2026-01-12",
	  NULL },
	{ "meta.date", "2026年1月", "2026年1月", "", "年-月-日" },
	{ "meta.date", "2026-01", "2026-01", "", "年-月-日" },
	{ "overview.text", "两段\n“文字”", "两段\n“文字”", "两段\n“文字”",
	  NULL },
	{ "requests.note", "含上年度结转", "含上年度结转", "含上年度结转",
	  NULL },
};

static void typing(void **state)
{
	struct book *b = *state;

	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		const struct typed_row *row = &typed[i];
		struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
		struct err err = { 0 };

		book_set(d, row->path, "");
		book_type(d, row->path, row->keys);
		assert_string_equal(book_text(d, row->path), row->text);
		book_stored(b, b->id, row->path, row->text);
		assert_int_equal(draft_leave(d, &err),
				 row->says ? ERR_INPUT : ERR_OK);
		if (row->says)
			assert_non_null(strstr(err.text, row->says));
		assert_string_equal(book_text(d, row->path), row->left);
		book_stored(b, b->id, row->path, row->left);
		draft_close(d);
	}
}

struct refused_row {
	const char *path, *before, *key, *says;
};

static const struct refused_row refused[] = {
	{ "requests.new.natural", "12", "a", "12a" },
	{ "requests.new.natural", "", "-", "正负号" },
	{ "requests.new.natural", "1", ".", "整数" },
	{ "requests.new.natural", "", "/", "填 0" },
	{ "requests.new.natural", "1", "/", "单独" },
	{ "requests.new.natural", "", "无", "数字" },
	{ "requests.new.natural", "1", "\n", "数字" },
	{ "requests.new.natural", "1", "\x1b", "数字" },
	{ "requests.new.total", "", "1", "相加" },
	{ "requests.concluded.legal", "", "1", "相加" },
	{ "requests.refused.natural", "", "1", "相加" },
	{ "disclosure.fees.amount", "1.2345", "6", "4 位小数" },
	{ "disclosure.fees.amount", "1.2", ".", "数字" },
	{ "meta.date", "2026", "时", "年-月-日" },
	{ "meta.date", "2026年12月31日", "1", "年-月-日" },
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
	assert_int_equal(draft_splice(d, cell, 1, 0, "5", 1, &err), ERR_INPUT);
	WELL(draft_splice(d, cell, 0, 1, "5", 1, &why));
	assert_int_equal(report_get(draft_report(d), cell).number, 50000);
	WELL(draft_splice(d, cell, 0, 1, "／", 3, &why));
	WELL(draft_leave(d, &why));
	book_type(d, "story.weather", "偏涝");
	WELL(draft_leave(d, &why));
	draft_close(d);
	book_stored(b, id, "harvest.apples.early", "/");
	book_stored(b, id, "story.weather", "wet");
}

/* Sums follow each key, before the cell is left. */
static void sums_follow(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	size_t total = cell_of(d, "disputes.review.total");
	int64_t sum;

	WELL(draft_fill_zero(d, form_section(draft_form(d), "disputes"), &why));
	book_set(d, "disputes.review.upheld", "");
	assert_true(report_running(draft_report(d), total, &sum));
	book_type(d, "disputes.review.upheld", "1");
	assert_int_equal(report_get(draft_report(d), total).number, 10000);
	book_type(d, "disputes.review.upheld", "2");
	assert_int_equal(report_get(draft_report(d), total).number, 120000);
	draft_close(d);
}

/* ---- journal, cells, history ---- */

static size_t stored_cells(struct book *b)
{
	struct stored_cell *list;
	size_t count;

	WELL(store_cells(b->other, b->id, &list, &count, &why));
	store_cells_free(list, count);
	return count;
}

static void leaving(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	size_t cells = stored_cells(b), rows = book_history(b, b->id, NULL);
	int done = draft_row(d)->done;
	struct report_row row = { 0 };
	struct change_row *list;
	size_t count;

	assert_int_equal(draft_row(d)->need, 172);
	book_type(d, "requests.new.natural", "78");
	assert_int_equal(stored_cells(b), cells);
	assert_int_equal(book_history(b, b->id, NULL), rows);
	WELL(draft_leave(d, &why));
	assert_int_equal(stored_cells(b), cells + 1);
	assert_int_equal(book_history(b, b->id, "set"), rows + 1);
	WELL(store_history(b->other, b->id, "requests.new.natural", &list,
			   &count, &why));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].old, "");
	assert_string_equal(list[0].new_, "78");
	store_history_free(list, count);
	WELL(store_report_row(b->other, b->id, &row, &why));
	assert_int_equal(row.done, done + 1);
	assert_true(row.hard > 0);
	report_row_free(&row);
	WELL(draft_leave(d, &why));
	assert_int_equal(book_history(b, b->id, "set"), rows + 1);
	/* typed and taken out again is no change */
	WELL(draft_splice(d, cell_of(d, "requests.new.natural"), 2, 0, "1", 1,
			  &why));
	WELL(draft_splice(d, cell_of(d, "requests.new.natural"), 2, 1, "", 0,
			  &why));
	WELL(draft_leave(d, &why));
	assert_int_equal(book_history(b, b->id, "set"), rows + 1);
	/* the first step in another cell leaves the one before */
	book_type(d, "requests.new.business", "5");
	book_type(d, "requests.new.legal", "6");
	assert_int_equal(book_history(b, b->id, "set"), rows + 2);
	draft_close(d);
	assert_int_equal(book_history(b, b->id, "set"), rows + 3);
}

/* In a child that dies without a word. */
static void die_typing(struct book *b, const char *path, const char *text)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct err err = { 0 };
		struct store *s = store_open(b->path, STORE_WRITE, &err);
		struct draft *d;

		store_sign_in(s, NULL, &err);
		d = draft_open(s, b->forms, b->id, DRAFT_EDIT, &err);
		if (!d)
			_exit(1);
		book_type(d, path, text);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void dying(void **state)
{
	struct book *b = *state;
	struct draft *d;

	die_typing(b, "overview.text", "本年度主动公开");
	book_stored(b, b->id, "overview.text", "本年度主动公开");
	d = book_open(b, b->s, b->id, DRAFT_READ);
	assert_non_null(strstr(draft_recovered(d), "总体"));
	draft_close(d);
	die_typing(b, "overview.text", "126件");
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	assert_non_null(draft_recovered(d));
	assert_string_equal(book_text(d, "overview.text"),
			    "本年度主动公开126件");
	draft_close(d);
	book_history(b, b->id, "set");
	die_typing(b, "disclosure.fees.amount", ".");
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	assert_string_equal(book_text(d, "disclosure.fees.amount"), ".");
	book_type(d, "requests.new.natural", "1");
	assert_string_equal(book_text(d, "disclosure.fees.amount"), "");
	draft_close(d);
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	assert_null(draft_recovered(d));
	draft_close(d);
}

/* ---- undo ---- */

static void undo_is(struct draft *d, const char *path, const char *text)
{
	size_t cell = FORM_NO_CELL, offset = 0;

	WELL(draft_undo(d, &cell, &offset, &why));
	assert_int_equal(cell, cell_of(d, path));
	assert_string_equal(draft_text(d, cell), text);
	assert_true(offset <= strlen(text));
}

static void redo_is(struct draft *d, const char *path, const char *text)
{
	size_t cell = FORM_NO_CELL;

	WELL(draft_redo(d, &cell, NULL, &why));
	assert_int_equal(cell, cell_of(d, path));
	assert_string_equal(draft_text(d, cell), text);
}

static void undo_runs(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	const char *text = "overview.text", *figure = "requests.new.natural";

	book_type(d, text, "甲乙。丙丁\n戊");
	draft_break(d);
	book_type(d, text, "己");
	/* elsewhere in the text is a run of its own */
	WELL(draft_splice(d, cell_of(d, text), 0, 3, "", 0, &why));
	book_type(d, figure, "12");
	undo_is(d, figure, "");
	undo_is(d, text, "甲乙。丙丁\n戊己");
	undo_is(d, text, "甲乙。丙丁\n戊");
	undo_is(d, text, "甲乙。丙丁\n");
	undo_is(d, text, "甲乙。");
	book_stored(b, b->id, text, "甲乙。");
	draft_close(d);
	/* it survives a restart, and so does what can be repeated */
	d = book_open(b, b->s, b->id, DRAFT_EDIT);
	undo_is(d, text, "");
	assert_int_equal(draft_undo(d, NULL, NULL, NULL), ERR_REFUSED);
	redo_is(d, text, "甲乙。");
	redo_is(d, text, "甲乙。丙丁\n");
	book_stored(b, b->id, text, "甲乙。丙丁\n");
	/* a new step drops what was undone */
	book_type(d, text, "新");
	assert_int_equal(draft_redo(d, NULL, NULL, NULL), ERR_REFUSED);
	undo_is(d, text, "甲乙。丙丁\n");
	redo_is(d, text, "甲乙。丙丁\n新");
	draft_close(d);
	book_stored(b, b->id, text, "甲乙。丙丁\n新");
}

/* What was undone and not saved when the program died. */
static void undo_dying(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);

	book_set(d, "overview.text", "第一稿");
	book_set(d, "requests.new.natural", "12");
	undo_is(d, "requests.new.natural", "");
	undo_is(d, "overview.text", "");
	book_stored(b, b->id, "overview.text", "");
	book_stored(b, b->id, "requests.new.natural", "");
	redo_is(d, "overview.text", "第一稿");
	book_stored(b, b->id, "overview.text", "第一稿");
	book_type(d, "problems.text", "一");
	book_stored(b, b->id, "overview.text", "第一稿");
	book_stored(b, b->id, "requests.new.natural", "");
	book_stored(b, b->id, "problems.text", "一");
	draft_close(d);
	book_stored(b, b->id, "requests.new.natural", "");
}

/* Random steps beside a model that keeps every text there was. */
enum {
	CELLS = 4,
	STEPS = 1500,
};

static const char *const model_paths[CELLS] = {
	"overview.text",
	"requests.new.natural",
	"requests.note",
	"disclosure.fees.amount",
};

struct model {
	char *runs[STEPS + 1][CELLS]; /* after each run */
	size_t at, last;
};

static void model_push(struct model *m, size_t cell, const char *text)
{
	for (size_t i = m->at + 1; i <= m->last; i++)
		for (size_t c = 0; c < CELLS; c++)
			free(m->runs[i][c]);
	for (size_t c = 0; c < CELLS; c++)
		m->runs[m->at + 1][c] =
			xstrdup(c == cell ? text : m->runs[m->at][c]);
	m->last = ++m->at;
}

static void model_free(struct model *m)
{
	for (size_t i = 0; i <= m->last; i++)
		for (size_t c = 0; c < CELLS; c++)
			free(m->runs[i][c]);
}

/* One run: a whole value typed over, so that it stays one when it is left. */
static void random_run(struct draft *d, struct model *m, unsigned *seed)
{
	static const char *const words[] = { "公开", "126件", "，", "府" };
	size_t c = made_random(seed, CELLS);
	size_t cell = cell_of(d, model_paths[c]);
	struct str now = { 0 };
	bool prose = c == 0 || c == 2;
	size_t old;
	char figure[16];

	str_add(&now, prose ? m->runs[m->at][c] : "");
	old = prose ? 0 : strlen(m->runs[m->at][c]);
	snprintf(figure, sizeof figure, "%u", made_random(seed, 100) + 1);
	draft_break(d);
	for (size_t i = made_random(seed, 3) + 1; i > 0; i--) {
		const char *word = prose ? words[made_random(seed, 4)] : figure;

		WELL(draft_splice(d, cell, prose ? now.len : 0, old, word,
				  strlen(word), &why));
		if (!prose)
			str_clear(&now);
		str_add(&now, word);
		old = prose ? 0 : strlen(word);
	}
	model_push(m, c, now.s);
	str_free(&now);
}

static void model_agrees(struct draft *d, const struct model *m)
{
	for (size_t c = 0; c < CELLS; c++)
		assert_string_equal(book_text(d, model_paths[c]),
				    m->runs[m->at][c]);
}

static void random_steps(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	struct model *m = xcalloc(1, sizeof *m);
	unsigned seed = 7;

	for (size_t c = 0; c < CELLS; c++)
		m->runs[0][c] = xstrdup("");
	for (int i = 0; i < STEPS; i++) {
		switch (made_random(&seed, 8)) {
		case 0:
		case 1:
		case 2:
			if (draft_undo(d, NULL, NULL, NULL) == ERR_OK)
				m->at--;
			else
				assert_int_equal(m->at, 0);
			break;
		case 3:
			if (draft_redo(d, NULL, NULL, NULL) == ERR_OK)
				m->at++;
			else
				assert_int_equal(m->at, m->last);
			break;
		case 4:
			WELL(draft_leave(d, &why));
			break;
		default:
			random_run(d, m, &seed);
		}
		model_agrees(d, m);
		if (i % 25 == 0) {
			struct draft *reader =
				book_open(b, b->other, b->id, DRAFT_READ);

			model_agrees(reader, m);
			draft_close(reader);
		}
		if (i % 100 == 99) {
			draft_close(d);
			d = book_open(b, b->s, b->id, DRAFT_EDIT);
			model_agrees(d, m);
		}
	}
	draft_close(d);
	model_free(m);
	free(m);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, book_set_up, book_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(typing),      TEST(refusing),   TEST(not_applicable),
		TEST(sums_follow), TEST(leaving),    TEST(dying),
		TEST(undo_runs),   TEST(undo_dying), TEST(random_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
