/* What one figure is said of, by the words around it. */
#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"

/* ---- what the words say ---- */

const struct topic_def *claim_heading(const struct reading *r, const char *s,
				      size_t len)
{
	const struct topic_def *found = NULL;
	size_t best = 0;

	for (size_t i = 0; i < r->defs->topic_count; i++) {
		const struct topic_def *t = &r->defs->topics[i];
		struct match m;

		if (pattern_last(t->pattern, s, len, &m) && m.end >= best) {
			best = m.end;
			found = t;
		}
	}
	return found;
}

/* 全县 of a county, 县教育局 of 青溪县教育局. */
static bool is_own(const struct reading *r, const char *s, size_t len)
{
	return memmem(r->own_wide, strlen(r->own_wide), s, len) ||
	       (len > 3 && memmem(r->own_name, strlen(r->own_name), s, len));
}

static void add_marks(struct reading *r, const char *pattern,
		      const struct topic_def *topic, enum said_scope scope)
{
	const char *s = r->at->text + r->from;
	struct match m;

	for (size_t at = 0; pattern_find(pattern, s, r->to - r->from, at, &m);
	     at = m.end) {
		bool own = !topic && is_own(r, s + m.start, m.end - m.start);

		r->marks = mem_grow(r->marks, r->mark_count, &r->mark_room,
				    sizeof *r->marks);
		r->marks[r->mark_count++] =
			(struct mark){ r->from + m.end, topic,
				       own ? SCOPE_OWN : scope };
	}
}

static void mark_sentence(struct reading *r)
{
	const struct claims_def *d = r->defs;

	if (r->marked)
		return;
	r->marked = true;
	r->mark_count = 0;
	for (size_t i = 0; i < d->topic_count; i++)
		add_marks(r, d->topics[i].pattern, &d->topics[i], SCOPE_OWN);
	add_marks(r, d->parts, NULL, SCOPE_PART);
	if (r->divides)
		add_marks(r, d->office, NULL, SCOPE_OFFICE);
	add_marks(r, d->wider, NULL, SCOPE_WIDER);
}

/* The last mark before `limit`, of topics or of scopes, or NULL; of two that
 * end together the one asked for later. */
static const struct mark *last_mark(struct reading *r, size_t limit, bool topic)
{
	const struct mark *found = NULL;

	mark_sentence(r);
	for (size_t i = 0; i < r->mark_count; i++) {
		const struct mark *m = &r->marks[i];

		if (!m->topic == !topic && m->end <= limit &&
		    (!found || m->end >= found->end))
			found = m;
	}
	return found;
}

const struct topic_def *claim_topic(struct reading *r, size_t limit)
{
	const struct mark *m = last_mark(r, limit, true);

	return m ? m->topic : r->topic;
}

enum said_scope claim_scope(struct reading *r, size_t limit)
{
	const struct mark *m = last_mark(r, limit, false);

	return m ? m->scope : SCOPE_OWN;
}

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
	size_t from = c->wide && s->clause < s->window ? s->clause : s->window;

	if (c->shun && claim_fits(r, c->shun, s->sentence, s->sentence_end))
		return false;
	if (claim_fits(r, c->pattern, from, s->words_end))
		return !claim_fits(r, c->unless, from, after);
	return s->figure.unit != FIGURE_PERCENT &&
	       claim_fits(r, c->after, s->figure.end, after) &&
	       !claim_fits(r, c->unless, from, after);
}

static const struct claim_def *claim_find(const struct reading *r,
					  const struct said *s, size_t after)
{
	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];

		if (!c->none &&
		    (s->figure.unit == FIGURE_PERCENT ||
		     takes_unit(c, &s->figure)) &&
		    claim_topic_fits(r, c, s->topic, after) &&
		    words_fit(r, c, s, after))
			return c;
	}
	return NULL;
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
	const char *words = r->at->text + s->window;
	size_t len = s->words_end - s->window;
	struct match whole, part;

	return is_within(r->form, c, s->claim) &&
	       pattern_last(c->pattern, words, len, &whole) &&
	       pattern_last(s->claim->pattern, words, len, &part) &&
	       whole.start >= part.end;
}

/* 因涉及第三方权益，不予公开4件: what stood before in the sentence may be what
 * it is of. */
static void find_others(const struct reading *r, const struct said *before,
			struct said *s, size_t after)
{
	size_t from = before && before->sentence == s->sentence
			      ? before->figure.end
			      : s->sentence;

	for (size_t i = 0; s->claim && i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];

		if (c->none || c == s->claim || s->other_count == OTHERS ||
		    !takes_unit(c, &s->figure) ||
		    !claim_topic_fits(r, c, s->topic, after) ||
		    !claim_fits(r, c->pattern, from, s->words_end) ||
		    (!is_within(r->form, s->claim, c) &&
		     !whole_behind(r, s, c)))
			continue;
		s->others[s->other_count++] = c;
	}
}

static const struct class_def *find_class(const struct reading *r,
					  const struct said *s)
{
	for (size_t i = 0; i < r->defs->class_count; i++)
		if (claim_fits(r, r->defs->classes[i].pattern, s->window,
			       s->words_end))
			return &r->defs->classes[i];
	return NULL;
}

/* ---- what kind of figure ---- */

static const char change_words[] =
	"增长|增加|上升|提高|提升|增幅|升幅|增速|多|涨|下降|减少|降低|降幅|回落|少|同比";
