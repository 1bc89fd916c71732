/*
 * site - what an office has set for the checks: thresholds, lists of its own,
 * rules that are switched off.  One row of the table below a setting; config
 * lists and sets them like any other.
 */
#ifndef CORE_SITE_H
#define CORE_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/store.h"

/* X(member, key) of the texts and of the whole numbers; the defaults stand in
 * core/setting.c. */
#define SITE_TEXT_LIST(X)                                                      \
	X(off, "rules.off")                                                    \
	X(phones, "check.phones")                                              \
	X(words, "check.words")                                                \
	X(names, "check.names")                                                \
	X(lapsed, "check.lapsed")
#define SITE_NUMBER_LIST(X)                                                    \
	X(jump_factor, "check.jump.factor")                                    \
	X(jump_floor, "check.jump.floor")                                      \
	X(likeness, "check.likeness")                                          \
	X(sibling_likeness, "check.sibling.likeness")                          \
	X(sibling_least, "check.sibling.least")

struct site {
#define SITE_MEMBER(member, key) char *member;
	SITE_TEXT_LIST(SITE_MEMBER)
#undef SITE_MEMBER
#define SITE_MEMBER(member, key) int64_t member;
	SITE_NUMBER_LIST(SITE_MEMBER)
#undef SITE_MEMBER
};

/* As the store has it; free with site_free(). */
struct site *site_load(struct store *s);
void site_free(struct site *site);
/* As a new store has it; it lives as long as the program. */
const struct site *site_default(void);

/* Who changed a setting last, and when, by the history: free both; false when it
 * stands as it always did. */
bool site_changed(struct store *s, const char *key, char **who, char **moment);

#endif
