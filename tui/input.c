#include "tui/input.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curses.h>

#include "core/text.h"
#include "core/tr.h"
#include "tui/term.h"

enum {
	ESC = 27,
	PASTE_MS = 500, /* a paste without an end is one all the same */
	PIECE_MS = 200, /* between the bytes of a character or a sequence */
	ESC_MS = 75,    /* what comes later after Esc is no sequence … */
	LATE_MS = 400,  /* … but for [ and what makes one */
	SEQUENCE_MOST = 32,
	PASTE_CAP = 4 << 20,
};

/* Of the one terminal.  Keys are read through a pad, for getch() on a window
 * would paint that over a dialog. */
static struct {
	WINDOW *pad;
	struct feeder feeder;
	int kept[SEQUENCE_MOST + 4]; /* read too early, the last one first */
	size_t kept_count;
	int64_t esc_at; /* when Esc came alone */
	struct str paste;
} in;

/* What terminals send and terminfo does not tell, or tells otherwise inside
 * tmux and for the number pad. */
static const struct {
	const char *bytes;
	int code;
} sequences[] = {
	{ "\033[200~", INPUT_PASTE },
	{ "\033[201~", INPUT_PASTE_END },
	{ "\033[A", KEY_UP },
	{ "\033[B", KEY_DOWN },
	{ "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },
	{ "\033[1~", KEY_HOME },
	{ "\033[7~", KEY_HOME },
	{ "\033[H", KEY_HOME },
	{ "\033OH", KEY_HOME },
	{ "\033[4~", KEY_END },
	{ "\033[8~", KEY_END },
	{ "\033[F", KEY_END },
	{ "\033OF", KEY_END },
	{ "\033[11~", KEY_F(1) },
	{ "\033[12~", KEY_F(2) },
	{ "\033[13~", KEY_F(3) },
	{ "\033[14~", KEY_F(4) },
	{ "\033[15~", KEY_F(5) },
	{ "\033OP", KEY_F(1) },
	{ "\033OQ", KEY_F(2) },
	{ "\033OR", KEY_F(3) },
	{ "\033OS", KEY_F(4) },
	{ "\033[Z", KEY_BTAB },
	{ "\033[1;5D", INPUT_CTRL + KEY_LEFT },
	{ "\033[1;5C", INPUT_CTRL + KEY_RIGHT },
	{ "\033[1;5H", INPUT_CTRL + KEY_HOME },
	{ "\033[1;5F", INPUT_CTRL + KEY_END },
	{ "\033Od", INPUT_CTRL + KEY_LEFT },
	{ "\033Oc", INPUT_CTRL + KEY_RIGHT },
	{ "\033[7^", INPUT_CTRL + KEY_HOME },
	{ "\033[8^", INPUT_CTRL + KEY_END },
	{ "\033Op", INPUT_PAD + '0' },
	{ "\033Oq", INPUT_PAD + '1' },
	{ "\033Or", INPUT_PAD + '2' },
	{ "\033Os", INPUT_PAD + '3' },
	{ "\033Ot", INPUT_PAD + '4' },
	{ "\033Ou", INPUT_PAD + '5' },
	{ "\033Ov", INPUT_PAD + '6' },
	{ "\033Ow", INPUT_PAD + '7' },
	{ "\033Ox", INPUT_PAD + '8' },
	{ "\033Oy", INPUT_PAD + '9' },
	{ "\033On", INPUT_PAD + '.' },
	{ "\033Ok", INPUT_PAD + '+' },
	{ "\033Om", INPUT_PAD + '-' },
	{ "\033Oj", INPUT_PAD + '*' },
	{ "\033Oo", INPUT_PAD + '/' },
	{ "\033Ol", INPUT_PAD + ',' },
	{ "\033OM", KEY_ENTER },
};

void input_start(void)
{
	input_stop();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE); /* all eight bits */
	in.pad = newpad(1, 1);
	keypad(in.pad, TRUE);
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
		define_key(sequences[i].bytes, sequences[i].code);
}

void input_stop(void)
{
	if (in.pad)
		delwin(in.pad);
	in.pad = NULL;
	in.kept_count = 0;
	in.feeder = (struct feeder){ 0 };
	str_free(&in.paste);
}

static int get(int ms)
{
	if (in.kept_count > 0)
		return in.kept[--in.kept_count];
	wtimeout(in.pad, ms);
	return wgetch(in.pad);
}

static void keep(int code)
{
	in.kept[in.kept_count++] = code;
}

bool input_pending(void)
{
	int code;

	if (in.kept_count > 0)
		return true;
	code = get(0);
	if (code == ERR)
		return false;
	keep(code);
	return true;
}

