#include "export/export.h"

#include <stdlib.h>
#include <string.h>

#include "core/charset.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/tr.h"
#include "export/letter.h"
#include "export/sheet.h"

enum {
	NAME_LIMIT = 200, /* bytes; most file systems take 255 */
};

static const struct exporter table[] = {
	{ "docx", ".docx", N_("Word 文档（DOCX）"), NULL, docx_write, false,
	  NULL },
	{ "flatopc", ".xml", N_("Word XML 文档（单个文件）"),
	  N_("此文件请用 Microsoft Word 打开；LibreOffice "
	     "会显示源代码。需要通用的文件请导出 DOCX。"),
	  flatopc_write, false, NULL },
	{ "text", ".txt", N_("纯文本"), NULL, text_write, false, NULL },
	{ "pdf", ".pdf", N_("PDF（要装 LibreOffice）"), NULL, pdf_write, false,
	  NULL },
	{ "html", ".html", N_("网页（HTML）"), NULL, html_write, false, NULL },
#ifdef HAVE_XLSX
	{ "xlsx", ".xlsx", N_("Excel 表格（XLSX）"), NULL, xlsx_write, true,
	  NULL },
#endif
	{ "entry", ".entry.txt", N_("填报底稿（照着录入上级平台）"), NULL,
	  entry_write, true, "entry-html" },
	{ "entry-html", ".entry.html", N_("填报底稿网页（可在屏上打勾）"), NULL,
	  entry_page_write, true, NULL },
	{ "tsv", ".tsv", N_("一张表的数，供粘贴"), NULL, tsv_write, true,
	  NULL },
	{ "csv", ".csv", N_("全部栏目（CSV）"), NULL, csv_write, true, NULL },
	{ "json", ".json", N_("全部栏目（JSON）"), NULL, json_write, true,
	  NULL },
	{ "xml", ".nianbao.xml", N_("报告数据（用 U 盘转交，可再导入）"),
	  N_("对方用 nianbao import 读入；批注、情况说明和审签一并带走。"),
	  xml_write, true, NULL },
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
	if (strcmp(name, "xlsx") == 0)
		err_set(err, ERR_INPUT,
			_("这个程序编译时没有 libxlsxwriter，不能导出 xlsx；"
			  "请装上后重新编译，或者改用别的格式"));
	else
		say_known(name, err);
	return NULL;
}

const struct exporter *exporter_for(const struct exporter *format,
				    const char *path)
{
	static const char *const endings[] = { ".html", ".htm" };
	size_t len = path ? strlen(path) : 0;

	for (size_t i = 0; format->page && i < 2; i++) {
		size_t n = strlen(endings[i]);

		if (len >= n && strcasecmp(path + len - n, endings[i]) == 0)
			return exporter_find(format->page, NULL);
	}
	return format;
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
		code = file_write(path, bytes.s ? bytes.s : "", bytes.len, 0644,
				  err);
	str_free(&bytes);
	return code;
}

/* ---- as the office wants it ---- */

/* The first that is said: in this export, with the unit, on this machine. */
static char *wish(const struct draft *d, const char *said, const char *units,
		  const char *key)
{
	if (said && *said)
		return xstrdup(said);
	return units && *units ? xstrdup(units)
			       : setting_get(draft_store(d), key);
}

static const struct {
	const char *word;
	enum document_signature place;
} places[] = {
	{ "", SIGNATURE_DATE },
	{ "date", SIGNATURE_DATE },
	{ "end", SIGNATURE_END },
	{ "title", SIGNATURE_TITLE },
};

static enum err_code read_place(const char *word, enum document_signature *out,
				struct err *err)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (strcmp(places[i].word, word) == 0) {
			*out = places[i].place;
			return ERR_OK;
		}
	return err_set(err, ERR_INPUT,
		       _("署名和日期没有“%s”这种放法；可用 date（只印日期）、"
			 "end（文末）、title（标题下）"),
		       word);
}

static enum err_code read_yes(const char *word, bool *out, struct err *err)
{
	*out = strcmp(word, "yes") == 0;
	if (*out || !*word || strcmp(word, "no") == 0)
		return ERR_OK;
	return err_set(err, ERR_INPUT, _("“%s”看不懂；可用 yes 或 no"), word);
}

