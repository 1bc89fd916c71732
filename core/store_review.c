/* Snapshots, comments, sign-offs, ticks. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/text.h"
#include "core/tr.h"

#define MEMBER(of, type, name)                                                 \
	{                                                                      \
		type, offsetof(struct of, name)                                \
	}
#define SHAPE(of, columns)                                                     \
	{                                                                      \
		sizeof(struct of), columns,                                    \
			sizeof(columns) / sizeof *(columns)                    \
	}

/* ---- snapshots ---- */

enum err_code store_snapshot_add(struct store *s, int64_t report, int version,
				 enum state state, const char *data,
				 const char *digest, struct err *err)
{
	char now[DATE_MOMENT];

	return sql_write(s,
			 "INSERT INTO snapshot(report, version, state, moment,"
			 " user, data, digest)"
			 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			 BINDS(sql_number(report), sql_number(version),
			       sql_number(state), sql_text(date_now(now)),
			       sql_text(s->actor.name), sql_text(data),
			       sql_text(digest)),
			 err);
}

char *store_snapshot(struct store *s, int64_t report, enum state state,
		     int version, char **moment)
{
	int64_t id = 0;

	if (moment)
		*moment = NULL;
	if (sql_numbers(s,
			"SELECT id FROM snapshot WHERE report=?1 AND state=?2"
			" AND (?3=0 OR version=?3) ORDER BY id DESC LIMIT 1",
			BINDS(sql_number(report), sql_number(state),
			      sql_number(version)),
			&id, 1, NULL, NULL) != ERR_OK ||
	    id == 0)
		return NULL;
	if (moment)
		*moment =
			sql_string(s, "SELECT moment FROM snapshot WHERE id=?1",
				   BINDS(sql_number(id)));
	return sql_string(s, "SELECT data FROM snapshot WHERE id=?1",
			  BINDS(sql_number(id)));
}

int store_snapshot_version(struct store *s, int64_t report, enum state state)
{
	int64_t version = 0;

	if (sql_numbers(s,
			"SELECT version FROM snapshot WHERE report=?1"
			" AND state=?2 ORDER BY id DESC LIMIT 1",
			BINDS(sql_number(report), sql_number(state)), &version,
			1, NULL, NULL) != ERR_OK)
		return 0;
	return (int)version;
}

int64_t store_snapshot_report(struct store *s, const char *digest)
{
	int64_t report = 0;

	if (sql_numbers(s,
			"SELECT report FROM snapshot WHERE digest=?1"
			" ORDER BY id DESC LIMIT 1",
			BINDS(sql_text(digest)), &report, 1, NULL,
			NULL) != ERR_OK)
		return 0;
	return report;
}

/* ---- comments ---- */

static const struct column comment_columns[] = {
	MEMBER(comment, COLUMN_INT64, number),
	MEMBER(comment, COLUMN_TEXT, path),
	MEMBER(comment, COLUMN_TEXT, author),
	MEMBER(comment, COLUMN_TEXT, moment),
	MEMBER(comment, COLUMN_TEXT, text),
	MEMBER(comment, COLUMN_TEXT, answer),
	MEMBER(comment, COLUMN_TEXT, answered_by),
	MEMBER(comment, COLUMN_TEXT, answered_at),
	MEMBER(comment, COLUMN_TEXT, resolved_by),
	MEMBER(comment, COLUMN_TEXT, resolved_at),
	MEMBER(comment, COLUMN_BOOL, on_return),
};
static const struct shape comment_shape = SHAPE(comment, comment_columns);

#define COMMENT_NAMES                                                          \
	"number, path, author, moment, text, answer, answered_by,"             \
	" answered_at, resolved_by, resolved_at, on_return"

static enum err_code next_number(struct store *s, int64_t report,
				 int64_t *number, struct err *err)
{
	return sql_numbers(s,
			   "SELECT coalesce(max(number), 0) + 1 FROM comment"
			   " WHERE report=?1",
			   BINDS(sql_number(report)), number, 1, NULL, err);
}

static enum err_code insert_comment(struct store *s, int64_t report,
				    const struct comment *c, struct err *err)
{
	return sql_run_row(s,
			   "INSERT INTO comment(" COMMENT_NAMES ", report)"
			   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
			   " ?11, ?12)",
			   &comment_shape, c, BINDS(sql_number(report)), err);
}

/* What a row read from the store would own is only lent here. */
static struct comment new_comment(const struct store *s, char *path, char *text,
				  char *now)
{
	return (struct comment){ .path = path,
				 .author = s->actor.name,
				 .moment = now,
				 .text = text };
}

static enum err_code check_said(const char *text, struct err *err)
{
	if (text_valid(text, strlen(text)))
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("批注里有控制字符或不是 UTF-8 的字节，"
			 "没有存；请改过再存"));
}

enum err_code store_comment_add(struct store *s, int64_t report,
				const char *path, const char *text,
				bool on_return, int64_t *number,
				struct err *err)
{
	char now[DATE_MOMENT];
	char *path_copy = xstrdup(path), *text_copy = xstrdup(text);
	struct comment c = new_comment(s, path_copy, text_copy, now);
	enum err_code code = check_said(text, err);

