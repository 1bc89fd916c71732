#include "core/lint_claim.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"

enum {
	HEADING_LIMIT = 30, /* characters */
};

/* Reading one paragraph. */
struct reading {
	const struct form_def *form;
	const struct claims_def *defs;
	const struct place *at;
	const char *own_wide; /* 全县 of a county */
	const char *own_name;
	int year;
	bool divides; /* a government: its office is not the whole */
	struct claims *out;
	const struct topic_def *topic; /* of the sentence before, or heading */
	const struct claim_def *row;   /* spoken of last */
};

void claims_free(struct claims *c)
{
	if (!c)
		return;
	free(c->list);
	free(c->nones);
	free(c);
}

bool claim_is_heading(const char *s, size_t len)
{
	static const char stop[] = "。";
	const char *at = memmem(s, len, stop, strlen(stop));
	size_t n = 0;

	if (len > 4 * HEADING_LIMIT || (at && at + strlen(stop) < s + len))
		return false;
	for (size_t i = 0; i < len; i++) {
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
		if (s[i] >= '0' && s[i] <= '9' && i > 4)
			return false; /* a figure: it says something */
	}
	return n <= HEADING_LIMIT;
}

/* ---- places in the paragraph ---- */

static bool is_at(const struct place *p, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at + n <= p->len && memcmp(p->text + at, word, n) == 0;
}

static size_t mark_at(const struct place *p, size_t at,
		      const char *const *marks)
{
	for (; *marks; marks++)
		if (is_at(p, at, *marks))
			return strlen(*marks);
	return 0;
}

static const char *const stops[] = { "。", "！", "？", NULL };
static const char *const pauses[] = { "，", "；", "。", "、", "：",
				      "（", "）", "！", "？", ",",
				      ";",  ":",  "(",  ")",  NULL };
static const char *const ends[] = { "，", "；", "。", "！", "？",
				    ",",  ";",  "（", "(",  NULL };

/* Behind the last mark of the list before `at`, not before `from`. */
static size_t behind_mark(const struct place *p, size_t from, size_t at,
			  const char *const *marks)
{
	size_t found = from;

	for (size_t i = from; i < at; i++) {
		size_t n = mark_at(p, i, marks);

		if (n && i + n <= at)
			found = i + n;
	}
	return found;
}

static size_t next_mark(const struct place *p, size_t at, size_t to,
			const char *const *marks)
{
	while (at < to && !mark_at(p, at, marks))
		at++;
	return at;
}

static bool fits(const struct reading *r, const char *pattern, size_t from,
		 size_t to)
{
	return pattern && to > from &&
	       pattern_fits(pattern, r->at->text + from, to - from);
}

/* ---- the figures, references among them ---- */

static struct said *add_said(struct claims *c)
{
	c->list = mem_grow(c->list, c->count, &c->room, sizeof *c->list);
	c->list[c->count] = (struct said){ 0 };
	return &c->list[c->count++];
}

/* The unit of a reference stands behind it. */
static enum figure_unit unit_behind(const struct place *p, size_t at,
				    const struct reference *ref)
{
	if (ref->kind != REFERENCE_SUM)
		return FIGURE_PERCENT;
	if (is_at(p, at, "元") || is_at(p, at, "万元"))
		return FIGURE_YUAN;
	return FIGURE_COUNT;
}

static void add_reference(const struct place *p, const struct reference *ref,
			  struct claims *out)
{
	struct said *s = add_said(out);

	s->reference = true;
	s->at = *ref;
	s->figure = (struct figure){ .start = ref->start,
				     .end = ref->end,
				     .digits_end = ref->end,
				     .step = NUM_ONE };
	s->figure.unit = unit_behind(p, ref->end, ref);
}

static void find_figures(const struct form_def *form, const struct place *p,
			 struct claims *out)
{
	char *text = xstrndup(p->text, p->len);
	struct figures f = { 0 };
	struct reference ref;
	size_t from = 0, i = 0;
	bool more = reference_next(form, text, 0, &ref);

	figures_find(text, p->len, &f);
	while (i < f.count || more) {
		if (more && (i == f.count || ref.start < f.list[i].start)) {
			while (i < f.count && f.list[i].start < ref.end)
				i++;
			add_reference(p, &ref, out);
			from = ref.end;
			more = reference_next(form, text, from, &ref);
		} else {
			add_said(out)->figure = f.list[i++];
		}
	}
	free(f.list);
	free(text);
}

