/*
 * num - exact decimals: an int64_t in units of 0.0001, never a double.
 *
 * A count has no decimals, an amount up to four (万元 to 元 is 4).  Reading
 * takes full-width digits, drops thousands separators (, ，) between groups of
 * three and surrounding blanks; it refuses signs, letters, a second point, more
 * decimals and any other separator.
 */
#ifndef CORE_NUM_H
#define CORE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

#define NUM_ONE INT64_C(10000)

enum num_fault {
	NUM_OK,
	NUM_EMPTY,
	NUM_SIGN,      /* -3 */
	NUM_CHARACTER, /* 12a */
	NUM_GROUPS,    /* 1,2,3: separators that are not between groups of 3 */
	NUM_DECIMALS,  /* 1.5 in a count, 1.23456 in an amount */
	NUM_TOO_LARGE, /* over `max` */
};

/* Read `s` with at most `decimals` (0..4) decimals and at most `max` units. */
enum num_fault num_parse(const char *s, int decimals, int64_t max,
			 int64_t *out);

/* Print `n` without trailing zeros: "0", "12", "59237.2449", "-3".
 * `buf` has NUM_TEXT bytes and is returned. */
#define NUM_TEXT 32
const char *num_text(int64_t n, char *buf);

/* a + sign * b into *out; false on overflow. */
bool num_add(int64_t a, int sign, int64_t b, int64_t *out);

#endif
