/* Q5, Q6, Q7, Q10, Q11, S7, S8 and what was found outside: words. */
#include <stdio.h>
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

static size_t find_first(const struct place *at, const char *word, size_t len)
{
	struct needle needle = needle_of(word, len);

	return place_find(at, &needle, 0, at->len);
}

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
static bool is_spoken_of(const struct rule_def *rule, const struct report *r,
			 const char *words)
{
	const char *word;
	size_t len;

	while (next_word(&words, ",", &word, &len))
		for (size_t i = 0; i < rule->cell_count; i++) {
			struct value v = report_get(r, rule->cells[i]);

			if (v.kind == VALUE_TEXT &&
			    memmem(v.text, strlen(v.text), word, len))
				return true;
		}
	return false;
}

bool lint_speaks_of(const struct rule_def *rule, const struct report *r,
		    const char *topic)
{
	size_t len = strlen(topic);

	for (size_t i = 0; i < rule->word_count; i++) {
		const char *word = rule->words[i];

		if (strncmp(word, topic, len) == 0 && word[len] == ':')
			return is_spoken_of(rule, r, word + len + 1);
	}
	return false;
}

/* One match a topic, an empty one where it is not spoken of. */
static void find_topics(const struct place *at, const struct rule_def *rule,
			const void *with, struct matches *out)
{
	(void)with;
	for (size_t i = 0; i < rule->word_count; i++) {
		const char *words = strchrnul(rule->words[i], ':'), *word;
		size_t found = SIZE_MAX, len;

		words += *words == ':';
		while (found == SIZE_MAX && next_word(&words, ",", &word, &len))
			found = find_first(at, word, len);
		lint_match(out, 0, found == SIZE_MAX ? 0 : len);
	}
}

/* Which of the rule's topics are spoken of; free it. */
static bool *topics_said(const struct job *job)
{
	const struct rule_def *rule = job->rule;
	bool *said = xcalloc(rule->word_count + 1, sizeof *said);
	struct prose *prose = report_prose(job->now);

	for (size_t i = 0; i < rule->cell_count; i++) {
		size_t count;
		const struct place *list =
			prose_cell(prose, job->now, rule->cells[i], &count);

		for (size_t k = 0; k < count; k++) {
			const struct matches *m = prose_found(
				prose, &list[k], rule, find_topics, NULL);

			for (size_t n = 0; n < m->count; n++)
				said[n] = said[n] || m->list[n].end > 0;
		}
	}
	return said;
}

void lint_missing_words(const struct job *job)
{
	size_t cell = lint_cell(job, 0);
	bool *said;
	struct str missing = { 0 };
	struct message_values values = { 0 };
	struct finding *f;

	if (!*lint_text(job, cell))
		return; /* an empty section is told elsewhere */
	said = topics_said(job);
	for (size_t i = 0; i < job->rule->word_count; i++) {
		const char *word = job->rule->words[i];

		if (said[i])
			continue;
		str_add(&missing, missing.len ? "、" : "");
		str_addn(&missing, word, strcspn(word, ":"));
		values.count++;
	}
	free(said);
	if (values.count == 0)
		return;
	values.match = missing.s;
	f = lint_add(job, job->form->cells[cell].section, NULL,
		     _("没有写到{match}"), &values, NULL);
	finding_cell(f, cell);
	lint_facts(f, &missing);
}

/* ---- Q5: wrong words, the form's and the site's: 错=对; repeated words, which
 * may be meant, and paragraphs only have to be explained ---- */

static void find_word(const struct place *at, const char *word, size_t len,
		      struct matches *all)
{
	struct needle needle = needle_of(word, len);

	for (size_t s = 0;
	     (s = place_find(at, &needle, s, at->len)) != SIZE_MAX; s += len)
		lint_match(all, s, s + len);
}

/* The wrong half of 错=对. */
static size_t wrong_of(const char *pair, size_t len)
{
	const char *eq = memchr(pair, '=', len);

	return eq ? (size_t)(eq - pair) : len;
}

static void find_pairs(const struct place *at, const char *pairs,
		       const char *marks, struct matches *all)
{
	const char *pair;
	size_t len;

	while (next_word(&pairs, marks, &pair, &len))
		if (wrong_of(pair, len) > 0)
			find_word(at, pair, wrong_of(pair, len), all);
}

/* Do so many bytes anywhere stand twice in a row? */
static bool comes_again(const char *text, size_t len, size_t n)
{
	size_t same = 0;

	for (size_t i = 0; i + n < len && same < n; i++)
		same = text[i] == text[i + n] ? same + 1 : 0;
	return same == n;
}

/* A pattern of words that stand twice in a row, ([一-龥]{2,4})\1, is slow: the
 * text is looked over for them first.  A Chinese character has three bytes. */
static bool may_be_doubled(const struct place *at, const char *pattern)
{
	static const char start[] = "([一-龥]{";
	const char *braces = pattern + strlen(start) - 1;
	size_t least, most;
	int end = 0;

	if (!pattern || strncmp(pattern, start, strlen(start)) != 0 ||
	    sscanf(braces, "{%zu,%zu})\\1%n", &least, &most, &end) != 2 ||
	    !end || braces[end])
		return true;
	for (size_t n = 3 * least; n <= 3 * most; n += 3)
		if (comes_again(at->text, at->len, n))
			return true;
	return false;
}

