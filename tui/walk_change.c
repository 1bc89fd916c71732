/* What has changed since the report was returned, and what is still to be done
 * about the comments that came with it. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/walk.h"

void walk_forget_changes(struct walk *w)
{
	differences_free(w->changes, w->change_count);
	w->changes = NULL;
	w->change_count = 0;
	free(w->changed);
	w->changed = NULL;
}

/* For the eye of who reviews it: only while it is submitted. */
void walk_find_changes(struct walk *w)
{
	size_t count = walk_form(w)->cell_count;

	walk_forget_changes(w);
	if (draft_row(walk_draft(w))->state != STATE_SUBMITTED ||
	    review_changes(walk_draft(w), &w->changes, &w->change_count,
			   NULL) != ERR_OK)
		return;
	w->changed = xcalloc(count, sizeof *w->changed);
	for (size_t i = 0; i < w->change_count; i++)
		if (w->changes[i].cell < count)
			w->changed[w->changes[i].cell] = true;
}

/* The change of a sentence that the cursor stands in, or of the whole cell. */
static const struct difference *change_here(const struct walk *w)
{
	bool prose = walk_cell(w)->kind == FIELD_PROSE;
	const struct text_lines *lines = &w->edit.lines;

	for (size_t i = 0; w->changed && i < w->change_count; i++) {
		const struct difference *d = &w->changes[i];

		if (d->cell != w->cell)
			continue;
		if (!prose || (w->edit.cursor >= d->at &&
			       w->edit.cursor < d->at + strlen(d->now)))
			return d;
		if (!*d->now && lines->count > 0 &&
		    text_line_of(lines, d->at) ==
			    text_line_of(lines, w->edit.cursor))
			return d;
	}
	return NULL;
}

/* 31 before it was returned, or in the version before this. */
bool walk_change_says(const struct walk *w, struct str *out)
{
	const struct difference *d = change_here(w);
	const struct report_row *row = draft_row(walk_draft(w));
	struct str old = { 0 };

	if (!d)
		return false;
	text_one_line(&old, d->old, strlen(d->old));
	if (*d->now)
		str_add(out, "+ ");
	else
		str_add(out, _("- 这里删去了句子，"));
	str_add(out, *row->returned_at ? _("退回前 ") : _("上一版 "));
	if (old.len > 0)
		str_add(out, old.s);
	else
		str_add(out, walk_cell(w)->kind == FIELD_PROSE ? _("没有这一句")
							       : _("空着"));
	str_free(&old);
	return true;
}

size_t walk_cursor(const struct walk *w)
{
	if (w->writable)
		return (size_t)-1;
	for (size_t i = 0; w->changed && i < w->change_count; i++)
		if (w->changes[i].cell == w->cell)
			return w->changes[i].at;
	return 0;
}

bool walk_next_change(struct walk *w)
{
	const struct difference *next = w->changes;

	if (!w->changed || w->change_count == 0)
		return false;
	for (size_t i = w->change_count; i > 0; i--) {
		const struct difference *d = &w->changes[i - 1];

		if (d->cell > w->cell ||
		    (d->cell == w->cell && d->at > w->edit.cursor))
			next = d;
	}
	walk_move(w, next->cell);
	walk_load(w, next->at);
	return true;
}

/* ---- in prose: the sentences, and a sign at the left of their lines ---- */

static void draw_change(const struct walk *w, WINDOW *win,
			const struct walk_box *box, const struct difference *d)
{
	const struct edit *e = &w->edit;
	size_t from = d->at, to = from + strlen(d->now);
	const char *sign = from < to ? "+" : "-";

	for (int y = 0; y < box->rows; y++) {
		size_t i = e->top + (size_t)y;
		const struct text_line *line = &e->lines.line[i];

		if (i >= e->lines.count)
			break;
		if (from < to ? line->start + line->len <= from ||
					line->start >= to
			      : text_line_of(&e->lines, from) != i)
			continue;
		paint_text(win, box->y + y, box->x - 1, 1, THEME_CHANGED, sign);
		if (from < to)
			walk_paint_part(w, win, box, i, from, to,
					THEME_CHANGED);
	}
}

void walk_change_draw(const struct walk *w, WINDOW *win,
		      const struct walk_box *box)
{
	if (w->noted[w->cell] && w->edit.top == 0)
		paint_text(win, box->y, box->x - 1, 1, THEME_TEXT, "*");
	for (size_t i = 0; w->changed && i < w->change_count; i++)
		if (w->changes[i].cell == w->cell)
			draw_change(w, win, box, &w->changes[i]);
}

/* ---- comments that wait for the clerk ---- */

bool walk_waits(const struct comment *c)
{
	return !*c->resolved_at && !*c->answer;
}

/* By cell: it was asked about, and nothing was done about it yet; NULL when
 * there is none or the report is not here to be mended. */
bool *walk_asked_about(const struct walk *w)
{
	struct draft *d = walk_draft(w);
	size_t count, changes = 0, open = 0;
	const struct comment *list = draft_comments(d, &count);
	bool *asked;
	struct difference *changed = NULL;

	if (draft_row(d)->state != STATE_RETURNED)
		return NULL;
	asked = xcalloc(walk_form(w)->cell_count, sizeof *asked);
	for (size_t i = 0; i < count; i++) {
		size_t cell = form_cell(walk_form(w), list[i].path);

		if (cell != FORM_NO_CELL && walk_waits(&list[i]))
			asked[cell] = true;
	}
	review_changes(d, &changed, &changes, NULL);
	for (size_t i = 0; i < changes; i++)
		asked[changed[i].cell] = false;
	differences_free(changed, changes);
	for (size_t i = 0; i < walk_form(w)->cell_count; i++)
		open += asked[i];
	if (open > 0)
		return asked;
	free(asked);
	return NULL;
}
