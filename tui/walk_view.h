/*
 * walk_view - where a grid's lines and columns stand on the screen.
 *
 * Made anew for every draw and click (walk_view_open, walk_view_close); the
 * form's tables and the walk are borrowed.
 */
#ifndef TUI_WALK_VIEW_H
#define TUI_WALK_VIEW_H

#include "tui/walk.h"

enum {
	VIEW_MARKS = 3,     /* cells at the left of a row: its mark */
	VIEW_LAST_ROWS = 2, /* last year and the change, below */
	VIEW_GAP = 6,       /* between this year and last year beside it */
};

enum line_kind {
	LINE_HEAD,
	LINE_GROUP,
	LINE_ROW
};

struct line {
	enum line_kind kind;
	const struct band_def *band;
	const struct group_def *group;
	const struct row_def *row;
	bool pinned;
};

/* Where everything stands this time; made anew for every draw and click. */
struct view {
	const struct walk *w;
	const struct grid_def *grid;
	struct walk_box box;
	struct line *lines;
	size_t count, pinned;
	size_t focus;       /* the clerk's line, or count */
	int rows;           /* for lines, the pinned ones too */
	bool below, beside; /* last year */
	int *width;         /* of the numbers */
	int *gap;           /* behind them: for marks */
	size_t first;       /* column shown first */
	int label, left;    /* cells of the labels; x of the numbers */
	int right;          /* x after this year's numbers */
};

void walk_view_open(struct view *v, const struct walk *w,
		    const struct walk_slot *slot);
void walk_view_close(struct view *v);
/* The first line to show: scrolled no more than needed; a row's group heads
 * come into sight with it. */
size_t walk_view_top(const struct view *v, size_t top);
/* The line shown in row `y` of the box, or NULL; the head of the first line's
 * band stands in the first row whatever scrolled (*head is room for it). */
const struct line *walk_view_line(const struct view *v, size_t top, int y,
				  struct line *head);
/* The x after the numbers of a column: where the mark stands. */
int walk_view_right(const struct view *v, size_t column);
int walk_view_indent(const struct view *v, const struct line *line);
const char *walk_view_label(const struct line *line);
/* The head of a column, as long as fits `cells`. */
const char *walk_view_head(const struct column_def *column, int cells);
/* As much of the end of a text as fits. */
const char *walk_view_end(const char *text, int cells);
/* The value as it stands in the table, the clerk's own cell as it is typed;
 * last year's.  Appended; "_" when blank. */
void walk_view_value(const struct walk *w, size_t cell, struct str *out);
void walk_view_last(const struct walk *w, size_t cell, struct str *out);

#endif
