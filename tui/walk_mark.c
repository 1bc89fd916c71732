/* What is said about cells: marks, findings, meaning, last year. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/walk.h"

/* A finding about nothing but blanks: the count of blanks says it already, and
 * the clerk is just not there yet. */
static bool only_blanks(const struct walk *w, const struct finding *f)
{
	const struct report *r = draft_report(walk_draft(w));

	for (size_t i = 0; i < f->cell_count; i++)
		if (report_answered(r, f->cells[i]))
			return false;
	return f->cell_count > 0;
}

const struct findings *walk_findings(const struct walk *w)
{
	return w->app->unsettled ? draft_findings_kept(walk_draft(w))
				 : draft_findings(walk_draft(w));
}

static bool about(const struct finding *f, size_t cell)
{
	for (size_t i = 0; i < f->cell_count; i++)
		if (f->cells[i] == cell)
			return true;
	return false;
}

/* 0 to be mended, 1 to be explained, 2 explained, 3 a hint. */
static int weight(const struct finding *f)
{
	switch (f->severity) {
	case SEVERITY_HARD:
		return f->explanation ? 2 : 0;
	case SEVERITY_SOFT:
		return f->explanation ? 2 : 1;
	default:
		return 3;
	}
}

const struct finding *walk_finding(const struct walk *w, size_t cell)
{
	const struct findings *all = walk_findings(w);
	const struct finding *best = NULL;

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (!about(f, cell) || only_blanks(w, f))
			continue;
		/* what typing has just made wrong is said on leaving */
		if (w->typing && weight(f) < 2 && w->mark[cell] != '!' &&
		    w->mark[cell] != WALK_AFFECTED)
			continue;
		if (!best || weight(f) < weight(best))
			best = f;
	}
	return best;
}

/* A relation's own terms are marked; the parts of its sums would fill the
 * column with marks, so they only know of it. */
static bool is_term(const struct relation_def *rel, size_t cell)
{
	for (size_t i = 0; i < rel->left_count; i++)
		if (!rel->left[i].previous && rel->left[i].cell == cell)
			return true;
	for (size_t i = 0; i < rel->right_count; i++)
		if (!rel->right[i].previous && rel->right[i].cell == cell)
			return true;
	return false;
}

static void mark_cell(const struct finding *f, size_t cell, char *mark)
{
	bool term = f->rule->kind != RULE_RELATION;

	for (size_t i = 0; !term && i < f->rule->relation_count; i++)
		term = is_term(&f->rule->relations[i], cell);
	if (term)
		mark[cell] = '!';
	else if (!mark[cell])
		mark[cell] = WALK_AFFECTED;
}

static void mark_findings(struct walk *w, char *mark)
{
	const struct findings *all = walk_findings(w);
	int hard = 0, soft = 0;

	memset(w->wrong, 0, walk_form(w)->section_count * sizeof *w->wrong);
	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (weight(f) > 1 || only_blanks(w, f))
			continue;
		*(weight(f) == 0 ? &hard : &soft) += 1;
		if (f->section && weight(f) == 0)
			w->wrong[f->section->index]++;
		for (size_t k = 0; k < f->cell_count; k++)
			mark_cell(f, f->cells[k], mark);
	}
	w->hard = hard;
	w->soft = soft;
}

static void mark_comments(const struct walk *w, char *mark)
{
	size_t count;
	const struct comment *list = draft_comments(walk_draft(w), &count);

	for (size_t i = 0; i < count; i++) {
		size_t cell = form_cell(walk_form(w), list[i].path);

		if (cell != FORM_NO_CELL && !*list[i].resolved_at)
			mark[cell] = '*';
	}
}

static bool item_done(const struct walk *w, const struct section_def *section,
		      const struct item_def *item)
{
	return item_ticked(item, draft_report(walk_draft(w)), section,
			   walk_findings(w));
}

/* Where nothing must be answered, the sign tells of what was. */
static enum theme_sign optional_sign(const struct walk *w,
				     const struct section_def *section)
{
	const struct form_def *form = walk_form(w);
	size_t all = 0, answered = 0;

	for (size_t i = 0; i < form->cell_count; i++) {
		if (form->cells[i].section != section || form->cells[i].derived)
			continue;
		all++;
		answered += report_get(draft_report(walk_draft(w)), i).kind !=
			    VALUE_BLANK;
	}
	if (answered == 0)
		return SIGN_NONE;
	return answered < all ? SIGN_PARTLY : SIGN_DONE;
}

