/* Locks of the store, and what is left when their owner is killed. */
#include "tests/unit.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/date.h"
#include "core/store.h"
#include "core/str.h"
#include "tests/shelf.h"

static void expect_refused(struct store *s, int64_t id, bool here)
{
	struct editor who;
	struct err err = { 0 };
	char since[DATE_MOMENT];
	int64_t token;

	assert_int_equal(store_lock(s, id, false, &token, &who, &err),
			 ERR_REFUSED);
	assert_int_equal(token, 0);
	assert_non_null(strstr(err.text, who.user));
	assert_non_null(strstr(err.text, date_clock(who.since, since)));
	assert_int_equal(who.here, here);
	editor_free(&who);
}

static void test_lock(void **state)
{
	struct shelf *f = *state;
	struct store *other = shelf_open(f->path, STORE_WRITE);
	struct store *reader = shelf_open(f->path, STORE_READ);
	struct editor who;
	int64_t token, second;

	assert_false(store_editor(other, f->id, &who));
	token = shelf_lock(f->s, f->id);
	expect_refused(other, f->id, true); /* another connection … */
	expect_refused(f->s, f->id, true);  /* … or the same */
	assert_true(store_editor(reader, f->id, &who));
	assert_true(who.here);
	assert_int_equal(who.pid, getpid());
	assert_string_equal(who.user, store_actor(f->s)->name);
	editor_free(&who);
	assert_true(store_holds(f->s, f->id, token));
	assert_false(store_holds(f->s, f->id, token + 1));
	assert_false(store_holds(f->s, f->id, 0));
	store_unlock(f->s, f->id, token);
	assert_false(store_holds(f->s, f->id, token));
	assert_false(store_editor(reader, f->id, &who));
	second = shelf_lock(other, f->id);
	assert_int_not_equal(second, token);
	assert_int_equal(shelf_type(f->s, f->id, token, "甲", NULL),
			 ERR_REFUSED);
	assert_int_equal(shelf_type(other, f->id, 0, "甲", NULL), ERR_REFUSED);
	assert_int_equal(shelf_type(other, f->id, second, "甲", NULL), ERR_OK);
	store_close(reader);
	store_close(other); /* without store_unlock() */
	store_unlock(f->s, f->id, shelf_lock(f->s, f->id));
}

static void test_take_over(void **state)
{
	struct shelf *f = *state;
	struct store *other = shelf_open(f->path, STORE_WRITE);
	int64_t old = shelf_lock(f->s, f->id), token;
	struct journal_state j;
	struct editor who;
	struct err err = { 0 };

	FINE(store_sign_in(other, "李", WHY));
	FINE(shelf_type(f->s, f->id, old, "甲", WHY));
	FINE(store_lock(other, f->id, true, &token, &who, WHY));
	assert_int_equal(shelf_type(f->s, f->id, old, "乙", &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "李"));
	assert_int_equal(store_journal_move(f->s, f->id, old, 0, NULL),
			 ERR_REFUSED);
	assert_false(store_holds(f->s, f->id, old));
	FINE(shelf_type(other, f->id, token, "丙", WHY));
	FINE(store_journal(f->s, f->id, &j, WHY));
	assert_int_equal(j.last, 2);
	/* the old one's leaving is not the new one's */
	store_unlock(f->s, f->id, old);
	assert_true(store_holds(other, f->id, token));
	expect_refused(f->s, f->id, true);
	/* gone again, but who it was is still said */
	store_unlock(other, f->id, token);
	assert_int_equal(shelf_type(f->s, f->id, old, "乙", &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "李"));
	store_close(other);
}

/* A transaction rolled back gives the lock back, too. */
static void test_lock_undone(void **state)
{
	struct shelf *f = *state;
	struct store *other = shelf_open(f->path, STORE_WRITE);
	int64_t token;

	FINE(store_begin(f->s, WHY));
	token = shelf_lock(f->s, f->id);
	store_rollback(f->s);
	assert_false(store_holds(f->s, f->id, token));
	store_unlock(other, f->id, shelf_lock(other, f->id));
	store_close(other);
}

/* The child types until it is killed and says each step that was taken. */
static void type_for_ever(const char *path, int64_t id, int pipe_to)
{
	struct store *s = store_open(path, STORE_WRITE, NULL);
	struct editor who;
	int64_t token;

	if (!s || store_sign_in(s, "孩子", NULL) ||
	    store_lock(s, id, true, &token, &who, NULL))
		_exit(1);
	for (;;)
		if (shelf_type(s, id, token, "字", NULL) != ERR_OK ||
		    write(pipe_to, "x", 1) != 1)
			_exit(2);
}

static int64_t read_some(int fd, int64_t want)
{
	char buf[256];
	int64_t n = 0;
	ssize_t got = 1;

	while (n < want && got > 0) {
		got = read(fd, buf, sizeof buf);
		n += got > 0 ? got : 0;
	}
	return n;
}

static void test_killed(void **state)
{
	struct shelf *f = *state;
	int64_t said = 0;
	unsigned seed = 7;

	store_close(f->s); /* a fork may not share it */
	f->s = NULL;
	for (int round = 0; round < 25; round++) {
		struct journal_state j;
		int fds[2], status;
		pid_t pid;

		assert_int_equal(pipe(fds), 0);
		pid = fork();
		if (pid == 0)
			type_for_ever(f->path, f->id, fds[1]);
		close(fds[1]);
		seed = seed * 1103515245 + 12345;
		said += read_some(fds[0], 1 + (seed >> 8) % 200);
		if (round == 0) {
			f->s = shelf_open(f->path, STORE_WRITE);
			expect_refused(f->s, f->id, false);
			store_close(f->s);
			f->s = NULL;
		}
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		said += read_some(fds[0], INT64_MAX);
		close(fds[0]);
		f->s = shelf_open(f->path, STORE_WRITE);
		FINE(store_journal(f->s, f->id, &j, WHY));
		assert_true(j.at >= said && j.at <= said + round + 1);
		/* the lock of a dead process is no lock */
		store_unlock(f->s, f->id, shelf_lock(f->s, f->id));
		store_close(f->s);
		f->s = NULL;
	}
}

#define GROUP_TEST(test)                                                       \
	cmocka_unit_test_setup_teardown(test, shelf_set_up, shelf_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		GROUP_TEST(test_lock),
		GROUP_TEST(test_take_over),
		GROUP_TEST(test_lock_undone),
		GROUP_TEST(test_killed),
	};

	return cmocka_run_group_tests_name("store_lock", tests, NULL, NULL);
}
