/* A grid on the screen: heads and totals stay in sight, the rest scrolls. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/walk_view.h"

/* The label where it fits, else the short one. */
static void draw_head_names(const struct view *v, WINDOW *win, int y,
			    const struct band_def *band, int shift,
			    enum theme_role role)
{
	for (size_t c = v->first; c < band->column_count; c++) {
		const char *name =
			walk_view_head(&band->columns[c], v->width[c]);

		if (walk_view_right(v, c) + shift <= v->box.x + v->box.cols)
			paint_right(win, y,
				    walk_view_right(v, c) + shift - v->width[c],
				    v->width[c], role, name);
	}
}

static void draw_head(const struct view *v, WINDOW *win, int y,
		      const struct band_def *band)
{
	const char *title = band->label      ? band->label
			    : v->grid->title ? v->grid->title
					     : v->grid->section->title;
	size_t len = strlen(title), end = strlen("）");
	const char *unit = strstr(title, "（");
	char *brief = xstrdup(title);

	/* the unit in brackets gives way to the rest */
	if (unit && strcmp(title + len - end, "）") == 0 &&
	    text_cells(title, len) > v->label - 1)
		brief[unit - title] = '\0';
	paint_text(win, y, v->box.x, v->box.cols, THEME_LABEL, "");
	paint_fit(win, y, v->box.x + VIEW_MARKS, v->label - 1, THEME_LABEL,
		  brief);
	free(brief);
	draw_head_names(v, win, y, band, 0, THEME_LABEL);
	if (v->first > 0) /* there is more at the left, at the right */
		paint_text(win, y, v->left - 1, 1, THEME_DIM, "<");
	if (v->right > v->box.x + v->box.cols + v->gap[0])
		paint_text(win, y, v->box.x + v->box.cols - 1, 1, THEME_DIM,
			   ">");
	if (!v->beside)
		return;
	draw_head_names(v, win, y, band, v->right - v->left + VIEW_GAP,
			THEME_DIM);
	if (y == v->box.y)
		paint_textf(win, y, v->right + 1, VIEW_GAP - 1, THEME_DIM, "%d",
			    report_year(draft_report(walk_draft(v->w))) - 1);
}

static enum theme_role cell_role(const struct walk *w, size_t cell)
{
	if (w->mark[cell] == '!')
		return THEME_WRONG;
	return walk_form(w)->cells[cell].part_count > 0 ? THEME_TOTAL
							: THEME_TEXT;
}

/* The clerk's own cell has brackets, and the terminal's cursor on its end.  The
 * bracket takes the place of the first mark; the signs of review stand behind
 * it. */
static void draw_focus(const struct view *v, WINDOW *win, int y, int x,
		       const char *text, int cells, const char *marks)
{
	int open = x - cells - 1;

	paint_text(win, y, x - cells, cells, THEME_FOCUS, text);
	if (open >= v->box.x)
		paint_text(win, y, open, 1, THEME_FOCUS, "[");
	paint_text(win, y, x, 1, THEME_FOCUS, "]");
	marks += strspn(marks, "!~");
	if (*marks)
		paint_text(win, y, x + 1, (int)strlen(marks), THEME_TEXT,
			   marks);
	v->w->app->cursor_y = y;
	v->w->app->cursor_x = x - 1;
}

static void draw_cell(const struct view *v, WINDOW *win, int y,
		      const struct row_def *row, size_t c)
{
	const struct walk *w = v->w;
	size_t cell = row->cells[c];
	int x = walk_view_right(v, c), cells;
	char marks[WALK_MARKS];
	struct str text = { 0 };
	const char *shown;

	if (x > v->box.x + v->box.cols) /* whole or not at all */
		return;
	walk_marks(w, cell, marks);
	walk_view_value(w, cell, &text);
	shown = walk_view_end(text.s, v->width[c]);
	cells = text_cells(shown, strlen(shown));
	paint_right(win, y, x - v->width[c], v->width[c], cell_role(w, cell),
		    shown);
	if (x < v->box.x + v->box.cols)
		paint_text(win, y, x, v->gap[c], cell_role(w, cell), marks);
	if (cell == w->cell)
		draw_focus(v, win, y, x, shown, cells, marks);
	str_free(&text);
}

static void draw_last_cell(const struct view *v, WINDOW *win, int y, int shift,
			   size_t cell, size_t c)
{
	struct str text = { 0 };

	walk_view_last(v->w, cell, &text);
	paint_right(win, y, walk_view_right(v, c) + shift - v->width[c],
		    v->width[c], THEME_DIM, text.s);
	str_free(&text);
}

/* Has it a number of last year's to begin with? */
static bool is_carried(const struct view *v, const struct row_def *row)
{
	int64_t last;

	for (size_t c = 0; c < row->band->column_count; c++)
		if (draft_carried(walk_draft(v->w), row->cells[c], &last))
			return true;
	return false;
}

static char row_mark(const struct view *v, const struct row_def *row)
{
	if (row == walk_cell(v->w)->row)
		return '>';
	if (is_carried(v, row))
		return '^';
	return row->sum ? '=' : ' ';
}

