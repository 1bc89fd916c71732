#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "tests/shelf.h"

/* The door beside the door: what no program of ours would write. */
static void raw(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int64_t raw_number(const char *path, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	int64_t n;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return n;
}

/* ---- versions of the schema ---- */

static void test_older(void **state)
{
	struct shelf *f = *state;

	for (int v = 0; v < STORE_SCHEMA; v++) {
		char *name = str_printf("old-%d.db", v);
		char *path = shelf_path(f, name);
		char *copy = str_printf("%s.v%d", path, v);
		enum store_mode mode = v % 2 ? STORE_WRITE : STORE_READ;
		struct store *s;

		FINE(store_make(path, v, WHY));
		assert_int_equal(raw_number(path, "PRAGMA user_version"), v);
		s = shelf_open(path, mode);
		store_close(s);
		assert_int_equal(raw_number(path, "PRAGMA user_version"),
				 STORE_SCHEMA);
		assert_int_equal(raw_number(copy, "PRAGMA user_version"), v);
		s = shelf_open(path, STORE_WRITE);
		assert_true(shelf_unit(s, "甲局", "") > 0);
		store_close(s);
		free(copy);
		free(path);
		free(name);
	}
}

/* While an older program still has it open, its tables are not changed. */
static void test_older_in_use(void **state)
{
	struct shelf *f = *state;
	char *path = shelf_path(f, "old.db");
	struct err err = { 0 };
	struct store *s;

	FINE(store_make(path, STORE_SCHEMA, WHY));
	s = shelf_open(path, STORE_WRITE);
	raw(path, "PRAGMA user_version=0");
	assert_null(store_open(path, STORE_WRITE, &err));
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.text, path));
	store_close(s);
	free(path);
}

static void test_newer(void **state)
{
	struct shelf *f = *state;
	char *before, *after;
	size_t len, len_after;

	store_close(f->s);
	f->s = NULL;
	raw(f->path, "PRAGMA journal_mode=DELETE; PRAGMA user_version=99");
	shelf_read(f->path, &before, &len);
	for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
		struct err err = { 0 };

		assert_null(store_open(f->path, (enum store_mode)mode, &err));
		assert_int_equal(err.code, ERR_STORE);
		assert_non_null(strstr(err.text, "99"));
		assert_non_null(strstr(err.text, f->path));
	}
	shelf_read(f->path, &after, &len_after);
	assert_int_equal(len, len_after);
	assert_memory_equal(before, after, len);
	free(before);
	free(after);
}

static void test_network(void **state)
{
	static const long refused[] = { 0x6969, 0x517B, 0xFE534D42L,
					0xFF534D42L, (int)0xFF534D42 };
	static const long taken[] = { 0xEF53,      0x58465342, 0x01021994,
				      0x9123683EL, 0x65735546, 0x4d44 };

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		assert_non_null(network_by_magic(refused[i]));
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		assert_null(network_by_magic(taken[i]));
	assert_string_equal(network_by_type("fuse.sshfs"), "sshfs");
	assert_null(network_by_type("fuse.encfs"));
	assert_null(network_by_type("ext4"));
}

/* ---- history ---- */

static void fill_history(struct shelf *f)
{
	FINE(store_history_add(f->s, f->id, "new", "", "", "", "", WHY));
	FINE(store_history_add(f->s, f->id, "set", "overview.text", "", "甲",
			       "", WHY));
	FINE(store_history_add(f->s, 0, "user", "", "", "张", "1", WHY));
	FINE(store_history_add(f->s, f->id, "set", "overview.text", "甲", "乙",
			       "改", WHY));
	FINE(store_history_add(f->s, f->id, "set", "a.b.c", "", "1", "", WHY));
}

