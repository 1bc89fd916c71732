/* The file: what may not be opened, full disks, copies. */
#include "tests/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/store.h"
#include "core/str.h"
#include "tests/shelf.h"

static mode_t mode_of(const char *path, const char *ending)
{
	char *name = str_printf("%s%s", path, ending);
	struct stat st = { 0 };

	if (stat(name, &st) != 0)
		fail_msg("%s is missing", name);
	free(name);
	return st.st_mode & 0777;
}

/* ---- making and modes ---- */

static void test_modes(void **state)
{
	static const char *const beside[] = { "-wal", "-shm", "-lock" };
	struct shelf *f = *state;
	char *deep = shelf_path(f, "x/y/z.db"), *folder = shelf_path(f, "x/y");
	mode_t mask = umask(0);
	struct store *s = shelf_open(deep, STORE_CREATE);

	umask(mask);
	assert_int_equal(mode_of(folder, ""), 0700);
	assert_int_equal(mode_of(deep, ""), 0600);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(mode_of(deep, beside[i]), 0600);
	store_close(s);

	/* a mode given later is kept, and the files beside it take it: the
	 * lock is made anew, for the last one out has taken it away */
	assert_int_equal(chmod(deep, 0660), 0);
	folder = (free(folder), str_printf("%s-lock", deep));
	assert_int_not_equal(access(folder, F_OK), 0);
	mask = umask(077);
	s = shelf_open(deep, STORE_CREATE);
	umask(mask);
	FINE(store_config_set(s, "enter", "down", WHY));
	assert_int_equal(mode_of(deep, ""), 0660);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(mode_of(deep, beside[i]), 0660);
	assert_int_equal(chmod(deep, 0640), 0); /* while it is open */
	FINE(store_config_set(s, "enter", "right", WHY));
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(mode_of(deep, beside[i]), 0640);
	store_close(s);
	free(folder);
	free(deep);
}

static void test_default_path(void **state)
{
	static const struct {
		const char *db, *data, *home, *want;
	} rows[] = {
		{ "/a/b.db", "/d", "/h", "/a/b.db" },
		{ "", "/d", "/h", "/d/nianbao/nianbao.db" },
		{ NULL, "d", "/h", "/h/.local/share/nianbao/nianbao.db" },
		{ NULL, NULL, "/h", "/h/.local/share/nianbao/nianbao.db" },
	};
	static const char *const names[] = { "NIANBAO_DB", "XDG_DATA_HOME",
					     "HOME" };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *const values[] = { rows[i].db, rows[i].data,
					       rows[i].home };
		char *path;

		for (size_t k = 0; k < 3; k++)
			if (values[k])
				setenv(names[k], values[k], 1);
			else
				unsetenv(names[k]);
		path = store_default_path();
		assert_string_equal(path, rows[i].want);
		free(path);
	}
}

/* ---- what may not be opened ---- */

static void refused(const char *path, enum store_mode mode)
{
	struct err err = { 0 };
	struct store *s = store_open(path, mode, &err);

	if (s)
		fail_msg("%s is opened", path);
	assert_int_equal(err.code, ERR_STORE);
	if (!strstr(err.text, path) || strchr(err.text, '\n'))
		fail_msg("%s", err.text);
}

/* By every mode, and nothing is changed or left beside it. */
static void refused_whole(const char *path)
{
	char *before, *after, *lock = str_printf("%s-lock", path);
	size_t len, len_after;

	shelf_read(path, &before, &len);
	refused(path, STORE_READ);
	refused(path, STORE_WRITE);
	refused(path, STORE_CREATE);
	shelf_read(path, &after, &len_after);
	assert_int_equal(len, len_after);
	assert_memory_equal(before, after, len);
	assert_int_not_equal(access(lock, F_OK), 0);
	free(before);
	free(after);
	free(lock);
}

