#include "core/lint_ask.h"

#include <string.h>

void ask_add(struct numbers *n, int64_t value)
{
	if (n->count < NUMBERS)
		n->list[n->count++] = value;
}

const struct said *ask_said(const struct ask *a, size_t i)
{
	return &a->c->list[i];
}

/* The value of a figure as it is printed; of a reference, its cell's. */
bool ask_value(const struct ask *a, size_t i, int64_t *value)
{
	const struct said *s = ask_said(a, i);
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

bool ask_same_unit(const struct ask *a, size_t i, size_t k)
{
	const struct figure *x = &ask_said(a, i)->figure,
			    *y = &ask_said(a, k)->figure;
	size_t n = x->end - x->digits_end, m = y->end - y->digits_end;

	if (x->unit == FIGURE_PERCENT || y->unit == FIGURE_PERCENT)
		return false;
	if (x->unit == FIGURE_BARE || y->unit == FIGURE_BARE ||
	    ask_said(a, i)->reference || ask_said(a, k)->reference)
		return true;
	if (x->unit == FIGURE_COUNT && y->unit == FIGURE_COUNT)
		return true;
	return n == m && memcmp(a->at->text + x->digits_end,
				a->at->text + y->digits_end, n) == 0;
}

bool ask_same_sentence(const struct ask *a, size_t i, size_t k)
{
	return ask_said(a, i)->sentence == ask_said(a, k)->sentence;
}

void ask_rows(const struct ask *a, const struct report *r, struct numbers *out)
{
	const struct claims_def *d = &a->job->form->claims;

	for (size_t i = 0; i < d->row_count; i++) {
		struct allowed of = { { d->rows[i].cells[0] },
				      d->rows[i].count == 1 };
		int64_t sum;

		if (r && figures_sum(r, &of, &sum))
			ask_add(out, sum);
	}
}
