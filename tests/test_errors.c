/* A thousand wrong cells, one at a time, in each real report: every one is
 * found, and the cell is named where the printed sums tell which it is.
 *
 * The reports are in ../shared; the demo's own is always here. */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/num.h"
#include "core/rule.h"
#include "core/site.h"
#include "tests/made.h"

#define ERRORS 1000

static const struct form_def *form;

struct tally {
	int errors, hard, named, blocks, culprits;
};

/* The file's numbers, those of sums as what was printed; texts are left out:
 * they are not asked here. */
static struct report *read_report(const char *name, bool printed)
{
	struct report *r = report_new(form);
	char *path = made_path(name), *rest, *line;
	struct str text = { 0 };
	struct err err = { 0 };

	if (file_read(path, 1 << 20, &text, &err) != ERR_OK)
		fail_msg("%s", err.text);
	free(path);
	report_set_subject(r, "青溪县人民政府", 2024);
	rest = text.s;
	while ((line = strsep(&rest, "\n"))) {
		char *tab = strchr(line, '\t');
		const struct cell_def *cell;

		if (!tab)
			continue;
		*tab = '\0';
		cell = &form->cells[made_cell(form, line)];
		*tab = '=';
		if (cell->grid && cell->part_count == 0)
			made_apply(r, line, false);
		else if (cell->grid && printed)
			made_apply(r, line, true);
	}
	str_free(&text);
	/* A file without sums prints them right. */
	if (printed &&
	    report_printed(r, made_cell(form, "requests.new.total")).kind ==
		    VALUE_BLANK)
		made_printed(r);
	return r;
}

/* A cell of table three or four that is typed. */
static size_t some_cell(unsigned *seed)
{
	for (;;) {
		size_t cell = made_random(seed, (unsigned)form->cell_count);
		const struct cell_def *def = &form->cells[cell];

		if (def->grid && def->part_count == 0 &&
		    form_lists("requests disputes", def->section->id))
			return cell;
	}
}

/* What happens to numbers that are copied: a digit more, one lost, two
 * changed places, another row's, one too many. */
static int64_t spoil(int64_t n, unsigned *seed)
{
	const int64_t tries[] = { n * 10 + made_random(seed, 10),
				  n / 10,
				  n % 100 / 10 + n % 10 * 10 + n / 100 * 100,
				  made_random(seed, 200),
				  n + 1,
				  n - 1 };
	int64_t wrong;

	do
		wrong = tries[made_random(seed, 6)];
	while (wrong == n || wrong < 0);
	return wrong;
}

static bool of_its_line(const struct finding *f, const struct cell_def *cell)
{
	for (size_t i = 0; i < f->cell_count; i++) {
		const struct cell_def *c = &form->cells[f->cells[i]];

		if (c->grid == cell->grid &&
		    (c->row == cell->row ||
		     c->column_index == cell->column_index))
			return true;
	}
	return false;
}

static void tell(struct tally *t, const struct report *r, size_t cell)
{
	const struct cell_def *def = &form->cells[cell];
	const struct check_input in = { .now = r, .site = site_default() };
	char *name = str_printf("“%s”在“", def->say);
	bool hard = false, named = false, culprit = false;
	struct findings found = { 0 };

	rule_check(&in, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct finding *f = &found.list[i];

		if (f->severity != SEVERITY_HARD || !f->rule ||
		    f->rule->kind != RULE_RELATION)
			continue;
		hard |= of_its_line(f, def);
		named |= strstr(f->full, name) != NULL;
		culprit |= strstr(f->full, "请先核对这一格") != NULL;
	}
	t->errors++;
	t->hard += hard;
	t->named += named;
	t->culprits += culprit;
	findings_free(&found);
	free(name);
}

/* ERRORS wrong cells of one section. */
static struct tally spoil_cells(const char *name, const char *section,
				bool printed)
{
	struct report *r = read_report(name, printed);
	struct tally t = { 0 };
	unsigned seed = 2026;

	while (t.errors < ERRORS) {
		size_t cell = some_cell(&seed);
		int64_t n = made_number(r, form->cells[cell].path);

		if (strcmp(form->cells[cell].section->id, section) != 0)
			continue;
		made_set(r, cell, spoil(n, &seed));
		tell(&t, r, cell);
		made_set(r, cell, n);
	}
	report_free(r);
	return t;
}

static void test_errors(void **state)
{
	struct tally three = spoil_cells(*state, "requests", true);
	struct tally four = spoil_cells(*state, "disputes", true);
	struct tally bare = spoil_cells(*state, "requests", false);

	printf("# %s: table three %d of %d found, cell named in %d; "
	       "table four %d of %d; without printed sums %d of %d, named %d\n",
	       (const char *)*state, three.hard, three.errors, three.named,
	       four.hard, four.errors, bare.hard, bare.errors, bare.culprits);
	assert_int_equal(three.hard, ERRORS);
	assert_true(three.named >= ERRORS * 98 / 100);
	assert_int_equal(four.hard, ERRORS);
	assert_int_equal(bare.hard, ERRORS);
	assert_int_equal(bare.culprits, 0);
}

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

#define REAL "../../shared/samples/real/"

int main(void)
{
	static char files[][64] = {
		"../demo/2024.tsv",
		REAL "suqian_city_2023.tsv",
		REAL "suqian_city_2024.tsv",
		REAL "hongze_district_2023.tsv",
		REAL "hongze_district_2024.tsv",
	};
	struct CMUnitTest tests[sizeof files / sizeof *files] = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char *path = made_path(files[i]);

		if (access(path, R_OK) == 0)
			tests[count++] =
				(struct CMUnitTest){ files[i], test_errors,
						     NULL, NULL, files[i] };
		else
			printf("# skipped, not here: %s\n", files[i]);
		free(path);
	}
	return _cmocka_run_group_tests("errors", tests, count, start, finish);
}
