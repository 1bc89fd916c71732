/* Prose: the editor in a pane, last year's text beside or below it. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/walk.h"

enum {
	INDENT = 4,      /* of a paragraph: shown, not typed */
	LAST_CELLS = 34, /* last year's text beside, at least */
	ROWS_TO_SPARE = 7,
};

/* What the pane is cut into: label, sentence, text, last year. */
struct cut {
	struct walk_box label, sentence, text, last;
};

static bool has_last(const struct walk *w, const struct walk_slot *slot)
{
	bool here = slot->entry->field->cell == w->cell;
	bool wide = getmaxx(w->app->win) >= WALK_LAST_YEAR;

	return here && draft_last(walk_draft(w)) &&
	       (wide ? !w->last_year : w->last_year);
}

static struct walk_box take_rows(struct walk_box *from, int rows)
{
	struct walk_box top = *from;

	top.rows = rows;
	from->y += rows;
	from->rows -= rows;
	return top;
}

static struct cut cut_up(const struct walk *w, const struct walk_slot *slot)
{
	const struct section_def *section = walk_section(w);
	struct cut c = { .text = slot->box };

	if (section->entry_count > 1 && c.text.rows > 1)
		c.label = take_rows(&c.text, 1);
	if (section->sentence_count > 0 && c.text.rows > ROWS_TO_SPARE)
		c.sentence = take_rows(&c.text, 2);
	if (has_last(w, slot)) {
		c.last = c.text;
		if (c.text.cols >= w->prose_cells + 3 + LAST_CELLS) {
			c.text.cols = w->prose_cells + 3;
			c.last.x += c.text.cols;
			c.last.cols -= c.text.cols;
		} else if (c.text.rows >= ROWS_TO_SPARE) {
			take_rows(&c.last, (c.text.rows + 1) / 2);
			c.text.rows -= c.last.rows;
		} else {
			c.last.rows = 0;
		}
	}
	c.text.x += 1;
	c.text.cols -= 2;
	if (c.text.cols > w->prose_cells)
		c.text.cols = w->prose_cells;
	return c;
}

static const char *last_text(const struct walk *w, size_t cell)
{
	const struct report *last = draft_last(walk_draft(w));
	size_t there =
		form_cell(report_form(last), walk_form(w)->cells[cell].path);
	struct value v = { .kind = VALUE_BLANK };

	if (there != FORM_NO_CELL)
		v = report_get(last, there);
	return v.kind == VALUE_TEXT ? v.text : "";
}

/* How far a line is moved in: it begins a paragraph. */
static int lead(const struct text_lines *lines, size_t i)
{
	return i == 0 || lines->line[i - 1].hard ? INDENT : 0;
}

static void draw_lines(WINDOW *win, const struct walk_box *box,
		       const struct text_lines *lines, const char *text,
		       size_t top, enum theme_role role)
{
	for (int y = 0; y < box->rows; y++) {
		size_t i = top + (size_t)y;
		int in = i < lines->count ? lead(lines, i) : 0;

		paint_text(win, box->y + y, box->x, box->cols, role, "");
		if (i < lines->count)
			paint_textn(win, box->y + y, box->x + in,
				    box->cols - in, role,
				    text + lines->line[i].start,
				    lines->line[i].len);
	}
}

/* How long it is, and the keys: pages, where it is longer than its pane. */
static void draw_last_head(const struct walk *w, WINDOW *win,
			   const struct walk_box *head, size_t chars)
{
	int year = report_year(draft_report(walk_draft(w))) - 1;
	char *text;

	if (w->last_lines > w->last_shown)
		text = str_printf(
			_("%d年 %zu 字  %zu-%zu/%zu 行  PgUp/PgDn 翻看  F7 收起"),
			year, chars, w->last_top + 1,
			w->last_top + w->last_shown, w->last_lines);
	else
		text = str_printf(_("%d年 %zu 字，只供查看；F7 收起"), year,
				  chars);
	paint_text(win, head->y, head->x, head->cols, THEME_DIM, "");
	paint_fit(win, head->y, head->x + 1, head->cols - 1, THEME_LABEL, text);
	free(text);
}

static void draw_last(struct walk *w, WINDOW *win, const struct walk_box *pane)
{
	const char *text = last_text(w, w->cell);
	struct walk_box box = *pane, head = take_rows(&box, 1);
	struct text_lines lines = { 0 };

	box.x += 1;
	box.cols -= 2;
	if (box.cols > w->prose_cells)
		box.cols = w->prose_cells;
	text_wrap_indent(&lines, text, strlen(text), box.cols, INDENT);
	w->last_shown = (size_t)box.rows;
	w->last_lines = lines.count;
	if (w->last_top + w->last_shown > w->last_lines)
		w->last_top = w->last_lines > w->last_shown
				      ? w->last_lines - w->last_shown
				      : 0;
	draw_last_head(w, win, &head, text_count(text));
	draw_lines(win, &box, &lines, text, w->last_top, THEME_DIM);
	text_lines_free(&lines);
}

