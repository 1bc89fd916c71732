/* Which rules are asked: a supervisor switches soft ones and hints off for his
 * site.  It is a setting like others, kept in the history. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/setting.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/finding_text.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	LIST_Y = 2,
	LEAST_DETAIL = 8,
	ID_CELLS = 7,
};

static const char setting[] = "rules.off";

struct rules_screen {
	struct app *app;
	const struct rule_def **rules; /* of the form, one an id */
	char *off;                     /* the setting */
	struct list list;
	struct pager detail;
	bool stale;
};

static void read_setting(struct rules_screen *s)
{
	free(s->off);
	s->off = setting_get(s->app->store, setting);
	s->stale = true;
}

static bool is_off(const struct rules_screen *s, const struct rule_def *rule)
{
	return rule->severity != SEVERITY_HARD && *s->off &&
	       form_lists(s->off, rule->id);
}

static bool listed(const struct rules_screen *s, const char *id)
{
	for (size_t i = 0; i < s->list.count; i++)
		if (strcmp(s->rules[i]->id, id) == 0)
			return true;
	return false;
}

static size_t count_off(const struct rules_screen *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->list.count; i++)
		n += is_off(s, s->rules[i]);
	return n;
}

/* ---- drawing ---- */

enum asked {
	ASKED_ALWAYS,
	ASKED_OFF,
	ASKED_ON
};
static const char *const asked[] = {
	[ASKED_ALWAYS] = N_("必查"),
	[ASKED_OFF] = N_("停用"),
	[ASKED_ON] = N_("查"),
};

static const char *word_of(const struct rules_screen *s,
			   const struct rule_def *rule)
{
	if (rule->severity == SEVERITY_HARD)
		return _(asked[ASKED_ALWAYS]);
	return _(asked[is_off(s, rule) ? ASKED_OFF : ASKED_ON]);
}

/* The severities are translated already. */
static int severity_cells(void)
{
	const char *labels[SEVERITY_COUNT];

	for (int i = 0; i < SEVERITY_COUNT; i++)
		labels[i] = severity_label((enum severity)i);
	return paint_widest(labels, SEVERITY_COUNT) + 2;
}

static void draw_line(const struct rules_screen *s, WINDOW *win, int y,
		      size_t i)
{
	const struct rule_def *rule = s->rules[i];
	bool here = i == s->list.focus;
	enum theme_role role = here              ? THEME_FOCUS
			       : is_off(s, rule) ? THEME_DIM
						 : THEME_TEXT;
	int x = paint_widest(asked, sizeof asked / sizeof *asked) + 4;

	paint_row(win, y, role);
	paint_textf(win, y, 0, x - 1, role, "%s %s", here ? ">" : " ",
		    word_of(s, rule));
	paint_text(win, y, x, ID_CELLS - 1, role, rule->id);
	x += ID_CELLS;
	paint_text(win, y, x, severity_cells() - 1, role,
		   severity_label(rule->severity));
	x += severity_cells();
	paint_fit(win, y, x, getmaxx(win) - x, role,
		  rule->title ? rule->title : "");
}

static void draw(void *screen, WINDOW *win)
{
	struct rules_screen *s = screen;
	int rows = getmaxy(win), half = (rows - 5) / 2;
	int lower = rows - 2 - (half > LEAST_DETAIL ? half : LEAST_DETAIL);
	char *right = str_printf(_("停用 %zu"), count_off(s));
	char *left = str_printf(_("%zu 条规则"), s->list.count);
	struct str text = { 0 };

	werase(win);
	s->app->cursor_y = s->app->cursor_x = -1;
	app_title(s->app, _("检查规则：本单位草稿库里查哪些"), right);
	list_show(&s->list, lower - 1 - LIST_Y);
	for (int i = 0; i < s->list.rows; i++)
		if (s->list.top + (size_t)i < s->list.count)
			draw_line(s, win, LIST_Y + i, s->list.top + (size_t)i);
	paint_rule(win, lower - 1, 0, getmaxx(win));
	if (s->stale && s->list.count > 0) {
		finding_rule(s->rules[s->list.focus], &text);
		pager_load(&s->detail, text.s, false, false);
		s->stale = false;
	}
	pager_draw(&s->detail, win, lower, rows - 2 - lower, 1,
		   getmaxx(win) - 2);
	app_foot(s->app, left, _("空格 停用或恢复；记入改动记录"));
	free(left);
	free(right);
	str_free(&text);
}

