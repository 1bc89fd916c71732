/* The whole file: made, copied, put back, checked. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/tr.h"

static enum err_code cannot_make(const char *path, int why, struct err *err)
{
	return err_set(err, ERR_STORE,
		       _("文件 %s 建不成：%s；请检查所在文件夹的权限和"
			 "磁盘"),
		       path, err_errno(why));
}

/* A temporary file beside `path`, mode 0600; free the name. */
static enum err_code temporary(const char *path, char **name, struct err *err)
{
	int fd;

	*name = str_printf("%s.XXXXXX", path);
	fd = mkostemp(*name, O_CLOEXEC);
	if (fd >= 0) {
		close(fd);
		return ERR_OK;
	}
	free(*name);
	*name = NULL;
	return cannot_make(path, errno, err);
}

/* Give it its name unless there is such a file: false, errno. */
static bool name_it(const char *temp, const char *path)
{
	if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	return link(temp, path) == 0 && unlink(temp) == 0;
}

/* A second connection, for writing a file that nobody else knows. */
static enum err_code open_alone(struct store *t, const char *path,
				const char *file, struct err *err)
{
	*t = (struct store){ .lock_fd = -1, .writable = true };
	t->path = xstrdup(path);
	if (sqlite3_open_v2(file, &t->db, SQLITE_OPEN_READWRITE, NULL) ==
	    SQLITE_OK) {
		sqlite3_extended_result_codes(t->db, 1);
		return ERR_OK;
	}
	return sql_error(t, sqlite3_extended_errcode(t->db), err);
}

static enum err_code close_alone(struct store *t, enum err_code code,
				 struct err *err)
{
	int rc;

	sql_forget(t);
	rc = sqlite3_close(t->db);
	if (!code && rc != SQLITE_OK) {
		t->db = NULL;
		code = sql_error(t, rc, err);
	}
	free(t->path);
	return code;
}

static enum err_code fill(const char *path, const char *temp, int version,
			  struct err *err)
{
	struct store t;
	enum err_code code = open_alone(&t, path, temp, err);

	if (!code)
		code = schema_raise(&t, 0, version, err);
	if (!code)
		code = sql_script(&t, "PRAGMA journal_mode=WAL", err);
	return close_alone(&t, code, err);
}

enum err_code store_make(const char *path, int version, struct err *err)
{
	char *temp;
	enum err_code code = temporary(path, &temp, err);

	if (code)
		return code;
	code = fill(path, temp, version, err);
	if (!code && !name_it(temp, path)) {
		if (errno != EEXIST)
			code = cannot_make(path, errno, err);
		unlink(temp); /* another was faster */
	} else if (code) {
		unlink(temp);
	}
	if (!code)
		file_sync_folder(path);
	free(temp);
	return code;
}

/* ---- backup ---- */

static enum err_code copy_pages(struct store *s, struct store *t,
				struct err *err)
{
	sqlite3_backup *b = sqlite3_backup_init(t->db, "main", s->db, "main");
	int rc = SQLITE_ERROR;

	if (b) {
		sqlite3_backup_step(b, -1);
		rc = sqlite3_backup_finish(b);
	}
	if (rc != SQLITE_OK)
		return sql_error(t, rc, err);
	/* one file, readable from a medium that cannot be written */
	return sql_script(t, "PRAGMA journal_mode=DELETE", err);
}

static enum err_code sync_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int why = fd < 0 || fsync(fd) != 0 ? errno : 0;

	if (fd >= 0 && close(fd) != 0 && !why)
		why = errno;
	return why ? cannot_make(path, why, err) : ERR_OK;
}

/* A whole copy in `temp`, which is there and empty. */
static enum err_code copy_to(struct store *s, const char *path,
			     const char *temp, struct err *err)
{
	struct store t;
	enum err_code code = open_alone(&t, path, temp, err);

	if (!code)
		code = copy_pages(s, &t, err);
	code = close_alone(&t, code, err);
	return code ? code : sync_file(temp, err);
}

enum err_code store_backup(struct store *s, const char *path, struct err *err)
{
	char *temp;
	enum err_code code;

	if (access(path, F_OK) == 0)
		return err_set(err, ERR_FILE,
			       _("%s 已经有了，备份不覆盖文件；请换一个文件名"),
			       path);
	code = temporary(path, &temp, err);
	if (code)
		return code;
	code = copy_to(s, path, temp, err);
	if (!code && !name_it(temp, path))
		code = cannot_make(path, errno, err);
	if (code)
		unlink(temp);
	else
		file_sync_folder(path);
	free(temp);
	return code;
}

/* ---- restore ---- */

static void move_beside(const char *path, const char *kept, const char *ending)
{
	char *from = str_printf("%s%s", path, ending);
	char *to = str_printf("%s%s", kept, ending);

	if (rename(from, to) != 0)
		errno = 0; /* there is none */
	free(from);
	free(to);
}

/* What stood at `path` gets a second name with its log; the new one then
 * takes the first.  A log is first emptied where the old store can do it, so
 * that at no moment a store stands there without its log. */
static enum err_code empty_log(const char *path)
{
	struct store t;
	enum err_code code = open_alone(&t, path, path, NULL);

	if (!code)
		code = sql_script(&t, "PRAGMA journal_mode=DELETE", NULL);
	return close_alone(&t, code, NULL);
}

static enum err_code keep_old(const char *path, const char *temp,
			      struct err *err)
{
	struct stat st;
	char *kept;
	int why = 0;

