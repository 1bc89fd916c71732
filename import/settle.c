#include "import/settle.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"
#include "import/course.h"

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

	if (s->in->demo && !store_is_demo(job->store))
		return err_set(err, ERR_REFUSED,
			       _("文件 %s 是演示数据，不能导入正式的草稿库；"
				 "请导入到演示库里"),
			       s->name);
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

/* ~ PATH, what stands there, what comes. */
static void say_changes(const struct report *now, const struct change *list,
			size_t count, struct str *said)
{
	for (size_t i = 0; i < count; i++) {
		struct str old = { 0 };
		size_t cell = list[i].cell;

		if (list[i].printed)
			value_text(report_printed(now, cell), &old);
		else
			report_text(now, cell, &old);
		str_addf(said, "~ %s\t", report_form(now)->cells[cell].path);
		str_escape(said, old.s ? old.s : "");
		str_addc(said, '\t');
		str_escape(said, list[i].text);
		str_addc(said, '\n');
		str_free(&old);
	}
}

static enum err_code bring_cells(const struct import_job *job,
				 const struct settlement *s, int64_t id,
				 struct str *said, struct err *err)
{
	struct draft *d = draft_open(
		job->store, job->forms, id,
		job->take_over ? DRAFT_IMPORT_OVER : DRAFT_IMPORT, err);
	enum err_code code = ERR_OK;
	struct change *list;
	size_t count = 0;

	if (!d)
		return err && err->code ? err->code : ERR_REFUSED;
	list = xcalloc(2 * s->in->cell_count + 1, sizeof *list);
	find_changes(draft_report(d), s, list, &count);
	if (job->into)
		say_changes(draft_report(d), list, count, said);
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
	       strcmp(a->author, b->author) == 0 &&
	       strcmp(a->moment, b->moment) == 0 &&
	       strcmp(a->text, b->text) == 0;
}

/* A comment that the report has already does not come twice, but what was
 * answered to it does. */
static enum err_code bring_comments(struct store *store,
				    const struct incoming *in, int64_t id,
				    struct err *err)
{
	struct comment *here = NULL;
	size_t count = 0;
	enum err_code code = store_comments(store, id, &here, &count, err);

	for (size_t i = 0; i < in->comment_count && code == ERR_OK; i++) {
		const struct comment *it = &in->comments[i];
		size_t k = 0;

		while (k < count && !same_comment(&here[k], it))
			k++;
		code = k < count ? store_comment_merge(store, id,
						       here[k].number, it, err)
				 : store_comment_put(store, id, it, err);
	}
	store_comments_free(here, count);
	return code;
}

/* The later of two explanations of one finding stands. */
static enum err_code bring_explanations(struct store *store,
					const struct incoming *in, int64_t id,
					struct err *err)
{
	struct explanation *here = NULL;
	size_t count = 0;
	enum err_code code = store_explanations(store, id, &here, &count, err);

	for (size_t i = 0; i < in->explanation_count && code == ERR_OK; i++) {
		const struct explanation *it = &in->explanations[i];
		bool older = false;

		for (size_t k = 0; k < count; k++)
			older = older ||
				(strcmp(here[k].rule, it->rule) == 0 &&
				 strcmp(here[k].path, it->path) == 0 &&
				 strcmp(here[k].moment, it->moment) >= 0);
		if (!older)
			code = store_explanation_save(store, id, it, err);
	}
	store_explanations_free(here, count);
	return code;
}

/* One that is known stays as it is: the last of a step is the one that counts.
 */
static enum err_code bring_signoffs(struct store *store,
				    const struct incoming *in, int64_t id,
				    struct err *err)
{
	struct signoff *here = NULL;
	size_t count = 0;
	enum err_code code = store_signoffs(store, id, &here, &count, err);

	for (size_t i = 0; i < in->signoff_count && code == ERR_OK; i++) {
		const struct signoff *it = &in->signoffs[i];
		bool older = false;

		for (size_t k = 0; k < count; k++)
			older = older ||
				(strcmp(here[k].step, it->step) == 0 &&
				 strcmp(here[k].moment, it->moment) >= 0);
		if (!older)
			code = store_signoff_add(store, id, it, err);
	}
	store_signoffs_free(here, count);
	return code;
}

/* What was explained for an approved report stays as it was approved. */
static enum err_code bring_talk(struct store *store, const struct incoming *in,
				bool sealed, int64_t id, struct err *err)
{
	size_t ticks = sealed ? 0 : in->tick_count;
	enum err_code code = bring_comments(store, in, id, err);

	if (code == ERR_OK && !sealed)
		code = bring_explanations(store, in, id, err);
	if (code == ERR_OK)
		code = bring_signoffs(store, in, id, err);
	for (size_t i = 0; i < ticks && code == ERR_OK; i++)
		code = store_tick(store, id, in->ticks[i], true, err);
	return code;
}

/* ---- a new report ---- */

static enum err_code bring_openings(struct store *store,
				    const struct incoming *in, int64_t id,
				    struct err *err)
{
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < in->opening_count && code == ERR_OK; i++)
		code = store_opening_save(store, id, in->openings[i].path,
					  in->openings[i].text, err);
	return code;
}

static enum err_code bring_new(const struct import_job *job,
			       const struct settlement *s, int64_t *id,
			       struct err *err)
{
	enum err_code code = bring_unit(job, s, err);

	if (code == ERR_OK)
		code = draft_new_import(job->store, job->forms, s->form->id,
					s->unit, s->year, id, err);
	if (code == ERR_OK)
		code = bring_openings(job->store, s->in, *id, err);
	return code;
}

static enum err_code bring_all(const struct import_job *job,
			       const struct settlement *s, struct str *said,
			       int64_t *id, struct err *err)
{
	struct course course = { .is_new = job->into == 0 };
	enum err_code code = ERR_OK;

	*id = job->into;
	if (!job->into)
		code = bring_new(job, s, id, err);
	if (code == ERR_OK)
		code = course_judge(&course, job, s, *id, err);
	if (code == ERR_OK && !course.sealed)
		code = bring_cells(job, s, *id, said, err);
	if (code == ERR_OK)
		code = bring_talk(job->store, s->in, course.sealed, *id, err);
	if (code == ERR_OK)
		code = course_take(&course, job, s, *id, said, err);
	return code;
}

enum err_code settle(const struct import_job *job, const struct settlement *s,
		     struct str *said, int64_t *id, struct err *err)
{
	enum err_code code = store_begin(job->store, err);

	if (code != ERR_OK)
		return code;
	code = bring_all(job, s, said, id, err);
	if (code == ERR_OK && !job->dry_run)
		code = store_commit(job->store, true, err);
	else
		store_rollback(job->store);
	if (code != ERR_OK || job->dry_run)
		*id = 0;
	return code;
}
