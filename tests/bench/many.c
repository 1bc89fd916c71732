/*
 * many STORE N: a store of N reports of N/2 units over two years, for the
 * figures that want a large one.
 *
 * many STORE N FILE.tsv CHARACTERS: the same, filled: N units with two reports
 * each, the numbers of FILE, narratives of so many characters made from its
 * texts, every unit's a little different.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/store.h"
#include "core/str.h"
#include "core/unit.h"

enum {
	CAP = 1 << 20,
	LINES = 400,
	EVERY = 17, /* characters: so many stand between two that are changed */
};

static const char han[] = "一般来说各科室人员按时间顺序把材料收齐再分送到基层";

/* Lines of PATH TAB VALUE. */
static struct {
	char *path, *value;
} lines[LINES];
static size_t line_count;
static uint64_t seed = 88172645463325252u;

static uint64_t next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed ^= seed << 17;
}

static bool read_lines(const char *path, struct err *err)
{
	struct str text = { 0 };
	char *rest, *line;

	if (file_read_text(path, CAP, &text, err) != ERR_OK)
		return false;
	rest = str_steal(&text);
	while ((line = strsep(&rest, "\n")) && line_count < LINES) {
		char *tab = strchr(line, '\t');

		if (!tab || *line == '#')
			continue;
		*tab = '\0';
		lines[line_count].path = line;
		lines[line_count++].value = tab + 1;
	}
	return true;
}

static const char *value_of(const char *path)
{
	for (size_t i = 0; i < line_count; i++)
		if (strcmp(lines[i].path, path) == 0)
			return lines[i].value;
	return "";
}

/* The next character of an escaped text, "\n" for its line feeds; its bytes. */
static size_t step(const char *s, struct str *out, bool other)
{
	size_t n = (unsigned char)*s < 0x80 ? 1 : 3;

	if (*s == '\\' && s[1] == 'n') {
		str_addc(out, '\n');
		return 2;
	}
	if (n == 3 && other && strncmp(s, "，", 3) && strncmp(s, "。", 3))
		s = han + next() % (sizeof han / 3) * 3;
	str_addn(out, s, n);
	return n;
}

/* Texts of the file, one after the other, until there are enough characters. */
static void narrative(struct str *out, size_t characters)
{
	static const char *const from[] = { "overview.text", "problems.text" };
	size_t n = 0;

	str_clear(out);
	for (size_t i = 0; n < characters; i++) {
		const char *s = value_of(from[i % 2]);

		while (*s && n < characters) {
			s += step(s, out, next() % EVERY == 0);
			n++;
		}
		str_addc(out, '\n');
	}
}

static bool fill(struct store *s, int64_t id, size_t characters,
		 struct err *err)
{
	struct str text = { 0 };
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < line_count && !code; i++) {
		const char *path = lines[i].path, *value = lines[i].value;
		int64_t number = 0;
		bool is_number =
			num_parse(value, 4, INT64_MAX, &number) == NUM_OK;

		if (strcmp(path, "meta.lead") == 0)
			continue;
		if (strcmp(path, "overview.text") == 0) {
			narrative(&text, characters - 400);
			value = text.s;
		} else if (strcmp(path, "problems.text") == 0) {
			narrative(&text, 400);
			value = text.s;
		}
		code = store_cell_save(s, id, path, SLOT_VALUE, value, false,
				       is_number, number, err);
	}
	str_free(&text);
	return code == ERR_OK;
}

static int64_t add_unit(struct store *s, int number, struct err *err)
{
	char *name = str_printf("第%d局", number);
	struct unit *u = unit_new(name);
	int64_t id = 0;

	if (store_unit_save(s, u, err) == ERR_OK)
		id = u->id;
	unit_free(u);
	free(name);
	return id;
}

static bool add_reports(struct store *s, int number, size_t characters,
			struct err *err)
{
	int64_t unit = add_unit(s, number, err), id;

	for (int year = 2024; unit && year <= 2025; year++)
		if (store_report_add(s, unit, "ogi-2021", year, &id, err) !=
			    ERR_OK ||
		    (characters && !fill(s, id, characters, err)))
			return false;
	return unit != 0;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	size_t characters = argc == 5 ? strtoul(argv[4], NULL, 10) : 0;
	struct store *s;
	int units;

	if (argc != 3 && characters < 1000)
		return 2;
	units = atoi(argv[2]) / (characters ? 1 : 2);
	if (characters && !read_lines(argv[3], &err)) {
		fprintf(stderr, "many: %s\n", err.text);
		return 1;
	}
	s = store_open(argv[1], STORE_CREATE, &err);
	if (!s || store_sign_in(s, NULL, &err) != ERR_OK ||
	    store_begin(s, &err) != ERR_OK) {
		fprintf(stderr, "many: %s\n", err.text);
		return 1;
	}
	for (int i = 0; i < units; i++)
		if (!add_reports(s, i, characters, &err)) {
			fprintf(stderr, "many: %s\n", err.text);
			return 1;
		}
	if (store_commit(s, true, &err) != ERR_OK)
		fprintf(stderr, "many: %s\n", err.text);
	store_close(s);
	return err.text[0] != '\0';
}