/* How long a character is that begins with this byte; 0: none does. */
static int length_of(int byte)
{
	if (byte < 0x80)
		return 1;
	if (byte >= 0xc2 && byte < 0xe0)
		return 2;
	if (byte >= 0xe0 && byte < 0xf0)
		return 3;
	return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

enum feed input_feed(struct feeder *f, int byte)
{
	bool follows = (byte & 0xc0) == 0x80;

	if (f->need == f->len || !follows) {
		f->len = 0;
		f->need = length_of(byte);
		if (f->need == 0)
			return FEED_BAD;
	}
	f->text[f->len++] = (char)byte;
	if (f->len < f->need)
		return FEED_MORE;
	f->text[f->len] = '\0';
	return text_valid(f->text, (size_t)f->len) ? FEED_DONE : FEED_BAD;
}

const char *input_dropped_words(void)
{
	return _("收到的字节有的不是 UTF-8 文字，没有填入；请把终端和要粘贴的"
		 "文字改成 UTF-8 编码。");
}

/* input_feed(); what is no character, or breaks one off, is noted. */
static enum feed feed(struct event *event, int byte)
{
	struct feeder *f = &in.feeder;
	bool broken = f->len < f->need && (byte & 0xc0) != 0x80;
	enum feed fed = input_feed(f, byte);

	event->dropped = event->dropped || broken || fed == FEED_BAD;
	return fed;
}

/* The rest of the character that begins with `byte`. */
static void read_text(struct event *event, int byte)
{
	enum feed fed = feed(event, byte);

	while (fed == FEED_MORE) {
		byte = get(PIECE_MS);
		if (byte == ERR)
			return; /* it may still come: the feeder remembers */
		if (byte < 0 || byte > 0xff) {
			keep(byte);
			in.feeder = (struct feeder){ 0 };
			return;
		}
		fed = feed(event, byte);
	}
	if (fed != FEED_DONE)
		return;
	event->kind = EVENT_TEXT;
	memcpy(event->text, in.feeder.text, sizeof in.feeder.text);
}

/* ---- sequences ---- */

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool starts_sequence(int byte)
{
	return byte == '[' || byte == 'O';
}

/* What curses knows of it, else nothing; three bytes follow an old mouse's. */
static int sequence_code(const char *bytes)
{
	int code = key_defined(bytes);

	if (code > 0)
		return code;
	for (int i = 0; i < 3 && strcmp(bytes, "\033[M") == 0; i++)
		get(PIECE_MS);
	return INPUT_UNKNOWN;
}

/* The rest of a sequence after Esc and `first`; 0 when there is none: what was
 * read is kept. */
static int read_sequence(int first)
{
	char bytes[SEQUENCE_MOST] = { ESC, (char)first };
	size_t n = 2;
	int byte = get(PIECE_MS);

	while (n < SEQUENCE_MOST - 2 &&
	       ((byte >= 0x20 && byte < 0x40) || (n == 2 && byte == '['))) {
		bytes[n++] = (char)byte;
		byte = get(PIECE_MS);
	}
	if (byte >= 0x40 && byte < 0x7f) {
		bytes[n] = (char)byte;
		return sequence_code(bytes);
	}
	if (byte != ERR)
		keep(byte);
	while (n > 2)
		keep(bytes[--n]);
	return 0;
}

/* Esc, Esc: a sequence with Alt, or the key twice. */
static int read_double_escape(void)
{
	int next = get(0);

	if (starts_sequence(next) && read_sequence(next))
		return INPUT_UNKNOWN;
	if (next != ERR)
		keep(next);
	keep(ESC);
	return ESC;
}

/* Esc alone; Alt, when the second byte is already there; or a sequence that
 * curses did not know or that came in pieces. */
static int read_escape(void)
{
	int next = get(0), code = 0;
	bool slow = next == ERR;

	if (slow)
		next = get(ESC_MS);
	if (starts_sequence(next))
		code = read_sequence(next);
	else if (next == ESC)
		return read_double_escape();
	else if (next > KEY_MAX && next < INPUT_PASTE)
		code = INPUT_UNKNOWN; /* Alt and a key that has Ctrl or Shift */
	if (code)
		return code;
	if (!slow && next > 0x20 && next < 0x7f)
		return INPUT_ALT + next;
	if (next != ERR)
		keep(next);
	else
		in.esc_at = clock_ms();
	return ESC;
}

/* A sequence whose Esc came so early that it was one. */
static int read_late(int code)
{
	int late = 0;

	if (code == '[' && in.esc_at > 0 && clock_ms() - in.esc_at < LATE_MS)
		late = read_sequence(code);
	if (code != ERR)
		in.esc_at = 0;
	return late ? late : code;
}

/* The length of a sequence for a terminal at s, Esc [ … letter, or 0. */
static size_t coloured(const char *s, size_t len)
{
	size_t n = 2;

	if (len < 3 || s[0] != ESC || s[1] != '[')
		return 0;
	while (n < len && s[n] >= 0x20 && s[n] < 0x40)
		n++;
	return n < len && s[n] >= 0x40 && s[n] < 0x7f ? n + 1 : 0;
}

static void without_colours(struct str *out, const char *s, size_t len)
{
	for (size_t at = 0, n; at < len; at += n) {
		n = coloured(s + at, len - at);
		if (n > 0)
			continue;
		n = 1;
		str_addc(out, s[at]);
	}
}

static void clean_between_tabs(struct str *out, const char *s, size_t len)
{
	while (len > 0) {
		const char *tab = memchr(s, '\t', len);
		size_t n = tab ? (size_t)(tab - s) : len;

		text_clean(out, s, n);
		if (tab)
			str_addc(out, '\t');
		n += tab != NULL;
		s += n;
		len -= n;
	}
}

void input_clean(struct str *out, const char *s, size_t len)
{
	struct str plain = { 0 };

	without_colours(&plain, s, len);
	if (plain.len > 0)
		clean_between_tabs(out, plain.s, plain.len);
	str_free(&plain);
}

/* The end of a paste that came in pieces: it goes. */
static bool ends_paste(struct str *raw)
{
	static const char end[] = "\033[201~";
	const size_t len = sizeof end - 1;

	if (raw->len < len || memcmp(raw->s + raw->len - len, end, len) != 0)
		return false;
	str_splice(raw, raw->len - len, len, "", 0);
	return true;
}

static void read_paste(struct event *event)
{
	struct str raw = { 0 };
	int code;

	while ((code = get(PASTE_MS)) != ERR && code != INPUT_PASTE_END) {
		if (code > INPUT_PAD && code < INPUT_PAD + 0x80)
			code -= INPUT_PAD;
		if (code < 0x100 && raw.len < PASTE_CAP)
			str_addc(&raw, (char)code);
		if (code == '~' && ends_paste(&raw))
			break;
	}
	str_clear(&in.paste);
	event->dropped = raw.len > 0 && !text_utf8(raw.s, raw.len);
	if (raw.len > 0)
		input_clean(&in.paste, raw.s, raw.len);
	str_free(&raw);
	event->kind = EVENT_PASTE;
	event->paste = &in.paste;
}

/* Nobody asked for the mouse: what curses leaves of its sequence goes. */
static void drop_mouse(struct event *event)
{
	char *lead = keybound(KEY_MOUSE, 0);
	bool sgr = lead && strchr(lead, '<');
	int byte = ERR;

	for (int i = 0; i < (sgr ? SEQUENCE_MOST : 3); i++) {
		byte = get(PIECE_MS);
		if (sgr && (byte < 0x20 || byte >= 0x40))
			break;
	}
	free(lead);
	event->kind = EVENT_KEY;
	event->key = INPUT_UNKNOWN;
}

static void read_mouse(struct event *event)
{
	MEVENT mouse;

	if (!has_mouse())
		drop_mouse(event);
	if (!has_mouse() || getmouse(&mouse) != OK)
		return;
	event->y = mouse.y;
	event->x = mouse.x;
	if (mouse.bstate & BUTTON4_PRESSED)
		event->wheel = -1;
	else if (mouse.bstate & BUTTON5_PRESSED)
		event->wheel = 1;
	else if (!(mouse.bstate & BUTTON1_PRESSED))
		return;
	event->kind = EVENT_MOUSE;
}

static void read_nothing(struct event *event, int ms)
{
	if (term_hung_up()) {
		event->kind = EVENT_HANGUP;
	} else if (term_stop_asked()) {
		term_suspend();
		event->kind = EVENT_RESIZE;
	} else if (ms != 0) {
		event->kind = EVENT_TICK;
	}
}

void input_read(struct event *event, int ms)
{
	int code = read_late(get(ms));

	if (code == ESC)
		code = read_escape();
	*event = (struct event){ .kind = EVENT_NONE };
	if (code != ERR && (code < 0x80 || code > 0xff))
		in.feeder = (struct feeder){ 0 };
	if (code == ERR) {
		read_nothing(event, ms);
	} else if (code == KEY_RESIZE) {
		event->kind = EVENT_RESIZE;
	} else if (code == KEY_MOUSE) {
		read_mouse(event);
	} else if (code == INPUT_PASTE) {
		read_paste(event);
	} else if (code > INPUT_PAD && code < INPUT_PAD + 0x80) {
		event->kind = EVENT_TEXT;
		event->text[0] = (char)(code - INPUT_PAD);
	} else if (code < 0x20 || code == 0x7f || code > 0xff) {
		event->kind = EVENT_KEY;
		event->key = code;
	} else {
		read_text(event, code);
	}
}