	if (stat(path, &st) != 0)
		return ERR_OK;
	if (chown(temp, st.st_uid, st.st_gid) != 0 &&
	    chown(temp, (uid_t)-1, st.st_gid) != 0)
		errno = 0; /* the owner only root may give, the group a member */
	if (chmod(temp, st.st_mode & 0777) != 0)
		return cannot_make(temp, errno, err);
	kept = free_name(path, ".before-restore");
	empty_log(path);
	if (link(path, kept) != 0 && rename(path, kept) != 0)
		why = errno;
	if (!why)
		move_beside(path, kept, "-wal");
	free(kept);
	return why ? cannot_make(path, why, err) : ERR_OK;
}

static enum err_code put_in_place(const char *path, const char *temp,
				  struct err *err)
{
	char *shm = str_printf("%s-shm", path);
	enum err_code code = keep_old(path, temp, err);

	if (!code) {
		unlink(shm);
		if (rename(temp, path) != 0)
			code = cannot_make(path, errno, err);
		else
			file_sync_folder(path);
	}
	free(shm);
	return code;
}

/* With nobody else in the store at `path`. */
static enum err_code replace(struct store *from, const char *path,
			     struct err *err)
{
	struct store at = { .lock_fd = -1 };
	char *temp = NULL;
	enum err_code code;

	at.path = xstrdup(path);
	at.file = realpath(path, NULL);
	if (!at.file)
		at.file = xstrdup(path);
	code = lock_open(&at, err);
	if (!code)
		code = lock_alone(&at, true, err);
	if (!code)
		code = temporary(at.file, &temp, err);
	if (!code)
		code = copy_to(from, at.file, temp, err);
	if (!code)
		code = put_in_place(at.file, temp, err);
	if (code && temp)
		unlink(temp);
	lock_close(&at);
	free(temp);
	free(at.file);
	free(at.path);
	return code;
}

static enum err_code check_target(const struct store *from, const char *path,
				  struct err *err)
{
	struct stat a, b;
	bool missing;
	enum err_code code = check_path(path, &missing, err);

	if (!code)
		code = check_network(path, err);
	if (!code && missing)
		code = make_folders(path, err);
	if (!code && !missing && stat(path, &a) == 0 &&
	    stat(from->file, &b) == 0 && a.st_dev == b.st_dev &&
	    a.st_ino == b.st_ino)
		code = err_set(err, ERR_INPUT,
			       _("%s 就是现在的草稿库，不能从它自己恢复"),
			       path);
	return code;
}

/* Is it there, and can it be a backup at all? */
static enum err_code check_backup(const char *backup, struct err *err)
{
	static const char mark[] = "SQLite format 3";
	char head[sizeof mark] = "";
	FILE *f = fopen(backup, "rbe");
	bool well;

	if (!f)
		return err_set(err, ERR_STORE,
			       _("备份 %s 打不开：%s；草稿库没有动"), backup,
			       err_errno(errno));
	well = fread(head, 1, sizeof head, f) == sizeof head &&
	       memcmp(head, mark, sizeof mark) == 0;
	fclose(f);
	if (well)
		return ERR_OK;
	return err_set(err, ERR_STORE,
		       _("文件 %s 不是备份，草稿库没有动；请用 nianbao backup "
			 "做的文件"),
		       backup);
}

enum err_code store_restore(const char *backup, const char *path,
			    struct err *err)
{
	struct store *from;
	char *problems = NULL;
	enum err_code code = check_backup(backup, err);

	if (code)
		return code;
	from = store_open(backup, STORE_READ, err);
	if (!from)
		return ERR_STORE;
	code = store_verify(from, &problems, err);
	if (!code && *problems)
		code = err_set(err, ERR_STORE,
			       _("备份 %s 已损坏，没有用它恢复；请换一份备份"),
			       backup);
	if (!code)
		code = check_target(from, path, err);
	if (!code)
		code = replace(from, path, err);
	free(problems);
	store_close(from);
	return code;
}

enum err_code store_remove(struct store *s, struct err *err)
{
	static const char *const endings[] = { "-wal", "-shm", "", "-lock" };
	enum err_code code = lock_alone(s, true, err);

	if (code)
		return code;
	sql_forget(s);
	sqlite3_close(s->db);
	s->db = NULL;
	s->depth = 0;
	for (size_t i = 0; i < sizeof endings / sizeof *endings && !code; i++) {
		char *file = str_printf("%s%s", s->file, endings[i]);

		if (unlink(file) != 0 && errno != ENOENT)
			code = err_set(err, ERR_STORE, _("文件 %s 删不掉：%s"),
				       file, err_errno(errno));
		free(file);
	}
	return code;
}

/* ---- verify ---- */

struct problem {
	char *text;
};
static const struct column problem_columns[] = {
	{ COLUMN_TEXT, offsetof(struct problem, text) },
};
static const struct shape problem_shape = { sizeof(struct problem),
					    problem_columns, 1 };

static enum err_code add_problems(struct store *s, const char *sql,
				  struct str *out, struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows_built(s, sql, NO_BINDS, &problem_shape, &rows, err);
	const struct problem *list = rows.list;

	for (size_t i = 0; i < rows.count; i++)
		if (strcmp(list[i].text, "ok") != 0)
			str_addf(out, "%s%s", out->len ? "\n" : "",
				 list[i].text);
	shape_free(&problem_shape, rows.list, rows.count);
	return code;
}

enum err_code store_verify(struct store *s, char **problems, struct err *err)
{
	struct str out = { 0 };
	enum err_code code =
		add_problems(s, "PRAGMA integrity_check(20)", &out, err);

	if (!code)
		code = add_problems(s,
				    "SELECT \"table\" || ' ' ||"
				    " coalesce(rowid, '') || ' → ' || parent"
				    " FROM pragma_foreign_key_check LIMIT 20",
				    &out, err);
	*problems = str_steal(&out);
	return code;
}
