#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void (*mem_last_words)(void);

static void *must(void *p)
{
	if (p)
		return p;
	if (mem_last_words)
		mem_last_words();
	fputs("nianbao: 内存不足，程序结束；已填内容都在草稿库中\n", stderr);
	exit(70);
}

void *xmalloc(size_t size)
{
	return must(malloc(size ? size : 1));
}

void *xcalloc(size_t n, size_t size)
{
	return must(calloc(n ? n : 1, size ? size : 1));
}

void *xreallocarray(void *p, size_t n, size_t size)
{
	return must(reallocarray(p, n ? n : 1, size ? size : 1));
}

char *xstrdup(const char *s)
{
	return s ? must(strdup(s)) : NULL;
}

char *xstrndup(const char *s, size_t len)
{
	return must(strndup(s, len));
}

void *mem_grow(void *p, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return p;
	*room = *room ? *room * 2 : 8;
	return xreallocarray(p, *room, size);
}
