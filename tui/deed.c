#include "tui/deed.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "core/str.h"
#include "core/tr.h"
#include "tui/dialog.h"

/* What a deed asks before it is done; its texts are owned. */
struct asked {
	struct review_args args;
	char *texts[8];
	size_t count;
	const char **paths;
};

/* Fills `asked`; false: the user went back, or it is said why not. */
typedef bool ask_fn(struct app *app, enum deed deed, struct asked *asked);

static void asked_free(struct asked *asked)
{
	for (size_t i = 0; i < asked->count; i++)
		free(asked->texts[i]);
	for (size_t i = 0; i < asked->args.path_count; i++)
		free((void *)(uintptr_t)asked->paths[i]);
	free(asked->paths);
}

/* One line or a few; *out is owned by `asked`. */
static bool ask_text(struct app *app, enum deed deed, struct asked *asked,
		     const char *prompt, const char *start, int rows,
		     const char **out)
{
	char *text = xstrdup(start);
	bool done = dialog_text(app, deed_label(deed), prompt, rows, &text);

	if (!text)
		text = xstrdup("");
	asked->texts[asked->count++] = text;
	*out = text;
	return done;
}

static bool confirm(struct app *app, enum deed deed, const char *text)
{
	const char *buttons[] = { deed_label(deed), _("不作改动") };

	return dialog_ask(app, deed_label(deed), text, buttons, 2, 1) == 0;
}

/* ---- what would be refused anyway is not asked ---- */

static enum err_code can_approve(struct draft *d, enum deed deed,
				 struct err *err)
{
	enum err_code code = review_ready(d, deed, err);

	return code ? code : review_all_signed(d, err);
}

static enum err_code can_publish(struct draft *d, enum deed deed,
				 struct err *err)
{
	(void)deed;
	return review_all_signed(d, err);
}

static enum err_code (*const checks[DEED_COUNT])(struct draft *d,
						 enum deed deed,
						 struct err *err) = {
	[DEED_SUBMIT] = review_ready,
	[DEED_APPROVE] = can_approve,
	[DEED_PUBLISH] = can_publish,
};

static bool can(struct app *app, enum deed deed)
{
	struct err err = { 0 };

	if (!checks[deed] || checks[deed](app->draft, deed, &err) == ERR_OK)
		return true;
	dialog_tell(app, deed_label(deed), err.text);
	return false;
}

/* ---- what each asks ---- */

/* Comments that the clerk has not answered. */
static size_t waiting(struct app *app)
{
	size_t count, n = 0;
	const struct comment *list = draft_comments(app->draft, &count);

	for (size_t i = 0; i < count; i++)
		n += !*list[i].resolved_at && !*list[i].answer;
	return n;
}

static void add_waiting(struct app *app, struct str *text)
{
	size_t open = waiting(app);

	if (open > 0)
		str_addf(
			text,
			_("\n还有 %zu 条批注没有答复（F5 列出，Alt-N 答复）。"),
			open);
}

static bool ask_submit(struct app *app, enum deed deed, struct asked *asked)
{
	struct draft *d = app->draft;
	int count[SEVERITY_COUNT], unexplained, done, need;
	struct str text = { 0 };
	bool yes;

	(void)asked;
	findings_count(draft_findings(d), count, &unexplained);
	report_progress(draft_report(d), NULL, &done, &need);
	str_addf(&text,
		 _("将把 %d 年度报告送审：已填 %d/%d，没有须改的问题，"
		   "已作说明 %d。送审后不能再填，审核前可以撤回。"),
		 draft_row(d)->year, done, need, count[SEVERITY_SOFT]);
	add_waiting(app, &text);
	yes = confirm(app, deed, text.s);
	str_free(&text);
	return yes;
}

static bool ask_withdraw(struct app *app, enum deed deed, struct asked *asked)
{
	char *text = str_printf(_("将把 %d 年度报告撤回到起草状态，"
				  "可以继续填写；审核人不能再审这一稿。"),
				draft_row(app->draft)->year);
	bool yes = confirm(app, deed, text);

	(void)asked;
	free(text);
	return yes;
}

