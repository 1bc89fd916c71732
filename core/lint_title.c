/* T1, T3, T5, T6, T8, S4: title, dates, years, parts announced. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/lint_impl.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/text.h"
#include "core/tr.h"

/* ---- T1: whose report and of which year ---- */

enum {
	SHORT_NAME = 4, /* characters at the end of a name that stand for it */
};

/* Years in the text: is there the report's, is there another? */
static void years_in(const char *text, int year, bool *own, bool *other)
{
	static const char pattern[] = "(?<![0-9])20[0-9]{2}(?![0-9])";
	size_t len = strlen(text);
	struct match m;

	*own = *other = false;
	for (size_t at = 0; pattern_find(pattern, text, len, at, &m);
	     at = m.end) {
		bool same = atoi(text + m.start) == year;

		*own = *own || same;
		*other = *other || !same;
	}
}

/* 县教育局 stands for 青溪县教育局. */
static bool names_unit(const char *title, const char *name)
{
	size_t len = strlen(name);

	for (size_t at = 0; text_count(name + at) >= SHORT_NAME;
	     at = text_next(name, len, at))
		if (strstr(title, name + at))
			return true;
	return strstr(title, name) != NULL;
}

static bool names_alias(const char *title, const char *aliases)
{
	char *copy = xstrdup(aliases), *rest = copy, *word;
	bool found = false;

	for (char *p = copy; (p = strstr(p, "；"));)
		memcpy(p, ";;;", 3);
	while ((word = strsep(&rest, ";")))
		found = found || (*word && strstr(title, word));
	free(copy);
	return found;
}

void lint_title(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	const char *title = lint_text(job, cell);
	const struct unit *unit = job->in->unit;
	const char *name = unit ? unit->name : report_unit(job->now);
	struct str match = { 0 };
	struct message_values values = { 0 };
	bool own, other;
	struct finding *f;

	if (!*title)
		return; /* the form's pattern has both */
	years_in(title, report_year(job->now), &own, &other);
	if (!own)
		str_add(&match, _("没有报告年度"));
	if (other)
		str_addf(&match, "%s%s", match.len ? "、" : "",
			 _("有别的年份"));
	if (!names_unit(title, name) &&
	    !(unit && names_alias(title, unit->aliases)))
		str_addf(&match, "%s%s", match.len ? "、" : "",
			 _("没有本单位的名称"));
	if (match.len) {
		values.match = match.s;
		f = lint_add(job, job->form->cells[cell].section,
			     job->form->cells[cell].say, "{match}", &values,
			     NULL);
		finding_cell(f, cell);
		str_clear(&match);
		str_add(&match, title);
		lint_facts(f, &match);
		return;
	}
	str_free(&match);
}

/* ---- T3: the period of the statistics ---- */

/* The numbers in a text: 2024年1月1日起至2024年12月31日 has six. */
static size_t numbers_in(const char *s, size_t len, int *out, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < len && count < room;) {
		if (s[i] < '0' || s[i] > '9') {
			i++;
			continue;
		}
		out[count] = 0;
		for (; i < len && s[i] >= '0' && s[i] <= '9'; i++)
			out[count] = out[count] * 10 + (s[i] - '0');
		count++;
	}
	return count;
}

/* Not the report's year from its first to its last day. */
static bool is_wrong_period(const struct job *job, const char *text,
			    struct match m)
{
	int n[6], year = report_year(job->now);
	size_t count = numbers_in(text + m.start, m.end - m.start, n, 6);
	int from, to;

	if (count == 5) { /* 起至12月31日: the same year */
		n[5] = n[4];
		n[4] = n[3];
		n[3] = n[0];
	} else if (count != 6) {
		return true; /* digits or signs lost */
	}
	from = n[0] * 10000 + n[1] * 100 + n[2];
	to = n[3] * 10000 + n[4] * 100 + n[5];
	return from > to || (n[1] == 1 && n[2] == 1 && n[0] != year) ||
	       (n[4] == 12 && n[5] == 31 && n[3] != year);
}

void lint_period(const struct job *job)
{
	lint_filtered(job, is_wrong_period);
}

/* ---- T5: another year's work told as this year's ---- */

static bool is_stale(const struct job *job, const char *text, struct match m)
{
	int year[1] = { 0 };

	/* 2024年将 is future only of the years after */
	if (!numbers_in(text + m.start, m.end - m.start, year, 1))
		return false;
	if (pattern_fits("将|拟|计划", text + m.start, m.end - m.start))
		return year[0] <= report_year(job->now);
	return year[0] < report_year(job->now);
}

void lint_stale_year(const struct job *job)
{
	lint_filtered(job, is_stale);
}

/* ---- T6, T8: too late, undated ---- */

void lint_late(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	struct str match = { 0 };
	struct message_values values = { 0 };
	struct finding *f;

	/* YYYY-MM-DD: as texts they compare as days */
	if (!job->in->due || !*lint_text(job, cell) ||
	    strcmp(lint_text(job, cell), job->in->due) <= 0)
		return;
	str_addf(&match, _("%s，期限是%s（%s）"), lint_text(job, cell),
		 job->in->due, job->in->due_basis);
	values.match = match.s;
	f = lint_add(job, job->form->cells[cell].section,
		     job->form->cells[cell].say, _("晚于期限：{match}"),
		     &values, NULL);
	finding_cell(f, cell);
	lint_facts(f, &match);
}

void lint_undated(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	const struct message_values values = { "", 0 };

	if (job->in->due && !*lint_text(job, cell))
		finding_cell(lint_add(job, job->form->cells[cell].section,
				      job->form->cells[cell].say,
				      _("没有成文日期，不能判断是否逾期"),
				      &values, NULL),
			     cell);
}

/* ---- S4: 由六个部分组成 ---- */

static int numeral_in(const char *s, size_t len)
{
	static const char *const numerals[] = { "一", "二", "三", "四", "五",
						"六", "七", "八", "九" };
	int digits[1];

	if (numbers_in(s, len, digits, 1))
		return digits[0];
	for (size_t i = 0; i + 3 <= len; i++)
		for (int n = 0; n < 9; n++)
			if (memcmp(s + i, numerals[n], 3) == 0)
				return n + 1;
	return 0;
}

/* How many of the rule's words stand in the sentence around m. */
static size_t named_around(const struct job *job, const char *text,
			   struct match m)
{
	const char *end = strstr(text + m.end, "。");
	size_t from = m.start, named = 0;
	char *sentence;

	while (from > 0 && text[from - 1] != '\n' &&
	       !(from >= 3 && memcmp(text + from - 3, "。", 3) == 0))
		from--;
	sentence = xstrndup(text + from, end ? (size_t)(end - text) - from
					     : strlen(text + from));
	for (size_t i = 0; i < job->rule->word_count; i++)
		named += strstr(sentence, job->rule->words[i]) != NULL;
	free(sentence);
	return named;
}

static bool is_miscounted(const struct job *job, const char *text,
			  struct match m)
{
	int said = numeral_in(text + m.start, m.end - m.start);
	size_t named = named_around(job, text, m);

	return said > 0 && ((size_t)said != job->form->body_count ||
			    (named >= 3 && named != (size_t)said));
}

void lint_parts_announced(const struct job *job)
{
	lint_filtered(job, is_miscounted);
}
