#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/schema.h"
#include "core/tr.h"
#include "core/xml.h"
#include "forms/form.h"
#include "import/incoming.h"

/* What export/xml.c writes.  The schema has been asked first: what it demands
 * is there, but what is optional may be missing. */

struct reader {
	struct xml *xml;
	struct incoming *in;
};

static char *attr(const struct reader *r, const struct xml_node *n,
		  const char *name)
{
	const char *value = xml_attr(n, name);

	return incoming_keep(r->in, value ? value : "", true);
}

static bool yes(const struct xml_node *n, const char *name)
{
	return xml_attr(n, name) != NULL;
}

/* The text of the child element, "" if there is none. */
static char *child_text(const struct reader *r, const struct xml_node *n,
			const char *name)
{
	const struct xml_node *c = xml_find(n, name);

	return incoming_keep(r->in, c ? xml_text(r->xml, c) : "", false);
}

static void read_unit(const struct reader *r, const struct xml_node *n)
{
	struct unit *u = &r->in->unit;

	u->name = attr(r, n, "name");
	u->kind_set = yes(n, "kind_set") &&
		      unit_kind_parse(xml_attr(n, "kind"), &u->kind);
	if (!u->kind_set)
		u->kind = unit_kind_of_name(u->name);
#define UNIT_READ(member, key, label) u->member = attr(r, n, key);
	UNIT_TEXT_LIST(UNIT_READ)
#undef UNIT_READ
}

static void read_course(const struct reader *r, const struct xml_node *n)
{
	struct report_row *row = &r->in->row;

	row->submitted_at = attr(r, n, "submitted_at");
	row->returned_at = attr(r, n, "returned_at");
	row->return_reason = incoming_keep(
		r->in,
		xml_attr(n, "return_reason") ? xml_attr(n, "return_reason")
					     : "",
		false);
	row->published_on = attr(r, n, "published_on");
	row->published_url = attr(r, n, "published_url");
	row->index_no = attr(r, n, "index_no");
	row->doc_no = attr(r, n, "doc_no");
}

static size_t count_children(const struct xml_node *n, const char *name)
{
	size_t count = 0;

	for (n = xml_child(n); n; n = xml_next(n))
		count += xml_is(n, name);
	return count;
}

static struct incoming_cell read_cell(const struct reader *r,
				      const struct xml_node *n)
{
	const char *text = xml_text(r->xml, n);

	return (struct incoming_cell){
		.path = attr(r, n, "path"),
		.text = yes(n, "na") ? "/" : incoming_keep(r->in, text, false),
		.printed = yes(n, "printed") ? attr(r, n, "printed") : NULL,
		.na = yes(n, "na"),
		.sum = yes(n, "sum"),
		.line = xml_line(n),
	};
}

static struct incoming_cell *read_cells(const struct reader *r,
					const struct xml_node *n, size_t *count)
{
	const struct xml_node *c = xml_child(n);
	struct incoming_cell *cells;

	for (*count = 0; c; c = xml_next(c))
		++*count;
	cells = xcalloc(*count + 1, sizeof *cells);
	*count = 0;
	for (c = xml_child(n); c; c = xml_next(c))
		cells[(*count)++] = read_cell(r, c);
	return cells;
}

static void read_comment(const struct reader *r, const struct xml_node *n)
{
	r->in->comments[r->in->comment_count++] = (struct comment){
		.path = attr(r, n, "path"),
		.author = attr(r, n, "author"),
		.moment = attr(r, n, "moment"),
		.text = child_text(r, n, "text"),
		.answer = child_text(r, n, "answer"),
		.answered_by = attr(r, n, "answered_by"),
		.answered_at = attr(r, n, "answered_at"),
		.resolved_by = attr(r, n, "resolved_by"),
		.resolved_at = attr(r, n, "resolved_at"),
		.on_return = yes(n, "on_return"),
	};
}

static void read_explanation(const struct reader *r, const struct xml_node *n)
{
	r->in->explanations[r->in->explanation_count++] = (struct explanation){
		.rule = attr(r, n, "rule"),
		.path = attr(r, n, "path"),
		.facts = child_text(r, n, "facts"),
		.text = child_text(r, n, "text"),
		.author = attr(r, n, "author"),
		.moment = attr(r, n, "moment"),
	};
}

