/* What a pattern needs: a pattern that matches is never passed over. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/lint_pattern.h"
#include "core/lint_start.h"
#include "core/mem.h"
#include "tests/made.h"

static bool allows(const char *pattern, const char *text)
{
	struct needles n;
	struct spots *sp = spots_new(text, strlen(text));
	bool may;

	needles_of(pattern, &n);
	may = spots_allow(sp, text, &n, 0, strlen(text));
	needles_free(&n);
	spots_free(sp);
	return may;
}

static void test_needs(void **state)
{
	static const struct {
		const char *pattern, *met, *missed; /* missed: or NULL */
	} cases[] = {
		{ "办结", "已办结", "已结办" },
		{ "办结|答复", "答复", "答办" },
		{ "(?:未|没有)收到[^，]*申请", "没有申请收到", "没收到" },
		{ "公开?信", "公信", "公开" },
		{ "公+开信", "公公开信", "公开" },
		{ "公{0,2}开信", "开信", "公开" },
		{ "公{2}开", "公公开", "公公" },
		{ "[和及与]案", "及案", "或案" },
		{ "[^和]案", "案", "和" },
		{ "[]案]件", "]件", "案" },
		{ "[0-2]件", "2件", "3件" },
		{ "[０-２1-]件", "-件", "0件" },
		{ "[\\[\\]-]件", "]件", "件" },
		{ "[一-龥]件", "件", "一" },
		{ "[a-z0-9]件|[0-9a-zA-Z]案", "案", "一" },
		{ "(?=上|下)半年", "上半年", "半年" },
		{ "(?!上)半年", "半年", "上年" },
		{ "(?<=上)半年", "半年", "上年" },
		{ "(?:甲|乙?)件", "件", "甲" },
		{ "(?:甲|)件", "件", "甲" },
		{ "(?i:qq)号", "QQ号", "qq" },
		{ "a\\.b", "a.b", "ab" },
		{ "20\\d\\d年", "2024年", "2024" },
		{ "\\p{Han}{2}件", "件", "案" },
		{ "(案)\\1", "件", NULL }, /* not understood: always run */
		{ "案{,3}", "", NULL },
		{ "(?i)a", "A", NULL },
		{ "\\x{4e00}", "一", NULL },
		{ "[[:alpha:]]", "一", NULL },
		{ "", "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(allows(cases[i].pattern, cases[i].met));
		if (cases[i].missed)
			assert_false(allows(cases[i].pattern, cases[i].missed));
	}
}

static void test_spots(void **state)
{
	static const char text[] = "公开，不公开1件公开";
	const struct needle word = needle_of("公开", strlen("公开"));
	struct spots *sp = spots_new(text, strlen(text));

	(void)state;
	assert_int_equal(spots_find(sp, text, &word, 0, strlen(text)), 0);
	assert_int_equal(spots_find(sp, text, &word, 1, strlen(text)), 12);
	assert_int_equal(spots_find(sp, text, &word, 12, 18), 12);
	assert_true(spots_find(sp, text, &word, 12, 17) == SIZE_MAX);
	assert_int_equal(spots_find(sp, text, &word, 13, strlen(text)), 22);
	spots_free(sp);
	sp = spots_new("", 0);
	assert_true(spots_find(sp, "", &word, 0, 0) == SIZE_MAX);
	spots_free(sp);
}

/* ---- where a match begins ---- */

