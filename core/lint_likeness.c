/* Q1: sentences of last year's text. */
#include "core/lint_likeness.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	SHORT = 12,      /* characters: a shorter sentence is boilerplate */
	LITTLE = 200,    /* characters: a shorter text tells nothing */
	ALIKE = 88,      /* per cent */
	LONGEST = 2000,  /* pairs looked at of one sentence */
	SLOTS = 1 << 13, /* of the index, a power of two */
	SHOWN = 3,       /* pairs of sentences in a finding */
};

/* A sentence and its pairs of characters. */
struct sentence {
	size_t start, len; /* bytes */
	size_t chars;
	uint64_t *pairs;
	size_t pair_count;
};

struct sentences {
	struct sentence *list;
	size_t count, room;
	uint64_t *pairs; /* of all of them */
};

/* Which sentences have a pair: chains in one array. */
struct index {
	struct entry {
		uint64_t pair;
		uint32_t sentence, next;
		uint32_t round; /* that it was last counted in */
	} * entries;
	size_t count;
	uint32_t *heads;
	uint32_t round;
};

static uint32_t next_char(const char *s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s + *at;
	uint32_t c = *p;
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	c = c < 0x80 ? c : c & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3f);
	*at += n;
	return c;
}

/* 。！？；: what a sentence ends with. */
static bool is_end(uint32_t c)
{
	static const uint32_t ends[] = { 0x3002, 0xff01, 0xff1f, 0xff1b, '\n' };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (c == ends[i])
			return true;
	return false;
}

/* The sentence that begins at s->start, or all that follows: how long it is, how
 * many characters and (where there is room for them) which pairs it has. */
static void read_sentence(struct sentence *s, const char *text, bool all)
{
	uint32_t before = 0;
	size_t at = s->start;

	while (text[at]) {
		uint32_t c = next_char(text, &at);

		if (c > ' ' && c != 0x3000 && s->pair_count < LONGEST) {
			s->chars++;
			if (before && s->pairs)
				s->pairs[s->pair_count++] =
					(uint64_t)before << 32 | c;
			before = c;
		}
		if (!all && is_end(c))
			break;
	}
	s->len = at - s->start;
}

/* Short ones are left out. */
static struct sentences split(const char *text)
{
	struct sentences out = { 0 };
	size_t used = 0;

	/* a Chinese character has three bytes, and no others are many */
	out.pairs = xreallocarray(NULL, strlen(text) + 1, sizeof *out.pairs);
	for (size_t at = 0; text[at];) {
		struct sentence s = { .start = at, .pairs = out.pairs + used };

		read_sentence(&s, text, false);
		at += s.len;
		if (s.chars < SHORT)
			continue;
		used += s.pair_count;
		out.list = mem_grow(out.list, out.count, &out.room,
				    sizeof *out.list);
		out.list[out.count++] = s;
	}
	return out;
}

static void sentences_free(struct sentences *s)
{
	free(s->list);
	free(s->pairs);
}

static size_t slot_of(uint64_t pair)
{
	return (size_t)((pair * 0x9e3779b97f4a7c15u) >> 40) & (SLOTS - 1);
}

static void build(struct index *ix, const struct sentences *s)
{
	size_t all = 0;

	for (size_t i = 0; i < s->count; i++)
		all += s->list[i].pair_count;
	ix->heads = xcalloc(SLOTS, sizeof *ix->heads);
	ix->entries = xreallocarray(NULL, all + 1, sizeof *ix->entries);
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < s->list[i].pair_count; k++) {
			uint64_t pair = s->list[i].pairs[k];
			uint32_t *head = &ix->heads[slot_of(pair)];

			ix->entries[ix->count] =
				(struct entry){ pair, (uint32_t)i, *head, 0 };
			*head = (uint32_t)++ix->count;
		}
}

static void index_free(struct index *ix)
{
	free(ix->entries);
	free(ix->heads);
	*ix = (struct index){ 0 };
}

/* Count into `votes`, by sentence, the pairs that both have, each as often as
 * both have it.  (Those of one sentence stand one behind the other in a chain.) */
