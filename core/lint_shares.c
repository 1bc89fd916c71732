/* N5: shares, rates and changes that a text states, computed again. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_ask.h"
#include "core/lint_claim_impl.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/tr.h"

enum {
	SUMMANDS = 8,
};

/* ---- does a part of a whole print like this? ---- */

__extension__ typedef __int128 wide;

/* 100 * part / whole, rounded to the figure's last digit (or cut there), is the
 * figure. */
bool share_is(const struct figure *f, int64_t part, int64_t whole)
{
	wide exact, gap;

	if (whole <= 0 || part < 0)
		return false;
	/* both sides times whole: no division */
	exact = (wide)part * 100 * NUM_ONE;
	gap = (wide)f->value * whole - exact;
	/* 近七成: no more than a tenth of a step above */
	if (f->side * gap > (wide)f->step * whole / 10)
		return false;
	if (gap < 0)
		gap = -gap;
	return (f->vague ? gap : 2 * gap) <= (wide)f->step * whole;
}

bool share_any(const struct figure *f, const struct numbers *parts,
	       const struct numbers *wholes)
{
	for (size_t i = 0; i < parts->count; i++)
		for (size_t k = 0; k < wholes->count; k++)
			if (share_is(f, parts->list[i], wholes->list[k]))
				return true;
	return false;
}

/* ---- shares ---- */

/* 2023年自然人占80.1%: last year's tables count, too. */
static bool may_be_last(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	return s->last || s->either ||
	       (a->i > 0 && ask_same_sentence(a, a->i - 1, a->i) &&
		ask_said(a, a->i - 1)->last);
}

static void add_table(const struct ask *a, const struct report *r,
		      const struct said *s, struct numbers *out)
{
	const struct form_def *form = a->job->form;
	size_t n = claim_allowed(form, s, 0, &(struct allowed){ 0 });

	for (size_t i = 0; r && i < n; i++) {
		struct allowed of;
		int64_t sum;

		claim_allowed(form, s, i, &of);
		if (figures_sum(r, &of, &sum))
			ask_add(out, sum);
	}
}

static void add_allowed(const struct ask *a, const struct said *s,
			struct numbers *out)
{
	if (!ask_said(a, a->i)->last)
		add_table(a, a->job->now, s, out);
	if (may_be_last(a))
		add_table(a, a->job->in->last, s, out);
}

/* The sums that the claim's cell is a part of: 无法提供 of 不掌握, 复议 of
 * 维持. */
void share_add_totals(const struct ask *a, const struct said *s,
		      struct numbers *out)
{
	const struct form_def *form = a->job->form;
	size_t cell = s->claim->values[0].cells[0];
	int64_t sum;

	for (size_t i = 0; i < form->cell_count; i++) {
		struct allowed of = { { i }, 1 };

		if (!form_adds(form, i, cell))
			continue;
		if (figures_sum(a->job->now, &of, &sum))
			ask_add(out, sum);
		if (may_be_last(a) && figures_sum(a->job->in->last, &of, &sum))
			ask_add(out, sum);
	}
}

/* 占新收94件的83%: the figure is what the share is of. */
static bool is_behind_share(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, a->i), *of = ask_said(a, k);
	size_t from = of->since > s->clause ? of->since : s->clause;

	return place_fits(a->at, "占", from, of->figure.start);
}

/* 计入新收数486件之内，占3.9%: it holds what the share is of. */
static bool is_around(const struct ask *a, size_t k)
{
	return place_fits(a->at, "^(?:之内|之中|当中|以内|之列)",
			  ask_said(a, k)->figure.end,
			  ask_said(a, a->i)->figure.start);
}

/* Is one of this year's told before it in the sentence? */
static bool own_before(const struct ask *a, size_t k)
{
	while (k-- > 0 && ask_same_sentence(a, k, a->i))
		if (!ask_said(a, k)->last &&
		    ask_said(a, k)->figure.unit != FIGURE_PERCENT)
			return true;
	return false;
}

/* 公开47件（含部分公开12件），占49.5%: the one in the bracket is none of it. */
static bool is_in_bracket(const struct ask *a, size_t k)
{
	return a->c->brackets &&
	       clause_closes(a->at, ask_said(a, k)->figure.end,
			     ask_said(a, a->i)->figure.start);
}

