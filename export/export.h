/*
 * export - the table of formats: report or document → bytes.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "core/draft.h"
#include "core/err.h"
#include "core/str.h"
#include "export/document.h"

struct export_job {
	const struct document *document; /* docx, flatopc, text */
	struct draft *draft;             /* xml; NULL for a checklist */
};

struct exporter {
	const char *name;   /* "docx" */
	const char *ending; /* ".docx" */
	const char *label;  /* N_("Word 文档") */
	const char *advice; /* said after an export, or NULL */
	enum err_code (*write)(const struct export_job *job, struct str *out,
			       struct err *err);
};

const struct exporter *exporters(size_t *count);
/* NULL and a sentence naming the known ones. */
const struct exporter *exporter_find(const char *name, struct err *err);

/* All of it: document, writer, file (whole or not at all).  `path` NULL: the
 * title with its ending, in the current folder; *written (may be NULL) is the
 * path used, free it. */
enum err_code export_report(struct draft *d, const struct exporter *format,
			    const char *path, char **written, struct err *err);
enum err_code export_checklist(const struct form_def *form,
			       const struct exporter *format, const char *path,
			       struct err *err);
/* A file name from the title: separators and control characters as _. */
char *export_file_name(const char *title, const char *ending);

/* The writers. */
enum err_code docx_write(const struct export_job *, struct str *, struct err *);
enum err_code flatopc_write(const struct export_job *, struct str *,
			    struct err *);
enum err_code text_write(const struct export_job *, struct str *, struct err *);
enum err_code xml_write(const struct export_job *, struct str *, struct err *);

/* The text writer on its own, `width` cells wide (0: 80): the preview. */
void text_lay_out(const struct document *doc, int width, struct str *out);

#endif
