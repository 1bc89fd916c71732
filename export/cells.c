/* Every cell for other programs: csv and json.  Numbers are written out, never
 * as a binary fraction; blank, 0 and 不适用 stay apart. */
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/json.h"
#include "export/export.h"

static const char *kind_word(struct value v)
{
	static const char *const words[] = {
		[VALUE_BLANK] = "blank",
		[VALUE_NA] = "na",
		[VALUE_NUMBER] = "number",
		[VALUE_TEXT] = "text",
	};

	return words[v.kind];
}

/* RFC 4180: quoted where it must be. */
static void add_csv(struct str *out, const char *text)
{
	if (!text[strcspn(text, ",\"\n")]) {
		str_add(out, text);
		return;
	}
	str_addc(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			str_addc(out, '"');
		str_addc(out, *text);
	}
	str_addc(out, '"');
}

/* A text that a spreadsheet would take for a formula gets the mark of a text. */
static void add_csv_text(struct str *out, const char *text)
{
	char *marked = *text && strchr("=+-@\t", *text)
			       ? str_printf("'%s", text)
			       : NULL;

	add_csv(out, marked ? marked : text);
	free(marked);
}

enum err_code csv_write(const struct export_job *job, struct str *out,
			struct err *err)
{
	const struct report *r = draft_report(job->draft);
	const struct form_def *form = report_form(r);

	(void)err;
	/* the mark of UTF-8: without it Excel takes it for GBK */
	str_add(out, "\xef\xbb\xbfpath,section,label,kind,value\r\n");
	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *cell = &form->cells[i];
		struct str value = { 0 };

		report_text(r, i, &value);
		str_addf(out, "%s,", cell->path);
		add_csv(out, cell->section->title);
		str_addc(out, ',');
		add_csv(out, cell->say);
		str_addf(out, ",%s,", kind_word(report_get(r, i)));
		if (report_get(r, i).kind == VALUE_TEXT)
			add_csv_text(out, value.s);
		else
			add_csv(out, value.s);
		str_add(out, "\r\n");
		str_free(&value);
	}
	return ERR_OK;
}

static void add_pair(struct str *out, const char *name, const char *text)
{
	str_addf(out, "\"%s\": ", name);
	json_add_string(out, text);
}

static void add_cell(const struct report *r, size_t i, struct str *out)
{
	const struct cell_def *cell = &report_form(r)->cells[i];
	struct value v = report_get(r, i);
	struct str value = { 0 };

	str_add(out, "    {");
	add_pair(out, "path", cell->path);
	str_add(out, ", ");
	add_pair(out, "label", cell->say);
	str_add(out, ", ");
	add_pair(out, "kind", kind_word(v));
	str_add(out, ", ");
	value_text(v, &value);
	add_pair(out, "value", value.s);
	str_addc(out, '}');
	str_free(&value);
}

enum err_code json_write(const struct export_job *job, struct str *out,
			 struct err *err)
{
	const struct report *r = draft_report(job->draft);
	const struct form_def *form = report_form(r);
	char hex[DIGEST_TEXT];

	(void)err;
	str_add(out, "{\n  ");
	add_pair(out, "unit", report_unit(r));
	str_addf(out, ",\n  \"year\": %d,\n  ", report_year(r));
	add_pair(out, "form", form->id);
	str_add(out, ",\n  ");
	add_pair(out, "state", state_word(draft_row(job->draft)->state));
	str_add(out, ",\n  ");
	add_pair(out, "digest", report_digest(r, hex));
	str_add(out, ",\n  \"cells\": [\n");
	for (size_t i = 0; i < form->cell_count; i++) {
		add_cell(r, i, out);
		str_add(out, i + 1 < form->cell_count ? ",\n" : "\n");
	}
	str_add(out, "  ]\n}\n");
	return ERR_OK;
}
