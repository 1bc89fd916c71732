/* N5: changes on last year, computed again. */
#include <string.h>

#include "core/lint_ask.h"
#include "core/lint_claim_impl.h"
#include "core/num.h"
#include "core/rule_impl.h"

static bool is_change(const struct said *s, int64_t now, int64_t was)
{
	int64_t gap = now - was;

	return was > 0 && (gap < 0) == s->down
		       ? share_is(&s->figure, gap < 0 ? -gap : gap, was)
		       : gap == 0 && s->figure.value == 0;
}

static bool has_claim(const struct said *s)
{
	return s->claim || s->klass;
}

/* 罚没826万元，同比增长3.2%: of something that no table has. */
static bool is_unknown(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->kind == SAID_NOTHING && !s->heard && !s->klass && !s->more &&
	       s->figure.unit != FIGURE_PERCENT && k + 1 == a->i &&
	       place_fits(a->at, "^，(?:同比|比|较|与|和)", s->figure.end,
			  ask_said(a, a->i)->figure.start);
}

/* The figure or the words whose change it is. */
static const struct said *changed(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	if (has_claim(s))
		return s;
	for (size_t k = a->i; k-- > 0 && ask_same_sentence(a, k, a->i);) {
		if (is_unknown(a, k))
			return NULL;
		if ((ask_said(a, k)->kind == SAID_VALUE ||
		     ask_said(a, k)->kind == SAID_MORE ||
		     ask_said(a, k)->kind == SAID_LAST) &&
		    has_claim(ask_said(a, k)) &&
		    !clause_closes(a->at, ask_said(a, k)->figure.end,
				   s->figure.start))
			return ask_said(a, k)->scope == SCOPE_OWN
				       ? ask_said(a, k)
				       : NULL;
	}
	return NULL;
}

/* Does the figure say the number of one of its values, but not of this one? */
static bool is_other_value(const struct ask *a, const struct said *of,
			   const struct allowed *cells)
{
	struct check_input in = *a->job->in;
	int64_t x;

	return of != ask_said(a, a->i) && of->kind == SAID_VALUE &&
	       figures_judge(a->job->form, &in, of) == FIGURE_EQUAL &&
	       figures_sum(a->job->now, cells, &x) && !figures_say(of, x);
}

/* The change of `of` by the tables: true, *gap and *was for a finding when it
 * is another. */
static bool fits_change(const struct ask *a, const struct said *of,
			struct numbers *gap, struct numbers *was)
{
	const struct form_def *form = a->job->form;
	size_t n = claim_allowed(form, of, 0, &(struct allowed){ 0 });

	for (size_t i = 0; i < n; i++) {
		struct allowed cells;
		int64_t x, y;

		claim_allowed(form, of, i, &cells);
		if (is_other_value(a, of, &cells))
			continue; /* 收到94件 is of 新收, not of 收办 */
		if (!figures_sum(a->job->now, &cells, &x) ||
		    !figures_sum(a->job->in->last, &cells, &y) || y == 0)
			return true; /* from nothing: no per cent */
		if (is_change(ask_said(a, a->i), x, y))
			return true;
		ask_add(gap, x > y ? x - y : y - x);
		ask_add(was, y);
	}
	return n == 0;
}

/* 减少56件和8件，降幅为4.0%和8.4%: of one told before that one. */
static bool fits_another(const struct ask *a)
{
	struct numbers gap = { .count = 0 }, was = { .count = 0 };

	for (size_t k = 0; k < a->i; k++)
		if (ask_same_sentence(a, k, a->i) &&
		    ask_said(a, k)->kind == SAID_VALUE &&
		    has_claim(ask_said(a, k)) &&
		    fits_change(a, ask_said(a, k), &gap, &was))
			return true;
	return false;
}

/* 由7件增至9件: both are told. */
static bool is_from_to(const struct ask *a, size_t k)
{
	return k > 0 && ask_same_sentence(a, k - 1, k) &&
	       place_fits(a->at, "(?:由|从)", ask_said(a, k - 1)->window,
			  ask_said(a, k - 1)->words_end) &&
	       place_fits(
		       a->at,
		       "(?:增|减|降|升|提|缩|扩|变)\\p{Han}{0,2}(?:至|到|为)$",
		       ask_said(a, k)->window, ask_said(a, k)->words_end);
}

/* 7432条，上年为6820条，增长12%: last year's stands before the change. */
static bool is_beside_last(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->last && s->kind != SAID_LAST && k + 1 == a->i && k > 0 &&
	       ask_same_sentence(a, k - 1, k) && ask_same_unit(a, k - 1, k) &&
	       !ask_said(a, k - 1)->last;
}

