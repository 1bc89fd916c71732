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

/* The figures before it in the sentence: the last one, and the last ones added
 * up (两项合计). */
static void add_parts(const struct ask *a, struct numbers *out)
{
	int64_t sum = 0, one;
	size_t n = 0;

	for (size_t k = a->i; k-- > 0 && n < SUMMANDS;) {
		if (!same_sentence(a, k, a->i))
			break;
		if (said(a, k)->figure.unit == FIGURE_PERCENT)
			continue;
		if (!value_of(a, k, &one) || !num_add(sum, 1, one, &sum))
			break;
		add_number(out, one);
		add_number(out, sum);
		add_allowed(a, a->job->now, said(a, k), out);
		n++;
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

/* The figure that the share is of; SIZE_MAX if there is none. */
static size_t part_before(const struct ask *a)
{
	for (size_t k = a->i; k-- > 0;) {
		if (!same_sentence(a, k, a->i))
			break;
		if (said(a, k)->figure.unit != FIGURE_PERCENT)
			return k;
	}
	return SIZE_MAX;
}

/* Is it told of what the share is: by words, by a larger figure before it in
 * the sentence, by a part that is one of the tables'? */
static bool whole_is_told(const struct ask *a, size_t part)
{
	int64_t mine, one;

	if (said(a, a->i)->claim)
		return true;
	if (part == SIZE_MAX)
		return said(a, a->i)->klass != NULL;
	if (said(a, part)->kind == SAID_VALUE &&
	    said(a, part)->scope == SCOPE_OWN)
		return true;
	if (!value_of(a, part, &mine))
		return false;
	for (size_t k = 0; k < part; k++)
		if (same_sentence(a, k, part) && same_unit(a, k, part) &&
		    value_of(a, k, &one) && one > mine)
			return true;
	return false;
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

static void check_share(const struct ask *a)
{
	const struct said *s = said(a, a->i);
	struct numbers parts = { .count = 0 }, wholes = { .count = 0 };
	size_t part = part_before(a);

	if (!whole_is_told(a, part))
		return;
	add_parts(a, &parts);
	if (s->klass || (part == SIZE_MAX && s->claim))
		add_allowed(a, a->job->now, s, &parts);
	if (s->claim && !s->klass)
		add_allowed(a, a->job->now, s, &wholes);
	if (part != SIZE_MAX)
		add_wholes(a, part, &wholes);
	if (s->row)
		add_allowed(a, a->job->now, &(struct said){ .claim = s->row },
			    &wholes);
	add_rows(a, &wholes);
	if (parts.count && wholes.count &&
	    !any_share(&s->figure, &parts, &wholes))
		say_share(a, &parts, &wholes, "share");
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
		if (said(a, k)->kind == SAID_VALUE)
			return said(a, k)->scope == SCOPE_OWN ? said(a, k)
							      : NULL;
	return NULL;
}

/* Any two figures of the sentence, one of them last year's. */
static bool told_in_sentence(const struct ask *a)
{
	int64_t x, y;

	for (size_t i = 0; i < a->c->count; i++)
		for (size_t k = 0; k < a->c->count; k++)
			if (i != k && same_sentence(a, i, a->i) &&
			    same_sentence(a, k, a->i) && same_unit(a, i, k) &&
			    value_of(a, i, &x) && value_of(a, k, &y) &&
			    (is_change(said(a, a->i), x, y) ||
			     (y > 0 && is_share(&said(a, a->i)->figure, x, y))))
				return true;
	return false;
}

static void check_change(const struct ask *a)
{
	const struct form_def *form = a->job->form;
	const struct report *last = a->job->in->last;
	const struct said *of = changed(a);
	struct numbers now = { .count = 0 }, was = { .count = 0 };
	size_t n;

	if (!of || !last || report_form(last) != form || told_in_sentence(a))
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
		    s->figure.vague || s->scope != SCOPE_OWN)
			continue;
		if (s->kind == SAID_SHARE)
			check_share(&a);
		if (s->kind == SAID_CHANGE)
			check_change(&a);
	}
}

void lint_shares(const struct job *job)
{
	figures_each(job, check_percents);
}

/* ---- N6: parts of a sum in one sentence ---- */

/* Is `part` one of the cells that `whole` adds up? */
static bool is_part(const struct form_def *form, size_t whole, size_t part)
{
	const struct cell_def *def = &form->cells[whole];

	for (size_t i = 0; i < def->part_count; i++)
		if (def->parts[i].cell == part ||
		    is_part(form, def->parts[i].cell, part))
			return true;
	return false;
}

/* Two claims: is the second's value a part of the first's? */
static bool belongs(const struct ask *a, const struct said *whole,
		    const struct said *part)
{
	const struct form_def *form = a->job->form;
	struct allowed x, y;
	size_t n = claim_allowed(form, whole, 0, &x);
	size_t m = claim_allowed(form, part, 0, &y);

	if (part->klass && !part->claim)
		return whole->claim && !whole->klass;
	if (!part->claim)
		return true;
	if (!whole->claim)
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++) {
			claim_allowed(form, whole, i, &x);
			claim_allowed(form, part, k, &y);
			if (x.count == 1 && y.count == 1 &&
			    is_part(form, x.cells[0], y.cells[0]))
				return true;
		}
	return false;
}

