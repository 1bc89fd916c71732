/*
 * html - what the files of the HTML writer share.
 *
 * One walk over the document writes two things: a page of its own (classes and
 * a style sheet, ids) and a fragment for a CMS, whose looks stand in every tag
 * because such a system takes style sheets, classes and ids out.  Both are
 * well-formed XML as well, but for the page's first line: tests and other
 * programs read them with what they have.
 */
#ifndef EXPORT_HTML_H
#define EXPORT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "export/document.h"
#include "export/export.h"
#include "export/layout.h"

enum {
	HTML_ID = 10
};

/* Before a row or an item that is to be ticked off. */
#define HTML_BOX "□"

struct html {
	const struct document *doc;
	bool fragment;
	bool ticked; /* HTML_BOX is a box that can be ticked on the screen */
	char id[HTML_ID]; /* begins every id of this report's page */
	size_t tables;    /* so many were written */
	unsigned open;    /* bit N: below a heading of level N */
	bool titled;      /* level 1 is the second rank of headings */
	struct str *out;
};

/* Text between tags or in an attribute: escaped, without control characters.
 * Appended. */
void html_say(struct str *out, const char *text);

/* The page whose boxes can be ticked; never a fragment. */
enum err_code html_write_ticked(const struct export_job *job, struct str *out,
				struct err *err);

/* A box to tick, named for those who read by ear. */
void html_box(struct html *h, const char *name);

/* The table with its name, in a region that scrolls on a narrow screen. */
void html_table(struct html *h, const struct table *t, const char *name);

/* The rules of the page's style sheet, for the screen and for A4 paper, where
 * the faces are those of the office. */
void html_style(const struct fonts *fonts, struct str *out);

#endif
