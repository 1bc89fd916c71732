#include "tui/list.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/paint.h"

void list_resize(struct list *l, size_t count)
{
	l->count = count;
	if (l->focus >= count)
		l->focus = count > 0 ? count - 1 : 0;
	if (l->top > l->focus)
		l->top = l->focus;
}

void list_show(struct list *l, int rows)
{
	size_t n = rows > 0 ? (size_t)rows : 1;

	l->rows = (int)n;
	if (l->focus < l->top)
		l->top = l->focus;
	if (l->focus >= l->top + n)
		l->top = l->focus - n + 1;
	if (l->top + n > l->count)
		l->top = l->count > n ? l->count - n : 0;
}

bool list_act(struct list *l, enum action action)
{
	size_t page = l->rows > 2 ? (size_t)l->rows - 1 : 1;
	size_t last = l->count > 0 ? l->count - 1 : 0;

	switch (action) {
	case ACTION_UP:
		l->focus -= l->focus > 0;
		return true;
	case ACTION_DOWN:
		l->focus += l->focus < last;
		return true;
	case ACTION_PAGE_UP:
		l->focus = l->focus > page ? l->focus - page : 0;
		return true;
	case ACTION_PAGE_DOWN:
		l->focus = last - l->focus > page ? l->focus + page : last;
		return true;
	case ACTION_HOME:
	case ACTION_TOP:
		l->focus = 0;
		return true;
	case ACTION_END:
	case ACTION_BOTTOM:
		l->focus = last;
		return true;
	default:
		return false;
	}
}

enum list_hit list_mouse(struct list *l, const struct event *event, int y)
{
	size_t line = l->top + (size_t)(event->y > y ? event->y - y : 0);
	bool again = line == l->focus;

	if (event->wheel != 0) {
		list_act(l, event->wheel < 0 ? ACTION_UP : ACTION_DOWN);
		return LIST_MOVED;
	}
	if (event->y < y || event->y >= y + l->rows || line >= l->count)
		return LIST_MISSED;
	l->focus = line;
	return again ? LIST_AGAIN : LIST_MOVED;
}

void list_where(const struct list *l, WINDOW *win, int y, int end)
{
	size_t last = l->top + (size_t)l->rows;
	char *text = str_printf(_(" %zu-%zu，共 %zu 行 "), l->top + 1,
				last < l->count ? last : l->count, l->count);
	int cells = text_cells(text, strlen(text));

	if (cells < end - 2)
		paint_text(win, y, end - cells, cells, THEME_LABEL, text);
	free(text);
}
