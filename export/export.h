/*
 * export - the table of formats: report or document → bytes.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "core/draft.h"
#include "core/err.h"
#include "core/str.h"
#include "export/document.h"
#include "export/layout.h"

/* What is asked of one export; all zero: as the unit has it. */
struct export_options {
	const char *layout, *fonts; /* layout.h */
	const char *signature;      /* date end title */
	const char *lead;           /* yes no */
	bool sheet;                 /* the sign-off sheet as a last page */
	bool sheet_only;            /* … and nothing else */
	int columns;                /* text, entry: cells a line, 0: 80 */
	const char *encoding;       /* text: utf-8 gb18030 */
	bool tabs;                  /* text: tables by tabs */
	bool fragment;              /* html: for a CMS */
	bool blank;                 /* xlsx: an empty form */
	const char *table;          /* tsv: id of the section */
	bool open;                  /* preview: what is blank is marked _ */
};

struct export_job {
	const struct document *document; /* what is printed */
	struct draft *draft; /* the figures themselves; NULL for a checklist */
	const struct export_options *options;
	const struct layout *layout;
	const struct fonts *fonts;
};

struct exporter {
	const char *name;   /* "docx" */
	const char *ending; /* ".docx" */
	const char *label;  /* N_("Word 文档") */
	const char *advice; /* said after an export, or NULL */
	enum err_code (*write)(const struct export_job *job, struct str *out,
			       struct err *err);
	bool needs_report; /* there is none of a checklist */
	const char *page;  /* the exporter of the same as a web page, or NULL */
};

const struct exporter *exporters(size_t *count);
/* NULL and a sentence naming the known ones. */
const struct exporter *exporter_find(const char *name, struct err *err);
/* The same, or what writes it as a web page where the path (or NULL) ends in
 * .html or .htm. */
const struct exporter *exporter_for(const struct exporter *format,
				    const char *path);

/* Do the options say something that is known, and to this format?  Of what is
 * asked of the report itself nothing is looked at. */
enum err_code export_check(const struct exporter *format,
			   const struct export_options *options,
			   struct err *err);

/* All of it: document, writer, file (whole or not at all).  `path` NULL: the
 * title with its ending, in the current folder; *written (may be NULL) is the
 * path used, free it. */
enum err_code export_report(struct draft *d, const struct exporter *format,
			    const struct export_options *options,
			    const char *path, char **written, struct err *err);
enum err_code export_checklist(const struct form_def *form,
			       const struct exporter *format, const char *path,
			       struct err *err);
/* What is printed of the report as it stands, for the preview. */
struct document *export_document(struct draft *d,
				 const struct export_options *options,
				 struct err *err);
/* How the report's unit prints, each as it has it or as this machine does. */
struct export_manner {
	char *layout, *fonts, *signature, *lead;
};
void export_manner(const struct draft *d, struct export_manner *out);
void export_manner_free(struct export_manner *m);
/* The unit of the report prints like this from now on (layout, fonts,
 * signature, lead, as far as they are given). */
enum err_code export_remember(struct draft *d,
			      const struct export_options *options,
			      struct err *err);
/* A file name from the title: separators and control characters as _. */
char *export_file_name(const char *title, const char *ending);

/* The writers. */
enum err_code docx_write(const struct export_job *, struct str *, struct err *);
enum err_code flatopc_write(const struct export_job *, struct str *,
			    struct err *);
enum err_code text_write(const struct export_job *, struct str *, struct err *);
enum err_code html_write(const struct export_job *, struct str *, struct err *);
enum err_code xml_write(const struct export_job *, struct str *, struct err *);
/* Only in a build that found libxlsxwriter (HAVE_XLSX). */
enum err_code xlsx_write(const struct export_job *, struct str *, struct err *);

enum err_code pdf_write(const struct export_job *, struct str *, struct err *);
enum err_code entry_write(const struct export_job *, struct str *,
			  struct err *);
enum err_code entry_page_write(const struct export_job *, struct str *,
			       struct err *);
enum err_code tsv_write(const struct export_job *, struct str *, struct err *);
enum err_code csv_write(const struct export_job *, struct str *, struct err *);
enum err_code json_write(const struct export_job *, struct str *, struct err *);

/* Can pdf_write() work here: is LibreOffice installed? */
bool pdf_ready(void);

/* The text writer on its own, `width` cells wide (0: 80): the preview. */
void text_lay_out(const struct document *doc, int width, struct str *out);
/* The same without lines of a width: cells parted by tabs, merged-away cells
 * empty. */
void text_tabs(const struct document *doc, struct str *out);

#endif
