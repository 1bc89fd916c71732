/* N5, N6: shares, changes and sums that a text states, computed again. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_figures.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/tr.h"

enum {
	NUMBERS = 64, /* candidates of one side */
	SUMMANDS = 8,
	BARE_LIST = 3, /* numbers without words are a list of all parts */
};

struct numbers {
	int64_t list[NUMBERS];
	size_t count;
};

/* What one paragraph is read with. */
struct ask {
	const struct job *job;
	size_t cell;
	const struct place *at;
	const struct claims *c;
	size_t i; /* the figure asked about */
};

static void add_number(struct numbers *n, int64_t value)
{
	if (n->count < NUMBERS)
		n->list[n->count++] = value;
}

static const struct said *said(const struct ask *a, size_t i)
{
	return &a->c->list[i];
}

/* The value of a figure as it is printed; of a reference, its cell's. */
static bool value_of(const struct ask *a, size_t i, int64_t *value)
{
	const struct said *s = said(a, i);
	struct allowed of = { { 0 }, 0 };

	*value = s->figure.value;
	if (!s->reference)
		return true;
	if (s->at.kind != REFERENCE_SUM || s->at.fault)
		return false;
	for (size_t k = 0; k < s->at.count && k < 16; k++)
		of.cells[of.count++] = s->at.cells[k];
	return figures_sum(a->job->now, &of, value);
}

static bool same_unit(const struct ask *a, size_t i, size_t k)
{
	const struct figure *x = &said(a, i)->figure, *y = &said(a, k)->figure;
	size_t n = x->end - x->digits_end, m = y->end - y->digits_end;

	if (x->unit == FIGURE_PERCENT || y->unit == FIGURE_PERCENT)
		return false;
	if (x->unit == FIGURE_BARE || y->unit == FIGURE_BARE ||
	    said(a, i)->reference || said(a, k)->reference)
		return true;
	if (x->unit == FIGURE_COUNT && y->unit == FIGURE_COUNT)
		return true;
	return n == m && memcmp(a->at->text + x->digits_end,
				a->at->text + y->digits_end, n) == 0;
}

static bool same_sentence(const struct ask *a, size_t i, size_t k)
{
	return said(a, i)->sentence == said(a, k)->sentence;
}

/* ---- does a part of a whole print like this? ---- */

__extension__ typedef __int128 wide;

/* 100 * part / whole, rounded to the figure's last digit (or cut there), is the
 * figure. */
static bool is_share(const struct figure *f, int64_t part, int64_t whole)
{
	wide exact, gap;

	if (whole <= 0 || part < 0)
		return false;
	/* both sides times whole: no division */
	exact = (wide)part * 100 * NUM_ONE;
	gap = (wide)f->value * whole - exact;
	if (gap < 0)
		gap = -gap;
	return 2 * gap <= (wide)f->step * whole;
}

static bool any_share(const struct figure *f, const struct numbers *parts,
		      const struct numbers *wholes)
{
	for (size_t i = 0; i < parts->count; i++)
		for (size_t k = 0; k < wholes->count; k++)
			if (is_share(f, parts->list[i], wholes->list[k]))
				return true;
	return false;
}

/* ---- shares ---- */

static void add_allowed(const struct ask *a, const struct report *r,
			const struct said *s, struct numbers *out)
{
	const struct form_def *form = a->job->form;
	size_t n = claim_allowed(form, s, 0, &(struct allowed){ 0 });

	for (size_t i = 0; r && i < n; i++) {
		struct allowed of;
		int64_t sum;

		claim_allowed(form, s, i, &of);
		if (figures_sum(r, &of, &sum))
			add_number(out, sum);
	}
}

/* The sums that the claim's cell is a part of: 无法提供 of 不掌握, 复议 of
 * 维持. */
static void add_totals(const struct ask *a, const struct said *s,
		       struct numbers *out)
{
	const struct form_def *form = a->job->form;
	size_t cell = s->claim->values[0].cells[0];
	int64_t sum;

	for (size_t i = 0; i < form->cell_count; i++) {
		struct allowed of = { { i }, 1 };

		if (form_adds(form, i, cell) &&
		    figures_sum(a->job->now, &of, &sum))
			add_number(out, sum);
	}
}

static void add_rows(const struct ask *a, struct numbers *out)
{
	const struct claims_def *d = &a->job->form->claims;

	for (size_t i = 0; i < d->row_count; i++) {
		struct allowed of = { { d->rows[i].cells[0] },
				      d->rows[i].count == 1 };
		int64_t sum;

		if (figures_sum(a->job->now, &of, &sum))
			add_number(out, sum);
	}
}

