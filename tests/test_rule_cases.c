#include "tests/unit.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/rule.h"
#include "core/site.h"
#include "tests/made.h"

static const struct form_def *form;

#define CASES 800 /* room */

struct expected {
	char *rule, *severity, *paths;
	char *says[8]; /* "brief …", "full …", "where …", "facts …" */
	size_t say_count;
};

/* A case at work: the reports are made as its lines are read. */
struct story {
	char *title;
	struct report *now, *last;
	struct unit unit;
	bool has_unit;
	struct site site;
	struct outside outside;
	struct aside aside;
	char *due, *only; /* ids of the rules asked about, or NULL */
	bool unreviewed;
	struct expected expected[16];
	size_t count;
};

static struct str cases_text;

/* Last year's problems were others, or Q7 is in every case. */
static struct report *last_of(struct story *s)
{
	char problems[] = "problems.text=栏目更新较慢，解读形式单一。";

	if (!s->last) {
		s->last = report_new(form);
		made_zero(s->last);
		made_apply(s->last, problems, false);
	}
	return s->last;
}

static void do_printed(struct story *s, char *rest)
{
	made_apply(s->now, rest, true);
}

static void do_last(struct story *s, char *rest)
{
	made_apply(last_of(s), rest, false);
}

static void do_year(struct story *s, char *rest)
{
	report_set_subject(s->now, "青溪县民政局", atoi(rest));
}

static void do_fill(struct story *s, char *rest)
{
	assert_string_equal(rest, "zero");
	made_zero(s->now);
}

static void do_unit(struct story *s, char *rest)
{
	static char name[] = "青溪县民政局";

	s->has_unit = true;
	s->unit.name = name;
	assert_true(unit_kind_parse(rest, &s->unit.kind));
}

static void do_kind_set(struct story *s, char *rest)
{
	s->unit.kind_set = strcmp(rest, "yes") == 0;
}

/* unit-text KEY VALUE, site KEY VALUE: a member by its key. */
static void do_unit_text(struct story *s, char *rest)
{
	const char *key = strsep(&rest, " ");

#define MEMBER(member, word, label)                                            \
	if (strcmp(key, word) == 0)                                            \
		s->unit.member = rest;
	UNIT_TEXT_LIST(MEMBER)
#undef MEMBER
	if (strcmp(key, "name") == 0) {
		s->unit.name = rest;
		report_set_subject(s->now, rest, report_year(s->now));
	}
}

static void do_site(struct story *s, char *rest)
{
	const char *key = strsep(&rest, " ");

#define MEMBER(member, word)                                                   \
	if (strcmp(key, word) == 0)                                            \
		s->site.member = rest;
	SITE_TEXT_LIST(MEMBER)
#undef MEMBER
#define MEMBER(member, word)                                                   \
	if (strcmp(key, word) == 0)                                            \
		s->site.member = atoi(rest);
	SITE_NUMBER_LIST(MEMBER)
#undef MEMBER
}

static void do_outside(struct story *s, char *rest)
{
	s->outside.rule = strsep(&rest, " ");
	s->outside.path = strsep(&rest, " ");
	if (strcmp(s->outside.path, "-") == 0)
		s->outside.path = "";
	s->outside.text = rest;
}

static void do_aside(struct story *s, char *rest)
{
	s->aside.path = strsep(&rest, " ");
	s->aside.words = rest;
}

static void do_due(struct story *s, char *rest)
{
	s->due = rest;
}

static void do_only(struct story *s, char *rest)
{
	s->only = rest;
}

static void do_unreviewed(struct story *s, char *rest)
{
	s->unreviewed = strcmp(rest, "yes") == 0;
}

static void do_expect(struct story *s, char *rest)
{
	struct expected *e = &s->expected[s->count++];

	assert_true(s->count <= sizeof s->expected / sizeof *s->expected);
	e->rule = strsep(&rest, " ");
	e->severity = strsep(&rest, " ");
	e->paths = rest;
	assert_non_null(rest);
}

static void do_says(struct story *s, char *line)
{
	struct expected *e;

	assert_true(s->count > 0);
	e = &s->expected[s->count - 1];
	assert_true(e->say_count < sizeof e->says / sizeof *e->says);
	e->says[e->say_count++] = line;
}

static const struct {
	const char *word;
	void (*run)(struct story *s, char *rest);
} words[] = {
	{ "fill ", do_fill },
	{ "last ", do_last },
	{ "unit ", do_unit },
	{ "kind_set ", do_kind_set },
	{ "unit-text ", do_unit_text },
	{ "site ", do_site },
	{ "outside ", do_outside },
	{ "aside ", do_aside },
	{ "due ", do_due },
	{ "only ", do_only },
	{ "unreviewed ", do_unreviewed },
	{ "printed ", do_printed },
	{ "year ", do_year },
	{ "expect ", do_expect },
};

static void run_line(struct story *s, char *line)
{
	static const char *const says[] = { "brief ", "full ", "where ",
					    "facts " };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(line, words[i].word, strlen(words[i].word)) == 0) {
			words[i].run(s, line + strlen(words[i].word));
			return;
		}
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		if (strncmp(line, says[i], strlen(says[i])) == 0) {
			do_says(s, line);
			return;
		}
	made_apply(s->now, line, false);
}

