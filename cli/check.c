/* check */
#include "cli/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"

/* ---- beside other units ---- */

static void step(void *whom, size_t done, size_t all)
{
	(void)whom;
	cli_progress(done, all);
}

const struct siblings *check_siblings(struct cli *cli, const char *form,
				      int year, struct check_siblings *of)
{
	if (of->list && of->year == year && strcmp(of->form, form) == 0)
		return of->list;
	check_siblings_free(of);
	of->list = draft_siblings(cli->store, cli->forms, form, year, step,
				  NULL, &cli->err);
	of->form = xstrdup(form);
	of->year = year;
	return of->list;
}

void check_siblings_free(struct check_siblings *of)
{
	siblings_free(of->list);
	free(of->form);
	*of = (struct check_siblings){ 0 };
}

/* ---- some reports ---- */

/* One report that cannot be read does not stop the others: its sentence goes
 * to standard error, the exit code says so at the end. */
static int check_one(struct cli *cli, const char *id,
		     const struct check_order *o, struct check_siblings *of,
		     struct str *out)
{
	const struct check_format *format = check_format(o->format);
	struct draft *d = cli_version(cli, id, o->approved);
	const struct siblings *beside = NULL;
	const struct findings *f;
	int count[SEVERITY_COUNT], open;

	if (d && o->siblings) {
		beside = check_siblings(cli, draft_row(d)->form,
					draft_row(d)->year, of);
		draft_beside(d, beside);
	}
	if (!d || (o->siblings && !beside)) {
		draft_close(d);
		return EXIT_ERROR;
	}
	f = draft_findings(d);
	format->print(d, f, out);
	findings_count(f, count, &open);
	draft_close(d);
	return count[SEVERITY_HARD] ? EXIT_REFUSED : EXIT_DONE;
}

static int check_some(struct cli *cli, const struct check_order *o, int argc,
		      char **argv)
{
	const struct check_format *format = check_format(o->format);
	struct check_siblings of = { 0 };
	struct str out = { 0 };
	int code = EXIT_DONE;
	size_t printed = 0;

	fputs(format->before, stdout);
	for (int i = 1; i < argc; i++) {
		int one;

		str_clear(&out);
		one = check_one(cli, argv[i], o, &of, &out);
		if (one == EXIT_ERROR)
			cli_say(cli); /* and go on with the others */
		if (out.len && printed++)
			fputs(format->between, stdout);
		cli_put(out.s);
		code = one > code ? one : code;
	}
	fputs(format->after, stdout);
	str_free(&out);
	check_siblings_free(&of);
	return code;
}

/* ---- the command ---- */

static bool read_order(struct cli *cli, struct check_order *o, int *argc,
		       char **argv)
{
	const struct cli_opt opts[] = {
		{ "--format", &o->format, NULL },
		{ "-o", &o->path, NULL },
		{ "--year", &o->year, NULL },
		{ "--state", &o->state, NULL },
		{ "--deadline", &o->deadline, NULL },
		{ "--all", NULL, &o->all },
		{ "--approved", NULL, &o->approved },
		{ "--siblings", NULL, &o->siblings },
		{ "--no-siblings", NULL, &o->no_siblings },
		{ "--feedback", NULL, &o->feedback },
		{ "--force", NULL, &o->force },
	};

	return cli_options(cli, argc, argv, opts, sizeof opts / sizeof *opts);
}

/* What belongs to another way of the command. */
static bool is_mixed(const struct check_order *o, int argc)
{
	if (o->all)
		return argc != 1 || !o->year || o->approved || o->siblings ||
		       (o->force && !o->feedback) ||
		       (o->deadline && !o->feedback);
	return argc < 2 || o->year || o->state || o->no_siblings || o->force ||
	       (o->deadline && !o->feedback) || (o->path && !o->feedback);
}

static int run_check(struct cli *cli, int argc, char **argv)
{
	struct check_order o = { 0 };

	if (!read_order(cli, &o, &argc, argv))
		return EXIT_ERROR;
	if (is_mixed(&o, argc))
		return cli_usage(cli, cli_command("check"));
	if (o.feedback)
		return check_letter(cli, &o, argc, argv);
	if (!o.format)
		o.format = "text";
	if (o.all)
		return check_all(cli, &o);
	if (check_format(o.format))
		return check_some(cli, &o, argc, argv);
	err_set(&cli->err, ERR_INPUT, _("没有“%s”这种格式；可用 text tsv json"),
		o.format);
	return EXIT_ERROR;
}

const struct command check_commands[] = {
	{ "check",
	  N_("编号 … [--approved] [--siblings] [--format text|tsv|json]，或 "
	     "--all --year 年度 [--state 状态] [--no-siblings] "
	     "[--format text|tsv|json|xlsx] [-o 文件]，或 编号|--all --year 年度 "
	     "--feedback [--deadline 日期] [--format docx|text|html] [-o 文件|文件夹]"),
	  N_("检查报告，说出哪里不对、为什么、怎么办。\n"
	     "tsv 各列：编号、规则、hard|soft|hint、路径（逗号分开）、内容。\n"
	     "--siblings：也与同年度、同类别的其他单位比文字、表格、字数和数。\n"
	     "--all：一年的全部报告，每份一行，末尾是合计；tsv、xlsx 是单位乘规则"
	     "的表。总是与同类单位比较，--no-siblings 不比。\n"
	     "--feedback：审核意见反馈单，一个单位一份；--all 时 -o 是文件夹，"
	     "里面已有别的文件时要加 --force。\n"
	     "没有必须改正的问题时返回 0，有则返回 1，出错返回 2。"),
	  run_check },
	{ NULL, NULL, NULL, NULL },
};
