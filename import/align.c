#include "import/align.h"

#include <stdlib.h>

#include "core/mem.h"

/* What is left between the things that are the same at both ends. */
struct middle {
	size_t a, b; /* where it starts in each row */
	size_t n, m;
	align_score *score;
	void *data;
};

static int score_of(const struct middle *x, size_t i, size_t j)
{
	int s = x->score(x->data, x->a + i, x->b + j);

	return s > 0 ? s : 0;
}

/* table[i][j]: the best sum from i and j on. */
static int *best_sums(const struct middle *x)
{
	size_t width = x->m + 1;
	int *table = xcalloc((x->n + 1) * width, sizeof *table);

	for (size_t i = x->n; i-- > 0;)
		for (size_t j = x->m; j-- > 0;) {
			int *it = &table[i * width + j];
			int s = score_of(x, i, j);
			int both = s > 0 ? s + it[width + 1] : 0;

			*it = it[width] > it[1] ? it[width] : it[1];
			*it = both > *it ? both : *it;
		}
	return table;
}

static void pair_middle(const struct middle *x, size_t *beside)
{
	size_t width = x->m + 1, i = 0, j = 0;
	int *table;

	if (x->n == 0 || x->m == 0 || x->m + 1 > ALIGN_PAIRS_MAX / (x->n + 1))
		return;
	table = best_sums(x);
	while (i < x->n && j < x->m) {
		const int *it = &table[i * width + j];
		int s = score_of(x, i, j);

		if (s > 0 && *it == s + it[width + 1])
			beside[x->a + i++] = x->b + j++;
		else if (*it == it[width])
			i++;
		else
			j++;
	}
	free(table);
}

void align(size_t n, size_t m, align_score *score, void *data, size_t *beside)
{
	struct middle x = { 0, 0, n, m, score, data };

	for (size_t i = 0; i < n; i++)
		beside[i] = ALIGN_NONE;
	while (x.n > 0 && x.m > 0 && score_of(&x, 0, 0) >= ALIGN_SAME) {
		beside[x.a++] = x.b++;
		x.n--;
		x.m--;
	}
	while (x.n > 0 && x.m > 0 &&
	       score_of(&x, x.n - 1, x.m - 1) >= ALIGN_SAME) {
		beside[x.a + --x.n] = x.b + --x.m;
	}
	pair_middle(&x, beside);
}
