/* What one figure is said of, by the words around it. */
#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"

/* ---- what the words say ---- */

/* What a topic needs stands in the paragraph so far, or in the heading. */
static bool topic_holds(const struct reading *r, const struct topic_def *topic,
			size_t to)
{
	return !topic->needs || claim_fits(r, topic->needs, 0, to) ||
	       pattern_fits(topic->needs, r->at->above, r->at->above_len);
}

static bool takes_unit(const struct claim_def *c, const struct figure *f)
{
	if (c->yuan)
		return f->unit == FIGURE_YUAN;
	return f->unit == FIGURE_COUNT || f->unit == FIGURE_BARE;
}

bool claim_topic_fits(const struct reading *r, const struct claim_def *c,
		      const struct topic_def *topic, size_t to)
{
	if (!c->topic)
		return true;
	if (!topic)
		return c->free;
	return c->topic == topic && topic_holds(r, topic, to);
}

static bool words_fit(const struct reading *r, const struct claim_def *c,
		      const struct said *s, size_t after)
{
	size_t wide = s->clause > s->since ? s->clause : s->since;
	size_t from = c->wide && wide < s->window ? wide : s->window;

	if (claim_fits(r, c->shun, s->sentence, s->sentence_end) ||
	    (c->needs &&
	     !claim_fits(r, c->needs, s->sentence, s->sentence_end)))
		return false;
	if (c->before &&
	    !claim_fits(r, c->before, s->sentence, s->figure.start))
		return false;
	if (c->past && claim_fits(r, c->past, s->figure.end, s->sentence_end))
		return false;
	if (claim_fits(r, c->pattern, from, s->words_end))
		return !claim_fits(r, c->unless, from, after);
	return s->figure.unit != FIGURE_PERCENT &&
	       claim_fits(r, c->after, s->figure.end, after) &&
	       !claim_fits(r, c->unless, from, after);
}

/* May the i-th claim's words stand anywhere in the paragraph?  Few do. */
static bool is_named(const struct reading *r, size_t i)
{
	const struct claim_def *c = &r->defs->claims[i];
	const struct place *at = r->at;

	if (r->named[i] == PLAIN_UNKNOWN)
		r->named[i] =
			place_allows(at, c->pattern, 0, at->len) ||
					place_allows(at, c->after, 0, at->len)
				? PLAIN_YES
				: PLAIN_NO;
	return r->named[i] == PLAIN_YES;
}

static const struct claim_def *claim_find(const struct reading *r,
					  const struct said *s, size_t after)
{
	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];

		if (!c->none &&
		    (s->figure.unit == FIGURE_PERCENT ||
		     takes_unit(c, &s->figure)) &&
		    claim_topic_fits(r, c, s->topic, after) && is_named(r, i) &&
		    words_fit(r, c, s, after))
			return c;
	}
	return NULL;
}

/* 8件申请被认定为信访举报: what stands before says nothing of it. */
static const struct claim_def *claim_behind(const struct reading *r,
					    const struct said *s, size_t after)
{
	static const char lead[] =
		"^(?:申请|答复|案件)?(?:被)?(?:认定为|属于|属|系|以|按)";
	struct said one = *s;

	if (s->figure.unit == FIGURE_PERCENT ||
	    !claim_fits(r, lead, s->figure.end, after))
		return NULL;
	one.window = one.clause = one.since = s->figure.end;
	one.words_end = after;
	return claim_find(r, &one, after);
}

/* Is the second claim's value a part of the first's? */
static bool is_within(const struct form_def *form,
		      const struct claim_def *whole,
		      const struct claim_def *part)
{
	for (size_t i = 0; i < whole->value_count; i++)
		if (form_adds(form, whole->values[i].cells[0],
			      part->values[0].cells[0]))
			return true;
	return false;
}

/* 因不掌握等无法提供18件: the whole, named behind the part. */
static bool whole_behind(const struct reading *r, const struct said *s,
			 const struct claim_def *c)
{
	size_t from = s->window, to = s->words_end;
	struct match whole, part;

	return is_within(r->form, c, s->claim) &&
	       place_last(r->at, c->pattern, from, to, &whole) &&
	       place_last(r->at, s->claim->pattern, from, to, &part) &&
	       place_fits(r->at, "等|原因|情形|为由|而", part.end, whole.start);
}

