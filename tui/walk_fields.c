/* How a section's entries share the screen; fields of one row. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/walk_view.h"

enum {
	NUMBER_CELLS = 13, /* a number with two decimals, and room */
	DATE_CELLS = 16,   /* 2026年11月15日, and room */
	LABEL_MOST = 26,
	FLEX_LEAST = 3,
};

static bool is_flex(const struct entry_def *entry)
{
	return entry->grid || entry->field->kind == FIELD_PROSE;
}

/* Which entry has the rows to spare: the clerk's, else the first that grows. */
static size_t main_entry(const struct walk *w,
			 const struct section_def *section)
{
	const struct entry_def *here = walk_entry(w, w->cell);

	if (is_flex(here))
		return (size_t)(here - section->entries);
	for (size_t i = 0; i < section->entry_count; i++)
		if (is_flex(&section->entries[i]))
			return i;
	return section->entry_count;
}

static bool has_heading(const struct section_def *section)
{
	return !section->grid || section->grid->band_count > 1;
}

static int shrink(struct walk *w, const struct section_def *section,
		  size_t main, int spare)
{
	const struct entry_def *here = walk_entry(w, w->cell);

	for (size_t i = section->entry_count; i-- > 0 && spare < FLEX_LEAST;) {
		struct walk_slot *slot = &w->slots[i];

		if (i == main || slot->entry == here)
			continue;
		spare += slot->box.rows;
		slot->box.rows = 0;
	}
	return spare;
}

void walk_lay(struct walk *w)
{
	const struct section_def *section = walk_section(w);
	size_t main = main_entry(w, section);
	bool heading = has_heading(section) && w->body.rows > 6;
	int spare = w->body.rows - heading, y = w->body.y + heading;

	free(w->slots);
	w->slots = xcalloc(section->entry_count + 1, sizeof *w->slots);
	w->slot_count = section->entry_count;
	for (size_t i = 0; i < w->slot_count; i++) {
		w->slots[i].entry = &section->entries[i];
		w->slots[i].box = w->body;
		w->slots[i].box.rows =
			is_flex(&section->entries[i]) ? FLEX_LEAST : 1;
		if (i == main)
			w->slots[i].box.rows = 0;
		spare -= w->slots[i].box.rows;
	}
	spare = shrink(w, section, main, spare);
	if (main < w->slot_count && spare > 0)
		w->slots[main].box.rows = spare;
	for (size_t i = 0; i < w->slot_count; i++) {
		w->slots[i].box.y = y;
		y += w->slots[i].box.rows;
	}
}

static bool is_text(const struct field_def *field)
{
	return field->kind == FIELD_LINE;
}

static int label_cells(const struct walk *w)
{
	const struct section_def *section = walk_section(w);
	int most = 8;

	for (size_t i = 0; i < section->entry_count; i++) {
		const struct field_def *field = section->entries[i].field;
		int cells =
			field && field->kind != FIELD_PROSE
				? text_cells(field->label, strlen(field->label))
				: 0;

		if (cells > most && cells <= LABEL_MOST)
			most = cells;
	}
	return most + 2;
}

static const char *choice_label(const struct field_def *field,
				const char *value)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].value, value) == 0)
			return field->choices[i].label;
	return value;
}

/* What a blank one will print, or that it is blank. */
static void value_of(const struct walk *w, const struct field_def *field,
		     struct str *out)
{
	if (field->cell == w->cell)
		str_add(out, draft_text(walk_draft(w), field->cell));
	else
		report_text(draft_report(walk_draft(w)), field->cell, out);
	if (out->len > 0 && field->kind == FIELD_CHOICE) {
		char *label = xstrdup(choice_label(field, out->s));

		str_clear(out);
		str_add(out, label);
		free(label);
	}
	if (out->len == 0 && field->cell != w->cell)
		str_add(out, "_");
}

/* A blank title is printed all the same: what the form makes of unit and year. */
static bool draw_default(const struct walk *w, WINDOW *win, int y, int x,
			 int cells, const char *path)
{
	struct str title = { 0 };

	if (strcmp(path, "meta.title") != 0)
		return false;
	report_title(draft_report(walk_draft(w)), &title);
	paint_textf(win, y, x, cells, THEME_DIM, _("（不填就印：%s）"),
		    title.s ? title.s : "");
	str_free(&title);
	return true;
}

