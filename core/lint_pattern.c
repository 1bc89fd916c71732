#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/lint_pattern.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/lint_start.h"
#include "core/mem.h"
#include "forms/form.h"

enum {
	SLOTS = 1024, /* a power of two; a form has about a hundred */
	FULL = SLOTS * 3 / 4,
	OFTEN = 200,
	FAULT = 128,
	LONG = 256, /* bytes: a longer text counts as several uses */
};

struct compiled {
	const char *pattern; /* the form's; NULL: the slot is free */
	char *text;          /* a copy: another form may lie there one day */
	unsigned loads;      /* of forms, when it was looked at last */
	pcre2_code *code;
	struct needles needles;
	struct starts starts;
	size_t uses;
	bool tried, fast; /* machine code: there is */
	char *fault;      /* or NULL */
	size_t at;        /* of the fault, bytes */
};

static struct compiled table[SLOTS];
static size_t used;
static pcre2_match_data *data;

static size_t slot_of(const char *pattern)
{
	uint64_t h = (uint64_t)(uintptr_t)pattern * 0x9e3779b97f4a7c15u;

	return (size_t)(h >> 40) % SLOTS;
}

static void clear(struct compiled *c)
{
	pcre2_code_free(c->code);
	needles_free(&c->needles);
	free(c->text);
	free(c->fault);
	*c = (struct compiled){ 0 };
}

static void compile(struct compiled *c, const char *pattern)
{
	int error;

	c->pattern = pattern;
	c->text = xstrdup(pattern);
	starts_of(pattern, &c->starts);
	c->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
				PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE |
					(c->starts.known ? PCRE2_ANCHORED : 0),
				&error, &c->at, NULL);
	if (!c->code) {
		c->fault = xcalloc(FAULT, 1);
		pcre2_get_error_message(error, (PCRE2_UCHAR *)c->fault, FAULT);
		return;
	}
	needles_of(pattern, &c->needles);
}

/* Compiling to machine code costs as much as some tens of paragraphs: it is
 * done for a pattern that is used again and again.  Without it is only slower.
 */
static void speed_up(struct compiled *c, size_t len)
{
	if (c->tried)
		return;
	c->uses += 1 + len / LONG;
	c->tried = c->uses >= OFTEN;
	if (c->tried)
		c->fast = pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE) == 0;
}

/* The short way, which looks at no argument twice, for machine code. */
static int run(const struct compiled *c, const char *s, size_t len, size_t from)
{
	if (c->fast)
		return pcre2_jit_match(c->code, (PCRE2_SPTR)s, len, from,
				       PCRE2_NOTEMPTY, data, NULL);
	return pcre2_match(c->code, (PCRE2_SPTR)s, len, from,
			   PCRE2_NOTEMPTY | PCRE2_NO_UTF_CHECK, data, NULL);
}

/* One that says with what it begins is anchored, and tried where that stands. */
static int match(const struct compiled *c, const char *s, size_t len,
		 size_t from)
{
	int found = PCRE2_ERROR_NOMATCH;

	if (!c->starts.known)
		return run(c, s, len, from);
	for (size_t at = from; found == PCRE2_ERROR_NOMATCH; at++) {
		at = starts_next(&c->starts, s, len, at);
		if (at == len)
			break;
		found = run(c, s, len, at);
	}
	return found;
}

static struct compiled *compiled(const char *pattern)
{
	size_t i = slot_of(pattern);

	for (; table[i].pattern; i = (i + 1) % SLOTS) {
		if (table[i].pattern != pattern)
			continue;
		if (table[i].loads != form_loads() &&
		    strcmp(table[i].text, pattern) != 0) {
			clear(&table[i]);
			compile(&table[i], pattern);
		}
		table[i].loads = form_loads();
		return &table[i];
	}
	if (used == FULL) {
		for (i = 0; i < SLOTS; i++)
			clear(&table[i]);
		used = 0;
		i = slot_of(pattern);
	}
	used++;
	compile(&table[i], pattern);
	return &table[i];
}

const char *pattern_fault(const char *pattern)
{
	return compiled(pattern)->fault;
}

const char *pattern_slip(const char *pattern, size_t *at)
{
	const struct compiled *c = compiled(pattern);

	*at = 1;
	for (size_t i = 0; i < c->at && pattern[i]; i++)
		*at += ((unsigned char)pattern[i] & 0xc0) != 0x80;
	return c->fault;
}

const struct needles *pattern_needles(const char *pattern)
{
	return &compiled(pattern)->needles;
}

/* Empty matches are none. */
bool pattern_find(const char *pattern, const char *s, size_t len, size_t from,
		  struct match *out)
{
	struct compiled *c = pattern ? compiled(pattern) : NULL;
	const PCRE2_SIZE *range;

	if (!data)
		data = pcre2_match_data_create(1, NULL);
	if (!c || !c->code || !data || from >= len)
		return false;
	speed_up(c, len - from);
	/* 0: matched, with more groups than there is room for */
	if (match(c, s, len, from) < 0)
		return false;
	range = pcre2_get_ovector_pointer(data);
	if (range[1] <= range[0])
		return false; /* \K in a lookaround */
	if (out)
		*out = (struct match){ range[0], range[1] };
	return true;
}

bool pattern_fits(const char *pattern, const char *s, size_t len)
{
	return pattern_find(pattern, s, len, 0, NULL);
}

bool pattern_last(const char *pattern, const char *s, size_t len,
		  struct match *out)
{
	size_t at = 0;
	bool found = false;

	while (pattern_find(pattern, s, len, at, out)) {
		found = true;
		at = out->end;
	}
	return found;
}

/* Is m inside one of the excused places, the first of which is at *e? */
static bool is_excused(const struct matches *excused, size_t *e, struct match m)
{
	while (*e < excused->count && excused->list[*e].end < m.end)
		++*e;
	return *e < excused->count && excused->list[*e].start <= m.start;
}

static void add(struct matches *out, struct match m)
{
	out->list =
		mem_grow(out->list, out->count, &out->room, sizeof *out->list);
	out->list[out->count++] = m;
}

void pattern_all(const char *pattern, const char *except, const char *s,
		 size_t len, struct matches *out)
{
	struct matches excused = { 0 };
	struct match m;
	bool asked = false;
	size_t e = 0;

	for (size_t at = 0; pattern_find(pattern, s, len, at, &m); at = m.end) {
		if (except && !asked)
			pattern_all(except, NULL, s, len, &excused);
		asked = true;
		if (!is_excused(&excused, &e, m))
			add(out, m);
	}
	free(excused.list);
}
