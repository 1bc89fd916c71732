/* demo backup restore doctor */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/demo.h"
#include "core/digest.h"
#include "core/lint.h"
#include "core/tr.h"

static int run_backup(struct cli *cli, int argc, char **argv)
{
	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc != 2)
		return cli_usage(cli, cli_command("backup"));
	if (!cli_store(cli, STORE_READ) ||
	    store_backup(cli->store, argv[1], &cli->err) != ERR_OK)
		return cli_fail(cli);
	return EXIT_DONE;
}

/* A store that can still be opened knows who may; one that is none any more is
 * only protected by its permissions. */
static bool may_restore(struct cli *cli)
{
	struct err unusable;
	struct store *s = store_open(cli->db, STORE_READ, &unusable);
	bool may = true;

	if (s)
		may = store_sign_in(s, cli->as, &cli->err) == ERR_OK &&
		      store_want_supervisor(s, _("恢复草稿库"), &cli->err) ==
			      ERR_OK;
	store_close(s);
	return may;
}

static int run_restore(struct cli *cli, int argc, char **argv)
{
	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc != 2)
		return cli_usage(cli, cli_command("restore"));
	if (!may_restore(cli) ||
	    store_restore(argv[1], cli->db, &cli->err) != ERR_OK)
		return cli_fail(cli);
	return EXIT_DONE;
}

/* ---- doctor ---- */

static bool said(bool well, const char *what, const char *detail)
{
	printf("%s\t%s%s%s\n", well ? _("好") : _("坏"), what,
	       *detail ? _("：") : "", detail);
	return well;
}

static bool file_is_sound(struct cli *cli)
{
	char *problems = NULL;
	char detail[64] = "";
	size_t count = 0;
	enum err_code code = store_verify(cli->store, &problems, &cli->err);

	for (const char *p = problems; p && *p; p += strcspn(p, "\n"))
		count += *(p += *p == '\n') != '\0';
	if (count)
		snprintf(detail, sizeof detail, _("查出 %zu 处损坏"), count);
	free(problems);
	return said(!code && !count, _("草稿库文件完整"), detail);
}

static bool chain_holds(struct cli *cli)
{
	char detail[64] = "";
	int64_t broken = 0;
	bool well =
		store_history_verify(cli->store, &broken, &cli->err) == ERR_OK;

	if (!well)
		snprintf(detail, sizeof detail, _("第 %lld 条起对不上"),
			 (long long)broken);
	return said(well, _("改动记录前后相连"), detail);
}

static bool forms_are_sound(struct cli *cli)
{
	bool well = true;

	for (const char *const *id = forms_ids(cli->forms); *id; id++) {
		struct err err = { 0 };
		bool one = lint_form(cli->forms, *id, &err) != NULL;

		said(one, *id, one ? "" : err.text);
		well = well && one;
	}
	return well;
}

/* The counts in the report's row are a copy; here they are counted anew. */
static bool counts_hold(struct cli *cli, const struct report_row *row)
{
	struct err err = { 0 };
	struct draft *d =
		draft_open(cli->store, cli->forms, row->id, DRAFT_READ, &err);
	bool changed = false, well;

	if (!d)
		return said(false, row->unit, err.text);
	well = draft_recount(d, &changed, &cli->err) == ERR_OK;
	draft_close(d);
	if (changed && !row->stale)
		printf(_("改正\t报告 %lld 的进度和问题数已重新计数\n"),
		       (long long)row->id);
	return well;
}

/* What was approved is what stands there now. */
static bool approved_holds(struct cli *cli, const struct report_row *row)
{
	struct draft *now, *then;
	char a[DIGEST_TEXT] = "", b[DIGEST_TEXT] = "";
	bool well;

	if (row->state != STATE_APPROVED && row->state != STATE_PUBLISHED)
		return true;
	now = draft_open(cli->store, cli->forms, row->id, DRAFT_READ,
			 &cli->err);
	then = draft_open_approved(cli->store, cli->forms, row->id, &cli->err);
	well = now && then &&
	       strcmp(report_digest(draft_report(now), a),
		      report_digest(draft_report(then), b)) == 0;
	draft_close(now);
	draft_close(then);
	if (!well)
		printf(_("坏\t报告 %lld 的数据和核准时的不一样\n"),
		       (long long)row->id);
	return well;
}

static bool reports_count(struct cli *cli)
{
	const struct report_filter all = { .state = -1 };
	struct report_row *list;
	size_t count;
	bool well = true, sealed = true;

	if (store_reports(cli->store, &all, &list, &count, &cli->err) != ERR_OK)
		return said(false, _("报告读不出"), cli->err.text);
	for (size_t i = 0; i < count; i++)
		well = counts_hold(cli, &list[i]) && well;
	said(well, _("各报告的进度和问题数"), "");
	for (size_t i = 0; i < count; i++)
		sealed = approved_holds(cli, &list[i]) && sealed;
	store_reports_free(list, count);
	return said(sealed, _("核准过的报告与核准时一样"), "") && well;
}

static int run_doctor(struct cli *cli, int argc, char **argv)
{
	bool well;

	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc != 1)
		return cli_usage(cli, cli_command("doctor"));
	if (!cli_store(cli, STORE_WRITE))
		return cli_fail(cli);
	well = file_is_sound(cli);
	well = chain_holds(cli) && well;
	well = forms_are_sound(cli) && well;
	well = reports_count(cli) && well;
	if (well)
		return EXIT_DONE;
	err_set(&cli->err, ERR_REFUSED,
		_("有坏的地方，见上；请先用 nianbao backup 留一份，再从最近的"
		  "备份恢复"));
	return EXIT_REFUSED;
}

const struct command store_commands[] = {
	{ "demo", N_("[--reset] [--no-screen]"),
	  N_("演示库：一个虚构的县去年已公布的和今年填到一半的报告。\n"
	     "存在正式草稿库旁边的 demo.db；用 --db 或 NIANBAO_DB 指了文件就是"
	     "那个文件，它从此是演示库。\n"
	     "已有的正式草稿库从不动；往演示库里新建、导入报告时会提醒。"
	     "--reset 整个清掉，重新做一个。"),
	  run_demo },
	{ "backup", N_("文件"), N_("把整个草稿库备份成一个文件。"),
	  run_backup },
	{ "restore", N_("文件"),
	  N_("从备份恢复草稿库；原来的库另存为 .before-restore。"),
	  run_restore },
	{ "doctor", "", N_("检查草稿库、改动记录、报表定义，重新计数。"),
	  run_doctor },
	{ NULL, NULL, NULL, NULL },
};
