/* What a figure of a text can be bound to. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_choices_impl.h"
#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/tr.h"

/* How many units of the text one of the cell is: 10000 for 元 and 万元. */
static int64_t scale_of(const struct form_def *form, size_t cell)
{
	const struct claims_def *c = &form->claims;

	for (size_t i = 0; i < c->claim_count; i++)
		for (size_t k = 0; k < c->claims[i].value_count; k++)
			if (c->claims[i].scale > 1 &&
			    c->claims[i].values[k].cells[0] == cell)
				return c->claims[i].scale;
	return 1;
}

static bool is_equal(const struct form_def *form, const struct listed *f,
		     const struct allowed *a, int64_t sum)
{
	int64_t scale = scale_of(form, a->cells[0]);
	struct figure figure = { .value = f->value, .step = f->step };

	return sum >= 0 && sum <= INT64_MAX / scale &&
	       figure_says(&figure, sum * scale);
}

static void add_names(const struct form_def *form, const struct allowed *a,
		      const char *between, struct str *out)
{
	for (size_t i = 0; i < a->count; i++)
		str_addf(out, "%s%s", i ? between : "",
			 form->cells[a->cells[i]].say);
}

static void add_paths(const struct form_def *form, const struct allowed *a,
		      const char *between, struct str *out)
{
	str_addc(out, '{');
	for (size_t i = 0; i < a->count; i++)
		str_addf(out, "%s%s", i ? between : "",
			 form->cells[a->cells[i]].path);
}

static struct choice sum_of(struct draft *d, const struct listed *f,
			    const struct allowed *a)
{
	struct str text = { 0 }, say = { 0 };
	struct choice c = { 0 };
	char digits[NUM_TEXT];
	int64_t sum;
	bool known = figures_sum(d->report, a, &sum);

	add_paths(d->form, a, "+", &text);
	str_addc(&text, '}');
	if (scale_of(d->form, a->cells[0]) > 1)
		str_add(&text, "万");
	add_names(d->form, a, "＋", &say);
	c.value = xstrdup(known ? num_text(sum, digits) : "_");
	c.equal = known && is_equal(d->form, f, a, sum);
	c.text = str_steal(&text);
	c.say = str_steal(&say);
	return c;
}

struct choice draft_choice_of(struct draft *d, const struct listed *f,
			      size_t cell)
{
	return sum_of(d, f, &(struct allowed){ { cell }, 1 });
}

void choice_free(struct choice *c)
{
	free(c->text);
	free(c->say);
	free(c->value);
}

static bool is_there(const struct choosing *c, const char *text)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->list[i].text, text) == 0)
			return true;
	return false;
}

void choosing_add(struct choosing *c, struct choice choice, bool by_words)
{
	choice.by_words = by_words;
	if (is_there(c, choice.text)) {
		choice_free(&choice);
		return;
	}
	c->list = mem_grow(c->list, c->count, &c->room, sizeof *c->list);
	c->list[c->count++] = choice;
}

/* What the words before it allow. */
static void add_allowed(struct choosing *c, size_t cell)
{
	struct draft *d = c->d;
	size_t count;
	const struct place *at =
		prose_cell(report_prose(d->report), d->report, cell, &count);

	for (size_t i = 0; i < count; i++) {
		const struct claims *claims = claims_of(
			d->form, &at[i], d->unit, report_year(d->report));

		for (size_t k = 0; k < claims->count; k++) {
			const struct said *s = &claims->list[k];
			struct allowed a;
			size_t n = claim_allowed(d->form, s, 0, &a);

			if (at[i].at + s->figure.start != c->f->start ||
			    s->reference || !figures_judged(s))
				continue;
			for (size_t v = 0; v < n; v++) {
				claim_allowed(d->form, s, v, &a);
				if (a.count > 0)
					choosing_add(c, sum_of(d, c->f, &a),
						     true);
			}
		}
	}
}

bool choosing_total(const struct form_def *form, size_t cell)
{
	const struct cell_def *def = &form->cells[cell];

	return def->part_count > 0 || !def->row ||
	       def->row->band->column_count < 4 ||
	       strcmp(strrchr(def->path, '.'), ".total") == 0;
}

/* Any cell with that value; a lone 0 says nothing. */
static void add_alike(struct choosing *c, bool totals)
{
	const struct form_def *form = c->d->form;

	for (size_t i = 0; i < form->cell_count && c->f->value; i++) {
		const struct allowed a = { { i }, 1 };
		int64_t sum;

		if (choosing_total(form, i) != totals ||
		    c->alike == CHOICES_ALIKE ||
		    !cell_is_number(&form->cells[i]) ||
		    !figures_sum(c->d->report, &a, &sum) ||
		    !is_equal(form, c->f, &a, sum))
			continue;
		c->alike++;
		choosing_add(c, sum_of(c->d, c->f, &a), false);
	}
}

/* 占 …: the two figures that make it. */
static void add_share(struct choosing *c)
{
	const struct form_def *form = c->d->form;
	const struct allowed a = { { c->f->cells[0], c->f->cells[1] }, 2 };
	struct str text = { 0 }, say = { 0 }, value = { 0 };
	struct reference ref;

	if (c->f->count != 2 || a.cells[0] == FORM_NO_CELL ||
	    a.cells[1] == FORM_NO_CELL)
		return;
	add_paths(form, &a, "/", &text);
	str_add(&text, "%}");
	add_names(form, &a, "／", &say);
	if (reference_next(form, text.s, 0, &ref) &&
	    !reference_value(c->d->report, c->d->last, &ref, &value))
		choosing_add(c,
			     (struct choice){ .text = str_steal(&text),
					      .say = str_steal(&say),
					      .value = str_steal(&value),
					      .equal = true },
			     true);
	str_free(&text);
	str_free(&say);
	str_free(&value);
}

/* What its words mean comes before what just has the same number, which would be
 * making it fit; in each what is equal. */
static void order(struct choosing *c)
{
	struct choice *sorted = xcalloc(c->count + 1, sizeof *sorted);
	size_t n = 0;

	for (int want = 3; want >= 0; want--)
		for (size_t i = 0; i < c->count; i++)
			if (2 * c->list[i].by_words + c->list[i].equal == want)
				sorted[n++] = c->list[i];
	free(c->list);
	c->list = sorted;
}

size_t draft_choices(struct draft *d, size_t cell, const struct listed *f,
		     struct choice **list)
{
	struct choosing c = { .d = d, .f = f };

	draft_findings(d);
	if (f->percent) {
		add_share(&c);
		choosing_ratios(&c, cell);
	} else if (!f->words && !f->last) {
		add_allowed(&c, cell);
		add_alike(&c, true);
		add_alike(&c, false);
	}
	order(&c);
	*list = c.list;
	return c.count;
}

void choices_free(struct choice *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		choice_free(&list[i]);
	free(list);
}
