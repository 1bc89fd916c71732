#include "core/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/text.h"
#include "core/tr.h"

#define PRINTED "=printed" /* behind the path of a printed number */

void value_text(struct value v, struct str *out)
{
	char number[NUM_TEXT];

	str_add(out, "");
	if (v.kind == VALUE_NUMBER)
		str_add(out, num_text(v.number, number));
	else if (v.kind == VALUE_NA)
		str_add(out, "/");
	else if (v.kind == VALUE_TEXT)
		str_add(out, v.text);
}

void report_text(const struct report *r, size_t cell, struct str *out)
{
	value_text(report_get(r, cell), out);
}

static bool has_value(const struct report *r, size_t cell)
{
	struct value v = report_get(r, cell);

	if (v.kind == VALUE_TEXT)
		return text_counts(v.text);
	return v.kind != VALUE_BLANK;
}

static bool all_have_values(const struct report *r, const size_t *cells,
			    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!has_value(r, cells[i]))
			return false;
	return true;
}

bool report_answered(const struct report *r, size_t cell)
{
	const struct field_def *field = report_form(r)->cells[cell].field;

	if (has_value(r, cell))
		return true;
	return field && field->may_skip &&
	       all_have_values(r, field->unless, field->unless_count);
}

void report_progress(const struct report *r, const struct section_def *section,
		     int *done, int *need)
{
	const struct form_def *form = report_form(r);

	*done = *need = 0;
	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *cell = &form->cells[i];

		if (!cell->required || (section && cell->section != section))
			continue;
		++*need;
		if (report_answered(r, i))
			++*done;
	}
}

static bool add_text(const char *text, struct str *out)
{
	str_add(out, text);
	return *text != '\0';
}

/* The value of {NAME}, or false when it is blank or not known. */
static bool add_named(const struct report *r, const struct unit *unit,
		      const char *name, struct str *out)
{
	size_t cell;

	if (strcmp(name, "site") == 0)
		return add_text(unit ? unit->site : "", out);
	if (strcmp(name, "unit") == 0)
		return add_text(report_unit(r), out);
	if (strcmp(name, "year") == 0) {
		str_addf(out, "%d", report_year(r));
		return report_year(r) != 0;
	}
	cell = form_cell(report_form(r), name);
	if (unit && strcmp(name, "meta.contact") == 0 &&
	    (cell == FORM_NO_CELL || !has_value(r, cell)))
		return add_text(unit->contact, out);
	if (cell == FORM_NO_CELL || !has_value(r, cell))
		return false;
	report_text(r, cell, out);
	return true;
}

/* Append the pattern with every {NAME} put in; false when one was blank. */
static bool fill_pattern(const struct report *r, const struct unit *unit,
			 const char *pattern, struct str *out)
{
	bool whole = true;

	for (const char *end; *pattern; pattern = end + 1) {
		size_t plain = strcspn(pattern, "{");
		struct str name = { 0 };

		str_addn(out, pattern, plain);
		pattern += plain;
		end = strchr(pattern, '}');
		if (!end) {
			str_add(out, pattern);
			break;
		}
		str_addn(&name, pattern + 1, (size_t)(end - pattern - 1));
		whole = add_named(r, unit, name.s, out) && whole;
		str_free(&name);
	}
	return whole;
}

void report_title(const struct report *r, struct str *out)
{
	size_t cell = form_cell(report_form(r), "meta.title");

	if (cell != FORM_NO_CELL && has_value(r, cell))
		report_text(r, cell, out);
	else
		fill_pattern(r, NULL, report_form(r)->title, out);
}

/* Each piece is looked for behind the one before; one that the clerk wrote
 * otherwise is passed over. */
size_t report_title_breaks(const struct report *r, const char *title,
			   size_t *breaks, size_t room)
{
	const struct form_def *form = report_form(r);
	const char *from = title;
	size_t count = 0;

	for (size_t i = 0; i < form->title_piece_count; i++) {
		struct str piece = { 0 };
		const char *at = NULL;

		if (fill_pattern(r, NULL, form->title_pieces[i], &piece))
			at = strstr(from, piece.s);
		if (at && at > title && count < room)
			breaks[count++] = (size_t)(at - title);
		if (at)
			from = at + piece.len;
		str_free(&piece);
	}
	return count;
}

static void add_lead(const struct report *r, const struct unit *unit,
		     const struct lead_def *lead, struct str *out)
{
	for (size_t i = 0; i < lead->count; i++) {
		size_t before = out->len;

		if (!fill_pattern(r, unit, lead->sentences[i], out))
			str_splice(out, before, out->len - before, "", 0);
	}
}

void report_lead(const struct report *r, const struct unit *unit,
		 struct str *out)
{
	const struct form_def *form = report_form(r);

	for (size_t i = 0; i < form->lead_count; i++) {
		size_t before = out->len;

		if (before > 0)
			str_addc(out, '\n');
		add_lead(r, unit, &form->leads[i], out);
		if (out->len == before + (before > 0))
			str_splice(out, before, out->len - before, "", 0);
	}
}

