/*
 * setting - the site's settings: key, default, what it is for.
 *
 * One table; `config` lists, gets and sets it, the screen and review read it.
 */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include "core/store.h"

struct setting_def {
	const char *key, *fallback, *help;
	const char *values; /* "down right", or NULL: any text */
};

const struct setting_def *setting_defs(size_t *count);
const struct setting_def *setting_find(const char *key);
/* The stored value or the default; free it. */
char *setting_get(struct store *s, const char *key);
/* Refused when the key or the value is not known, or a required step of sign-off
 * would be no step.  A change goes into the history of report 0. */
enum err_code setting_set(struct store *s, const char *key, const char *value,
			  struct err *err);

#endif
