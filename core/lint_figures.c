/* N4, N15, N27: figures in the texts against the tables. */
#include "core/lint_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint_claim.h"
#include "core/lint_figures.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	QUOTE = 48, /* cells of the words that are quoted */
	NAMED = 3,
	SHORT = 4,  /* characters */
	ABOUT = 15, /* per cent that 约, 近, 余 may be off */
};

/* ---- values ---- */

bool figures_sum(const struct report *r, const struct allowed *a, int64_t *sum)
{
	*sum = 0;
	for (size_t i = 0; i < a->count; i++) {
		struct value v = report_get(r, a->cells[i]);

		if (v.kind != VALUE_NUMBER || !num_add(*sum, 1, v.number, sum))
			return false;
	}
	return a->count > 0;
}

/* 90余件: 90 to 99. */
static bool says_rest(const struct figure *f, int64_t number)
{
	int64_t step = f->step;

	while (f->value > 0 && step <= f->value / 10 &&
	       f->value % (step * 10) == 0)
		step *= 10;
	return number >= f->value && number - f->value < step;
}

/* 近百件: near enough. */
static bool says_about(const struct said *s, int64_t number)
{
	int64_t value = s->figure.value;
	int64_t gap = value > number ? value - number : number - value;

	if (s->figure.rest)
		return says_rest(&s->figure, number);
	return gap <= value / 100 * ABOUT || gap <= s->figure.step;
}

bool figures_say(const struct said *s, int64_t number)
{
	int64_t scale = s->claim ? s->claim->scale : 1;

	if (scale > 1 && (number > INT64_MAX / scale || number < 0))
		return false;
	number *= scale;
	return s->figure.vague ? says_about(s, number)
			       : figure_says(&s->figure, number);
}

bool figures_number(const struct check_input *in, const struct said *s,
		    const struct allowed *a, int64_t *n)
{
	const struct report *last = in->last;
	int64_t was = 0;

	*n = 0;
	if (s->kind != SAID_VALUE &&
	    (!last || report_form(last) != report_form(in->now) ||
	     !figures_sum(last, a, &was)))
		return false;
	if (s->kind == SAID_LAST) {
		*n = was;
		return true;
	}
	if (!figures_sum(in->now, a, n))
		return false;
	if (s->kind == SAID_MORE)
		*n = s->down ? was - *n : *n - was;
	return true;
}

/* {requests.refused.total} where the words say 办结: its value is another. */
static bool is_referred(const struct check_input *in, const struct said *s,
			int64_t number)
{
	struct allowed of = { .count = 0 };
	int64_t value;

	while (of.count < s->at.count && of.count < 16) {
		of.cells[of.count] = s->at.cells[of.count];
		of.count++;
	}
	return !figures_sum(in->now, &of, &value) || value == number;
}

static enum verdict_word judge_as(const struct form_def *form,
				  const struct check_input *in,
				  const struct said *s)
{
	size_t n = claim_allowed(form, s, 0, &(struct allowed){ 0 });
	enum verdict_word word = FIGURE_UNBOUND;

	for (size_t i = 0; i < n; i++) {
		struct allowed a;
		int64_t number;

		claim_allowed(form, s, i, &a);
		if (a.count == 0)
			continue;
		if (!figures_number(in, s, &a, &number))
			return FIGURE_WAITS;
		if (s->reference ? is_referred(in, s, number)
				 : figures_say(s, number))
			return FIGURE_EQUAL;
		word = FIGURE_DIFFERS;
	}
	return word;
}

enum verdict_word figures_judge(const struct form_def *form,
				const struct check_input *in,
				const struct said *s)
{
	enum verdict_word word = judge_as(form, in, s);
	struct said other = *s;

	if (word != FIGURE_DIFFERS || !s->either)
		return word;
	other.kind = s->kind == SAID_LAST ? SAID_VALUE : SAID_LAST;
	return judge_as(form, in, &other);
}

/* ---- words ---- */

struct match figures_words(const struct said *s)
{
	size_t from = s->window < s->figure.start ? s->window : s->clause;

	return (struct match){ from, s->figure.end };
}

/* 区）办理52件: what stands behind the bracket. */
static size_t skip_bracket(const struct place *at, struct match m)
{
	static const char close[] = "）", open[] = "（";
	const char *s = at->text + m.start;
	const char *end = memmem(s, m.end - m.start, close, strlen(close));

	if (!end || memmem(s, (size_t)(end - s), open, strlen(open)))
		return m.start;
	return (size_t)(end - at->text) + strlen(close);
}

static bool is_end(const struct place *at, size_t k, const char *const *ends)
{
	for (; *ends; ends++)
		if (at->len - k >= strlen(*ends) &&
		    memcmp(at->text + k, *ends, strlen(*ends)) == 0)
			return true;
	return false;
}

