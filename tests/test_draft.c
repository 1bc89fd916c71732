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

/* A list of reports counts what the journal has, too. */
static void counting_rows(void **state)
{
	struct book *b = *state;
	struct report_row row = { 0 };
	char *before;

	WELL(store_report_row(b->other, b->id, &row, &why));
	assert_int_equal(row.done, 0);
	before = xstrdup(row.changed_at);
	draft_row_now(b->other, b->forms, &row);
	assert_int_equal(row.done, 0);
	assert_string_equal(row.changed_at, before);
	free(before);
	die_typing(b, "overview.text", "本年度主动公开");
	draft_row_now(b->other, b->forms, &row);
	assert_int_equal(row.done, 1);
	assert_int_equal(row.need, 172);
	assert_true(row.hard > 0);
	assert_string_equal(row.changed_by, store_actor(b->s)->name);
	report_row_free(&row);
	WELL(store_report_row(b->other, b->id, &row, &why));
	assert_int_equal(row.done, 0);
	report_row_free(&row);
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

/* Undo goes to where something changes, and says how much did. */
static void undo_visibly(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	const char *figure = "requests.new.natural";
	size_t cell = cell_of(d, figure);
	const struct section_def *s = form_section(draft_form(d), "disputes");

	book_set(d, figure, "8");
	for (int i = 0; i < 2; i++) { /* refused and let go; the same again */
		WELL(draft_splice(d, cell, 0, 1, i ? "8" : "1e5", i ? 1 : 3,
				  &why));
		WELL(draft_drop(d, &why));
		WELL(draft_leave(d, &why));
	}
	undo_is(d, figure, "");
	assert_int_equal(draft_moved(d), 1);
	WELL(draft_redo(d, NULL, NULL, &why));
	assert_string_equal(book_text(d, figure), "8");
	WELL(draft_splice(d, cell, 0, 1, "1e", 2, &why));
	draft_break(d);
	WELL(draft_splice(d, cell, 2, 0, "5", 1, &why));
	undo_is(d, figure, "8");
	WELL(draft_fill_zero(d, s, &why));
	undo_is(d, "disputes.review.upheld", "");
	assert_int_equal(draft_moved(d), 12);
	assert_string_equal(book_text(d, figure), "8");
	draft_close(d);
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

static bool model_same(const struct model *m, size_t a, size_t b)
{
	for (size_t c = 0; c < CELLS; c++)
		if (strcmp(m->runs[a][c], m->runs[b][c]) != 0)
			return false;
	return true;
}

/* Undo and redo pass over runs that changed nothing; false when there is no
 * other. */
static bool model_move(struct model *m, bool back)
{
	size_t end = back ? 0 : m->last, from = m->at;

	while (m->at != end && model_same(m, m->at, from))
		m->at += back ? (size_t)-1 : 1;
	return !model_same(m, m->at, from);
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
			assert_int_equal(draft_undo(d, NULL, NULL, NULL) ==
						 ERR_OK,
					 model_move(m, true));
			break;
		case 3:
			assert_int_equal(draft_redo(d, NULL, NULL, NULL) ==
						 ERR_OK,
					 model_move(m, false));
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
		TEST(sums_follow),   TEST(leaving),      TEST(dying),
		TEST(counting_rows), TEST(undo_runs),    TEST(undo_visibly),
		TEST(undo_dying),    TEST(random_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
