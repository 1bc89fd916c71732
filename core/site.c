#include "core/site.h"

#include <stdlib.h>

#include "core/mem.h"
#include "core/setting.h"

/* `s` NULL: the default. */
static char *text(struct store *s, const char *key)
{
	return s ? setting_get(s, key) : xstrdup(setting_find(key)->fallback);
}

static int64_t number(struct store *s, const char *key)
{
	char *value = text(s, key);
	int64_t n = strtoll(value, NULL, 10);

	free(value);
	return n;
}

static void read_all(struct store *s, struct site *site)
{
#define SITE_READ(member, key) site->member = text(s, key);
	SITE_TEXT_LIST(SITE_READ)
#undef SITE_READ
#define SITE_READ(member, key) site->member = number(s, key);
	SITE_NUMBER_LIST(SITE_READ)
#undef SITE_READ
}

struct site *site_load(struct store *s)
{
	struct site *site = xcalloc(1, sizeof *site);

	read_all(s, site);
	return site;
}

void site_free(struct site *site)
{
	if (!site)
		return;
#define SITE_FREE(member, key) free(site->member);
	SITE_TEXT_LIST(SITE_FREE)
#undef SITE_FREE
	free(site);
}

const struct site *site_default(void)
{
	static struct site site;

	if (!site.off)
		read_all(NULL, &site);
	return &site;
}

bool site_changed(struct store *s, const char *key, char **who, char **moment)
{
	struct change_row *list;
	size_t count;

	*who = *moment = NULL;
	if (store_history(s, 0, key, &list, &count, NULL) != ERR_OK)
		return false;
	if (count > 0) {
		*who = xstrdup(list[count - 1].user);
		*moment = xstrdup(list[count - 1].moment);
	}
	store_history_free(list, count);
	return *who != NULL;
}
