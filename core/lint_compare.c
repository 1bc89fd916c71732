/* N10, N11, N13, N16, N17: numbers beside last year's, beside the unit's powers,
 * beside each other. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"
#include "core/tr.h"

enum {
	NAMED = 3,
	FEW = 5, /* numbers that are not 0: fewer may be the same by chance */
};

static bool number_of(const struct report *r, size_t cell, int64_t *n)
{
	struct value v = report_get(r, cell);

	*n = v.number;
	return v.kind == VALUE_NUMBER;
}

/* Last year's report, where it is of this form. */
static const struct report *last_of(const struct job *job)
{
	const struct report *last = job->in->last;

	return last && report_form(last) == job->form ? last : NULL;
}

static void last_fact(struct str *facts, const struct job *job, size_t cell)
{
	lint_fact(facts, job, cell);
	str_addc(facts, '/');
	report_text(job->in->last, cell, facts);
}

/* A finding about many cells of one section: named are the first few. */
static void say_cells(const struct job *job, struct finding *cells,
		      const struct section_def *section, struct str *list,
		      struct str *facts, const char *fallback)
{
	struct message_values values = { list->s, cells->cell_count };
	struct finding *f =
		lint_add(job, section, NULL, fallback, &values, NULL);

	f->cells = cells->cells;
	f->cell_count = cells->cell_count;
	lint_facts(f, facts);
	str_free(list);
	*cells = (struct finding){ 0 };
}

/* ---- N10: far from last year, one finding a section ---- */

static bool is_jump(const struct site *site, int64_t now, int64_t was)
{
	int64_t large = now > was ? now : was, small = now > was ? was : now;

	return large >= site->jump_floor * NUM_ONE &&
	       small < INT64_MAX / site->jump_factor &&
	       large > small * site->jump_factor;
}

static void add_jump(const struct job *job, size_t cell, struct str *list)
{
	str_addf(list, _("%s%s上年"), list->len ? "、" : "",
		 job->form->cells[cell].say);
	report_text(job->in->last, cell, list);
	str_add(list, _("、本年"));
	report_text(job->now, cell, list);
}

static void jumps_in(const struct job *job, const struct section_def *section,
		     struct finding *cells, struct str *list, struct str *facts)
{
	const struct site *site = lint_site(job);

	for (size_t i = 0; i < job->rule->cell_count; i++) {
		size_t cell = job->rule->cells[i];
		int64_t now, was;

		if (job->form->cells[cell].section != section ||
		    !number_of(job->now, cell, &now) ||
		    !number_of(job->in->last, cell, &was) ||
		    !is_jump(site, now, was))
			continue;
		finding_cell(cells, cell);
		last_fact(facts, job, cell);
		if (cells->cell_count <= NAMED)
			add_jump(job, cell, list);
	}
	if (cells->cell_count > NAMED)
		str_add(list, "…");
}

void lint_jumps(const struct job *job)
{
	for (size_t i = 0; last_of(job) && i < job->form->body_count; i++) {
		const struct section_def *section = &job->form->sections[i];
		struct finding cells = { 0 };
		struct str list = { 0 }, facts = { 0 };

		jumps_in(job, section, &cells, &list, &facts);
		if (cells.cell_count)
			say_cells(job, &cells, section, &list, &facts,
				  _("与上年相差太大：{match}"));
	}
}

/* ---- N11: the numbers of last year again ---- */

void lint_same_as_last(const struct job *job)
{
	const struct message_values values = { "", 0 };
	struct str facts = { 0 };
	size_t same = 0;

	if (!last_of(job))
		return;
	for (size_t i = 0; i < job->form->cell_count; i++) {
		const struct cell_def *def = &job->form->cells[i];
		int64_t now, was;

		if (!def->grid || def->derived || !cell_is_number(def) ||
		    cell_computed(def))
			continue;
		if (!number_of(job->now, i, &now) ||
		    !number_of(job->in->last, i, &was) || now != was) {
			str_free(&facts);
			return;
		}
		if (now != 0 && same++ < FEW)
			lint_fact(&facts, job, i);
	}
	if (same >= FEW)
		lint_facts(lint_add(job, NULL, NULL,
				    _("三张表里的数与上年完全相同"), &values,
				    NULL),
			   &facts);
	else
		str_free(&facts);
}

/* ---- N12, N13: beyond the unit's powers ---- */

/* Has it this power?  Where nobody has said, only 规章 can be told. */
static bool has_power(const struct unit *unit, const char *power)
{
	static const char *const below[] = { "县", "区",   "旗", "镇",
					     "乡", "街道", NULL };
	const char *end = strstr(unit->name, "人民政府");

	if (*unit->powers)
		return form_lists(unit->powers, power);
	if (strcmp(power, "rules") != 0)
		return true;
	if (unit->kind != UNIT_GOVERNMENT)
		return false;
	if (strstr(unit->level, "县") || strstr(unit->level, "乡") ||
	    strstr(unit->level, "county") || strstr(unit->level, "town"))
		return false;
	for (size_t i = 0; end && !*unit->level && below[i]; i++) {
		size_t n = strlen(below[i]);

		/* 自治区 is a province */
		if ((size_t)(end - unit->name) >= n &&
		    memcmp(end - n, below[i], n) == 0 &&
		    !strstr(unit->name, "自治区人民政府"))
			return false;
	}
	return true;
}

