/*
 * matrix - plain tables of words and numbers, one a sheet of a workbook: the
 * units and rules of a batch check.
 *
 * Texts are owned by the matrix.  All zero is an empty one.
 */
#ifndef EXPORT_MATRIX_H
#define EXPORT_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

struct matrix {
	const char *name; /* of the sheet */
	size_t columns;
	char **cells; /* row by row; the first row has the heads */
	size_t count, room;
};

/* The next cell, row by row; `text` is taken over. */
void matrix_add(struct matrix *m, char *text);
void matrix_addf(struct matrix *m, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void matrix_free(struct matrix *m);

/* A workbook with a sheet each; cells that are whole numbers are numbers.  Only
 * in a build that found libxlsxwriter: see exporter_find(). */
enum err_code matrix_xlsx(const struct matrix *list, size_t count,
			  struct str *out, struct err *err);

#endif
