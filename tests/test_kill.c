/*
 * kill -9 at random moments of typing.  A child types random steps through
 * draft_splice(), leaves, changes, undoes and redoes, and says on a pipe what
 * it is about to do and what was acknowledged.  The parent kills it, opens the
 * report and compares: every acknowledged step is there; of the one under way
 * all or nothing is.  NIANBAO_KILLS: how often (40).
 */
#include "tests/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/mem.h"
#include "tests/book.h"
#include "tests/made.h"

enum {
	CELLS = 4,
	TEXT_MAX = 640, /* bytes: a record is written in one piece */
};

static const char *const paths[CELLS] = {
	"overview.text",
	"requests.note",
	"requests.new.natural",
	"disclosure.fees.amount",
};

struct texts {
	char s[CELLS][TEXT_MAX];
};

/* What the child says: `about` to do it, then done, with all the texts.  Of a
 * splice and a change the outcome is known beforehand. */
struct record {
	bool about, known;
	struct texts texts;
};

_Static_assert(sizeof(struct record) <= 4096, "a pipe takes it whole");

static void look(struct draft *d, struct texts *out)
{
	memset(out, 0, sizeof *out);
	for (size_t c = 0; c < CELLS; c++)
		snprintf(out->s[c], TEXT_MAX, "%s", book_text(d, paths[c]));
}

static void say(int pipe, bool about, bool known, const struct texts *texts)
{
	struct record r;

	memset(&r, 0, sizeof r);
	r.about = about;
	r.known = known;
	r.texts = *texts;
	if (write(pipe, &r, sizeof r) != (ssize_t)sizeof r)
		_exit(2);
}

static void must(enum err_code code)
{
	if (code != ERR_OK)
		_exit(3);
}

/* ---- the child ---- */

/* What a splice will make of the text. */
static void foresee(char *text, size_t at, size_t removed, const char *s)
{
	char rest[TEXT_MAX];

	snprintf(rest, sizeof rest, "%s", text + at + removed);
	snprintf(text + at, TEXT_MAX - at, "%s%s", s, rest);
}

static void type(struct draft *d, int pipe, unsigned *seed, struct texts *now)
{
	static const char *const words[] = { "政", "府", "公开",
					     "。", "\n", "件" };
	static const char *const digits[] = { "1", "２", "3", "0" };
	size_t c = made_random(seed, CELLS), at, removed = 0;
	char *text = now->s[c];
	size_t len = strlen(text);
	const char *s = c == 0   ? words[made_random(seed, 6)]
			: c == 1 ? words[made_random(seed, 3)]
				 : digits[made_random(seed, 4)];
	const char *ascii = strcmp(s, "２") == 0 ? "2" : s;

	at = len;
	if (len > (c < 2 ? 300U : 5U) || (len && made_random(seed, 4) == 0)) {
		at = 0; /* all of it, or the last character */
		removed = len;
		if (len > 6 && made_random(seed, 2)) {
			at = len - 1;
			while (at && ((unsigned char)text[at] & 0xc0) == 0x80)
				at--;
			removed = len - at;
		}
	}
	foresee(text, at, removed, ascii);
	say(pipe, true, true, now);
	must(draft_splice(d, made_cell(draft_form(d), paths[c]), at, removed, s,
			  strlen(s), NULL));
}

static void change(struct draft *d, int pipe, unsigned *seed, struct texts *now)
{
	struct change list[2];
	char figure[16];

	snprintf(figure, sizeof figure, "%u", made_random(seed, 1000) + 1);
	for (size_t i = 0; i < 2; i++) {
		list[i] =
			(struct change){ made_cell(draft_form(d), paths[i + 1]),
					 figure, false };
		snprintf(now->s[i + 1], TEXT_MAX, "%s", figure);
	}
	say(pipe, true, true, now);
	must(draft_change(d, list, 2, "set", NULL, NULL));
}

static void take_back(struct draft *d, int pipe, unsigned *seed,
		      struct texts *now)
{
	enum err_code code;

	say(pipe, true, false, now);
	code = made_random(seed, 3) ? draft_undo(d, NULL, NULL, NULL)
				    : draft_redo(d, NULL, NULL, NULL);
	if (code != ERR_OK && code != ERR_REFUSED)
		_exit(4);
	look(d, now);
}

static void child(struct book *b, int pipe, unsigned seed)
{
	struct err err = { 0 };
	struct store *s = store_open(b->path, STORE_WRITE, &err);
	struct draft *d;
	struct texts now;

	if (!s || store_sign_in(s, NULL, &err) != ERR_OK)
		_exit(5);
	d = draft_open(s, b->forms, b->id, DRAFT_EDIT, &err);
	if (!d)
		_exit(6);
	look(d, &now);
	say(pipe, false, true, &now);
	for (;;) {
		unsigned what = made_random(&seed, 24);

		if (what == 0) {
			say(pipe, true, false, &now);
			draft_leave(d, NULL);
			look(d, &now); /* 007 is 7 now */
		} else if (what == 1) {
			change(d, pipe, &seed, &now);
		} else if (what < 6) {
			take_back(d, pipe, &seed, &now);
		} else {
			type(d, pipe, &seed, &now);
			look(d, &now); /* leaving one cell may settle it */
		}
		say(pipe, false, true, &now);
	}
}

