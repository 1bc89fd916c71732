/* What stands round the section: whose report, where we are, keys, status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/tr.h"
#include "tui/walk.h"

enum {
	LIST_CELLS = 27, /* the list of sections, its bar included */
	LINES_BELOW = 6, /* the rule, three of help, hints, status */
};

/* Tabs with blanks round them, without, and with the number alone. */
enum tab_style {
	TAB_WIDE,
	TAB_TIGHT,
	TAB_NUMBER,
	TAB_STYLES
};

static bool is_here(const struct walk *w, const struct section_def *section)
{
	return walk_section(w) == section;
}

/* The front matter has no number and may have no name. */
static const char *brief(const struct section_def *section)
{
	if (section->brief && *section->brief)
		return section->brief;
	return section->title && *section->title ? section->title : _("文头");
}

/* How far the section is, !2 or ✗2 what must be mended in it, *1 comments that
 * wait for an answer. */
static void add_sign(const struct walk *w, size_t i, struct str *out)
{
	enum theme_sign sign = (enum theme_sign)w->sign[i];

	str_add(out, theme_sign(sign));
	if (w->wrong[i] > 0)
		str_addf(out, "%s%d", sign == SIGN_WRONG ? "" : "!",
			 w->wrong[i]);
	if (w->waiting[i] > 0)
		str_addf(out, "*%d", w->waiting[i]);
}

static void tab_text(const struct walk *w, size_t i, enum tab_style style,
		     struct str *out)
{
	const struct section_def *s = &walk_form(w)->sections[i];
	const char *pad = style == TAB_WIDE && !is_here(w, s) ? " " : "";
	const char *number = s->number ? s->number : "";

	str_add(out, pad);
	if (style == TAB_NUMBER && !is_here(w, s) && *number)
		str_add(out, number);
	else
		str_addf(out, "%s%s%s", number, brief(s),
			 style == TAB_NUMBER ? "" : " ");
	add_sign(w, i, out);
	str_add(out, pad);
}

static int tab_cells(const struct walk *w, size_t i, enum tab_style style)
{
	struct str text = { 0 };
	int cells;

	tab_text(w, i, style, &text);
	cells = text_cells(text.s, text.len);
	str_free(&text);
	return cells + (is_here(w, &walk_form(w)->sections[i]) ? 2 : 0);
}

static enum tab_style tab_fit(const struct walk *w, int cells)
{
	enum tab_style style = TAB_WIDE;

	for (; style < TAB_NUMBER; style++) {
		int used = 1;

		for (size_t i = 0; i < walk_form(w)->section_count; i++)
			used += tab_cells(w, i, style) + 1;
		if (used - 1 <= cells)
			break;
	}
	return style;
}

static void draw_tabs(const struct walk *w, WINDOW *win)
{
	int cols = getmaxx(win), x = 1;
	enum tab_style style = tab_fit(w, cols);
	const char *bar = theme_ascii() ? "|" : "│";

	paint_row(win, 1, THEME_TEXT);
	for (size_t i = 0; i < walk_form(w)->section_count && x < cols; i++) {
		bool here = is_here(w, &walk_form(w)->sections[i]);
		int cells = tab_cells(w, i, style);
		struct str text = { 0 };

		if (i > 0)
			paint_text(win, 1, x - 1, 1, THEME_DIM, bar);
		tab_text(w, i, style, &text);
		if (here) {
			paint_text(win, 1, x, 1, THEME_HEAD,
				   theme_ascii() ? "[" : "▐");
			paint_text(win, 1, x + 1, cells - 2, THEME_FOCUS,
				   text.s);
			paint_text(win, 1, x + cells - 1, 1, THEME_HEAD,
				   theme_ascii() ? "]" : "▌");
		} else {
			paint_text(win, 1, x, cells,
				   w->spoilt[i] ? THEME_WRONG : THEME_TEXT,
				   text.s);
		}
		x += cells + 1;
		str_free(&text);
	}
}

void walk_heading(const struct section_def *section, struct str *out)
{
	if (section->number && *section->number)
		str_addf(out, "%s、", section->number);
	str_add(out, section->title && *section->title ? section->title
						       : brief(section));
}

