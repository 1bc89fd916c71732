/* What is said about the clerk's cell: below the rule, and for F1. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/finding_text.h"
#include "tui/walk.h"

static const char *part_name(const struct cell_def *sum,
			     const struct cell_def *part)
{
	if (part->row && part->row == sum->row)
		return part->column->brief ? part->column->brief
					   : part->column->label;
	if (part->row && part->column_index == sum->column_index)
		return part->row->say;
	return part->say;
}

bool walk_sum_says(const struct walk *w, size_t cell, struct str *out)
{
	const struct cell_def *sum = &walk_form(w)->cells[cell];
	const struct cell_def *cells = walk_form(w)->cells;
	bool dots = sum->part_count > 8;

	if (sum->part_count == 0)
		return false;
	str_addf(out, "%s ＝ ", sum->say);
	for (size_t i = 0; i < sum->part_count; i++) {
		const struct part *part = &sum->parts[i];

		if (dots && i == 3)
			str_add(out, "＋…");
		if (dots && i >= 3 && i + 1 < sum->part_count)
			continue;
		if (i > 0 || part->sign < 0)
			str_add(out, part->sign < 0 ? "－" : "＋");
		str_add(out, part_name(sum, &cells[part->cell]));
	}
	if (dots)
		str_addf(out, _("（共 %zu 项）"), sum->part_count);
	return true;
}

static const struct help *help_of(const struct cell_def *cell)
{
	return cell->row ? &cell->row->help : &cell->field->help;
}

/* A line of help from the row, else its column, else its section. */
static const char *said(const struct cell_def *cell, size_t offset)
{
	const struct help *places[] = {
		help_of(cell),
		cell->column ? &cell->column->help : NULL,
		&cell->section->help,
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const char *text = NULL;

		if (places[i])
			memcpy(&text, (const char *)places[i] + offset,
			       sizeof text);
		if (text && *text)
			return text;
	}
	return NULL;
}

/* Group, row and column, the labels as they are printed. */
static void full_label(const struct cell_def *cell, struct str *out)
{
	if (!cell->row) {
		str_add(out, cell->field->label);
		return;
	}
	str_add(out, cell->row->full ? cell->row->full : cell->row->label);
	if (cell->row->band->column_count > 1)
		str_addf(out, " · %s", cell->column->label);
}

static void add_finding(const struct walk *w, const struct finding *f,
			bool whole, struct str *out)
{
	static const char *const leads[] = { "!", "!", "-", "-" };
	const char *text = whole ? f->full : f->brief;
	struct str since = { 0 };

	str_addf(out, "%s %s ", leads[walk_weight(f)],
		 severity_brief(f->severity));
	text_one_line(out, text, strlen(text));
	if (f->explanation)
		str_addf(out, _("（已说明：%s）"), f->explanation);
	if (f->asked_again && finding_since(walk_form(w), f, &since))
		str_addf(out, _("（要再说明：%s）"), since.s);
	str_free(&since);
}

/* The open comments of this cell: those that wait first, then the answered
 * ones, the newest first; to be freed. */
static const struct comment **comments_here(const struct walk *w, size_t *n)
{
	const char *path = walk_cell(w)->path;
	size_t count;
	const struct comment *list = draft_comments(walk_draft(w), &count);
	const struct comment **here = xcalloc(count + 1, sizeof *here);

	*n = 0;
	for (size_t i = 2 * count; i > 0; i--) {
		const struct comment *c = &list[(i - 1) % count];

		if (strcmp(c->path, path) == 0 && !*c->resolved_at &&
		    walk_waits(c) == (i > count))
			here[(*n)++] = c;
	}
	return here;
}

/* Who, what, and the answer, in one line. */
static void add_comment(const struct comment *c, struct str *out)
{
	str_addf(out, _("（%s）："), c->author);
	text_one_line(out, c->text, strlen(c->text));
	if (*c->answer)
		str_addf(out, _("　答复："));
	text_one_line(out, c->answer, strlen(c->answer));
}

/* All that was said here, each remark behind the other. */
static bool add_comments(const struct walk *w, struct str *out)
{
	size_t n;
	const struct comment **here = comments_here(w, &n);

	if (n > 0)
		str_add(out, _("* 批注"));
	if (n > 1)
		str_addf(out, _(" %zu 条"), n);
	for (size_t i = 0; i < n; i++) {
		str_add(out, i > 0 ? _("　") : "");
		add_comment(here[i], out);
	}
	free(here);
	return n > 0;
}

