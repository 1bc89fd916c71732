#include "core/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

static void reserve(struct str *b, size_t more)
{
	size_t need = b->len + more + 1;

	if (need <= b->room)
		return;
	b->room = need < 64 ? 64 : need + need / 2;
	b->s = xreallocarray(b->s, b->room, 1);
	b->s[b->len] = '\0';
}

void str_free(struct str *b)
{
	free(b->s);
	*b = (struct str){ 0 };
}

void str_clear(struct str *b)
{
	reserve(b, 0);
	b->len = 0;
	b->s[0] = '\0';
}

char *str_steal(struct str *b)
{
	char *s;

	reserve(b, 0);
	s = b->s;
	*b = (struct str){ 0 };
	return s;
}

void str_addn(struct str *b, const char *s, size_t len)
{
	reserve(b, len);
	memcpy(b->s + b->len, s, len);
	b->len += len;
	b->s[b->len] = '\0';
}

void str_add(struct str *b, const char *s)
{
	str_addn(b, s, strlen(s));
}

void str_addc(struct str *b, char c)
{
	str_addn(b, &c, 1);
}

__attribute__((format(printf, 2, 0))) static void add_formatted(struct str *b,
								const char *fmt,
								va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	reserve(b, (size_t)n);
	vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
	b->len += (size_t)n;
}

void str_addf(struct str *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_formatted(b, fmt, ap);
	va_end(ap);
}

void str_splice(struct str *b, size_t at, size_t removed, const char *s,
		size_t len)
{
	reserve(b, len);
	memmove(b->s + at + len, b->s + at + removed, b->len - at - removed);
	memcpy(b->s + at, s, len);
	b->len = b->len - removed + len;
	b->s[b->len] = '\0';
}

char *str_printf(const char *fmt, ...)
{
	struct str b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	add_formatted(&b, fmt, ap);
	va_end(ap);
	return str_steal(&b);
}

void str_escape(struct str *b, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '\n':
			str_add(b, "\\n");
			break;
		case '\t':
			str_add(b, "\\t");
			break;
		case '\\':
			str_add(b, "\\\\");
			break;
		default:
			str_addc(b, *s);
		}
	}
}

int str_unescape(struct str *b, const char *s, size_t len)
{
	static const char from[] = "nt\\", to[] = "\n\t\\";

	str_clear(b);
	for (size_t i = 0; i < len; i++) {
		const char *p;

		if (s[i] != '\\') {
			str_addc(b, s[i]);
			continue;
		}
		if (++i == len || !(p = strchr(from, s[i])) || !*p)
			return 0;
		str_addc(b, to[p - from]);
	}
	return 1;
}
