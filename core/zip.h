/*
 * zip - the one door to libzip: packages with the same bytes every time, and
 * packages of strangers.
 *
 * Writing: entries are dated 1980-01-01 00:00 in every time zone, made by DOS,
 * without extra fields; parts up to 1,400 bytes are stored, the rest deflated
 * at level 6.  The package is built in memory.
 *
 * Reading: also in memory; nothing is unpacked before the whole directory was
 * found good (sizes, ratios, names).  The name of an entry is only compared,
 * never a path, and never printed as it is.
 */
#ifndef CORE_ZIP_H
#define CORE_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

struct zip_part {
	const char *name;  /* ASCII, no leading slash */
	const char *bytes; /* borrowed until zip_pack() returns */
	size_t len;
};

/* Write the parts in order as a zip into `out`. */
enum err_code zip_pack(const struct zip_part *parts, size_t count,
		       struct str *out, struct err *err);

#define ZIP_FILE_MAX ((size_t)64 << 20) /* bytes that are read at all */

struct zip_reader;

/* Look at the zip in `bytes`, borrowed until zip_reader_free(); `name` is for
 * the sentences.  NULL and one sentence (ERR_INPUT): broken, encrypted, a
 * method that is not known, two entries of one name (case does not count),
 * more than 2,000 entries, or what a zip bomb looks like. */
struct zip_reader *zip_reader_new(const char *bytes, size_t len,
				  const char *name, struct err *err);
void zip_reader_free(struct zip_reader *z);
/* Is there a part of that name?  ASCII letters' case does not count. */
bool zip_reader_has(const struct zip_reader *z, const char *part);
/* All of a part into `out`; ERR_INPUT when it is not there, or its length or
 * checksum is not what the directory says. */
enum err_code zip_reader_get(struct zip_reader *z, const char *part,
			     struct str *out, struct err *err);

#endif
