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

/* Is the report's year in the title?  *other: another one, or 0. */
static bool has_year(const char *title, int year, int *other)
{
	static const char pattern[] = "(?<![0-9])20[0-9]{2}(?![0-9])";
	size_t len = strlen(title);
	struct match m;
	bool own = false;

	*other = 0;
	for (size_t at = 0; pattern_find(pattern, title, len, at, &m);
	     at = m.end) {
		int said = atoi(title + m.start);

		own = own || said == year;
		*other = said == year || *other ? *other : said;
	}
	return own;
}

/* Behind what stands before the name in titles that are in order: 2024年度. */
static const char *skip_lead(const char *title)
{
	static const char lead[] = "^(?:关于|\\s|20[0-9]{2}年度?)+";
	struct match m;

	return pattern_find(lead, title, strlen(title), 0, &m) ? title + m.end
							       : title;
}

/* At the beginning, or only higher places before it: the rule's pattern. */
static bool stands_first(const struct job *job, const char *title,
			 const char *name)
{
	for (const char *at = title; (at = strstr(at, name)); at++)
		if (at == title || pattern_fits(job->rule->pattern, title,
						(size_t)(at - title)))
			return true;
	return false;
}

/* 县教育局 stands for 青溪县教育局. */
static bool names_unit(const struct job *job, const char *title,
		       const char *name)
{
	size_t len = strlen(name);

	for (size_t at = 0; text_count(name + at) >= SHORT_NAME;
	     at = text_next(name, len, at))
		if (strncmp(title, name + at, len - at) == 0)
			return true;
	return stands_first(job, title, name);
}

static bool names_alias(const struct job *job, const char *title,
			const char *aliases)
{
	char *copy = xstrdup(aliases), *rest = copy, *word;
	bool found = false;

	for (char *p = copy; (p = strstr(p, "；"));)
		memcpy(p, ";;;", 3);
	while ((word = strsep(&rest, ";")))
		found = found || (*word && stands_first(job, title, word));
	free(copy);
	return found;
}

static void title_years(const struct job *job, const char *title,
			struct str *out)
{
	int other, year = report_year(job->now);
	bool own = has_year(title, year, &other);

	if (!own && !other)
		str_add(out, _("没有报告年度"));
	else if (!own)
		str_addf(out, _("写%d年，报告年度是%d年"), other, year);
	else if (other)
		str_addf(out, _("还写着%d年，报告年度是%d年"), other, year);
}

/* The name that the title begins with ends before the year or the matter. */
static void title_names(const struct job *job, const char *title,
			struct str *out)
{
	const struct unit *unit = job->in->unit;
	const char *name = unit ? unit->name : report_unit(job->now);
	const char *bare = skip_lead(title);
	size_t len = strcspn(bare, "0123456789");
	const char *matter = strstr(bare, "政府信息公开");

	if (names_unit(job, bare, name) ||
	    (unit && names_alias(job, bare, unit->aliases)))
		return;
	if (matter && (size_t)(matter - bare) < len)
		len = (size_t)(matter - bare);
	str_add(out, out->len ? _("；") : "");
	if (len > 0)
		str_addf(out, _("开头是“%.*s”，本单位是%s"), (int)len, bare,
			 name);
	else
		str_add(out, _("没有本单位的名称"));
}

void lint_title(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	const char *title = lint_text(job, cell);
	struct str match = { 0 };
	struct message_values values = { 0 };
	struct finding *f;

	if (!*title)
		return; /* the form's pattern has both */
	title_years(job, title, &match);
	title_names(job, title, &match);
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

static int year_of(const char *text, struct match m)
{
	int year[1] = { 0 };

	numbers_in(text + m.start, m.end - m.start, year, 1);
	return *year;
}

/* 2023年 at the beginning of a sentence tells of the unit behind a comma, or
 * when the unit's name, or one of the rule's words for it, stands there. */
static bool tells_of_unit(const struct job *job, const char *rest)
{
	const struct unit *u = job->in->unit;

	if (strncmp(rest, "，", strlen("，")) == 0 ||
	    lint_begins_with_unit(report_unit(job->now), rest) ||
	    (u && lint_begins_with_unit(u->aliases, rest)))
		return true;
	for (size_t i = 0; i < job->rule->word_count; i++)
		if (strncmp(rest, job->rule->words[i],
			    strlen(job->rule->words[i])) == 0)
			return true;
	return false;
}

/* The year that should stand there, or 0: it is well.  结转至 is of the next
 * year and no other, a plan of any later one. */
static int year_wanted(const struct job *job, const char *text, struct match m)
{
	static const char plan[] = "[将拟要]|计划";
	int now = report_year(job->now), said = year_of(text, m);

	if (strncmp(text + m.start, "结转", strlen("结转")) == 0)
		return said == now + 1 ? 0 : now + 1;
	if (pattern_fits(plan, text + m.start, m.end - m.start))
		return said <= now ? now + 1 : 0;
	return said < now && tells_of_unit(job, text + m.end) ? now : 0;
}

static bool is_stale(const struct job *job, const char *text, struct match m)
{
	return year_wanted(job, text, m) != 0;
}

/* 2023年，应为2024年 */
static void say_wanted(const struct job *job, const char *text,
		       const struct matches *kept, struct finding *f)
{
	int first = year_wanted(job, text, kept->list[0]), next = first;

	for (size_t i = 1; i < kept->count && next == first; i++)
		next = year_wanted(job, text, kept->list[i]);
	if (next == first)
		lint_reword(f, str_printf(_("%s，应为%d年"), f->brief, first));
	else
		lint_reword(f, str_printf(_("%s，应为%d年和%d年"), f->brief,
					  first, next));
}

void lint_stale_year(const struct job *job)
{
	lint_told(job, is_stale, say_wanted);
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
	struct match around = lint_sentence(text, m);
	char *sentence =
		xstrndup(text + around.start, around.end - around.start);
	size_t named = 0;

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
	lint_skipped_headings(job);
}
