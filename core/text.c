#include "core/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "core/mem.h"

enum {
	STRETCH = 128, /* bytes looked at for one step of the cursor */
	QUOTE_CELLS = 24
};

static const uint8_t *u8(const char *s)
{
	return (const uint8_t *)s;
}

static bool fit(ucs4_t c)
{
	return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && c != 0xfffe &&
	       c != 0xffff;
}

/* Bytes of the character that begins at p when it is one that most texts are made
 * of (plain ASCII; U+1000 to U+CFFF; U+F000 to U+FFBF), or 0. */
static size_t common(const uint8_t *p, size_t len)
{
	if (p[0] >= 0x20 && p[0] < 0x7f)
		return 1;
	if (len < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
		return 0;
	return (p[0] > 0xe0 && p[0] < 0xed) || (p[0] == 0xef && p[1] < 0xbf)
		       ? 3
		       : 0;
}

/* Whole texts pass here at every key: few characters are looked at closely. */
static bool valid(const char *s, size_t len, const char *controls)
{
	const uint8_t *p = u8(s), *end = p + len;

	while (p < end) {
		size_t left = (size_t)(end - p), n = common(p, left);

		if (!n) {
			ucs4_t c;
			int bytes = u8_mbtoucr(&c, p, left);

			if (bytes <= 0 || c == 0 ||
			    !(fit(c) || (c < 0x20 && strchr(controls, (int)c))))
				return false;
			n = (size_t)bytes;
		}
		p += n;
	}
	return true;
}

bool text_valid(const char *s, size_t len)
{
	return valid(s, len, "\n");
}

bool text_valid_prose(const char *s, size_t len)
{
	return valid(s, len, "\n\t");
}

static void clean(struct str *out, const char *s, size_t len, char newline)
{
	for (size_t at = 0; at < len;) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, u8(s) + at, len - at);

		if (n <= 0) {
			at++;
			continue;
		}
		if (c == '\r' && !(at + 1 < len && s[at + 1] == '\n'))
			c = '\n';
		if (c == '\n')
			str_addc(out, newline);
		else if (c == '\t')
			str_addc(out, ' ');
		else if (fit(c))
			str_addn(out, s + at, (size_t)n);
		at += (size_t)n;
	}
}

bool text_utf8(const char *s, size_t len)
{
	return !u8_check(u8(s), len);
}

void text_clean(struct str *out, const char *s, size_t len)
{
	clean(out, s, len, '\n');
}

void text_one_line(struct str *out, const char *s, size_t len)
{
	clean(out, s, len, ' ');
}

void text_quote(struct str *out, const char *s)
{
	struct str line = { 0 };
	size_t fits;
	int used;

	str_clear(&line);
	text_one_line(&line, s, strlen(s));
	fits = text_fit(line.s, line.len, QUOTE_CELLS, &used);
	str_addn(out, line.s, fits);
	if (fits < line.len)
		str_add(out, "…");
	str_free(&line);
}

void text_mend(char *s)
{
	size_t len = strlen(s);
	const uint8_t *bad = u8_check(u8(s), len);

	if (bad)
		s[bad - u8(s)] = '\0';
}