struct document *export_document(struct draft *d,
				 const struct export_options *options,
				 struct err *err)
{
	const struct unit *unit = draft_unit(d);
	char *mark = document_mark(draft_store(d), draft_row(d)->state);
	char *place = wish(d, options->signature, unit ? unit->signature : NULL,
			   "signature");
	char *lead = wish(d, options->lead, unit ? unit->lead : NULL, "lead");
	struct document_options o = { .mark = mark,
				      .last = draft_last(d),
				      .unit = unit,
				      .open = options->open };
	struct document *doc = NULL;

	if (read_place(place, &o.signature, err) == ERR_OK &&
	    read_yes(lead, &o.lead, err) == ERR_OK)
		doc = document_new(draft_report(d), &o);
	free(lead);
	free(place);
	free(mark);
	return doc;
}

static const struct layout *find_layout(const struct draft *d,
					const struct export_options *options,
					struct err *err)
{
	const struct unit *unit = draft_unit(d);
	char *name =
		wish(d, options->layout, unit ? unit->layout : NULL, "layout");
	const struct layout *layout = layout_find(name, err);

	free(name);
	return layout;
}

static enum err_code find_fonts(const struct draft *d,
				const struct export_options *options,
				struct fonts *out, struct err *err)
{
	const struct unit *unit = draft_unit(d);
	char *text =
		wish(d, options->fonts, unit ? unit->fonts : NULL, "fonts");
	enum err_code code = fonts_read(text, out, err);

	free(text);
	return code;
}

/* What is said to the formats that are not named here is a mistake. */
static enum err_code suits(const struct exporter *format,
			   const struct export_options *o, struct err *err)
{
	static const char printed[] = "docx flatopc text pdf html";
	const struct {
		bool said;
		const char *option, *formats;
	} rows[] = {
		{ o->layout != NULL, "--layout", "docx flatopc pdf" },
		{ o->fonts != NULL, "--fonts", "docx flatopc pdf html" },
		{ o->signature != NULL, "--signature", printed },
		{ o->lead != NULL, "--lead", printed },
		{ o->columns > 0, "--columns", "text entry" },
		{ o->encoding != NULL, "--encoding", "text entry" },
		{ o->tabs, "--tsv", "text entry" },
		{ o->fragment, "--fragment", "html" },
		{ o->blank, "--blank", "xlsx" },
		{ o->table != NULL, "--table", "tsv" },
		{ o->sheet, "--sheet", printed },
		{ o->sheet_only, "--sheet-only", printed },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].said && !form_lists(rows[i].formats, format->name))
			return err_set(err, ERR_INPUT,
				       _("%s 不用于 %s 格式；只用于 %s"),
				       rows[i].option, format->name,
				       rows[i].formats);
	return ERR_OK;
}

enum err_code export_check(const struct exporter *format,
			   const struct export_options *options,
			   struct err *err)
{
	const char *words[] = { options->layout, options->fonts,
				options->signature, options->lead };
	enum document_signature place;
	struct fonts fonts = { 0 };
	struct str nothing = { 0 };
	enum err_code code = suits(format, options, err);
	bool yes;

	for (size_t i = 0; i < 4; i++)
		words[i] = words[i] ? words[i] : "";
	if (!code && !layout_find(words[0], err))
		code = ERR_INPUT;
	if (!code)
		code = fonts_read(words[1], &fonts, err);
	if (!code)
		code = read_place(words[2], &place, err);
	if (!code)
		code = read_yes(words[3], &yes, err);
	if (!code && options->encoding)
		code = charset_from_utf8("", 0, options->encoding, &nothing,
					 err);
	fonts_free(&fonts);
	str_free(&nothing);
	return code;
}

static enum err_code write_report(const struct exporter *format,
				  struct export_job *job, const char *path,
				  char **written, struct err *err)
{
	char *name =
		path ? xstrdup(path)
		     : export_file_name(job->document->title, format->ending);
	enum err_code code = put(format, job, name, err);

	if (written && code == ERR_OK)
		*written = xstrdup(name);
	free(name);
	return code;
}

