/* Statements: prepared once, bound and read by tables. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/store_impl.h"
#include "core/tr.h"

/* ---- what SQLite says, in words ---- */

static const struct {
	int code;
	const char *text; /* %s: the store's path */
} faults[] = {
	{ SQLITE_FULL,
	  N_("磁盘已满，草稿库 %s 写不进；这一步没有存，以前存的都在，"
	     "请腾出空间再试") },
	{ SQLITE_BUSY,
	  N_("草稿库 %s 正被别的程序写，等了几秒仍写不进；请稍后再试") },
	{ SQLITE_LOCKED,
	  N_("草稿库 %s 正被别的程序写，等了几秒仍写不进；请稍后再试") },
	{ SQLITE_READONLY,
	  N_("草稿库 %s 只能读，不能写；请检查文件和所在文件夹的权限") },
	{ SQLITE_PERM,
	  N_("草稿库 %s 只能读，不能写；请检查文件和所在文件夹的权限") },
	{ SQLITE_CANTOPEN,
	  N_("草稿库 %s 打不开；请检查文件和所在文件夹的权限") },
	{ SQLITE_CORRUPT,
	  N_("草稿库 %s 已损坏；请把它另存一份，再用 nianbao restore "
	     "从最近的备份恢复") },
	{ SQLITE_CONSTRAINT,
	  N_("草稿库 %s 里的数据与这一步相抵触，没有存；请运行 nianbao "
	     "doctor") },
	{ SQLITE_TOOBIG,
	  N_("这一栏的文字太长，草稿库 %s 存不下，没有存；请删去一部分再存") },
	{ SQLITE_NOTADB, N_("文件 %s 不是草稿库；请检查 --db 或 NIANBAO_DB") },
};

static bool is_full(const struct store *s, int rc)
{
	static const int full[] = { ENOSPC, EFBIG, EDQUOT };
	int why = sqlite3_system_errno(s->db);

	for (size_t i = 0; i < sizeof full / sizeof *full; i++)
		if ((rc & 0xff) == SQLITE_IOERR && why == full[i])
			return true;
	return (rc & 0xff) == SQLITE_FULL;
}

static enum err_code say_fault(const struct store *s, int code, struct err *err)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (faults[i].code == code) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			return err_set(err, ERR_STORE, _(faults[i].text),
				       s->path);
#pragma GCC diagnostic pop
		}
	return ERR_OK;
}

enum err_code sql_error(const struct store *s, int rc, struct err *err)
{
	int why = s->db ? sqlite3_system_errno(s->db) : 0;

	if (is_full(s, rc))
		return say_fault(s, SQLITE_FULL, err);
	if (say_fault(s, rc & 0xff, err))
		return ERR_STORE;
	if ((rc & 0xff) == SQLITE_IOERR)
		return err_set(err, ERR_STORE,
			       _("草稿库 %s 读写出错（%s）；这一步没有存，"
				 "请检查磁盘"),
			       s->path, err_errno(why));
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 出错（SQLite 错误 %d）；请先备份，再运行 "
			 "nianbao doctor"),
		       s->path, rc);
}

/* ---- prepared statements ---- */

struct bind sql_number(int64_t n)
{
	return (struct bind){ NULL, n, false };
}

struct bind sql_text(const char *text)
{
	return (struct bind){ text ? text : "", 0, false };
}

struct bind sql_text_null(const char *text)
{
	bool none = !text || !*text;

	return (struct bind){ none ? NULL : text, 0, none };
}

static struct statement *slot_of(struct store *s, const char *sql)
{
	size_t at = ((uintptr_t)sql >> 3) % STATEMENTS, i = 0;

	while (s->cache[at].sql && s->cache[at].sql != sql) {
		at = (at + 1) % STATEMENTS;
		i++;
		assert(i < STATEMENTS); /* the table is too small */
	}
	return &s->cache[at];
}

sqlite3_stmt *sql_prepare(struct store *s, const char *sql, struct err *err)
{
	struct statement *slot = slot_of(s, sql);
	int rc;

	if (slot->sql)
		return slot->stmt;
	rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
				&slot->stmt, NULL);
	if (rc != SQLITE_OK) {
		sql_error(s, rc, err);
		return NULL;
	}
	slot->sql = sql;
	return slot->stmt;
}

void sql_forget(struct store *s)
{
	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(s->cache[i].stmt);
	memset(s->cache, 0, sizeof s->cache);
}

enum err_code sql_script(struct store *s, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? ERR_OK : sql_error(s, rc, err);
}

static int bind_one(sqlite3_stmt *stmt, int at, const struct bind *b)
{
	if (b->null)
		return sqlite3_bind_null(stmt, at);
	if (b->text)
		return sqlite3_bind_text(stmt, at, b->text, -1, SQLITE_STATIC);
	return sqlite3_bind_int64(stmt, at, b->number);
}

/* Parameters from `first` on; SQLITE_OK or what went wrong. */
static int bind_all(sqlite3_stmt *stmt, int first, const struct bind *binds,
		    size_t n)
{
	int rc = SQLITE_OK;

	for (size_t i = 0; i < n && rc == SQLITE_OK; i++)
		rc = bind_one(stmt, first + (int)i, &binds[i]);
	return rc;
}

static enum err_code finish(struct store *s, sqlite3_stmt *stmt, int rc,
			    struct err *err)
{
	enum err_code code = ERR_OK;

	if (rc != SQLITE_DONE && rc != SQLITE_ROW && rc != SQLITE_OK)
		code = sql_error(s, rc, err);
	sqlite3_reset(stmt);
	return code;
}

