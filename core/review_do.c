/* The deeds, each in one transaction: looked at again, done, recorded. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/digest.h"
#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/review_impl.h"
#include "core/text.h"
#include "core/tr.h"

/* What a deed does to d->row; `note` is the reason its history row gets. */
typedef enum err_code act_fn(struct draft *d, const struct review_args *args,
			     struct str *note, struct err *err);

static void replace(char **member, const char *value)
{
	char *copy = xstrdup(value ? value : "");

	free(*member);
	*member = copy;
}

static bool given(const char *s)
{
	return s && text_count(s) > 0;
}

static enum err_code want_reason(const struct review_args *args, enum deed deed,
				 struct str *note, struct err *err)
{
	if (!given(args->reason))
		return err_set(err, ERR_REFUSED, _("%s要写明原因；请写上再做"),
			       deed_label(deed));
	str_add(note, args->reason);
	return ERR_OK;
}

/* ---- submit, withdraw ---- */

static const struct finding *first_of(const struct findings *f,
				      enum severity severity)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].severity == severity && !f->list[i].explanation)
			return &f->list[i];
	return NULL;
}

enum err_code review_ready(struct draft *d, enum deed deed, struct err *err)
{
	const struct findings *f = draft_findings(d);
	const struct finding *first;
	int count[SEVERITY_COUNT], soft, done, need;

	findings_count(f, count, &soft);
	report_progress(d->report, NULL, &done, &need);
	first = first_of(f,
			 count[SEVERITY_HARD] ? SEVERITY_HARD : SEVERITY_SOFT);
	if (count[SEVERITY_HARD] && first)
		return err_set(err, ERR_REFUSED,
			       _("还有 %d 条必须改正的问题，不能%s；"
				 "第一条（%s）：%s"),
			       count[SEVERITY_HARD], deed_label(deed),
			       first->rule->id, first->brief);
	if (soft && first)
		return err_set(err, ERR_REFUSED,
			       _("还有 %d 条问题没有写情况说明，不能%s；"
				 "第一条（%s）：%s"),
			       soft, deed_label(deed), first->rule->id,
			       first->brief);
	if (done < need)
		return err_set(err, ERR_REFUSED, _("还有 %d 栏没有填，不能%s"),
			       need - done, deed_label(deed));
	return ERR_OK;
}

/* Somebody else's keys must not be taken from under his hands. */
static enum err_code check_editor(struct draft *d, enum deed deed,
				  struct err *err)
{
	struct editor who = { 0 };
	char since[DATE_MOMENT];

	if (d->token || !store_editor(d->store, d->id, &who))
		return ERR_OK;
	err_set(err, ERR_REFUSED,
		_("%s 从 %s 起正在填写这份报告，不能%s；请等填完"), who.user,
		date_clock(who.since, since), deed_label(deed));
	editor_free(&who);
	return ERR_REFUSED;
}

static enum err_code submit(struct draft *d, const struct review_args *args,
			    struct str *note, struct err *err)
{
	char now[DATE_MOMENT];
	enum err_code code = check_editor(d, DEED_SUBMIT, err);

	(void)args;
	(void)note;
	if (!code)
		code = review_ready(d, DEED_SUBMIT, err);
	if (code)
		return code;
	d->row.state = STATE_SUBMITTED;
	replace(&d->row.submitted_at, date_now(now));
	return ERR_OK;
}

static enum err_code withdraw(struct draft *d, const struct review_args *args,
			      struct str *note, struct err *err)
{
	(void)err;
	if (given(args->reason))
		str_add(note, args->reason);
	d->row.state = STATE_DRAFT;
	return ERR_OK;
}

/* ---- return ---- */

/* Said at this cell about what was handed in, and open: the remark is there, the
 * reason need not be said again.  So for the reason itself. */
static bool is_remark(const struct draft *d, const struct comment *c,
		      const char *path, const char *reason)
{
	return strcmp(c->path, path) == 0 && !*c->resolved_at && !*c->answer &&
	       (strcmp(c->moment, d->row.submitted_at) >= 0 ||
		strcmp(c->text, reason) == 0);
}

/* One comment a remark: those that are there are named, a cell without any gets
 * the reason. */
