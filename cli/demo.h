/*
 * demo - the practice store: last year's published report of an invented
 * county and this year's half-filled draft.
 */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "cli/cli.h"

/* Fill the empty store cli->store; prints the two ids. */
enum err_code demo_fill(struct cli *cli);
int run_demo(struct cli *cli, int argc, char **argv);

#endif
