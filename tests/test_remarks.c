/* What a return leaves at the cells: one comment a remark. */
#include "tests/unit.h"

#include <stdlib.h>

#include "core/review.h"
#include "tests/book.h"

static enum err_code does(struct draft *d, enum deed deed,
			  struct review_args args, struct err *err)
{
	return review_do(d, deed, &args, err);
}

#define DO(d, deed, ...)                                                       \
	WELL(does(d, DEED_##deed, (struct review_args){ __VA_ARGS__ }, &why))

/* The demo's report of 2024, full, in a draft open for editing. */
static struct draft *full(struct book *b, const char *unit)
{
	int64_t id = book_new(b, "ogi-2021", unit, 2024);
	struct draft *d = book_open(b, b->s, id, DRAFT_EDIT);

	book_fill(d, "2024.tsv");
	return d;
}

/* Its texts, those a return named with a * before them. */
static void has_comments(struct draft *d, const char *want)
{
	struct str all = { 0 };
	size_t count;
	const struct comment *list;

	WELL(draft_refresh(d, &why));
	list = draft_comments(d, &count);
	for (size_t i = 0; i < count; i++)
		str_addf(&all, "%s%s ", list[i].on_return ? "*" : "",
			 list[i].text);
	assert_string_equal(all.s, want);
	str_free(&all);
}

/* One comment a remark: a cell that was remarked on is named by that. */
static void returning_remarks(void **state)
{
	struct book *b = *state;
	struct draft *d = full(b, "青溪县人民政府");
	const char *const paths[] = { "problems.text", "requests.new.natural",
				      "problems.text" };
	int64_t id = draft_row(d)->id, number;

	setenv("NIANBAO_NOW", "2025-01-06T09:00:00", 1);
	WELL(store_comment_add(b->s, id, paths[1], "自记", false, &number,
			       &why));
	DO(d, SUBMIT, 0);
	setenv("NIANBAO_NOW", "2025-01-07T09:00:00", 1);
	DO(d, WITHDRAW, 0);
	DO(d, SUBMIT, 0);
	WELL(store_comment_add(b->s, id, paths[0], "太短", false, &number,
			       &why));
	WELL(store_comment_add(b->s, id, paths[0], "缺改进", false, &number,
			       &why));
	DO(d, RETURN, .reason = "请改", .paths = paths, .path_count = 3);
	has_comments(d, "自记 *太短 *缺改进 *请改 ");
	/* later: nothing new where the same waits, answered it is said again */
	WELL(store_comment_answer(b->s, id, 2, "已改", &why));
	WELL(store_comment_answer(b->s, id, 3, "已改", &why));
	setenv("NIANBAO_NOW", "2025-01-08T09:00:00", 1);
	DO(d, SUBMIT, 0);
	DO(d, RETURN, .reason = "请改", .paths = paths, .path_count = 3);
	has_comments(d, "自记 *太短 *缺改进 *请改 *请改 ");
	unsetenv("NIANBAO_NOW");
	draft_close(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(returning_remarks, book_set_up,
						book_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
