/*
 * docx_impl - what the docx*.c files share.
 */
#ifndef IMPORT_DOCX_IMPL_H
#define IMPORT_DOCX_IMPL_H

#include <stdbool.h>

#include "core/str.h"
#include "core/xml.h"
#include "import/docx.h"
#include "import/docx_style.h"

enum docx_act {
	DOCX_WRAPPER, /* look inside */
	DOCX_SKIP,
	DOCX_TEXT, /* its text */
	DOCX_PUT,  /* a text of its own */
	DOCX_RUN,
	DOCX_BRANCH, /* one of its children */
	DOCX_PICTURE,
	DOCX_FILE, /* that is printed in this place */
	DOCX_PARAGRAPH,
	DOCX_TABLE,
	DOCX_ROW,
	DOCX_CELL
};

struct docx_reader {
	struct opc *package;
	const char *name; /* of the file */
	struct outline *out;
	struct xml *xml; /* of the main part */
	struct docx_styles styles;
	struct str line; /* the paragraph that is read */
	bool hidden;     /* its style hides it */
	bool page;       /* a page break stands before the next paragraph */
	bool broken;     /* … in the one that is read */
};

enum docx_act docx_act(const struct xml_node *n);
/* The branch of mc:AlternateContent that Word would show, or NULL. */
const struct xml_node *docx_branch(const struct xml_node *n);
/* The text of what is inside a paragraph, appended. */
void docx_read_text(struct docx_reader *r, const struct xml_node *n,
		    struct str *out);

/* Paragraphs and tables inside `n`: to the outline, or, with a cell, a line
 * each to its text. */
enum err_code docx_read_blocks(struct docx_reader *r, const struct xml_node *n,
			       struct str *cell, struct err *err);
enum err_code docx_read_paragraph(struct docx_reader *r,
				  const struct xml_node *n, struct str *cell,
				  struct err *err);
/* A table to the outline; a table inside a cell as lines of its text. */
enum err_code docx_read_table(struct docx_reader *r, const struct xml_node *n,
			      struct err *err);
enum err_code docx_read_nested(struct docx_reader *r, const struct xml_node *n,
			       struct str *cell, struct err *err);

/* What is printed beside the body, that of the main part `main`: headers,
 * footers and notes, and how many pictures and files there are. */
enum err_code docx_read_asides(struct docx_reader *r, const char *main,
			       const struct xml_node *body, struct err *err);

#endif
