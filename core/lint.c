#include "core/lint.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"
#include "core/text.h"
#include "core/tr.h"

#define NAMED   3  /* different matches named in a brief */
#define CONTEXT 24 /* bytes shown on each side of a match */

enum {
	QUOTED = 8, /* matches that are quoted with their context */
	MATCH = 90, /* bytes of a match that is named whole */
	MATCH_CELLS = 60,
};

static void fill_message(struct str *out, const char *message,
			 const struct message_values *values)
{
	while (*message) {
		size_t plain = strcspn(message, "{");

		str_addn(out, message, plain);
		message += plain;
		if (strncmp(message, "{match}", 7) == 0) {
			str_add(out, values->match);
			message += 7;
		} else if (strncmp(message, "{count}", 7) == 0) {
			str_addf(out, "%zu", values->count);
			message += 7;
		} else if (*message) {
			str_addc(out, *message++);
		}
	}
}

void lint_end_sentence(struct str *out)
{
	static const char *const marks[] = { "。", "！", "？" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (out->len >= 3 &&
		    memcmp(out->s + out->len - 3, marks[i], 3) == 0)
			return;
	str_add(out, _("。"));
}

struct finding *lint_add(const struct job *job,
			 const struct section_def *section, const char *place,
			 const char *fallback,
			 const struct message_values *values, const char *more)
{
	const struct rule_def *rule = job->rule;
	struct str brief = { 0 }, full = { 0 };
	struct finding *f;

	f = findings_add(job->out, rule, rule_severity(rule, job->in->unit));
	f->section = section;
	f->where = say_where(section, place);
	str_add(&brief, "");
	fill_message(&brief, rule->message ? rule->message : fallback, values);
	str_add(&full, brief.s);
	lint_end_sentence(&full);
	if (more)
		str_add(&full, more);
	f->brief = str_steal(&brief);
	f->full = str_steal(&full);
	f->facts = xstrdup("");
	return f;
}

size_t lint_count(const struct job *job)
{
	return job->rule->cell_count ? job->rule->cell_count
				     : job->form->cell_count;
}

size_t lint_cell(const struct job *job, size_t i)
{
	return job->rule->cell_count ? job->rule->cells[i] : i;
}

const struct site *lint_site(const struct job *job)
{
	return job->in->site ? job->in->site : site_default();
}

const char *lint_text(const struct job *job, size_t cell)
{
	struct value v = report_get(job->now, cell);

	return v.kind == VALUE_TEXT ? v.text : "";
}

const char *lint_place(const struct cell_def *cell)
{
	bool whole = cell->kind == FIELD_PROSE && !cell->section->meta;

	return whole ? NULL : cell->say;
}

void lint_fact(struct str *facts, const struct job *job, size_t cell)
{
	if (facts->len > 0)
		str_addc(facts, ' ');
	str_addf(facts, "%s=", job->form->cells[cell].path);
	report_text(job->now, cell, facts);
}

void lint_facts(struct finding *f, struct str *facts)
{
	free(f->facts);
	f->facts = str_steal(facts);
}

static const struct {
	const char *name;
	void (*run)(const struct job *job);
} checks[] = {
#define LINT_ROW(name) { #name, lint_##name },
	LINT_LIST(LINT_ROW)
#undef LINT_ROW
};

#define CHECKS (sizeof checks / sizeof *checks)

bool lint_knows(const char *check)
{
	for (size_t i = 0; i < CHECKS; i++)
		if (strcmp(checks[i].name, check) == 0)
			return true;
	return false;
}

/* ---- patterns over prose ---- */

size_t lint_paragraph(const char *text, size_t at)
{
	const char *end = text + at;
	size_t n = 1;

	while ((text = memchr(text, '\n', (size_t)(end - text)))) {
		text++;
		n++;
	}
	return n;
}

struct match lint_sentence(const char *text, struct match m)
{
	size_t end = m.end + strcspn(text + m.end, "\n");
	const char *mark = memmem(text + m.end, end - m.end, "。", 3);

	while (m.start > 0 && text[m.start - 1] != '\n' &&
	       !(m.start >= 3 && memcmp(text + m.start - 3, "。", 3) == 0))
		m.start--;
	m.end = mark ? (size_t)(mark - text) + 3 : end;
	return m;
}

/* Where a match ends as it is quoted: a long one is cut. */
static size_t quoted_end(const char *text, struct match m)
{
	size_t len = m.end - m.start;
	int cells;

	return len > MATCH ? m.start + text_fit(text + m.start, len,
						MATCH_CELLS, &cells)
			   : m.end;
}

/* 第3段：…前文XX后文… */
void lint_context(struct str *out, const char *text, struct match m)
{
	size_t len = strlen(text), from = m.start, to = quoted_end(text, m);

	while (from > 0 && m.start - from < CONTEXT && text[from - 1] != '\n')
		from = text_prev(text, len, from);
	while (to >= m.end && to < len && to - m.end < CONTEXT &&
	       text[to] != '\n')
		to = text_next(text, len, to);
	str_addf(out, _("第%zu段：“%s%.*s%s”。"), lint_paragraph(text, m.start),
		 from > 0 ? "…" : "", (int)(to - from), text + from,
		 to < len ? "…" : "");
}

static bool seen_before(const char *text, const struct match *list, size_t i)
{
	size_t len = list[i].end - list[i].start;

	for (size_t k = 0; k < i; k++)
		if (list[k].end - list[k].start == len &&
		    memcmp(text + list[k].start, text + list[i].start, len) ==
			    0)
			return true;
	return false;
}

/* A match that is long is cut: it is named, not quoted. */
static void add_match(struct str *out, const char *text, struct match m)
{
	size_t end = quoted_end(text, m);

	str_addn(out, text + m.start, end - m.start);
	if (end < m.end)
		str_add(out, "…");
}

/* The different matches, the first few of them. */
static void name_matches(struct str *out, const char *text,
			 const struct matches *m)
{
	size_t named = 0;

	for (size_t i = 0; i < m->count; i++) {
		if (seen_before(text, m->list, i))
			continue;
		if (named++ == NAMED) {
			str_add(out, "…");
			return;
		}
		if (named > 1)
			str_add(out, "、");
		add_match(out, text, m->list[i]);
	}
}

struct finding *lint_matches(const struct job *job, size_t cell,
			     const struct matches *m)
{
	const struct cell_def *def = &job->form->cells[cell];
	const char *text = lint_text(job, cell), *place = lint_place(def);
	struct str names = { 0 }, more = { 0 }, one = { 0 };
	struct message_values values = { "", m->count };
	struct finding *f;

	name_matches(&names, text, m);
	for (size_t i = 0; i < m->count && i < QUOTED; i++)
		lint_context(&more, text, m->list[i]);
	if (m->count > QUOTED)
		str_addf(&more, _("这样的共 %zu 处。"), m->count);
	if (place)
		str_add(&one, place);
	if (def->kind == FIELD_PROSE)
		str_addf(&one, _("%s第%zu段"), place ? " · " : "",
			 lint_paragraph(text, m->list[0].start));
	values.match = names.s;
	f = lint_add(job, def->section, one.s, "{match}", &values, more.s);
	finding_cell(f, cell);
	f->offset = m->list[0].start;
	f->extent = m->list[0].end - m->list[0].start;
	lint_facts(f, &names);
	str_free(&more);
	str_free(&one);
	return f;
}

/* A pattern that is wrong checks nothing, and says so. */
static void add_fault(const struct job *job, const char *fault)
{
	struct finding *f = findings_add(job->out, job->rule, SEVERITY_HARD);

	f->where = say_where(NULL, NULL);
	f->brief = str_printf(_("规则 %s 的式样写错了，没有检查：%s"),
			      job->rule->id, fault);
	f->full = str_printf(_("%s。请改正报表文件。"), f->brief);
	f->facts = xstrdup("");
}

void lint_find(const struct job *job, size_t cell, prose_find *find,
	       const void *with, struct matches *all)
{
	struct prose *prose = report_prose(job->now);
	size_t count;
	const struct place *list = prose_cell(prose, job->now, cell, &count);

	for (size_t k = 0; k < count; k++) {
		const struct matches *m =
			prose_found(prose, &list[k], job->rule, find, with);

		for (size_t j = 0; j < m->count; j++)
			lint_match(all, list[k].at + m->list[j].start,
				   list[k].at + m->list[j].end);
	}
}

static void match_cell(const struct job *job, size_t cell, struct matches *all)
{
	all->count = 0;
	lint_find(job, cell, prose_pattern, NULL, all);
}

void lint_match(struct matches *all, size_t start, size_t end)
{
	all->list =
		mem_grow(all->list, all->count, &all->room, sizeof *all->list);
	all->list[all->count++] = (struct match){ start, end };
}

static void run_pattern(const struct job *job)
{
	const char *fault = pattern_fault(job->rule->pattern);
	struct matches all = { 0 };

	if (!fault && job->rule->except)
		fault = pattern_fault(job->rule->except);
	if (fault) {
		add_fault(job, fault);
		return;
	}
	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);

		if (cell_is_number(&job->form->cells[cell]))
			continue;
		match_cell(job, cell, &all);
		if (all.count > 0)
			lint_matches(job, cell, &all);
	}
	free(all.list);
}

