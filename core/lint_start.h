/*
 * lint_start - the characters with which a match of a pattern begins, where the
 * pattern says so, that it need not be tried at every other one.
 *
 * It says so when each of its alternatives begins with (?=[…]), or (?=^|[…]) when
 * a match may begin any line, too.  In such a class stand single characters,
 * ranges of ASCII and \s \n \t; of any other pattern nothing is known.
 */
#ifndef CORE_LINT_START_H
#define CORE_LINT_START_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	START_BITS = 2048 /* a power of two */
};

struct starts {
	bool known;
	bool lines;                     /* … and where a line begins */
	uint64_t bits[START_BITS / 64]; /* by a hash of the character */
};

void starts_of(const char *pattern, struct starts *out);
/* The first place from `at` on where a match may begin; len if there is none. */
size_t starts_next(const struct starts *st, const char *s, size_t len,
		   size_t at);

#endif