enum err_code sql_run(struct store *s, const char *sql,
		      const struct bind *binds, size_t n, struct err *err)
{
	sqlite3_stmt *stmt = sql_prepare(s, sql, err);
	int rc;

	if (!stmt)
		return ERR_STORE;
	rc = bind_all(stmt, 1, binds, n);
	while (rc == SQLITE_OK || rc == SQLITE_ROW)
		rc = sqlite3_step(stmt);
	return finish(s, stmt, rc, err);
}

enum err_code sql_write(struct store *s, const char *sql,
			const struct bind *binds, size_t n, struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	return store_end(s, sql_run(s, sql, binds, n, err), true, err);
}

enum err_code sql_numbers(struct store *s, const char *sql,
			  const struct bind *binds, size_t n, int64_t *out,
			  size_t count, bool *found, struct err *err)
{
	sqlite3_stmt *stmt = sql_prepare(s, sql, err);
	int rc;

	if (!stmt)
		return ERR_STORE;
	rc = bind_all(stmt, 1, binds, n);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (found)
		*found = rc == SQLITE_ROW;
	for (size_t i = 0; i < count && rc == SQLITE_ROW; i++)
		out[i] = sqlite3_column_int64(stmt, (int)i);
	return finish(s, stmt, rc, err);
}

static char *column_string(sqlite3_stmt *stmt, int at)
{
	const unsigned char *text = sqlite3_column_text(stmt, at);

	return xstrndup(text ? (const char *)text : "",
			(size_t)sqlite3_column_bytes(stmt, at));
}

char *sql_string(struct store *s, const char *sql, const struct bind *binds,
		 size_t n)
{
	sqlite3_stmt *stmt = sql_prepare(s, sql, NULL);
	char *out = NULL;

	if (!stmt)
		return NULL;
	if (bind_all(stmt, 1, binds, n) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		out = column_string(stmt, 0);
	sqlite3_reset(stmt);
	return out;
}

/* ---- rows by shape ---- */

static void *member(void *row, const struct column *c)
{
	return (char *)row + c->offset;
}

static void read_column(sqlite3_stmt *stmt, int at, const struct column *c,
			void *row)
{
	void *to = member(row, c);

	switch (c->type) {
	case COLUMN_INT:
		*(int *)to = sqlite3_column_int(stmt, at);
		break;
	case COLUMN_INT64:
		*(int64_t *)to = sqlite3_column_int64(stmt, at);
		break;
	case COLUMN_BOOL:
		*(bool *)to = sqlite3_column_int(stmt, at) != 0;
		break;
	case COLUMN_TEXT:
		*(char **)to = column_string(stmt, at);
		break;
	}
}

static struct bind column_bind(const struct column *c, const void *row)
{
	const void *from = (const char *)row + c->offset;

	switch (c->type) {
	case COLUMN_INT:
		return sql_number(*(const int *)from);
	case COLUMN_INT64:
		return sql_number(*(const int64_t *)from);
	case COLUMN_BOOL:
		return sql_number(*(const bool *)from);
	case COLUMN_TEXT:
		break;
	}
	return sql_text(*(char *const *)from);
}

static void read_row(sqlite3_stmt *stmt, const struct shape *shape,
		     struct rows *out)
{
	char *row;

	out->list = mem_grow(out->list, out->count, &out->room, shape->size);
	row = (char *)out->list + out->count++ * shape->size;
	memset(row, 0, shape->size);
	for (size_t i = 0; i < shape->count; i++)
		read_column(stmt, (int)i, &shape->columns[i], row);
}

static enum err_code read_rows(struct store *s, sqlite3_stmt *stmt,
			       const struct bind *binds, size_t n,
			       const struct shape *shape, struct rows *out,
			       struct err *err)
{
	int rc = bind_all(stmt, 1, binds, n);
	enum err_code code;

	*out = (struct rows){ 0 };
	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
			read_row(stmt, shape, out);
	code = finish(s, stmt, rc, err);
	if (code) {
		shape_free(shape, out->list, out->count);
		*out = (struct rows){ 0 };
	}
	return code;
}

enum err_code sql_rows(struct store *s, const char *sql,
		       const struct bind *binds, size_t n,
		       const struct shape *shape, struct rows *out,
		       struct err *err)
{
	sqlite3_stmt *stmt = sql_prepare(s, sql, err);

	*out = (struct rows){ 0 };
	if (!stmt)
		return ERR_STORE;
	return read_rows(s, stmt, binds, n, shape, out, err);
}

enum err_code sql_rows_built(struct store *s, const char *sql,
			     const struct bind *binds, size_t n,
			     const struct shape *shape, struct rows *out,
			     struct err *err)
{
	sqlite3_stmt *stmt;
	enum err_code code;
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);

	*out = (struct rows){ 0 };
	if (rc != SQLITE_OK)
		return sql_error(s, rc, err);
	code = read_rows(s, stmt, binds, n, shape, out, err);
	sqlite3_finalize(stmt);
	return code;
}

enum err_code sql_run_row(struct store *s, const char *sql,
			  const struct shape *shape, const void *row,
			  const struct bind *more, size_t n, struct err *err)
{
	struct bind binds[SHAPE_MAX];

	assert(shape->count + n <= SHAPE_MAX);
	for (size_t i = 0; i < shape->count; i++)
		binds[i] = column_bind(&shape->columns[i], row);
	for (size_t i = 0; i < n; i++)
		binds[shape->count + i] = more[i];
	return sql_run(s, sql, binds, shape->count + n, err);
}

void shape_clear(const struct shape *shape, void *row)
{
	for (size_t i = 0; i < shape->count; i++)
		if (shape->columns[i].type == COLUMN_TEXT)
			free(*(char **)member(row, &shape->columns[i]));
	memset(row, 0, shape->size);
}

void shape_free(const struct shape *shape, void *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		shape_clear(shape, (char *)list + i * shape->size);
	free(list);
}
