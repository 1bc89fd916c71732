/*
 * walk - filling in a report, section by section: the state its panes share.
 *
 * The clerk always stands in one cell.  What a section asks stands in slots,
 * one an entry: a grid, a prose editor, or a field of one row; a pane draws an
 * entry and answers the keys while the clerk stands in it.  Only walk_edit.c
 * changes cells, always through the draft.
 */
#ifndef TUI_WALK_H
#define TUI_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/paint.h"

struct walk_box {
	int y, x, rows, cols;
};

/* An entry of the section and where it was drawn; no rows: no room for it. */
struct walk_slot {
	const struct entry_def *entry;
	struct walk_box box;
};

enum walk_width {
	WALK_NARROW_LABELS = 72, /* below: no outline beside the prose */
	WALK_LIST = 112,         /* from here the sections stand at the left */
	WALK_LAST_YEAR = 140,    /* … and last year beside this year */
};

/* A mark that is not shown: the cell is a part of a sum in a finding. */
#define WALK_AFFECTED '.'

struct beside;

/* Words of the clerk's text that a finding is about. */
struct walk_words {
	size_t at, len;
};

struct walk {
	struct app *app;
	size_t cell;     /* where the clerk stands */
	size_t *places;  /* where he stood, by section */
	size_t column;   /* of the grid: wanted by Up and Down */
	bool fresh;      /* a digit replaces the number */
	bool typing;     /* the cell was changed since it was entered */
	bool writable;   /* as it was said last */
	bool last_year;  /* F7 */
	size_t last_top; /* first line shown of last year's text */
	size_t last_shown, last_lines; /* 0: not shown */
	bool enter_right;              /* settings */
	int prose_cells;
	struct edit edit; /* the text of the cell, when it is text */
	struct walk_words *words;
	size_t word_count;
	struct beside *beside; /* walk_beside.c */
	size_t beside_count;
	size_t led_at, led_len; /* those he was led to; len 0: none */
	size_t told, told_cell; /* the finding he was led to, + 1, where … */
	unsigned told_at;       /* … and when */
	char *needle;           /* what was looked for last */
	char *came;             /* the cell's value when the clerk came to it */
	char *mark;    /* by cell: ! or WALK_AFFECTED of a finding, or 0 */
	bool *noted;   /* by cell: has a comment that is not resolved */
	bool *changed; /* by cell: since it was returned; NULL: not asked */
	struct difference *changes;
	size_t change_count;
	char *sign;     /* by section: enum theme_sign */
	bool *ticks;    /* by item of the section */
	int *wrong;     /* by section: what must be mended */
	bool *spoilt;   /* by section: by more than blanks */
	int *missing;   /* by section: topics its text does not speak of */
	int *waiting;   /* by section: comments without an answer */
	int hard, soft; /* of the whole report */
	char saved[DATE_MOMENT];
	char stage
		[160]; /* state, version, moments, digest as they were shown */
	/* Jumped here from a list: Esc opens it again, Esc there comes back to
	 * where the clerk stood (or FORM_NO_CELL). */
	void (*list)(struct app *app, size_t line);
	size_t line, origin;
	size_t top; /* of the grid: first line shown */
	struct walk_box body;
	struct walk_slot *slots;
	size_t slot_count;
	enum action actions[ACTION_COUNT + 1];
};

/* What an entry can do; the walk has one for a grid, prose and a field. */
struct walk_pane {
	void (*draw)(struct walk *w, WINDOW *win, const struct walk_slot *slot);
	/* false: not mine */
	bool (*act)(struct walk *w, enum action action);
	/* Characters typed or pasted, valid UTF-8. */
	void (*type)(struct walk *w, const char *s, size_t len, bool paste);
	void (*click)(struct walk *w, const struct walk_slot *slot, int y,
		      int x);
	/* The clerk comes in from above (or below): its first cell. */
	size_t (*enter)(const struct walk *w, const struct entry_def *entry,
			bool above);
	const enum action *actions;
};
extern const struct walk_pane walk_grid, walk_prose, walk_field;