/* The figure that the share is of; SIZE_MAX if there is none.  A figure behind
 * 占 is what it is a share of. */
static size_t part_before(const struct ask *a, size_t *whole)
{
	const struct said *s = said(a, a->i);

	*whole = SIZE_MAX;
	if (s->share_of)
		return s->share_of - 1;
	for (size_t k = a->i; k-- > 0;) {
		if (!same_sentence(a, k, a->i))
			break;
		if (said(a, k)->figure.unit == FIGURE_PERCENT)
			continue;
		if (*whole == SIZE_MAX &&
		    said(a, k)->figure.start > s->clause &&
		    pattern_fits("占", a->at->text + s->clause,
				 said(a, k)->figure.start - s->clause)) {
			*whole = k;
			continue;
		}
		return k;
	}
	return SIZE_MAX;
}

/* The part, and the last ones added up (两项合计). */
static void add_parts(const struct ask *a, size_t part, struct numbers *out)
{
	int64_t sum = 0, one;
	size_t n = 0;

	for (size_t k = part + 1;
	     part != SIZE_MAX && k-- > 0 && n < SUMMANDS;) {
		if (!same_sentence(a, k, a->i))
			break;
		if (said(a, k)->figure.unit == FIGURE_PERCENT)
			continue;
		if (!value_of(a, k, &one) || !num_add(sum, 1, one, &sum))
			break;
		if (n++ == 0)
			add_number(out, one);
		else
			add_number(out, sum);
		if (said(a, a->i)->share_of)
			break;
	}
}

/* Larger figures of the paragraph so far, of the part's unit. */
static void add_wholes(const struct ask *a, size_t part, struct numbers *out)
{
	int64_t one;

	for (size_t k = 0; k < a->i; k++)
		if (k != part && same_unit(a, k, part) && value_of(a, k, &one))
			add_number(out, one);
}

/* Is there a larger figure of its unit before it in the sentence? */
static bool larger_before(const struct ask *a, size_t part)
{
	int64_t mine, one;

	if (part == SIZE_MAX || !value_of(a, part, &mine))
		return false;
	for (size_t k = 0; k < part; k++)
		if (same_sentence(a, k, part) && same_unit(a, k, part) &&
		    value_of(a, k, &one) && one > mine)
			return true;
	return false;
}

/* Is it told of what the share is: by words, by a larger figure before it in
 * the sentence, by a part that is one of the tables'? */
static bool whole_is_told(const struct ask *a, size_t part, size_t whole)
{
	const struct said *s = said(a, a->i);

	if (whole != SIZE_MAX || larger_before(a, part))
		return true;
	if (s->scope != SCOPE_OWN)
		return false;
	if (s->claim)
		return true;
	if (part == SIZE_MAX)
		return s->klass != NULL;
	return said(a, part)->kind == SAID_VALUE &&
	       said(a, part)->scope == SCOPE_OWN;
}

static void say_share(const struct ask *a, const struct numbers *parts,
		      const struct numbers *wholes, const char *id)
{
	const struct said *s = said(a, a->i);
	const struct said *part = a->i ? s - 1 : s;
	size_t from = same_sentence(a, a->i, a->i ? a->i - 1 : 0) ? part->window
								  : s->window;
	struct match m = { from, s->figure.end };
	struct str match = { 0 }, more = { 0 }, facts = { 0 };
	char x[NUM_TEXT], y[NUM_TEXT];
	struct finding *f;

	if (figures_aside(a->job, a->cell, a->at, m))
		return;
	str_addf(&match, "“%.*s”", (int)(m.end - m.start),
		 a->at->text + m.start);
	if (parts->count && wholes->count && parts->list[0] <= wholes->list[0])
		str_addf(&more, _("%s 除以 %s 不是这个百分数；请重新计算。"),
			 num_text(parts->list[0], x),
			 num_text(wholes->list[0], y));
	f = figures_add(a->job, a->cell, a->at, m, id, match.s,
			more.s ? more.s : "");
	str_add(&facts, match.s);
	for (size_t i = 0; i < wholes->count && i < 4; i++)
		str_addf(&facts, " %s", num_text(wholes->list[i], x));
	lint_facts(f, &facts);
	str_free(&match);
	str_free(&more);
}

/* What the share may be of, by the tables. */
static void add_told_wholes(const struct ask *a, size_t part,
			    struct numbers *out)
{
	const struct said *s = said(a, a->i);