/* The first cluster boundary after 0 in s[0..len). */
static size_t first_cluster(const char *s, size_t len)
{
	size_t n = len < STRETCH ? len : STRETCH;
	char edge[STRETCH];

	if (n < len)
		while (n > 1 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	u8_grapheme_breaks(u8(s), n, edge);
	for (size_t i = 1; i < n; i++)
		if (edge[i])
			return i;
	return n;
}

/* The bytes of a character that never joins another one of its like: ASCII, Han,
 * Chinese marks, full-width forms; 0: it may. */
static size_t ordinary(const char *s, size_t len, size_t off)
{
	const unsigned char *c = (const unsigned char *)s + off;

	if (off >= len || *c == '\r')
		return 0;
	if (*c < 0x80)
		return 1;
	if (len - off < 3)
		return 0;
	return (*c >= 0xe4 && *c <= 0xe9) ||
			       (*c == 0xe3 && c[1] == 0x80 && c[2] < 0xaa) ||
			       (*c == 0xef && (c[1] == 0xbc || c[1] == 0xbd))
		       ? 3
		       : 0;
}

/* The same of the one before `off`. */
static size_t ordinary_before(const char *s, size_t len, size_t off)
{
	if (off >= 1 && (unsigned char)s[off - 1] < 0x80)
		return ordinary(s, len, off - 1);
	return off >= 3 && ordinary(s, len, off - 3) == 3 ? 3 : 0;
}

size_t text_next(const char *s, size_t len, size_t off)
{
	size_t n;

	if (off >= len)
		return len;
	n = ordinary(s, len, off);
	if (n && (off + n == len || ordinary(s, len, off + n)))
		return off + n;
	return off + first_cluster(s + off, len - off);
}

/* Back to where a cluster surely starts, then forward again. */
size_t text_prev(const char *s, size_t len, size_t off)
{
	size_t start, at, next, n;

	if (off == 0)
		return 0;
	n = ordinary_before(s, len, off);
	if (n && (off == n || ordinary_before(s, len, off - n)))
		return off - n;
	start = off > STRETCH / 2 ? off - STRETCH / 2 : 0;
	while (start > 0 && ((unsigned char)s[start] & 0xc0) == 0x80)
		start--;
	/* A line always starts a cluster: nothing before it matters. */
	for (at = off - 1; at > start; at--)
		if (s[at - 1] == '\n')
			break;
	for (; (next = text_next(s, len, at)) < off; at = next)
		;
	return at;
}

enum word_class {
	WORD_BLANK,
	WORD_HAN,
	WORD_LETTER,
	WORD_OTHER
};

static enum word_class class_of(const char *s, size_t len, size_t off)
{
	ucs4_t c;

	u8_mbtouc(&c, u8(s) + off, len - off);
	if (c == 0x3000 || uc_is_property_white_space(c))
		return WORD_BLANK;
	if (uc_is_property_ideographic(c))
		return WORD_HAN;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L |
							UC_CATEGORY_MASK_N))
		return WORD_LETTER;
	return WORD_OTHER;
}

size_t text_word_next(const char *s, size_t len, size_t off)
{
	enum word_class first;

	if (off >= len)
		return len;
	first = class_of(s, len, off);
	while (off < len && class_of(s, len, off) == first)
		off = text_next(s, len, off);
	while (off < len && class_of(s, len, off) == WORD_BLANK)
		off = text_next(s, len, off);
	return off;
}

size_t text_word_prev(const char *s, size_t len, size_t off)
{
	enum word_class first;
	size_t before;

	while (off > 0) {
		before = text_prev(s, len, off);
		if (class_of(s, len, before) != WORD_BLANK)
			break;
		off = before;
	}
	if (off == 0)
		return 0;
	first = class_of(s, len, text_prev(s, len, off));
	while (off > 0) {
		before = text_prev(s, len, off);
		if (class_of(s, len, before) != first)
			break;
		off = before;
	}
	return off;
}

/* A cluster is one or two cells. */
static int cluster_cells(const char *s, size_t len)
{
	int w;

	if (len == 1)
		return 1;
	w = u8_width(u8(s), len, "UTF-8");
	return w < 1 ? 1 : w > 2 ? 2 : w;
}

size_t text_fit(const char *s, size_t len, int cells, int *used)
{
	size_t at = 0;

	*used = 0;
	while (at < len) {
		size_t next = text_next(s, len, at);
		int w = cluster_cells(s + at, next - at);

		if (*used + w > cells)
			break;
		*used += w;
		at = next;
	}
	return at;
}

int text_cells(const char *s, size_t len)
{
	int used;

	text_fit(s, len, INT32_MAX, &used);
	return used;
}

/* ---- wrapping ---- */

static bool is_quote(ucs4_t c)
{
	return c == 0x201c || c == 0x201d || c == 0x2018 || c == 0x2019;
}

