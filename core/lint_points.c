/* N5: 比上年提高2.7个百分点: a share beside last year's. */
#include <string.h>

#include "core/lint_ask.h"
#include "core/num.h"
#include "core/rule_impl.h"
#include "core/str.h"

enum {
	SUMS = 48, /* candidates of one side */
};

struct sums {
	struct allowed list[SUMS];
	size_t count;
};

static void add_values(const struct form_def *form, const struct said *s,
		       struct sums *out)
{
	size_t n = claim_allowed(form, s, 0, &(struct allowed){ 0 });

	for (size_t i = 0; i < n && out->count < SUMS; i++)
		claim_allowed(form, s, i, &out->list[out->count++]);
}

/* The rows' totals, and the totals that the part is in. */
static void add_totals(const struct form_def *form, size_t cell,
		       struct sums *out)
{
	for (size_t i = 0; i < form->claims.row_count; i++)
		if (out->count < SUMS)
			out->list[out->count++] = (struct allowed){
				{ form->claims.rows[i].cells[0] }, 1
			};
	for (size_t i = 0; i < form->cell_count && out->count < SUMS; i++)
		if (form_adds(form, i, cell))
			out->list[out->count++] = (struct allowed){ { i }, 1 };
}

/* What the share of the k-th figure may be a share of, by the tables. */
static void find_sums(const struct ask *a, size_t k, struct sums *parts,
		      struct sums *wholes)
{
	const struct form_def *form = a->job->form;
	const struct ask of = { a->job, a->cell, a->at, a->c, k };
	const struct said *s = ask_said(a, k);
	struct said part = { .claim = s->part,
			     .klass = s->part_class,
			     .row = s->row };
	size_t whole, i = share_part(&of, &whole);

	if (!part.claim && !part.klass && i != SIZE_MAX &&
	    ask_said(a, i)->kind == SAID_VALUE)
		part = *ask_said(a, i);
	if (!part.claim && !part.klass)
		return;
	add_values(form, &part, parts);
	if (s->claim)
		add_values(form, &(struct said){ .claim = s->claim }, wholes);
	else if (parts->count && parts->list[0].count)
		add_totals(form, parts->list[0].cells[0], wholes);
}

/* Per cent, rounded to 0.0001. */
static bool share_in(const struct report *r, const struct allowed *part,
		     const struct allowed *whole, int64_t *out)
{
	int64_t x, y;

	if (!figures_sum(r, part, &x) || !figures_sum(r, whole, &y) || y <= 0 ||
	    x < 0 || x > y || x > INT64_MAX / 100 / NUM_ONE)
		return false;
	*out = (x * 100 * NUM_ONE + y / 2) / y;
	return true;
}

static bool is_near(int64_t a, int64_t b, int64_t step)
{
	return (a > b ? a - b : b - a) <= step;
}

/* Does it hold for one of the shares that this year's may be?  None that can be
 * judged: it does. */
static bool holds(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, a->i), *share = ask_said(a, k);
	struct sums parts = { .count = 0 }, wholes = { .count = 0 };
	bool told = false;
	int64_t now, was;

	find_sums(a, k, &parts, &wholes);
	for (size_t i = 0; i < parts.count; i++)
		for (size_t j = 0; j < wholes.count; j++) {
			if (!share_in(a->job->now, &parts.list[i],
				      &wholes.list[j], &now) ||
			    !is_near(now, share->figure.value,
				     share->figure.step) ||
			    !share_in(a->job->in->last, &parts.list[i],
				      &wholes.list[j], &was))
				continue;
			told = true;
			if (is_near(s->down ? was - now : now - was,
				    s->figure.value, s->figure.step))
				return true;
		}
	return !told;
}

/* 由85.2%提高到91.6% */
static bool is_from_to(const struct ask *a, size_t k)
{
	const struct said *to = ask_said(a, k), *from = to - 1;

	return k > 0 && ask_same_sentence(a, k - 1, k) &&
	       from->figure.unit == FIGURE_PERCENT &&
	       place_fits(a->at, "(?:由|从)[^，。；]{0,16}$", from->since,
			  from->figure.start) &&
	       place_fits(a->at, "^(?:，)?[^，。；]{0,8}(?:至|到|为)$",
			  from->figure.end, to->figure.start);
}

/* The share before it, and last year's where the sentence tells it. */
static size_t share_before(const struct ask *a, size_t *last)
{
	*last = SIZE_MAX;
	for (size_t k = a->i; k-- > 0 && ask_same_sentence(a, k, a->i);) {
		const struct said *s = ask_said(a, k);

		if (s->figure.unit != FIGURE_PERCENT || s->reference)
			continue;
		if (*last == SIZE_MAX && is_from_to(a, k)) {
			*last = k - 1;
			return k;
		}
		if (*last != SIZE_MAX ||
		    !place_fits(
			    a->at,
			    "(?:上年|去年|上一年)[^，。；]{0,4}$|(?:比|较|与)20\\d\\d年(?:度)?的?$",
			    s->since, s->figure.start))
			return k;
		*last = k;
	}
	return SIZE_MAX;
}

bool points_hold(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);
	const struct report *last = a->job->in->last;
	size_t was, k = share_before(a, &was);
	int64_t gap;

	if (k == SIZE_MAX || s->figure.vague ||
	    !place_fits(a->at, "增|升|提高|多|涨|扩大|降|减|少|回落|低|高",
			s->since, s->figure.start))
		return true;
	if (was != SIZE_MAX) {
		gap = ask_said(a, k)->figure.value -
		      ask_said(a, was)->figure.value;
		return is_near(s->down ? -gap : gap, s->figure.value,
			       s->figure.step);
	}
	if (ask_said(a, k)->kind != SAID_SHARE ||
	    ask_said(a, k)->scope != SCOPE_OWN || !last ||
	    report_form(last) != a->job->form)
		return true;
	return holds(a, k);
}
