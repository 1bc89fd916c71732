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
	size_t spare = b->room - b->len;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(spare ? b->s + b->len : NULL, spare, fmt, again);
	va_end(again);
	if (n >= 0 && (size_t)n >= spare) {
		reserve(b, (size_t)n);
		vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
	}
	b->len += n > 0 ? (size_t)n : 0;
	if (b->s)
		b->s[b->len] = '\0';
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

/* ---- names ---- */

/* Bytes of the blank at s (before s + len), or 0. */
static size_t blank_at(const char *s)
{
	static const char *const blanks[] = { " ", "\t", "　", "\xc2\xa0" };

	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (strncmp(s, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static size_t blank_before(const char *s, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++)
		if (blank_at(s + len - n) == n)
			return n;
	return 0;
}

char *str_trim(char *s)
{
	size_t from = 0, len, n;

	while ((n = blank_at(s + from)))
		from += n;
	len = strlen(s + from);
	while ((n = blank_before(s + from, len)))
		len -= n;
	if (from)
		memmove(s, s + from, len);
	if (s[len])
		s[len] = '\0';
	return s;
}

/* The end of the name at s; *mark: bytes of the sign behind it. */
static const char *name_end(const char *s, size_t *mark)
{
	static const char wide[] = "；";

	for (; *s; s++) {
		*mark = *s == ';' ? 1
			: strncmp(s, wide, sizeof wide - 1) == 0
				? sizeof wide - 1
				: 0;
		if (*mark)
			return s;
	}
	*mark = 0;
	return s;
}

char **str_names(const char *s, bool *gap)
{
	char **list = NULL;
	size_t count = 0, room = 0;
	bool hole = false;

	while (*s) {
		size_t mark;
		const char *end = name_end(s, &mark);
		char *name = str_trim(xstrndup(s, (size_t)(end - s)));

		list = mem_grow(list, count, &room, sizeof *list);
		hole = hole || (!*name && mark);
		if (*name)
			list[count++] = name;
		else
			free(name);
		s = end + mark;
	}
	list = mem_grow(list, count, &room, sizeof *list);
	list[count] = NULL;
	if (gap)
		*gap = hole;
	return list;
}

void str_names_free(char **names)
{
	for (size_t i = 0; names && names[i]; i++)
		free(names[i]);
	free(names);
}
