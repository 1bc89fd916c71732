/*
 * screen - what a full screen is: a row of functions over its own state.
 *
 * app keeps a stack of screens; the top one is drawn and gets the events.  A
 * screen draws into the whole window and says where the cursor stands.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>

#include <curses.h>

#include "tui/input.h"
#include "tui/keymap.h"

struct app;

struct screen_ops {
	const char *name;
	void (*draw)(void *screen, WINDOW *win);
	/* false: not mine */
	bool (*act)(void *screen, enum action action);
	/* text, paste, mouse, tick */
	bool (*type)(void *screen, const struct event *event);
	/* actions that do something here, most needed first, ended by
	 * ACTION_NONE: the hint bar and the F1 list. */
	const enum action *(*actions)(void *screen);
	/* a topmost screen comes back after another was closed */
	void (*resume)(void *screen);
	/* another program wrote to the store, and the open draft was read
	 * again; none: as resume */
	void (*news)(void *screen);
	void (*close)(void *screen);
	/* What keys do, where this screen has a better word than keymap.h: by
	 * action, N_() or NULL; or no table at all. */
	const char *const *words;
};

#endif
