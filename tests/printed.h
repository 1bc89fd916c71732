/*
 * printed - reports and documents for tests of writers, and what such tests do
 * with the bytes: golden files, and reading the figures back.
 */
#ifndef TESTS_PRINTED_H
#define TESTS_PRINTED_H

#include "export/export.h"

/* tests/forms/small-1.xml, loaded once. */
const struct form_def *printed_form(void);
/* A report of it with every kind of block, and one of ogi-2021 whose random
 * figures hold together. */
struct report *printed_small(void);
struct report *printed_big(unsigned seed);
void printed_type(struct report *r, const char *path, const char *text);
/* The forms, at the end. */
void printed_free(void);

/* document_new() with a mark. */
struct document *printed_document(const struct report *r, const char *mark);
/* In the first layout (or the one of that name) and the first fonts. */
struct export_job printed_job(const struct document *doc, const char *layout);
/* With nothing asked for, by the format's name. */
void printed_write(const char *format, const struct document *doc,
		   struct str *out);

/* Compare with tests/golden/NAME.  GOLDEN=write in the environment renews
 * it. */
void printed_golden(const char *name, const struct str *got);
/* tests/read_docx.py, which shares nothing with this program, finds the
 * report's 200 figures in the bytes. */
void printed_read_back(const struct report *r, const struct str *bytes);

#endif
