/* What is said about cells: marks, findings, meaning, last year. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/walk.h"

/* A finding about nothing but blanks: the count of blanks says it already, and
 * the clerk is just not there yet. */
static bool only_blanks(const struct walk *w, const struct finding *f)
{
	const struct report *r = draft_report(walk_draft(w));

	for (size_t i = 0; i < f->cell_count; i++)
		if (report_answered(r, f->cells[i]))
			return false;
	return f->cell_count > 0;
}

const struct findings *walk_findings(const struct walk *w)
{
	return w->app->unsettled ? draft_findings_kept(walk_draft(w))
				 : draft_findings(walk_draft(w));
}

static bool about(const struct finding *f, size_t cell)
{
	for (size_t i = 0; i < f->cell_count; i++)
		if (f->cells[i] == cell)
			return true;
	return false;
}

int walk_weight(const struct finding *f)
{
	switch (f->severity) {
	case SEVERITY_HARD:
		return f->explanation ? 2 : 0;
	case SEVERITY_SOFT:
		return f->explanation ? 2 : 1;
	default:
		return 3;
	}
}

/* Is it only just being typed?  A number is judged when its cell is left, words
 * when the cursor is past them. */
static bool is_unfinished(const struct walk *w, const struct finding *f,
			  size_t cell)
{
	size_t at = w->edit.cursor, end = f->offset + f->extent;

	if (!w->typing || walk_weight(f) > 1)
		return false;
	if (walk_form(w)->cells[cell].kind == FIELD_PROSE && f->extent)
		return w->led_len == 0 && at > f->offset && at <= end;
	return w->mark[cell] != '!' && w->mark[cell] != WALK_AFFECTED;
}

/* How far from the cursor: 0 led to, 1 at it, 2 in its paragraph, 3 elsewhere. */
static int distance(const struct walk *w, const struct finding *f, size_t cell)
{
	const char *text = w->edit.text.s;
	size_t at = w->edit.cursor, from, to;

	if (walk_is_told(w, f))
		return 0;
	if (cell != w->cell || walk_form(w)->cells[cell].kind != FIELD_PROSE ||
	    !f->extent || f->cells[0] != cell || !text)
		return 3;
	if (at >= f->offset && at <= f->offset + f->extent)
		return 1;
	from = at < f->offset ? at : f->offset;
	to = at < f->offset ? f->offset : at;
	return to <= w->edit.text.len && !memchr(text + from, '\n', to - from)
		       ? 2
		       : 3;
}

const struct finding *walk_finding(const struct walk *w, size_t cell)
{
	const struct findings *all = walk_findings(w);
	const struct finding *best = NULL;
	int least = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];
		int rank;

		if (!about(f, cell) ||
		    (!walk_is_told(w, f) &&
		     (only_blanks(w, f) || is_unfinished(w, f, cell))))
			continue;
		rank = distance(w, f, cell) * 4 + walk_weight(f);
		if (best && rank >= least)
			continue;
		best = f;
		least = rank;
	}
	return best;
}

/* A relation's own terms are marked; the parts of its sums would fill the
 * column with marks, so they only know of it. */
static bool is_term(const struct relation_def *rel, size_t cell)
{
	for (size_t i = 0; i < rel->left_count; i++)
		if (!rel->left[i].previous && rel->left[i].cell == cell)
			return true;
	for (size_t i = 0; i < rel->right_count; i++)
		if (!rel->right[i].previous && rel->right[i].cell == cell)
			return true;
	return false;
}

static void mark_cell(const struct finding *f, size_t cell, char *mark)
{
	bool term = f->rule->kind != RULE_RELATION;

	for (size_t i = 0; !term && i < f->rule->relation_count; i++)
		term = is_term(&f->rule->relations[i], cell);
	if (term)
		mark[cell] = '!';
	else if (!mark[cell])
		mark[cell] = WALK_AFFECTED;
}

static void mark_findings(struct walk *w, char *mark)
{
	const struct findings *all = walk_findings(w);
	size_t sections = walk_form(w)->section_count;
	int count[SEVERITY_COUNT];

	findings_count(all, count, &w->soft);
	w->hard = count[SEVERITY_HARD];
	memset(w->wrong, 0, sections * sizeof *w->wrong);
	memset(w->spoilt, 0, sections * sizeof *w->spoilt);
	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];
		bool blank = only_blanks(w, f);

		if (f->section && f->severity == SEVERITY_HARD) {
			w->wrong[f->section->index]++;
			w->spoilt[f->section->index] |= !blank;
		}
		if (walk_weight(f) > 1 || blank)
			continue;
		for (size_t k = 0; k < f->cell_count; k++)
			mark_cell(f, f->cells[k], mark);
	}
}

