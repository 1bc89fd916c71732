#include "core/tr.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/str.h"

/* A catalogue of GNU gettext (its manual, "The Format of GNU MO Files"): a
 * table of the sorted originals, one of their translations, each entry a
 * length and an offset; the strings end in NUL. */
enum {
	HEADER = 28,
	MO_CAP = 4 << 20,
};

static struct catalogue {
	struct str bytes;
	uint32_t count, from, to; /* entries, and where the two tables stand */
} mo;

static uint32_t word_at(uint32_t at)
{
	uint32_t n;

	memcpy(&n, mo.bytes.s + at, sizeof n);
	return n;
}

/* The string of entry `i` of a table. */
static const char *string_at(uint32_t table, uint32_t i)
{
	return mo.bytes.s + word_at(table + 8 * i + 4);
}

static bool table_whole(uint32_t table)
{
	size_t len = mo.bytes.len;

	if (table % 4 || table > len || mo.count > (len - table) / 8)
		return false;
	for (uint32_t i = 0; i < mo.count; i++) {
		uint32_t n = word_at(table + 8 * i);
		uint32_t at = word_at(table + 8 * i + 4);

		if (at >= len || n >= len - at || mo.bytes.s[at + n])
			return false;
	}
	return true;
}

static bool is_whole(void)
{
	if (mo.bytes.len < HEADER || word_at(0) != 0x950412de)
		return false;
	mo.count = word_at(8);
	mo.from = word_at(12);
	mo.to = word_at(16);
	return table_whole(mo.from) && table_whole(mo.to);
}

void tr_unload(void)
{
	str_free(&mo.bytes);
	mo = (struct catalogue){ 0 };
}

bool tr_load(const char *folder, const char *language)
{
	char *path =
		str_printf("%s/%s/LC_MESSAGES/nianbao.mo", folder, language);
	bool well;

	tr_unload();
	well = file_read(path, MO_CAP, &mo.bytes, NULL) == ERR_OK && is_whole();
	if (!well)
		tr_unload();
	free(path);
	return well;
}

const char *tr_text(const char *text)
{
	uint32_t lo = 0, hi = mo.count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int order = strcmp(text, string_at(mo.from, mid));

		if (order == 0)
			return *string_at(mo.to, mid) ? string_at(mo.to, mid)
						      : text;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return text;
}
