#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/lint_pattern.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

struct compiled {
	pcre2_code *pattern, *except;
	bool tried;
	char fault[128];
};

struct matches {
	struct match *list;
	size_t count, room;
};

struct patterns {
	const struct form_def *form;
	struct compiled *rules; /* one a rule of the form */
	pcre2_match_data *data;
	struct matches found, excused;
};

struct patterns *patterns_new(const struct form_def *form)
{
	struct patterns *set = xcalloc(1, sizeof *set);

	set->form = form;
	return set;
}

void patterns_free(struct patterns *set)
{
	if (!set)
		return;
	for (size_t i = 0; set->rules && i < set->form->rule_count; i++) {
		pcre2_code_free(set->rules[i].pattern);
		pcre2_code_free(set->rules[i].except);
	}
	pcre2_match_data_free(set->data);
	free(set->rules);
	free(set->found.list);
	free(set->excused.list);
	free(set);
}

static pcre2_code *compile(const char *pattern, char *fault, size_t room)
{
	PCRE2_SIZE at;
	pcre2_code *code;
	int error;

	code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
			     PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE, &error,
			     &at, NULL);
	if (!code) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)fault, room);
		return NULL;
	}
	/* Without JIT it is only slower. */
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

static struct compiled *compiled(struct patterns *set,
				 const struct rule_def *rule)
{
	struct compiled *c;

	if (!set->rules)
		set->rules = xcalloc(set->form->rule_count, sizeof *set->rules);
	c = &set->rules[rule - set->form->rules];
	if (c->tried)
		return c;
	c->tried = true;
	c->pattern = compile(rule->pattern, c->fault, sizeof c->fault);
	if (rule->except)
		c->except = compile(rule->except, c->fault, sizeof c->fault);
	return c;
}

static void match_add(struct matches *m, size_t start, size_t end)
{
	m->list = mem_grow(m->list, m->count, &m->room, sizeof *m->list);
	m->list[m->count++] = (struct match){ start, end };
}

/* Matches follow each other; empty ones are none. */
static void match_all(struct patterns *set, const pcre2_code *code,
		      const char *text, struct matches *out)
{
	size_t len = strlen(text), at = 0;

	out->count = 0;
	if (!set->data)
		set->data = pcre2_match_data_create(1, NULL);
	while (code && set->data && at < len) {
		uint32_t checked = at ? PCRE2_NO_UTF_CHECK : 0;
		const PCRE2_SIZE *range;

		/* 0: matched, with more groups than there is room for */
		if (pcre2_match(code, (PCRE2_SPTR)text, len, at,
				PCRE2_NOTEMPTY | checked, set->data, NULL) < 0)
			return;
		range = pcre2_get_ovector_pointer(set->data);
		if (range[1] <= range[0])
			return; /* \K in a lookaround */
		match_add(out, range[0], range[1]);
		at = range[1];
	}
}

/* Drop from `found` what lies inside an excused place. */
static void drop_excused(struct matches *found, const struct matches *excused)
{
	size_t kept = 0, e = 0;

	for (size_t i = 0; i < found->count; i++) {
		struct match m = found->list[i];

		while (e < excused->count && excused->list[e].end < m.end)
			e++;
		if (e == excused->count || excused->list[e].start > m.start)
			found->list[kept++] = m;
	}
	found->count = kept;
}

const struct match *patterns_find(struct patterns *set,
				  const struct rule_def *rule, const char *text,
				  size_t *count, const char **fault)
{
	const struct compiled *c = compiled(set, rule);

	if (fault)
		*fault = *c->fault ? c->fault : NULL;
	match_all(set, c->pattern, text, &set->found);
	if (set->found.count && c->except) {
		match_all(set, c->except, text, &set->excused);
		drop_excused(&set->found, &set->excused);
	}
	*count = set->found.count;
	return set->found.list;
}
