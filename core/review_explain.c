/* Explanations: what the clerk says about a finding that may stand. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/review_impl.h"
#include "core/text.h"
#include "core/tr.h"

static bool about(const struct draft *d, const struct finding *f,
		  const char *path)
{
	for (size_t i = 0; i < f->cell_count; i++)
		if (strcmp(d->form->cells[f->cells[i]].path, path) == 0)
			return true;
	return false;
}

/* The finding that begins at `path`, else one that names it, else (no path)
 * the rule's first. */
static const struct finding *find(struct draft *d, const char *rule,
				  const char *path, bool explained)
{
	const struct findings *f = draft_findings(d);
	const struct finding *found = NULL;
	bool any = !*path || strcmp(path, "-") == 0;

	for (size_t i = 0; i < f->count; i++) {
		const struct finding *it = &f->list[i];

		if (strcmp(it->rule->id, rule) != 0)
			continue;
		if (any ? (it->explanation != NULL) == explained
			: strcmp(finding_path(d, it), path) == 0)
			return it;
		if (!found && (any || about(d, it, path)))
			found = it;
	}
	return found;
}

static enum err_code check_explained(struct draft *d, const char *rule,
				     const struct finding *f, const char *text,
				     struct err *err)
{
	if (!form_rule(d->form, rule))
		return err_set(err, ERR_INPUT,
			       _("没有“%s”这条规则；check 列出现有的问题"),
			       rule);
	if (!f)
		return err_set(err, ERR_INPUT,
			       _("规则 %s 在这里没有问题，不用说明；"
				 "check 列出现有的问题"),
			       rule);
	if (!*text && !f->explanation && !f->asked_again)
		return err_set(err, ERR_REFUSED,
			       _("规则 %s 的问题在这里没有写过情况说明，"
				 "没有什么可以撤回"),
			       rule);
	if (f->severity == SEVERITY_HARD && !f->outside)
		return err_set(err, ERR_REFUSED,
			       _("规则 %s 的问题必须改正，不能用说明代替：%s"),
			       rule, f->brief);
	if (!text_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT,
			       _("说明里有控制字符或不是 UTF-8 的字节，"
				 "没有存；请改过再存"));
	return ERR_OK;
}

enum {
	NAMED = 3 /* places in a sentence */
};

/* '' is how a shell is told of a finding without a place. */
static enum err_code none_left(struct draft *d, const char *rule,
			       struct err *err)
{
	const struct findings *f = draft_findings(d);
	struct str places = { 0 };
	size_t n = 0;
	enum err_code code;

	for (size_t i = 0; i < f->count; i++) {
		const char *path = finding_path(d, &f->list[i]);

		if (strcmp(f->list[i].rule->id, rule) != 0 || n++ >= NAMED)
			continue;
		str_addf(&places, "%s%s", n > 1 ? "、" : "",
			 *path ? path : "''");
	}
	if (n > NAMED)
		str_addf(&places, _(" 等 %zu 处"), n);
	code = err_set(err, ERR_INPUT,
		       _("规则 %s 的问题都已写过说明：%s；要改其中一条，把 - "
			 "换成它的路径"),
		       rule, places.s);
	str_free(&places);
	return code;
}

static enum err_code store_text(struct draft *d, const struct finding *f,
				const char *text, struct err *err)
{
	const char *old = f->explanation   ? f->explanation
			  : f->asked_again ? f->asked_again
					   : "";
	struct explanation e = { .rule = xstrdup(f->rule->id),
				 .path = xstrdup(finding_path(d, f)),
				 .facts = xstrdup(f->facts ? f->facts : ""),
				 .text = xstrdup(text),
				 .author = xstrdup(""),
				 .moment = xstrdup("") };
	enum err_code code = store_explanation_save(d->store, d->id, &e, err);

	if (!code)
		code = store_history_add(d->store, d->id,
					 deed_word(DEED_EXPLAIN), e.path, old,
					 text, e.rule, err);
	free(e.rule);
	free(e.path);
	free(e.facts);
	free(e.text);
	free(e.author);
	free(e.moment);
	return code;
}

static enum err_code explain(struct draft *d, const char *rule,
			     const char *path, const char *text,
			     struct err *err)
{
	const struct finding *f;
	enum err_code code = draft_refresh(d, err);

	if (code)
		return code;
	if (!review_may(store_actor(d->store), d->row.state, DEED_EXPLAIN, err))
		return ERR_REFUSED;
	f = find(d, rule, path ? path : "", !*text);
	code = check_explained(d, rule, f, text, err);
	if (!code && *text && f->explanation && path && strcmp(path, "-") == 0)
		code = none_left(d, rule, err);
	if (!code)
		code = store_text(d, f, text, err);
	if (!code)
		code = draft_read_review(d, err);
	if (!code)
		code = draft_save_row(d, err);
	return code;
}

enum err_code review_explain(struct draft *d, const char *rule,
			     const char *path, const char *text,
			     struct err *err)
{
	enum err_code code;

	if (text_count(text ? text : "") == 0)
		text = "";
	code = store_begin(d->store, err);
	if (code)
		return code;
	code = explain(d, rule, path, text, err);
	return draft_finish(d, code, true, err);
}
