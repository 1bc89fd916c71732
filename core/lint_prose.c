#include "core/lint_prose.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint_claim.h"
#include "core/lint_likeness.h"
#include "core/mem.h"
#include "core/text.h"

enum {
	SPARE = 64, /* paragraphs that may be kept beyond those in use */
};

struct places {
	struct place *list;
	size_t count, room;
	struct place whole;
	bool split; /* in this round */
	bool asked; /* … for the whole */
};

struct prose {
	const struct form_def *form;
	struct paragraph **slots; /* hashed, open addressing */
	size_t slot_count, count;
	struct places *cells; /* one a cell */
	uint64_t salt;
	unsigned round;
	struct others *others;
};

struct prose *prose_new(const struct form_def *form)
{
	struct prose *p = xcalloc(1, sizeof *p);

	p->form = form;
	return p;
}

static void paragraph_free(struct prose *p, struct paragraph *it)
{
	if (!it)
		return;
	for (size_t i = 0; it->rules && i < p->form->rule_count; i++)
		free(it->rules[i].found.list);
	free(it->rules);
	claims_free(it->claims);
	likes_free(it->likes);
	spots_free(it->spots);
	free(it);
}

void prose_free(struct prose *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->slot_count; i++)
		paragraph_free(p, p->slots[i]);
	for (size_t i = 0; p->cells && i < p->form->cell_count; i++)
		free(p->cells[i].list);
	others_free(p->others);
	free(p->cells);
	free(p->slots);
	free(p);
}

static void insert(struct prose *p, struct paragraph *it)
{
	size_t i = it->hash & (p->slot_count - 1);

	while (p->slots[i])
		i = (i + 1) & (p->slot_count - 1);
	p->slots[i] = it;
}

/* Into a table with room for as many again; the old ones are dropped. */
static void rebuild(struct prose *p, bool sweep)
{
	struct paragraph **old = p->slots;
	size_t old_count = p->slot_count, kept = 0;

	for (size_t i = 0; i < old_count; i++) {
		if (!old[i])
			continue;
		if (sweep && old[i]->used + 1 < p->round) {
			paragraph_free(p, old[i]);
			old[i] = NULL;
			continue;
		}
		kept++;
	}
	p->count = kept;
	for (p->slot_count = 64; p->slot_count < 4 * kept;)
		p->slot_count *= 2;
	p->slots = xcalloc(p->slot_count, sizeof(struct paragraph *));
	for (size_t i = 0; i < old_count; i++)
		if (old[i])
			insert(p, old[i]);
	free(old);
}

void prose_round(struct prose *p, uint64_t salt)
{
	size_t live = 0;

	if (!p->cells)
		p->cells = xcalloc(p->form->cell_count + 1, sizeof *p->cells);
	for (size_t i = 0; i < p->form->cell_count; i++) {
		live += p->cells[i].count + p->cells[i].asked;
		p->cells[i].count = 0;
		p->cells[i].split = p->cells[i].asked = false;
	}
	p->round++;
	p->salt = salt;
	if (p->count > 2 * live + SPARE)
		rebuild(p, true);
}

/* FNV-1a, eight bytes at a time. */
static uint64_t hash_of(uint64_t h, const char *s, size_t len)
{
	uint64_t word;

	for (; len >= sizeof word; s += sizeof word, len -= sizeof word) {
		memcpy(&word, s, sizeof word);
		h = (h ^ word) * 0x100000001b3u;
		h ^= h >> 29;
	}
	for (; len > 0; s++, len--)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return h ^ h >> 32;
}

static struct paragraph *paragraph_of(struct prose *p, uint64_t hash,
				      size_t len)
{
	struct paragraph *it;
	size_t i;

	if (2 * (p->count + 1) > p->slot_count)
		rebuild(p, false);
	for (i = hash & (p->slot_count - 1); p->slots[i];
	     i = (i + 1) & (p->slot_count - 1))
		if (p->slots[i]->hash == hash && p->slots[i]->len == len)
			break;
	if (!p->slots[i]) {
		it = xcalloc(1, sizeof *it);
		it->hash = hash;
		it->len = len;
		p->slots[i] = it;
		p->count++;
	}
	p->slots[i]->used = p->round;
	return p->slots[i];
}

/* `above` is the heading that a paragraph stands under: what it speaks of may
 * be said there alone. */
