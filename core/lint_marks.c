/* What a sentence names: topics, whose figures they are, times. */
#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

enum {
	BEGINNING = 36, /* bytes of a name that a sentence begins with */
};

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

static bool contains(const char *name, const char *from, const char *to)
{
	return memmem(name, strlen(name), from, (size_t)(to - from)) != NULL;
}

/* Are the characters, in this order, some of the name's?  市卫健委 of
 * 云泽市卫生健康委员会 */
static bool shortens(const char *name, const char *from, const char *to)
{
	while (from < to) {
		size_t n = 1;
		const char *at;

		while (from + n < to && ((unsigned char)from[n] & 0xc0) == 0x80)
			n++;
		at = memmem(name, strlen(name), from, n);
		if (!at)
			return false;
		name = at + n;
		from += n;
	}
	return true;
}

/* 其中市局: the first character is none of the name. */
static bool is_joint(const struct reading *r, size_t at)
{
	static const char *const joints[] = { "中", "由", "与", "和",
					      "，", "、", "；", "。",
					      "向", "经", "在", "为",
					      "对", "及", "年", NULL };

	return clause_mark(r->at, at, joints) > 0;
}

static bool is_of_school(const char *name, const char *from, const char *to)
{
	static const char school[] = "校", learns[] = "学";

	return (size_t)(to - from) > strlen(school) &&
	       memcmp(to - strlen(school), school, strlen(school)) == 0 &&
	       strstr(name, learns);
}

/* 全县 of a county, 教育局 of 青溪县教育局: the characters before it tell. */
static bool is_own(const struct reading *r, const struct mark *m)
{
	const char *s = r->at->text;
	size_t from = m->start;

	/* 本校, 学校 of a university */
	if (is_of_school(r->own_name, s + m->start, s + m->end))
		return true;
	/* 我局 of a bureau, 我镇 of a town */
	if (clause_is_at(r->at, from, "我") || clause_is_at(r->at, from, "本"))
		return contains(r->own_name, s + from + strlen("我"),
				s + m->end) ||
		       contains(r->own_wide, s + from + strlen("我"),
				s + m->end);

	for (int i = 0; i < 2 && from > r->from; i++) {
		size_t at = from;

		do
			at--;
		while (at > r->from && ((unsigned char)s[at] & 0xc0) == 0x80);
		if (is_joint(r, at) || (unsigned char)s[at] < 0x80)
			break;
		from = at;
	}
	return contains(r->own_wide, s + m->start, s + m->end) ||
	       shortens(r->own_name, s + from, s + m->end);
}

static struct mark *add_mark(struct reading *r, enum mark_kind kind,
			     struct match m)
{
	struct mark *mark;

	r->marks = mem_grow(r->marks, r->mark_count, &r->mark_room,
			    sizeof *r->marks);
	mark = &r->marks[r->mark_count++];
	*mark = (struct mark){ .kind = kind,
			       .start = r->from + m.start,
			       .end = r->from + m.end };
	return mark;
}

static bool next_match(const struct reading *r, const char *pattern,
		       struct match *m)
{
	return place_allows(r->at, pattern, r->from + m->end, r->to) &&
	       pattern_find(pattern, r->at->text + r->from, r->to - r->from,
			    m->end, m);
}

static void mark_topic(struct reading *r, const struct topic_def *topic)
{
	struct match m = { 0 };

	while (next_match(r, topic->pattern, &m))
		add_mark(r, MARK_TOPIC, m)->topic = topic;
}

static void mark_scope(struct reading *r, const char *pattern,
		       enum said_scope scope)
{
	struct match m = { 0 };

	while (next_match(r, pattern, &m)) {
		struct mark *mark = add_mark(r, MARK_SCOPE, m);

		mark->scope = is_own(r, mark) ? SCOPE_OWN : scope;
	}
}

static void mark_period(struct reading *r, const char *pattern,
			enum period period)
{
	struct match m = { 0 };

	while (next_match(r, pattern, &m))
		add_mark(r, MARK_PERIOD, m)->period = period;
}

