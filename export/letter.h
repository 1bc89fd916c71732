/*
 * letter - 审核意见反馈单: what was found in a unit's report, in full words, by
 * severity and section, with room for what was done about it and for names.
 */
#ifndef EXPORT_LETTER_H
#define EXPORT_LETTER_H

#include "core/draft.h"
#include "export/export.h"

/* The document; `deadline` is a day ("2026-01-20") or NULL. */
struct document *letter_new(struct draft *d, const char *deadline);
/* Document, writer, file: in layout and fonts of the unit, as export_report()
 * does it.  Only docx, flatopc, html and text. */
enum err_code export_letter(struct draft *d, const struct exporter *format,
			    const char *deadline, const char *path,
			    char **written, struct err *err);

#endif
