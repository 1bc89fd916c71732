/* Units, and the county's own words on rows. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"

/* These numbers stand in the file. */
_Static_assert(UNIT_GOVERNMENT == 0 && UNIT_DEPARTMENT == 1 && UNIT_TOWN == 2 &&
		       UNIT_ORGANISATION == 3 && UNIT_UTILITY == 4,
	       "kinds keep their numbers");

static const struct column unit_columns[] = {
	{ COLUMN_TEXT, offsetof(struct unit, name) },
	{ COLUMN_INT, offsetof(struct unit, kind) },
	{ COLUMN_BOOL, offsetof(struct unit, kind_set) },
#define UNIT_COLUMN(member, key, label)                                        \
	{ COLUMN_TEXT, offsetof(struct unit, member) },
	UNIT_TEXT_LIST(UNIT_COLUMN)
#undef UNIT_COLUMN
		{ COLUMN_INT64, offsetof(struct unit, id) },
};
static const struct shape unit_shape = { sizeof(struct unit), unit_columns,
					 sizeof unit_columns /
						 sizeof *unit_columns };

/* The columns bear the keys of the list; a parameter each. */
#define UNIT_NAME(member, key, label)  ", " key
#define UNIT_PLACE(member, key, label) ", ?"
#define UNIT_NAMES                     "name, kind, kind_set" UNIT_TEXT_LIST(UNIT_NAME)
#define UNIT_PLACES                    "?, ?, ?" UNIT_TEXT_LIST(UNIT_PLACE)

enum {
	DEEPEST = 100 /* levels of units counted in one another */
};

/* ---- saving ---- */

/* "甲；乙" → one row each, for store_unit_find(). */
static enum err_code save_aliases(struct store *s, const struct unit *u,
				  struct err *err)
{
	char **names = str_names(u->aliases, NULL);
	enum err_code code = sql_run(s, "DELETE FROM unit_alias WHERE unit=?1",
				     BINDS(sql_number(u->id)), err);

	for (size_t i = 0; names[i] && !code; i++)
		code = sql_run(s,
			       "INSERT OR IGNORE INTO unit_alias"
			       " VALUES(?1, ?2)",
			       BINDS(sql_text(names[i]), sql_number(u->id)),
			       err);
	str_names_free(names);
	return code;
}

static enum err_code say_circle(const struct unit *u, struct err *err)
{
	struct str name = { 0 }, up = { 0 };

	text_quote(&name, u->name);
	text_quote(&up, u->counted_in);
	err_set(err, ERR_INPUT,
		_("单位“%s”的 counted_in 不能是“%s”：一级级汇上去又"
		  "汇回了它自己；请改正其中一处"),
		name.s, up.s);
	str_free(&name);
	str_free(&up);
	return ERR_INPUT;
}

/* Counted in A, which is counted in B …: the unit itself must not come.  The
 * first that is not there yet ends it, and so does a circle of others. */
static enum err_code refuse_circle(struct store *s, const struct unit *u,
				   struct err *err)
{
	char *at = xstrdup(u->counted_in);
	bool circle = false;

	for (int steps = 0; *at && !circle && steps < DEEPEST; steps++) {
		struct unit *up = store_unit_find(s, at);

		circle = unit_is_named(u, at) || (up && up->id == u->id);
		free(at);
		at = xstrdup(up && !circle ? up->counted_in : "");
		unit_free(up);
	}
	free(at);
	if (!circle)
		return ERR_OK;
	return say_circle(u, err);
}

static enum err_code name_taken(struct store *s, const struct unit *u,
				bool *taken, struct err *err)
{
	return sql_numbers(s, "SELECT 1 FROM unit WHERE name=?1 AND id<>?2",
			   BINDS(sql_text(u->name), sql_number(u->id)), NULL, 0,
			   taken, err);
}

static enum err_code write_unit(struct store *s, struct unit *u,
				struct err *err)
{
	bool taken = false;
	enum err_code code = name_taken(s, u, &taken, err);

	if (!code && taken)
		code = err_set(err, ERR_REFUSED,
			       _("单位“%s”已经有了；请换一个名称"), u->name);
	if (!code && u->id)
		return sql_run_row(s,
				   "UPDATE unit SET (" UNIT_NAMES ") ="
				   " (" UNIT_PLACES ") WHERE id=?",
				   &unit_shape, u, NO_BINDS, err);
	if (!code)
		code = sql_run_row(s,
				   "INSERT INTO unit(" UNIT_NAMES ", id)"
				   " VALUES(" UNIT_PLACES ", nullif(?, 0))",
				   &unit_shape, u, NO_BINDS, err);
	if (!code)
		u->id = sqlite3_last_insert_rowid(s->db);
	return code;
}

static void add_item(struct str *out, const char *key, const char *value)
{
	str_addf(out, "%s%s=%s", out->len ? "\n" : "", key, value);
}

/* What differs, KEY=VALUE a line. */
static void compare(const struct unit *from, const struct unit *to,
		    struct str *old, struct str *now)
{
	const char *kinds[] = { unit_kind_word(from->kind),
				unit_kind_word(to->kind) };