static void split(struct prose *p, struct places *out, const char *text)
{
	const char *above = "";
	size_t above_len = 0;

	for (const char *s = text, *end; *s; s = *end ? end + 1 : end) {
		size_t len;
		uint64_t hash;

		end = strchrnul(s, '\n');
		len = (size_t)(end - s);
		if (len == 0)
			continue;
		hash = hash_of(hash_of(p->salt, above, above_len), s, len);
		out->list = mem_grow(out->list, out->count, &out->room,
				     sizeof *out->list);
		out->list[out->count++] = (struct place){
			(size_t)(s - text),        len, s, above, above_len,
			paragraph_of(p, hash, len)
		};
		if (claim_is_heading(s, len)) {
			above = s;
			above_len = len;
		}
	}
}

const struct place *prose_cell(struct prose *p, const struct report *r,
			       size_t cell, size_t *count)
{
	struct places *out = &p->cells[cell];
	struct value v = report_get(r, cell);

	if (!out->split && v.kind == VALUE_TEXT)
		split(p, out, v.text);
	out->split = true;
	*count = out->count;
	return out->list;
}

const struct place *prose_whole(struct prose *p, const struct report *r,
				size_t cell)
{
	struct places *out = &p->cells[cell];
	struct value v = report_get(r, cell);
	size_t len;

	if (v.kind != VALUE_TEXT)
		return NULL;
	if (!out->asked) {
		len = strlen(v.text);
		out->whole = (struct place){
			0,
			len,
			v.text,
			"",
			0,
			paragraph_of(p, hash_of(p->salt, v.text, len), len)
		};
	}
	out->asked = true;
	return &out->whole;
}

size_t prose_count(struct prose *p, const struct report *r, size_t cell)
{
	size_t count, chars = 0;
	const struct place *list = prose_cell(p, r, cell, &count);

	for (size_t i = 0; i < count; i++) {
		struct paragraph *it = list[i].paragraph;

		if (!it->chars)
			it->chars = text_count_in(list[i].text, list[i].len);
		chars += it->chars;
	}
	return chars;
}

/* ---- looked for in a paragraph ---- */

static const struct spots *spots_of(const struct place *at)
{
	struct paragraph *it = at->paragraph;

	if (!it->spots)
		it->spots = spots_new(at->text, at->len);
	return it->spots;
}

size_t place_find(const struct place *at, const struct needle *word,
		  size_t from, size_t to)
{
	return spots_find(spots_of(at), at->text, word, from, to);
}

bool place_allows(const struct place *at, const char *pattern, size_t from,
		  size_t to)
{
	return pattern && to > from &&
	       spots_allow(spots_of(at), at->text, pattern_needles(pattern),
			   from, to);
}

bool place_fits(const struct place *at, const char *pattern, size_t from,
		size_t to)
{
	return place_allows(at, pattern, from, to) &&
	       pattern_fits(pattern, at->text + from, to - from);
}

bool place_first(const struct place *at, const char *pattern, size_t from,
		 size_t to, struct match *out)
{
	if (!place_allows(at, pattern, from, to) ||
	    !pattern_find(pattern, at->text + from, to - from, 0, out))
		return false;
	out->start += from;
	out->end += from;
	return true;
}

bool place_last(const struct place *at, const char *pattern, size_t from,
		size_t to, struct match *out)
{
	if (!place_allows(at, pattern, from, to) ||
	    !pattern_last(pattern, at->text + from, to - from, out))
		return false;
	out->start += from;
	out->end += from;
	return true;
}

/* Is one of the words there without which the pattern finds nothing? */
static bool may_match(const struct place *at, const struct rule_def *rule)
{
	for (size_t i = 0; i < rule->with_count; i++) {
		struct needle word =
			needle_of(rule->with[i], strlen(rule->with[i]));

		if (place_find(at, &word, 0, at->len) != SIZE_MAX)
			return true;
	}
	return rule->with_count == 0 &&
	       place_allows(at, rule->pattern, 0, at->len);
}

struct others **prose_others(struct prose *p)
{
	return &p->others;
}

void prose_pattern(const struct place *at, const struct rule_def *rule,
		   const void *with, struct matches *out)
{
	(void)with;
	if (may_match(at, rule))
		pattern_all(rule->pattern, rule->except, at->text, at->len,
			    out);
}

const struct matches *prose_found(struct prose *p, const struct place *at,
				  const struct rule_def *rule, prose_find *find,
				  const void *with)
{
	struct paragraph *it = at->paragraph;
	struct rule_matches *m;

	if (!it->rules)
		it->rules = xcalloc(p->form->rule_count, sizeof *it->rules);
	m = &it->rules[rule - p->form->rules];
	if (!m->asked)
		find(at, rule, with, &m->found);
	m->asked = true;
	return &m->found;
}
