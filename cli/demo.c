#include "cli/demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/setting.h"
#include "core/tr.h"

enum {
	DEMO_CAP = 1 << 20
};

/* The demo's data files: $NIANBAO_DEMO (tests), installed, or in the source. */
static enum err_code read_data(int year, struct str *out, struct err *err)
{
	const char *env = getenv("NIANBAO_DEMO");
	char *beside = file_beside_program("demo", "2024.tsv");
	char *path = str_printf("%s/%d.tsv",
				env      ? env
				: beside ? beside
					 : DEMODIR,
				year);
	enum err_code code = file_read(path, DEMO_CAP, out, err);

	free(path);
	free(beside);
	return code;
}

static enum err_code put_line(const struct form_def *form, const char *line,
			      size_t len, struct change *out, struct err *err)
{
	const char *tab = memchr(line, '\t', len);
	struct str value = { 0 };
	char *path;

	if (!tab)
		return err_set(err, ERR_INPUT,
			       _("演示数据里有一行没有制表符：%.*s"), (int)len,
			       line);
	path = xstrndup(line, (size_t)(tab - line));
	out->printed = false;
	out->cell = form_cell(form, path);
	str_unescape(&value, tab + 1, len - (size_t)(tab - line) - 1);
	out->text = str_steal(&value);
	if (out->cell == FORM_NO_CELL)
		err_set(err, ERR_INPUT, _("演示数据里的路径不对：%s"), path);
	free(path);
	return out->cell == FORM_NO_CELL ? ERR_INPUT : ERR_OK;
}

static enum err_code fill(struct draft *d, const char *text, struct err *err)
{
	struct change *list = NULL;
	size_t count = 0, room = 0;
	enum err_code code = ERR_OK;

	for (const char *at = text; *at && code == ERR_OK;) {
		size_t len = strcspn(at, "\n");

		if (len && *at != '#') {
			list = mem_grow(list, count, &room, sizeof *list);
			code = put_line(draft_form(d), at, len, &list[count++],
					err);
		}
		at += len + (at[len] == '\n');
	}
	if (code == ERR_OK)
		code = draft_change(d, list, count, "set", NULL, err);
	for (size_t i = 0; i < count; i++)
		free((void *)(uintptr_t)list[i].text);
	free(list);
	return code;
}

/* Sign every step and carry last year's report through to publication. */
static enum err_code publish(struct draft *d, int year, struct err *err)
{
	char **steps = review_steps(draft_store(d));
	char *date = str_printf("%d-01-20", year + 1);
	struct review_args args = { .name = _("演示"), .paper = true };
	enum err_code code = review_do(d, DEED_SUBMIT, &args, err);

	for (size_t i = 0; code == ERR_OK && steps[i]; i++) {
		args.step = steps[i];
		code = review_do(d, DEED_SIGN, &args, err);
	}
	if (code == ERR_OK)
		code = review_do(d, DEED_APPROVE, &args, err);
	args.date = date;
	if (code == ERR_OK)
		code = review_do(d, DEED_PUBLISH, &args, err);
	free(date);
	review_steps_free(steps);
	return code;
}

static enum err_code make(struct cli *cli, int year, bool published)
{
	struct str text = { 0 };
	struct draft *d = NULL;
	int64_t id = 0;
	enum err_code code = read_data(year, &text, &cli->err);

	if (code == ERR_OK)
		code = draft_new(cli->store, cli->forms, "ogi-2021",
				 "青溪县人民政府", year, &id, &cli->err);
	if (code == ERR_OK) {
		d = draft_open(cli->store, cli->forms, id, DRAFT_EDIT,
			       &cli->err);
		code = d ? fill(d, text.s, &cli->err) : cli->err.code;
	}
	if (code == ERR_OK && published)
		code = publish(d, year, &cli->err);
	draft_close(d);
	str_free(&text);
	if (code == ERR_OK)
		printf("%lld\n", (long long)id);
	return code;
}

enum err_code demo_fill(struct cli *cli)
{
	enum err_code code = store_mark_demo(cli->store, &cli->err);

	if (code == ERR_OK)
		code = make(cli, 2024, true);
	if (code == ERR_OK)
		code = make(cli, 2025, false);
	return code;
}

/* The demo has a file of its own: the one of --db or NIANBAO_DB, else demo.db
 * beside the usual store, never that one. */
static void choose_path(struct cli *cli)
{
	const char *named = getenv("NIANBAO_DB");
	char *usual = store_default_path();
	const char *slash = strrchr(usual, '/');

	if (strcmp(cli->db, usual) == 0 && slash && (!named || !*named)) {
		free(cli->db);
		cli->db =
			str_printf("%.*s/demo.db", (int)(slash - usual), usual);
	}
	free(usual);
}

/* Where a link leads: removing and making again must not lose the link. */
static void follow_links(struct cli *cli)
{
	char *real = realpath(cli->db, NULL);

	if (!real)
		return;
	free(cli->db);
	cli->db = real;
}

static void forget_store(struct cli *cli)
{
	store_close(cli->store);
	cli->store = NULL;
}

/* An existing file is only touched when it is a demo store itself. */
static bool ours_to_use(struct cli *cli, bool reset)
{
	enum err_code code = ERR_OK;

	if (access(cli->db, F_OK) != 0)
		return true;
	if (!cli_store(cli, STORE_READ))
		return false;
	if (store_is_demo(cli->store) && reset)
		follow_links(cli);
	if (!store_is_demo(cli->store))
		code = err_set(&cli->err, ERR_REFUSED,
			       _("%s 是正式的草稿库，演示不动它；"
				 "请用 --db 另指一个文件"),
			       cli->db);
	else if (reset)
		code = store_remove(cli->store, &cli->err);
	forget_store(cli);
	return code == ERR_OK;
}

static int make_store(struct cli *cli)
{
	if (!cli_store(cli, STORE_CREATE))
		return cli_fail(cli);
	if (demo_fill(cli) == ERR_OK) {
		fprintf(stderr, _("演示库：%s\n"), cli->db);
		return EXIT_DONE;
	}
	store_remove(cli->store, NULL);
	forget_store(cli);
	return cli_fail(cli);
}

int run_demo(struct cli *cli, int argc, char **argv)
{
	bool reset = false, quiet = false;
	const struct cli_opt opts[] = { { "--reset", NULL, &reset },
					{ "--no-screen", NULL, &quiet } };
	int code = EXIT_DONE;

	if (!cli_options(cli, &argc, argv, opts, 2))
		return EXIT_ERROR;
	if (argc != 1)
		return cli_usage(cli, cli_command("demo"));
	choose_path(cli);
	if (!ours_to_use(cli, reset))
		return cli_fail(cli);
	if (access(cli->db, F_OK) != 0)
		code = make_store(cli);
	cli->screen = code == EXIT_DONE && !quiet && isatty(STDIN_FILENO) &&
		      isatty(STDOUT_FILENO);
	return code;
}
