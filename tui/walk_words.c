/* Findings in the walk: from one to the next, and the words that they are about,
 * marked in the text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/figure.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/walk.h"

/* ---- the marks ---- */

static bool is_open(const struct finding *f)
{
	return !f->explanation && f->cell_count > 0;
}

/* Is it one of those words that the clerk was led to? */
static bool led_to(const struct walk *w, size_t at, size_t len)
{
	return w->led_len > 0 && at < w->led_at + w->led_len &&
	       at + len > w->led_at;
}

void walk_words_find(struct walk *w)
{
	const struct findings *all = walk_findings(w);
	bool still = false;

	free(w->words);
	w->words = NULL;
	w->word_count = 0;
	if (walk_cell(w)->kind != FIELD_PROSE || w->app->unsettled)
		return;
	walk_beside_find(w);
	all = walk_findings(w);
	w->words = xcalloc(all->count + 1, sizeof *w->words);
	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (!is_open(f) || !f->extent || f->cells[0] != w->cell ||
		    f->severity == SEVERITY_HINT)
			continue;
		w->words[w->word_count++] =
			(struct walk_words){ f->offset, f->extent };
		still |= led_to(w, f->offset, f->extent);
	}
	if (!still)
		w->led_len = 0; /* mended */
}

static void shift(size_t *start, size_t *extent, size_t at, size_t removed,
		  size_t len)
{
	if (at + removed <= *start)
		*start = *start - removed + len;
	else if (at < *start + *extent && at >= *start)
		*extent = *extent + len > removed ? *extent + len - removed : 0;
	else if (at < *start)
		*extent = 0;
}

void walk_words_shift(struct walk *w, size_t at, size_t removed, size_t len)
{
	for (size_t i = 0; i < w->word_count; i++)
		shift(&w->words[i].at, &w->words[i].len, at, removed, len);
	shift(&w->led_at, &w->led_len, at, removed, len);
}

static int lead(const struct edit *e, size_t i)
{
	return i == 0 || e->lines.line[i - 1].hard ? e->indent : 0;
}

void walk_paint_part(const struct walk *w, WINDOW *win,
		     const struct walk_box *box, size_t i, size_t from,
		     size_t to, enum theme_role role)
{
	const struct edit *e = &w->edit;
	const struct text_line *line = &e->lines.line[i];
	int y = box->y + (int)(i - e->top), x = box->x + lead(e, i);
	const char *s = e->text.s + line->start;

	from = from > line->start ? from - line->start : 0;
	to -= line->start;
	if (to > line->len)
		to = line->len;
	x += text_cells(s, from);
	paint_textn(win, y, x, text_cells(s + from, to - from), role, s + from,
		    to - from);
}

static void draw_words(const struct walk *w, WINDOW *win,
		       const struct walk_box *box, size_t from, size_t to,
		       enum theme_role role)
{
	const struct edit *e = &w->edit;

	for (int y = 0; y < box->rows; y++) {
		size_t i = e->top + (size_t)y;

		if (i >= e->lines.count)
			break;
		if (e->lines.line[i].start + e->lines.line[i].len > from &&
		    e->lines.line[i].start < to)
			walk_paint_part(w, win, box, i, from, to, role);
	}
}

void walk_words_draw(const struct walk *w, WINDOW *win,
		     const struct walk_box *box)
{
	for (size_t i = 0; i < w->word_count; i++)
		if (w->words[i].len > 0)
			draw_words(w, win, box, w->words[i].at,
				   w->words[i].at + w->words[i].len,
				   THEME_WRONG);
	if (w->led_len > 0)
		draw_words(w, win, box, w->led_at, w->led_at + w->led_len,
			   THEME_WORDS);
}

/* ---- going there ---- */