static void draw_text(struct walk *w, WINDOW *win, const struct walk_box *box)
{
	struct edit *e = &w->edit;
	const char *text;
	size_t line;

	edit_resize(e, box->cols, box->rows);
	text = e->text.s ? e->text.s : "";
	draw_lines(win, box, &e->lines, text, e->top, THEME_TEXT);
	walk_words_draw(w, win, box);
	walk_change_draw(w, win, box);
	line = text_line_of(&e->lines, e->cursor);
	w->app->cursor_y = box->y + (int)(line - e->top);
	w->app->cursor_x = box->x + lead(&e->lines, line) +
			   text_column(&e->lines, text, e->cursor);
}

/* The sentence the form prints before the text, from the fields above. */
static void draw_sentence(const struct walk *w, WINDOW *win,
			  const struct walk_box *box)
{
	struct str text = { 0 };

	str_add(&text, _("自动印在前面："));
	if (!report_sentence(draft_report(walk_draft(w)), walk_section(w),
			     &text)) {
		str_clear(&text);
		str_add(&text, _("三个收费栏填好后，前面自动印一句收费情况。"));
	}
	paint_wrapped(win, box->y, box->x + 3, box->cols - 5, box->rows,
		      THEME_DIM, text.s);
	str_free(&text);
}

static void draw_prose(struct walk *w, WINDOW *win,
		       const struct walk_slot *slot)
{
	const struct field_def *field = slot->entry->field;
	bool here = field->cell == w->cell;
	struct cut c = cut_up(w, slot);
	struct str text = { 0 };

	if (c.label.rows > 0) {
		paint_text(win, c.label.y, c.label.x + 1, 1, THEME_HEAD,
			   here ? ">" : " ");
		paint_text(win, c.label.y, c.label.x + 3, c.label.cols - 4,
			   here ? THEME_HEAD : THEME_TEXT, field->label);
	}
	if (c.sentence.rows > 0)
		draw_sentence(w, win, &c.sentence);
	if (here) {
		draw_text(w, win, &c.text);
	} else {
		report_text(draft_report(walk_draft(w)), field->cell, &text);
		paint_wrapped(win, c.text.y, c.text.x + 2, c.text.cols - 2,
			      c.text.rows, THEME_DIM,
			      text.len > 0 ? text.s : _("（空）"));
	}
	if (c.last.rows > 1)
		draw_last(w, win, &c.last);
	str_free(&text);
}

static const struct {
	enum action action;
	enum edit_move move;
} moves[] = {
	{ ACTION_LEFT, EDIT_LEFT },
	{ ACTION_RIGHT, EDIT_RIGHT },
	{ ACTION_UP, EDIT_UP },
	{ ACTION_DOWN, EDIT_DOWN },
	{ ACTION_WORD_LEFT, EDIT_WORD_LEFT },
	{ ACTION_WORD_RIGHT, EDIT_WORD_RIGHT },
	{ ACTION_HOME, EDIT_HOME },
	{ ACTION_END, EDIT_END },
	{ ACTION_PAGE_UP, EDIT_PAGE_UP },
	{ ACTION_PAGE_DOWN, EDIT_PAGE_DOWN },
	{ ACTION_TOP, EDIT_TEXT_START },
	{ ACTION_BOTTOM, EDIT_TEXT_END },
};

static const struct {
	enum action action;
	bool (*change)(struct edit *e, struct edit_step *step);
} changes[] = {
	{ ACTION_ERASE, edit_backspace },
	{ ACTION_DELETE, edit_delete },
	{ ACTION_KILL, edit_kill_line },
};

static void insert(struct walk *w, const char *s, size_t len)
{
	struct edit_step step;

	if (walk_may_type(w) && edit_insert(&w->edit, s, len, &step))
		walk_step(w, &step);
}

static void type_prose(struct walk *w, const char *s, size_t len, bool paste)
{
	struct str clean = { 0 };

	text_clean(&clean, s, len);
	if (paste)
		draft_break(walk_draft(w));
	if (clean.len > 0)
		insert(w, clean.s, clean.len);
	if (paste)
		draft_break(walk_draft(w));
	str_free(&clean);
}

/* On the edge of the text Up and Down go to the entry above and below. */
static void step_to(struct walk *w, enum edit_move to)
{
	struct edit *e = &w->edit;
	size_t line =
		e->lines.count > 0 ? text_line_of(&e->lines, e->cursor) : 0;

	draft_break(walk_draft(w));
	if ((to == EDIT_UP && line == 0 && walk_next_entry(w, -1)) ||
	    (to == EDIT_DOWN && line + 1 >= e->lines.count &&
	     walk_next_entry(w, 1)))
		return;
	edit_move(e, to);
}

