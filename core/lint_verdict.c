/* N4: is a figure that differs from the tables of a part that no table has? */
#include <string.h>

#include "core/lint_claim.h"
#include "core/lint_figures.h"
#include "core/lint_impl.h"

/* Is it of another of the report's tables? */
static bool is_elsewhere(const struct form_def *form, const struct said *s,
			 const struct said *now)
{
	return s->heard && now->claim &&
	       form->cells[s->heard->values[0].cells[0]].section !=
		       form->cells[now->claim->values[0].cells[0]].section;
}

/* 环境类申请共5件: of some of the requests. */
static bool may_be_part(const struct form_def *form, const struct said *s,
			const struct said *now)
{
	if (s->figure.unit != now->figure.unit || is_elsewhere(form, s, now))
		return false;
	return s->heard || (s->figure.unit == FIGURE_COUNT &&
			    (!s->topic || strcmp(s->topic->id, "other") != 0));
}

/* 审查文件126件，其中不予公开36件: of what no table has. */
static bool of_unknown(const struct form_def *form,
		       const struct check_input *in, const struct claims *c,
		       size_t i)
{
	const struct said *s = &c->list[i], *p = s - 1;
	const struct claims_def *d = &form->claims;

	if (i == 0 || p->sentence != s->sentence ||
	    (s->claim && s->claim->needs))
		return false; /* the whole is told by its own words */
	if (!s->within)
		return s->clause == p->clause && of_unknown(form, in, c, i - 1);
	if (p->heard || p->klass || p->figure.unit != s->figure.unit ||
	    p->clause == s->clause)
		return false;
	for (size_t k = 0; k < d->row_count; k++) {
		struct allowed a = { { d->rows[k].cells[0] }, 1 };
		int64_t sum;

		if (figures_sum(in->now, &a, &sum) && figures_say(p, sum))
			return false;
	}
	return true;
}

static bool is_row(const struct form_def *form, const struct claim_def *c)
{
	for (size_t i = 0; i < form->claims.row_count; i++)
		if (form->claims.rows[i].cells[0] == c->values[0].cells[0])
			return true;
	return false;
}

/* 维持50件（复议31件、诉讼19件）: the parts of what is not known. */
static bool in_bracket_of_unknown(const struct claims *c, size_t i)
{
	const struct said *s = &c->list[i];

	for (size_t k = i;
	     c->brackets && k-- > 0 && c->list[k].sentence == s->sentence;) {
		const struct said *p = &c->list[k];

		if (pattern_fits("^（[^）]*$", c->text + p->figure.end,
				 s->figure.start - p->figure.end))
			return !p->heard && !p->klass &&
			       p->figure.unit == s->figure.unit;
	}
	return false;
}

/* 上年结转6件申请中，自然人4件，予以公开3件: all of those, to the next ；. */
static bool of_carried(const struct claims *c, size_t i)
{
	for (size_t k = i;
	     k > 0 && c->list[k - 1].sentence == c->list[i].sentence; k--) {
		const struct said *p = &c->list[k - 1];
		const char *words = c->text + p->figure.end;
		size_t len = c->list[k].figure.start - p->figure.end;

		if (pattern_fits("；", words, len) || c->list[k].own_named)
			return false;
		if (p->heard && p->heard->closed && p->kind != SAID_NOTHING &&
		    pattern_fits("^[^，。；0-9]{0,6}中，", words, len))
			return !c->list[i].klass;
	}
	return false;
}

/* 不予公开的13件中，有4件被申请复议，1件被纠正: of what another table has, of
 * those alone. */
static bool of_some_elsewhere(const struct form_def *form,
			      const struct claims *c, size_t i)
{
	const struct said *s = &c->list[i];

	if (of_carried(c, i))
		return true;

	for (size_t k = i; k > 0 && c->list[k - 1].sentence == s->sentence; k--)
		if (c->list[k].within && c->list[k - 1].heard &&
		    !is_row(form, c->list[k - 1].heard) &&
		    is_elsewhere(form, &c->list[k - 1], s))
			return true;
	return false;
}

/* 结转5件，其中公开3件; 对自然人予以公开31件、部分公开14件 */
static bool of_the_one_before(const struct claims *c, size_t i)
{
	const struct said *s = &c->list[i], *p = s - 1;

	if (i == 0 || p->sentence != s->sentence)
		return false;
	if (s->within && p->kind == SAID_ASIDE && p->heard &&
	    p->figure.unit == s->figure.unit)
		return true; /* 12月新收57件，其中结转38件 */
	if ((s->within && p->heard &&
	     (p->heard->closed || p->heard == s->heard) &&
	     !(s->klass && s->row == p->heard)) ||
	    (p->klass && p->claim && !s->klass && !s->carried &&
	     (s->within || p->clause == s->clause)))
		return true;
	return s->clause == p->clause && !s->own_named &&
	       of_the_one_before(c, i - 1);
}

/* 18个处室 are no requests; what is not known must be counted in the same unit. */
static bool counts_alike(const struct claims *c, const struct said *s,
			 const struct said *now)
{
	static const char pieces[] = "个";

	return s->heard || now->reference || s->reference ||
	       strncmp(c->text + s->figure.digits_end, pieces,
		       strlen(pieces)) != 0;
}

/* 自然人68件、企业21件，其他7件: the rest, not the column of that name. */
static bool is_rest(const struct claims *c, size_t i)
{
	static const char column[] = "other";
	const struct said *s = &c->list[i];
	size_t named = 0;

	if (!s->klass || strcmp(s->klass->columns, column) != 0)
		return false;
	for (size_t k = 0; k < i; k++)
		named += c->list[k].sentence == s->sentence &&
			 c->list[k].klass && c->list[k].klass != s->klass;
	return named < 5;
}

static bool in_part(const struct form_def *form, const struct check_input *in,
		    const struct claims *c, size_t i)
{
	size_t sentence = c->list[i].sentence;

	for (size_t k = i + 1; k-- > 0 && c->list[k].sentence == sentence;) {
		const struct said *s = &c->list[k];

		if (may_be_part(form, s, &c->list[i]) &&
		    counts_alike(c, s, &c->list[i]) &&
		    figures_judge(form, in, s) != FIGURE_EQUAL &&
		    !said_plain(form, c, k))
			return true;
		if (s->own_named)
			return false;
	}
	return false;
}

enum verdict_word figures_verdict(const struct form_def *form,
				  const struct check_input *in,
				  const struct claims *c, size_t i)
{
	enum verdict_word word = figures_judge(form, in, &c->list[i]);

	return word == FIGURE_DIFFERS &&
			       (is_rest(c, i) || in_bracket_of_unknown(c, i) ||
				of_some_elsewhere(form, c, i) ||
				of_the_one_before(c, i) ||
				of_unknown(form, in, c, i) ||
				in_part(form, in, c, i))
		       ? FIGURE_UNBOUND
		       : word;
}
