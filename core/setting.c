#include "core/setting.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "forms/form.h"

static const struct setting_def settings[] = {
	{ "signoff.steps",
	  "核稿；公开审查（含保密审查）；分管领导；主要负责人签发",
	  N_("审签步骤，按先后，用；分开"), NULL },
	{ "signoff.required", "",
	  N_("审核通过前必须办完的审签步骤，用；分开；空：全部步骤"), NULL },
	{ "enter", "down", N_("表中回车键走向：down 向下，right 向右"),
	  "down right" },
	{ "ascii", "no", N_("只用 ASCII 符号画屏幕：no 否，yes 是"), "no yes" },
	{ "mouse", "yes", N_("使用鼠标：yes 是，no 否"), "yes no" },
	{ "escdelay", "25", N_("Esc 键等待的毫秒数，远程登录慢时加大"), NULL },
	{ "deadline.submit", "", N_("本地的报送期限，月-日；空：按规定"),
	  NULL },
	{ "deadline.publish", "", N_("本地的公布期限，月-日；空：按规定"),
	  NULL },
	{ "layout", "gbt9704",
	  N_("导出版式：gbt9704 公文格式，template 官方模板"),
	  "gbt9704 template" },
	{ "fonts", "gb2312",
	  N_("导出字体：gb2312 gbk windows，或 仿宋=…；楷体=…；小标宋=…；"
	     "黑体=…；宋体=…"),
	  NULL },
	{ "signature", "date",
	  N_("署名和日期：date 只印日期，end 文末，title 标题下"),
	  "date end title" },
	{ "lead", "no", N_("没有写前言时自动写一段：no 否，yes 是"), "no yes" },
	{ "rules.off", "",
	  N_("不查的规则，用空格分开，如 Q6 N10；必须改正的规则不能关"), NULL },
	{ "check.phones", "",
	  N_("文字里可以出现的手机号（公开的办公号码），用空格分开"), NULL },
	{ "check.words", "",
	  N_("本地的错敏词，写作 错的=对的，用；分开；没有对的只写错的"),
	  NULL },
	{ "check.names", "", N_("文字里可以作主语的别的单位和地名，用；分开"),
	  NULL },
	{ "check.lapsed", "counted",
	  N_("到期失效的文件：counted 计入废止，apart 不计入"),
	  "counted apart" },
	{ "check.jump.factor", "5", N_("与上年相差几倍以上要说明，2 到 1000"),
	  NULL },
	{ "check.jump.floor", "30", N_("两年的数都小于它的不比，0 到 1000000"),
	  NULL },
	{ "check.likeness", "50",
	  N_("文字与上年相同超过百分之几要说明，1 到 100"), NULL },
	{ "check.sibling.likeness", "50",
	  N_("文字与同类单位相同超过百分之几要说明，1 到 100"), NULL },
	{ "check.sibling.least", "8",
	  N_("同类单位至少几个才比较数和字数，3 到 1000"), NULL },
	{ "prose.width", "50", N_("文字栏每行的宽度，半角字数，20 到 200"),
	  NULL },
};

#define COUNT (sizeof settings / sizeof *settings)

/* The least and most of the settings that are numbers. */
static const struct {
	const char *key;
	int64_t least, most;
} ranges[] = {
	{ "check.jump.factor", 2, 1000 },
	{ "check.jump.floor", 0, 1000000 },
	{ "check.likeness", 1, 100 },
	{ "escdelay", 0, 5000 },
	{ "check.sibling.likeness", 1, 100 },
	{ "check.sibling.least", 3, 1000 },
	{ "prose.width", 20, 200 },
};

const struct setting_def *setting_defs(size_t *count)
{
	*count = COUNT;
	return settings;
}

const struct setting_def *setting_find(const char *key)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(settings[i].key, key) == 0)
			return &settings[i];
	return NULL;
}

char *setting_get(struct store *s, const char *key)
{
	const struct setting_def *def = setting_find(key);
	char *stored = store_config_get(s, key);

	if (stored)
		return stored;
	return xstrdup(def ? def->fallback : "");
}

static enum err_code check_range(const char *key, const char *value,
				 struct err *err)
{
	int64_t n;

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		if (strcmp(ranges[i].key, key) != 0)
			continue;
		if (num_parse(value, 0, ranges[i].most * NUM_ONE, &n) ==
			    NUM_OK &&
		    n >= ranges[i].least * NUM_ONE)
			return ERR_OK;
		return err_set(err, ERR_INPUT,
			       _("设置 %s 要填 %d 到 %d 的整数"), key,
			       (int)ranges[i].least, (int)ranges[i].most);
	}
	return ERR_OK;
}

static enum err_code check_value(const struct setting_def *def,
				 const char *value, struct err *err)
{
	if (!text_valid(value, strlen(value)))
		return err_set(err, ERR_INPUT,
			       _("设置 %s 的值里有不能保存的字符"), def->key);
	if (def->values &&
	    (!*value || strchr(value, ' ') || !form_lists(def->values, value)))
		return err_set(err, ERR_INPUT, _("设置 %s 只能是其中之一：%s"),
			       def->key, def->values);
	if (strncmp(def->key, "deadline.", 9) == 0 && *value &&
	    !date_month_day(value))
		return err_set(err, ERR_INPUT,
			       _("设置 %s 要填 月-日，如 01-26，或留空"),
			       def->key);
	return check_range(def->key, value, err);
}

/* ---- lists of the checks ---- */

/* Numbers as they are printed: digits, with - and + among them. */
static enum err_code check_phones(const char *key, const char *value,
				  struct err *err)
{
	char *copy = xstrdup(value), *rest = copy, *one;
	enum err_code code = ERR_OK;