static enum err_code name_cell(struct draft *d, const char *path,
			       const char *reason, struct err *err)
{
	struct comment *list = NULL;
	size_t count = 0, named = 0;
	enum err_code code =
		store_comments(d->store, d->id, &list, &count, err);

	for (size_t i = 0; i < count && !code; i++) {
		if (!is_remark(d, &list[i], path, reason))
			continue;
		code = store_comment_named(d->store, d->id, list[i].number,
					   err);
		named++;
	}
	if (!code && named == 0)
		code = store_comment_add(d->store, d->id, path, reason, true,
					 &(int64_t){ 0 }, err);
	store_comments_free(list, count);
	return code;
}

static enum err_code give_back(struct draft *d, const struct review_args *args,
			       struct str *note, struct err *err)
{
	char now[DATE_MOMENT];
	enum err_code code = want_reason(args, DEED_RETURN, note, err);

	for (size_t i = 0; i < args->path_count && !code; i++)
		if (form_cell(d->form, args->paths[i]) == FORM_NO_CELL)
			code = err_set(err, ERR_INPUT,
				       _("没有“%s”这一栏，没有退回；"
					 "请核对路径"),
				       args->paths[i]);
	for (size_t i = 0; i < args->path_count && !code; i++)
		code = name_cell(d, args->paths[i], args->reason, err);
	if (code)
		return code;
	d->row.state = STATE_RETURNED;
	replace(&d->row.returned_at, date_now(now));
	replace(&d->row.return_reason, args->reason);
	if (args->path_count)
		replace(&d->row.place, args->paths[0]);
	return ERR_OK;
}

/* ---- sign, approve ---- */

static bool in_list(char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static enum err_code check_step(struct store *s, const char *step,
				struct err *err)
{
	char **steps = review_steps(s);
	struct str names = { 0 };
	enum err_code code = ERR_OK;

	str_clear(&names);
	for (size_t i = 0; steps[i]; i++)
		str_addf(&names, "%s%s", i ? _("、") : "", steps[i]);
	if (!step || !in_list(steps, step))
		code = err_set(err, ERR_INPUT, _("没有“%s”这一步审签；有：%s"),
			       step ? step : "", names.s);
	str_free(&names);
	review_steps_free(steps);
	return code;
}

/* 不同意 is signed, too, but does not let the report pass; nor does a word of
 * another program. */
static bool agreed(const struct signoff *s)
{
	return s && strcmp(s->result, REVIEW_AGREED) == 0;
}

/* The steps go in order: a required one before this must have been agreed. */
static enum err_code check_before(struct draft *d, const char *step,
				  struct err *err)
{
	char **steps = review_steps(d->store),
	     **required = review_required(d->store);
	enum err_code code = ERR_OK;

	for (size_t i = 0; steps[i] && strcmp(steps[i], step) != 0 && !code;
	     i++)
		if (in_list(required, steps[i]) &&
		    !agreed(review_signed(d, steps[i])))
			code = err_set(err, ERR_REFUSED,
				       _("“%s”之前先要有“%s”对着现在的数据"
					 "的同意；请按先后审签"),
				       step, steps[i]);
	review_steps_free(required);
	review_steps_free(steps);
	return code;
}

enum err_code review_may_sign(struct draft *d, const char *step,
			      struct err *err)
{
	enum err_code code = check_step(d->store, step, err);

	return code ? code : check_before(d, step, err);
}

enum err_code review_check_result(const char *result, struct err *err)
{
	if (!given(result) || strcmp(result, REVIEW_AGREED) == 0 ||
	    strcmp(result, REVIEW_REFUSED) == 0)
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("审签的结果只能是“%s”或“%s”，别的话请写在意见里"),
		       REVIEW_AGREED, REVIEW_REFUSED);
}

static enum err_code sign(struct draft *d, const struct review_args *args,
			  struct str *note, struct err *err)
{
	struct signoff s = { .paper = args->paper };
	char hex[DIGEST_TEXT];
	enum err_code code = review_may_sign(d, args->step, err);

	if (!code)
		code = review_check_result(args->result, err);
	if (code)
		return code;
	if (!given(args->name))
		return err_set(err, ERR_INPUT,
			       _("审签要写明是谁签的；请写上姓名"));
	replace(&s.step, args->step);
	replace(&s.name, args->name);
	replace(&s.result, given(args->result) ? args->result : REVIEW_AGREED);
	replace(&s.opinion, args->opinion);
	replace(&s.digest, report_digest(d->report, hex));
	replace(&s.moment, "");
	replace(&s.recorded_by, "");
	code = store_signoff_add(d->store, d->id, &s, err);
	str_addf(note, "%s %s %s %s", s.step, s.name, s.result,
		 s.paper ? _("（代记纸上签字）") : _("（本人审签）"));
	if (*s.opinion)
		str_addf(note, " %s", s.opinion);
	free(s.step);
	free(s.name);
	free(s.result);
	free(s.opinion);
	free(s.digest);
	free(s.moment);
	free(s.recorded_by);
	return code;
}