static void read_signoff(const struct reader *r, const struct xml_node *n)
{
	r->in->signoffs[r->in->signoff_count++] = (struct signoff){
		.step = attr(r, n, "step"),
		.name = attr(r, n, "name"),
		.result = attr(r, n, "result"),
		.opinion = child_text(r, n, "opinion"),
		.moment = attr(r, n, "moment"),
		.recorded_by = attr(r, n, "recorded_by"),
		.digest = attr(r, n, "digest"),
		.paper = yes(n, "paper"),
	};
}

static void read_tick(const struct reader *r, const struct xml_node *n)
{
	r->in->ticks[r->in->tick_count++] = attr(r, n, "item");
}

static void read_cell_list(const struct reader *r, const struct xml_node *n)
{
	r->in->cells = read_cells(r, n, &r->in->cell_count);
}

static void read_openings(const struct reader *r, const struct xml_node *n)
{
	r->in->openings = read_cells(r, n, &r->in->opening_count);
}

static const struct element {
	const char *name;
	void (*read)(const struct reader *r, const struct xml_node *n);
} elements[] = {
	{ "unit", read_unit },       { "course", read_course },
	{ "cells", read_cell_list }, { "openings", read_openings },
	{ "comment", read_comment }, { "explanation", read_explanation },
	{ "signoff", read_signoff }, { "tick", read_tick },
};

static void read_root(const struct reader *r, const struct xml_node *root)
{
	struct incoming *in = r->in;

	in->form = attr(r, root, "form");
	in->year = atoi(xml_attr(root, "year"));
	in->row.period = attr(r, root, "period");
	in->row.version = atoi(xml_attr(root, "version"));
	state_parse(xml_attr(root, "state"), &in->row.state);
	in->demo = yes(root, "demo");
	if (yes(root, "digest"))
		in->digest = attr(r, root, "digest");
}

static void make_room(struct incoming *in, const struct xml_node *root)
{
	in->comments = xcalloc(count_children(root, "comment") + 1,
			       sizeof *in->comments);
	in->explanations = xcalloc(count_children(root, "explanation") + 1,
				   sizeof *in->explanations);
	in->signoffs = xcalloc(count_children(root, "signoff") + 1,
			       sizeof *in->signoffs);
	in->ticks =
		xcalloc(count_children(root, "tick") + 1, sizeof *in->ticks);
}

static void read_all(const struct reader *r)
{
	const struct xml_node *root = xml_root(r->xml);

	read_root(r, root);
	make_room(r->in, root);
	for (const struct xml_node *n = xml_child(root); n; n = xml_next(n))
		for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
			if (xml_is(n, elements[i].name))
				elements[i].read(r, n);
}

/* Ours, of a version we know, and by the schema. */
static enum err_code judge(const struct xml_node *root, const char *bytes,
			   size_t len, const char *name, struct err *err)
{
	const char *exchange = xml_attr(root, "exchange");
	char *schema;
	enum err_code code;

	if (!xml_is(root, "annual-report"))
		return err_set(err, ERR_INPUT,
			       _("文件 %s 不是年报数据；请对方用 nianbao "
				 "export --format xml 导出"),
			       name);
	if (exchange && strcmp(exchange, "1") != 0)
		return err_set(err, ERR_INPUT,
			       _("文件 %s 是较新版本的程序导出的（格式 "
				 "%.20s）；请先升级本程序"),
			       name, exchange);
	schema = forms_data_path("report.rng");
	if (!schema)
		return err_set(err, ERR_FILE,
			       _("找不到 report.rng；请重新安装本程序，或用 "
				 "NIANBAO_FORMS 指出它所在的文件夹"));
	code = schema_check(bytes, len, name, schema, ERR_INPUT, err);
	free(schema);
	return code;
}

enum err_code incoming_read_xml(struct incoming *in, const char *bytes,
				size_t len, const char *name, struct err *err)
{
	struct reader r = { xml_parse(bytes, len, name, err), in };
	enum err_code code;

	if (!r.xml)
		return ERR_INPUT;
	code = judge(xml_root(r.xml), bytes, len, name, err);
	if (code == ERR_OK)
		read_all(&r);
	xml_free(r.xml);
	return code;
}