	while (!code && (one = strsep(&rest, " "))) {
		size_t n = strlen(one);

		if (n && (strspn(one, "0123456789-+") != n || n < 7 || n > 20))
			code = err_set(err, ERR_INPUT,
				       _("设置 %s 里的“%s”不是电话号码；几个"
					 "号码用空格分开"),
				       key, one);
	}
	free(copy);
	return code;
}

/* 错的=对的: one character would be found everywhere. */
static enum err_code check_pairs(const char *key, const char *value,
				 struct err *err)
{
	char **list = str_names(value, NULL);
	enum err_code code = ERR_OK;

	for (size_t i = 0; list[i] && !code; i++) {
		char *eq = strchr(list[i], '=');
		bool same = eq && strlen(eq + 1) == (size_t)(eq - list[i]) &&
			    strncmp(list[i], eq + 1, strlen(eq + 1)) == 0;

		char *wrong = eq ? xstrndup(list[i], (size_t)(eq - list[i]))
				 : xstrdup(list[i]);

		if (same || text_count(wrong) < 2)
			code = err_set(err, ERR_INPUT,
				       _("设置 %s 里的“%s”不能用；写作 错的="
					 "对的，错的至少两个字，与对的不同"),
				       key, list[i]);
		free(wrong);
	}
	str_names_free(list);
	return code;
}

static enum err_code check_names(const char *key, const char *value,
				 struct err *err)
{
	char **list = str_names(value, NULL);
	enum err_code code = ERR_OK;

	for (size_t i = 0; list[i] && !code; i++)
		if (text_count(list[i]) < 2)
			code = err_set(err, ERR_INPUT,
				       _("设置 %s 里的“%s”太短；写单位或地方"
					 "的全名，用；分开"),
				       key, list[i]);
	str_names_free(list);
	return code;
}

static const struct {
	const char *key;
	enum err_code (*check)(const char *key, const char *value,
			       struct err *err);
} lists[] = {
	{ "check.phones", check_phones },
	{ "check.words", check_pairs },
	{ "check.names", check_names },
};

static enum err_code check_list(const char *key, const char *value,
				struct err *err)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i].key, key) == 0)
			return lists[i].check(key, value, err);
	return ERR_OK;
}

/* ---- the steps of sign-off ---- */

static bool has_name(char *const *names, const char *name)
{
	while (*names && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

/* Names with nothing empty between them, none twice. */
static enum err_code check_steps(const char *key, const char *value,
				 struct err *err)
{
	bool gap;
	char **names = str_names(value, &gap);
	enum err_code code = ERR_OK;

	if (gap || strchr(value, '\n'))
		code = err_set(err, ERR_INPUT,
			       _("设置 %s 里有空的步骤或换行；"
				 "请写步骤名称，用；分开"),
			       key);
	for (size_t i = 0; names[i] && !code; i++)
		if (has_name(names + i + 1, names[i]))
			code = err_set(err, ERR_INPUT,
				       _("设置 %s 里“%s”写了两次；请只留一次"),
				       key, names[i]);
	if (!code && !*names && strcmp(key, "signoff.steps") == 0)
		code = err_set(err, ERR_INPUT, _("设置 %s 至少要有一个步骤"),
			       key);
	str_names_free(names);
	return code;
}

/* Every required step is one of the steps, whichever of the two is set. */
static enum err_code check_required(struct store *s, const char *key,
				    const char *value, struct err *err)
{
	bool sets = strcmp(key, "signoff.required") == 0;
	char *other =
		setting_get(s, sets ? "signoff.steps" : "signoff.required");
	char **steps = str_names(sets ? other : value, NULL);
	char **required = str_names(sets ? value : other, NULL);
	enum err_code code = ERR_OK;

	for (size_t i = 0; required[i] && !code; i++) {
		if (has_name(steps, required[i]))
			continue;
		if (sets)
			code = err_set(err, ERR_INPUT,
				       _("设置 %s 里的“%s”不是审签步骤；"
					 "步骤是：%s"),
				       key, required[i], other);
		else
			code = err_set(err, ERR_REFUSED,
				       _("“%s”是必须办完的步骤，不能去掉；"
					 "请先改设置 signoff.required"),
				       required[i]);
	}
	str_names_free(required);
	str_names_free(steps);
	free(other);
	return code;
}

/* ---- setting ---- */

static enum err_code keep(struct store *s, const char *key, const char *value,
			  struct err *err)
{
	char *old = setting_get(s, key);
	enum err_code code = store_config_set(s, key, value, err);

	if (!code && strcmp(old, value) != 0)
		code = store_history_add(s, 0, "config", key, old, value, "",
					 err);
	free(old);
	return code;
}

enum err_code setting_set(struct store *s, const char *key, const char *value,
			  struct err *err)
{
	const struct setting_def *def = setting_find(key);
	bool steps = strncmp(key, "signoff.", 8) == 0;
	enum err_code code;

	if (!def)
		return err_set(err, ERR_INPUT,
			       _("没有“%s”这个设置；config get 列出全部设置"),
			       key);
	code = check_value(def, value, err);
	if (!code)
		code = check_list(key, value, err);
	if (!code && steps)
		code = check_steps(key, value, err);
	if (!code)
		code = store_begin(s, err);
	if (code)
		return code;
	if (steps)
		code = check_required(s, key, value, err);
	if (!code)
		code = keep(s, key, value, err);
	if (!code)
		code = store_reports_stale(s, 0, 0, err);
	if (!code)
		code = store_commit(s, true, err);
	if (code)
		store_rollback(s);
	return code;
}