	if (!code)
		code = store_begin(s, err);
	if (!code) {
		date_now(now);
		c.on_return = on_return;
		code = next_number(s, report, &c.number, err);
		if (!code)
			code = insert_comment(s, report, &c, err);
		if (!code)
			code = store_history_add(s, report, "comment", path, "",
						 text, "", err);
		code = store_end(s, code, true, err);
	}
	if (!code && number)
		*number = c.number;
	free(path_copy);
	free(text_copy);
	return code;
}

static enum err_code put_comment(struct store *s, int64_t report,
				 const struct comment *comment, struct err *err)
{
	struct comment c = *comment;
	bool taken = false;
	enum err_code code = sql_numbers(
		s, "SELECT 1 FROM comment WHERE report=?1 AND number=?2",
		BINDS(sql_number(report), sql_number(c.number)), NULL, 0,
		&taken, err);

	if (!code && (taken || c.number <= 0))
		code = next_number(s, report, &c.number, err);
	return code ? code : insert_comment(s, report, &c, err);
}

enum err_code store_comment_put(struct store *s, int64_t report,
				const struct comment *comment, struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	return store_end(s, put_comment(s, report, comment, err), true, err);
}

enum err_code store_comment_named(struct store *s, int64_t report,
				  int64_t number, struct err *err)
{
	return sql_write(s,
			 "UPDATE comment SET on_return=1"
			 " WHERE report=?1 AND number=?2",
			 BINDS(sql_number(report), sql_number(number)), err);
}

/* The one with this number; one that is not there is the user's mistake. */
static enum err_code find_comment(struct store *s, int64_t report,
				  int64_t number, struct rows *rows,
				  struct err *err)
{
	enum err_code code =
		sql_rows(s,
			 "SELECT " COMMENT_NAMES " FROM comment"
			 " WHERE report=?1 AND number=?2",
			 BINDS(sql_number(report), sql_number(number)),
			 &comment_shape, rows, err);

	if (!code && rows->count == 0)
		code = err_set(err, ERR_INPUT,
			       _("报告 %lld 没有第 %lld 号批注；全部批注见 "
				 "nianbao comment %lld"),
			       (long long)report, (long long)number,
			       (long long)report);
	return code;
}

/* What was answered before stays in the history. */
static enum err_code answer_comment(struct store *s, int64_t report,
				    int64_t number, const char *text,
				    struct err *err)
{
	char now[DATE_MOMENT];
	struct rows rows = { 0 };
	enum err_code code = find_comment(s, report, number, &rows, err);
	const struct comment *c = rows.list;

	if (!code)
		code = sql_run(s,
			       "UPDATE comment SET answered_by=?3,"
			       " answered_at=?4, answer=?5"
			       " WHERE report=?1 AND number=?2",
			       BINDS(sql_number(report), sql_number(number),
				     sql_text(s->actor.name),
				     sql_text(date_now(now)), sql_text(text)),
			       err);
	if (!code)
		code = store_history_add(s, report, "answer", c->path,
					 c->answer, text, c->text, err);
	shape_free(&comment_shape, rows.list, rows.count);
	return code;
}

enum err_code store_comment_answer(struct store *s, int64_t report,
				   int64_t number, const char *text,
				   struct err *err)
{
	enum err_code code = check_said(text, err);

	if (!code)
		code = store_begin(s, err);
	if (code)
		return code;
	code = answer_comment(s, report, number, text, err);
	return store_end(s, code, true, err);
}

bool store_may_resolve(const struct store *s, const struct comment *c)
{
	return (s->actor.roles & ROLE_SUPERVISOR) ||
	       strcmp(c->author, s->actor.name) == 0;
}

static enum err_code check_resolver(const struct store *s,
				    const struct comment *c, struct err *err)
{
	if (store_may_resolve(s, c))
		return ERR_OK;
	return err_set(err, ERR_REFUSED,
		       _("第 %lld 号批注是 %s 提的，由提的人或审核人标为解决；"
			 "您可以答复它"),
		       (long long)c->number, c->author);
}

static enum err_code resolve_comment(struct store *s, int64_t report,
				     int64_t number, struct err *err)
{
	char now[DATE_MOMENT];
	struct rows rows = { 0 };
	enum err_code code = find_comment(s, report, number, &rows, err);
	const struct comment *c = rows.list;

	if (!code)
		code = check_resolver(s, c, err);
	if (!code)
		code = sql_run(s,
			       "UPDATE comment SET resolved_by=?3,"
			       " resolved_at=?4"
			       " WHERE report=?1 AND number=?2",
			       BINDS(sql_number(report), sql_number(number),
				     sql_text(s->actor.name),
				     sql_text(date_now(now))),
			       err);
	if (!code)
		code = store_history_add(s, report, "resolve", c->path, c->text,
					 "", c->answer, err);
	shape_free(&comment_shape, rows.list, rows.count);
	return code;
}

enum err_code store_comment_resolve(struct store *s, int64_t report,
				    int64_t number, struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = resolve_comment(s, report, number, err);
	return store_end(s, code, true, err);
}