static bool ask_approve(struct app *app, enum deed deed, struct asked *asked)
{
	struct str text = { 0 };
	bool yes;

	(void)asked;
	str_addf(&text,
		 _("%d 年度报告没有须改的问题，规定的审签"
		   "都已同意，将审核通过；通过后锁定，"
		   "要改须写明理由重新打开。"),
		 draft_row(app->draft)->year);
	add_waiting(app, &text);
	yes = confirm(app, deed, text.s);
	str_free(&text);
	return yes;
}

/* The cells with open comments: what a return is about. */
static void find_paths(struct app *app, struct asked *asked)
{
	size_t count, n = 0;
	const struct comment *list = draft_comments(app->draft, &count);

	asked->paths = xcalloc(count + 1, sizeof *asked->paths);
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < n && strcmp(asked->paths[k], list[i].path) != 0)
			k++;
		if (k == n && !*list[i].resolved_at && *list[i].path)
			asked->paths[n++] = xstrdup(list[i].path);
	}
	asked->args.paths = asked->paths;
	asked->args.path_count = n;
}

static bool ask_return(struct app *app, enum deed deed, struct asked *asked)
{
	char *prompt;
	bool done;

	find_paths(app, asked);
	prompt = str_printf(
		_("将退回填报人修改，有未解决批注的 %zu 格一并列给填报人。"
		  "退回的理由："),
		asked->args.path_count);
	done = ask_text(app, deed, asked, prompt, "", 3, &asked->args.reason);
	free(prompt);
	return done;
}

static bool ask_reason(struct app *app, enum deed deed, struct asked *asked)
{
	const char *prompt =
		deed == DEED_REOPEN
			? _("将重新打开这份报告，成为下一版，填报人可以修改。"
			    "理由：")
			: _("将作废这份报告：不再列出，也不能再填，"
			    "改动记录仍保留。理由：");

	return ask_text(app, deed, asked, prompt, "", 3, &asked->args.reason);
}

static char *step_line(struct app *app, const char *step)
{
	const struct signoff *sign = review_signed(app->draft, step);

	if (!sign)
		return str_printf(_("%s  （未签）"), step);
	if (sign->paper)
		return str_printf(_("%s  %s %s %.10s 代记纸上签字（%s）"), step,
				  sign->name, sign->result, sign->moment,
				  sign->recorded_by);
	if (strcmp(sign->name, sign->recorded_by) != 0)
		return str_printf(_("%s  %s %s %.10s 本人审签（用户 %s）"),
				  step, sign->name, sign->result, sign->moment,
				  sign->recorded_by);
	return str_printf(_("%s  %s %s %.10s 本人审签"), step, sign->name,
			  sign->result, sign->moment);
}

static bool may_sign(struct app *app, const char *step)
{
	struct err err = { 0 };

	if (review_may_sign(app->draft, step, &err) == ERR_OK)
		return true;
	dialog_tell(app, deed_label(DEED_SIGN), err.text);
	return false;
}

static bool choose_step(struct app *app, struct asked *asked)
{
	char **steps = review_steps(app->store), *lines[32];
	const char *shown[32];
	size_t n = 0, start = 0;
	int chosen;

	for (; n < 32 && steps[n]; n++) {
		shown[n] = lines[n] = step_line(app, steps[n]);
		if (start == n && review_signed(app->draft, steps[n]))
			start++;
	}
	chosen = dialog_choose(app, _("审签哪一步"), shown, n, start);
	if (chosen >= 0) {
		asked->texts[asked->count++] = xstrdup(steps[chosen]);
		asked->args.step = asked->texts[asked->count - 1];
	}
	for (size_t i = 0; i < n; i++)
		free(lines[i]);
	review_steps_free(steps);
	return chosen >= 0 && may_sign(app, asked->args.step);
}

