#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/lint.h"
#include "core/num.h"
#include "core/rule.h"
#include "tests/made.h"

static const struct form_def *form;

static void check(struct report *now, const struct report *last,
		  struct findings *out)
{
	const struct check_input in = { .now = now,
					.last = last,
					.state_date = "2026-01-12" };

	rule_check(&in, out);
}

static bool about(const struct finding *f, size_t cell)
{
	for (size_t i = 0; i < f->cell_count; i++)
		if (f->cells[i] == cell)
			return true;
	return false;
}

static bool in_section(size_t cell, const char *section)
{
	return form->cells[cell].row && !form->cells[cell].derived &&
	       strcmp(form->cells[cell].section->id, section) == 0;
}

/* A finding about the cell that names its row or column in both texts. */
static void assert_found(const struct findings *found, size_t cell)
{
	const struct cell_def *def = &form->cells[cell];

	for (size_t i = 0; i < found->count; i++) {
		const struct finding *f = &found->list[i];
		const char *row = def->row->say;
		const char *column = def->column->label;

		if (f->severity == SEVERITY_HARD && about(f, cell) &&
		    (strstr(f->brief, row) || strstr(f->brief, column)) &&
		    (strstr(f->full, row) || strstr(f->full, column)) &&
		    strstr(f->brief, "相差"))
			return;
	}
	fail_msg("nothing about %s (%zu findings)", def->path, found->count);
}

static void assert_quiet(struct report *r)
{
	struct findings found = { 0 };

	check(r, NULL, &found);
	if (found.count > 0)
		fail_msg("%s %s", found.list[0].rule->id, found.list[0].brief);
	findings_free(&found);
}

/* One wrong cell of table three is found, whichever it is. */
static void test_any_wrong_cell(void **state)
{
	unsigned seed = 3;

	(void)state;
	for (int round = 0; round < 4; round++) {
		struct report *r = report_new(form);

		made_balanced(r, &seed);
		assert_quiet(r);
		for (size_t i = 0; i < form->cell_count; i++) {
			int64_t old = report_get(r, i).number;
			struct findings found = { 0 };

			if (!in_section(i, "requests") ||
			    form->cells[i].part_count > 0)
				continue;
			made_set(r, i,
				 old / NUM_ONE + 1 + made_random(&seed, 9));
			check(r, NULL, &found);
			assert_found(&found, i);
			/* the total is told in its column: one cause */
			assert_int_equal(found.count, 1);
			findings_free(&found);
			made_set(r, i, old / NUM_ONE);
		}
		assert_quiet(r);
		report_free(r);
	}
}

static void wrong_printed(struct report *r, size_t cell, unsigned *seed,
			  struct findings *found)
{
	struct value old = report_printed(r, cell), wrong = old;

	wrong.number += NUM_ONE * (1 + made_random(seed, 9));
	assert_int_equal(report_set_printed(r, cell, wrong, NULL), ERR_OK);
	check(r, NULL, found);
	assert_int_equal(report_set_printed(r, cell, old, NULL), ERR_OK);
}

static void wrong_typed(struct report *r, size_t cell, unsigned *seed,
			struct findings *found)
{
	int64_t old = report_get(r, cell).number / NUM_ONE;

	made_set(r, cell, old + 1 + made_random(seed, 9));
	check(r, NULL, found);
	made_set(r, cell, old);
}

/* With the printed sums at hand, any wrong number of tables three and four. */
static void test_any_wrong_number(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int round = 0; round < 4; round++) {
		struct report *r = report_new(form);

		made_balanced(r, &seed);
		made_printed(r);
		assert_quiet(r);
		for (size_t i = 0; i < form->cell_count; i++) {
			struct findings found = { 0 };

			if (!in_section(i, "requests") &&
			    !in_section(i, "disputes"))
				continue;
			if (form->cells[i].part_count > 0)
				wrong_printed(r, i, &seed, &found);
			else
				wrong_typed(r, i, &seed, &found);
			assert_found(&found, i);
			findings_free(&found);
		}
		report_free(r);
	}
}

/* Every finding has all its words, and they stand in the form's order. */
static void test_whole(void **state)
{
	struct report *r = report_new(form), *last = report_new(form);
	struct findings found = { 0 };
	int count[SEVERITY_COUNT], unexplained, in = 0;
	size_t section = 0;

	(void)state;
	made_zero(last);
	made_zero(r);
	made_set(r, made_cell(form, "requests.carried_in.natural"), 4);
	made_set(r, made_cell(form, "disclosure.normative.in_force"), 9);
	report_type(r, made_cell(form, "overview.text"), "", NULL);
	report_type(r, made_cell(form, "requests.new.legal"), "", NULL);
	check(r, last, &found);
	assert_true(found.count >= 5);
	for (size_t i = 0; i < found.count; i++) {
		const struct finding *f = &found.list[i];

		assert_true(*f->where && *f->brief && *f->full);
		assert_non_null(f->facts);
		assert_non_null(f->section);
		assert_true(f->section->index >= section);
		section = f->section->index;
	}
	findings_count(&found, count, &unexplained);
	assert_int_equal(count[0] + count[1] + count[2], found.count);
	assert_int_equal(unexplained, count[SEVERITY_SOFT]);
	for (size_t i = 0; i < form->section_count; i++)
		in += findings_in(&found, &form->sections[i], SEVERITY_HARD);
	assert_int_equal(in, count[SEVERITY_HARD]);
	findings_free(&found);
	report_free(r);
	report_free(last);
}