/* A later answer, a resolution, a return that named it; each is in the history as
 * if done here. */
static enum err_code merge_comment(struct store *s, int64_t report,
				   const struct comment *here,
				   const struct comment *from, struct err *err)
{
	bool answered = strcmp(from->answered_at, here->answered_at) > 0;
	bool resolved = *from->resolved_by && !*here->resolved_by;
	enum err_code code = sql_run(
		s,
		"UPDATE comment SET answer=?3, answered_by=?4, answered_at=?5,"
		" resolved_by=?6, resolved_at=?7, on_return=?8"
		" WHERE report=?1 AND number=?2",
		BINDS(sql_number(report), sql_number(here->number),
		      sql_text(answered ? from->answer : here->answer),
		      sql_text(answered ? from->answered_by
					: here->answered_by),
		      sql_text(answered ? from->answered_at
					: here->answered_at),
		      sql_text(resolved ? from->resolved_by
					: here->resolved_by),
		      sql_text(resolved ? from->resolved_at
					: here->resolved_at),
		      sql_number(here->on_return || from->on_return)),
		err);

	if (!code && answered)
		code = store_history_add(s, report, "answer", here->path,
					 here->answer, from->answer, here->text,
					 err);
	if (!code && resolved)
		code = store_history_add(s, report, "resolve", here->path,
					 here->text, "", from->resolved_by,
					 err);
	return code;
}

enum err_code store_comment_merge(struct store *s, int64_t report,
				  int64_t number, const struct comment *from,
				  struct err *err)
{
	struct rows rows = { 0 };
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = find_comment(s, report, number, &rows, err);
	if (!code)
		code = merge_comment(s, report, rows.list, from, err);
	shape_free(&comment_shape, rows.list, rows.count);
	return store_end(s, code, true, err);
}

enum err_code store_comments(struct store *s, int64_t report,
			     struct comment **list, size_t *count,
			     struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s,
			 "SELECT " COMMENT_NAMES " FROM comment"
			 " WHERE report=?1 ORDER BY number",
			 BINDS(sql_number(report)), &comment_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_comments_free(struct comment *list, size_t count)
{
	shape_free(&comment_shape, list, count);
}

/* ---- sign-offs ---- */

static const struct column signoff_columns[] = {
	MEMBER(signoff, COLUMN_TEXT, step),
	MEMBER(signoff, COLUMN_TEXT, name),
	MEMBER(signoff, COLUMN_TEXT, result),
	MEMBER(signoff, COLUMN_TEXT, opinion),
	MEMBER(signoff, COLUMN_TEXT, moment),
	MEMBER(signoff, COLUMN_TEXT, recorded_by),
	MEMBER(signoff, COLUMN_TEXT, digest),
	MEMBER(signoff, COLUMN_BOOL, paper),
};
static const struct shape signoff_shape = SHAPE(signoff, signoff_columns);

#define SIGNOFF_NAMES                                                          \
	"step, name, result, opinion, moment, recorded_by, digest, paper"

enum err_code store_signoff_add(struct store *s, int64_t report,
				const struct signoff *sign, struct err *err)
{
	char now[DATE_MOMENT];
	struct signoff full = *sign;
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	date_now(now);
	if (!full.moment || !*full.moment)
		full.moment = now;
	if (!full.recorded_by || !*full.recorded_by)
		full.recorded_by = s->actor.name;
	code = sql_run_row(s,
			   "INSERT INTO signoff(" SIGNOFF_NAMES ", report)"
			   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
			   &signoff_shape, &full, BINDS(sql_number(report)),
			   err);
	return store_end(s, code, true, err);
}

enum err_code store_signoffs(struct store *s, int64_t report,
			     struct signoff **list, size_t *count,
			     struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s,
			 "SELECT " SIGNOFF_NAMES " FROM signoff WHERE id IN"
			 " (SELECT max(id) FROM signoff WHERE report=?1"
			 " GROUP BY step) ORDER BY id",
			 BINDS(sql_number(report)), &signoff_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_signoffs_free(struct signoff *list, size_t count)
{
	shape_free(&signoff_shape, list, count);
}

/* ---- ticks ---- */

enum err_code store_tick(struct store *s, int64_t report, const char *item,
			 bool on, struct err *err)
{
	char now[DATE_MOMENT];

	if (!on)
		return sql_write(s,
				 "DELETE FROM tick"
				 " WHERE report=?1 AND item=?2",
				 BINDS(sql_number(report), sql_text(item)),
				 err);
	return sql_write(
		s, "INSERT OR REPLACE INTO tick VALUES(?1, ?2, ?3, ?4)",
		BINDS(sql_number(report), sql_text(item),
		      sql_text(s->actor.name), sql_text(date_now(now))),
		err);
}

bool store_ticked(struct store *s, int64_t report, const char *item)
{
	bool found = false;

	sql_numbers(s, "SELECT 1 FROM tick WHERE report=?1 AND item=?2",
		    BINDS(sql_number(report), sql_text(item)), NULL, 0, &found,
		    NULL);
	return found;
}
