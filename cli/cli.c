#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/date.h"
#include "core/review.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	BAR = 40,
	PATIENCE = 2, /* seconds */
	GONE = 3,
	PAUSE = 20000000 /* ns */
};

static const struct command *const families[] = {
	report_commands, show_commands,   check_commands, explain_commands,
	export_commands, verify_commands, state_commands, unit_commands,
	config_commands, store_commands,
};

const struct command *cli_command(const char *name)
{
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		for (const struct command *c = families[i]; c->name; c++)
			if (strcmp(c->name, name) == 0)
				return c;
	return NULL;
}

const struct command *const *cli_families(size_t *count)
{
	*count = sizeof families / sizeof *families;
	return families;
}

struct store *cli_store(struct cli *cli, enum store_mode mode)
{
	if (cli->store)
		return cli->store;
	cli->store = store_open(cli->db, mode, &cli->err);
	if (!cli->store)
		return NULL;
	if (mode == STORE_READ)
		store_reading(cli->store, true); /* until it is closed */
	if (store_sign_in(cli->store, cli->as, &cli->err) == ERR_OK)
		return cli->store;
	store_close(cli->store);
	return cli->store = NULL;
}

bool cli_number(struct cli *cli, const char *text, long min, long max,
		long *out)
{
	char *end;

	errno = 0;
	*out = strtol(text, &end, 10);
	if (!errno && end != text && !*end && *out >= min && *out <= max)
		return true;
	err_set(&cli->err, ERR_INPUT, _("“%s”不是 %ld 到 %ld 之间的整数"), text,
		min, max);
	return false;
}

bool cli_id(struct cli *cli, const char *text, int64_t *id)
{
	char *end;

	errno = 0;
	*id = strtoll(text, &end, 10);
	if (!errno && end != text && !*end && *id > 0)
		return true;
	err_set(&cli->err, ERR_INPUT,
		_("“%s”不是报告编号；编号见 nianbao list 的第一列"), text);
	return false;
}

/* Another command that holds the report is done in a moment; who types in a
 * screen is not, and has begun before.  *gone: how often it was nobody, who has
 * just left or was never the reason. */
static bool is_momentary(struct cli *cli, int64_t report, const char *since,
			 int *gone)
{
	struct editor who = { 0 };
	bool is;

	if (cli->err.code != ERR_REFUSED)
		return false;
	if (!store_editor(cli->store, report, &who))
		return ++*gone <= GONE;
	*gone = 0;
	is = !who.here && strcmp(who.since, since) >= 0;
	editor_free(&who);
	return is;
}

/* Opened for writing, after some patience. */
static struct draft *open_patiently(struct cli *cli, int64_t report,
				    enum draft_mode mode)
{
	static const struct timespec pause = { 0, PAUSE };
	struct draft *d = NULL;
	char since[DATE_MOMENT];
	int gone = 0;

	date_before(PATIENCE, since);
	for (int i = 0; i < PATIENCE * (1000000000 / PAUSE); i++) {
		d = draft_open(cli->store, cli->forms, report, mode, &cli->err);
		if (d || !is_momentary(cli, report, since, &gone))
			break;
		nanosleep(&pause, NULL);
	}
	if (d)
		cli->err = (struct err){ 0 };
	return d;
}

struct draft *cli_draft(struct cli *cli, const char *id, enum draft_mode mode)
{
	enum store_mode how = mode == DRAFT_READ ? STORE_READ : STORE_WRITE;
	int64_t number;

	if (!cli_id(cli, id, &number) || !cli_store(cli, how))
		return NULL;
	if (mode == DRAFT_EDIT)
		return open_patiently(cli, number, mode);
	return draft_open(cli->store, cli->forms, number, mode, &cli->err);
}

struct draft *cli_version(struct cli *cli, const char *id, bool approved)
{
	int64_t number;

	if (!approved)
		return cli_draft(cli, id, DRAFT_READ);
	if (!cli_id(cli, id, &number) || !cli_store(cli, STORE_READ))
		return NULL;
	return draft_open_approved(cli->store, cli->forms, number, &cli->err);
}

void cli_advise_take_over(struct cli *cli, int64_t report)
{
	struct report_row row = { 0 };
	struct editor who = { 0 };
	char since[DATE_MOMENT];

	if (cli->err.code == ERR_REFUSED && cli->store &&
	    store_report_row(cli->store, report, &row, NULL) == ERR_OK &&
	    review_may(store_actor(cli->store), row.state, DEED_EDIT, NULL) &&
	    store_editor(cli->store, report, &who))
		err_set(&cli->err, ERR_REFUSED,
			_("%s 自 %s 起正在填写这份报告；可以查看，"
			  "要接手请加 --take-over"),
			who.user, date_clock(who.since, since));
	editor_free(&who);
	report_row_free(&row);
}

