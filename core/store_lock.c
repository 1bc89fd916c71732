/*
 * One editor a report.  The row says who; whether he lives is said by a lock
 * on one byte of PATH-lock, at the offset of his token, which the kernel drops
 * with his process.  The locks belong to the open file description (OFD), so
 * two stores in one process do not share them either.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/tr.h"

enum {
	PATIENCE = 100 /* times 10 ms */
};

/* ---- the file beside the store ---- */

static bool set_lock(const struct store *s, int type, int64_t at)
{
	struct flock l = { .l_type = (short)type, .l_whence = SEEK_SET };

	l.l_start = at;
	l.l_len = 1;
	return fcntl(s->lock_fd, F_OFD_SETLK, &l) == 0;
}

/* Give a file beside the store the store's mode and group (and, as root, its
 * owner), as far as we may.  Not opened: closing a file that SQLite has locked
 * would drop its locks. */
static void share_file(const char *path, const struct stat *like)
{
	int fd = open(path, O_PATH | O_CLOEXEC | O_NOFOLLOW);
	uid_t owner = geteuid() == 0 ? like->st_uid : (uid_t)-1;
	struct stat st;
	char self[64];

	if (fd < 0)
		return;
	snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		if (fchownat(fd, "", owner, like->st_gid, AT_EMPTY_PATH) != 0)
			errno = 0; /* not a member of the group */
		if ((st.st_mode & 0777) != (like->st_mode & 0666) &&
		    chmod(self, like->st_mode & 0666) != 0)
			errno = 0; /* its owner will */
	}
	close(fd);
}

void lock_share(struct store *s)
{
	static const char *const endings[] = { "-lock", "-wal", "-shm" };
	struct stat now;

	if (!s->file || s->readable_only || stat(s->file, &now) != 0 ||
	    (now.st_mode == s->shared_mode && now.st_gid == s->shared_group))
		return;
	s->shared_mode = now.st_mode;
	s->shared_group = now.st_gid;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		char *path = str_printf("%s%s", s->file, endings[i]);

		share_file(path, &now);
		free(path);
	}
}

static int make_file(const char *path, const char *store)
{
	struct stat st;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
		      0600);

	if (fd >= 0 && stat(store, &st) == 0)
		share_file(path, &st);
	return fd;
}

static int open_file(const struct store *s, const char *path)
{
	int how = s->readable_only ? O_RDONLY : O_RDWR;
	int fd = open(path, how | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 && errno == ENOENT && !s->readable_only)
		fd = make_file(path, s->file);
	if (fd < 0 && errno == EEXIST)
		fd = open(path, how | O_CLOEXEC | O_NOFOLLOW);
	return fd;
}

/* The last one out takes the file away, see leave_file(). */
static bool is_file(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* 0: opened and byte 0 held; else why not, *locks: it is the lock. */
static int try_file(struct store *s, const char *path, bool *locks)
{
	int why = 0;

	*locks = false;
	s->lock_fd = open_file(s, path);
	if (s->lock_fd < 0)
		return errno;
	if (!set_lock(s, F_RDLCK, 0)) {
		why = errno;
		*locks = true;
	} else if (!is_file(s->lock_fd, path)) {
		why = ENOENT;
	}
	if (why) {
		close(s->lock_fd);
		s->lock_fd = -1;
	}
	return why;
}

/* With some patience for one who is just leaving. */
static int hold_file(struct store *s, bool *locks)
{
	static const struct timespec pause = { 0, 10000000 };
	char *path = str_printf("%s-lock", s->file);
	int why = EAGAIN;

	for (int i = 0; i < PATIENCE; i++) {
		why = try_file(s, path, locks);
		if ((why != EAGAIN && why != ENOENT) ||
		    (why == ENOENT && s->readable_only))
			break;
		nanosleep(&pause, NULL);
	}
	free(path);
	return why;
}

enum err_code lock_open(struct store *s, struct err *err)
{
	bool locks;
	int why = hold_file(s, &locks);

	if (!why || (s->readable_only && !locks))
		return ERR_OK;
	if (why == EACCES)
		return err_set(err, ERR_STORE,
			       _("草稿库旁边的锁文件 %s-lock 没有权限打开；"
				 "请让它的属主再打开一次草稿库，"
				 "它就有和库一样的权限"),
			       s->file);
	if (!locks)
		return err_set(err, ERR_STORE,
			       _("草稿库旁边的锁文件 %s-lock 打不开：%s；"
				 "请检查它的权限"),
			       s->file, err_errno(why));
	if (why == EAGAIN)
		return err_set(err, ERR_STORE,
			       _("草稿库 %s 正在恢复或升级；请稍后再试"),
			       s->path);
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 所在的盘不支持文件锁（%s）；"
			 "请放到本机的盘上"),
		       s->path, err_errno(why));
}

