/*
 * foreign - a file that somebody hands over: what it is, by its content and
 * never by its name, and what stands in it.
 *
 * All zero is an empty one.
 */
#ifndef IMPORT_FOREIGN_H
#define IMPORT_FOREIGN_H

#include <stddef.h>

#include "core/err.h"
#include "import/incoming.h"
#include "import/outline.h"

enum foreign_kind {
	FOREIGN_DOCUMENT, /* DOCX, Flat OPC: `outline` */
	FOREIGN_EXCHANGE, /* our own xml: `incoming` */
};

struct foreign {
	enum foreign_kind kind;
	struct outline outline;
	struct incoming incoming;
};

/* Read the bytes; `name` is for sentences.  What is neither is refused with
 * one that says what it is and what to do. */
enum err_code foreign_read(struct foreign *f, const char *bytes, size_t len,
			   const char *name, struct err *err);
void foreign_free(struct foreign *f);

#endif
