#include "import/settle.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "core/tr.h"

static enum err_code same_subject(const struct import_job *job,
				  const struct settlement *s, struct err *err)
{
	struct report_row row = { 0 };
	enum err_code code = store_report_row(job->store, job->into, &row, err);

	if (code == ERR_OK &&
	    (strcmp(row.form, s->form->id) != 0 || row.year != s->year ||
	     strcmp(row.unit, s->unit) != 0))
		code = err_set(
			err, ERR_REFUSED,
			_("文件是“%s”%d 年的 %s，报告 %lld 是“%s”"
			  "%d 年的 %s，未导入；确要写入请用 --unit、--year、"
			  "--form 说明"),
			s->unit, s->year, s->form->id, (long long)job->into,
			row.unit, row.year, row.form);
	report_row_free(&row);
	return code;
}

enum err_code settle_target(const struct import_job *job,
			    const struct settlement *s, struct err *err)
{
	struct unit *unit;
	int64_t id = 0;

	if (job->into)
		return same_subject(job, s, err);
	unit = store_unit_find(job->store, s->unit);
	if (unit)
		id = store_report_find(job->store, unit->id, s->form->id,
				       s->year);
	unit_free(unit);
	if (id)
		return err_set(err, ERR_REFUSED,
			       _("已有“%s”%d 年的报告 %lld，未导入；"
				 "要把文件写进它，请加 --into %lld"),
			       s->unit, s->year, (long long)id, (long long)id);
	return ERR_OK;
}

/* A unit that is new here comes with all that the file says of it. */
static enum err_code bring_unit(const struct import_job *job,
				const struct settlement *s, struct err *err)
{
	struct unit *known = store_unit_find(job->store, s->unit);
	struct unit unit = s->in->unit;
	bool is_known = known != NULL;

	unit_free(known);
	if (is_known || strcmp(unit.name, s->unit) != 0)
		return ERR_OK;
	return store_unit_save(job->store, &unit, err);
}

/* ---- cells ---- */

static void add_change(struct change *list, size_t *count, size_t cell,
		       const char *text, bool printed)
{
	list[(*count)++] = (struct change){ cell, text, printed };
}

static void find_changes(const struct report *now, const struct settlement *s,
			 struct change *list, size_t *count)
{
	for (size_t i = 0; i < s->in->cell_count; i++) {
		const struct incoming_cell *c = &s->in->cells[i];
		size_t cell = form_cell(s->form, c->path);
		const struct value old = report_printed(now, cell);

		if (s->form->cells[cell].part_count == 0 &&
		    !value_equal(report_get(now, cell),
				 report_get(s->report, cell)))
			add_change(list, count, cell, c->text, false);
		if (!value_equal(old, report_printed(s->report, cell)))
			add_change(list, count, cell,
				   c->printed ? c->printed : "", true);
	}
}

static enum err_code bring_cells(const struct import_job *job,
				 const struct settlement *s, int64_t id,
				 struct err *err)
{
	struct draft *d =
		draft_open(job->store, job->forms, id,
			   job->take_over ? DRAFT_TAKE_OVER : DRAFT_EDIT, err);
	enum err_code code = ERR_OK;
	struct change *list;
	size_t count = 0;

	if (!d)
		return err && err->code ? err->code : ERR_REFUSED;
	list = xcalloc(2 * s->in->cell_count + 1, sizeof *list);
	find_changes(draft_report(d), s, list, &count);
	if (count > 0)
		code = draft_change(d, list, count, "import", s->name, err);
	free(list);
	draft_close(d);
	return code;
}

/* ---- what was said about it ---- */

static bool same_comment(const struct comment *a, const struct comment *b)
{
	return strcmp(a->path, b->path) == 0 &&
	       strcmp(a->moment, b->moment) == 0 &&
	       strcmp(a->text, b->text) == 0;
}

/* A comment that the report has already does not come twice. */
static enum err_code bring_comments(struct store *store,
				    const struct incoming *in, int64_t id,
				    struct err *err)
{
	struct comment *here = NULL;
	size_t count = 0;
	enum err_code code = store_comments(store, id, &here, &count, err);

