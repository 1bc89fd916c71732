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
	bool divides;         /* a government: its office is not the whole */
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
static const char *const ends[] = { "，", "；", "。", "、", "！", "？",
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

static const struct claim_def *find_claim(const struct reading *r,
					  const struct said *s, size_t after,
					  const struct topic_def *topic)
{
	bool behind = s->figure.unit == FIGURE_PERCENT;

	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];

		if (c->none || (!behind && !takes_unit(c, &s->figure)) ||
		    (c->topic && c->topic != topic) ||
		    (!fits(r, c->pattern, s->window, s->figure.start) &&
		     (behind || !fits(r, c->after, s->figure.end, after))) ||
		    fits(r, c->unless, s->window, after))
			continue;
		return c;
	}
	return NULL;
}

static const struct class_def *find_class(const struct reading *r, size_t from,
					  size_t to)
{
	for (size_t i = 0; i < r->defs->class_count; i++)
		if (fits(r, r->defs->classes[i].pattern, from, to))
			return &r->defs->classes[i];
	return NULL;
}

/* The last scope named in the sentence before the figure. */
static enum said_scope find_scope(const struct reading *r, size_t from,
				  size_t to)
{
	const char *s = r->at->text + from;
	struct match wide, narrow;
	bool is_wide = pattern_last(r->defs->wider, s, to - from, &wide);
	bool is_narrow = r->divides &&
			 pattern_last(r->defs->narrower, s, to - from, &narrow);

	if (is_wide && (!is_narrow || wide.start > narrow.start)) {
		size_t len = wide.end - wide.start;
		bool own = strlen(r->own_wide) == len &&
			   memcmp(s + wide.start, r->own_wide, len) == 0;

		return own ? SCOPE_OWN : SCOPE_WIDER;
	}
	return is_narrow ? SCOPE_NARROWER : SCOPE_OWN;
}

/* ---- shares and changes ---- */

static const char change_words[] =
	"增长|增加|上升|提高|提升|增幅|多|涨|下降|减少|降低|降幅|回落|少|同比";
static const char down_words[] = "下降|减少|降低|降幅|回落|少";
static const char share_words[] = "占|比例|比重";

static enum said_kind percent_kind(const struct reading *r,
				   const struct said *s)
{
	size_t from = s->window, to = s->figure.start;

	if (fits(r, change_words, from, to))
		return SAID_CHANGE;
	if (fits(r, share_words, from, to))
		return SAID_SHARE;
	/* 78件（83.0%） */
	if (from == to && from > 0 &&
	    (is_at(r->at, from - 3, "（") || r->at->text[from - 1] == '('))
		return SAID_SHARE;
	return SAID_NOTHING;
}

/* ---- one figure ---- */

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
	    (is_at(r->at, start - 3, "：") || is_at(r->at, start - 3, "（") ||
	     r->at->text[start - 1] == ':' || r->at->text[start - 1] == '('))
		start = behind_mark(r->at, from, start - 1, pauses);
	return start;
}

/* A row of a table with a column of totals: a class is one of the others. */
static bool has_columns(const struct form_def *form, const struct claim_def *c)
{
	const struct cell_def *cell = &form->cells[c->values[0].cells[0]];

	return cell->column && cell->column->sum;
}

static void judge_words(struct reading *r, struct said *s, size_t after,
			const struct topic_def *topic)
{
	const struct claim_def *claim = NULL;

	if (topic && topic_holds(r, topic, after))
		claim = find_claim(r, s, after, topic);
	else
		claim = find_claim(r, s, after, NULL);
	s->claim = claim;
	s->klass = find_class(r, s->window, s->figure.start);
	s->row = r->row;
	if (claim && has_columns(r->form, claim))
		r->row = claim;
}

