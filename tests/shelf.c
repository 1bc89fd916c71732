#include "tests/shelf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/str.h"
#include "tests/unit.h"

struct err shelf_why;

struct store *shelf_open(const char *path, enum store_mode mode)
{
	struct err err = { 0 };
	struct store *s = store_open(path, mode, &err);

	if (!s)
		fail_msg("%s", err.text);
	FINE(store_sign_in(s, NULL, WHY));
	return s;
}

int64_t shelf_unit(struct store *s, const char *name, const char *aliases)
{
	struct unit *u = xcalloc(1, sizeof *u);
	int64_t id;

	u->name = xstrdup(name);
	u->kind = UNIT_DEPARTMENT;
#define EMPTY(member, key, label) u->member = xstrdup("");
	UNIT_TEXT_LIST(EMPTY)
#undef EMPTY
	free(u->aliases);
	u->aliases = xstrdup(aliases);
	FINE(store_unit_save(s, u, WHY));
	id = u->id;
	unit_free(u);
	return id;
}

int shelf_set_up(void **state)
{
	struct shelf *f = xcalloc(1, sizeof *f);

	memcpy(f->folder, "/tmp/nianbao-shelf.XXXXXX", 26);
	assert_non_null(mkdtemp(f->folder));
	assert_int_equal(chmod(f->folder, 0755), 0);
	f->path = shelf_path(f, "a.db");
	f->s = shelf_open(f->path, STORE_CREATE);
	f->unit = shelf_unit(f->s, "青溪县教育局", "");
	FINE(store_report_add(f->s, f->unit, "ogi-2021", 2025, &f->id, WHY));
	*state = f;
	return 0;
}

int shelf_tear_down(void **state)
{
	struct shelf *f = *state;
	char *command = str_printf("rm -r '%s'", f->folder);
	int left;

	store_close(f->s);
	left = system(command);
	free(command);
	free(f->path);
	free(f);
	return left;
}

char *shelf_path(const struct shelf *f, const char *name)
{
	return str_printf("%s/%s", f->folder, name);
}

enum err_code shelf_type(struct store *s, int64_t id, int64_t token,
			 const char *text, struct err *err)
{
	char path[] = "overview.text", empty[] = "";
	char *inserted = xstrdup(text);
	struct step step = {
		.group = 1, .path = path, .removed = empty, .inserted = inserted
	};
	enum err_code code = store_step_add(s, id, token, &step, err);

	free(inserted);
	return code;
}

int64_t shelf_lock(struct store *s, int64_t id)
{
	struct editor who;
	int64_t token;

	FINE(store_lock(s, id, false, &token, &who, WHY));
	assert_true(token > 0);
	assert_null(who.user);
	return token;
}

void shelf_read(const char *path, char **bytes, size_t *len)
{
	struct str all = { 0 };

	FINE(file_read(path, 64 << 20, &all, WHY));
	*len = all.len;
	*bytes = str_steal(&all);
}

void shelf_write(const char *path, const char *bytes, size_t len)
{
	FINE(file_write(path, bytes, len, 0600, WHY));
}
