/* N6: parts of a sum in one sentence. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_claim_impl.h"
#include "core/lint_parts.h"
#include "core/num.h"
#include "core/rule_impl.h"
#include "core/str.h"
#include "core/tr.h"

/* 64+102+132: the summands, each as often as it counts. */
static void add_terms(const struct ask *a, const struct parts *l,
		      struct str *out)
{
	size_t end = l->next ? l->next : a->i, told = 0;
	char x[NUM_TEXT];
	int64_t one;

	for (size_t k = l->first; k < end; k++) {
		if ((k == a->i && l->first < k) ||
		    ask_said(a, k)->figure.unit == FIGURE_PERCENT ||
		    parts_counts(a, k) || !ask_value(a, k, &one) ||
		    (k < a->i && parts_remark(a, k)) ||
		    (k > a->i && l->first > a->i &&
		     parts_beside(a, l->first, k)))
			continue;
		str_add(out, told++ ? "+" : "");
		str_add(out, num_text(one, x));
		if (parts_times(a, k) > 1)
			str_addf(out, "×%lld", (long long)parts_times(a, k));
	}
}

/* All that is compared, from its first words on. */
static struct match extent_of(const struct ask *a, const struct parts *l)
{
	const struct said *first =
		ask_said(a, l->first < a->i ? l->first : a->i);
	const struct said *last = ask_said(a, l->next ? l->next - 1 : a->i);
	struct match m = { first->window, last->figure.end };

	if (ask_said(a, a->i)->figure.end > m.end)
		m.end = ask_said(a, a->i)->figure.end;
	return m;
}

static void say_sum(const struct ask *a, const struct parts *l,
		    const char *what)
{
	struct match m = extent_of(a, l);
	char *words = figures_quote(a->at, figures_words(ask_said(a, a->i)));
	struct str match = { 0 };
	struct finding *f;

	if (!figures_aside(a->job, a->cell, a->at, m)) {
		str_addf(&match, _("“%s”，%s"), words, what);
		f = figures_add(a->job, a->cell, a->at, m, "parts", match.s,
				"");
		lint_facts(f, &match);
	}
	str_free(&match);
	free(words);
}

static void say_parts(const struct ask *a, const struct parts *l, int64_t whole)
{
	struct str what = { 0 }, terms = { 0 };
	char x[NUM_TEXT], gap[NUM_TEXT];

	add_terms(a, l, &terms);
	str_addf(&what, _("各项相加 %s = %s，相差%s"), terms.s ? terms.s : "",
		 num_text(l->sum, x),
		 num_text(whole > l->sum ? whole - l->sum : l->sum - whole,
			  gap));
	say_sum(a, l, what.s);
	str_free(&what);
	str_free(&terms);
}

static void say_difference(const struct ask *a, const struct parts *l)
{
	struct str what = { 0 };
	char x[NUM_TEXT];

	str_addf(&what, _("前面两个数相差%s"), num_text(l->sum, x));
	say_sum(a, l, what.s);
	str_free(&what);
}

/* More than the whole never holds; less does, unless the list names all. */
static bool check_list(const struct ask *a, const struct parts *l)
{
	const struct said *s = ask_said(a, a->i);
	int64_t whole;

	if (l->count < 2 || s->figure.unit == FIGURE_PERCENT ||
	    s->figure.vague || s->kind == SAID_LAST ||
	    !ask_value(a, a->i, &whole))
		return false;
	if (l->sum > whole || (l->sum < whole && l->whole))
		say_parts(a, l, whole);
	return true;
}

/* …，其他方式8件: the last of the ways. */
static bool is_other_way(const struct ask *a, size_t k)
{
	return k > 0 && ask_same_sentence(a, k - 1, k) &&
	       ask_said(a, k)->figure.unit == FIGURE_COUNT &&
	       parts_between(
		       a, k - 1, k,
		       "^[，、；和及]*(?:通过|以)?其[他它余](?:方式|渠道|途径|形式)?(?:提交|提出|申请|收到|接收|的|共|为)*$");
}

/* …，另有5件通过传真提出: more came in another way. */
static bool is_another_way(const struct ask *a, size_t k)
{
	return !ask_said(a, k)->heard &&
	       ask_said(a, k)->figure.unit == FIGURE_COUNT &&
	       parts_between(a, k - 1, k, "另|还|其[余他它]|此外|剩");
}

