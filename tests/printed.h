/*
 * printed - documents and jobs with nothing asked for, for tests of writers.
 */
#ifndef TESTS_PRINTED_H
#define TESTS_PRINTED_H

#include "export/export.h"

/* document_new() with a mark. */
struct document *printed_document(const struct report *r, const char *mark);
/* In the first layout (or the one of that name) and the first fonts. */
struct export_job printed_job(const struct document *doc, const char *layout);

#endif