enum err_code lock_alone(struct store *s, bool alone, struct err *err)
{
	if (set_lock(s, alone ? F_WRLCK : F_RDLCK, 0))
		return ERR_OK;
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 正被别的 nianbao 打开，这时不能恢复、升级"
			 "或重做；请先都退出"),
		       s->path);
}

/* The last one out takes the file away, so that the next one, another login
 * perhaps, makes it with the mode that the store has by then. */
static void leave_file(struct store *s)
{
	char *path = str_printf("%s-lock", s->file);

	if (set_lock(s, F_WRLCK, 0) && is_file(s->lock_fd, path))
		unlink(path);
	free(path);
	close(s->lock_fd);
}

void lock_close(struct store *s)
{
	if (s->lock_fd >= 0)
		leave_file(s);
	s->lock_fd = -1;
	free(s->held);
	s->held = NULL;
	s->held_count = s->held_room = 0;
}

/* ---- tokens ---- */

static size_t find_held(const struct store *s, int64_t token)
{
	size_t i = 0;

	while (i < s->held_count && s->held[i] != token)
		i++;
	return i;
}

/* Is there a process that holds it?  A lock of this very store's does not
 * stand in its own way, so those are known by heart. */
static bool is_alive(const struct store *s, int64_t token)
{
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (token <= 0)
		return false;
	if (find_held(s, token) < s->held_count)
		return true;
	if (s->lock_fd < 0)
		return false;
	l.l_start = token;
	l.l_len = 1;
	return fcntl(s->lock_fd, F_OFD_GETLK, &l) == 0 && l.l_type != F_UNLCK;
}

/* A new one, its byte locked; 0 when that cannot be. */
static int64_t new_token(struct store *s)
{
	uint64_t random = 0;
	int64_t token = 0;

	while (token == 0) {
		if (getrandom(&random, sizeof random, 0) != sizeof random)
			continue;
		token = (int64_t)(random >> 2);
	}
	if (!set_lock(s, F_WRLCK, token))
		return 0;
	s->held = mem_grow(s->held, s->held_count, &s->held_room,
			   sizeof *s->held);
	s->held[s->held_count++] = token;
	return token;
}

static void drop_token(struct store *s, int64_t token)
{
	size_t i = find_held(s, token);

	if (i == s->held_count)
		return;
	s->held[i] = s->held[--s->held_count];
	set_lock(s, F_UNLCK, token);
}

/* ---- the row ---- */

struct owner {
	int64_t token;
	struct editor who;
};

static const struct column owner_columns[] = {
	{ COLUMN_INT64, offsetof(struct owner, token) },
	{ COLUMN_INT64, offsetof(struct owner, who.pid) },
	{ COLUMN_TEXT, offsetof(struct owner, who.user) },
	{ COLUMN_TEXT, offsetof(struct owner, who.since) },
};
static const struct shape owner_shape = { sizeof(struct owner), owner_columns,
					  4 };

/* Who had it last; all zero if nobody ever. */
static enum err_code read_owner(struct store *s, int64_t report,
				struct owner *out, struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s,
			 "SELECT token, pid, user, since"
			 " FROM journal WHERE report=?1",
			 BINDS(sql_number(report)), &owner_shape, &rows, err);

	*out = (struct owner){ 0 };
	if (rows.count)
		*out = *(struct owner *)rows.list;
	out->who.here = out->who.pid == getpid();
	free(rows.list);
	return code;
}

void editor_free(struct editor *who)
{
	free(who->user);
	free(who->since);
	*who = (struct editor){ 0 };
}

