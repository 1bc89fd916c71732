/*
 * Every row's digest is SHA-256 over the digest before it and its own fields,
 * each behind its length; table `chain` has the last number and digest.  A
 * row changed, taken out, put in or cut off the end shows.
 */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/digest.h"
#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/tr.h"

static void add_field(struct str *b, const char *text)
{
	str_addf(b, "%zu:", strlen(text));
	str_add(b, text);
}

static const char *chain_digest(const char *before, const struct change_row *c,
				char *hex)
{
	const char *const fields[] = { before,  c->moment, c->user, c->deed,
				       c->path, c->old,    c->new_, c->reason };
	struct str all = { 0 };

	str_addf(&all, "%lld %lld ", (long long)c->number,
		 (long long)c->report);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		add_field(&all, fields[i]);
	digest_sha256(all.s, all.len, hex);
	str_free(&all);
	return hex;
}

/* ---- adding ---- */

static enum err_code insert(struct store *s, const struct change_row *c,
			    const char *before, struct err *err)
{
	char hex[DIGEST_TEXT];
	int64_t path = 0;
	enum err_code code =
		*c->path ? path_id(s, c->path, &path, err) : ERR_OK;

	chain_digest(before, c, hex);
	if (!code)
		code = sql_run(
			s,
			"INSERT INTO history VALUES"
			"(?1, nullif(?2, 0), ?3, ?4, ?5, nullif(?6, 0), ?7,"
			" ?8, ?9, ?10)",
			BINDS(sql_number(c->number), sql_number(c->report),
			      sql_text(c->moment), sql_text(c->user),
			      sql_text(c->deed), sql_number(path),
			      sql_text(c->old), sql_text(c->new_),
			      sql_text(c->reason), sql_text(hex)),
			err);
	if (!code)
		code = sql_run(s, "UPDATE chain SET number=?1, digest=?2",
			       BINDS(sql_number(c->number), sql_text(hex)),
			       err);
	return code;
}

/* struct change_row owns its strings; here they are only lent. */
static char *lend(const char *text)
{
	union {
		const char *in;
		char *out;
	} lent = { text ? text : "" };

	return lent.out;
}

enum err_code store_history_add(struct store *s, int64_t report,
				const char *deed, const char *path,
				const char *old, const char *new_,
				const char *reason, struct err *err)
{
	char now[DATE_MOMENT], *before = NULL;
	struct change_row c = { .report = report,
				.user = s->actor.name,
				.deed = lend(deed),
				.path = lend(path),
				.old = lend(old),
				.new_ = lend(new_),
				.reason = lend(reason) };
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	date_now(now);
	c.moment = now;
	code = sql_numbers(s, "SELECT number FROM chain", NO_BINDS, &c.number,
			   1, NULL, err);
	c.number++;
	if (!code)
		before = sql_string(s, "SELECT digest FROM chain", NO_BINDS);
	if (!code)
		code = insert(s, &c, before ? before : "", err);
	free(before);
	return store_end(s, code, true, err);
}

/* ---- reading ---- */

struct linked {
	struct change_row row;
	char *digest;
};

#define MEMBER(type, name)                                                     \
	{                                                                      \
		type, offsetof(struct change_row, name)                        \
	}
static const struct column change_columns[] = {
	MEMBER(COLUMN_INT64, number),
	MEMBER(COLUMN_INT64, report),
	MEMBER(COLUMN_TEXT, moment),
	MEMBER(COLUMN_TEXT, user),
	MEMBER(COLUMN_TEXT, deed),
	MEMBER(COLUMN_TEXT, path),
	MEMBER(COLUMN_TEXT, old),
	MEMBER(COLUMN_TEXT, new_),
	MEMBER(COLUMN_TEXT, reason),
	{ COLUMN_TEXT, offsetof(struct linked, digest) },
};
#undef MEMBER
enum {
	CHANGE_COLUMNS = sizeof change_columns / sizeof *change_columns - 1
};
static const struct shape change_shape = { sizeof(struct change_row),
					   change_columns, CHANGE_COLUMNS };