/* The site's words are part of what the paragraphs are kept under. */
static void find_words(const struct place *at, const struct rule_def *rule,
		       const void *own, struct matches *out)
{
	if (place_allows(at, rule->any_word, 0, at->len))
		for (size_t k = 0; k < rule->word_count; k++)
			find_pairs(at, rule->words[k], "|", out);
	find_pairs(at, own, ";", out);
	if (may_be_doubled(at, rule->pattern) &&
	    place_allows(at, rule->pattern, 0, at->len))
		pattern_all(rule->pattern, rule->except, at->text, at->len,
			    out);
}

static bool has_match(const char *text, const struct matches *all,
		      const char *word, size_t len)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].end - all->list[i].start == len &&
		    memcmp(text + all->list[i].start, word, len) == 0)
			return true;
	return false;
}

/* What would be right for those that were found. */
static void add_better(const char *text, const struct matches *all,
		       const char *pairs, const char *marks, struct str *out)
{
	const char *pair;
	size_t len;

	while (next_word(&pairs, marks, &pair, &len)) {
		size_t wrong = wrong_of(pair, len);

		if (wrong > 0 && wrong + 1 < len &&
		    has_match(text, all, pair, wrong))
			str_addf(out, _("“%.*s”应为“%.*s”。"), (int)wrong, pair,
				 (int)(len - wrong - 1), pair + wrong + 1);
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

static bool any_wrong(const char *text, const struct matches *all,
		      const char *pairs, const char *marks)
{
	const char *pair;
	size_t len;

	while (next_word(&pairs, marks, &pair, &len)) {
		size_t wrong = wrong_of(pair, len);

		if (wrong > 0 && has_match(text, all, pair, wrong))
			return true;
	}
	return false;
}

static void found_words(const struct job *job, size_t cell, const char *own,
			const struct matches *all)
{
	struct finding *f = lint_matches(job, cell, all);
	const char *text = lint_text(job, cell);
	bool wrong = any_wrong(text, all, own, ";");
	struct str full = { 0 };

	str_add(&full, f->full);
	for (size_t k = 0; k < job->rule->word_count; k++) {
		wrong = wrong || any_wrong(text, all, job->rule->words[k], "|");
		add_better(text, all, job->rule->words[k], "|", &full);
	}
	add_better(text, all, own, ";", &full);
	free(f->full);
	f->full = str_steal(&full);
	if (!wrong)
		f->severity = SEVERITY_SOFT;
}

void lint_words(const struct job *job)
{
	char *own = site_words(job);

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		struct matches all = { 0 };

		lint_find(job, cell, find_words, own, &all);
		if (all.count > 0)
			found_words(job, cell, own, &all);
		lint_twice(job, cell);
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

		if (find_first(at, open, n) == SIZE_MAX &&
		    find_first(at, close, n) == SIZE_MAX)
			continue;
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
			lint_match(all, where, where + n);
	}
}

static void find_marks(const struct place *at, const struct rule_def *rule,
		       const void *with, struct matches *out)
{
	(void)with;
	if (place_allows(at, rule->pattern, 0, at->len))
		pattern_all(rule->pattern, rule->except, at->text, at->len,
			    out);
	unmatched(at, out);
}

void lint_punctuation(const struct job *job)
{
	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		struct matches all = { 0 };

		lint_find(job, cell, find_marks, NULL, &all);
		if (all.count > 0)
			lint_matches(job, cell, &all);
		free(all.list);
	}
}

/* ---- Q10: １2 ---- */

static void find_wide(const struct place *at, const struct rule_def *rule,
		      const void *with, struct matches *out)
{
	static const char wide[] = "[０-９]++";

	(void)rule;
	(void)with;
	if (place_allows(at, wide, 0, at->len))
		pattern_all(wide, NULL, at->text, at->len, out);
}

void lint_mixed_digits(const struct job *job)
{
	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		struct matches all = { 0 };

		lint_find(job, cell, find_wide, NULL, &all);
		if (all.count > 0 &&
		    strpbrk(lint_text(job, cell), "0123456789"))
			lint_matches(job, cell, &all);
		free(all.list);
	}
}

/* ---- Q7: problems that are none, or last year's again ---- */

enum {
	SHORT_TEXT = 900,   /* bytes */
	SAME_PROBLEMS = 80, /* per cent of last year's words */
};

static void find_any(const struct place *at, const struct rule_def *rule,
		     const void *with, struct matches *out)
{
	(void)with;
	if (place_fits(at, rule->pattern, 0, at->len))
		lint_match(out, 0, at->len);
}

/* Does the rule's pattern match anywhere in the text, over the ends of its
 * paragraphs, too? */
static bool is_said(const struct job *job, size_t cell)
{
	struct prose *prose = report_prose(job->now);
	const struct place *whole = prose_whole(prose, job->now, cell);

	return whole &&
	       prose_found(prose, whole, job->rule, find_any, NULL)->count > 0;
}

/* By sentences; a short text as a whole, its years left out. */
static int same_as(const struct job *job, const struct report *last,
		   size_t cell)
{
	struct value was = report_get(last, cell);
	const char *text = lint_text(job, cell);
	int share = likeness_kept(job, &cell, 1, NULL), whole;

	if (was.kind != VALUE_TEXT || strlen(text) > SHORT_TEXT)
		return share;
	whole = likeness_whole(text, was.text);
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
	if (!is_said(job, cell))
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
	    report_get(last, cell).kind != VALUE_TEXT || is_said(job, cell))
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