/* The figure that the share is of; SIZE_MAX if there is none.  A figure behind
 * 占 is what it is a share of. */
size_t share_part(const struct ask *a, size_t *whole)
{
	const struct said *s = ask_said(a, a->i);

	*whole = SIZE_MAX;
	if (s->share_of)
		return s->share_of - 1;
	for (size_t k = a->i; k-- > 0;) {
		if (!ask_same_sentence(a, k, a->i))
			break;
		if (ask_said(a, k)->figure.unit == FIGURE_PERCENT)
			continue;
		if (ask_said(a, k)->kind == SAID_MORE || ask_said(a, k)->more ||
		    is_in_bracket(a, k) ||
		    (ask_said(a, k)->last && own_before(a, k)))
			continue;
		if (*whole == SIZE_MAX &&
		    (is_behind_share(a, k) || is_around(a, k))) {
			*whole = k;
			continue;
		}
		return k;
	}
	return SIZE_MAX;
}

/* The part, and the last ones added up (两项合计). */
static void add_parts(const struct ask *a, size_t part, struct numbers *out)
{
	int64_t sum = 0, one;
	size_t n = 0;

	for (size_t k = part + 1;
	     part != SIZE_MAX && k-- > 0 && n < SUMMANDS;) {
		if (!ask_same_sentence(a, k, a->i))
			break;
		if (ask_said(a, k)->figure.unit == FIGURE_PERCENT ||
		    ask_said(a, k)->kind == SAID_MORE)
			continue;
		if (!ask_value(a, k, &one) || !num_add(sum, 1, one, &sum))
			break;
		if (n++ == 0)
			ask_add(out, one);
		else
			ask_add(out, sum);
		if (ask_said(a, a->i)->share_of)
			break;
	}
}

/* Larger figures of the paragraph so far, of the part's unit. */
static void add_wholes(const struct ask *a, size_t part, struct numbers *out)
{
	const struct said *s = ask_said(a, a->i);
	bool named = s->part || s->part_class;
	int64_t one;

	for (size_t k = 0; k < a->i; k++)
		if ((k != part || named) && ask_same_unit(a, k, part) &&
		    ask_value(a, k, &one))
			ask_add(out, one);
}

/* Is there a larger figure of its unit before it in the sentence, or one of the
 * tables'? */
bool share_larger_before(const struct ask *a, size_t part, bool claimed)
{
	int64_t mine, one;

	if (part == SIZE_MAX || !ask_value(a, part, &mine))
		return false;
	for (size_t k = 0; k < part; k++)
		if (ask_same_sentence(a, k, part) &&
		    (!claimed || ask_said(a, k)->claim) &&
		    ask_same_unit(a, k, part) && ask_value(a, k, &one) &&
		    one > mine)
			return true;
	return false;
}

/* Is it told of what the share is: by words, by a larger figure before it in
 * the sentence, by a part that is one of the tables'? */
static bool whole_is_told(const struct ask *a, size_t part, size_t whole)
{
	const struct said *s = ask_said(a, a->i);

	if (whole != SIZE_MAX || share_larger_before(a, part, false))
		return true;
	if (s->scope != SCOPE_OWN)
		return false;
	if (s->claim || s->part || s->part_class)
		return true;
	if (part == SIZE_MAX)
		return false;
	return ask_said(a, part)->kind == SAID_VALUE &&
	       ask_said(a, part)->scope == SCOPE_OWN;
}