	if (s->scope != SCOPE_OWN)
		return;
	if (s->claim && !s->klass)
		add_allowed(a, a->job->now, s, out);
	if (part != SIZE_MAX && said(a, part)->row)
		add_allowed(a, a->job->now,
			    &(struct said){ .claim = said(a, part)->row }, out);
	add_rows(a, out);
	if (part != SIZE_MAX && said(a, part)->claim)
		add_totals(a, said(a, part), out);
}

static void check_share(const struct ask *a)
{
	const struct said *s = said(a, a->i);
	struct numbers parts = { .count = 0 }, wholes = { .count = 0 };
	size_t whole, part = part_before(a, &whole);
	int64_t one;

	if (!whole_is_told(a, part, whole))
		return;
	add_parts(a, part, &parts);
	if (part == SIZE_MAX && (s->klass || s->claim))
		add_allowed(a, a->job->now, s, &parts);
	if (whole != SIZE_MAX && value_of(a, whole, &one)) {
		add_number(&wholes, one);
	} else {
		if (part != SIZE_MAX)
			add_wholes(a, part, &wholes);
		add_told_wholes(a, part, &wholes);
	}
	if (parts.count && wholes.count &&
	    !any_share(&s->figure, &parts, &wholes))
		say_share(a, &parts, &wholes, "share");
}

/* The two characters before 率. */
static bool stem_of(const struct ask *a, const char **stem, size_t *len)
{
	const struct said *s = said(a, a->i);
	struct match m;

	*len = 2 * strlen("率");
	if (!pattern_last("率", a->at->text + s->window,
			  s->words_end - s->window, &m) ||
	    m.start < *len)
		return false;
	*stem = a->at->text + s->window + m.start - *len;
	return true;
}

/* 办结95件，办结率: the figure that bears the rate's name, of one before it. */
static void check_rate(const struct ask *a)
{
	struct numbers parts = { .count = 0 }, wholes = { .count = 0 };
	const char *stem;
	size_t len;
	int64_t one;

	if (!stem_of(a, &stem, &len))
		return;
	for (size_t k = 0; k < a->i; k++) {
		const struct said *s = said(a, k);

		if (!same_sentence(a, k, a->i) || s->figure.vague ||
		    s->figure.unit == FIGURE_PERCENT || !value_of(a, k, &one))
			continue;
		if (memmem(a->at->text + s->window, s->figure.start - s->window,
			   stem, len))
			add_number(&parts, one);
		add_number(&wholes, one);
	}
	if (parts.count && wholes.count > 1 &&
	    !any_share(&said(a, a->i)->figure, &parts, &wholes))
		say_share(a, &parts, &wholes, "rate");
}

/* ---- changes on last year ---- */

static bool is_change(const struct said *s, int64_t now, int64_t was)
{
	int64_t gap = now - was;

	return was > 0 && (gap < 0) == s->down
		       ? is_share(&s->figure, gap < 0 ? -gap : gap, was)
		       : gap == 0 && s->figure.value == 0;
}

/* The figure or the words whose change it is. */
static const struct said *changed(const struct ask *a)
{
	const struct said *s = said(a, a->i);

	if (s->claim || s->klass)
		return s;
	for (size_t k = a->i; k-- > 0 && same_sentence(a, k, a->i);)
		if (said(a, k)->kind == SAID_VALUE && said(a, k)->claim)
			return said(a, k)->scope == SCOPE_OWN ? said(a, k)
							      : NULL;
	return NULL;
}

/* 由7件增至9件: both are told. */
static bool is_from_to(const struct ask *a, size_t k)
{
	return k > 0 && same_sentence(a, k - 1, k) &&
	       pattern_fits("(?:由|从)", a->at->text + said(a, k - 1)->window,
			    said(a, k - 1)->words_end -
				    said(a, k - 1)->window) &&
	       pattern_fits("(?:增|减|降|升)\\p{Han}{0,2}(?:至|到|为)$",
			    a->at->text + said(a, k)->window,
			    said(a, k)->words_end - said(a, k)->window);
}

/* Is the change that of two figures of the sentence?  *wrong: they are told as
 * from and to, and it is not. */
static bool told_in_sentence(const struct ask *a, bool *wrong)
{
	int64_t x, y;

	*wrong = false;
	for (size_t i = 0; i < a->c->count; i++) {
		if (!same_sentence(a, i, a->i) || !value_of(a, i, &x))
			continue;
		for (size_t k = 0; k < a->c->count; k++)
			if (i != k && same_sentence(a, k, a->i) &&
			    same_unit(a, i, k) && value_of(a, k, &y) &&
			    (is_change(said(a, a->i), x, y) ||
			     (said(a, k)->kind == SAID_LAST && y > 0 &&
			      is_share(&said(a, a->i)->figure, x, y))))
				return true;
		if (i < a->i && is_from_to(a, i))
			*wrong = true;
	}
	return false;
}

