#include "core/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "core/tr.h"

/* What may be asked for, whether for writing too, and what iconv calls it. */
static const struct {
	const char *name, *iconv;
	bool out;
} encodings[] = {
	{ "utf-8", "UTF-8", true },
	{ "gb18030", "GB18030", true },
	{ "gbk", "GB18030", false },
	{ "gb2312", "GB18030", false },
	{ "us-ascii", "US-ASCII", false },
	{ "iso-8859-1", "ISO-8859-1", false },
	{ "windows-1252", "WINDOWS-1252", false },
	{ "utf-16le", "UTF-16LE", false },
	{ "utf-16be", "UTF-16BE", false },
};

static const char *known(const char *encoding, bool out)
{
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (strcasecmp(encodings[i].name, encoding) == 0)
			return encodings[i].out || !out ? encodings[i].iconv
							: NULL;
	return NULL;
}

/* All of it through `way`, which is closed; false: *s stands where it stops. */
static bool convert(iconv_t way, char **s, size_t *len, struct str *out)
{
	char buf[4096];
	size_t n = 0;

	while (*len > 0 && (n != (size_t)-1 || errno == E2BIG)) {
		char *to = buf;
		size_t room = sizeof buf;

		n = iconv(way, s, len, &to, &room);
		str_addn(out, buf, sizeof buf - room);
	}
	iconv_close(way);
	return *len == 0;
}

static enum err_code refuse(const char *at, size_t left, const char *encoding,
			    struct err *err)
{
	size_t len = text_next(at, left, 0);

	return err_set(err, ERR_INPUT,
		       _("文中的“%.*s”在 %s 编码里没有；请改写或用 utf-8"),
		       (int)len, at, encoding);
}

enum err_code charset_from_utf8(const char *s, size_t len, const char *encoding,
				struct str *out, struct err *err)
{
	const char *name = known(encoding, true);
	iconv_t way = name ? iconv_open(name, "UTF-8") : (iconv_t)-1;
	char *in = (char *)(uintptr_t)s; /* iconv only reads it */

	if (way == (iconv_t)-1)
		return err_set(err, ERR_INPUT,
			       _("没有 %s 这种编码；可用 utf-8 或 gb18030"),
			       encoding);
	return convert(way, &in, &len, out) ? ERR_OK
					    : refuse(in, len, encoding, err);
}

enum err_code charset_to_utf8(const char *s, size_t len, const char *encoding,
			      struct str *out, struct err *err)
{
	const char *name = known(encoding, false);
	iconv_t way = name ? iconv_open("UTF-8", name) : (iconv_t)-1;
	char *in = (char *)(uintptr_t)s; /* iconv only reads it */

	if (way != (iconv_t)-1 && convert(way, &in, &len, out))
		return ERR_OK;
	return err_set(err, ERR_INPUT, _("不是 %s 编码；请存成 UTF-8 再试"),
		       encoding);
}
