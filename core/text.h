/*
 * text - clusters, cells and lines: the one door to libunistring.
 *
 * Text is valid UTF-8 everywhere inside; bytes from outside pass text_valid()
 * once, at the door.  Offsets are byte offsets and stand on a cluster, what a
 * reader takes for one character.  A cluster is one or two cells wide, never
 * more; where curses thinks otherwise, paint draws a stand-in, so the two
 * cannot disagree about the cursor.
 *
 * A struct text_lines owns its arrays, never the text: change the text and the
 * lines are stale until text_wrap() runs again.  All zero is an empty one.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct text_line {
	size_t start; /* byte offset of the first cluster */
	size_t len;   /* bytes, without the newline */
	int cells;
	bool hard; /* a newline or the end of the text follows */
};

struct text_lines {
	struct text_line *line;
	size_t count, room;
	char *edge, *gap; /* per byte: a cluster starts, a line may break */
	size_t bytes;
};

/* UTF-8 without control characters other than newline; in prose a tab may
 * stand too (it is shown and printed as a blank). */
bool text_valid(const char *s, size_t len);
bool text_valid_prose(const char *s, size_t len);
bool text_utf8(const char *s, size_t len); /* whatever it says */
/* What is fit to keep: control characters (but newline; a tab becomes a
 * blank), U+FFFE, U+FFFF and broken UTF-8 left out; \r\n and \r become \n. */
void text_clean(struct str *out, const char *s, size_t len);
/* What is fit for one line of a terminal or a message: as text_clean(), with
 * newlines as blanks. */
void text_one_line(struct str *out, const char *s, size_t len);

/* Characters without a sign of their own: none, of no width; they turn the
 * direction of writing; they break the line; they look like a blank.  A joiner
 * between two signs (emoji) is none of them, nor is a selector that chooses
 * another form of the sign or the Han character before it. */
enum text_unseen {
	UNSEEN_BLANK,
	UNSEEN_TURNS,
	UNSEEN_BREAKS,
	UNSEEN_FILLS
};
/* Bytes of the one that stands at `at` of the text, or 0. */
size_t text_unseen(const char *text, size_t at, unsigned *code,
		   enum text_unseen *kind);
/* The text as it can be shown: without them.  Appended. */
void text_shown(struct str *out, const char *s);

/* What a person wrote, cut for a sentence: one line of at most 24 cells, … behind
 * it when there was more.  Appended. */
void text_quote(struct str *out, const char *s);

/* Drop the half character that snprintf() may leave at the end of s. */
void text_mend(char *s);

/* The cluster boundary after `off`, or len; before `off`, or 0. */
size_t text_next(const char *s, size_t len, size_t off);
size_t text_prev(const char *s, size_t len, size_t off);
/* The end of the run of one class (Han, word, punctuation, blank) after and
 * before `off`. */
size_t text_word_next(const char *s, size_t len, size_t off);
size_t text_word_prev(const char *s, size_t len, size_t off);

int text_cells(const char *s, size_t len);
/* The longest prefix of whole clusters within `cells`; *used its cells. */
size_t text_fit(const char *s, size_t len, int cells, int *used);

/* Characters as a limit counts them: code points above U+0020.  Is there one? */
size_t text_count(const char *s);
size_t text_count_in(const char *s, size_t len);
bool text_counts(const char *s);

/* Fill `w` with the lines of s[0..len) at `width` columns (width >= 2). */
void text_wrap(struct text_lines *w, const char *s, size_t len, int width);
/* The same with the first line of each paragraph `indent` columns narrower. */
void text_wrap_indent(struct text_lines *w, const char *s, size_t len,
		      int width, int indent);
/* The same after a change to a text that `w` has the lines of, at the same
 * width and indent: only the paragraphs it touched are wrapped. */
struct text_change {
	size_t at, removed, inserted; /* bytes */
};
void text_rewrap(struct text_lines *w, const char *s, int width, int indent,
		 const struct text_change *change);
void text_lines_free(struct text_lines *w);

/* The line that shows the byte `off`; at a soft break, the lower one. */
size_t text_line_of(const struct text_lines *w, size_t off);

/* The column of `off` on its line, and the way back: the last cluster that
 * starts at or left of `col`, so that up, down and the mouse can never land on
 * the second half of a wide character. */
int text_column(const struct text_lines *w, const char *s, size_t off);
size_t text_offset(const struct text_lines *w, const char *s, size_t line,
		   int col);

/* Does `hay` contain `needle` after NFC of both?  For searching only. */
bool text_contains(const char *hay, const char *needle);
/* The NFC of s, appended.  For comparing only. */
void text_nfc(struct str *out, const char *s);
/* The full-width form of an ASCII letter or digit as ASCII (Ｊ → J), else 0;
 * `s` is one character. */
char text_narrow(const char *s);

#endif
