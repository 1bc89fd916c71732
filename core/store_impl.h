/*
 * store_impl - what the store*.c files share.
 *
 * SQL stands in string literals; a prepared statement is kept under the
 * literal's address, so sql_*() want literals (the few that are built say so).
 * Every row type has one table of columns, a struct shape, used for reading,
 * writing and freeing.  Nothing outside core/store*.c includes this file but
 * tests/test_store.c.
 */
#ifndef CORE_STORE_IMPL_H
#define CORE_STORE_IMPL_H

#include <sqlite3.h>
#include <sys/types.h>

#include "core/store.h"

struct statement {
	const char *sql;
	sqlite3_stmt *stmt;
};

enum {
	STATEMENTS = 256, /* slots; the program has about a hundred */
};

struct store {
	sqlite3 *db;
	char *path;         /* as asked for, for sentences */
	char *file;         /* without links, absolute */
	bool writable;      /* asked for and possible */
	bool readable_only; /* the file itself cannot be written */
	bool demo;
	int depth;  /* of store_begin() */
	int frames; /* in the write-ahead log */
	struct actor actor;
	int lock_fd;        /* PATH-lock, or -1 */
	mode_t shared_mode; /* of the store when lock_share() last looked */
	gid_t shared_group;
	int64_t *held; /* tokens of this store's own editors */
	size_t held_count, held_room;
	struct statement cache[STATEMENTS];
};

/* ---- store_sql.c: statements ---- */

struct bind {
	const char *text; /* or NULL: the number */
	int64_t number;
	bool null;
};
struct bind sql_number(int64_t n);
struct bind sql_text(const char *s);      /* NULL is "" */
struct bind sql_text_null(const char *s); /* NULL and "" are null */
#define BINDS(...)                                                             \
	(const struct bind[]){ __VA_ARGS__ },                                  \
		sizeof((const struct bind[]){ __VA_ARGS__ }) /                 \
			sizeof(struct bind)
#define NO_BINDS NULL, 0

enum column_type {
	COLUMN_INT, /* or an enum */
	COLUMN_INT64,
	COLUMN_BOOL,
	COLUMN_TEXT,
};
struct column {
	enum column_type type;
	size_t offset;
};
/* The members of a struct in the order of the columns. */
struct shape {
	size_t size;
	const struct column *columns;
	size_t count;
};
enum {
	SHAPE_MAX = 32
};
struct rows {
	void *list;
	size_t count, room;
};

/* A sentence for what SQLite says; returns ERR_STORE. */
enum err_code sql_error(const struct store *s, int rc, struct err *err);
/* A cached statement, reset, or NULL. */
sqlite3_stmt *sql_prepare(struct store *s, const char *sql, struct err *err);
void sql_forget(struct store *s); /* finalise all */
/* Statements without parameters, not cached. */
enum err_code sql_script(struct store *s, const char *sql, struct err *err);
/* Run to the end. */
enum err_code sql_run(struct store *s, const char *sql,
		      const struct bind *binds, size_t n, struct err *err);
/* The same in a transaction of its own (durable) unless one is open. */
enum err_code sql_write(struct store *s, const char *sql,
			const struct bind *binds, size_t n, struct err *err);
/* The first row's first columns into out[0..count); *found (may be NULL). */
enum err_code sql_numbers(struct store *s, const char *sql,
			  const struct bind *binds, size_t n, int64_t *out,
			  size_t count, bool *found, struct err *err);
/* The first row's first column, NULL if there is none; free it. */
char *sql_string(struct store *s, const char *sql, const struct bind *binds,
		 size_t n);
/* All rows.  sql_rows_built() takes SQL that is no literal. */
enum err_code sql_rows(struct store *s, const char *sql,
		       const struct bind *binds, size_t n,
		       const struct shape *shape, struct rows *out,
		       struct err *err);
enum err_code sql_rows_built(struct store *s, const char *sql,
			     const struct bind *binds, size_t n,
			     const struct shape *shape, struct rows *out,
			     struct err *err);
/* Write the row's members as parameters 1…, then `more`. */
enum err_code sql_run_row(struct store *s, const char *sql,
			  const struct shape *shape, const void *row,
			  const struct bind *more, size_t n, struct err *err);
void shape_clear(const struct shape *shape, void *row);
void shape_free(const struct shape *shape, void *list, size_t count);

/* End what store_begin() began: commit, or roll back and return `code`. */
enum err_code store_end(struct store *s, enum err_code code, bool durable,
			struct err *err);

/* ---- store_schema.c ---- */

enum {
	STORE_APPLICATION = 0x4E42414F /* PRAGMA application_id: NBAO */
};
/* Write the steps from user_version up to `version` in one transaction. */
enum err_code schema_raise(struct store *s, int from, int version,
			   struct err *err);

/* ---- store_check.c: may this file be opened? ---- */

/* The name of a network file system by statfs(2)'s f_type or by the type in
 * mountinfo, NULL if it is none. */
const char *network_by_magic(long magic);
const char *network_by_type(const char *type);
/* Sentences about a path; ERR_OK when there is nothing against it. */
enum err_code check_network(const char *path, struct err *err);
enum err_code check_path(const char *path, bool *missing, struct err *err);
enum err_code check_writable(const char *path, struct err *err);
/* The file's header through SQLite's own handle. */
enum err_code check_header(struct store *s, bool *suspect, struct err *err);
/* Make the folders above `path`, mode 0700. */
enum err_code make_folders(const char *path, struct err *err);
/* PATH + ending, with a number if that exists; free it. */
char *free_name(const char *path, const char *ending);

/* ---- store_file.c ---- */

/* A fresh store of schema `version` at `path`; there it is whole or not at
 * all.  ERR_OK also when somebody else just made one. */
enum err_code store_make(const char *path, int version, struct err *err);

/* ---- store_lock.c ---- */

/* PATH-lock: byte 0 is held shared by every open store, alone by one that
 * restores or migrates; byte `token` by an editor. */
enum err_code lock_open(struct store *s, struct err *err);
enum err_code lock_alone(struct store *s, bool alone, struct err *err);
void lock_close(struct store *s);
/* Let the files beside the store have its mode and group, when these have
 * changed: SQLite and we only do it when making them. */
void lock_share(struct store *s);
/* ERR_REFUSED and who took over unless `token` holds the report's lock. */
enum err_code lock_check(struct store *s, int64_t report, int64_t token,
			 struct err *err);

/* The id of a path in the dictionary, made when it is new. */
enum err_code path_id(struct store *s, const char *path, int64_t *id,
		      struct err *err);

#endif
