/* Differences from a snapshot: cells, and of prose the changed sentences. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/mem.h"

/* Beyond so many pairs of sentences the middle is one difference. */
enum {
	PAIRS_MAX = 1 << 20
};

struct found {
	struct difference *list;
	size_t count, room;
};

struct sentence {
	const char *s;
	size_t len;
};

struct sentences {
	struct sentence *list;
	size_t count, room;
};

static void add(struct found *f, size_t cell, size_t at, char *old, char *now)
{
	f->list = mem_grow(f->list, f->count, &f->room, sizeof *f->list);
	f->list[f->count++] = (struct difference){ cell, at, old, now };
}

/* Where the sentence that begins at `s` ends, its mark included. */
static size_t sentence_length(const char *s)
{
	static const char *const ends[] = { "。", "！", "？", "；", "\n" };

	for (size_t n = 0; s[n]; n++)
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
			if (strncmp(s + n, ends[i], strlen(ends[i])) == 0)
				return n + strlen(ends[i]);
	return strlen(s);
}

static struct sentences split(const char *s)
{
	struct sentences out = { 0 };

	/* there is a list, though an empty one */
	out.list = mem_grow(out.list, 0, &out.room, sizeof *out.list);
	while (*s) {
		size_t n = sentence_length(s);

		out.list = mem_grow(out.list, out.count, &out.room,
				    sizeof *out.list);
		out.list[out.count++] = (struct sentence){ s, n };
		s += n;
	}
	return out;
}

static bool same(const struct sentence *a, const struct sentence *b)
{
	return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

/* Sentences from..to are neighbours in the text. */
static char *joined(const struct sentences *t, size_t from, size_t to)
{
	const struct sentence *last = &t->list[to ? to - 1 : 0];

	if (from == to)
		return xstrdup("");
	return xstrndup(t->list[from].s,
			(size_t)(last->s + last->len - t->list[from].s));
}

/* Where sentence `i` begins, or the text ends. */
static size_t offset(const struct sentences *t, size_t i)
{
	const struct sentence *before = i > 0 ? &t->list[i - 1] : NULL;

	return before ? (size_t)(before->s + before->len - t->list[0].s) : 0;
}

/* The longest common sequence of a[..n] and b[..m], from the end: table[i][j]
 * is its length from a[i] and b[j] on. */
static unsigned *common(const struct sentence *a, size_t n,
			const struct sentence *b, size_t m)
{
	size_t width = m + 1;
	unsigned *table = xcalloc((n + 1) * width, sizeof *table);

	for (size_t i = n; i-- > 0;) {
		for (size_t j = m; j-- > 0;) {
			unsigned *it = &table[i * width + j];
			unsigned skip_a = it[width], skip_b = it[1];

			*it = skip_a > skip_b ? skip_a : skip_b;
			if (same(&a[i], &b[j]))
				*it = it[width + 1] + 1;
		}
	}
	return table;
}

static void add_run(struct found *f, size_t cell, const struct sentences *a,
		    const size_t was[2], const struct sentences *b,
		    const size_t is[2])
{
	if (was[0] < was[1] || is[0] < is[1])
		add(f, cell, offset(b, is[0]), joined(a, was[0], was[1]),
		    joined(b, is[0], is[1]));
}

/* Sentences a0..a1 and b0..b1: every run between common ones. */
static void add_runs(struct found *f, size_t cell, const struct sentences *a,
		     size_t a0, size_t a1, const struct sentences *b, size_t b0,
		     size_t b1)
{
	size_t n = a1 - a0, m = b1 - b0, i = 0, j = 0;
	unsigned *table = common(a->list + a0, n, b->list + b0, m);

	while (i < n || j < m) {
		size_t was[2] = { a0 + i, 0 }, is[2] = { b0 + j, 0 };

		while (i < n || j < m) {
			const unsigned *it = &table[i * (m + 1) + j];

			if (i < n && j < m &&
			    same(&a->list[a0 + i], &b->list[b0 + j]))
				break;
			if (i < n && (j == m || it[m + 1] >= it[1]))
				i++;
			else
				j++;
		}
		was[1] = a0 + i;
		is[1] = b0 + j;
		add_run(f, cell, a, was, b, is);
		for (;
		     i < n && j < m && same(&a->list[a0 + i], &b->list[b0 + j]);
		     i++)
			j++;
	}
	free(table);
}

static void compare_prose(struct found *f, size_t cell, const char *old,
			  const char *now)
{
	struct sentences a = split(old), b = split(now);
	size_t head = 0, a1 = a.count, b1 = b.count;

	while (head < a1 && head < b1 && same(&a.list[head], &b.list[head]))
		head++;
	while (a1 > head && b1 > head &&
	       same(&a.list[a1 - 1], &b.list[b1 - 1])) {
		a1--;
		b1--;
	}
	if ((a1 - head + 1) * (b1 - head + 1) > PAIRS_MAX)
		add(f, cell, offset(&b, head), joined(&a, head, a1),
		    joined(&b, head, b1));
	else
		add_runs(f, cell, &a, head, a1, &b, head, b1);
	free(a.list);
	free(b.list);
}

void prose_compare(const char *old, const char *now, struct difference **list,
		   size_t *count)
{
	struct found f = { 0 };

	compare_prose(&f, 0, old, now);
	*list = f.list;
	*count = f.count;
}

static void compare_cell(struct found *f, const struct report *old,
			 const struct report *now, size_t cell,
			 enum cell_slot slot)
{
	struct str was = { 0 }, is = { 0 };

	cell_text(old, cell, slot, &was);
	cell_text(now, cell, slot, &is);
	if (strcmp(was.s, is.s) == 0)
		;
	else if (report_form(now)->cells[cell].kind == FIELD_PROSE)
		compare_prose(f, cell, was.s, is.s);
	else
		add(f, cell, 0, xstrdup(was.s), xstrdup(is.s));
	str_free(&was);
	str_free(&is);
}

enum err_code draft_compare(struct draft *d, const char *dump,
			    struct difference **list, size_t *count,
			    struct err *err)
{
	struct report *old = report_new(d->form);
	enum err_code code = report_undump(old, dump, err);
	struct found f = { 0 };

	*list = NULL;
	*count = 0;
	for (size_t i = 0; i < d->form->cell_count && !code; i++) {
		const struct cell_def *def = &d->form->cells[i];

		if (def->part_count == 0)
			compare_cell(&f, old, d->report, i, SLOT_VALUE);
		else if (!def->derived)
			compare_cell(&f, old, d->report, i, SLOT_PRINTED);
	}
	report_free(old);
	*list = f.list;
	*count = f.count;
	return code;
}

void differences_free(struct difference *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(list[i].old);
		free(list[i].now);
	}
	free(list);
}