enum err_code review_all_signed(struct draft *d, struct err *err)
{
	char **steps = review_required(d->store);
	struct str missing = { 0 };

	for (size_t i = 0; steps[i]; i++) {
		const struct signoff *s = review_signed(d, steps[i]);

		if (agreed(s))
			continue;
		str_addf(&missing, "%s%s", missing.len ? _("、") : "",
			 steps[i]);
		if (s)
			str_addf(&missing, _("（%s）"), s->result);
	}
	review_steps_free(steps);
	if (!missing.len)
		return ERR_OK;
	err_set(err, ERR_REFUSED,
		_("还缺审签：%s；要对着现在的数据同意，数据改过的签了也不算"),
		missing.s);
	str_free(&missing);
	return ERR_REFUSED;
}

static enum err_code approve(struct draft *d, const struct review_args *args,
			     struct str *note, struct err *err)
{
	enum err_code code = review_ready(d, DEED_APPROVE, err);

	if (!code)
		code = review_all_signed(d, err);
	if (code)
		return code;
	if (given(args->reason))
		str_add(note, args->reason);
	d->row.state = STATE_APPROVED;
	return ERR_OK;
}

/* ---- publish, reopen, discard ---- */

/* What was approved must be what is published, and still be agreed to. */
static enum err_code check_approved(struct draft *d, struct err *err)
{
	char *data = store_snapshot(d->store, d->id, STATE_APPROVED,
				    d->row.version, NULL);
	struct str now = { 0 };
	bool same;

	report_dump(d->report, &now);
	same = data && strcmp(data, now.s ? now.s : "") == 0;
	str_free(&now);
	free(data);
	if (!same)
		return err_set(err, ERR_REFUSED,
			       _("现在的数据和核准时的不一样，不能登记公布；"
				 "请审核人重新打开核对"));
	return review_all_signed(d, err);
}

enum err_code review_check_day(int year, const char *date, struct err *err)
{
	struct date day;

	if (strlen(date) != 10 || !date_parse(date, &day))
		return err_set(err, ERR_INPUT,
			       _("公布日期“%s”不是一个日子；"
				 "请写年-月-日，如 2025-01-20"),
			       date);
	if (day.year <= year)
		return err_set(err, ERR_INPUT,
			       _("公布日期 %s 在报告年度 %d 年结束之前；"
				 "请核对"),
			       date, year);
	return ERR_OK;
}

static enum err_code check_url(const char *url, struct err *err)
{
	static const char *const ways[] = { "http://", "https://" };

	for (size_t i = 0; i < 2; i++)
		if (strncasecmp(url, ways[i], strlen(ways[i])) == 0 &&
		    url[strlen(ways[i])] > ' ')
			return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("“%s”不是网址；请写以 http:// 或 https:// 开头的全址"),
		       url);
}

/* What is not said again stays as it was registered before. */
static void register_one(char **member, const char *value, struct str *note)
{
	if (value)
		replace(member, value);
	if (given(*member))
		str_addf(note, "%s%s", note->len ? " " : "", *member);
}

static enum err_code publish(struct draft *d, const struct review_args *args,
			     struct str *note, struct err *err)
{
	char today[DATE_MOMENT];
	const char *date = given(args->date) ? args->date : NULL;
	enum err_code code = check_approved(d, err);

	if (!date && d->row.state != STATE_PUBLISHED) {
		date = date_now(today);
		today[10] = '\0';
	}
	if (!code && date)
		code = review_check_day(d->row.year, date, err);
	if (!code && given(args->url))
		code = check_url(args->url, err);
	if (code)
		return code;
	d->row.state = STATE_PUBLISHED;
	register_one(&d->row.published_on, date, note);
	register_one(&d->row.published_url, args->url, note);
	register_one(&d->row.index_no, args->index_no, note);
	register_one(&d->row.doc_no, args->doc_no, note);
	return ERR_OK;
}

static enum err_code reopen(struct draft *d, const struct review_args *args,
			    struct str *note, struct err *err)
{
	enum err_code code = want_reason(args, DEED_REOPEN, note, err);

	if (code)
		return code;
	d->row.state = STATE_DRAFT;
	d->row.version++;
	replace(&d->row.submitted_at, "");
	replace(&d->row.returned_at, "");
	replace(&d->row.return_reason, "");
	return ERR_OK;
}