	for (size_t i = 0; i < in->comment_count && code == ERR_OK; i++) {
		bool known = false;

		for (size_t k = 0; k < count && !known; k++)
			known = same_comment(&here[k], &in->comments[i]);
		if (!known)
			code = store_comment_put(store, id, &in->comments[i],
						 err);
	}
	store_comments_free(here, count);
	return code;
}

static enum err_code bring_talk(struct store *store, const struct incoming *in,
				int64_t id, struct err *err)
{
	enum err_code code = bring_comments(store, in, id, err);

	for (size_t i = 0; i < in->explanation_count && code == ERR_OK; i++)
		code = store_explanation_save(store, id, &in->explanations[i],
					      err);
	for (size_t i = 0; i < in->tick_count && code == ERR_OK; i++)
		code = store_tick(store, id, in->ticks[i], true, err);
	return code;
}

/* ---- a new report: where it stood ---- */

static void take_course(struct report_row *row, const struct report_row *from)
{
	row->state = from->state;
	row->version = from->version;
	if (!from->submitted_at)
		return;
	row->submitted_at = from->submitted_at;
	row->returned_at = from->returned_at;
	row->return_reason = from->return_reason;
	row->published_on = from->published_on;
	row->published_url = from->published_url;
	row->index_no = from->index_no;
	row->doc_no = from->doc_no;
}

/* Later versions and roll-ups go back to the snapshot of a state. */
static enum err_code take_snapshot(struct store *store,
				   const struct settlement *s, int64_t id,
				   struct err *err)
{
	const struct report_row *row = &s->in->row;
	struct str dump = { 0 };
	char hex[DIGEST_TEXT];
	enum err_code code;

	report_dump(s->report, &dump);
	code = store_snapshot_add(store, id, row->version, row->state,
				  dump.s ? dump.s : "",
				  report_digest(s->report, hex), err);
	str_free(&dump);
	return code;
}

static enum err_code bring_state(struct store *store,
				 const struct settlement *s, int64_t id,
				 struct err *err)
{
	const struct incoming *in = s->in;
	struct report_row row = { 0 }, now;
	enum err_code code = store_report_row(store, id, &row, err);

	if (code != ERR_OK)
		return code;
	now = row;
	/* Without a digest nobody vouches for the state: it is a draft. */
	if (in->digest)
		take_course(&now, &in->row);
	code = store_report_save(store, &now, err);
	if (code == ERR_OK && now.state != STATE_DRAFT)
		code = take_snapshot(store, s, id, err);
	report_row_free(&row);
	return code;
}

static enum err_code bring_past(struct store *store, const struct settlement *s,
				int64_t id, struct err *err)
{
	const struct incoming *in = s->in;
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < in->opening_count && code == ERR_OK; i++)
		code = store_opening_save(store, id, in->openings[i].path,
					  in->openings[i].text, err);
	for (size_t i = 0; i < in->signoff_count && code == ERR_OK; i++)
		code = store_signoff_add(store, id, &in->signoffs[i], err);
	return code;
}

static enum err_code bring_all(const struct import_job *job,
			       const struct settlement *s, int64_t *id,
			       struct err *err)
{
	enum err_code code = ERR_OK;

	*id = job->into;
	if (!job->into)
		code = bring_unit(job, s, err);
	if (code == ERR_OK && !job->into)
		code = draft_new(job->store, job->forms, s->form->id, s->unit,
				 s->year, id, err);
	if (code == ERR_OK && !job->into)
		code = bring_past(job->store, s, *id, err);
	if (code == ERR_OK)
		code = bring_cells(job, s, *id, err);
	if (code == ERR_OK)
		code = bring_talk(job->store, s->in, *id, err);
	if (code == ERR_OK && !job->into)
		code = bring_state(job->store, s, *id, err);
	return code;
}

enum err_code settle(const struct import_job *job, const struct settlement *s,
		     int64_t *id, struct err *err)
{
	enum err_code code = store_begin(job->store, err);

	if (code != ERR_OK)
		return code;
	code = bring_all(job, s, id, err);
	if (code == ERR_OK)
		code = store_commit(job->store, true, err);
	else
		store_rollback(job->store);
	if (code != ERR_OK)
		*id = 0;
	return code;
}