static void name_paths(const struct finding *f, struct str *out)
{
	str_clear(out);
	for (size_t i = 0; i < f->cell_count; i++)
		str_addf(out, "%s%s", i ? "," : "",
			 form->cells[f->cells[i]].path);
	if (f->cell_count == 0)
		str_add(out, "-");
}

/* A list that ends in ,… is only how the paths begin. */
static bool paths_fit(const char *got, const char *wanted)
{
	const char *more = strstr(wanted, ",…");

	if (strcmp(wanted, "…") == 0)
		return true;
	if (more)
		return strncmp(got, wanted, (size_t)(more - wanted)) == 0;
	return strcmp(got, wanted) == 0;
}

static void compare_words(const struct story *s, const struct finding *f,
			  const char *says)
{
	const char *wanted = strchr(says, ' ') + 1;
	const char *got = says[0] == 'b'   ? f->brief
			  : says[1] == 'u' ? f->full
			  : says[0] == 'w' ? f->where
					   : f->facts;

	if (!strstr(got, wanted))
		fail_msg("%s: %s\ngot: %s", s->title, says, got);
}

static void compare(const struct story *s, const struct findings *found)
{
	struct str paths = { 0 };

	for (size_t i = 0; i < found->count && i < s->count; i++) {
		const struct finding *f = &found->list[i];
		const struct expected *e = &s->expected[i];

		name_paths(f, &paths);
		if (strcmp(f->rule->id, e->rule) != 0 ||
		    strcmp(severity_word(f->severity), e->severity) != 0 ||
		    !paths_fit(paths.s, e->paths))
			fail_msg("%s: wanted %s %s %s\ngot %s %s %s\n%s",
				 s->title, e->rule, e->severity, e->paths,
				 f->rule->id, severity_word(f->severity),
				 paths.s, f->brief);
		for (size_t k = 0; k < e->say_count; k++)
			compare_words(s, f, e->says[k]);
	}
	if (found->count > s->count)
		fail_msg("%s: one more: %s %s", s->title,
			 found->list[s->count].rule->id,
			 found->list[s->count].brief);
	if (found->count < s->count)
		fail_msg("%s: missing: %s", s->title,
			 s->expected[found->count].rule);
	str_free(&paths);
}

/* What the case is not about is not looked at. */
static void leave_only(struct findings *found, const char *only)
{
	size_t kept = 0;

	for (size_t i = 0; only && i < found->count; i++) {
		struct finding it = found->list[i];

		if (!form_lists(only, it.rule->id)) {
			struct findings one = { xcalloc(1, sizeof it), 1, 1 };

			*one.list = it;
			findings_free(&one);
			continue;
		}
		found->list[kept++] = it;
	}
	if (only)
		found->count = kept;
}

static void run_case(void **state)
{
	struct story s = { .title = xstrdup(*state) };
	char none[] = "", *rest = s.title, *line;
	struct findings found = { 0 };
	struct check_input in = { 0 };

	s.now = report_new(form);
	report_set_subject(s.now, "青溪县民政局", 2025);
#define MEMBER(member, word, label) s.unit.member = none;
	UNIT_TEXT_LIST(MEMBER)
#undef MEMBER
	s.unit.name = none;
	s.site = *site_default();
	strsep(&rest, "\n");
	while ((line = strsep(&rest, "\n")))
		if (*line && *line != '#')
			run_line(&s, line);
	in = (struct check_input){ .now = s.now,
				   .last = s.last,
				   .unit = s.has_unit ? &s.unit : NULL,
				   .state_date = "2026-01-12",
				   .site = &s.site,
				   .outside = &s.outside,
				   .outside_count = s.outside.rule != NULL,
				   .asides = &s.aside,
				   .aside_count = s.aside.path != NULL,
				   .due = s.due,
				   .due_basis = "条例第四十九条",
				   .unreviewed = s.unreviewed };
	rule_check(&in, &found);
	leave_only(&found, s.only);
	compare(&s, &found);
	findings_free(&found);
	report_free(s.now);
	report_free(s.last);
	free(s.title);
}

/* Cases begin with "= TITLE". */
static void read_cases(struct CMUnitTest *tests, size_t room)
{
	static char names[CASES][80];
	char *path = made_path("cases/rules.txt"), *at;
	struct err err = { 0 };
	size_t n = 0;

	if (file_read(path, 1 << 20, &cases_text, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	free(path);
	for (at = strstr(cases_text.s, "\n= "); at && n < room;
	     at = strstr(at, "\n= ")) {
		*at = '\0';
		at += 3;
		snprintf(names[n], sizeof names[n], "%.*s",
			 (int)strcspn(at, "\n"), at);
		tests[n].name = names[n];
		tests[n].test_func = run_case;
		tests[n++].initial_state = at;
	}
	assert(!at);
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
	str_free(&cases_text);
	return 0;
}

int main(void)
{
	static struct CMUnitTest tests[CASES];

	read_cases(tests, CASES);
	return cmocka_run_group_tests(tests, start, finish);
}
