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

/* The scopes and times are looked for with what stands before the words, the
 * rest in the words alone.  Most words are understood by the first patterns. */
static bool cover_all(const struct claims_def *d, const struct cover *sentence,
		      const struct cover *words)
{
	const char *const around[] = { d->parts, d->office, d->wider,
				       d->part_year, d->whole_year };

	cover(words, d->neutral);
	if (is_covered(words))
		return true;
	for (size_t i = 0; i < d->claim_count; i++)
		if (cover(words, d->claims[i].pattern) && is_covered(words))
			return true;
	for (size_t i = 0; i < d->class_count; i++)
		cover(words, d->classes[i].pattern);
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		cover(sentence, around[i]);
	return is_covered(words);
}

bool claim_plain(const struct form_def *form, const char *text, size_t sentence,
		 size_t from, size_t to)
{
	struct cover all = { text + sentence, to - sentence, NULL }, words;
	bool plain;

	if (to <= from || !form->claims.neutral)
		return true;
	all.told = xcalloc(all.len, sizeof *all.told);
	words = (struct cover){ text + from, to - from,
				all.told + (from - sentence) };
	plain = cover_all(&form->claims, &all, &words);
	free(all.told);
	return plain;
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

	if (!mark || !s->claim ||
	    !pattern_last(s->claim->pattern, words, (size_t)(mark - words), &m))
		return claim_plain(form, c->text, s->sentence, s->window,
				   s->words_end);
	return claim_plain(form, c->text, s->sentence, s->window,
			   s->window + m.end) &&
	       claim_plain(form, c->text, s->sentence, (size_t)(mark - c->text),
			   s->words_end);
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
	return claim_plain(form, c->text, s->sentence, s->figure.end,
			   s->behind);
}

bool said_plain(const struct form_def *form, const struct claims *c, size_t i)
{
	struct said *s = &c->list[i];

	if (s->plain == PLAIN_UNKNOWN)
		s->plain = !only_some(c, s) && words_plain(form, c, s) &&
					   behind_plain(form, c, s)
				   ? PLAIN_YES
				   : PLAIN_NO;
	return s->plain == PLAIN_YES;
}
