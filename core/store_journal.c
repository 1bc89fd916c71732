/* One row a keystroke.  What is done per key is kept to four statements. */
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

enum err_code store_journal(struct store *s, int64_t report,
			    struct journal_state *out, struct err *err)
{
	int64_t row[4] = { 0 };
	enum err_code code =
		sql_numbers(s,
			    "SELECT j.at, j.saved, j.last, s.run"
			    " FROM journal j LEFT JOIN step s"
			    " ON s.report=j.report AND s.number=j.at"
			    " WHERE j.report=?1",
			    BINDS(sql_number(report)), row, 4, NULL, err);

	*out = (struct journal_state){ row[0], row[1], row[2], row[3] };
	return code;
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

struct place {
	int64_t at, saved, last, token;
};

/* Where the journal is, and that `token` may move it. */
static enum err_code read_place(struct store *s, int64_t report, int64_t token,
				struct place *out, struct err *err)
{
	int64_t row[4] = { 0 };
	enum err_code code =
		sql_numbers(s,
			    "SELECT at, saved, last, token FROM journal"
			    " WHERE report=?1",
			    BINDS(sql_number(report)), row, 4, NULL, err);

	*out = (struct place){ row[0], row[1], row[2], row[3] };
	if (code || (token > 0 && out->token == token))
		return code;
	return lock_check(s, report, token, err);
}

static enum err_code insert(struct store *s, int64_t report, int64_t number,
			    const struct step *step, struct err *err)
{
	char now[DATE_MOMENT];
	const char *moment = step->moment ? step->moment : date_now(now);
	const char *user = step->user ? step->user : s->actor.name;
	int64_t path;
	enum err_code code = path_id(s, step->path, &path, err);

	if (code)
		return code;
	return sql_run(s,
		       "INSERT INTO step"
		       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
		       BINDS(sql_number(report), sql_number(number),
			     sql_number(step->group), sql_number(path),
			     sql_number(step->slot),
			     sql_number((int64_t)step->offset),
			     sql_text(step->removed), sql_text(step->inserted),
			     sql_text(moment), sql_text(user)),
		       err);
}

/* The undone steps go; the cells table must not need them to come back. */
static enum err_code drop_undone(struct store *s, int64_t report,
				 const struct place *now, struct err *err)
{
	if (now->saved > now->at)
		return err_set(err, ERR_STORE,
			       _("撤销的改动还没有存进草稿库 %s，"
				 "不能接着填；请重新打开报告"),
			       s->path);
	if (now->last == now->at)
		return ERR_OK;
	return sql_run(s, "DELETE FROM step WHERE report=?1 AND number>?2",
		       BINDS(sql_number(report), sql_number(now->at)), err);
}

static enum err_code add(struct store *s, int64_t report, int64_t token,
			 const struct step *step, struct err *err)
{
	struct place now;
	enum err_code code = read_place(s, report, token, &now, err);

	if (!code)
		code = drop_undone(s, report, &now, err);
	if (!code)
		code = insert(s, report, now.at + 1, step, err);
	if (!code)
		code = sql_run(
			s,
			"UPDATE journal SET at=?2, last=?2"
			" WHERE report=?1",
			BINDS(sql_number(report), sql_number(now.at + 1)), err);
	return code;
}

enum err_code store_step_add(struct store *s, int64_t report, int64_t token,
			     const struct step *step, struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	return store_end(s, add(s, report, token, step, err), false, err);
}

static enum err_code move(struct store *s, int64_t report, int64_t token,
			  int64_t at, struct err *err)
{
	struct place now;
	enum err_code code = read_place(s, report, token, &now, err);

	if (code)
		return code;
	if (at < 0 || at > now.last)
		return err_set(err, ERR_REFUSED, _("没有这一步可以撤销或重做"));
	return sql_run(s, "UPDATE journal SET at=?2 WHERE report=?1",
		       BINDS(sql_number(report), sql_number(at)), err);
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
