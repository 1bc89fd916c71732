/* What changes a cell: typing, undo, zeros; always through the draft. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/walk.h"

void walk_load(struct walk *w, size_t cursor)
{
	const struct cell_def *cell = walk_cell(w);
	const char *text = draft_text(walk_draft(w), w->cell);
	int width = w->edit.width, height = w->edit.height;

	w->fresh = true;
	edit_free(&w->edit);
	edit_open(&w->edit, text, cell->kind != FIELD_PROSE);
	if (width > 1 && height > 0)
		edit_resize(&w->edit, width, height);
	edit_load(&w->edit, text, cursor);
}

static bool about_last_year(const struct rule_def *rule)
{
	for (size_t i = 0; i < rule->relation_count; i++) {
		const struct relation_def *rel = &rule->relations[i];

		for (size_t k = 0; k < rel->left_count; k++)
			if (rel->left[k].previous)
				return true;
		for (size_t k = 0; k < rel->right_count; k++)
			if (rel->right[k].previous)
				return true;
	}
	return false;
}

/* The rule that asks why the clerk's cell is not last year's number. */
static const struct finding *carried_finding(const struct walk *w)
{
	const struct findings *all = draft_findings(walk_draft(w));

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (f->severity != SEVERITY_SOFT || !about_last_year(f->rule))
			continue;
		for (size_t k = 0; k < f->cell_count; k++)
			if (f->cells[k] == w->cell)
				return f;
	}
	return NULL;
}

/* The reason given when the carried-over number was typed over belongs to the
 * finding that its new value makes; without one nothing is to be said. */
static void give_reason(struct walk *w)
{
	const struct finding *f = w->reason ? carried_finding(w) : NULL;
	struct err err = { 0 };
	char *rule, *path;

	if (!f)
		return;
	rule = xstrdup(f->rule->id);
	path = xstrdup(walk_form(w)->cells[f->cells[0]].path);
	if (review_explain(walk_draft(w), rule, path, w->reason, &err))
		app_say_err(w->app, &err);
	free(path);
	free(rule);
	free(w->reason);
	w->reason = NULL;
}

void walk_leave(struct walk *w)
{
	struct err err = { 0 };

	if (draft_writable(walk_draft(w)) &&
	    draft_leave(walk_draft(w), &err) != ERR_OK)
		app_say_err(w->app, &err);
	w->typing = false;
	w->fresh = true;
	give_reason(w);
	walk_scan(w);
}

void walk_move(struct walk *w, size_t cell)
{
	const struct section_def *from = walk_section(w);

	draft_break(walk_draft(w));
	if (cell == w->cell)
		return;
	walk_leave(w);
	w->cell = cell;
	w->places[walk_section(w)->index] = cell;
	w->column = walk_cell(w)->column_index;
	w->last_top = 0;
	if (walk_section(w) != from) {
		walk_tick(w);
		w->top = 0;
		draft_place(walk_draft(w), cell);
	}
	walk_load(w, walk_cursor(w));
}

bool walk_next_entry(struct walk *w, int step)
{
	const struct section_def *section = walk_section(w);
	const struct entry_def *here = walk_entry(w, w->cell);
	size_t i = (size_t)(here - section->entries);

	if (step < 0 ? i == 0 : i + 1 == section->entry_count)
		return false;
	here += step;
	walk_move(w, walk_pane(here)->enter(w, here, step > 0));
	return true;
}

static void say_read_only(struct walk *w)
{
	struct store *store = draft_store(walk_draft(w));
	const struct report_row *row = draft_row(walk_draft(w));
	struct editor who = { 0 };
	struct err err = { 0 };
	char since[DATE_MOMENT];

	if (!review_may(store_actor(store), row->state, DEED_EDIT, &err) ||
	    draft_lost(walk_draft(w), &err))
		app_say_err(w->app, &err);
	else if (store_editor(store, row->id, &who))
		app_say(w->app, _("%s 自 %s 起正在填这份报告，这里只能看。"),
			who.user, date_clock(who.since, since));
	else
		app_say(w->app,
			_("这份报告是打开来看的，不能填；要填请返回后再打开。"));
	editor_free(&who);
}

static void say_sum(struct walk *w)
{
	struct str text = { 0 };

	if (walk_sum_says(w, w->cell, &text))
		app_say(w->app, _("这一格由程序相加，不用填：%s"), text.s);
	str_free(&text);
}

/* Whoever types over a number carried over from last year says why, once. */
static bool ask_reason(struct walk *w)
{
	char was[NUM_TEXT], *prompt, *why = NULL;
	int64_t last;
	bool given;

	if (w->asked[w->cell] || !draft_carried(walk_draft(w), w->cell, &last))
		return true;
	prompt = str_printf(
		_("这一格承上年，是 %s。改成别的数请写明原因，随报告送审；不改请按 Esc。"),
		num_text(last, was));
	given = dialog_text(w->app, _("为什么改承上年的数"), prompt, 2, &why);
	free(prompt);
	if (given && why && text_count(why) > 0) {
		free(w->reason);
		w->reason = why;
		w->asked[w->cell] = true;
		return true;
	}
	free(why);
	app_say(w->app,
		given ? _("没有写原因，数字没有改。") : _("数字没有改。"));
	return false;
}

bool walk_may_type(struct walk *w)
{
	if (walk_cell(w)->part_count > 0) {
		say_sum(w);
		return false;
	}
	if (!draft_writable(walk_draft(w))) {
		say_read_only(w);
		return false;
	}
	return ask_reason(w);
}

