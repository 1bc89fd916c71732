#include "core/sibling.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint_sibling.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/sibling_impl.h"

enum {
	LOOKED_AT = 256, /* reports with the same tables */
	FEW = 5,         /* numbers that are not 0: fewer may be chance */
	COMMON = 64,     /* texts: what more have is nobody's own ... */
	COMMON_LEAST = 6 /* ... of a few texts: what more than these have */
};

static const struct rule_def *rule_of(const struct form_def *form,
				      const char *check)
{
	for (size_t i = 0; i < form->rule_count; i++)
		if (form->rules[i].check &&
		    strcmp(form->rules[i].check, check) == 0)
			return &form->rules[i];
	return NULL;
}

struct siblings *siblings_new(const struct form_def *form, sibling_read *read,
			      void *from)
{
	struct siblings *s = xcalloc(1, sizeof *s);

	*s = (struct siblings){ .form = form, .read = read, .from = from };
	s->text = rule_of(form, SIBLING_TEXT);
	s->length = rule_of(form, SIBLING_LENGTH);
	s->numbers = rule_of(form, SIBLING_NUMBERS);
	s->tables = rule_of(form, SIBLING_TABLES);
	return s;
}

static size_t compared(const struct siblings *s)
{
	return s->numbers ? s->numbers->cell_count : 0;
}

void siblings_free(struct siblings *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++) {
		struct entry *e = &s->entries[i];

		free(e->name);
		free(e->level);
		free(e->above);
		free(e->counted);
		free(e->numbers);
	}
	for (size_t i = 0; i < s->group_count * (compared(s) + 1); i++)
		free(s->columns[i].list);
	free(s->columns);
	free(s->entries);
	free(s->shingles.list);
	free(s->sentences.list);
	free(s->same.list);
	free(s->votes);
	free(s->from);
	free(s);
}

/* ---- marks ---- */

void marks_add(struct marks *m, uint64_t hash, uint32_t entry)
{
	m->list = mem_grow(m->list, m->count, &m->room, sizeof *m->list);
	m->list[m->count++] = (struct mark){ hash, entry };
}

