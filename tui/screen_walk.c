/* The walk as a screen: opening, drawing, and who answers which key. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/setting.h"
#include "core/tr.h"
#include "tui/deed.h"
#include "tui/walk.h"

struct draft *walk_draft(const struct walk *w)
{
	return w->app->draft;
}

const struct form_def *walk_form(const struct walk *w)
{
	return draft_form(w->app->draft);
}

const struct cell_def *walk_cell(const struct walk *w)
{
	return &walk_form(w)->cells[w->cell];
}

const struct section_def *walk_section(const struct walk *w)
{
	return walk_cell(w)->section;
}

const struct entry_def *walk_entry(const struct walk *w, size_t cell)
{
	const struct cell_def *def = &walk_form(w)->cells[cell];

	for (size_t i = 0; i < def->section->entry_count; i++) {
		const struct entry_def *entry = &def->section->entries[i];

		if (entry->field ? entry->field == def->field
				 : entry->grid == def->grid)
			return entry;
	}
	return &def->section->entries[0];
}

const struct walk_pane *walk_pane(const struct entry_def *entry)
{
	if (entry->grid)
		return &walk_grid;
	return entry->field->kind == FIELD_PROSE ? &walk_prose : &walk_field;
}

static const struct walk_pane *here(const struct walk *w)
{
	return walk_pane(walk_entry(w, w->cell));
}

/* Can it do something now?  No key that is shown does nothing. */
static bool works(const struct walk *w, enum action action)
{
	static const struct {
		enum action action;
		enum deed deed;
	} deeds[] = {
		{ ACTION_SUBMIT, DEED_SUBMIT },
		{ ACTION_RETURN, DEED_RETURN },
		{ ACTION_APPROVE, DEED_APPROVE },
	};
	static const enum action writing[] = { ACTION_REFER,    ACTION_UNDO,
					       ACTION_REDO,     ACTION_ERASE,
					       ACTION_DELETE,   ACTION_KILL,
					       ACTION_ZERO_FILL };
	struct draft *d = walk_draft(w);

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (deeds[i].action == action)
			return review_may(store_actor(draft_store(d)),
					  draft_row(d)->state, deeds[i].deed,
					  NULL);
	for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
		if (writing[i] == action)
			return draft_writable(d);
	return action != ACTION_LAST_YEAR || draft_last(d);
}

/* What decides about a report that was handed in: first for who may. */
static const enum action deciding[] = { ACTION_APPROVE, ACTION_RETURN,
					ACTION_NOTE };

static bool decides(const struct walk *w, enum action action)
{
	if (!works(w, ACTION_RETURN))
		return false;
	for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++)
		if (deciding[i] == action)
			return true;
	return false;
}

static const enum action *actions(void *screen)
{
	struct walk *w = screen;
	const enum action *list = here(w)->actions;
	size_t n = 0;

	for (size_t i = 0; i < sizeof deciding / sizeof *deciding; i++)
		if (decides(w, deciding[i]) && works(w, deciding[i]))
			w->actions[n++] = deciding[i];
	for (; *list != ACTION_NONE; list++)
		if (works(w, *list) && !decides(w, *list))
			w->actions[n++] = *list;
	w->actions[n] = ACTION_NONE;
	return w->actions;
}

static void draw_heading(const struct walk *w, WINDOW *win)
{
	struct str text = { 0 };

	walk_heading(walk_section(w), &text);
	paint_text(win, w->body.y, w->body.x + 1, w->body.cols - 2, THEME_HEAD,
		   text.s);
	str_free(&text);
}

/* Beside prose there is room for the outline, unless the list has it. */
static void draw_outline(struct walk *w, WINDOW *win)
{
	const struct section_def *section = walk_section(w);
	int cols = getmaxx(win);
	struct walk_box box = w->body;

	if (cols >= WALK_LIST || cols < WALK_NARROW_LABELS || section->grid ||
	    section->item_count == 0)
		return;
	w->body.cols -= 28;
	box.x += w->body.cols + 2;
	box.cols = 26;
	for (int y = box.y; y < box.y + box.rows; y++)
		paint_text(win, y, box.x - 2, 1, THEME_DIM, "|");
	walk_outline(w, win, &box);
}