/* Hard before soft where two are about one cell. */
static void test_about(void **state)
{
	struct report *r = report_new(form), *last = report_new(form);
	size_t cell = made_cell(form, "requests.carried_in.natural");
	struct findings found = { 0 };

	(void)state;
	made_zero(last);
	made_zero(r);
	made_set(r, cell, 4);
	check(r, last, &found);
	assert_non_null(findings_about(&found, cell));
	assert_string_equal(findings_about(&found, cell)->rule->id, "N1A");
	assert_null(findings_about(&found, made_cell(form, "other.fee_yuan")));
	findings_free(&found);
	report_free(r);
	report_free(last);
}

/* Facts change when the numbers do, and only then. */
static void test_facts(void **state)
{
	struct report *r = report_new(form);
	struct findings one = { 0 }, two = { 0 }, three = { 0 };

	(void)state;
	made_zero(r);
	made_set(r, made_cell(form, "requests.new.natural"), 4);
	check(r, NULL, &one);
	made_set(r, made_cell(form, "disputes.review.upheld"), 4);
	check(r, NULL, &two);
	made_set(r, made_cell(form, "requests.new.natural"), 5);
	check(r, NULL, &three);
	assert_string_equal(one.list[0].facts, two.list[0].facts);
	assert_string_not_equal(one.list[0].facts, three.list[0].facts);
	findings_free(&one);
	findings_free(&two);
	findings_free(&three);
	report_free(r);
}

/* A checklist item that the program judges is open in an untouched report, and
 * ticked once the section is right. */
static void test_items(void **state)
{
	struct report *blank = report_new(form), *done = report_new(form);
	struct findings none = { 0 }, found = { 0 };
	unsigned seed = 17, judged = 0, words = 0;

	(void)state;
	made_balanced(done, &seed);
	check(blank, NULL, &found);
	check(done, NULL, &none);
	for (size_t s = 0; s < form->section_count; s++) {
		const struct section_def *section = &form->sections[s];

		for (size_t i = 0; i < section->item_count; i++) {
			const struct item_def *item = &section->items[i];
			bool ticked = item_ticked(item, done, section, &none);

			assert_false(item_ticked(item, blank, section, &found));
			if (item->judge == ITEM_CLERK)
				assert_false(ticked);
			else if (item_in_text(item))
				words++;
			else if (++judged && !ticked)
				fail_msg("%s is not ticked", item->id);
		}
	}
	assert_true(judged > 3);
	assert_true(words > 3);
	findings_free(&none);
	findings_free(&found);
	report_free(blank);
	report_free(done);
}

static void test_item_words(void **state)
{
	const struct section_def *one = form_section(form, "overview");
	struct report *r = report_new(form);
	struct findings none = { 0 };
	struct str text = { 0 };
	size_t ticked = 0;

	(void)state;
	for (size_t i = 0; i < one->item_count; i++)
		if (item_in_text(&one->items[i]))
			str_add(&text, one->items[i].label);
	report_type(r, made_cell(form, "overview.text"), text.s, NULL);
	for (size_t i = 0; i < one->item_count; i++)
		if (item_in_text(&one->items[i])) {
			assert_true(item_ticked(&one->items[i], r, one, &none));
			ticked++;
		}
	assert_true(ticked >= 5);
	str_free(&text);
	report_free(r);
}

/* The list beside the text and the finding say the same of every topic. */
static void test_item_as_rule(void **state)
{
	static const char *const texts[] = {
		"主动公开各类信息，办理申请，清理文件，办好网站专栏。",
		"优化栏目，开展培训。", "问责两人，满意率九成，检查五次。"
	};
	const struct section_def *one = form_section(form, "overview");
	struct report *r = report_new(form);

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
		struct findings found = { 0 };
		struct str said = { 0 };

		str_add(&said, "");
		report_type(r, made_cell(form, "overview.text"), texts[k],
			    NULL);
		check(r, NULL, &found);
		for (size_t i = 0; i < found.count; i++)
			if (strcmp(found.list[i].rule->id, "S8") == 0)
				str_add(&said, found.list[i].brief);
		for (size_t i = 0; i < one->item_count; i++) {
			const struct item_def *item = &one->items[i];

			if (item->judge == ITEM_TOPIC &&
			    strcmp(item->words[0], "S8") == 0)
				assert_int_equal(
					!strstr(said.s, item->label),
					item_ticked(item, r, one, &found));
		}
		str_free(&said);
		findings_free(&found);
	}
	report_free(r);
}