/* 因涉及第三方权益，不予公开4件: what stood before in the sentence may be what
 * it is of. */
static void find_others(const struct reading *r, const struct said *before,
			struct said *s, size_t after)
{
	size_t from = before && before->sentence == s->sentence
			      ? before->figure.end
			      : s->sentence;

	if (!s->claim || s->claim->needs || s->claim->before)
		return;
	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];

		if (c->none || c == s->claim || s->other_count == OTHERS ||
		    !takes_unit(c, &s->figure) ||
		    !claim_topic_fits(r, c, s->topic, after) ||
		    !is_named(r, i) ||
		    !claim_fits(r, c->pattern, from, s->words_end) ||
		    (!is_within(r->form, s->claim, c) &&
		     !whole_behind(r, s, c)))
			continue;
		s->others[s->other_count++] = c;
	}
}

/* A row of a table with a column of totals: a class is one of the others. */
static bool has_columns(const struct form_def *form, const struct claim_def *c)
{
	const struct cell_def *cell = &form->cells[c->values[0].cells[0]];

	return cell->column && cell->column->sum;
}

static const struct class_def *class_in(const struct reading *r, size_t from,
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
	if (!s->claim || !has_columns(r->form, s->claim))
		return NULL;
	for (size_t i = 0; i < r->defs->class_count; i++)
		if (claim_fits(r, r->defs->classes[i].pattern, s->window,
			       s->words_end))
			return &r->defs->classes[i];
	return NULL;
}

/* 自然人78件, 78件是自然人提的 */
static const struct class_def *find_class(const struct reading *r,
					  const struct said *s, size_t after)
{
	const struct class_def *found = class_in(r, s->window, s->words_end);

	if (!found && claim_fits(r, "^(?:申请)?(?:是|为|由|系|来自)",
				 s->figure.end, after))
		found = class_in(r, s->figure.end, after);
	return found ? found : class_beside(r, s);
}

/* 办结数明显增加，由2023年的87件: the words may stand before the comma. */
const struct claim_def *claim_wider(const struct reading *r,
				    const struct said *s, size_t after)
{
	struct said one = *s;

	one.window = one.clause = s->since;
	return claim_find(r, &one, after);
}

/* ---- one figure ---- */

/* 不予公开、无法提供共34件: the claims of the names. */
static void add_summed(const struct reading *r, struct said *s, size_t after)
{
	struct match names[SUMMED];
	size_t from = s->total ? s->clause : s->window;
	size_t n = clause_names(r->at, from, s->words_end, names, SUMMED);

	for (size_t i = 0; n > 1 && i < n; i++) {
		struct said one = *s;

		one.window = one.clause = names[i].start;
		one.words_end = names[i].end;
		s->summed[i] = claim_find(r, &one, after);
		if (!s->summed[i])
			break;
		s->sum_count = i + 1;
	}
	if (s->sum_count < n || n < 2)
		s->sum_count = 0;
}

/* 自然人占新收的83%: the part before 占, the whole behind it. */
static void split_share(struct reading *r, struct said *s, size_t after)
{
	size_t from = s->clause > s->since ? s->clause : s->since;
	struct said one = *s;
	struct match m;

	if (!place_last(r->at, kind_share, from, s->words_end, &m))
		return;
	one.figure.unit = FIGURE_COUNT;
	one.window = one.clause = one.since = from;
	one.words_end = m.start;
	s->part = one.claim = claim_plain(r->form, r->at->text, s->sentence,
					  one.window, one.words_end)
				      ? claim_find(r, &one, after)
				      : NULL;
	find_others(r, NULL, &one, after);
	if (one.other_count && whole_behind(r, &one, one.others[0]))
		s->part = one.others[0];
	s->part_class = class_in(r, from, m.start);
	one.window = one.clause = one.since = m.end;
	one.words_end = s->words_end;
	s->claim = s->heard = claim_find(r, &one, after);
	s->klass = NULL;
}