/* The editor's line, with < and > where more of it is hidden. */
static void draw_editor(struct walk *w, WINDOW *win, int y, int x, int cells)
{
	const char *text = "";
	int row, col;

	edit_resize(&w->edit, cells - 2, 1);
	paint_text(win, y, x - 1, 1, THEME_DIM, w->edit.left > 0 ? "<" : " ");
	if (w->edit.text.s)
		text = w->edit.text.s + w->edit.left;
	paint_textn(win, y, x, cells - 1, THEME_FOCUS, text, strlen(text));
	if (w->edit.text.len == 0)
		draw_default(w, win, y, x, cells, walk_cell(w)->path);
	edit_cursor(&w->edit, &row, &col);
	w->app->cursor_y = y;
	w->app->cursor_x = x + col;
}

static void draw_last(const struct walk *w, WINDOW *win, int y, int x,
		      const struct field_def *field)
{
	const struct report *last = draft_last(walk_draft(w));
	size_t there = last ? form_cell(report_form(last),
					walk_form(w)->cells[field->cell].path)
			    : FORM_NO_CELL;
	struct str text = { 0 };

	if (there == FORM_NO_CELL)
		return;
	report_text(last, there, &text);
	paint_textf(win, y, x, 20, THEME_DIM, _("上年 %s"),
		    text.len > 0 ? text.s : "_");
	str_free(&text);
}

static void draw_number(struct walk *w, WINDOW *win, int y, int x,
			const struct field_def *field, const char *text)
{
	bool here = field->cell == w->cell;
	int cells = field->kind == FIELD_DATE ? DATE_CELLS : NUMBER_CELLS, used;
	char marks[WALK_MARKS];
	enum theme_role role =
		w->mark[field->cell] == '!' ? THEME_WRONG : THEME_TEXT;

	text = walk_view_end(*text ? text : "_", cells);
	used = text_cells(text, strlen(text));
	paint_right(win, y, x, cells, role, text);
	walk_marks(w, field->cell, marks);
	paint_text(win, y, x + cells + here, 3, role,
		   marks + (here ? strspn(marks, "!") : 0));
	if (field->unit)
		paint_text(win, y, x + cells + 4, 8, THEME_LABEL, field->unit);
	if (w->last_year)
		draw_last(w, win, y, x + cells + 10, field);
	if (!here)
		return;
	paint_text(win, y, x + cells - used, used, THEME_FOCUS, text);
	paint_text(win, y, x + cells - used - 1, 1, THEME_FOCUS, "[");
	paint_text(win, y, x + cells, 1, THEME_FOCUS, "]");
	w->app->cursor_y = y;
	w->app->cursor_x = x + cells - 1;
}

static bool is_blank(const struct walk *w, const struct field_def *field)
{
	return report_get(draft_report(walk_draft(w)), field->cell).kind ==
	       VALUE_BLANK;
}

static void draw_field(struct walk *w, WINDOW *win,
		       const struct walk_slot *slot)
{
	const struct field_def *field = slot->entry->field;
	const struct walk_box *box = &slot->box;
	bool here = field->cell == w->cell;
	int label = label_cells(w), x = box->x + 3 + label;
	int cells = box->x + box->cols - x - 1;
	char marks[WALK_MARKS];
	struct str text = { 0 };

	paint_text(win, box->y, box->x, box->cols, THEME_TEXT, "");
	paint_text(win, box->y, box->x + 1, 1, THEME_HEAD, here ? ">" : " ");
	paint_text(win, box->y, box->x + 3, label - 1,
		   here ? THEME_HEAD : THEME_TEXT, field->label);
	value_of(w, field, &text);
	if (!is_text(field))
		draw_number(w, win, box->y, x, field, text.s ? text.s : "");
	else if (here)
		draw_editor(w, win, box->y, x, cells);
	else if (!is_blank(w, field) ||
		 !draw_default(w, win, box->y, x, cells,
			       walk_form(w)->cells[field->cell].path))
		paint_text(win, box->y, x, cells,
			   w->mark[field->cell] == '!' ? THEME_WRONG
						       : THEME_TEXT,
			   text.s);
	if (is_text(field)) /* no room behind it */
		paint_text(win, box->y, box->x + 2, 1, THEME_TEXT,
			   walk_marks(w, field->cell, marks));
	str_free(&text);
}

static void choose(struct walk *w)
{
	const struct field_def *field = walk_cell(w)->field;
	const char **lines = xcalloc(field->choice_count + 1, sizeof *lines);
	const char *text;
	int chosen;

	for (size_t i = 0; i < field->choice_count; i++)
		lines[i] = field->choices[i].label;
	chosen = walk_may_type(w) ? dialog_choose(w->app, field->label, lines,
						  field->choice_count, 0)
				  : -1;
	free(lines);
	if (chosen < 0)
		return;
	text = field->choices[chosen].value;
	walk_splice(w, 0, strlen(draft_text(walk_draft(w), w->cell)), text,
		    strlen(text));
}