void lint_reword(struct finding *f, char *brief)
{
	const char *rest = f->full + strlen(f->brief), *mark = _("。");
	struct str full = { 0 };

	if (strncmp(rest, mark, strlen(mark)) == 0)
		rest += strlen(mark);
	str_add(&full, brief);
	lint_end_sentence(&full);
	str_add(&full, rest);
	free(f->brief);
	free(f->full);
	f->brief = brief;
	f->full = str_steal(&full);
}

void lint_filtered(const struct job *job, keep_fn *keep)
{
	lint_told(job, keep, NULL);
}

void lint_told(const struct job *job, keep_fn *keep, told_fn *told)
{
	struct matches all = { 0 }, kept = { 0 };

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		const char *text = lint_text(job, cell);

		if (cell_is_number(&job->form->cells[cell]))
			continue;
		match_cell(job, cell, &all);
		kept.count = 0;
		for (size_t k = 0; k < all.count; k++)
			if (keep(job, text, all.list[k]))
				lint_match(&kept, all.list[k].start,
					   all.list[k].end);
		if (kept.count > 0) {
			struct finding *f = lint_matches(job, cell, &kept);

			if (told)
				told(job, text, &kept, f);
		}
	}
	free(all.list);
	free(kept.list);
}

void lint_run(const struct rule_def *rule, const struct check_input *in,
	      struct findings *out)
{
	const struct job job = { rule, in, report_form(in->now), in->now, out };

	if (rule->kind == RULE_PATTERN) {
		run_pattern(&job);
		return;
	}
	for (size_t i = 0; i < CHECKS; i++)
		if (strcmp(checks[i].name, rule->check) == 0)
			checks[i].run(&job);
}
