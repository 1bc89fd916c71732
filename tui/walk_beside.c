/* The figures of the paragraph at the cursor, under the outline. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_figures.h"
#include "core/mem.h"
#include "core/str.h"
#include "core/tr.h"
#include "tui/figure_text.h"
#include "tui/walk.h"

enum {
	LEAST_ROWS = 3, /* a heading, and more than nothing */
	FIGURE_CELLS = 9,
};

/* One of them as it was judged last; while typing it stays. */
struct beside {
	size_t paragraph; /* from 1 */
	enum listed_state state;
	char *figure, *say;
};

void walk_beside_free(struct walk *w)
{
	for (size_t i = 0; i < w->beside_count; i++) {
		free(w->beside[i].figure);
		free(w->beside[i].say);
	}
	free(w->beside);
	w->beside = NULL;
	w->beside_count = 0;
}

void walk_beside_find(struct walk *w)
{
	const char *text = draft_text(walk_draft(w), w->cell);
	struct listed *list;
	size_t count = draft_figures(walk_draft(w), w->cell, &list);

	walk_beside_free(w);
	w->beside = xcalloc(count + 1, sizeof *w->beside);
	for (size_t i = 0; i < count; i++) {
		struct beside *b = &w->beside[w->beside_count];
		struct str say = { 0 };

		if (list[i].words || list[i].end > strlen(text))
			continue;
		w->beside_count++;
		figure_proposed(w, &list[i], 0, &say);
		*b = (struct beside){ list[i].paragraph, list[i].state, NULL,
				      str_steal(&say) };
		figure_words_alone(w, &list[i], &say);
		b->figure = str_steal(&say);
	}
	free(list);
}

static size_t paragraph_of(const struct walk *w)
{
	size_t n = 1;

	for (size_t i = 0; i < w->edit.cursor && i < w->edit.text.len; i++)
		n += w->edit.text.s[i] == '\n';
	return n;
}

static void draw_one(const struct beside *b, WINDOW *win, int y, int x,
		     int cells)
{
	bool wrong = b->state == LISTED_DIFFERS || b->state == LISTED_BROKEN;
	enum theme_role role =
		wrong ? THEME_WRONG
		: b->state == LISTED_EQUAL || b->state == LISTED_REFERENCE
			? THEME_DIM
			: THEME_TEXT;
	const char *what = *b->say ? b->say : listed_label(b->state);

	paint_text(win, y, x, 2, role,
		   wrong               ? "!"
		   : role == THEME_DIM ? theme_sign(SIGN_DONE)
				       : " ");
	paint_fit(win, y, x + 2, FIGURE_CELLS, role, b->figure);
	paint_fit(win, y, x + 2 + FIGURE_CELLS, cells - 2 - FIGURE_CELLS, role,
		  what);
}

void walk_beside_draw(const struct walk *w, WINDOW *win,
		      const struct walk_box *box)
{
	size_t paragraph = paragraph_of(w);
	int y = box->y + 1;

	if (walk_cell(w)->kind != FIELD_PROSE || box->rows < LEAST_ROWS)
		return;
	for (size_t i = 0; i < w->beside_count && y < box->y + box->rows; i++)
		if (w->beside[i].paragraph == paragraph)
			draw_one(&w->beside[i], win, y++, box->x, box->cols);
	if (y > box->y + 1)
		paint_text(win, box->y, box->x, box->cols, THEME_LABEL,
			   _("本段数字"));
}
