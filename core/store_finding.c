/* What is kept about findings: explanations, figures that are another matter,
 * what an import found. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/store_impl.h"

#define MEMBER(of, type, name)                                                 \
	{                                                                      \
		type, offsetof(struct of, name)                                \
	}
#define SHAPE(of, columns)                                                     \
	{                                                                      \
		sizeof(struct of), columns,                                    \
			sizeof(columns) / sizeof *(columns)                    \
	}

/* ---- explanations ---- */

static const struct column explanation_columns[] = {
	MEMBER(explanation, COLUMN_TEXT, rule),
	MEMBER(explanation, COLUMN_TEXT, path),
	MEMBER(explanation, COLUMN_TEXT, facts),
	MEMBER(explanation, COLUMN_TEXT, text),
	MEMBER(explanation, COLUMN_TEXT, author),
	MEMBER(explanation, COLUMN_TEXT, moment),
};
static const struct shape explanation_shape =
	SHAPE(explanation, explanation_columns);

enum err_code store_explanation_save(struct store *s, int64_t report,
				     const struct explanation *e,
				     struct err *err)
{
	char now[DATE_MOMENT];
	const char *author =
		e->author && *e->author ? e->author : s->actor.name;
	const char *moment =
		e->moment && *e->moment ? e->moment : date_now(now);

	if (!e->text || !*e->text)
		return sql_write(s,
				 "DELETE FROM explanation"
				 " WHERE report=?1 AND rule=?2 AND path=?3",
				 BINDS(sql_number(report), sql_text(e->rule),
				       sql_text(e->path)),
				 err);
	return sql_write(s,
			 "INSERT OR REPLACE INTO explanation(report, rule,"
			 " path, facts, text, author, moment)"
			 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			 BINDS(sql_number(report), sql_text(e->rule),
			       sql_text(e->path), sql_text(e->facts),
			       sql_text(e->text), sql_text(author),
			       sql_text(moment)),
			 err);
}

enum err_code store_explanations(struct store *s, int64_t report,
				 struct explanation **list, size_t *count,
				 struct err *err)
{
	struct rows rows;
	enum err_code code = sql_rows(
		s,
		"SELECT rule, path, facts, text, author, moment"
		" FROM explanation WHERE report=?1"
		" ORDER BY rule, path",
		BINDS(sql_number(report)), &explanation_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_explanations_free(struct explanation *list, size_t count)
{
	shape_free(&explanation_shape, list, count);
}

/* ---- figures that are another matter ---- */

static const struct column aside_columns[] = {
	MEMBER(aside_row, COLUMN_TEXT, path),
	MEMBER(aside_row, COLUMN_TEXT, words),
};
static const struct shape aside_shape = SHAPE(aside_row, aside_columns);

static enum err_code put_aside(struct store *s, int64_t report,
			       const char *path, const char *words, bool on,
			       struct err *err)
{
	char now[DATE_MOMENT];
	enum err_code code;

	if (on)
		code = sql_run(s,
			       "INSERT OR REPLACE INTO aside"
			       " VALUES(?1, ?2, ?3, ?4, ?5)",
			       BINDS(sql_number(report), sql_text(path),
				     sql_text(words), sql_text(s->actor.name),
				     sql_text(date_now(now))),
			       err);
	else
		code = sql_run(s,
			       "DELETE FROM aside WHERE report=?1 AND path=?2"
			       " AND words=?3",
			       BINDS(sql_number(report), sql_text(path),
				     sql_text(words)),
			       err);
	if (code)
		return code;
	return store_history_add(s, report, "aside", path, on ? "" : words,
				 on ? words : "", "", err);
}

enum err_code store_aside_set(struct store *s, int64_t report, const char *path,
			      const char *words, bool on, struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	code = put_aside(s, report, path, words, on, err);
	return store_end(s, code, true, err);
}

enum err_code store_asides(struct store *s, int64_t report,
			   struct aside_row **list, size_t *count,
			   struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s,
			 "SELECT path, words FROM aside WHERE report=?1"
			 " ORDER BY path, words",
			 BINDS(sql_number(report)), &aside_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_asides_free(struct aside_row *list, size_t count)
{
	shape_free(&aside_shape, list, count);
}

/* ---- what the last import found in its source ---- */

static const struct column source_columns[] = {
	MEMBER(source_finding, COLUMN_TEXT, rule),
	MEMBER(source_finding, COLUMN_TEXT, path),
	MEMBER(source_finding, COLUMN_TEXT, text),
};
static const struct shape source_shape = SHAPE(source_finding, source_columns);

enum err_code store_source_findings(struct store *s, int64_t report,
				    struct source_finding **list, size_t *count,
				    struct err *err)
{
	struct rows rows;
	enum err_code code = sql_rows(
		s,
		"SELECT f.rule, f.path, f.text FROM import_finding f"
		" WHERE f.import=(SELECT max(id) FROM import WHERE report=?1)"
		" ORDER BY f.number",
		BINDS(sql_number(report)), &source_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_source_findings_free(struct source_finding *list, size_t count)
{
	shape_free(&source_shape, list, count);
}
