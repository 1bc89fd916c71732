#include "tui/finding_list.h"

#include <stdlib.h>

#include "core/mem.h"

size_t finding_item_cell(const struct form_def *form,
			 const struct finding_item *item)
{
	if (item->comment)
		return form_cell(form, item->comment->path);
	if (item->mended)
		return item->mended->cell;
	return item->finding && item->finding->cell_count > 0
		       ? item->finding->cells[0]
		       : FORM_NO_CELL;
}

const struct section_def *finding_item_section(const struct form_def *form,
					       const struct finding_item *item)
{
	size_t cell;

	if (item->finding)
		return item->finding->section;
	if (item->mended)
		return item->mended->section;
	cell = finding_item_cell(form, item);
	return cell == FORM_NO_CELL ? NULL : form->cells[cell].section;
}

static bool passes(const struct finding_list *l, const struct form_def *form,
		   const struct finding_item *item)
{
	static const enum finding_filter severities[SEVERITY_COUNT] = {
		[SEVERITY_HARD] = FILTER_HARD,
		[SEVERITY_SOFT] = FILTER_SOFT,
		[SEVERITY_HINT] = FILTER_HINT,
	};

	if (l->section && finding_item_section(form, item) != l->section)
		return false;
	if (l->filter == FILTER_ALL)
		return true;
	if (item->comment)
		return l->filter == FILTER_COMMENTS;
	if (item->mended)
		return l->filter == FILTER_MENDED;
	return l->filter == severities[item->finding->severity];
}

static void add(struct finding_list *l, const struct form_def *form,
		struct finding_item item)
{
	l->total++;
	if (passes(l, form, &item))
		l->items[l->count++] = item;
}

/* Where something stands in the form; what is about the whole report last. */
struct place {
	size_t section, cell, offset;
};

static struct place place_of(const struct form_def *form,
			     const struct finding_item *item)
{
	const struct section_def *section = finding_item_section(form, item);
	struct place at = { .section = section ? section->index : FORM_NO_CELL,
			    .cell = finding_item_cell(form, item) };

	if (item->finding)
		at.offset = item->finding->offset;
	else if (item->mended)
		at.offset = item->mended->offset;
	return at;
}

static int compare(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

/* Does it stand before the other in the form, or where that does? */
static bool before(const struct form_def *form, const struct finding_item *a,
		   const struct finding_item *b)
{
	struct place p = place_of(form, a), q = place_of(form, b);
	int order = compare(p.section, q.section);

	if (!order)
		order = compare(p.cell, q.cell);
	return (order ? order : compare(p.offset, q.offset)) <= 0;
}

/* The open comments in the form's order, of one cell those it was returned for
 * first. */
static size_t open_comments(struct draft *d, struct finding_item *out)
{
	const struct form_def *form = draft_form(d);
	size_t count, n = 0;
	const struct comment *list = draft_comments(d, &count);

	for (size_t i = 0; i < 2 * count; i++) {
		struct finding_item item = { .comment = &list[i % count] };
		size_t at = n;

		if (*item.comment->resolved_at ||
		    item.comment->on_return != (i < count))
			continue;
		for (; at > 0 && !before(form, &out[at - 1], &item); at--)
			out[at] = out[at - 1];
		out[at] = item;
		n++;
	}
	return n;
}

/* What was found and is mended. */
static size_t mended_items(struct draft *d, struct finding_item *out)
{
	size_t count, n = 0;
	const struct remembered *list = draft_remembered(d, &count);

	for (size_t i = 0; i < count; i++)
		if (list[i].gone)
			out[n++].mended = &list[i];
	return n;
}

struct queue {
	const struct finding_item *items;
	size_t count, next;
};

/* Those of the queue that stand before the finding, or (NULL) the rest. */
static void add_before(struct finding_list *l, const struct form_def *form,
		       struct queue *q, const struct finding_item *f)
{
	for (; q->next < q->count; q->next++) {
		if (f && !before(form, &q->items[q->next], f))
			return;
		add(l, form, q->items[q->next]);
	}
}

/* All are in the form's order; at the same place what was said comes before what
 * was found. */
static void merge(struct finding_list *l, struct draft *d,
		  struct queue *comments, struct queue *mended)
{
	const struct form_def *form = draft_form(d);
	const struct findings *all = draft_findings(d);

	for (size_t i = 0; i < all->count; i++) {
		struct finding_item f = { .finding = &all->list[i] };

		add_before(l, form, comments, &f);
		add_before(l, form, mended, &f);
		add(l, form, f);
	}
	add_before(l, form, comments, NULL);
	add_before(l, form, mended, NULL);
}

void finding_list_load(struct finding_list *l, struct draft *d)
{
	size_t comments, count;
	struct finding_item *said, *gone;

	draft_remember(d);
	draft_remembered(d, &count);
	draft_comments(d, &comments);
	free(l->items);
	l->items = xcalloc(draft_findings(d)->count + comments + count + 1,
			   sizeof *l->items);
	said = xcalloc(comments + 1, sizeof *said);
	gone = xcalloc(count + 1, sizeof *gone);
	l->comments = open_comments(d, said);
	l->mended = mended_items(d, gone);
	l->count = l->total = 0;
	merge(l, d, &(struct queue){ said, l->comments, 0 },
	      &(struct queue){ gone, l->mended, 0 });
	free(said);
	free(gone);
}

void finding_list_free(struct finding_list *l)
{
	free(l->items);
	*l = (struct finding_list){ 0 };
}

bool finding_list_next_filter(struct finding_list *l, struct draft *d)
{
	enum finding_filter from = l->filter;

	do {
		l->filter = (l->filter + 1) % FILTER_COUNT;
		finding_list_load(l, d);
	} while (l->count == 0 && l->filter != from);
	return l->filter != from;
}

bool finding_list_next_section(struct finding_list *l, struct draft *d,
			       int step)
{
	const struct form_def *form = draft_form(d);
	const struct section_def *from = l->section;
	size_t n = form->section_count + 1; /* the last: all */
	size_t i = from ? from->index : n - 1;

	do {
		i = (i + n + (size_t)(step > 0 ? 1 : n - 1)) % n;
		l->section = i + 1 < n ? &form->sections[i] : NULL;
		finding_list_load(l, d);
	} while (l->count == 0 && l->section != from);
	return l->section != from;
}
