/* Cells plus journal → report. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/tr.h"

/* A reader may look while an editor saves: read again as often. */
enum {
	LOAD_TRIES = 50
};

void cell_text(const struct report *r, size_t cell, enum cell_slot slot,
	       struct str *out)
{
	str_addn(out, "", 0);
	if (slot == SLOT_PRINTED)
		value_text(report_printed(r, cell), out);
	else
		report_text(r, cell, out);
}

/* As report_read(), and of a date also the ways people write one; `iso` is room
 * for it. */
static enum err_code read_text(const struct form_def *form, size_t cell,
			       const char *text, char iso[DATE_DAY],
			       struct value *v, struct err *err)
{
	struct date day;

	if (form->cells[cell].kind == FIELD_DATE && date_read(text, &day))
		text = date_day(day, iso);
	return report_read(form, cell, text, v, err);
}

enum err_code cell_put(struct report *r, size_t cell, enum cell_slot slot,
		       const char *text, struct err *err)
{
	const struct form_def *form = report_form(r);
	struct value v = { VALUE_TEXT, 0, text };
	char iso[DATE_DAY];
	enum err_code code = ERR_OK;

	/* report_set() looks at prose anyway; it is long */
	if (form->cells[cell].kind != FIELD_PROSE)
		code = read_text(form, cell, text, iso, &v, err);
	if (code)
		return code;
	return slot == SLOT_PRINTED ? report_set_printed(r, cell, v, err)
				    : report_set(r, cell, v, err);
}

void cell_put_or_saved(struct report *r, const struct dirty *it,
		       const char *text)
{
	if (cell_put(r, it->cell, it->slot, text, NULL))
		cell_put(r, it->cell, it->slot, it->saved, NULL);
}

void dirties_free(struct dirties *d)
{
	for (size_t i = 0; i < d->count; i++) {
		free(d->list[i].saved);
		str_free(&d->list[i].text);
	}
	free(d->list);
	*d = (struct dirties){ 0 };
}

/* Cells on their way into a report: `named` is by cell and slot. */
struct intake {
	struct report *r;
	bool *named;
};

static void take_cell(void *to, const char *path, enum cell_slot slot,
		      const char *text)
{
	struct intake *in = to;
	const struct form_def *form = report_form(in->r);
	size_t cell = path && text ? form_cell(form, path) : FORM_NO_CELL;

	if (cell == FORM_NO_CELL ||
	    (slot == SLOT_VALUE && form->cells[cell].part_count > 0))
		return;
	in->named[2 * cell + (slot == SLOT_PRINTED)] = true;
	/* a text that the form does not take any more is no value */
	if (cell_put(in->r, cell, slot, text, NULL) != ERR_OK)
		cell_put(in->r, cell, slot, "", NULL);
}

/* The cells table into the report; what it does not name is blank.  A text
 * that the form does not take any more stays in the store, unread. */
static enum err_code read_cells(struct store *s, int64_t id, struct report *r,
				struct err *err)
{
	const struct form_def *form = report_form(r);
	struct intake in = { r, xcalloc(2 * form->cell_count + 1, 1) };
	enum err_code code = store_each_cell(s, id, take_cell, &in, err);

	for (size_t i = 0; i < form->cell_count && !code; i++) {
		/* what is blank and was is left alone: most cells */
		if (!in.named[2 * i] && form->cells[i].part_count == 0 &&
		    report_get(r, i).kind != VALUE_BLANK)
			cell_put(r, i, SLOT_VALUE, "", NULL);
		if (!in.named[2 * i + 1] &&
		    report_printed(r, i).kind != VALUE_BLANK)
			cell_put(r, i, SLOT_PRINTED, "", NULL);
	}
	free(in.named);
	return code;
}

static struct dirty *touch(struct dirties *d, const struct report *r,
			   size_t cell, enum cell_slot slot)
{
	struct dirty *new;

	for (size_t i = 0; i < d->count; i++)
		if (d->list[i].cell == cell && d->list[i].slot == slot)
			return &d->list[i];
	d->list = mem_grow(d->list, d->count, &d->room, sizeof *d->list);
	new = &d->list[d->count++];
	*new = (struct dirty){ .cell = cell, .slot = slot };
	cell_text(r, cell, slot, &new->text);
	new->saved = xstrdup(new->text.s);
	return new;
}

enum err_code step_fits(const struct step *step, bool back,
			const struct str *text, struct err *err)
{
	const char *out = back ? step->inserted : step->removed;
	size_t len = strlen(out);

	if (step->offset <= text->len && len <= text->len - step->offset &&
	    memcmp(text->s + step->offset, out, len) == 0)
		return ERR_OK;
	return err_set(err, ERR_STORE,
		       _("草稿库里“%s”的按键记录与内容对不上；"
			 "请先备份，再运行 nianbao doctor"),
		       step->path);
}

