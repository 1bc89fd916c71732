/* check explain checklist */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/json.h"
#include "core/lint.h"
#include "core/tr.h"
#include "export/export.h"

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
		str_addf(out, _("  已说明：%s\n"), f->explanation);
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

static const struct check_format {
	const char *name, *before, *between, *after;
	void (*print)(struct draft *, const struct findings *, struct str *);
} formats[] = {
	{ "text", "", "", "", as_text },
	{ "tsv", "", "", "", as_tsv },
	{ "json", "[\n", ",\n", "\n]\n", as_json },
};

static const struct check_format *find_format(struct cli *cli, const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	err_set(&cli->err, ERR_INPUT, _("没有“%s”这种格式；可用 text tsv json"),
		name);
	return NULL;
}

/* One report that cannot be read does not stop the others: its sentence goes
 * to standard error, the exit code says so at the end. */
static int check_one(struct cli *cli, const char *id, bool approved,
		     const struct check_format *format, struct str *out)
{
	struct draft *d = cli_version(cli, id, approved);
	const struct findings *f;
	int count[SEVERITY_COUNT], open;

	if (!d)
		return EXIT_ERROR;
	f = draft_findings(d);
	format->print(d, f, out);
	findings_count(f, count, &open);
	draft_close(d);
	return count[SEVERITY_HARD] ? EXIT_REFUSED : EXIT_DONE;
}

static int run_check(struct cli *cli, int argc, char **argv)
{
	const char *name = "text";
	bool approved = false;
	const struct cli_opt opts[] = { { "--format", &name, NULL },
					{ "--approved", NULL, &approved } };
	const struct check_format *format;
	struct str out = { 0 };
	int code = EXIT_DONE;
	size_t printed = 0;

	if (!cli_options(cli, &argc, argv, opts, 2))
		return EXIT_ERROR;
	if (argc < 2)
		return cli_usage(cli, cli_command("check"));
	format = find_format(cli, name);
	if (!format)
		return EXIT_ERROR;
	fputs(format->before, stdout);
	for (int i = 1; i < argc; i++) {
		int one;

		str_clear(&out);
		one = check_one(cli, argv[i], approved, format, &out);
		if (one == EXIT_ERROR)
			cli_say(cli); /* and go on with the others */
		if (out.len && printed++)
			fputs(format->between, stdout);
		fputs(out.s, stdout);
		code = one > code ? one : code;
	}
	fputs(format->after, stdout);
	str_free(&out);
	return code;
}

/* ---- explain ---- */

static void explain_part(const char *head, const char *text)
{
	if (text && *text)
		printf("%s%s\n", head, text);
}

static void explain(const struct rule_def *r)
{
	printf("%s  %s  %s\n", r->id, severity_label(r->severity), r->title);
	explain_part("", r->asks);
	explain_part(_("为什么："), r->why);
	explain_part(_("依据："), r->basis);
	explain_part(_("怎么办："), r->remedy);
	explain_part(_("正确的例子："), r->right);
	explain_part(_("错误的例子："), r->wrong);
	explain_part(_("怎样不再提示："), r->silence);
}

static void list_rules(const struct form_def *form)
{
	for (size_t i = 0; i < form->rule_count; i++)
		printf("%s\t%s\t%s\n", form->rules[i].id,
		       severity_word(form->rules[i].severity),
		       form->rules[i].title);
}

static int run_explain(struct cli *cli, int argc, char **argv)
{
	const char *name = "ogi-2021";
	const struct cli_opt opts[] = { { "--form", &name, NULL } };
	const struct form_def *form;
	const struct rule_def *rule;

	if (!cli_options(cli, &argc, argv, opts, 1))
		return EXIT_ERROR;
	if (argc > 2)
		return cli_usage(cli, cli_command("explain"));
	form = lint_form(cli->forms, name, &cli->err);
	if (!form)
		return cli_fail(cli);
	if (argc == 1) {
		list_rules(form);
		return EXIT_DONE;
	}
	rule = form_rule(form, argv[1]);
	if (!rule) {
		err_set(&cli->err, ERR_INPUT,
			_("报表 %s 没有规则“%s”；全部规则见 nianbao explain"),
			name, argv[1]);
		return EXIT_ERROR;
	}
	explain(rule);
	return EXIT_DONE;
}

static int run_checklist(struct cli *cli, int argc, char **argv)
{
	const char *name = "text", *path = "-";
	const struct cli_opt opts[] = { { "--format", &name, NULL },
					{ "-o", &path, NULL } };
	const struct form_def *form;
	const struct exporter *format;

	if (!cli_options(cli, &argc, argv, opts, 2))
		return EXIT_ERROR;
	if (argc != 2)
		return cli_usage(cli, cli_command("checklist"));
	format = exporter_find(name, &cli->err);
	form = format ? lint_form(cli->forms, argv[1], &cli->err) : NULL;
	if (!form || export_checklist(form, format, path, &cli->err) != ERR_OK)
		return cli_fail(cli);
	return EXIT_DONE;
}

const struct command check_commands[] = {
	{ "check", N_("编号 … [--approved] [--format text|tsv|json]"),
	  N_("检查报告，说出哪里不对、为什么、怎么办。\n"
	     "tsv 各列：编号、规则、hard|soft|hint、路径（逗号分开）、内容。\n"
	     "没有必须改正的问题时返回 0，有则返回 1，出错返回 2。"),
	  run_check },
	{ "explain", N_("[规则] [--form 报表]"),
	  N_("一条规则问什么、依据、例子、怎样答复；不写规则就列出全部。"),
	  run_explain },
	{ "checklist", N_("报表 [--format text|docx|flatopc] [-o 文件]"),
	  N_("各部分的检查清单。"), run_checklist },
	{ NULL, NULL, NULL, NULL },
};
