/* Runs of typing taken back and repeated, from the journal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/tr.h"

/* Runs are short: the journal is read this many steps at a time. */
enum {
	CHUNK = 32
};

/* How many steps the run ending at `at` (or beginning behind it) has. */
static enum err_code run_length(struct draft *d, bool back, int64_t *length,
				struct err *err)
{
	const struct journal_state *j = &d->journal;
	int64_t most = back ? j->at : j->last - j->at, group = 0;
	bool ended = false;

	for (*length = 0; *length < most && !ended;) {
		int64_t n = most - *length < CHUNK ? most - *length : CHUNK;
		int64_t from =
			back ? j->at - *length - n + 1 : j->at + *length + 1;
		struct step *list;
		size_t count;
		enum err_code code =
			store_steps(d->store, d->id, from, from + n - 1, &list,
				    &count, err);

		if (code)
			return code;
		for (size_t i = 0; i < count && !ended; i++) {
			int64_t g = list[back ? count - 1 - i : i].group;

			group = *length ? group : g;
			ended = g != group;
			*length += !ended;
		}
		ended = ended || count == 0;
		store_steps_free(list, count);
	}
	return ERR_OK;
}

/* ---- what would be taken back next ---- */

/* By which deed the step came into the table: the first row of the cell's
 * history since then that says the same. */
static void find_deed(struct draft *d, const struct step *step,
		      struct undo_next *out)
{
	struct change_row *list = NULL;
	size_t count = 0;

	if (store_history(d->store, d->id, step->path, &list, &count, NULL))
		return;
	for (size_t i = 0; i < count && !*out->deed; i++) {
		const struct change_row *row = &list[i];

		if (strcmp(row->moment, step->moment) >= 0 &&
		    strcmp(row->old, step->removed) == 0 &&
		    strcmp(row->new_, step->inserted) == 0 &&
		    strcmp(row->deed, "undo") != 0)
			snprintf(out->deed, sizeof out->deed, "%s", row->deed);
	}
	store_history_free(list, count);
}

static size_t count_cells(const struct draft *d, const struct step *list,
			  size_t count)
{
	bool *seen = xcalloc(d->form->cell_count, sizeof *seen);
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		size_t cell = form_cell(d->form, list[i].path);

		if (cell == FORM_NO_CELL || seen[cell])
			continue;
		seen[cell] = true;
		n++;
	}
	free(seen);
	return n;
}

enum err_code draft_undo_next(struct draft *d, struct undo_next *out,
			      struct err *err)
{
	struct step *list;
	size_t count;
	int64_t length;
	enum err_code code = run_length(d, true, &length, err);

	*out = (struct undo_next){ 0 };
	if (code || length == 0)
		return code;
	code = store_steps(d->store, d->id, d->journal.at - length + 1,
			   d->journal.at, &list, &count, err);
	if (code)
		return code;
	out->cells = count_cells(d, list, count);
	if (count > 0) {
		find_deed(d, &list[0], out);
		snprintf(out->moment, sizeof out->moment, "%s", list[0].moment);
	}
	store_steps_free(list, count);
	return ERR_OK;
}

/* What came from last year with the report is no change of it. */
static bool is_given(const struct undo_next *next)
{
	return strcmp(next->deed, "carry") == 0;
}

/* Is there nothing to take back? */
static bool at_bottom(struct draft *d)
{
	struct undo_next next;

	return d->journal.at == 0 ||
	       (draft_undo_next(d, &next, NULL) == ERR_OK && is_given(&next));
}

/* A run behind one that changed nothing: is it to be asked about first? */
static bool stops_before(struct draft *d)
{
	struct undo_next next;

	return draft_undo_next(d, &next, NULL) != ERR_OK || is_given(&next) ||
	       next.cells > UNDO_FEW;
}

/* ---- what a run changes ---- */

struct text_before {
	size_t cell;
	enum cell_slot slot;
	char *text;
};

struct moved {
	struct text_before *list;
	size_t count;
};

static void moved_free(struct moved *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->list[i].text);
	free(m->list);
}

/* The text of the cell that was turned to, when the run comes to it first. */
static void note_before(const struct draft *d, struct moved *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->list[i].cell == d->cell && m->list[i].slot == d->slot)
			return;
	m->list[m->count++] =
		(struct text_before){ d->cell, d->slot,
				      xstrndup(d->text.s, d->text.len) };
}

