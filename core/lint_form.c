/* The patterns of a form, looked at before anything is checked by them. */
#include <stdlib.h>
#include <string.h>

#include "core/lint.h"
#include "core/lint_pattern.h"
#include "core/mem.h"
#include "core/tr.h"

static enum err_code check(const struct form_def *form,
			   const struct pattern_def *p, struct err *err)
{
	size_t at;
	const char *why = pattern_slip(p->text, &at);

	if (!why)
		return ERR_OK;
	return err_set(err, ERR_FORM,
		       _("%s:%d：%s 的式样写错了，错在第 %zu 个字（%s）；"
			 "请改正报表文件"),
		       form->file, p->line, p->attribute, at, why);
}

const struct form_def *lint_form(struct forms *set, const char *id,
				 struct err *err)
{
	const struct form_def *form = forms_get(set, id, err);

	if (!form || form->known)
		return form;
	for (size_t i = 0; i < form->pattern_count; i++)
		if (check(form, &form->patterns[i], err) != ERR_OK)
			return NULL;
	return form;
}

/* The rule of any of the forms, the softest of them. */
static const struct rule_def *find_rule(struct forms *set, const char *id)
{
	const struct rule_def *found = NULL;

	for (const char *const *f = forms_ids(set); *f; f++) {
		const struct form_def *form = lint_form(set, *f, NULL);
		const struct rule_def *r = form ? form_rule(form, id) : NULL;

		if (r && (!found || r->severity > found->severity))
			found = r;
	}
	return found;
}

static enum err_code check_switch(struct forms *set, const char *id,
				  struct err *err)
{
	const struct rule_def *r = find_rule(set, id);

	if (!r)
		return err_set(err, ERR_INPUT,
			       _("没有“%s”这条规则；几条之间用空格分开，"
				 "全部规则见 nianbao explain"),
			       id);
	if (r->severity == SEVERITY_HARD)
		return err_set(err, ERR_REFUSED,
			       _("%s（%s）是必须改正的规则，不能关闭"), r->id,
			       r->title);
	return ERR_OK;
}

enum err_code lint_may_switch_off(struct forms *set, const char *rules,
				  struct err *err)
{
	char *copy = xstrdup(rules), *rest = copy, *id;
	enum err_code code = ERR_OK;

	while (!code && (id = strsep(&rest, " ")))
		if (*id)
			code = check_switch(set, id, err);
	free(copy);
	return code;
}