void share_say(const struct ask *a, const struct numbers *parts,
	       const struct numbers *wholes, const char *id)
{
	const struct said *s = ask_said(a, a->i);
	const struct said *part = a->i ? s - 1 : s;
	size_t from = ask_same_sentence(a, a->i, a->i ? a->i - 1 : 0)
			      ? part->window
			      : s->window;
	struct match m = { from, s->figure.end };
	struct str match = { 0 }, more = { 0 }, facts = { 0 };
	char x[NUM_TEXT], y[NUM_TEXT];
	struct finding *f;

	if (figures_aside(a->job, a->cell, a->at, m))
		return;
	str_addf(&match, "“%.*s”", (int)(m.end - m.start),
		 a->at->text + m.start);
	if (parts->count && wholes->count && parts->list[0] <= wholes->list[0])
		str_addf(&more, _("%s 除以 %s 不是这个百分数；请重新计算。"),
			 num_text(parts->list[0], x),
			 num_text(wholes->list[0], y));
	f = figures_add(a->job, a->cell, a->at, m, id, match.s,
			more.s ? more.s : "");
	str_add(&facts, match.s);
	for (size_t i = 0; i < wholes->count && i < 4; i++)
		str_addf(&facts, " %s", num_text(wholes->list[i], x));
	lint_facts(f, &facts);
	str_free(&match);
	str_free(&more);
}

/* …占新收的55%；邮寄35件，占37%: the whole was named before. */
static void add_wholes_before(const struct ask *a, struct numbers *out)
{
	for (size_t k = 0; k < a->i; k++) {
		const struct said *s = ask_said(a, k);

		if (s->kind == SAID_SHARE && s->claim &&
		    ask_same_sentence(a, k, a->i))
			add_allowed(a, &(struct said){ .claim = s->claim },
				    out);
	}
}

/* What the share may be of, by the tables. */
static void add_told_wholes(const struct ask *a, size_t part,
			    struct numbers *out)
{
	const struct said *s = ask_said(a, a->i);

	if (s->scope != SCOPE_OWN)
		return;
	if (s->claim || s->whole_class) {
		add_allowed(a,
			    &(struct said){ .claim = s->claim,
					    .klass = s->whole_class },
			    out);
		return;
	}
	if (s->part)
		add_allowed(a, &(struct said){ .claim = s->part }, out);
	if (part != SIZE_MAX && ask_said(a, part)->row)
		add_allowed(a,
			    &(struct said){ .claim = ask_said(a, part)->row },
			    out);
	if (part != SIZE_MAX && ask_said(a, part)->carried)
		add_allowed(
			a,
			&(struct said){
				.klass =
					&(struct class_def){
						.columns =
							ask_said(a, part)
								->carried } },
			out);
	add_wholes_before(a, out);
	if (!share_larger_before(a, part, true)) {
		if (!s->last)
			ask_rows(a, a->job->now, out);
		if (may_be_last(a))
			ask_rows(a, a->job->in->last, out);
	}
	if (s->part)
		share_add_totals(a, &(struct said){ .claim = s->part }, out);
	if (part != SIZE_MAX && ask_said(a, part)->claim)
		share_add_totals(a, ask_said(a, part), out);
}

/* 占40.4%（38件） */
static bool is_before_bracket(const struct ask *a)
{
	return a->i + 1 < a->c->count &&
	       ask_said(a, a->i + 1)->figure.start -
			       ask_said(a, a->i)->figure.end <=
		       strlen("（");
}

/* 公开196件，占41.0%，上年为41.5%: last year's of what the figure is of. */
static void add_part_last(const struct ask *a, size_t part, struct numbers *out)
{
	const struct said *s = ask_said(a, a->i);

	if (s->last && !s->part && !s->part_class && part != SIZE_MAX &&
	    ask_said(a, part)->kind == SAID_VALUE)
		add_table(a, a->job->in->last, ask_said(a, part), out);
}

/* 自然人占83%; 涉及征收类占40.4%（38件） */
static void add_named_parts(const struct ask *a, struct numbers *out)
{
	const struct said *s = ask_said(a, a->i);
	const struct said of = { .claim = s->part,
				 .klass = s->part_class,
				 .row = s->row };
	int64_t one;

	if (s->part || s->part_class)
		add_allowed(a, &of, out);
	if (is_before_bracket(a) && ask_value(a, a->i + 1, &one))
		ask_add(out, one);
}

