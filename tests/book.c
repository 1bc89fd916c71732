#include "tests/book.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/text.h"
#include "tests/made.h"
#include "tests/unit.h"

static struct store *connect(const char *path)
{
	struct err err = { 0 };
	struct store *s = store_open(path, STORE_CREATE, &err);

	if (!s)
		fail_msg("%s", err.text);
	WELL(store_sign_in(s, NULL, &why));
	return s;
}

static void find_forms(void)
{
	char *folder, *all;

	if (strstr(getenv("NIANBAO_FORMS"), "tests/forms"))
		return;
	folder = made_path("forms");
	all = str_printf("%s:%s", getenv("NIANBAO_FORMS"), folder);
	setenv("NIANBAO_FORMS", all, 1);
	free(all);
	free(folder);
}

int book_set_up(void **state)
{
	struct book *b = xcalloc(1, sizeof *b);

	memcpy(b->folder, "/tmp/nianbao-book.XXXXXX", 25);
	assert_non_null(mkdtemp(b->folder));
	b->path = str_printf("%s/a.db", b->folder);
	b->s = connect(b->path);
	b->other = connect(b->path);
	find_forms();
	b->forms = forms_new();
	b->id = book_new(b, "ogi-2021", "青溪县教育局", 2025);
	*state = b;
	return 0;
}

int book_tear_down(void **state)
{
	struct book *b = *state;
	char *command = str_printf("rm -r '%s'", b->folder);

	forms_free(b->forms);
	store_close(b->s);
	store_close(b->other);
	assert_int_equal(system(command), 0);
	free(command);
	free(b->path);
	free(b);
	return 0;
}

int64_t book_new(struct book *b, const char *form, const char *unit, int year)
{
	int64_t id = 0;

	WELL(draft_new(b->s, b->forms, form, unit, year, &id, &why));
	return id;
}

struct draft *book_open(struct book *b, struct store *s, int64_t id,
			enum draft_mode mode)
{
	struct err err = { 0 };
	struct draft *d = draft_open(s, b->forms, id, mode, &err);

	if (!d)
		fail_msg("%s", err.text);
	return d;
}

void book_fill(struct draft *d, const char *file)
{
	char *path = str_printf("%s/%s", getenv("NIANBAO_DEMO"), file);
	struct str all = { 0 };
	char *rest;

	WELL(file_read(path, 1 << 20, &all, &why));
	rest = all.s;
	for (char *line; (line = strsep(&rest, "\n"));) {
		char *value = strchr(line, '\t');
		struct str plain = { 0 };

		if (*line == '#' || !value)
			continue;
		*value++ = '\0';
		str_unescape(&plain, value, strlen(value));
		book_set(d, line, plain.s);
		str_free(&plain);
	}
	str_free(&all);
	free(path);
}

void book_type(struct draft *d, const char *path, const char *text)
{
	size_t cell = made_cell(draft_form(d), path), len = strlen(text);

	for (size_t at = 0, end; at < len; at = end) {
		end = text_next(text, len, at);
		WELL(draft_splice(d, cell, strlen(draft_text(d, cell)), 0,
				  text + at, end - at, &why));
	}
}

void book_set(struct draft *d, const char *path, const char *text)
{
	struct change c = { made_cell(draft_form(d), path), text, false };

	WELL(draft_change(d, &c, 1, "set", NULL, &why));
}

const char *book_text(struct draft *d, const char *path)
{
	return draft_text(d, made_cell(draft_form(d), path));
}

void book_stored(struct book *b, int64_t id, const char *path, const char *text)
{
	struct draft *d = book_open(b, b->other, id, DRAFT_READ);

	assert_string_equal(book_text(d, path), text);
	draft_close(d);
}

size_t book_history(struct book *b, int64_t id, const char *deed)
{
	struct change_row *list;
	size_t count;

	WELL(store_history(b->other, id, NULL, &list, &count, &why));
	if (deed) {
		assert_true(count > 0);
		assert_string_equal(list[count - 1].deed, deed);
	}
	store_history_free(list, count);
	return count;
}
