/* Steps: typing, leaving, many at once, undo. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/text.h"
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
void draft_mark(struct draft *d)
{
	struct dirties *all = &d->dirty;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].cell == d->cell &&
		    all->list[i].slot == d->slot)
			return;
	all->list =
		mem_grow(all->list, all->count, &all->room, sizeof *all->list);
	all->list[all->count++] =
		(struct dirty){ .cell = d->cell,
				.slot = d->slot,
				.saved = xstrndup(d->text.s, d->text.len) };
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
		draft_mark(d);
		str_splice(&d->text, at, removed, s, len);
		cell_put(d->report, d->cell, d->slot, d->text.s, NULL);
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

/* ---- what a kind takes ---- */

/* One character as a number or a date has it: full-width forms are narrowed,
 * the full stop of the input method is a point; 0: none of these. */
static char plain(const char *s, size_t len)
{
	if (len == 1)
		return *s;
	if (len == 3 && memcmp(s, "。", 3) == 0)
		return '.';
	if (len == 3 && memcmp(s, "　", 3) == 0)
		return ' ';
	return text_narrow(s);
}

static void narrow(struct str *out, const char *s, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t n = text_next(s + at, len - at, 0);
		char c = plain(s + at, n);

		if (!c)
			str_addn(out, s + at, n);
		else if (c != ',' && c != ' ')
			str_addc(out, c);
		at += n;
	}
}

static enum err_code refuse_point(const struct cell_def *cell, struct err *err)
{
	char name[CELL_NAME];

	return err_set(err, ERR_INPUT,
		       _("“%s”只能填整数，不收小数点；请填 0 或正整数"),
		       cell_name(cell, name));
}

static enum err_code refuse_slash(const struct cell_def *cell, struct err *err)
{
	char name[CELL_NAME];

	return err_set(err, ERR_INPUT,
		       _("“%s”里“/”（不适用）只能单独填；请先删去数字"),
		       cell_name(cell, name));
}

/* May the text of a number become this?  One too large may, until the cell is
 * left: digits are put in before others are taken out. */
static enum err_code check_number(const struct draft *d, size_t cell,
				  const char *text, struct err *err)
{
	const struct cell_def *def = &d->form->cells[cell];
	int decimals = def->kind == FIELD_AMOUNT ? def->decimals : 0;
	const char *point = strchr(text, '.');
	struct value v;
	int64_t n;

	if (strchr(text, '/') && text[1] &&
	    text[strspn(text, "0123456789./")] == '\0')
		return refuse_slash(def, err);
	if (text[strspn(text, "0123456789.")] ||
	    (point && strchr(point + 1, '.')))
		return report_read(d->form, cell, text, &v, err);
	if (point && decimals == 0)
		return refuse_point(def, err);
	if (num_parse(text, decimals, INT64_MAX, &n) == NUM_DECIMALS)
		return report_read(d->form, cell, text, &v, err);
	return ERR_OK;
}

static bool is_part_of_day(const char *text)
{
	static const char *const marks[] = { "年", "月", "日" };

	for (size_t n; *text; text += n) {
		n = strspn(text, "0123456789-");
		for (size_t i = 0; i < sizeof marks / sizeof *marks && !n; i++)
			if (strncmp(text, marks[i], strlen(marks[i])) == 0)
				n = strlen(marks[i]);
		if (!n)
			return false;
	}
	return true;
}

static enum err_code check_date(const struct draft *d, size_t cell,
				const char *text, struct err *err)
{
	struct value v;

	if (strlen(text) <= strlen("2026年12月31日") && is_part_of_day(text))
		return ERR_OK;
	return report_read(d->form, cell, text, &v, err);
}

/* The reader of whole texts says what is wrong with this one. */
static enum err_code refuse_text(const struct draft *d, size_t cell,
				 const char *s, size_t len, struct err *err)
{
	char *copy = xstrndup(s, len);
	struct value v;
	enum err_code code = report_read(d->form, cell, copy, &v, err);

	free(copy);
	if (!code)
		err_set(err, ERR_INPUT, _("有不能保存的字符，没有填入"));
	return ERR_INPUT;
}

static bool is_plain(enum field_kind kind)
{
	return kind == FIELD_COUNT || kind == FIELD_AMOUNT ||
	       kind == FIELD_DATE;
}

/* What of s[0..len) goes into the cell, into `in`. */
static enum err_code admit(struct draft *d, size_t at, size_t removed,
			   const char *s, size_t len, struct str *in,
			   struct err *err)
{
	const struct cell_def *def = &d->form->cells[d->cell];
	struct str whole = { 0 };
	enum err_code code;

	str_clear(in);
	if (def->kind == FIELD_PROSE
		    ? !text_valid_prose(s, len)
		    : !text_valid(s, len) || memchr(s, '\n', len))
		return refuse_text(d, d->cell, s, len, err);
	if (!is_plain(def->kind)) {
		str_addn(in, s, len);
		return ERR_OK;
	}
	narrow(in, s, len);
	if (in->len == 0)
		return ERR_OK;
	str_addn(&whole, d->text.s, d->text.len);
	str_splice(&whole, at, removed, in->s, in->len);
	code = def->kind == FIELD_DATE ? check_date(d, d->cell, whole.s, err)
				       : check_number(d, d->cell, whole.s, err);
	str_free(&whole);
	return code;
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
		code = draft_leave(d, err);
		if (code == ERR_INPUT)
			code = ERR_OK; /* it went back to its last value */
		if (!code)
			draft_turn(d, cell, SLOT_VALUE);
	}
	if (code)
		return code;
	assert(at <= d->text.len && removed <= d->text.len - at);
	code = admit(d, at, removed, s, len, &in, err);
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

/* "1." becomes "1"; what is no value becomes the last one that was, and `why`
 * says so. */
static enum err_code normalise(struct draft *d, struct err *why,
			       struct err *err)
{
	struct str last = { 0 };
	struct value v;
	enum err_code code = ERR_OK;

	if (d->cell == FORM_NO_CELL || d->slot != SLOT_VALUE ||
	    d->form->cells[d->cell].kind == FIELD_PROSE)
		return ERR_OK;
	cell_text(d->report, d->cell, d->slot, &last);
	if (strcmp(last.s, d->text.s) != 0) {
		report_read(d->form, d->cell, d->text.s, &v, why);
		code = save_undone(d, err);
		if (!code)
			code = add_step(d, 0, d->text.len, last.s, last.len,
					d->journal.group, err);
	}
	str_free(&last);
	return code;
}

static bool unsaved(const struct draft *d)
{
	return d->dirty.count || d->journal.at != d->journal.saved;
}

enum err_code draft_leave(struct draft *d, struct err *err)
{
	struct err why = { 0 }, no_value = { 0 };
	bool undone = d->journal.at < d->journal.saved;
	enum err_code code;

	if (!d->token || !unsaved(d)) {
		settle(d);
		return ERR_OK;
	}
	code = store_begin(d->store, err);
	if (code)
		return code;
	code = still_ours(d, &why);
	if (!code)
		code = normalise(d, &no_value, &why);
	if (!code)
		code = draft_save(d, undone ? "undo" : "set", NULL, &why);
	code = draft_finish(d, code, true, &why);
	if (code)
		return note_loss(d, code, &why, err);
	settle(d);
	return no_value.code ? err_set(err, no_value.code, "%s", no_value.text)
			     : ERR_OK;
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
		code = draft_leave(d, err);
	if (code &&
	    code != ERR_INPUT) /* that one went back to its last value */
		return code;
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
