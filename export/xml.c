#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/xml.h"
#include "export/export.h"

/* The exchange format of forms/report.rng: the report's data, not its looks.
 * What import/xml.c reads back is all that stands here. */

/* A reader takes the newlines and tabs of an attribute for blanks. */
static void attr(struct str *out, const char *name, const char *value)
{
	str_addf(out, " %s=\"", name);
	for (size_t n; *value; value += n) {
		n = strcspn(value, "\n\t");
		xml_escape(out, value, n);
		if (value[n])
			str_addf(out, "&#%d;", value[n++]);
	}
	str_addc(out, '"');
}

/* Left out when there is nothing to say. */
static void some_attr(struct str *out, const char *name, const char *value)
{
	if (value && *value)
		attr(out, name, value);
}

static void element(struct str *out, const char *indent, const char *name,
		    const char *text)
{
	if (!text || !*text)
		return;
	str_addf(out, "%s<%s>", indent, name);
	xml_escape(out, text, strlen(text));
	str_addf(out, "</%s>\n", name);
}

static void add_root(struct draft *d, struct str *out)
{
	const struct report_row *row = draft_row(d);
	char hex[DIGEST_TEXT];

	str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		     "<annual-report exchange=\"1\"");
	attr(out, "form", draft_form(d)->id);
	str_addf(out, " year=\"%d\"", report_year(draft_report(d)));
	some_attr(out, "period", row->period);
	attr(out, "state", state_word(row->state));
	str_addf(out, " version=\"%d\"", row->version);
	attr(out, "digest", report_digest(draft_report(d), hex));
	if (store_is_demo(draft_store(d)))
		attr(out, "demo", "yes");
	str_add(out, ">\n");
}

static void add_unit(const struct unit *u, struct str *out)
{
	str_add(out, "<unit");
	attr(out, "name", u->name);
	attr(out, "kind", unit_kind_word(u->kind));
	if (u->kind_set)
		attr(out, "kind_set", "yes");
#define UNIT_ATTR(member, key, label) some_attr(out, key, u->member);
	UNIT_TEXT_LIST(UNIT_ATTR)
#undef UNIT_ATTR
	str_add(out, "/>\n");
}

static void add_course(const struct report_row *row, struct str *out)
{
	str_add(out, "<course");
	some_attr(out, "submitted_at", row->submitted_at);
	some_attr(out, "returned_at", row->returned_at);
	some_attr(out, "return_reason", row->return_reason);
	some_attr(out, "published_on", row->published_on);
	some_attr(out, "published_url", row->published_url);
	some_attr(out, "index_no", row->index_no);
	some_attr(out, "doc_no", row->doc_no);
	str_add(out, "/>\n");
}

/* ---- cells ---- */

static const char *const kinds[] = {
	[VALUE_BLANK] = " kind=\"blank\"",
	[VALUE_NA] = " na=\"yes\"",
	[VALUE_NUMBER] = " kind=\"number\"",
	[VALUE_TEXT] = " kind=\"text\"",
};

static void add_cell(const struct report *r, size_t cell, struct str *scratch,
		     struct str *out)
{
	const struct cell_def *def = &report_form(r)->cells[cell];
	struct value v = report_get(r, cell), printed = report_printed(r, cell);

	str_add(out, "<cell");
	attr(out, "path", def->path);
	str_add(out, kinds[v.kind]);
	if (def->part_count > 0)
		str_add(out, " sum=\"yes\"");
	if (printed.kind != VALUE_BLANK) {
		str_clear(scratch);
		value_text(printed, scratch);
		attr(out, "printed", scratch->s);
	}
	if (v.kind == VALUE_BLANK || v.kind == VALUE_NA) {
		str_add(out, "/>\n");
		return;
	}
	str_addc(out, '>');
	str_clear(scratch);
	value_text(v, scratch);
	xml_escape(out, scratch->s, scratch->len);
	str_add(out, "</cell>\n");
}

static void add_cells(const struct report *r, struct str *out)
{
	const struct form_def *form = report_form(r);
	struct str scratch = { 0 };

	str_add(out, "<cells>\n");
	for (size_t i = 0; i < form->cell_count; i++)
		if (!form->cells[i].derived)
			add_cell(r, i, &scratch, out);
	str_add(out, "</cells>\n");
	str_free(&scratch);
}

