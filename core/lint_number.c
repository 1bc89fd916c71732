#include "core/lint_impl.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/tr.h"

#define NAMED 3 /* cells named in a brief */

/* ---- blanks: one finding a section ---- */

/* Is a blank here what another rule of the form says in its own words? */
static bool told_elsewhere(const struct form_def *form, size_t cell)
{
	for (size_t i = 0; i < form->rule_count; i++) {
		const struct rule_def *rule = &form->rules[i];

		if (rule->kind != RULE_CHECK ||
		    strcmp(rule->check, "section_empty") != 0)
			continue;
		for (size_t c = 0; c < rule->cell_count; c++)
			if (rule->cells[c] == cell)
				return true;
	}
	return false;
}

static bool is_blank(const struct job *job, size_t cell)
{
	const struct cell_def *def = &job->form->cells[cell];

	return def->required && !report_answered(job->now, cell) &&
	       (def->kind != FIELD_PROSE || !told_elsewhere(job->form, cell));
}

/* How many cells from the i-th on stand in its row. */
static size_t row_run(const struct form_def *form, const struct finding *f,
		      size_t i)
{
	const struct row_def *row = form->cells[f->cells[i]].row;
	size_t n = 1;

	while (row && i + n < f->cell_count &&
	       form->cells[f->cells[i + n]].row == row)
		n++;
	return n;
}

static size_t typed_in_row(const struct form_def *form,
			   const struct row_def *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->band->column_count; i++)
		n += !cell_computed(&form->cells[row->cells[i]]);
	return n;
}

static bool is_whole(const struct form_def *form, const struct finding *f,
		     size_t i, size_t n)
{
	const struct row_def *row = form->cells[f->cells[i]].row;

	return row && n == typed_in_row(form, row);
}

static size_t whole_rows(const struct form_def *form, const struct finding *f)
{
	size_t whole = 0;

	for (size_t i = 0, n; i < f->cell_count; i += n) {
		n = row_run(form, f, i);
		whole += is_whole(form, f, i, n);
	}
	return whole;
}

/* 新收（整行）, 予以公开：法律、其他: n cells from the i-th on. */
static void name_run(const struct form_def *form, const struct finding *f,
		     size_t i, size_t n, struct str *out)
{
	const struct cell_def *cell = &form->cells[f->cells[i]];

	str_add(out, cell->row ? cell->row->say : cell->say);
	if (!cell->row)
		return;
	if (is_whole(form, f, i, n)) {
		str_add(out, _("（整行）"));
		return;
	}
	for (size_t k = 0; k < n; k++)
		str_addf(out, "%s%s", k ? _("、") : _("："),
			 form->cells[f->cells[i + k]].column->label);
}

/* The cells row by row; whole rows, if there are many, by their number. */
static void name_blanks(const struct form_def *form, const struct finding *f,
			struct str *out)
{
	size_t whole = whole_rows(form, f);
	bool counted = whole > NAMED;

	str_add(out, "");
	for (size_t i = 0, n; i < f->cell_count; i += n) {
		n = row_run(form, f, i);
		if (counted && is_whole(form, f, i, n))
			continue;
		str_add(out, out->len ? _("；") : "");
		name_run(form, f, i, n, out);
	}
	if (counted && out->len)
		str_addf(out, _("；另有%zu行都没有填"), whole);
	else if (counted)
		str_addf(out, _("%zu行都没有填"), whole);
	lint_end_sentence(out);
}

static void blanks_words(const struct job *job, const struct finding *cells,
			 const struct section_def *section)
{
	struct message_values values = { .count = cells->cell_count };
	struct str list = { 0 }, all = { 0 };
	struct finding *f;

	for (size_t i = 0; i < cells->cell_count && i < NAMED; i++)
		str_addf(&list, "%s%s", i ? "、" : "",
			 job->form->cells[cells->cells[i]].say);
	if (cells->cell_count > NAMED)
		str_add(&list, "…");
	if (cells->cell_count > NAMED)
		name_blanks(job->form, cells, &all);
	values.match = list.s;
	f = lint_add(job, section, NULL, _("还有{count}格没有填：{match}"),
		     &values, all.s);
	f->cells = cells->cells;
	f->cell_count = cells->cell_count;
	str_free(&list);
	str_free(&all);
}

void lint_blanks(const struct job *job)
{
	size_t n = lint_count(job), i = 0;

	while (i < n) {
		const struct section_def *section =
			job->form->cells[lint_cell(job, i)].section;
		struct finding cells = { 0 };

		for (; i < n; i++) {
			size_t cell = lint_cell(job, i);

			if (job->form->cells[cell].section != section)
				break;
			if (is_blank(job, cell))
				finding_cell(&cells, cell);
		}
		if (cells.cell_count > 0)
			blanks_words(job, &cells, section);
	}
}

