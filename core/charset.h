/*
 * charset - the one door to iconv: other encodings of Chinese, out and in.
 */
#ifndef CORE_CHARSET_H
#define CORE_CHARSET_H

#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

/* UTF-8 to `encoding` ("gb18030", "utf-8"), appended.  ERR_INPUT names the
 * encoding that is not known, or the first character that it does not have. */
enum err_code charset_from_utf8(const char *s, size_t len, const char *encoding,
				struct str *out, struct err *err);

/* The other way, for files that come in: also "gbk", "gb2312", "us-ascii",
 * "iso-8859-1", "windows-1252", "utf-16le" and "utf-16be".  ERR_INPUT: the
 * encoding is not known, or the bytes are none of it. */
enum err_code charset_to_utf8(const char *s, size_t len, const char *encoding,
			      struct str *out, struct err *err);

#endif
