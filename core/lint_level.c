/* N5: 与上年持平, 翻了一番, 1.5倍: changes told in words. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_ask.h"
#include "core/lint_claim_impl.h"
#include "core/num.h"
#include "core/rule_impl.h"

const char level_words[] =
	"(?=[持相一翻倍])(?:持平|相同|相等|一致|翻(?:了)?[一两]?番(?:多|有余|以上)?|倍(?:多|有余|以上)?)";

enum {
	AROUND = 60, /* bytes of words before the last */
};

/* How many times last year's, in hundredths: from, to. */
struct times {
	int64_t least, most;
};

/* Does now / was lie between them? */
static bool is_times(int64_t now, int64_t was, struct times t)
{
	return was == 0 ? now == 0
			: now / NUM_ONE * 100 >= t.least * (was / NUM_ONE) &&
				  now / NUM_ONE * 100 <=
					  t.most * (was / NUM_ONE);
}

/* What the words at m say; false when they are about nothing exact. */
static bool times_at(const struct place *at, struct match m, struct times *t)
{
	static const struct {
		const char *words;
		struct times times;
	} known[] = {
		{ "持平|相同|相等|一致", { 100, 100 } },
		{ "翻(?:了)?(?:一番|番)(?:多|有余|以上)", { 200, 300 } },
		{ "(?:接?近|几乎|约)(?:翻|增)", { 170, 210 } },
		{ "翻(?:了)?(?:一番|番)", { 190, 215 } },
		{ "翻(?:了)?两番", { 380, 430 } },
		{ "一倍(?:多|有余|以上)", { 200, 300 } },
		{ "一倍", { 190, 215 } },
		{ "[两二]倍", { 285, 320 } },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (pattern_fits(known[i].words, at->text + m.start,
				 m.end - m.start)) {
			*t = known[i].times;
			return true;
		}
	return false;
}

/* The figure before `at` in its sentence, or SIZE_MAX. */
static size_t figure_before(const struct ask *a, size_t at)
{
	for (size_t k = a->c->count; k-- > 0;) {
		const struct said *s = ask_said(a, k);

		if (s->figure.end > at || s->sentence_end <= at)
			continue;
		if (s->figure.unit != FIGURE_PERCENT &&
		    !clause_closes(a->at, s->figure.end, at))
			return k;
	}
	return SIZE_MAX;
}

/* 上年为64件, 由8件: the one that is compared with. */
static bool is_from(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->last || place_fits(a->at, "(?:由|从)[^，。；]{0,12}$",
				     s->window, s->words_end);
}

/* 72件，上年为64件; 由8件升至11件: *now and *was, when both are told. */
static bool told_both(const struct ask *a, size_t k, int64_t *now, int64_t *was)
{
	bool here = is_from(a, k), before;

	if (k == 0 || !ask_same_sentence(a, k - 1, k) ||
	    !ask_same_unit(a, k - 1, k) || ask_said(a, k)->figure.vague ||
	    ask_said(a, k - 1)->figure.vague)
		return false;
	before = is_from(a, k - 1);
	return here != before && ask_value(a, here ? k - 1 : k, now) &&
	       ask_value(a, here ? k : k - 1, was);
}

/* Do the tables have it for one of the values that the figure may be?  Nothing
 * to be judged by: they do. */
static bool tables_hold(const struct ask *a, size_t k, struct times t)
{
	const struct form_def *form = a->job->form;
	const struct report *last = a->job->in->last;
	const struct said *s = ask_said(a, k);
	size_t n = claim_allowed(form, s, 0, &(struct allowed){ 0 });
	bool told = false;

	if (s->kind != SAID_VALUE || s->scope != SCOPE_OWN || s->either ||
	    !(s->claim || s->klass) || !last || report_form(last) != form ||
	    !said_plain(form, a->c, k))
		return true;
	for (size_t i = 0; i < n; i++) {
		struct allowed of;
		int64_t now, was;

		claim_allowed(form, s, i, &of);
		if (!figures_sum(a->job->now, &of, &now) ||
		    !figures_sum(last, &of, &was) || !figures_say(s, now))
			continue;
		told = true;
		if (is_times(now, was, t))
			return true;
	}
	return !told;
}

static void say(const struct ask *a, size_t from, struct match m)
{
	struct match all = { from, m.end };
	char *words = figures_quote(a->at, all);
	struct str match = { 0 };

	if (!figures_aside(a->job, a->cell, a->at, all)) {
		str_addf(&match, "“%s”", words);
		lint_facts(figures_add(a->job, a->cell, a->at, all, "level",
				       match.s, ""),
			   &match);
	}
	str_free(&match);
	free(words);
}

/* 数量与上年持平，均为6件 */
static size_t figure_behind(const struct ask *a, struct match m)
{
	for (size_t k = 0; k < a->c->count; k++) {
		const struct said *s = ask_said(a, k);

		if (s->figure.start >= m.end)
			return place_fits(a->at, "^，(?:均|都|仍|同|皆)为$",
					  m.end, s->figure.start)
				       ? k
				       : SIZE_MAX;
	}
	return SIZE_MAX;
}

/* 增至9件，废止数量比上年翻了一番: no, of something else. */
static size_t said_before(const struct ask *a, size_t at)
{
	size_t k = figure_before(a, at);
	size_t from = k == SIZE_MAX ? at : ask_said(a, k)->figure.end;

	return from == at || place_fits(
				     a->at,
				     "^[，、）]*(?:占[^，。；]*，)?(?:同比|数量|总量|总数|件数|均|都|也|仍|保持|基数|整体)*$",
				     from, at)
		       ? k
		       : SIZE_MAX;
}

static void check_words(const struct ask *a, struct match m)
{
	size_t k = figure_behind(a, m);
	struct times t;
	int64_t now, was;
	bool right;

	if (k == SIZE_MAX)
		k = said_before(a, m.start);
	if (k == SIZE_MAX || !times_at(a->at, m, &t))
		return;
	right = told_both(a, k, &now, &was) ? is_times(now, was, t)
					    : tables_hold(a, k, t);
	if (!right)
		say(a,
		    ask_said(a, k)->window < m.start ? ask_said(a, k)->window
						     : m.start,
		    m);
}

/* Where the words that the one at m ends begin; false when it ends none. */
static bool begin_words(const struct place *at, struct match *m)
{
	static const char level[] =
		"(?:与|和|同|较|比)(?:上年|去年|上一年|20\\d\\d年)(?:度|同期)*(?:的|数量|件数|水平|总数|相比|保持|完全)*$";
	static const char near[] = "(?:接?近|几乎|约)$";
	static const char more[] =
		"(?:接?近|约)?(?:增长|增加)(?:了)?(?:近|约)?[一两二]$";
	const char *word = at->text + m->start;
	size_t from = m->start > AROUND ? m->start - AROUND : 0;
	bool doubles = strncmp(word, "翻", strlen("翻")) == 0;
	const char *before = doubles                                  ? near
			     : strncmp(word, "倍", strlen("倍")) == 0 ? more
								      : level;
	struct match found;

	while (from < m->start &&
	       ((unsigned char)at->text[from] & 0xc0) == 0x80)
		from++;
	if (m->start == from ||
	    !pattern_find(before, at->text + from, m->start - from, 0, &found))
		return doubles;
	m->start = from + found.start;
	return true;
}

void level_check(const struct job *job, size_t cell, const struct place *at,
		 const struct claims *c)
{
	struct match m = { 0 };

	while (c->levels &&
	       pattern_find(level_words, at->text, at->len, m.end, &m))
		if (begin_words(at, &m))
			check_words(&(struct ask){ job, cell, at, c, 0 }, m);
}