static void type_line(struct walk *w, const char *s, size_t len, bool paste)
{
	struct str clean = { 0 };
	struct edit_step step;

	if (!walk_may_type(w))
		return;
	text_one_line(&clean, s, len);
	if (paste)
		draft_break(walk_draft(w));
	if (clean.len > 0 && edit_insert(&w->edit, clean.s, clean.len, &step))
		walk_step(w, &step);
	str_free(&clean);
}

static void type_field(struct walk *w, const char *s, size_t len, bool paste)
{
	switch (walk_cell(w)->kind) {
	case FIELD_LINE:
		type_line(w, s, len, paste);
		break;
	case FIELD_CHOICE:
		choose(w);
		break;
	default:
		walk_type_number(w, s, len, paste);
	}
}

static const struct {
	enum action action;
	enum edit_move move;
} moves[] = {
	{ ACTION_LEFT, EDIT_LEFT },
	{ ACTION_RIGHT, EDIT_RIGHT },
	{ ACTION_WORD_LEFT, EDIT_WORD_LEFT },
	{ ACTION_WORD_RIGHT, EDIT_WORD_RIGHT },
	{ ACTION_HOME, EDIT_HOME },
	{ ACTION_END, EDIT_END },
};

static const struct {
	enum action action;
	bool (*change)(struct edit *e, struct edit_step *step);
} changes[] = {
	{ ACTION_ERASE, edit_backspace },
	{ ACTION_DELETE, edit_delete },
	{ ACTION_KILL, edit_kill_line },
};

static bool act_line(struct walk *w, enum action action)
{
	struct edit_step step;

	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].action == action) {
			draft_break(walk_draft(w));
			edit_move(&w->edit, moves[i].move);
			return true;
		}
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (changes[i].action == action) {
			if (walk_may_type(w) &&
			    changes[i].change(&w->edit, &step))
				walk_step(w, &step);
			return true;
		}
	return false;
}

static void next_or_end(struct walk *w, int step, bool section)
{
	if (walk_next_entry(w, step))
		return;
	if (section) {
		walk_go_section(w, step);
	} else if (step > 0) {
		if (walk_leave(w))
			app_say(w->app, _("本部分到此为止，F4 到下一部分。"));
	}
}

static bool act_field(struct walk *w, enum action action)
{
	switch (action) {
	case ACTION_UP:
		walk_next_entry(w, -1);
		return true;
	case ACTION_DOWN:
		walk_next_entry(w, 1);
		return true;
	case ACTION_ENTER:
		next_or_end(w, 1, false);
		return true;
	case ACTION_TAB:
	case ACTION_BACK_TAB:
		next_or_end(w, action == ACTION_TAB ? 1 : -1, true);
		return true;
	default:
		return is_text(walk_cell(w)->field)
			       ? act_line(w, action)
			       : walk_act_number(w, action);
	}
}

static void click_field(struct walk *w, const struct walk_slot *slot, int y,
			int x)
{
	const struct field_def *field = slot->entry->field;
	int left = slot->box.x + 3 + label_cells(w);

	(void)y;
	walk_move(w, field->cell);
	if (is_text(field) && x >= left)
		edit_click(&w->edit, 0, x - left);
}

static size_t enter_field(const struct walk *w, const struct entry_def *entry,
			  bool above)
{
	(void)w;
	(void)above;
	return entry->field->cell;
}

static const enum action field_actions[] = {
	ACTION_ENTER,        ACTION_FINDINGS,     ACTION_NEXT_OPEN,
	ACTION_LAST_YEAR,    ACTION_CHECKLIST,    ACTION_PREVIEW,
	ACTION_HELP,         ACTION_MENU,         ACTION_LEAVE,
	ACTION_SECTION_NEXT, ACTION_SECTION_PREV, ACTION_ZERO_FILL,
	ACTION_GOTO,         ACTION_NOTE,         ACTION_FINDING_NEXT,
	ACTION_FINDING_PREV, ACTION_UNDO,         ACTION_REDO,
	ACTION_DELETE,       ACTION_ERASE,        ACTION_KILL,
	ACTION_UP,           ACTION_DOWN,         ACTION_TAB,
	ACTION_BACK_TAB,     ACTION_EXPORT,       ACTION_SUBMIT,
	ACTION_RETURN,       ACTION_APPROVE,      ACTION_BACK,
	ACTION_NONE,
};

const struct walk_pane walk_field = {
	.draw = draw_field,
	.act = act_field,
	.type = type_field,
	.click = click_field,
	.enter = enter_field,
	.actions = field_actions,
};