static void test_bad_paths(void **state)
{
	struct shelf *f = *state;
	char *fifo = shelf_path(f, "fifo"), *none = shelf_path(f, "n/o.db");
	char *under = str_printf("%s/under.db", f->path);

	refused(f->folder, STORE_CREATE);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	refused(fifo, STORE_READ);
	refused(under, STORE_CREATE);
	refused(none, STORE_READ);
	refused(none, STORE_WRITE);
	refused("", STORE_CREATE);
	*strrchr(none, '/') = '\0';
	assert_int_not_equal(access(none, F_OK), 0);
	refused("/proc/nosuch/a.db", STORE_CREATE);
	free(fifo);
	free(none);
	free(under);
}

static void test_not_a_store(void **state)
{
	struct shelf *f = *state;
	char *path = shelf_path(f, "x"), *bytes;
	char text[200] = "hello, this is a letter";
	size_t len;

	shelf_write(path, text, 23);
	refused_whole(path);
	shelf_write(path, text, sizeof text);
	refused_whole(path);
	shelf_write(path, text, 0);
	refused_whole(path);
	/* another program's database: its application_id is at 68 */
	store_close(f->s);
	f->s = NULL;
	shelf_read(f->path, &bytes, &len);
	bytes[71]++;
	shelf_write(path, bytes, len);
	refused_whole(path);
	free(bytes);
	free(path);
}

static void test_truncated(void **state)
{
	struct shelf *f = *state;
	char *path = shelf_path(f, "cut.db"), *bytes;
	size_t len;

	store_close(f->s);
	f->s = NULL;
	shelf_read(f->path, &bytes, &len);
	for (size_t cut = 0; cut < len; cut += cut < 200 ? 50 : 4001) {
		shelf_write(path, bytes, cut);
		refused_whole(path);
	}
	shelf_write(path, bytes, len - 1);
	refused_whole(path);
	shelf_write(path, bytes, len);
	store_close(shelf_open(path, STORE_WRITE));
	free(bytes);
	free(path);
}

/* Any bytes: a sentence or a store, never a crash. */
static void test_damaged(void **state)
{
	struct shelf *f = *state;
	char *path = shelf_path(f, "bad.db"), *bytes;
	unsigned seed = 1;
	size_t len;

	store_close(f->s);
	f->s = NULL;
	shelf_read(f->path, &bytes, &len);
	for (int round = 0; round < 150; round++) {
		const struct report_filter all = { .state = -1 };
		struct report_row *list;
		struct err err = { 0 };
		struct store *s;
		char *copy = xmalloc(len), *problems = NULL;
		size_t count;
		int64_t broken;

		memcpy(copy, bytes, len);
		for (int i = 0; i < 20; i++) {
			seed = seed * 1103515245 + 12345;
			copy[100 + (seed >> 8) % (len - 100)] ^=
				(char)(1 + (seed >> 4) % 255);
		}
		shelf_write(path, copy, len);
		free(copy);
		s = store_open(path, STORE_WRITE, &err);
		assert_true(s || *err.text);
		if (!s)
			continue;
		if (store_reports(s, &all, &list, &count, &err) == ERR_OK)
			store_reports_free(list, count);
		store_history_verify(s, &broken, NULL);
		assert_true(store_verify(s, &problems, &err) == ERR_OK ||
			    *err.text);
		free(problems);
		store_close(s);
	}
	free(bytes);
	free(path);
}

/* Run as somebody whom permissions bind; his status. */
static int as_nobody(void (*deed)(const char *path), const char *path)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
			_exit(99);
		deed(path);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void nobody_writes(const char *path)
{
	struct err err = { 0 };

	if (store_open(path, STORE_WRITE, &err) || err.code != ERR_STORE ||
	    !strstr(err.text, path))
		_exit(1);
	if (store_open(path, STORE_CREATE, &err))
		_exit(2);
}

static void nobody_reads(const char *path)
{
	const struct report_filter all = { .state = -1 };
	struct report_row *list;
	struct err err = { 0 };
	struct store *s;
	size_t count;

	nobody_writes(path);
	s = store_open(path, STORE_READ, &err);
	if (!s)
		_exit(3);
	if (store_reports(s, &all, &list, &count, &err) || count != 1)
		_exit(4);
	store_reports_free(list, count);
	if (store_config_set(s, "enter", "x", &err) != ERR_STORE)
		_exit(5);
	store_close(s);
}

