/* Reports and their cells. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/tr.h"

/* X(name, word, in Chinese); the numbers stand in the file. */
#define STATE_LIST(X)                                                          \
	X(DRAFT, "draft", N_("起草"))                                          \
	X(SUBMITTED, "submitted", N_("待审核"))                                \
	X(RETURNED, "returned", N_("退回修改"))                                \
	X(APPROVED, "approved", N_("审核通过"))                                \
	X(PUBLISHED, "published", N_("已公布"))                                \
	X(DISCARDED, "discarded", N_("已作废"))
static const struct {
	const char *word, *label;
} states[] = {
#define STATE_ROW(name, word, label) [STATE_##name] = { word, label },
	STATE_LIST(STATE_ROW)
#undef STATE_ROW
};
_Static_assert(sizeof states / sizeof *states == STATE_COUNT, "all states");
_Static_assert(STATE_DRAFT == 0 && STATE_SUBMITTED == 1 &&
		       STATE_RETURNED == 2 && STATE_APPROVED == 3 &&
		       STATE_PUBLISHED == 4 && STATE_DISCARDED == 5,
	       "states keep their numbers");

const char *state_word(enum state state)
{
	return states[state].word;
}

const char *state_label(enum state state)
{
	return _(states[state].label);
}

bool state_parse(const char *word, enum state *out)
{
	for (int i = 0; i < STATE_COUNT; i++) {
		if (strcmp(states[i].word, word) != 0 &&
		    strcmp(states[i].label, word) != 0)
			continue;
		*out = (enum state)i;
		return true;
	}
	return false;
}

/* ---- rows ---- */

#define MEMBER(type, name)                                                     \
	{                                                                      \
		type, offsetof(struct report_row, name)                        \
	}
/* As report_save() writes them, then what stays as it was made. */
static const struct column row_columns[] = {
	MEMBER(COLUMN_INT, state),         MEMBER(COLUMN_INT, version),
	MEMBER(COLUMN_INT, done),          MEMBER(COLUMN_INT, need),
	MEMBER(COLUMN_INT, hard),          MEMBER(COLUMN_INT, soft),
	MEMBER(COLUMN_INT, hint),          MEMBER(COLUMN_BOOL, stale),
	MEMBER(COLUMN_TEXT, place),        MEMBER(COLUMN_TEXT, changed_at),
	MEMBER(COLUMN_TEXT, changed_by),   MEMBER(COLUMN_TEXT, submitted_at),
	MEMBER(COLUMN_TEXT, returned_at),  MEMBER(COLUMN_TEXT, return_reason),
	MEMBER(COLUMN_TEXT, published_on), MEMBER(COLUMN_TEXT, published_url),
	MEMBER(COLUMN_TEXT, index_no),     MEMBER(COLUMN_TEXT, doc_no),
	MEMBER(COLUMN_INT64, id),          MEMBER(COLUMN_INT64, unit_id),
	MEMBER(COLUMN_TEXT, unit),         MEMBER(COLUMN_TEXT, form),
	MEMBER(COLUMN_INT, year),          MEMBER(COLUMN_TEXT, period),
};
#undef MEMBER
enum {
	SAVED_COLUMNS = 19, /* with the id */
};
static const struct shape row_shape = { sizeof(struct report_row), row_columns,
					sizeof row_columns /
						sizeof *row_columns };
static const struct shape saved_shape = { sizeof(struct report_row),
					  row_columns, SAVED_COLUMNS };

#define SAVED_NAMES                                                               \
	"state, version, done, need, hard, soft, hint, stale, place, changed_at," \
	" changed_by, submitted_at, returned_at, return_reason, published_on,"    \
	" published_url, index_no, doc_no"
#define SELECT_REPORTS                                                         \
	"SELECT " SAVED_NAMES ", r.id, r.unit, u.name, r.form, r.year,"        \
	" r.period FROM report r JOIN unit u ON u.id=r.unit "

void report_row_free(struct report_row *row)
{
	shape_clear(&row_shape, row);
}

void store_reports_free(struct report_row *list, size_t count)
{
	shape_free(&row_shape, list, count);
}

