/* Report → cells table, history and the row's counts. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/review.h"
#include "core/tr.h"

void draft_lose(struct draft *d, const char *why)
{
	free(d->lost);
	d->lost = xstrdup(why);
	d->mode = DRAFT_READ;
	d->token = 0;
	draft_reload(d, NULL);
}

enum err_code draft_may_edit(struct draft *d, struct err *err)
{
	if (d->lost)
		return err_set(err, ERR_REFUSED, "%s", d->lost);
	if (!review_may(store_actor(d->store), d->row.state, DEED_EDIT, err))
		return ERR_REFUSED;
	if (!d->token)
		return err_set(err, ERR_REFUSED,
			       _("报告打开来只是查看，不能填写；"
				 "请退出后以填写方式打开"));
	return ERR_OK;
}

static void count(struct draft *d, struct report_row *row)
{
	int count[SEVERITY_COUNT];

	findings_count(draft_findings(d), count, &row->soft);
	report_progress(d->report, NULL, &row->done, &row->need);
	row->hard = count[SEVERITY_HARD];
	row->hint = count[SEVERITY_HINT];
}

static void changed(struct report_row *row, const char *moment,
		    const char *user)
{
	free(row->changed_at);
	row->changed_at = xstrdup(moment);
	free(row->changed_by);
	row->changed_by = xstrdup(user);
}

void draft_count_row(struct draft *d, struct report_row *row)
{
	char now[DATE_MOMENT];

	count(d, row);
	changed(row, date_now(now), store_actor(d->store)->name);
}

void draft_row_now(struct store *store, struct forms *forms,
		   struct report_row *row)
{
	struct journal_state j;
	struct step *list = NULL;
	struct draft *d;
	size_t n = 0;

	if (store_journal(store, row->id, &j, NULL) || j.at == j.saved)
		return;
	d = draft_open(store, forms, row->id, DRAFT_READ, NULL);
	if (!d)
		return;
	count(d, row);
	draft_close(d);
	if (!store_steps(store, row->id, j.at, j.at, &list, &n, NULL) && n)
		changed(row, list[0].moment, list[0].user);
	store_steps_free(list, n);
}

/* The stored row is read again, for others may have written theirs. */
enum err_code draft_save_row(struct draft *d, struct err *err)
{
	struct report_row row = { 0 };
	enum err_code code = store_report_row(d->store, d->id, &row, err);

	if (code)
		return code;
	draft_count_row(d, &row);
	free(row.place);
	row.place = xstrdup(d->row.place);
	code = store_report_save(d->store, &row, err);
	report_row_free(&d->row);
	d->row = row;
	return code;
}

static enum err_code save_cell(struct draft *d, const struct dirty *it,
			       const char *deed, const char *reason,
			       struct err *err)
{
	const char *path = d->form->cells[it->cell].path;
	bool printed = it->slot == SLOT_PRINTED;
	struct value v = printed ? report_printed(d->report, it->cell)
				 : report_get(d->report, it->cell);
	struct str now = { 0 };
	enum err_code code = ERR_OK;

	if (it->cell == d->cell && it->slot == d->slot)
		str_addn(&now, d->text.s, d->text.len);
	else
		cell_text(d->report, it->cell, it->slot, &now);
	if (strcmp(now.s, it->saved) != 0) {
		code = store_cell_save(d->store, d->id, path, it->slot, now.s,
				       v.kind == VALUE_NA,
				       v.kind == VALUE_NUMBER, v.number, err);
		if (!*reason && printed)
			reason = _("原表所印");
		if (!code)
			code = store_history_add(d->store, d->id, deed, path,
						 it->saved, now.s, reason, err);
	}
	str_free(&now);
	return code;
}

enum err_code draft_save(struct draft *d, const char *deed, const char *reason,
			 struct err *err)
{
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < d->dirty.count && !code; i++)
		code = save_cell(d, &d->dirty.list[i], deed,
				 reason ? reason : "", err);
	if (!code && d->journal.saved != d->journal.at)
		code = store_journal_saved(d->store, d->id, d->journal.at, err);
	if (!code)
		code = draft_save_row(d, err);
	if (code)
		return code;
	d->journal.saved = d->journal.at;
	dirties_free(&d->dirty);
	return ERR_OK;
}

enum err_code draft_finish(struct draft *d, enum err_code code, bool durable,
			   struct err *err)
{
	struct report_row row = { 0 };

	if (!code)
		code = store_commit(d->store, durable, err);
	if (!code)
		return ERR_OK;
	store_rollback(d->store);
	draft_reload(d, NULL);
	if (store_report_row(d->store, d->id, &row, NULL) == ERR_OK) {
		report_row_free(&d->row);
		d->row = row;
	}
	return code;
}

/* ---- what others say about it ---- */

enum err_code draft_read_review(struct draft *d, struct err *err)
{
	enum err_code code;

	store_comments_free(d->comments, d->comment_count);
	store_explanations_free(d->explanations, d->explanation_count);
	store_signoffs_free(d->signoffs, d->signoff_count);
	d->comments = NULL;
	d->explanations = NULL;
	d->signoffs = NULL;
	d->comment_count = d->explanation_count = d->signoff_count = 0;
	d->judged = false;
	code = store_comments(d->store, d->id, &d->comments, &d->comment_count,
			      err);
	if (!code)
		code = store_explanations(d->store, d->id, &d->explanations,
					  &d->explanation_count, err);
	if (!code)
		code = store_signoffs(d->store, d->id, &d->signoffs,
				      &d->signoff_count, err);
	return code;
}

const char *finding_path(const struct draft *d, const struct finding *f)
{
	return f->cell_count ? d->form->cells[f->cells[0]].path : "";
}

/* An explanation counts for the numbers it was given for. */
static void explain(const struct draft *d, struct finding *f)
{
	for (size_t i = 0; i < d->explanation_count; i++) {
		const struct explanation *e = &d->explanations[i];

		if (strcmp(e->rule, f->rule->id) != 0 ||
		    strcmp(e->path, finding_path(d, f)) != 0)
			continue;
		if (strcmp(e->facts, f->facts ? f->facts : "") == 0)
			f->explanation = xstrdup(e->text);
		else
			f->asked_again = xstrdup(e->text);
		return;
	}
}

const struct findings *draft_findings_kept(const struct draft *d)
{
	return &d->findings;
}

const struct findings *draft_findings(struct draft *d)
{
	struct check_input in = { d->report, d->last, d->unit, NULL };
	char now[DATE_MOMENT];

	if (d->judged && d->judged_at == report_revision(d->report))
		return &d->findings;
	date_now(now);
	now[10] = '\0';
	in.state_date = now;
	findings_free(&d->findings);
	rule_check(&in, &d->findings);
	for (size_t i = 0; i < d->findings.count; i++)
		explain(d, &d->findings.list[i]);
	d->judged = true;
	d->judged_at = report_revision(d->report);
	return &d->findings;
}