/* 2023年, 上年 at the beginning of a clause. */
static void mark_years(struct reading *r)
{
	static const char pattern[] =
		"(?=[其而到在截2去上])(?:(?<=[，；：])|^)(?:其中|而)?(?:"
		"(?:到|在|截至)?20\\d\\d年(?!末|底|以|前|相比|同期)(?:度)?|"
		"(?:去年|上年|上一年)(?:度)?+(?:同期)?+(?:（20\\d\\d年）)?(?!末|底|结|未|转|遗|积|的?同|旧|[^，。；]{0,12}(?:相比|问题)))";
	struct match m = { 0 };

	while (r->year && next_match(r, pattern, &m)) {
		const char *s = r->at->text + r->from + m.start;
		const char *digits = memmem(s, m.end - m.start, "20", 2);
		int year = digits ? atoi(digits) : r->year - 1;
		bool dated = m.end < r->to - r->from &&
			     s[m.end - m.start] >= '0' &&
			     s[m.end - m.start] <= '9';

		if (dated && year <= r->year)
			continue; /* 2024年1月1日至12月31日 */
		add_mark(r, MARK_PERIOD, m)->period =
			year == r->year       ? PERIOD_OWN
			: year == r->year - 1 ? PERIOD_LAST
					      : PERIOD_OTHER;
	}
}

/* Most sentences without a figure are asked for topics alone. */
static void mark_topics(struct reading *r)
{
	const struct claims_def *d = r->defs;

	for (size_t i = 0; i < d->topic_count; i++)
		mark_topic(r, &d->topics[i]);
}

static void mark_scopes(struct reading *r)
{
	const struct claims_def *d = r->defs;

	mark_scope(r, d->parts, SCOPE_PART);
	if (r->divides)
		mark_scope(r, d->office, SCOPE_OFFICE);
	mark_scope(r, d->wider, SCOPE_WIDER);
}

static void mark_periods(struct reading *r)
{
	const struct claims_def *d = r->defs;

	mark_period(r, d->part_year, PERIOD_OTHER);
	mark_period(r, d->whole_year, PERIOD_OWN);
	mark_years(r);
}

static void mark_classes(struct reading *r)
{
	const struct claims_def *d = r->defs;

	if (d->class_words && !claim_fits(r, d->class_words, r->from, r->to))
		return;

	for (size_t i = 0; i < d->class_count; i++) {
		struct match m = { 0 };

		while (next_match(r, d->classes[i].pattern, &m))
			add_mark(r, MARK_CLASS, m)->klass = &d->classes[i];
	}
}

/* The last mark of the kind before `limit`, or NULL; of two that end together
 * the one asked for later. */
static const struct mark *last_mark(struct reading *r, size_t limit,
				    enum mark_kind kind)
{
	static void (*const find[])(struct reading * r) = {
		[MARK_TOPIC] = mark_topics,
		[MARK_SCOPE] = mark_scopes,
		[MARK_PERIOD] = mark_periods,
		[MARK_CLASS] = mark_classes,
	};
	const struct mark *found = NULL;

	if (!r->marked[kind])
		find[kind](r);
	r->marked[kind] = true;
	for (size_t i = 0; i < r->mark_count; i++) {
		const struct mark *m = &r->marks[i];

		if (m->kind == kind && m->end <= limit &&
		    !(kind == MARK_TOPIC && r->out->brackets &&
		      clause_closes(r->at, m->end, limit)) &&
		    (!found || m->end >= found->end))
			found = m;
	}
	return found;
}

static void carry_topic(struct reading *r, const struct topic_def *topic,
			size_t to)
{
	if (topic)
		r->topic = topic->later ? topic->later : topic;
	r->topic_to = to;
}

/* Those of the sentences before are looked for when they are asked for: few
 * sentences do not name their own. */