/* How far the words behind a figure reach: to the end of its clause, or to the
 * next figure, without what stands before that in a list. */
static size_t words_behind(const struct reading *r, const struct said *s,
			   const struct said *next)
{
	size_t end =
		clause_next(r->at, s->figure.end, s->sentence_end, clause_ends);

	if (!next || next->figure.start > end)
		return end;
	return next->window > s->figure.end ? next->window : next->figure.start;
}

/* 非公开类（不予公开、无法提供）40件: the words are those before the bracket. */
static void skip_bracket(const struct reading *r, struct said *s)
{
	static const char *const close[] = { "）", ")", NULL };
	static const char *const open[] = { "（", "(", NULL };
	size_t at = clause_behind(r->at, s->since, s->figure.start, open);

	if (clause_behind(r->at, s->since, s->figure.start, close) !=
		    s->figure.start ||
	    at == s->since)
		return;
	while (at > s->since && !clause_mark(r->at, at, open))
		at--;
	s->words_end = at;
	s->window = clause_behind(r->at, s->since, at, clause_pauses);
}

/* 新收申请中，自然人79件: the row stands in the clause before. */
static void find_row(struct reading *r, struct said *s, size_t after)
{
	const struct claim_def *c;

	if (!s->klass || s->claim || s->since != s->sentence)
		return;
	c = claim_wider(r, s, after);
	if (c && has_columns(r->form, c))
		s->claim = c;
}

static void find_words(struct reading *r, const struct said *before,
		       struct said *s, size_t after)
{
	const struct claims_def *d = r->defs;
	bool counts = s->figure.unit != FIGURE_YUAN &&
		      !clause_is_at(r->at, s->figure.digits_end, "个");

	skip_bracket(r, s);
	s->topic = claim_topic(r, after);
	s->claim = claim_find(r, s, after);
	if (!s->claim)
		s->claim = claim_behind(r, s, after);
	find_others(r, before, s, after);
	s->klass = counts ? find_class(r, s, after) : NULL;
	if (s->figure.unit != FIGURE_PERCENT)
		find_row(r, s, after);
	s->heard = s->claim;
	s->row = r->row;
	s->scope = claim_scope(r, s->figure.start);
	s->channel = claim_fits(r, d->channel, s->window, s->words_end);
	s->total = claim_fits(r, kind_total, s->window, s->words_end);
	s->down = claim_fits(r, kind_down, s->clause, s->figure.start);
	s->within = claim_fits(r, "其中|^[，（]?(?:含|包括|包含)", s->since,
			       s->words_end);
	s->own_named = claim_names_own(r, s->since, s->figure.start);
	s->more = claim_fits(r, kind_more, s->window, s->words_end);
	s->points = clause_is_at(r->at, s->figure.digits_end, "个百分点") ||
		    clause_is_at(r->at, s->figure.digits_end, "百分点");
}

void claim_judge(struct reading *r, struct said *list, size_t first,
		 size_t count, size_t i)
{
	const struct said *before = i > first ? &list[i - 1] : NULL;
	const struct said *next = i + 1 < first + count ? &list[i + 1] : NULL;
	struct said *s = &list[i];
	size_t after = words_behind(r, s, next);

	find_words(r, before, s, after);
	if (s->figure.unit == FIGURE_PERCENT) {
		s->kind = claim_period(r, s->figure.start) == PERIOD_OTHER
				  ? SAID_ASIDE
				  : kind_of_percent(r, s);
		if (s->kind == SAID_SHARE)
			split_share(r, s, after);
		return;
	}
	if (s->total || !s->topic || strcmp(s->topic->id, "request") == 0)
		add_summed(r, s, after);
	s->kind = kind_of_figure(r, list, first, i, after);
	s->heard = s->claim ? s->claim : s->heard;
	if (s->kind == SAID_ASIDE || s->kind == SAID_NOTHING)
		s->claim = NULL;
	if (s->kind == SAID_VALUE && s->claim && has_columns(r->form, s->claim))
		r->row = s->claim;
}
