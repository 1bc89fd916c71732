#include "tui/term.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>

#include "core/mem.h"
#include "core/tr.h"
#include "tui/input.h"

static bool started;
static SCREEN *terminal;
static volatile sig_atomic_t hung_up, stopped, went_on;

static void note_hang_up(int number)
{
	(void)number;
	hung_up = 1;
}

static void note_stop(int number)
{
	(void)number;
	stopped = 1;
}

static void note_going_on(int number)
{
	(void)number;
	went_on = 1;
}

/* Without SA_RESTART, so that a signal ends the wait for a key. */
static void catch (int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

static void catch_all(void)
{
	catch (SIGTERM, note_hang_up);
	catch (SIGHUP, note_hang_up);
	catch (SIGINT, note_hang_up);
	catch (SIGTSTP, note_stop);
	catch (SIGPIPE, SIG_IGN);
}

static bool knows_paste(void)
{
	const char *term = getenv("TERM");

	return term && strcmp(term, "dumb") != 0 && strcmp(term, "linux") != 0;
}

/* Past stdio, so that a terminal that is gone is no failed output. */
static void send(const char *code)
{
	ssize_t sent = write(STDOUT_FILENO, code, strlen(code));

	(void)sent;
}

/* Digits from the number pad, although keypad() asks for codes; paste in
 * brackets. */
static void codes(bool on)
{
	if (on)
		send("\033>");
	if (knows_paste())
		send(on ? "\033[?2004h" : "\033[?2004l");
}

enum err_code term_start(bool mouse, struct err *err)
{
	const char *term = getenv("TERM");

	if (!getenv("ESCDELAY"))
		set_escdelay(25);
	terminal = newterm(NULL, stdout, stdin);
	if (!terminal)
		return err_set(err, ERR_INPUT,
			       _("不认识终端类型“%s”；请先设置环境变量 TERM，"
				 "如 TERM=xterm"),
			       term ? term : "");
	started = true;
	mem_last_words = term_stop;
	atexit(term_stop);
	raw();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	curs_set(1);
	if (mouse) {
		mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED,
			  NULL);
		mouseinterval(0);
	}
	input_start();
	codes(true);
	catch_all();
	return ERR_OK;
}

void term_stop(void)
{
	if (!started)
		return;
	started = false;
	codes(false);
	endwin();
}

bool term_suspend(void)
{
	stopped = went_on = 0;
	if (!started)
		return true;
	def_prog_mode();
	codes(false);
	endwin();
	catch (SIGTSTP, SIG_DFL);
	catch (SIGCONT, note_going_on);
	raise(SIGTSTP); /* nothing happens where no shell waits */
	catch (SIGTSTP, note_stop);
	reset_prog_mode();
	clearok(curscr, TRUE);
	doupdate();
	codes(true);
	return went_on;
}

bool term_stop_asked(void)
{
	return stopped != 0;
}

void term_size(int *rows, int *cols)
{
	*rows = getmaxy(stdscr);
	*cols = getmaxx(stdscr);
}

/* A terminal that was closed without SIGHUP: there will never be a key. */
static bool is_closed(void)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	return started && poll(&input, 1, 0) > 0 &&
	       (input.revents & (POLLHUP | POLLERR | POLLNVAL));
}

bool term_hung_up(void)
{
	return hung_up || is_closed();
}
