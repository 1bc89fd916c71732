/*
 * str - a growing string of bytes, always ended by a NUL.
 *
 * All zero is an empty one.  str_free() leaves it all zero; str_steal() hands
 * the text over (free() it) and leaves it all zero.  `s` is borrowed until the
 * next call on the same str and is never NULL after the first str_add().
 */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <stdbool.h>
#include <stddef.h>

struct str {
	char *s;
	size_t len, room;
};

void str_free(struct str *b);
void str_clear(struct str *b);  /* empty, room kept, s is "" */
char *str_steal(struct str *b); /* "" when nothing was added */
void str_add(struct str *b, const char *s);
void str_addn(struct str *b, const char *s, size_t len);
void str_addc(struct str *b, char c);
void str_addf(struct str *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Replace `removed` bytes at `at` by `len` bytes of `s`. */
void str_splice(struct str *b, size_t at, size_t removed, const char *s,
		size_t len);

/* The same as a new string in one call; free() it. */
char *str_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Exchange lines: newline, tab and backslash as \n \t \\ and back.
 * str_unescape() returns false for a bad escape. */
void str_escape(struct str *b, const char *s);
int str_unescape(struct str *b, const char *s, size_t len);

/* Cut the blanks (full-width ones too) off both ends of s, in place; s. */
char *str_trim(char *s);
/* The names between ； or ; without the blanks around them and without empty
 * ones, ended by NULL; *gap (may be NULL): one before another is empty. */
char **str_names(const char *s, bool *gap);
void str_names_free(char **names);

#endif
