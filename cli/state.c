/* The commands that change a report's state: one table of deeds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/lint_sibling.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/tr.h"

/* Options a deed understands, as bits. */
enum {
	WANT_REASON = 1,
	TAKE_PATHS = 2,
	TAKE_STEP = 4,
	TAKE_PUBLICATION = 8,
	TAKE_LOCK = 16, /* it changes what an editor may do */
};

static const struct deed_row {
	const char *name;
	enum deed deed;
	unsigned takes;
} deeds[] = {
	{ "submit", DEED_SUBMIT, TAKE_LOCK },
	{ "withdraw", DEED_WITHDRAW, 0 },
	{ "return", DEED_RETURN, WANT_REASON | TAKE_PATHS },
	{ "sign", DEED_SIGN, TAKE_STEP },
	{ "approve", DEED_APPROVE, 0 },
	{ "publish", DEED_PUBLISH, TAKE_PUBLICATION },
	{ "reopen", DEED_REOPEN, WANT_REASON },
	{ "discard", DEED_DISCARD, WANT_REASON | TAKE_LOCK },
};

static const struct deed_row *deed_row(const char *name)
{
	size_t i = 0;

	while (strcmp(deeds[i].name, name) != 0)
		i++;
	return &deeds[i];
}

/* An editor elsewhere keeps his cells: submit and discard want the lock. */
static enum draft_mode mode_for(struct cli *cli, const struct deed_row *row,
				const char *id)
{
	struct report_row report = { 0 };
	enum draft_mode mode = DRAFT_READ;
	int64_t number;

	if (!(row->takes & TAKE_LOCK) || !cli_id(cli, id, &number) ||
	    !cli_store(cli, STORE_WRITE) ||
	    store_report_row(cli->store, number, &report, &cli->err) != ERR_OK)
		return mode;
	if (report.state == STATE_DRAFT || report.state == STATE_RETURNED)
		mode = DRAFT_EDIT;
	report_row_free(&report);
	return mode;
}

static bool arguments(struct cli *cli, const struct deed_row *row, int argc,
		      char **argv, struct review_args *args)
{
	if (row->takes & TAKE_STEP) {
		if (argc != 3 || !args->name)
			return false;
		args->step = argv[2];
	} else if (row->takes & TAKE_PATHS) {
		args->paths = (const char *const *)(argv + 2);
		args->path_count = argc > 2 ? (size_t)argc - 2 : 0;
	} else if (argc != 2) {
		return false;
	}
	(void)cli;
	return argc >= 2;
}

/* In person signs only who is signed in; what another one wrote on paper is
 * recorded as that. */
static bool signs_himself(struct cli *cli, const struct deed_row *row,
			  const struct review_args *args)
{
	const char *me = store_actor(cli->store)->name;

	if (row->deed != DEED_SIGN || args->paper || !*args->name ||
	    strcmp(args->name, me) == 0)
		return true;
	err_set(&cli->err, ERR_REFUSED,
		_("现在的用户是 %s，不能替“%s”本人审签，没有记；他在纸上签过的，"
		  "请加 --paper"),
		me, args->name);
	return false;
}

static int run_deed(struct cli *cli, int argc, char **argv)
{
	const struct deed_row *row = deed_row(argv[0]);
	struct review_args args = { 0 };
	const struct cli_opt opts[] = { { "--reason", &args.reason, NULL },
					{ "--by", &args.name, NULL },
					{ "--opinion", &args.opinion, NULL },
					{ "--result", &args.result, NULL },
					{ "--paper", NULL, &args.paper },
					{ "--date", &args.date, NULL },
					{ "--url", &args.url, NULL },
					{ "--index", &args.index_no, NULL },
					{ "--docno", &args.doc_no, NULL } };
	struct draft *d;
	int code = EXIT_DONE;

	if (!cli_options(cli, &argc, argv, opts, sizeof opts / sizeof *opts))
		return EXIT_ERROR;
	if (!arguments(cli, row, argc, argv, &args))
		return cli_usage(cli, cli_command(row->name));
	if (!cli_store(cli, STORE_WRITE) || !signs_himself(cli, row, &args))
		return cli_fail(cli);
	d = cli_draft(cli, argv[1], mode_for(cli, row, argv[1]));
	if (!d)
		return cli_fail(cli);
	for (size_t i = 0; i < args.path_count && code == EXIT_DONE; i++) {
		size_t cell;

		if (!cli_cell(cli, draft_form(d), args.paths[i], &cell))
			code = EXIT_ERROR;
	}
	if (code == EXIT_DONE &&
	    review_do(d, row->deed, &args, &cli->err) != ERR_OK)
		code = cli_fail(cli);
	draft_close(d);
	return code;
}

/* ---- comments and explanations ---- */

static void print_comment(const struct comment *c)
{
	const char *state = *c->resolved_by ? _("已解决")
			    : *c->answer    ? _("已答复")
					    : _("未答复");
	struct str line = { 0 };

	str_addf(&line, "%lld\t%s\t%s\t%s\t%s\t", (long long)c->number, c->path,
		 state, c->author, c->moment);
	str_escape(&line, c->text);
	str_addc(&line, '\t');
	str_escape(&line, c->answer);
	puts(line.s);
	str_free(&line);
}

