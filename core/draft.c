#include "core/draft.h"

#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/lint.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/review.h"
#include "core/tr.h"

static void draft_free(struct draft *d)
{
	report_row_free(&d->row);
	unit_free(d->unit);
	report_free(d->report);
	report_free(d->last);
	str_free(&d->text);
	dirties_free(&d->dirty);
	str_free(&d->scratch);
	free(d->recovered);
	free(d->lost);
	findings_free(&d->findings);
	draft_forget_findings(d);
	draft_forget_review(d);
	str_free(&d->place);
	free(d);
}

/* What a death of the program or of the machine left to be put in order. */
static void say_recovered(struct draft *d)
{
	size_t n = d->dirty.count;
	char name[CELL_NAME];

	if (n == 0)
		return;
	cell_name(&d->form->cells[d->dirty.list[0].cell], name);
	d->recovered =
		n == 1 ? str_printf(_("上次没有正常退出；“%s”里没有来得及"
				      "存好的改动已经恢复，请看一眼"),
				    name)
		       : str_printf(_("上次没有正常退出；“%s”等 %zu 处没有"
				      "来得及存好的改动已经恢复，请看一眼"),
				    name, n);
}

bool draft_open_to(const struct draft *d, struct err *err)
{
	enum deed deed = d->mode >= DRAFT_IMPORT ? DEED_IMPORT : DEED_EDIT;

	return review_may(store_actor(d->store), d->row.state, deed, err);
}

enum err_code draft_acquire(struct draft *d, bool take_over, struct err *err)
{
	struct editor who = { 0 };
	enum err_code code = ERR_OK;

	if (!draft_open_to(d, err))
		return ERR_REFUSED;
	if (!d->token)
		code = store_lock(d->store, d->id, take_over, &d->token, &who,
				  err);
	editor_free(&who);
	return code;
}

/* The lock first: what is read after it is ours. */
static enum err_code take_and_read(struct draft *d, struct err *err)
{
	struct editor who = { 0 };
	bool alive = store_editor(d->store, d->id, &who);
	enum err_code code = ERR_OK;

	editor_free(&who);
	if (d->mode != DRAFT_READ)
		code = draft_acquire(d,
				     d->mode == DRAFT_TAKE_OVER ||
					     d->mode == DRAFT_IMPORT_OVER,
				     err);
	if (!code)
		code = draft_reload(d, err);
	if (!code)
		code = draft_read_review(d, err);
	if (!code)
		code = draft_load_last(d, err);
	if (!code && !alive)
		say_recovered(d);
	return code;
}

static enum err_code read_row(struct draft *d, struct err *err)
{
	struct report_row row = { 0 };
	enum err_code code = store_report_row(d->store, d->id, &row, err);

	if (code)
		return code;
	report_row_free(&d->row);
	d->row = row;
	unit_free(d->unit);
	d->unit = store_unit_load(d->store, row.unit_id);
	d->judged = false;
	return ERR_OK;
}

struct draft *draft_open(struct store *store, struct forms *forms, int64_t id,
			 enum draft_mode mode, struct err *err)
{
	struct draft *d = xcalloc(1, sizeof *d);
	enum err_code code;

	d->store = store;
	d->id = id;
	d->mode = mode;
	d->cell = FORM_NO_CELL;
	code = read_row(d, err);
	if (!code && !(d->form = lint_form(forms, d->row.form, err)))
		code = ERR_FORM;
	if (!code) {
		d->report = report_new(d->form);
		report_set_subject(d->report, d->row.unit, d->row.year);
		code = take_and_read(d, err);
	}
	if (!code)
		return d;
	if (d->token)
		store_unlock(store, id, d->token);
	draft_free(d);
	return NULL;
}

/* The newest snapshot of approval; publication does not change the data. */
static enum err_code show_approved(struct draft *d, struct err *err)
{
	static const enum state states[] = { STATE_APPROVED, STATE_PUBLISHED };
	char *data = NULL;
	size_t i = 0;
	enum err_code code;