/* Nothing but marks and 为, 是 between two numbers. */
static bool is_bare(const struct ask *a, size_t k)
{
	size_t from = said(a, k - 1)->figure.end;
	size_t len = said(a, k)->figure.start - from;

	return len <= 9 &&
	       !pattern_fits("(?![和及与])\\p{Han}", a->at->text + from, len);
}

struct list {
	int64_t sum;
	size_t first, count;
	bool bare;
};

static bool is_whole(const struct said *s)
{
	return s->figure.unit != FIGURE_PERCENT && !s->figure.vague &&
	       s->kind != SAID_ASIDE && !s->inner;
}

/* The parts that follow the a->i-th figure in its sentence. */
static struct list parts_of(const struct ask *a)
{
	struct list l = { .first = a->i + 1, .bare = true };
	bool began = false;

	for (size_t k = a->i + 1; k < a->c->count; k++) {
		const struct said *s = said(a, k);
		int64_t one;

		if (!same_sentence(a, k, a->i))
			break;
		if (s->figure.unit == FIGURE_PERCENT)
			continue;
		if (!s->inner || !same_unit(a, k, a->i) || s->figure.vague ||
		    s->kind == SAID_ASIDE || s->total ||
		    !belongs(a, said(a, a->i), s) || !value_of(a, k, &one) ||
		    !num_add(l.sum, 1, one, &l.sum))
			break;
		if (began && !is_bare(a, k))
			l.bare = false;
		began = true;
		l.count++;
	}
	return l;
}

static void say_parts(const struct ask *a, const struct list *l, int64_t whole)
{
	const struct said *s = said(a, a->i);
	const struct said *last = said(a, l->first + l->count - 1);
	struct match m = { s->window, last->figure.end };
	struct str match = { 0 };
	char x[NUM_TEXT], y[NUM_TEXT];
	struct finding *f;

	if (figures_aside(a->job, a->cell, a->at, m))
		return;
	str_addf(&match, _("“%.*s”，各项相加是%s，不是%s"),
		 (int)(m.end - m.start), a->at->text + m.start,
		 num_text(l->sum, x), num_text(whole, y));
	f = figures_add(a->job, a->cell, a->at, m, "parts", match.s, "");
	lint_facts(f, &match);
}

/* More than the whole never holds; less may, unless the list is of bare
 * numbers: then it names all. */
static void check_sum(const struct ask *a)
{
	struct list l = parts_of(a);
	int64_t whole;

	if (l.count < 2 || !is_whole(said(a, a->i)) ||
	    !value_of(a, a->i, &whole))
		return;
	if (l.sum > whole || (l.sum < whole && l.bare && l.count >= BARE_LIST))
		say_parts(a, &l, whole);
}

/* 信函39件、邮件7件、在线1件: the ways add up to what was received. */
static size_t check_channels(const struct ask *a)
{
	struct numbers wholes = { .count = 0 };
	struct list l = { .first = a->i, .bare = true };
	int64_t one;
	size_t k;

	for (k = a->i; k < a->c->count && said(a, k)->channel &&
		       same_sentence(a, k, a->i) && same_unit(a, k, a->i);
	     k++) {
		if (!value_of(a, k, &one) || !num_add(l.sum, 1, one, &l.sum))
			return k + 1;
		l.count++;
	}
	if (l.count < 2 || !said(a, a->i)->row)
		return k > a->i ? k : a->i + 1;
	add_rows(a, &wholes);
	for (size_t j = 0; j < a->i; j++)
		if (same_unit(a, j, a->i) && value_of(a, j, &one))
			add_number(&wholes, one);
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

		if (c->list[i].channel) {
			i = check_channels(&a);
			continue;
		}
		check_sum(&a);
		i++;
	}
}

void lint_subsums(const struct job *job)
{
	figures_each(job, check_subsums);
}
