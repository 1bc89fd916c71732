/* user unit: words after the command choose what is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/unit.h"

enum {
	UNITS_CAP = 4 << 20
};

/* ---- user ---- */

static const struct {
	const char *word;
	unsigned role;
} roles[] = {
	{ "clerk", ROLE_CLERK },
	{ "supervisor", ROLE_SUPERVISOR },
	{ "trainer", ROLE_TRAINER },
};
enum {
	ROLES = sizeof roles / sizeof *roles
};

static bool read_roles(struct cli *cli, int argc, char **argv, unsigned *out)
{
	*out = 0;
	for (int i = 0; i < argc; i++) {
		size_t k = 0;

		while (k < ROLES && strcmp(roles[k].word, argv[i]) != 0)
			k++;
		if (k == ROLES) {
			err_set(&cli->err, ERR_INPUT,
				_("没有“%s”这种角色；可用 clerk supervisor "
				  "trainer"),
				argv[i]);
			return false;
		}
		*out |= roles[k].role;
	}
	if (!*out)
		*out = ROLE_CLERK;
	return true;
}

static int list_users(struct cli *cli)
{
	struct actor *list;
	size_t count;

	if (!cli_store(cli, STORE_READ) ||
	    store_users(cli->store, &list, &count, &cli->err) != ERR_OK)
		return cli_fail(cli);
	for (size_t i = 0; i < count; i++) {
		printf("%s\t", list[i].name);
		for (size_t k = 0, n = 0; k < ROLES; k++)
			if (list[i].roles & roles[k].role)
				printf("%s%s", n++ ? " " : "", roles[k].word);
		putchar('\n');
	}
	store_users_free(list, count);
	return EXIT_DONE;
}

static int run_user(struct cli *cli, int argc, char **argv)
{
	unsigned mask;

	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		return list_users(cli);
	if (argc < 3 || strcmp(argv[1], "add") != 0 || !*argv[2])
		return cli_usage(cli, cli_command("user"));
	if (!read_roles(cli, argc - 3, argv + 3, &mask) ||
	    !cli_store(cli, STORE_CREATE) ||
	    store_user_add(cli->store, argv[2], mask, &cli->err) != ERR_OK)
		return cli_fail(cli);
	return EXIT_DONE;
}

/* ---- unit ---- */

#define KEY(member, word, label) " " word
static const char unit_keys[] = UNIT_TEXT_LIST(KEY);
#undef KEY

static bool set_kind(struct cli *cli, struct unit *u, const char *word)
{
	u->kind_set = unit_kind_parse(word, &u->kind);
	if (!u->kind_set)
		err_set(&cli->err, ERR_INPUT,
			_("没有“%s”这种单位；kind 可用 government department "
			  "town organisation utility"),
			word);
	return u->kind_set;
}

/* One KEY=VALUE. */
static bool set_member(struct cli *cli, struct unit *u, const char *pair)
{
	const char *eq = strchr(pair, '=');
	size_t len = eq ? (size_t)(eq - pair) : 0;
	char **member = eq ? unit_member(u, pair, len) : NULL;

	if (eq && len == 4 && strncmp(pair, "kind", 4) == 0)
		return set_kind(cli, u, eq + 1);
	if (eq && len == 4 && strncmp(pair, "name", 4) == 0 && eq[1])
		member = &u->name;
	if (!member) {
		err_set(&cli->err, ERR_INPUT,
			_("“%s”不是单位的项目；可用 name kind%s，"
			  "写作 项目=内容"),
			pair, unit_keys);
		return false;
	}
	free(*member);
	*member = xstrdup(eq + 1);
	return true;
}

/* Which of two was meant nobody can know. */
static bool given_once(struct cli *cli, char **pairs, int i)
{
	size_t len = strcspn(pairs[i], "=");

	for (int k = 0; k < i; k++)
		if (strncmp(pairs[k], pairs[i], len) == 0 &&
		    pairs[k][len] == '=') {
			err_set(&cli->err, ERR_INPUT,
				_("项目 %.*s 写了两次；请只留一次"), (int)len,
				pairs[i]);
			return false;
		}
	return true;
}

static int save_unit(struct cli *cli, struct unit *u, int argc, char **argv)
{
	int code = EXIT_DONE;

	for (int i = 0; i < argc && code == EXIT_DONE; i++)
		if (!given_once(cli, argv, i) || !set_member(cli, u, argv[i]))
			code = EXIT_ERROR;
	if (code == EXIT_DONE &&
	    store_unit_save(cli->store, u, &cli->err) != ERR_OK)
		code = cli_fail(cli);
	unit_free(u);
	return code;
}

static int unit_add(struct cli *cli, const char *name, int argc, char **argv)
{
	struct unit *u = store_unit_find(cli->store, name);

	if (u) {
		err_set(&cli->err, ERR_REFUSED,
			_("单位“%s”已经有了；改它的项目用 nianbao unit set"),
			name);
		unit_free(u);
		return EXIT_REFUSED;
	}
	return save_unit(cli, unit_new(name), argc, argv);
}

