#include "core/rule_impl.h"

#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/tr.h"

#define SHORT_SIDE 3 /* terms: all are named, zeros too */
#define BRIEF_SIDE 4 /* terms that are not 0 in a brief */

/* One side of a relation, or a sum and its parts. */
struct side {
	const struct term_def *terms;
	size_t count;
	int64_t sum;
	const char *say;
};

char *say_where(const struct section_def *section, const char *place)
{
	struct str out = { 0 };

	if (!section)
		return xstrdup(_("整份报告"));
	if (section->number && *section->number)
		str_addf(&out, "%s、", section->number);
	if (!section->meta)
		str_add(&out, section->title);
	if (place && (!section->title || strcmp(place, section->title) != 0))
		str_addf(&out, "%s%s", out.len > 0 ? " · " : "", place);
	return str_steal(&out);
}

/* A cell's name beside another of the same row or column. */
static const char *beside(const struct cell_def *cell,
			  const struct cell_def *other)
{
	if (!cell->row || !other->row || cell == other)
		return cell->say;
	if (cell->row == other->row)
		return cell->column->label;
	if (cell->grid == other->grid &&
	    cell->column_index == other->column_index)
		return cell->row->say;
	return cell->say;
}

static const char *term_name(const struct verdict *v,
			     const struct term_def *term)
{
	const struct cell_def *cells = report_form(v->in->now)->cells;
	const struct relation_def *rel = v->rel;
	const struct term_def *other = rel->left;

	if (term->say)
		return term->say;
	if (other->cell == term->cell && rel->right_count > 0)
		other = rel->right;
	return beside(&cells[term->cell], &cells[other->cell]);
}

/* 上年 stands before the name of last year's, unless the name has it. */
static void add_name(struct str *out, const struct verdict *v,
		     const struct term_def *term)
{
	static const char last[] = N_("上年");
	const char *name = term_name(v, term);

	if (term->previous && strncmp(name, last, sizeof last - 1) != 0)
		str_add(out, _(last));
	str_add(out, name);
}

static void add_number(struct str *out, int64_t n)
{
	char text[NUM_TEXT];

	str_add(out, num_text(n, text));
}

static void add_printed_mark(struct str *out, const struct verdict *v,
			     const struct term_def *term, bool brief)
{
	struct value sum = report_get(v->in->now, term->cell);
	char text[NUM_TEXT];

	if (brief || term->previous || sum.kind != VALUE_NUMBER)
		str_add(out, _("（原表所印）"));
	else
		str_addf(out, _("（原表所印，各格相加为%s）"),
			 num_text(sum.number, text));
}

static void add_term(struct str *out, const struct verdict *v,
		     const struct term_def *term, bool first, bool brief)
{
	bool printed;
	int64_t n;

	term_value(v, term, &n, &printed);
	if (term->sign < 0)
		str_add(out, first ? "- " : " - ");
	else if (!first)
		str_add(out, " + ");
	add_name(out, v, term);
	add_number(out, n);
	if (printed)
		add_printed_mark(out, v, term, brief);
}

static bool is_zero(const struct verdict *v, const struct term_def *term)
{
	bool printed;
	int64_t n;

	term_value(v, term, &n, &printed);
	return n == 0 && !printed;
}

/* A sum alone on its side whose number is the printed one. */
static bool lone_printed(const struct verdict *v, const struct side *side)
{
	bool printed;
	int64_t n;

	if (side->count != 1)
		return false;
	term_value(v, side->terms, &n, &printed);
	return printed;
}

static void add_lone_printed(struct str *out, const struct verdict *v,
			     const struct side *side)
{
	char text[NUM_TEXT];

	str_addf(out, _("原表%s印的是%s"), term_name(v, side->terms),
		 num_text(side->sum, text));
}

static void add_gathered(struct str *out, const struct side *side)
{
	char text[NUM_TEXT];

	num_text(side->sum, text);
	if (side->say)
		str_addf(out, "%s = %s", side->say, text);
	else
		str_addf(out, _("%zu项之和 = %s"), side->count, text);
}

static void add_terms(struct str *out, const struct verdict *v,
		      const struct side *side, size_t zeros, bool brief)
{
	bool gather = side->count > SHORT_SIDE && zeros > 0;
	bool first = true;

	for (size_t i = 0; i < side->count; i++) {
		if (gather && is_zero(v, &side->terms[i]))
			continue;
		add_term(out, v, &side->terms[i], first, brief);
		first = false;
	}
	if (gather && first)
		str_addf(out, _("%zu项都是0"), zeros);
	else if (gather)
		str_addf(out, _(" + 其余%zu项为0"), zeros);
	if (side->count > 1) {
		str_add(out, " = ");
		add_number(out, side->sum);
	}
}

static void add_side(struct str *out, const struct verdict *v,
		     const struct side *side, bool brief)
{
	size_t zeros = 0;

	for (size_t i = 0; i < side->count; i++)
		zeros += is_zero(v, &side->terms[i]);
	if (lone_printed(v, side))
		add_lone_printed(out, v, side);
	else if (brief && side->count - zeros > BRIEF_SIDE)
		add_gathered(out, side);
	else
		add_terms(out, v, side, zeros, brief);
}

