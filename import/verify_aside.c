/* What is printed beside the text: nothing of it was approved. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"
#include "import/verify_impl.h"

static const char *const places[OUTLINE_PLACE_COUNT] = {
	[OUTLINE_BODY] = N_("正文"),    [OUTLINE_HEADER] = N_("页眉"),
	[OUTLINE_FOOTER] = N_("页脚"),  [OUTLINE_FOOTNOTE] = N_("脚注"),
	[OUTLINE_ENDNOTE] = N_("尾注"),
};

/* 12, or — 12 — as it is exported. */
static bool is_page_number(const char *plain)
{
	static const char *const dashes[] = { "", "-", "–", "—" };
	size_t len = strlen(plain);

	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t n = strlen(dashes[i]);

		if (len > 2 * n && strncmp(plain, dashes[i], n) == 0 &&
		    strspn(plain + n, "0123456789") == len - 2 * n &&
		    strcmp(plain + len - n, dashes[i]) == 0)
			return true;
	}
	return false;
}

static void tell_text(struct verify *v, const struct outline_aside *a)
{
	char *plain = verify_plain(a->text);
	bool numbered =
		a->place == OUTLINE_HEADER || a->place == OUTLINE_FOOTER;

	if (*plain && !(numbered && is_page_number(plain)))
		verify_add(v, VERIFY_TEXT_ADDED, "",
			   xstrdup(_(places[a->place])), NULL, a->text);
	free(plain);
}

static void tell_count(struct verify *v, enum verify_kind kind, int place,
		       size_t count)
{
	char *number;

	if (count == 0)
		return;
	number = str_printf("%zu", count);
	verify_add(v, kind, "", xstrdup(_(places[place])), NULL, number);
	free(number);
}

void verify_asides(struct verify *v, const struct outline *found)
{
	for (size_t i = 0; i < found->aside_count; i++)
		tell_text(v, &found->asides[i]);
	for (int i = 0; i < OUTLINE_PLACE_COUNT; i++) {
		tell_count(v, VERIFY_PICTURE, i, found->pictures[i]);
		tell_count(v, VERIFY_FILE, i, found->files[i]);
	}
}
