#include "core/rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"

bool rule_is_off(const struct rule_def *rule, const struct unit *unit,
		 const struct site *site)
{
	return *site->off && form_lists(site->off, rule->id) &&
	       rule_severity(rule, unit) != SEVERITY_HARD;
}

bool rule_asked(const struct rule_def *rule, const struct check_input *in)
{
	const struct site *site = in->site ? in->site : site_default();

	if (rule_is_off(rule, in->unit, site))
		return false;
	return !rule->kinds || !in->unit ||
	       form_lists(rule->kinds, unit_kind_word(in->unit->kind));
}

enum severity rule_severity(const struct rule_def *rule,
			    const struct unit *unit)
{
	if (rule->hard_kinds && unit && unit->kind_set &&
	    form_lists(rule->hard_kinds, unit_kind_word(unit->kind)))
		return SEVERITY_HARD;
	return rule->severity;
}

/* The cell in last year's report, whose form may be another edition. */
static size_t last_cell(const struct check_input *in, size_t cell)
{
	const struct form_def *now = report_form(in->now);
	const struct form_def *last = report_form(in->last);

	return now == last ? cell : form_cell(last, now->cells[cell].path);
}

bool term_value(const struct verdict *v, const struct term_def *term,
		int64_t *n, bool *printed)
{
	const struct report *r = term->previous ? v->in->last : v->in->now;
	size_t cell = term->cell;
	struct value value, source;

	*n = 0;
	*printed = false;
	if (!r)
		return false;
	if (term->previous)
		cell = last_cell(v->in, cell);
	if (cell == FORM_NO_CELL)
		return false;
	value = report_get(r, cell);
	source = v->rule->as_source ? report_source(r, cell) : value;
	*printed = !value_equal(value, source);
	if (source.kind == VALUE_NUMBER)
		*n = source.number;
	return source.kind != VALUE_BLANK;
}

int64_t verdict_gap(const struct verdict *v)
{
	return v->left > v->right ? v->left - v->right : v->right - v->left;
}

static bool is_printed(const struct verdict *v, size_t cell)
{
	return report_printed(v->in->now, cell).kind == VALUE_NUMBER;
}

/* Has a sum of the shorter side, which is the sum that the other side adds up,
 * a printed number? */
static bool has_printed(const struct verdict *v)
{
	const struct relation_def *rel = v->rel;
	bool left = rel->left_count <= rel->right_count;
	const struct term_def *terms = left ? rel->left : rel->right;
	size_t count = left ? rel->left_count : rel->right_count;

	for (size_t i = 0; i < count; i++)
		if (!terms[i].previous && is_printed(v, terms[i].cell))
			return true;
	return false;
}

const struct cell_def *term_parts(const struct verdict *v,
				  const struct term_def *term)
{
	const struct cell_def *def =
		&report_form(v->in->now)->cells[term->cell];

	if (term->previous || !cell_computed(def) ||
	    (v->rule->as_source && is_printed(v, term->cell)))
		return NULL;
	return def;
}

static bool add_side(const struct verdict *v, const struct term_def *terms,
		     size_t count, int64_t *sum)
{
	*sum = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t n;
		bool printed;

		if (!term_value(v, &terms[i], &n, &printed) ||
		    !num_add(*sum, terms[i].sign, n, sum))
			return false;
	}
	return true;
}

/* Where what lapsed is not counted as repealed, there may be less in force. */
static bool lapsed(const struct verdict *v)
{
	const struct site *site = v->in->site ? v->in->site : site_default();

	return v->rule->lapses && v->left < v->right &&
	       strcmp(site->lapsed, "apart") == 0;
}

static void weigh(struct verdict *v)
{
	const struct relation_def *rel = v->rel;

	if (v->rule->printed_only && !has_printed(v))
		return;
	v->judged = add_side(v, rel->left, rel->left_count, &v->left) &&
		    add_side(v, rel->right, rel->right_count, &v->right);
	if (!v->judged)
		return;
	switch (rel->op) {
	case REL_EQ:
		v->broken = v->left != v->right && !lapsed(v);
		break;
	case REL_LE:
		v->broken = v->left > v->right;
		break;
	case REL_GE:
		v->broken = v->left < v->right;
		break;
	}
}

