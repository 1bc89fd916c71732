/* explain checklist */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/lint.h"
#include "core/tr.h"
#include "export/export.h"

static void explain_part(const char *head, const char *text)
{
	if (text && *text)
		printf("%s%s\n", head, text);
}

/* Which kinds of units, "department town". */
static void explain_kinds(const char *head, const char *kinds)
{
	size_t n = 0;

	for (int k = 0; kinds && k < UNIT_KIND_COUNT; k++)
		if (form_lists(kinds, unit_kind_word((enum unit_kind)k)))
			printf("%s%s", n++ ? _("、") : head,
			       unit_kind_label((enum unit_kind)k));
	if (n)
		putchar('\n');
}

static void explain(const struct rule_def *r)
{
	printf("%s  %s  %s\n", r->id, severity_label(r->severity), r->title);
	explain_part("", r->asks);
	explain_kinds(_("只问："), r->kinds);
	explain_kinds(_("对这些单位必须改正："), r->hard_kinds);
	explain_part(_("何时检查："), r->when);
	explain_part(_("为什么："), r->why);
	explain_part(_("依据："), r->basis);
	explain_part(_("怎么办："), r->remedy);
	explain_part(_("正确的例子："), r->right);
	explain_part(_("错误的例子："), r->wrong);
	explain_part(_("怎样不再提示："), r->silence);
	if (r->severity != SEVERITY_HARD)
		printf(_("审核人可以关闭这条规则：nianbao config set rules.off "
			 "%s（要关几条就用空格分开写在一起）。\n"),
		       r->id);
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
	format = exporter_find(name, NULL);
	if (!format)
		err_set(&cli->err, ERR_INPUT,
			_("检查单没有 %s 格式；可用 text docx flatopc html"),
			name);
	form = format ? lint_form(cli->forms, argv[1], &cli->err) : NULL;
	if (!form || export_checklist(form, format, path, &cli->err) != ERR_OK)
		return cli_fail(cli);
	return EXIT_DONE;
}

const struct command explain_commands[] = {
	{ "explain", N_("[规则] [--form 报表]"),
	  N_("一条规则问什么、依据、例子、怎样答复；不写规则就列出全部。"),
	  run_explain },
	{ "checklist", N_("报表 [--format text|docx|flatopc|html] [-o 文件]"),
	  N_("各部分的检查清单。"), run_checklist },
	{ NULL, NULL, NULL, NULL },
};
