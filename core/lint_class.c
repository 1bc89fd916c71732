/* Classes of applicants beside a figure, and the rows that they are of. */
#include <string.h>

#include "core/lint_claim_impl.h"

/* A row of a table with a column of totals: a class is one of the others. */
bool claim_has_columns(const struct reading *r, const struct claim_def *c)
{
	const struct cell_def *cell = &r->form->cells[c->values[0].cells[0]];

	if (cell->derived) /* 不予公开, of the same table */
		return r->defs->row_count > 0 &&
		       cell->section ==
			       r->form->cells[r->defs->rows[0].cells[0]]
				       .section;
	return cell->column && cell->column->sum;
}

const struct class_def *class_in(const struct reading *r, size_t from,
				 size_t to)
{
	for (size_t i = 0; i < r->defs->class_count; i++)
		if (claim_fits(r, r->defs->classes[i].alone, from, to))
			return &r->defs->classes[i];
	return NULL;
}

/* 对自然人予以公开31件: beside a row's words it is of the class, too. */
static const struct class_def *class_beside(const struct reading *r,
					    const struct said *s)
{
	if (!s->claim || !claim_has_columns(r, s->claim))
		return NULL;
	for (size_t i = 0; i < r->defs->class_count; i++)
		if (claim_fits(r, r->defs->classes[i].pattern, s->window,
			       s->words_end))
			return &r->defs->classes[i];
	return NULL;
}

/* 2件商业企业申请, 7件社会公益组织提出的: named right behind the figure. */
static const struct class_def *class_at(const struct reading *r, size_t from,
					size_t to)
{
	static const char social[] = "社会", by[] = "由";
	struct match m;

	if (clause_is_at(r->at, from, by))
		from += strlen(by);
	if (clause_is_at(r->at, from, social))
		from += strlen(social);
	for (size_t i = 0; from < to && i < r->defs->class_count; i++)
		if (place_first(r->at, r->defs->classes[i].pattern, from, to,
				&m) &&
		    m.start == from)
			return &r->defs->classes[i];
	return NULL;
}

/* 自然人78件, 78件是自然人提的, 78件自然人申请 */
const struct class_def *class_of(const struct reading *r, const struct said *s,
				 size_t after)
{
	const struct class_def *found = class_in(r, s->window, s->words_end);

	if (!found && claim_fits(r, "^(?:申请)?(?:是|为|由|系|来自)",
				 s->figure.end, after))
		found = class_in(r, s->figure.end, after);
	if (!found)
		found = class_at(r, s->figure.end, after);
	return found ? found : class_beside(r, s);
}

/* 科研机构和公益组织的申请全年23件: those before the last have no figure of their
 * own. */
void class_join(const struct reading *r, struct said *s)
{
	struct match names[3];
	size_t from = s->clause > s->since ? s->clause : s->since;
	size_t n = s->klass ? clause_names(r->at, from, s->words_end, names, 3)
			    : 0;

	for (size_t i = 0, k = 0; n > 1 && i < n - 1; i++) {
		const struct class_def *c =
			class_in(r, names[i].start, names[i].end);

		if (c && c != s->klass)
			s->joined[k++] = c;
	}
}

/* ；结转件中自然人5件: the row that is named before 中, in its own words; or
 * NULL. */
static const struct claim_def *row_among(const struct reading *r,
					 const struct said *s, size_t after)
{
	static const char among[] =
		"(?:件|申请|答复|的)中(?=，?[一-龥]{2,12}$)";
	struct said one = *s;
	struct match m;

	if (!place_first(r->at, among, s->since, s->words_end, &m))
		return NULL;
	one.window = one.clause = s->since;
	one.words_end = m.end;
	return claim_find(r, &one, after);
}

/* 新收申请中，自然人79件: the row stands in the clause before. */
void class_row(struct reading *r, struct said *s, size_t after)
{
	const struct claim_def *c = NULL;

	if (!s->klass)
		return;
	if (s->since != s->sentence)
		c = row_among(r, s, after);
	s->row_told = c != NULL;
	if (!s->claim && s->since == s->sentence)
		c = claim_wider(r, s, after);
	if (!s->claim && c && claim_has_columns(r, c))
		s->claim = c;
}
