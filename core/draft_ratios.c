/* What a percentage of a text can be bound to: shares and changes. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_choices_impl.h"
#include "core/draft_impl.h"
#include "core/lint_ask.h"
#include "core/num.h"
#include "core/reference.h"
#include "core/report_impl.h"
#include "core/tr.h"

/* Single cells that words may mean. */
struct cells {
	size_t list[NUMBERS];
	size_t count;
};

static void add_cell(struct cells *out, size_t cell)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->list[i] == cell)
			return;
	if (out->count < NUMBERS)
		out->list[out->count++] = cell;
}

static void add_meant(const struct form_def *form, const struct said *s,
		      struct cells *out)
{
	struct allowed a;
	size_t n = claim_allowed(form, s, 0, &a);

	if (s->reference && s->at.kind == REFERENCE_SUM && s->at.count == 1 &&
	    s->at.cells[0] != FORM_NO_CELL)
		add_cell(out, s->at.cells[0]);
	for (size_t i = 0; i < n && !s->reference; i++) {
		claim_allowed(form, s, i, &a);
		if (a.count == 1)
			add_cell(out, a.cells[0]);
	}
}

/* ---- one choice ---- */

/* The text as a reference of the report; its value, or _ for none. */
static char *value_of(struct draft *d, const char *text)
{
	struct reference ref;
	struct str value = { 0 };

	if (!reference_next(d->form, text, 0, &ref) ||
	    reference_value(d->report, d->last, &ref, &value)) {
		str_clear(&value);
		str_add(&value, "_");
	}
	return str_steal(&value);
}

static void offer(struct choosing *c, char *text, char *say, bool equal,
		  bool by_words)
{
	choosing_add(c,
		     (struct choice){ .text = text,
				      .say = say,
				      .value = value_of(c->d, text),
				      .equal = equal },
		     by_words);
}

static void offer_share(struct choosing *c, size_t part, size_t whole,
			bool equal, bool by_words)
{
	const struct cell_def *cells = c->d->form->cells;

	offer(c, str_printf("{%s/%s%%}", cells[part].path, cells[whole].path),
	      str_printf("%s／%s", cells[part].say, cells[whole].say), equal,
	      by_words);
}

static void offer_change(struct choosing *c, size_t cell, bool equal,
			 bool by_words)
{
	const struct cell_def *def = &c->d->form->cells[cell];

	offer(c, str_printf("{%s~%%}", def->path),
	      str_printf(_("%s，比上年"), def->say), equal, by_words);
}

/* ---- shares ---- */

static bool is_share(const struct choosing *c, size_t part, size_t whole)
{
	const struct figure f = { .value = c->f->value, .step = c->f->step };
	const struct allowed p = { { part }, 1 }, w = { { whole }, 1 };
	int64_t x, y;

	return part != whole && figures_sum(c->d->report, &p, &x) &&
	       figures_sum(c->d->report, &w, &y) && x <= y &&
	       share_is(&f, x, y);
}

/* What stands before 占, or the figure that the share is of. */
static void find_parts(const struct ask *a, size_t part, struct cells *out)
{
	const struct said *s = ask_said(a, a->i);
	const struct said of = { .claim = s->part,
				 .klass = s->part_class,
				 .row = s->row };

	if (s->part || s->part_class)
		add_meant(a->job->form, &of, out);
	else if (part != SIZE_MAX)
		add_meant(a->job->form, ask_said(a, part), out);
}

/* What its words call the whole. */
static void find_wholes(const struct ask *a, size_t whole, struct cells *out)
{
	const struct said *s = ask_said(a, a->i);
	const struct said of = { .claim = s->claim };

	if (whole != SIZE_MAX)
		add_meant(a->job->form, ask_said(a, whole), out);
	else if (s->claim)
		add_meant(a->job->form, &of, out);
}

/* Of the sums that add a part those that fit: the whole is not always named. */
static void offer_sums(struct choosing *c, const struct cells *parts)
{
	const struct form_def *form = c->d->form;

	for (size_t i = 0; i < parts->count; i++)
		for (size_t k = 0; k < form->cell_count; k++)
			if (cell_is_number(&form->cells[k]) &&
			    is_share(c, parts->list[i], k) &&
			    form_adds(form, k, parts->list[i]))
				offer_share(c, parts->list[i], k, true, true);
}

/* Two cells that have to do with each other: a sum and its part, or two totals
 * of one row or of one column. */
static bool are_kin(const struct form_def *form, size_t part, size_t whole)
{
	const struct cell_def *x = &form->cells[part], *y = &form->cells[whole];

	return form_adds(form, whole, part) ||
	       (x->section == y->section && choosing_total(form, part) &&
		choosing_total(form, whole) &&
		(x->row == y->row ||
		 strcmp(strrchr(x->path, '.'), strrchr(y->path, '.')) == 0));
}

