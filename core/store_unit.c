/* Units, and the county's own words on rows. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
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

/* ---- saving ---- */

static char *trim(char *word)
{
	size_t len;

	word += strspn(word, " ");
	for (len = strlen(word); len && word[len - 1] == ' '; len--)
		word[len - 1] = '\0';
	return word;
}

/* "甲；乙" → one row each, for store_unit_find(). */
static enum err_code save_aliases(struct store *s, const struct unit *u,
				  struct err *err)
{
	char *copy = xstrdup(u->aliases), *rest = copy;
	enum err_code code = sql_run(s, "DELETE FROM unit_alias WHERE unit=?1",
				     BINDS(sql_number(u->id)), err);

	for (char *p = copy; p && (p = strstr(p, "；"));)
		memcpy(p, ";;;", 3);
	for (char *word; !code && (word = strsep(&rest, ";"));) {
		word = trim(word);
		if (*word)
			code = sql_run(s,
				       "INSERT OR IGNORE INTO unit_alias"
				       " VALUES(?1, ?2)",
				       BINDS(sql_text(word), sql_number(u->id)),
				       err);
	}
	free(copy);
	return code;
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

enum err_code store_unit_save(struct store *s, struct unit *u, struct err *err)
{
	int64_t id = u->id;
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = write_unit(s, u, err);
	if (!code)
		code = save_aliases(s, u, err);
	if (!code && id)
		code = store_reports_stale(s, id, 0, err);
	code = store_end(s, code, true, err);
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
	int64_t id = 0;

	if (sql_numbers(s,
			"SELECT id FROM"
			" (SELECT id, 0 AS rank FROM unit WHERE name=?1"
			" UNION ALL SELECT unit, 1 FROM unit_alias"
			" WHERE name=?1) ORDER BY rank, id LIMIT 1",
			BINDS(sql_text(name)), &id, 1, NULL, NULL) != ERR_OK ||
	    id == 0)
		return NULL;
	return store_unit_load(s, id);
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

enum err_code store_caliber_set(struct store *s, const char *form,
				const char *path, const char *text,
				struct err *err)
{
	char now[DATE_MOMENT];

	if (!*text)
		return sql_write(
			s, "DELETE FROM caliber WHERE form=?1 AND path=?2",
			BINDS(sql_text(form), sql_text(path)), err);
	return sql_write(s,
			 "INSERT OR REPLACE INTO caliber"
			 " VALUES(?1, ?2, ?3, ?4, ?5)",
			 BINDS(sql_text(form), sql_text(path), sql_text(text),
			       sql_text(s->actor.name),
			       sql_text(date_now(now))),
			 err);
}
