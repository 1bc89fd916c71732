#include "tui/figure_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/reference.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	AROUND = 44, /* cells of the text on each side of a figure */
};

static const char *text_of(const struct walk *w)
{
	return draft_text(walk_draft(w), w->cell);
}

/* A reference may name what is none: its path, as it is written. */
static void add_cells(const struct walk *w, const struct listed *f,
		      struct str *out)
{
	bool unknown = false;

	for (size_t i = 0; i < f->count; i++) {
		size_t cell = f->cells[i];

		if (i > 0)
			str_add(out, f->percent ? "／" : "＋");
		if (cell == FORM_NO_CELL)
			reference_path(text_of(w), f->start, i, out);
		else
			str_add(out, walk_form(w)->cells[cell].say);
		unknown = unknown || cell == FORM_NO_CELL;
	}
	if (unknown)
		str_addf(out, "%s%s", _("："),
			 reference_fault_words(REFERENCE_UNKNOWN));
}

void figure_proposed(const struct walk *w, const struct listed *f, int width,
		     struct str *out)
{
	char digits[NUM_TEXT];

	if (f->count > 0)
		str_addf(out, "%*s  ", width,
			 f->has_number ? num_text(f->number, digits) : "");
	add_cells(w, f, out);
	if (f->has_number && f->last)
		str_add(out, _("（上年的，或和上年的差）"));
}

/* text[from..to) with what its references print. */
static void add_printed(const struct walk *w, size_t from, size_t to,
			struct str *out)
{
	char *part = xstrndup(text_of(w) + from, to - from);

	str_add(out, "");
	reference_expand(draft_report(walk_draft(w)), draft_last(walk_draft(w)),
			 part, out);
	free(part);
}

/* The end of a text in so many cells. */
static const char *end_of(const struct str *s, int cells)
{
	size_t at = 0;

	while (text_cells(s->s + at, s->len - at) > cells)
		at = text_next(s->s, s->len, at);
	return s->s + at;
}

static size_t paragraph_start(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

void figure_words_alone(const struct walk *w, const struct listed *f,
			struct str *out)
{
	add_printed(w, f->start, f->end, out);
}

void figure_words(const struct walk *w, const struct listed *f, int cells,
		  struct str *out)
{
	struct str words = { 0 };

	add_printed(w, paragraph_start(text_of(w), f->start), f->end, &words);
	str_add(out, end_of(&words, cells));
	str_free(&words);
}

/* What stands around it, the figure in brackets. */
static void add_context(const struct walk *w, const struct listed *f,
			struct str *out)
{
	const char *text = text_of(w), *shown;
	size_t end = f->end + strcspn(text + f->end, "\n"), fits;
	struct str before = { 0 }, figure = { 0 }, after = { 0 };
	int used;

	add_printed(w, paragraph_start(text, f->start), f->start, &before);
	add_printed(w, f->start, f->end, &figure);
	add_printed(w, f->end, end, &after);
	shown = end_of(&before, AROUND);
	fits = text_fit(after.s, after.len, AROUND, &used);
	str_addf(out, _("第%zu段：%s%s【%s】%.*s%s\n"), f->paragraph,
		 shown > before.s ? "…" : "", shown, figure.s, (int)fits,
		 after.s, fits < after.len ? "…" : "");
	str_free(&before);
	str_free(&figure);
	str_free(&after);
}

static const char *state_says(enum listed_state state)
{
	static const char *const says[] = {
		[LISTED_DIFFERS] = N_("和表对不上，或各项相加、百分数算不通。"),
		[LISTED_EQUAL] = N_("和表中的数相符。"),
		[LISTED_WAITS] = N_("对应的格还空着。"),
		[LISTED_UNBOUND] = N_("文字里看不出是表中哪个数；是表中的数，"
				      "请对应到格，不是就不用管。"),
		[LISTED_OTHER] = N_("文字说的是别的年份、别的单位、渠道之类，"
				    "不和表比。"),
		[LISTED_ASIDE] = N_("已标为另有所指，不和表比；"
				    "再按空格取消。"),
		[LISTED_REFERENCE] = N_("引用表中的数，随表而变。"),
		[LISTED_BROKEN] = N_("引用的格没有数。"),
	};

	return _(says[state]);
}

void figure_detail(const struct walk *w, const struct listed *f,
		   struct str *out)
{
	struct str cells = { 0 };

	add_context(w, f, out);
	figure_proposed(w, f, 0, &cells);
	str_addf(out, _("%s：%s\n"), listed_label(f->state),
		 state_says(f->state));
	if (cells.len > 0)
		str_addf(out, _("对应：%s\n"), cells.s);
	if (f->finding)
		str_addf(out, _("%s %s：%s\n"),
			 severity_brief(f->finding->severity),
			 f->finding->rule->id, f->finding->brief);
	str_free(&cells);
}
