#include "tui/finding_text.h"

#include <string.h>

#include "core/tr.h"

void finding_brief(const char *where, const char *brief, struct str *out)
{
	static const char mark[] = " · ";
	const char *place = where ? strstr(where, mark) : NULL;

	if (place && !strstr(brief, place + strlen(mark)))
		str_addf(out, "%s%s", place + strlen(mark), _("："));
	str_add(out, brief);
}

const char *finding_state(const struct finding *f)
{
	if (f->explanation)
		return _("已说明");
	return f->asked_again ? _("再说明") : severity_brief(f->severity);
}

static void add_part(struct str *out, const char *head, const char *text)
{
	if (text && *text)
		str_addf(out, "%s%s\n", head, text);
}

/* An explanation given for other numbers does not count. */
static void add_again(const struct form_def *form, const struct finding *f,
		      struct str *out)
{
	struct str since = { 0 };

	if (!f->asked_again)
		return;
	if (!finding_since(form, f, &since))
		str_add(&since, _("情况和上次说明时不同了"));
	str_addf(out, _("  %s，请重新说明。\n"), since.s);
	add_part(out, _("  原来的说明："), f->asked_again);
	str_free(&since);
}

void finding_detail(const struct form_def *form, const struct finding *f,
		    struct str *out)
{
	const struct rule_def *rule = f->rule;

	str_addf(out, "%s\n", f->where ? f->where : "");
	add_part(out, "  ", f->full);
	add_again(form, f, out);
	if (f->explanation)
		add_part(out, _("  情况说明："), f->explanation);
	add_part(out, _("  怎么办："), rule->remedy);
	add_part(out, _("  为什么："), rule->why);
	add_part(out, _("  依据："), rule->basis);
	str_addf(out, _("  规则 %s：%s\n"), rule->id,
		 rule->title ? rule->title : "");
	if (f->severity == SEVERITY_SOFT && !f->explanation && !f->asked_again)
		add_part(out, _("  情况说明："), _("（无）"));
}

void finding_rule(const struct rule_def *rule, struct str *out)
{
	str_addf(out, "%s %s（%s）\n\n", rule->id,
		 rule->title ? rule->title : "",
		 severity_label(rule->severity));
	add_part(out, _("要求："), rule->asks);
	add_part(out, _("为什么："), rule->why);
	add_part(out, _("依据："), rule->basis);
	add_part(out, _("怎么办："), rule->remedy);
	add_part(out, _("对的例子："), rule->right);
	add_part(out, _("错的例子："), rule->wrong);
	add_part(out, _("怎样说明："), rule->silence);
}