static void nobody_opens(const char *path)
{
	struct err err = { 0 };

	if (store_open(path, STORE_READ, &err) || err.code != ERR_STORE ||
	    !strstr(err.text, path))
		_exit(6);
}

static void test_permissions(void **state)
{
	struct shelf *f = *state;

	/* while another has it open, and when nobody has */
	assert_int_equal(chmod(f->path, 0444), 0);
	assert_int_equal(chmod(f->folder, 0555), 0);
	assert_int_equal(as_nobody(nobody_writes, f->path), 0);
	store_close(f->s);
	f->s = NULL;
	assert_int_equal(as_nobody(nobody_reads, f->path), 0);
	assert_int_equal(chmod(f->path, 0666), 0); /* but not the folder */
	assert_int_equal(as_nobody(nobody_reads, f->path), 0);
	assert_int_equal(chmod(f->folder, 0777), 0); /* but not the file */
	assert_int_equal(chmod(f->path, 0444), 0);
	assert_int_equal(as_nobody(nobody_reads, f->path), 0);
	assert_int_equal(chmod(f->path, 0), 0);
	assert_int_equal(as_nobody(nobody_opens, f->path), 0);
	assert_int_equal(chmod(f->path, 0600), 0);
	assert_int_equal(chmod(f->folder, 0755), 0);
}

/* ---- a full disk ---- */

static void limit_files(rlim_t most)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = most;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_full(void **state)
{
	struct shelf *f = *state;
	char *path = shelf_path(f, "new.db"), *text = xmalloc(200001);
	struct stored_cell *list;
	struct err err = { 0 };
	size_t count;
	int64_t token = shelf_lock(f->s, f->id), broken;

	memset(text, 'x', 200000);
	text[200000] = '\0';
	signal(SIGXFSZ, SIG_IGN);
	limit_files(100000);
	FINE(store_begin(f->s, WHY));
	FINE(store_config_set(f->s, "enter", "right", WHY));
	if (store_cell_save(f->s, f->id, "a.b.c", SLOT_VALUE, text, false,
			    false, 0, &err) == ERR_OK)
		assert_int_equal(store_commit(f->s, true, &err), ERR_STORE);
	store_rollback(f->s);
	assert_non_null(strstr(err.text, "磁盘"));
	assert_non_null(strstr(err.text, f->path));
	memset(&err, 0, sizeof err);
	assert_int_equal(shelf_type(f->s, f->id, token, text, &err), ERR_STORE);
	assert_non_null(strstr(err.text, "磁盘"));
	limit_files(20000);
	refused(path, STORE_CREATE);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(store_backup(f->s, path, &err), ERR_STORE);
	assert_int_not_equal(access(path, F_OK), 0);
	limit_files(RLIM_INFINITY);

	assert_null(store_config_get(f->s, "enter"));
	FINE(store_cells(f->s, f->id, &list, &count, WHY));
	assert_int_equal(count, 0);
	FINE(shelf_type(f->s, f->id, token, text, WHY));
	FINE(store_history_verify(f->s, &broken, WHY));
	free(text);
	free(path);
}

/* ---- copies ---- */

static size_t files_in(const struct shelf *f)
{
	char *command = str_printf("ls '%s' | wc -l", f->folder);
	FILE *p = popen(command, "r");
	size_t n = 0;

	assert_non_null(p);
	assert_int_equal(fscanf(p, "%zu", &n), 1);
	pclose(p);
	free(command);
	return n;
}

static void expect_setting(const char *path, const char *want)
{
	struct store *s = shelf_open(path, STORE_READ);
	char *value = store_config_get(s, "enter"), *problems;

	assert_string_equal(value ? value : "", want);
	FINE(store_verify(s, &problems, WHY));
	assert_string_equal(problems, "");
	free(problems);
	free(value);
	store_close(s);
}