/* Figures of last year that were given when it was not in the store. */
static enum err_code add_openings(struct draft *d, struct str *out,
				  struct err *err)
{
	struct stored_cell *list = NULL;
	size_t count = 0;
	enum err_code code = store_openings(draft_store(d), draft_row(d)->id,
					    &list, &count, err);

	if (count > 0)
		str_add(out, "<openings>\n");
	for (size_t i = 0; i < count; i++) {
		str_add(out, "<opening");
		attr(out, "path", list[i].path);
		str_addc(out, '>');
		xml_escape(out, list[i].text, strlen(list[i].text));
		str_add(out, "</opening>\n");
	}
	if (count > 0)
		str_add(out, "</openings>\n");
	store_cells_free(list, count);
	return code;
}

/* ---- what was said about it ---- */

static void add_comment(const struct comment *c, struct str *out)
{
	str_add(out, "<comment");
	attr(out, "path", c->path);
	some_attr(out, "author", c->author);
	some_attr(out, "moment", c->moment);
	if (c->on_return)
		attr(out, "on_return", "yes");
	some_attr(out, "answered_by", c->answered_by);
	some_attr(out, "answered_at", c->answered_at);
	some_attr(out, "resolved_by", c->resolved_by);
	some_attr(out, "resolved_at", c->resolved_at);
	str_add(out, ">\n");
	element(out, " ", "text", c->text);
	element(out, " ", "answer", c->answer);
	str_add(out, "</comment>\n");
}

static void add_explanation(const struct explanation *e, struct str *out)
{
	str_add(out, "<explanation");
	attr(out, "rule", e->rule);
	attr(out, "path", e->path);
	some_attr(out, "author", e->author);
	some_attr(out, "moment", e->moment);
	str_add(out, ">\n");
	element(out, " ", "facts", e->facts);
	element(out, " ", "text", e->text);
	str_add(out, "</explanation>\n");
}

static void add_signoff(const struct signoff *s, struct str *out)
{
	str_add(out, "<signoff");
	attr(out, "step", s->step);
	attr(out, "name", s->name);
	some_attr(out, "result", s->result);
	some_attr(out, "moment", s->moment);
	some_attr(out, "recorded_by", s->recorded_by);
	attr(out, "digest", s->digest);
	if (s->paper)
		attr(out, "paper", "yes");
	str_add(out, ">\n");
	element(out, " ", "opinion", s->opinion);
	str_add(out, "</signoff>\n");
}

static void add_ticks(struct draft *d, const struct section_def *section,
		      struct str *out)
{
	for (size_t i = 0; i < section->item_count; i++) {
		const char *item = section->items[i].id;

		if (!store_ticked(draft_store(d), draft_row(d)->id, item))
			continue;
		str_add(out, "<tick");
		attr(out, "item", item);
		str_add(out, "/>\n");
	}
}

static void add_talk(struct draft *d, struct str *out)
{
	size_t count;
	const struct comment *comments = draft_comments(d, &count);
	const struct explanation *explanations;
	const struct signoff *signoffs;

	for (size_t i = 0; i < count; i++)
		add_comment(&comments[i], out);
	explanations = draft_explanations(d, &count);
	for (size_t i = 0; i < count; i++)
		add_explanation(&explanations[i], out);
	signoffs = draft_signoffs(d, &count);
	for (size_t i = 0; i < count; i++)
		add_signoff(&signoffs[i], out);
	for (size_t i = 0; i < draft_form(d)->section_count; i++)
		add_ticks(d, &draft_form(d)->sections[i], out);
}

enum err_code xml_write(const struct export_job *job, struct str *out,
			struct err *err)
{
	struct draft *d = job->draft;
	enum err_code code;

	add_root(d, out);
	add_unit(draft_unit(d), out);
	add_course(draft_row(d), out);
	add_cells(draft_report(d), out);
	code = add_openings(d, out, err);
	add_talk(d, out);
	str_add(out, "</annual-report>\n");
	return code;
}
