/* Steps: typing, leaving, many at once, undo. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/tr.h"

/* A pause that ends a run of typing. */
enum {
	PAUSE_MS = 2000
};

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- one step ---- */

void draft_turn(struct draft *d, size_t cell, enum cell_slot slot)
{
	if (d->cell == cell && d->slot == slot)
		return;
	d->cell = cell;
	d->slot = slot;
	d->broken = true;
	str_clear(&d->text);
	cell_text(d->report, cell, slot, &d->text);
}

/* Before the first step in a cell its text is what the table has. */
static const struct dirty *mark(struct draft *d)
{
	struct dirties *all = &d->dirty;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].cell == d->cell &&
		    all->list[i].slot == d->slot)
			return &all->list[i];
	all->list =
		mem_grow(all->list, all->count, &all->room, sizeof *all->list);
	all->list[all->count++] =
		(struct dirty){ .cell = d->cell,
				.slot = d->slot,
				.saved = xstrndup(d->text.s, d->text.len) };
	return &all->list[all->count - 1];
}

void draft_retext(struct draft *d, size_t at, size_t removed, const char *s,
		  size_t len)
{
	const struct dirty *it = mark(d);

	str_splice(&d->text, at, removed, s, len);
	cell_put_or_saved(d->report, it, d->text.s);
}

/* The step into the journal, then into the text and the report. */
static enum err_code add_step(struct draft *d, size_t at, size_t removed,
			      const char *s, size_t len, int64_t group,
			      struct err *err)
{
	struct step step = { .number = d->journal.at + 1,
			     .group = group,
			     .path = xstrdup(d->form->cells[d->cell].path),
			     .slot = d->slot,
			     .offset = at,
			     .removed = xstrndup(d->text.s + at, removed),
			     .inserted = xstrndup(s, len) };
	enum err_code code =
		store_step_add(d->store, d->id, d->token, &step, err);

	if (!code) {
		draft_retext(d, at, removed, s, len);
		d->journal.last = ++d->journal.at;
		d->journal.group = group;
	}
	free(step.path);
	free(step.removed);
	free(step.inserted);
	return code;
}

/* Undone steps are about to be dropped, and the way back from the cells table
 * with them: save first. */
static enum err_code save_undone(struct draft *d, struct err *err)
{
	if (d->journal.at >= d->journal.saved)
		return ERR_OK;
	return draft_save(d, "undo", NULL, err);
}

/* Did the store say that another has it now?  Then this one only reads. */
static enum err_code note_loss(struct draft *d, enum err_code code,
			       const struct err *why, struct err *err)
{
	if (!code)
		return ERR_OK;
	if (code == ERR_REFUSED)
		draft_lost(d, NULL);
	return err_set(err, code, "%s", why->text);
}

static enum err_code still_ours(struct draft *d, struct err *err)
{
	return draft_lost(d, err) ? ERR_REFUSED : ERR_OK;
}

/* ---- typing ---- */

