/*
 * sibling - the other units' reports of a year, beside one of them.
 *
 * Texts are not compared each with each: of every text a few of its strings of
 * eight characters are kept, and only reports that share enough of them are
 * read again.  What many units have word for word is boilerplate and counts for
 * nobody's copying.  Units are compared with those of their kind, numbers and
 * lengths with those of their level, too; a unit and the one it reports to or
 * is counted in are not siblings.
 */
#ifndef CORE_SIBLING_H
#define CORE_SIBLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/report.h"
#include "core/unit.h"

enum {
	SIBLING_NAMED = 3, /* units that have the same tables, named */
};

struct siblings;

/* How a report that was put in is read again: a new one, or NULL.  `from` is
 * free()d with the siblings. */
typedef struct report *sibling_read(void *from, int64_t id);

struct siblings *siblings_new(const struct form_def *form, sibling_read *read,
			      void *from);
void siblings_free(struct siblings *s);

/* Put one in.  The name is copied, the report is not kept. */
void siblings_add(struct siblings *s, int64_t id, const struct unit *unit,
		  const struct report *r);
/* When all are in; nothing is told before. */
void siblings_close(struct siblings *s);
size_t siblings_count(const struct siblings *s);

/* ---- one of them beside the others; `id` must have been put in ---- */

/* Of how many units of its kind the tables are the same (0 is no number that
 * counts), the first of them named. */
size_t siblings_same_tables(const struct siblings *s, int64_t id,
			    const char *named[SIBLING_NAMED]);

/* What the others of its kind and level have: the middle one and where the
 * outer tenths begin; `count` of them, without blanks. */
struct sibling_range {
	int64_t low, middle, high;
	size_t count, zero;
};
struct sibling_range siblings_range(const struct siblings *s, int64_t id,
				    size_t cell);
/* The same of the characters of the texts; *own is its own. */
struct sibling_range siblings_length(const struct siblings *s, int64_t id,
				     int64_t *own);

/* Those whose text may be the same as that of `r`, which is the report of this
 * id as it stands now; the likeliest first. */
size_t siblings_like(const struct siblings *s, int64_t id,
		     const struct report *r, int64_t *ids, size_t most);
/* Read one again: free it.  Its unit's name. */
struct report *siblings_report(const struct siblings *s, int64_t id);
const char *siblings_name(const struct siblings *s, int64_t id);
/* Does the sentence stand in so many texts that it is nobody's own? */
bool siblings_share(const struct siblings *s, const char *sentence, size_t len);

#endif