static bool closes(ucs4_t c)
{
	return c == 0x201d || c == 0x2019;
}

static bool wide(ucs4_t c)
{
	return uc_width(c, "UTF-8") == 2;
}

/* UAX 14 forbids every break at a curly quote; Chinese text may break after a
 * closing one and before an opening one where the neighbour does not forbid
 * it itself. */
static bool quote_gap(ucs4_t left, ucs4_t right)
{
	bool after =
		closes(left) &&
		((wide(right) &&
		  !uc_is_general_category_withtable(
			  right, UC_CATEGORY_MASK_Pe | UC_CATEGORY_MASK_Po)) ||
		 (is_quote(right) && !closes(right)));
	bool before =
		is_quote(right) && !closes(right) && wide(left) &&
		!uc_is_general_category_withtable(left, UC_CATEGORY_MASK_Ps);

	return after || before;
}

static void open_quote_gaps(struct text_lines *w, const char *s, size_t len)
{
	ucs4_t left = 0, right;

	for (size_t at = 0; at < len; left = right) {
		int n = u8_mbtouc(&right, u8(s) + at, len - at);

		if (at > 0 && w->gap[at] == UC_BREAK_PROHIBITED &&
		    (is_quote(left) || is_quote(right)) &&
		    quote_gap(left, right))
			w->gap[at] = UC_BREAK_POSSIBLE;
		at += (size_t)n;
	}
}

static void measure(struct text_lines *w, const char *s, size_t len)
{
	if (len > w->bytes || !w->edge) {
		w->bytes = len + len / 2 + 64;
		w->edge = xreallocarray(w->edge, w->bytes, 1);
		w->gap = xreallocarray(w->gap, w->bytes, 1);
	}
	u8_grapheme_breaks(u8(s), len, w->edge);
	u8_possible_linebreaks(u8(s), len, "GBK", w->gap);
	open_quote_gaps(w, s, len);
}

static void add_line(struct text_lines *w, size_t start, size_t end, int cells,
		     bool hard)
{
	w->line = mem_grow(w->line, w->count, &w->room, sizeof *w->line);
	w->line[w->count++] =
		(struct text_line){ start, end - start, cells, hard };
}

struct wrapping {
	size_t start; /* of the line */
	int cells;    /* from the start to here */
	size_t gap;   /* the last place it may break, or start */
	int gap_cells;
};

/* The cluster at..next does not fit any more: end the line at its last gap, or
 * here if there is none; again until what is left fits. */
static void break_line(struct text_lines *w, struct wrapping *p, size_t at)
{
	size_t end = p->gap > p->start ? p->gap : at;
	int cells = p->gap > p->start ? p->gap_cells : p->cells;

	add_line(w, p->start, end, cells, false);
	p->start = end;
	p->cells -= cells;
	p->gap = end;
	p->gap_cells = 0;
}

static size_t next_edge(const struct text_lines *w, size_t len, size_t at)
{
	for (at++; at < len && !w->edge[at]; at++)
		;
	return at;
}

void text_wrap_indent(struct text_lines *w, const char *s, size_t len,
		      int width, int indent)
{
	struct wrapping p = { 0 };
	int room = width - indent;

	w->count = 0;
	measure(w, s, len);
	for (size_t at = 0, next; at < len; at = next) {
		int cells;

		next = next_edge(w, len, at);
		if (s[at] == '\n') {
			add_line(w, p.start, at, p.cells, true);
			p = (struct wrapping){ .start = next, .gap = next };
			room = width - indent;
			continue;
		}
		if (at > p.start && w->gap[at] != UC_BREAK_PROHIBITED) {
			p.gap = at;
			p.gap_cells = p.cells;
		}
		cells = cluster_cells(s + at, next - at);
		while (p.cells + cells > room && p.start < at) {
			break_line(w, &p, at);
			room = width;
		}
		p.cells += cells;
	}
	add_line(w, p.start, len, p.cells, true);
}

void text_wrap(struct text_lines *w, const char *s, size_t len, int width)
{
	text_wrap_indent(w, s, len, width, 0);
}

