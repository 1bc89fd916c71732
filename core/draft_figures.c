#include "core/draft_figures.h"

#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/lint_figures.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/tr.h"

const char *listed_label(enum listed_state state)
{
	static const char *const labels[] = {
#define LISTED_ROW(name, label) [LISTED_##name] = label,
		LISTED_LIST(LISTED_ROW)
#undef LISTED_ROW
	};

	return _(labels[state]);
}

/* ---- reading a text ---- */

/* One text being listed. */
struct lister {
	struct draft *d;
	size_t cell;
	const char *text;
	struct check_input in;
	struct listed *list;
	size_t count, room;
};

static struct listed *add(struct lister *l)
{
	l->list = mem_grow(l->list, l->count, &l->room, sizeof *l->list);
	l->list[l->count] = (struct listed){ 0 };
	return &l->list[l->count++];
}

/* Words ending where the figure does were set aside. */
static bool is_aside(const struct lister *l, const struct aside_row *a,
		     size_t end)
{
	size_t len = strlen(a->words);

	return strcmp(a->path, l->d->form->cells[l->cell].path) == 0 &&
	       len <= end && memcmp(l->text + end - len, a->words, len) == 0;
}

static bool was_set_aside(const struct lister *l, size_t end)
{
	for (size_t i = 0; i < l->d->aside_count; i++)
		if (is_aside(l, &l->d->asides[i], end))
			return true;
	return false;
}

/* The finding whose words end with the figure; else one that has it inside. */
static const struct finding *finding_of(const struct lister *l,
					const struct listed *f)
{
	const struct findings *all = &l->d->findings;
	const struct finding *inside = NULL;

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *it = &all->list[i];
		size_t end = it->offset + it->extent;

		if (!it->extent || it->cells[0] != l->cell)
			continue;
		if (end == f->to)
			return it;
		if (it->offset <= f->start && end >= f->end)
			inside = it;
	}
	return inside;
}

/* The cells its words mean: those it equals, else the first. */
static void propose(const struct lister *l, const struct said *s,
		    struct listed *f)
{
	size_t n = claim_allowed(l->d->form, s, 0, &(struct allowed){ 0 });

	for (size_t i = 0; i < n; i++) {
		struct allowed a;
		int64_t sum;
		bool known, equal;

		claim_allowed(l->d->form, s, i, &a);
		known = figures_number(&l->in, s, &a, &sum);
		equal = known && figures_say(s, sum);
		if (a.count == 0 || (f->count > 0 && !equal))
			continue;
		memcpy(f->cells, a.cells, a.count * sizeof *a.cells);
		f->count = a.count;
		f->number = sum;
		f->has_number = known;
		if (equal)
			return;
	}
}

static enum listed_state state_of(const struct lister *l,
				  const struct claims *c, size_t i)
{
	static const enum listed_state states[] = {
		[FIGURE_UNBOUND] = LISTED_UNBOUND,
		[FIGURE_WAITS] = LISTED_WAITS,
		[FIGURE_EQUAL] = LISTED_EQUAL,
		[FIGURE_DIFFERS] = LISTED_DIFFERS,
	};
	const struct said *s = &c->list[i];

	if (s->kind == SAID_ASIDE || s->scope == SCOPE_PART ||
	    s->scope == SCOPE_WIDER)
		return LISTED_OTHER;
	if (s->kind == SAID_NOTHING || !figures_judged(s))
		return LISTED_UNBOUND;
	if (s->scope == SCOPE_OFFICE &&
	    figures_judge(l->d->form, &l->in, s) != FIGURE_EQUAL)
		return LISTED_OTHER;
	return states[figures_verdict(l->d->form, &l->in, c, i)];
}

static void read_reference(const struct lister *l, const struct said *s,
			   struct listed *f)
{
	struct str value = { 0 };

	f->state = reference_value(l->d->report, l->d->last, &s->at, &value)
			   ? LISTED_BROKEN
			   : LISTED_REFERENCE;
	f->percent = s->at.kind != REFERENCE_SUM;
	for (; f->count < s->at.count && f->count < LISTED_CELLS; f->count++)
		f->cells[f->count] = s->at.cells[f->count];
	if (!f->percent && f->state == LISTED_REFERENCE) {
		struct allowed a = { .count = f->count };

		memcpy(a.cells, f->cells, f->count * sizeof *a.cells);
		f->has_number = figures_sum(l->d->report, &a, &f->number);
		f->value = f->number;
		f->step = NUM_ONE;
	}
	str_free(&value);
}

static void read_figure(const struct lister *l, const struct claims *c,
			size_t i, struct listed *f)
{
	const struct said *s = &c->list[i];

	f->percent = s->figure.unit == FIGURE_PERCENT;
	f->last = s->kind == SAID_LAST || s->kind == SAID_MORE;
	f->value = s->figure.value;
	f->step = s->figure.step;
	f->state = state_of(l, c, i);
	if (!f->percent && figures_judged(s))
		propose(l, s, f);
	if (f->finding)
		f->state = LISTED_DIFFERS;
	if (was_set_aside(l, f->end))
		f->state = LISTED_ASIDE;
}

static void list_said(struct lister *l, const struct place *at,
		      const struct claims *c, size_t i)
{
	const struct said *s = &c->list[i];
	struct match m = figures_words(s);
	struct listed *f = add(l);

	f->start = at->at + s->figure.start;
	f->end = at->at + s->figure.end;
	f->digits_end = at->at + s->figure.digits_end;
	f->from = at->at + m.start;
	f->to = f->end;
	f->finding = finding_of(l, f);
	if (f->finding && f->finding->offset + f->finding->extent == f->to)
		f->from = f->finding->offset;
	if (s->reference)
		read_reference(l, s, f);
	else
		read_figure(l, c, i, f);
}