static bool ends_run(const char *s, size_t len)
{
	static const char *const ends[] = { "。", "！", "？", "\n" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t n = strlen(ends[i]);

		if (len >= n && memcmp(s + len - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

static int64_t group_of(struct draft *d, size_t at, size_t removed)
{
	int64_t now = clock_ms();
	bool goes_on = !d->broken && now - d->typed < PAUSE_MS &&
		       (at == d->run_end || at + removed == d->run_end);

	d->typed = now;
	return d->journal.group + !goes_on;
}

static enum err_code type(struct draft *d, size_t at, size_t removed,
			  const struct str *in, struct err *err)
{
	int64_t group = group_of(d, at, removed);
	bool undone = d->journal.at < d->journal.saved;
	enum err_code code = undone ? store_begin(d->store, err) : ERR_OK;

	if (code)
		return code;
	if (undone)
		code = still_ours(d, err);
	if (!code)
		code = save_undone(d, err);
	if (!code)
		code = add_step(d, at, removed, in->s, in->len, group, err);
	if (undone)
		code = draft_finish(d, code, true, err);
	if (code)
		return code;
	d->run_end = at + in->len;
	d->broken = ends_run(in->s, in->len);
	return ERR_OK;
}

enum err_code draft_splice(struct draft *d, size_t cell, size_t at,
			   size_t removed, const char *s, size_t len,
			   struct err *err)
{
	struct err why = { 0 };
	struct str in = { 0 };
	enum err_code code = draft_may_edit(d, err);

	if (!code && cell_computed(&d->form->cells[cell]))
		code = report_type(d->report, cell, "", err);
	if (!code && (d->cell != cell || d->slot != SLOT_VALUE)) {
		code = draft_settle(d, err);
		if (!code)
			draft_turn(d, cell, SLOT_VALUE);
	}
	if (code)
		return code;
	assert(at <= d->text.len && removed <= d->text.len - at);
	code = draft_admit(d, at, removed, s, len, &in, err);
	if (!code && (in.len || removed)) {
		code = type(d, at, removed, &in, &why);
		code = note_loss(d, code, &why, err);
	}
	str_free(&in);
	return code;
}

void draft_break(struct draft *d)
{
	d->broken = true;
}

/* ---- leaving ---- */

static void settle(struct draft *d)
{
	d->cell = FORM_NO_CELL;
	d->broken = true;
}

/* The text as the value has it ("007" is 7), in the run that typed it. */
static enum err_code rewrite(struct draft *d, struct err *err)
{
	struct str value = { 0 };
	enum err_code code = ERR_OK;

	if (d->cell == FORM_NO_CELL || d->slot != SLOT_VALUE ||
	    d->form->cells[d->cell].kind == FIELD_PROSE)
		return ERR_OK;
	cell_text(d->report, d->cell, d->slot, &value);
	if (strcmp(value.s, d->text.s) != 0) {
		code = save_undone(d, err);
		if (!code)
			code = add_step(d, 0, d->text.len, value.s, value.len,
					d->journal.group, err);
	}
	str_free(&value);
	return code;
}

static bool unsaved(const struct draft *d)
{
	return d->dirty.count || d->journal.at != d->journal.saved;
}

enum err_code draft_leave(struct draft *d, struct err *err)
{
	struct err why = { 0 };
	bool undone = d->journal.at < d->journal.saved;
	enum err_code code;

	if (!d->token || !unsaved(d)) {
		settle(d);
		return ERR_OK;
	}
	code = still_ours(d, err);
	if (!code)
		code = draft_fault(d, true, err);
	if (!code)
		code = store_begin(d->store, err);
	if (code)
		return code;
	code = rewrite(d, &why);
	if (!code)
		code = draft_save(d, undone ? "undo" : "set", NULL, &why);
	code = draft_finish(d, code, true, &why);
	if (code)
		return note_loss(d, code, &why, err);
	settle(d);
	return ERR_OK;
}

enum err_code draft_drop(struct draft *d, struct err *err)
{
	struct err why = { 0 };
	enum err_code code = draft_may_edit(d, err);

	if (code || !draft_fault(d, true, NULL))
		return code;
	code = rewrite(d, &why);
	return note_loss(d, code, &why, err);
}

enum err_code draft_settle(struct draft *d, struct err *err)
{
	enum err_code code = draft_leave(d, err);

	if (code != ERR_INPUT)
		return code;
	code = draft_drop(d, err);
	return code ? code : draft_leave(d, err);
}

/* ---- many at once ---- */

static enum err_code change_one(struct draft *d, const struct change *c,
				int64_t group, struct err *err)
{
	enum cell_slot slot = c->printed ? SLOT_PRINTED : SLOT_VALUE;
	struct str now = { 0 };
	enum err_code code = ERR_OK;

	if (c->cell >= d->form->cell_count)
		return err_set(err, ERR_INPUT, _("没有这个栏目；什么也没有改"));
	draft_turn(d, c->cell, slot);
	if (!c->printed && cell_computed(&d->form->cells[c->cell]))
		return report_type(d->report, c->cell, c->text, err);
	code = cell_put(d->report, c->cell, slot, c->text, err);
	if (code)
		return code;
	cell_text(d->report, c->cell, slot, &now);
	if (strcmp(now.s, d->text.s) != 0)
		code = add_step(d, 0, d->text.len, now.s, now.len, group, err);
	str_free(&now);
	return code;
}

static enum err_code change_all(struct draft *d, const struct change *list,
				size_t count, const char *deed,
				const char *reason, struct err *err)
{
	int64_t before = d->journal.at, group = d->journal.group + 1;
	enum err_code code = still_ours(d, err);

	for (size_t i = 0; i < count && !code; i++) {
		code = change_one(d, &list[i], group, err);
		settle(d);
	}
	if (!code && d->journal.at != before)
		code = draft_save(d, deed, reason, err);
	return code;
}

enum err_code draft_change(struct draft *d, const struct change *list,
			   size_t count, const char *deed, const char *reason,
			   struct err *err)
{
	enum err_code code = draft_may_edit(d, err);

	if (!code)
		code = draft_settle(d, err);
	if (!code)
		code = store_begin(d->store, err);
	if (code)
		return code;
	code = change_all(d, list, count, deed, reason, err);
	return draft_finish(d, code, true, err);
}

/* ---- 其余填零 ---- */

static bool fills(const struct draft *d, const struct section_def *section,
		  size_t cell)
{
	const struct cell_def *def = &d->form->cells[cell];

	return def->section == section && cell_is_number(def) &&
	       !cell_computed(def) &&
	       report_get(d->report, cell).kind == VALUE_BLANK;
}

size_t draft_blanks(const struct draft *d, const struct section_def *section)
{
	size_t n = 0;

	for (size_t i = 0; i < d->form->cell_count; i++)
		n += fills(d, section, i);
	return n;
}

enum err_code draft_fill_zero(struct draft *d,
			      const struct section_def *section,
			      struct err *err)
{
	struct change *list = xcalloc(d->form->cell_count, sizeof *list);
	size_t count = 0;
	enum err_code code;

	for (size_t i = 0; i < d->form->cell_count; i++)
		if (fills(d, section, i))
			list[count++] = (struct change){ i, "0", false };
	code = draft_change(d, list, count, "zero-fill", NULL, err);
	free(list);
	return code;
}

/* ---- where the clerk stands ---- */

static enum err_code save_place(struct draft *d, struct err *err)
{
	struct report_row row = { 0 };
	enum err_code code = store_report_row(d->store, d->id, &row, err);

	if (code)
		return code;
	free(row.place);
	row.place = xstrdup(d->row.place);
	code = store_report_save(d->store, &row, err);
	report_row_free(&row);
	return code;
}

void draft_place(struct draft *d, size_t cell)
{
	const char *path =
		cell < d->form->cell_count ? d->form->cells[cell].path : "";

	if (!draft_writable(d) || draft_lost(d, NULL) ||
	    strcmp(d->row.place, path) == 0)
		return;
	free(d->row.place);
	d->row.place = xstrdup(path);
	if (store_begin(d->store, NULL) != ERR_OK)
		return;
	if (save_place(d, NULL) != ERR_OK ||
	    store_commit(d->store, false, NULL) != ERR_OK)
		store_rollback(d->store);
}
