#include "tui/pager.h"

#include <string.h>

#include "core/tr.h"
#include "tui/paint.h"

enum {
	ENDLESS = 1 << 20, /* lines as they are */
	STEP = 8,          /* cells that Left and Right go */
};

void pager_free(struct pager *p)
{
	str_free(&p->text);
	text_lines_free(&p->lines);
	*p = (struct pager){ .found = PAGER_NONE };
}

static void wrap(struct pager *p, int width)
{
	p->width = width;
	text_wrap(&p->lines, p->text.s, p->text.len,
		  p->as_is ? ENDLESS : width);
	p->widest = 0;
	for (size_t i = 0; i < p->lines.count; i++)
		if (p->lines.line[i].cells > p->widest)
			p->widest = p->lines.line[i].cells;
}

void pager_load(struct pager *p, const char *text, bool as_is, bool stay)
{
	str_clear(&p->text);
	str_add(&p->text, text);
	p->as_is = as_is;
	p->found = PAGER_NONE;
	if (!stay)
		p->top = 0;
	wrap(p, p->width > 2 ? p->width : 76);
}

static size_t last_top(const struct pager *p)
{
	size_t rows = p->rows > 0 ? (size_t)p->rows : 1;

	return p->lines.count > rows ? p->lines.count - rows : 0;
}

/* What was found, over its line. */
static void draw_found(const struct pager *p, WINDOW *win, int y, int x,
		       int cells)
{
	const char *s = p->text.s + p->lines.line[p->found].start;
	int from = text_cells(s, p->found_at) - p->left;
	int most = text_cells(s + p->found_at, p->found_len);

	if (from < 0 || from >= cells)
		return;
	paint_textn(win, y, x + from, most < cells - from ? most : cells - from,
		    THEME_FOCUS, s + p->found_at, p->found_len);
}

static void draw_line(const struct pager *p, WINDOW *win, int y, int x,
		      int cells, size_t i)
{
	const struct text_line *line = &p->lines.line[i];
	const char *s = p->text.s + line->start;
	int hidden;
	size_t from = text_fit(s, line->len, p->left, &hidden);

	/* Half a wide character at the left edge is a blank. */
	if (hidden < p->left && from < line->len) {
		from = text_next(s, line->len, from);
		paint_text(win, y, x, 1, THEME_TEXT, "");
		x++;
		cells--;
	}
	(p->as_is ? paint_textn : paint_line)(win, y, x, cells, THEME_TEXT,
					      s + from, line->len - from);
}

void pager_draw(struct pager *p, WINDOW *win, int y, int rows, int x, int cells)
{
	if (p->width != cells)
		wrap(p, cells);
	p->rows = rows;
	if (p->top > last_top(p))
		p->top = last_top(p);
	if (p->left > 0 && p->left > p->widest - cells + STEP)
		p->left = 0;
	for (int i = 0; i < rows && p->top + (size_t)i < p->lines.count; i++) {
		draw_line(p, win, y + i, x, cells, p->top + (size_t)i);
		if (p->top + (size_t)i == p->found)
			draw_found(p, win, y + i, x, cells);
	}
}

static void go(struct pager *p, size_t count, bool up)
{
	if (up)
		p->top = p->top > count ? p->top - count : 0;
	else
		p->top = last_top(p) - p->top > count ? p->top + count
						      : last_top(p);
}

static bool move_across(struct pager *p, enum action action)
{
	if (!p->as_is || p->widest <= p->width)
		return false;
	if (action == ACTION_LEFT)
		p->left = p->left > STEP ? p->left - STEP : 0;
	else if (p->left < p->widest - p->width)
		p->left += STEP;
	return true;
}

bool pager_act(struct pager *p, enum action action)
{
	size_t page = p->rows > 2 ? (size_t)p->rows - 1 : 1;

	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
		go(p, 1, action == ACTION_UP);
		return true;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		go(p, page, action == ACTION_PAGE_UP);
		return true;
	case ACTION_HOME:
	case ACTION_TOP:
		p->top = 0;
		return true;
	case ACTION_END:
	case ACTION_BOTTOM:
		p->top = last_top(p);
		return true;
	case ACTION_LEFT:
	case ACTION_RIGHT:
		return move_across(p, action);
	default:
		return false;
	}
}

/* Where it stands in the line; letters of another make (NFC) mark all of it. */
static bool has(struct pager *p, size_t i, const char *needle)
{
	struct str line = { 0 };
	const char *at;
	bool found;

	str_addn(&line, p->text.s + p->lines.line[i].start,
		 p->lines.line[i].len);
	found = line.len > 0 && text_contains(line.s, needle);
	if (found) {
		at = strcasestr(line.s, needle);
		p->found_at = at ? (size_t)(at - line.s) : 0;
		p->found_len = at ? strlen(needle) : line.len;
	}
	str_free(&line);
	return found;
}

static bool has_one(struct pager *p, size_t line, const char *const *needles)
{
	for (; *needles; needles++)
		if (**needles && has(p, line, *needles))
			return true;
	return false;
}

bool pager_find_one(struct pager *p, const char *const *needles)
{
	size_t count = p->lines.count;
	size_t from = p->found == PAGER_NONE ? p->top : p->found + 1;

	for (size_t i = 0; i < count; i++) {
		size_t k = (from + i) % count;

		if (!has_one(p, k, needles))
			continue;
		p->found = k;
		if (k < p->top || k >= p->top + (size_t)p->rows)
			p->top = k > 2 ? k - 2 : 0;
		return true;
	}
	return false;
}

bool pager_find(struct pager *p, const char *needle)
{
	const char *const needles[] = { needle, NULL };

	return pager_find_one(p, needles);
}

void pager_where(const struct pager *p, struct str *out)
{
	size_t end = p->top + (size_t)p->rows;

	str_addf(out, _("第 %zu-%zu 行，共 %zu 行"), p->top + 1,
		 end < p->lines.count ? end : p->lines.count, p->lines.count);
}