enum err_code step_apply(const struct step *step, bool back, struct str *text,
			 struct err *err)
{
	const char *in = back ? step->removed : step->inserted;
	enum err_code code = step_fits(step, back, text, err);

	if (!code)
		str_splice(text, step->offset,
			   strlen(back ? step->inserted : step->removed), in,
			   strlen(in));
	return code;
}

/* Only the last text counts: of one that is no value no part is a value. */
static enum err_code replay(const struct step *step, bool back,
			    const struct report *r, struct dirties *dirty,
			    struct err *err)
{
	size_t cell = form_cell(report_form(r), step->path);

	if (cell == FORM_NO_CELL) /* an older form's */
		return ERR_OK;
	return step_apply(step, back, &touch(dirty, r, cell, step->slot)->text,
			  err);
}

/* From `saved` to `at`, which lies before it after an undo. */
static enum err_code read_journal(struct store *s, int64_t id,
				  const struct journal_state *j,
				  struct report *r, struct dirties *dirty,
				  struct err *err)
{
	bool back = j->at < j->saved;
	struct step *list;
	size_t count;
	enum err_code code = ERR_OK;

	if (j->at == j->saved)
		return ERR_OK;
	code = store_steps(s, id, (back ? j->at : j->saved) + 1,
			   back ? j->saved : j->at, &list, &count, err);
	if (code)
		return code;
	for (size_t i = 0; i < count && !code; i++)
		code = replay(&list[back ? count - 1 - i : i], back, r, dirty,
			      err);
	for (size_t i = 0; i < dirty->count && !code; i++)
		cell_put_or_saved(r, &dirty->list[i], dirty->list[i].text.s);
	store_steps_free(list, count);
	return code;
}

enum err_code cells_load(struct store *s, int64_t id, struct report *r,
			 struct journal_state *journal, struct dirties *dirty,
			 struct err *err)
{
	struct journal_state after;
	enum err_code code = store_journal(s, id, journal, err);

	for (int i = 0; i < LOAD_TRIES && !code; i++) {
		struct err why = { 0 };

		dirties_free(dirty);
		code = read_cells(s, id, r, &why);
		if (!code)
			code = read_journal(s, id, journal, r, dirty, &why);
		if (store_journal(s, id, &after, err))
			return ERR_STORE;
		if (after.at == journal->at && after.saved == journal->saved)
			return code ? err_set(err, code, "%s", why.text)
				    : ERR_OK;
		*journal = after;
		code = ERR_OK;
	}
	return code ? code
		    : err_set(err, ERR_STORE,
			      _("报告正在别处不停地改，这时读不准；请稍后再试"));
}

/* A text that is no value can only be where the last step was. */
static void take_up(struct draft *d)
{
	struct str now = { 0 };

	d->cell = FORM_NO_CELL;
	for (size_t i = 0; i < d->dirty.count; i++) {
		struct dirty *it = &d->dirty.list[i];

		str_clear(&now);
		cell_text(d->report, it->cell, it->slot, &now);
		if (strcmp(now.s, it->text.s) != 0) {
			draft_turn(d, it->cell, it->slot);
			str_clear(&d->text);
			str_addn(&d->text, it->text.s, it->text.len);
		}
		str_free(&it->text);
	}
	str_free(&now);
}

enum err_code draft_reload(struct draft *d, struct err *err)
{
	enum err_code code = cells_load(d->store, d->id, d->report, &d->journal,
					&d->dirty, err);

	if (!code)
		take_up(d);
	d->broken = true;
	return code;
}

static enum err_code load_openings(struct draft *d, struct err *err)
{
	struct stored_cell *list;
	size_t count;
	enum err_code code =
		store_openings(d->store, d->id, &list, &count, err);

	if (code)
		return code;
	for (size_t i = 0; i < count; i++) {
		size_t cell = form_cell(d->form, list[i].path);

		if (cell != FORM_NO_CELL)
			cell_put(d->last, cell, SLOT_VALUE, list[i].text, NULL);
	}
	if (!count) {
		report_free(d->last);
		d->last = NULL;
	}
	store_cells_free(list, count);
	return ERR_OK;
}

enum err_code draft_load_last(struct draft *d, struct err *err)
{
	int64_t id = store_report_find(d->store, d->row.unit_id, d->row.form,
				       d->row.year - 1);
	struct dirties dirty = { 0 };
	struct journal_state journal;
	enum err_code code;

	report_free(d->last);
	d->last = report_new(d->form);
	report_set_subject(d->last, d->row.unit, d->row.year - 1);
	d->judged = false;
	if (!id)
		return load_openings(d, err);
	code = cells_load(d->store, id, d->last, &journal, &dirty, err);
	dirties_free(&dirty);
	return code;
}
