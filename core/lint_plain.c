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

static void cover(const struct cover *c, const char *pattern)
{
	struct match m = { 0 };

	while (pattern && pattern_find(pattern, c->s, c->len, m.end, &m))
		memset(c->told + m.start, true, m.end - m.start);
}

/* The scopes and times are looked for with what stands before the words, the
 * rest in the words alone. */
static void cover_all(const struct claims_def *d, const struct cover *sentence,
		      const struct cover *words)
{
	const char *const around[] = { d->parts, d->office, d->wider,
				       d->part_year, d->whole_year };

	cover(words, d->neutral);
	for (size_t i = 0; i < d->claim_count; i++)
		cover(words, d->claims[i].pattern);
	for (size_t i = 0; i < d->class_count; i++)
		cover(words, d->classes[i].pattern);
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		cover(sentence, around[i]);
}

bool claim_plain(const struct form_def *form, const char *text, size_t sentence,
		 size_t from, size_t to)
{
	struct cover all = { text + sentence, to - sentence, NULL }, words;
	size_t before = from - sentence;
	bool plain = true;

	if (to <= from || !form->claims.neutral)
		return true;
	all.told = xcalloc(all.len, sizeof *all.told);
	words = (struct cover){ text + from, to - from, all.told + before };
	cover_all(&form->claims, &all, &words);
	for (size_t i = before; plain && i < all.len; i++)
		plain = all.told[i] || (unsigned char)all.s[i] < 0xe4 ||
			(unsigned char)all.s[i] > 0xe9; /* 一 to 龥 */
	free(all.told);
	return plain;
}

bool said_plain(const struct form_def *form, const struct claims *c, size_t i)
{
	struct said *s = &c->list[i];

	if (s->plain == PLAIN_UNKNOWN)
		s->plain = claim_plain(form, c->text, s->sentence, s->window,
				       s->words_end)
				   ? PLAIN_YES
				   : PLAIN_NO;
	return s->plain == PLAIN_YES;
}