/* ---- the parent ---- */

struct heard {
	struct texts done;  /* acknowledged last */
	struct record last; /* what was under way */
	bool under_way;
	long records;
	struct texts *seen; /* all there ever were */
	size_t seen_count, seen_room;
};

static void remember(struct heard *h, const struct texts *texts)
{
	h->seen = mem_grow(h->seen, h->seen_count, &h->seen_room,
			   sizeof *h->seen);
	h->seen[h->seen_count++] = *texts;
}

/* All that the child said before it died. */
static void hear(int end, struct heard *h)
{
	struct record r;
	ssize_t n;

	while ((n = read(end, &r, sizeof r)) == (ssize_t)sizeof r) {
		h->under_way = r.about;
		if (r.about)
			h->last = r;
		else
			h->done = r.texts;
		if (r.known)
			remember(h, &r.texts);
		h->records++;
	}
	assert_int_equal(n, 0);
}

static bool equal(const struct texts *a, const struct texts *b)
{
	for (size_t c = 0; c < CELLS; c++)
		if (strcmp(a->s[c], b->s[c]) != 0)
			return false;
	return true;
}

/* 007 or 1. may have been settled by leaving its cell; then a number is the
 * same number. */
static bool same_values(const struct texts *a, const struct texts *b)
{
	for (size_t c = 0; c < 2; c++)
		if (strcmp(a->s[c], b->s[c]) != 0)
			return false;
	for (size_t c = 2; c < CELLS; c++)
		if (strtoll(a->s[c], NULL, 10) != strtoll(b->s[c], NULL, 10) ||
		    !*a->s[c] != !*b->s[c])
			return false;
	return true;
}

/* Undo's outcome is not foretold, but every text was there once. */
static bool all_known(const struct heard *h, const struct texts *now)
{
	for (size_t c = 0; c < CELLS; c++) {
		bool known = false;

		for (size_t i = 0; i < h->seen_count && !known; i++)
			known = strcmp(h->seen[i].s[c], now->s[c]) == 0;
		if (!known)
			return false;
	}
	return true;
}

static bool well(const struct heard *h, const struct texts *now)
{
	if (equal(now, &h->done))
		return true;
	if (!h->under_way)
		return false;
	if (same_values(now, &h->done))
		return true;
	return h->last.known ? same_values(now, &h->last.texts)
			     : all_known(h, now);
}

static void judge(struct book *b, struct heard *h, int round)
{
	struct draft *d = book_open(b, b->other, b->id, DRAFT_READ);
	struct texts now;

	look(d, &now);
	draft_close(d);
	if (!well(h, &now)) {
		for (size_t c = 0; c < CELLS; c++)
			print_error("%s: acknowledged [%s] found [%s]\n",
				    paths[c], h->done.s[c], now.s[c]);
		fail_msg("lost at kill %d", round);
	}
	h->done = now;
	h->under_way = false;
	remember(h, &now);
}

static void one_kill(struct book *b, int round, unsigned seed, struct heard *h)
{
	struct timespec pause = { 0, 0 };
	int ends[2], status;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		child(b, ends[1], seed + (unsigned)round);
	}
	close(ends[1]);
	if (round % 10) { /* else while it opens the report */
		struct record first;

		assert_int_equal(read(ends[0], &first, sizeof first),
				 sizeof first);
		assert_true(equal(&first.texts, &h->done));
	}
	seed += (unsigned)round * 7919;
	pause.tv_nsec = 1000L * (long)made_random(&seed, 12000);
	nanosleep(&pause, NULL);
	kill(pid, SIGKILL);
	hear(ends[0], h);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	judge(b, h, round);
}

static void killed(void **state)
{
	struct book *b = *state;
	const char *times = getenv("NIANBAO_KILLS");
	int rounds = times ? atoi(times) : 40, i;
	unsigned seed = times ? (unsigned)time(NULL) : 11;
	struct heard *h = xcalloc(1, sizeof *h);
	int64_t broken = 0;
	char *problems = NULL;

	remember(h, &h->done);
	/* a busy machine types little before it is killed: then more often */
	for (i = 1;
	     i <= rounds || (h->records <= 5L * rounds && i < 50 * rounds); i++)
		one_kill(b, i, seed, h);
	WELL(store_history_verify(b->other, &broken, &why));
	assert_int_equal(broken, 0);
	WELL(store_verify(b->other, &problems, &why));
	assert_string_equal(problems ? problems : "", "");
	free(problems);
	print_message("# %d kills, %ld records, none lost\n", i - 1,
		      h->records);
	assert_true(h->records > 5L * rounds);
	free(h->seen);
	free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(killed, book_set_up,
						book_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