static void list_none(struct lister *l, const struct place *at,
		      const struct none_said *n)
{
	struct said as_said = { .kind = SAID_VALUE,
				.claim = n->claim,
				.scope = n->scope,
				.plain = PLAIN_YES,
				.figure = { .step = NUM_ONE } };
	const struct claims alone = { .list = &as_said, .count = 1 };
	struct listed *f = add(l);

	f->words = true;
	f->start = f->from = at->at + n->start;
	f->end = f->to = f->digits_end = at->at + n->end;
	f->step = NUM_ONE;
	f->state = state_of(l, &alone, 0);
	propose(l, &as_said, f);
	f->finding = finding_of(l, f);
	if (was_set_aside(l, f->end))
		f->state = LISTED_ASIDE;
}

static int by_place(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* Are these two the parts of the share, as exactly as it is printed? */
static bool is_share(const struct listed *f, int64_t part, int64_t whole)
{
	__extension__ typedef __int128 wide;
	wide gap;

	if (whole <= 0 || part < 0 || part > whole)
		return false;
	gap = (wide)f->value * whole - (wide)part * 100 * NUM_ONE;
	return 2 * (gap < 0 ? -gap : gap) <= (wide)f->step * whole;
}

static bool one_number(const struct listed *f, int64_t *n)
{
	*n = f->value;
	return !f->words && (f->state != LISTED_REFERENCE || f->has_number);
}

/* A share that two figures of its paragraph make is right. */
static void find_share(struct lister *l, struct listed *f)
{
	int64_t part, whole;

	for (size_t i = 0; i < l->count; i++)
		for (size_t k = 0; k < l->count; k++) {
			const struct listed *x = &l->list[i], *y = &l->list[k];

			if (i == k || x->percent || y->percent ||
			    x->paragraph != f->paragraph ||
			    y->paragraph != f->paragraph ||
			    !one_number(x, &part) || !one_number(y, &whole) ||
			    !is_share(f, part, whole))
				continue;
			f->state = LISTED_EQUAL;
			if (x->count != 1 || y->count != 1)
				continue;
			f->cells[0] = x->cells[0];
			f->cells[1] = y->cells[0];
			f->count = 2;
			return;
		}
}

static void list_paragraph(struct lister *l, const struct place *at)
{
	const struct claims *c = claims_of(l->d->form, at, l->d->unit,
					   report_year(l->d->report));
	size_t first = l->count;

	for (size_t i = 0; i < c->count; i++)
		list_said(l, at, c, i);
	for (size_t i = 0; i < c->none_count; i++)
		list_none(l, at, &c->nones[i]);
	for (size_t i = first; i < l->count; i++)
		l->list[i].paragraph = lint_paragraph(l->text, at->at);
	for (size_t i = first; i < l->count; i++)
		if (l->list[i].percent && l->list[i].state == LISTED_UNBOUND)
			find_share(l, &l->list[i]);
}

size_t draft_figures(struct draft *d, size_t cell, struct listed **list)
{
	struct value v = report_get(d->report, cell);
	struct lister l = { .d = d,
			    .cell = cell,
			    .text = v.kind == VALUE_TEXT ? v.text : "",
			    .in = { .now = d->report,
				    .last = d->last,
				    .unit = d->unit,
				    .site = d->site } };
	const struct place *places;
	size_t count;

	draft_findings(d); /* the paragraphs are of the text as it is */
	places = prose_cell(report_prose(d->report), d->report, cell, &count);
	for (size_t i = 0; i < count; i++)
		list_paragraph(&l, &places[i]);
	if (l.count > 1)
		qsort(l.list, l.count, sizeof *l.list, by_place);
	*list = l.list;
	return l.count;
}

/* ---- another matter ---- */

/* Every mark on words that end with the figure goes. */
static enum err_code take_back(struct draft *d, size_t cell,
			       const struct listed *f, struct err *err)
{
	struct value v = report_get(d->report, cell);
	struct lister l = { .d = d,
			    .cell = cell,
			    .text = v.kind == VALUE_TEXT ? v.text : "" };
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < d->aside_count && !code; i++)
		if (is_aside(&l, &d->asides[i], f->end))
			code = store_aside_set(d->store, d->id,
					       d->asides[i].path,
					       d->asides[i].words, false, err);
	return code;
}

static enum err_code put_aside(struct draft *d, size_t cell,
			       const struct listed *f, struct err *err)
{
	struct value v = report_get(d->report, cell);
	char *words = xstrndup(v.text + f->from, f->to - f->from);
	enum err_code code = store_aside_set(
		d->store, d->id, d->form->cells[cell].path, words, true, err);

	free(words);
	return code;
}

enum err_code draft_set_aside(struct draft *d, size_t cell,
			      const struct listed *f, bool on, struct err *err)
{
	enum err_code code = draft_may_edit(d, err);

	if (!code)
		code = store_begin(d->store, err);
	if (code)
		return code;
	code = on ? put_aside(d, cell, f, err) : take_back(d, cell, f, err);
	if (!code)
		code = draft_read_review(d, err);
	if (!code)
		code = draft_save_row(d, err);
	return draft_finish(d, code, true, err);
}
