/* The patterns of a form, looked at before anything is checked by them. */
#include "core/lint.h"
#include "core/lint_pattern.h"
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
