/* What others do to the report while it stands on the screen. */
#include <stdio.h>
#include <string.h>

#include "core/digest.h"
#include "core/tr.h"
#include "tui/walk.h"

void walk_note_stage(struct walk *w)
{
	const struct report_row *row = draft_row(walk_draft(w));
	bool filled = row->state == STATE_DRAFT || row->state == STATE_RETURNED;
	char hex[DIGEST_TEXT] = "";

	if (!filled) /* else the figures may change at any time */
		report_digest(draft_report(walk_draft(w)), hex);
	snprintf(w->stage, sizeof w->stage, "%d %d %s %s %s", (int)row->state,
		 row->version, row->submitted_at, row->returned_at, hex);
}

/* Show what was read anew; the cursor stays in its text. */
static void show_anew(struct walk *w)
{
	w->writable = draft_writable(walk_draft(w));
	w->typing = false;
	walk_note_stage(w);
	walk_find_changes(w);
	walk_load(w, w->edit.cursor);
	walk_scan(w);
}

void walk_refresh(struct walk *w)
{
	struct err err = { 0 };

	if (draft_refresh(walk_draft(w), &err) != ERR_OK)
		app_say_err(w->app, &err);
	show_anew(w);
}

/* Others have written.  Who fills it in keeps his keys: of his report only what
 * is said about it can be new. */
void walk_news(struct walk *w)
{
	char was[sizeof w->stage];

	if (w->writable) {
		if (!w->app->unsettled)
			walk_scan(w);
		return;
	}
	memcpy(was, w->stage, sizeof was);
	show_anew(w);
	if (strcmp(w->stage, was) != 0)
		app_say(w->app,
			_("报告在别处变动了，现在是“%s”；"
			  "这里显示的已是现在的内容。"),
			state_label(draft_row(walk_draft(w))->state));
}

/* Taken over by another: said once, from then on it is read as others read it,
 * as it stands in the store. */
bool walk_lost(struct walk *w)
{
	struct err err = { 0 };

	if (!w->writable || !draft_lost(walk_draft(w), &err))
		return false;
	walk_refresh(w);
	app_say_err(w->app, &err);
	return true;
}

void walk_watch(struct walk *w)
{
	if (w->app->unsettled)
		walk_scan(w);
	walk_lost(w);
}