bool cli_cell(struct cli *cli, const struct form_def *form, const char *path,
	      size_t *cell)
{
	*cell = form_cell(form, path);
	if (*cell != FORM_NO_CELL)
		return true;
	err_set(&cli->err, ERR_INPUT,
		_("报表 %s 没有“%s”这一栏；全部栏目见 nianbao get 编号"),
		form->id, path);
	return false;
}

static const struct cli_opt *find(const struct cli_opt *opts, size_t count,
				  const char *word, size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(opts[i].name) == len &&
		    strncmp(opts[i].name, word, len) == 0)
			return &opts[i];
	return NULL;
}

/* What is said at length has lines, a file may be called anything, and a unit's
 * name is judged with the unit. */
static bool is_one_line(struct cli *cli, const struct cli_opt *o)
{
	static const char *const many[] = { "--reason", "--opinion", "-o",
					    "--from", "--unit" };

	if (!strchr(*o->value, '\n'))
		return true;
	for (size_t i = 0; i < sizeof many / sizeof *many; i++)
		if (strcmp(o->name, many[i]) == 0)
			return true;
	err_set(&cli->err, ERR_INPUT,
		_("选项 %s 后面的内容里有换行，请写成一行；什么也没有做"),
		o->name);
	return false;
}

/* Take the option at argv[i]; returns how many words it took, 0: a fault. */
static int take(struct cli *cli, int argc, char **argv, int i,
		const struct cli_opt *opts, size_t count)
{
	size_t len = strcspn(argv[i], "=");
	const struct cli_opt *o = find(opts, count, argv[i], len);
	const char *inline_value = argv[i][len] ? argv[i] + len + 1 : NULL;

	if (!o || (o->flag && inline_value)) {
		err_set(&cli->err, ERR_INPUT,
			_("不认识选项 %s；用法见 nianbao %s --help"), argv[i],
			argv[0]);
		return 0;
	}
	if (o->flag) {
		*o->flag = true;
		return 1;
	}
	if (!inline_value && i + 1 == argc) {
		err_set(&cli->err, ERR_INPUT, _("选项 %s 后面要有内容"),
			argv[i]);
		return 0;
	}
	*o->value = inline_value ? inline_value : argv[i + 1];
	if (!is_one_line(cli, o))
		return 0;
	return inline_value ? 1 : 2;
}

bool cli_options(struct cli *cli, int *argc, char **argv,
		 const struct cli_opt *opts, size_t count)
{
	int kept = 1;

	for (int i = 1; i < *argc;) {
		int n = 1;

		if (strcmp(argv[i], "--") == 0) {
			while (++i < *argc)
				argv[kept++] = argv[i];
			break;
		}
		if (argv[i][0] == '-' && argv[i][1])
			n = take(cli, *argc, argv, i, opts, count);
		else
			argv[kept++] = argv[i];
		if (n == 0)
			return false;
		i += n;
	}
	*argc = kept;
	return true;
}

void cli_warn_demo(struct cli *cli)
{
	if (store_is_demo(cli->store))
		fprintf(stderr,
			_("注意：%s 是演示库，demo --reset 会把它整个清掉；"
			  "真的报告请用 --db 或 NIANBAO_DB 另指一个库\n"),
			cli->db);
}

void cli_put(const char *text)
{
	struct str shown = { 0 };

	if (isatty(STDOUT_FILENO))
		text_shown(&shown, text);
	fputs(shown.s ? shown.s : text, stdout);
	str_free(&shown);
}

/* For a terminal: one line, nothing in it that acts there or hides. */
static char *one_line(const char *text)
{
	struct str line = { 0 }, shown = { 0 };

	text_one_line(&line, text, strlen(text));
	text_shown(&shown, line.s ? line.s : "");
	str_free(&line);
	return str_steal(&shown);
}

void cli_line(const char *text)
{
	char *line = one_line(text);

	puts(line);
	free(line);
}

void cli_say(struct cli *cli)
{
	char *line;

	if (!cli->err.text[0])
		return;
	line = one_line(cli->err.text);
	fprintf(stderr, "nianbao: %s\n", line);
	free(line);
	cli->err = (struct err){ 0 };
}

void cli_progress(size_t done, size_t all)
{
	char bar[BAR + 1];
	size_t filled = all ? done * BAR / all : BAR;

	/* a bar that has not moved is not drawn again */
	if (!isatty(STDERR_FILENO) ||
	    (done < all && done && filled == (done - 1) * BAR / all &&
	     done % 100))
		return;
	memset(bar, '.', BAR);
	memset(bar, '#', filled);
	bar[BAR] = '\0';
	fprintf(stderr, "\r[%s] %zu/%zu%s", bar, done, all,
		done == all ? "\n" : "");
}

int cli_fail(struct cli *cli)
{
	return cli->err.code == ERR_REFUSED ? EXIT_REFUSED : EXIT_ERROR;
}

int cli_usage(struct cli *cli, const struct command *c)
{
	err_set(&cli->err, ERR_INPUT,
		_("用法：nianbao %s %s；说明见 nianbao %s --help"), c->name,
		_(c->usage), c->name);
	return EXIT_ERROR;
}
