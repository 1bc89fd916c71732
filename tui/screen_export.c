/* Alt-E: format, file, what was there, what to do with it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/tr.h"
#include "export/export.h"
#include "tui/app.h"
#include "tui/dialog.h"

static const struct exporter *choose_format(struct app *app)
{
	size_t count;
	const struct exporter *table = exporters(&count);
	const char **lines = xcalloc(count, sizeof *lines);
	int chosen;

	for (size_t i = 0; i < count; i++)
		lines[i] = _(table[i].label);
	chosen = dialog_choose(app, _("导出成什么格式"), lines, count, 0);
	free(lines);
	return chosen < 0 ? NULL : &table[chosen];
}

/* ~ is the home folder, as in a shell. */
static char *expand(const char *path)
{
	const char *home = getenv("HOME");

	if ((strncmp(path, "~/", 2) == 0 || strcmp(path, "~") == 0) && home)
		return str_printf("%s%s", home, path + 1);
	return xstrdup(path);
}

static bool is_folder(const char *path)
{
	size_t len = strlen(path);
	struct stat st;

	return path[len - 1] == '/' ||
	       (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

/* A file that can be written; "-" would be the screen itself. */
static bool is_file(void *with, const char *text, struct err *err)
{
	char *path = expand(text);
	bool folder = *path && is_folder(path);

	(void)with;
	free(path);
	if (!*text)
		err_set(err, ERR_INPUT, _("请写文件名；不导出请按 Esc。"));
	else if (strcmp(text, "-") == 0)
		err_set(err, ERR_INPUT,
			_("这里不能用“-”作文件名；请另写一个。"));
	else if (folder)
		err_set(err, ERR_INPUT,
			_("这是文件夹，请写文件夹里的一个文件名。"));
	else
		return true;
	return false;
}

static char *ask_path(struct app *app, const struct exporter *format)
{
	struct draft *d = app->draft;
	char *mark = document_mark(app->store, draft_row(d)->state);
	struct str title = { 0 };
	char *name, *prompt, *path;

	report_title(draft_report(d), &title);
	name = export_file_name(title.s, format->ending);
	prompt = str_printf(_("%s；稿上印：%s。文件名，可以带路径："),
			    _(format->label), mark ? mark : _("（无标记）"));
	if (!dialog_text_checked(app, _("导出"), prompt, 1, &name, is_file,
				 NULL)) {
		free(name);
		name = NULL;
	}
	path = name ? expand(name) : NULL;
	free(name);
	free(prompt);
	free(mark);
	str_free(&title);
	return path;
}

static bool may_write(struct app *app, const char *path)
{
	const char *buttons[] = { _("覆盖"), _("不覆盖") };
	char *text;
	bool yes;

	if (access(path, F_OK) != 0)
		return true;
	text = str_printf(_("文件 %s 已经有了。覆盖后原来的内容就没有了。"),
			  path);
	yes = dialog_ask(app, _("导出"), text, buttons, 2, 1) == 0;
	free(text);
	return yes;
}

/* Where it is, as a path that can be found again. */
static void tell(struct app *app, const struct exporter *format,
		 const char *written)
{
	char *full = realpath(written, NULL), *text;

	text = str_printf(_("已导出到 %s。\n%s"), full ? full : written,
			  format->advice ? _(format->advice) : "");
	dialog_tell(app, _("导出"), text);
	free(text);
	free(full);
}

void screen_export(struct app *app)
{
	const struct exporter *format = choose_format(app);
	char *path = format ? ask_path(app, format) : NULL, *written = NULL;
	struct err err = { 0 };

	if (path && may_write(app, path)) {
		if (export_report(app->draft, format, NULL, path, &written,
				  &err) == ERR_OK)
			tell(app, format, written);
		else
			dialog_tell(app, _("没有导出"), err.text);
	}
	free(written);
	free(path);
}