/* A number above 1 may have come with a file that another office sent; only what
 * was approved here, or published, is not to be lost. */
static bool was_sealed(struct draft *d)
{
	return *d->row.published_on ||
	       store_snapshot_version(d->store, d->id, STATE_APPROVED) > 0;
}

static enum err_code discard(struct draft *d, const struct review_args *args,
			     struct str *note, struct err *err)
{
	enum err_code code = check_editor(d, DEED_DISCARD, err);

	if (!code && d->row.version > 1 && was_sealed(d))
		code = err_set(err, ERR_REFUSED,
			       _("这份报告的第 %d 版已经审核通过，"
				 "不能作废；请改好后再送审"),
			       d->row.version - 1);
	if (!code)
		code = want_reason(args, DEED_DISCARD, note, err);
	if (!code)
		d->row.state = STATE_DISCARDED;
	return code;
}

static act_fn *const acts[DEED_COUNT] = {
	[DEED_SUBMIT] = submit,    [DEED_WITHDRAW] = withdraw,
	[DEED_RETURN] = give_back, [DEED_SIGN] = sign,
	[DEED_APPROVE] = approve,  [DEED_PUBLISH] = publish,
	[DEED_REOPEN] = reopen,    [DEED_DISCARD] = discard,
};

/* ---- all of them ---- */

static enum err_code check_args(const struct review_args *args, struct err *err)
{
	const char *const all[] = {
		args->reason,  args->step,     args->name,
		args->opinion, args->result,   args->date,
		args->url,     args->index_no, args->doc_no
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i] && !text_valid(all[i], strlen(all[i])))
			return err_set(err, ERR_INPUT,
				       _("写的内容里有控制字符或不是 UTF-8 "
					 "的字节，什么也没有做；请改过再做"));
	return ERR_OK;
}

static enum err_code record(struct draft *d, enum deed deed, enum state old,
			    const char *note, struct err *err)
{
	struct str data = { 0 };
	char hex[DIGEST_TEXT];
	enum err_code code = store_report_save(d->store, &d->row, err);

	str_clear(&data);
	report_dump(d->report, &data);
	if (!code && d->row.state != old)
		code = store_snapshot_add(d->store, d->id, d->row.version,
					  d->row.state, data.s,
					  report_digest(d->report, hex), err);
	str_free(&data);
	if (!code)
		code = store_history_add(d->store, d->id, deed_word(deed), "",
					 state_word(old),
					 state_word(d->row.state), note, err);
	return code;
}

/* Nobody puts his name under what he has not seen. */
static enum err_code check_seen(const struct draft *d, enum deed deed,
				const char *seen, struct err *err)
{
	char hex[DIGEST_TEXT];

	if (!seen || strcmp(report_digest(d->report, hex), seen) == 0)
		return ERR_OK;
	return err_set(err, ERR_REFUSED,
		       _("这份报告显示出来以后又改过，没有%s；"
			 "请看过现在的内容再做"),
		       deed_label(deed));
}

/* What is judged is what is stored, now. */
static enum err_code act(struct draft *d, enum deed deed,
			 const struct review_args *args, struct err *err)
{
	struct str note = { 0 };
	enum state old;
	enum err_code code = draft_refresh(d, err);

	if (code)
		return code;
	old = d->row.state;
	if (!review_may(store_actor(d->store), old, deed, err))
		return ERR_REFUSED;
	str_clear(&note);
	code = check_seen(d, deed, args->seen, err);
	if (!code)
		code = acts[deed](d, args, &note, err);
	if (!code && d->row.state != old)
		draft_count_row(d, &d->row);
	if (!code)
		code = record(d, deed, old, note.s, err);
	str_free(&note);
	return code;
}

enum err_code review_do(struct draft *d, enum deed deed,
			const struct review_args *args, struct err *err)
{
	struct err own = { 0 };
	enum err_code code;

	assert(acts[deed]);
	err = err ? err : &own;
	code = check_args(args, err);
	if (!code)
		code = draft_leave(d, err);
	if (!code)
		code = store_begin(d->store, err);
	if (code)
		return code;
	code = act(d, deed, args, err);
	code = draft_finish(d, code, true, err);
	if (d->token && !draft_writable(d)) {
		store_unlock(d->store, d->id, d->token);
		d->token = 0;
	}
	draft_refresh(d, NULL);
	return code;
}
