/*
 * align - two rows of things, put side by side in order.
 */
#ifndef IMPORT_ALIGN_H
#define IMPORT_ALIGN_H

#include <stddef.h>

#define ALIGN_NONE ((size_t)-1)

enum {
	ALIGN_SAME = 1000,        /* a score: the two are the same */
	ALIGN_PAIRS_MAX = 1 << 22 /* beyond, what differs is not paired */
};

/* How well thing i of the first row goes with thing j of the second; 0 or
 * less: never together. */
typedef int align_score(void *data, size_t i, size_t j);

/* Which of the second row's `m` things stands beside each of the first row's
 * `n`, or ALIGN_NONE: in order, with the largest sum of scores. */
void align(size_t n, size_t m, align_score *score, void *data, size_t *beside);

#endif
