/* The findings of one report, as text, lines or JSON. */
#include <string.h>

#include "cli/check.h"
#include "core/json.h"
#include "core/tr.h"

static void add_paths(struct str *out, const struct form_def *form,
		      const struct finding *f)
{
	for (size_t i = 0; i < f->cell_count; i++)
		str_addf(out, "%s%s", i ? "," : "",
			 form->cells[f->cells[i]].path);
}

static void as_tsv(struct draft *d, const struct findings *f, struct str *out)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *x = &f->list[i];

		str_addf(out, "%lld\t%s\t%s\t", (long long)draft_row(d)->id,
			 x->rule->id, severity_word(x->severity));
		add_paths(out, draft_form(d), x);
		str_addc(out, '\t');
		str_escape(out, x->brief);
		if (x->explanation) {
			str_add(out, _("（已说明："));
			str_escape(out, x->explanation);
			str_add(out, "）");
		}
		str_addc(out, '\n');
	}
}

static void add_member(struct str *out, const char *key, const char *value)
{
	json_add_string(out, key);
	str_add(out, ": ");
	if (value)
		json_add_string(out, value);
	else
		str_add(out, "null");
	str_add(out, ", ");
}

static void json_finding(struct draft *d, const struct finding *f,
			 struct str *out)
{
	str_add(out, "    {");
	add_member(out, "rule", f->rule->id);
	add_member(out, "severity", severity_word(f->severity));
	add_member(out, "where", f->where);
	add_member(out, "message", f->brief);
	add_member(out, "explanation", f->explanation);
	add_member(out, "explained_by", f->explained_by);
	str_add(out, "\"paths\": [");
	for (size_t i = 0; i < f->cell_count; i++) {
		str_add(out, i ? ", " : "");
		json_add_string(out, draft_form(d)->cells[f->cells[i]].path);
	}
	str_add(out, "]}");
}

static void as_json(struct draft *d, const struct findings *f, struct str *out)
{
	str_addf(out, "  {\"id\": %lld, ", (long long)draft_row(d)->id);
	add_member(out, "unit", draft_row(d)->unit);
	str_addf(out, "\"year\": %d, \"findings\": [", draft_row(d)->year);
	for (size_t i = 0; i < f->count; i++) {
		str_add(out, i ? ",\n" : "\n");
		json_finding(d, &f->list[i], out);
	}
	str_add(out, "]}");
}

static void text_finding(const struct finding *f, struct str *out)
{
	const struct rule_def *r = f->rule;

	str_addf(out, "%s  %s  %s\n", severity_label(f->severity), r->id,
		 f->where);
	str_addf(out, "  %s\n", f->full ? f->full : f->brief);
	if (r->why)
		str_addf(out, _("  为什么：%s\n"), r->why);
	if (r->basis)
		str_addf(out, _("  依据：%s\n"), r->basis);
	if (r->remedy)
		str_addf(out, _("  怎么办：%s\n"), r->remedy);
	if (f->explanation)
		str_addf(out, _("  已说明（%s）：%s\n"),
			 f->explained_by ? f->explained_by : "",
			 f->explanation);
	else if (f->asked_again)
		str_addf(out, _("  数字变了，原来的说明要重写：%s\n"),
			 f->asked_again);
}

static void as_text(struct draft *d, const struct findings *f, struct str *out)
{
	int count[SEVERITY_COUNT], open;

	findings_count(f, count, &open);
	report_title(draft_report(d), out);
	str_addf(out, _("\n必须改正 %d  需作说明 %d（未说明 %d）  提示 %d\n\n"),
		 count[SEVERITY_HARD], count[SEVERITY_SOFT], open,
		 count[SEVERITY_HINT]);
	for (size_t i = 0; i < f->count; i++) {
		text_finding(&f->list[i], out);
		str_addc(out, '\n');
	}
}

static const struct check_format formats[] = {
	{ "text", "", "", "", as_text },
	{ "tsv", "", "", "", as_tsv },
	{ "json", "[\n", ",\n", "\n]\n", as_json },
};

const struct check_format *check_format(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}
