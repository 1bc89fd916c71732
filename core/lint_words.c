/* Q5, Q6, Q7, Q10, Q11, S7, S8 and what was found outside: words. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/lint_likeness.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"
#include "core/text.h"
#include "core/tr.h"

/* ---- lists of words ---- */

/* Each word of a list parted by one of the marks. */
static bool next_word(const char **rest, const char *marks, const char **word,
		      size_t *len)
{
	*rest += strspn(*rest, marks);
	*word = *rest;
	*len = strcspn(*rest, marks);
	*rest += *len;
	return *len > 0;
}

/* ---- S7, S8: topics that must be spoken of ---- */

/* "label:word,word": is one of the words in one of the texts? */
static bool is_spoken_of(const struct job *job, const char *words)
{
	const char *word;
	size_t len;

	while (next_word(&words, ",", &word, &len))
		for (size_t i = 0; i < lint_count(job); i++) {
			const char *text = lint_text(job, lint_cell(job, i));

			if (memmem(text, strlen(text), word, len))
				return true;
		}
	return false;
}

void lint_missing_words(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	struct str missing = { 0 };
	struct message_values values = { 0 };
	struct finding *f;

	if (!*lint_text(job, cell))
		return; /* an empty section is told elsewhere */
	for (size_t i = 0; i < job->rule->word_count; i++) {
		const char *word = job->rule->words[i];
		size_t label = strcspn(word, ":");

		if (word[label] && is_spoken_of(job, word + label + 1))
			continue;
		str_add(&missing, missing.len ? "、" : "");
		str_addn(&missing, word, label);
		values.count++;
	}
	if (values.count == 0)
		return;
	values.match = missing.s;
	f = lint_add(job, job->form->cells[cell].section, NULL,
		     _("没有写到{match}"), &values, NULL);
	finding_cell(f, cell);
	lint_facts(f, &missing);
}

/* ---- Q5: wrong words, the form's and the site's: 错=对; repeated words, which
 * may be meant, only have to be explained ---- */

static void find_word(const char *text, const char *word, size_t len,
		      struct matches *all)
{
	size_t left = strlen(text);

	for (const char *s = text; (s = memmem(s, left, word, len)); s += len) {
		left = strlen(s + len);
		lint_match(all, (size_t)(s - text), (size_t)(s - text) + len);
	}
}

static void find_pairs(const char *text, const char *pairs, const char *marks,
		       struct matches *all, struct str *better)
{
	const char *pair;
	size_t len;

	while (next_word(&pairs, marks, &pair, &len)) {
		const char *eq = memchr(pair, '=', len);
		size_t wrong = eq ? (size_t)(eq - pair) : len;
		size_t before = all->count;

		if (wrong == 0)
			continue;
		find_word(text, pair, wrong, all);
		if (all->count > before && eq && wrong + 1 < len)
			str_addf(better, _("“%.*s”应为“%.*s”。"), (int)wrong,
				 pair, (int)(len - wrong - 1), eq + 1);
	}
}

/* The site's list is parted by ；, which is more than one byte: by ; then. */
static char *site_words(const struct job *job)
{
	char *copy = xstrdup(lint_site(job)->words);

	for (char *p = copy; (p = strstr(p, "；"));)
		memcpy(p, ";;;", 3);
	return copy;
}

void lint_words(const struct job *job)
{
	char *own = site_words(job);

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		const char *text = lint_text(job, cell);
		struct matches all = { 0 };
		struct str better = { 0 };
		size_t wrong;

		for (size_t k = 0; k < job->rule->word_count; k++)
			find_pairs(text, job->rule->words[k], "|", &all,
				   &better);
		find_pairs(text, own, ";", &all, &better);
		wrong = all.count;
		if (job->rule->pattern)
			pattern_all(job->rule->pattern, job->rule->except, text,
				    strlen(text), &all);
		if (all.count > 0) {
			struct finding *f = lint_matches(job, cell, &all);
			char *full = str_printf("%s%s", f->full,
						better.s ? better.s : "");

			free(f->full);
			f->full = full;
			if (!wrong)
				f->severity = SEVERITY_SOFT;
		}
		str_free(&better);
		free(all.list);
	}
	free(own);
}

/* ---- Q6: marks ---- */

static const struct {
	const char *open, *close;
} brackets[] = {
	{ "（", "）" }, { "《", "》" }, { "“", "”" },
	{ "〔", "〕" }, { "【", "】" },
};

/* The first bracket of a paragraph that has no partner. */
static void unmatched(const struct place *at, struct matches *all)
{
	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
		const char *open = brackets[i].open, *close = brackets[i].close;
		size_t n = strlen(open), depth = 0, where = 0;

		for (size_t k = 0; k + n <= at->len; k++) {
			if (at->text[k] != *open)
				continue; /* both begin with the same byte */
			if (memcmp(at->text + k, open, n) == 0) {
				where = depth++ ? where : k;
			} else if (memcmp(at->text + k, close, n) == 0 &&
				   depth-- == 0) {
				depth = 1;
				where = k;
				break;
			}
		}
		if (depth > 0)
			lint_match(all, at->at + where, at->at + where + n);
	}
}