bool store_editor(struct store *s, int64_t report, struct editor *who)
{
	struct owner owner;
	bool alive = read_owner(s, report, &owner, NULL) == ERR_OK &&
		     is_alive(s, owner.token);

	if (alive)
		*who = owner.who;
	else
		editor_free(&owner.who);
	return alive;
}

bool store_holds(struct store *s, int64_t report, int64_t token)
{
	int64_t now = 0;

	return token > 0 &&
	       sql_numbers(s, "SELECT token FROM journal WHERE report=?1",
			   BINDS(sql_number(report)), &now, 1, NULL,
			   NULL) == ERR_OK &&
	       now == token;
}

enum err_code lock_check(struct store *s, int64_t report, int64_t token,
			 struct err *err)
{
	struct owner owner;
	char since[DATE_MOMENT];
	enum err_code code = read_owner(s, report, &owner, err);

	if (code || (token > 0 && owner.token == token)) {
		editor_free(&owner.who);
		return code;
	}
	if (owner.who.user && *owner.who.user)
		code = err_set(err, ERR_REFUSED,
			       _("%s 于 %s 接手了这份报告，"
				 "这一步没有存；要继续填写，请重新打开"),
			       owner.who.user,
			       date_clock(owner.who.since, since));
	else
		code = err_set(err, ERR_REFUSED,
			       _("这份报告没有以填写方式打开，这一步没有存"));
	editor_free(&owner.who);
	return code;
}

static enum err_code in_use(const struct editor *who, struct err *err)
{
	char since[DATE_MOMENT];

	return err_set(err, ERR_REFUSED,
		       who->here ? _("%s 自 %s 起正在填写这份报告，"
				     "就在本程序的另一处；请先在那里退出")
				 : _("%s 自 %s 起正在填写这份报告；可以查看，"
				     "要改请等对方退出"),
		       who->user, date_clock(who->since, since));
}

static enum err_code write_owner(struct store *s, int64_t report,
				 int64_t *token, struct err *err)
{
	char now[DATE_MOMENT];
	enum err_code code;

	*token = new_token(s);
	if (!*token)
		return err_set(err, ERR_STORE,
			       _("锁文件 %s-lock 不能上锁；请检查磁盘"),
			       s->file);
	code = sql_run(s, "INSERT OR IGNORE INTO journal(report) VALUES(?1)",
		       BINDS(sql_number(report)), err);
	if (!code)
		code = sql_run(s,
			       "UPDATE journal SET token=?2, pid=?3, user=?4,"
			       " since=?5 WHERE report=?1",
			       BINDS(sql_number(report), sql_number(*token),
				     sql_number(getpid()),
				     sql_text(s->actor.name),
				     sql_text(date_now(now))),
			       err);
	return code;
}

static enum err_code lock_in(struct store *s, int64_t report, bool take_over,
			     int64_t *token, struct editor *who,
			     struct err *err)
{
	struct owner owner;
	enum err_code code = read_owner(s, report, &owner, err);

	if (!code && is_alive(s, owner.token) && !take_over) {
		*who = owner.who;
		return in_use(who, err);
	}
	editor_free(&owner.who);
	return code ? code : write_owner(s, report, token, err);
}

enum err_code store_lock(struct store *s, int64_t report, bool take_over,
			 int64_t *token, struct editor *who, struct err *err)
{
	enum err_code code = store_begin(s, err);

	*who = (struct editor){ 0 };
	*token = 0;
	if (code)
		return code;
	code = lock_in(s, report, take_over, token, who, err);
	code = store_end(s, code, false, err);
	if (code && *token) {
		drop_token(s, *token);
		*token = 0;
	}
	return code;
}

void store_unlock(struct store *s, int64_t report, int64_t token)
{
	if (token <= 0)
		return;
	if (store_begin(s, NULL) == ERR_OK)
		store_end(s,
			  sql_run(s,
				  "UPDATE journal SET token=0"
				  " WHERE report=?1 AND token=?2",
				  BINDS(sql_number(report), sql_number(token)),
				  NULL),
			  false, NULL);
	drop_token(s, token);
}