/* How many of them are not what they were; *cell is the first of the form. */
static size_t count_moved(struct draft *d, const struct moved *m, bool back,
			  size_t *cell)
{
	size_t n = 0;

	for (size_t i = 0; i < m->count; i++) {
		const struct text_before *it = &m->list[i];
		struct str now = { 0 };

		if (it->cell == d->cell && it->slot == d->slot)
			str_addn(&now, d->text.s, d->text.len);
		else
			cell_text(d->report, it->cell, it->slot, &now);
		if (strcmp(now.s ? now.s : "", it->text) != 0 &&
		    (n++ == 0 || back) && cell)
			*cell = it->cell;
		str_free(&now);
	}
	return n;
}

static enum err_code apply(struct draft *d, const struct step *step, bool back,
			   struct moved *moved, size_t *offset, struct err *err)
{
	size_t at = form_cell(d->form, step->path);
	const char *out = back ? step->inserted : step->removed;
	const char *in = back ? step->removed : step->inserted;
	enum err_code code;

	if (at == FORM_NO_CELL) /* an older form's */
		return ERR_OK;
	draft_turn(d, at, step->slot);
	note_before(d, moved);
	code = step_fits(step, back, &d->text, err);
	if (code)
		return code;
	draft_retext(d, step->offset, strlen(out), in, strlen(in));
	if (offset)
		*offset = step->offset + strlen(in);
	return ERR_OK;
}

/* One run; *changed is how many texts it changed. */
static enum err_code walk(struct draft *d, bool back, size_t *cell,
			  size_t *offset, size_t *changed, struct err *err)
{
	struct moved moved = { 0 };
	int64_t length, to;
	struct step *list;
	size_t count;
	enum err_code code = run_length(d, back, &length, err);

	if (code)
		return code;
	to = d->journal.at + (back ? -length : length);
	code = store_steps(d->store, d->id, (back ? to : d->journal.at) + 1,
			   back ? d->journal.at : to, &list, &count, err);
	if (code)
		return code;
	moved.list = xcalloc(count + 1, sizeof *moved.list);
	for (size_t i = 0; i < count && !code; i++)
		code = apply(d, &list[back ? count - 1 - i : i], back, &moved,
			     offset, err);
	store_steps_free(list, count);
	if (!code)
		*changed = count_moved(d, &moved, back, cell);
	moved_free(&moved);
	if (!code)
		code = store_journal_move(d->store, d->id, d->token, to, err);
	if (!code)
		code = store_journal(d->store, d->id, &d->journal, err);
	return code;
}

/* Runs are passed over that change nothing, or end at a text that is none of
 * the cell's. */
static enum err_code walk_visibly(struct draft *d, bool back, size_t *cell,
				  size_t *offset, struct err *err)
{
	const struct journal_state *j = &d->journal;
	enum err_code code = ERR_OK;

	d->moved = 0;
	do {
		size_t n = 0;

		code = walk(d, back, cell, offset, &n, err);
		d->moved = n > d->moved ? n : d->moved;
	} while (!code && (back ? j->at > 0 : j->at < j->last) &&
		 (d->moved == 0 || draft_pending(d) != FORM_NO_CELL) &&
		 !(back && stops_before(d)));
	return code;
}

static enum err_code nothing(bool back, struct err *err)
{
	return err_set(err, ERR_REFUSED,
		       back ? _("没有可以撤销的改动了")
			    : _("没有可以重做的改动"));
}

static enum err_code move(struct draft *d, bool back, size_t *cell,
			  size_t *offset, struct err *err)
{
	struct err why = { 0 };
	enum err_code code = draft_may_edit(d, err);

	if (code)
		return code;
	if (draft_lost(d, err))
		return ERR_REFUSED;
	if (back ? at_bottom(d) : d->journal.at == d->journal.last)
		return nothing(back, err);
	code = walk_visibly(d, back, cell, offset, &why);
	d->broken = true;
	if (!code)
		return d->moved > 0 || (back && !at_bottom(d))
			       ? ERR_OK
			       : nothing(back, err);
	draft_reload(d, NULL);
	return err_set(err, code, "%s", why.text);
}

size_t draft_moved(const struct draft *d)
{
	return d->moved;
}

enum err_code draft_undo(struct draft *d, size_t *cell, size_t *offset,
			 struct err *err)
{
	return move(d, true, cell, offset, err);
}

enum err_code draft_redo(struct draft *d, size_t *cell, size_t *offset,
			 struct err *err)
{
	return move(d, false, cell, offset, err);
}