static void draw(void *screen, WINDOW *win)
{
	struct walk *w = screen;

	werase(win);
	w->app->cursor_y = w->app->cursor_x = -1;
	w->last_lines = 0;
	walk_frame(w, win, actions(w));
	draw_outline(w, win);
	walk_lay(w);
	if (w->slot_count > 0 && w->slots[0].box.y > w->body.y)
		draw_heading(w, win);
	for (size_t i = 0; i < w->slot_count; i++)
		if (w->slots[i].box.rows > 0)
			walk_pane(w->slots[i].entry)
				->draw(w, win, &w->slots[i]);
	walk_status(w, win);
}

static void help(struct walk *w)
{
	struct str text = { 0 };

	walk_help(w, &text);
	screen_help(w->app, actions(w), walk_cell(w)->say, text.s);
	str_free(&text);
}

/* F7: last year is shown or put away; on a wide screen it is there at first. */
static void last_year(struct walk *w)
{
	if (!draft_last(walk_draft(w))) {
		app_say(w->app, _("草稿库里没有上年的报告。"));
		return;
	}
	w->last_top = 0;
	w->last_year = !w->last_year;
}

/* Esc: what F7 brought goes before the report does. */
static bool put_away_last(struct walk *w)
{
	if (!w->last_year || getmaxx(w->app->win) >= WALK_LAST_YEAR)
		return false;
	last_year(w);
	return true;
}

static void checklist(struct walk *w)
{
	screen_checklist(w->app, walk_section(w));
}

static void findings(struct walk *w)
{
	walk_stay(w);
	screen_findings_at(w->app, w->cell, walk_finding(w, w->cell));
}

static void finding_next(struct walk *w)
{
	walk_stay(w);
	walk_go_finding(w, 1);
}

static void finding_prev(struct walk *w)
{
	walk_stay(w);
	walk_go_finding(w, -1);
}

static void preview(struct walk *w)
{
	screen_preview(w->app);
}

static void menu(struct walk *w)
{
	screen_menu(w->app);
}

static void note(struct walk *w)
{
	screen_notes(w->app, w->cell);
}

static void export(struct walk *w)
{
	screen_export(w->app);
}

static void section_prev(struct walk *w)
{
	walk_stay(w);
	walk_go_section(w, -1);
}

static void section_next(struct walk *w)
{
	walk_stay(w);
	walk_go_section(w, 1);
}

static void next_open(struct walk *w)
{
	walk_stay(w);
	walk_go_open(w);
}

static void go_to(struct walk *w)
{
	walk_stay(w);
	walk_go_to(w);
}

static void undo(struct walk *w)
{
	walk_undo(w, false);
}

static void redo(struct walk *w)
{
	walk_undo(w, true);
}

static void submit(struct walk *w)
{
	deed_run(w->app, DEED_SUBMIT);
}

static void send_back(struct walk *w)
{
	deed_run(w->app, DEED_RETURN);
}

static void approve(struct walk *w)
{
	deed_run(w->app, DEED_APPROVE);
}

/* WRITE: the cell is written first, for what comes reads the report, and what
 * others wrote is read; DECIDE: if that is news, it is looked at first. */