/* The i-th word is the power for the i-th cell; the last one for the rest. */
static const char *power_for(const struct rule_def *rule, size_t i)
{
	return rule->words[i < rule->word_count ? i : rule->word_count - 1];
}

void lint_powers(const struct job *job)
{
	const struct unit *unit = job->in->unit;
	const struct section_def *section = NULL;
	struct finding cells = { 0 };
	struct str facts = { 0 }, list = { 0 };

	for (size_t i = 0; unit && i < job->rule->cell_count; i++) {
		size_t cell = job->rule->cells[i];
		const struct cell_def *def = &job->form->cells[cell];
		int64_t n;

		if (!number_of(job->now, cell, &n) || n == 0 ||
		    job->rule->word_count == 0 ||
		    has_power(unit, power_for(job->rule, i)))
			continue;
		section = def->section;
		finding_cell(&cells, cell);
		lint_fact(&facts, job, cell);
		str_addf(&list, "%s%s", list.len ? "、" : "", def->say);
		report_text(job->now, cell, &list);
	}
	if (cells.cell_count > 0)
		say_cells(job, &cells, section, &list, &facts,
			  _("{match}，而本单位没有这项职权"));
}

/* ---- N16: 元 and 万元 ---- */

/* Ten thousand times as much or as little, half to double. */
static bool is_unit_slip(int64_t now, int64_t was)
{
	int64_t large = now > was ? now : was, small = now > was ? was : now;

	return small > 0 && large / 20000 <= small && large / 5000 >= small;
}

/* The first cell in 万元, the second in 元: of this report and last year's. */
void lint_fee_units(const struct job *job)
{
	const struct rule_def *rule = job->rule;
	const struct report *last = last_of(job);
	struct message_values values = { "", 1 };
	struct str facts = { 0 }, shown = { 0 };
	int64_t fees, was = 0, yuan = 0;
	struct finding *f;
	bool slip;

	if (rule->cell_count < 2 || !number_of(job->now, rule->cells[0], &fees))
		return;
	slip = last && number_of(last, rule->cells[0], &was) &&
	       is_unit_slip(fees, was);
	if (slip)
		str_addf(&shown, _("上年"));
	if (slip)
		report_text(last, rule->cells[0], &shown);
	if (!slip && number_of(job->now, rule->cells[1], &yuan) && yuan > 0 &&
	    (fees == yuan || fees * 10000 == yuan)) {
		slip = true;
		str_addf(&shown, "%s", job->form->cells[rule->cells[1]].say);
		report_text(job->now, rule->cells[1], &shown);
	}
	if (!slip)
		return;
	str_add(&shown, _("，本年"));
	report_text(job->now, rule->cells[0], &shown);
	values.match = shown.s;
	f = lint_add(job, job->form->cells[rule->cells[0]].section, NULL,
		     _("{match}，请核对单位是元还是万元"), &values, NULL);
	for (size_t i = 0; i < rule->cell_count; i++) {
		finding_cell(f, rule->cells[i]);
		lint_fact(&facts, job, rule->cells[i]);
	}
	lint_facts(f, &facts);
	str_free(&shown);
}

/* ---- N17: applications ended unpaid, but nobody was asked to pay ---- */

/* The first cell is the row's total, the second the notices sent; the rest are
 * texts that may tell of notices. */
void lint_unpaid_notice(const struct job *job)
{
	const struct rule_def *rule = job->rule;
	struct message_values values = { 0 };
	struct str facts = { 0 }, shown = { 0 };
	int64_t unpaid, notices;
	struct finding *f;

	if (rule->cell_count < 2 ||
	    !number_of(job->now, rule->cells[0], &unpaid) || unpaid == 0 ||
	    !number_of(job->now, rule->cells[1], &notices) || notices > 0)
		return;
	for (size_t i = 2; i < rule->cell_count; i++)
		if (strstr(lint_text(job, rule->cells[i]), "通知"))
			return;
	report_text(job->now, rule->cells[0], &shown);
	values.match = shown.s;
	f = lint_add(job, job->form->cells[rule->cells[0]].section, NULL,
		     _("有{match}件逾期未缴费，却没有发过收费通知"), &values,
		     NULL);
	for (size_t i = 0; i < 2; i++) {
		finding_cell(f, rule->cells[i]);
		lint_fact(&facts, job, rule->cells[i]);
	}
	lint_facts(f, &facts);
	str_free(&shown);
}