/* ---- what the words say ---- */

static const struct topic_def *last_topic(const struct reading *r,
					  const char *s, size_t len,
					  const struct topic_def *before)
{
	size_t best = 0;

	for (size_t i = 0; i < r->defs->topic_count; i++) {
		const struct topic_def *t = &r->defs->topics[i];
		struct match m;

		if (pattern_last(t->pattern, s, len, &m) && m.end >= best) {
			best = m.end;
			before = t;
		}
	}
	return before;
}

/* What a topic needs stands in the paragraph so far, or in the heading. */
static bool topic_holds(const struct reading *r, const struct topic_def *topic,
			size_t to)
{
	return !topic->needs || fits(r, topic->needs, 0, to) ||
	       pattern_fits(topic->needs, r->at->above, r->at->above_len);
}

static bool takes_unit(const struct claim_def *c, const struct figure *f)
{
	if (c->yuan)
		return f->unit == FIGURE_YUAN;
	return f->unit == FIGURE_COUNT || f->unit == FIGURE_BARE;
}

static bool topic_fits(const struct reading *r, const struct claim_def *c,
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

	if (c->shun && fits(r, c->shun, s->sentence, s->sentence_end))
		return false;
	if (fits(r, c->pattern, from, s->words_end))
		return !fits(r, c->unless, from, after);
	return s->figure.unit != FIGURE_PERCENT &&
	       fits(r, c->after, s->figure.end, after) &&
	       !fits(r, c->unless, from, after);
}

static const struct claim_def *find_claim(const struct reading *r,
					  const struct said *s, size_t after)
{
	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];

		if (!c->none &&
		    (s->figure.unit == FIGURE_PERCENT ||
		     takes_unit(c, &s->figure)) &&
		    topic_fits(r, c, s->topic, after) &&
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
		    !topic_fits(r, c, s->topic, after) ||
		    !fits(r, c->pattern, from, s->words_end) ||
		    !is_within(r->form, s->claim, c))
			continue;
		s->others[s->other_count++] = c;
	}
}

static const struct class_def *find_class(const struct reading *r,
					  const struct said *s)
{
	for (size_t i = 0; i < r->defs->class_count; i++)
		if (fits(r, r->defs->classes[i].pattern, s->window,
			 s->words_end))
			return &r->defs->classes[i];
	return NULL;
}

/* ---- whose figures they are ---- */

/* 全县 of a county, 县教育局 of 青溪县教育局. */
static bool is_own(const struct reading *r, const char *s, size_t len)
{
	return memmem(r->own_wide, strlen(r->own_wide), s, len) ||
	       (len > 3 && memmem(r->own_name, strlen(r->own_name), s, len));
}

static bool last_before(const char *pattern, const char *s, size_t len,
			size_t limit, struct match *out)
{
	struct match m;
	bool found = false;

	for (size_t at = 0;
	     pattern_find(pattern, s, len, at, &m) && m.end <= limit;
	     at = m.end) {
		*out = m;
		found = true;
	}
	return found;
}

/* The last scope named in the sentence before `limit`; what stands up to `to`
 * is seen, too. */