static int by_hash(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

void marks_sort(struct marks *m)
{
	size_t kept = 0;

	if (m->count)
		qsort(m->list, m->count, sizeof *m->list, by_hash);
	for (size_t i = 0; i < m->count; i++)
		if (!kept || by_hash(&m->list[kept - 1], &m->list[i]) != 0)
			m->list[kept++] = m->list[i];
	m->count = kept;
}

/* The first mark from `low` on whose hash is not smaller (or, `beyond`, larger).
 */
static size_t bound(const struct marks *m, size_t low, uint64_t hash,
		    bool beyond)
{
	size_t high = m->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t h = m->list[middle].hash;

		if (h < hash || (beyond && h == hash))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct mark *marks_find(const struct marks *m, uint64_t hash,
			      size_t *count)
{
	size_t first = bound(m, 0, hash, false);

	*count = bound(m, first, hash, true) - first;
	return m->list + first;
}

/* ---- put in ---- */

/* All that is typed into the tables and is not 0. */
static uint64_t tables_of(const struct report *r)
{
	const struct form_def *form = report_form(r);
	uint64_t h = 0xcbf29ce484222325u;
	size_t n = 0;

	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *def = &form->cells[i];
		struct value v = report_get(r, i);

		if (!def->grid || def->derived || !cell_is_number(def) ||
		    cell_computed(def) || v.kind != VALUE_NUMBER ||
		    v.number == 0)
			continue;
		h = (h ^ i) * 0x100000001b3u;
		h = (h ^ (uint64_t)v.number) * 0x100000001b3u;
		h ^= h >> 29;
		n++;
	}
	return n < FEW ? 0 : h ? h : 1;
}

static int64_t *numbers_of(const struct siblings *s, const struct report *r)
{
	int64_t *out = xcalloc(compared(s) + 1, sizeof *out);

	for (size_t i = 0; i < compared(s); i++) {
		struct value v = report_get(r, s->numbers->cells[i]);

		out[i] = v.kind == VALUE_NUMBER ? v.number : NO_NUMBER;
	}
	return out;
}

static int64_t length_of(const struct rule_def *rule, const struct report *r)
{
	int64_t n = 0;

	for (size_t i = 0; rule && i < rule->cell_count; i++) {
		struct value v = report_get(r, rule->cells[i]);
		const char *c = v.kind == VALUE_TEXT ? v.text : "";

		for (; *c; c++)
			n += (unsigned char)*c > ' ' &&
			     ((unsigned char)*c & 0xc0) != 0x80;
	}
	return n;
}

void siblings_add(struct siblings *s, int64_t id, const struct unit *unit,
		  const struct report *r)
{
	struct entry *e;

	s->entries =
		mem_grow(s->entries, s->count, &s->room, sizeof *s->entries);
	e = &s->entries[s->count];
	*e = (struct entry){
		.id = id,
		.name = xstrdup(unit->name),
		.level = xstrdup(unit->level),
		.above = xstrdup(unit->reports_to),
		.counted = xstrdup(unit->counted_in),
		.kind = unit->kind,
		.tables = s->tables ? tables_of(r) : 0,
		.length = length_of(s->length, r),
		.numbers = numbers_of(s, r),
	};
	if (e->tables)
		marks_add(&s->same, e->tables, (uint32_t)s->count);
	sibling_read_text(s, (uint32_t)s->count++, r);
}

/* ---- when all are in ---- */

/* Marks name entries by their place: those are put in by id, or sorted and
 * renamed. */
static int by_id(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a,
			   *y = *(const struct entry *const *)b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void rename_marks(struct marks *m, const uint32_t *place)
{
	for (size_t i = 0; i < m->count; i++)
		m->list[i].entry = place[m->list[i].entry];
}

static void sort_entries(struct siblings *s)
{
	const struct entry **order = xcalloc(s->count + 1, sizeof(void *));
	struct entry *sorted = xcalloc(s->count + 1, sizeof *sorted);
	uint32_t *place = xcalloc(s->count + 1, sizeof *place);

	for (size_t i = 0; i < s->count; i++)
		order[i] = &s->entries[i];
	if (s->count)
		qsort(order, s->count, sizeof *order, by_id);
	for (size_t i = 0; i < s->count; i++) {
		sorted[i] = *order[i];
		place[order[i] - s->entries] = (uint32_t)i;
	}
	rename_marks(&s->shingles, place);
	rename_marks(&s->sentences, place);
	rename_marks(&s->same, place);
	free(s->entries);
	s->entries = sorted;
	s->room = s->count + 1;
	free(order);
	free(place);
}

static int by_group(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a,
			   *y = *(const struct entry *const *)b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->level, y->level);
}

static void make_groups(struct siblings *s)
{
	struct entry **order = xcalloc(s->count + 1, sizeof(void *));

	for (size_t i = 0; i < s->count; i++)
		order[i] = &s->entries[i];
	if (s->count)
		qsort(order, s->count, sizeof *order, by_group);
	for (size_t i = 0; i < s->count; i++) {
		if (i == 0 || by_group(&order[i - 1], &order[i]) != 0)
			s->group_count++;
		order[i]->group = s->group_count - 1;
	}
	free(order);
}

static void add_number(struct column *c, int64_t n)
{
	/* room doubles: it is as large as the next power of two */
	if ((c->count & (c->count - 1)) == 0)
		c->list = xreallocarray(c->list, c->count ? 2 * c->count : 1,
					sizeof *c->list);
	c->list[c->count++] = n;
	c->zero += n == 0;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void make_columns(struct siblings *s)
{
	size_t wide = compared(s) + 1;

	s->columns = xcalloc(s->group_count * wide + 1, sizeof *s->columns);
	for (size_t i = 0; i < s->count; i++) {
		const struct entry *e = &s->entries[i];
		struct column *line = &s->columns[e->group * wide];

		for (size_t k = 0; k + 1 < wide; k++)
			if (e->numbers[k] != NO_NUMBER)
				add_number(&line[k], e->numbers[k]);
		if (e->length > 0)
			add_number(&line[wide - 1], e->length);
	}
	for (size_t i = 0; i < s->group_count * wide; i++)
		if (s->columns[i].count)
			qsort(s->columns[i].list, s->columns[i].count,
			      sizeof *s->columns[i].list, by_number);
}

void siblings_close(struct siblings *s)
{
	sort_entries(s);
	make_groups(s);
	make_columns(s);
	marks_sort(&s->shingles);
	marks_sort(&s->sentences);
	marks_sort(&s->same);
	s->common = s->count / 4;
	if (s->common > COMMON)
		s->common = COMMON;
	if (s->common < COMMON_LEAST)
		s->common = COMMON_LEAST;
	s->votes = xcalloc(s->count + 1, sizeof *s->votes);
}

size_t siblings_count(const struct siblings *s)
{
	return s->count;
}

/* ---- told ---- */

const struct entry *sibling_entry(const struct siblings *s, int64_t id)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (s->entries[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->count && s->entries[low].id == id ? &s->entries[low]
							  : NULL;
}

static bool is_above(const struct entry *a, const struct entry *b)
{
	return (*b->above && strcmp(a->name, b->above) == 0) ||
	       (*b->counted && strcmp(a->name, b->counted) == 0);
}

bool sibling_of(const struct entry *a, const struct entry *b)
{
	return a != b && a->kind == b->kind && !is_above(a, b) &&
	       !is_above(b, a);
}

size_t siblings_same_tables(const struct siblings *s, int64_t id,
			    const char *named[SIBLING_NAMED])
{
	const struct entry *e = sibling_entry(s, id);
	size_t n = 0, count = 0;
	const struct mark *m =
		e && e->tables ? marks_find(&s->same, e->tables, &count) : NULL;

	for (size_t i = 0; i < count && i < LOOKED_AT; i++) {
		const struct entry *o = &s->entries[m[i].entry];

		if (!sibling_of(e, o))
			continue;
		if (n < SIBLING_NAMED)
			named[n] = o->name;
		n++;
	}
	/* where there are so many, none is looked at twice */
	return n && count > LOOKED_AT ? n + count - LOOKED_AT : n;
}

/* Where a number stands in a column, c->count: it does not. */
static size_t position(const struct column *c, int64_t number)
{
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->list[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->count && c->list[low] == number ? low : c->count;
}

/* Without `own`, which is one of them. */
static struct sibling_range range_of(const struct column *c, int64_t own)
{
	struct sibling_range out = { 0 };
	size_t at = position(c, own), n = c->count - (at < c->count);
	size_t places[] = { (n - 1) / 10, n / 2, (n - 1) - (n - 1) / 10 };

	if (n == 0)
		return out;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		places[i] += places[i] >= at;
	out.low = c->list[places[0]];
	out.middle = c->list[places[1]];
	out.high = c->list[places[2]];
	out.count = n;
	out.zero = c->zero - (own == 0);
	return out;
}

struct sibling_range siblings_range(const struct siblings *s, int64_t id,
				    size_t cell)
{
	const struct entry *e = sibling_entry(s, id);
	size_t wide = compared(s) + 1;

	for (size_t i = 0; e && i + 1 < wide; i++)
		if (s->numbers->cells[i] == cell)
			return range_of(&s->columns[e->group * wide + i],
					e->numbers[i]);
	return (struct sibling_range){ 0 };
}

struct sibling_range siblings_length(const struct siblings *s, int64_t id,
				     int64_t *own)
{
	const struct entry *e = sibling_entry(s, id);
	size_t wide = compared(s) + 1;

	*own = e ? e->length : 0;
	if (!e)
		return (struct sibling_range){ 0 };
	return range_of(&s->columns[e->group * wide + wide - 1],
			e->length ? e->length : NO_NUMBER);
}

struct report *siblings_report(const struct siblings *s, int64_t id)
{
	return s->read(s->from, id);
}

const char *siblings_name(const struct siblings *s, int64_t id)
{
	const struct entry *e = sibling_entry(s, id);

	return e ? e->name : "";
}
