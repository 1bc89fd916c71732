/*
 * cli - what every command has at hand, and the table of commands.
 *
 * A command is one row in the table of its family's file.  Exit codes: 0 done,
 * 1 refused (check: hard findings), 2 error.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "core/draft.h"
#include "core/err.h"
#include "core/store.h"
#include "forms/form.h"

enum {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,
	EXIT_ERROR = 2
};

struct cli {
	char *db;       /* path of the store */
	const char *as; /* --as, or NULL */
	struct forms *forms;
	struct store *store; /* opened by cli_store() */
	bool screen;         /* open the screen after the command (demo) */
	struct err err;      /* what went wrong; printed by main */
};

struct command {
	const char *name;
	const char *usage; /* N_(): arguments, after the name */
	const char *help;  /* N_(): a sentence, then options a line each */
	int (*run)(struct cli *cli, int argc, char **argv); /* argv[0] name */
};

/* One table a family, each ended by a row with name NULL. */
extern const struct command report_commands[], show_commands[],
	check_commands[], explain_commands[], export_commands[],
	verify_commands[], state_commands[], unit_commands[], config_commands[],
	store_commands[];

/* All tables, for help and completion. */
const struct command *const *cli_families(size_t *count);

/* What unit --help and config --help list behind their sentences. */
void unit_items(void);
void config_items(void);

/* An option of a command: a word that takes a value, or a flag. */
struct cli_opt {
	const char *name; /* "--from" */
	const char **value;
	bool *flag;
};

/* Take the options out of argv (after "--" nothing is one); *argc is what is
 * left, argv[0] the command.  false with cli->err set: unknown, no value. */
bool cli_options(struct cli *cli, int *argc, char **argv,
		 const struct cli_opt *opts, size_t count);

/* The command of a name, or NULL. */
const struct command *cli_command(const char *name);

/* The store, opened and signed in; NULL with cli->err set. */
struct store *cli_store(struct cli *cli, enum store_mode mode);
/* argv text as a report id; false with err set. */
bool cli_id(struct cli *cli, const char *text, int64_t *id);
/* Report argv[1], opened; NULL with cli->err set. */
struct draft *cli_draft(struct cli *cli, const char *id, enum draft_mode mode);
/* As cli_draft() for reading: as it is, or as it was approved last. */
struct draft *cli_version(struct cli *cli, const char *id, bool approved);
/* For a command that has --take-over: advise it where another one's editing was
 * the reason of the refusal. */
void cli_advise_take_over(struct cli *cli, int64_t report);
/* A number as an argument; false with err set: not whole, not in min..max. */
bool cli_number(struct cli *cli, const char *text, long min, long max,
		long *out);
/* The cell of a path; false with err set, naming the path. */
bool cli_cell(struct cli *cli, const struct form_def *form, const char *path,
	      size_t *cell);
/* A report that was put into a demo store: say where it is, on standard error.
 */
void cli_warn_demo(struct cli *cli);
/* Print on standard output; on a terminal without characters that nobody sees.
 */
void cli_put(const char *text);
/* Print one line on standard output without control characters. */
void cli_line(const char *text);
/* Say on standard error what went wrong, if anything, and forget it: main does
 * it at the end, a command that goes on does it at once. */
void cli_say(struct cli *cli);
/* On standard error, when that is a terminal: so much is done. */
void cli_progress(size_t done, size_t all);
/* The exit code for an error: ERR_REFUSED is 1, anything else 2. */
int cli_fail(struct cli *cli);
/* Say usage on stderr; returns EXIT_ERROR. */
int cli_usage(struct cli *cli, const struct command *c);

#endif
