/*
 * shelf - a folder of its own with a store in it, for the tests of the store.
 */
#ifndef TESTS_SHELF_H
#define TESTS_SHELF_H

#include "core/store.h"

/* FINE(call(…, WHY)): it returns ERR_OK, or its sentence fails the test. */
extern struct err shelf_why;
#define WHY (&shelf_why)
#define FINE(call)                                                             \
	do {                                                                   \
		if ((call) != ERR_OK)                                          \
			fail_msg("%s: %s", #call, shelf_why.text);             \
	} while (0)

struct shelf {
	char folder[40];
	char *path;
	struct store *s;
	int64_t unit, id; /* a report of 2025 */
};

int shelf_set_up(void **state);
int shelf_tear_down(void **state);

/* FOLDER/name; free it. */
char *shelf_path(const struct shelf *f, const char *name);
struct store *shelf_open(const char *path, enum store_mode mode);
int64_t shelf_unit(struct store *s, const char *name, const char *aliases);
/* Type `text` behind the others, one step. */
enum err_code shelf_type(struct store *s, int64_t id, int64_t token,
			 const char *text, struct err *err);
int64_t shelf_lock(struct store *s, int64_t id);
/* Bytes of a file, and bytes into it. */
void shelf_read(const char *path, char **bytes, size_t *len);
void shelf_write(const char *path, const char *bytes, size_t len);

#endif