void lint_punctuation(const struct job *job)
{
	struct prose *prose = report_prose(job->now);

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i), count;
		const struct place *list =
			prose_cell(prose, job->now, cell, &count);
		struct matches all = { 0 };

		for (size_t k = 0; k < count; k++) {
			const struct matches *m =
				prose_matches(prose, &list[k], job->rule);

			for (size_t j = 0; j < m->count; j++)
				lint_match(&all, list[k].at + m->list[j].start,
					   list[k].at + m->list[j].end);
			unmatched(&list[k], &all);
		}
		if (all.count > 0)
			lint_matches(job, cell, &all);
		free(all.list);
	}
}

/* ---- Q10: １2 ---- */

void lint_mixed_digits(const struct job *job)
{
	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		const char *text = lint_text(job, cell);
		size_t len = strlen(text);
		struct matches all = { 0 };

		if (pattern_fits("[0-9]", text, len))
			pattern_all("[０-９]++", NULL, text, len, &all);
		if (all.count > 0)
			lint_matches(job, cell, &all);
		free(all.list);
	}
}

/* ---- Q7: problems that are none, or last year's again ---- */

enum {
	SAME_PROBLEMS = 80, /* per cent of last year's words */
};

/* By sentences; a short text as a whole, its years left out. */
static int same_as(const struct job *job, const struct report *last,
		   size_t cell)
{
	struct value was = report_get(last, cell);
	int share = likeness_share(job->now, last, &cell, 1, NULL);
	int whole = was.kind == VALUE_TEXT
			    ? likeness_whole(lint_text(job, cell), was.text)
			    : 0;

	return whole > share ? whole : share;
}

void lint_problems_told(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	const char *text = lint_text(job, cell);
	const struct report *last = job->in->last;
	struct message_values values = { "", 0 };
	struct str facts = { 0 };
	struct finding *f;
	int share = 0;

	if (!*text)
		return;
	if (last && report_form(last) == job->form)
		share = same_as(job, last, cell);
	if (!pattern_fits(job->rule->pattern, text, strlen(text)))
		values.match = _("只写了成绩，没有写问题");
	else if (share >= SAME_PROBLEMS)
		values.match = _("写的问题和上年一样");
	else
		return;
	f = lint_add(job, job->form->cells[cell].section, NULL, "{match}",
		     &values, NULL);
	finding_cell(f, cell);
	str_add(&facts, values.match);
	lint_facts(f, &facts);
}

/* ---- Q11: what the text should take up, where last year has one ---- */

void lint_unless_said(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	const char *text = lint_text(job, cell);
	const struct report *last = job->in->last;
	const struct message_values values = { "", 0 };

	if (!*text || !last || report_form(last) != job->form ||
	    report_get(last, cell).kind != VALUE_TEXT ||
	    pattern_fits(job->rule->pattern, text, strlen(text)))
		return;
	finding_cell(lint_add(job, job->form->cells[cell].section, NULL,
			      _("没有交代上年所报问题的改进情况"), &values,
			      NULL),
		     cell);
}

/* ---- found elsewhere ---- */

static bool keep_all(const struct job *job, const char *text, struct match m)
{
	(void)job;
	(void)text;
	(void)m;
	return true;
}

/* The message is what the import said: the text needs words of its own. */
static void say_in_text(const struct job *job, const char *text,
			const struct matches *kept, struct finding *f)
{
	(void)text;
	(void)kept;
	lint_reword(
		f, str_printf(_("文字里有%s：%s"), job->rule->title, f->brief));
}

/* What an import or a roll-up found; and what the rule's pattern finds. */
void lint_outside(const struct job *job)
{
	if (job->rule->pattern)
		lint_told(job, keep_all, say_in_text);
	for (size_t i = 0; i < job->in->outside_count; i++) {
		const struct outside *o = &job->in->outside[i];
		struct message_values values = { o->text, 1 };
		struct str facts = { 0 };
		struct finding *f;
		size_t cell;

		if (strcmp(o->rule, job->rule->id) != 0)
			continue;
		cell = *o->path ? form_cell(job->form, o->path) : FORM_NO_CELL;
		f = lint_add(job,
			     cell == FORM_NO_CELL
				     ? NULL
				     : job->form->cells[cell].section,
			     cell == FORM_NO_CELL ? NULL
						  : job->form->cells[cell].say,
			     "{match}", &values, NULL);
		f->outside = true;
		if (cell != FORM_NO_CELL)
			finding_cell(f, cell);
		str_addf(&facts, "%s%s", o->text, o->facts ? o->facts : "");
		lint_facts(f, &facts);
	}
}
