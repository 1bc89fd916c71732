/* Ins: a new report; whose, which kind of unit, which year, which form. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/dialog.h"
#include "tui/opening.h"

enum {
	FIRST_YEAR = 2008, /* of the regulation on which reports rest */
	LAST_YEAR = 2100,
};

/* ---- unit ---- */

static bool is_name(void *with, const char *text, struct err *err)
{
	(void)with;
	return text_count(text) > 0 ||
	       !err_set(err, ERR_INPUT, _("请写单位全称；不新建请按 Esc。"));
}

static bool type_unit(struct app *app, char **name)
{
	return dialog_text_checked(app, _("新建报告"),
				   _("单位全称，与印章一致："), 1, name,
				   is_name, NULL);
}

/* A unit of the store, or a new one. */
static bool ask_unit(struct app *app, char **name)
{
	struct unit **units = NULL;
	size_t count = 0;
	const char **lines;
	int chosen = 0;

	if (store_units(app->store, &units, &count, NULL) != ERR_OK)
		count = 0;
	if (count == 0)
		return type_unit(app, name);
	lines = xcalloc(count + 1, sizeof *lines);
	for (size_t i = 0; i < count; i++)
		lines[i] = units[i]->name;
	lines[count] = _("其他单位…");
	chosen = dialog_choose(app, _("给哪个单位新建"), lines, count + 1, 0);
	if (chosen >= 0 && (size_t)chosen < count)
		*name = xstrdup(units[chosen]->name);
	free(lines);
	store_units_free(units, count);
	if (chosen >= 0 && !*name)
		return type_unit(app, name);
	return chosen >= 0;
}

/* A unit of the store keeps its kind: UNIT_KIND_COUNT. */
static bool ask_kind(struct app *app, const char *name, enum unit_kind *kind)
{
	const char *lines[UNIT_KIND_COUNT];
	struct unit *known = store_unit_find(app->store, name);
	int chosen;

	*kind = UNIT_KIND_COUNT;
	if (known) {
		unit_free(known);
		return true;
	}
	for (int i = 0; i < UNIT_KIND_COUNT; i++)
		lines[i] = unit_kind_label((enum unit_kind)i);
	chosen =
		dialog_choose(app, _("单位类别（按名称提议，请核对）"), lines,
			      UNIT_KIND_COUNT, (size_t)unit_kind_of_name(name));
	if (chosen >= 0)
		*kind = (enum unit_kind)chosen;
	return chosen >= 0;
}

static enum err_code save_kind(struct app *app, const char *name,
			       enum unit_kind kind, struct err *err)
{
	struct unit *unit = kind == UNIT_KIND_COUNT
				    ? NULL
				    : store_unit_find(app->store, name);
	enum err_code code = ERR_OK;

	if (unit) {
		unit->kind = kind;
		unit->kind_set = true;
		code = store_unit_save(app->store, unit, err);
	}
	unit_free(unit);
	return code;
}

/* ---- year and form ---- */

/* The report of a year is written from its autumn to the next summer. */
static int likely_year(void)
{
	struct date today = date_today();

	return today.month >= 10 ? today.year : today.year - 1;
}

static bool ask_year(struct app *app, int *year)
{
	char *typed = str_printf("%d", likely_year());
	bool told = false;
	int64_t n = 0;

	while (dialog_text(app, _("新建报告"),
			   told ? _("年度写四位数字，如 2025。报告年度：")
				: _("哪一年度的报告："),
			   1, &typed)) {
		if (num_parse(typed, 0, LAST_YEAR * NUM_ONE, &n) == NUM_OK &&
		    n >= FIRST_YEAR * NUM_ONE) {
			*year = (int)(n / NUM_ONE);
			free(typed);
			return true;
		}
		told = true;
	}
	free(typed);
	return false;
}

static bool fits(const struct form_def *form, int year)
{
	return year >= form->year_from &&
	       (form->year_to == 0 || year <= form->year_to);
}

/* The edition of the year is proposed; where there is but one it is taken. */
static bool ask_form(struct app *app, int year, const char **id)
{
	const char *const *ids = forms_ids(app->forms);
	const char *lines[32], *found[32];
	size_t n = 0, start = 0;
	bool proposed = false;
	int chosen;

	for (; *ids && n < 32; ids++) {
		const struct form_def *form = forms_get(app->forms, *ids, NULL);

		if (!form)
			continue;
		if (fits(form, year) && !proposed) {
			proposed = true;
			start = n;
		}
		found[n] = *ids;
		lines[n++] = form->name;
	}
	if (n == 0) {
		app_say(app, _("找不到任何报表文件；请运行 nianbao doctor"));
		return false;
	}
	chosen = n == 1 ? 0
			: dialog_choose(app, _("用哪种报表"), lines, n, start);
	if (chosen >= 0)
		*id = found[chosen];
	return chosen >= 0;
}

/* ---- all of it ---- */

static void open_new(struct app *app, int64_t id)
{
	struct err err = { 0 };

	app->draft = draft_open(app->store, app->forms, id, DRAFT_EDIT, &err);
	if (!app->draft) {
		app_say_err(app, &err);
		return;
	}
	screen_walk(app, FORM_NO_CELL);
	if (!draft_last(app->draft))
		opening_ask(app);
}

static void make(struct app *app, const char *unit, enum unit_kind kind,
		 int year, const char *form)
{
	struct err err = { 0 };
	int64_t id;

	if (draft_new(app->store, app->forms, form, unit, year, &id, &err) !=
		    ERR_OK ||
	    save_kind(app, unit, kind, &err) != ERR_OK) {
		dialog_tell(app, _("没有新建"), err.text);
		return;
	}
	open_new(app, id);
}

void screen_new(struct app *app)
{
	const char *form = NULL;
	enum unit_kind kind;
	char *unit = NULL;
	int year;

	if (ask_unit(app, &unit) && ask_kind(app, unit, &kind) &&
	    ask_year(app, &year) && ask_form(app, year, &form))
		make(app, unit, kind, year, form);
	free(unit);
}