/* 113件，比上年增加21件，增长22.8%: of the two before it.  *right: is it? */
static bool is_beside_more(const struct ask *a, bool *right)
{
	const struct said *s = ask_said(a, a->i), *more;
	int64_t now, gap, was;

	if (a->i < 2 || !ask_same_sentence(a, a->i - 2, a->i))
		return false;
	more = ask_said(a, a->i - 1);
	if (!more->more || more->figure.vague ||
	    !ask_same_unit(a, a->i - 2, a->i - 1) ||
	    ask_said(a, a->i - 2)->last || ask_said(a, a->i - 2)->more ||
	    more->clause > more->window ||
	    !place_fits(
		    a->at,
		    "(?:^|[，；（])(?:，)?(?:同比|比|较|与|和|同|增|减|多|少|上升|下降|净)",
		    more->since, more->figure.start) ||
	    !ask_value(a, a->i - 2, &now) || !ask_value(a, a->i - 1, &gap))
		return false;
	was = more->down ? now + gap : now - gap;
	*right = was > 0 && share_is(&s->figure, gap, was);
	return was > 0;
}

/* 比上年的286人次增加40人次，增长14.0%: of the two before it. */
static bool is_beside_gap(const struct ask *a, bool *right)
{
	const struct said *gap;
	int64_t was, more;

	if (a->i < 2 || !ask_same_sentence(a, a->i - 2, a->i))
		return false;
	gap = ask_said(a, a->i - 1);
	if (!gap->more || gap->figure.vague || !ask_said(a, a->i - 2)->last ||
	    !ask_same_unit(a, a->i - 2, a->i - 1) ||
	    !ask_value(a, a->i - 2, &was) || !ask_value(a, a->i - 1, &more))
		return false;
	*right = was > 0 && share_is(&ask_said(a, a->i)->figure, more, was);
	return was > 0;
}

/* Is the change that of two figures of the sentence?  *wrong: they are told as
 * from and to, and it is not. */
static bool told_in_sentence(const struct ask *a, bool *wrong)
{
	int64_t x, y;
	bool right;

	*wrong = false;
	if (is_beside_more(a, &right) || is_beside_gap(a, &right)) {
		*wrong = !right;
		return right;
	}
	for (size_t i = 0; i < a->c->count; i++) {
		if (!ask_same_sentence(a, i, a->i) || !ask_value(a, i, &x))
			continue;
		for (size_t k = 0; k < a->c->count; k++)
			if (i != k && ask_same_sentence(a, k, a->i) &&
			    ask_same_unit(a, i, k) && ask_value(a, k, &y) &&
			    (is_change(ask_said(a, a->i), x, y) ||
			     (ask_said(a, k)->kind == SAID_LAST && y > 0 &&
			      share_is(&ask_said(a, a->i)->figure, x, y))))
				return true;
		if (i < a->i && (is_from_to(a, i) || is_beside_last(a, i)))
			*wrong = true;
	}
	return false;
}

/* 同期12345热线咨询下降21%; not: 许可办件2318件，同比增长10.1% */
static bool is_elsewhere(const struct ask *a, const struct said *of)
{
	const struct said *s = ask_said(a, a->i);

	if (of + 1 == s &&
	    place_fits(a->at, "^，(?:同比|比|较|与|增|减|下降|上升)",
		       of->figure.end, s->figure.start))
		return false;
	return s->channel ||
	       (s->topic && strcmp(s->topic->id, "other") == 0 && !s->claim);
}

static bool is_next_percent(const struct ask *a, size_t k)
{
	return ask_same_sentence(a, k, k + 1) &&
	       ask_said(a, k)->figure.unit == FIGURE_PERCENT &&
	       ask_said(a, k + 1)->figure.unit == FIGURE_PERCENT &&
	       !pattern_fits("(?!和|及|与)[一-龥]",
			     a->at->text + ask_said(a, k)->figure.end,
			     ask_said(a, k + 1)->figure.start -
				     ask_said(a, k)->figure.end);
}

/* 处罚74件、罚款312万元，分别下降10.8%和6.4%: each of its own.  *of: the figure,
 * NULL when no table has it. */
static bool is_parted(const struct ask *a, const struct said **of)
{
	size_t first = a->i, end = a->i, n, k;

	while (first > 0 && is_next_percent(a, first - 1))
		first--;
	while (end + 1 < a->c->count && is_next_percent(a, end))
		end++;
	n = end - first + 1;
	if (n < 2 || ask_said(a, first)->rest || first < n ||
	    !place_fits(a->at, "分别", ask_said(a, first)->since,
			ask_said(a, first)->figure.start))
		return false;
	k = a->i - n;
	if (!ask_same_sentence(a, k, a->i) || ask_said(a, k)->more ||
	    ask_said(a, first - 1)->more)
		return false;
	*of = ask_said(a, k)->kind == SAID_VALUE && has_claim(ask_said(a, k)) &&
			      ask_said(a, k)->scope == SCOPE_OWN
		      ? ask_said(a, k)
		      : NULL;
	return true;
}

void change_check(const struct ask *a)
{
	const struct form_def *form = a->job->form;
	const struct report *last = a->job->in->last;
	const struct said *of = changed(a);
	struct numbers now = { .count = 0 }, was = { .count = 0 };
	bool wrong;

	if (is_parted(a, &of) && !of)
		return;
	if (told_in_sentence(a, &wrong))
		return;
	if (wrong)
		share_say(a, &now, &was, "change");
	if (wrong || !of || !last || report_form(last) != form ||
	    is_elsewhere(a, of))
		return;
	if (!fits_change(a, of, &now, &was) && !fits_another(a))
		share_say(a, &now, &was, "change");
}
