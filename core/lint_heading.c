/* S4: headings whose numbers skip one: a paragraph was lost. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/lint_prose.h"
#include "core/report_impl.h"
#include "core/tr.h"

/* A way of numbering paragraphs: what stands before and behind the number. */
static const struct style {
	const char *before, *behind;
	bool arabic;
} styles[] = {
	{ "", "、", false },  { "（", "）", false }, { "", "是", false },
	{ "", ".", true },    { "", "．", true },    { "", "、", true },
	{ "（", "）", true },
};

#define STYLES (sizeof styles / sizeof *styles)

static const char *const numerals[] = { "一", "二", "三", "四", "五",
					"六", "七", "八", "九" };

/* The number as the heading has it: 二, or 2. */
static void add_number(struct str *out, const struct style *s, int n)
{
	if (!s->arabic && n >= 1 && n <= 9)
		str_add(out, numerals[n - 1]);
	else
		str_addf(out, "%d", n);
}

/* The number s begins with, and its length; 0: it has none. */
static int number_at(const char *s, bool arabic, size_t *len)
{
	*len = arabic ? strspn(s, "0123456789") : strlen(numerals[0]);
	if (arabic)
		return *len == 1 || *len == 2 ? atoi(s) : 0;
	for (int n = 0; n < 9; n++)
		if (strncmp(s, numerals[n], *len) == 0)
			return n + 1;
	return 0;
}

/* The number of the heading at s, and its length; 2024.5 is none. */
static int heading_at(const char *s, const struct style *style, size_t *len)
{
	size_t before = strlen(style->before), behind = strlen(style->behind);
	size_t digits;
	int n;

	if (strncmp(s, style->before, before) != 0)
		return 0;
	n = number_at(s + before, style->arabic, &digits);
	*len = before + digits + behind;
	if (n == 0 || strncmp(s + before + digits, style->behind, behind) != 0)
		return 0;
	return style->arabic && s[*len] >= '0' && s[*len] <= '9' ? 0 : n;
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

static bool find_gap(const struct style *s, const struct place *list,
		     size_t count, const char *text, struct gap *out)
{
	size_t from = 0, len;
	int last = 0;

	for (size_t i = 0; i < count; i++) {
		size_t at = list[i].at;
		int n;

		while (text[at] == ' ' || text[at] == '\t' ||
		       strncmp(text + at, "　", strlen("　")) == 0)
			at += text[at] == ' ' || text[at] == '\t'
				      ? 1
				      : strlen("　");
		n = heading_at(text + at, s, &len);
		if (n == 0)
			continue;
		if (last > 0 && n > last + 1 &&
		    !runs_in(s, last + 1, text, from, at)) {
			*out = (struct gap){ s, last, n, { at, at + len } };
			return true;
		}
		last = n;
		from = at + len;
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
		const struct place *list;
		size_t count;
		struct gap gap;

		if (job->form->cells[i].kind != FIELD_PROSE)
			continue;
		list = prose_cell(report_prose(job->now), job->now, i, &count);
		for (size_t k = 0; k < STYLES; k++)
			if (find_gap(&styles[k], list, count, lint_text(job, i),
				     &gap)) {
				say_gap(job, i, &gap);
				break;
			}
	}
}