/* Under another's name it is taken for what he signed on paper. */
static bool ask_way(struct app *app, struct asked *asked, const char *result)
{
	const char *ways[] = { _("本人审签"), _("代记纸上签字"), _("不签") };
	const char *me = store_actor(app->store)->name;
	bool own = strcmp(asked->args.name, me) == 0;
	struct str text = { 0 };
	int way;

	str_addf(&text,
		 _("将记下：%s，%s，%s。签的是现在的数据，"
		   "以后改动任何一格，这一步就要重签。"),
		 asked->args.step, asked->args.name, result);
	if (!own)
		str_addf(&text,
			 _("\n“%s”不是用户 %s：他在纸上签过的，请代记；"
			   "他本人坐在这里的，才选本人。"),
			 asked->args.name, me);
	way = dialog_ask(app, deed_label(DEED_SIGN), text.s, ways, 3,
			 own ? 0 : 1);
	str_free(&text);
	asked->args.paper = way == 1;
	return way == 0 || way == 1;
}

static bool ask_sign(struct app *app, enum deed deed, struct asked *asked)
{
	static const char *const results[] = { REVIEW_AGREED, REVIEW_REFUSED };
	const char *shown[] = { _(results[0]), _(results[1]) };
	const char *me = store_actor(app->store)->name;
	int result;

	if (!choose_step(app, asked) ||
	    !ask_text(app, deed, asked, _("签字人姓名："), me, 1,
		      &asked->args.name))
		return false;
	result = dialog_choose(app, _("结果"), shown, 2, 0);
	if (result < 0 || !ask_text(app, deed, asked, _("意见（可以不写）："),
				    "", 2, &asked->args.opinion))
		return false;
	asked->args.result = results[result];
	return ask_way(app, asked, shown[result]);
}

/* A day after the report's year. */
static bool is_publish_day(void *with, const char *text, struct err *err)
{
	const struct app *app = with;
	int year = draft_row(app->draft)->year;
	struct date day;

	if (!date_read(text, &day))
		err_set(err, ERR_INPUT,
			_("这不是一个日子；请写年-月-日，如 %d-01-20。"),
			year + 1);
	else if (day.year <= year)
		err_set(err, ERR_INPUT,
			_("日期在报告年度 %d 年结束之前；请核对。"), year);
	else
		return true;
	return false;
}

static bool ask_day(struct app *app, enum deed deed, struct asked *asked)
{
	const struct report_row *row = draft_row(app->draft);
	bool again = row->state == STATE_PUBLISHED && *row->published_on;
	char today[DATE_MOMENT], iso[DATE_DAY];
	struct date day;
	char *text;

	date_now(today);
	today[10] = '\0';
	text = xstrdup(again ? row->published_on : today);
	if (!dialog_text_checked(app, deed_label(deed),
				 _("将登记为已公布。公布日期（年-月-日）："), 1,
				 &text, is_publish_day, app) ||
	    !date_read(text, &day)) {
		free(text);
		return false;
	}
	free(text);
	text = xstrdup(date_day(day, iso));
	asked->texts[asked->count++] = text;
	asked->args.date = text;
	return true;
}

static bool ask_publish(struct app *app, enum deed deed, struct asked *asked)
{
	struct review_args *args = &asked->args;
	const struct report_row *row = draft_row(app->draft);

	return ask_day(app, deed, asked) &&
	       ask_text(app, deed, asked, _("公布网址（可以不写）："),
			row->published_url, 1, &args->url) &&
	       ask_text(app, deed, asked, _("索引号（可以不写）："),
			row->index_no, 1, &args->index_no) &&
	       ask_text(app, deed, asked, _("文号（可以不写）："), row->doc_no,
			1, &args->doc_no);
}

static ask_fn *const asking[DEED_COUNT] = {
	[DEED_SUBMIT] = ask_submit,   [DEED_WITHDRAW] = ask_withdraw,
	[DEED_RETURN] = ask_return,   [DEED_SIGN] = ask_sign,
	[DEED_APPROVE] = ask_approve, [DEED_PUBLISH] = ask_publish,
	[DEED_REOPEN] = ask_reason,   [DEED_DISCARD] = ask_reason,
};

