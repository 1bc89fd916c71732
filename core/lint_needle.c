#include "core/lint_needle.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/str.h"

enum {
	MANY = 500,  /* words: to look for more costs more than the pattern */
	SMALL = 24,  /* characters of a class that is looked at */
	COMMON = 16, /* what a word of one character costs, one of two … */
	RARE = 2,
	DEAR = 8 * COMMON, /* what is met nearly everywhere */
	DEEP = 32,         /* brackets in brackets */
	BITS = 8192,
};

/* ---- what a pattern needs ---- */

enum need_kind {
	NEED_WORD,
	NEED_ALL,
	NEED_ANY
};

/* Where nodes stand in a list: 0 is none, and nothing is known of it. */
typedef size_t need_id;

struct need {
	enum need_kind kind;
	size_t word, len; /* in `words` */
	size_t cost;      /* how likely it is met anywhere */
	need_id child;    /* the dearest first */
	need_id next;
};

/* Reading a pattern. */
struct regex {
	const char *p;
	int depth;
	bool odd; /* something that is not understood */
	struct need *needs;
	size_t count, room;
	struct str words;
};

size_t needle_step(const char *s)
{
	unsigned char c = (unsigned char)*s;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static need_id add_need(struct regex *r, enum need_kind kind)
{
	r->needs = mem_grow(r->needs, r->count, &r->room, sizeof *r->needs);
	r->needs[r->count] = (struct need){ .kind = kind };
	return r->count++;
}

static need_id add_word(struct regex *r, const char *s, size_t len)
{
	size_t first = needle_step(s);
	need_id id = add_need(r, NEED_WORD);
	struct need *n = &r->needs[id];

	n->word = r->words.len;
	n->len = len;
	n->cost = len <= first ? COMMON : len <= first + 3 ? RARE : 1;
	str_addn(&r->words, s, len);
	return id;
}

/* Of what must all be there the rarest is asked for first. */
static void add_child(struct regex *r, need_id parent, need_id child)
{
	struct need *p = &r->needs[parent], *c = &r->needs[child];
	need_id *at = &p->child;

	if (!child)
		return;
	while (p->kind == NEED_ALL && *at && r->needs[*at].cost > c->cost)
		at = &r->needs[*at].next;
	c->next = *at;
	*at = child;
	if (p->kind == NEED_ANY)
		p->cost += c->cost;
	else if (!p->cost || c->cost < p->cost)
		p->cost = c->cost;
}

/* A node without a child says nothing, one with one says what that says. */
static need_id settle(struct regex *r, need_id id)
{
	need_id child = r->needs[id].child;

	return child && r->needs[child].next ? id : child;
}

/* The literals that stood one behind the other. */
static void end_run(struct regex *r, need_id all, struct str *run)
{
	if (run->len > 0)
		add_child(r, all, add_word(r, run->s, run->len));
	str_free(run);
}

/* Behind an atom: how often at least?  *once: it stands alone. */
static long quantifier(struct regex *r, bool *once)
{
	long least = 1;
	char *end;

	*once = false;
	if (*r->p == '?' || *r->p == '*') {
		least = 0;
		r->p++;
	} else if (*r->p == '+') {
		r->p++;
	} else if (*r->p == '{') {
		least = strtol(r->p + 1, &end, 10);
		r->odd = r->odd || end == r->p + 1 || least < 0;
		r->p = strchr(end, '}');
		if (!r->p) {
			r->odd = true;
			r->p = "";
			return 0;
		}
		r->p++;
	} else {
		*once = true;
		return 1;
	}
	r->p += *r->p == '?' || *r->p == '+';
	return least;
}

/* A character of a class, or a range of those that end alike; false: of another
 * kind, or too many. */
static bool class_part(struct regex *r, need_id any, size_t *count)
{
	const char *a = r->p + (*r->p == '\\' && ispunct((uint8_t)r->p[1]));
	size_t n = needle_step(a);
	bool range = a[n] == '-' && a[n + 1] && a[n + 1] != ']';
	const char *b = range ? a + n + 1 : a;
	uint8_t from = (uint8_t)a[n - 1], to = (uint8_t)b[n - 1];
	char one[4];

	if (*a == '\\' || (*a == '[' && a == r->p) || *b == '\\' ||
	    needle_step(b) != n || memcmp(a, b, n - 1) != 0 || from > to)
		return false;
	memcpy(one, a, n);
	for (; from <= to && ++*count <= SMALL; from++) {
		one[n - 1] = (char)from;
		add_child(r, any, add_word(r, one, n));
	}
	if (*count > SMALL)
		return false;
	r->p = b + n;
	return true;
}

/* [和及与]: one of the characters, if they are few and plain. */
static need_id class_of(struct regex *r)
{
	need_id any = add_need(r, NEED_ANY);
	bool plain = r->p[1] != '^';
	size_t count = 0;

	r->p += plain ? 1 : 2;
	for (bool first = true; *r->p && (first || *r->p != ']');
	     first = false) {
		r->odd = r->odd || (*r->p == '[' && r->p[1] == ':');
		plain = plain && class_part(r, any, &count);
		if (plain)
			continue;
		r->p += *r->p == '\\' && r->p[1];
		r->p += needle_step(r->p);
	}
	r->odd = r->odd || !*r->p;
	r->p += *r->p == ']';
	return plain ? settle(r, any) : 0;
}

/* \d \p{Han}: a character of some kind, or a place. */
static void skip_kind(struct regex *r)
{
	char c = r->p[1];

	if (!c || !strchr("dDsSwWbBKpP", c)) {
		r->odd = true;
		return;
	}
	r->p += 2;
	if (c != 'p' && c != 'P')
		return;
	r->p = *r->p == '{' ? strchr(r->p, '}') : NULL;
	r->odd = r->odd || !r->p;
	r->p = r->p ? r->p + 1 : "";
}

static need_id alternatives(struct regex *r);

/* How a bracket begins; what is only looked at ahead must stand there, too. */
static const struct opening {
	const char *s;
	bool known;
} openings[] = {
	{ "?:", true },   { "?>", true },   { "?=", true },   { "?!", false },
	{ "?<=", false }, { "?<!", false }, { "?i:", false },
};

static need_id group(struct regex *r)
{
	bool known = true;
	need_id id;

	r->p++;
	for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
		size_t n = strlen(openings[i].s);

		if (strncmp(r->p, openings[i].s, n) != 0)
			continue;
		known = openings[i].known;
		r->p += n;
		break;
	}
	r->odd = r->odd || *r->p == '?' || *r->p == '*' || ++r->depth > DEEP;
	id = alternatives(r);
	r->depth--;
	r->odd = r->odd || *r->p != ')';
	r->p += *r->p == ')';
	return known ? id : 0;
}

