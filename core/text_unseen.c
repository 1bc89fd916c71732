/* Characters that nobody sees, or that turn the line round: they are no control
 * characters of ASCII, but a terminal must not get them either.  And those that
 * count. */
#include <stdint.h>
#include <string.h>

#include "core/text.h"

static const struct {
	unsigned from, to;
	enum text_unseen kind;
} unseen[] = {
	{ 0x00ad, 0x00ad, UNSEEN_BLANK },   /* soft hyphen */
	{ 0x034f, 0x034f, UNSEEN_BLANK },   /* grapheme joiner */
	{ 0x061c, 0x061c, UNSEEN_TURNS },   /* Arabic mark */
	{ 0x115f, 0x1160, UNSEEN_FILLS },   /* Hangul fillers */
	{ 0x17b4, 0x17b5, UNSEEN_BLANK },   /* Khmer vowels that are none */
	{ 0x180e, 0x180e, UNSEEN_BLANK },   /* Mongolian vowel separator */
	{ 0x200b, 0x200d, UNSEEN_BLANK },   /* zero width */
	{ 0x200e, 0x200f, UNSEEN_TURNS },   /* marks of direction */
	{ 0x2028, 0x2029, UNSEEN_BREAKS },  /* line, paragraph */
	{ 0x202a, 0x202e, UNSEEN_TURNS },   /* embeddings */
	{ 0x2060, 0x2065, UNSEEN_BLANK },   /* word joiner … */
	{ 0x2066, 0x2069, UNSEEN_TURNS },   /* isolates */
	{ 0x206a, 0x206f, UNSEEN_BLANK },   /* old format characters */
	{ 0x2800, 0x2800, UNSEEN_FILLS },   /* Braille without a dot */
	{ 0x3164, 0x3164, UNSEEN_FILLS },   /* Hangul filler */
	{ 0xfe00, 0xfe0f, UNSEEN_BLANK },   /* selectors of a form */
	{ 0xfeff, 0xfeff, UNSEEN_BLANK },   /* byte order mark */
	{ 0xffa0, 0xffa0, UNSEEN_FILLS },   /* Hangul filler */
	{ 0xfff9, 0xfffb, UNSEEN_BLANK },   /* interlinear notes */
	{ 0xfffc, 0xfffc, UNSEEN_FILLS },   /* where a picture was */
	{ 0x1d173, 0x1d17a, UNSEEN_BLANK }, /* musical beams, slurs */
	{ 0xe0000, 0xe007f, UNSEEN_BLANK }, /* tags */
	{ 0xe0100, 0xe01ef, UNSEEN_BLANK }, /* selectors of a Han form */
};

/* How they begin: most others are told by two bytes, “ ” and ， begin alike. */
static const struct {
	unsigned char first, from, to; /* of the second */
} leads[] = {
	{ 0xc2, 0xad, 0xad }, { 0xcd, 0x8f, 0x8f }, { 0xd8, 0x9c, 0x9c },
	{ 0xe1, 0x85, 0x85 }, { 0xe1, 0x9e, 0x9e }, { 0xe1, 0xa0, 0xa0 },
	{ 0xe2, 0x80, 0x81 }, { 0xe2, 0xa0, 0xa0 }, { 0xe3, 0x85, 0x85 },
	{ 0xef, 0xb8, 0xb8 }, { 0xef, 0xbb, 0xbb }, { 0xef, 0xbe, 0xbf },
	{ 0xf0, 0x9d, 0x9d }, { 0xf3, 0xa0, 0xa0 },
};

static bool may_be(unsigned char first, unsigned char second)
{
	if (first < 0xc2 || (first > 0xe3 && first < 0xef))
		return false; /* ASCII, nearly all Han */
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (first == leads[i].first && second >= leads[i].from &&
		    second <= leads[i].to)
			return true;
	return false;
}

/* The character at s, of two to four bytes; 0: it is cut off. */
static unsigned character(const char *s, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned c = u[0] & (u[0] < 0xe0 ? 0x1fu : u[0] < 0xf0 ? 0x0fu : 0x07u);

	*len = u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
	for (size_t i = 1; i < *len; i++) {
		if (!u[i])
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	return c;
}

/* A zero-width joiner before another sign makes one sign of two. */
static bool joins_signs(unsigned c, const char *after)
{
	size_t len;
	unsigned next;

	if (c != 0x200d || (unsigned char)*after < 0xe2)
		return false;
	next = character(after, &len);
	return (next >= 0x2190 && next <= 0x2bff) || next >= 0x1f000;
}

/* The character that ends at `at`, 0 at the beginning. */
static unsigned before(const char *text, size_t at)
{
	size_t len;

	if (at == 0)
		return 0;
	do
		at--;
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80);
	return (unsigned char)text[at] < 0x80 ? (unsigned char)text[at]
					      : character(text + at, &len);
}

static bool is_han(unsigned c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

/* Blanks, letters and digits: they have one form. */
static bool is_plain(unsigned c)
{
	static const struct {
		unsigned from, to;
	} rows[] = {
		{ 0, 0x20 },        { '0', '9' },         { 'A', 'Z' },
		{ 'a', 'z' },       { 0xc0, 0x24f },      { 0x370, 0x52f },
		{ 0x3000, 0x3000 }, { 0x3041, 0x312f },   { 0xff10, 0xff5a },
		{ 0xfe00, 0xfe0f }, { 0xe0100, 0xe01ef },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (c >= rows[i].from && c <= rows[i].to)
			return true;
	return false;
}

/* Does the selector c choose a form of what stands before it?  Behind a sign,
 * yes; a digit becomes one in a box; a Han character has variants. */
static bool selects(unsigned c, const char *text, size_t at, size_t len)
{
	static const char box[] = "\xe2\x83\xa3"; /* U+20E3 */
	bool common = c >= 0xfe00 && c <= 0xfe0f;
	unsigned base;

	if (!common && !(c >= 0xe0100 && c <= 0xe01ef))
		return false;
	base = before(text, at);
	if (!common)
		return is_han(base);
	return (!is_han(base) && !is_plain(base)) ||
	       strncmp(text + at + len, box, strlen(box)) == 0;
}

size_t text_unseen(const char *text, size_t at, unsigned *code,
		   enum text_unseen *kind)
{
	const char *s = text + at;
	size_t len;
	unsigned c;

	if (!may_be((unsigned char)s[0], (unsigned char)s[1]))
		return 0;
	c = character(s, &len);
	if (joins_signs(c, s + len) || selects(c, text, at, len))
		return 0;
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
	for (size_t at = 0, n; s[at]; at += n ? n : 1) {
		n = text_unseen(s, at, &code, &kind);
		if (n == 0)
			str_addc(out, s[at]);
		else if (kind == UNSEEN_BREAKS || kind == UNSEEN_FILLS)
			str_addc(out, ' ');
	}
}

/* ---- those that count ---- */

/* The full-width blank is none.  (A character begins at p.) */
static bool counts(const uint8_t *p)
{
	return ((*p > 0x20 && *p < 0x80) || *p >= 0xc0) &&
	       !(p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x80);
}

size_t text_count_in(const char *s, size_t len)
{
	const uint8_t *p = (const uint8_t *)s;
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += counts(p + i);
	return n;
}

size_t text_count(const char *s)
{
	return text_count_in(s, strlen(s));
}

bool text_counts(const char *s)
{
	while (*s && !counts((const uint8_t *)s))
		s++;
	return *s != '\0';
}