static const struct {
	enum action action;
	enum before {
		NOTHING,
		WRITE,
		DECIDE
	} before;
	void (*run)(struct walk *w);
} deeds[] = {
	{ ACTION_HELP, NOTHING, help },
	{ ACTION_CHECKLIST, WRITE, checklist },
	{ ACTION_SECTION_PREV, WRITE, section_prev },
	{ ACTION_SECTION_NEXT, WRITE, section_next },
	{ ACTION_FINDINGS, WRITE, findings },
	{ ACTION_FINDING_NEXT, WRITE, finding_next },
	{ ACTION_FINDING_PREV, WRITE, finding_prev },
	{ ACTION_NEXT_OPEN, WRITE, next_open },
	{ ACTION_LAST_YEAR, NOTHING, last_year },
	{ ACTION_PREVIEW, WRITE, preview },
	{ ACTION_MENU, DECIDE, menu },
	{ ACTION_UNDO, NOTHING, undo },
	{ ACTION_REDO, NOTHING, redo },
	{ ACTION_GOTO, WRITE, go_to },
	{ ACTION_NOTE, WRITE, note },
	{ ACTION_ZERO_FILL, WRITE, walk_zero_fill },
	{ ACTION_EXPORT, WRITE, export },
	{ ACTION_SUBMIT, DECIDE, submit },
	{ ACTION_RETURN, DECIDE, send_back },
	{ ACTION_APPROVE, DECIDE, approve },
};

/* Write the cell, read what others wrote; false when that has to be seen. */
static bool may_go_on(struct walk *w, enum before before)
{
	char was[sizeof w->stage];

	if (before == NOTHING)
		return true;
	if (!walk_leave(w))
		return false;
	memcpy(was, w->stage, sizeof was);
	app_look(w->app);
	return before != DECIDE || strcmp(w->stage, was) == 0;
}

static bool act(void *screen, enum action action)
{
	struct walk *w = screen;

	if (action == ACTION_BACK && (walk_let_go(w) || put_away_last(w)))
		return true;
	if (here(w)->act(w, action))
		return true;
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		if (deeds[i].action != action)
			continue;
		if (may_go_on(w, deeds[i].before))
			deeds[i].run(w);
		return true;
	}
	if (action == ACTION_LEAVE || action == ACTION_BACK)
		if (!walk_leave(w))
			return true;
	return action == ACTION_BACK && walk_go_back(w);
}

static bool inside(const struct walk_box *box, int y, int x)
{
	return y >= box->y && y < box->y + box->rows && x >= box->x &&
	       x < box->x + box->cols;
}

static void click(struct walk *w, const struct event *event)
{
	const struct section_def *section =
		walk_frame_at(w, w->app->win, event->y, event->x);

	if (section) {
		walk_stay(w);
		walk_move(w, w->places[section->index]);
		return;
	}
	for (size_t i = 0; i < w->slot_count; i++)
		if (inside(&w->slots[i].box, event->y, event->x)) {
			walk_pane(w->slots[i].entry)
				->click(w, &w->slots[i], event->y, event->x);
			return;
		}
}

static void wheel(struct walk *w, int step)
{
	for (int i = 0; i < 3; i++)
		here(w)->act(w, step < 0 ? ACTION_UP : ACTION_DOWN);
}

static bool type(void *screen, const struct event *event)
{
	struct walk *w = screen;

	switch (event->kind) {
	case EVENT_TEXT:
		here(w)->type(w, event->text, strlen(event->text), false);
		return true;
	case EVENT_PASTE:
		if (event->paste->len > 0)
			here(w)->type(w, event->paste->s, event->paste->len,
				      true);
		return true;
	case EVENT_MOUSE:
		if (event->wheel != 0)
			wheel(w, event->wheel);
		else
			click(w, event);
		return true;
	case EVENT_TICK:
		walk_watch(w);
		return true;
	default:
		return false;
	}
}

static void news(void *screen)
{
	walk_news(screen);
}

static void resume(void *screen)
{
	walk_refresh(screen);
	walk_come_home(screen);
}

static void close_walk(void *screen)
{
	struct walk *w = screen;

	walk_leave(w);
	w->app->unsettled = false;
	draft_place(walk_draft(w), w->cell);
	edit_free(&w->edit);
	free(w->places);
	free(w->needle);
	free(w->words);
	walk_beside_free(w);
	free(w->came);
	free(w->mark);
	free(w->noted);
	walk_forget_changes(w);
	free(w->sign);
	free(w->ticks);
	free(w->wrong);
	free(w->spoilt);
	free(w->missing);
	free(w->waiting);
	free(w->slots);
	free(w);
}

