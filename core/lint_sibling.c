/* Q2, Q8, N24, N26: beside other units of the kind. */
#include "core/lint_sibling.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/lint_likeness.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/sibling.h"
#include "core/site.h"
#include "core/tr.h"

enum {
	LIKELY = 3,   /* texts that are read again */
	SHOWN = 3,    /* pairs of sentences that are written out */
	FAR = 10,     /* times more or less than the outer tenths */
	LONG = 3,     /* times longer or shorter than the middle one */
	NEARLY = 5,   /* one in so many may be 0 where "all" have numbers */
	LITTLE = 300, /* characters: the middle one of texts worth comparing */
};

bool rule_wants_siblings(const struct rule_def *rule)
{
	return rule->check && strncmp(rule->check, "sibling_", 8) == 0;
}

/* ---- Q2 ---- */

struct copied {
	int64_t id;
	int percent;
	struct alikes pairs;
};

static bool is_shared(const void *who, const char *s, size_t len)
{
	return siblings_share(who, s, len);
}

/* How much of the text that is its own stands in the other one's. */
static void compare(const struct job *job, int64_t id, struct copied *best)
{
	const struct siblings *all = job->in->siblings;
	struct report *other = siblings_report(all, id);
	struct alikes pairs = { 0 };
	struct likeness l;
	int percent;

	if (!other)
		return;
	l = likeness_of(job->now, other, job->rule->cells,
			job->rule->cell_count, is_shared, all, &pairs);
	percent = likeness_percent(l.same, l.all - l.shared);
	if (percent > best->percent) {
		alikes_free(&best->pairs);
		*best = (struct copied){ id, percent, pairs };
	} else {
		alikes_free(&pairs);
	}
	report_free(other);
}

static void say_copied(const struct job *job, const struct copied *best)
{
	const char *name = siblings_name(job->in->siblings, best->id);
	char *match = str_printf(_("文字有%d%%与%s的相同或相近"), best->percent,
				 name);
	struct message_values values = { match, best->pairs.count };
	struct str more = { 0 }, facts = { 0 };
	struct finding *f;

	likeness_say(job->now, &best->pairs, _("本单位："), _("对方："), &more);
	if (best->pairs.count > SHOWN)
		str_addf(&more, _("共有 %zu 句相同或相近。"),
			 best->pairs.count);
	f = lint_add(job, NULL, NULL, "{match}", &values, more.s);
	finding_cell(f, best->pairs.list[0].cell);
	f->offset = best->pairs.list[0].start;
	str_addf(&facts, "%s %d%%", name, best->percent);
	lint_facts(f, &facts);
	str_free(&more);
	free(match);
}

/* Most of the text is what many units have word for word. */
static void say_shared(const struct job *job, int percent)
{
	char *match =
		str_printf(_("文字有%d%%是许多单位都一字不差的话"), percent);
	struct message_values values = { match, 0 };
	struct str facts = { 0 };
	struct finding *f = lint_add(job, NULL, NULL, "{match}", &values, NULL);

	finding_cell(f, job->rule->cells[0]);
	str_addf(&facts, "%d%%", percent);
	lint_facts(f, &facts);
	free(match);
}

void lint_sibling_text(const struct job *job)
{
	const struct siblings *all = job->in->siblings;
	int64_t limit = lint_site(job)->sibling_likeness, ids[LIKELY];
	struct copied best = { 0, -1, { 0 } };
	struct likeness l;
	size_t n;
	int percent;

	lint_outside(job);
	if (!all || !job->rule->cell_count)
		return;
	n = siblings_like(all, job->in->id, job->now, ids, LIKELY);
	for (size_t i = 0; i < n; i++)
		compare(job, ids[i], &best);
	if (best.percent > limit) {
		say_copied(job, &best);
	} else {
		l = likeness_of(job->now, NULL, job->rule->cells,
				job->rule->cell_count, is_shared, all, NULL);
		percent = likeness_percent(l.shared, l.all);
		if (percent > limit)
			say_shared(job, percent);
	}
	alikes_free(&best.pairs);
}

