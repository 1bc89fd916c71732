/*
 * json - the one door to jansson: writing only, keys in the order given.
 */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include "core/str.h"

/* Append `s` as a JSON string with its quotes; s must be valid UTF-8. */
void json_add_string(struct str *out, const char *s);

#endif
