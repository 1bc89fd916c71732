/* Alt-I: a report from the file that another machine exported. */
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/tr.h"
#include "import/import.h"
#include "import/incoming.h"
#include "tui/app.h"
#include "tui/dialog.h"

/* Lines of cells: what else is said begins with a mark. */
static size_t count_cells(const struct str *said)
{
	size_t n = 0;

	for (size_t i = 0; i < said->len; i++)
		n += (i == 0 || said->s[i - 1] == '\n') && said->s[i] >= 'a' &&
		     said->s[i] <= 'z';
	return n;
}

/* Whose, of which year, in which state where it was exported; NULL: it cannot be
 * read. */
static char *subject_of(const char *path)
{
	enum {
		MOST = 64 << 20
	};
	struct incoming in = { 0 };
	struct str bytes = { 0 };
	char *text = NULL;

	if (file_read(path, MOST, &bytes, NULL) == ERR_OK &&
	    incoming_read_xml(&in, bytes.s, bytes.len, path, NULL) == ERR_OK)
		text = str_printf(_("“%s”%d 年的报告（导出时：%s）"),
				  in.unit.name, in.year,
				  state_label(in.row.state));
	incoming_free(&in);
	str_free(&bytes);
	return text;
}

/* What will happen, with the report that is there already by its name. */
static char *question(struct app *app, const struct import_job *job,
		      const char *path, size_t cells)
{
	struct report_row row = { 0 };
	char *text, *subject;

	if (!job->into || store_report_row(app->store, job->into, &row, NULL)) {
		subject = subject_of(path);
		text = str_printf(_("将从 %s 导入一份新报告：%s，读出 %zu 格；"
				    "本机已有的报告都不动。"),
				  path, subject ? subject : "", cells);
		free(subject);
		return text;
	}
	text = str_printf(_("本机已有“%s”%d 年的报告（%s）。要把 %s 里的 %zu 格"
			    "写进这份报告吗？不同的格以文件为准，改动记录里"
			    "都有，Ctrl-Z 可以撤销。"),
			  row.unit, row.year, state_label(row.state), path,
			  cells);
	report_row_free(&row);
	return text;
}

/* Say what the file holds before anything is made. */
static bool confirm(struct app *app, const struct import_job *job,
		    const char *path)
{
	const char *buttons[] = { job->into ? _("写进这份报告") : _("导入"),
				  _("不导入") };
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
		text = question(app, job, path, count_cells(&said));
		yes = dialog_ask(app, _("导入"), text, buttons, 2,
				 job->into ? 1 : 0) == 0;
		free(text);
	}
	str_free(&said);
	return yes;
}

/* A report that may not be changed is not asked about. */
static bool may_take(struct app *app, int64_t id)
{
	struct report_row row = { 0 };
	struct err err = { 0 };
	bool may = true;

	if (id && store_report_row(app->store, id, &row, NULL) == ERR_OK)
		may = review_may(store_actor(app->store), row.state, DEED_EDIT,
				 &err);
	if (!may)
		dialog_tell(app, _("没有导入"), err.text);
	report_row_free(&row);
	return may;
}

/* The report that was made or changed, or 0. */
static int64_t bring(struct app *app, const char *path)
{
	struct import_job job = { .store = app->store, .forms = app->forms };
	struct str said = { 0 };
	struct err err = { 0 };
	int64_t id = 0;

	job.into = import_known(&job, path);
	if (!may_take(app, job.into) || !confirm(app, &job, path))
		return 0;
	if (import_file(&job, path, &said, &id, &err) != ERR_OK) {
		dialog_tell(app, _("没有导入"), err.text);
		id = 0;
	} else if (job.into) {
		app_say(app, _("已写进 %lld 号报告。"), (long long)id);
	} else {
		app_say(app, _("已导入为 %lld 号报告。"), (long long)id);
	}
	str_free(&said);
	return id;
}

int64_t screen_import(struct app *app)
{
	char *path = xstrdup("");
	int64_t id = 0;

	if (dialog_text(
		    app, _("导入"),
		    _("导出的 xml 文件（nianbao 的交换文件），可以带路径："), 1,
		    &path) &&
	    *path)
		id = bring(app, path);
	free(path);
	return id;
}
