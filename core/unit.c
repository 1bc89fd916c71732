#include "core/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"

static const struct {
	const char *word, *label;
} kinds[UNIT_KIND_COUNT] = {
#define UNIT_KIND_ROW(name, word, label) { word, label },
	UNIT_KIND_LIST(UNIT_KIND_ROW)
#undef UNIT_KIND_ROW
};

/* How a name ends, and what that makes of it: the first that fits. */
static const struct {
	const char *ending;
	enum unit_kind kind;
} endings[] = {
	{ "镇人民政府", UNIT_TOWN },   { "乡人民政府", UNIT_TOWN },
	{ "苏木人民政府", UNIT_TOWN }, { "人民政府", UNIT_GOVERNMENT },
	{ "街道办事处", UNIT_TOWN },   { "镇办事处", UNIT_TOWN },
	{ "乡办事处", UNIT_TOWN },     { "街道办", UNIT_TOWN },
	{ "街道", UNIT_TOWN },         { "镇", UNIT_TOWN },
	{ "乡", UNIT_TOWN },
};

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), tail = strlen(end);

	return len >= tail && strcmp(s + len - tail, end) == 0;
}

enum unit_kind unit_kind_of_name(const char *name)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (ends_with(name, endings[i].ending))
			return endings[i].kind;
	return UNIT_DEPARTMENT;
}

const char *unit_kind_word(enum unit_kind kind)
{
	return kinds[kind].word;
}

const char *unit_kind_label(enum unit_kind kind)
{
	return _(kinds[kind].label);
}

bool unit_kind_parse(const char *word, enum unit_kind *out)
{
	for (int i = 0; i < UNIT_KIND_COUNT; i++) {
		if (strcmp(kinds[i].word, word) != 0 &&
		    strcmp(kinds[i].label, word) != 0)
			continue;
		*out = (enum unit_kind)i;
		return true;
	}
	return false;
}

static const struct unit_text texts[] = {
#define UNIT_TEXT_ROW(member, key, label)                                      \
	{ key, label, offsetof(struct unit, member) },
	UNIT_TEXT_LIST(UNIT_TEXT_ROW)
#undef UNIT_TEXT_ROW
};

const struct unit_text *unit_texts(size_t *count)
{
	*count = sizeof texts / sizeof *texts;
	return texts;
}

char **unit_member(struct unit *u, const char *key, size_t len)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strlen(texts[i].key) == len &&
		    strncmp(texts[i].key, key, len) == 0)
			return (char **)(void *)((char *)u + texts[i].offset);
	return NULL;
}

struct unit *unit_new(const char *name)
{
	struct unit *u = xcalloc(1, sizeof *u);

	u->name = xstrdup(name);
	u->kind = unit_kind_of_name(name);
#define UNIT_TEXT_EMPTY(member, key, label) u->member = xstrdup("");
	UNIT_TEXT_LIST(UNIT_TEXT_EMPTY)
#undef UNIT_TEXT_EMPTY
	return u;
}

void unit_free(struct unit *u)
{
	if (!u)
		return;
	free(u->name);
#define UNIT_TEXT_FREE(member, key, label) free(u->member);
	UNIT_TEXT_LIST(UNIT_TEXT_FREE)
#undef UNIT_TEXT_FREE
	free(u);
}