static bool all_zero(const struct report *r, const size_t *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct value v = report_get(r, cells[i]);

		if (v.kind != VALUE_NUMBER || v.number != 0)
			return false;
	}
	return true;
}

static bool all_positive(const struct report *r, const size_t *cells,
			 size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct value v = report_get(r, cells[i]);

		if (v.kind != VALUE_NUMBER || v.number <= 0)
			return false;
	}
	return true;
}

bool section_says(const struct report *r, const struct section_def *section,
		  const char *word)
{
	for (size_t i = 0; i < section->entry_count; i++) {
		const struct field_def *field = section->entries[i].field;
		struct value v;

		if (!field || field->kind != FIELD_PROSE)
			continue;
		v = report_get(r, field->cell);
		/* the plain search first: normalising a long text is slow */
		if (v.kind == VALUE_TEXT &&
		    (strstr(v.text, word) || text_contains(v.text, word)))
			return true;
	}
	return false;
}

bool report_sentence(const struct report *r, const struct section_def *section,
		     struct str *out)
{
	if (section->sentence_count == 0 ||
	    (section->sentence_silencer &&
	     section_says(r, section, section->sentence_silencer)))
		return false;
	for (size_t i = 0; i < section->sentence_count; i++) {
		const struct sentence_def *s = &section->sentences[i];
		size_t before = out->len;

		if (!all_zero(r, s->zero, s->zero_count) ||
		    !all_positive(r, s->positive, s->positive_count) ||
		    !all_have_values(r, s->needs, s->needs_count))
			continue;
		if (fill_pattern(r, NULL, s->pattern, out))
			return true;
		str_splice(out, before, out->len - before, "", 0);
	}
	return false;
}

static void dump_line(struct str *out, const char *path, const char *mark,
		      struct value v)
{
	struct str text = { 0 };

	value_text(v, &text);
	str_addf(out, "%s%s\t", path, mark);
	str_escape(out, text.s);
	str_addc(out, '\n');
	str_free(&text);
}

void report_dump(const struct report *r, struct str *out)
{
	const struct form_def *form = report_form(r);

	str_add(out, "");
	for (size_t i = 0; i < form->cell_count; i++) {
		struct value v = report_get(r, i);

		if (v.kind != VALUE_BLANK && !cell_computed(&form->cells[i]))
			dump_line(out, form->cells[i].path, "", v);
	}
	for (size_t i = 0; i < form->cell_count; i++) {
		struct value v = report_printed(r, i);

		if (v.kind != VALUE_BLANK)
			dump_line(out, form->cells[i].path, PRINTED, v);
	}
}

const char *report_digest(const struct report *r, char *hex)
{
	struct str dump = { 0 };

	report_dump(r, &dump);
	digest_sha256(dump.s, dump.len, hex);
	str_free(&dump);
	return hex;
}

static enum err_code undump_value(struct report *r, size_t cell, bool printed,
				  const char *text, struct err *err)
{
	struct value v = { 0 };
	enum err_code code = report_read(report_form(r), cell, text, &v, err);

	if (code)
		return code;
	return printed ? report_set_printed(r, cell, v, err)
		       : report_set(r, cell, v, err);
}

/* One line PATH TAB VALUE; `path` and `value` are room to work in. */
static enum err_code undump_line(struct report *r, const char *line, size_t len,
				 struct str *path, struct str *value,
				 struct err *err)
{
	const char *tab = memchr(line, '\t', len);
	size_t mark = sizeof PRINTED - 1, cell;
	bool printed;

	if (!tab)
		return err_set(err, ERR_INPUT,
			       _("报告数据里有一行没有制表符，读不出来"));
	str_clear(path);
	str_addn(path, line, (size_t)(tab - line));
	printed = path->len > mark &&
		  strcmp(path->s + path->len - mark, PRINTED) == 0;
	if (printed)
		str_splice(path, path->len - mark, mark, "", 0);
	cell = form_cell(report_form(r), path->s);
	if (cell == FORM_NO_CELL)
		return err_set(err, ERR_INPUT,
			       _("报告数据里的“%s”不在报表“%s”中"), path->s,
			       report_form(r)->id);
	if (!str_unescape(value, tab + 1,
			  len - path->len - 1 - (printed ? mark : 0)))
		return err_set(err, ERR_INPUT,
			       _("报告数据里“%s”的反斜线写法不对"), path->s);
	return undump_value(r, cell, printed, value->s, err);
}

enum err_code report_undump(struct report *r, const char *lines,
			    struct err *err)
{
	struct str path = { 0 }, value = { 0 };
	enum err_code code = ERR_OK;

	for (size_t len; *lines && !code; lines += len + (lines[len] == '\n')) {
		len = strcspn(lines, "\n");
		if (len > 0)
			code = undump_line(r, lines, len, &path, &value, err);
	}
	str_free(&path);
	str_free(&value);
	return code;
}