	while (i < 2 &&
	       !(data = store_snapshot(d->store, d->id, states[i], 0, NULL)))
		i++;
	if (!data)
		return err_set(err, ERR_REFUSED,
			       _("报告 %lld 还没有核准过，没有核准的内容可看"),
			       (long long)d->id);
	report_free(d->report);
	d->report = report_new(d->form);
	report_set_subject(d->report, d->row.unit, d->row.year);
	code = report_undump(d->report, data, err);
	free(data);
	d->cell = FORM_NO_CELL;
	d->judged = false;
	d->fixed = true;
	d->row.version = store_snapshot_version(d->store, d->id, states[i]);
	if (d->row.state != STATE_PUBLISHED)
		d->row.state = STATE_APPROVED;
	return code;
}

struct draft *draft_open_approved(struct store *store, struct forms *forms,
				  int64_t id, struct err *err)
{
	struct draft *d = draft_open(store, forms, id, DRAFT_READ, err);

	if (d && show_approved(d, err) != ERR_OK) {
		draft_close(d);
		d = NULL;
	}
	return d;
}

void draft_close(struct draft *d)
{
	if (!d)
		return;
	if (d->token) {
		draft_leave(d, NULL);
		store_unlock(d->store, d->id, d->token);
	}
	draft_free(d);
}

bool draft_lost(struct draft *d, struct err *err)
{
	struct editor who = { 0 };
	char *why, since[DATE_MOMENT];

	if (d->lost) {
		err_set(err, ERR_REFUSED, "%s", d->lost);
		return true;
	}
	if (!d->token || store_holds(d->store, d->id, d->token))
		return false;
	if (store_editor(d->store, d->id, &who))
		why = str_printf(_("%s 于 %s 接手了这份报告，"
				   "这里从此只能查看"),
				 who.user, date_clock(who.since, since));
	else
		why = xstrdup(_("这份报告被别处接手过，这里从此只能查看；"
				"要填写，请重新打开"));
	editor_free(&who);
	draft_lose(d, why);
	free(why);
	err_set(err, ERR_REFUSED, "%s", d->lost);
	return true;
}

/* Who does not hold the lock reads the cells, too: others may have undone and
 * typed until the journal is as long as it was. */
enum err_code draft_refresh(struct draft *d, struct err *err)
{
	enum err_code code;

	if (d->fixed)
		return draft_read_review(d, err);
	code = read_row(d, err);
	if (!code)
		code = draft_read_review(d, err);
	if (code)
		return code;
	if (d->token && !draft_lost(d, NULL))
		return ERR_OK;
	if (d->mode != DRAFT_READ)
		draft_acquire(d, false, NULL);
	return draft_reload(d, err);
}

/* ---- what it is ---- */

struct store *draft_store(const struct draft *d)
{
	return d->store;
}

const struct form_def *draft_form(const struct draft *d)
{
	return d->form;
}

const struct report *draft_report(const struct draft *d)
{
	return d->report;
}

const struct report *draft_last(const struct draft *d)
{
	return d->last;
}

const struct report_row *draft_row(const struct draft *d)
{
	return &d->row;
}

const struct unit *draft_unit(const struct draft *d)
{
	return d->unit;
}

const struct site *draft_site(const struct draft *d)
{
	return d->site;
}

bool draft_writable(const struct draft *d)
{
	return d->token && draft_open_to(d, NULL);
}

const char *draft_recovered(const struct draft *d)
{
	return d->recovered;
}

const struct comment *draft_comments(struct draft *d, size_t *count)
{
	*count = d->comment_count;
	return d->comments;
}

const struct explanation *draft_explanations(struct draft *d, size_t *count)
{
	*count = d->explanation_count;
	return d->explanations;
}

const struct signoff *draft_signoffs(struct draft *d, size_t *count)
{
	*count = d->signoff_count;
	return d->signoffs;
}

const char *draft_text(struct draft *d, size_t cell)
{
	struct value v = report_get(d->report, cell);

	if (cell == d->cell && d->slot == SLOT_VALUE)
		return d->text.s;
	if (v.kind == VALUE_TEXT)
		return v.text;
	str_clear(&d->scratch);
	report_text(d->report, cell, &d->scratch);
	return d->scratch.s;
}

bool draft_carried(const struct draft *d, size_t cell, int64_t *last)
{
	size_t from = d->form->cells[cell].carried_from;
	struct value v;

	if (from == FORM_NO_CELL || !d->last)
		return false;
	v = report_get(d->last, from);
	if (v.kind != VALUE_NUMBER)
		return false;
	*last = v.number;
	return true;
}
