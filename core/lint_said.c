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

/* 涉及第三方权益的35件，均征求意见: they concern it; that they were refused is not
 * said. */
static bool is_mentioned(const struct reading *r, const struct claim_def *c,
			 const struct said *s, size_t from, size_t after)
{
	static const char mentions[] = "涉及|涉|关于|有关|关系|事关";
	static const char asked[] =
		"^[^，。；0-9]{0,6}，(?:均|都|已|依法|全部|及时|书面)*征求";

	if (c->told && claim_fits(r, "不服", from, s->words_end))
		return true; /* 因对…答复不服的22件 */
	return c->told &&
	       (claim_fits(r, mentions, from, s->words_end) ||
		claim_fits(r, asked, s->figure.end, s->sentence_end)) &&
	       !claim_fits(r, c->told, s->sentence, after);
}

/* The words in the window first: of most claims they are not there. */
static bool words_fit(const struct reading *r, const struct claim_def *c,
		      const struct said *s, size_t after)
{
	size_t wide = s->clause > s->since ? s->clause : s->since;
	size_t from = c->wide && wide < s->window ? wide : s->window;

	if (!claim_fits(r, c->pattern, from, s->words_end) &&
	    (s->figure.unit == FIGURE_PERCENT ||
	     !claim_fits(r, c->after, s->figure.end, after)))
		return false;
	if (claim_fits(r, c->unless, from, after) ||
	    claim_fits(r, c->shun, s->sentence, s->sentence_end))
		return false;
	if (is_mentioned(r, c, s, from, after))
		return false;
	if (c->needs && !claim_fits(r, c->needs, s->sentence, s->sentence_end))
		return false;
	if (c->before &&
	    !claim_fits(r, c->before, s->sentence, s->figure.start))
		return false;
	return !claim_fits(r, c->past, s->figure.end, s->sentence_end);
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

const struct claim_def *claim_find(const struct reading *r,
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

bool claim_is_all(const struct reading *r, const struct claim_def *c)
{
	for (size_t i = 0; i < r->defs->row_count; i++)
		if (c->values[0].cells[0] == r->defs->rows[i].cells[0])
			return true;
	return false;
}

/* Is the second claim's value a part of the first's? */
bool claim_adds(const struct form_def *form, const struct claim_def *whole,
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

	return claim_adds(r->form, c, s->claim) &&
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
		    (!claim_adds(r->form, s->claim, c) &&
		     !whole_behind(r, s, c)))
			continue;
		s->others[s->other_count++] = c;
	}
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

/* Where the names of 不予公开、无法提供34件 begin: those before it have no
 * figure of their own. */
static size_t names_from(const struct reading *r, const struct said *s)
{
	size_t from = s->clause > s->since ? s->clause : s->since;

	if (s->total)
		return s->clause;
	if (s->window <= from + 3 ||
	    !clause_is_at(r->at, s->window - 3, "、") ||
	    claim_fits(r, "等|原因|情形|为由", s->window, s->words_end))
		return s->window;
	while (clause_is_at(r->at, from, "与") ||
	       clause_is_at(r->at, from, "和"))
		from += 3;
	return from;
}

static bool is_summed(const struct said *s, const struct claim_def *c)
{
	for (size_t i = 0; i < s->sum_count; i++)
		if (s->summed[i] == c)
			return true;
	return false;
}

/* 以不掌握、需要另行制作为由作出的无法提供答复89件: where the reasons end; several
 * of them, all told.  0: not so. */
static size_t reasons_end(const struct reading *r, const struct said *s)
{
	size_t from = s->clause > s->since ? s->clause : s->since;
	struct match m;

	if (!s->claim ||
	    !place_first(r->at,
			 "为由|而|(?:等)?(?:情形|原因|理由)|(?:不予|无法)",
			 s->window, s->words_end, &m) ||
	    m.start == s->window ||
	    !claim_fits(r, "、|和|及|与", from, m.start) ||
	    claim_fits(r, "等", from, s->words_end))
		return 0;
	return m.start;
}

/* 不予公开、无法提供共34件: the claims of the names. */
static void add_summed(const struct reading *r, struct said *s, size_t after)
{
	struct match names[SUMMED];
	size_t reasons = reasons_end(r, s);
	size_t from = !reasons               ? names_from(r, s)
		      : s->clause > s->since ? s->clause
					     : s->since;
	size_t n = s->klass ? 0
			    : clause_names(r->at, from,
					   reasons ? reasons : s->words_end,
					   names, SUMMED);

	for (size_t i = 0; n > 1 && i < n; i++) {
		struct said one = *s;
		const struct claim_def *c;

		one.window = one.clause = names[i].start;
		one.words_end = names[i].end;
		c = claim_find(r, &one, after);
		if (!c || is_summed(s, c) || (!s->total && claim_is_all(r, c)))
			break;
		s->summed[i] = c;
		s->sum_count = i + 1;
	}
	if (s->sum_count < n || n < 2)
		s->sum_count = 0;
	s->sum_loose = reasons && s->sum_count;
}

/* 占全市的14.2%, of a county. */
static bool names_wider(const struct reading *r, struct match whole)
{
	struct match m;
	size_t len = strlen(r->own_wide);

	return place_first(r->at, "全[国省市县区州盟旗]", whole.start,
			   whole.end, &m) &&
	       (len != m.end - m.start ||
		memcmp(r->own_wide, r->at->text + m.start, len) != 0);
}

/* The part and the whole of a share, by their words. */
static void read_share(struct reading *r, struct said *s, struct match part,
		       struct match whole, size_t after)
{
	const struct claim_def *wider = NULL;
	struct said one = *s;

	one.figure.unit = FIGURE_COUNT;
	one.window = one.clause = one.since = part.start;
	one.words_end = part.end;
	s->part = one.claim = claim_plain(r->form, r->at->text, s->sentence,
					  part.start, part.end)
				      ? claim_find(r, &one, after)
				      : NULL;
	find_others(r, NULL, &one, after);
	if (one.other_count && whole_behind(r, &one, one.others[0]))
		wider = one.others[0];
	s->part_class = class_in(r, part.start, part.end);
	if (!claim_plain(r->form, r->at->text, s->sentence, whole.start,
			 whole.end))
		s->scope = SCOPE_WIDER; /* 占市直部门总量的20% */
	if (names_wider(r, whole))
		s->scope = SCOPE_WIDER;
	one.window = one.clause = one.since = whole.start;
	one.words_end = whole.end;
	s->claim = s->heard = claim_find(r, &one, after);
	if (wider && wider != s->claim)
		s->part = wider;
	s->whole_class = class_in(r, whole.start, whole.end);
	s->klass = NULL;
}

/* 自然人占新收的83%: the part before 占, the whole behind it. */
static void split_share(struct reading *r, struct said *s, size_t after)
{
	size_t from = s->clause > s->since ? s->clause : s->since;
	struct match m;

	if (s->whole_to) {
		read_share(r, s, (struct match){ s->window, s->words_end },
			   (struct match){ s->whole_from, s->whole_to }, after);
	} else if (pattern_last(kind_share, r->at->text + from,
				s->words_end - from, &m)) {
		read_share(r, s, (struct match){ from, from + m.start },
			   (struct match){ from + m.end, s->words_end }, after);
	} else if (claim_fits(r, share_behind, s->figure.end, after)) {
		s->part_class = class_in(r, s->figure.end, after);
	}
}

/* 比重由80.1%变为78.9%: the same share, of both years. */
static void take_share(const struct said *before, struct said *s)
{
	if (!before || before->kind != SAID_SHARE || s->part || s->part_class ||
	    s->claim)
		return;
	s->part = before->part;
	s->part_class = before->part_class;
	s->claim = s->heard = before->claim;
	s->scope = before->scope;
}

/* How far the words behind a figure reach: to the end of its clause, or to the
 * next figure, without what stands before that in a list. */
static size_t words_behind(const struct reading *r, const struct said *s,
			   const struct said *next)
{
	size_t to = next && next->figure.start < s->sentence_end
			    ? next->figure.start
			    : s->sentence_end;
	size_t end = clause_next(r->at, s->figure.end, to, clause_ends);
	struct match m;

	/* 61件商业企业申请中予以公开21件: what is among them is another's */
	if (place_first(r->at, "^[^，。；、0-9]{0,12}(?:申请|案件|答复)(?=中)",
			s->figure.end, end, &m))
		return m.end;
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

/* "upheld" of disputes.review.upheld; NULL of a total. */
static const char *result_of(const struct reading *r, const struct claim_def *c)
{
	const char *path = r->form->cells[c->values[0].cells[0]].path;
	const char *last = strrchr(path, '.') + 1;

	return strcmp(last, "total") == 0 ? NULL : last;
}

/* 未审结的复议案件31件、诉讼案件25件: the second may be of that result, too. */
static const char *carried_result(const struct reading *r,
				  const struct said *list, size_t first,
				  size_t i)
{
	const struct claim_def *c = list[i].claim;
	const struct section_def *section =
		r->form->cells[c->values[0].cells[0]].section;

	if (result_of(r, c))
		return NULL;
	for (size_t k = i; k-- > first;) {
		const struct claim_def *b = list[k].heard;
		const char *result = b ? result_of(r, b) : NULL;

		if (result &&
		    r->form->cells[b->values[0].cells[0]].section == section)
			return result;
	}
	return NULL;
}

/* 自然人申请办结170件，其中予以公开61件: the row's value may be of the class;
 * 结转的126件中，自然人提出112件: the class's, of the row told before. */
static void find_carried(struct reading *r, struct said *list, size_t first,
			 size_t i)
{
	struct said *s = &list[i];
	const struct class_def *klass;

	if (!s->claim)
		return;
	if (!claim_has_columns(r, s->claim)) {
		s->carried = carried_result(r, list, first, i);
		return;
	}
	klass = s->klass ? NULL : claim_class(r, s->figure.start);
	s->carried = klass ? klass->columns : NULL;
	if (s->klass && s->row && s->row != s->claim && s->other_count < OTHERS)
		s->others[s->other_count++] = s->row;
}

/* 分别增加66件、68件和7件: one word for all of them. */
static bool shares_word(const struct reading *r, const struct said *s)
{
	static const char word[] =
		"^(?:(?:比|较)[^，。；0-9]{0,6}|同比)?(?:增加|减少|多|少|上升|下降|增长|降低)(?:了)?[0-9０-９]";

	return s->rest && s->rest < s->since &&
	       claim_fits(r, word, s->rest, s->since) &&
	       !claim_fits(r, "(?!和|及|与)[一-龥]", s->since, s->figure.start);
}

/* Behind 分别 each figure has its own word, or all have one. */
static bool is_down(const struct reading *r, const struct said *s)
{
	size_t from = !s->rest                                  ? s->clause
		      : s->rest > s->since || shares_word(r, s) ? s->rest
								: s->since;

	return kind_is_down(r, from, s->figure.start);
}

static void find_words(struct reading *r, const struct said *before,
		       struct said *s, size_t after)
{
	const struct claims_def *d = r->defs;
	bool counts = s->figure.unit != FIGURE_YUAN &&
		      !clause_is_at(r->at, s->figure.digits_end, "个");

	skip_bracket(r, s);
	s->topic = s->rest ? claim_topic_in(r, s->window, s->words_end) : NULL;
	if (!s->topic)
		s->topic = claim_topic(r, s->rest ? s->rest : after);
	s->claim = claim_find(r, s, after);
	if (s->claim)
		s->behind = claim_told_behind(r, s, after);
	else
		s->claim = claim_behind(r, before, s, after);
	if (!s->claim)
		s->claim = claim_before(r, before, s, after);
	find_others(r, before, s, after);
	s->klass = counts ? class_of(r, s, after) : NULL;
	if (s->figure.unit != FIGURE_PERCENT)
		class_join(r, s);
	if (s->figure.unit != FIGURE_PERCENT)
		class_row(r, s, after);
	s->heard = s->claim;
	s->row = r->row;
	s->scope = claim_scope(r, s->figure.start);
	s->channel = claim_fits(r, d->channel, s->window, s->words_end);
	s->total = claim_fits(r, kind_total, s->window, s->words_end);
	s->within = claim_fits(
		r, "其中|^[，（]?(?:含|包括|包含)|^\\p{Han}{0,6}中，", s->since,
		s->words_end);
	s->own_named = claim_names_own(r, s->since, s->figure.start);
	s->more = claim_fits(r, kind_more, s->window, s->words_end) ||
		  (s->rest &&
		   claim_fits(r, kind_more, s->rest, s->figure.start)) ||
		  shares_word(r, s);
	if (s->more || s->figure.unit == FIGURE_PERCENT ||
	    s->figure.unit == FIGURE_OTHER)
		s->down = is_down(r, s);
	s->points = clause_is_at(r->at, s->figure.digits_end, "个百分点") ||
		    clause_is_at(r->at, s->figure.digits_end, "百分点");
}

void claim_judge(struct reading *r, struct said *list, size_t first,
		 size_t count, size_t i)
{
	const struct said *before = i > first ? &list[i - 1] : NULL;
	const struct said *next = i + 1 < first + count ? &list[i + 1] : NULL;
	struct said *s = &list[i];
	size_t after = s->rest ? s->words_end : words_behind(r, s, next);

	find_words(r, before, s, after);
	if (s->figure.unit == FIGURE_PERCENT) {
		s->kind = claim_period(r, s->figure.start) == PERIOD_OTHER
				  ? SAID_ASIDE
			  : kind_same_share(r, before, s)
				  ? SAID_SHARE
				  : kind_of_percent(r, s);
		if (s->kind == SAID_SHARE) {
			kind_of_year(r, s);
			split_share(r, s, after);
			if (kind_is_to(r, s) || kind_same_share(r, before, s))
				take_share(before, s);
		}
		return;
	}
	find_carried(r, list, first, i);
	if (s->total || !s->topic || strcmp(s->topic->id, "request") == 0)
		add_summed(r, s, after);
	s->kind = kind_of_figure(r, list, first, i, after);
	s->heard = s->claim ? s->claim : s->heard;
	if (s->kind == SAID_ASIDE || s->kind == SAID_NOTHING)
		s->claim = NULL;
	if (s->kind == SAID_VALUE && s->claim &&
	    claim_has_columns(r, s->claim) &&
	    (s->row_told || !(s->klass && s->row)))
		r->row = s->claim;
}