static void judge(struct reading *r, const struct said *before, struct said *s,
		  const struct topic_def *topic)
{
	const struct claims_def *d = r->defs;
	size_t from = s->window, to = s->figure.start;
	size_t after = next_mark(r->at, s->figure.end, s->sentence_end, ends);
	const struct claim_def *row = r->row;

	topic = last_topic(r, r->at->text + s->sentence, after - s->sentence,
			   topic);
	judge_words(r, s, after, topic);
	s->scope = find_scope(r, s->sentence, to);
	s->channel = fits(r, d->channel, from, to);
	s->inner = fits(r, "其中|包括|分别|含", from, to) ||
		   (before && before->inner);
	s->total =
		fits(r, "合计|共计|总计|[两二三四五六七八九]项|共", from, to);
	s->down = fits(r, down_words, from, to);
	if (s->figure.unit == FIGURE_PERCENT) {
		s->kind = percent_kind(r, s);
		return;
	}
	if (s->claim || (s->klass && topic && topic_holds(r, topic, after) &&
			 strcmp(topic->id, "other") != 0))
		s->kind = SAID_VALUE;
	if (s->channel || ((!s->claim || !s->claim->own_time) &&
			   fits(r, d->silence, from, to)))
		s->kind = s->kind == SAID_VALUE || s->channel ? SAID_ASIDE
							      : s->kind;
	if (s->kind == SAID_ASIDE) {
		s->claim = NULL;
		r->row = row;
	}
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

/* Give the i-th figure behind 分别 the i-th name's words. */
static void distribute(struct reading *r, struct said *list, size_t count)
{
	static const char word[] = "分别";
	static const char *const clause[] = { "，", "；", "。", "：", NULL };
	struct match names[8];

	for (size_t i = 0; i < count; i++) {
		const char *s = r->at->text + list[i].window;
		size_t len = list[i].figure.start - list[i].window, n, from;
		const char *at = memmem(s, len, word, strlen(word));
		size_t there;

		if (!at)
			continue;
		there = (size_t)(at - r->at->text);
		from = behind_mark(r->at, list[i].sentence, there, clause);
		n = split_names(r->at, from, there, names, 8);
		for (size_t k = 0; k < n && i + k < count; k++)
			if (n > 1 && n <= count - i)
				list[i + k].window = names[k].start;
		for (size_t k = 0; k < n && n > 1 && n <= count - i; k++)
			list[i + k].figure.vague =
				list[i + k].figure.vague ||
				names[k].end <= names[k].start;
	}
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
		    (c->topic &&
		     (last_topic(r, s, m.end, r->topic) != c->topic ||
		      !topic_holds(r, c->topic, to))))
			continue;
		out->nones = mem_grow(out->nones, out->none_count,
				      &out->none_room, sizeof *out->nones);
		out->nones[out->none_count++] =
			(struct none_said){ c,
					    find_scope(r, from, from + m.start),
					    from + m.start, from + m.end };
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
	}
	if (*next > first)
		distribute(r, &out->list[first], *next - first);
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
			       const struct place *at, const struct unit *unit)
{
	struct str own = { 0 };
	struct reading r = { .form = form, .defs = &form->claims, .at = at };

	if (at->paragraph->claims)
		return at->paragraph->claims;
	own_scope(unit, &own);
	r.own_wide = own.s;
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

size_t claim_allowed(const struct form_def *form, const struct said *s,
		     size_t i, struct allowed *out)
{
	const struct claim_def *c = s->claim ? s->claim : s->row;
	const struct claims_def *d = &form->claims;
	size_t own = c ? c->value_count : 0;
	size_t count = s->klass && !s->claim ? own + d->row_count : own;
	const struct value_def *v;

	out->count = 0;
	if (i >= count)
		return count;
	v = i < own ? &c->values[i] : &d->rows[i - own];
	if (s->klass) {
		in_class(form, v, s->klass, out);
		return count;
	}
	for (size_t k = 0; k < v->count && out->count < 16; k++)
		out->cells[out->count++] = v->cells[k];
	return count;
}
