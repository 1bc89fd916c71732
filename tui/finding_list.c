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

static void add_comments(struct finding_list *l, struct draft *d, bool returned)
{
	size_t count;
	const struct comment *list = draft_comments(d, &count);

	for (size_t i = 0; i < count; i++) {
		if (*list[i].resolved_at || list[i].on_return != returned)
			continue;
		l->comments++;
		add(l, draft_form(d),
		    (struct finding_item){ .comment = &list[i] });
	}
}

static int compare(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

/* Does it stand before the finding in the form? */
static bool before(const struct remembered *r, const struct finding *f)
{
	size_t rs = r->section ? r->section->index : FORM_NO_CELL;
	size_t fs = f->section ? f->section->index : FORM_NO_CELL;
	int order = compare(rs, fs);

	if (!order)
		order = compare(r->cell,
				f->cell_count ? f->cells[0] : FORM_NO_CELL);
	return (order ? order : compare(r->offset, f->offset)) <= 0;
}

/* Both lists are in the form's order. */
static void add_findings(struct finding_list *l, struct draft *d,
			 const struct remembered *mended, size_t count)
{
	const struct findings *all = draft_findings(d);
	size_t k = 0;

	for (size_t i = 0; i <= all->count; i++) {
		const struct finding *f = i < all->count ? &all->list[i] : NULL;

		for (; k < count && (!f || before(&mended[k], f)); k++) {
			if (!mended[k].gone)
				continue;
			l->mended++;
			add(l, draft_form(d),
			    (struct finding_item){ .mended = &mended[k] });
		}
		if (f)
			add(l, draft_form(d),
			    (struct finding_item){ .finding = f });
	}
}

void finding_list_load(struct finding_list *l, struct draft *d)
{
	size_t comments, count;
	const struct remembered *mended;

	draft_remember(d);
	mended = draft_remembered(d, &count);
	draft_comments(d, &comments);
	free(l->items);
	l->items = xcalloc(draft_findings(d)->count + comments + count + 1,
			   sizeof *l->items);
	l->count = l->total = l->comments = l->mended = 0;
	add_comments(l, d, true);
	add_comments(l, d, false);
	add_findings(l, d, mended, count);
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