/* Not equal, it must at least be a part of that whole. */
static void offer_meant(struct choosing *c, size_t part, size_t whole)
{
	bool equal = is_share(c, part, whole);

	if (equal || (part != whole && are_kin(c->d->form, part, whole)))
		offer_share(c, part, whole, equal, true);
}

static void offer_meant_shares(struct choosing *c, const struct ask *a)
{
	struct cells parts = { .count = 0 }, wholes = { .count = 0 };
	size_t whole, part = share_part(a, &whole);

	find_parts(a, part, &parts);
	find_wholes(a, whole, &wholes);
	for (size_t i = 0; i < parts.count; i++)
		for (size_t k = 0; k < wholes.count; k++)
			offer_meant(c, parts.list[i], wholes.list[k]);
	if (wholes.count == 0)
		offer_sums(c, &parts);
}

static void offer_alike_shares(struct choosing *c)
{
	const struct form_def *form = c->d->form;

	for (size_t k = 0; k < form->cell_count; k++)
		for (size_t i = 0; i < form->cell_count; i++) {
			if (c->alike >= CHOICES_ALIKE ||
			    !choosing_total(form, k) ||
			    !cell_is_number(&form->cells[i]) ||
			    !cell_is_number(&form->cells[k]) ||
			    !is_share(c, i, k) || !are_kin(form, i, k))
				continue;
			c->alike++;
			offer_share(c, i, k, true, false);
		}
}

/* ---- changes ---- */

/* More than last year by so much?  A reference prints a fall with its sign, which
 * 下降 has said already, so only rises can be bound. */
static bool has_risen(const struct choosing *c, size_t cell, bool *equal)
{
	const struct report *last = c->d->last;
	const struct figure f = { .value = c->f->value, .step = c->f->step };
	struct allowed a = { { cell }, 1 };
	int64_t now, was;

	if (!last || !figures_sum(c->d->report, &a, &now))
		return false;
	a.cells[0] = form_cell(report_form(last), c->d->form->cells[cell].path);
	if (a.cells[0] == FORM_NO_CELL || !figures_sum(last, &a, &was) ||
	    was <= 0 || now < was)
		return false;
	*equal = share_is(&f, now - was, was);
	return true;
}

/* Its own words, else the last figure before it in its sentence. */
static void offer_meant_changes(struct choosing *c, const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);
	struct cells of = { .count = 0 };
	bool equal;

	add_meant(a->job->form, s, &of);
	for (size_t k = a->i; of.count == 0 && k-- > 0;)
		if (ask_same_sentence(a, k, a->i) &&
		    (ask_said(a, k)->kind == SAID_VALUE ||
		     ask_said(a, k)->reference))
			add_meant(a->job->form, ask_said(a, k), &of);
	for (size_t i = 0; i < of.count; i++)
		if (has_risen(c, of.list[i], &equal))
			offer_change(c, of.list[i], equal, true);
}

static void offer_alike_changes(struct choosing *c)
{
	const struct form_def *form = c->d->form;
	bool equal;

	for (size_t i = 0; i < form->cell_count; i++) {
		if (c->alike >= CHOICES_ALIKE ||
		    !cell_is_number(&form->cells[i]) ||
		    !choosing_total(form, i) || !has_risen(c, i, &equal) ||
		    !equal)
			continue;
		c->alike++;
		offer_change(c, i, true, false);
	}
}

/* ---- all of them ---- */

static void offer_of(struct choosing *c, const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	if (s->reference || s->points)
		return;
	if (s->kind == SAID_CHANGE) {
		if (s->down)
			return;
		offer_meant_changes(c, a);
		offer_alike_changes(c);
		return;
	}
	if (s->kind == SAID_SHARE)
		offer_meant_shares(c, a);
	if (c->f->value > 0)
		offer_alike_shares(c);
}

void choosing_ratios(struct choosing *c, size_t cell)
{
	struct draft *d = c->d;
	const struct check_input in = { .now = d->report,
					.last = d->last,
					.unit = d->unit };
	const struct job job = { .in = &in, .form = d->form, .now = d->report };
	size_t count;
	const struct place *at =
		prose_cell(report_prose(d->report), d->report, cell, &count);

	for (size_t i = 0; i < count; i++) {
		const struct claims *claims = claims_of(
			d->form, &at[i], d->unit, report_year(d->report));

		for (size_t k = 0; k < claims->count; k++) {
			const struct ask a = { &job, cell, &at[i], claims, k };

			if (at[i].at + claims->list[k].figure.start ==
			    c->f->start)
				offer_of(c, &a);
		}
	}
}
