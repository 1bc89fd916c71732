/*
 * unit - who reports: a government, a department, a town.
 *
 * Strings are owned by the unit (unit_free).  Empty strings, never NULL.
 */
#ifndef CORE_UNIT_H
#define CORE_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* X(name, word in the store and on the command line, in Chinese) */
#define UNIT_KIND_LIST(X)                                                      \
	X(GOVERNMENT, "government", N_("人民政府"))                            \
	X(DEPARTMENT, "department", N_("政府部门"))                            \
	X(TOWN, "town", N_("乡镇、街道"))                                      \
	X(ORGANISATION, "organisation", N_("授权组织"))                        \
	X(UTILITY, "utility", N_("公共企事业单位"))

enum unit_kind {
#define UNIT_KIND_ENUM(name, word, label) UNIT_##name,
	UNIT_KIND_LIST(UNIT_KIND_ENUM)
#undef UNIT_KIND_ENUM
	UNIT_KIND_COUNT
};

/* X(member, command-line key, in Chinese): the unit's plain texts. */
#define UNIT_TEXT_LIST(X)                                                      \
	X(code, "code", N_("统一社会信用代码"))                                \
	X(level, "level", N_("级别"))                                          \
	X(aliases, "aliases", N_("加挂牌子、曾用名，用分号分开"))              \
	X(powers, "powers",                                                    \
	  N_("职权：rules licences penalties coercion fees"))                  \
	X(reports_to, "reports_to", N_("报送给"))                              \
	X(counted_in, "counted_in", N_("汇入"))                                \
	X(contact, "contact", N_("联系方式"))                                  \
	X(due_submit, "due_submit", N_("报送期限，月-日"))                     \
	X(due_publish, "due_publish", N_("公布期限，月-日"))                   \
	X(site, "site", N_("公布年报的网站"))                                  \
	X(layout, "layout", N_("导出版式：gbt9704 template"))                  \
	X(fonts, "fonts",                                                      \
	  N_("导出字体：gb2312 gbk windows，或 仿宋=…；楷体=…"))               \
	X(lead, "lead", N_("导出时自动写前言：yes no"))                        \
	X(signature, "signature", N_("署名和日期：date end title"))

struct unit {
	int64_t id;
	char *name;
	enum unit_kind kind;
	bool kind_set; /* by a person, not guessed from the name */
#define UNIT_TEXT_MEMBER(member, key, label) char *member;
	UNIT_TEXT_LIST(UNIT_TEXT_MEMBER)
#undef UNIT_TEXT_MEMBER
};

/* …人民政府 is a government, 街道 / 镇 / 乡 (with 办事处 or 人民政府) a town,
 * anything else a department. */
enum unit_kind unit_kind_of_name(const char *name);
const char *unit_kind_word(enum unit_kind kind);
const char *unit_kind_label(enum unit_kind kind); /* translated */
bool unit_kind_parse(const char *word, enum unit_kind *out);
/* The plain texts in the order of the list. */
struct unit_text {
	const char *key, *label; /* label: translate it */
	size_t offset;           /* of the char * in struct unit */
};
const struct unit_text *unit_texts(size_t *count);
/* The text of that key (len bytes), or NULL: there is no such key. */
char **unit_member(struct unit *u, const char *key, size_t len);

/* One of that name, its kind guessed, everything else empty. */
struct unit *unit_new(const char *name);

/* Drop the blanks around every text, then look at each: names of one line, at
 * most UNIT_NAME_MOST characters, days, words that are known.  store_unit_save()
 * does it, and looks at where the unit is counted. */
#define UNIT_NAME_MOST 120
enum err_code unit_check(struct unit *u, struct err *err);
/* Is it the unit's name or one of its aliases? */
bool unit_is_named(const struct unit *u, const char *name);

/* The strings and the unit itself, which came from malloc(). */
void unit_free(struct unit *u);

#endif
