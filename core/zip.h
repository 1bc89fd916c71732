/*
 * zip - the one door to libzip: packages with the same bytes every time.
 *
 * Entries are dated 1980-01-01 00:00 in every time zone, made by DOS, without
 * extra fields; parts up to 1,400 bytes are stored, the rest deflated at
 * level 6.  The package is built in memory.
 */
#ifndef CORE_ZIP_H
#define CORE_ZIP_H

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

#endif