static bool is_channel(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->channel && !s->more &&
	       !clause_is_at(a->at, s->figure.digits_end, "个") &&
	       (!s->topic || strcmp(s->topic->id, "other") != 0) &&
	       s->figure.unit != FIGURE_PERCENT && !s->figure.vague &&
	       (s->figure.unit == FIGURE_COUNT ||
		s->figure.unit == FIGURE_BARE);
}

/* 网上52件（平台45件、邮箱7件）: are those in the bracket. */
static bool opens_between(const struct ask *a, size_t i, size_t k)
{
	return k > i && parts_between(a, i, k, "（[^）]*$");
}

/* 信函39件、邮件7件、在线1件, without a whole in the sentence: the ways add up to
 * what was received. */
static size_t check_channels(const struct ask *a)
{
	struct numbers wholes = { .count = 0 };
	struct parts l = { .first = a->i };
	const struct said *s = ask_said(a, a->i);
	size_t k = a->i;
	int64_t total;

	while (k < a->c->count && ask_same_sentence(a, k, a->i) &&
	       (opens_between(a, a->i, k) ||
		((is_channel(a, k) || (k > a->i && is_other_way(a, k))) &&
		 parts_add(a, k, &l))))
		k++;
	if (k == a->i)
		k++;
	l.next = k;
	if (l.count < 2 || (s->topic && strcmp(s->topic->id, "request") != 0) ||
	    s->scope != SCOPE_OWN ||
	    !place_fits(a->at, "申请|渠道|途径|方式|来源|收到|受理|送达|递交",
			s->sentence, s->sentence_end))
		return k;
	if (k < a->c->count && ask_same_sentence(a, k, a->i) &&
	    ((ask_value(a, k, &total) && total == l.sum) ||
	     is_another_way(a, k)))
		return k; /* 网上61件、信函38件，共99件: of its own whole */
	ask_rows(a, a->job->now, &wholes);
	for (size_t j = 0; j < wholes.count; j++)
		if (wholes.list[j] == l.sum ||
		    (l.count == 2 && wholes.list[j] > l.sum))
			return k;
	if (wholes.count)
		say_parts(a, &l, wholes.list[0]);
	return k;
}

/* The figure before the k-th in its sentence, what stands in brackets and per
 * cent passed over; or SIZE_MAX. */
static size_t before(const struct ask *a, size_t k)
{
	for (size_t i = k; i-- > 0 && ask_same_sentence(a, i, k);)
		if (!parts_aside(a, i, k) &&
		    ask_said(a, i)->figure.unit != FIGURE_PERCENT)
			return i;
	return SIZE_MAX;
}

/* 158条，较上年126条; 由15.2个缩短到12.6个 */
static bool is_change_of(const struct ask *a, size_t x, size_t y)
{
	const struct said *from = ask_said(a, x);

	if (ask_said(a, y)->last && !from->last)
		return true;
	return y == x + 1 && y + 1 == a->i &&
	       place_fits(a->at, "(?:由|从)[^，。；]{0,12}$", from->since,
			  from->figure.start) &&
	       parts_between(a, x, y, "^[^，。；]{0,9}(?:至|到|为)$");
}

/* 158条，较上年126条增加23条 */
static void check_difference(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);
	size_t y = before(a, a->i), x = y == SIZE_MAX ? y : before(a, y);
	struct parts l = { .first = x, .next = a->i };
	int64_t now, was, gap;

	if (x == SIZE_MAX || !s->more || s->figure.vague ||
	    ask_said(a, x)->more || parts_between(a, x, a->i, "；") ||
	    !is_change_of(a, x, y) || !ask_same_unit(a, x, a->i) ||
	    !ask_same_unit(a, y, a->i) || !ask_value(a, x, &now) ||
	    !ask_value(a, y, &was) || !ask_value(a, a->i, &gap))
		return;
	l.sum = now > was ? now - was : was - now;
	if (gap != l.sum)
		say_difference(a, &l);
}

static void check_subsums(const struct job *job, size_t cell,
			  const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count;) {
		struct ask a = { job, cell, at, c, i };
		struct parts after = parts_after(&a), before = parts_before(&a);

		if (after.count == 0)
			after = parts_near(&a);
		check_difference(&a);
		if (check_list(&a, &after))
			i = after.next;
		else if (check_list(&a, &before) || !is_channel(&a, i))
			i++;
		else
			i = check_channels(&a);
	}
}

void lint_subsums(const struct job *job)
{
	figures_each(job, check_subsums);
}
