/* Are the words before a figure all understood?  A word that is not may make it
 * the figure of a part: 受理两个领域申请33件. */
#include "core/lint_claim.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

/* Which bytes of the sentence up to the figure are understood. */
struct cover {
	const char *s;
	size_t len;
	bool *told;
};

/* Is anything new understood by the pattern? */
static bool cover(const struct cover *c, const char *pattern)
{
	struct match m = { 0 };
	bool found = false;

	while (pattern && pattern_find(pattern, c->s, c->len, m.end, &m)) {
		memset(c->told + m.start, true, m.end - m.start);
		found = true;
	}
	return found;
}

static bool is_covered(const struct cover *c)
{
	for (size_t i = 0; i < c->len; i++)
		if (!c->told[i] && (unsigned char)c->s[i] >= 0xe4 &&
		    (unsigned char)c->s[i] <= 0xe9) /* 一 to 龥 */
			return false;
	return true;
}

/* Characters that the names of offices end in. */
static bool ends_name(const char *s, size_t len)
{
	static const char *const ends[] = { "局", "厅", "委", "会", "院", "校",
					    "学", "馆", "心", "所", "站", "队",
					    "镇", "乡", "道", "区", "市", "县",
					    "省", "州", "旗", "盟", "司", "处",
					    "办", "府", "团", NULL };

	for (size_t i = 0; ends[i]; i++)
		if (len > 3 && memcmp(s + len - 3, ends[i], 3) == 0)
			return true;
	return false;
}

/* 县教育局, 青石 of 青石县教育局: the office's own name, how it begins or ends. */
static void cover_name(const struct cover *c, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i + 6 <= c->len; i++) {
		if (c->told[i] || (unsigned char)c->s[i] < 0xe4 ||
		    !memmem(name, len, c->s + i, 6))
			continue;
		for (size_t n = c->len - i; n >= 6; n--)
			if (n <= len && (memcmp(name, c->s + i, n) == 0 ||
					 (ends_name(c->s + i, n) &&
					  memmem(name, len, c->s + i, n)))) {
				memset(c->told + i, true, n);
				break;
			}
	}
}

/* The scopes and times are looked for with what stands before the words, the
 * rest in the words alone.  Most words are understood by the first patterns. */
static bool cover_all(const struct claims_def *d, const char *name,
		      const struct cover *sentence, const struct cover *words)
{
	const char *const around[] = { d->parts, d->office, d->wider,
				       d->part_year, d->whole_year };

	cover(words, d->neutral);
	if (is_covered(words))
		return true;
	cover_name(words, name);
	for (size_t i = 0; i < d->claim_count; i++)
		if (cover(words, d->claims[i].pattern) && is_covered(words))
			return true;
	for (size_t i = 0; i < d->class_count; i++)
		cover(words, d->classes[i].pattern);
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		cover(sentence, around[i]);
	return is_covered(words);
}

static bool plain_of(const struct form_def *form, const char *name,
		     const char *text, size_t sentence, size_t from, size_t to)
{
	struct cover all = { text + sentence, to - sentence, NULL }, words;
	bool plain;

	if (to <= from || !form->claims.neutral)
		return true;
	all.told = xcalloc(all.len, sizeof *all.told);
	words = (struct cover){ text + from, to - from,
				all.told + (from - sentence) };
	plain = cover_all(&form->claims, name, &all, &words);
	free(all.told);
	return plain;
}

bool claim_plain(const struct form_def *form, const char *text, size_t sentence,
		 size_t from, size_t to)
{
	return plain_of(form, "", text, sentence, from, to);
}

/* 重复申请占用了资源，全年共26件: what is said of the claim's words before the
 * comma leaves the figure what it is; what stands before them may not. */
static bool words_plain(const struct form_def *form, const struct claims *c,
			const struct said *s)
{
	static const char comma[] = "，";
	const char *words = c->text + s->window;
	size_t len = s->words_end - s->window;
	const char *mark = memmem(words, len, comma, strlen(comma));
	struct match m;

	/* 年末因收件集中，有9件申请结转: why, not which */
	if (mark && s->behind &&
	    pattern_fits(
		    "^[，；]?[^，。；]{0,6}(?:因|由于|受)[^，。；]*(?<!申请中|件中|其中|答复中|的)，(?:全年)?(?:共|仍|尚|还)*有?$",
		    words, len))
		return true;
	if (!mark || !s->claim ||
	    !pattern_last(s->claim->pattern, words, (size_t)(mark - words), &m))
		return plain_of(form, c->name, c->text, s->sentence, s->window,
				s->words_end);
	return plain_of(form, c->name, c->text, s->sentence, s->window,
			s->window + m.end) &&
	       plain_of(form, c->name, c->text, s->sentence,
			(size_t)(mark - c->text), s->words_end);
}

/* 仅有1件被纠正: of some. */
static bool only_some(const struct claims *c, const struct said *s)
{
	return s->behind && s->words_end > s->window &&
	       pattern_fits("仅|只", c->text + s->window,
			    s->words_end - s->window);
}

static bool behind_plain(const struct form_def *form, const struct claims *c,
			 const struct said *s)
{
	return plain_of(form, c->name, c->text, s->sentence, s->figure.end,
			s->behind);
}

/* 涉及执法案卷的36件: some of all, whatever became of them. */
static bool is_concerned(const struct claims *c, const struct said *s)
{
	return !s->heard && s->words_end > s->window &&
	       pattern_fits("涉及|有关|关于", c->text + s->window,
			    s->words_end - s->window);
}

/* 因第三方不同意，对4件不予公开: a reason that no cell is for; some of all that were
 * refused. */
static bool is_for_reason(const struct form_def *form, const struct claims *c,
			  const struct said *s)
{
	return s->claim && s->other_count == 0 && s->sum_count < 2 &&
	       form->cells[s->claim->values[0].cells[0]].derived &&
	       s->figure.start > s->since &&
	       pattern_fits("(?:因|由于|鉴于)(?!此)[^。；0-9]*，[^，]*$",
			    c->text + s->since, s->figure.start - s->since);
}

bool said_plain(const struct form_def *form, const struct claims *c, size_t i)
{
	struct said *s = &c->list[i];

	if (s->plain == PLAIN_UNKNOWN)
		s->plain = !only_some(c, s) && !is_concerned(c, s) &&
					   !is_for_reason(form, c, s) &&
					   words_plain(form, c, s) &&
					   behind_plain(form, c, s)
				   ? PLAIN_YES
				   : PLAIN_NO;
	return s->plain == PLAIN_YES;
}
