/* What changes a cell: typing, undo, zeros; always through the draft. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/deed.h"
#include "tui/dialog.h"
#include "tui/walk.h"

void walk_load(struct walk *w, size_t cursor)
{
	const struct cell_def *cell = walk_cell(w);
	const char *text = draft_text(walk_draft(w), w->cell);
	int width = w->edit.width, height = w->edit.height;

	w->fresh = draft_pending(walk_draft(w)) != w->cell;
	edit_free(&w->edit);
	edit_open(&w->edit, text, cell->kind != FIELD_PROSE);
	if (width > 1 && height > 0)
		edit_resize(&w->edit, width, height);
	edit_load(&w->edit, text, cursor);
	walk_words_find(w);
}

void walk_move(struct walk *w, size_t cell)
{
	const struct section_def *from = walk_section(w);

	draft_break(walk_draft(w));
	if (cell == w->cell && draft_pending(walk_draft(w)) != cell)
		return;
	if (!walk_leave(w))
		return;
	w->cell = cell;
	w->led_len = 0;
	w->places[walk_section(w)->index] = cell;
	w->column = walk_cell(w)->column_index;
	w->last_top = 0;
	if (walk_section(w) != from) {
		walk_tick(w);
		w->top = 0;
		draft_place(walk_draft(w), cell);
	}
	walk_load(w, walk_cursor(w));
	walk_came(w);
}

bool walk_next_entry(struct walk *w, int step)
{
	const struct section_def *section = walk_section(w);
	const struct entry_def *here = walk_entry(w, w->cell);
	size_t i = (size_t)(here - section->entries);

	if (step < 0 ? i == 0 : i + 1 == section->entry_count) {
		walk_move(w, w->cell);
		return false;
	}
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
	return true;
}

bool walk_splice(struct walk *w, size_t at, size_t removed, const char *s,
		 size_t len)
{
	struct err err = { 0 };

	if (draft_splice(walk_draft(w), w->cell, at, removed, s, len, &err)) {
		if (!walk_lost(w))
			app_say_err(w->app, &err);
		return false;
	}
	w->typing = true;
	walk_words_shift(w, at, removed, len);
	w->app->unsettled =
		w->app->unsettled || walk_cell(w)->kind == FIELD_PROSE;
	date_now(w->saved);
	if (draft_fault(walk_draft(w), false, &err))
		app_say_err(w->app, &err);
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
	bool date = walk_cell(w)->kind == FIELD_DATE;
	size_t have, n = paste ? pieces(&s, &len) : 1;
	bool whole = w->fresh || paste;

	if (says_nothing(s, len) || !walk_may_type(w))
		return;
	if (n > 1 && !date) {
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

/* What undo or redo did: to which cell, or to how many. */
static void say_undone(struct walk *w, bool redo)
{
	const struct cell_def *cell = walk_cell(w);
	const char *text = draft_text(walk_draft(w), w->cell);
	size_t n = draft_moved(walk_draft(w));

	if (n > 1)
		app_say(w->app,
			redo ? _("已重做：改了 %zu 格。")
			     : _("已撤销：%zu 格改回原样。"),
			n);
	else if (cell->kind == FIELD_PROSE || cell->kind == FIELD_LINE)
		app_say(w->app,
			redo ? _("已重做“%s”里的一次改动。")
			     : _("已撤销“%s”里的一次改动。"),
			cell->say);
	else if (!*text)
		app_say(w->app,
			redo ? _("已重做：%s 清空。")
			     : _("已撤销：%s 改回空格。"),
			cell->say);
	else
		app_say(w->app,
			redo ? _("已重做：%s 改为 %s。")
			     : _("已撤销：%s 改回 %s。"),
			cell->say, text);
}

/* A change of many cells is not taken back by a key alone. */
static bool may_undo(struct walk *w)
{
	const char *buttons[] = { _("撤销"), _("不撤销") };
	struct undo_next next;
	char when[DATE_MOMENT], *text;
	bool import;
	int answer;

	if (draft_undo_next(walk_draft(w), &next, NULL) != ERR_OK ||
	    next.cells <= UNDO_FEW || strcmp(next.deed, "carry") == 0)
		return true;
	import = strcmp(next.deed, deed_word(DEED_IMPORT)) == 0;
	text = str_printf(_("要撤销的是 %s 的“%s”：一次改了 %zu 格，"
			    "全都要改回原样。%s\n撤销以后 Ctrl-Y 可以重做；"
			    "但只要再键入一个字，就不能重做了。"),
			  date_clock(next.moment, when),
			  *next.deed ? deed_said(next.deed)
				     : deed_label(DEED_EDIT),
			  next.cells,
			  import ? _("随文件来的批注、情况说明、审签和"
				     "版次不在内，仍旧留着。")
				 : "");
	answer = dialog_ask(w->app, _("撤销"), text, buttons, 2, 1);
	free(text);
	return answer == 0;
}

/* Until something is seen to change; false: it is said why not. */
static bool undo_once(struct walk *w, size_t *cell, size_t *offset)
{
	struct err err = { 0 };

	do {
		if (!may_undo(w))
			return false;
		if (draft_undo(walk_draft(w), cell, offset, &err) != ERR_OK) {
			app_say_err(w->app, &err);
			return false;
		}
	} while (draft_moved(walk_draft(w)) == 0);
	return true;
}

static bool redo_once(struct walk *w, size_t *cell, size_t *offset)
{
	struct err err = { 0 };

	if (draft_redo(walk_draft(w), cell, offset, &err) == ERR_OK)
		return true;
	app_say_err(w->app, &err);
	return false;
}

void walk_undo(struct walk *w, bool redo)
{
	size_t cell = w->cell, offset = (size_t)-1;

	if (!draft_writable(walk_draft(w))) {
		say_read_only(w);
		return;
	}
	if (!(redo ? redo_once : undo_once)(w, &cell, &offset))
		return;
	w->typing = false;
	date_now(w->saved);
	walk_came(w);
	walk_move(w, cell);
	walk_load(w, offset);
	walk_came(w);
	walk_scan(w);
	say_undone(w, redo);
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
	if (!walk_leave(w))
		return;
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
	walk_came(w);
	walk_scan(w);
}