static enum said_scope find_scope(const struct reading *r, size_t from,
				  size_t limit, size_t to)
{
	const struct {
		const char *pattern;
		enum said_scope scope;
	} kinds[] = {
		{ r->defs->parts, SCOPE_PART },
		{ r->divides ? r->defs->office : NULL, SCOPE_OFFICE },
		{ r->defs->wider, SCOPE_WIDER },
	};
	enum said_scope found = SCOPE_OWN;
	size_t best = 0;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *s = r->at->text + from;
		struct match m;

		if (!last_before(kinds[i].pattern, s, to - from, limit - from,
				 &m) ||
		    m.end < best)
			continue;
		best = m.end;
		found = is_own(r, s + m.start, m.end - m.start)
				? SCOPE_OWN
				: kinds[i].scope;
	}
	return found;
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

	if (fits(r, from_words, s->window, to))
		return SAID_NOTHING;
	if (fits(r, to_words, s->window, to))
		return SAID_SHARE;
	if (fits(r, "率(?:为|达到?|是|约)*$", s->window, to))
		return SAID_RATE;
	if (fits(r, share_words, from, to) &&
	    !fits(r, change_words, s->window, to))
		return SAID_SHARE;
	if (fits(r, change_words, from, to))
		return SAID_CHANGE;
	/* 78件（83.0%） */
	if (s->window == s->figure.start && from > 2 &&
	    (is_at(r->at, s->figure.start - 3, "（") ||
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

	if (s->parted || fits(r, from_words, from, to))
		return SAID_ASIDE;
	if (fits(r, to_words, from, to)) {
		s->claim = s->claim ? s->claim : said_before;
		return s->claim ? SAID_VALUE : SAID_NOTHING;
	}
	if (fits(r, more_words, from, to)) {
		s->claim = s->claim ? s->claim : said_before;
		return s->claim && !s->klass ? SAID_MORE : SAID_ASIDE;
	}
	if (s->claim && s->claim->own_time)
		return SAID_VALUE;
	if (fits(r, last_words, from, to) ||
	    (year && year == r->year - 1 && r->year) ||
	    (!year && before && before->kind == SAID_LAST &&
	     s->clause <= before->figure.start))
		return s->claim && !s->klass ? SAID_LAST : SAID_ASIDE;
	if ((year && r->year && year != r->year) || s->channel ||
	    fits(r, r->defs->silence, from, to))
		return SAID_ASIDE;
	if (s->claim || s->sum_count > 1)
		return SAID_VALUE;
	return s->klass && (!s->topic || strcmp(s->topic->id, "other") != 0)
		       ? SAID_VALUE
		       : SAID_NOTHING;
}

/* ---- the words before a figure ---- */

/* 共, 为, 计 … alone: the words stand before the mark. */
static bool says_little(const struct place *p, size_t from, size_t to)
{
	static const char *const little[] = { "共", "为",   "计",   "有",
					      "达", "总",   "合",   "仅",
					      "只", "分别", "数量", " ",
					      "　", "了",   "到",   NULL };

	while (from < to) {
		size_t n = mark_at(p, from, little);

		if (!n)
			return false;
		from += n;
	}
	return true;
}

static const char *const clause_marks[] = { "，", "；", "。", "：", "！", "？",
					    ",",  ";",  ":",  "\n", NULL };

/* Where the words before the figure begin: behind a mark or the figure before;
 * with nothing between, behind the mark before a ： or （. */
static size_t window_of(const struct reading *r, const struct said *before,
			const struct said *s)
{
	size_t from = s->sentence, start;

	if (before && before->figure.end > from)
		from = before->figure.end;
	start = behind_mark(r->at, from, s->figure.start, pauses);
	if (start > from && says_little(r->at, start, s->figure.start) &&
	    (start < s->figure.start || is_at(r->at, start - 3, "：") ||
	     is_at(r->at, start - 3, "（") || r->at->text[start - 1] == ':' ||
	     r->at->text[start - 1] == '('))
		start = behind_mark(r->at, from, start - 1, pauses);
	return start;
}

/* ---- 甲、乙分别为3件、4件 ---- */

/* The names before 分别, as places; 0 when they cannot be told. */
static size_t split_names(const struct place *p, size_t from, size_t to,
			  struct match *names, size_t room)
{
	static const char *const joins[] = { "、", "和", "与", "及", NULL };
	size_t count = 0;

	names[0].start = from;
	for (size_t i = from; i < to; i++) {
		size_t n = mark_at(p, i, joins);

		if (!n)
			continue;
		if (count + 2 > room || i == names[count].start)
			return 0;
		names[count++].end = i;
		names[count].start = i + n;
		i += n - 1;
	}
	names[count].end = to;
	return count + 1;
}

/* 不予公开、无法提供共34件: the claims of the names. */
static void add_summed(const struct reading *r, struct said *s, size_t after)
{
	struct match names[SUMMED];
	size_t n = split_names(r->at, s->clause, s->words_end, names, SUMMED);

	for (size_t i = 0; n > 1 && i < n; i++) {
		struct said one = *s;

		one.window = one.clause = names[i].start;
		one.words_end = names[i].end;
		s->summed[i] = find_claim(r, &one, after);
		if (!s->summed[i])
			break;
		s->sum_count = i + 1;
	}
	if (s->sum_count < n || n < 2)
		s->sum_count = 0;
}

/* 甲3件、乙4件，分别占6%、8%: the share's figure is as far back as there are
 * shares. */
static bool distribute_shares(struct said *list, size_t first, size_t count)
{
	size_t n = 0;

	while (first + n < count &&
	       list[first + n].figure.unit == FIGURE_PERCENT)
		n++;
	if (n < 2 || first < n)
		return false;
	for (size_t i = 0; i < n; i++)
		list[first + i].share_of = first - n + i + 1;
	return true;
}

/* Where 分别 or 各 stands in the words before a figure, or NULL. */
static const char *parting_word(const struct reading *r, const struct said *s)
{
	static const char *const words[] = { "分别", "各为", "各" };
	const char *from = r->at->text + s->window;
	size_t len = s->figure.start - s->window;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *at = memmem(from, len, words[i], strlen(words[i]));

		/* with words of its own behind it, it parts nothing */
		if (at &&
		    says_little(r->at,
				(size_t)(at + strlen(words[i]) - r->at->text),
				s->figure.start))
			return at;
	}
	return NULL;
}

