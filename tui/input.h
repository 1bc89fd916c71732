/*
 * input - bytes and curses codes → events.
 *
 * Bytes are read with getch() and decoded here (get_wch() loses keys after a
 * stray byte); a paste in brackets is one event; the number pad gives digits.
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

enum event_kind {
	EVENT_NONE,
	EVENT_TICK,  /* nothing for two seconds */
	EVENT_KEY,   /* a key code: KEY_*, control character, Alt or named */
	EVENT_TEXT,  /* one character, UTF-8 */
	EVENT_PASTE, /* cleaned text, newlines and tabs kept */
	EVENT_MOUSE,
	EVENT_RESIZE,
	EVENT_HANGUP, /* the terminal is gone, or SIGTERM, SIGHUP */
};

/* Key codes of our own; curses keeps a code in 16 bits. */
enum input_code {
	INPUT_CTRL = 0x1000, /* + KEY_LEFT … : Ctrl and that key */
	INPUT_PASTE = 0x2000,
	INPUT_PASTE_END,
	INPUT_UNKNOWN,       /* a sequence nobody knows, whole */
	INPUT_PAD = 0x2100,  /* + the character of a number pad key */
	INPUT_ALT = 0x10000, /* + the character */
};

struct event {
	enum event_kind kind;
	int key;
	char text[8];
	struct str *paste; /* borrowed until the next input_read() */
	bool dropped;      /* bytes came that are no characters */
	int y, x, wheel;   /* wheel: -1 up, 1 down, 0 a click */
};

/* After newterm(): keys are understood from now on. */
void input_start(void);
/* Wait up to `ms` (-1: for ever) for the next event. */
void input_read(struct event *event, int ms);
/* Is something waiting to be read? (then do not draw yet) */
bool input_pending(void);
void input_stop(void);

/* Bytes → characters.  A byte that fits nowhere is dropped, what comes after
 * it is understood again. */
struct feeder {
	char text[5]; /* FEED_DONE: the character */
	int len, need;
};
enum feed {
	FEED_MORE,
	FEED_DONE,
	FEED_BAD
};
enum feed input_feed(struct feeder *f, int byte);

/* What is to be said when bytes were dropped, translated. */
const char *input_dropped_words(void);

/* What came between the brackets of a paste, fit to keep: without
 * the sequences that colour it.  Appended. */
void input_clean(struct str *out, const char *s, size_t len);

#endif
