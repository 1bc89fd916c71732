/* Going to another place: sections, the next open cell, by name. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/deed.h"
#include "tui/dialog.h"
#include "tui/walk.h"

size_t walk_first(const struct section_def *section)
{
	const struct entry_def *entry = &section->entries[0];

	return entry->grid ? entry->grid->rows[0]->cells[0]
			   : entry->field->cell;
}

void walk_go_section(struct walk *w, int step)
{
	size_t count = walk_form(w)->section_count;
	size_t i = walk_section(w)->index;

	i = step > 0 ? (i + 1) % count : (i + count - 1) % count;
	walk_move(w, w->places[i]);
}

/* ---- there and back ---- */

void walk_stay(struct walk *w)
{
	w->list = NULL;
	w->origin = FORM_NO_CELL;
}

bool walk_go_back(struct walk *w)
{
	void (*list)(struct app * app, size_t line) = w->list;

	if (!list)
		return false;
	w->list = NULL;
	list(w->app, w->line);
	return true;
}

void walk_come_home(struct walk *w)
{
	size_t origin = w->origin;

	if (w->list || origin == FORM_NO_CELL)
		return;
	walk_stay(w);
	walk_move(w, origin);
}

/* ---- what is open ---- */

/* Blank and asked for, or the first cell of something to be mended. */
static bool is_open(const struct walk *w, size_t cell)
{
	const struct cell_def *def = &walk_form(w)->cells[cell];
	const struct finding *f;

	if (def->derived)
		return false;
	if (def->required && def->part_count == 0 &&
	    !report_answered(draft_report(walk_draft(w)), cell))
		return true;
	f = w->mark[cell] == '!' ? walk_finding(w, cell) : NULL;
	return f && f->cells[0] == cell;
}

/* Who reviews it goes to what has changed.  Who fills it in, first to what it
 * was returned for, then to blanks and what is wrong. */
void walk_go_open(struct walk *w)
{
	size_t count = walk_form(w)->cell_count;
	bool *asked = walk_asked_about(w);
	size_t to = FORM_NO_CELL;

	if (walk_next_change(w)) {
		free(asked);
		return;
	}
	for (size_t i = 1; asked && i < count && to == FORM_NO_CELL; i++)
		if (asked[(w->cell + i) % count])
			to = (w->cell + i) % count;
	for (size_t i = 1; i <= count && to == FORM_NO_CELL; i++)
		if (is_open(w, (w->cell + i) % count))
			to = (w->cell + i) % count;
	if (to == FORM_NO_CELL && asked)
		app_say(w->app, _("只剩这一格退回点名的还没有改，也没有答复；"
				  "Alt-N 答复。"));
	else if (to == FORM_NO_CELL)
		app_say(w->app, deed_may(w->app, DEED_SUBMIT, false)
					? _("没有空格，也没有须改的格；"
					    "F8 预览，Alt-S 送审。")
					: _("没有空格，也没有须改的格。"));
	else if (to == w->cell)
		app_say(w->app, _("只有这一格还空着或有问题。"));
	if (to != FORM_NO_CELL)
		walk_move(w, to);
	free(asked);
}

/* ---- opening a report ---- */

/* The first cell it was returned for, for which nothing was done yet. */
static size_t returned_at(const struct walk *w)
{
	bool *asked = walk_asked_about(w);
	size_t cell = 0;

	while (asked && cell < walk_form(w)->cell_count && !asked[cell])
		cell++;
	if (!asked)
		cell = FORM_NO_CELL;
	free(asked);
	return cell;
}

size_t walk_opening(const struct walk *w, size_t cell)
{
	const struct form_def *form = walk_form(w);
	const char *place = draft_row(walk_draft(w))->place;
	size_t left = place && *place ? form_cell(form, place) : FORM_NO_CELL;
	size_t returned = returned_at(w);

	if (draft_pending(walk_draft(w)) != FORM_NO_CELL)
		return draft_pending(walk_draft(w));
	if ((cell == FORM_NO_CELL || cell == left) && returned != FORM_NO_CELL)
		return returned;
	if (cell >= form->cell_count)
		cell = left;
	if (cell >= form->cell_count || form->cells[cell].derived)
		cell = walk_first(&form->sections[0]);
	return cell;
}

