/* Opening, transactions, who acts, settings. */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/tr.h"

enum {
	WAIT_MS = 5000,       /* for another writer */
	FRAMES_DURABLE = 500, /* checkpoint where there is an fsync anyway … */
	FRAMES_MOST = 4000,   /* … and while typing only before 16 MB */
};

/* ---- open ---- */

/* "file:…?immutable=1", the path with what URIs want escaped. */
static char *immutable_uri(const char *file)
{
	struct str uri = { 0 };

	str_add(&uri, "file:");
	for (const char *p = file; *p; p++) {
		if (strchr("?#%", *p))
			str_addf(&uri, "%%%02X", (unsigned char)*p);
		else
			str_addc(&uri, *p);
	}
	str_add(&uri, "?immutable=1");
	return str_steal(&uri);
}

static enum err_code open_as(struct store *s, const char *name, int flags,
			     struct err *err)
{
	int rc;

	sqlite3_close(s->db);
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* no locks about nothing */
	rc = sqlite3_open_v2(name, &s->db, flags, NULL);
	if (rc != SQLITE_OK)
		return sql_error(s, rc, err);
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, WAIT_MS);
	return ERR_OK;
}

/* A store in a folder that cannot be written: SQLite wants a file of shared
 * memory beside it, unless nobody can be writing. */
static enum err_code open_to_read(struct store *s, struct err *err)
{
	char *wal = str_printf("%s-wal", s->file);
	struct stat st;
	bool logged = stat(wal, &st) == 0 && st.st_size > 0;
	enum err_code code = open_as(s, s->file, SQLITE_OPEN_READONLY, err);
	int rc = code ? SQLITE_ERROR
		      : sqlite3_exec(s->db, "PRAGMA user_version", NULL, NULL,
				     NULL);

	free(wal);
	if (!code && rc != SQLITE_OK && !logged) {
		char *uri = immutable_uri(s->file);

		code = open_as(s, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
			       err);
		free(uri);
	}
	return code;
}

/* A checkpoint that fails leaves everything in the log: no harm. */
static int on_frames(void *arg, sqlite3 *db, const char *name, int frames)
{
	struct store *s = arg;

	s->frames = frames;
	if (frames > FRAMES_MOST)
		sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE,
					  NULL, NULL);
	return SQLITE_OK;
}

static enum err_code configure(struct store *s, struct err *err)
{
	enum err_code code = ERR_OK;

	if (!s->readable_only)
		code = sql_script(s,
				  "PRAGMA journal_mode=WAL;"
				  "PRAGMA synchronous=NORMAL;",
				  err);
	if (!code)
		code = sql_script(s,
				  "PRAGMA foreign_keys=ON;"
				  "PRAGMA trusted_schema=OFF;"
				  "PRAGMA temp_store=MEMORY;",
				  err);
	sqlite3_wal_hook(s->db, on_frames, s);
	return code;
}

static enum err_code read_version(struct store *s, int64_t *version,
				  struct err *err)
{
	enum err_code code = sql_numbers(s, "PRAGMA user_version", NO_BINDS,
					 version, 1, NULL, err);

	if (!code && *version > STORE_SCHEMA)
		code = err_set(err, ERR_STORE,
			       _("草稿库 %s 是更新的版本（%lld）写的，"
				 "本程序只认到 %d，没有动它；请升级 nianbao"),
			       s->path, (long long)*version, STORE_SCHEMA);
	return code;
}

/* Alone with the store; the version may have been raised meanwhile. */
static enum err_code raise_alone(struct store *s, struct err *err)
{
	bool writable = s->writable;
	char ending[32], *copy;
	int64_t version = 0;
	enum err_code code = read_version(s, &version, err);

	if (code || version == STORE_SCHEMA)
		return code;
	snprintf(ending, sizeof ending, ".v%lld", (long long)version);
	copy = free_name(s->file, ending);
	code = store_backup(s, copy, err);
	free(copy);
	s->writable = true;
	if (!code)
		code = schema_raise(s, (int)version, STORE_SCHEMA, err);
	s->writable = writable;
	return code;
}

static enum err_code migrate(struct store *s, struct err *err)
{
	enum err_code code;