static void find(struct walk *w)
{
	char *needle = xstrdup(w->needle ? w->needle : "");

	if (!dialog_text(w->app, _("查找"), _("在本栏中查找："), 1, &needle) ||
	    !needle || !*needle) {
		free(needle);
		return;
	}
	free(w->needle);
	w->needle = needle;
	draft_break(walk_draft(w));
	if (!edit_find(&w->edit, needle))
		app_say(w->app, _("本栏没有“%s”。"), needle);
}

static void tab(struct walk *w, int step)
{
	if (!walk_next_entry(w, step))
		walk_go_section(w, step);
}

/* While last year's text is there and longer than its pane, pages are its. */
static bool page_last(struct walk *w, enum action action)
{
	size_t page = w->last_shown > 1 ? w->last_shown - 1 : 1;
	size_t end;

	if ((action != ACTION_PAGE_UP && action != ACTION_PAGE_DOWN) ||
	    w->last_lines <= w->last_shown)
		return false;
	end = w->last_lines - w->last_shown;
	if (action == ACTION_PAGE_UP)
		w->last_top = w->last_top > page ? w->last_top - page : 0;
	else
		w->last_top =
			w->last_top + page < end ? w->last_top + page : end;
	return true;
}

static bool act_prose(struct walk *w, enum action action)
{
	struct edit_step step;

	if (page_last(w, action))
		return true;
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].action == action) {
			step_to(w, moves[i].move);
			return true;
		}
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (changes[i].action == action) {
			if (walk_may_type(w) &&
			    changes[i].change(&w->edit, &step))
				walk_step(w, &step);
			return true;
		}
	switch (action) {
	case ACTION_ENTER:
		insert(w, "\n", 1);
		return true;
	case ACTION_FIND:
		find(w);
		return true;
	case ACTION_REFER:
		walk_refer(w);
		return true;
	case ACTION_FIGURES:
		if (walk_leave(w))
			walk_figures(w);
		return true;
	case ACTION_TAB:
	case ACTION_BACK_TAB:
		tab(w, action == ACTION_TAB ? 1 : -1);
		return true;
	default:
		return false;
	}
}

static void click_prose(struct walk *w, const struct walk_slot *slot, int y,
			int x)
{
	struct edit *e = &w->edit;
	struct cut c;
	size_t line;

	if (slot->entry->field->cell != w->cell) {
		walk_move(w, slot->entry->field->cell);
		return;
	}
	c = cut_up(w, slot);
	if (y < c.text.y || y >= c.text.y + c.text.rows || e->lines.count == 0)
		return;
	draft_break(walk_draft(w));
	line = e->top + (size_t)(y - c.text.y);
	if (line >= e->lines.count)
		line = e->lines.count - 1;
	x -= c.text.x + lead(&e->lines, line);
	e->cursor = text_offset(&e->lines, e->text.s, line, x > 0 ? x : 0);
	e->want_column = -1;
}

static size_t enter_prose(const struct walk *w, const struct entry_def *entry,
			  bool above)
{
	(void)w;
	(void)above;
	return entry->field->cell;
}

static const enum action prose_actions[] = {
	ACTION_FIGURES,      ACTION_UNDO,      ACTION_FIND,
	ACTION_LAST_YEAR,    ACTION_CHECKLIST, ACTION_PREVIEW,
	ACTION_HELP,         ACTION_MENU,      ACTION_LEAVE,
	ACTION_NEXT_OPEN,    ACTION_FINDINGS,  ACTION_SECTION_NEXT,
	ACTION_SECTION_PREV, ACTION_REDO,      ACTION_GOTO,
	ACTION_NOTE,         ACTION_REFER,     ACTION_FINDING_NEXT,
	ACTION_FINDING_PREV, ACTION_TAB,       ACTION_BACK_TAB,
	ACTION_UP,           ACTION_DOWN,      ACTION_LEFT,
	ACTION_RIGHT,        ACTION_WORD_LEFT, ACTION_WORD_RIGHT,
	ACTION_HOME,         ACTION_END,       ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,    ACTION_TOP,       ACTION_BOTTOM,
	ACTION_ERASE,        ACTION_DELETE,    ACTION_KILL,
	ACTION_ZERO_FILL,    ACTION_EXPORT,    ACTION_SUBMIT,
	ACTION_RETURN,       ACTION_APPROVE,   ACTION_BACK,
	ACTION_NONE,
};

const struct walk_pane walk_prose = {
	.draw = draw_prose,
	.act = act_prose,
	.type = type_prose,
	.click = click_prose,
	.enter = enter_prose,
	.actions = prose_actions,
};
