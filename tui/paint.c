#include "tui/paint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	MOST_IN_A_CELL = CCHARW_MAX /* curses drops what comes after */
};

/* The cells that curses will use for the cluster, or -1. */
static int curses_cells(const char *s, size_t len)
{
	mbstate_t state = { 0 };
	int cells = 0, characters = 0;

	for (size_t at = 0; at < len; characters++) {
		wchar_t c;
		size_t n = mbrtowc(&c, s + at, len - at, &state);
		int w = n > 0 && n <= len - at ? wcwidth(c) : -1;

		if (w < 0)
			return -1;
		cells += w;
		at += n;
	}
	return characters > MOST_IN_A_CELL ? -1 : cells;
}

static void add_cluster(struct str *out, const char *s, size_t len)
{
	int cells = text_cells(s, len);

	if (len == 1 && *s == '\t')
		str_addc(out, ' ');
	else if (len == 1 && (unsigned char)*s >= 0x20 && *s != 0x7f)
		str_addc(out, *s);
	else if (len > 1 && curses_cells(s, len) == cells)
		str_addn(out, s, len);
	else
		str_add(out, cells == 2 ? "〓" : "?");
}

/* Is the cell at x the second half of a wide character?  Writing there would
 * shift the rest of the row. */
static bool is_half(WINDOW *win, int y, int x)
{
	cchar_t cell;

	if (x <= 0 || x >= getmaxx(win) || mvwin_wch(win, y, x, &cell) == ERR)
		return false;
	return (cell.attr & A_CHARTEXT) > 1;
}

static void blank(WINDOW *win, int y, int x)
{
	mvwaddnstr(win, y, x, " ", 1);
}

/* Whole characters on both edges. */
static void clear_edges(WINDOW *win, int y, int x, int cells)
{
	if (is_half(win, y, x))
		blank(win, y, x - 1);
	if (is_half(win, y, x + cells))
		blank(win, y, x + cells);
}

int paint_textn(WINDOW *win, int y, int x, int cells, enum theme_role role,
		const char *text, size_t len)
{
	struct str out = { 0 };
	int used;

	if (x < 0 || y < 0 || y >= getmaxy(win) || x >= getmaxx(win))
		return 0;
	if (cells > getmaxx(win) - x)
		cells = getmaxx(win) - x;
	if (cells <= 0)
		return 0;
	len = text_fit(text, len, cells, &used);
	for (size_t at = 0, next; at < len; at = next) {
		next = text_next(text, len, at);
		add_cluster(&out, text + at, next - at);
	}
	for (int i = used; i < cells; i++)
		str_addc(&out, ' ');
	clear_edges(win, y, x, cells);
	theme_set(win, role);
	mvwaddnstr(win, y, x, out.s, (int)out.len);
	str_free(&out);
	return used;
}

/* Signs that some terminals draw one cell wide and others two. */
static const struct {
	const char *sign, *ascii;
} unsure[] = {
	{ "·", "-" },  { "→", ">" },  { "…", "." }, { "×", "x" }, { "—", "-" },
	{ "“", "\"" }, { "”", "\"" }, { "‘", "'" }, { "’", "'" }, { "✓", "+" },
	{ "◐", "~" },  { "○", "-" },  { "✗", "!" }, { "│", "|" },
};

static void add_plain(struct str *out, const char *s, size_t len)
{
	for (size_t at = 0; at < len; at++) {
		size_t i = 0, n = sizeof unsure / sizeof *unsure;

		while (i < n && strncmp(s + at, unsure[i].sign,
					strlen(unsure[i].sign)) != 0)
			i++;
		if (i == n) {
			str_addc(out, s[at]);
			continue;
		}
		str_add(out, unsure[i].ascii);
		at += strlen(unsure[i].sign) - 1;
	}
}

int paint_line(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text, size_t len)
{
	struct str plain = { 0 };
	int used;

	if (!theme_ascii())
		return paint_textn(win, y, x, cells, role, text, len);
	str_addn(&plain, "", 0);
	add_plain(&plain, text, len);
	used = paint_textn(win, y, x, cells, role, plain.s, plain.len);
	str_free(&plain);
	return used;
}

int paint_text(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text)
{
	return paint_line(win, y, x, cells, role, text ? text : "",
			  text ? strlen(text) : 0);
}

void paint_right(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *text)
{
	int used = text_cells(text, strlen(text));
	int lead = used < cells ? cells - used : 0;

	paint_text(win, y, x, lead, role, "");
	paint_text(win, y, x + lead, cells - lead, role, text);
}

void paint_textf(WINDOW *win, int y, int x, int cells, enum theme_role role,
		 const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) >= 0)
		paint_text(win, y, x, cells, role, text);
	va_end(ap);
	free(text);
}

