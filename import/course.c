#include "import/course.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/tr.h"

static bool is_sealed(enum state state)
{
	return state == STATE_APPROVED || state == STATE_PUBLISHED;
}

/* ---- before the cells ---- */

static enum err_code judge_sealed(const struct import_job *job,
				  const struct settlement *s, int64_t id,
				  struct err *err)
{
	struct draft *d =
		draft_open(job->store, job->forms, id, DRAFT_READ, err);
	char here[DIGEST_TEXT], there[DIGEST_TEXT];
	bool same;

	if (!d)
		return err ? err->code : ERR_STORE;
	same = is_sealed(s->in->row.state) &&
	       strcmp(report_digest(draft_report(d), here),
		      report_digest(s->report, there)) == 0;
	draft_close(d);
	if (same)
		return ERR_OK;
	return err_set(err, ERR_REFUSED,
		       _("报告 %lld 已经核准，文件 %s 里是别的内容，没有导入；"
			 "要改请审核人先重新打开"),
		       (long long)id, s->name);
}

/* The very submission that was returned, or one before it: moments of one
 * office's clock are compared, never those of two. */
static bool is_before_return(const struct report_row *row,
			     const struct report_row *in)
{
	return row->state == STATE_RETURNED && in->state == STATE_SUBMITTED &&
	       row->version >= in->version &&
	       strcmp(in->submitted_at, row->submitted_at) <= 0 &&
	       strcmp(in->returned_at, row->returned_at) != 0;
}

/* What comes for a report that was sent or sent back already. */
static enum err_code judge_sent(const struct report_row *row,
				const struct settlement *s, struct err *err)
{
	const struct report_row *in = &s->in->row;

	if (row->state == STATE_SUBMITTED && in->state == STATE_DRAFT)
		return err_set(err, ERR_REFUSED,
			       _("报告 %lld 已经送审，文件 %s 还是起草中的，"
				 "没有导入；要用它请先撤回或退回"),
			       (long long)row->id, s->name);
	if (in->state == STATE_DISCARDED)
		return err_set(err, ERR_REFUSED,
			       _("文件 %s 里的报告是作废的，没有导入"),
			       s->name);
	if (is_before_return(row, in))
		return err_set(err, ERR_REFUSED,
			       _("文件 %s 是报告 %lld 退回以前送审的那一份，"
				 "没有导入；请对方导出改过的"),
			       s->name, (long long)row->id);
	return ERR_OK;
}

enum err_code course_judge(struct course *c, const struct import_job *job,
			   const struct settlement *s, int64_t id,
			   struct err *err)
{
	struct report_row row = { 0 };
	enum err_code code = store_report_row(job->store, id, &row, err);

	if (code != ERR_OK)
		return code;
	c->here = row.state;
	c->sealed = is_sealed(row.state);
	if (c->sealed)
		code = judge_sealed(job, s, id, err);
	else if (!c->is_new)
		code = judge_sent(&row, s, err);
	report_row_free(&row);
	return code;
}

/* ---- after them ---- */

static bool is_supervisor(const struct import_job *job)
{
	return (store_actor(job->store)->roles & ROLE_SUPERVISOR) != 0;
}

static enum err_code no_hard_ones(struct draft *d, struct err *err)
{
	int count[SEVERITY_COUNT], open;

	findings_count(draft_findings(d), count, &open);
	if (!count[SEVERITY_HARD])
		return ERR_OK;
	return err_set(err, ERR_REFUSED, _("还有 %d 条必须改正的问题"),
		       count[SEVERITY_HARD]);
}

/* Is it believed that it was approved? */
static enum err_code believe_approved(const struct import_job *job,
				      struct draft *d, struct err *err)
{
	enum err_code code = ERR_OK;

	if (!is_supervisor(job))
		code = err_set(err, ERR_REFUSED,
			       _("核准过的报告由审核人导入才作数"));
	if (code == ERR_OK)
		code = no_hard_ones(d, err);
	return code ? code : review_all_signed(d, err);
}

/* What it gets when the file's state is not believed. */
static enum state fallback(const struct course *c)
{
	return c->here == STATE_RETURNED ? STATE_RETURNED : STATE_DRAFT;
}

/* Submitted, as far as this person may say so. */
static enum state decide_sent(const struct course *c,
			      const struct import_job *job, struct draft *d,
			      struct err *why)
{
	if (is_supervisor(job) || review_ready(d, DEED_SUBMIT, why) == ERR_OK)
		return STATE_SUBMITTED;
	return fallback(c);
}

