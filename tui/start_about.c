/* Dates, place and roles on the first screen. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/paint.h"
#include "tui/start.h"

/* The unit's own date, the site's, the law's. */
static bool due_of(struct app *app, const struct report_row *row,
		   const struct unit *unit, bool publish, struct date *due,
		   const char **basis)
{
	const struct form_def *form = forms_get(app->forms, row->form, NULL);
	char *site = setting_get(app->store, publish ? "deadline.publish"
						     : "deadline.submit");
	struct unit with;
	bool found = false;

	if (form && unit) {
		char **own;

		with = *unit;
		own = publish ? &with.due_publish : &with.due_submit;
		if (!**own && *site) {
			*own = site;
			found = review_due(form, &with, row, publish, due,
					   basis);
			*basis = _("本地规定的期限");
		} else {
			found = review_due(form, unit, row, publish, due,
					   basis);
		}
	}
	free(site);
	return found;
}

/* The nearest date that was not met yet; days from today to it. */
static bool nearest(struct app *app, const struct report_row *row,
		    const struct unit *unit, int *days, bool *publish)
{
	bool found = false;

	for (int i = 0; i < 2; i++) {
		const char *basis;
		struct date due;
		int n;

		if (!due_of(app, row, unit, i == 1, &due, &basis))
			continue;
		n = date_days(date_today(), due);
		if (found && n >= *days)
			continue;
		found = true;
		*days = n;
		*publish = i == 1;
	}
	return found;
}

static void add_days(int days, const char *what, struct str *out)
{
	if (days >= 0)
		str_addf(out, _("剩%d天%s"), days, what);
	else
		str_addf(out, _("逾期%d天%s"), -days, what);
}

/* The counts, and the days if there is a date (`what`), of which less important
 * parts may be left out. */
static void add_due(const struct report_row *row, int days, const char *what,
		    bool soft, struct str *out)
{
	str_clear(out);
	if (row->hard > 0)
		str_addf(out, _("须改%d "), row->hard);
	if (row->soft > 0 && (soft || row->hard == 0))
		str_addf(out, _("说明%d "), row->soft);
	if (what)
		add_days(days, what, out);
}

void start_due(struct app *app, const struct report_row *row,
	       const struct unit *unit, int cells, struct str *out)
{
	bool publish = false, due;
	int days = 0;

	if (row->state == STATE_PUBLISHED) {
		str_add(out, row->published_on);
		return;
	}
	due = nearest(app, row, unit, &days, &publish);
	add_due(row, days,
		!due      ? NULL
		: publish ? _("公布")
			  : _("报送"),
		true, out);
	if (text_cells(out->s, out->len) > cells)
		add_due(row, days, due ? "" : NULL, true, out);
	if (text_cells(out->s, out->len) > cells)
		add_due(row, days, due ? "" : NULL, false, out);
}

/* 今天 10:42, or the day. */
static void add_when(const char *moment, struct str *out)
{
	char now[DATE_MOMENT];

	date_now(now);
	if (strlen(moment) >= 16 && strncmp(moment, now, 10) == 0)
		str_addf(out, _("今天 %.5s"), moment + 11);
	else
		str_addf(out, "%.10s", moment);
}

static void add_place(struct app *app, const struct report_row *row,
		      struct str *out)
{
	const struct form_def *form = forms_get(app->forms, row->form, NULL);
	size_t cell = form ? form_cell(form, row->place) : FORM_NO_CELL;
	const struct section_def *section;
	struct str when = { 0 };

	if (cell == FORM_NO_CELL && row->done == 0) {
		str_add(out, _("还没有开始填。"));
		return;
	}
	add_when(row->changed_at, &when);
	str_addf(&when, " %s", row->changed_by);
	if (cell == FORM_NO_CELL) {
		str_addf(out, _("最近改动：%s"), when.s);
	} else {
		section = form->cells[cell].section;
		str_add(out, _("上次停在 "));
		if (section->number && *section->number)
			str_addf(out, "%s、", section->number);
		str_addf(out, _("%s，%s（%s）"),
			 section->brief && *section->brief ? section->brief
							   : _("文头"),
			 form->cells[cell].say, when.s);
	}
	str_free(&when);
}

