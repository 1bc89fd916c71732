/*
 * order - what the command line of export asks for: of one report (export.c) or
 * of a whole year (batch.c).
 */
#ifndef CLI_ORDER_H
#define CLI_ORDER_H

#include <stdbool.h>

#include "cli/cli.h"
#include "export/export.h"

struct order {
	const struct exporter *format;
	const char *path, *year, *columns;
	struct export_options options;
	bool all, force;
	bool approved; /* as it was approved last */
};

/* All reports of the year into the folder `path`; the exit code. */
int export_all(struct cli *cli, const struct order *o);

/* ---- a folder with a file a report ---- */

struct names {
	char **list;
	size_t count, room;
};

/* Make it; false with err set: it cannot be made, or other files are in it. */
bool batch_folder(struct cli *cli, const char *path, bool force);
/* 2024-青溪县教育局.docx; where two units' names come to the same, with the id.
 * Borrowed from `n`. */
const char *batch_name(struct names *n, const struct report_row *row,
		       const char *ending);
void names_free(struct names *n);

#endif