/* The state it gets, and why not the file's. */
static enum state decide(const struct course *c, const struct import_job *job,
			 const struct settlement *s, struct draft *d,
			 struct err *why)
{
	enum state wanted = s->in->row.state;
	struct err own;

	if (c->sealed)
		return wanted > c->here ? wanted : c->here;
	if (!s->in->digest && wanted != STATE_DRAFT) {
		err_set(why, ERR_REFUSED,
			_("文件没有数据摘要，没有人替它的状态作保"));
		return fallback(c);
	}
	if (wanted == STATE_SUBMITTED)
		return decide_sent(c, job, d, why);
	if (is_sealed(wanted))
		return believe_approved(job, d, why) == ERR_OK
			       ? wanted
			       : decide_sent(c, job, d, &own);
	if (wanted == STATE_DRAFT)
		return fallback(c);
	return wanted;
}

static void take_publication(struct report_row *row,
			     const struct report_row *from)
{
	row->published_on = from->published_on;
	row->published_url = from->published_url;
	row->index_no = from->index_no;
	row->doc_no = from->doc_no;
}

static void take_moments(struct report_row *row, const struct report_row *from)
{
	if (from->version > row->version)
		row->version = from->version;
	if (*from->submitted_at)
		row->submitted_at = from->submitted_at;
	if (*from->returned_at) {
		row->returned_at = from->returned_at;
		row->return_reason = from->return_reason;
	}
}

/* Later versions and roll-ups go back to the snapshot of a state. */
static enum err_code take_snapshot(struct store *store, const struct report *r,
				   const struct report_row *row,
				   struct err *err)
{
	struct str dump = { 0 };
	char hex[DIGEST_TEXT];
	enum err_code code;

	report_dump(r, &dump);
	code = store_snapshot_add(store, row->id, row->version, row->state,
				  dump.s ? dump.s : "", report_digest(r, hex),
				  err);
	str_free(&dump);
	return code;
}

/* A published report was approved first: that is what it is held against. */
static enum err_code take_snapshots(struct store *store, const struct report *r,
				    const struct report_row *row,
				    struct err *err)
{
	struct report_row approved = *row;
	enum err_code code = ERR_OK;

	approved.state = STATE_APPROVED;
	if (row->state == STATE_PUBLISHED)
		code = take_snapshot(store, r, &approved, err);
	return code ? code : take_snapshot(store, r, row, err);
}

static enum err_code save(const struct course *c, const struct settlement *s,
			  struct draft *d, enum state state, const char *why,
			  struct err *err)
{
	struct store *store = draft_store(d);
	struct report_row row = { 0 }, now;
	enum err_code code =
		store_report_row(store, draft_row(d)->id, &row, err);

	if (code != ERR_OK)
		return code;
	now = row;
	now.state = state;
	if (s->in->row.submitted_at && s->in->digest && !c->sealed)
		take_moments(&now, &s->in->row);
	/* a version that was opened again keeps what it was published as */
	if (s->in->row.published_on && (is_sealed(state) || now.version > 1))
		take_publication(&now, &s->in->row);
	code = store_report_save(store, &now, err);
	if (code == ERR_OK && state != STATE_DRAFT &&
	    (c->is_new || state != c->here))
		code = take_snapshots(store, draft_report(d), &now, err);
	if (code == ERR_OK && (c->is_new || state != c->here))
		code = store_history_add(store, now.id, "import", "",
					 state_word(c->here), state_word(state),
					 *why ? why : s->name, err);
	report_row_free(&row);
	return code;
}

enum err_code course_take(const struct course *c, const struct import_job *job,
			  const struct settlement *s, int64_t id,
			  struct str *said, struct err *err)
{
	struct draft *d =
		draft_open(job->store, job->forms, id, DRAFT_READ, err);
	struct err why = { 0 };
	enum err_code code;
	enum state state;
	bool changed;

	if (!d)
		return err ? err->code : ERR_STORE;
	state = decide(c, job, s, d, &why);
	if (why.code)
		str_addf(said, _("* 文件里的状态是“%s”，按“%s”收下：%s\n"),
			 state_label(s->in->row.state), state_label(state),
			 why.text);
	code = save(c, s, d, state, why.code ? why.text : "", err);
	draft_close(d);
	/* some rules look at the state that it has now */
	d = code ? NULL
		 : draft_open(job->store, job->forms, id, DRAFT_READ, err);
	if (d)
		code = draft_recount(d, &changed, err);
	else if (!code)
		code = err ? err->code : ERR_STORE;
	draft_close(d);
	return code;
}
