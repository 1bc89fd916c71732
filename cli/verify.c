/* verify */
#include "cli/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/tr.h"
#include "core/zip.h"
#include "export/sheet.h"

/* As it was approved last; only if it never was, as it stands. */
static enum err_code open_base(struct cli *cli, int64_t id,
			       struct verify_base *base)
{
	static const enum state states[] = { STATE_APPROVED, STATE_PUBLISHED };

	base->d = draft_open_approved(cli->store, cli->forms, id, &cli->err);
	base->approved = base->d != NULL;
	if (!base->d && cli->err.code == ERR_REFUSED) {
		cli->err = (struct err){ 0 };
		base->d = draft_open(cli->store, cli->forms, id, DRAFT_READ,
				     &cli->err);
	}
	for (size_t i = 0; i < 2 && base->approved && !base->moment; i++)
		free(store_snapshot(cli->store, id, states[i], 0,
				    &base->moment));
	return base->d ? ERR_OK : cli->err.code;
}

static void base_free(struct verify_base *base)
{
	draft_close(base->d);
	free(base->moment);
}

static enum err_code same_form(struct cli *cli, const struct verify_base *base,
			       const struct incoming *in, const char *name)
{
	const struct report_row *row = draft_row(base->d);

	if (strcmp(in->form, row->form) == 0)
		return ERR_OK;
	return err_set(&cli->err, ERR_INPUT,
		       _("文件 %s 是报表 %s 的数据，报告 %lld 是报表 %s 的，"
			 "没法比；请核对编号"),
		       name, in->form, (long long)row->id, row->form);
}

static enum err_code compare(struct cli *cli, const struct foreign *file,
			     const char *name, const struct verify_base *base,
			     struct verify *out)
{
	enum err_code code;

	if (file->kind == FOREIGN_DOCUMENT)
		return verify_printed(base, &file->outline, out, &cli->err);
	code = same_form(cli, base, &file->incoming, name);
	if (!code)
		verify_exchange(out, draft_report(base->d), &file->incoming);
	return code;
}

/* The exit code; what is printed goes to `said`. */
static int verify_file(struct cli *cli, const struct foreign *file,
		       const char *name, int64_t id, bool tsv, struct str *said)
{
	struct verify_base base = { 0 };
	struct verify v = { 0 };
	int code = EXIT_ERROR;

	if (open_base(cli, id, &base) == ERR_OK &&
	    compare(cli, file, name, &base, &v) == ERR_OK) {
		if (tsv)
			verify_tsv(&v, said);
		else
			verify_say(&base, name, &v, said);
		code = v.count ? EXIT_REFUSED : EXIT_DONE;
	}
	verify_free(&v);
	base_free(&base);
	return code;
}

/* The name of what this program writes about a report, or NULL; it is the first
 * line, or follows a mark. */
static const char *paper_name(const struct outline *o)
{
	static const char *const papers[] = { "审核意见反馈单", SHEET_TITLE };
	size_t seen = 0;

	for (size_t i = 0; i < o->count && seen < 2; i++) {
		const char *text = o->blocks[i].text;

		if (!text || !*text)
			continue;
		seen++;
		for (size_t k = 0; k < sizeof papers / sizeof *papers; k++)
			if (strstr(text, papers[k]))
				return papers[k];
	}
	return NULL;
}

/* What this program writes about a report is none. */
static bool is_report(struct cli *cli, const struct foreign *file,
		      const char *name)
{
	const char *paper = paper_name(&file->outline);

	if (!paper)
		return true;
	err_set(&cli->err, ERR_INPUT,
		_("文件 %s 是%s，不是报告，没有什么可核对；"
		  "请核对文件名"),
		name, paper);
	return false;
}

static bool read_file(struct cli *cli, const char *name, struct str *bytes,
		      struct foreign *file)
{
	return file_read(name, ZIP_FILE_MAX, bytes, &cli->err) == ERR_OK &&
	       foreign_read(file, bytes->s, bytes->len, name, &cli->err) ==
		       ERR_OK;
}

static bool read_format(struct cli *cli, const char *name, bool *tsv)
{
	*tsv = strcmp(name, "tsv") == 0;
	if (*tsv || strcmp(name, "text") == 0)
		return true;
	err_set(&cli->err, ERR_INPUT, _("没有“%s”这种格式；可用 text tsv"),
		name);
	return false;
}

static int run_verify(struct cli *cli, int argc, char **argv)
{
	const char *format = "text";
	const struct cli_opt opts[] = { { "--format", &format, NULL } };
	struct str bytes = { 0 }, said = { 0 };
	struct foreign file = { 0 };
	int64_t id = 0;
	int code = EXIT_ERROR;
	bool tsv;

	if (!cli_options(cli, &argc, argv, opts, 1) ||
	    !read_format(cli, format, &tsv))
		return EXIT_ERROR;
	if (argc != 2 && argc != 3)
		return cli_usage(cli, cli_command("verify"));
	if ((argc == 2 || cli_id(cli, argv[2], &id)) &&
	    cli_store(cli, STORE_READ) &&
	    read_file(cli, argv[1], &bytes, &file) &&
	    is_report(cli, &file, argv[1]) &&
	    (id || verify_find(cli, &file, argv[1], &id)))
		code = verify_file(cli, &file, argv[1], id, tsv, &said);
	cli_put(said.s ? said.s : "");
	foreign_free(&file);
	str_free(&bytes);
	str_free(&said);
	return code;
}

const struct command verify_commands[] = {
	{ "verify", N_("文件 [编号] [--format text|tsv]"),
	  N_("核对一个文件还是不是审核通过的那一份：逐格比数据，逐段比文字，"
	     "说出在 Word 里改了什么。\n"
	     "文件：DOCX、Word XML，或本程序导出的 xml；是什么看内容，不看"
	     "名字。不写编号就按文件自己的属性或标题找报告。\n"
	     "页眉、页脚、脚注里的文字也比；图片和嵌入的文件没法比，有就不算"
	     "一致。\n"
	     "空白、字体、版式、页码、“草稿”字样和附在后面的审签单不算改动。"
	     "还没有审核通过的，与现在的内容比。\n"
	     "tsv 各列：种类、路径、报告中的、文件中的、位置。\n"
	     "相同返回 0，不同返回 1，出错返回 2。"),
	  run_verify },
	{ NULL, NULL, NULL, NULL },
};
