/*
 * desk - two stores in a folder of their own, the sender's and the receiver's,
 * and a small report to send.
 */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include <stdint.h>

#include "core/draft.h"
#include "core/store.h"
#include "core/str.h"

struct desk {
	char folder[40];
	char *file, *paths[2];
	struct store *from, *to;
	struct forms *forms;
};

/* The call, or the test fails with its sentence; the call names `err`. */
#define SURE(call)                                                             \
	do {                                                                   \
		struct err err = { 0 };                                        \
		if ((call) != ERR_OK)                                          \
			fail_msg("%s: %s", #call, err.text);                   \
	} while (0)

/* Fixtures of cmocka: *state is the desk.  Forms are found in tests/forms too. */
int desk_set_up(void **state);
int desk_tear_down(void **state);

struct entry {
	const char *path, *text;
	bool printed;
};
void desk_enter(struct desk *d, struct store *s, int64_t id,
		const struct entry *list, size_t count);
struct draft *desk_open(struct desk *d, struct store *s, int64_t id,
			enum draft_mode mode);
/* A report of tests/forms/small-1.xml with every kind of value. */
int64_t desk_report(struct desk *d, const char *unit);
/* Its exchange file: as text, and put on the desk. */
void desk_xml(struct desk *d, struct store *s, int64_t id, struct str *out);
void desk_unsign(struct str *xml); /* takes its digest out */
void desk_put(struct desk *d, const struct str *bytes);
void desk_send(struct desk *d, int64_t id);
/* Import what lies on the desk into the receiver's store. */
enum err_code desk_bring(struct desk *d, int64_t into, int64_t *id,
			 struct str *said, struct err *err);

#endif
