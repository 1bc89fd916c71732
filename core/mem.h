/*
 * mem - memory that is there or the program ends.
 *
 * Out of memory is no error a caller could mend: the store already has every
 * keystroke, so the program puts the terminal right and exits with 70.
 */
#ifndef CORE_MEM_H
#define CORE_MEM_H

#include <stddef.h>

/* What to do before exiting for want of memory (the screen: endwin). */
extern void (*mem_last_words)(void);

/* malloc, calloc, reallocarray and strdup that never return NULL; free() what
 * they return.  xstrdup(NULL) is NULL. */
void *xmalloc(size_t size) __attribute__((returns_nonnull));
void *xcalloc(size_t n, size_t size) __attribute__((returns_nonnull));
void *xreallocarray(void *p, size_t n, size_t size)
	__attribute__((returns_nonnull));
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);

/* Room for one more: the array `p` of `count` items of `size` bytes with
 * *room allocated, moved when it must grow. */
void *mem_grow(void *p, size_t count, size_t *room, size_t size);

#endif