/* ---- switching ---- */

/* The setting without the id, or with it at the end. */
static void without(const char *off, const char *id, bool add, struct str *out)
{
	str_add(out, "");
	while (*off) {
		size_t len = strcspn(off, " ");

		if (len > 0 &&
		    (len != strlen(id) || memcmp(off, id, len) != 0)) {
			str_add(out, out->len ? " " : "");
			str_addn(out, off, len);
		}
		off += len;
		off += strspn(off, " ");
	}
	if (add)
		str_addf(out, "%s%s", out->len ? " " : "", id);
}

static void turn(struct rules_screen *s)
{
	const struct rule_def *rule = s->rules[s->list.focus];
	bool on = is_off(s, rule);
	struct str value = { 0 };
	struct err err = { 0 };

	if (rule->severity == SEVERITY_HARD) {
		app_say(s->app, _("必须改正的规则不能停用。"));
		return;
	}
	without(s->off, rule->id, !on, &value);
	if (store_want_supervisor(s->app->store, _("停用或恢复规则"), &err) ||
	    setting_set(s->app->store, setting, value.s, &err))
		app_say_err(s->app, &err);
	else
		app_say(s->app,
			on ? _("规则 %s 恢复检查。")
			   : _("规则 %s 停用：所有报告都不再查，审签单上注明。"),
			rule->id);
	str_free(&value);
	read_setting(s);
}

/* ---- keys ---- */

static bool act(void *screen, enum action action)
{
	struct rules_screen *s = screen;

	if (action == ACTION_ENTER) {
		turn(s);
		return true;
	}
	if (action == ACTION_HELP) {
		screen_help_here(
			s->app, _("检查规则"),
			_("停用的规则在这个草稿库的所有报告里都不再检查；"
			  "必须改正的规则不能停用。\n谁在什么时候停用或恢复，"
			  "记入改动记录，审签单上列出停用的规则。\n"
			  "命令行：nianbao config set rules.off \"Q6 N10\""));
		return true;
	}
	if (action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN)
		return pager_act(&s->detail, action);
	s->stale = true;
	return list_act(&s->list, action);
}

static bool type(void *screen, const struct event *event)
{
	struct rules_screen *s = screen;

	if (event->kind == EVENT_TEXT &&
	    (strcmp(event->text, " ") == 0 || strcmp(event->text, "　") == 0)) {
		turn(s);
		return true;
	}
	if (event->kind != EVENT_MOUSE)
		return event->kind == EVENT_TICK;
	list_mouse(&s->list, event, LIST_Y);
	s->stale = true;
	return true;
}

static const enum action *actions(void *screen)
{
	static const enum action list[] = {
		ACTION_ENTER, ACTION_BACK,    ACTION_HELP,      ACTION_UP,
		ACTION_DOWN,  ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_HOME,
		ACTION_END,   ACTION_NONE,
	};

	(void)screen;
	return list;
}

static void resume(void *screen)
{
	read_setting(screen);
}

static void close_rules(void *screen)
{
	struct rules_screen *s = screen;

	pager_free(&s->detail);
	free(s->rules);
	free(s->off);
	free(s);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_ENTER] = N_("停用或恢复"),
};

static const struct screen_ops rules_ops = {
	.name = "rules",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.close = close_rules,
	.words = words,
};

void screen_rules(struct app *app)
{
	struct rules_screen *s = xcalloc(1, sizeof *s);
	const struct form_def *form = draft_form(app->draft);

	s->app = app;
	s->rules = xcalloc(form->rule_count + 1, sizeof *s->rules);
	for (size_t i = 0; i < form->rule_count; i++)
		if (!listed(s, form->rules[i].id))
			s->rules[s->list.count++] = &form->rules[i];
	read_setting(s);
	app_push(app, &rules_ops, s);
}
