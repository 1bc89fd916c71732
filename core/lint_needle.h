/*
 * lint_needle - words without which a pattern finds nothing, and where the
 * characters of a text stand, so that most patterns need not be run.
 *
 * What a pattern needs is read off its text: where (?:未|没有)收到[^，]*申请
 * matches stand 收到 and 申请, and 未 or 没有.  Of a pattern that is not
 * understood nothing is known, and it is always run.
 */
#ifndef CORE_LINT_NEEDLE_H
#define CORE_LINT_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word that is looked for; borrowed. */
struct needle {
	const char *s;
	size_t len;
	uint32_t hash; /* of its first two characters, or the only one */
};

struct needle needle_of(const char *word, size_t len);
/* Bytes of the character at s, and a hash of it, 20 bits. */
size_t needle_step(const char *s);
uint32_t needle_hash(const char *s);

/* Which words must stand there: a list of questions, each of which says which
 * one follows; none: nothing is known. */
struct needles {
	struct question {
		uint32_t hash;
		uint16_t yes, no; /* the next one, NEEDLES_MET or _MISSED */
	} * list; /* small: all of a form are looked at for each paragraph */
	struct needle *words; /* … that they ask for */
	size_t count;
	unsigned first;
	char *text; /* what the words lie in */
};

enum {
	NEEDLES_MET = UINT16_MAX - 1,
	NEEDLES_MISSED
};

void needles_of(const char *pattern, struct needles *out);
void needles_free(struct needles *n);

/* Where each character of a text stands, and each two.  It does not keep the text: that is
 * given each time. */
struct spots;

struct spots *spots_new(const char *s, size_t len);
void spots_free(struct spots *sp);
/* The first place of the word that lies within from and to; SIZE_MAX if there
 * is none. */
size_t spots_find(const struct spots *sp, const char *s,
		  const struct needle *word, size_t from, size_t to);
/* Do the words stand there, or is nothing known of them? */
bool spots_allow(const struct spots *sp, const char *s, const struct needles *n,
		 size_t from, size_t to);

#endif