static void test_history(void **state)
{
	struct shelf *f = *state;
	struct change_row *list;
	size_t count;
	int64_t broken;

	fill_history(f);
	FINE(store_history_verify(f->s, &broken, WHY));
	assert_int_equal(broken, 0);
	FINE(store_history(f->s, f->id, NULL, &list, &count, WHY));
	assert_int_equal(count, 4);
	assert_string_equal(list[0].deed, "new");
	assert_string_equal(list[0].path, "");
	assert_string_equal(list[0].user, store_actor(f->s)->name);
	assert_string_equal(list[2].old, "甲");
	assert_string_equal(list[2].reason, "改");
	assert_int_equal(list[3].number, 6); /* 1 is the unit */
	store_history_free(list, count);
	FINE(store_history(f->s, f->id, "overview.text", &list, &count, WHY));
	assert_int_equal(count, 2);
	assert_string_equal(list[1].new_, "乙");
	store_history_free(list, count);
	FINE(store_history(f->s, f->id, "no.such", &list, &count, WHY));
	assert_int_equal(count, 0);
	FINE(store_history(f->s, 0, NULL, &list, &count, WHY));
	assert_int_equal(count, 2);
	assert_string_equal(list[0].deed, "unit");
	store_history_free(list, count);
}

static void test_tampered(void **state)
{
	static const struct {
		const char *sql;
		int64_t broken;
	} rows[] = {
		{ "UPDATE history SET new='丙' WHERE number=3", 3 },
		{ "UPDATE history SET moment='' WHERE number=5", 5 },
		{ "UPDATE history SET user='x' WHERE number=2", 2 },
		{ "UPDATE history SET reason='' WHERE number=5", 5 },
		{ "UPDATE history SET report=NULL WHERE number=6", 6 },
		{ "UPDATE history SET path=NULL WHERE number=6", 6 },
		{ "UPDATE history SET old='甲改', reason='' WHERE number=5",
		  5 },
		{ "UPDATE path SET text='a.b.d' WHERE text='a.b.c'", 6 },
		{ "DELETE FROM history WHERE number=4", 4 },
		{ "DELETE FROM history WHERE number=6", 6 },
		{ "DELETE FROM history", 1 },
		{ "INSERT INTO history SELECT 7, report, moment, user, deed,"
		  " path, old, new, reason, digest FROM history"
		  " WHERE number=6",
		  7 },
		{ "UPDATE chain SET number=5", 7 },
	};
	struct shelf *f = *state;
	char *whole = shelf_path(f, "whole.db"), *bad = shelf_path(f, "bad.db");

	fill_history(f);
	FINE(store_backup(f->s, whole, WHY));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = { 0 };
		struct store *s;
		int64_t broken = 0;
		char *bytes;
		size_t len;

		shelf_read(whole, &bytes, &len);
		shelf_write(bad, bytes, len);
		free(bytes);
		raw(bad, rows[i].sql);
		s = shelf_open(bad, STORE_READ);
		if (store_history_verify(s, &broken, &err) != ERR_STORE ||
		    broken != rows[i].broken || !*err.text)
			fail_msg("%s: %d", rows[i].sql, (int)broken);
		store_close(s);
	}
	free(whole);
	free(bad);
}

/* More rows than are read at a time. */
static void test_long_history(void **state)
{
	struct shelf *f = *state;
	int64_t broken;

	FINE(store_begin(f->s, WHY));
	for (int i = 0; i < 1001; i++)
		FINE(store_history_add(f->s, f->id, "set", "a.b.c", "", "1", "",
				       WHY));
	FINE(store_commit(f->s, true, WHY));
	FINE(store_history_verify(f->s, &broken, WHY));
	raw(f->path, "UPDATE history SET new='2' WHERE number=1000");
	assert_int_equal(store_history_verify(f->s, &broken, NULL), ERR_STORE);
	assert_int_equal(broken, 1000);
}

/* ---- transactions ---- */

static size_t count_units(struct store *s)
{
	struct unit **list;
	size_t count;

	FINE(store_units(s, &list, &count, WHY));
	store_units_free(list, count);
	return count;
}

static void test_nested(void **state)
{
	struct shelf *f = *state;

	FINE(store_begin(f->s, WHY));
	shelf_unit(f->s, "甲局", "");
	FINE(store_begin(f->s, WHY));
	shelf_unit(f->s, "乙局", "");
	FINE(store_commit(f->s, true, WHY));
	store_rollback(f->s);
	assert_int_equal(count_units(f->s), 1);

	FINE(store_begin(f->s, WHY));
	FINE(store_begin(f->s, WHY));
	shelf_unit(f->s, "乙局", "");
	FINE(store_commit(f->s, false, WHY));
	FINE(store_commit(f->s, false, WHY));
	assert_int_equal(count_units(f->s), 2);
	store_rollback(f->s);
	assert_int_equal(count_units(f->s), 2);
}