/* Behind the words; of a figure behind its digits, which are to be mended. */
static size_t cursor_in(const char *text, size_t offset, size_t extent)
{
	struct figures f = { 0 };
	size_t at = offset + extent;

	figures_find(text + offset, extent, &f);
	if (f.count > 0 && offset + f.list[f.count - 1].end == at)
		at = offset + f.list[f.count - 1].digits_end;
	free(f.list);
	return at;
}

void walk_lead_to(struct walk *w, size_t offset, size_t extent)
{
	const char *text = draft_text(walk_draft(w), w->cell);

	w->led_len = 0;
	if (walk_cell(w)->kind != FIELD_PROSE ||
	    offset + extent > strlen(text) || offset + extent == 0)
		return;
	w->led_at = offset;
	w->led_len = extent;
	walk_load(w, cursor_in(text, offset, extent));
	walk_words_find(w);
}

/* -1, 0, 1: the finding stands before the clerk's place, in it, behind it. */
static int beside(const struct walk *w, const struct finding *f)
{
	size_t cell = f->cells[0], at = w->edit.cursor;

	if (cell != w->cell)
		return cell < w->cell ? -1 : 1;
	if (walk_cell(w)->kind != FIELD_PROSE)
		return 0;
	if (at >= f->offset && at <= f->offset + f->extent)
		return 0;
	return f->offset < at ? -1 : 1;
}

/* The one he was led to last, while nothing has changed. */
static bool is_told(const struct walk *w, size_t i)
{
	return w->told == i + 1 && w->told_cell == w->cell &&
	       w->told_at == report_revision(draft_report(walk_draft(w)));
}

bool walk_is_told(const struct walk *w, const struct finding *f)
{
	const struct findings *all = walk_findings(w);

	return w->told && f == &all->list[w->told - 1] &&
	       is_told(w, w->told - 1);
}

/* The next open one from the clerk's place, or the one before, around the end;
 * SIZE_MAX when there is none. */
static size_t next_of(const struct walk *w, const struct findings *all,
		      int step)
{
	size_t n = all->count, from = SIZE_MAX;

	for (size_t k = 0; k < n; k++) {
		size_t i = step > 0 ? k : n - 1 - k;
		const struct finding *f = &all->list[i];

		if (is_told(w, i)) {
			from = i;
			break;
		}
		if (f->cell_count > 0 && beside(w, f) * step > 0 &&
		    from == SIZE_MAX)
			from = (i + n - (size_t)(step > 0 ? 1 : n - 1)) % n;
	}
	if (from == SIZE_MAX)
		from = step > 0 ? n - 1 : 0;
	for (size_t k = 1; k <= n; k++) {
		size_t i = (from + (step > 0 ? k : n - k)) % n;

		if (is_open(&all->list[i]))
			return i;
	}
	return SIZE_MAX;
}

static void say_which(struct walk *w, const struct findings *all, size_t i)
{
	size_t rank = 0, count = 0;

	for (size_t k = 0; k < all->count; k++) {
		count += is_open(&all->list[k]);
		rank += k <= i && is_open(&all->list[k]);
	}
	app_say(w->app, _("%s，%zu/%zu 条；Ctrl-N 下一条，F5 全部列出"),
		severity_label(all->list[i].severity), rank, count);
}

void walk_go_finding(struct walk *w, int step)
{
	const struct findings *all = draft_findings(walk_draft(w));
	size_t i = all->count > 0 ? next_of(w, all, step) : SIZE_MAX;
	size_t cell, offset, extent;

	if (i == SIZE_MAX) {
		app_say(w->app, _("没有还要改或说明的问题，也没有提示。"));
		return;
	}
	cell = all->list[i].cells[0];
	offset = all->list[i].offset;
	extent = all->list[i].extent;
	walk_move(w, cell);
	if (w->cell != cell)
		return;
	walk_lead_to(w, offset, extent);
	w->told = i + 1;
	w->told_cell = cell;
	w->told_at = report_revision(draft_report(walk_draft(w)));
	say_which(w, draft_findings(walk_draft(w)), i);
}