/* 教育领域占4%, 前者占57%: of something that is no part of the tables. */
static bool is_of_another(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);
	size_t from = s->clause > s->since ? s->clause : s->since;

	if (a->i > 0 && s->since == ask_said(a, a->i - 1)->figure.end &&
	    place_fits(a->at, a->job->form->claims.people,
		       ask_said(a, a->i - 1)->figure.digits_end,
		       s->figure.start) &&
	    s->clause < s->since)
		return true; /* 5名申请人占三成 */
	if (place_fits(a->at, a->job->form->claims.channel, from,
		       s->figure.start))
		return true;
	return !s->part && !s->part_class &&
	       place_fits(
		       a->at,
		       "^(?:其中)?(?!其中|上年|去年|上一年|分别|合计|两项|共|约|各|总|的|均|全部|比)"
		       "[一-龥“”]{2,}(?:占|比例|比重)",
		       from, s->figure.start) &&
	       !is_before_bracket(a);
}

/* 受理117件，…占受理数的5.1%: of the one that the sentence tells by the same
 * words. */
static void add_same_words(const struct ask *a, struct numbers *out)
{
	const struct said *s = ask_said(a, a->i);
	int64_t one;

	for (size_t k = 0; s->claim && k < a->i; k++)
		if (ask_same_sentence(a, k, a->i) && !ask_said(a, k)->klass &&
		    place_fits(a->at, s->claim->pattern, ask_said(a, k)->window,
			       ask_said(a, k)->words_end) &&
		    ask_value(a, k, &one))
			ask_add(out, one);
}

/* Is the whole named by the words of the part itself? */
static bool of_more(const struct ask *a, size_t part)
{
	const struct said *s = ask_said(a, a->i);

	return part != SIZE_MAX && s->claim && ask_said(a, part)->claim &&
	       s->claim->topic == ask_said(a, part)->claim->topic &&
	       claims_alike(s->claim, ask_said(a, part)->claim);
}

/* 3件，占全县诉讼案件的5.6%: the whole is more than the tables tell of. */
static bool is_all(const struct numbers *parts, const struct numbers *wholes)
{
	for (size_t i = 0; i < wholes->count; i++)
		if (wholes->list[i] == parts->list[0])
			return true;
	return false;
}

/* 由132件增至153件，占比由22.9%升至23.9%: the one of last year's. */
static void add_last_parts(const struct ask *a, struct numbers *out)
{
	int64_t one;

	for (size_t k = a->i; k-- > 0 && ask_same_sentence(a, k, a->i);)
		if (ask_said(a, k)->last &&
		    ask_said(a, k)->figure.unit != FIGURE_PERCENT &&
		    ask_value(a, k, &one))
			ask_add(out, one);
}

/* 微信4326条、…，微信占50.0%: the figure that bears the name; or SIZE_MAX. */
static size_t named_part(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);
	const char *words = a->at->text + s->window;
	struct match m;
	size_t len;

	if (!pattern_find("^(?:其中)?\\K[一-龥]{2,6}?(?=占(?:比)?(?:为|达)?$)",
			  words, s->words_end - s->window, 0, &m))
		return SIZE_MAX;
	len = m.end - m.start;
	for (size_t k = a->i; k-- > 0 && ask_same_sentence(a, k, a->i);) {
		const struct said *t = ask_said(a, k);

		if (t->figure.unit != FIGURE_PERCENT &&
		    t->figure.start >= t->since + len &&
		    memcmp(a->at->text + t->figure.start - len, words + m.start,
			   len) == 0 &&
		    share_larger_before(a, k, false))
			return k;
	}
	return SIZE_MAX;
}

/* … of the whole before it, alone. */
static void check_named(const struct ask *a, size_t part)
{
	struct numbers parts = { .count = 0 }, wholes = { .count = 0 };
	int64_t one;

	if (ask_value(a, part, &one))
		ask_add(&parts, one);
	add_wholes(a, part, &wholes);
	if (parts.count && wholes.count &&
	    !share_any(&ask_said(a, a->i)->figure, &parts, &wholes))
		share_say(a, &parts, &wholes, "share");
}

/* 其他方式5件，网上申请已成为最主要的渠道，占65%: of what a clause between has
 * named. */
static bool is_retold(const struct ask *a, size_t part)
{
	static const char retold[] =
		"，[^，。；]{0,16}(?:成为|仍是|仍为|依然是|仍然是|还是|均是|是(?=[^，]{0,12}(?:主|重|热|渠道|领域|方面))|最(?:多|高|大|主要|集中)|居首|居第一|为主|计入|纳入|包含|办理)[^，。；]{0,16}，";

	return part != SIZE_MAX && part + 1 == a->i &&
	       place_fits(a->at, retold, ask_said(a, part)->figure.end,
			  ask_said(a, a->i)->figure.start);
}