/* ✓ is for a section that is full and whose text has all its topics. */
static enum theme_sign section_sign(const struct walk *w,
				    const struct section_def *section)
{
	const struct report *r = draft_report(walk_draft(w));
	int done, need;

	if (w->wrong[section->index] > 0)
		return SIGN_WRONG;
	report_progress(r, section, &done, &need);
	if (need == 0)
		return optional_sign(w, section);
	if (done < need)
		return done > 0 ? SIGN_PARTLY : SIGN_NONE;
	for (size_t i = 0; i < section->item_count; i++)
		if (section->items[i].judge == ITEM_WORDS &&
		    !item_done(w, section, &section->items[i]))
			return SIGN_PARTLY;
	return SIGN_DONE;
}

/* A tick is the program's where it can judge, else the clerk's. */
static bool ticked(const struct walk *w, const struct item_def *item)
{
	struct draft *d = walk_draft(w);

	if (item->judge == ITEM_CLERK)
		return store_ticked(draft_store(d), draft_row(d)->id, item->id);
	return item_done(w, walk_section(w), item);
}

void walk_tick(struct walk *w)
{
	const struct section_def *section = walk_section(w);

	free(w->ticks);
	w->ticks = xcalloc(section->item_count + 1, sizeof *w->ticks);
	for (size_t i = 0; i < section->item_count; i++)
		w->ticks[i] = ticked(w, &section->items[i]);
}

void walk_scan(struct walk *w)
{
	const struct form_def *form = walk_form(w);
	char *mark = xcalloc(form->cell_count, 1);

	for (size_t i = 0; i < form->cell_count; i++)
		mark[i] = w->changed && w->changed[i] ? '+' : 0;
	w->app->unsettled = false;
	mark_comments(w, mark);
	mark_findings(w, mark);
	free(w->mark);
	w->mark = mark;
	for (size_t i = 0; i < form->section_count; i++)
		w->sign[i] = (char)section_sign(w, &form->sections[i]);
	walk_tick(w);
}

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

static void add_finding(const struct finding *f, bool whole, struct str *out)
{
	static const char *const leads[] = { "!", "!", "-", "-" };

	str_addf(out, "%s %s", leads[weight(f)], severity_brief(f->severity));
	str_addf(out, " %s", whole ? f->full : f->brief);
	if (f->explanation)
		str_addf(out, _("（已说明：%s）"), f->explanation);
}

static bool add_comment(const struct walk *w, struct str *out)
{
	const char *path = walk_cell(w)->path;
	size_t count;
	const struct comment *list = draft_comments(walk_draft(w), &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].path, path) == 0 && !*list[i].resolved_at) {
			str_addf(out, _("* 批注（%s）：%s"), list[i].author,
				 list[i].text);
			return true;
		}
	return false;
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
		str_addf(out, "：%s", meaning);
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

static enum theme_role help_role(const char *line)
{
	return *line == '!' ? THEME_WRONG : THEME_LABEL;
}

void walk_help_lines(const struct walk *w, WINDOW *win, int y)
{
	int cells = getmaxx(win) - 4;
	const struct finding *f = walk_finding(w, w->cell);
	struct str line[3] = { { 0 }, { 0 }, { 0 } };
	int n = 0;

	if (walk_refer_says(w, &line[0])) {
		n++;
	} else if (f) {
		add_finding(f, true, &line[0]);
		if (text_cells(line[0].s, line[0].len) > cells) {
			str_clear(&line[0]);
			add_finding(f, false, &line[0]);
		}
		n++;
	}
	if (add_comment(w, &line[n]))
		n++;
	if (n < 2 && walk_cell(w)->part_count > 0 && add_sum(w, &line[n]))
		n++;
	if (n < 2)
		add_meaning(w, &line[n]);
	add_source_line(w, cells, &line[2]);
	for (int i = 0; i < 3; i++)
		paint_row(win, y + i, THEME_TEXT);
	for (int i = 0; i < n; i++)
		paint_text(win, y + i, *line[i].s == ' ' ? 3 : 1, cells + 2,
			   help_role(line[i].s), line[i].s);
	if (n < 2)
		paint_wrapped(win, y + n, 3, cells, 2 - n, THEME_TEXT,
			      line[n].s);
	if (line[2].s)
		paint_text(win, y + 2, 3, cells, THEME_LABEL, line[2].s);
	for (int i = 0; i < 3; i++)
		str_free(&line[i]);
}

static void paragraph(struct str *out, const char *lead, const char *text)
{
	if (text && *text)
		str_addf(out, "%s%s\n", lead, text);
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
		paragraph(out, severity_label(f->severity), "：");
	if (f)
		paragraph(out, "", f->full);
	paragraph(out, _("位置："), cell->path);
	if (cell->grid)
		str_add(out,
			_("格后的记号：! 有问题　~ 有空格的暂合计　* 有批注　+ 退回以后改过　_ 还没填　/ 不适用\n"
			  "行前的记号：> 当前行　^ 承上年的数，改它要写原因　= 合计，由程序相加\n"));
	free(caliber);
	str_free(&line);
}
