/*
 * schema - the one door to libxml2: RELAX NG (ISO/IEC 19757-2).
 *
 * Only what comes from outside is judged by a schema: a form that is none of
 * ours, a report that is imported.  The library brings ICU and 2 ms to every
 * start of the program, so it is opened when it is first asked for.
 */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

#include <stddef.h>

#include "core/err.h"

/* The document in `bytes`, which xml_parse() has taken, against the schema in a
 * file; `name` is for the message.  The first fault becomes "name:line: reason"
 * in err with `code`; so does a schema or a library that cannot be read. */
enum err_code schema_check(const char *bytes, size_t len, const char *name,
			   const char *schema_path, enum err_code code,
			   struct err *err);

#endif