static void count_common(const struct sentence *s, struct index *ix,
			 uint32_t *votes)
{
	ix->round++;
	for (size_t k = 0; k < s->pair_count; k++) {
		uint32_t e = ix->heads[slot_of(s->pairs[k])];
		uint32_t taken = UINT32_MAX;

		for (; e; e = ix->entries[e - 1].next) {
			struct entry *it = &ix->entries[e - 1];

			if (it->pair != s->pairs[k] || it->sentence == taken ||
			    it->round == ix->round)
				continue;
			it->round = ix->round;
			taken = it->sentence;
			votes[taken]++;
		}
	}
}

static int likeness(const struct sentence *a, const struct sentence *b,
		    size_t common)
{
	size_t all = a->pair_count + b->pair_count;

	return all ? (int)(200 * common / all) : 0;
}

/* The most like of `others`.  `votes` is zero before and after. */
static int best_of(const struct sentence *s, const struct sentences *others,
		   struct index *ix, uint32_t *votes, size_t *best)
{
	int most = 0;

	count_common(s, ix, votes);
	for (size_t i = 0; i < others->count; i++) {
		int one =
			votes[i] ? likeness(s, &others->list[i], votes[i]) : 0;

		if (one > most) {
			most = one;
			*best = i;
		}
		votes[i] = 0;
	}
	return most;
}

/* 2024年 and 2025年 are one word. */
static char *without_years(const char *text)
{
	char *copy = xstrdup(text);

	for (char *p = copy; (p = strstr(p, "20")); p += 2)
		if (strspn(p, "0123456789") == 4 &&
		    strncmp(p + 4, "年", strlen("年")) == 0)
			memset(p, '0', 4);
	return copy;
}

static struct sentences whole_of(const char *text)
{
	struct sentences out = { 0 };
	struct sentence s = { 0 };

	out.pairs =
		xreallocarray(NULL, text_count(text) + 1, sizeof *out.pairs);
	s.pairs = out.pairs;
	read_sentence(&s, text, true);
	out.list = mem_grow(out.list, out.count, &out.room, sizeof *out.list);
	out.list[out.count++] = s;
	return out;
}

int likeness_whole(const char *a, const char *b)
{
	char *mine = without_years(a), *theirs = without_years(b);
	struct sentences x = whole_of(mine), y = whole_of(theirs);
	struct index ix = { 0 };
	uint32_t votes = 0;
	size_t best;
	int share;

	build(&ix, &y);
	share = x.list[0].chars < SHORT
			? 0
			: best_of(&x.list[0], &y, &ix, &votes, &best);
	index_free(&ix);
	sentences_free(&x);
	sentences_free(&y);
	free(mine);
	free(theirs);
	return share;
}

static const char *text_of(const struct report *r, size_t cell)
{
	struct value v = report_get(r, cell);

	return v.kind == VALUE_TEXT ? v.text : "";
}

/* Without the line feed that may end it. */
static void add_sentence(struct str *out, const char *s, size_t len)
{
	while (len > 0 && s[len - 1] == '\n')
		len--;
	str_addn(out, s, len);
	lint_end_sentence(out);
}

static void add_pair(struct alikes *pairs, size_t cell,
		     const struct sentence *s, const struct sentence *o,
		     const char *other, int percent)
{
	if (!pairs)
		return;
	pairs->list = mem_grow(pairs->list, pairs->count, &pairs->room,
			       sizeof *pairs->list);
	pairs->list[pairs->count++] =
		(struct alike){ cell, s->start, s->len,
				xstrndup(other + o->start, o->len), percent };
}

void likeness_sentences(const char *text, sentence_fn *fn, void *to)
{
	for (size_t at = 0; text[at];) {
		struct sentence s = { .start = at };

		read_sentence(&s, text, false);
		at += s.len;
		if (s.chars >= SHORT)
			fn(to, text + s.start, s.len);
	}
}

/* A comparison at work. */
struct comparison {
	shared_fn *shared;
	const void *who;
	struct alikes *pairs;
	struct likeness out;
};