static enum err_code no_report(int64_t id, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("没有编号为 %lld 的报告；全部报告见 nianbao list"),
		       (long long)id);
}

enum err_code store_report_row(struct store *s, int64_t id,
			       struct report_row *out, struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s, SELECT_REPORTS "WHERE r.id=?1",
			 BINDS(sql_number(id)), &row_shape, &rows, err);

	if (!code && rows.count == 0)
		code = no_report(id, err);
	if (!code)
		*out = *(struct report_row *)rows.list;
	free(rows.list);
	return code;
}

int64_t store_report_find(struct store *s, int64_t unit_id, const char *form,
			  int year)
{
	int64_t id = 0;

	sql_numbers(
		s,
		"SELECT id FROM report WHERE unit=?1 AND form=?2"
		" AND year=?3 AND period='' AND state<>5",
		BINDS(sql_number(unit_id), sql_text(form), sql_number(year)),
		&id, 1, NULL, NULL);
	return id;
}

/* A report that would be the second of its unit, form, year and period. */
static enum err_code refuse_second(struct store *s, enum err_code code,
				   struct err *err)
{
	if (!code ||
	    sqlite3_extended_errcode(s->db) != SQLITE_CONSTRAINT_UNIQUE)
		return code;
	return err_set(err, ERR_REFUSED,
		       _("这个单位这一年的报告已经有了；请打开它，不必新建"));
}

static enum err_code insert_report(struct store *s, int64_t unit_id,
				   const char *form, int year, int64_t *id,
				   struct err *err)
{
	char now[DATE_MOMENT];
	enum err_code code = sql_run(
		s,
		"INSERT INTO report(unit, form, year, created_at, created_by,"
		" changed_at, changed_by)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?4, ?5)",
		BINDS(sql_number(unit_id), sql_text(form), sql_number(year),
		      sql_text(date_now(now)), sql_text(s->actor.name)),
		err);

	if (code)
		return refuse_second(s, code, err);
	*id = sqlite3_last_insert_rowid(s->db);
	return sql_run(s, "INSERT INTO journal(report) VALUES(?1)",
		       BINDS(sql_number(*id)), err);
}

enum err_code store_report_add(struct store *s, int64_t unit_id,
			       const char *form, int year, int64_t *id,
			       struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = insert_report(s, unit_id, form, year, id, err);
	return store_end(s, code, true, err);
}

static enum err_code update_report(struct store *s,
				   const struct report_row *row,
				   struct err *err)
{
	enum err_code code = sql_run_row(
		s,
		"UPDATE report SET (" SAVED_NAMES ") ="
		" (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
		" ?14, ?15, ?16, ?17, ?18) WHERE id=?19",
		&saved_shape, row, NO_BINDS, err);

	if (code)
		return refuse_second(s, code, err);
	return sqlite3_changes(s->db) ? ERR_OK : no_report(row->id, err);
}

enum err_code store_report_save(struct store *s, const struct report_row *row,
				struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	return store_end(s, update_report(s, row, err), true, err);
}

enum err_code store_reports_stale(struct store *s, int64_t unit_id, int year,
				  struct err *err)
{
	return sql_write(s,
			 "UPDATE report SET stale=1 WHERE stale=0"
			 " AND (?1=0 OR unit=?1) AND (?2=0 OR year=?2)",
			 BINDS(sql_number(unit_id), sql_number(year)), err);
}

/* ---- lists ---- */

/* The conditions are written out, so that the indexes are used; parameters
 * 1 to 4 are year, unit, state and limit. */
static void add_conditions(struct str *sql, const struct report_filter *f)
{
	const char *const conditions[] = {
		f->year ? "r.year=?1" : NULL,
		f->unit ? "r.unit IN (SELECT id FROM unit WHERE name=?2"
			  " UNION SELECT unit FROM unit_alias WHERE name=?2)"
			: NULL,
		f->state >= 0 ? "r.state=?3" : NULL,
		f->discarded || f->state == STATE_DISCARDED ? NULL
							    : "r.state<>5",
	};
	const char *join = " WHERE ";

	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
		if (!conditions[i])
			continue;
		str_add(sql, join);
		str_add(sql, conditions[i]);
		join = " AND ";
	}
}