void walk_say_why(struct walk *w)
{
	struct draft *d = walk_draft(w);
	const struct report_row *row = draft_row(d);
	bool *asked = walk_asked_about(w);
	size_t n = 0;
	char *why = NULL;

	for (size_t i = 0; asked && i < walk_form(w)->cell_count; i++)
		n += asked[i];
	if (row->state == STATE_DRAFT && row->version > 1)
		why = store_last_reason(draft_store(d), row->id,
					deed_word(DEED_REOPEN));
	if (draft_recovered(d))
		app_say(w->app, "%s", draft_recovered(d));
	else if (row->state == STATE_RETURNED && n > 0)
		app_say(w->app,
			_("退回：%s　点名 %zu 格，F6 到下一格，"
			  "F5 全部列出。"),
			row->return_reason, n);
	else if (row->state == STATE_RETURNED)
		app_say(w->app, _("退回：%s"), row->return_reason);
	else if (w->change_count > 0)
		app_say(w->app,
			*row->returned_at
				? _("退回以后改了 %zu 处，F6 到下一处。")
				: _("和上一版有 %zu 处不同，F6 到下一处。"),
			w->change_count);
	else if (why)
		app_say(w->app, _("第 %d 版，重新打开的理由：%s"), row->version,
			why);
	free(why);
	free(asked);
}

/* ---- going to a row or field by what it is called ---- */

struct target {
	size_t cell;
	int rank; /* smaller is better */
};

/* Without brackets, stops and blanks, lower case: （三）不予公开 5. → 三不予公开5 */
static void plain(struct str *out, const char *s)
{
	static const char drop[] = "（）()、.．。·　 【】";
	size_t len = strlen(s);

	for (size_t at = 0, next; at < len; at = next) {
		char one[16] = "", narrow;

		next = text_next(s, len, at);
		if (next - at >= sizeof one)
			continue;
		memcpy(one, s + at, next - at);
		narrow = text_narrow(one);
		if (!narrow && next - at == 1)
			narrow = one[0];
		if (strstr(drop, one))
			continue;
		if (narrow)
			str_addc(out, (char)tolower((unsigned char)narrow));
		else
			str_add(out, one);
	}
}

/* The number a label begins with: 三 of （三）不予公开, 5 of 5.属于… */
static void number_of(struct str *out, const char *label)
{
	static const char digits[] = "一二三四五六七八九十0123456789";
	size_t len = strlen(label);

	for (size_t at = 0, next; at < len; at = next) {
		char one[16] = "";

		next = text_next(label, len, at);
		if (next - at >= sizeof one)
			return;
		memcpy(one, label + at, next - at);
		if (strcmp(one, "（") == 0)
			continue;
		if (!strstr(digits, one))
			return;
		str_add(out, one);
	}
}

/* 三5 for row 5. of group （三）, 七 for （七）, 一 for 一、. */
static void row_number(struct str *out, const struct row_def *row)
{
	const struct group_def *group = row->group;

	if (group && group->parent)
		number_of(out, group->label);
	number_of(out, row->label);
}

static bool starts(const char *s, const char *with)
{
	return s && *with && strncmp(s, with, strlen(with)) == 0;
}

static const char *target_name(const struct cell_def *cell)
{
	return cell->row     ? cell->row->full
	       : cell->field ? cell->field->label
			     : cell->say;
}

/* Of the group sums one a row: its 总计, or what is decided of it. */
static bool offered(const struct cell_def *cell, bool derived)
{
	const char *end = strrchr(cell->path, '.');

	return !cell->derived || (derived && (strcmp(end, ".total") == 0 ||
					      strcmp(end, ".decided") == 0));
}

/* How well `key` names the row or field; -1 not at all. */
static int rank(const struct cell_def *cell, const char *key, const char *typed)
{
	const char *initials = cell->row     ? cell->row->initials
			       : cell->field ? cell->field->initials
					     : NULL;
	struct str number = { 0 }, name = { 0 };
	int best = -1;

	if (cell->row)
		row_number(&number, cell->row);
	plain(&name, target_name(cell));
	if (strcmp(cell->path, typed) == 0)
		best = 0;
	else if (number.s && strcmp(number.s, key) == 0)
		best = 1;
	else if (initials && strcmp(initials, key) == 0)
		best = 2;
	else if (starts(initials, key) || starts(name.s, key))
		best = 3;
	else if (starts(cell->path, typed) || text_contains(name.s, key))
		best = 4;
	str_free(&number);
	str_free(&name);
	return best;
}