/* ---- all of them ---- */

const enum deed *deed_menu(void)
{
	static const enum deed list[] = { DEED_SUBMIT,  DEED_WITHDRAW,
					  DEED_RETURN,  DEED_SIGN,
					  DEED_APPROVE, DEED_PUBLISH,
					  DEED_REOPEN,  DEED_DISCARD,
					  DEED_COUNT };

	return list;
}

const char *deed_said(const char *word)
{
	static const struct {
		const char *word, *label;
	} others[] = {
		{ "new", N_("新建") },         { "carry", N_("承上年") },
		{ "opening", N_("上年数") },   { "zero-fill", N_("其余填零") },
		{ "import", N_("导入") },      { "undo", N_("撤销") },
		{ "redo", N_("重做") },        { "answer", N_("答复批注") },
		{ "resolve", N_("解决批注") },
	};

	for (enum deed deed = 0; deed < DEED_COUNT; deed++)
		if (strcmp(deed_word(deed), word) == 0)
			return deed_label(deed);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(others[i].word, word) == 0)
			return _(others[i].label);
	return word;
}

bool deed_may(struct app *app, enum deed deed, bool say)
{
	struct err err = { 0 };

	if (review_may(store_actor(app->store), draft_row(app->draft)->state,
		       deed, &err))
		return true;
	if (say)
		app_say_err(app, &err);
	return false;
}

bool deed_run(struct app *app, enum deed deed)
{
	struct asked asked = { 0 };
	struct err err = { 0 };
	char seen[DIGEST_TEXT];
	bool done = false;

	if (!deed_may(app, deed, true) || !can(app, deed))
		return false;
	asked.args.seen = report_digest(draft_report(app->draft), seen);
	if (asking[deed](app, deed, &asked)) {
		done = review_do(app->draft, deed, &asked.args, &err) == ERR_OK;
		app_refresh(app);
		if (done)
			app_say(app, _("已%s。"), deed_label(deed));
		else
			dialog_tell(app, deed_label(deed), err.text);
	}
	asked_free(&asked);
	return done;
}

static bool may_be_explained(struct app *app, const struct finding *finding)
{
	if (finding->severity == SEVERITY_HARD)
		app_say(app, _("这一条必须改正，不能用说明代替。"));
	else if (finding->severity == SEVERITY_HINT)
		app_say(app, _("这一条只是提示，不用写说明。"));
	else
		return deed_may(app, DEED_EXPLAIN, true);
	return false;
}

/* What is to be explained; after an explanation for other numbers, which. */
static char *explain_prompt(const struct form_def *form,
			    const struct finding *f)
{
	struct str out = { 0 };

	str_addf(&out, "%s\n", f->brief);
	if (f->asked_again && finding_since(form, f, &out))
		str_add(&out, _("；原来的说明列在下面，改到合适为止。\n"));
	str_add(&out, _("随报告送审的情况说明（清空即撤回说明）："));
	return str_steal(&out);
}

bool deed_explain(struct app *app, const struct finding *finding)
{
	char *path, *rule;
	struct err err = { 0 };
	char *text, *prompt;
	bool done;

	if (!may_be_explained(app, finding))
		return false;
	/* the findings may be judged anew while the dialog waits */
	path = xstrdup(finding_path(app->draft, finding));
	rule = xstrdup(finding->rule->id);
	text = xstrdup(finding->explanation   ? finding->explanation
		       : finding->asked_again ? finding->asked_again
					      : "");
	prompt = explain_prompt(draft_form(app->draft), finding);
	done = dialog_text(app, _("情况说明"), prompt, 4, &text) &&
	       review_explain(app->draft, rule, path, text, &err) == ERR_OK;
	if (done)
		app_say(app, *text ? _("说明已存。") : _("说明已撤回。"));
	else if (err.code != ERR_OK)
		app_say_err(app, &err);
	free(prompt);
	free(text);
	free(path);
	free(rule);
	return done;
}
