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

#endif
