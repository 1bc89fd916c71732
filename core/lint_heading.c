/* S4: headings whose numbers skip one: a paragraph was lost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"

#define NUMERAL "[一二三四五六七八九]"

/* A way of numbering paragraphs, what stands before and behind the number. */
static const struct style {
	const char *pattern, *before, *behind;
} styles[] = {
	{ "^[ \t　]*\\K" NUMERAL "、", "", "、" },
	{ "^[ \t　]*\\K（" NUMERAL "）", "（", "）" },
	{ "^[ \t　]*\\K" NUMERAL "是", "", "是" },
	{ "^[ \t　]*\\K[0-9]{1,2}[.．、](?![0-9])", "", "." },
	{ "^[ \t　]*\\K（[0-9]{1,2}）", "（", "）" },
};

/* The number as the heading has it: 二, or 2. */
static void add_number(struct str *out, const struct style *s, int n)
{
	static const char *const numerals[] = { "一", "二", "三", "四", "五",
						"六", "七", "八", "九" };
	bool arabic = strstr(s->pattern, "[0-9]") != NULL;

	if (!arabic && n >= 1 && n <= 9)
		str_add(out, numerals[n - 1]);
	else
		str_addf(out, "%d", n);
}

/* Does the number that is missing stand within a paragraph between them? */
static bool runs_in(const struct style *s, int n, const char *text, size_t from,
		    size_t to)
{
	struct str mark = { 0 };
	bool found;

	str_add(&mark, s->before);
	add_number(&mark, s, n);
	str_add(&mark, s->behind);
	found = memmem(text + from, to - from, mark.s, mark.len) != NULL;
	str_free(&mark);
	return found;
}

/* Two headings, the second of which should have come later. */
struct gap {
	const struct style *style;
	int before, behind;
	struct match at;
};

static bool find_gap(const struct style *s, const char *text, struct gap *out)
{
	size_t len = strlen(text), from = 0;
	struct match m;
	int last = 0;

	for (; pattern_find(s->pattern, text, len, from, &m); from = m.end) {
		int n = lint_numeral(text + m.start, m.end - m.start);

		if (last > 0 && n > last + 1 &&
		    !runs_in(s, last + 1, text, from, m.start)) {
			*out = (struct gap){ s, last, n, m };
			return true;
		}
		last = n;
	}
	return false;
}

static void say_gap(const struct job *job, size_t cell, const struct gap *g)
{
	struct matches one = { 0 };
	struct str before = { 0 }, behind = { 0 };
	bool bracketed = *g->style->before != '\0';

	str_add(&before, g->style->before);
	str_add(&behind, g->style->before);
	add_number(&before, g->style, g->before);
	add_number(&behind, g->style, g->behind);
	str_add(&before, bracketed ? g->style->behind : "");
	str_add(&behind, bracketed ? g->style->behind : "");
	lint_match(&one, g->at.start, g->at.end);
	lint_reword(
		lint_matches(job, cell, &one),
		str_printf(_("序号不连：“%s”后面是“%s”"), before.s, behind.s));
	free(one.list);
	str_free(&before);
	str_free(&behind);
}

void lint_skipped_headings(const struct job *job)
{
	for (size_t i = 0; i < job->form->cell_count; i++) {
		struct gap gap;

		if (job->form->cells[i].kind != FIELD_PROSE)
			continue;
		for (size_t k = 0; k < sizeof styles / sizeof *styles; k++)
			if (find_gap(&styles[k], lint_text(job, i), &gap)) {
				say_gap(job, i, &gap);
				break;
			}
	}
}
