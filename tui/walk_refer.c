/* Figures of the tables inside prose: putting them in, saying what they are. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/reference.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/walk.h"

static void add_value(const struct walk *w, size_t cell, struct str *out)
{
	size_t before = out->len;

	report_text(draft_report(walk_draft(w)), cell, out);
	if (out->len == before)
		str_add(out, "_");
}

/* Which column of the row: 总计 first, for texts speak of it most. */
static size_t ask_column(struct walk *w, size_t cell)
{
	const struct row_def *row = walk_form(w)->cells[cell].row;
	size_t count = row ? row->band->column_count : 1;
	const char **lines;
	char **made;
	int chosen;

	if (count < 2)
		return cell;
	lines = xcalloc(count, sizeof *lines);
	made = xcalloc(count, sizeof *made);
	for (size_t i = 0; i < count; i++) {
		struct str line = { 0 };

		str_addf(&line, "%s  ", row->band->columns[i].label);
		add_value(w, row->cells[i], &line);
		lines[i] = made[i] = str_steal(&line);
	}
	chosen = dialog_choose(w->app, row->say, lines, count,
			       row->band->columns[count - 1].sum ? count - 1
								 : 0);
	for (size_t i = 0; i < count; i++)
		free(made[i]);
	free(made);
	free(lines);
	return chosen < 0 ? FORM_NO_CELL : row->cells[chosen];
}

size_t walk_ask_number(struct walk *w, const char *title)
{
	size_t cell = walk_ask_cell(w, title, true);
	const struct cell_def *def;

	if (cell == FORM_NO_CELL)
		return cell;
	def = &walk_form(w)->cells[cell];
	if (def->kind != FIELD_COUNT && def->kind != FIELD_AMOUNT) {
		app_say(w->app, _("“%s”不是数，不能引用。"), def->say);
		return FORM_NO_CELL;
	}
	return ask_column(w, cell);
}

/* {PATH}, {PATH~%} or {PATH/PATH%}; NULL when the clerk went back. */
static char *ask_form(struct walk *w, size_t cell)
{
	const char *ways[] = { _("这个数"), _("比上年增减的百分比"),
			       _("占另一个数的百分比") };
	const char *path = walk_form(w)->cells[cell].path;
	int chosen = dialog_choose(w->app, walk_form(w)->cells[cell].say, ways,
				   3, 0);
	size_t whole;

	if (chosen == 0)
		return str_printf("{%s}", path);
	if (chosen == 1)
		return str_printf("{%s~%%}", path);
	if (chosen != 2)
		return NULL;
	whole = walk_ask_number(w, _("占哪个数"));
	return whole == FORM_NO_CELL
		       ? NULL
		       : str_printf("{%s/%s%%}", path,
				    walk_form(w)->cells[whole].path);
}

void walk_refer(struct walk *w)
{
	size_t cell;
	char *text;

	if (walk_cell(w)->kind != FIELD_PROSE || !walk_may_type(w))
		return;
	cell = walk_ask_number(w, _("引用哪个数"));
	text = cell == FORM_NO_CELL ? NULL : ask_form(w, cell);
	if (!text)
		return;
	draft_break(walk_draft(w));
	walk_pane(walk_entry(w, w->cell))->type(w, text, strlen(text), true);
	free(text);
}

/* ---- what stands at the cursor ---- */

static bool at_cursor(const struct walk *w, struct reference *ref)
{
	const char *text = w->edit.text.s ? w->edit.text.s : "";
	size_t from = 0;

	while (reference_next(walk_form(w), text, from, ref)) {
		if (ref->start > w->edit.cursor)
			return false;
		if (w->edit.cursor <= ref->end)
			return true;
		from = ref->end;
	}
	return false;
}

static void add_names(const struct walk *w, const struct reference *ref,
		      struct str *out)
{
	static const char *const between[] = { "＋", "／", "" };

	for (size_t i = 0; i < ref->count; i++) {
		size_t cell = ref->cells[i];

		str_add(out, i ? between[ref->kind] : "");
		if (cell == FORM_NO_CELL)
			reference_path(w->edit.text.s, ref->start, i, out);
		else
			str_add(out, walk_form(w)->cells[cell].say);
	}
}

bool walk_refer_says(const struct walk *w, struct str *out)
{
	struct draft *d = walk_draft(w);
	enum reference_fault fault;
	struct reference ref;
	struct str value = { 0 };

	if (walk_cell(w)->kind != FIELD_PROSE || !at_cursor(w, &ref))
		return false;
	fault = reference_value(draft_report(d), draft_last(d), &ref, &value);
	if (fault)
		str_addf(out, "! %s%s", reference_fault_words(fault), _("："));
	else
		str_addf(out, _("印出 %s："), value.s);
	add_names(w, &ref, out);
	if (ref.kind == REFERENCE_CHANGE)
		str_add(out, _("，比上年"));
	str_free(&value);
	return true;
}