bool walk_splice(struct walk *w, size_t at, size_t removed, const char *s,
		 size_t len)
{
	struct err err = { 0 };

	if (draft_splice(walk_draft(w), w->cell, at, removed, s, len, &err)) {
		app_say_err(w->app, &err);
		return false;
	}
	w->typing = true;
	w->app->unsettled =
		w->app->unsettled || walk_cell(w)->kind == FIELD_PROSE;
	date_now(w->saved);
	return true;
}

void walk_step(struct walk *w, const struct edit_step *step)
{
	if (!walk_splice(w, step->at, step->removed, step->inserted, step->len))
		walk_load(w, step->at + step->removed);
}

/* How many numbers a paste holds: what blanks, tabs and newlines part; *s and
 * *len become what stands between the first and the last of them. */
static size_t pieces(const char **s, size_t *len)
{
	static const char blanks[] = " \t\n";
	size_t n = 0;
	bool inside = false;

	while (*len > 0 && strchr(blanks, **s)) {
		(*s)++;
		(*len)--;
	}
	while (*len > 0 && strchr(blanks, (*s)[*len - 1]))
		(*len)--;
	for (size_t i = 0; i < *len; i++) {
		bool blank = strchr(blanks, (*s)[i]) != NULL;

		n += !blank && !inside;
		inside = !blank;
	}
	return n;
}

/* Signs that are left out of a number: alone they replace nothing. */
static bool says_nothing(const char *s, size_t len)
{
	static const char *const empty[] = { " ", "　", ",", "，", "" };

	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		if (strlen(empty[i]) == len && memcmp(empty[i], s, len) == 0)
			return true;
	return false;
}

void walk_type_number(struct walk *w, const char *s, size_t len, bool paste)
{
	size_t have, n = paste ? pieces(&s, &len) : 1;
	bool whole = w->fresh || paste;

	if (says_nothing(s, len) || !walk_may_type(w))
		return;
	if (n > 1) {
		app_say(w->app,
			_("粘贴的是 %zu 个数；表格还不能整块粘贴，什么也没有改。"),
			n);
		return;
	}
	if (paste)
		draft_break(walk_draft(w));
	have = strlen(draft_text(walk_draft(w), w->cell));
	if (walk_splice(w, whole ? 0 : have, whole ? have : 0, s, len))
		w->fresh = false;
}

/* Del on a sum takes away what the source printed for it. */
static void drop_printed(struct walk *w)
{
	struct change none = { w->cell, "", true };
	const struct report *r = draft_report(walk_draft(w));
	struct err err = { 0 };

	if (report_printed(r, w->cell).kind == VALUE_BLANK)
		say_sum(w);
	else if (!draft_writable(walk_draft(w)))
		say_read_only(w);
	else if (draft_change(walk_draft(w), &none, 1, "set", NULL, &err))
		app_say_err(w->app, &err);
	else
		app_say(w->app, _("来源印的合计已去掉，以程序相加为准。"));
	walk_scan(w);
}

static void blank(struct walk *w)
{
	size_t have;

	if (walk_cell(w)->part_count > 0) {
		drop_printed(w);
		return;
	}
	if (!walk_may_type(w))
		return;
	have = strlen(draft_text(walk_draft(w), w->cell));
	if (have > 0)
		walk_splice(w, 0, have, "", 0);
	w->fresh = true;
}

static void erase_last(struct walk *w)
{
	const char *text;
	size_t have, prev;

	if (!walk_may_type(w))
		return;
	text = draft_text(walk_draft(w), w->cell);
	have = strlen(text);
	prev = text_prev(text, have, have);
	if (have > 0)
		walk_splice(w, prev, have - prev, "", 0);
	w->fresh = false;
}

bool walk_act_number(struct walk *w, enum action action)
{
	switch (action) {
	case ACTION_ERASE:
		erase_last(w);
		return true;
	case ACTION_DELETE:
	case ACTION_KILL:
		blank(w);
		return true;
	default:
		return false;
	}
}

void walk_undo(struct walk *w, bool redo)
{
	size_t cell = w->cell, offset = (size_t)-1;
	struct err err = { 0 };
	enum err_code code;

	if (!draft_writable(walk_draft(w))) {
		say_read_only(w);
		return;
	}
	code = redo ? draft_redo(walk_draft(w), &cell, &offset, &err)
		    : draft_undo(walk_draft(w), &cell, &offset, &err);
	if (code != ERR_OK) {
		app_say_err(w->app, &err);
		return;
	}
	w->typing = false;
	date_now(w->saved);
	walk_move(w, cell);
	walk_load(w, offset);
	walk_scan(w);
}

static const char *section_name(const struct section_def *section)
{
	return section->number && *section->number ? section->number
						   : section->title;
}

void walk_zero_fill(struct walk *w)
{
	static const char *const buttons[] = { N_("填零"), N_("不填") };
	const char *shown[] = { _(buttons[0]), _(buttons[1]) };
	const struct section_def *section = walk_section(w);
	size_t blanks;
	struct err err = { 0 };
	char *text;
	int answer;

	if (!draft_writable(walk_draft(w))) {
		say_read_only(w);
		return;
	}
	walk_leave(w);
	blanks = draft_blanks(walk_draft(w), section);
	if (blanks == 0) {
		app_say(w->app, _("%s 部分没有空着的数字格。"),
			section_name(section));
		return;
	}
	text = str_printf(
		_("将把 %s 部分 %zu 个空格填为 0；已填的不动，Ctrl-Z 可以撤销。"),
		section_name(section), blanks);
	answer = dialog_ask(w->app, _("其余填零"), text, shown, 2, 1);
	free(text);
	if (answer != 0)
		return;
	if (draft_fill_zero(walk_draft(w), section, &err) != ERR_OK)
		app_say_err(w->app, &err);
	date_now(w->saved);
	walk_load(w, (size_t)-1);
	walk_scan(w);
}
