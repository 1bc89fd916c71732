/*
 * docx - a Word document, whoever saved it, as an outline.
 *
 * Read is what a reader sees when all changes are accepted: inserted text but
 * no deleted, moved-away or hidden one, no field codes, one branch of an
 * alternative.  Elements are known by their local names, so strict files are
 * read as well.  Headers, footers and notes are kept beside the blocks, pictures
 * and included files only counted; comments are not read.
 */
#ifndef IMPORT_DOCX_H
#define IMPORT_DOCX_H

#include "core/err.h"
#include "import/opc.h"
#include "import/outline.h"

/* Fill `out` from the main part and the properties of the package; `name` is
 * for sentences. */
enum err_code docx_read(struct opc *package, const char *name,
			struct outline *out, struct err *err);

#endif