static const char down_words[] = "下降|减少|降低|降幅|回落|少|降";
static const char share_words[] = "占|比例|比重";
/* of a figure itself */
static const char from_words[] =
	"(?:由|从)(?:上年|去年|上一年|20\\d\\d年)?(?:度)?的?$";
static const char to_words[] =
	"(?:增|减|降|升|上升|下降|提高)\\p{Han}{0,2}(?:至|到|为)$";
static const char more_words[] =
	"(?:增加|减少|多|少|(?<!新)增|减|上升|下降|增长|降低)(?:了|收|办)?$";
static const char total_words[] =
	"合计|共计|总计|总共|共$|[两二三四五六七八九](?:项|类|种)(?:合计|共|申请|答复|情形)*$";
static const char last_words[] = "上年|去年|上一年";

static enum said_kind percent_kind(const struct reading *r,
				   const struct said *s)
{
	size_t from = s->clause, to = s->words_end;

	if (claim_fits(r, from_words, s->window, to))
		return SAID_NOTHING;
	if (claim_fits(r, to_words, s->window, to))
		return SAID_SHARE;
	if (claim_fits(r, "率(?:为|达到?|是|约)*$", s->window, to))
		return SAID_RATE;
	if (claim_fits(r, share_words, from, to) &&
	    !claim_fits(r, change_words, s->window, to))
		return SAID_SHARE;
	if (claim_fits(r, change_words, from, to))
		return SAID_CHANGE;
	/* 78件（83.0%） */
	if (s->window == s->figure.start && from > 2 &&
	    (clause_is_at(r->at, s->figure.start - 3, "（") ||
	     r->at->text[s->figure.start - 1] == '('))
		return SAID_SHARE;
	return SAID_NOTHING;
}

/* A year of four digits in the words; 0 if there is none. */
static int year_in(const struct reading *r, size_t from, size_t to)
{
	struct match m;

	if (!pattern_find("20[0-9]{2}(?=年)", r->at->text + from, to - from, 0,
			  &m))
		return 0;
	return atoi(r->at->text + from + m.start);
}

static enum said_kind figure_kind(const struct reading *r, struct said *s,
				  const struct said *before)
{
	size_t from = s->window, to = s->words_end;
	const struct claim_def *said_before = before ? before->heard : NULL;
	int year = year_in(r, from, to);

	if (s->parted || claim_fits(r, from_words, from, to))
		return SAID_ASIDE;
	if (claim_fits(r, to_words, from, to)) {
		s->claim = s->claim ? s->claim : said_before;
		return s->claim ? SAID_VALUE : SAID_NOTHING;
	}
	if (claim_fits(r, more_words, from, to)) {
		s->claim = s->claim ? s->claim : said_before;
		return s->claim && !s->klass ? SAID_MORE : SAID_ASIDE;
	}
	if (s->claim && s->claim->own_time)
		return SAID_VALUE;
	if (claim_fits(r, last_words, from, to) ||
	    (year && year == r->year - 1 && r->year) ||
	    (!year && before && before->kind == SAID_LAST &&
	     s->clause <= before->figure.start))
		return s->claim && !s->klass ? SAID_LAST : SAID_ASIDE;
	if ((year && r->year && year != r->year) || s->channel ||
	    claim_fits(r, r->defs->silence, from, to))
		return SAID_ASIDE;
	if (s->claim || s->sum_count > 1)
		return SAID_VALUE;
	return s->klass && (!s->topic || strcmp(s->topic->id, "other") != 0)
		       ? SAID_VALUE
		       : SAID_NOTHING;
}

/* ---- one figure ---- */

/* 不予公开、无法提供共34件: the claims of the names. */
static void add_summed(const struct reading *r, struct said *s, size_t after)
{
	struct match names[SUMMED];
	size_t n = clause_names(r->at, s->clause, s->words_end, names, SUMMED);

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

/* A row of a table with a column of totals: a class is one of the others. */
static bool has_columns(const struct form_def *form, const struct claim_def *c)
{
	const struct cell_def *cell = &form->cells[c->values[0].cells[0]];

	return cell->column && cell->column->sum;
}

/* How far the words behind a figure reach: to the end of its clause, or to the
 * next one's in a list. */
static size_t words_behind(const struct reading *r, const struct said *s,
			   const struct said *next)
{
	size_t end =
		clause_next(r->at, s->figure.end, s->sentence_end, clause_ends);

	return next && next->window > s->figure.end && next->window < end
		       ? next->window
		       : end;
}

void claim_judge(struct reading *r, const struct said *before, struct said *s,
		 const struct said *next)
{
	const struct claims_def *d = r->defs;
	size_t from = s->window, to = s->words_end;
	size_t after = words_behind(r, s, next);

	s->topic = claim_topic(r, after);
	s->claim = s->heard = claim_find(r, s, after);
	find_others(r, before, s, after);
	s->klass = find_class(r, s);
	s->row = r->row;
	s->scope = claim_scope(r, s->figure.start);
	s->channel = claim_fits(r, d->channel, from, to);
	s->total = claim_fits(r, total_words, from, to);
	s->down = claim_fits(r, down_words, s->clause, s->figure.start);
	if (s->figure.unit == FIGURE_PERCENT) {
		s->kind = percent_kind(r, s);
		return;
	}
	if (s->total)
		add_summed(r, s, after);
	s->kind = figure_kind(r, s, before);
	s->heard = s->claim;
	if (s->kind == SAID_ASIDE || s->kind == SAID_NOTHING)
		s->claim = NULL;
	if (s->kind == SAID_VALUE && s->claim && has_columns(r->form, s->claim))
		r->row = s->claim;
}