/* ---- screen_walk.c ---- */
struct draft *walk_draft(const struct walk *w);
const struct form_def *walk_form(const struct walk *w);
const struct cell_def *walk_cell(const struct walk *w);
const struct section_def *walk_section(const struct walk *w);
const struct entry_def *walk_entry(const struct walk *w, size_t cell);
const struct walk_pane *walk_pane(const struct entry_def *entry);

/* ---- walk_news.c ---- */
/* Read anew what another screen or a deed may have changed. */
void walk_refresh(struct walk *w);
/* Another program has written: show it, and say so when it moved the report. */
void walk_news(struct walk *w);
/* w->stage: how far the report is, as it is shown. */
void walk_note_stage(struct walk *w);
/* From time to time: is it still ours?  The pause after typing. */
/* Taken over?  Then it is only to be read from now on, and said so. */
bool walk_lost(struct walk *w);
void walk_watch(struct walk *w);

/* ---- walk_edit.c ---- */
/* Stand in another cell (leaving this one), or take in its text anew. */
void walk_move(struct walk *w, size_t cell);
void walk_load(struct walk *w, size_t cursor);
/* To the next entry of the section, or the one before; false at the end. */
bool walk_next_entry(struct walk *w, int step);
/* May the cell be typed in?  If not, the clerk is told why. */
bool walk_may_type(struct walk *w);
/* One step of typing in the clerk's cell; false when it was refused. */
bool walk_splice(struct walk *w, size_t at, size_t removed, const char *s,
		 size_t len);
/* A step the editor made: when refused, the true text comes back. */
void walk_step(struct walk *w, const struct edit_step *step);
/* Numbers, dates: the whole text goes, is replaced or loses its end. */
void walk_type_number(struct walk *w, const char *s, size_t len, bool paste);
bool walk_act_number(struct walk *w, enum action action);
void walk_undo(struct walk *w, bool redo);
void walk_zero_fill(struct walk *w);

/* ---- walk_leave.c ---- */
/* Write the cell.  false, and the clerk stays: what was typed is no value, which
 * is said, or he took a carried-over number back. */
bool walk_leave(struct walk *w);
/* What was typed and is no value goes, or a number that was typed over another;
 * false when there is nothing such. */
bool walk_let_go(struct walk *w);
/* He came to the cell, or it was changed otherwise than by typing. */
void walk_came(struct walk *w);

/* ---- walk_mark.c ---- */
/* Look again at findings, comments and what has changed. */
void walk_scan(struct walk *w);
/* The findings, those from before while prose is typed: the whole text is
 * looked through when the typing pauses. */
const struct findings *walk_findings(const struct walk *w);
/* Which items of the section's checklist are ticked, into w->ticks. */
void walk_tick(struct walk *w);
/* The finding to be shown at the cell: blanks are none. */
const struct finding *walk_finding(const struct walk *w, size_t cell);
/* 0 to be mended, 1 to be explained, 2 explained, 3 a hint. */
int walk_weight(const struct finding *f);
/* What stands behind the cell: ! a finding or ~ a sum over blanks, * a comment,
 * + changed; "" or more of them. */
#define WALK_MARKS 4
const char *walk_marks(const struct walk *w, size_t cell,
		       char marks[WALK_MARKS]);

/* ---- walk_words.c ---- */
/* The words of open findings in the clerk's text, as they were judged last. */
void walk_words_find(struct walk *w);
/* Something was typed before or in them. */
void walk_words_shift(struct walk *w, size_t at, size_t removed, size_t len);
/* Over the text that was drawn there. */
void walk_words_draw(const struct walk *w, WINDOW *win,
		     const struct walk_box *box);
/* The part of line `i` of the text that belongs to from..to once more. */
void walk_paint_part(const struct walk *w, WINDOW *win,
		     const struct walk_box *box, size_t i, size_t from,
		     size_t to, enum theme_role role);
/* Put the cursor to these words of the clerk's cell and mark them. */
void walk_lead_to(struct walk *w, size_t offset, size_t extent);
/* To the next open finding, or (-1) the one before. */
void walk_go_finding(struct walk *w, int step);
/* Is it the one he was led to by that? */
bool walk_is_told(const struct walk *w, const struct finding *f);

/* ---- walk_figures.c ---- */
/* Ctrl-K: the figures of the text and their cells. */
void walk_figures(struct walk *w);