/* A character that stands for itself, behind what stood before it. */
static void literal(struct regex *r, need_id all, struct str *run)
{
	const char *c;
	size_t n;
	bool once;

	r->p += *r->p == '\\';
	c = r->p;
	n = needle_step(c);
	r->p += n;
	if (quantifier(r, &once) == 0) {
		end_run(r, all, run);
		return;
	}
	str_addn(run, c, n);
	if (!once)
		end_run(r, all, run);
}

/* What is no literal. */
static need_id atom(struct regex *r)
{
	if (*r->p == '(')
		return group(r);
	if (*r->p == '[')
		return class_of(r);
	if (*r->p == '\\')
		skip_kind(r);
	else
		r->p++; /* . ^ $ */
	return 0;
}

static bool is_literal(const char *p)
{
	if (*p == '\\')
		return ispunct((unsigned char)p[1]);
	return !strchr(".^$([", *p);
}

static need_id sequence(struct regex *r)
{
	need_id all = add_need(r, NEED_ALL), one;
	struct str run = { 0 };
	bool once;

	while (*r->p && *r->p != '|' && *r->p != ')' && !r->odd) {
		if (is_literal(r->p)) {
			r->odd = r->odd || strchr("?*+{", *r->p);
			literal(r, all, &run);
			continue;
		}
		end_run(r, all, &run);
		one = atom(r);
		if (quantifier(r, &once) > 0)
			add_child(r, all, one);
	}
	end_run(r, all, &run);
	return settle(r, all);
}

/* Each of them has to need something. */
static need_id alternatives(struct regex *r)
{
	need_id any = add_need(r, NEED_ANY);
	bool known = true;

	for (bool more = true; more && !r->odd;) {
		need_id one = sequence(r);

		known = known && one;
		add_child(r, any, one);
		more = *r->p == '|';
		r->p += more;
	}
	return known ? settle(r, any) : 0;
}

/* ---- needles ---- */

uint32_t needle_hash(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c = p[0];

	if (c >= 0xc0)
		c = c << 8 | p[1];
	if (p[0] >= 0xe0)
		c = c << 8 | p[2];
	return c * 0x9e3779b1u >> 12;
}

static uint32_t hash_two(uint32_t first, uint32_t second)
{
	return first ^ (second * 0x85ebca6bu >> 12);
}

struct needle needle_of(const char *word, size_t len)
{
	size_t n = needle_step(word);
	uint32_t hash = needle_hash(word);

	if (n < len)
		hash = hash_two(hash, needle_hash(word + n));
	return (struct needle){ word, len, hash };
}