/* ---- Q8 ---- */

void lint_sibling_length(const struct job *job)
{
	const struct siblings *all = job->in->siblings;
	struct message_values values = { 0 };
	struct sibling_range r;
	struct str facts = { 0 };
	struct finding *f;
	char *match;
	int64_t own;

	lint_outside(job);
	if (!all || !job->rule->cell_count)
		return;
	r = siblings_length(all, job->in->id, &own);
	if (own == 0 || r.middle < LITTLE ||
	    r.count < (size_t)lint_site(job)->sibling_least ||
	    (own * LONG >= r.middle && own <= r.middle * LONG))
		return;
	match = str_printf(_("文字共%lld字，同类单位（%zu个）多在%lld字上下"),
			   (long long)own, r.count, (long long)r.middle);
	values.match = match;
	f = lint_add(job, NULL, NULL, "{match}", &values, NULL);
	finding_cell(f, job->rule->cells[0]);
	str_addf(&facts, "%lld", (long long)own);
	lint_facts(f, &facts);
	free(match);
}

/* ---- N24 ---- */

static bool is_far(const struct site *site, struct sibling_range r, int64_t own)
{
	int64_t floor = site->jump_floor * NUM_ONE;

	if (r.count < (size_t)site->sibling_least || r.middle < floor)
		return false;
	if (own == 0)
		return r.zero * NEARLY <= r.count;
	return (r.low >= floor && own < r.low / FAR) || own / FAR > r.high;
}

static void add_far(const struct job *job, size_t cell, struct sibling_range r,
		    struct str *list)
{
	char low[NUM_TEXT], high[NUM_TEXT];

	str_addf(list, "%s%s", list->len ? "；" : "",
		 job->form->cells[cell].say);
	report_text(job->now, cell, list);
	str_addf(list, _("，同类单位（%zu个）多在%s至%s之间"), r.count,
		 num_text(r.low, low), num_text(r.high, high));
}

void lint_sibling_numbers(const struct job *job)
{
	const struct siblings *all = job->in->siblings;
	struct message_values values = { 0 };
	struct str list = { 0 }, facts = { 0 };
	struct finding cells = { 0 }, *f;

	lint_outside(job);
	for (size_t i = 0; all && i < job->rule->cell_count; i++) {
		size_t cell = job->rule->cells[i];
		struct value v = report_get(job->now, cell);
		struct sibling_range r = siblings_range(all, job->in->id, cell);

		if (v.kind != VALUE_NUMBER ||
		    !is_far(lint_site(job), r, v.number))
			continue;
		finding_cell(&cells, cell);
		lint_fact(&facts, job, cell);
		add_far(job, cell, r, &list);
	}
	if (!cells.cell_count)
		return;
	values = (struct message_values){ list.s, cells.cell_count };
	f = lint_add(job, job->form->cells[cells.cells[0]].section, NULL,
		     "{match}", &values, NULL);
	f->cells = cells.cells;
	f->cell_count = cells.cell_count;
	lint_facts(f, &facts);
	str_free(&list);
}

/* ---- N26 ---- */

void lint_sibling_tables(const struct job *job)
{
	const char *named[SIBLING_NAMED];
	struct message_values values = { 0 };
	struct str names = { 0 }, match = { 0 }, facts = { 0 };
	size_t n = 0;

	lint_outside(job);
	if (job->in->siblings)
		n = siblings_same_tables(job->in->siblings, job->in->id, named);
	if (n == 0)
		return;
	for (size_t i = 0; i < n && i < SIBLING_NAMED; i++)
		str_addf(&names, "%s%s", i ? "、" : "", named[i]);
	str_add(&facts, names.s);
	if (n > SIBLING_NAMED)
		str_addf(&match, _("三张表里的数与%s等%zu个单位的完全相同"),
			 names.s, n);
	else
		str_addf(&match, _("三张表里的数与%s的完全相同"), names.s);
	values = (struct message_values){ match.s, n };
	lint_facts(lint_add(job, NULL, NULL, "{match}", &values, NULL), &facts);
	str_free(&names);
	str_free(&match);
}
