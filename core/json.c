#include "core/json.h"

#include <stdlib.h>

#include <jansson.h>

void json_add_string(struct str *out, const char *s)
{
	json_t *value = json_string_nocheck(s);
	char *text = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;

	str_add(out, text ? text : "\"\"");
	free(text);
	json_decref(value);
}
