/*
 * page - a written page or fragment of HTML, taken apart, for tests.
 *
 * It is read as XML; that it cannot be is a failed test, and so are an id that
 * is there twice and a text that is not there.
 */
#ifndef TESTS_PAGE_H
#define TESTS_PAGE_H

#include "core/xml.h"
#include "export/export.h"

struct page {
	struct str bytes;
	struct xml *x;
	const struct xml_node **list; /* all elements, in order */
	size_t count, room;
};

struct page page_write(const struct document *doc, bool fragment);
/* The same of a report, with the mark 草稿. */
struct page page_print(const struct report *r, bool fragment);
/* Of bytes that are there already; taken over. */
struct page page_read(struct str *bytes);
void page_free(struct page *p);

/* NULL: there is none. */
const struct xml_node *page_by_id(const struct page *p, const char *id,
				  size_t len);
/* The first of that tag with just this text. */
const struct xml_node *page_by_text(const struct page *p, const char *tag,
				    const char *text);

#endif
