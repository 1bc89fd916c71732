/*
 * lint_parts - the figures of a sentence that are parts of another.
 */
#ifndef CORE_LINT_PARTS_H
#define CORE_LINT_PARTS_H

#include "core/lint_ask.h"

struct parts {
	int64_t sum;
	size_t first, count;
	size_t next; /* the figure behind them */
	bool whole;  /* it names all parts */
	bool parted; /* 1985人次，分别为: of the whole itself */
};

/* Does the pattern fit what stands between the two figures? */
bool parts_between(const struct ask *a, size_t i, size_t k,
		   const char *pattern);
/* 甲和乙各1件: how many have it. */
int64_t parts_times(const struct ask *a, size_t k);
/* 14个乡镇各1台: how many, not one of the parts. */
bool parts_counts(const struct ask *a, size_t k);
/* Is the figure in brackets that are closed before the other? */
bool parts_aside(const struct ask *a, size_t i, size_t k);
/* 28.5分（满分30分）、…: in a bracket behind one of the parts. */
bool parts_beside(const struct ask *a, size_t first, size_t k);
/* 8件（含上年结转1件）、…，合计: the second is of the first. */
bool parts_remark(const struct ask *a, size_t k);

/* One more part; false when it has no value. */
bool parts_add(const struct ask *a, size_t k, struct parts *l);

/* The parts that follow the a->i-th figure in its sentence, behind 其中, 中， (some)
 * or ：, 分别, 包括 (all). */
struct parts parts_after(const struct ask *a);
/* 甲3件、乙4件，合计7件: the parts before it. */
struct parts parts_before(const struct ask *a);
/* Those without a word that they are its parts, but nearly adding up to it. */
struct parts parts_near(const struct ask *a);

#endif
