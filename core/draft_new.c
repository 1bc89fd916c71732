/* New reports, and what they take from last year. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/lint.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/review.h"
#include "core/text.h"
#include "core/tr.h"

/* Texts that a list of changes borrows. */
struct carried {
	struct change *list;
	char **texts;
	size_t count;
};

static void carried_free(struct carried *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->texts[i]);
	free(c->texts);
	free(c->list);
}

static void carry(struct carried *c, size_t cell, const char *text)
{
	c->texts[c->count] = xstrdup(text);
	c->list[c->count] = (struct change){ cell, c->texts[c->count], false };
	c->count++;
}

/* This year's cells that take a number of last year's: all blank ones, and
 * those that still have what `before` (may be NULL) gave them, blank when that
 * was taken away. */
static void carry_numbers(const struct draft *d, const struct report *before,
			  struct carried *c)
{
	for (size_t i = 0; i < d->form->cell_count; i++) {
		size_t from = d->form->cells[i].carried_from;
		struct value now = report_get(d->report, i);
		struct str text = { 0 };
		bool given;

		if (from == FORM_NO_CELL || cell_computed(&d->form->cells[i]))
			continue;
		given = before && now.kind != VALUE_BLANK &&
			value_equal(now, report_get(before, from));
		if (now.kind != VALUE_BLANK && !given)
			continue;
		str_add(&text, "");
		if (d->last)
			cell_text(d->last, from, SLOT_VALUE, &text);
		if (text.len || given)
			carry(c, i, text.s);
		str_free(&text);
	}
}

static void carry_contact(const struct draft *d, struct carried *c)
{
	size_t cell = form_cell(d->form, "meta.contact");
	struct value v = { 0 };

	if (cell == FORM_NO_CELL)
		return;
	if (d->last)
		v = report_get(d->last, cell);
	if (v.kind == VALUE_TEXT)
		carry(c, cell, v.text);
	else if (d->unit && *d->unit->contact)
		carry(c, cell, d->unit->contact);
}

/* `contact` with the contact data, too. */
static enum err_code take_over_last(struct draft *d,
				    const struct report *before, bool contact,
				    struct err *err)
{
	struct carried c = { 0 };
	enum err_code code = ERR_OK;

	c.list = xcalloc(d->form->cell_count + 1, sizeof *c.list);
	c.texts = xcalloc(d->form->cell_count + 1, sizeof *c.texts);
	carry_numbers(d, before, &c);
	if (contact)
		carry_contact(d, &c);
	if (c.count)
		code = draft_change(d, c.list, c.count, "carry", _("承上年"),
				    err);
	carried_free(&c);
	return code;
}

/* ---- new ---- */

static enum err_code unit_id(struct store *store, const char *name, int64_t *id,
			     struct err *err)
{
	struct unit *u = store_unit_find(store, name);
	enum err_code code = ERR_OK;

	if (!u) {
		u = unit_new(name);
		code = store_unit_save(store, u, err);
	}
	*id = u->id;
	unit_free(u);
	return code;
}

static enum err_code add_report(struct store *store, const char *form,
				const char *unit, int year, int64_t *id,
				struct err *err)
{
	int64_t owner, there;
	enum err_code code = unit_id(store, unit, &owner, err);

	if (code)
		return code;
	there = store_report_find(store, owner, form, year);
	if (there)
		return err_set(err, ERR_REFUSED,
			       _("%s %d 年的报告已经有了，编号 %lld；"
				 "请打开它，不必新建"),
			       unit, year, (long long)there);
	code = store_report_add(store, owner, form, year, id, err);
	if (!code)
		code = store_history_add(store, *id, "new", "", "", "", "",
					 err);
	return code;
}

static enum err_code fill_new(struct store *store, struct forms *forms,
			      int64_t id, enum draft_mode mode, struct err *err)
{
	struct draft *d = draft_open(store, forms, id, mode, err);
	enum err_code code;

	if (!d)
		return err ? err->code : ERR_STORE;
	code = take_over_last(d, NULL, true, err);
	if (!code)
		code = draft_save_row(d, err); /* n of m, findings */
	draft_close(d);
	return code;
}

static bool is_name(const char *unit)
{
	return *unit && text_valid(unit, strlen(unit)) && !strchr(unit, '\n') &&
	       text_count(unit) > 0;
}