/* A pattern that PCRE2 refuses says so once, and stops nothing else. */
static void test_wrong_pattern(void **state)
{
	struct rule_def *rules = calloc(form->rule_count, sizeof *rules);
	struct form_def copy = *form;
	struct findings found = { 0 };
	struct report *r;
	size_t patterns = 0;

	(void)state;
	memcpy(rules, form->rules, form->rule_count * sizeof *rules);
	for (size_t i = 0; i < form->rule_count; i++)
		if (rules[i].kind == RULE_PATTERN) {
			rules[i].pattern = "(";
			patterns++;
		}
	copy.rules = rules;
	r = report_new(&copy);
	made_zero(r);
	made_set(r, made_cell(form, "requests.new.natural"), 1);
	check(r, NULL, &found);
	assert_string_equal(found.list[0].rule->id, "N1A");
	for (size_t i = 1; i < found.count; i++)
		assert_non_null(strstr(found.list[i].brief, "式样写错了"));
	assert_int_equal(found.count, 1 + patterns);
	findings_free(&found);
	report_free(r);
	free(rules);
}

/* Every check that the form names is there. */
static void test_checks_known(void **state)
{
	(void)state;
	assert_false(lint_knows("no such check"));
	for (size_t i = 0; i < form->rule_count; i++)
		if (form->rules[i].kind == RULE_CHECK &&
		    !lint_knows(form->rules[i].check))
			fail_msg("%s: %s", form->rules[i].id,
				 form->rules[i].check);
}

/* ---- published reports, where they are at hand ---- */

static struct report *published(const char *name)
{
	char *path = made_path("../../shared/samples/real/");
	struct report *r = report_new(form);
	struct str file = { 0 }, text = { 0 };
	char *full = str_printf("%s%s", path, name), *rest, *line;

	made_zero(r);
	made_set(r, made_cell(form, "other.fee_notices"), 25);
	if (file_read(full, 1 << 20, &file, NULL)) {
		report_free(r);
		r = NULL;
	}
	for (rest = file.s; r && (line = strsep(&rest, "\n"));) {
		char *tab = strchr(line, '\t');
		size_t cell;

		if (!tab)
			continue;
		*tab = '=';
		str_clear(&text);
		str_addn(&text, line, (size_t)(tab - line));
		cell = made_cell(form, text.s);
		made_apply(r, line, form->cells[cell].part_count > 0);
	}
	str_free(&file);
	str_free(&text);
	free(full);
	free(path);
	return r;
}

static void test_published(void **state)
{
	static const struct {
		const char *file, *last, *rules;
	} rows[] = {
		/* the fees stand in the narrative, see samples/README */
		{ "suqian_city_2023.tsv", NULL, "" },
		{ "suqian_city_2024.tsv", "suqian_city_2023.tsv", "" },
		{ "hongze_district_2023.tsv", NULL, "N1D N1D " },
		/* 许可 550 to 9487: true, and to be explained */
		{ "hongze_district_2024.tsv", "hongze_district_2023.tsv",
		  "N10 " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char problems[] = "problems.text=栏目更新较慢，解读形式单一。";
		struct report *r = published(rows[i].file);
		struct report *last =
			rows[i].last ? published(rows[i].last) : NULL;
		struct findings found = { 0 };
		struct str ids = { 0 };

		if (!r) {
			print_message("# no ../shared/samples: not run\n");
			return;
		}
		/* the files have no texts: not those of this year again */
		if (last)
			made_apply(last, problems, false);
		check(r, last, &found);
		str_clear(&ids);
		for (size_t k = 0; k < found.count; k++)
			str_addf(&ids, "%s ", found.list[k].rule->id);
		assert_string_equal(ids.s, rows[i].rules);
		str_free(&ids);
		if (found.count == 2) {
			assert_non_null(strstr(found.list[0].brief, "11"));
			assert_non_null(strstr(found.list[0].brief, "印的是0"));
			assert_non_null(strstr(found.list[1].brief, "相差5"));
		}
		findings_free(&found);
		report_free(r);
		report_free(last);
	}
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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_wrong_cell),
		cmocka_unit_test(test_any_wrong_number),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_about),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_item_words),
		cmocka_unit_test(test_item_as_rule),
		cmocka_unit_test(test_wrong_pattern),
		cmocka_unit_test(test_checks_known),
		cmocka_unit_test(test_published),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