static const struct shape linked_shape = { sizeof(struct linked),
					   change_columns, CHANGE_COLUMNS + 1 };

#define SELECT_CHANGES                                                         \
	"SELECT h.number, coalesce(h.report, 0), h.moment, h.user, h.deed,"    \
	" coalesce(p.text, ''), h.old, h.new, h.reason, h.digest"              \
	" FROM history h LEFT JOIN path p ON p.id=h.path "

enum err_code store_history(struct store *s, int64_t report, const char *path,
			    struct change_row **list, size_t *count,
			    struct err *err)
{
	struct rows rows;
	enum err_code code;

	if (path)
		code = sql_rows(s,
				SELECT_CHANGES
				"WHERE h.report IS nullif(?1, 0) AND h.path IS"
				" CASE WHEN ?2='' THEN NULL ELSE coalesce("
				"(SELECT id FROM path WHERE text=?2), -1) END"
				" ORDER BY h.number",
				BINDS(sql_number(report), sql_text(path)),
				&change_shape, &rows, err);
	else
		code = sql_rows(s,
				SELECT_CHANGES "WHERE h.report IS nullif(?1, 0)"
					       " ORDER BY h.number",
				BINDS(sql_number(report)), &change_shape, &rows,
				err);
	*list = rows.list;
	*count = rows.count;
	return code;
}

char *store_last_reason(struct store *s, int64_t report, const char *deed)
{
	return sql_string(s,
			  "SELECT reason FROM history WHERE report=?1"
			  " AND path IS NULL AND deed=?2"
			  " ORDER BY number DESC LIMIT 1",
			  BINDS(sql_number(report), sql_text(deed)));
}

void store_history_free(struct change_row *list, size_t count)
{
	shape_free(&change_shape, list, count);
}

/* ---- checking ---- */

enum {
	CHUNK = 200 /* rows read at a time: they hold whole texts */
};

static bool fits(const struct linked *l, int64_t number, char *before)
{
	char hex[DIGEST_TEXT];

	if (l->row.number != number ||
	    strcmp(chain_digest(before, &l->row, hex), l->digest) != 0)
		return false;
	memcpy(before, hex, sizeof hex);
	return true;
}

/* Rows behind *last; *last moves to the last that fits, *more: there were. */
static enum err_code check_chunk(struct store *s, int64_t *last, char *before,
				 bool *more, bool *broken, struct err *err)
{
	struct rows rows;
	enum err_code code = sql_rows(
		s,
		SELECT_CHANGES "WHERE h.number>?1 ORDER BY h.number LIMIT ?2",
		BINDS(sql_number(*last), sql_number(CHUNK)), &linked_shape,
		&rows, err);
	const struct linked *list = rows.list;

	*more = rows.count > 0;
	*broken = false;
	for (size_t i = 0; i < rows.count && !*broken; i++) {
		*broken = !fits(&list[i], *last + 1, before);
		*last += !*broken;
	}
	shape_free(&linked_shape, rows.list, rows.count);
	return code;
}

static enum err_code check_end(struct store *s, int64_t last,
			       const char *before, bool *broken,
			       struct err *err)
{
	int64_t number = 0;
	char *digest = sql_string(s, "SELECT digest FROM chain", NO_BINDS);
	enum err_code code = sql_numbers(s, "SELECT number FROM chain",
					 NO_BINDS, &number, 1, NULL, err);

	*broken = number != last || !digest || strcmp(digest, before) != 0;
	free(digest);
	return code;
}

enum err_code store_history_verify(struct store *s, int64_t *broken,
				   struct err *err)
{
	char before[DIGEST_TEXT] = "";
	bool more = true, bad = false;
	int64_t last = 0;
	enum err_code code = ERR_OK;

	*broken = 0;
	while (!code && more && !bad)
		code = check_chunk(s, &last, before, &more, &bad, err);
	if (!code && !bad)
		code = check_end(s, last, before, &bad, err);
	if (code || !bad)
		return code;
	*broken = last + 1;
	return err_set(err, ERR_STORE,
		       _("改动记录从第 %lld 条起对不上，可能被改过；"
			 "请与备份核对"),
		       (long long)*broken);
}