static void add_outcome(struct str *out, const struct verdict *v,
			const struct str *left, const struct str *right)
{
	char gap[NUM_TEXT];

	num_text(verdict_gap(v), gap);
	if (v->rel->op == REL_LE)
		str_addf(out, _("%s，不应超过%s，多了%s"), left->s, right->s,
			 gap);
	else if (v->rel->op == REL_GE)
		str_addf(out, _("%s，不应少于%s，少了%s"), left->s, right->s,
			 gap);
	else
		str_addf(out, _("%s，%s，相差%s"), left->s, right->s, gap);
}

/* Where, both sides, the difference.  What was printed stands behind what it
 * should have been. */
static void add_what(struct str *out, const struct verdict *v, bool brief)
{
	const struct relation_def *rel = v->rel;
	const struct side left = { rel->left, rel->left_count, v->left,
				   rel->left_say };
	const struct side right = { rel->right, rel->right_count, v->right,
				    rel->right_say };
	bool swap = rel->op == REL_EQ && lone_printed(v, &left);
	struct str a = { 0 }, b = { 0 };

	str_clear(&a);
	str_clear(&b);
	if (rel->where)
		str_addf(out, _("%s："), rel->where);
	add_side(&a, v, swap ? &right : &left, brief);
	add_side(&b, v, swap ? &left : &right, brief);
	add_outcome(out, v, &a, &b);
	str_free(&a);
	str_free(&b);
}

char *say_brief(const struct verdict *v)
{
	struct str out = { 0 };

	add_what(&out, v, true);
	return str_steal(&out);
}

/* A computed term and what it adds up: 办结122 = 予以公开60 + … */
static void add_parts(struct str *out, const struct verdict *v,
		      const struct term_def *term)
{
	const struct cell_def *def = term_parts(v, term);
	const struct cell_def *cells = report_form(v->in->now)->cells;
	const char *join = "";
	size_t zeros = 0;

	if (!def)
		return;
	add_term(out, v, term, true, false);
	str_add(out, " = ");
	for (size_t i = 0; i < def->part_count; i++) {
		const struct part *part = &def->parts[i];
		struct value n = report_get(v->in->now, part->cell);

		if (n.number == 0) {
			zeros++;
			continue;
		}
		str_add(out, part->sign < 0 ? " - " : join);
		str_add(out, beside(&cells[part->cell], def));
		add_number(out, n.number);
		join = " + ";
	}
	if (zeros == def->part_count)
		str_addf(out, _("%zu项都是0"), zeros);
	else if (zeros > 0)
		str_addf(out, _(" + 其余%zu项为0"), zeros);
	str_add(out, _("。"));
}

static const char *relation_name(const struct verdict *v)
{
	return v->rel->where ? v->rel->where : v->rule->title;
}

/* The other columns that are out of balance while the total is not. */
static void add_moved(struct str *out, const struct verdict *v,
		      const struct verdicts *all)
{
	struct str others = { 0 };

	str_clear(&others);
	for (size_t i = 0; i < all->count; i++) {
		const struct verdict *o = &all->list[i];

		if (o == v || o->rule != v->rule || !o->moved)
			continue;
		if (others.len > 0)
			str_add(&others, "、");
		str_add(&others, relation_name(o));
	}
	str_addf(out,
		 _("%s也不平，总计却是平的：多半是件数记到了别的类别，"
		   "请对照台账核对这几处。"),
		 others.s);
	str_free(&others);
}

char *say_full(const struct verdict *v, const struct verdicts *all)
{
	const struct cell_def *cells = report_form(v->in->now)->cells;
	const struct relation_def *rel = v->rel;
	struct str out = { 0 };

	add_what(&out, v, false);
	str_add(&out, _("。"));
	for (size_t i = 0; i < rel->left_count; i++)
		add_parts(&out, v, &rel->left[i]);
	for (size_t i = 0; i < rel->right_count; i++)
		add_parts(&out, v, &rel->right[i]);
	if (v->total) {
		add_what(&out, v->total, false);
		str_add(&out, _("。"));
	}
	if (v->moved)
		add_moved(&out, v, all);
	if (v->crossing != FORM_NO_CELL)
		str_addf(&out,
			 _("“%s”在“%s”（%s）里也对不上，差数相同，"
			   "请先核对这一格。"),
			 cells[v->crossing].say, v->crossed->rule->title,
			 relation_name(v->crossed));
	return str_steal(&out);
}

static void add_facts(struct str *out, const struct verdict *v,
		      const struct term_def *terms, size_t count)
{
	const struct cell_def *cells = report_form(v->in->now)->cells;

	for (size_t i = 0; i < count; i++) {
		bool printed;
		int64_t n;

		term_value(v, &terms[i], &n, &printed);
		if (out->len > 0)
			str_addc(out, ' ');
		str_addf(out, "%s%s=", cells[terms[i].cell].path,
			 terms[i].previous ? "@last" : "");
		add_number(out, n);
	}
}

char *say_facts(const struct verdict *v)
{
	struct str out = { 0 };

	add_facts(&out, v, v->rel->left, v->rel->left_count);
	add_facts(&out, v, v->rel->right, v->rel->right_count);
	return str_steal(&out);
}