static void mark_comments(struct walk *w)
{
	const struct form_def *form = walk_form(w);
	size_t count;
	const struct comment *list = draft_comments(walk_draft(w), &count);

	memset(w->noted, 0, form->cell_count * sizeof *w->noted);
	memset(w->waiting, 0, form->section_count * sizeof *w->waiting);
	for (size_t i = 0; i < count; i++) {
		size_t cell = form_cell(form, list[i].path);

		if (cell == FORM_NO_CELL || *list[i].resolved_at)
			continue;
		w->noted[cell] = true;
		w->waiting[form->cells[cell].section->index] +=
			walk_waits(&list[i]);
	}
}

const char *walk_marks(const struct walk *w, size_t cell,
		       char marks[WALK_MARKS])
{
	int64_t sum;
	size_t n = 0;

	if (w->mark[cell] == '!')
		marks[n++] = '!';
	else if (report_running(draft_report(walk_draft(w)), cell, &sum))
		marks[n++] = '~';
	if (w->noted[cell])
		marks[n++] = '*';
	if (w->changed && w->changed[cell])
		marks[n++] = '+';
	marks[n] = '\0';
	return marks;
}

static bool item_done(const struct walk *w, const struct section_def *section,
		      const struct item_def *item)
{
	return item_ticked(item, draft_report(walk_draft(w)), section,
			   walk_findings(w));
}

/* Where nothing must be answered nothing is missing, but it may be untouched.
 */
static enum theme_sign optional_sign(const struct walk *w,
				     const struct section_def *section)
{
	const struct form_def *form = walk_form(w);

	for (size_t i = 0; i < form->cell_count; i++)
		if (form->cells[i].section == section &&
		    !form->cells[i].derived &&
		    report_get(draft_report(walk_draft(w)), i).kind !=
			    VALUE_BLANK)
			return SIGN_DONE;
	return SIGN_NONE;
}

/* Topics that its text must speak of and does not. */
static int missing_topics(const struct walk *w,
			  const struct section_def *section)
{
	const struct unit *unit = draft_unit(walk_draft(w));
	int n = 0;

	for (size_t i = 0; i < section->item_count; i++) {
		const struct item_def *item = &section->items[i];

		if (item_in_text(item) &&
		    (!unit ||
		     form_lists(item->kinds, unit_kind_word(unit->kind))) &&
		    !item_done(w, section, item))
			n++;
	}
	return n;
}

/* ✓ is for a section that is full and whose text has all its topics. */
static enum theme_sign section_sign(const struct walk *w,
				    const struct section_def *section)
{
	const struct report *r = draft_report(walk_draft(w));
	int done, need;

	if (w->spoilt[section->index])
		return SIGN_WRONG;
	report_progress(r, section, &done, &need);
	if (need == 0)
		return optional_sign(w, section);
	if (done < need)
		return done > 0 ? SIGN_PARTLY : SIGN_NONE;
	return w->missing[section->index] > 0 ? SIGN_PARTLY : SIGN_DONE;
}

/* A tick is the program's where it can judge, else the clerk's. */
static bool ticked(const struct walk *w, const struct item_def *item)
{
	struct draft *d = walk_draft(w);

	if (item->judge == ITEM_CLERK)
		return store_ticked(draft_store(d), draft_row(d)->id, item->id);
	return item_done(w, walk_section(w), item);
}

void walk_tick(struct walk *w)
{
	const struct section_def *section = walk_section(w);

	free(w->ticks);
	w->ticks = xcalloc(section->item_count + 1, sizeof *w->ticks);
	for (size_t i = 0; i < section->item_count; i++)
		w->ticks[i] = ticked(w, &section->items[i]);
}

void walk_scan(struct walk *w)
{
	const struct form_def *form = walk_form(w);
	char *mark = xcalloc(form->cell_count, 1);

	w->app->unsettled = false;
	mark_comments(w);
	mark_findings(w, mark);
	free(w->mark);
	w->mark = mark;
	for (size_t i = 0; i < form->section_count; i++) {
		w->missing[i] = missing_topics(w, &form->sections[i]);
		w->sign[i] = (char)section_sign(w, &form->sections[i]);
	}
	walk_tick(w);
	walk_words_find(w);
}