enum err_code export_report(struct draft *d, const struct exporter *format,
			    const struct export_options *options,
			    const char *path, char **written, struct err *err)
{
	static const struct export_options none;
	struct fonts fonts = { 0 };
	struct document *doc = NULL;
	struct export_job job = { .draft = d,
				  .options = options ? options : &none,
				  .fonts = &fonts };
	enum err_code code;

	code = export_check(format, job.options, err);
	if (!code && !(job.layout = find_layout(d, job.options, err)))
		code = ERR_INPUT;
	if (!code)
		code = find_fonts(d, job.options, &fonts, err);
	if (code == ERR_OK) {
		doc = export_document(d, job.options, err);
		code = doc ? ERR_OK : ERR_INPUT;
	}
	if (code == ERR_OK && (job.options->sheet || job.options->sheet_only))
		sheet_add(doc, d, job.options->sheet_only);
	job.document = doc;
	if (code == ERR_OK)
		code = write_report(format, &job, path, written, err);
	document_free(doc);
	fonts_free(&fonts);
	return code;
}

/* The formats of words, not of figures. */
static bool takes_letter(const struct exporter *format)
{
	static const char *const names[] = { "docx", "flatopc", "text", "html",
					     "pdf" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(format->name, names[i]) == 0)
			return true;
	return false;
}

enum err_code export_letter(struct draft *d, const struct exporter *format,
			    const char *deadline, const char *path,
			    char **written, struct err *err)
{
	static const struct export_options none;
	struct fonts fonts = { 0 };
	struct document *doc;
	struct export_job job = { .draft = d,
				  .options = &none,
				  .fonts = &fonts };
	enum err_code code;

	if (!takes_letter(format))
		return err_set(err, ERR_INPUT,
			       _("审核意见反馈单没有 %s 格式；可用 docx text "
				 "html"),
			       format->name);
	job.layout = find_layout(d, &none, err);
	code = job.layout ? find_fonts(d, &none, &fonts, err) : ERR_INPUT;
	if (code)
		return code;
	doc = letter_new(d, deadline);
	job.document = doc;
	code = write_report(format, &job, path, written, err);
	document_free(doc);
	fonts_free(&fonts);
	return code;
}

void export_manner(const struct draft *d, struct export_manner *out)
{
	const struct unit *u = draft_unit(d);

	*out = (struct export_manner){
		.layout = wish(d, NULL, u ? u->layout : NULL, "layout"),
		.fonts = wish(d, NULL, u ? u->fonts : NULL, "fonts"),
		.signature =
			wish(d, NULL, u ? u->signature : NULL, "signature"),
		.lead = wish(d, NULL, u ? u->lead : NULL, "lead"),
	};
}

void export_manner_free(struct export_manner *m)
{
	free(m->layout);
	free(m->fonts);
	free(m->signature);
	free(m->lead);
	*m = (struct export_manner){ 0 };
}

static void take(char **to, const char *said)
{
	if (!said)
		return;
	free(*to);
	*to = xstrdup(said);
}

enum err_code export_remember(struct draft *d,
			      const struct export_options *options,
			      struct err *err)
{
	struct unit *unit =
		store_unit_load(draft_store(d), draft_row(d)->unit_id);
	enum err_code code;

	if (!unit)
		return ERR_OK;
	take(&unit->layout, options->layout);
	take(&unit->fonts, options->fonts);
	take(&unit->signature, options->signature);
	take(&unit->lead, options->lead);
	code = store_unit_save(draft_store(d), unit, err);
	unit_free(unit);
	return code;
}

enum err_code export_checklist(const struct form_def *form,
			       const struct exporter *format, const char *path,
			       struct err *err)
{
	static const struct export_options none;
	struct fonts fonts = { 0 };
	struct export_job job = { .options = &none,
				  .layout = layouts(),
				  .fonts = &fonts };
	struct document *doc;
	enum err_code code;

	if (format->needs_report)
		return err_set(
			err, ERR_INPUT,
			_("检查单没有 %s 格式；可用 text docx flatopc html"),
			format->name);
	code = fonts_read("", &fonts, err);
	doc = document_checklist(form, NULL);
	job.document = doc;
	if (code == ERR_OK)
		code = write_report(format, &job, path, NULL, err);
	document_free(doc);
	fonts_free(&fonts);
	return code;
}
