/* Alt-E: format, manner, file, what was there, what to do with it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/tr.h"
#include "export/export.h"
#include "tui/app.h"
#include "tui/dialog.h"
#include "tui/manner.h"

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

	text = str_printf(_("已导出到 %s。%s%s"), full ? full : written,
			  format->advice ? "\n" : "",
			  format->advice ? _(format->advice) : "");
	dialog_tell(app, _("导出"), text);
	free(text);
	free(full);
}

/* Another program is at work, for a second or more. */
static void say_wait(struct app *app, const struct exporter *format)
{
	if (strcmp(format->name, "pdf") != 0)
		return;
	app_say(app, _("正在由 LibreOffice 转成 PDF，请稍等…"));
	app_draw(app);
	app->message[0] = '\0';
}

static enum err_code remember(struct app *app, const struct manner *m,
			      struct err *err)
{
	enum err_code code = ERR_OK;

	if (m->remembered)
		code = export_remember(app->draft, &m->options, err);
	if (m->remembered && !code)
		code = draft_refresh(app->draft, err);
	return code;
}

static void write_file(struct app *app, const struct manner *m,
		       const char *path)
{
	const struct exporter *format = exporter_for(m->format, path);
	char *written = NULL;
	struct err err = { 0 };

	say_wait(app, format);
	if (export_report(app->draft, format, &m->options, path, &written,
			  &err) != ERR_OK)
		dialog_tell(app, _("没有导出"), err.text);
	else if (remember(app, m, &err) != ERR_OK)
		dialog_tell(app, _("导出了，但没有记住版式"), err.text);
	else
		tell(app, format, written);
	free(written);
}

void screen_export(struct app *app)
{
	struct manner m = { 0 };
	char *path = NULL;

	if (manner_format(app, &m) && manner_choices(app, &m))
		path = ask_path(app, m.format);
	if (path && may_write(app, path))
		write_file(app, &m, path);
	free(path);
	manner_free(&m);
}
