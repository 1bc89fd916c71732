#include "core/err.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/text.h"

enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	text_mend(err->text);
	return code;
}
