/*
 * parcel - small packages for tests of what comes from strangers: made by hand,
 * so that every field of a zip can be wrong.
 */
#ifndef TESTS_PARCEL_H
#define TESTS_PARCEL_H

#include <stdint.h>

#include "core/str.h"
#include "core/zip.h"
#include "import/outline.h"

#define PARCEL_RELS                                                            \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"    \
	"2006/relationships\">"
#define PARCEL_TYPE                                                            \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PARCEL_W                                                               \
	"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"   \
	"main\""

/* A DOCX with this inside of w:body, and of w:styles (or NULL). */
void parcel_docx(struct str *out, const char *body, const char *styles);
/* A DOCX with this as its whole main part. */
void parcel_main(struct str *out, const char *bytes, size_t len);
void parcel_zip(struct str *out, const struct zip_part *parts, size_t count);

/* An entry of a zip that is written as it is told, stored. */
struct raw_entry {
	const char *name;
	const char *bytes;
	size_t len;
	unsigned flags, method;
	bool streamed;   /* sizes in a data descriptor */
	size_t at;       /* where it is said to stand; 0: where it does */
	uint32_t claims; /* its size if not len; 0: len */
};
/* `before` is put in front: entries may stand in it already. */
void parcel_raw(struct str *out, const struct str *before,
		const struct raw_entry *list, size_t count);
/* The local header and bytes of an entry, as they stand in a zip. */
void parcel_local(struct str *out, const struct raw_entry *e);

/* What was read: a line a block, "h1 text", "p text", "# text" (numbered), and
 * of a table its grid, "a|b/c|d", ^ for a field that a cell from above or left
 * covers, . for one that no cell does. */
char *parcel_dump(const struct outline *o);

/* One sentence: not empty, one line, no control characters. */
void parcel_is_sentence(const char *why, const char *text);

#endif