static enum err_code make(struct store *store, struct forms *forms,
			  const char *form, const char *unit, int year,
			  enum draft_mode mode, int64_t *id, struct err *err)
{
	struct err own = { 0 };
	enum err_code code;

	err = err ? err : &own;
	if (!lint_form(forms, form, err))
		return err->code;
	if (!is_name(unit))
		return err_set(err, ERR_INPUT,
			       _("单位名称不能空着，也不能有换行和控制字符"));
	if (year < YEAR_FIRST || year > YEAR_LAST)
		return err_set(err, ERR_INPUT,
			       _("%d 年不在 %d 到 %d 之间，没有新建；"
				 "请核对年度"),
			       year, YEAR_FIRST, YEAR_LAST);
	if (!review_may(store_actor(store), STATE_DRAFT,
			mode == DRAFT_IMPORT ? DEED_IMPORT : DEED_EDIT, err))
		return ERR_REFUSED;
	code = store_begin(store, err);
	if (code)
		return code;
	code = add_report(store, form, unit, year, id, err);
	if (!code)
		code = fill_new(store, forms, *id, mode, err);
	if (!code)
		code = store_commit(store, true, err);
	if (code)
		store_rollback(store);
	return code;
}

enum err_code draft_new(struct store *store, struct forms *forms,
			const char *form, const char *unit, int year,
			int64_t *id, struct err *err)
{
	return make(store, forms, form, unit, year, DRAFT_EDIT, id, err);
}

enum err_code draft_new_import(struct store *store, struct forms *forms,
			       const char *form, const char *unit, int year,
			       int64_t *id, struct err *err)
{
	return make(store, forms, form, unit, year, DRAFT_IMPORT, id, err);
}

/* ---- opening figures ---- */

static enum err_code check_opening(const struct draft *d,
				   const struct change *c, struct err *err)
{
	const struct cell_def *def;
	char name[CELL_NAME];

	if (c->cell >= d->form->cell_count)
		return err_set(err, ERR_INPUT, _("没有这个栏目；什么也没有改"));
	def = &d->form->cells[c->cell];
	if (def->opening && !cell_computed(def))
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("“%s”不是上年要承接的数；"
			 "只填上年的结转和现行有效件数"),
		       cell_name(def, name));
}

static enum err_code save_opening(struct draft *d, const struct change *c,
				  struct err *err)
{
	const char *path;
	struct str text = { 0 }, old = { 0 };
	struct value v;
	enum err_code code = check_opening(d, c, err);

	if (!code)
		code = report_read(d->form, c->cell, c->text, &v, err);
	if (code)
		return code;
	path = d->form->cells[c->cell].path;
	str_add(&text, "");
	str_add(&old, "");
	value_text(v, &text);
	if (d->last)
		cell_text(d->last, c->cell, SLOT_VALUE, &old);
	if (strcmp(text.s, old.s) != 0) {
		code = store_opening_save(d->store, d->id, path, text.s, err);
		if (!code)
			code = store_history_add(d->store, d->id, "opening",
						 path, old.s, text.s,
						 _("上年数"), err);
	}
	str_free(&text);
	str_free(&old);
	return code;
}

static enum err_code save_openings(struct draft *d, const struct change *last,
				   size_t count, struct err *err)
{
	struct report *before = d->last;
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < count && !code; i++)
		code = save_opening(d, &last[i], err);
	if (code)
		return code;
	d->last = NULL;
	code = draft_load_last(d, err);
	if (!code)
		code = take_over_last(d, before, false, err);
	if (!code)
		code = draft_save_row(d, err);
	report_free(before);
	return code;
}

enum err_code draft_open_with(struct draft *d, const struct change *last,
			      size_t count, struct err *err)
{
	enum err_code code = draft_may_edit(d, err);
	int64_t there;

	if (code)
		return code;
	there = store_report_find(d->store, d->row.unit_id, d->row.form,
				  d->row.year - 1);
	if (there)
		return err_set(err, ERR_REFUSED,
			       _("上年的报告在库中，编号 %lld，上年数从那里来；"
				 "要改请改那一份"),
			       (long long)there);
	code = draft_settle(d, err);
	if (!code)
		code = store_begin(d->store, err);
	if (code)
		return code;
	code = draft_finish(d, save_openings(d, last, count, err), true, err);
	if (code)
		draft_load_last(d, NULL);
	return code;
}
