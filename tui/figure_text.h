/*
 * figure_text - one figure of a text in the words of the list of them.  Every
 * function appends; references stand as what they print.
 */
#ifndef TUI_FIGURE_TEXT_H
#define TUI_FIGURE_TEXT_H

#include "core/draft_figures.h"
#include "tui/walk.h"

/* "    103  本年新收 · 总计", the number in `width`; nothing where no cell is
 * proposed. */
void figure_proposed(const struct walk *w, const struct listed *f, int width,
		     struct str *out);
/* The figure with as much of the words before it as fits. */
void figure_words(const struct walk *w, const struct listed *f, int cells,
		  struct str *out);
/* The figure as it is printed. */
void figure_words_alone(const struct walk *w, const struct listed *f,
			struct str *out);
/* Where it stands, what it is beside the tables, what is found about it. */
void figure_detail(const struct walk *w, const struct listed *f,
		   struct str *out);

#endif