static int unit_set(struct cli *cli, const char *name, int argc, char **argv)
{
	struct unit *u = store_unit_find(cli->store, name);

	if (u)
		return save_unit(cli, u, argc, argv);
	err_set(&cli->err, ERR_INPUT,
		_("没有单位“%s”；新建用 nianbao unit add"), name);
	return EXIT_ERROR;
}

static int list_units(struct cli *cli)
{
	struct unit **list;
	size_t count;

	if (!cli_store(cli, STORE_READ) ||
	    store_units(cli->store, &list, &count, &cli->err) != ERR_OK)
		return cli_fail(cli);
	for (size_t i = 0; i < count; i++) {
		printf("%s\t%s", list[i]->name, unit_kind_word(list[i]->kind));
#define PRINT(member, word, label)                                             \
	if (*list[i]->member)                                                  \
		printf("\t%s=%s", word, list[i]->member);
		UNIT_TEXT_LIST(PRINT)
#undef PRINT
		putchar('\n');
	}
	store_units_free(list, count);
	return EXIT_DONE;
}

/* A line of the import file: NAME TAB KEY=VALUE TAB … */
static int import_line(struct cli *cli, char *line)
{
	char **pairs = NULL, *name = strsep(&line, "\t"), *pair;
	size_t count = 0, room = 0;
	int code;

	while ((pair = strsep(&line, "\t"))) {
		pairs = mem_grow(pairs, count, &room, sizeof *pairs);
		if (*str_trim(pair))
			pairs[count++] = pair;
	}
	code = unit_add(cli, name, (int)count, pairs);
	free(pairs);
	return code;
}

/* All lines, in a transaction of the caller's. */
static int import_lines(struct cli *cli, const char *path, char *text)
{
	int code = EXIT_DONE;
	size_t number = 0;

	for (char *line; code == EXIT_DONE && (line = strsep(&text, "\n"));) {
		struct err why;

		number++;
		if (*line && *line != '#')
			code = import_line(cli, line);
		why = cli->err;
		if (code != EXIT_DONE)
			err_set(&cli->err, why.code,
				_("文件 %s 第 %zu 行有误，一行也没有读入：%s"),
				path, number, why.text);
	}
	return code;
}

static int import_units(struct cli *cli, const char *path)
{
	struct str text = { 0 };
	int code;

	if (file_read_text(path, UNITS_CAP, &text, &cli->err) != ERR_OK ||
	    store_begin(cli->store, &cli->err) != ERR_OK) {
		str_free(&text);
		return cli_fail(cli);
	}
	code = import_lines(cli, path, text.s);
	if (code == EXIT_DONE &&
	    store_commit(cli->store, true, &cli->err) != ERR_OK)
		code = cli_fail(cli);
	if (code != EXIT_DONE)
		store_rollback(cli->store);
	str_free(&text);
	return code;
}

static int run_unit(struct cli *cli, int argc, char **argv)
{
	static const struct {
		const char *word;
		int (*run)(struct cli *, const char *, int, char **);
	} deeds[] = { { "add", unit_add }, { "set", unit_set } };

	if (!cli_options(cli, &argc, argv, NULL, 0))
		return EXIT_ERROR;
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		return list_units(cli);
	if (argc < 3 || !*argv[2])
		return cli_usage(cli, cli_command("unit"));
	if (!cli_store(cli, STORE_CREATE) ||
	    store_want_supervisor(cli->store, _("增改单位"), &cli->err) !=
		    ERR_OK)
		return cli_fail(cli);
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (strcmp(argv[1], deeds[i].word) == 0)
			return deeds[i].run(cli, argv[2], argc - 3, argv + 3);
	if (strcmp(argv[1], "import") == 0 && argc == 3)
		return import_units(cli, argv[2]);
	return cli_usage(cli, cli_command("unit"));
}

void unit_items(void)
{
	size_t count;
	const struct unit_text *texts = unit_texts(&count);

	printf("  %-14s%s\n", "name", _("名称"));
	printf("  %-14s%s", "kind", _("类别："));
	for (int k = 0; k < UNIT_KIND_COUNT; k++)
		printf("%s%s %s", k ? _("；") : "",
		       unit_kind_word((enum unit_kind)k),
		       unit_kind_label((enum unit_kind)k));
	putchar('\n');
	for (size_t i = 0; i < count; i++)
		printf("  %-14s%s\n", texts[i].key, _(texts[i].label));
}

const struct command unit_commands[] = {
	{ "user", N_("add 姓名 [clerk|supervisor|trainer …] | list"),
	  N_("用户和角色；一个用户也没有时，本机用户什么都能做。"), run_user },
	{ "unit",
	  N_("add 名称 [项目=内容 …] | set 名称 项目=内容 … | list | import "
	     "文件"),
	  N_("单位：类别、代码、报送给谁、汇入哪里、期限等；项目列在后面。\n"
	     "import 的文件每行：名称、制表符、项目=内容、……"),
	  run_unit },
	{ NULL, NULL, NULL, NULL },
};