static void draw_title(const struct walk *w, WINDOW *win)
{
	const struct report_row *row = draft_row(walk_draft(w));
	const struct form_def *form = walk_form(w);
	struct str left = { 0 }, right = { 0 };
	int done, need, cells, cols = getmaxx(win);

	report_progress(draft_report(walk_draft(w)), NULL, &done, &need);
	if (store_is_demo(draft_store(walk_draft(w))))
		str_addf(&right, "%s  ", _("演示数据"));
	str_addf(&right, "%s ", state_label(row->state));
	if (row->version > 1)
		str_addf(&right, _("第%d版 "), row->version);
	str_addf(&right, "%d/%d ", done, need);
	cells = cols - text_cells(right.s, right.len) - 1;
	str_addf(&left, " %d %s · %s", row->year, row->unit, form->name);
	if (text_cells(left.s, left.len) > cells) {
		str_clear(&left);
		str_addf(&left, " %d %s · %s", row->year, row->unit,
			 form->brief);
	}
	paint_row(win, 0, THEME_HEAD);
	paint_fit(win, 0, 0, cells, THEME_HEAD, left.s);
	paint_right(win, 0, cells, cols - cells, THEME_HEAD, right.s);
	str_free(&left);
	str_free(&right);
}

void walk_outline(const struct walk *w, WINDOW *win, const struct walk_box *box)
{
	const struct section_def *section = walk_section(w);
	const struct unit *unit = draft_unit(walk_draft(w));
	int y = box->y + 1, done = 0, count = 0;
	struct walk_box rest;

	for (size_t i = 0; i < section->item_count; i++) {
		const struct item_def *item = &section->items[i];
		bool on;

		if (unit &&
		    !form_lists(item->kinds, unit_kind_word(unit->kind)))
			continue;
		on = w->ticks[i];
		done += on;
		count++;
		if (y >= box->y + box->rows)
			continue;
		paint_text(win, y, box->x, 2, on ? THEME_GOOD : THEME_TEXT,
			   theme_sign(on ? SIGN_DONE : SIGN_NONE));
		paint_text(win, y++, box->x + 2, box->cols - 2,
			   on ? THEME_DIM : THEME_TEXT, item->label);
	}
	if (count > 0)
		paint_textf(win, box->y, box->x, box->cols, THEME_LABEL,
			    section->grid ? _("本部分应核对 %d/%d")
					  : _("本部分应写到 %d/%d"),
			    done, count);
	rest = (struct walk_box){ y + 1, box->x, box->y + box->rows - y - 1,
				  box->cols };
	walk_beside_draw(w, win, &rest);
}

static void draw_list_line(const struct walk *w, WINDOW *win, int y, size_t i)
{
	const struct section_def *s = &walk_form(w)->sections[i];
	bool here = is_here(w, s);
	struct str sign = { 0 };
	int done, need;

	report_progress(draft_report(walk_draft(w)), s, &done, &need);
	if (need > 0 && done == need && w->sign[i] == SIGN_PARTLY)
		str_addf(&sign, _("差%d项 "), w->missing[i]);
	else if (need > 0)
		str_addf(&sign, "%d/%d ", done, need);
	add_sign(w, i, &sign);
	paint_textf(win, y, 0, LIST_CELLS - 1, here ? THEME_FOCUS : THEME_TEXT,
		    "%s%s%s%s", here ? ">" : " ", s->number ? s->number : "",
		    s->number && *s->number ? " " : "", brief(s));
	paint_right(win, y, LIST_CELLS - 14, 12,
		    here           ? THEME_FOCUS
		    : w->spoilt[i] ? THEME_WRONG
				   : THEME_TEXT,
		    sign.s);
	str_free(&sign);
}

static void draw_list(const struct walk *w, WINDOW *win, int rows)
{
	size_t count = walk_form(w)->section_count;
	struct walk_box box = { 3 + (int)count, 1, 0, LIST_CELLS - 2 };
	int end = rows - LINES_BELOW;

	for (int y = 2; y < end; y++) {
		paint_text(win, y, 0, LIST_CELLS - 1, THEME_TEXT, "");
		paint_text(win, y, LIST_CELLS - 1, 1, THEME_DIM, "|");
	}
	for (size_t i = 0; i < count && 2 + (int)i < end; i++)
		draw_list_line(w, win, 2 + (int)i, i);
	box.rows = end - box.y;
	if (box.rows > 1)
		walk_outline(w, win, &box);
}

/* Where the clerk stands, and in prose the line and the character. */
static void add_where(const struct walk *w, struct str *out)
{
	const struct cell_def *cell = walk_cell(w);
	const struct edit *e = &w->edit;
	size_t line, chars = 1;

	if (cell->kind != FIELD_PROSE || e->lines.count == 0) {
		str_add(out, cell->say);
		return;
	}
	line = text_line_of(&e->lines, e->cursor);
	for (size_t at = e->lines.line[line].start; at < e->cursor; chars++)
		at = text_next(e->text.s, e->text.len, at);
	str_addf(out, _("第 %zu 行 第 %zu 字"), line + 1, chars);
}

