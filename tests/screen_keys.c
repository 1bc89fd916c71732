/* Keys as terminals send them, through the real reader. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/screen_stage.h"
#include "tests/unit.h"
#include "tui/input.h"

static int set_up(void **state)
{
	(void)state;
	stage_open(24, 80);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	stage_close();
	return 0;
}

static const struct {
	const char *bytes, *key, *text;
} keys[] = {
	{ "\033OA", "Up", NULL },       { "\033[1~", "Home", NULL },
	{ "\033[H", "Home", NULL },     { "\033[4~", "End", NULL },
	{ "\033OF", "End", NULL },      { "\033[1;5D", "C-Left", NULL },
	{ "\033[1;5F", "C-End", NULL }, { "\033[11~", "F1", NULL },
	{ "\033OP", "F1", NULL },       { "\033[21~", "F10", NULL },
	{ "\033n", "M-n", NULL },       { "\0330", "M-0", NULL },
	{ "\033", "Esc", NULL },        { "\r", "Enter", NULL },
	{ "\033Oq", NULL, "1" },        { "\033On", NULL, "." },
	{ "一", NULL, "一" },           { "\xff\xe4\xb8\x80", NULL, "一" },
};

/* The next event that is one; NONE when there is no more to read. */
static void next(struct event *event)
{
	for (int tries = 0; tries < 3; tries++) {
		stage_read(event);
		if (event->kind != EVENT_NONE)
			return;
	}
}

static void test_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct event event;

		stage_send(keys[i].bytes, strlen(keys[i].bytes));
		next(&event);
		if (keys[i].text) {
			assert_int_equal(event.kind, EVENT_TEXT);
			assert_string_equal(event.text, keys[i].text);
		} else {
			assert_int_equal(event.kind, EVENT_KEY);
			assert_int_equal(
				keymap_action(event.key),
				keymap_action(keymap_key(keys[i].key)));
		}
	}
}

static void test_paste(void **state)
{
	static const char bytes[] = "\033[200~甲\r乙\t1\033[201~x";
	struct event event;

	(void)state;
	stage_send(bytes, sizeof bytes - 1);
	next(&event);
	assert_int_equal(event.kind, EVENT_PASTE);
	assert_string_equal(event.paste->s, "甲\n乙\t1");
	next(&event);
	assert_string_equal(event.text, "x");
}

/* Keys behind a stray byte and behind an Esc all arrive, in order. */
static void test_no_key_lost(void **state)
{
	static const char bytes[] = "\xff\xfe"
				    "ab\033\033OBc";
	struct event event;

	(void)state;
	stage_send(bytes, sizeof bytes - 1);
	next(&event);
	assert_string_equal(event.text, "a");
	next(&event);
	assert_string_equal(event.text, "b");
	next(&event);
	assert_int_equal(event.key, 27);
	next(&event);
	assert_int_equal(keymap_action(event.key), ACTION_DOWN);
	next(&event);
	assert_string_equal(event.text, "c");
}

/* A whole sequence that nobody knows is one key, and none of it is text. */
static const char *const unknown_keys[] = {
	"\033[1;2B",
	"\033[17;2~",
	"\033[1;3A",
	"\033[15;2~",
	"\033[5;5~",
	"\033[3;5~",
	"\033[1;2H",
	"\033[<0;10;5M",
	"\033[<64;10;5m",
	"\033[[Z",
	"\033[?1;2c",
	"\033O5z",
	"\033Oz",
	"\033\033[1;5A",
	"\033\033[99~",
	"\033[M !!",
	"\033[I",
	"\033[27;5;13~",
	"\033\033\x5b\x5b"
	"A",
};

static void is_unknown(const struct event *event, const char *bytes)
{
	if (event->kind == EVENT_KEY && event->key != 27 &&
	    keymap_action(event->key) == ACTION_NONE)
		return;
	fail_msg("%s: kind %d, key %x, %s", bytes + 1, event->kind, event->key,
		 event->text);
}

static void test_unknown_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof unknown_keys / sizeof *unknown_keys;
	     i++) {
		struct event event;

		stage_send(unknown_keys[i], strlen(unknown_keys[i]));
		stage_send("x", 1);
		next(&event);
		is_unknown(&event, unknown_keys[i]);
		next(&event);
		assert_int_equal(event.kind, EVENT_TEXT);
		assert_string_equal(event.text, "x");
	}
}

/* The pieces come as over a slow line, a pause between them. */
static pid_t send_slowly(const char *const *pieces, long ms)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	for (; *pieces; pieces++) {
		const struct timespec pause = { 0, ms * 1000000L };

		stage_send(*pieces, strlen(*pieces));
		nanosleep(&pause, NULL);
	}
	_exit(0);
}

static void next_slow(struct event *event)
{
	for (int tries = 0; tries < 200; tries++) {
		const struct timespec pause = { 0, 10 * 1000000L };

		stage_read(event);
		if (event->kind != EVENT_NONE && event->kind != EVENT_TICK)
			return;
		nanosleep(&pause, NULL);
	}
	fail_msg("nothing came");
}

static void test_slow(void **state)
{
	static const struct {
		const char *pieces[8];
		long ms;
		const char *key, *paste;
	} rows[] = {
		{ { "\033", "[B" }, 50, "Down", NULL },
		{ { "\033[", "B" }, 50, "Down", NULL },
		{ { "\033", "[", "1", ";", "2", "B" }, 40, NULL, NULL },
		{ { "\033", "O", "z" }, 50, NULL, NULL },
		{ { "\033" }, 50, "Esc", NULL },
		{ { "\033", "[20", "0~一", "二\033", "[2", "01~" },
		  50,
		  NULL,
		  "一二" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pid_t child = send_slowly(rows[i].pieces, rows[i].ms);
		struct event event;

		next_slow(&event);
		if (rows[i].paste) {
			assert_int_equal(event.kind, EVENT_PASTE);
			assert_string_equal(event.paste->s, rows[i].paste);
		} else if (rows[i].key) {
			assert_int_equal(event.kind, EVENT_KEY);
			assert_int_equal(
				keymap_action(event.key),
				keymap_action(keymap_key(rows[i].key)));
		} else {
			is_unknown(&event, rows[i].pieces[0]);
		}
		assert_int_equal(waitpid(child, NULL, 0), child);
		stage_send("x", 1);
		next_slow(&event);
		assert_string_equal(event.text, "x");
	}
}

/* So late that Esc was one: the rest is no text all the same. */
static void test_late(void **state)
{
	static const char *const pieces[] = { "\033", "[1;2B", NULL };
	pid_t child = send_slowly(pieces, 180);
	struct event event;

	(void)state;
	next_slow(&event);
	assert_int_equal(event.key, 27);
	next_slow(&event);
	is_unknown(&event, pieces[1]);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ON_STAGE(test_keys),        ON_STAGE(test_paste),
		ON_STAGE(test_no_key_lost), ON_STAGE(test_unknown_keys),
		ON_STAGE(test_slow),        ON_STAGE(test_late),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