static void test_starts(void **state)
{
	static const struct {
		const char *pattern, *text;
		size_t next; /* SIZE_MAX: nothing is known */
	} cases[] = {
		{ "(?=[共总])(?:共有|总计)", "本年总计", 6 },
		{ "(?=[共总])共|(?=[a-c件])件", "本年b件", 6 },
		{ "(?=^|[；])x", "本年", 0 },
		{ "(?=^|[；])x", "\n本", 0 },
		{ "(?=[\\s])x", "本\u3000", 3 },
		{ "(?=[\\[])x", "本[", 3 },
		{ "(?=[])x", "本", SIZE_MAX },
		{ "(?=[^共])x", "本", SIZE_MAX },
		{ "(?=[共])x|总", "本", SIZE_MAX },
		{ "(?=共)x", "本", SIZE_MAX },
		{ "(?=[\\d])x", "本", SIZE_MAX },
		{ "[共总]x", "本", SIZE_MAX },
		{ "(?=[共](", "本", SIZE_MAX },
		{ "(?=[共])(x", "本", SIZE_MAX },
		{ "", "本", SIZE_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct starts st;
		size_t len = strlen(cases[i].text);

		starts_of(cases[i].pattern, &st);
		if (st.known != (cases[i].next != SIZE_MAX))
			fail_msg("%s", cases[i].pattern);
		if (st.known)
			assert_int_equal(
				starts_next(&st, cases[i].text, len, 0),
				cases[i].next);
	}
}

/* In brackets nothing is known of it, and it finds the same. */
static size_t same_matches(const char *pattern, const char *plain,
			   const char *line)
{
	struct matches a = { 0 }, b = { 0 };
	size_t count;

	pattern_all(pattern, NULL, line, strlen(line), &a);
	pattern_all(plain, NULL, line, strlen(line), &b);
	if (a.count != b.count ||
	    (a.count && memcmp(a.list, b.list, a.count * sizeof *a.list)))
		fail_msg("%s\nfinds something else in %s", pattern, line);
	count = a.count;
	free(a.list);
	free(b.list);
	return count;
}

static void test_same_matches(void **state)
{
	static const char *const lines[] = {
		"青溪县政府深入推进。全县20XX年公开待补充（此处填写）件，",
		"共收到申请件，年　月　日。通过宿迁市政府网站，贵局通知",
		"\n一是x县，10% 比上年，各乡镇政府、市教育局等3个单位",
		"2023年上半年，截至6月底，全年1至9月，近三年，第三季度",
		"没有收到申请，未发生复议；依申请公开0件，不予公开",
	};
	const struct form_def *form = made_form("ogi-2021");
	/* a pattern is known by where its text lies */
	char **plain = xcalloc(form->pattern_count, sizeof *plain);
	size_t known = 0, found = 0;

	(void)state;
	for (size_t i = 0; i < form->pattern_count; i++) {
		struct starts st;

		starts_of(form->patterns[i].text, &st);
		known += st.known;
		plain[i] = str_printf("(?:%s)", form->patterns[i].text);
		for (size_t k = 0; st.known && k < sizeof lines / sizeof *lines;
		     k++)
			found += same_matches(form->patterns[i].text, plain[i],
					      lines[k]);
	}
	assert_true(known > 4 && found > 5);
	for (size_t i = 0; i < form->pattern_count; i++)
		free(plain[i]);
	free(plain);
	made_form_free();
}

/* ---- the form's patterns over real sentences ---- */

static size_t matched, passed_over;

static void try(const char *pattern, const char *line, const struct spots *sp)
{
	size_t len = strlen(line);
	bool fits, may;

	if (!pattern || !len)
		return;
	may = spots_allow(sp, line, pattern_needles(pattern), 0, len);
	fits = pattern_fits(pattern, line, len);
	if (fits && !may)
		fail_msg("%s\npassed over in %s", pattern, line);
	matched += fits;
	passed_over += !may;
}

static void try_claims(const struct claims_def *d, const char *line,
		       const struct spots *sp)
{
	const char *const words[] = {
		d->silence, d->people,    d->neutral,   d->silence_behind,
		d->channel, d->office,    d->parts,     d->wider,
		d->denied,  d->part_year, d->whole_year
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		try(words[i], line, sp);
	for (size_t i = 0; i < d->topic_count; i++)
		try(d->topics[i].pattern, line, sp);
	for (size_t i = 0; i < d->class_count; i++)
		try(d->classes[i].alone, line, sp);
	for (size_t i = 0; i < d->claim_count; i++) {
		const struct claim_def *c = &d->claims[i];
		const char *const own[] = { c->pattern, c->after, c->unless,
					    c->shun,    c->needs, c->before,
					    c->past,    c->told };

		for (size_t k = 0; k < sizeof own / sizeof *own; k++)
			try(own[k], line, sp);
	}
}

static void test_form(void **state)
{
	const struct form_def *form = made_form("ogi-2021");
	char *path = made_path("cases/figures5.txt"), *rest, *line;
	struct str text = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(file_read(path, 1 << 20, &text, &err), ERR_OK);
	rest = text.s;
	while ((line = strsep(&rest, "\n"))) {
		struct spots *sp = spots_new(line, strlen(line));

		for (size_t i = 0; i < form->rule_count; i++) {
			try(form->rules[i].pattern, line, sp);
			try(form->rules[i].except, line, sp);
		}
		try_claims(&form->claims, line, sp);
		spots_free(sp);
	}
	assert_true(matched > 1000);
	assert_true(passed_over > 10 * matched); /* or it is of no use */
	str_free(&text);
	free(path);
	made_form_free();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_spots),
		cmocka_unit_test(test_starts),
		cmocka_unit_test(test_same_matches),
		cmocka_unit_test(test_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
