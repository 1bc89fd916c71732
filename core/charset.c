#include "core/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "core/tr.h"

/* What may be asked for, and what iconv calls it. */
static const struct {
	const char *name, *iconv;
} encodings[] = {
	{ "utf-8", "UTF-8" },
	{ "gb18030", "GB18030" },
};

static const char *known(const char *encoding)
{
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (strcasecmp(encodings[i].name, encoding) == 0)
			return encodings[i].iconv;
	return NULL;
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
	const char *name = known(encoding);
	iconv_t way = name ? iconv_open(name, "UTF-8") : (iconv_t)-1;
	char *in = (char *)(uintptr_t)s; /* iconv only reads it */
	char buf[4096];
	enum err_code code = ERR_OK;

	if (way == (iconv_t)-1)
		return err_set(err, ERR_INPUT,
			       _("没有 %s 这种编码；可用 utf-8 或 gb18030"),
			       encoding);
	while (len > 0 && !code) {
		char *to = buf;
		size_t room = sizeof buf;
		size_t n = iconv(way, &in, &len, &to, &room);

		str_addn(out, buf, sizeof buf - room);
		if (n == (size_t)-1 && errno != E2BIG)
			code = refuse(in, len, encoding, err);
	}
	iconv_close(way);
	return code;
}