/* Give the figures from list[0] on the names' words; how many got one. */
static size_t give_names(struct reading *r, struct said *list, size_t count,
			 size_t there)
{
	struct match names[8];
	size_t n = split_names(
		r->at,
		behind_mark(r->at, list[0].sentence, there, clause_marks),
		there, names, 8);

	if (n < 2 || n > count)
		return 0;
	for (size_t k = 0; k < n; k++) {
		list[k].window = list[k].clause = names[k].start;
		list[k].words_end = names[k].end;
	}
	return n;
}

/* Give the i-th figure behind 分别 the i-th name's words. */
static void distribute(struct reading *r, struct said *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *at = parting_word(r, &list[i]);
		size_t n;

		if (!at)
			continue;
		if (list[i].figure.unit == FIGURE_PERCENT &&
		    distribute_shares(list, i, count))
			continue;
		n = give_names(r, &list[i], count - i,
			       (size_t)(at - r->at->text));
		for (size_t k = i; n == 0 && k < count; k++)
			list[k].parted = list[k].figure.unit != FIGURE_PERCENT;
		i += n ? n - 1 : 0;
	}
}

/* ---- one figure ---- */

/* A row of a table with a column of totals: a class is one of the others. */
static bool has_columns(const struct form_def *form, const struct claim_def *c)
{
	const struct cell_def *cell = &form->cells[c->values[0].cells[0]];

	return cell->column && cell->column->sum;
}

static void judge(struct reading *r, const struct said *before, struct said *s,
		  const struct topic_def *topic)
{
	const struct claims_def *d = r->defs;
	size_t from = s->window, to = s->words_end;
	size_t after = next_mark(r->at, s->figure.end, s->sentence_end, ends);

	s->topic = last_topic(r, r->at->text + s->sentence, after - s->sentence,
			      topic);
	s->claim = s->heard = find_claim(r, s, after);
	find_others(r, before, s, after);
	s->klass = find_class(r, s);
	s->row = r->row;
	s->scope = find_scope(r, s->sentence, s->figure.start, s->figure.end);
	s->channel = fits(r, d->channel, from, to);
	s->total = fits(r, total_words, from, to);
	s->down = fits(r, down_words, s->clause, s->figure.start);
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

/* ---- words that say 0 ---- */

static void find_nones(struct reading *r, size_t from, size_t to)
{
	const char *s = r->at->text + from;
	struct claims *out = r->out;

	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];
		struct match m;

		if (!c->none ||
		    !pattern_find(c->pattern, s, to - from, 0, &m) ||
		    fits(r, c->unless, from, to) ||
		    !topic_fits(r, c, last_topic(r, s, m.end, r->topic), to))
			continue;
		out->nones = mem_grow(out->nones, out->none_count,
				      &out->none_room, sizeof *out->nones);
		out->nones[out->none_count++] = (struct none_said){
			c, find_scope(r, from, from + m.start, from + m.end),
			from + m.start, from + m.end
		};
	}
}

/* ---- a paragraph ---- */

static void read_sentence(struct reading *r, size_t from, size_t to,
			  size_t *next)
{
	struct claims *out = r->out;
	size_t first = *next;

	find_nones(r, from, to);
	for (; *next < out->count && out->list[*next].figure.start < to;
	     ++*next) {
		struct said *s = &out->list[*next];

		s->sentence = from;
		s->sentence_end = to;
		s->window = window_of(r, *next > first ? s - 1 : NULL, s);
		s->words_end = s->figure.start;
		s->clause =
			behind_mark(r->at, from, s->figure.start, clause_marks);
	}
	if (*next > first)
		distribute(r, &out->list[first], *next - first);
	for (size_t i = first; i < *next; i++)
		if (out->list[i].share_of)
			out->list[i].share_of += first;
	for (size_t i = first; i < *next; i++)
		judge(r, i > first ? &out->list[i - 1] : NULL, &out->list[i],
		      r->topic);
	r->topic = last_topic(r, r->at->text + from, to - from, r->topic);
}

