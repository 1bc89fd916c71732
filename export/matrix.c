#include "export/matrix.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"

void matrix_add(struct matrix *m, char *text)
{
	m->cells = mem_grow(m->cells, m->count, &m->room, sizeof *m->cells);
	m->cells[m->count++] = text;
}

void matrix_addf(struct matrix *m, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	matrix_add(m, xstrdup(text));
}

void matrix_free(struct matrix *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->cells[i]);
	free(m->cells);
	*m = (struct matrix){ 0 };
}
