/*
 * incoming - what a file says, before any of it is believed.
 *
 * A reader fills one from bytes; import.c judges it against the form and puts
 * it into the store.  Texts are clean (no control characters) and are owned by
 * the struct incoming; all zero is an empty one.
 */
#ifndef IMPORT_INCOMING_H
#define IMPORT_INCOMING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/store.h"
#include "core/unit.h"

struct incoming_cell {
	const char *path;
	const char *text;    /* "" blank */
	const char *printed; /* what a source printed for a sum, or NULL */
	bool na, sum;
	int line; /* of the file */
};

struct incoming {
	const char *form;
	int year;
	const char *digest; /* of the data, or NULL */
	bool demo;          /* 演示数据 */
	struct unit unit;
	struct report_row row; /* state, version, moments, publication */
	struct incoming_cell *cells, *openings;
	size_t cell_count, opening_count;
	struct comment *comments;
	size_t comment_count;
	struct explanation *explanations;
	size_t explanation_count;
	struct signoff *signoffs;
	size_t signoff_count;
	const char **ticks;
	size_t tick_count;
	char **kept; /* every text above */
	size_t kept_count, kept_room;
};

void incoming_free(struct incoming *in);
/* Keep a text until incoming_free(): of one line, or with its newlines. */
char *incoming_keep(struct incoming *in, const char *text, bool one_line);

/* The readers.  `name` is for messages. */
enum err_code incoming_read_xml(struct incoming *in, const char *bytes,
				size_t len, const char *name, struct err *err);

#endif