static bool in_number(char c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == ',';
}

/* As much as fits, and .. for the rest; a number is shown whole or not at all.
 */
static void paint_cut(WINDOW *win, int y, int x, int cells,
		      enum theme_role role, const char *text, size_t len)
{
	int used;
	size_t fits = text_fit(text, len, cells - 2, &used);

	if (fits < len && fits > 0 && in_number(text[fits]))
		while (fits > 0 && in_number(text[fits - 1]))
			fits--;
	used = paint_line(win, y, x, cells - 2, role, text, fits);
	paint_text(win, y, x + used, cells - used, role, "..");
}

void paint_fit(WINDOW *win, int y, int x, int cells, enum theme_role role,
	       const char *text)
{
	size_t len = strlen(text);

	if (text_cells(text, len) <= cells || cells < 4)
		paint_line(win, y, x, cells, role, text, len);
	else
		paint_cut(win, y, x, cells, role, text, len);
}

int paint_widest(const char *const *words, size_t count)
{
	int widest = 0;

	for (size_t i = 0; i < count; i++) {
		int cells = text_cells(_(words[i]), strlen(_(words[i])));

		widest = cells > widest ? cells : widest;
	}
	return widest;
}

int paint_wrapped(WINDOW *win, int y, int x, int cells, int rows,
		  enum theme_role role, const char *text)
{
	struct text_lines lines = { 0 };
	int used = 0;

	if (cells < 4 || rows < 1 || !*text)
		return 0;
	text_wrap(&lines, text, strlen(text), cells);
	for (; used < rows && (size_t)used < lines.count; used++) {
		const struct text_line *line = &lines.line[used];

		if (used == rows - 1 && lines.count > (size_t)rows)
			paint_cut(win, y + used, x, cells, role,
				  text + line->start, line->len);
		else
			paint_line(win, y + used, x, cells, role,
				   text + line->start, line->len);
	}
	text_lines_free(&lines);
	return used;
}

/* Where a line may end, the best first. */
static const char *const phrase_ends[][8] = {
	{ "；", "。", "，", "！", "？", ". ", "; ", ", " },
	{ "：", "）", "”", ")", ": ", "\n" },
	{ "、", " " },
};

/* The last end of that sort in s[0..len), with the cells before it; 0: none. */
static size_t last_end(const char *s, size_t len, size_t sort)
{
	const size_t most = sizeof *phrase_ends / sizeof **phrase_ends;

	for (size_t at = len; at > 0; at--)
		for (size_t i = 0; i < most && phrase_ends[sort][i]; i++) {
			const char *end = phrase_ends[sort][i];
			size_t n = strlen(end);

			if (n <= at && memcmp(s + at - n, end, n) == 0)
				return at;
		}
	return 0;
}

/* How much of the text stands on a line of `cells`, so that the rest fits
 * `rest`; no end leaves a line half empty. */
static size_t phrase_fit(const char *s, size_t len, int cells, int rest)
{
	int used;
	size_t most = text_fit(s, len, cells, &used);

	if (most == len)
		return len;
	for (size_t i = 0; i < sizeof phrase_ends / sizeof *phrase_ends; i++) {
		size_t n = last_end(s, most, i);

		if (n > 0 && (text_cells(s + n, len - n) <= rest ||
			      text_cells(s, n) * 2 > cells))
			return n;
	}
	return most;
}

int paint_phrases(WINDOW *win, int y, int x, int cells, int rows,
		  enum theme_role role, const char *text)
{
	size_t len = strlen(text);
	int used = 0;

	for (; used < rows && len > 0; used++) {
		bool last = used + 1 == rows;
		size_t n =
			phrase_fit(text, len, cells, (rows - used - 1) * cells);

		if (last && n < len) {
			paint_cut(win, y + used, x, cells, role, text, len);
			return rows;
		}
		paint_textn(win, y + used, x, cells, role, text, n);
		text += n;
		len -= n;
	}
	return used;
}

void paint_row(WINDOW *win, int y, enum theme_role role)
{
	paint_text(win, y, 0, getmaxx(win), role, "");
}

void paint_rule(WINDOW *win, int y, int x, int cells)
{
	theme_set(win, THEME_DIM);
	if (theme_ascii())
		mvwhline(win, y, x, '-', cells);
	else
		mvwhline_set(win, y, x, WACS_HLINE, cells);
}

void paint_frame(WINDOW *win)
{
	theme_set(win, THEME_TEXT);
	if (theme_ascii())
		wborder(win, '|', '|', '-', '-', '+', '+', '+', '+');
	else
		wborder_set(win, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
			    NULL);
}
