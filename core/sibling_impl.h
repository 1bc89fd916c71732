/*
 * sibling_impl - what sibling.c and sibling_text.c share.
 */
#ifndef CORE_SIBLING_IMPL_H
#define CORE_SIBLING_IMPL_H

#include "core/sibling.h"

/* A report in the index. */
struct entry {
	int64_t id;
	char *name, *level, *above, *counted;
	enum unit_kind kind;
	uint64_t tables;  /* a digest of the numbers that are not 0; 0: few */
	int64_t length;   /* characters of the texts, 0: none */
	int64_t *numbers; /* of the compared cells, NO_NUMBER: blank */
	size_t group;     /* units of its kind and level */
};

#define NO_NUMBER INT64_MIN

/* A mark that texts have in common, and whose it is. */
struct mark {
	uint64_t hash;
	uint32_t entry;
};

struct marks {
	struct mark *list; /* sorted when closed */
	size_t count, room;
};

/* The numbers of a group in one cell, sorted. */
struct column {
	int64_t *list;
	size_t count, zero;
};

struct siblings {
	const struct form_def *form;
	sibling_read *read;
	void *from;
	const struct rule_def *text, *length, *numbers, *tables;
	struct entry *entries; /* by id when closed */
	size_t count, room;
	struct marks shingles, sentences, same; /* same: of whole tables */
	struct column *columns; /* group × (compared cells + the length) */
	size_t group_count;
	size_t common;   /* what more texts have is boilerplate */
	uint16_t *votes; /* one an entry, zero between calls */
};

void marks_add(struct marks *m, uint64_t hash, uint32_t entry);
/* By hash, then by entry, each once. */
void marks_sort(struct marks *m);
/* Those of a hash: the first, *count of them. */
const struct mark *marks_find(const struct marks *m, uint64_t hash,
			      size_t *count);

/* The entry of a report, or NULL. */
const struct entry *sibling_entry(const struct siblings *s, int64_t id);
/* Are they siblings whose texts and tables are compared? */
bool sibling_of(const struct entry *a, const struct entry *b);

/* ---- sibling_text.c ---- */

/* The marks of the texts of a report. */
void sibling_read_text(struct siblings *s, uint32_t entry,
		       const struct report *r);

#endif