	if (s->readable_only)
		return err_set(err, ERR_STORE,
			       _("草稿库 %s 是旧版本的，要先升级才能读，"
				 "但它不能写；请有写权限的人打开一次"),
			       s->path);
	code = lock_alone(s, true, err);
	if (code)
		return code;
	code = raise_alone(s, err);
	if (lock_alone(s, false, code ? NULL : err) && !code)
		code = ERR_STORE;
	return code;
}

/* Pages missing in a store with a log: is the whole of it there? */
static enum err_code check_whole(struct store *s, struct err *err)
{
	char *said = sql_string(s, "PRAGMA quick_check(1)", NO_BINDS);
	bool whole = said && strcmp(said, "ok") == 0;

	free(said);
	return whole ? ERR_OK : sql_error(s, SQLITE_CORRUPT, err);
}

static bool same_file(const char *path, const struct stat *before)
{
	struct stat now;

	return stat(path, &now) == 0 && now.st_dev == before->st_dev &&
	       now.st_ino == before->st_ino;
}

static enum err_code connect_to(struct store *s, struct err *err)
{
	struct stat before = { 0 };
	bool suspect = false;
	int64_t version = 0;
	enum err_code code;

	stat(s->file, &before);
	code = s->readable_only
		       ? open_to_read(s, err)
		       : open_as(s, s->file, SQLITE_OPEN_READWRITE, err);
	if (!code)
		code = check_header(s, &suspect, err);
	if (!code)
		code = lock_open(s, err);
	if (!code && !same_file(s->file, &before))
		code = err_set(err, ERR_STORE,
			       _("草稿库 %s 刚刚被换掉；请再试一次"), s->path);
	if (!code && suspect)
		code = check_whole(s, err);
	if (!code)
		code = read_version(s, &version, err);
	if (!code)
		code = configure(s, err);
	if (!code && version < STORE_SCHEMA)
		code = migrate(s, err);
	if (!code)
		lock_share(s);
	return code;
}

static enum err_code find_file(struct store *s, enum store_mode mode,
			       struct err *err)
{
	bool missing;
	enum err_code code = check_path(s->path, &missing, err);

	if (!code)
		code = check_network(s->path, err);
	if (!code && missing && (mode != STORE_CREATE || !*s->path))
		return err_set(err, ERR_STORE,
			       _("草稿库 %s 不存在；新建报告时会建立它，"
				 "或用 --db 指到已有的文件"),
			       s->path);
	if (!code && missing)
		code = make_folders(s->path, err);
	if (!code && missing)
		code = store_make(s->path, STORE_SCHEMA, err);
	if (code)
		return code;
	s->file = realpath(s->path, NULL);
	if (s->file)
		return ERR_OK;
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 打不开：%s；请检查路径和权限"), s->path,
		       err_errno(errno));
}

static const char *os_user(char *number, size_t size)
{
	const struct passwd *pw = getpwuid(getuid());

	if (pw && *pw->pw_name)
		return pw->pw_name;
	snprintf(number, size, "uid%lld", (long long)getuid());
	return number;
}

static enum err_code open_store(struct store *s, enum store_mode mode,
				struct err *err)
{
	int64_t demo = 0;
	enum err_code code = find_file(s, mode, err);

	if (code)
		return code;
	s->writable = mode != STORE_READ;
	s->readable_only =
		check_writable(s->file, s->writable ? err : NULL) != ERR_OK;
	if (s->readable_only && s->writable)
		return ERR_STORE;
	code = connect_to(s, err);
	if (!code)
		code = sql_numbers(s,
				   "SELECT count(*) FROM fact"
				   " WHERE name='demo'",
				   NO_BINDS, &demo, 1, NULL, err);
	s->demo = demo != 0;
	return code;
}

struct store *store_open(const char *path, enum store_mode mode,
			 struct err *err)
{
	struct store *s = xcalloc(1, sizeof *s);
	char number[32];

	s->lock_fd = -1;
	s->path = xstrdup(path);
	s->actor.name = xstrdup(os_user(number, sizeof number));
	if (open_store(s, mode, err) == ERR_OK)
		return s;
	store_close(s);
	return NULL;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	while (s->depth)
		store_rollback(s);
	sql_forget(s);
	sqlite3_close(s->db);
	lock_close(s);
	free(s->actor.name);
	free(s->path);
	free(s->file);
	free(s);
}

const char *store_path(const struct store *s)
{
	return s->path;
}

bool store_is_demo(const struct store *s)
{
	return s->demo;
}