static void draw_row(const struct view *v, WINDOW *win, int y,
		     const struct line *line)
{
	const struct row_def *row = line->row;
	char mark[2] = { row_mark(v, row), '\0' };
	int in = walk_view_indent(v, line), used;
	bool here = *mark == '>';

	paint_text(win, y, v->box.x, v->box.cols, THEME_TEXT, "");
	paint_text(win, y, v->box.x + 1, 1, here ? THEME_HEAD : THEME_DIM,
		   mark);
	used = paint_text(win, y, v->box.x + VIEW_MARKS + in, v->label - in - 1,
			  here ? THEME_HEAD : THEME_TEXT,
			  walk_view_label(line));
	if (is_carried(v, row) && v->label - in - used >= 10)
		paint_text(win, y, v->box.x + VIEW_MARKS + in + used + 1, 8,
			   THEME_DIM, _("承上年"));
	for (size_t c = v->first; c < line->band->column_count; c++) {
		draw_cell(v, win, y, row, c);
		if (v->beside)
			draw_last_cell(v, win, y, v->right - v->left + VIEW_GAP,
				       row->cells[c], c);
	}
}

static void draw_group(const struct view *v, WINDOW *win, int y,
		       const struct line *line)
{
	int in = walk_view_indent(v, line);

	paint_text(win, y, v->box.x, v->box.cols, THEME_LABEL, "");
	paint_text(win, y, v->box.x + VIEW_MARKS + in,
		   v->box.cols - VIEW_MARKS - in, THEME_LABEL,
		   walk_view_label(line));
}

/* ＋3 of a cell against last year, where both are numbers. */
static void change_shown(const struct walk *w, size_t cell, struct str *out)
{
	const struct report *last = draft_last(walk_draft(w));
	size_t there =
		form_cell(report_form(last), walk_form(w)->cells[cell].path);
	struct value now = report_get(draft_report(walk_draft(w)), cell), was;
	char buf[NUM_TEXT];
	int64_t n;

	if (there == FORM_NO_CELL)
		return;
	was = report_get(last, there);
	if (now.kind == VALUE_NUMBER && was.kind == VALUE_NUMBER &&
	    num_add(now.number, -1, was.number, &n))
		str_addf(out, "%s%s", n > 0 ? "+" : "", num_text(n, buf));
}

/* Where last year does not fit beside: the clerk's row of it, below. */
static void draw_below(const struct view *v, WINDOW *win)
{
	const struct row_def *row = walk_cell(v->w)->row;
	int y = v->box.y + v->rows;

	paint_text(win, y, v->box.x, v->box.cols, THEME_DIM, "");
	paint_text(win, y + 1, v->box.x, v->box.cols, THEME_DIM, "");
	paint_textf(win, y, v->box.x + VIEW_MARKS, v->label - 1, THEME_DIM,
		    _("本行上年（%d）"),
		    report_year(draft_report(walk_draft(v->w))) - 1);
	paint_text(win, y + 1, v->box.x + VIEW_MARKS, v->label - 1, THEME_DIM,
		   _("比上年"));
	for (size_t c = v->first; c < row->band->column_count; c++) {
		struct str text = { 0 };

		draw_last_cell(v, win, y, 0, row->cells[c], c);
		change_shown(v->w, row->cells[c], &text);
		paint_right(win, y + 1, walk_view_right(v, c) - v->width[c],
			    v->width[c], THEME_DIM, text.s ? text.s : "");
		str_free(&text);
	}
}

static void draw_grid(struct walk *w, WINDOW *win, const struct walk_slot *slot)
{
	struct view v;

	walk_view_open(&v, w, slot);
	w->top = walk_view_top(&v, w->top);
	for (int y = 0; y < v.rows; y++) {
		struct line head;
		const struct line *line = walk_view_line(&v, w->top, y, &head);

		if (!line)
			break;
		if (line->kind == LINE_HEAD)
			draw_head(&v, win, v.box.y + y, line->band);
		else if (line->kind == LINE_GROUP)
			draw_group(&v, win, v.box.y + y, line);
		else
			draw_row(&v, win, v.box.y + y, line);
	}
	if (v.below)
		draw_below(&v, win);
	walk_view_close(&v);
}

static void click_grid(struct walk *w, const struct walk_slot *slot, int y,
		       int x)
{
	struct line head;
	const struct line *line;
	struct view v;

	walk_view_open(&v, w, slot);
	line = walk_view_line(&v, w->top, y - v.box.y, &head);
	if (line && line->kind == LINE_ROW) {
		size_t c = v.first;

		while (c + 1 < line->band->column_count &&
		       x > walk_view_right(&v, c))
			c++;
		walk_move(w, line->row->cells[c]);
	}
	walk_view_close(&v);
}

static const enum action grid_actions[] = {
	ACTION_ENTER,        ACTION_FINDINGS,  ACTION_NEXT_OPEN,
	ACTION_LAST_YEAR,    ACTION_PREVIEW,   ACTION_HELP,
	ACTION_MENU,         ACTION_LEAVE,     ACTION_SECTION_NEXT,
	ACTION_SECTION_PREV, ACTION_CHECKLIST, ACTION_ZERO_FILL,
	ACTION_GOTO,         ACTION_NOTE,      ACTION_FINDING_NEXT,
	ACTION_FINDING_PREV, ACTION_UNDO,      ACTION_REDO,
	ACTION_DELETE,       ACTION_ERASE,     ACTION_KILL,
	ACTION_UP,           ACTION_DOWN,      ACTION_LEFT,
	ACTION_RIGHT,        ACTION_TAB,       ACTION_BACK_TAB,
	ACTION_HOME,         ACTION_END,       ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,    ACTION_TOP,       ACTION_BOTTOM,
	ACTION_EXPORT,       ACTION_SUBMIT,    ACTION_RETURN,
	ACTION_APPROVE,      ACTION_BACK,      ACTION_NONE,
};

const struct walk_pane walk_grid = {
	.draw = draw_grid,
	.act = walk_grid_act,
	.type = walk_type_number,
	.click = click_grid,
	.enter = walk_grid_enter,
	.actions = grid_actions,
};
