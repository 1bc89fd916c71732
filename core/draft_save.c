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
	if (!draft_open_to(d, err))
		return ERR_REFUSED;
	if (!d->token)
		return err_set(err, ERR_REFUSED,
			       _("报告打开来只是查看，不能填写；"
				 "请退出后以填写方式打开"));
	return ERR_OK;
}

static void count(struct draft *d, struct report_row *row)
{
	int by_severity[SEVERITY_COUNT];

	findings_count(draft_findings(d), by_severity, &row->soft);
	report_progress(d->report, NULL, &row->done, &row->need);
	row->hard = by_severity[SEVERITY_HARD];
	row->hint = by_severity[SEVERITY_HINT];
	row->stale = false;
}

enum err_code draft_recount(struct draft *d, bool *changed, struct err *err)
{
	struct report_row row = { 0 }, now;
	enum err_code code = store_report_row(d->store, d->id, &row, err);

	if (code)
		return code;
	now = row;
	count(d, &now);
	*changed = now.done != row.done || now.need != row.need ||
		   now.hard != row.hard || now.soft != row.soft ||
		   now.hint != row.hint;
	if (*changed || row.stale)
		code = store_report_save(d->store, &now, err);
	report_row_free(&row);
	return code;
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
	bool behind, other;

	if (store_journal(store, row->id, &j, NULL))
		return;
	behind = j.at != j.saved;
	if (!behind && !row->stale)
		return;
	d = draft_open(store, forms, row->id, DRAFT_READ, NULL);
	if (!d)
		return;
	count(d, row);
	if (!behind)
		draft_recount(d, &other, NULL);
	draft_close(d);
	if (behind &&
	    !store_steps(store, row->id, j.at, j.at, &list, &n, NULL) && n)
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
	if (!code) /* next year's looks back at this one */
		code = store_reports_stale(d->store, row.unit_id, row.year + 1,
					   err);
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
