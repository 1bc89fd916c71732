#include "core/lint_start.h"

#include <ctype.h>
#include <string.h>

#include "core/lint_needle.h"

static void add(struct starts *st, const char *c)
{
	uint32_t h = needle_hash(c) % START_BITS;

	st->bits[h / 64] |= (uint64_t)1 << h % 64;
}

/* \s of Unicode. */
static void add_blanks(struct starts *st)
{
	static const char blanks[] =
		"\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
		"\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
		"\xc2\x85";

	for (const char *p = blanks; *p; p += needle_step(p))
		add(st, p);
}

/* \s, \n, \t, \[; false: another one. */
static bool add_escaped(struct starts *st, char c)
{
	if (c == 's')
		add_blanks(st);
	else if (c == 'n' || c == 't')
		add(st, c == 'n' ? "\n" : "\t");
	else if (ispunct((unsigned char)c))
		add(st, &c);
	else
		return false;
	return true;
}

/* The characters of a class behind its [; behind its ], or NULL. */
static const char *read_class(struct starts *st, const char *p)
{
	if (*p == '^' || *p == ']')
		return NULL;
	for (; *p && *p != ']'; p += needle_step(p)) {
		bool range =
			(unsigned char)*p < 0x80 && p[1] == '-' && p[2] != ']';

		if (*p == '\\' && add_escaped(st, p[1])) {
			p++;
		} else if (*p == '\\' || *p == '[') {
			return NULL;
		} else if (range) {
			for (char c = *p; c <= p[2] && c > 0; c++)
				add(st, &c);
			p += 2;
		} else {
			add(st, p);
		}
	}
	return *p ? p + 1 : NULL;
}

/* To the | or the end behind an alternative; NULL: brackets do not match. */
static const char *alternative_end(const char *p)
{
	int depth = 0;
	bool in_class = false;

	for (; *p && (*p != '|' || depth > 0 || in_class); p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (in_class)
			in_class = *p != ']';
		else if (*p == '[')
			in_class = true;
		else
			depth += (*p == '(') - (*p == ')');
	}
	return depth == 0 && !in_class ? p : NULL;
}

/* The (?=[…]) that an alternative begins with; false: it does not. */
static bool read_start(struct starts *st, const char *p)
{
	if (strncmp(p, "(?=", 3) != 0)
		return false;
	p += 3;
	if (strncmp(p, "^|", 2) == 0) {
		st->lines = true;
		p += 2;
	}
	if (*p != '[')
		return false;
	p = read_class(st, p + 1);
	return p && *p == ')';
}

void starts_of(const char *pattern, struct starts *out)
{
	*out = (struct starts){ .known = true };
	for (const char *p = pattern; p && out->known;) {
		out->known = read_start(out, p);
		p = alternative_end(p);
		out->known = out->known && p;
		p = p && *p ? p + 1 : NULL;
	}
}

size_t starts_next(const struct starts *st, const char *s, size_t len,
		   size_t at)
{
	while (at < len && ((unsigned char)s[at] & 0xc0) == 0x80)
		at++;
	for (; at < len; at += needle_step(s + at)) {
		uint32_t h = needle_hash(s + at) % START_BITS;

		if ((st->bits[h / 64] >> h % 64 & 1) ||
		    (st->lines && (at == 0 || s[at - 1] == '\n')))
			return at;
	}
	return len;
}
