#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/tui.h"

/* Chinese unless the environment names the locale of another language, whether
 * that locale was generated or not. */
static bool asks_for_chinese(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < 3; i++) {
		const char *v = getenv(names[i]);

		if (v && *v)
			return strncmp(v, "zh", 2) == 0 ||
			       strcmp(v, "C") == 0 || strcmp(v, "POSIX") == 0 ||
			       strncmp(v, "C.", 2) == 0;
	}
	return true;
}

/* Only LC_CTYPE: LC_NUMERIC would change what libraries print.  A locale that
 * is not UTF-8 is replaced by C.UTF-8. */

static void start_language(void)
{
	const char *env = getenv("NIANBAO_LOCALE");
	char *beside;

	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	if (asks_for_chinese())
		return;
	beside = file_beside_program("po", "en/LC_MESSAGES");
	tr_load(env ? env : beside ? beside : LOCALEDIR, "en");
	free(beside);
}

static void print_commands(void)
{
	size_t count;
	const struct command *const *families = cli_families(&count);

	printf(_("用法：nianbao [--db 文件] [--as 姓名] [命令 …]\n"
		 "不写命令就打开填报界面。命令：\n"));
	for (size_t i = 0; i < count; i++)
		for (const struct command *c = families[i]; c->name; c++)
			printf("  %-16s%.*s\n", c->name,
			       (int)strcspn(_(c->help), "\n"), _(c->help));
	printf(_("每个命令的说明：nianbao 命令 --help\n"));
}

static int help(const struct command *c)
{
	static const struct {
		const char *name;
		void (*list)(void);
	} lists[] = { { "unit", unit_items }, { "config", config_items } };

	printf(_("用法：nianbao %s %s\n%s\n"), c->name,
	       *c->usage ? _(c->usage) : "", _(c->help));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i].name, c->name) == 0)
			lists[i].list();
	return EXIT_DONE;
}

static int screen(struct cli *cli)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(&cli->err, ERR_INPUT,
			_("这里不是终端，打不开填报界面；命令见 "
			  "nianbao --help"));
		return EXIT_ERROR;
	}
	if (!cli_store(cli, STORE_CREATE))
		return EXIT_ERROR;
	return tui_run(cli->store, cli->forms, &cli->err) ? EXIT_ERROR
							  : EXIT_DONE;
}

static int run(struct cli *cli, int argc, char **argv)
{
	const struct command *c;
	int code;

	if (argc == 0)
		return screen(cli);
	c = cli_command(argv[0]);
	if (!c) {
		err_set(&cli->err, ERR_INPUT,
			_("没有“%s”这个命令；全部命令见 nianbao --help"),
			argv[0]);
		return EXIT_ERROR;
	}
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			return help(c);
	code = c->run(cli, argc, argv);
	return code == EXIT_DONE && cli->screen ? screen(cli) : code;
}

/* "--db FILE" or "--db=FILE"; NULL: it is another option, or has no value. */
static const char *value_of(const char *name, int *argc, char ***argv)
{
	const char *word = **argv;
	size_t len = strlen(name);

	if (strncmp(word, name, len) != 0)
		return NULL;
	if (word[len] == '=')
		return word + len + 1;
	if (word[len] || *argc < 2)
		return NULL;
	--*argc;
	return *++*argv;
}

/* One option; false: there is none of that name. */
static bool global(struct cli *cli, int *argc, char ***argv)
{
	const char *value;

	if (strcmp(**argv, "--ascii") == 0) {
		setenv("NIANBAO_ASCII", "1", 1);
	} else if ((value = value_of("--db", argc, argv))) {
		free(cli->db);
		cli->db = xstrdup(value);
	} else if ((value = value_of("--as", argc, argv))) {
		cli->as = value;
	} else {
		return false;
	}
	return true;
}

/* The options before the command; -1: go on, else the exit code. */
static int globals(struct cli *cli, int *argc, char ***argv)
{
	for (; *argc > 0 && (**argv)[0] == '-'; --*argc, ++*argv) {
		const char *word = **argv;

		if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
			print_commands();
			return EXIT_DONE;
		}
		if (strcmp(word, "--version") == 0) {
			puts("nianbao " VERSION_TEXT);
			return EXIT_DONE;
		}
		if (global(cli, argc, argv))
			continue;
		err_set(&cli->err, ERR_INPUT,
			_("不认识选项 %s，或者它后面缺内容；用法见 "
			  "nianbao --help"),
			word);
		return EXIT_ERROR;
	}
	return -1;
}

/* Which word it is: behind an option it is that one's. */
static char *word_name(int i, char **argv)
{
	const char *before = i > 0 ? argv[i - 1] : "";

	if (before[0] == '-' && before[1] && argv[i][0] != '-')
		return str_printf(_("选项 %s 后面的内容"), before);
	return str_printf(_("第 %d 个参数"), i + 1);
}

static bool all_utf8(struct cli *cli, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		size_t len = strlen(argv[i]);
		char *name;

		if (text_valid(argv[i], len))
			continue;
		name = word_name(i, argv);
		if (strchr(argv[i], '\r'))
			err_set(&cli->err, ERR_INPUT,
				_("%s里有换行（回车），请去掉；什么也没有做"),
				name);
		else
			err_set(&cli->err, ERR_INPUT,
				_("%s不是 UTF-8 文字，或含控制字符；"
				  "什么也没有做"),
				name);
		free(name);
		return false;
	}
	return true;
}

/* What was printed must have arrived: a full disk or a closed pipe is no
 * success. */
static int flush_output(struct cli *cli, int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	err_set(&cli->err, ERR_FILE, _("结果没有写出去（输出端已满或已关闭）"));
	return EXIT_ERROR;
}

/* The form's arena grows to some hundred kilobytes piece by piece: the heap takes
 * its room at once, and gives nothing back before the end. */
static void take_room(void)
{
#ifdef M_TOP_PAD
	mallopt(M_TOP_PAD, 4 << 20);
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

/* Where both go to one place (2>&1), what is said comes where it belongs: each
 * line of the result is written before the next sentence. */
static void keep_order(void)
{
	struct stat out, err;

	if (fstat(STDOUT_FILENO, &out) == 0 &&
	    fstat(STDERR_FILENO, &err) == 0 && out.st_dev == err.st_dev &&
	    out.st_ino == err.st_ino)
		setvbuf(stdout, NULL, _IOLBF, 0);
}

int main(int argc, char **argv)
{
	struct cli cli = { 0 };
	int code = EXIT_ERROR;

	take_room();
	keep_order();
	signal(SIGXFSZ, SIG_IGN); /* a write then fails, with a sentence */
	start_language();
	cli.db = store_default_path();
	cli.forms = forms_new();
	argc--;
	argv++;
	if (all_utf8(&cli, argc, argv)) {
		code = globals(&cli, &argc, &argv);
		if (code < 0)
			code = run(&cli, argc, argv);
	}
	store_close(cli.store);
	forms_free(cli.forms);
	free(cli.db);
	code = flush_output(&cli, code);
	if (code != EXIT_DONE)
		cli_say(&cli);
	tr_unload();
	return code;
}
