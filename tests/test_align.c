/* Two rows of things side by side. */
#include <stdlib.h>
#include <string.h>

#include "import/align.h"
#include "tests/made.h"
#include "tests/unit.h"

struct pair {
	const char *a, *b;
};

static int same_letter(void *data, size_t i, size_t j)
{
	const struct pair *p = data;

	return p->a[i] == p->b[j] ? ALIGN_SAME : 0;
}

/* The length of the longest common subsequence, in the plainest way. */
static size_t common(const char *a, const char *b)
{
	size_t with, without;

	if (!*a || !*b)
		return 0;
	with = *a == *b ? 1 + common(a + 1, b + 1) : 0;
	without = common(a + 1, b);
	if (*a != *b && common(a, b + 1) > without)
		without = common(a, b + 1);
	return with > without ? with : without;
}

static void test_align(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char a[9] = "", b[9] = "";
		struct pair p = { a, b };
		size_t n = made_random(&seed, 9), m = made_random(&seed, 9);
		size_t beside[9], pairs = 0, last = 0;

		for (size_t k = 0; k < n; k++)
			a[k] = (char)('a' + made_random(&seed, 3));
		for (size_t k = 0; k < m; k++)
			b[k] = (char)('a' + made_random(&seed, 3));
		align(n, m, same_letter, &p, beside);
		for (size_t k = 0; k < n; k++) {
			if (beside[k] == ALIGN_NONE)
				continue;
			assert_true(beside[k] < m && a[k] == b[beside[k]]);
			assert_true(pairs == 0 || beside[k] > last);
			last = beside[k];
			pairs++;
		}
		assert_int_equal(pairs, common(a, b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_align),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