/* Its name may be cut in the list. */
static void add_name(struct app *app, const struct report_row *row,
		     struct str *out)
{
	const struct form_def *form = forms_get(app->forms, row->form, NULL);

	str_addf(out, "%s  %d  %s", row->unit, row->year,
		 form ? form->name : row->form);
	if (row->version > 1)
		str_addf(out, _("  第 %d 版"), row->version);
}

static void add_dates(struct app *app, const struct report_row *row,
		      const struct unit *unit, struct str *out)
{
	for (int i = 0; i < 2; i++) {
		const char *basis;
		struct date due;

		if (!due_of(app, row, unit, i == 1, &due, &basis))
			continue;
		if (out->len > 0)
			str_add(out, _("，"));
		if (i == 1)
			str_addf(out, _("%d月%d日前公布"), due.month, due.day);
		else
			str_addf(out, _("%d月%d日前报送%s"), due.month, due.day,
				 unit ? unit->reports_to : "");
		if (basis && *basis)
			str_addf(out, _("（%s）"), basis);
	}
}

/* Why it came back, or where it was published. */
static void add_news(struct app *app, const struct report_row *row,
		     struct str *out)
{
	char *why = NULL;

	if (row->state == STATE_DRAFT && row->version > 1)
		why = store_last_reason(app->store, row->id,
					deed_word(DEED_REOPEN));
	if (why)
		str_addf(out, _("重新打开的理由：%s"), why);
	else if (row->state == STATE_RETURNED)
		str_addf(out, _("退回理由：%s"), row->return_reason);
	else if (row->state == STATE_PUBLISHED)
		str_addf(out, _("已于 %s 公布 %s"), row->published_on,
			 row->published_url);
	else if (row->state == STATE_SUBMITTED && *row->submitted_at)
		str_addf(out, _("%.10s 送审，等审核"), row->submitted_at);
	free(why);
}

void start_about(struct app *app, const struct report_row *row,
		 const struct unit *unit, int y)
{
	struct str lines[START_ABOUT] = { { 0 } };
	int cells = getmaxx(app->win) - 2;

	add_name(app, row, &lines[0]);
	add_place(app, row, &lines[1]);
	add_dates(app, row, unit, &lines[2]);
	add_news(app, row, &lines[3]);
	for (int i = 0; i < START_ABOUT; i++) {
		struct str line = { 0 };

		if (lines[i].len > 0)
			text_one_line(&line, lines[i].s, lines[i].len);
		paint_fit(app->win, y + i, 1, cells, THEME_TEXT,
			  line.s ? line.s : "");
		str_free(&line);
		str_free(&lines[i]);
	}
}

void start_today(struct str *out)
{
	static const char *const names[] = { N_("星期日"), N_("星期一"),
					     N_("星期二"), N_("星期三"),
					     N_("星期四"), N_("星期五"),
					     N_("星期六") };
	struct date today = date_today();

	str_addf(out, _("%d年%d月%d日 %s"), today.year, today.month, today.day,
		 _(names[date_weekday(today)]));
}

void start_roles(struct app *app, struct str *out)
{
	const struct actor *actor = store_actor(app->store);

	if (!actor)
		return;
	if (actor->roles == ROLE_ALL)
		str_addf(out, _("本机用户 %s"), actor->name);
	else if (actor->roles & ROLE_SUPERVISOR)
		str_addf(out, _("审核人 %s"), actor->name);
	else if (actor->roles & ROLE_CLERK)
		str_addf(out, _("填报人 %s"), actor->name);
	else
		str_addf(out, _("培训人 %s"), actor->name);
}
