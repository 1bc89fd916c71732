#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"
#include "forms/form_load.h"
#include "forms/known_checks.h"

/* Terms are written once and read again for every row or column that a rule
 * is over. */
enum over {
	OVER_NOTHING,
	OVER_COLUMNS,
	OVER_ROWS
};

struct turn {
	struct loader *l;
	enum over over;
	const struct grid_def *grid;
	const struct row_def *row;       /* over rows */
	const struct column_def *column; /* over columns */
};

struct terms {
	struct term_def *list;
	size_t count, room;
};

static const char *term_path(struct turn *t, const struct xml_node *n,
			     const char *row, const char *column)
{
	const char *cell = xml_attr(n, "cell");

	if (cell)
		return cell;
	if (t->over == OVER_COLUMNS && row)
		return form_path(t->l, t->grid->section->id, row,
				 t->column->id);
	if (t->over == OVER_ROWS && column)
		return form_path(t->l, t->grid->section->id, t->row->id,
				 column);
	form_fail(t->l, n, _("这一项没有写明是哪一行、哪一列或哪一栏"));
	return NULL;
}

/* While rules are read the cells are in their final place already. */
static size_t cell_of(struct turn *t, const struct xml_node *n,
		      const char *path)
{
	return path ? form_find_cell(t->l, n, path) : FORM_NO_CELL;
}

static void add_term(struct terms *terms, size_t cell, int sign, bool previous,
		     const char *say)
{
	terms->list = mem_grow(terms->list, terms->count, &terms->room,
			       sizeof *terms->list);
	terms->list[terms->count++] =
		(struct term_def){ cell, sign, previous, say };
}

/* How a part is named beside the others: by its row or by its column. */
static const char *part_say(const struct turn *t, size_t cell)
{
	const struct cell_def *c = &t->l->form->cells[cell];

	if (!c->row)
		return c->say;
	return t->over == OVER_ROWS ? c->column->label : c->row->say;
}

static void add_parts(struct turn *t, const struct xml_node *n,
		      struct terms *terms, int sign, bool previous)
{
	const char *of = form_attr(n, "parts-of", "");
	size_t cell = cell_of(t, n, term_path(t, n, of, of));
	const struct cell_def *c;
	const struct part *parts;
	size_t count;

	if (t->l->failed)
		return;
	c = &t->l->form->cells[cell];
	parts = c->parts;
	count = c->part_count;
	/* The corner adds up its row; over columns the rows are meant. */
	if (t->over == OVER_COLUMNS && t->column->sum) {
		for (size_t i = 0; i < t->l->form->cell_count; i++) {
			const struct cell_def *s = &t->l->form->cells[i];

			if (s->row == c->row && s->part_count &&
			    !s->column->sum) {
				parts = s->parts;
				count = s->part_count;
				break;
			}
		}
	}
	if (count == 0)
		form_fail(t->l, n, _("%s 不是相加得来的，没有各项"), of);
	for (size_t i = 0; i < count && !t->l->failed; i++) {
		size_t part = parts[i].cell;

		if (t->over == OVER_COLUMNS && t->column->sum)
			part = cell_of(
				t, n,
				form_path(t->l, t->grid->section->id,
					  t->l->form->cells[part].row->id,
					  t->column->id));
		add_term(terms, part, sign * parts[i].sign, previous,
			 part_say(t, part));
	}
}

static void read_terms(struct turn *t, const struct xml_node *side,
		       struct terms *terms)
{
	for (const struct xml_node *n = xml_child(side); n && !t->l->failed;
	     n = xml_next(n)) {
		const char *minus = xml_attr(n, "sign");
		int sign = minus && *minus == '-' ? -1 : 1;
		bool previous = form_yes(n, "previous");
		size_t cell;

		if (xml_attr(n, "parts-of")) {
			add_parts(t, n, terms, sign, previous);
			continue;
		}
		cell = cell_of(t, n,
			       term_path(t, n, form_attr(n, "row", NULL),
					 form_attr(n, "column", NULL)));
		if (cell != FORM_NO_CELL)
			add_term(terms, cell, sign, previous,
				 form_attr(n, "say",
					   t->l->form->cells[cell].say));
	}
}

static const struct term_def *keep(struct loader *l, struct terms *terms,
				   size_t *count)
{
	struct term_def *list = form_alloc(l, terms->count + 1, sizeof *list);

	if (terms->count)
		memcpy(list, terms->list, terms->count * sizeof *list);
	*count = terms->count;
	free(terms->list);
	*terms = (struct terms){ 0 };
	return list;
}

static enum relation_op read_op(struct loader *l, const struct xml_node *n)
{
	const char *op = xml_attr(n, "op");

	if (!op || strcmp(op, "eq") == 0)
		return REL_EQ;
	if (strcmp(op, "le") == 0)
		return REL_LE;
	if (strcmp(op, "ge") != 0)
		form_fail(l, n, _("op=\"%s\" 不认识；可用 eq le ge"), op);
	return REL_GE;
}

/* <left> and <right> hold terms; an example is a <right> of words alone. */
static const struct xml_node *side(const struct xml_node *n, const char *name)
{
	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, name) && xml_child(n))
			return n;
	return NULL;
}

