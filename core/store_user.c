/* Users and roles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/store_impl.h"
#include "core/text.h"
#include "core/tr.h"

static const struct column actor_columns[] = {
	{ COLUMN_TEXT, offsetof(struct actor, name) },
	{ COLUMN_INT, offsetof(struct actor, roles) },
};
static const struct shape actor_shape = { sizeof(struct actor), actor_columns,
					  2 };

/* *known: there is such a user; *roles are his, or all of them while there is
 * no user at all. */
static enum err_code read_roles(struct store *s, const char *name, bool *known,
				bool *any, unsigned *roles, struct err *err)
{
	int64_t row[3] = { 0 };
	enum err_code code =
		sql_numbers(s,
			    "SELECT count(*), coalesce(sum(name=?1), 0),"
			    " coalesce(sum(roles * (name=?1)), 0)"
			    " FROM person",
			    BINDS(sql_text(name)), row, 3, NULL, err);

	*any = row[0] > 0;
	*known = row[1] > 0;
	*roles = *any ? (unsigned)row[2] : ROLE_ALL;
	return code;
}

static bool is_name(const char *name)
{
	size_t len = strlen(name);

	return len <= 120 && text_valid(name, len) && !strchr(name, '\n') &&
	       text_count(name) > 0;
}

static enum err_code refuse_name(struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("姓名不能空着，不能有换行和控制字符，也不能太长"));
}

enum err_code store_sign_in(struct store *s, const char *name, struct err *err)
{
	const char *who = name ? name : s->actor.name;
	bool known, any;
	unsigned roles;
	enum err_code code;

	if (!is_name(who))
		return refuse_name(err);
	code = read_roles(s, who, &known, &any, &roles, err);
	if (code)
		return code;
	if (any && !known)
		return err_set(err, ERR_REFUSED,
			       _("草稿库里没有用户“%s”；请审核人运行 nianbao "
				 "user add %s，或用 --as 写上自己的姓名"),
			       who, who);
	if (name) {
		char *copy = xstrdup(name); /* it may be the old one's */

		free(s->actor.name);
		s->actor.name = copy;
	}
	s->actor.roles = roles;
	return ERR_OK;
}

const struct actor *store_actor(const struct store *s)
{
	return &s->actor;
}

static enum err_code put(struct store *s, const char *name, unsigned roles,
			 struct err *err)
{
	char text[32];
	enum err_code code =
		sql_run(s, "UPDATE person SET roles=?2 WHERE name=?1",
			BINDS(sql_text(name), sql_number(roles)), err);

	if (!code && sqlite3_changes(s->db) == 0)
		code = sql_run(s,
			       "INSERT INTO person(name, roles) VALUES(?1, ?2)",
			       BINDS(sql_text(name), sql_number(roles)), err);
	snprintf(text, sizeof text, "%u", roles);
	if (!code)
		code = store_history_add(s, 0, "user", "", "", name, text, err);
	return code;
}

/* With the first user everybody else would lose every role: who adds him is
 * entered too, and one of them can add the next. */
static enum err_code put_first(struct store *s, const char *name,
			       unsigned roles, struct err *err)
{
	if (strcmp(name, s->actor.name) != 0) {
		enum err_code code = put(s, s->actor.name, ROLE_ALL, err);

		return code ? code : put(s, name, roles, err);
	}
	s->actor.roles = roles | ROLE_SUPERVISOR;
	return put(s, name, s->actor.roles, err);
}

enum err_code store_want_supervisor(const struct store *s, const char *what,
				    struct err *err)
{
	if (s->actor.roles & ROLE_SUPERVISOR)
		return ERR_OK;
	return err_set(err, ERR_REFUSED,
		       _("“%s”由%s来做，%s 不是；"
			 "请换人，或用 --as 换用户"),
		       what, _("审核人"), s->actor.name);
}

static enum err_code put_next(struct store *s, const char *name, unsigned roles,
			      struct err *err)
{
	int64_t others = 0;
	enum err_code code = store_want_supervisor(s, _("增改用户"), err);

	if (code)
		return code;
	code = sql_numbers(s,
			   "SELECT count(*) FROM person"
			   " WHERE name<>?1 AND roles & ?2",
			   BINDS(sql_text(name), sql_number(ROLE_SUPERVISOR)),
			   &others, 1, NULL, err);
	if (!code && others == 0 && !(roles & ROLE_SUPERVISOR))
		return err_set(
			err, ERR_REFUSED,
			_("“%s”是唯一的审核人，去掉了就没有人能增改用户；"
			  "请先加一位审核人"),
			name);
	return code ? code : put(s, name, roles, err);
}

enum err_code store_user_add(struct store *s, const char *name, unsigned roles,
			     struct err *err)
{
	bool known, any;
	unsigned now;
	enum err_code code;

	if (!is_name(name))
		return refuse_name(err);
	if (!roles || roles & ~(unsigned)ROLE_ALL)
		return err_set(err, ERR_INPUT,
			       _("用户“%s”要有一种角色；可用 clerk supervisor "
				 "trainer"),
			       name);
	code = store_begin(s, err);
	if (code)
		return code;
	code = read_roles(s, s->actor.name, &known, &any, &now, err);
	if (!code)
		code = any ? put_next(s, name, roles, err)
			   : put_first(s, name, roles, err);
	code = store_end(s, code, true, err);
	if (!code)
		read_roles(s, s->actor.name, &known, &any, &s->actor.roles,
			   NULL);
	return code;
}

enum err_code store_users(struct store *s, struct actor **list, size_t *count,
			  struct err *err)
{
	struct rows rows;
	enum err_code code =
		sql_rows(s, "SELECT name, roles FROM person ORDER BY id",
			 NO_BINDS, &actor_shape, &rows, err);

	*list = rows.list;
	*count = rows.count;
	return code;
}

void store_users_free(struct actor *list, size_t count)
{
	shape_free(&actor_shape, list, count);
}