static void check_change(const struct ask *a)
{
	const struct form_def *form = a->job->form;
	const struct report *last = a->job->in->last;
	const struct said *of = changed(a);
	struct numbers now = { .count = 0 }, was = { .count = 0 };
	size_t n;
	bool wrong;

	if (told_in_sentence(a, &wrong))
		return;
	if (wrong)
		say_share(a, &now, &was, "change");
	if (wrong || !of || !last || report_form(last) != form)
		return;
	n = claim_allowed(form, of, 0, &(struct allowed){ 0 });
	for (size_t i = 0; i < n; i++) {
		struct allowed cells;
		int64_t x, y;

		claim_allowed(form, of, i, &cells);
		if (!figures_sum(a->job->now, &cells, &x) ||
		    !figures_sum(last, &cells, &y) || y == 0)
			return; /* from nothing: no per cent */
		if (is_change(said(a, a->i), x, y))
			return;
		add_number(&now, x > y ? x - y : y - x);
		add_number(&was, y);
	}
	if (n > 0)
		say_share(a, &now, &was, "change");
}

static void check_percents(const struct job *job, size_t cell,
			   const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct said *s = &c->list[i];
		struct ask a = { job, cell, at, c, i };

		if (s->figure.unit != FIGURE_PERCENT || s->reference ||
		    s->figure.vague)
			continue;
		if (s->kind == SAID_SHARE)
			check_share(&a);
		else if (s->kind == SAID_RATE)
			check_rate(&a);
		else if (s->kind == SAID_CHANGE && s->scope == SCOPE_OWN)
			check_change(&a);
	}
}

void lint_shares(const struct job *job)
{
	figures_each(job, check_percents);
}

/* ---- N6: parts of a sum in one sentence ---- */

/* Two claims: is the second's value a part of the first's? */
static bool belongs(const struct ask *a, const struct said *whole,
		    const struct said *part)
{
	const struct form_def *form = a->job->form;
	struct allowed x, y;
	size_t n = claim_allowed(form, whole, 0, &x);
	size_t m = claim_allowed(form, part, 0, &y);

	if (part->klass && !part->claim && whole->claim)
		return !whole->klass;
	if (!part->claim)
		return true;
	if (!whole->claim)
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++) {
			claim_allowed(form, whole, i, &x);
			claim_allowed(form, part, k, &y);
			if (x.count == 1 && y.count == 1 &&
			    form_adds(form, x.cells[0], y.cells[0]))
				return true;
		}
	return false;
}

struct list {
	int64_t sum;
	size_t first, count;
	bool whole; /* it names all parts */
};

static bool between_fits(const struct ask *a, size_t i, size_t k,
			 const char *pattern)
{
	size_t from = said(a, i)->figure.end, to = said(a, k)->figure.start;

	return to > from &&
	       pattern_fits(pattern, a->at->text + from, to - from);
}

/* Nothing but marks between two numbers: a list without words names all. */
static bool is_bare(const struct ask *a, size_t k)
{
	return !between_fits(a, k - 1, k, "(?![和及与])\\p{Han}");
}

static bool is_summand(const struct ask *a, size_t k)
{
	const struct said *s = said(a, k);

	return s->figure.unit != FIGURE_PERCENT && !s->figure.vague &&
	       s->kind != SAID_LAST && s->kind != SAID_MORE && !s->total;
}

static bool add_summand(const struct ask *a, size_t k, struct list *l)
{
	int64_t one;

	if (!value_of(a, k, &one) || !num_add(l->sum, 1, one, &l->sum))
		return false;
	l->count++;
	return true;
}

/* The parts that follow the a->i-th figure in its sentence, behind 其中 (some)
 * or ：, 分别, 包括 (all). */
static struct list parts_after(const struct ask *a)
{
	struct list l = { .first = a->i + 1, .whole = true };
	bool bare = true;
	size_t k = a->i + 1;