/* The questions of a node; the first of them. */
static unsigned ask(const struct regex *r, need_id id, unsigned yes,
		    unsigned no, struct needles *out)
{
	const struct need *n = &r->needs[id];

	if (n->kind == NEED_WORD) {
		struct needle word = needle_of(out->text + n->word, n->len);

		out->words[out->count] = word;
		out->list[out->count] =
			(struct question){ word.hash, (uint16_t)yes,
					   (uint16_t)no };
		return (unsigned)out->count++;
	}
	for (need_id i = n->child; i; i = r->needs[i].next)
		if (n->kind == NEED_ANY)
			no = ask(r, i, yes, no, out);
		else if (r->needs[i].cost <= DEAR || !r->needs[i].next)
			yes = ask(r, i, yes, no, out);
	return n->kind == NEED_ALL ? yes : no;
}

void needles_of(const char *pattern, struct needles *out)
{
	struct regex r = { .p = pattern };
	need_id top;

	add_need(&r, NEED_ALL); /* none */
	top = alternatives(&r);
	*out = (struct needles){ 0 };
	if (top && !r.odd && !*r.p && r.count < NEEDLES_MET) {
		out->text = str_steal(&r.words);
		out->list = xreallocarray(NULL, r.count, sizeof *out->list);
		out->words = xreallocarray(NULL, r.count, sizeof *out->words);
		out->first = ask(&r, top, NEEDLES_MET, NEEDLES_MISSED, out);
	}
	if (out->count > MANY)
		needles_free(out);
	str_free(&r.words);
	free(r.needs);
}

void needles_free(struct needles *n)
{
	free(n->list);
	free(n->words);
	free(n->text);
	*n = (struct needles){ 0 };
}

/* ---- the characters of a text ---- */

/* Characters, and two of them, with the hash h stand at places[first[h]] to
 * places[first[h + 1]], in the order of the text.  Most that are looked for do not
 * stand there, and that is told by a bit of their hash. */
struct spots {
	uint32_t mask;
	uint32_t *first, *places;
	uint64_t bits[BITS / 64];
};

static size_t table_size(size_t len)
{
	size_t size = 64;

	while (size < len / 2)
		size *= 2;
	return size;
}

static void note(struct spots *sp, uint32_t hash)
{
	sp->first[(hash & sp->mask) + 2]++;
	sp->bits[hash % BITS / 64] |= (uint64_t)1 << hash % 64;
}

/* What stands at s + i: a character, and the two from there. */
struct pair {
	uint32_t one, two;
	size_t n; /* bytes of the first */
};

static struct pair pair_at(const char *s, size_t len, size_t i)
{
	size_t n = needle_step(s + i);
	uint32_t one = needle_hash(s + i);

	return (struct pair){
		one, i + n < len ? hash_two(one, needle_hash(s + i + n)) : one,
		n
	};
}

struct spots *spots_new(const char *s, size_t len)
{
	struct spots *sp = xcalloc(1, sizeof *sp);
	size_t size = table_size(len), count = 0;
	struct pair p;

	sp->mask = (uint32_t)size - 1;
	sp->first = xcalloc(size + 2, sizeof *sp->first);
	for (size_t i = 0; i < len; i += p.n, count += 2) {
		p = pair_at(s, len, i);
		note(sp, p.one);
		note(sp, p.two);
	}
	for (size_t h = 2; h < size + 2; h++)
		sp->first[h] += sp->first[h - 1];
	sp->places = xreallocarray(NULL, count + 1, sizeof *sp->places);
	for (size_t i = 0; i < len; i += p.n) {
		p = pair_at(s, len, i);
		sp->places[sp->first[(p.one & sp->mask) + 1]++] = (uint32_t)i;
		sp->places[sp->first[(p.two & sp->mask) + 1]++] = (uint32_t)i;
	}
	return sp;
}

void spots_free(struct spots *sp)
{
	if (!sp)
		return;
	free(sp->first);
	free(sp->places);
	free(sp);
}

static bool is_absent(const struct spots *sp, uint32_t hash)
{
	return !(sp->bits[hash % BITS / 64] >> hash % 64 & 1);
}

size_t spots_find(const struct spots *sp, const char *s,
		  const struct needle *word, size_t from, size_t to)
{
	size_t h = word->hash & sp->mask, last = word->len - 1;
	const uint32_t *end = sp->places + sp->first[h + 1];

	if (is_absent(sp, word->hash))
		return SIZE_MAX;
	for (const uint32_t *p = sp->places + sp->first[h]; p < end; p++)
		if (*p >= from && *p + last < to &&
		    s[*p + last] == word->s[last] &&
		    memcmp(s + *p, word->s, last) == 0)
			return *p;
	return SIZE_MAX;
}

bool spots_allow(const struct spots *sp, const char *s, const struct needles *n,
		 size_t from, size_t to)
{
	unsigned i = n->first;

	if (n->count == 0)
		return true;
	while (i < NEEDLES_MET) {
		const struct question *q = &n->list[i];
		bool met =
			!is_absent(sp, q->hash) &&
			spots_find(sp, s, &n->words[i], from, to) != SIZE_MAX;

		i = met ? q->yes : q->no;
	}
	return i == NEEDLES_MET;
}
