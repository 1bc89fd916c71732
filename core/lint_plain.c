/* Are the words before a figure all understood?  A word that is not may make it
 * the figure of a part: 受理两个领域申请33件. */
#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

/* Which bytes of the words are understood. */
struct cover {
	const struct reading *r;
	size_t from, to;
	bool *told;
};

static void cover(struct cover *c, const char *pattern)
{
	const char *s = c->r->at->text + c->from;
	struct match m = { 0 };

	while (pattern && pattern_find(pattern, s, c->to - c->from, m.end, &m))
		memset(c->told + m.start, true, m.end - m.start);
}

static void cover_marks(struct cover *c)
{
	const struct reading *r = c->r;

	for (size_t i = 0; i < r->mark_count; i++) {
		const struct mark *m = &r->marks[i];

		if (m->kind != MARK_TOPIC && m->start >= c->from &&
		    m->end <= c->to)
			memset(c->told + (m->start - c->from), true,
			       m->end - m->start);
	}
}

bool claim_plain(const struct reading *r, size_t from, size_t to)
{
	struct cover c = { r, from, to, NULL };
	const char *s = r->at->text + from;
	bool plain = true;

	if (to <= from || !r->defs->neutral)
		return true;
	c.told = xcalloc(to - from, sizeof *c.told);
	for (size_t i = 0; i < r->defs->claim_count; i++)
		cover(&c, r->defs->claims[i].pattern);
	cover(&c, r->defs->neutral);
	for (size_t i = 0; i < r->defs->class_count; i++)
		cover(&c, r->defs->classes[i].pattern);
	cover_marks(&c);
	for (size_t i = 0; plain && i < to - from; i++)
		plain = c.told[i] || (unsigned char)s[i] < 0xe4 ||
			(unsigned char)s[i] > 0xe9;
	free(c.told);
	return plain;
}
