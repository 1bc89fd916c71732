#include "tui/keymap.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include "core/text.h"
#include "tui/input.h"

static const struct action_info actions[ACTION_COUNT] = {
#define ACTION_ROW(name, keys, hint, help)                                     \
	[ACTION_##name] = { #name, keys, hint, help },
	ACTION_LIST(ACTION_ROW)
#undef ACTION_ROW
};

/* Names of single keys, and what is shown for them. */
static const struct {
	const char *name;
	int code;
} names[] = {
	{ "Up", KEY_UP },
	{ "Down", KEY_DOWN },
	{ "Left", KEY_LEFT },
	{ "Right", KEY_RIGHT },
	{ "Home", KEY_HOME },
	{ "End", KEY_END },
	{ "PgUp", KEY_PPAGE },
	{ "PgDn", KEY_NPAGE },
	{ "Ins", KEY_IC },
	{ "Del", KEY_DC },
	{ "Enter", 13 },
	{ "Tab", 9 },
	{ "BTab", KEY_BTAB },
	{ "Esc", 27 },
	{ "BackSpace", KEY_BACKSPACE },
};

/* The same key by another code. */
static const struct {
	int code, same;
} twins[] = {
	{ 10, 13 },
	{ KEY_ENTER, 13 },
	{ 127, KEY_BACKSPACE },
	{ 8, KEY_BACKSPACE },
	{ KEY_FIND, KEY_HOME },
	{ KEY_SELECT, KEY_END },
	{ KEY_A1, KEY_HOME },
	{ KEY_C1, KEY_END },
	{ KEY_A3, KEY_PPAGE },
	{ KEY_C3, KEY_NPAGE },
};

const struct action_info *keymap_info(enum action action)
{
	return &actions[action];
}

static int named(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].code;
	return -1;
}

static int function_key(const char *number)
{
	char *end;
	long n = strtol(number, &end, 10);

	return isdigit((unsigned char)*number) && !*end && n >= 1 && n <= 12
		       ? KEY_F((int)n)
		       : -1;
}

int keymap_key(const char *name)
{
	if (name[0] == 'F' && name[1])
		return function_key(name + 1);
	if (strncmp(name, "M-", 2) == 0)
		return name[2] && !name[3] ? INPUT_ALT + name[2] : -1;
	if (strncmp(name, "C-", 2) != 0)
		return named(name);
	if (name[2] && !name[3])
		return name[2] >= 'a' && name[2] <= 'z' ? name[2] & 0x1f : -1;
	return named(name + 2) > KEY_MIN ? INPUT_CTRL + named(name + 2) : -1;
}

static int plain_code(int key)
{
	for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
		if (twins[i].code == key)
			return twins[i].same;
	if (key > INPUT_ALT && key < INPUT_ALT + 0x80)
		return INPUT_ALT + tolower(key - INPUT_ALT);
	return key;
}

/* The next name of a list "F1 M-h" into name[16]; false at the end. */
static bool next_name(const char **keys, char *name)
{
	size_t len;

	*keys += strspn(*keys, " ");
	len = strcspn(*keys, " ");
	if (len == 0)
		return false;
	assert(len < 16);
	memcpy(name, *keys, len);
	name[len] = '\0';
	*keys += len;
	return true;
}

enum action keymap_action(int key)
{
	key = plain_code(key);
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		const char *keys = actions[a].keys;
		char name[16];

		while (next_name(&keys, name))
			if (keymap_key(name) == key)
				return a;
	}
	return ACTION_NONE;
}

/* M-h is shown as Alt-H. */
static void show_name(const char *name, struct str *out)
{
	static const struct {
		const char *prefix, *shown;
	} prefixes[] = { { "M-", "Alt-" }, { "C-", "Ctrl-" } };

	if (strcmp(name, "BTab") == 0) {
		str_add(out, "Shift-Tab");
		return;
	}
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		if (strncmp(name, prefixes[i].prefix, 2) != 0)
			continue;
		str_add(out, prefixes[i].shown);
		if (name[3])
			str_add(out, name + 2);
		else
			str_addc(out, (char)toupper((unsigned char)name[2]));
		return;
	}
	str_add(out, name);
}

void keymap_names(enum action action, const char *between, struct str *out)
{
	const char *keys = actions[action].keys;
	char name[16];
	bool first = true;

	while (next_name(&keys, name)) {
		if (!first && !between)
			return;
		if (!first)
			str_add(out, between);
		show_name(name, out);
		first = false;
	}
}

/* With as many of them as fit; true if all did. */
static bool add_hints(const enum action *list, const char *const *words,
		      int cells, const char *gap, struct str *out)
{
	str_clear(out);
	for (; *list != ACTION_NONE; list++) {
		size_t before = out->len;

		if (before > 0)
			str_add(out, gap);
		keymap_names(*list, NULL, out);
		str_addf(out, " %s",
			 words && words[*list] ? _(words[*list])
					       : _(actions[*list].hint));
		if (text_cells(out->s, out->len) > cells) {
			str_splice(out, before, out->len - before, "", 0);
			return false;
		}
	}
	return true;
}

void keymap_hints_in(const enum action *list, const char *const *words,
		     int cells, struct str *out)
{
	struct str line = { 0 };

	if (!add_hints(list, words, cells, "  ", &line))
		add_hints(list, words, cells, " ", &line);
	str_add(out, line.s);
	str_free(&line);
}

void keymap_hints(const enum action *list, int cells, struct str *out)
{
	keymap_hints_in(list, NULL, cells, out);
}
