#include "tui/theme.h"

#include <assert.h>
#include <stdlib.h>

/* One row a role: what it looks like with colours, and without. */
static const struct look {
	short ink, paper;
	attr_t extra, plain;
} looks[] = {
	[THEME_TEXT] = { -1, -1, A_NORMAL, A_NORMAL },
	[THEME_LABEL] = { COLOR_CYAN, -1, A_NORMAL, A_NORMAL },
	[THEME_HEAD] = { -1, -1, A_BOLD, A_BOLD },
	[THEME_FOCUS] = { COLOR_BLACK, COLOR_CYAN, A_NORMAL, A_REVERSE },
	[THEME_TOTAL] = { -1, -1, A_DIM, A_NORMAL },
	[THEME_DIM] = { -1, -1, A_DIM, A_NORMAL },
	[THEME_WRONG] = { COLOR_RED, -1, A_BOLD, A_BOLD | A_UNDERLINE },
	[THEME_GOOD] = { COLOR_GREEN, -1, A_NORMAL, A_NORMAL },
	[THEME_HINT] = { COLOR_CYAN, -1, A_NORMAL, A_NORMAL },
	[THEME_BAR] = { COLOR_BLACK, COLOR_GREEN, A_NORMAL, A_REVERSE },
	[THEME_WORDS] = { COLOR_BLACK, COLOR_YELLOW, A_NORMAL, A_REVERSE },
	[THEME_CHANGED] = { COLOR_MAGENTA, -1, A_BOLD, A_UNDERLINE },
};
static_assert(sizeof looks / sizeof *looks == THEME_COUNT, "a look per role");

static const struct {
	const char *sign, *ascii;
} signs[] = {
	[SIGN_DONE] = { "✓", "+" },
	[SIGN_PARTLY] = { "◐", "~" },
	[SIGN_NONE] = { "○", "-" },
	[SIGN_WRONG] = { "✗", "!" },
};

static bool colours, only_ascii;

void theme_start(bool ascii)
{
	const char *no_color = getenv("NO_COLOR");

	only_ascii = ascii;
	colours =
		!(no_color && *no_color) && has_colors() && start_color() == OK;
	if (!colours)
		return;
	use_default_colors();
	for (short i = 0; i < THEME_COUNT; i++)
		if (init_pair((short)(i + 1), looks[i].ink, looks[i].paper) !=
		    OK)
			colours = false;
}

bool theme_ascii(void)
{
	return only_ascii;
}

void theme_set(WINDOW *win, enum theme_role role)
{
	const struct look *look = &looks[role];

	if (colours)
		wattr_set(win, look->extra, (short)(role + 1), NULL);
	else
		wattr_set(win, look->plain, 0, NULL);
}

const char *theme_sign(enum theme_sign sign)
{
	return only_ascii ? signs[sign].ascii : signs[sign].sign;
}