/* What an outer caller writes after an inner rollback must not stay. */
static void test_undone_inside(void **state)
{
	struct shelf *f = *state;
	struct err err = { 0 };

	FINE(store_begin(f->s, WHY));
	shelf_unit(f->s, "甲局", "");
	FINE(store_begin(f->s, WHY));
	store_rollback(f->s);
	assert_int_equal(store_config_set(f->s, "enter", "right", &err),
			 ERR_STORE);
	assert_int_equal(store_commit(f->s, true, &err), ERR_STORE);
	store_rollback(f->s);
	assert_int_equal(count_units(f->s), 1);
	assert_null(store_config_get(f->s, "enter"));
	FINE(store_config_set(f->s, "enter", "right", WHY));
}

/* ---- who ---- */

static void test_users(void **state)
{
	struct shelf *f = *state;
	struct actor *list;
	size_t count;
	struct err err = { 0 };
	char *os = xstrdup(store_actor(f->s)->name);

	assert_int_equal(store_actor(f->s)->roles, ROLE_ALL);
	FINE(store_sign_in(f->s, "谁都行", WHY));
	assert_int_equal(store_actor(f->s)->roles, ROLE_ALL);
	FINE(store_sign_in(f->s, os, WHY));
	FINE(store_user_add(f->s, "张", ROLE_CLERK, WHY));
	FINE(store_users(f->s, &list, &count, WHY));
	assert_int_equal(count, 2); /* and who added him */
	assert_string_equal(list[0].name, os);
	assert_int_equal(list[0].roles, ROLE_ALL);
	assert_int_equal(list[1].roles, ROLE_CLERK);
	store_users_free(list, count);
	FINE(store_user_add(f->s, "李", ROLE_SUPERVISOR | ROLE_TRAINER, WHY));

	assert_int_equal(store_sign_in(f->s, "王", &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "nianbao user add 王"));
	assert_string_equal(store_actor(f->s)->name, os);
	FINE(store_sign_in(f->s, "张", WHY));
	assert_int_equal(store_actor(f->s)->roles, ROLE_CLERK);
	assert_int_equal(store_user_add(f->s, "王", ROLE_CLERK, &err),
			 ERR_REFUSED);
	FINE(store_sign_in(f->s, "李", WHY));
	FINE(store_user_add(f->s, os, ROLE_CLERK, WHY));
	assert_int_equal(store_user_add(f->s, "李", ROLE_CLERK, &err),
			 ERR_REFUSED);
	FINE(store_user_add(f->s, "李", ROLE_SUPERVISOR, WHY));
	assert_int_equal(store_actor(f->s)->roles, ROLE_SUPERVISOR);
	free(os);
}

static void test_user_names(void **state)
{
	static const char *const bad[] = { "", " ", "张\n三", "\x1b[31m",
					   "\xff" };
	struct shelf *f = *state;
	struct actor *list;
	size_t count;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(store_user_add(f->s, bad[i], ROLE_CLERK, NULL),
				 ERR_INPUT);
		assert_int_equal(store_sign_in(f->s, bad[i], NULL), ERR_INPUT);
	}
	assert_int_equal(store_user_add(f->s, "张", 0, NULL), ERR_INPUT);
	assert_int_equal(store_user_add(f->s, "张", 8, NULL), ERR_INPUT);
	FINE(store_users(f->s, &list, &count, WHY));
	assert_int_equal(count, 0);
	/* adding oneself first keeps a supervisor */
	FINE(store_user_add(f->s, store_actor(f->s)->name, ROLE_CLERK, WHY));
	assert_int_equal(store_actor(f->s)->roles,
			 ROLE_CLERK | ROLE_SUPERVISOR);
}

static void test_config(void **state)
{
	struct shelf *f = *state;
	struct store *other = shelf_open(f->path, STORE_READ);
	char *value;

	assert_null(store_config_get(f->s, "enter"));
	FINE(store_config_set(f->s, "enter", "down", WHY));
	FINE(store_config_set(f->s, "enter", "right", WHY));
	value = store_config_get(other, "enter");
	assert_string_equal(value, "right");
	free(value);
	assert_int_equal(store_config_set(other, "enter", "x", NULL),
			 ERR_STORE);
	assert_false(store_is_demo(f->s));
	FINE(store_mark_demo(f->s, WHY));
	assert_true(store_is_demo(f->s));
	store_close(other);
	other = shelf_open(f->path, STORE_READ);
	assert_true(store_is_demo(other));
	store_close(other);
}