/* What stands beside a sum: what it adds, what is blank, what was printed. */
static bool add_sum(const struct walk *w, struct str *out)
{
	const struct report *r = draft_report(walk_draft(w));
	struct value printed = report_printed(r, w->cell);
	int64_t sum;
	char buf[NUM_TEXT];

	str_add(out, "= ");
	if (!walk_sum_says(w, w->cell, out))
		return false;
	if (report_running(r, w->cell, &sum))
		str_addf(out, _("；还有空格，暂合计 %s"), num_text(sum, buf));
	if (printed.kind == VALUE_NUMBER)
		str_addf(out, _("；来源印的是 %s，按 Del 去掉"),
			 num_text(printed.number, buf));
	return true;
}

static void add_meaning(const struct walk *w, struct str *out)
{
	const struct cell_def *cell = walk_cell(w);
	const char *meaning = said(cell, offsetof(struct help, meaning));

	if (!meaning && cell->kind == FIELD_PROSE)
		meaning = cell->section->guide;
	full_label(cell, out);
	if (meaning)
		str_addf(out, "%s%s", _("："), meaning);
}

/* Last year's value of the cell, by its path: the edition may be another. */
static bool add_last(const struct walk *w, struct str *out)
{
	const struct report *last = draft_last(walk_draft(w));
	const struct cell_def *cell = walk_cell(w);
	size_t there, carried = cell->carried_from;
	struct value v;
	char buf[NUM_TEXT];

	if (!last)
		return false;
	there = carried != FORM_NO_CELL
			? carried
			: form_cell(report_form(last), cell->path);
	if (there == FORM_NO_CELL)
		return false;
	v = report_get(last, there);
	if (v.kind == VALUE_TEXT && cell->kind != FIELD_PROSE)
		str_addf(out, _("上年 %s"), v.text);
	else if (v.kind == VALUE_TEXT)
		str_addf(out, _("上年 %zu 字"), text_count(v.text));
	else if (v.kind == VALUE_NUMBER)
		str_addf(out,
			 carried != FORM_NO_CELL ? _("承上年 %s")
						 : _("上年 %s"),
			 num_text(v.number, buf));
	return v.kind == VALUE_TEXT || v.kind == VALUE_NUMBER;
}

/* The clause, last year, an example in one line.  A long list of clauses gives
 * way: F1 has all of them. */
static void add_source_line(const struct walk *w, int cells, struct str *out)
{
	const struct cell_def *cell = walk_cell(w);
	const char *basis = said(cell, offsetof(struct help, basis));
	const char *example = said(cell, offsetof(struct help, example));
	struct str rest = { 0 };
	size_t len = basis ? strlen(basis) : 0;
	const char *end = basis ? strstr(basis, "；") : NULL;

	if (add_last(w, &rest))
		str_add(&rest, "    ");
	if (example)
		str_addf(&rest, _("例：%s"), example);
	if (end &&
	    text_cells(basis, len) + text_cells(rest.s, rest.len) + 9 > cells)
		len = (size_t)(end - basis);
	if (basis)
		str_addf(out, _("依据 %.*s    "), (int)len, basis);
	str_add(out, rest.s ? rest.s : "");
	str_free(&rest);
}

/* ---- the three lines below the rule ---- */

enum {
	HELP_ROWS = 3,
	NOTES = 4,
};

static enum theme_role help_role(const char *line)
{
	return *line == '!' ? THEME_WRONG : THEME_LABEL;
}

static int rows_of(const struct str *text, int cells)
{
	struct text_lines lines = { 0 };
	int rows;

	text_wrap(&lines, text->s, text->len, cells);
	rows = (int)lines.count;
	text_lines_free(&lines);
	return rows;
}

/* What is the matter here, the most pressing first; how many. */
static int add_notes(const struct walk *w, int cells, struct str notes[NOTES])
{
	const struct finding *f = walk_finding(w, w->cell);
	int n = 0;

	if (walk_refer_says(w, &notes[n]))
		n++;
	else if (f)
		add_finding(w, f, true, &notes[n++]);
	if (f && n > 0 && rows_of(&notes[0], cells) > 2) {
		str_clear(&notes[0]);
		add_finding(w, f, false, &notes[0]);
	}
	if (add_comments(w, &notes[n]))
		n++;
	if (walk_change_says(w, &notes[n]))
		n++;
	if (n < 2 && walk_cell(w)->part_count > 0 && add_sum(w, &notes[n]))
		n++;
	return n;
}

/* The notes, each on as many rows as it wants and the others leave. */
static int draw_notes(const struct str *notes, int n, WINDOW *win, int y,
		      int cells)
{
	int rows = n > 1 ? HELP_ROWS : HELP_ROWS - 1, used = 0;

	for (int i = 0; i < n && used < rows; i++)
		used += paint_wrapped(win, y + used, 1, cells,
				      rows - used - (n - i - 1),
				      help_role(notes[i].s), notes[i].s);
	return used;
}