static void test_backup(void **state)
{
	struct shelf *f = *state;
	char *copy = shelf_path(f, "copy.db"), *kept;
	char *none = shelf_path(f, "none/copy.db");
	struct err err = { 0 };
	size_t before;

	FINE(store_config_set(f->s, "enter", "right", WHY));
	FINE(store_backup(f->s, copy, WHY)); /* the log is in it */
	assert_int_equal(mode_of(copy, ""), 0600);
	before = files_in(f);
	assert_int_equal(store_backup(f->s, copy, &err), ERR_FILE);
	assert_non_null(strstr(err.text, copy));
	assert_int_equal(store_backup(f->s, none, &err), ERR_STORE);
	assert_int_equal(files_in(f), before);
	FINE(store_config_set(f->s, "enter", "down", WHY));
	expect_setting(copy, "right");

	/* not while it is open; then the old one is kept */
	assert_int_equal(store_restore(copy, f->path, &err), ERR_STORE);
	assert_non_null(strstr(err.text, f->path));
	store_close(f->s);
	f->s = NULL;
	assert_int_equal(chmod(f->path, 0640), 0);
	FINE(store_restore(copy, f->path, WHY));
	expect_setting(f->path, "right");
	assert_int_equal(mode_of(f->path, ""), 0640);
	kept = str_printf("%s.before-restore", f->path);
	expect_setting(kept, "down");
	FINE(store_restore(kept, f->path, WHY));
	expect_setting(f->path, "down");
	kept = (free(kept), str_printf("%s.before-restore-2", f->path));
	expect_setting(kept, "right");
	assert_int_equal(store_restore(f->path, f->path, NULL), ERR_INPUT);
	FINE(store_restore(copy, none, WHY)); /* where there was nothing */
	expect_setting(none, "right");
	free(kept);
	free(copy);
	free(none);
}

/* The old store died with a log: that is kept with it. */
static void test_restore_over_dead(void **state)
{
	struct shelf *f = *state;
	char *copy = shelf_path(f, "copy.db"), *kept;
	int status;
	pid_t pid;

	FINE(store_backup(f->s, copy, WHY));
	store_close(f->s);
	f->s = NULL;
	pid = fork();
	if (pid == 0) {
		struct store *s = store_open(f->path, STORE_WRITE, NULL);

		if (!s || store_sign_in(s, NULL, NULL) ||
		    store_config_set(s, "enter", "late", NULL))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	FINE(store_restore(copy, f->path, WHY));
	expect_setting(f->path, "");
	kept = str_printf("%s.before-restore", f->path);
	expect_setting(kept, "late");
	free(kept);
	free(copy);
}

static void test_bad_backup(void **state)
{
	struct shelf *f = *state;
	char *bad = shelf_path(f, "bad.db"), *bytes;
	struct err err = { 0 };
	size_t len;

	FINE(store_config_set(f->s, "enter", "right", WHY));
	FINE(store_backup(f->s, bad, WHY));
	store_close(f->s);
	f->s = NULL;
	shelf_read(bad, &bytes, &len);
	memset(bytes + len / 2, 0x5a, len / 4);
	shelf_write(bad, bytes, len);
	assert_int_equal(store_restore(bad, f->path, &err), ERR_STORE);
	shelf_write(bad, bytes, len / 2);
	assert_int_equal(store_restore(bad, f->path, &err), ERR_STORE);
	assert_int_equal(store_restore(f->folder, f->path, &err), ERR_STORE);
	expect_setting(f->path, "right");
	free(bytes);
	free(bad);
}

#define GROUP_TEST(test)                                                       \
	cmocka_unit_test_setup_teardown(test, shelf_set_up, shelf_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		GROUP_TEST(test_modes),
		cmocka_unit_test(test_default_path),
		GROUP_TEST(test_bad_paths),
		GROUP_TEST(test_not_a_store),
		GROUP_TEST(test_truncated),
		GROUP_TEST(test_damaged),
		GROUP_TEST(test_permissions),
		GROUP_TEST(test_full),
		GROUP_TEST(test_backup),
		GROUP_TEST(test_restore_over_dead),
		GROUP_TEST(test_bad_backup),
	};

	return cmocka_run_group_tests_name("store_file", tests, NULL, NULL);
}