static bool is_class(const struct verdict *v, const struct verdict *total)
{
	return !v->rel->is_total && v->rel->section == total->rel->section;
}

/* The total column against the other columns of its rule: broken by what they
 * lack together, it is told in them; in balance while several of them are not,
 * something was moved between them. */
static void fold_total(struct verdict *total, struct verdict *list, size_t n)
{
	int64_t sum = 0;
	size_t broken = 0;
	bool folded;

	for (size_t i = 0; i < n; i++) {
		if (!list[i].broken || !is_class(&list[i], total))
			continue;
		broken++;
		sum += list[i].left - list[i].right;
	}
	folded = total->broken && broken > 0 &&
		 sum == total->left - total->right;
	total->folded = folded;
	for (size_t i = 0; i < n; i++) {
		if (!list[i].broken || !is_class(&list[i], total))
			continue;
		if (folded)
			list[i].total = total;
		list[i].moved = broken > 1 && total->judged && !total->broken;
	}
}

static void weigh_rule(const struct rule_def *rule,
		       const struct check_input *in, struct verdicts *all)
{
	struct verdict *list = all->list + all->count;
	size_t n = rule->relation_count;

	all->count += n;
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct verdict){ .rule = rule,
					    .rel = &rule->relations[i],
					    .in = in,
					    .crossing = FORM_NO_CELL };
		weigh(&list[i]);
	}
	for (size_t i = 0; i < n && rule->fold_total; i++)
		if (list[i].rel->is_total)
			fold_total(&list[i], list, n);
}

static bool names(const struct relation_def *rel, size_t cell)
{
	for (size_t i = 0; i < rel->left_count; i++)
		if (rel->left[i].cell == cell && !rel->left[i].previous)
			return true;
	for (size_t i = 0; i < rel->right_count; i++)
		if (rel->right[i].cell == cell && !rel->right[i].previous)
			return true;
	return false;
}

/* How many cells of b's relation these terms of a's have; *cell is one. */
static size_t shared(const struct relation_def *b, const struct term_def *terms,
		     size_t count, size_t *cell)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (terms[i].previous || !names(b, terms[i].cell))
			continue;
		n++;
		*cell = terms[i].cell;
	}
	return n;
}

static bool may_cross(const struct verdict *a, const struct verdict *b)
{
	return b->rule != a->rule && b->broken && !b->folded &&
	       b->rel->op == REL_EQ && verdict_gap(b) == verdict_gap(a);
}

/* One broken relation cannot say which of its cells is wrong.  Where all the
 * broken ones that differ by as much meet it in one cell, that is evidence. */
static void cross(struct verdict *a, const struct verdicts *all)
{
	const struct relation_def *rel = a->rel;

	for (size_t i = 0; i < all->count; i++) {
		const struct verdict *b = &all->list[i];
		size_t cell = FORM_NO_CELL, n;

		if (!may_cross(a, b))
			continue;
		n = shared(b->rel, rel->left, rel->left_count, &cell) +
		    shared(b->rel, rel->right, rel->right_count, &cell);
		if (n == 0)
			continue;
		if (n > 1 || (a->crossed && cell != a->crossing)) {
			a->crossing = FORM_NO_CELL;
			return;
		}
		a->crossing = cell;
		if (!a->crossed)
			a->crossed = b;
	}
}

static void add_parts(struct finding *f, const struct form_def *form,
		      size_t cell)
{
	const struct cell_def *def = &form->cells[cell];

	for (size_t i = 0; i < def->part_count; i++) {
		finding_cell(f, def->parts[i].cell);
		if (form->cells[def->parts[i].cell].derived)
			add_parts(f, form, def->parts[i].cell);
	}
}

static void add_terms(struct finding *f, const struct term_def *terms,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!terms[i].previous)
			finding_cell(f, terms[i].cell);
}

