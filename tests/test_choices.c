/* What a percentage of a text can be bound to. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/draft_figures.h"
#include "core/mem.h"
#include "tests/book.h"
#include "tests/made.h"

/* The choices of the text's last percentage in order: = the same number, ! by
 * its words. */
static char *choices_of(struct draft *d, const char *text)
{
	const size_t cell = made_cell(draft_form(d), "overview.text");
	struct listed *figures;
	struct choice *list;
	struct str out = { 0 };
	size_t n, count, at;

	book_set(d, "overview.text", text);
	n = draft_figures(d, cell, &figures);
	for (at = n; at > 0 && !figures[at - 1].percent;)
		at--;
	assert_true(at > 0);
	count = draft_choices(d, cell, &figures[at - 1], &list);
	str_add(&out, "");
	for (size_t i = 0; i < count; i++)
		str_addf(&out, "%s%s%s %s\n", list[i].by_words ? "!" : "",
			 list[i].equal ? "=" : "", list[i].text, list[i].value);
	choices_free(list, count);
	free(figures);
	return str_steal(&out);
}

/* New: 自然人 82 of 101, last year 78 of 94; 予以公开 44, 办结 99. */
static const struct {
	const char *text, *first, *lacks;
} rows[] = {
	{ "全年新收申请101件，其中自然人82件，占81.2%。",
	  "!={requests.new.natural/requests.new.total%} 81.19%\n", NULL },
	{ "其中自然人占新收申请的81.2%。",
	  "!={requests.new.natural/requests.new.total%} 81.19%\n", NULL },
	/* the words are right, the number is not: told, but not as equal */
	{ "其中自然人占新收申请的95%。",
	  "!{requests.new.natural/requests.new.total%} 81.19%\n", "accepted" },
	{ "本年新收政府信息公开申请101件，比上年增长7.4%。",
	  "!={requests.new.total~%} 7.45%\n", NULL },
	{ "本年新收政府信息公开申请101件，比上年增长8%。",
	  "!{requests.new.total~%} 7.45%\n", NULL },
	/* {PATH~%} would print its own sign behind 下降 */
	{ "本年新收政府信息公开申请101件，比上年下降7.4%。", "", NULL },
	/* by the number alone */
	{ "这样的申请占比为81.19%。",
	  "={requests.new.natural/requests.new.total%} 81.19%\n", "!" },
	{ "全年办结率为97.65%。",
	  "={requests.concluded.natural/requests.accepted.natural%} 97.65%\n",
	  "!" },
	{ "网站满意率为99.99%。", "", NULL },
};

static void percentages(void **state)
{
	struct book *b = *state;
	int64_t id = book_new(b, "ogi-2021", "青溪县人民政府", 2024);
	struct draft *d = book_open(b, b->s, id, DRAFT_EDIT);

	book_fill(d, "2024.tsv");
	draft_close(d);
	id = book_new(b, "ogi-2021", "青溪县人民政府", 2025);
	d = book_open(b, b->s, id, DRAFT_EDIT);
	book_fill(d, "2025.tsv");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *said = choices_of(d, rows[i].text);

		if (strncmp(said, rows[i].first, strlen(rows[i].first)) != 0 ||
		    (!*rows[i].first && *said) ||
		    (rows[i].lacks && strstr(said, rows[i].lacks)))
			fail_msg("%s:\n%s", rows[i].text, said);
		free(said);
	}
	draft_close(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(percentages, book_set_up,
						book_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