/* ---- units ---- */

/* What test_units() did to units and 口径 is on record, once each. */
static void shared_history(struct store *s)
{
	static const char *const rows[][4] = {
		{ "unit", "青溪县教育局", "", "kind=department" },
		{ "unit", "档案局", "",
		  "kind=department\naliases=地方志办公室；史志 办; 馆 ;" },
		{ "unit", "档案局",
		  "kind=department\naliases=地方志办公室；史志 办; 馆 ;",
		  "kind=town\naliases=馆" },
		{ "unit", "馆", "", "kind=department" },
		{ "caliber", "a.b.c", "", "含街道" },
		{ "caliber", "a.b.c", "含街道", "" },
	};
	struct change_row *list;
	size_t count;

	FINE(store_caliber_set(s, "ogi-2021", "a.b.c", "", WHY));
	FINE(store_history(s, 0, NULL, &list, &count, WHY));
	assert_int_equal(count, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(list[i].deed, rows[i][0]);
		assert_string_equal(list[i].path, rows[i][1]);
		assert_string_equal(list[i].old, rows[i][2]);
		assert_string_equal(list[i].new_, rows[i][3]);
	}
	store_history_free(list, count);
}

static void test_units(void **state)
{
	struct shelf *f = *state;
	int64_t id = shelf_unit(f->s, "档案局", "地方志办公室；史志 办; 馆 ;");
	struct unit *u = store_unit_find(f->s, "地方志办公室");
	struct err err = { 0 };
	char *text;

	assert_int_equal(u->id, id);
	unit_free(u);
	u = store_unit_find(f->s, "史志 办");
	assert_int_equal(u->id, id);
	unit_free(u);
	u = store_unit_find(f->s, "馆");
	assert_string_equal(u->name, "档案局");
	assert_string_equal(u->aliases, "地方志办公室；史志 办; 馆 ;");
	assert_int_equal(u->kind, UNIT_DEPARTMENT);
	u->kind = UNIT_TOWN;
	u->kind_set = true;
	free(u->aliases);
	u->aliases = xstrdup("馆");
	FINE(store_unit_save(f->s, u, WHY));
	assert_null(store_unit_find(f->s, "地方志办公室"));
	assert_null(store_unit_find(f->s, ""));
	free(u->name);
	u->name = xstrdup("青溪县教育局");
	assert_int_equal(store_unit_save(f->s, u, &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "青溪县教育局"));
	unit_free(u);
	u = store_unit_load(f->s, id);
	assert_int_equal(u->kind, UNIT_TOWN);
	assert_true(u->kind_set);
	unit_free(u);
	assert_null(store_unit_load(f->s, 99));
	/* a name goes before another's alias */
	shelf_unit(f->s, "馆", "");
	u = store_unit_find(f->s, "馆");
	assert_string_equal(u->name, "馆");
	unit_free(u);

	assert_null(store_caliber_get(f->s, "ogi-2021", "a.b.c"));
	FINE(store_caliber_set(f->s, "ogi-2021", "a.b.c", "含街道", WHY));
	text = store_caliber_get(f->s, "ogi-2021", "a.b.c");
	assert_string_equal(text, "含街道");
	free(text);
	FINE(store_caliber_set(f->s, "ogi-2021", "a.b.c", "", WHY));
	assert_null(store_caliber_get(f->s, "ogi-2021", "a.b.c"));
	shared_history(f->s);
}

#define GROUP_TEST(test)                                                       \
	cmocka_unit_test_setup_teardown(test, shelf_set_up, shelf_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		GROUP_TEST(test_older),         GROUP_TEST(test_older_in_use),
		GROUP_TEST(test_newer),         GROUP_TEST(test_network),
		GROUP_TEST(test_history),       GROUP_TEST(test_tampered),
		GROUP_TEST(test_long_history),  GROUP_TEST(test_nested),
		GROUP_TEST(test_undone_inside), GROUP_TEST(test_users),
		GROUP_TEST(test_user_names),    GROUP_TEST(test_config),
		GROUP_TEST(test_units),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