static void read_paragraph(struct reading *r)
{
	size_t next = 0;

	for (size_t from = 0, to; from < r->at->len; from = to) {
		to = next_mark(r->at, from, r->at->len, stops);
		if (to < r->at->len)
			to += mark_at(r->at, to, stops);
		read_sentence(r, from, to, &next);
	}
}

/* 全县 of …县人民政府, 全镇 of …镇人民政府; "" of an office. */
static void own_scope(const struct unit *unit, struct str *out)
{
	static const char *const levels[] = { "省", "市", "县", "区",
					      "州", "盟", "旗", "街道",
					      "镇", "乡", NULL };
	const char *end;

	str_clear(out);
	if (!unit || (unit->kind != UNIT_GOVERNMENT && unit->kind != UNIT_TOWN))
		return;
	end = strstr(unit->name, "人民政府");
	if (!end)
		end = strstr(unit->name, "办事处");
	if (!end)
		end = unit->name + strlen(unit->name);
	for (size_t i = 0; levels[i]; i++) {
		size_t n = strlen(levels[i]);

		if ((size_t)(end - unit->name) >= n &&
		    memcmp(end - n, levels[i], n) == 0) {
			str_addf(out, "全%s", levels[i]);
			return;
		}
	}
}

const struct claims *claims_of(const struct form_def *form,
			       const struct place *at, const struct unit *unit,
			       int year)
{
	struct str own = { 0 };
	struct reading r = { .form = form, .defs = &form->claims, .at = at };

	if (at->paragraph->claims)
		return at->paragraph->claims;
	own_scope(unit, &own);
	r.own_wide = own.s;
	r.own_name = unit ? unit->name : "";
	r.year = year;
	r.divides = *own.s != '\0';
	r.out = xcalloc(1, sizeof *r.out);
	r.topic = last_topic(&r, at->above, at->above_len, NULL);
	find_figures(form, at, r.out);
	read_paragraph(&r);
	at->paragraph->claims = r.out;
	str_free(&own);
	return r.out;
}

/* ---- values ---- */

/* requests.new.total → requests.new.COLUMN */
static size_t cell_in(const struct form_def *form, size_t cell,
		      const char *column, size_t len)
{
	const char *path = form->cells[cell].path, *dot = strrchr(path, '.');
	struct str other = { 0 };
	size_t found;

	str_addn(&other, path, (size_t)(dot + 1 - path));
	str_addn(&other, column, len);
	found = form_cell(form, other.s);
	str_free(&other);
	return found;
}

static void in_class(const struct form_def *form, const struct value_def *v,
		     const struct class_def *klass, struct allowed *out)
{
	for (size_t i = 0; i < v->count; i++)
		for (const char *c = klass->columns; *c;) {
			size_t len = strcspn(c, " ");
			size_t cell = cell_in(form, v->cells[i], c, len);

			if (cell != FORM_NO_CELL && out->count < 16)
				out->cells[out->count++] = cell;
			c += len;
			c += *c == ' ';
		}
}

static void add_value(const struct value_def *v, struct allowed *out)
{
	for (size_t k = 0; k < v->count && out->count < 16; k++)
		out->cells[out->count++] = v->cells[k];
}

size_t claim_allowed(const struct form_def *form, const struct said *s,
		     size_t i, struct allowed *out)
{
	const struct claim_def *c = s->claim ? s->claim : s->row;
	const struct claims_def *d = &form->claims;
	size_t own = c ? c->value_count : 0;
	size_t more = s->klass && !s->claim ? d->row_count : s->other_count;
	size_t count = own + more;
	const struct value_def *v;

	out->count = 0;
	if (s->sum_count > 1) {
		for (size_t k = 0; k < s->sum_count && i == 0; k++)
			add_value(&s->summed[k]->values[0], out);
		return 1;
	}
	if (i >= count)
		return count;
	v = i < own                 ? &c->values[i]
	    : s->klass && !s->claim ? &d->rows[i - own]
				    : &s->others[i - own]->values[0];
	if (s->klass) {
		in_class(form, v, s->klass, out);
		return count;
	}
	add_value(v, out);
	return count;
}
