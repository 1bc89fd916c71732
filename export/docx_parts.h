/*
 * docx_parts - the parts of a WordprocessingML package, in their order.
 *
 * One table serves DOCX (a zip of the parts) and Flat OPC (one XML file of
 * them), so the two hold the same document.  A part's text has no XML
 * declaration; everything in it is decided by the document alone, never by the
 * clock or the machine.
 */
#ifndef EXPORT_DOCX_PARTS_H
#define EXPORT_DOCX_PARTS_H

#include <stddef.h>

#include "core/str.h"
#include "export/export.h"

struct docx_part {
	const char *name;          /* "word/document.xml" */
	const char *type;          /* its content type */
	const char *const *pieces; /* its text, or NULL and … */
	void (*write)(const struct export_job *job, struct str *out);
};

const struct docx_part *docx_parts(size_t *count);
/* Append the part's root element. */
void docx_part_add(const struct docx_part *part, const struct export_job *job,
		   struct str *out);

/* The main part, and in docx_table.c its tables.  `attached`: a line under the
 * table must stay with it. */
void docx_body(const struct export_job *job, struct str *out);
void docx_table(const struct table *t, const struct layout *layout,
		bool attached, struct str *out);
/* A run of text, nothing for "".  `properties` of the run, or "". */
void docx_run(const char *text, const char *properties, struct str *out);

/* Widths of the columns scaled so that they add up to `total` (largest
 * remainder).  Free it. */
int *docx_scale(const int *widths, size_t count, int total);

#endif