char *figures_quote(const struct place *at, struct match m)
{
	static const char *const ends[] = { "，", "。", "；", "、", "（",
					    "）", "：", "”",  NULL };
	struct str out = { 0 };
	size_t from = skip_bracket(at, m), to = m.end;

	if (from >= m.end)
		from = m.start;
	while (m.end - from > 3 * QUOTE / 2)
		from = text_next(at->text, at->len, from);
	/* 2件 alone says little: with the words behind it */
	while (m.end - from <= 3 * SHORT && to < at->len &&
	       to - m.end < 3 * QUOTE / 3 && !is_end(at, to, ends))
		to = text_next(at->text, at->len, to);
	str_addf(&out, "%s%.*s", from > m.start ? "…" : "", (int)(to - from),
		 at->text + from);
	return str_steal(&out);
}

static void add_value(const struct job *job, const struct said *s,
		      const struct allowed *a, struct str *out)
{
	char text[NUM_TEXT];
	int64_t sum;

	for (size_t i = 0; i < a->count; i++)
		str_addf(out, "%s%s", i ? "＋" : "",
			 job->form->cells[a->cells[i]].say);
	figures_number(job->in, s, a, &sum);
	str_addf(out, "%s%s", a->count > 1 ? " = " : "", num_text(sum, text));
}

/* Is the i-th value one of those before it? */
static bool is_told(const struct form_def *form, const struct said *s, size_t i,
		    const struct allowed *a)
{
	struct allowed b;

	for (size_t k = 0; k < i; k++) {
		claim_allowed(form, s, k, &b);
		if (b.count == a->count &&
		    memcmp(b.cells, a->cells, a->count * sizeof *a->cells) == 0)
			return true;
	}
	return false;
}

/* What the tables have, the values that the words may mean. */
static void add_values(const struct job *job, const struct said *s, size_t from,
		       size_t most, struct str *out)
{
	size_t n = claim_allowed(job->form, s, 0, &(struct allowed){ 0 });
	size_t named = 0;

	for (size_t i = 0; i < n && named < most; i++) {
		struct allowed a;

		claim_allowed(job->form, s, i, &a);
		if (a.count == 0 || is_told(job->form, s, i, &a))
			continue;
		if (named > from)
			str_add(out, "、");
		if (named++ >= from)
			add_value(job, s, &a, out);
	}
}

static void add_fact(const struct job *job, const struct said *s,
		     struct finding *f)
{
	size_t n = claim_allowed(job->form, s, 0, &(struct allowed){ 0 });
	struct str facts = { 0 };
	char text[NUM_TEXT];

	str_addf(&facts, "text=%s", num_text(s->figure.value, text));
	for (size_t i = 0; i < n; i++) {
		struct allowed a;

		claim_allowed(job->form, s, i, &a);
		for (size_t k = 0; k < a.count; k++) {
			finding_cell(f, a.cells[k]);
			lint_fact(&facts, job, a.cells[k]);
		}
	}
	lint_facts(f, &facts);
}

/* Which of several in one text: the claim, and which time it is made. */
static char *mark_of(const struct finding *f, const struct job *job,
		     const char *id)
{
	size_t times = 1;

	for (size_t i = 0; i + 1 < job->out->count; i++) {
		const struct finding *o = &job->out->list[i];

		if (o->rule == f->rule && o->cell_count && o->mark &&
		    o->cells[0] == f->cells[0] &&
		    strncmp(o->mark, id, strlen(id)) == 0)
			times++;
	}
	return times > 1 ? str_printf("%s-%zu", id, times) : xstrdup(id);
}

struct finding *figures_add(const struct job *job, size_t cell,
			    const struct place *at, struct match m,
			    const char *id, const char *match, const char *more)
{
	const struct cell_def *def = &job->form->cells[cell];
	const char *text = lint_text(job, cell);
	struct message_values values = { match, 1 };
	struct str one = { 0 }, all = { 0 };
	struct finding *f;

	str_addf(&one, _("第%zu段"), lint_paragraph(text, at->at));
	lint_context(&all, text,
		     (struct match){ at->at + m.start, at->at + m.end });
	str_add(&all, more);
	f = lint_add(job, def->section, one.s, "{match}", &values, all.s);
	finding_cell(f, cell);
	f->offset = at->at + m.start;
	f->extent = m.end - m.start;
	f->mark = mark_of(f, job, id);
	str_free(&one);
	str_free(&all);
	return f;
}

/* ---- the clerk said it is another matter ---- */

bool figures_aside(const struct job *job, size_t cell, const struct place *at,
		   struct match m)
{
	const char *path = job->form->cells[cell].path;
	size_t len = m.end - m.start;

	for (size_t i = 0; i < job->in->aside_count; i++) {
		const struct aside *a = &job->in->asides[i];

		if (strcmp(a->path, path) == 0 && strlen(a->words) == len &&
		    memcmp(a->words, at->text + m.start, len) == 0)
			return true;
	}
	return false;
}

/* ---- N4 ---- */

/* What the numbers named are. */
static const char *const sides[] = {
	[SAID_VALUE] = N_("表中"),
	[SAID_LAST] = N_("上年报告中"),
	[SAID_MORE] = N_("表中与上年相差："),
};

