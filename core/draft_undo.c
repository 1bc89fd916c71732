/* Runs of typing taken back and repeated, from the journal. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
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

static enum err_code apply(struct draft *d, const struct step *step, bool back,
			   size_t *cell, size_t *offset, struct err *err)
{
	size_t at = form_cell(d->form, step->path);
	enum err_code code;

	if (at == FORM_NO_CELL) /* an older form's */
		return ERR_OK;
	draft_turn(d, at, step->slot);
	draft_mark(d);
	code = step_apply(step, back, &d->text, err);
	if (code)
		return code;
	cell_put(d->report, at, step->slot, d->text.s, NULL);
	if (cell)
		*cell = at;
	if (offset)
		*offset = step->offset +
			  strlen(back ? step->removed : step->inserted);
	return ERR_OK;
}

static enum err_code walk(struct draft *d, bool back, size_t *cell,
			  size_t *offset, struct err *err)
{
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
	for (size_t i = 0; i < count && !code; i++)
		code = apply(d, &list[back ? count - 1 - i : i], back, cell,
			     offset, err);
	store_steps_free(list, count);
	if (!code)
		code = store_journal_move(d->store, d->id, d->token, to, err);
	if (!code)
		code = store_journal(d->store, d->id, &d->journal, err);
	return code;
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
	if (back && d->journal.at == 0)
		return err_set(err, ERR_REFUSED, _("没有可以撤销的改动了"));
	if (!back && d->journal.at == d->journal.last)
		return err_set(err, ERR_REFUSED, _("没有可以重做的改动"));
	code = walk(d, back, cell, offset, &why);
	d->broken = true;
	if (!code)
		return ERR_OK;
	draft_reload(d, NULL);
	return err_set(err, code, "%s", why.text);
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
