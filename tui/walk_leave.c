/* Leaving a cell: what is refused stays, what was carried over asks why. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/walk.h"

static char *value_of(const struct walk *w)
{
	struct str text = { 0 };

	str_add(&text, "");
	report_text(draft_report(walk_draft(w)), w->cell, &text);
	return str_steal(&text);
}

void walk_came(struct walk *w)
{
	free(w->came);
	w->came = value_of(w);
}

/* ---- why a carried-over number is another one ---- */

static bool about_last_year(const struct rule_def *rule)
{
	for (size_t i = 0; i < rule->relation_count; i++) {
		const struct relation_def *rel = &rule->relations[i];

		for (size_t k = 0; k < rel->left_count; k++)
			if (rel->left[k].previous)
				return true;
		for (size_t k = 0; k < rel->right_count; k++)
			if (rel->right[k].previous)
				return true;
	}
	return false;
}

/* The rule that asks why the clerk's cell is not last year's number. */
static const struct finding *carried_finding(const struct walk *w)
{
	const struct findings *all = draft_findings(walk_draft(w));

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (f->severity != SEVERITY_SOFT || !about_last_year(f->rule))
			continue;
		for (size_t k = 0; k < f->cell_count; k++)
			if (f->cells[k] == w->cell)
				return f;
	}
	return NULL;
}

/* The reason belongs to the finding that the new value makes; without one
 * nothing is to be said. */
static void give_reason(struct walk *w, const char *why)
{
	const struct finding *f = carried_finding(w);
	struct err err = { 0 };
	char *rule, *path;

	if (!f)
		return;
	rule = xstrdup(f->rule->id);
	path = xstrdup(walk_form(w)->cells[f->cells[0]].path);
	if (review_explain(walk_draft(w), rule, path, why, &err))
		app_say_err(w->app, &err);
	free(path);
	free(rule);
}

/* Was a number of last year changed to another since the clerk came? */
static bool is_changed(const struct walk *w, int64_t *last)
{
	struct value now = report_get(draft_report(walk_draft(w)), w->cell);
	bool changed = false;
	char *text;

	if (!draft_carried(walk_draft(w), w->cell, last) ||
	    now.kind != VALUE_NUMBER || now.number == *last || !w->came)
		return false;
	text = value_of(w);
	changed = strcmp(text, w->came) != 0;
	free(text);
	return changed;
}

static void put_back(struct walk *w, int64_t last)
{
	char was[NUM_TEXT];
	size_t have = strlen(draft_text(walk_draft(w), w->cell));

	num_text(last, was);
	draft_break(walk_draft(w));
	walk_splice(w, 0, have, was, strlen(was));
	walk_load(w, (size_t)-1);
	app_say(w->app, _("已改回承上年的 %s。"), was);
}

/* *why: the reason, NULL without one; false: the number is the carried-over one
 * again, the clerk stays. */
static bool ask_reason(struct walk *w, char **why)
{
	const struct finding *f;
	char was[NUM_TEXT], *prompt;
	int64_t last;
	bool given;

	if (w->app->quit || !is_changed(w, &last))
		return true;
	f = carried_finding(w);
	if (f && (f->explanation || f->asked_again))
		*why = xstrdup(f->explanation ? f->explanation
					      : f->asked_again);
	prompt = str_printf(_("这一格承上年，是 %s，现在改成 %s。请写明原因，"
			      "随报告送审；原因以后再写，请直接回车；"
			      "按 Esc 改回 %s。"),
			    num_text(last, was),
			    draft_text(walk_draft(w), w->cell), was);
	given = dialog_text(w->app, _("为什么改承上年的数"), prompt, 2, why);
	free(prompt);
	if (given || w->app->quit)
		return true;
	put_back(w, last);
	return false;
}

/* ---- leaving ---- */

/* Is there a value to leave?  If not, it is said what is wrong. */
static bool has_value(struct walk *w)
{
	struct err err = { 0 };

	if (draft_fault(walk_draft(w), true, &err) == ERR_OK)
		return true;
	app_say(w->app, _("没有填入：%s（退格修改，Esc 恢复原值）"), err.text);
	w->app->message_wrong = true;
	return false;
}

bool walk_leave(struct walk *w)
{
	struct err err = { 0 };
	char *why = NULL;

	if (draft_writable(walk_draft(w))) {
		if (!has_value(w) || !ask_reason(w, &why)) {
			free(why);
			return false;
		}
		if (draft_leave(walk_draft(w), &err) != ERR_OK)
			app_say_err(w->app, &err);
	}
	w->typing = false;
	w->fresh = true;
	if (why && text_count(why) > 0)
		give_reason(w, why);
	free(why);
	walk_came(w);
	walk_scan(w);
	return true;
}

/* A number typed over another goes as it came, and the clerk stays; a text is
 * Ctrl-Z's. */
static bool take_back(struct walk *w)
{
	struct err err = { 0 };
	size_t cell, offset;

	if (!w->typing || walk_cell(w)->kind == FIELD_PROSE ||
	    !draft_writable(walk_draft(w)))
		return false;
	if (draft_undo(walk_draft(w), &cell, &offset, &err) != ERR_OK)
		app_say_err(w->app, &err);
	else
		app_say(w->app, _("已撤回刚才键入的；再按 Esc 返回。"));
	w->typing = false;
	walk_load(w, (size_t)-1);
	walk_scan(w);
	return true;
}

bool walk_let_go(struct walk *w)
{
	struct err err = { 0 };

	if (draft_pending(walk_draft(w)) != w->cell)
		return take_back(w);
	if (draft_drop(walk_draft(w), &err) != ERR_OK)
		app_say_err(w->app, &err);
	else
		app_say(w->app, _("已恢复原值。"));
	w->typing = false;
	walk_load(w, (size_t)-1);
	walk_scan(w);
	return true;
}
