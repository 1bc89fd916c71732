/* F9: everything that can be done here, with its key. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/deed.h"
#include "tui/dialog.h"
#include "tui/opening.h"

enum {
	NAME_CELLS = 40,
	MOST = (int)ACTION_COUNT + (int)DEED_COUNT + 8,
};

/* A line of the menu: one of the three is set. */
struct entry {
	enum action action;
	enum deed deed; /* DEED_COUNT: none */
	void (*run)(struct app *app);
	char *label;
};

struct menu {
	struct entry entries[MOST];
	size_t count;
};

static void add(struct menu *m, struct entry entry)
{
	m->entries[m->count++] = entry;
}

/* The name, and at the right its key. */
static char *label(const char *name, enum action action)
{
	struct str out = { 0 };
	int cells;

	str_add(&out, name);
	if (action != ACTION_NONE) {
		cells = text_cells(out.s, out.len);
		do
			str_addc(&out, ' ');
		while (++cells < NAME_CELLS);
		keymap_names(action, NULL, &out);
	}
	return str_steal(&out);
}

/* ---- the parts of the menu ---- */

static bool listed(struct app *app, enum action action)
{
	const struct frame *top = &app->stack[app->depth - 1];
	const enum action *list = top->ops->actions(top->screen);

	while (*list != ACTION_NONE && *list != action)
		list++;
	return *list != ACTION_NONE;
}

/* What the screen below does, without the keys that move. */
static void add_actions(struct menu *m, struct app *app)
{
	static const enum action offered[] = {
		ACTION_NEXT_OPEN, ACTION_GOTO,      ACTION_FINDINGS,
		ACTION_CHECKLIST, ACTION_LAST_YEAR, ACTION_ZERO_FILL,
		ACTION_NOTE,      ACTION_FIGURES,   ACTION_REFER,
		ACTION_FIND,      ACTION_UNDO,      ACTION_REDO,
		ACTION_PREVIEW,   ACTION_EXPORT,    ACTION_NEW,
		ACTION_IMPORT,
	};
	const char *const *words = app->stack[app->depth - 1].ops->words;

	for (size_t i = 0; i < sizeof offered / sizeof *offered; i++) {
		enum action a = offered[i];
		const char *word = keymap_info(a)->help;

		if (!listed(app, a))
			continue;
		if (words && words[a])
			word = words[a];
		add(m, (struct entry){ .action = a,
				       .deed = DEED_COUNT,
				       .label = label(_(word), a) });
	}
}

/* A list of reports shows nothing of what is in them: who puts his name under
 * one opens it. */
static bool is_seen(struct app *app, enum deed deed)
{
	const struct frame *top = &app->stack[app->depth - 1];

	return (deed != DEED_SIGN && deed != DEED_APPROVE) ||
	       strcmp(top->ops->name, "start") != 0;
}

static void add_deeds(struct menu *m, struct app *app)
{
	static const enum action keys[DEED_COUNT] = {
		[DEED_SUBMIT] = ACTION_SUBMIT,
		[DEED_RETURN] = ACTION_RETURN,
		[DEED_APPROVE] = ACTION_APPROVE,
	};

	for (const enum deed *deed = deed_menu(); *deed != DEED_COUNT; deed++)
		if (deed_may(app, *deed, false) && is_seen(app, *deed))
			add(m, (struct entry){
				       .deed = *deed,
				       .label = label(deed_label(*deed),
						      listed(app, keys[*deed])
							      ? keys[*deed]
							      : ACTION_NONE) });
}

static void all_notes(struct app *app)
{
	screen_notes(app, FORM_NO_CELL);
}

static void history(struct app *app)
{
	screen_history(app, FORM_NO_CELL);
}

static bool goes_right(struct app *app)
{
	char *value = setting_get(app->store, "enter");
	bool right = strcmp(value, "right") == 0;

	free(value);
	return right;
}

static void turn_enter(struct app *app)
{
	struct err err = { 0 };
	bool right = !goes_right(app);

	if (setting_set(app->store, "enter", right ? "right" : "down", &err) !=
	    ERR_OK) {
		app_say_err(app, &err);
		return;
	}
	app_refresh(app);
	app_say(app, right ? _("表中回车键从此向右走。")
			   : _("表中回车键从此向下走。"));
}

static bool may_set(struct app *app)
{
	return app->draft && (store_actor(app->store)->roles & ROLE_SUPERVISOR);
}

static void keys(struct app *app)
{
	app_act(app, ACTION_HELP);
}

static void leave(struct app *app)
{
	app_act(app, ACTION_LEAVE);
}

static void add_others(struct menu *m, struct app *app)
{
	const struct {
		void (*run)(struct app *app);
		const char *name;
		enum action key;
		bool hidden;
	} others[] = {
		{ screen_rules, _("设置：查哪些规则，停用或恢复"), ACTION_NONE,
		  !may_set(app) },
		{ opening_open, _("上年数"), ACTION_NONE,
		  !opening_wanted(app) },
		{ all_notes, _("全部说明和批注"), ACTION_NONE, false },
		{ history, _("改动记录"), ACTION_NONE, false },
		{ turn_enter,
		  goes_right(app) ? _("设置：表中回车键改为向下（现在向右）")
				  : _("设置：表中回车键改为向右（现在向下）"),
		  ACTION_NONE, false },
		{ keys, _("说明和全部按键"), ACTION_HELP, false },
		{ leave, _("离开"), ACTION_LEAVE, false },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!others[i].hidden)
			add(m, (struct entry){ .deed = DEED_COUNT,
					       .run = others[i].run,
					       .label = label(others[i].name,
							      others[i].key) });
}

void screen_menu(struct app *app)
{
	struct menu m = { 0 };
	const char *lines[MOST];
	struct entry chosen = { 0 };
	int answer;

	add_actions(&m, app);
	add_deeds(&m, app);
	add_others(&m, app);
	for (size_t i = 0; i < m.count; i++)
		lines[i] = m.entries[i].label;
	answer = dialog_choose(app, _("菜单"), lines, m.count, 0);
	if (answer >= 0)
		chosen = m.entries[answer];
	for (size_t i = 0; i < m.count; i++)
		free(m.entries[i].label);
	if (answer < 0)
		return;
	if (chosen.run)
		chosen.run(app);
	else if (chosen.deed != DEED_COUNT)
		deed_run(app, chosen.deed);
	else
		app_act(app, chosen.action);
}