const struct topic_def *claim_topic(struct reading *r, size_t limit)
{
	const struct mark *m = last_mark(r, limit, MARK_TOPIC);

	if (m)
		return m->topic;
	if (r->topic_to < r->from)
		carry_topic(r,
			    claim_heading(r, r->at->text + r->topic_to,
					  r->from - r->topic_to),
			    r->from);
	return r->topic;
}

const struct topic_def *claim_topic_in(struct reading *r, size_t from,
				       size_t to)
{
	const struct mark *m = NULL;

	(void)last_mark(r, to, MARK_TOPIC);
	for (size_t i = 0; i < r->mark_count; i++)
		if (r->marks[i].kind == MARK_TOPIC &&
		    r->marks[i].start >= from && r->marks[i].end <= to)
			m = &r->marks[i];
	return m ? m->topic : NULL;
}

enum said_scope claim_scope(struct reading *r, size_t limit)
{
	const struct mark *m = last_mark(r, limit, MARK_SCOPE);

	return m ? m->scope : r->scope;
}

enum period claim_period(struct reading *r, size_t limit)
{
	static const char *const ends[] = { "；", ";", NULL };
	const struct mark *m = last_mark(r, limit, MARK_PERIOD);
	size_t from;

	if (!m)
		return PERIOD_OWN;
	if (m->period != PERIOD_LAST)
		return m->period;
	if (clause_behind(r->at, r->from, limit, ends) > m->end)
		return PERIOD_OWN;
	from = m->end;
	if (clause_is_at(r->at, from, "，")) /* 上年，本局新收… */
		from += strlen("，");
	return clause_behind(r->at, from, limit, clause_marks) > from
		       ? PERIOD_EITHER
		       : PERIOD_LAST;
}

const struct class_def *claim_class(struct reading *r, size_t limit)
{
	const struct mark *m = last_mark(r, limit, MARK_CLASS);

	return m ? m->klass : r->klass;
}

bool claim_names_own(struct reading *r, size_t from, size_t to)
{
	(void)last_mark(r, to, MARK_SCOPE);
	for (size_t i = 0; i < r->mark_count; i++) {
		const struct mark *m = &r->marks[i];

		if (m->kind == MARK_SCOPE && m->scope == SCOPE_OWN &&
		    m->start >= from && m->end <= to)
			return true;
	}
	return false;
}

/* …, a time before it left out. */
static bool begins_with(const struct reading *r, const struct mark *m)
{
	const char *s = r->at->text + r->from;
	struct match time = { 0 };
	size_t from = r->from;

	if (pattern_find("^(?:20\\d\\d年(?:度)?|本年度?|全年|今年)，", s,
			 r->to - from, 0, &time))
		from += time.end;
	return m->start >= from && m->start - from < BEGINNING &&
	       clause_behind(r->at, from, m->start, clause_marks) == from;
}

/* 县教育局收到…。全年办结…: a part that a sentence begins with is spoken of
 * until another is named. */
static void carry_scope(struct reading *r)
{
	const struct mark *last = last_mark(r, r->to, MARK_SCOPE);

	if (!last)
		return;
	r->scope = SCOPE_OWN;
	for (size_t i = 0; i < r->mark_count; i++) {
		const struct mark *m = &r->marks[i];

		if (m->kind == MARK_SCOPE && last->scope != SCOPE_WIDER &&
		    begins_with(r, m))
			r->scope = last->scope;
	}
}

/* A sentence with classes that are one: the next may go on with it. */
static void carry_class(struct reading *r)
{
	const struct mark *last = last_mark(r, r->to, MARK_CLASS);

	r->klass = last ? last->klass : NULL;
	for (size_t i = 0; i < r->mark_count; i++)
		if (r->marks[i].kind == MARK_CLASS &&
		    r->marks[i].klass != r->klass)
			r->klass = NULL;
}

void claim_carry(struct reading *r, bool figures)
{
	if (r->marked[MARK_TOPIC])
		carry_topic(r, claim_topic(r, r->to), r->to);
	if (figures)
		carry_scope(r);
	r->klass = NULL;
	if (figures)
		carry_class(r);
}
