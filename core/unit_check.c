/* What may stand in a unit. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/unit.h"
#include "forms/form.h"

enum {
	TEXT_MOST = 1000 /* characters */
};

/* An item at work. */
struct item {
	const struct unit *unit;
	const struct unit_text *text;
	char *value; /* in place: it may become shorter */
};

/* One line, and nothing in it that cannot be seen: U+200B to 200F, 2028 to
 * 202E, 2060 to 206F, FEFF. */
static bool is_line(const char *s)
{
	if (!text_valid(s, strlen(s)) || strchr(s, '\n'))
		return false;
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if ((p[0] == 0xe2 && p[1] == 0x80 &&
		     ((p[2] >= 0x8b && p[2] <= 0x8f) ||
		      (p[2] >= 0xa8 && p[2] <= 0xae))) ||
		    (p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa0 &&
		     p[2] <= 0xaf) ||
		    (p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf))
			return false;
	return true;
}

/* `what` is 单位名称 or an item. */
static enum err_code check_line(const char *what, const char *s, size_t most,
				struct err *err)
{
	if (!is_line(s))
		return err_set(err, ERR_INPUT,
			       _("%s里有换行、控制字符、看不见的字符或不是 "
				 "UTF-8 的字节；请去掉"),
			       what);
	if (text_count(s) > most)
		return err_set(err, ERR_INPUT,
			       _("%s有 %zu 字，最多 %zu 字；请写短些"), what,
			       text_count(s), most);
	return ERR_OK;
}

/* ---- items ---- */

static enum err_code refuse(const struct item *it, const char *want,
			    struct err *err)
{
	struct str name = { 0 }, value = { 0 };

	text_quote(&name, it->unit->name);
	text_quote(&value, it->value);
	err_set(err, ERR_INPUT, _("单位“%s”的 %s 不能是“%s”；%s"), name.s,
		it->text->key, value.s, want);
	str_free(&name);
	str_free(&value);
	return ERR_INPUT;
}

static enum err_code check_day(const struct item *it, struct err *err)
{
	return date_month_day(it->value)
		       ? ERR_OK
		       : refuse(it, _("请填 月-日，如 01-26，或留空"), err);
}

/* One of the values of the site's setting of that name. */
static enum err_code check_choice(const struct item *it, struct err *err)
{
	const struct setting_def *def = setting_find(it->text->key);
	char *want;
	enum err_code code;

	if (!strchr(it->value, ' ') && form_lists(def->values, it->value))
		return ERR_OK;
	want = str_printf(_("请从这些里选：%s，或留空"), def->values);
	code = refuse(it, want, err);
	free(want);
	return code;
}

/* One blank where there are more. */
static void squeeze(char *s)
{
	char *to = s;

	for (; *s; s++)
		if (*s != ' ' || to[-1] != ' ')
			*to++ = *s;
	*to = '\0';
}

static enum err_code check_powers(const struct item *it, struct err *err)
{
	static const char powers[] = "rules licences penalties coercion fees";
	enum err_code code = ERR_OK;

	squeeze(it->value);
	for (const char *p = it->value; *p && !code;) {
		size_t len = strcspn(p, " ");
		char *word = xstrndup(p, len);

		if (!form_lists(powers, word))
			code = refuse(it,
				      _("请从这些里选，用空格分开：rules "
					"licences penalties coercion fees"),
				      err);
		free(word);
		p += len + (p[len] == ' ');
	}
	return code;
}

static enum err_code check_aliases(const struct item *it, struct err *err)
{
	char **list = str_names(it->value, NULL);
	enum err_code code = ERR_OK;

	for (size_t i = 0; list[i] && !code; i++)
		if (text_count(list[i]) > UNIT_NAME_MOST)
			code = refuse(it, _("一个名称太长，请写短些"), err);
	str_names_free(list);
	return code;
}

/* The name of another unit, which need not be there yet. */
static enum err_code check_other(const struct item *it, struct err *err)
{
	if (text_count(it->value) > UNIT_NAME_MOST)
		return refuse(it, _("名称太长，请写单位的名称"), err);
	if (unit_is_named(it->unit, it->value))
		return refuse(it, _("这就是它自己，请写上级单位"), err);
	return ERR_OK;
}

static const struct {
	const char *key;
	enum err_code (*check)(const struct item *it, struct err *err);
} checks[] = {
	{ "aliases", check_aliases },  { "powers", check_powers },
	{ "reports_to", check_other }, { "counted_in", check_other },
	{ "due_submit", check_day },   { "due_publish", check_day },
	{ "layout", check_choice },    { "lead", check_choice },
	{ "signature", check_choice },
};

static enum err_code check_item(const struct item *it, struct err *err)
{
	struct str what = { 0 }, name = { 0 };
	enum err_code code;

	text_quote(&name, it->unit->name);
	str_addf(&what, _("单位“%s”的 %s "), name.s, it->text->key);
	code = check_line(what.s, it->value, TEXT_MOST, err);
	str_free(&what);
	str_free(&name);
	for (size_t i = 0; i < sizeof checks / sizeof *checks && !code; i++)
		if (*it->value && strcmp(checks[i].key, it->text->key) == 0)
			code = checks[i].check(it, err);
	return code;
}

/* ---- the whole ---- */

bool unit_is_named(const struct unit *u, const char *name)
{
	char **list = str_names(u->aliases, NULL);
	bool is = strcmp(u->name, name) == 0;

	for (size_t i = 0; list[i] && !is; i++)
		is = strcmp(list[i], name) == 0;
	str_names_free(list);
	return is;
}

enum err_code unit_check(struct unit *u, struct err *err)
{
	size_t count;
	const struct unit_text *texts = unit_texts(&count);
	enum err_code code = check_line(_("单位名称"), str_trim(u->name),
					UNIT_NAME_MOST, err);

	if (!code && text_count(u->name) == 0)
		code = err_set(err, ERR_INPUT,
			       _("单位名称不能空着；请写上单位的全称"));
	for (size_t i = 0; i < count; i++)
		str_trim(*unit_member(u, texts[i].key, strlen(texts[i].key)));
	for (size_t i = 0; i < count && !code; i++) {
		const struct item it = { u, &texts[i],
					 *unit_member(u, texts[i].key,
						      strlen(texts[i].key)) };

		code = check_item(&it, err);
	}
	return code;
}
