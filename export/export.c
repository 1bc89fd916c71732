#include "export/export.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	NAME_LIMIT = 200, /* bytes; most file systems take 255 */
};

static const struct exporter table[] = {
	{ "docx", ".docx", N_("Word 文档（DOCX）"), NULL, docx_write },
	{ "flatopc", ".xml", N_("Word XML 文档（单个文件）"),
	  N_("此文件请用 Microsoft Word 打开；LibreOffice "
	     "会显示源代码。需要通用的文件请导出 DOCX。"),
	  flatopc_write },
	{ "text", ".txt", N_("纯文本（每行 80 格，UTF-8）"), NULL, text_write },
	{ "xml", ".nianbao.xml", N_("报告数据（用 U 盘转交，可再导入）"),
	  N_("对方用 nianbao import 读入；批注、情况说明和审签一并带走。"),
	  xml_write },
};

const struct exporter *exporters(size_t *count)
{
	*count = sizeof table / sizeof *table;
	return table;
}

static enum err_code say_known(const char *name, struct err *err)
{
	struct str known = { 0 };
	enum err_code code;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		str_addf(&known, "%s%s", i ? " " : "", table[i].name);
	code = err_set(err, ERR_INPUT, _("没有 %s 这种导出格式；可用的有：%s"),
		       name, known.s);
	str_free(&known);
	return code;
}

const struct exporter *exporter_find(const char *name, struct err *err)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	say_known(name, err);
	return NULL;
}

/* What Windows and USB sticks do not take in a name becomes _. */
char *export_file_name(const char *title, const char *ending)
{
	struct str name = { 0 };
	size_t len;
	int cells;

	text_one_line(&name, title, strlen(title));
	len = text_fit(name.s ? name.s : "", name.len, NAME_LIMIT, &cells);
	while (len + strlen(ending) > NAME_LIMIT)
		len = text_prev(name.s, name.len, len);
	str_splice(&name, len, name.len - len, "", 0);
	for (size_t i = 0; i < name.len; i++)
		if (strchr("/\\:*?\"<>|", name.s[i]) ||
		    (i == 0 && (name.s[i] == '.' || name.s[i] == '-')))
			name.s[i] = '_';
	if (name.len == 0)
		str_add(&name, "_");
	str_add(&name, ending);
	return str_steal(&name);
}

static enum err_code put(const struct exporter *format,
			 const struct export_job *job, const char *path,
			 struct err *err)
{
	struct str bytes = { 0 };
	enum err_code code = format->write(job, &bytes, err);

	if (code == ERR_OK)
		code = file_write(path, bytes.s, bytes.len, 0644, err);
	str_free(&bytes);
	return code;
}

enum err_code export_report(struct draft *d, const struct exporter *format,
			    const char *path, char **written, struct err *err)
{
	char *mark = document_mark(draft_store(d), draft_row(d)->state);
	struct document *doc = document_new(draft_report(d), mark);
	struct export_job job = { doc, d };
	char *name = path ? xstrdup(path)
			  : export_file_name(doc->title, format->ending);
	enum err_code code = put(format, &job, name, err);

	if (written && code == ERR_OK)
		*written = xstrdup(name);
	free(name);
	document_free(doc);
	free(mark);
	return code;
}

enum err_code export_checklist(const struct form_def *form,
			       const struct exporter *format, const char *path,
			       struct err *err)
{
	struct document *doc;
	struct export_job job = { 0 };
	enum err_code code;
	char *name;

	if (format->write == xml_write)
		return err_set(err, ERR_INPUT,
			       _("检查单没有 %s 格式；请用 docx 或 text"),
			       format->name);
	doc = document_checklist(form, NULL);
	job.document = doc;
	name = path ? xstrdup(path)
		    : export_file_name(doc->title, format->ending);
	code = put(format, &job, name, err);
	free(name);
	document_free(doc);
	return code;
}
