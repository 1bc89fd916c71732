/* Reports beside other units': Q2, Q8, N24, N26. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/rule.h"
#include "core/sibling.h"
#include "core/str.h"
#include "tests/made.h"

enum {
	UNITS = 14,
};

static const struct form_def *form;

/* What a unit has: texts by the numbers of their sentences. */
struct one {
	enum unit_kind kind;
	const char *above; /* reports_to, or NULL */
	int from, count;   /* its own sentences */
	int shared;        /* sentences that everybody has, before them */
	const char *numbers;
};

static struct one units[UNITS];
static size_t unit_count;

/* Thirty characters that no other sentence has in this order. */
static void add_sentence(struct str *out, int number)
{
	unsigned seed = (unsigned)number * 2654435761u + 12345;

	for (int i = 0; i < 30; i++) {
		unsigned c = 0x4e00 + (seed >> 8) % 0x3000;

		str_addf(out, "%c%c%c", 0xe0 | c >> 12, 0x80 | (c >> 6 & 0x3f),
			 0x80 | (c & 0x3f));
		seed = seed * 1103515245u + 12345;
	}
	str_add(out, "。");
}

static void set_text(struct report *r, const char *path, const char *text)
{
	struct value v = { VALUE_TEXT, 0, text };

	report_set(r, made_cell(form, path), v, NULL);
}

static struct report *report_of(const struct one *u)
{
	struct report *r = report_new(form);
	struct str text = { 0 };
	char *numbers = u->numbers ? strdup(u->numbers) : NULL;
	char *rest = numbers, *one;

	str_add(&text, "");
	for (int i = 0; i < u->shared; i++)
		add_sentence(&text, 1000000 + i);
	for (int i = 0; i < u->count; i++)
		add_sentence(&text, u->from + i);
	made_zero(r);
	set_text(r, "problems.text", "");
	set_text(r, "overview.text", text.s);
	while (rest && (one = strsep(&rest, " ")))
		made_apply(r, one, false);
	free(numbers);
	str_free(&text);
	return r;
}

static struct unit *unit_of(size_t i)
{
	char *name = str_printf("青溪县第%zu局", i);
	struct unit *u = unit_new(name);

	u->kind = units[i].kind;
	if (units[i].above) {
		free(u->reports_to);
		u->reports_to = strdup(units[i].above);
	}
	free(name);
	return u;
}

static struct report *read_again(void *from, int64_t id)
{
	(void)from;
	return report_of(&units[id - 1]);
}

/* What the rule finds in the report of unit 0, or NULL; free it. */
static char *found(const char *rule)
{
	struct siblings *all = siblings_new(form, read_again, NULL);
	struct report *now = report_of(&units[0]);
	struct unit *u = unit_of(0);
	struct check_input in = { .now = now,
				  .unit = u,
				  .state_date = "2026-01-12",
				  .siblings = all,
				  .id = 1 };
	struct findings f = { 0 };
	char *full = NULL;

	for (size_t i = unit_count; i-- > 0;) {
		struct report *r = report_of(&units[i]);
		struct unit *other = unit_of(i);

		siblings_add(all, (int64_t)i + 1, other, r);
		unit_free(other);
		report_free(r);
	}
	siblings_close(all);
	rule_check(&in, &f);
	for (size_t i = 0; i < f.count; i++)
		if (strcmp(f.list[i].rule->id, rule) == 0) {
			assert_null(full);
			assert_string_not_equal(f.list[i].facts, "");
			full = strdup(f.list[i].full);
		}
	findings_free(&f);
	siblings_free(all);
	report_free(now);
	unit_free(u);
	return full;
}

static void expect(const char *rule, const char *says)
{
	char *full = found(rule);

	if (!says) {
		assert_null(full);
		return;
	}
	assert_non_null(full);
	if (!strstr(full, says))
		fail_msg("%s: %s", rule, full);
	free(full);
}

/* `n` departments with texts of their own, twenty sentences each. */
static void set_up(size_t n)
{
	unit_count = n;
	for (size_t i = 0; i < n; i++)
		units[i] = (struct one){ .kind = UNIT_DEPARTMENT,
					 .from = (int)i * 1000,
					 .count = 20 };
}

