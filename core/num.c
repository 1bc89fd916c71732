#include "core/num.h"

#include <string.h>

#include "core/text.h"

/* The next character as one ASCII byte: full-width forms are narrowed, other
 * characters are 0.  *len is how many bytes it took. */
static char take(const char *s, size_t *len)
{
	if ((unsigned char)*s < 0x80) {
		*len = 1;
		return *s;
	}
	*len = text_next(s, strlen(s), 0);
	if (*len == 3 && memcmp(s, "\xe3\x80\x80", 3) == 0)
		return ' ';
	return text_narrow(s);
}

struct reading {
	int64_t n;
	int digits, decimals; /* decimals: -1 before the point */
	int group;            /* digits since the last separator, -1: none */
	enum num_fault fault;
};

static void digit(struct reading *r, int value, int most)
{
	r->digits++;
	if (r->group >= 0 && r->decimals < 0)
		r->group++;
	if (r->decimals >= 0 && ++r->decimals > most) {
		if (value)
			r->fault = NUM_DECIMALS;
		r->decimals--;
		return;
	}
	if (__builtin_mul_overflow(r->n, 10, &r->n) ||
	    __builtin_add_overflow(r->n, value, &r->n))
		r->fault = NUM_TOO_LARGE;
}

/* Before a separator, the point or the end: one to three digits, then three
 * each time. */
static void separator(struct reading *r)
{
	bool well = r->group >= 0 ? r->group == 3
				  : r->digits >= 1 && r->digits <= 3;

	if (!well || r->decimals >= 0)
		r->fault = NUM_GROUPS;
	r->group = 0;
}

static void character(struct reading *r, char c, int most)
{
	if (c >= '0' && c <= '9')
		digit(r, c - '0', most);
	else if (c == '.' && r->decimals < 0)
		r->decimals = 0;
	else if (c == ',')
		separator(r);
	else
		r->fault = c == '-' || c == '+' ? NUM_SIGN : NUM_CHARACTER;
}

/* Blanks at both ends do not count. */
static size_t trim(const char **s)
{
	size_t len = strlen(*s), n;

	while (**s && take(*s, &n) == ' ') {
		*s += n;
		len -= n;
	}
	while (len > 0) {
		size_t before = text_prev(*s, len, len);

		if (take(*s + before, &n) != ' ')
			break;
		len = before;
	}
	return len;
}

enum num_fault num_parse(const char *s, int decimals, int64_t max, int64_t *out)
{
	struct reading r = { .decimals = -1, .group = -1 };
	size_t len = trim(&s);

	if (len == 0)
		return NUM_EMPTY;
	for (size_t at = 0, n; at < len && !r.fault; at += n)
		character(&r, take(s + at, &n), decimals);
	if (r.fault)
		return r.fault;
	if (r.group >= 0 && r.group != 3)
		return NUM_GROUPS;
	if (r.digits == 0)
		return NUM_CHARACTER;
	if (r.decimals > 0 && decimals == 0)
		return NUM_DECIMALS;
	for (int i = r.decimals > 0 ? r.decimals : 0; i < 4; i++)
		if (__builtin_mul_overflow(r.n, 10, &r.n))
			return NUM_TOO_LARGE;
	if (r.n > max)
		return NUM_TOO_LARGE;
	*out = r.n;
	return NUM_OK;
}

/* Written from the right, so that no buffer is ever too small. */
const char *num_text(int64_t n, char *buf)
{
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
	uint64_t part = rest % 10000, whole = rest / 10000;
	char *p = buf + NUM_TEXT - 1;
	int places = 4;

	*p = '\0';
	for (; places > 0 && part % 10 == 0; places--)
		part /= 10;
	for (int i = 0; i < places; i++, part /= 10)
		*--p = (char)('0' + part % 10);
	if (places)
		*--p = '.';
	do
		*--p = (char)('0' + whole % 10);
	while ((whole /= 10) > 0);
	if (n < 0)
		*--p = '-';
	memmove(buf, p, strlen(p) + 1);
	return buf;
}

bool num_add(int64_t a, int sign, int64_t b, int64_t *out)
{
	return sign < 0 ? !__builtin_sub_overflow(a, b, out)
			: !__builtin_add_overflow(a, b, out);
}
