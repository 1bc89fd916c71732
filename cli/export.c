/* export import */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/order.h"
#include "core/tr.h"
#include "import/import.h"

/* Layout and its kin stay with the unit. */
static bool wants_remembering(const struct export_options *o)
{
	return o->layout || o->fonts || o->signature || o->lead;
}

static bool read_order(struct cli *cli, struct order *o, int *argc, char **argv)
{
	struct export_options *e = &o->options;
	const char *name = NULL;
	const struct cli_opt opts[] = {
		{ "--format", &name, NULL },
		{ "-o", &o->path, NULL },
		{ "--layout", &e->layout, NULL },
		{ "--fonts", &e->fonts, NULL },
		{ "--signature", &e->signature, NULL },
		{ "--lead", &e->lead, NULL },
		{ "--sheet", NULL, &e->sheet },
		{ "--sheet-only", NULL, &e->sheet_only },
		{ "--columns", &o->columns, NULL },
		{ "--encoding", &e->encoding, NULL },
		{ "--tsv", NULL, &e->tabs },
		{ "--fragment", NULL, &e->fragment },
		{ "--blank", NULL, &e->blank },
		{ "--table", &e->table, NULL },
		{ "--all", NULL, &o->all },
		{ "--year", &o->year, NULL },
		{ "--force", NULL, &o->force },
		{ "--approved", NULL, &o->approved },
	};
	long columns = 0;

	if (!cli_options(cli, argc, argv, opts, sizeof opts / sizeof *opts))
		return false;
	if (!name) {
		cli_usage(cli, cli_command("export"));
		return false;
	}
	o->format = exporter_find(name, &cli->err);
	if (!o->format ||
	    (o->columns && !cli_number(cli, o->columns, 40, 400, &columns)))
		return false;
	e->columns = (int)columns;
	if (o->path && !*o->path) {
		err_set(&cli->err, ERR_INPUT,
			_("-o 后面是空的；请写文件名，或不写 -o"));
		return false;
	}
	if (!o->all)
		o->format = exporter_for(o->format, o->path);
	return export_check(o->format, e, &cli->err) == ERR_OK;
}

static int export_one(struct cli *cli, const struct order *o, const char *id)
{
	char *written = NULL;
	struct draft *d = NULL;
	int code = EXIT_DONE;
	bool keep = wants_remembering(&o->options);

	if (!keep || cli_store(cli, STORE_WRITE))
		d = cli_version(cli, id, o->approved);
	if (!d)
		return cli_fail(cli);
	if (export_report(d, o->format, &o->options, o->path, &written,
			  &cli->err) != ERR_OK ||
	    (keep && export_remember(d, &o->options, &cli->err) != ERR_OK))
		code = cli_fail(cli);
	else if (written && strcmp(written, "-") != 0)
		cli_line(written);
	if (code == EXIT_DONE && o->format->advice && o->path &&
	    strcmp(o->path, "-") != 0)
		fprintf(stderr, "%s\n", _(o->format->advice));
	free(written);
	draft_close(d);
	return code;
}

static int run_export(struct cli *cli, int argc, char **argv)
{
	struct order o = { 0 };

	if (!read_order(cli, &o, &argc, argv))
		return EXIT_ERROR;
	if (o.all)
		return argc == 1 ? export_all(cli, &o)
				 : cli_usage(cli, cli_command("export"));
	if (argc != 2)
		return cli_usage(cli, cli_command("export"));
	return export_one(cli, &o, argv[1]);
}

static int run_import(struct cli *cli, int argc, char **argv)
{
	struct import_job job = { .forms = cli->forms };
	const char *year = NULL, *into = NULL;
	const struct cli_opt opts[] = {
		{ "--form", &job.form, NULL },
		{ "--unit", &job.unit, NULL },
		{ "--year", &year, NULL },
		{ "--into", &into, NULL },
		{ "--dry-run", NULL, &job.dry_run },
		{ "--take-over", NULL, &job.take_over }
	};
	int code = EXIT_DONE;
	bool any = false;
	long y = 0;

	if (!cli_options(cli, &argc, argv, opts, 6) ||
	    (year && !cli_number(cli, year, YEAR_FIRST, YEAR_LAST, &y)) ||
	    (into && !cli_id(cli, into, &job.into)))
		return EXIT_ERROR;
	if (argc < 2 || (into && argc != 2))
		return cli_usage(cli, cli_command("import"));
	job.year = (int)y;
	job.store = cli_store(cli, STORE_CREATE);
	if (!job.store)
		return cli_fail(cli);
	for (int i = 1; i < argc; i++) {
		struct str said = { 0 };
		int64_t id = 0;
		enum err_code one =
			import_file(&job, argv[i], &said, &id, &cli->err);

		fputs(said.s ? said.s : "", stdout);
		if (one == ERR_OK && id)
			printf("%lld\n", (long long)id);
		any = any || (one == ERR_OK && id && !job.into);
		str_free(&said);
		if (one == ERR_OK)
			continue;
		code = cli_fail(cli) > code ? cli_fail(cli) : code;
		if (job.into && !job.take_over)
			cli_advise_take_over(cli, job.into);
		cli_say(cli); /* and go on with the others */
	}
	if (any)
		cli_warn_demo(cli);
	return code;
}

const struct command export_commands[] = {
	{ "export",
	  N_("编号 --format 格式 [-o 文件|-] [选项 …]，或 --all --year 年度 "
	     "--format 格式 -o 文件夹 [--force]"),
	  N_("导出文稿；不写 -o 就以标题为名存在当前文件夹。\n"
	     "文稿：docx 通用；flatopc 请用 Microsoft Word 打开；pdf 要装 "
	     "LibreOffice；text 纯文本；html 网页，--fragment 是贴进网站后台的"
	     "片段。\n"
	     "表格：xlsx，--blank 是给没有本程序的单位填的空白表；csv、json "
	     "全部栏目；tsv --table 部分 是一张表的数。\n"
	     "填报底稿：entry 纯文本，文件名以 .html 结尾（或 entry-html）就是"
	     "可打勾的网页。xml 供报送和本程序再读入。\n"
	     "--layout gbt9704|template 版式，--fonts gb2312|gbk|windows 字体，"
	     "--signature date|end|title 署名和日期，--lead yes|no 自动写前言："
	     "本单位以后照此（--all 只管这一次）。\n"
	     "--sheet 末页附审签单，--sheet-only 只要审签单。\n"
	     "text、entry：--columns 每行格数，--encoding utf-8|gb18030，--tsv "
	     "表格用制表符。\n"
	     "--all：一年的全部报告，每份一个文件；文件夹里已有别的文件时"
	     "要加 --force。\n"
	     "--approved 导出最近核准的那一版。"
	     "起草中的带“草稿”，送审后的带“送审稿”，审核通过后不带。"),
	  run_export },
	{ "import",
	  N_("文件 … [--unit 单位] [--year 年度] [--form 报表] [--into 编号] "
	     "[--take-over] [--dry-run]"),
	  N_("读入本程序导出的 xml；每个文件全部读入或全部不读。\n"
	     "先逐栏印出读懂的内容；新建的报告印出编号；--dry-run 只看不改。\n"
	     "用 --unit、--year、--form 改作别的单位、年度、报表的，就是另一份"
	     "报告：按起草收下，审签、核准、公布等都不带过来。"),
	  run_import },
	{ NULL, NULL, NULL, NULL },
};