	if (k >= a->c->count || !same_sentence(a, k, a->i))
		return l;
	if (between_fits(a, a->i, k, "其中|主要|中"))
		l.whole = false;
	else if (!between_fits(a, a->i, k,
			       "：|:|分别|分为|包括|涉及|构成|统计"))
		return l;
	for (; k < a->c->count && same_sentence(a, k, a->i); k++) {
		if (said(a, k)->figure.unit == FIGURE_PERCENT)
			continue;
		if (!is_summand(a, k) || said(a, k)->parted ||
		    !same_unit(a, k, a->i) ||
		    !belongs(a, said(a, a->i), said(a, k)) ||
		    between_fits(a, k - 1, k,
				 "[；。]\\p{Han}{0,4}其中|均|另") ||
		    !add_summand(a, k, &l))
			break;
		bare = bare && (l.count == 1 || is_bare(a, k));
		/* 其他3件 at the end: then they are all */
		if (between_fits(a, k - 1, k, "其[他它]|其余"))
			l.whole = true;
	}
	l.whole = l.whole || (bare && l.count >= BARE_LIST);
	return l;
}

/* 甲3件、乙4件，合计7件: the parts before it. */
static struct list parts_before(const struct ask *a)
{
	struct list l = { .first = a->i, .whole = true };

	if (!said(a, a->i)->total ||
	    !pattern_fits("合计|总计|共计|全年共|总共",
			  a->at->text + said(a, a->i)->window,
			  said(a, a->i)->words_end - said(a, a->i)->window))
		return l;
	while (l.first > 0 && same_sentence(a, l.first - 1, a->i) &&
	       same_unit(a, l.first - 1, a->i) && is_summand(a, l.first - 1) &&
	       add_summand(a, l.first - 1, &l))
		l.first--;
	return l;
}

static void say_parts(const struct ask *a, const struct list *l, int64_t whole)
{
	const struct said *first = said(a, l->first < a->i ? l->first : a->i);
	const struct said *last = said(a, l->first + l->count - 1);
	struct match m = { first->window, last->figure.end };
	struct str match = { 0 };
	char x[NUM_TEXT], y[NUM_TEXT];
	struct finding *f;

	if (said(a, a->i)->figure.end > m.end)
		m.end = said(a, a->i)->figure.end;
	if (figures_aside(a->job, a->cell, a->at, m))
		return;
	str_addf(&match, _("“%.*s”，各项相加是%s，不是%s"),
		 (int)(m.end - m.start), a->at->text + m.start,
		 num_text(l->sum, x), num_text(whole, y));
	f = figures_add(a->job, a->cell, a->at, m, "parts", match.s, "");
	lint_facts(f, &match);
}

/* More than the whole never holds; less does, unless the list names all. */
static bool check_list(const struct ask *a, const struct list *l)
{
	const struct said *s = said(a, a->i);
	int64_t whole;

	if (l->count < 2 || s->figure.unit == FIGURE_PERCENT ||
	    s->figure.vague || s->kind == SAID_LAST ||
	    !value_of(a, a->i, &whole))
		return false;
	if (l->sum > whole || (l->sum < whole && l->whole))
		say_parts(a, l, whole);
	return true;
}

static bool is_channel(const struct ask *a, size_t k)
{
	const struct said *s = said(a, k);

	return s->channel && s->figure.unit != FIGURE_PERCENT &&
	       !s->figure.vague &&
	       (s->figure.unit == FIGURE_COUNT ||
		s->figure.unit == FIGURE_BARE);
}

/* 信函39件、邮件7件、在线1件, without a whole in the sentence: the ways add up to
 * what was received. */
static size_t check_channels(const struct ask *a)
{
	struct numbers wholes = { .count = 0 };
	struct list l = { .first = a->i };
	const struct said *s = said(a, a->i);
	size_t k = a->i;

	while (k < a->c->count && is_channel(a, k) &&
	       same_sentence(a, k, a->i) && add_summand(a, k, &l))
		k++;
	if (k == a->i)
		k++;
	if (l.count < 2 || (s->topic && strcmp(s->topic->id, "request") != 0) ||
	    s->scope != SCOPE_OWN ||
	    !pattern_fits("申请|渠道|途径|方式|来源|收到|受理|送达|递交",
			  a->at->text + s->sentence,
			  s->sentence_end - s->sentence))
		return k;
	add_rows(a, &wholes);
	for (size_t j = 0; j < wholes.count; j++)
		if (wholes.list[j] == l.sum ||
		    (l.count == 2 && wholes.list[j] > l.sum))
			return k;
	if (wholes.count)
		say_parts(a, &l, wholes.list[0]);
	return k;
}

static void check_subsums(const struct job *job, size_t cell,
			  const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count;) {
		struct ask a = { job, cell, at, c, i };
		struct list after = parts_after(&a), before = parts_before(&a);

		if (check_list(&a, &after))
			i = after.first + after.count;
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
