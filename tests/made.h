/*
 * made - the real form and made-up reports whose sums hold, for tests.
 */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/report.h"
#include "forms/form.h"

/* A prose that no rule minds. */
#define MADE_PROSE                                                                                            \
	"本机关推进主动公开和依申请公开，加强信息管理、平台建设和监督保障，" \
	"落实考核、评议、责任追究制度；上年的问题已经解决，仍有不够到位之处。"

/* forms/ogi-2021.xml, or the form of that id; loaded once. */
const struct form_def *made_form(const char *id);
void made_form_free(void);

size_t made_cell(const struct form_def *form, const char *path);
/* A number 0 .. below - 1; the same row of numbers for a seed. */
unsigned made_random(unsigned *seed, unsigned below);

/* Every number that must be answered 0, every prose MADE_PROSE. */
void made_zero(struct report *r);
/* Random numbers that keep all the form's relations. */
void made_balanced(struct report *r, unsigned *seed);
/* Record for every sum of the tables what the program added up. */
void made_printed(struct report *r);

/* PATH=VALUE, as typed, the value with the escapes of exchange lines; `printed`:
 * what a source printed.  The text is cut up. */
void made_apply(struct report *r, char *assignment, bool printed);

int64_t made_number(const struct report *r, const char *path);
void made_set(struct report *r, size_t cell, int64_t whole);

/* The path of a file below tests/; free it. */
char *made_path(const char *name);

#endif