/* The parts of sums that count as computed: one of them may be the culprit. */
static void add_computed(struct finding *f, const struct verdict *v,
			 const struct term_def *terms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (term_parts(v, &terms[i]))
			add_parts(f, report_form(v->in->now), terms[i].cell);
}

static void add_cells(struct finding *f, const struct verdict *v)
{
	const struct relation_def *rel = v->rel, *total;

	add_terms(f, rel->left, rel->left_count);
	add_terms(f, rel->right, rel->right_count);
	add_computed(f, v, rel->left, rel->left_count);
	add_computed(f, v, rel->right, rel->right_count);
	if (!v->total)
		return;
	total = v->total->rel;
	add_terms(f, total->left, total->left_count);
	add_terms(f, total->right, total->right_count);
}

/* Rows and columns are told apart by what stands for them: `where`. */
static bool yields(const struct verdict *v, const struct verdicts *all)
{
	for (size_t i = 0; v->rule->yields_to && i < all->count; i++) {
		const struct verdict *o = &all->list[i];

		if (o->broken && strcmp(o->rel->where, v->rel->where) == 0 &&
		    form_lists(v->rule->yields_to, o->rule->id))
			return true;
	}
	return false;
}

static void report_verdict(struct verdict *v, const struct verdicts *all,
			   struct findings *out)
{
	struct finding *f;

	if (v->rel->op == REL_EQ)
		cross(v, all);
	f = findings_add(out, v->rule, rule_severity(v->rule, v->in->unit));
	f->section = v->rel->section;
	add_cells(f, v);
	f->where = say_where(v->rel->section, v->rel->where);
	f->brief = say_brief(v);
	f->full = say_full(v, all);
	f->facts = say_facts(v);
}

static void check_relations(const struct check_input *in, struct findings *out)
{
	const struct form_def *form = report_form(in->now);
	struct verdicts all = { 0 };
	size_t need = 0;

	for (size_t i = 0; i < form->rule_count; i++)
		need += form->rules[i].relation_count;
	all.list = xcalloc(need, sizeof *all.list);
	for (size_t i = 0; i < form->rule_count; i++)
		if (form->rules[i].kind == RULE_RELATION &&
		    rule_asked(&form->rules[i], in))
			weigh_rule(&form->rules[i], in, &all);
	for (size_t i = 0; i < all.count; i++)
		if (all.list[i].broken && !all.list[i].folded &&
		    !yields(&all.list[i], &all))
			report_verdict(&all.list[i], &all, out);
	free(all.list);
}

static int compare(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

/* By section, then by the cell and in a text by the words to jump to, then as the
 * rules stand; what is about the whole report comes last. */
static int form_order(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	size_t xs = x->section ? x->section->index : FORM_NO_CELL;
	size_t ys = y->section ? y->section->index : FORM_NO_CELL;
	size_t xc = x->cell_count ? x->cells[0] : FORM_NO_CELL;
	size_t yc = y->cell_count ? y->cells[0] : FORM_NO_CELL;

	if (xs != ys)
		return compare(xs, ys);
	if (xc != yc)
		return compare(xc, yc);
	if (x->offset != y->offset)
		return compare(x->offset, y->offset);
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return strcmp(x->where, y->where);
}

static uint64_t mix(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return h;
}

/* What is found in texts depends on whose they are, and on the site's words. */
static uint64_t subject_salt(const struct check_input *in)
{
	const struct unit *unit = in->unit;
	const struct site *site = in->site ? in->site : site_default();
	uint64_t h = unit ? (uint64_t)unit->kind + 1 : 0;

	h = mix(h, unit ? unit->name : "");
	return mix(mix(h, "|"), site->words);
}

void rule_check(const struct check_input *in, struct findings *out)
{
	const struct form_def *form = report_form(in->now);

	prose_round(report_prose(in->now), subject_salt(in));
	check_relations(in, out);
	for (size_t i = 0; i < form->rule_count; i++)
		if (form->rules[i].kind != RULE_RELATION &&
		    rule_asked(&form->rules[i], in))
			lint_run(&form->rules[i], in, out);
	if (out->count > 1)
		qsort(out->list, out->count, sizeof *out->list, form_order);
}