static int list_comments(struct cli *cli, const char *id)
{
	struct draft *d = cli_draft(cli, id, DRAFT_READ);
	const struct comment *list;
	size_t count;

	if (!d)
		return cli_fail(cli);
	list = draft_comments(d, &count);
	for (size_t i = 0; i < count; i++)
		print_comment(&list[i]);
	draft_close(d);
	return EXIT_DONE;
}

static enum err_code comment_deed(struct cli *cli, struct draft *d, int argc,
				  char **argv, const char *answer,
				  const char *resolve)
{
	int64_t report = draft_row(d)->id, number;
	long n;
	size_t cell;

	if (!review_may(store_actor(cli->store), draft_row(d)->state,
			DEED_COMMENT, &cli->err))
		return cli->err.code;
	if (answer || resolve) {
		if (!cli_number(cli, answer ? answer : resolve, 1, 1000000000,
				&n))
			return cli->err.code;
		return answer ? store_comment_answer(cli->store, report, n,
						     argv[2], &cli->err)
			      : store_comment_resolve(cli->store, report, n,
						      &cli->err);
	}
	(void)argc;
	if (!cli_cell(cli, draft_form(d), argv[2], &cell))
		return cli->err.code;
	if (store_comment_add(cli->store, report, argv[2], argv[3], false,
			      &number, &cli->err) != ERR_OK)
		return cli->err.code;
	printf("%lld\n", (long long)number);
	return ERR_OK;
}

static int run_comment(struct cli *cli, int argc, char **argv)
{
	const char *answer = NULL, *resolve = NULL;
	const struct cli_opt opts[] = { { "--answer", &answer, NULL },
					{ "--resolve", &resolve, NULL } };
	struct draft *d;
	int want, code;

	if (!cli_options(cli, &argc, argv, opts, 2))
		return EXIT_ERROR;
	if (argc == 2 && !answer && !resolve)
		return list_comments(cli, argv[1]);
	want = answer ? 3 : resolve ? 2 : 4;
	if (argc != want || (answer && resolve))
		return cli_usage(cli, cli_command("comment"));
	if (want > 2 && !*argv[want - 1]) {
		err_set(&cli->err, ERR_INPUT,
			_("批注是空的，没有记；请写上内容"));
		return EXIT_ERROR;
	}
	if (!cli_store(cli, STORE_WRITE))
		return cli_fail(cli);
	d = cli_draft(cli, argv[1], DRAFT_READ);
	if (!d)
		return cli_fail(cli);
	code = comment_deed(cli, d, argc, argv, answer, resolve) == ERR_OK
		       ? EXIT_DONE
		       : cli_fail(cli);
	draft_close(d);
	return code;
}

static int run_explain_finding(struct cli *cli, int argc, char **argv)
{
	struct siblings *beside = NULL;
	const struct rule_def *rule;
	struct draft *d;
	int code = EXIT_DONE;

	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc != 5)
		return cli_usage(cli, cli_command("explain-finding"));
	if (!cli_store(cli, STORE_WRITE))
		return cli_fail(cli);
	d = cli_draft(cli, argv[1], DRAFT_READ);
	if (!d)
		return cli_fail(cli);
	rule = form_rule(draft_form(d), argv[2]);
	if (rule && rule_wants_siblings(rule)) {
		beside = draft_siblings(cli->store, cli->forms,
					draft_row(d)->form, draft_row(d)->year,
					NULL, NULL, &cli->err);
		draft_beside(d, beside);
	}
	if (review_explain(d, argv[2], argv[3], argv[4], &cli->err) != ERR_OK)
		code = cli_fail(cli);
	draft_close(d);
	siblings_free(beside);
	return code;
}

const struct command state_commands[] = {
	{ "submit", N_("编号"),
	  N_("送审。\n还有必须改正的问题、或需作说明而没有说明的，不能送审。"),
	  run_deed },
	{ "withdraw", N_("编号"), N_("撤回还没有审的报告。"), run_deed },
	{ "return", N_("编号 --reason 原因 [路径 …]"),
	  N_("退回修改；可以点名几栏，填报人从这几栏改起。"), run_deed },
	{ "sign",
	  N_("编号 步骤 --by 姓名 [--paper] [--result 结果] [--opinion 意见]"),
	  N_("记录一步审签；--paper 是代记纸上签字，签的人不是现在的用户时"
	     "一定要写。\n"
	     "审签对着当时的数据，数据一改就作废。步骤见 config get "
	     "signoff.steps。"),
	  run_deed },
	{ "approve", N_("编号"),
	  N_("审核通过。\n规定的审签步骤都要对着现在的数据签过。"), run_deed },
	{ "publish",
	  N_("编号 [--date 日期] [--url 网址] [--index 索引号] [--docno 文号]"),
	  N_("登记公布情况。"), run_deed },
	{ "reopen", N_("编号 --reason 原因"),
	  N_("重新打开已通过或已公布的报告，成为下一版。"), run_deed },
	{ "discard", N_("编号 --reason 原因"),
	  N_("作废起草中的报告；改动记录仍然保留。"), run_deed },
	{ "comment", N_("编号 [路径 内容 | --answer 号 内容 | --resolve 号]"),
	  N_("对一栏加批注、答复、解决；只写编号就列出批注。"), run_comment },
	{ "explain-finding", N_("编号 规则 路径 内容"),
	  N_("对一条需作说明的问题写情况说明；内容为空即撤回说明。\n"
	     "路径写 - 指这条规则还没有说明的第一条。零报告也这样确认（N23）。"),
	  run_explain_finding },
	{ NULL, NULL, NULL, NULL },
};
