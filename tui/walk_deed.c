/* Handing in, returning and approving from the walk: ask, do, say. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/tr.h"
#include "tui/dialog.h"
#include "tui/walk.h"

/* The cells with open comments: what a return is about. */
static size_t commented(const struct walk *w, const char **paths)
{
	size_t count, n = 0;
	const struct comment *list = draft_comments(walk_draft(w), &count);

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < n && strcmp(paths[k], list[i].path) != 0)
			k++;
		if (k == n && !*list[i].resolved_at && *list[i].path)
			paths[n++] = list[i].path;
	}
	return n;
}

/* The paths are copied: the draft reads its comments anew while it returns. */
static void do_return(struct walk *w, const char *reason, struct err *err)
{
	size_t count, n;
	const char **paths;
	char **kept;
	struct review_args args = { .reason = reason };

	draft_comments(walk_draft(w), &count);
	paths = xcalloc(count + 1, sizeof *paths);
	kept = xcalloc(count + 1, sizeof *kept);
	n = commented(w, paths);
	for (size_t i = 0; i < n; i++)
		paths[i] = kept[i] = xstrdup(paths[i]);
	args.paths = paths;
	args.path_count = n;
	review_do(walk_draft(w), DEED_RETURN, &args, err);
	for (size_t i = 0; i < n; i++)
		free(kept[i]);
	free(kept);
	free(paths);
}

static void finish(struct walk *w, enum deed deed, const struct err *err)
{
	walk_refresh(w);
	if (err->code != ERR_OK)
		dialog_tell(w->app, deed_label(deed), err->text);
	else
		app_say(w->app, _("已%s。"), deed_label(deed));
}

static void send_back(struct walk *w)
{
	struct err err = { 0 };
	char *reason = NULL;

	if (!dialog_text(
		    w->app, deed_label(DEED_RETURN),
		    _("退回的理由，填报人会看到；有批注的格一并列给填报人："),
		    3, &reason)) {
		free(reason);
		return;
	}
	do_return(w, reason ? reason : "", &err);
	finish(w, DEED_RETURN, &err);
	free(reason);
}

void walk_deed(struct walk *w, enum deed deed)
{
	const struct report_row *row = draft_row(walk_draft(w));
	const char *buttons[] = { deed_label(deed), _("先不") };
	struct review_args args = { 0 };
	struct err err = { 0 };
	char *text;
	int answer;

	if (!review_may(store_actor(draft_store(walk_draft(w))), row->state,
			deed, &err)) {
		app_say_err(w->app, &err);
		return;
	}
	if (deed == DEED_RETURN) {
		send_back(w);
		return;
	}
	text = str_printf(
		deed == DEED_SUBMIT
			? _("将把 %d 年报告送给审核人；送审后不能再改，撤回或退回后可改。")
			: _("%d 年报告将审核通过；通过后不能再改，要改须写明理由重新打开。"),
		row->year);
	answer = dialog_ask(w->app, deed_label(deed), text, buttons, 2, 1);
	free(text);
	if (answer != 0)
		return;
	review_do(walk_draft(w), deed, &args, &err);
	finish(w, deed, &err);
}
