/* config: the site's settings, and its own word on what a cell counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/lint.h"
#include "core/setting.h"
#include "core/tr.h"
#include "export/layout.h"

static void print_setting(struct store *s, const struct setting_def *def)
{
	char *value = setting_get(s, def->key);
	struct str line = { 0 };

	str_escape(&line, value);
	printf("%s\t%s\t%s\n", def->key, line.s ? line.s : "", _(def->help));
	str_free(&line);
	free(value);
}

void config_items(void)
{
	size_t count;
	const struct setting_def *defs = setting_defs(&count);

	for (size_t i = 0; i < count; i++)
		printf(_("  %s\n      %s%s%s\n"), defs[i].key, _(defs[i].help),
		       *defs[i].fallback ? _("；默认 ") : "", defs[i].fallback);
}

static int config_get(struct cli *cli, const char *key)
{
	size_t count;
	const struct setting_def *defs = setting_defs(&count);
	char *value;

	if (!cli_store(cli, STORE_READ))
		return cli_fail(cli);
	for (size_t i = 0; !key && i < count; i++)
		print_setting(cli->store, &defs[i]);
	if (!key)
		return EXIT_DONE;
	if (!setting_find(key)) {
		err_set(&cli->err, ERR_INPUT,
			_("没有“%s”这项设置；全部设置见 nianbao config get"),
			key);
		return EXIT_ERROR;
	}
	value = setting_get(cli->store, key);
	puts(value);
	free(value);
	return EXIT_DONE;
}

/* What core cannot judge: it knows no form and no fonts. */
static bool check_more(struct cli *cli, const char *key, const char *value)
{
	struct fonts fonts = { 0 };
	enum err_code code = ERR_OK;

	if (strcmp(key, "rules.off") == 0) {
		code = lint_may_switch_off(cli->forms, value, &cli->err);
	} else if (strcmp(key, "fonts") == 0) {
		code = fonts_read(value, &fonts, &cli->err);
		fonts_free(&fonts);
	}
	return code == ERR_OK;
}

static int config_set(struct cli *cli, const char *key, const char *text)
{
	struct str value = { 0 };
	int code = EXIT_DONE;

	str_add(&value, "");
	if (!str_unescape(&value, text, strlen(text))) {
		err_set(&cli->err, ERR_INPUT,
			_("反斜杠写法有误；只能用 \\n \\t \\\\"));
		code = EXIT_ERROR;
	} else if (!check_more(cli, key, value.s) ||
		   !cli_store(cli, STORE_CREATE) ||
		   store_want_supervisor(cli->store, _("改设置"), &cli->err) !=
			   ERR_OK ||
		   setting_set(cli->store, key, value.s, &cli->err) != ERR_OK) {
		code = cli_fail(cli);
	}
	str_free(&value);
	return code;
}

/* ---- 口径 ---- */

/* Is the cell the one of that path, or one of the row of that path? */
static bool stands_in(const struct cell_def *cell, const char *path)
{
	size_t len = strlen(path);

	return !cell->derived && strncmp(cell->path, path, len) == 0 &&
	       (!cell->path[len] || cell->path[len] == '.');
}

static int print_calibers(struct cli *cli, const struct form_def *form,
			  const char *path)
{
	for (size_t i = 0; i < form->cell_count; i++) {
		char *text;

		if (path && !stands_in(&form->cells[i], path))
			continue;
		text = store_caliber_get(cli->store, form->id,
					 form->cells[i].path);
		if (text) {
			printf("%s\t", form->cells[i].path);
			cli_line(text);
		}
		free(text);
	}
	return EXIT_DONE;
}

/* All cells of a row or none. */
static enum err_code set_calibers(struct cli *cli, const struct form_def *form,
				  const char *path, const char *text)
{
	enum err_code code = store_begin(cli->store, &cli->err);

	if (code)
		return code;
	for (size_t i = 0; i < form->cell_count && !code; i++)
		if (stands_in(&form->cells[i], path))
			code = store_caliber_set(cli->store, form->id,
						 form->cells[i].path, text,
						 &cli->err);
	if (!code)
		code = store_commit(cli->store, true, &cli->err);
	if (code)
		store_rollback(cli->store);
	return code;
}

static bool has_path(struct cli *cli, const struct form_def *form,
		     const char *path)
{
	for (size_t i = 0; i < form->cell_count; i++)
		if (stands_in(&form->cells[i], path))
			return true;
	err_set(&cli->err, ERR_INPUT,
		_("报表 %s 没有“%s”这一栏或这一行；全部栏目见 nianbao get "
		  "编号"),
		form->id, path);
	return false;
}

static int run_caliber(struct cli *cli, const char *id, int argc, char **argv)
{
	const struct form_def *form = lint_form(cli->forms, id, &cli->err);
	const char *path = argc > 0 ? argv[0] : NULL;

	if (!form || (path && !has_path(cli, form, path)) ||
	    !cli_store(cli, argc == 2 ? STORE_CREATE : STORE_READ))
		return cli_fail(cli);
	if (argc < 2)
		return print_calibers(cli, form, path);
	if (strchr(argv[1], '\n')) {
		err_set(&cli->err, ERR_INPUT, _("口径写成一行，不要有换行"));
		return EXIT_ERROR;
	}
	if (store_want_supervisor(cli->store, _("改口径"), &cli->err) !=
		    ERR_OK ||
	    set_calibers(cli, form, path, argv[1]) != ERR_OK)
		return cli_fail(cli);
	return EXIT_DONE;
}

static int run_config(struct cli *cli, int argc, char **argv)
{
	const char *form = "ogi-2021";
	const struct cli_opt opts[] = { { "--form", &form, NULL } };

	if (!cli_options(cli, &argc, argv, opts, 1))
		return EXIT_ERROR;
	if ((argc == 2 || argc == 3) && strcmp(argv[1], "get") == 0)
		return config_get(cli, argc == 3 ? argv[2] : NULL);
	if (argc == 4 && strcmp(argv[1], "set") == 0)
		return config_set(cli, argv[2], argv[3]);
	if (argc >= 2 && argc <= 4 && strcmp(argv[1], "caliber") == 0)
		return run_caliber(cli, form, argc - 2, argv + 2);
	return cli_usage(cli, cli_command("config"));
}

const struct command config_commands[] = {
	{ "config",
	  N_("get [项目] | set 项目 内容 | caliber [路径 [内容]] [--form 报表]"),
	  N_("设置：审签步骤、期限、回车方向、检查的尺度等；改动记入 history 0。\n"
	     "关闭规则：config set rules.off \"Q6 N10\"，要关的几条写在一起，写空"
	     "即全部打开；必须改正的规则不能关。\n"
	     "caliber：本地对一栏的口径，显示在填报的帮助里；路径可以是一格"
	     "（requests.new.total）或一行（requests.new），内容写空即去掉。\n"
	     "职权、上下级、本单位的期限是单位的项目，见 unit --help。\n项目："),
	  run_config },
	{ NULL, NULL, NULL, NULL },
};