/* 许可1846件、处罚1073件，分别占全区的4.8%和18.2%: each of a whole of its own. */
static bool is_of_each(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	return s->share_of && !s->claim &&
	       place_fits(
		       a->at,
		       "占(?:本|其)?(?:全[国省市县区州盟旗镇乡局厅委]|各自|同类|同期|总)",
		       ask_said(a, s->share_of - 1)->figure.end,
		       s->figure.start);
}

/* 9件占答复总量的9.5%；诉讼4件，占4.2%: a whole was named that is not known. */
static bool goes_on(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	for (size_t k = a->i;
	     !s->claim && k-- > 0 && ask_same_sentence(a, k, a->i);) {
		const struct said *t = ask_said(a, k);

		if (t->kind == SAID_SHARE && !t->claim && !t->whole_class &&
		    place_fits(a->at, "占[^，。；0-9]{2,24}的$", t->clause,
			       t->words_end))
			return true;
	}
	return false;
}

/* 征收领域引发诉讼19件，占57.6%: no figure of the tables, and of what it is said
 * is told by none. */
static bool is_of_some(const struct ask *a, size_t part)
{
	const struct said *s = ask_said(a, a->i);

	return part != SIZE_MAX && !s->claim && !s->part && !s->part_class &&
	       figures_judged(ask_said(a, part)) &&
	       figures_verdict(a->job->form, a->job->in, a->c, part) ==
		       FIGURE_UNBOUND &&
	       (s->share_of || !share_larger_before(a, part, false));
}

static void check_share(const struct ask *a)
{
	size_t named = named_part(a);
	const struct said *s = ask_said(a, a->i);
	struct numbers parts = { .count = 0 }, wholes = { .count = 0 };
	size_t whole, part = share_part(a, &whole);
	int64_t one;

	if (named != SIZE_MAX && !s->part && !s->part_class && !s->claim) {
		check_named(a, named);
		return;
	}
	if (!whole_is_told(a, part, whole) || is_of_another(a) ||
	    is_retold(a, part) || is_of_each(a) || goes_on(a) ||
	    is_of_some(a, part))
		return;
	add_parts(a, part, &parts);
	if (may_be_last(a))
		add_last_parts(a, &parts);
	add_named_parts(a, &parts);
	add_part_last(a, part, &parts);
	if (whole != SIZE_MAX && ask_value(a, whole, &one)) {
		ask_add(&wholes, one);
	} else {
		if (part != SIZE_MAX && !s->claim)
			add_wholes(a, part, &wholes);
		add_told_wholes(a, part, &wholes);
	}
	add_same_words(a, &wholes);
	if (parts.count && wholes.count &&
	    !(of_more(a, part) && is_all(&parts, &wholes)) &&
	    !share_any(&s->figure, &parts, &wholes))
		share_say(a, &parts, &wholes, "share");
}

/* 约80%: how near is not known; of 七成 it is. */
static bool is_loose(const struct said *s)
{
	return s->figure.vague &&
	       (s->figure.step < 5 * NUM_ONE || s->kind != SAID_SHARE);
}

static void check_percents(const struct job *job, size_t cell,
			   const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct said *s = &c->list[i];
		struct ask a = { job, cell, at, c, i };
		const struct numbers none = { .count = 0 };

		if (s->points && !s->reference && !points_hold(&a))
			share_say(&a, &none, &none, "points");
		if (s->figure.unit != FIGURE_PERCENT || s->reference ||
		    is_loose(s))
			continue;
		if (s->kind == SAID_SHARE)
			check_share(&a);
		else if (s->kind == SAID_RATE)
			rate_check(&a);
		else if (s->kind == SAID_CHANGE && s->scope == SCOPE_OWN)
			change_check(&a);
	}
}

void lint_shares(const struct job *job)
{
	figures_each(job, check_percents);
	figures_each(job, level_check);
}