/* ---- walk_beside.c ---- */
/* The figures of the clerk's text, as they were judged last. */
void walk_beside_find(struct walk *w);
void walk_beside_free(struct walk *w);
/* Those of the paragraph at the cursor, where there is room. */
void walk_beside_draw(const struct walk *w, WINDOW *win,
		      const struct walk_box *box);

/* ---- walk_help.c ---- */
/* What a sum adds up, 新收＋结转; false when it is no sum.  Appended. */
bool walk_sum_says(const struct walk *w, size_t cell, struct str *out);
/* Everything about the cell, for F1. */
void walk_help(const struct walk *w, struct str *out);
/* The three lines below the rule. */
void walk_help_lines(const struct walk *w, WINDOW *win, int y);

/* ---- walk_change.c ---- */
void walk_find_changes(struct walk *w);
void walk_forget_changes(struct walk *w);
/* What the clerk's cell, or the sentence at the cursor, was before; false when
 * it has not changed.  Appended. */
bool walk_change_says(const struct walk *w, struct str *out);
/* Where the cursor stands when a cell is entered: who fills it in goes on at
 * the end, who reads begins with what is new. */
size_t walk_cursor(const struct walk *w);
/* To the next change; false when there is none. */
bool walk_next_change(struct walk *w);
/* Over the text that was drawn there: its changed sentences. */
void walk_change_draw(const struct walk *w, WINDOW *win,
		      const struct walk_box *box);
/* Is it a comment that the clerk has not answered? */
bool walk_waits(const struct comment *c);
/* By cell, for a returned report: asked about, and neither answered nor
 * changed since; NULL when there is none.  Yours to free. */
bool *walk_asked_about(const struct walk *w);

/* ---- walk_frame.c ---- */
/* Lines 1 and 2, the list at the left, the rule, hints; sets body. */
void walk_frame(struct walk *w, WINDOW *win, const enum action *actions);
/* The last line, once the panes know how wide they are. */
void walk_status(const struct walk *w, WINDOW *win);
/* The section whose tab or line is there, or NULL. */
const struct section_def *walk_frame_at(const struct walk *w, WINDOW *win,
					int y, int x);
/* 本部分应写到 with ticks. */
void walk_outline(const struct walk *w, WINDOW *win,
		  const struct walk_box *box);
/* The heading of a section, 一、总体情况.  Appended. */
void walk_heading(const struct section_def *section, struct str *out);

/* ---- walk_fields.c ---- */
/* Share the body out among the section's entries. */
void walk_lay(struct walk *w);

/* ---- walk_grid_move.c ---- */
bool walk_grid_act(struct walk *w, enum action action);
size_t walk_grid_enter(const struct walk *w, const struct entry_def *entry,
		       bool above);

/* ---- walk_refer.c ---- */
/* Put a reference to a figure of the tables where the cursor is. */
void walk_refer(struct walk *w);
/* Ask for a number of the tables, and of a row which column; FORM_NO_CELL. */
size_t walk_ask_number(struct walk *w, const char *title);
/* The reference at the cursor and what it prints; false when there is none.
 * Appended. */
bool walk_refer_says(const struct walk *w, struct str *out);

/* ---- walk_go.c ---- */
/* After a jump from a list: this is the clerk's place now; back to the list
 * (false: there is none); from the list to where he stood. */
void walk_stay(struct walk *w);
bool walk_go_back(struct walk *w);
void walk_come_home(struct walk *w);
/* Where a report opens: the cell left last, or what it was returned for. */
size_t walk_opening(const struct walk *w, size_t cell);
/* Said then: why it is here again. */
void walk_say_why(struct walk *w);
void walk_go_section(struct walk *w, int step);
void walk_go_open(struct walk *w);
void walk_go_to(struct walk *w);
/* Ask for a row or field by number, name, initials, path or reference {PATH},
 * with the group sums too, or (!derived) for the first of their parts; its cell, in a grid that of the clerk's column; FORM_NO_CELL. */
size_t walk_ask_cell(struct walk *w, const char *title, bool derived);
/* The cell a section begins with. */
size_t walk_first(const struct section_def *section);

#endif