static void compare_sentence(struct comparison *c, size_t cell,
			     const char *text, struct sentence *s,
			     const char *theirs, struct sentences *others,
			     struct index *ix, uint32_t *votes)
{
	size_t best = 0;
	int most;

	c->out.all += s->chars;
	if (c->shared && c->shared(c->who, text + s->start, s->len)) {
		c->out.shared += s->chars;
		return;
	}
	most = best_of(s, others, ix, votes, &best);
	if (most < ALIKE)
		return;
	c->out.same += s->chars;
	add_pair(c->pairs, cell, s, &others->list[best], theirs, most);
}

static void compare_cell(struct comparison *c, const struct report *r,
			 const struct report *other, size_t cell)
{
	const char *text = text_of(r, cell);
	const char *theirs = other ? text_of(other, cell) : "";
	struct sentences mine = split(text), others = split(theirs);
	struct index ix = { 0 };
	uint32_t *votes = xcalloc(others.count + 1, sizeof *votes);

	build(&ix, &others);
	for (size_t i = 0; i < mine.count; i++)
		compare_sentence(c, cell, text, &mine.list[i], theirs, &others,
				 &ix, votes);
	free(votes);
	index_free(&ix);
	sentences_free(&mine);
	sentences_free(&others);
}

struct likeness likeness_of(const struct report *r, const struct report *other,
			    const size_t *cells, size_t count,
			    shared_fn *shared, const void *who,
			    struct alikes *pairs)
{
	struct comparison c = { shared, who, pairs, { 0 } };

	for (size_t i = 0; i < count; i++)
		compare_cell(&c, r, other, cells[i]);
	return c.out;
}

int likeness_percent(size_t part, size_t all)
{
	return all < LITTLE ? -1 : (int)(100 * part / all);
}

int likeness_share(const struct report *r, const struct report *other,
		   const size_t *cells, size_t count, struct alikes *pairs)
{
	struct likeness l =
		likeness_of(r, other, cells, count, NULL, NULL, pairs);

	return likeness_percent(l.same, l.all);
}

void alikes_free(struct alikes *a)
{
	for (size_t i = 0; i < a->count; i++)
		free(a->list[i].other);
	free(a->list);
	*a = (struct alikes){ 0 };
}

/* ---- Q1: what was compared is kept ---- */

/* A paragraph beside last year's text of its cell. */
struct likes {
	size_t cell;
	unsigned edition;    /* of last year's text */
	size_t all, same;    /* characters */
	struct alikes pairs; /* `start` in the paragraph */
};

/* Last year's texts, one a cell that was asked for. */
struct others {
	struct other {
		size_t cell;
		unsigned edition; /* grows with every other text */
		char *text;
		struct sentences sentences;
		struct index index;
	} * list;
	size_t count, room;
};

void likes_free(struct likes *l)
{
	if (l)
		alikes_free(&l->pairs);
	free(l);
}

static void other_clear(struct other *o)
{
	sentences_free(&o->sentences);
	index_free(&o->index);
	free(o->text);
	o->sentences = (struct sentences){ 0 };
	o->text = NULL;
}

void others_free(struct others *o)
{
	for (size_t i = 0; o && i < o->count; i++)
		other_clear(&o->list[i]);
	if (o)
		free(o->list);
	free(o);
}

static struct other *other_find(struct others *all, size_t cell)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].cell == cell)
			return &all->list[i];
	all->list =
		mem_grow(all->list, all->count, &all->room, sizeof *all->list);
	all->list[all->count] = (struct other){ .cell = cell };
	return &all->list[all->count++];
}

/* Last year's text of the cell, taken apart. */
static struct other *other_of(const struct job *job, size_t cell)
{
	struct others **kept = prose_others(report_prose(job->now));
	const char *text = text_of(job->in->last, cell);
	struct other *o;

	if (!*kept)
		*kept = xcalloc(1, sizeof **kept);
	o = other_find(*kept, cell);
	if (o->text && strcmp(o->text, text) == 0)
		return o;
	other_clear(o);
	o->edition++;
	o->text = xstrdup(text);
	o->sentences = split(o->text);
	build(&o->index, &o->sentences);
	return o;
}