/* ---- every number is 0 ---- */

static bool all_zero(const struct job *job)
{
	size_t seen = 0;

	for (size_t i = 0; i < job->form->cell_count; i++) {
		const struct cell_def *def = &job->form->cells[i];
		struct value v;

		if (!def->grid || cell_computed(def) || !cell_is_number(def))
			continue;
		v = report_get(job->now, i);
		if (v.kind == VALUE_BLANK ||
		    (v.kind == VALUE_NUMBER && v.number != 0))
			return false;
		seen++;
	}
	return seen > 0;
}

/* The sentence of the rule's texts that says so, too. */
static void say_zero_sentence(const struct job *job, struct str *out)
{
	for (size_t i = 0; i < job->rule->cell_count; i++) {
		const struct cell_def *def =
			&job->form->cells[lint_cell(job, i)];
		const char *text = lint_text(job, lint_cell(job, i));
		struct match m;

		if (!pattern_find(job->rule->pattern, text, strlen(text), 0,
				  &m))
			continue;
		m = lint_sentence(text, m);
		str_addf(out, _("%s第%zu段写着“%.*s”，与表一致。"),
			 def->section->brief, lint_paragraph(text, m.start),
			 (int)(m.end - m.start), text + m.start);
		return;
	}
}

void lint_zero_report(const struct job *job)
{
	const struct message_values values = { "0", 0 };
	struct str more = { 0 };

	if (!all_zero(job))
		return;
	say_zero_sentence(job, &more);
	lint_add(job, NULL, NULL,
		 _("表中所有的数都是0，请确认本年度确实没有发生"), &values,
		 more.s);
	str_free(&more);
}

/* ---- dates and years ---- */

void lint_date_year(const struct job *job)
{
	for (size_t i = 0; i < job->rule->cell_count; i++) {
		size_t cell = job->rule->cells[i];
		const struct cell_def *def = &job->form->cells[cell];
		const struct message_values values = { lint_text(job, cell),
						       1 };
		struct finding *f;
		struct date day;

		if (!date_parse(values.match, &day) ||
		    day.year > report_year(job->now))
			continue;
		f = lint_add(job, def->section, def->say,
			     _("{match}还在报告年度里，年度结束以后才能成文"),
			     &values, NULL);
		finding_cell(f, cell);
	}
}

void lint_edition_year(const struct job *job)
{
	const struct form_def *form = job->form;
	int year = report_year(job->now);
	struct message_values values = { 0 };
	struct str facts = { 0 };
	struct finding *f;
	char text[16];

	if (year == 0 || ((form->year_from == 0 || year >= form->year_from) &&
			  (form->year_to == 0 || year <= form->year_to)))
		return;
	snprintf(text, sizeof text, "%d", year);
	values.match = text;
	f = lint_add(job, NULL, NULL,
		     _("报告年度{match}不在这份报表适用的年度里"), &values,
		     NULL);
	str_addf(&facts, "year=%d", year);
	lint_facts(f, &facts);
}

/* ---- the first cell has a number while the others are 0, this year and
 * last ---- */

static bool others_zero(const struct rule_def *rule, const struct report *r,
			bool same_form)
{
	for (size_t i = 1; r && same_form && i < rule->cell_count; i++) {
		struct value v = report_get(r, rule->cells[i]);

		if (v.kind != VALUE_NUMBER || v.number != 0)
			return false;
	}
	return true;
}

void lint_zero_beside(const struct job *job)
{
	const struct report *last = job->in->last;
	const struct rule_def *rule = job->rule;
	struct message_values values = { 0 };
	struct str facts = { 0 }, shown = { 0 };
	struct finding *f;
	struct value v;

	if (rule->cell_count == 0)
		return;
	v = report_get(job->now, rule->cells[0]);
	if (v.kind != VALUE_NUMBER || v.number == 0 ||
	    !others_zero(rule, job->now, true) ||
	    !others_zero(rule, last, last && report_form(last) == job->form))
		return;
	value_text(v, &shown);
	values.match = shown.s;
	f = lint_add(job, job->form->cells[rule->cells[0]].section, NULL,
		     _("有{match}件，而相关各项都是0"), &values, NULL);
	for (size_t i = 0; i < rule->cell_count; i++) {
		finding_cell(f, rule->cells[i]);
		lint_fact(&facts, job, rule->cells[i]);
	}
	lint_facts(f, &facts);
	str_free(&shown);
}
