/* Alt-I: a report from the file that another machine exported. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"
#include "import/import.h"
#include "tui/app.h"
#include "tui/dialog.h"

static size_t count_lines(const struct str *said)
{
	size_t n = 0;

	for (size_t i = 0; i < said->len; i++)
		n += said->s[i] == '\n';
	return n;
}

/* Say what the file holds before anything is made. */
static bool confirm(struct app *app, const struct import_job *job,
		    const char *path)
{
	const char *buttons[] = { _("导入"), _("不导入") };
	struct import_job trial = *job;
	struct str said = { 0 };
	struct err err = { 0 };
	char *text;
	int64_t id;
	bool yes = false;

	trial.dry_run = true;
	if (import_file(&trial, path, &said, &id, &err) != ERR_OK) {
		dialog_tell(app, _("没有导入"), err.text);
	} else {
		text = str_printf(_("将从 %s 导入一份新报告，读出 %zu 格；"
				    "本机已有的报告都不动。"),
				  path, count_lines(&said));
		yes = dialog_ask(app, _("导入"), text, buttons, 2, 0) == 0;
		free(text);
	}
	str_free(&said);
	return yes;
}

void screen_import(struct app *app)
{
	const struct import_job job = { .store = app->store,
					.forms = app->forms };
	struct str said = { 0 };
	struct err err = { 0 };
	char *path = xstrdup("");
	int64_t id;

	if (dialog_text(
		    app, _("导入"),
		    _("导出的 xml 文件（nianbao 的交换文件），可以带路径："), 1,
		    &path) &&
	    *path && confirm(app, &job, path)) {
		if (import_file(&job, path, &said, &id, &err) == ERR_OK)
			app_say(app, _("已导入为 %lld 号报告。"),
				(long long)id);
		else
			dialog_tell(app, _("没有导入"), err.text);
	}
	str_free(&said);
	free(path);
}
