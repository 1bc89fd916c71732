/*
 * verify - the command: a file that came back against what was approved.
 */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"
#include "import/foreign.h"
#include "import/verify.h"

/* What it is compared with: the report as it was when it was last approved,
 * else as it stands. */
struct verify_base {
	struct draft *d;
	bool approved;
	char *moment; /* of the approval */
};

/* The report that the file is about: by its properties, the digest, or its
 * title; false with the sentence in cli->err. */
bool verify_find(struct cli *cli, const struct foreign *file, const char *name,
		 int64_t *id);

/* Compare a document with what is printed of the report.  The lead and the
 * signature may be printed in several ways; the one that the file has counts.
 */
enum err_code verify_printed(const struct verify_base *base,
			     const struct outline *found, struct verify *out,
			     struct err *err);

/* The verdict, then a line a difference, for people; the bare differences for
 * programs. */
void verify_say(const struct verify_base *base, const char *name,
		const struct verify *v, struct str *out);
void verify_tsv(const struct verify *v, struct str *out);

#endif
