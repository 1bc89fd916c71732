/* Characters that nobody sees, or that turn the line round: they are no control
 * characters of ASCII, but a terminal must not get them either. */
#include <string.h>

#include "core/text.h"

static const struct {
	unsigned from, to;
	enum text_unseen kind;
} unseen[] = {
	{ 0x00ad, 0x00ad, UNSEEN_BLANK }, { 0x200b, 0x200b, UNSEEN_BLANK },
	{ 0x200e, 0x200f, UNSEEN_TURNS }, { 0x2028, 0x2029, UNSEEN_BREAKS },
	{ 0x202a, 0x202e, UNSEEN_TURNS }, { 0x2060, 0x2064, UNSEEN_BLANK },
	{ 0x2066, 0x2069, UNSEEN_TURNS }, { 0x206a, 0x206f, UNSEEN_BLANK },
	{ 0xfeff, 0xfeff, UNSEEN_BLANK },
};

/* The character at s, of two or three bytes; 0: another one. */
static unsigned character(const char *s, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;

	*len = (u[0] & 0xe0) == 0xc0 ? 2 : 3;
	if (*len == 2 && u[1])
		return (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu);
	if ((u[0] & 0xf0) == 0xe0 && u[1] && u[2])
		return (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 |
		       (u[2] & 0x3fu);
	return 0;
}

size_t text_unseen(const char *s, unsigned *code, enum text_unseen *kind)
{
	unsigned char first = (unsigned char)*s, second;
	size_t len;
	unsigned c;

	if (first < 0xc2)
		return 0;
	/* most are told by the first two bytes: “ ” and ， begin alike */
	second = (unsigned char)s[1];
	if (first != 0xc2 && (first != 0xe2 || (second & 0xfe) != 0x80) &&
	    (first != 0xef || second != 0xbb))
		return 0;
	c = character(s, &len);
	for (size_t i = 0; c && i < sizeof unseen / sizeof *unseen; i++) {
		if (c < unseen[i].from || c > unseen[i].to)
			continue;
		*code = c;
		*kind = unseen[i].kind;
		return len;
	}
	return 0;
}

void text_shown(struct str *out, const char *s)
{
	enum text_unseen kind;
	unsigned code;

	str_add(out, "");
	while (*s) {
		size_t n = text_unseen(s, &code, &kind);

		if (n == 0)
			str_addc(out, *s++);
		else if (kind == UNSEEN_BREAKS)
			str_addc(out, ' ');
		s += n;
	}
}