	if (strcmp(from->name, to->name) != 0) {
		add_item(old, "name", from->name);
		add_item(now, "name", to->name);
	}
	if (kinds[0] != kinds[1] || from->kind_set != to->kind_set) {
		add_item(old, "kind", kinds[0]);
		add_item(now, "kind", kinds[1]);
	}
#define COMPARE(member, key, label)                                            \
	if (strcmp(from->member, to->member) != 0) {                           \
		add_item(old, key, from->member);                              \
		add_item(now, key, to->member);                                \
	}
	UNIT_TEXT_LIST(COMPARE)
#undef COMPARE
}

/* One row a change, under the unit's name; `before` NULL: it is new. */
static enum err_code record(struct store *s, const struct unit *before,
			    const struct unit *u, struct err *err)
{
	struct str old = { 0 }, now = { 0 };
	struct unit *none = unit_new(u->name);
	enum err_code code = ERR_OK;

	if (!before)
		add_item(&now, "kind", unit_kind_word(u->kind));
	none->kind = u->kind;
	none->kind_set = u->kind_set;
	compare(before ? before : none, u, &old, &now);
	if (now.len)
		code = store_history_add(s, 0, "unit", u->name,
					 before ? old.s : "", now.s, "", err);
	unit_free(none);
	str_free(&old);
	str_free(&now);
	return code;
}

static enum err_code save(struct store *s, struct unit *u, struct err *err)
{
	struct unit *before = u->id ? store_unit_load(s, u->id) : NULL;
	enum err_code code = refuse_circle(s, u, err);

	if (!code)
		code = write_unit(s, u, err);
	if (!code)
		code = save_aliases(s, u, err);
	if (!code)
		code = record(s, before, u, err);
	if (!code && before)
		code = store_reports_stale(s, u->id, 0, err);
	unit_free(before);
	return code;
}

enum err_code store_unit_save(struct store *s, struct unit *u, struct err *err)
{
	int64_t id = u->id;
	enum err_code code = unit_check(u, err);

	if (!code)
		code = store_begin(s, err);
	if (code)
		return code;
	code = store_end(s, save(s, u, err), true, err);
	if (code)
		u->id = id;
	return code;
}

/* ---- finding ---- */

static struct unit *only(enum err_code code, const struct rows *rows)
{
	struct unit *u = rows->list;

	if (code || rows->count == 0) {
		free(u);
		return NULL;
	}
	return u;
}

struct unit *store_unit_load(struct store *s, int64_t id)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s, "SELECT " UNIT_NAMES ", id FROM unit WHERE id=?1",
			 BINDS(sql_number(id)), &unit_shape, &rows, NULL);

	return only(code, &rows);
}

struct unit *store_unit_find(struct store *s, const char *name)
{
	char *plain = str_trim(xstrdup(name));
	int64_t id = 0;
	enum err_code code =
		sql_numbers(s,
			    "SELECT id FROM"
			    " (SELECT id, 0 AS rank FROM unit WHERE name=?1"
			    " UNION ALL SELECT unit, 1 FROM unit_alias"
			    " WHERE name=?1) ORDER BY rank, id LIMIT 1",
			    BINDS(sql_text(plain)), &id, 1, NULL, NULL);

	free(plain);
	return code || id == 0 ? NULL : store_unit_load(s, id);
}

enum err_code store_units(struct store *s, struct unit ***list, size_t *count,
			  struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s, "SELECT " UNIT_NAMES ", id FROM unit ORDER BY id",
			 NO_BINDS, &unit_shape, &rows, err);
	const struct unit *from = rows.list;

	*count = rows.count;
	*list = rows.count ? xcalloc(rows.count, sizeof **list) : NULL;
	for (size_t i = 0; i < rows.count; i++) {
		(*list)[i] = xmalloc(sizeof ***list);
		*(*list)[i] = from[i];
	}
	free(rows.list);
	return code;
}

void store_units_free(struct unit **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		unit_free(list[i]);
	free(list);
}

/* ---- 口径 ---- */

char *store_caliber_get(struct store *s, const char *form, const char *path)
{
	return sql_string(s,
			  "SELECT text FROM caliber"
			  " WHERE form=?1 AND path=?2",
			  BINDS(sql_text(form), sql_text(path)));
}

static enum err_code write_caliber(struct store *s, const char *form,
				   const char *path, const char *text,
				   struct err *err)
{
	char now[DATE_MOMENT];

	if (!*text)
		return sql_run(s,
			       "DELETE FROM caliber WHERE form=?1 AND path=?2",
			       BINDS(sql_text(form), sql_text(path)), err);
	return sql_run(s,
		       "INSERT OR REPLACE INTO caliber"
		       " VALUES(?1, ?2, ?3, ?4, ?5)",
		       BINDS(sql_text(form), sql_text(path), sql_text(text),
			     sql_text(s->actor.name), sql_text(date_now(now))),
		       err);
}

enum err_code store_caliber_set(struct store *s, const char *form,
				const char *path, const char *text,
				struct err *err)
{
	char *old = store_caliber_get(s, form, path);
	const char *was = old ? old : "";
	enum err_code code = store_begin(s, err);

	if (!code) {
		code = write_caliber(s, form, path, text, err);
		if (!code && strcmp(was, text) != 0)
			code = store_history_add(s, 0, "caliber", path, was,
						 text, form, err);
		code = store_end(s, code, true, err);
	}
	free(old);
	return code;
}