/* One target a row (in the clerk's column where it has it) and field. */
static size_t targets(const struct walk *w, const char *typed, bool derived,
		      struct target *list)
{
	const struct form_def *form = walk_form(w);
	struct str key = { 0 };
	size_t n = 0;

	plain(&key, typed);
	for (size_t i = 0; key.len > 0 && i < form->cell_count; i++) {
		const struct cell_def *cell = &form->cells[i];
		bool exact = strcmp(cell->path, typed) == 0;
		int found;

		if (!offered(cell, derived) ||
		    (cell->row && cell->column_index > 0 && !exact))
			continue;
		found = rank(cell, key.s, typed);
		if (found < 0)
			continue;
		list[n] = (struct target){ i, found };
		if (cell->row && !exact &&
		    w->column < cell->row->band->column_count)
			list[n].cell = cell->row->cells[w->column];
		n++;
	}
	str_free(&key);
	return n;
}

static int by_rank(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->cell < y->cell ? -1 : x->cell > y->cell;
}

static char *target_line(const struct walk *w, size_t i)
{
	const struct cell_def *cell = &walk_form(w)->cells[i];
	struct str out = { 0 };

	walk_heading(cell->section, &out);
	if (out.len > 0)
		str_add(&out, "  ");
	str_add(&out, target_name(cell));
	return str_steal(&out);
}

static size_t choose_target(struct walk *w, const char *title,
			    const struct target *list, size_t n)
{
	const char **lines = xcalloc(n, sizeof *lines);
	char **made = xcalloc(n, sizeof *made);
	int chosen;

	for (size_t i = 0; i < n; i++)
		lines[i] = made[i] = target_line(w, list[i].cell);
	chosen = dialog_choose(w->app, title, lines, n, 0);
	for (size_t i = 0; i < n; i++)
		free(made[i]);
	free(made);
	free(lines);
	return chosen < 0 ? FORM_NO_CELL : list[chosen].cell;
}

/* The first path of a reference, {PATH~%} and the like; else as it is. */
static void unwrap(char *typed)
{
	static const char wide[] = "｛";
	size_t skip = *typed == '{'                             ? 1
		      : strncmp(typed, wide, strlen(wide)) == 0 ? strlen(wide)
								: 0;
	size_t len = strcspn(typed + skip, "+/~%}\xef");

	if (skip == 0)
		return;
	memmove(typed, typed + skip, len);
	typed[len] = '\0';
}

/* A group sum has no cell in the table: the first that it adds.  The clerk is
 * told, and when there is nothing by that name. */
static size_t not_in_table(struct walk *w, const char *typed)
{
	const struct form_def *form = walk_form(w);
	size_t cell = form_cell(form, typed);

	if (cell == FORM_NO_CELL || !form->cells[cell].derived ||
	    form->cells[cell].part_count == 0) {
		app_say(w->app, _("没有叫“%s”的行或栏目。"), typed);
		return FORM_NO_CELL;
	}
	app_say(w->app,
		_("“%s”是几行相加的数，表中没有这一格；这里是其中第一格。"),
		form->cells[cell].say);
	return form->cells[cell].parts[0].cell;
}

size_t walk_ask_cell(struct walk *w, const char *title, bool derived)
{
	struct target *list;
	char *typed = NULL;
	size_t n, cell = FORM_NO_CELL;

	if (!dialog_text(w->app, title,
			 _("行号（三5、七）、名称、拼音首字母（bnxs）或路径："),
			 1, &typed) ||
	    !typed || !*typed) {
		free(typed);
		return FORM_NO_CELL;
	}
	unwrap(str_trim(typed));
	list = xcalloc(walk_form(w)->cell_count, sizeof *list);
	n = targets(w, typed, derived, list);
	qsort(list, n, sizeof *list, by_rank);
	if (n == 0)
		cell = not_in_table(w, typed);
	else if (n == 1 || (list[0].rank < 3 && list[1].rank > list[0].rank))
		cell = list[0].cell;
	else
		cell = choose_target(w, title, list, n);
	free(list);
	free(typed);
	return cell;
}

void walk_go_to(struct walk *w)
{
	size_t cell = walk_ask_cell(w, _("跳到"), false);

	if (cell != FORM_NO_CELL)
		walk_move(w, cell);
}
