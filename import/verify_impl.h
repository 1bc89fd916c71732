/*
 * verify_impl - what the verify*.c files share.
 */
#ifndef IMPORT_VERIFY_IMPL_H
#define IMPORT_VERIFY_IMPL_H

#include <stdint.h>

#include "import/verify.h"

/* Append one; `place` is taken over, the other strings are copied. */
void verify_add(struct verify *v, enum verify_kind kind, const char *path,
		char *place, const char *approved, const char *found);

uint64_t verify_hash(const char *plain);

/* Do two texts of this cell say the same: 7,432 is 7432. */
bool verify_same_value(const struct cell_def *def, const char *a,
		       const char *b);
/* 三、申请 · `what`; `what` alone outside the sections.  Free it. */
char *verify_place(const struct section_def *section, const char *what);

void verify_tables(struct verify *v, const struct verify_source *approved,
		   const struct outline *found);
void verify_lines(struct verify *v, const struct verify_source *approved,
		  const struct outline *found);
void verify_asides(struct verify *v, const struct outline *found);

#endif