static const struct screen_ops walk_ops = {
	.name = "walk",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.news = news,
	.close = close_walk,
};

static void read_settings(struct walk *w)
{
	struct store *store = draft_store(walk_draft(w));
	char *enter = setting_get(store, "enter");
	char *width = setting_get(store, "prose.width");

	w->enter_right = strcmp(enter, "right") == 0;
	w->prose_cells = (int)strtol(width, NULL, 10);
	if (w->prose_cells < 20)
		w->prose_cells = 50;
	free(enter);
	free(width);
}

static struct walk *new_walk(struct app *app, size_t cell)
{
	const struct form_def *form = draft_form(app->draft);
	struct walk *w = xcalloc(1, sizeof *w);

	w->app = app;
	w->places = xcalloc(form->section_count, sizeof *w->places);
	w->sign = xcalloc(form->section_count, 1);
	w->noted = xcalloc(form->cell_count, sizeof *w->noted);
	w->wrong = xcalloc(form->section_count, sizeof *w->wrong);
	w->spoilt = xcalloc(form->section_count, sizeof *w->spoilt);
	w->missing = xcalloc(form->section_count, sizeof *w->missing);
	w->waiting = xcalloc(form->section_count, sizeof *w->waiting);
	w->origin = FORM_NO_CELL;
	for (size_t i = 0; i < form->section_count; i++)
		w->places[i] = walk_first(&form->sections[i]);
	w->writable = draft_writable(app->draft);
	memcpy(w->saved, draft_row(app->draft)->changed_at,
	       strnlen(draft_row(app->draft)->changed_at, DATE_MOMENT - 1));
	read_settings(w);
	w->cell = walk_opening(w, cell);
	w->column = walk_cell(w)->column_index;
	w->places[walk_section(w)->index] = w->cell;
	walk_came(w);
	return w;
}

/* Is there a walk below?  Then what covers it goes, and it moves there. */
static bool come_back(struct app *app, size_t cell)
{
	size_t i = app->depth;

	while (i > 0 && app->stack[i - 1].ops != &walk_ops)
		i--;
	if (i == 0)
		return false;
	while (app->depth > i)
		app_pop(app);
	if (cell < draft_form(app->draft)->cell_count)
		walk_move(app->stack[i - 1].screen, cell);
	return true;
}

void screen_walk_from(struct app *app, size_t cell,
		      void (*list)(struct app *app, size_t line), size_t line)
{
	const struct frame *top;
	struct walk *w;
	size_t from;

	if (!come_back(app, FORM_NO_CELL)) {
		screen_walk(app, cell);
		return;
	}
	top = &app->stack[app->depth - 1];
	w = top->screen;
	from = w->cell;
	walk_move(w, cell);
	w->origin = from;
	w->list = list;
	w->line = line;
}

void screen_walk_words(struct app *app, size_t offset, size_t extent)
{
	const struct frame *top = &app->stack[app->depth - 1];
	struct walk *w = top->screen;

	if (top->ops != &walk_ops)
		return;
	walk_lead_to(w, offset, extent);
	app_say(app, _("Esc 回到列表，Ctrl-N 到下一条问题"));
}

void screen_walk(struct app *app, size_t cell)
{
	struct walk *w;

	if (come_back(app, cell))
		return;
	w = new_walk(app, cell);
	walk_note_stage(w);
	walk_find_changes(w);
	walk_load(w, walk_cursor(w));
	walk_scan(w);
	draft_remember(app->draft);
	if (cell == FORM_NO_CELL && w->change_count > 0)
		walk_move(w, w->changes[0].cell);
	walk_say_why(w);
	app_push(app, &walk_ops, w);
}