static const char *example(struct loader *l, const struct xml_node *n,
			   const char *name)
{
	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, name) && !xml_child(n))
			return form_folded(l, n);
	return NULL;
}

static void read_relation(struct turn *t, const struct xml_node *n,
			  struct relation_def *r)
{
	const struct xml_node *left = side(n, "left");
	const struct xml_node *right = side(n, "right");
	struct terms terms = { 0 };

	if (!left || !right) {
		form_fail(t->l, n, _("规则缺 <left> 或 <right>"));
		return;
	}
	r->op = read_op(t->l, n);
	r->left_say = form_attr(left, "say", NULL);
	r->right_say = form_attr(right, "say", NULL);
	read_terms(t, left, &terms);
	r->left = keep(t->l, &terms, &r->left_count);
	read_terms(t, right, &terms);
	r->right = keep(t->l, &terms, &r->right_count);
	if (t->l->failed)
		return;
	r->section = t->l->form->cells[r->left[0].cell].section;
	r->is_total = t->column && t->column->sum;
	r->where = t->column ? form_join(t->l, t->column->label, "列", "")
		   : t->row  ? t->row->say
			     : t->l->form->cells[r->left[0].cell].say;
}

static const struct grid_def *over_grid(struct loader *l,
					const struct xml_node *n,
					enum over *over)
{
	const char *text = xml_attr(n, "over");
	const char *dot = text ? strchr(text, '.') : NULL;

	*over = OVER_NOTHING;
	if (!text)
		return NULL;
	*over = dot && strcmp(dot, ".columns") == 0 ? OVER_COLUMNS : OVER_ROWS;
	if (*over == OVER_ROWS && (!dot || strcmp(dot, ".rows") != 0)) {
		form_fail(l, n,
			  _("over=\"%s\" 要写作 部分.columns 或 部分.rows"),
			  text);
		return NULL;
	}
	for (size_t i = 0; dot && i < l->form->section_count; i++) {
		const struct section_def *s = &l->form->sections[i];

		if (strlen(s->id) == (size_t)(dot - text) &&
		    strncmp(s->id, text, (size_t)(dot - text)) == 0 &&
		    s->grid && s->grid->band_count)
			return s->grid;
	}
	form_fail(l, n, _("over=\"%s\" 指的表不存在"), text);
	return NULL;
}

static void check_rows(struct loader *l, const struct xml_node *n,
		       const struct grid_def *grid)
{
	size_t count;
	const char *const *rows =
		form_words(l, xml_attr(n, "rows"), ' ', &count);

	for (size_t i = 0; i < count; i++)
		if (!form_grid_row(grid, rows[i]))
			form_fail(l, n, _("表里没有 %s 这一行"), rows[i]);
}

static void read_relations(struct loader *l, const struct xml_node *n,
			   struct rule_def *rule)
{
	struct turn t = { .l = l };
	struct relation_def *r;
	size_t turns;

	t.grid = over_grid(l, n, &t.over);
	if (l->failed)
		return;
	if (t.grid)
		check_rows(l, n, t.grid);
	turns = t.over == OVER_COLUMNS ? t.grid->bands[0].column_count
		: t.over == OVER_ROWS  ? t.grid->row_count
				       : 1;
	r = form_alloc(l, turns + 1, sizeof *r);
	rule->relations = r;
	for (size_t i = 0; i < turns && !l->failed; i++) {
		if (t.over == OVER_COLUMNS)
			t.column = &t.grid->bands[0].columns[i];
		if (t.over == OVER_ROWS)
			t.row = t.grid->rows[i];
		if (t.row && !form_lists(xml_attr(n, "rows"), t.row->id))
			continue;
		read_relation(&t, n, r++);
	}
	rule->relation_count = (size_t)(r - rule->relations);
}

/* A check's or pattern's cells: named, or the prose of its sections. */
static void read_scope(struct loader *l, const struct xml_node *n,
		       struct rule_def *rule)
{
	const char *sections = xml_attr(n, "sections");
	size_t *cells, count;
	const char *const *words = form_words(l, sections, ' ', &count);

	for (size_t i = 0; i < count; i++)
		if (!form_section(l->form, words[i]))
			form_fail(l, n, _("没有 %s 这个部分"), words[i]);

	rule->cells =
		form_cell_list(l, n, xml_attr(n, "cells"), &rule->cell_count);
	if (!sections)
		return;
	cells = form_alloc(l, l->form->cell_count + 1, sizeof *cells);
	rule->cells = cells;
	rule->cell_count = 0;
	for (size_t i = 0; i < l->form->cell_count; i++) {
		const struct cell_def *c = &l->form->cells[i];

		if ((c->kind == FIELD_PROSE || c->kind == FIELD_LINE) &&
		    form_lists(sections, c->section->id))
			cells[rule->cell_count++] = i;
	}
}

