/*
 * app - the screen program: store, forms, the open draft, the stack of screens
 * and the main loop.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include <curses.h>

#include "core/draft.h"
#include "core/review.h"
#include "tui/screen.h"

struct app {
	struct store *store;
	struct forms *forms;
	struct draft *draft; /* the open report, or NULL */
	struct frame {
		const struct screen_ops *ops;
		void *screen;
	} stack[16];
	size_t depth;
	WINDOW *win;
	int cursor_y, cursor_x; /* set by draw; -1: hidden */
	char message[480];      /* in the status line until the next key */
	bool message_wrong;
	bool unsettled; /* the top screen wants a tick once no key waits */
	int64_t news;   /* store_news() when it was looked at last */
	bool quit;
};

void app_push(struct app *app, const struct screen_ops *ops, void *screen);
void app_pop(struct app *app);
/* In the status bar until the next key, a long one over two lines of help. */
void app_say(struct app *app, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void app_say_err(struct app *app, const struct err *err);
/* Draw the top screen and put the cursor. */
void app_draw(struct app *app);
/* The same for something above it, which ends with doupdate(); false: the
 * window is too small for anything, and says so. */
bool app_compose(struct app *app);
/* A key, a text or a click while nothing can be seen: it must do nothing. */
bool app_blind(const struct app *app, const struct event *event);
/* What is the same on every screen: resize, hang-up, clock. */
void app_resized(struct app *app);
void app_hang_up(struct app *app);
/* One event through the top screen; false when the program ends. */
bool app_event(struct app *app, const struct event *event);
/* What a key with this action would do on the top screen. */
void app_act(struct app *app, enum action action);
/* The top screen reads anew what a deed changed under it. */
void app_refresh(struct app *app);
/* Has another program written?  Then the open draft and the top screen read it:
 * asked on every tick, and before something is done with what is shown. */
void app_look(struct app *app);
int app_loop(struct app *app);

/* An empty stack over stdscr; tests bring their own newterm().  app_stop()
 * closes every screen and the draft. */
void app_start(struct app *app, struct store *store, struct forms *forms);
void app_stop(struct app *app);

/* Line 1 of the side screens: a title, at the right 演示数据 (a demo store) and
 * `right` (or NULL); a rule below. */
void app_title(struct app *app, const char *title, const char *right);
/* The last two lines of the side screens: the keys of the top screen and the
 * status. */
void app_foot(struct app *app, const char *left, const char *right);

/* ---- the screens; each pushes itself ---- */
void screen_start(struct app *app);
void screen_walk(struct app *app, size_t cell); /* the open draft, at a cell */
/* The same from a list that stands over the walk: Esc opens the list again, at
 * `line`; Esc there comes back to where the clerk stood. */
void screen_walk_from(struct app *app, size_t cell,
		      void (*list)(struct app *app, size_t line), size_t line);
/* There the walk puts the cursor to these words of the text and marks them. */
void screen_walk_words(struct app *app, size_t offset, size_t extent);
void screen_findings(struct app *app, size_t from_cell);
/* The same at one of draft_findings(), or NULL. */
void screen_findings_at(struct app *app, size_t from_cell,
			const struct finding *f);
void screen_checklist(struct app *app, const struct section_def *section);
void screen_preview(struct app *app);
void screen_help(struct app *app, const enum action *actions, const char *title,
		 const char *text);
/* The same with the words of the top screen for its keys. */
void screen_help_here(struct app *app, const char *title, const char *text);
void screen_menu(struct app *app);
void screen_new(struct app *app);
void screen_export(struct app *app);
int64_t screen_import(struct app *app);          /* the report it made, or 0 */
void screen_notes(struct app *app, size_t cell); /* explanation, comments */
void screen_history(struct app *app, size_t cell);
void screen_rules(struct app *app); /* which rules are asked at all */

#endif
