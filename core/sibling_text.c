/* The marks by which texts that are the same are found. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_likeness.h"
#include "core/mem.h"
#include "core/sibling_impl.h"

enum {
	WIDE = 8,         /* characters of a shingle */
	ONE_IN = 16,      /* so many shingles, one is kept; a power of two */
	VOTES_LEAST = 4,  /* marks that both have */
	VOTES_SHARE = 10, /* ... one in so many of its own */
};

static const uint64_t prime = 0x9e3779b97f4a7c15u;

/* The next character that is no blank, digit or mark below ASCII's letters: what
 * changes from unit to unit in a text that is otherwise the same. */
static bool next_char(const char **s, const char *end, uint32_t *c)
{
	while (*s < end) {
		const unsigned char *p = (const unsigned char *)*s;
		size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;

		*c = 0;
		for (size_t i = 0; i < n; i++)
			*c = *c << 8 | p[i];
		*s += n;
		if (*c >= 'A' && *c != 0xe38080)
			return true;
	}
	return false;
}

static uint64_t stir(uint64_t h)
{
	h ^= h >> 32;
	h *= prime;
	return h ^ h >> 29;
}

static void read_shingles(struct marks *out, uint32_t entry, const char *text)
{
	const char *end = text + strlen(text);
	uint64_t power = 1, h = 0;
	uint32_t ring[WIDE] = { 0 }, c;

	for (int i = 0; i < WIDE; i++)
		power *= prime;
	for (size_t n = 0; next_char(&text, end, &c); n++) {
		uint64_t mark;

		h = h * prime + c - power * ring[n % WIDE];
		ring[n % WIDE] = c;
		mark = stir(h);
		if (n + 1 >= WIDE && mark % ONE_IN == 0)
			marks_add(out, mark, entry);
	}
}

static uint64_t hash_of(const char *s, size_t len)
{
	const char *end = s + len;
	uint64_t h = 0;
	uint32_t c;

	while (next_char(&s, end, &c))
		h = (h ^ c) * prime;
	return stir(h);
}

/* Where the marks of a report's sentences go. */
struct sink {
	struct marks *marks;
	uint32_t entry;
};

static void take_sentence(void *to, const char *s, size_t len)
{
	const struct sink *sink = to;

	marks_add(sink->marks, hash_of(s, len), sink->entry);
}

void sibling_read_text(struct siblings *s, uint32_t entry,
		       const struct report *r)
{
	struct sink sink = { &s->sentences, entry };

	for (size_t i = 0; s->text && i < s->text->cell_count; i++) {
		struct value v = report_get(r, s->text->cells[i]);

		if (v.kind != VALUE_TEXT)
			continue;
		read_shingles(&s->shingles, entry, v.text);
		likeness_sentences(v.text, take_sentence, &sink);
	}
}

bool siblings_share(const struct siblings *s, const char *sentence, size_t len)
{
	size_t count;

	marks_find(&s->sentences, hash_of(sentence, len), &count);
	return count > s->common;
}

/* ---- who may have the same ---- */

/* The reports that have marks of this one's, and how many: each once. */
struct found {
	uint32_t *list;
	size_t count, room;
};

static void vote(const struct siblings *s, uint64_t hash, const struct entry *e,
		 struct found *out)
{
	size_t count;
	const struct mark *m = marks_find(&s->shingles, hash, &count);

	if (count > s->common)
		return;
	for (size_t i = 0; i < count; i++) {
		uint32_t o = m[i].entry;

		if (!sibling_of(e, &s->entries[o]))
			continue;
		if (!s->votes[o]++) {
			out->list = mem_grow(out->list, out->count, &out->room,
					     sizeof *out->list);
			out->list[out->count++] = o;
		}
	}
}

/* The likeliest first: taken out one by one, there are few wanted. */
static size_t best_of(const struct siblings *s, const struct found *f,
		      size_t least, int64_t *ids, size_t most)
{
	size_t n = 0;

	for (; n < most; n++) {
		uint32_t best = 0;
		unsigned votes = 0;

		for (size_t i = 0; i < f->count; i++)
			if (s->votes[f->list[i]] > votes) {
				best = f->list[i];
				votes = s->votes[best];
			}
		if (votes < least)
			break;
		ids[n] = s->entries[best].id;
		s->votes[best] = 0;
	}
	return n;
}

size_t siblings_like(const struct siblings *s, int64_t id,
		     const struct report *r, int64_t *ids, size_t most)
{
	const struct entry *e = sibling_entry(s, id);
	struct siblings own = { .text = s->text };
	struct found found = { 0 };
	size_t n, least;

	if (!e)
		return 0;
	sibling_read_text(&own, 0, r);
	marks_sort(&own.shingles);
	for (size_t i = 0; i < own.shingles.count; i++)
		vote(s, own.shingles.list[i].hash, e, &found);
	least = own.shingles.count / VOTES_SHARE;
	n = best_of(s, &found, least > VOTES_LEAST ? least : VOTES_LEAST, ids,
		    most);
	for (size_t i = 0; i < found.count; i++)
		s->votes[found.list[i]] = 0;
	free(found.list);
	free(own.shingles.list);
	free(own.sentences.list);
	return n;
}