/* Lines from..to of `w` become those of `part`, which begin at `start`; what
 * follows moves on by `by` bytes. */
static void exchange(struct text_lines *w, size_t from, size_t to,
		     const struct text_lines *part, size_t start, ptrdiff_t by)
{
	size_t rest = w->count - to, count = from + part->count + rest;

	if (count > w->room) {
		w->room = count + count / 2;
		w->line = xreallocarray(w->line, w->room, sizeof *w->line);
	}
	memmove(w->line + from + part->count, w->line + to,
		rest * sizeof *w->line);
	for (size_t i = 0; i < part->count; i++) {
		w->line[from + i] = part->line[i];
		w->line[from + i].start += start;
	}
	for (size_t i = from + part->count; i < count; i++)
		w->line[i].start = (size_t)((ptrdiff_t)w->line[i].start + by);
	w->count = count;
}

void text_rewrap(struct text_lines *w, const char *s, int width, int indent,
		 const struct text_change *change)
{
	size_t from = text_line_of(w, change->at);
	size_t to = text_line_of(w, change->at + change->removed);
	ptrdiff_t by = (ptrdiff_t)change->inserted - (ptrdiff_t)change->removed;
	struct text_lines part = { 0 };
	size_t start, end;

	while (from > 0 && !w->line[from - 1].hard)
		from--;
	while (!w->line[to].hard)
		to++;
	start = w->line[from].start;
	end = w->line[to].start + w->line[to].len;
	text_wrap_indent(&part, s + start,
			 (size_t)((ptrdiff_t)(end - start) + by), width,
			 indent);
	exchange(w, from, to + 1, &part, start, by);
	text_lines_free(&part);
}

void text_lines_free(struct text_lines *w)
{
	free(w->line);
	free(w->edge);
	free(w->gap);
	*w = (struct text_lines){ 0 };
}

size_t text_line_of(const struct text_lines *w, size_t off)
{
	size_t lo = 0, hi = w->count;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (w->line[mid].start <= off)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

int text_column(const struct text_lines *w, const char *s, size_t off)
{
	const struct text_line *line = &w->line[text_line_of(w, off)];
	size_t len = off - line->start;

	return text_cells(s + line->start, len < line->len ? len : line->len);
}

size_t text_offset(const struct text_lines *w, const char *s, size_t line,
		   int col)
{
	const struct text_line *l = &w->line[line];
	size_t at = 0, next;
	int used = 0;

	for (; at < l->len; at = next) {
		next = text_next(s + l->start, l->len, at);
		used += cluster_cells(s + l->start + at, next - at);
		if (used > col)
			break;
	}
	/* The end of a soft line is the start of the next one. */
	if (at == l->len && !l->hard && at > 0)
		at = text_prev(s + l->start, l->len, at);
	return l->start + at;
}

/* ---- searching ---- */

static char *nfc(const char *s)
{
	size_t len = 0;
	uint8_t *out = u8_normalize(UNINORM_NFC, u8(s), strlen(s), NULL, &len);
	char *text = xstrndup(out ? (const char *)out : "", out ? len : 0);

	free(out);
	return text;
}

static bool is_ascii(const char *s)
{
	while (*s && (unsigned char)*s < 0x80)
		s++;
	return !*s;
}

bool text_contains(const char *hay, const char *needle)
{
	char *a, *b;
	bool found;

	if (is_ascii(hay) && is_ascii(needle))
		return strstr(hay, needle) != NULL;
	a = nfc(hay);
	b = nfc(needle);
	found = strstr(a, b) != NULL;
	free(a);
	free(b);
	return found;
}

void text_nfc(struct str *out, const char *s)
{
	char *text = is_ascii(s) ? xstrdup(s) : nfc(s);

	str_add(out, text);
	free(text);
}

char text_narrow(const char *s)
{
	ucs4_t c;

	u8_mbtouc(&c, u8(s), strlen(s));
	return c > 0xff00 && c < 0xff5f ? (char)(c - 0xfee0) : '\0';
}
