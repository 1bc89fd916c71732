/* One row a keystroke. */
#include "core/date.h"
#include "core/store_impl.h"
#include "core/tr.h"

#define MEMBER(type, name)                                                     \
	{                                                                      \
		type, offsetof(struct step, name)                              \
	}
static const struct column step_columns[] = {
	MEMBER(COLUMN_INT64, number),  MEMBER(COLUMN_INT64, group),
	MEMBER(COLUMN_TEXT, path),     MEMBER(COLUMN_INT, slot),
	MEMBER(COLUMN_INT64, offset),  MEMBER(COLUMN_TEXT, removed),
	MEMBER(COLUMN_TEXT, inserted), MEMBER(COLUMN_TEXT, moment),
	MEMBER(COLUMN_TEXT, user),
};
#undef MEMBER
_Static_assert(sizeof(size_t) == sizeof(int64_t),
	       "an offset is read as an int64_t");
static const struct shape step_shape = { sizeof(struct step), step_columns,
					 sizeof step_columns /
						 sizeof *step_columns };

struct place {
	int64_t at, saved, last, token;
};

/* No journal: all 0. */
static enum err_code read_place(struct store *s, int64_t report,
				struct place *out, struct err *err)
{
	int64_t row[4] = { 0 };
	enum err_code code = sql_numbers(
		s,
		"SELECT at, saved, token, (SELECT coalesce(max(number), 0)"
		" FROM step WHERE report=?1) FROM journal WHERE report=?1",
		BINDS(sql_number(report)), row, 4, NULL, err);

	*out = (struct place){ row[0] < 0 ? row[3] : row[0], row[1], row[3],
			       row[2] };
	return code;
}

enum err_code store_journal(struct store *s, int64_t report,
			    struct journal_state *out, struct err *err)
{
	struct place now;
	enum err_code code = read_place(s, report, &now, err);

	*out = (struct journal_state){ now.at, now.saved, now.last, 0 };
	if (code)
		return code;
	return sql_numbers(s,
			   "SELECT run FROM step"
			   " WHERE report=?1 AND number=?2",
			   BINDS(sql_number(report), sql_number(now.at)),
			   &out->group, 1, NULL, err);
}

enum err_code store_steps(struct store *s, int64_t report, int64_t from,
			  int64_t to, struct step **list, size_t *count,
			  struct err *err)
{
	struct rows rows;
	enum err_code code = sql_rows(
		s,
		"SELECT s.number, s.run, p.text, s.slot, s.offset,"
		" s.removed, s.inserted, s.moment, s.user"
		" FROM step s JOIN path p ON p.id=s.path"
		" WHERE s.report=?1 AND s.number BETWEEN ?2 AND ?3"
		" ORDER BY s.number",
		BINDS(sql_number(report), sql_number(from), sql_number(to)),
		&step_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_steps_free(struct step *list, size_t count)
{
	shape_free(&step_shape, list, count);
}

/* ---- changes ---- */

static enum err_code check_place(struct store *s, int64_t report, int64_t token,
				 struct place *out, struct err *err)
{
	enum err_code code = read_place(s, report, out, err);

	if (code || (token > 0 && out->token == token))
		return code;
	return lock_check(s, report, token, err);
}

/* The usual key in one statement: the lock is held, nothing is undone, the
 * path is known.  *added is false when one of these does not hold. */
static enum err_code add_at_end(struct store *s, int64_t report, int64_t token,
				const struct step *step, bool *added,
				struct err *err)
{
	char now[DATE_MOMENT];
	const char *moment = step->moment ? step->moment : date_now(now);
	const char *user = step->user ? step->user : s->actor.name;
	enum err_code code = sql_run(
		s,
		"INSERT INTO step SELECT j.report,"
		" (SELECT coalesce(max(number), 0) + 1 FROM step"
		" WHERE report=?1), ?3, p.id, ?5, ?6, ?7, ?8, ?9, ?10"
		" FROM journal j, path p WHERE j.report=?1 AND j.token=?2"
		" AND j.token>0 AND j.at=-1 AND p.text=?4",
		BINDS(sql_number(report), sql_number(token),
		      sql_number(step->group), sql_text(step->path),
		      sql_number(step->slot), sql_number((int64_t)step->offset),
		      sql_text(step->removed), sql_text(step->inserted),
		      sql_text(moment), sql_text(user)),
		err);

	*added = !code && sqlite3_changes(s->db) == 1;
	return code;
}

/* The undone steps go; the cells table must not need them to come back. */
static enum err_code drop_undone(struct store *s, int64_t report,
				 const struct place *now, struct err *err)
{
	enum err_code code;

	if (now->saved > now->at)
		return err_set(err, ERR_STORE,
			       _("撤销的改动还没有存进草稿库 %s，"
				 "不能接着填；请重新打开报告"),
			       s->path);
	code = sql_run(s, "DELETE FROM step WHERE report=?1 AND number>?2",
		       BINDS(sql_number(report), sql_number(now->at)), err);
	if (!code)
		code = sql_run(s, "UPDATE journal SET at=-1 WHERE report=?1",
			       BINDS(sql_number(report)), err);
	return code;
}

static enum err_code add(struct store *s, int64_t report, int64_t token,
			 const struct step *step, struct err *err)
{
	struct place now;
	int64_t path;
	bool added;
	enum err_code code = check_place(s, report, token, &now, err);

	if (!code)
		code = drop_undone(s, report, &now, err);
	if (!code)
		code = path_id(s, step->path, &path, err);
	if (!code)
		code = add_at_end(s, report, token, step, &added, err);
	return code;
}

enum err_code store_step_add(struct store *s, int64_t report, int64_t token,
			     const struct step *step, struct err *err)
{
	bool added = false;
	enum err_code code = ERR_OK;

	if (s->writable && s->depth == 0)
		code = add_at_end(s, report, token, step, &added, err);
	if (code || added)
		return code;
	code = store_begin(s, err);
	if (code)
		return code;
	return store_end(s, add(s, report, token, step, err), false, err);
}

static enum err_code move(struct store *s, int64_t report, int64_t token,
			  int64_t at, struct err *err)
{
	struct place now;
	enum err_code code = check_place(s, report, token, &now, err);

	if (code)
		return code;
	if (at < 0 || at > now.last)
		return err_set(err, ERR_REFUSED, _("没有这一步可以撤销或重做"));
	return sql_run(
		s, "UPDATE journal SET at=?2 WHERE report=?1",
		BINDS(sql_number(report), sql_number(at == now.last ? -1 : at)),
		err);
}

enum err_code store_journal_move(struct store *s, int64_t report, int64_t token,
				 int64_t at, struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	return store_end(s, move(s, report, token, at, err), false, err);
}

enum err_code store_journal_saved(struct store *s, int64_t report,
				  int64_t saved, struct err *err)
{
	return sql_write(s, "UPDATE journal SET saved=?2 WHERE report=?1",
			 BINDS(sql_number(report), sql_number(saved)), err);
}