void walk_help_lines(const struct walk *w, WINDOW *win, int y)
{
	int cells = getmaxx(win) - 4, n, used;
	struct str notes[NOTES] = { { 0 } }, rest = { 0 };

	for (int i = 0; i < HELP_ROWS; i++)
		paint_row(win, y + i, THEME_TEXT);
	n = add_notes(w, cells + 2, notes);
	used = draw_notes(notes, n, win, y, cells + 2);
	if (used < HELP_ROWS - 1) {
		add_meaning(w, &rest);
		paint_wrapped(win, y + used, 3, cells, HELP_ROWS - 1 - used,
			      THEME_TEXT, rest.s);
	}
	str_clear(&rest);
	add_source_line(w, cells, &rest);
	if (used < HELP_ROWS)
		paint_fit(win, y + HELP_ROWS - 1, 3, cells, THEME_LABEL,
			  rest.s);
	str_free(&rest);
	for (int i = 0; i < NOTES; i++)
		str_free(&notes[i]);
}

static void paragraph(struct str *out, const char *lead, const char *text)
{
	if (text && *text)
		str_addf(out, "%s%s\n", lead, text);
}

static void add_comment_paragraphs(const struct walk *w, struct str *out)
{
	size_t n;
	const struct comment **here = comments_here(w, &n);

	for (size_t i = 0; i < n; i++) {
		str_add(out, _("批注"));
		add_comment(here[i], out);
		str_addc(out, '\n');
	}
	free(here);
}

/* What the other keys do, those that write. */
static const char *typing_says(const struct cell_def *cell)
{
	static const char *const says[] = {
		[FIELD_PROSE] = N_("直接键入文字，Enter 另起一段。"),
		[FIELD_LINE] = N_("直接键入文字。"),
		[FIELD_COUNT] =
			N_("直接键入数字（0-9，全角也行），替换这一格"
			   "原来的数；退格改末位，Del 清空；没有的填 0。"),
		[FIELD_AMOUNT] = N_("直接键入数字和小数点，替换这一格原来的数；"
				    "退格改末位，Del 清空；没有的填 0。"),
		[FIELD_DATE] = N_("直接键入日子，如 2026-01-20。"),
		[FIELD_CHOICE] = N_("键入任意字，从列出的里面选。"),
	};

	return cell->part_count > 0 ? N_("这一格由程序相加，不用填。")
				    : says[cell->kind];
}

void walk_help(const struct walk *w, struct str *out)
{
	const struct cell_def *cell = walk_cell(w);
	const struct finding *f = walk_finding(w, w->cell);
	struct str line = { 0 };
	char *caliber = store_caliber_get(draft_store(walk_draft(w)),
					  walk_form(w)->id, cell->path);

	full_label(cell, out);
	str_addc(out, '\n');
	paragraph(out, _("含义："), said(cell, offsetof(struct help, meaning)));
	paragraph(out, _("本地口径："), caliber);
	paragraph(out, _("依据："), said(cell, offsetof(struct help, basis)));
	paragraph(out, _("例："), said(cell, offsetof(struct help, example)));
	paragraph(out, _("常见错误："),
		  said(cell, offsetof(struct help, mistake)));
	if (cell->kind == FIELD_PROSE)
		paragraph(out, _("应写内容："), cell->section->guide);
	if (cell->part_count > 0 && add_sum(w, &line))
		paragraph(out, "", line.s);
	str_clear(&line);
	if (add_last(w, &line))
		paragraph(out, "", line.s);
	if (f)
		paragraph(out, severity_label(f->severity), _("："));
	if (f)
		paragraph(out, "", f->full);
	add_comment_paragraphs(w, out);
	paragraph(out, _("键入："), _(typing_says(cell)));
	paragraph(out, _("位置："), cell->path);
	if (cell->grid)
		str_add(out,
			_("格后的记号：! 有问题　~ 有空格的暂合计　* 有批注　+ 退回以后改过　_ 还没填　/ 不适用\n"
			  "行前的记号：> 当前行　^ 承上年的数，改它要写原因　= 合计，由程序相加\n"));
	str_addf(out,
		 _("标签上的记号：%s 填齐　%s 没有填完　%s 还没有填　"
		   "%s1 或 !1 有 1 条须改　*1 有 1 条批注没有答复\n"),
		 theme_sign(SIGN_DONE), theme_sign(SIGN_PARTLY),
		 theme_sign(SIGN_NONE), theme_sign(SIGN_WRONG));
	if (f) {
		str_addc(out, '\n');
		finding_rule(f->rule, out);
	}
	free(caliber);
	str_free(&line);
}