static struct bind limit_of(const struct report_filter *f)
{
	return sql_number(f->limit ? (int64_t)f->limit : -1);
}

static enum err_code list_reports(struct store *s, const char *select,
				  const struct report_filter *filter,
				  const struct shape *shape, struct rows *rows,
				  struct err *err)
{
	struct str sql = { 0 };
	enum err_code code;

	str_add(&sql, select);
	add_conditions(&sql, filter);
	str_add(&sql, " ORDER BY r.year DESC, r.unit, r.id LIMIT ?4");
	code = sql_rows_built(
		s, sql.s,
		BINDS(sql_number(filter->year), sql_text(filter->unit),
		      sql_number(filter->state), limit_of(filter)),
		shape, rows, err);
	str_free(&sql);
	return code;
}

enum err_code store_reports(struct store *s, const struct report_filter *filter,
			    struct report_row **list, size_t *count,
			    struct err *err)
{
	struct rows rows;
	enum err_code code =
		list_reports(s, SELECT_REPORTS, filter, &row_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

static const struct column key_columns[] = {
	{ COLUMN_INT64, offsetof(struct report_key, id) },
	{ COLUMN_INT64, offsetof(struct report_key, unit_id) },
};
static const struct shape key_shape = { sizeof(struct report_key), key_columns,
					2 };

enum err_code store_report_keys(struct store *s,
				const struct report_filter *filter,
				struct report_key **list, size_t *count,
				struct err *err)
{
	struct rows rows;
	enum err_code code =
		list_reports(s, "SELECT r.id, r.unit FROM report r", filter,
			     &key_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

int64_t store_report_latest(struct store *s)
{
	int64_t id = 0;

	sql_numbers(s,
		    "SELECT id FROM report ORDER BY changed_at DESC, year DESC,"
		    " unit LIMIT 1",
		    NO_BINDS, &id, 1, NULL, NULL);
	return id;
}

int64_t store_news(struct store *s)
{
	int64_t version = 0;

	sql_numbers(s, "PRAGMA data_version", NO_BINDS, &version, 1, NULL,
		    NULL);
	return version;
}

struct state_count {
	int state;
	int64_t count;
};
static const struct column state_count_columns[] = {
	{ COLUMN_INT, offsetof(struct state_count, state) },
	{ COLUMN_INT64, offsetof(struct state_count, count) },
};
static const struct shape state_count_shape = { sizeof(struct state_count),
						state_count_columns, 2 };

enum err_code store_reports_count(struct store *s,
				  const struct report_filter *filter,
				  size_t counts[STATE_COUNT], struct err *err)
{
	struct str sql = { 0 };
	struct rows rows;
	enum err_code code;

	memset(counts, 0, STATE_COUNT * sizeof *counts);
	str_add(&sql, "SELECT r.state, count(*) FROM report r");
	add_conditions(&sql, filter);
	str_add(&sql, " GROUP BY r.state HAVING ?4");
	code = sql_rows_built(s, sql.s,
			      BINDS(sql_number(filter->year),
				    sql_text(filter->unit),
				    sql_number(filter->state), sql_number(1)),
			      &state_count_shape, &rows, err);
	str_free(&sql);
	for (size_t i = 0; i < rows.count; i++) {
		const struct state_count *row =
			(const struct state_count *)rows.list + i;

		if (row->state >= 0 && row->state < STATE_COUNT)
			counts[row->state] = (size_t)row->count;
	}
	free(rows.list);
	return code;
}

/* ---- cells ---- */

enum err_code path_id(struct store *s, const char *path, int64_t *id,
		      struct err *err)
{
	bool found;
	enum err_code code =
		sql_numbers(s, "SELECT id FROM path WHERE text=?1",
			    BINDS(sql_text(path)), id, 1, &found, err);

	if (code || found)
		return code;
	code = sql_run(s, "INSERT INTO path(text) VALUES(?1)",
		       BINDS(sql_text(path)), err);
	*id = sqlite3_last_insert_rowid(s->db);
	return code;
}

static const struct column cell_columns[] = {
	{ COLUMN_TEXT, offsetof(struct stored_cell, path) },
	{ COLUMN_INT, offsetof(struct stored_cell, slot) },
	{ COLUMN_TEXT, offsetof(struct stored_cell, text) },
	{ COLUMN_BOOL, offsetof(struct stored_cell, na) },
};
static const struct shape cell_shape = { sizeof(struct stored_cell),
					 cell_columns, 4 };

enum err_code store_cells(struct store *s, int64_t report,
			  struct stored_cell **list, size_t *count,
			  struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s,
			 "SELECT p.text, c.slot, c.text, c.kind=3"
			 " FROM cell c JOIN path p ON p.id=c.path"
			 " WHERE c.report=?1 ORDER BY c.path, c.slot",
			 BINDS(sql_number(report)), &cell_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

enum err_code store_each_cell(struct store *s, int64_t report,
			      stored_cell_fn *fn, void *to, struct err *err)
{
	sqlite3_stmt *stmt =
		sql_prepare(s,
			    "SELECT p.text, c.slot, c.text"
			    " FROM cell c JOIN path p ON p.id=c.path"
			    " WHERE c.report=?1",
			    err);
	int rc;

	if (!stmt)
		return ERR_STORE;
	rc = sqlite3_bind_int64(stmt, 1, report);
	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
			fn(to, (const char *)sqlite3_column_text(stmt, 0),
			   (enum cell_slot)sqlite3_column_int(stmt, 1),
			   (const char *)sqlite3_column_text(stmt, 2));
	}
	sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? ERR_OK : sql_error(s, rc, err);
}

void store_cells_free(struct stored_cell *list, size_t count)
{
	shape_free(&cell_shape, list, count);
}

enum {
	KIND_NUMBER = 1,
	KIND_TEXT,
	KIND_NA
};

static enum err_code write_cell(struct store *s, int64_t report,
				const char *path, enum cell_slot slot,
				const char *text, int kind, int64_t number,
				struct err *err)
{
	int64_t id;
	struct bind figure = sql_number(number);
	enum err_code code = path_id(s, path, &id, err);

	if (code)
		return code;
	figure.null = kind != KIND_NUMBER;
	if (!*text)
		return sql_run(s,
			       "DELETE FROM cell"
			       " WHERE report=?1 AND path=?2 AND slot=?3",
			       BINDS(sql_number(report), sql_number(id),
				     sql_number(slot)),
			       err);
	return sql_run(s,
		       "INSERT OR REPLACE INTO cell"
		       " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
		       BINDS(sql_number(report), sql_number(id),
			     sql_number(slot), sql_number(kind), figure,
			     sql_text(text)),
		       err);
}

enum err_code store_cell_save(struct store *s, int64_t report, const char *path,
			      enum cell_slot slot, const char *text, bool na,
			      bool is_number, int64_t number, struct err *err)
{
	int kind = na ? KIND_NA : is_number ? KIND_NUMBER : KIND_TEXT;
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = write_cell(s, report, path, slot, text, kind, number, err);
	return store_end(s, code, true, err);
}

/* ---- opening figures ---- */

static enum err_code write_opening(struct store *s, int64_t report,
				   const char *path, const char *text,
				   struct err *err)
{
	int64_t id;
	enum err_code code = path_id(s, path, &id, err);

	if (code)
		return code;
	if (!*text)
		return sql_run(s,
			       "DELETE FROM opening"
			       " WHERE report=?1 AND path=?2",
			       BINDS(sql_number(report), sql_number(id)), err);
	return sql_run(
		s, "INSERT OR REPLACE INTO opening VALUES(?1, ?2, ?3)",
		BINDS(sql_number(report), sql_number(id), sql_text(text)), err);
}

enum err_code store_opening_save(struct store *s, int64_t report,
				 const char *path, const char *text,
				 struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = write_opening(s, report, path, text, err);
	return store_end(s, code, true, err);
}

enum err_code store_openings(struct store *s, int64_t report,
			     struct stored_cell **list, size_t *count,
			     struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s,
			 "SELECT p.text, 0, o.text, o.text='/'"
			 " FROM opening o JOIN path p ON p.id=o.path"
			 " WHERE o.report=?1 ORDER BY o.path",
			 BINDS(sql_number(report)), &cell_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}
