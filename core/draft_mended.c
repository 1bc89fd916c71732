/* Which findings were there and are no more: what the clerk has mended since the
 * report was opened. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/mem.h"

static size_t first_cell(const struct finding *f)
{
	return f->cell_count > 0 ? f->cells[0] : FORM_NO_CELL;
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool has_cell(const struct finding *f, size_t cell)
{
	for (size_t i = 0; i < f->cell_count; i++)
		if (f->cells[i] == cell)
			return true;
	return f->cell_count == 0 && cell == FORM_NO_CELL;
}

/* Its very words, or (`loose`) the same matter with other numbers: a relation is
 * told by its cell, blanks by any of theirs. */
static bool is_same(const struct remembered *old, const struct finding *f,
		    bool loose)
{
	if (old->rule != f->rule || old->section != f->section)
		return false;
	if (!loose)
		return old->cell == first_cell(f) &&
		       strcmp(old->brief, f->brief) == 0;
	if (f->rule->kind == RULE_RELATION)
		return old->cell == first_cell(f);
	return has_cell(f, old->cell) && same_text(old->mark, f->mark);
}

static void keep_words(struct remembered *old, const struct finding *f)
{
	free(old->where);
	free(old->brief);
	old->where = xstrdup(f->where ? f->where : "");
	old->brief = xstrdup(f->brief);
	old->cell = first_cell(f);
	old->offset = f->offset;
	old->severity = f->severity;
}

/* Give every finding the remembered one that it is; *known, one a finding: there
 * is such. */
static void pair(struct draft *d, const struct findings *all, bool *known)
{
	for (size_t i = 0; i < d->remembered_count; i++)
		d->remembered[i].gone = true;
	for (int loose = 0; loose < 2; loose++)
		for (size_t k = 0; k < all->count; k++)
			for (size_t i = 0; i < d->remembered_count && !known[k];
			     i++) {
				struct remembered *old = &d->remembered[i];

				if (!old->gone ||
				    !is_same(old, &all->list[k], loose))
					continue;
				old->gone = false;
				known[k] = true;
				keep_words(old, &all->list[k]);
			}
}

static void keep(struct draft *d, const struct finding *f)
{
	struct remembered *new;

	d->remembered = mem_grow(d->remembered, d->remembered_count,
				 &d->remembered_room, sizeof *d->remembered);
	new = &d->remembered[d->remembered_count++];
	*new = (struct remembered){ .rule = f->rule, .section = f->section };
	new->mark = f->mark ? xstrdup(f->mark) : NULL;
	keep_words(new, f);
}

static int compare(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

static int form_order(const void *a, const void *b)
{
	const struct remembered *x = a, *y = b;
	size_t xs = x->section ? x->section->index : FORM_NO_CELL;
	size_t ys = y->section ? y->section->index : FORM_NO_CELL;
	int order = compare(xs, ys);

	if (!order)
		order = compare(x->cell, y->cell);
	if (!order)
		order = compare(x->offset, y->offset);
	return order ? order : x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void look(struct draft *d, bool add)
{
	const struct findings *all = draft_findings(d);
	bool *known = xcalloc(all->count + 1, sizeof *known);

	pair(d, all, known);
	for (size_t k = 0; k < all->count && add; k++)
		if (!known[k])
			keep(d, &all->list[k]);
	if (d->remembered_count > 1)
		qsort(d->remembered, d->remembered_count, sizeof *d->remembered,
		      form_order);
	free(known);
}

void draft_remember(struct draft *d)
{
	look(d, true);
}

const struct remembered *draft_remembered(struct draft *d, size_t *count)
{
	look(d, false);
	*count = d->remembered_count;
	return d->remembered;
}

void draft_forget_findings(struct draft *d)
{
	for (size_t i = 0; i < d->remembered_count; i++) {
		free(d->remembered[i].mark);
		free(d->remembered[i].where);
		free(d->remembered[i].brief);
	}
	free(d->remembered);
	d->remembered = NULL;
	d->remembered_count = d->remembered_room = 0;
}