static struct likes *compare_place(const struct place *at, struct other *o)
{
	struct likes *l = xcalloc(1, sizeof *l);
	char *text = xstrndup(at->text, at->len);
	struct sentences mine = split(text);
	uint32_t *votes = xcalloc(o->sentences.count + 1, sizeof *votes);

	l->cell = o->cell;
	l->edition = o->edition;
	for (size_t i = 0; i < mine.count; i++) {
		size_t best = 0;
		int most = best_of(&mine.list[i], &o->sentences, &o->index,
				   votes, &best);

		l->all += mine.list[i].chars;
		if (most < ALIKE)
			continue;
		l->same += mine.list[i].chars;
		add_pair(&l->pairs, o->cell, &mine.list[i],
			 &o->sentences.list[best], o->text, most);
	}
	free(votes);
	sentences_free(&mine);
	free(text);
	return l;
}

static const struct likes *likes_of(const struct place *at, struct other *o)
{
	struct likes *l = at->paragraph->likes;

	if (l && l->cell == o->cell && l->edition == o->edition)
		return l;
	likes_free(l);
	at->paragraph->likes = compare_place(at, o);
	return at->paragraph->likes;
}

static void take_pairs(const struct place *at, const struct likes *l,
		       struct alikes *out)
{
	for (size_t i = 0; i < l->pairs.count; i++) {
		struct alike a = l->pairs.list[i];

		a.start += at->at;
		a.other = xstrdup(a.other);
		out->list = mem_grow(out->list, out->count, &out->room,
				     sizeof *out->list);
		out->list[out->count++] = a;
	}
}

int likeness_kept(const struct job *job, const size_t *cells, size_t count,
		  struct alikes *pairs)
{
	size_t all = 0, same = 0;

	for (size_t i = 0; i < count; i++) {
		struct other *o = other_of(job, cells[i]);
		size_t places;
		const struct place *list = prose_cell(
			report_prose(job->now), job->now, cells[i], &places);

		for (size_t k = 0; k < places; k++) {
			const struct likes *l = likes_of(&list[k], o);

			all += l->all;
			same += l->same;
			if (pairs)
				take_pairs(&list[k], l, pairs);
		}
	}
	return all < LITTLE ? -1 : (int)(100 * same / all);
}

void likeness_say(const struct report *r, const struct alikes *pairs,
		  const char *ours, const char *theirs, struct str *out)
{
	for (size_t i = 0; i < pairs->count && i < SHOWN; i++) {
		const struct alike *a = &pairs->list[i];

		str_addf(out, "%s", ours);
		add_sentence(out, text_of(r, a->cell) + a->start, a->len);
		str_addf(out, "%s", theirs);
		add_sentence(out, a->other, strlen(a->other));
	}
}

void lint_likeness(const struct job *job)
{
	const struct report *last = job->in->last;
	struct alikes pairs = { 0 };
	struct str more = { 0 }, facts = { 0 };
	struct message_values values = { 0 };
	struct finding *f;
	char percent[32];
	int share;

	if (!last || report_form(last) != job->form)
		return;
	share = likeness_kept(job, job->rule->cells, job->rule->cell_count,
			      &pairs);
	if (share > lint_site(job)->likeness) {
		str_addf(&facts, "%d%%", share);
		memcpy(percent, facts.s, facts.len + 1);
		values = (struct message_values){ percent, pairs.count };
		likeness_say(job->now, &pairs, _("本年："), _("上年："), &more);
		if (pairs.count > SHOWN)
			str_addf(&more, _("共有 %zu 句与上年相同或相近。"),
				 pairs.count);
		f = lint_add(job, NULL, NULL,
			     _("文字有{match}与上年相同或相近"), &values,
			     more.s);
		finding_cell(f, pairs.list[0].cell);
		f->offset = pairs.list[0].start;
		lint_facts(f, &facts);
	}
	str_free(&more);
	alikes_free(&pairs);
}