/* {match} and {count} are put in, nothing else. */
static void check_message(struct loader *l, const struct xml_node *n,
			  const char *text)
{
	while (text && (text = strchr(text, '{'))) {
		if (strncmp(text, "{match}", 7) != 0 &&
		    strncmp(text, "{count}", 7) != 0)
			form_fail(
				l, n,
				_("<message> 里只能用 {match} 和 {count}：%s"),
				text);
		text++;
	}
}

/* The checks are core's; their names are put together when forms/ is made. */
static void check_name(struct loader *l, const struct xml_node *n,
		       const char *name)
{
	if (!form_lists(known_checks, name))
		form_fail(l, n, _("check=\"%s\" 不认识；可用：%s"), name,
			  known_checks);
}

/* 错=对|错=对: what stands before each = alone. */
static const char *wrong_halves(struct loader *l, const char *words)
{
	char *kept = form_text(l, words), *to = kept;
	bool wrong = true;

	for (const char *s = words; s && *s; s++) {
		wrong = *s == '|' || (wrong && *s != '=');
		if (wrong)
			*to++ = *s;
	}
	if (to)
		*to = '\0';
	return kept;
}

static void read_words(struct loader *l, const struct xml_node *n,
		       struct rule_def *rule)
{
	rule->title = form_attr(n, "title", rule->id);
	rule->asks = form_child_text(l, n, "asks");
	rule->why = form_child_text(l, n, "why");
	rule->basis = form_child_text(l, n, "basis");
	rule->remedy = form_child_text(l, n, "remedy");
	rule->right = example(l, n, "right");
	rule->wrong = example(l, n, "wrong");
	rule->silence = form_child_text(l, n, "silence");
	rule->when = form_child_text(l, n, "when");
	rule->message = form_child_text(l, n, "message");
	check_message(l, xml_find(n, "message"), rule->message);
	rule->except = form_pattern(l, n, "except");
	rule->with = form_words(l, xml_attr(n, "with"), '|', &rule->with_count);
	rule->hard_kinds = form_attr(n, "hard-kinds", NULL);
	rule->kinds = form_attr(n, "kinds", NULL);
	rule->printed_only = form_yes(n, "printed-only");
	rule->as_source = form_yes(n, "as-source");
	rule->fold_total = form_yes(n, "fold-total");
	rule->lapses = form_yes(n, "lapses");
	rule->words =
		form_words(l, xml_attr(n, "words"), '|', &rule->word_count);
	rule->any_word = wrong_halves(l, xml_attr(n, "words"));
	rule->yields_to = form_attr(n, "yields-to", NULL);
}

static enum severity read_severity(struct loader *l, const struct xml_node *n)
{
	static const char *const words[] = { "hard", "soft", "hint" };
	const char *s = xml_attr(n, "severity");

	for (size_t i = 0; s && i < SEVERITY_COUNT; i++)
		if (strcmp(words[i], s) == 0)
			return (enum severity)i;
	form_fail(l, n, _("severity 应当是 hard、soft 或 hint"));
	return SEVERITY_HINT;
}

static void read_rule(struct loader *l, const struct xml_node *n,
		      struct rule_def *rule)
{
	rule->id = form_attr(n, "id", "");
	rule->severity = read_severity(l, n);
	rule->check = form_attr(n, "check", NULL);
	if (rule->check)
		check_name(l, n, rule->check);
	rule->pattern = form_pattern(l, n, "pattern");
	rule->kind = rule->check     ? RULE_CHECK
		     : rule->pattern ? RULE_PATTERN
				     : RULE_RELATION;
	read_words(l, n, rule);
	read_scope(l, n, rule);
	if (rule->kind == RULE_RELATION)
		read_relations(l, n, rule);
}

/* The rules that an attribute names must be there. */
static void check_rules(struct loader *l, const struct xml_node *n,
			const char *attribute)
{
	size_t count;
	const char *const *rules =
		form_words(l, xml_attr(n, attribute), ' ', &count);

	for (size_t i = 0; i < count; i++)
		if (!form_rule(l->form, rules[i]))
			form_fail(l, n, _("没有 %s 这条规则"), rules[i]);
}

/* Rules that give way to others, and items of checklists. */
static void check_named_rules(struct loader *l, const struct xml_node *root)
{
	for (const struct xml_node *n = xml_child(root); n; n = xml_next(n)) {
		if (xml_is(n, "rule"))
			check_rules(l, n, "yields-to");
		if (!xml_is(n, "section"))
			continue;
		for (const struct xml_node *item = xml_child(n); item;
		     item = xml_next(item))
			if (xml_is(item, "item"))
				check_rules(l, item, "rules");
	}
}

void form_rules(struct loader *l, const struct xml_node *root)
{
	size_t count = form_children(root, "rule");
	struct rule_def *rule = form_alloc(l, count + 1, sizeof *rule);

	l->form->rules = rule;
	for (const struct xml_node *n = xml_child(root); n && !l->failed;
	     n = xml_next(n)) {
		if (!xml_is(n, "rule"))
			continue;
		read_rule(l, n, rule++);
		if (form_rule(l->form, rule[-1].id))
			form_fail(l, n, _("规则 %s 出现了两次"), rule[-1].id);
		l->form->rule_count++;
	}
	if (!l->failed)
		check_named_rules(l, root);
}