enum err_code store_mark_demo(struct store *s, struct err *err)
{
	enum err_code code = sql_write(s,
				       "INSERT OR REPLACE INTO fact"
				       " VALUES('demo', 'yes')",
				       NO_BINDS, err);

	if (!code)
		s->demo = true;
	return code;
}

static char *home(void)
{
	const char *dir = getenv("HOME");
	const struct passwd *pw;

	if (dir && *dir == '/')
		return xstrdup(dir);
	pw = getpwuid(getuid());
	return xstrdup(pw && *pw->pw_dir ? pw->pw_dir : "/");
}

char *store_default_path(void)
{
	const char *db = getenv("NIANBAO_DB"), *data = getenv("XDG_DATA_HOME");
	char *dir, *path;

	if (db && *db)
		return xstrdup(db);
	if (data && *data == '/')
		return str_printf("%s/nianbao/nianbao.db", data);
	dir = home();
	path = str_printf("%s/.local/share/nianbao/nianbao.db", dir);
	free(dir);
	return path;
}

/* ---- transactions ---- */

/* Nested and yet in no transaction: rolled back inside, or by SQLite itself
 * after a fault. */
static enum err_code refuse_undone(const struct store *s, struct err *err)
{
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 没有写成，这一批改动已全部撤回；请再试"),
		       s->path);
}

enum err_code store_begin(struct store *s, struct err *err)
{
	enum err_code code;

	if (!s->writable)
		return err_set(err, ERR_STORE,
			       _("草稿库 %s 是只读打开的，不能改"), s->path);
	if (s->depth && sqlite3_get_autocommit(s->db))
		return refuse_undone(s, err);
	if (!s->depth)
		lock_share(s);
	code = s->depth ? ERR_OK : sql_run(s, "BEGIN IMMEDIATE", NO_BINDS, err);
	if (!code)
		s->depth++;
	return code;
}

void store_reading(struct store *s, bool on)
{
	if (s->depth == 0 && on == (sqlite3_get_autocommit(s->db) != 0))
		sql_run(s, on ? "BEGIN" : "COMMIT", NO_BINDS, NULL);
}

static void undo_all(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		sql_run(s, "ROLLBACK", NO_BINDS, NULL);
}

/* synchronous=NORMAL leaves the log to the kernel, which survives the
 * program's death; this is for the machine's. */
static enum err_code sync_log(struct store *s, struct err *err)
{
	sqlite3_file *log = NULL;
	int rc = sqlite3_file_control(s->db, "main",
				      SQLITE_FCNTL_JOURNAL_POINTER, &log);

	if (rc == SQLITE_OK && log && log->pMethods)
		rc = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL |
						       SQLITE_SYNC_DATAONLY);
	if (rc != SQLITE_OK)
		return sql_error(s, rc, err);
	if (s->frames > FRAMES_DURABLE)
		sqlite3_wal_checkpoint_v2(
			s->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	return ERR_OK;
}

enum err_code store_commit(struct store *s, bool durable, struct err *err)
{
	enum err_code code;

	if (s->depth == 0 || sqlite3_get_autocommit(s->db)) {
		if (s->depth == 1)
			store_rollback(s);
		return refuse_undone(s, err);
	}
	if (s->depth > 1) {
		s->depth--;
		return ERR_OK;
	}
	code = sql_run(s, "COMMIT", NO_BINDS, err);
	if (code)
		undo_all(s);
	s->depth = 0;
	return code || !durable ? code : sync_log(s, err);
}

void store_rollback(struct store *s)
{
	if (s->depth == 0)
		return;
	undo_all(s);
	s->depth--;
}

enum err_code store_end(struct store *s, enum err_code code, bool durable,
			struct err *err)
{
	if (!code)
		code = store_commit(s, durable, err);
	if (code)
		store_rollback(s);
	return code;
}

/* ---- settings ---- */

enum err_code store_config_set(struct store *s, const char *key,
			       const char *value, struct err *err)
{
	return sql_write(s, "INSERT OR REPLACE INTO config VALUES(?1, ?2)",
			 BINDS(sql_text(key), sql_text(value)), err);
}

char *store_config_get(struct store *s, const char *key)
{
	return sql_string(s, "SELECT value FROM config WHERE key=?1",
			  BINDS(sql_text(key)));
}
