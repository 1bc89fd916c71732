/* The commands about one report's data. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	FILE_CAP = 16 << 20,
	QUOTE = 60
};

/* ---- lines of PATH TAB VALUE, or PATH=VALUE arguments ---- */

struct lines {
	struct change *list;
	size_t count, room;
	size_t *numbers; /* where the first of them stand in the file */
	size_t numbered;
};

static void lines_free(struct lines *l)
{
	free(l->numbers);
	for (size_t i = 0; i < l->count; i++)
		free((void *)(uintptr_t)l->list[i].text);
	free(l->list);
	*l = (struct lines){ 0 };
}

/* Which of two values was meant nobody can know. */
static bool first_time(struct cli *cli, const struct lines *l, size_t cell,
		       const char *path)
{
	size_t i = 0;

	while (i < l->count && l->list[i].cell != cell)
		i++;
	if (i == l->count)
		return true;
	err_set(&cli->err, ERR_REFUSED,
		_("“%s”写了两次，什么也没有改；请只留一次"), path);
	return false;
}

/* Bytes of a line that a sentence quotes: whole characters. */
static int quoted(const char *line, size_t len)
{
	size_t n = len < QUOTE ? len : QUOTE;

	while (n < len && n > 0 && ((unsigned char)line[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

/* Add one line. */
static bool add_line(struct cli *cli, const struct form_def *form,
		     const char *line, size_t len, char mark, bool printed,
		     struct lines *out)
{
	const char *end = memchr(line, mark, len);
	struct str value = { 0 };
	char *path;
	size_t cell;
	bool well;

	if (!end) {
		err_set(&cli->err, ERR_INPUT,
			_("“%.*s”里没有%s；每行写：路径%s内容"),
			quoted(line, len), line,
			mark == '=' ? "=" : _("制表符"),
			mark == '=' ? "=" : _("、制表符、"));
		return false;
	}
	path = xstrndup(line, (size_t)(end - line));
	well = cli_cell(cli, form, path, &cell) &&
	       first_time(cli, out, cell, path);
	if (well &&
	    !str_unescape(&value, end + 1, len - (size_t)(end - line) - 1)) {
		err_set(&cli->err, ERR_INPUT,
			_("“%s”的内容里反斜杠写法有误；只能用 \\n \\t \\\\"),
			path);
		well = false;
	}
	free(path);
	if (!well) {
		str_free(&value);
		return false;
	}
	out->list =
		mem_grow(out->list, out->count, &out->room, sizeof *out->list);
	out->list[out->count++] =
		(struct change){ cell, str_steal(&value),
				 printed && form->cells[cell].part_count > 0 };
	return true;
}

/* Where the fault stands, before the sentence. */
static void say_line(struct cli *cli, const char *path, size_t number)
{
	struct err why = cli->err;

	err_set(&cli->err, why.code, _("文件 %s 第 %zu 行：%s"), path, number,
		why.text);
}

static void number_line(struct lines *l, size_t number)
{
	l->numbers =
		xreallocarray(l->numbers, l->numbered + 1, sizeof *l->numbers);
	l->numbers[l->numbered++] = number;
}

/* The first line of the file that its cell did not take. */
static void say_refused(struct cli *cli, const struct form_def *form,
			const struct lines *l, const char *path)
{
	for (size_t i = 0; i < l->numbered; i++) {
		const struct change *c = &l->list[i];
		struct value v;

		if (form->cells[c->cell].part_count > 0
			    ? c->printed
			    : report_read(form, c->cell, c->text, &v, NULL) ==
				      ERR_OK)
			continue;
		say_line(cli, path, l->numbers[i]);
		return;
	}
}

static bool read_lines(struct cli *cli, const struct form_def *form,
		       const char *path, bool printed, struct lines *out)
{
	struct str text = { 0 };
	bool well = file_read_text(path, FILE_CAP, &text, &cli->err) == ERR_OK;
	const char *at = well ? text.s : "";

	for (size_t number = 1; well && *at; number++) {
		size_t len = strcspn(at, "\n");

		if (len && *at != '#')
			well = add_line(cli, form, at, len, '\t', printed, out);
		if (!well)
			say_line(cli, path, number);
		while (out->numbered < out->count)
			number_line(out, number);
		at += len + (at[len] == '\n');
	}
	str_free(&text);
	return well;
}

/* ---- new ---- */

static int set_opening(struct cli *cli, int64_t id, const char *file)
{
	struct lines last = { 0 };
	struct draft *d =
		draft_open(cli->store, cli->forms, id, DRAFT_EDIT, &cli->err);
	int code = EXIT_ERROR;

	if (d && read_lines(cli, draft_form(d), file, false, &last) &&
	    draft_open_with(d, last.list, last.count, &cli->err) == ERR_OK)
		code = EXIT_DONE;
	draft_close(d);
	lines_free(&last);
	return code;
}

static int run_new(struct cli *cli, int argc, char **argv)
{
	const char *form = "ogi-2021", *unit = NULL, *year = NULL;
	const char *opening = NULL;
	const struct cli_opt opts[] = { { "--form", &form, NULL },
					{ "--unit", &unit, NULL },
					{ "--year", &year, NULL },
					{ "--opening", &opening, NULL } };
	int64_t id;
	long y;
	int code = EXIT_DONE;

	if (!cli_options(cli, &argc, argv, opts, 4))
		return EXIT_ERROR;
	if (argc != 1 || !unit || !year)
		return cli_usage(cli, &report_commands[0]);
	if (!cli_number(cli, year, YEAR_FIRST, YEAR_LAST, &y) ||
	    !cli_store(cli, STORE_CREATE))
		return cli_fail(cli);
	if (store_begin(cli->store, &cli->err) != ERR_OK)
		return cli_fail(cli);
	if (draft_new(cli->store, cli->forms, form, unit, (int)y, &id,
		      &cli->err) != ERR_OK)
		code = cli_fail(cli);
	else if (opening)
		code = set_opening(cli, id, opening);
	if (code != EXIT_DONE) {
		store_rollback(cli->store);
		return code;
	}
	if (store_commit(cli->store, true, &cli->err) != ERR_OK)
		return cli_fail(cli);
	printf("%lld\n", (long long)id);
	cli_warn_demo(cli);
	return EXIT_DONE;
}

/* ---- list, show ---- */

static void print_row(const struct report_row *r)
{
	printf("%lld\t%d\t", (long long)r->id, r->year);
	printf("%s\t%s\t%d/%d\t%d/%d/%d\n", r->unit, state_word(r->state),
	       r->done, r->need, r->hard, r->soft, r->hint);
}

static int run_list(struct cli *cli, int argc, char **argv)
{
	const char *year = NULL, *unit = NULL, *state = NULL;
	bool all = false;
	const struct cli_opt opts[] = { { "--year", &year, NULL },
					{ "--unit", &unit, NULL },
					{ "--state", &state, NULL },
					{ "--discarded", NULL, &all } };
	struct report_filter filter = { .state = -1 };
	struct report_row *list;
	enum state st;
	size_t count;
	long y = 0;

	if (!cli_options(cli, &argc, argv, opts, 4) ||
	    (year && !cli_number(cli, year, YEAR_FIRST, YEAR_LAST, &y)))
		return EXIT_ERROR;
	if (argc != 1)
		return cli_usage(cli, cli_command("list"));
	if (state && !state_parse(state, &st)) {
		err_set(&cli->err, ERR_INPUT, _("没有“%s”这种状态"), state);
		return EXIT_ERROR;
	}
	filter.year = (int)y;
	filter.unit = unit;
	filter.discarded = all;
	if (state)
		filter.state = (int)st;
	if (!cli_store(cli, STORE_READ) ||
	    store_reports(cli->store, &filter, &list, &count, &cli->err) !=
		    ERR_OK)
		return cli_fail(cli);
	for (size_t i = 0; i < count; i++) {
		draft_row_now(cli->store, cli->forms, &list[i]);
		print_row(&list[i]);
	}
	store_reports_free(list, count);
	return EXIT_DONE;
}

/* ---- get, set ---- */

static void print_cell(const struct report *r, size_t cell)
{
	struct str value = { 0 }, line = { 0 };

	report_text(r, cell, &value);
	str_addf(&line, "%s\t", report_form(r)->cells[cell].path);
	str_escape(&line, value.s ? value.s : "");
	str_addc(&line, '\n');
	cli_put(line.s);
	str_free(&value);
	str_free(&line);
}

static void print_raw(const struct report *r, size_t cell)
{
	struct str value = { 0 };

	report_text(r, cell, &value);
	cli_put(value.s ? value.s : "");
	str_free(&value);
}

static int print_cells(struct cli *cli, const struct report *r, int argc,
		       char **argv, bool raw)
{
	const struct form_def *form = report_form(r);
	size_t cell;

	for (int i = 2; i < argc; i++)
		if (!cli_cell(cli, form, argv[i], &cell))
			return EXIT_ERROR;
	for (int i = 2; i < argc; i++) {
		cell = form_cell(form, argv[i]);
		if (raw)
			print_raw(r, cell);
		else
			print_cell(r, cell);
	}
	for (size_t i = 0; argc == 2 && i < form->cell_count; i++)
		if (!form->cells[i].derived)
			print_cell(r, i);
	return EXIT_DONE;
}

static int run_get(struct cli *cli, int argc, char **argv)
{
	bool raw = false, approved = false;
	const struct cli_opt opts[] = { { "--text", NULL, &raw },
					{ "--approved", NULL, &approved } };
	struct draft *d;
	int code;

	if (!cli_options(cli, &argc, argv, opts, 2))
		return EXIT_ERROR;
	if (argc < 2 || (raw && argc != 3))
		return cli_usage(cli, cli_command("get"));
	d = cli_version(cli, argv[1], approved);
	if (!d)
		return cli_fail(cli);
	code = print_cells(cli, draft_report(d), argc, argv, raw);
	draft_close(d);
	return code;
}

/* It is kept, but will not pass: N19 says the same. */
static void warn_limits(struct draft *d, const struct lines *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cell_def *def =
			&draft_form(d)->cells[l->list[i].cell];
		size_t n = text_count(l->list[i].text);

		if (def->limit && n > def->limit)
			fprintf(stderr,
				_("注意：%s 有 %zu 字，最多 %zu 字，超过的"
				  "不能送审（N19）\n"),
				def->path, n, def->limit);
	}
}

static int run_set(struct cli *cli, int argc, char **argv)
{
	const char *from = NULL, *reason = NULL;
	bool printed = false, over = false, well = true;
	const struct cli_opt opts[] = { { "--from", &from, NULL },
					{ "--printed", NULL, &printed },
					{ "--reason", &reason, NULL },
					{ "--take-over", NULL, &over } };
	struct lines lines = { 0 };
	struct draft *d;
	int64_t id;
	int code = EXIT_DONE;

	if (!cli_options(cli, &argc, argv, opts, 4))
		return EXIT_ERROR;
	if (argc < 2 || (!from && argc < 3))
		return cli_usage(cli, cli_command("set"));
	if (!cli_id(cli, argv[1], &id))
		return EXIT_ERROR;
	d = cli_draft(cli, argv[1], over ? DRAFT_TAKE_OVER : DRAFT_EDIT);
	if (!d) {
		if (!over)
			cli_advise_take_over(cli, id);
		return cli_fail(cli);
	}
	if (from)
		well = read_lines(cli, draft_form(d), from, printed, &lines);
	for (int i = 2; well && i < argc; i++)
		well = add_line(cli, draft_form(d), argv[i], strlen(argv[i]),
				'=', printed, &lines);
	/* A value that a cell cannot take is a refusal, not a breakdown. */
	if (!well)
		code = cli_fail(cli);
	else if (draft_change(d, lines.list, lines.count, "set", reason,
			      &cli->err) != ERR_OK)
		code = cli->err.code == ERR_STORE ? EXIT_ERROR : EXIT_REFUSED;
	if (code == EXIT_REFUSED && from)
		say_refused(cli, draft_form(d), &lines, from);
	if (code == EXIT_DONE)
		warn_limits(d, &lines);
	draft_close(d);
	lines_free(&lines);
	return code;
}

/* ---- history ---- */

static void print_change(const struct change_row *c)
{
	const char *const parts[] = { c->moment, c->user, c->deed,  c->path,
				      c->old,    c->new_, c->reason };
	struct str line = { 0 };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (i)
			str_addc(&line, '\t');
		str_escape(&line, parts[i]);
	}
	str_addc(&line, '\n');
	cli_put(line.s);
	str_free(&line);
}

/* A cell of its form, or one of an older edition's that has a history. */
static bool knows_path(struct cli *cli, int64_t id, const char *path,
		       size_t count)
{
	struct draft *d = count || !id ? NULL
				       : draft_open(cli->store, cli->forms, id,
						    DRAFT_READ, &cli->err);
	size_t cell;
	bool known = count || (d && cli_cell(cli, draft_form(d), path, &cell));

	if (!id && !count)
		err_set(&cli->err, ERR_INPUT,
			_("没有“%s”的改动记录；全部记录见 nianbao history 0"),
			path);
	draft_close(d);
	return known;
}

/* The id of a report that is there, or 0: what is about none of them. */
static bool history_id(struct cli *cli, const char *text, int64_t *id)
{
	struct report_row row = { 0 };
	bool all = strcmp(text, "0") == 0;

	*id = 0;
	if ((!all && !cli_id(cli, text, id)) || !cli_store(cli, STORE_READ))
		return false;
	if (all)
		return true;
	if (store_report_row(cli->store, *id, &row, &cli->err) != ERR_OK)
		return false;
	report_row_free(&row);
	return true;
}

static int run_history(struct cli *cli, int argc, char **argv)
{
	struct change_row *list;
	size_t count;
	int code = EXIT_DONE;
	int64_t id;

	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc < 2 || argc > 3)
		return cli_usage(cli, cli_command("history"));
	if (!history_id(cli, argv[1], &id) ||
	    store_history(cli->store, id, argc == 3 ? argv[2] : NULL, &list,
			  &count, &cli->err) != ERR_OK)
		return cli_fail(cli);
	if (argc == 3 && !knows_path(cli, id, argv[2], count))
		code = EXIT_ERROR;
	for (size_t i = 0; i < count; i++)
		print_change(&list[i]);
	store_history_free(list, count);
	return code;
}

const struct command report_commands[] = {
	{ "new", N_("--unit 单位 --year 年度 [--form 报表] [--opening 文件]"),
	  N_("新建一份报告，印出编号。\n"
	     "上年报告在库中时，承接联系方式和结转数；不在时可用 --opening\n"
	     "给出上年的结转和现行有效件数（每行：上年路径、制表符、数）。"),
	  run_new },
	{ "list",
	  N_("[--year 年度] [--unit 单位] [--state 状态] [--discarded]"),
	  N_("列出报告：编号、年度、单位、状态、完成、问题（制表符分开）。\n"
	     "问题一列是 必须改正/需作说明/提示 的条数，写了情况说明的"
	     "不算。"),
	  run_list },
	{ "get",
	  N_("编号 [路径 …] [--approved] | 编号 --text 路径 [--approved]"),
	  N_("印出栏目：路径、制表符、内容（\\n \\t \\\\ 转义）。\n"
	     "不写路径印全部；--text 印一栏的原文；"
	     "--approved 是最近核准的那一版。"),
	  run_get },
	{ "set",
	  N_("编号 路径=内容 … | 编号 --from 文件 [--printed] [--take-over] "
	     "[--reason 原因]"),
	  N_("填写栏目，全部成功或全部不改。\n"
	     "文件每行：路径、制表符、内容；- 是标准输入；空为空白，/ 为不适用"
	     "；\\n \\t \\\\ 转义。\n"
	     "--printed 时合计栏的数作为原表所印的数留作核对；路径= 留空即去掉"
	     "。\n"
	     "报告正在别处填写时不改，除非 --take-over。"),
	  run_set },
	{ "history", N_("编号 [路径]"),
	  N_("改动记录：时间、谁、做什么、路径、原值、新值、原因。\n"
	     "编号写 0：用户、单位、设置、口径的改动。"),
	  run_history },
	{ NULL, NULL, NULL, NULL },
};