static void test_text(void **state)
{
	(void)state;
	set_up(6);
	expect("Q2", NULL);
	/* exactly half is no finding, more is */
	units[3].from = 10;
	expect("Q2", NULL);
	units[3].from = 9;
	expect("Q2", "55%与青溪县第3局");
	units[3].from = 0;
	expect("Q2", "100%与青溪县第3局");
	expect("Q2", "对方：");
	/* the nearest one is named */
	units[4].from = 5;
	expect("Q2", "100%与青溪县第3局");
}

static void test_kin(void **state)
{
	(void)state;
	set_up(6);
	units[3].from = 0;
	units[3].kind = UNIT_TOWN;
	expect("Q2", NULL);
	set_up(6);
	units[3].from = 0;
	units[3].above = "青溪县第0局";
	expect("Q2", NULL);
	units[3].above = NULL;
	units[0].above = "青溪县第3局";
	expect("Q2", NULL);
}

/* What all have counts for nobody, unless it is most of the text. */
static void test_shared(void **state)
{
	(void)state;
	set_up(UNITS);
	for (size_t i = 0; i < UNITS; i++)
		units[i].shared = 10;
	expect("Q2", NULL);
	for (size_t i = 0; i < UNITS; i++)
		units[i].shared = 20;
	expect("Q2", NULL); /* half */
	for (size_t i = 0; i < UNITS; i++)
		units[i].shared = 25;
	expect("Q2", "55%是许多单位都一字不差的话");
	/* and what is copied beside it is told of what is one's own */
	for (size_t i = 0; i < UNITS; i++)
		units[i].shared = 10;
	units[5].from = 2;
	expect("Q2", "90%与青溪县第5局");
}

static void test_length(void **state)
{
	(void)state;
	set_up(10);
	expect("Q8", NULL);
	units[0].count = 7;
	expect("Q8", NULL);
	units[0].count = 6;
	expect("Q8", "同类单位（9个）");
	units[0].count = 61;
	expect("Q8", "同类单位（9个）");
	unit_count = 8; /* seven others are too few */
	expect("Q8", NULL);
}

static void test_numbers(void **state)
{
	static const char *const others[] = {
		"disclosure.licensing.decisions=95",
		"disclosure.licensing.decisions=110"
	};

	(void)state;
	set_up(10);
	for (size_t i = 1; i < 10; i++)
		units[i].numbers = others[i % 2];
	expect("N24", "同类单位（9个）多在");
	units[0].numbers = "disclosure.licensing.decisions=86";
	expect("N24", NULL);
	units[0].numbers = "disclosure.licensing.decisions=1099";
	expect("N24", NULL);
	units[0].numbers = "disclosure.licensing.decisions=1110";
	expect("N24", "多在");
	units[0].numbers = NULL;
	units[1].numbers = units[2].numbers = NULL; /* others have none, too */
	expect("N24", NULL);
	unit_count = 8;
	expect("N24", NULL);
}

static void test_tables(void **state)
{
	static const char five[] =
		"requests.new.natural=3 requests.disclosed.natural=3"
		" disclosure.licensing.decisions=7"
		" disclosure.penalties.decisions=2"
		" disclosure.fees.amount=1.5";
	static const char four[] =
		"requests.new.natural=3 requests.disclosed.natural=3"
		" disclosure.licensing.decisions=7"
		" disclosure.penalties.decisions=2";

	(void)state;
	set_up(6);
	expect("N26", NULL); /* all are 0 */
	units[0].numbers = units[2].numbers = four;
	expect("N26", NULL); /* chance */
	units[0].numbers = units[2].numbers = five;
	expect("N26", "与青溪县第2局的完全相同");
	for (size_t i = 0; i < 6; i++)
		units[i].numbers = five;
	expect("N26", "第1局、青溪县第2局、青溪县第3局等5个单位");
	set_up(6);
	units[0].numbers = five;
	units[2].numbers = "requests.new.natural=4 requests.disclosed.natural=4"
			   " disclosure.licensing.decisions=7"
			   " disclosure.penalties.decisions=2"
			   " disclosure.fees.amount=1.5";
	expect("N26", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),    cmocka_unit_test(test_kin),
		cmocka_unit_test(test_shared),  cmocka_unit_test(test_length),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_tables),
	};
	int failed;

	form = made_form("ogi-2021");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	made_form_free();
	return failed;
}
