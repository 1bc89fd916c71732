/* export import */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/tr.h"
#include "export/export.h"
#include "import/import.h"

static int run_export(struct cli *cli, int argc, char **argv)
{
	const char *name = NULL, *path = NULL;
	const struct cli_opt opts[] = { { "--format", &name, NULL },
					{ "-o", &path, NULL } };
	const struct exporter *format;
	char *written = NULL;
	struct draft *d;
	int code = EXIT_DONE;

	if (!cli_options(cli, &argc, argv, opts, 2))
		return EXIT_ERROR;
	if (argc != 2 || !name)
		return cli_usage(cli, cli_command("export"));
	format = exporter_find(name, &cli->err);
	d = format ? cli_draft(cli, argv[1], DRAFT_READ) : NULL;
	if (!d)
		return cli_fail(cli);
	if (export_report(d, format, path, &written, &cli->err) != ERR_OK)
		code = cli_fail(cli);
	else if (written && strcmp(written, "-") != 0)
		cli_line(written);
	if (code == EXIT_DONE && format->advice && path &&
	    strcmp(path, "-") != 0)
		fprintf(stderr, "%s\n", _(format->advice));
	free(written);
	draft_close(d);
	return code;
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
	long y = 0;

	if (!cli_options(cli, &argc, argv, opts, 6) ||
	    (year && !cli_number(cli, year, 1949, 2999, &y)) ||
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
		str_free(&said);
		if (one == ERR_OK)
			continue;
		code = cli_fail(cli) > code ? cli_fail(cli) : code;
		if (i + 1 < argc)
			fprintf(stderr, "nianbao: %s\n", cli->err.text);
	}
	return code;
}

const struct command export_commands[] = {
	{ "export", N_("编号 --format docx|flatopc|text|xml [-o 文件|-]"),
	  N_("导出文稿；不写 -o 就以标题为名存在当前文件夹。\n"
	     "docx 通用；flatopc 请用 Microsoft Word 打开；text 是 UTF-8 文本；"
	     "xml 供报送和本程序再读入。\n"
	     "起草中的带“草稿”，送审后的带“送审稿”，审核通过后不带。"),
	  run_export },
	{ "import",
	  N_("文件 … [--unit 单位] [--year 年度] [--form 报表] [--into 编号] "
	     "[--take-over] [--dry-run]"),
	  N_("读入本程序导出的 xml；每个文件全部读入或全部不读。\n"
	     "先逐栏印出读懂的内容；新建的报告印出编号；--dry-run 只看不改。"),
	  run_import },
	{ NULL, NULL, NULL, NULL },
};