static void differs(const struct job *job, size_t cell, const struct place *at,
		    const struct said *s)
{
	const struct claim_def *c = s->claim ? s->claim : s->row;
	struct match m = figures_words(s);
	char *words = figures_quote(at, m);
	struct str match = { 0 }, more = { 0 }, other = { 0 };
	struct finding *f;

	str_addf(&match, "“%s”，%s", words, _(sides[s->kind]));
	add_values(job, s, 0, NAMED, &match);
	add_values(job, s, NAMED, 16, &other);
	if (other.len > 0)
		str_addf(&more, _("还可能指的：%s，也对不上。"), other.s);
	f = figures_add(job, cell, at, m, c ? c->id : "class", match.s,
			more.s ? more.s : "");
	add_fact(job, s, f);
	free(words);
	str_free(&match);
	str_free(&more);
	str_free(&other);
}

static void none_differs(const struct job *job, size_t cell,
			 const struct place *at, const struct none_said *n)
{
	const struct said as_said = { .kind = SAID_VALUE,
				      .claim = n->claim,
				      .figure = { .step = NUM_ONE } };
	struct match m = { n->start, n->end };
	struct str match = { 0 };
	char *words;
	struct finding *f;

	if (n->scope != SCOPE_OWN || figures_aside(job, cell, at, m) ||
	    figures_judge(job->form, job->in, &as_said) != FIGURE_DIFFERS)
		return;
	words = figures_quote(at, m);
	str_addf(&match, _("“%s”，表中"), words);
	add_values(job, &as_said, 0, NAMED, &match);
	f = figures_add(job, cell, at, m, n->claim->id, match.s, "");
	add_fact(job, &as_said, f);
	free(words);
	str_free(&match);
}

bool figures_judged(const struct said *s)
{
	return (s->kind == SAID_VALUE || s->kind == SAID_LAST ||
		s->kind == SAID_MORE) &&
	       (!s->reference ||
		(s->at.kind == REFERENCE_SUM && !s->at.fault)) &&
	       s->figure.unit != FIGURE_OTHER &&
	       s->figure.unit != FIGURE_PERCENT;
}

static void check_values(const struct job *job, size_t cell,
			 const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct said *s = &c->list[i];

		if (figures_judged(s) && s->scope == SCOPE_OWN &&
		    figures_verdict(job->form, job->in, c, i) ==
			    FIGURE_DIFFERS &&
		    !figures_aside(job, cell, at, figures_words(s)))
			differs(job, cell, at, s);
	}
	for (size_t i = 0; i < c->none_count; i++)
		none_differs(job, cell, at, &c->nones[i]);
}

/* Every paragraph of the rule's texts. */
void figures_each(const struct job *job, paragraph_fn *check)
{
	struct prose *prose = report_prose(job->now);

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i), count;
		const struct place *list =
			prose_cell(prose, job->now, cell, &count);

		for (size_t k = 0; k < count; k++)
			check(job, cell, &list[k],
			      claims_of(job->form, &list[k], job->in->unit,
					report_year(job->now)));
	}
}

void lint_figures(const struct job *job)
{
	figures_each(job, check_values);
}

/* ---- N15: only a part of whom the report is about is counted ---- */

bool claims_alike(const struct claim_def *a, const struct claim_def *b)
{
	for (size_t i = 0; i < a->value_count; i++)
		for (size_t k = 0; k < b->value_count; k++)
			if (a->values[i].cells[0] == b->values[k].cells[0])
				return true;
	return false;
}

static bool says_whole(const struct job *job, const struct said *s,
		       const struct claim_def *claim)
{
	return s->scope == SCOPE_OWN && s->kind == SAID_VALUE && s->claim &&
	       claims_alike(s->claim, claim) &&
	       (s->reference ||
		figures_judge(job->form, job->in, s) == FIGURE_EQUAL);
}

static bool whole_is_said(const struct job *job, const struct claim_def *claim)
{
	struct prose *prose = report_prose(job->now);

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t count;
		const struct place *list =
			prose_cell(prose, job->now, lint_cell(job, i), &count);

		for (size_t k = 0; k < count; k++) {
			const struct claims *c =
				claims_of(job->form, &list[k], job->in->unit,
					  report_year(job->now));

			for (size_t n = 0; n < c->count; n++)
				if (says_whole(job, &c->list[n], claim))
					return true;
		}
	}
	return false;
}

static void check_scope(const struct job *job, size_t cell,
			const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct said *s = &c->list[i];
		struct str match = { 0 };
		char *words;

		if (s->scope != SCOPE_OFFICE || !s->claim || s->klass ||
		    s->kind != SAID_VALUE || !figures_judged(s) ||
		    figures_judge(job->form, job->in, s) != FIGURE_DIFFERS ||
		    whole_is_said(job, s->claim) ||
		    figures_aside(job, cell, at, figures_words(s)))
			continue;
		words = figures_quote(at, figures_words(s));
		str_addf(&match, _("“%s”，表中"), words);
		add_values(job, s, 0, NAMED, &match);
		add_fact(job, s,
			 figures_add(job, cell, at, figures_words(s),
				     s->claim->id, match.s, ""));
		free(words);
		str_free(&match);
		return; /* one cause */
	}
}

void lint_scope(const struct job *job)
{
	figures_each(job, check_scope);
}
