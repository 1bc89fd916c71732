/* N5: 办结率 and others: shares by their name. */
#include <string.h>

#include "core/lint_ask.h"
#include "core/num.h"
#include "core/rule_impl.h"

/* The words before 率: all of them, 网上办理率 is not 办理率. */
static bool stem_of(const struct ask *a, const char **stem, size_t *len)
{
	const struct said *s = ask_said(a, a->i);
	struct match m;

	if (!pattern_last(
		    "(?:全年|本年度?|总体|综合|整体)?\\K[一-龥]{2,}?(?=率)",
		    a->at->text + s->window, s->words_end - s->window, &m))
		return false;
	*stem = a->at->text + s->window + m.start;
	*len = m.end - m.start;
	return true;
}

/* 收回问卷612份，有效回收率: the word is turned round. */
static bool is_taken_back(const struct ask *a, const struct said *s,
			  const char *stem, size_t len)
{
	return pattern_fits("回收$", stem, len) &&
	       place_fits(a->at, "收回|回收", s->window, s->figure.start);
}

/* Is it the last figure before the rate, of a larger one of its unit? */
static bool has_larger(const struct ask *a, const struct said *s)
{
	size_t k = (size_t)(s - a->c->list);

	return k + 1 == a->i && share_larger_before(a, k, false);
}

/* 办结申请95件 is of 办结率, 补正告知书13份 not of 补正率. */
static bool bears(const struct ask *a, const struct said *s, const char *stem,
		  size_t len)
{
	const char *from = a->at->text + s->window, *at = NULL;
	const char *end = a->at->text + s->figure.start, *next;

	while ((next = memmem(from, (size_t)(end - from), stem, len))) {
		at = next;
		from = next + len;
	}
	if (!at)
		return is_taken_back(a, s, stem, len);
	if (at == a->at->text + s->window && has_larger(a, s))
		return true; /* 公开办理结果558件 */
	return (size_t)(a->at->text + s->figure.start - (at + len)) <=
	       2 * strlen("率");
}

/* One more, and those so far together. */
static void add_up(struct numbers *n, int64_t one)
{
	int64_t sum = n->count ? n->list[n->count - 1] : 0;

	ask_add(n, one);
	if (n->count > 1 && num_add(sum, 1, one, &sum))
		ask_add(n, sum);
}

/* 办结215件，办结率: of all that was to be done, by the tables. */
static bool is_of_all(const struct ask *a, const char *stem, size_t len)
{
	const struct said *s = ask_said(a, a->i) - 1;

	return pattern_fits("^(?:总)?办结$", stem, len) && a->i > 0 &&
	       s->kind == SAID_VALUE && s->scope == SCOPE_OWN && s->claim &&
	       s->claim->topic && strcmp(s->claim->topic->id, "request") == 0;
}

/* 纠正3件，纠正率23.1%（按审结13件计算）: of what the tables add the figure
 * to, or of one behind. */
static void add_rate_wholes(const struct ask *a, struct numbers *out)
{
	int64_t one;

	if (a->i > 0 && ask_said(a, a->i - 1)->claim)
		share_add_totals(a, ask_said(a, a->i - 1), out);
	for (size_t k = a->i + 1; k < a->c->count; k++)
		if (ask_same_sentence(a, k, a->i) &&
		    ask_said(a, k)->figure.unit != FIGURE_PERCENT &&
		    ask_value(a, k, &one))
			ask_add(out, one);
}

/* 办结95件，办结率: the figure that bears the rate's name, of one before it. */
void rate_check(const struct ask *a)
{
	struct numbers parts = { .count = 0 }, wholes = { .count = 0 };
	const char *stem;
	int64_t one, sum = 0;
	size_t len, told = 0;

	if (!stem_of(a, &stem, &len))
		return;
	for (size_t k = 0; k < a->i; k++) {
		const struct said *s = ask_said(a, k);

		if (!ask_same_sentence(a, k, a->i) || s->figure.vague ||
		    s->figure.unit == FIGURE_PERCENT || !ask_value(a, k, &one))
			continue;
		if (bears(a, s, stem, len))
			add_up(&parts, one);
		ask_add(&wholes, one);
		told++;
		if (num_add(sum, 1, one, &sum))
			ask_add(&wholes, sum);
	}
	ask_rows(a, a->job->now, &wholes);
	add_rate_wholes(a, &wholes);
	if (parts.count && (told > 1 || is_of_all(a, stem, len)) &&
	    !share_any(&ask_said(a, a->i)->figure, &parts, &wholes))
		share_say(a, &parts, &wholes, "rate");
}