static void add_counts(const struct walk *w, struct str *out)
{
	const struct cell_def *cell = walk_cell(w);
	size_t chars =
		cell->kind == FIELD_PROSE
			? text_count(w->edit.text.s ? w->edit.text.s : "")
			: 0;
	int done, need;

	report_progress(draft_report(walk_draft(w)), NULL, &done, &need);
	if (cell->kind == FIELD_PROSE && cell->limit > 0 &&
	    chars + cell->limit / 10 > cell->limit)
		str_addf(out,
			 chars > cell->limit ? _("超出 %zu 字  ")
					     : _("剩余 %zu 字  "),
			 chars > cell->limit ? chars - cell->limit
					     : cell->limit - chars);
	else if (cell->kind == FIELD_PROSE)
		str_addf(out, _("%zu 字  "), chars);
	str_addf(out, _("空 %d  须改 %d  说明 %d "), need - done, w->hard,
		 w->soft);
}

/* 10:42:07, or the day of it when that was not today. */
static void add_saved(const struct walk *w, struct str *out)
{
	char now[DATE_MOMENT];

	date_now(now);
	if (!draft_writable(walk_draft(w)))
		str_add(out, _(" 只读"));
	else if (strlen(w->saved) < 19)
		str_add(out, _(" 已存"));
	else if (strncmp(now, w->saved, 10) == 0)
		str_addf(out, _(" 已存 %s"), w->saved + 11);
	else
		str_addf(out, _(" 已存 %.10s"), w->saved);
	str_add(out, "  ");
}

void walk_status(const struct walk *w, WINDOW *win)
{
	struct str left = { 0 }, right = { 0 };
	int cells, cols = getmaxx(win), y = getmaxy(win) - 1;

	add_saved(w, &left);
	add_where(w, &left);
	add_counts(w, &right);
	cells = cols - text_cells(right.s, right.len);
	paint_row(win, y, THEME_BAR);
	paint_fit(win, y, 0, cells - 1, THEME_BAR, left.s);
	paint_right(win, y, cells, cols - cells, THEME_BAR, right.s);
	str_free(&left);
	str_free(&right);
}

/* F6 goes to what is most wanted now. */
static const char *const *words_now(const struct walk *w)
{
	static const char *const reviewing[ACTION_COUNT] = {
		[ACTION_NEXT_OPEN] = N_("下一改动"),
	};
	static const char *const returned[ACTION_COUNT] = {
		[ACTION_NEXT_OPEN] = N_("下一点名"),
	};
	int waiting = 0;

	if (w->change_count > 0)
		return reviewing;
	for (size_t i = 0; i < walk_form(w)->section_count; i++)
		waiting += w->waiting[i];
	return waiting > 0 && draft_row(walk_draft(w))->state == STATE_RETURNED
		       ? returned
		       : NULL;
}

void walk_frame(struct walk *w, WINDOW *win, const enum action *actions)
{
	int rows = getmaxy(win), cols = getmaxx(win);
	bool list = cols >= WALK_LIST;
	struct str hints = { 0 };

	draw_title(w, win);
	if (!list)
		draw_tabs(w, win);
	paint_rule(win, list ? 1 : 2, 0, cols);
	w->body.y = list ? 2 : 3;
	w->body.x = list ? LIST_CELLS : 0;
	w->body.cols = cols - w->body.x;
	w->body.rows = rows - LINES_BELOW - w->body.y;
	if (list)
		draw_list(w, win, rows);
	paint_rule(win, rows - 6, 0, cols);
	walk_help_lines(w, win, rows - 5);
	keymap_hints_in(actions, words_now(w), cols - 2, &hints);
	paint_row(win, rows - 2, THEME_HINT);
	paint_text(win, rows - 2, 1, cols - 1, THEME_HINT, hints.s);
	str_free(&hints);
}

const struct section_def *walk_frame_at(const struct walk *w, WINDOW *win,
					int y, int x)
{
	const struct form_def *form = walk_form(w);
	int cols = getmaxx(win), left = 1;
	enum tab_style style = tab_fit(w, cols);

	if (cols >= WALK_LIST)
		return y >= 2 && y < 2 + (int)form->section_count &&
				       x < LIST_CELLS
			       ? &form->sections[y - 2]
			       : NULL;
	for (size_t i = 0; y == 1 && i < form->section_count; i++) {
		int cells = tab_cells(w, i, style);

		if (x >= left && x < left + cells)
			return &form->sections[i];
		left += cells + 1;
	}
	return NULL;
}
