#include "tests/page.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "tests/printed.h"
#include "tests/unit.h"

static void collect(struct page *p, const struct xml_node *n)
{
	for (; n; n = xml_next(n)) {
		p->list =
			mem_grow(p->list, p->count, &p->room, sizeof *p->list);
		p->list[p->count++] = n;
		collect(p, xml_child(n));
	}
}

/* XML is the page behind its first line, and the fragment in an element. */
struct page page_read(struct str *bytes)
{
	static const char doctype[] = "<!DOCTYPE html>\n";
	struct page p = { .bytes = *bytes };
	const char *s = p.bytes.s;
	struct str whole = { 0 };
	struct err err = { 0 };

	*bytes = (struct str){ 0 };
	if (strncmp(s, doctype, strlen(doctype)) == 0)
		s += strlen(doctype);
	str_addf(&whole, "<all>%s</all>", s);
	p.x = xml_parse(whole.s, whole.len, "html", &err);
	str_free(&whole);
	if (!p.x)
		fail_msg("%s", err.text);
	collect(&p, xml_root(p.x));
	return p;
}

struct page page_write(const struct document *doc, bool fragment)
{
	const struct export_options options = { .fragment = fragment };
	struct export_job job = printed_job(doc, "");
	struct str bytes = { 0 };
	struct err err = { 0 };

	job.options = &options;
	if (html_write(&job, &bytes, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return page_read(&bytes);
}

struct page page_print(const struct report *r, bool fragment)
{
	struct document *doc = printed_document(r, "草稿");
	struct page p = page_write(doc, fragment);

	document_free(doc);
	return p;
}

void page_free(struct page *p)
{
	free(p->list);
	xml_free(p->x);
	str_free(&p->bytes);
	*p = (struct page){ 0 };
}

const struct xml_node *page_by_id(const struct page *p, const char *id,
				  size_t len)
{
	const struct xml_node *found = NULL;

	for (size_t i = 0; i < p->count; i++) {
		const char *is = xml_attr(p->list[i], "id");

		if (!is || strlen(is) != len || strncmp(is, id, len) != 0)
			continue;
		if (found)
			fail_msg("%s twice", is);
		found = p->list[i];
	}
	return found;
}

const struct xml_node *page_by_text(const struct page *p, const char *tag,
				    const char *text)
{
	for (size_t i = 0; i < p->count; i++)
		if (xml_is(p->list[i], tag) &&
		    strcmp(xml_text(p->x, p->list[i]), text) == 0)
			return p->list[i];
	fail_msg("no %s with %s", tag, text);
	return NULL;
}
