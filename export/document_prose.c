/* document_prose - typed text as paragraphs and headings. */
#include <string.h>

#include "core/text.h"
#include "export/document.h"

enum {
	HEADING_LIMIT = 30, /* characters of a paragraph that is a heading */
};

static char *clean(const char *s, size_t len)
{
	struct str text = { 0 };

	text_clean(&text, s, len);
	return str_steal(&text);
}

/* Bytes of a blank at s: half-width, full-width, no-break. */
static size_t blank(const char *s, size_t len)
{
	static const char *const blanks[] = { " ", "　", "\xc2\xa0" };

	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
		size_t n = strlen(blanks[i]);

		if (n <= len && memcmp(s, blanks[i], n) == 0)
			return n;
	}
	return 0;
}

/* The blanks around a paragraph are the clerk's indent; ours is a style. */
static void trim(const char **s, size_t *len)
{
	size_t n;

	while ((n = blank(*s, *len))) {
		*s += n;
		*len -= n;
	}
	for (n = 1; n <= 3 && n <= *len; n++)
		if (blank(*s + *len - n, n) == n) {
			*len -= n;
			n = 0;
		}
}

/* How headings inside a text begin. */
static const struct mark {
	const char *before, *digits, *after;
	int level;
	bool stop; /* a full stop may end it: （一）主动公开情况。 */
} marks[] = {
	{ "（", "一二三四五六七八九十", "）", 2, true },
	{ "（", "0123456789", "）", 4, false },
	{ "", "0123456789", ".", 3, false },
	{ "", "0123456789", "．", 3, false },
	{ "", "0123456789", "、", 3, false },
};

static bool is_one_of(const char *digits, const char *s, size_t *len)
{
	size_t n = (unsigned char)*digits < 0x80 ? 1 : 3;

	for (const char *d = digits; *d; d += n)
		if (strncmp(d, s, n) == 0) {
			*len = n;
			return true;
		}
	return false;
}

/* What follows the mark at s, or NULL. */
static const char *after_mark(const struct mark *m, const char *s)
{
	size_t n;

	if (strncmp(s, m->before, strlen(m->before)) != 0)
		return NULL;
	s += strlen(m->before);
	if (!is_one_of(m->digits, s, &n))
		return NULL;
	while (is_one_of(m->digits, s, &n))
		s += n;
	if (strncmp(s, m->after, strlen(m->after)) != 0)
		return NULL;
	return s + strlen(m->after);
}

static bool ends_open(const char *rest)
{
	static const char *const stops[] = { "。", "；", "，", "：", "、", "？",
					     "！", ";",  ".",  ",",  ":" };
	size_t len = strlen(rest);

	for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
		size_t n = strlen(stops[i]);

		if (n <= len && strcmp(rest + len - n, stops[i]) == 0)
			return false;
	}
	return true;
}

/* 2..4 when the whole paragraph is a short heading, else 0. */
static int heading_level(const char *text)
{
	if (text_count(text) > HEADING_LIMIT)
		return 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *rest = after_mark(&marks[i], text), *stop;

		if (!rest || !*rest || (*rest >= '0' && *rest <= '9'))
			continue;
		stop = strstr(rest, "。");
		if (stop && marks[i].stop && stop[strlen("。")] == '\0')
			return marks[i].level;
		return !stop && ends_open(rest) ? marks[i].level : 0;
	}
	return 0;
}

void document_add_prose(struct document *doc, enum block_kind kind,
			const char *text, const struct section_def *section)
{
	for (const char *s = text, *end; *s; s = *end ? end + 1 : end) {
		const char *from = s;
		struct block *b;
		size_t len;

		end = strchrnul(s, '\n');
		len = (size_t)(end - s);
		trim(&from, &len);
		if (len == 0)
			continue;
		b = document_add(doc, kind, clean(from, len));
		b->section = section;
		if (kind == BLOCK_PARAGRAPH)
			b->level = heading_level(b->text);
		if (b->level)
			b->kind = BLOCK_HEADING;
	}
}
