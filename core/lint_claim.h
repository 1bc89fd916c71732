/*
 * lint_claim - what each figure of a paragraph is said of: the form's claims,
 * found by the words around it.
 *
 * Only the words are looked at here, never the tables: what is found stays
 * true as long as the paragraph stands.
 */
#ifndef CORE_LINT_CLAIM_H
#define CORE_LINT_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/figure.h"
#include "core/lint_prose.h"
#include "core/reference.h"
#include "core/unit.h"

enum said_kind {
	SAID_NOTHING, /* of nothing that is known here */
	SAID_VALUE,   /* of a claim's values, or a class of them */
	SAID_SHARE,   /* per cent of something */
	SAID_CHANGE,  /* per cent more or less than last year */
	SAID_ASIDE,   /* another year, a difference, a way it came in … */
};

enum said_scope {
	SCOPE_OWN,
	SCOPE_NARROWER, /* 本办: a part of whom the report is about */
	SCOPE_WIDER,    /* 全国, 全市 */
};

struct said {
	struct figure figure; /* offsets in the paragraph */
	bool reference;       /* {PATH}: `at` is it, the value is not known */
	struct reference at;
	enum said_kind kind;
	enum said_scope scope;
	const struct claim_def *claim; /* or NULL */
	const struct class_def *klass; /* … of its values, or of `row`'s */
	const struct claim_def *row;   /* spoken of before it, or NULL */
	size_t window;                 /* where the words before it begin */
	size_t sentence, sentence_end;
	bool channel; /* 信函39件 */
	bool inner;   /* behind 其中, 包括 or in a list of them */
	bool total;   /* 合计, 两项共 */
	bool down;    /* a change downwards */
};

/* 未收到…申请, 均已办结: words that say 0. */
struct none_said {
	const struct claim_def *claim;
	enum said_scope scope;
	size_t start, end;
};

struct claims {
	struct said *list;
	size_t count, room;
	struct none_said *nones;
	size_t none_count, none_room;
};

/* What is said in the paragraph; kept with it.  `unit` may be NULL. */
const struct claims *claims_of(const struct form_def *form,
			       const struct place *at, const struct unit *unit);
void claims_free(struct claims *c);

/* Is the paragraph a heading over those that follow? */
bool claim_is_heading(const char *s, size_t len);

/* The values that a said figure may have: how many, and the i-th as cells and
 * their count.  A class of applicants has a column of its row's values. */
struct allowed {
	size_t cells[16];
	size_t count;
};
size_t claim_allowed(const struct form_def *form, const struct said *s,
		     size_t i, struct allowed *out);

#endif
