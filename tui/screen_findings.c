/* F5: what is wrong, and below it why and what to do. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/deed.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	WHERE_X = 8,
	BRIEF_X = 24,
	LEAST_DETAIL = 9,
	LIST_Y = 2,
};

enum filter {
	SHOW_ALL,
	SHOW_HARD,
	SHOW_UNEXPLAINED,
	SHOW_COMMENTS,
	SHOW_COUNT,
};

/* A line: a finding, or a comment that is not resolved. */
struct item {
	const struct finding *finding; /* borrowed, until the next load() */
	const struct comment *comment;
};

struct findings_screen {
	struct app *app;
	enum filter filter;
	struct item *items;
	struct list list;
	struct pager detail;
	size_t detail_of;  /* which line the detail was made for */
	size_t comments;   /* that are not resolved */
	unsigned revision; /* of the report that was judged */
};

static const struct item *at(const struct findings_screen *s, size_t i)
{
	return i < s->list.count ? &s->items[i] : NULL;
}

static bool passes(enum filter filter, const struct finding *f)
{
	if (filter == SHOW_HARD)
		return f->severity == SEVERITY_HARD;
	return filter == SHOW_ALL ||
	       (filter == SHOW_UNEXPLAINED && f->severity == SEVERITY_SOFT &&
		!f->explanation);
}

/* Those it was returned for first. */
static size_t add_comments(struct findings_screen *s, size_t n, bool returned)
{
	size_t count;
	const struct comment *list = draft_comments(s->app->draft, &count);

	for (size_t i = 0; i < count; i++) {
		if (*list[i].resolved_at || list[i].on_return != returned)
			continue;
		s->comments++;
		if (s->filter == SHOW_ALL || s->filter == SHOW_COMMENTS)
			s->items[n++].comment = &list[i];
	}
	return n;
}

static void load(struct findings_screen *s)
{
	const struct findings *all = draft_findings(s->app->draft);
	size_t n = 0, comments;

	draft_comments(s->app->draft, &comments);
	free(s->items);
	s->items = xcalloc(all->count + comments + 1, sizeof *s->items);
	s->comments = 0;
	n = add_comments(s, n, true);
	n = add_comments(s, n, false);
	for (size_t i = 0; i < all->count; i++)
		if (passes(s->filter, &all->list[i]))
			s->items[n++].finding = &all->list[i];
	list_resize(&s->list, n);
	s->detail_of = PAGER_NONE;
	s->revision = report_revision(draft_report(s->app->draft));
}

static size_t cell_of(const struct findings_screen *s, const struct item *item)
{
	if (item->comment)
		return form_cell(draft_form(s->app->draft),
				 item->comment->path);
	return item->finding && item->finding->cell_count > 0
		       ? item->finding->cells[0]
		       : FORM_NO_CELL;
}

/* ---- drawing ---- */

/* 三、申请 */
static void add_where(const struct findings_screen *s, const struct item *item,
		      struct str *out)
{
	size_t cell = cell_of(s, item);
	const struct section_def *section =
		item->finding ? item->finding->section
		: cell == FORM_NO_CELL
			? NULL
			: draft_form(s->app->draft)->cells[cell].section;

	if (!section) {
		str_add(out, _("整份报告"));
		return;
	}
	if (section->number && *section->number)
		str_addf(out, "%s、", section->number);
	str_add(out, section->brief);
}

/* What is wrong; the place within the section first, if it is not there. */
static void add_brief(const struct finding *f, struct str *out)
{
	static const char mark[] = " · ";
	const char *place = f->where ? strstr(f->where, mark) : NULL;

	if (place && !strstr(f->brief, place + strlen(mark)))
		str_addf(out, "%s：", place + strlen(mark));
	str_add(out, f->brief);
}

/* What was said, the cell first. */
static void add_said(const struct findings_screen *s, const struct item *item,
		     struct str *out)
{
	size_t cell = cell_of(s, item);

	if (cell != FORM_NO_CELL)
		str_addf(out, "%s：",
			 draft_form(s->app->draft)->cells[cell].say);
	text_one_line(out, item->comment->text, strlen(item->comment->text));
}

static const char *kind_of(const struct item *item)
{
	if (item->finding)
		return item->finding->explanation
			       ? _("已说明")
			       : severity_brief(item->finding->severity);
	if (*item->comment->answer)
		return _("已答复");
	return item->comment->on_return ? _("点名") : _("批注");
}

static void draw_line(const struct findings_screen *s, WINDOW *win, int y,
		      const struct item *item, bool here)
{
	int cols = getmaxx(win);
	enum theme_role role = here ? THEME_FOCUS : THEME_TEXT;
	struct str where = { 0 }, brief = { 0 };
	bool hard = item->finding && item->finding->severity == SEVERITY_HARD;

	add_where(s, item, &where);
	if (item->finding)
		add_brief(item->finding, &brief);
	else
		add_said(s, item, &brief);
	paint_row(win, y, role);
	paint_textf(win, y, 0, WHERE_X, hard && !here ? THEME_WRONG : role,
		    "%s%s", here ? ">" : " ", kind_of(item));
	paint_fit(win, y, WHERE_X, BRIEF_X - WHERE_X - 1, role, where.s);
	paint_fit(win, y, BRIEF_X, cols - BRIEF_X, role, brief.s);
	str_free(&where);
	str_free(&brief);
}

static void add_part(struct str *out, const char *head, const char *text)
{
	if (text && *text)
		str_addf(out, "%s%s\n", head, text);
}

static void add_detail(const struct finding *f, struct str *out)
{
	str_addf(out, "%s\n", f->where ? f->where : "");
	add_part(out, "  ", f->full);
	add_part(out, _("  怎么办："), f->rule->remedy);
	add_part(out, _("  为什么："), f->rule->why);
	add_part(out, _("  依据："), f->rule->basis);
	str_addf(out, _("  规则 %s：%s\n"), f->rule->id,
		 f->rule->title ? f->rule->title : "");
	if (f->severity == SEVERITY_SOFT)
		str_addf(out, _("  情况说明：%s\n"),
			 f->explanation ? f->explanation : _("（无）"));
	add_part(out, _("  数字已变，要重新说明；原来的说明："),
		 f->asked_again);
}

static void add_comment(const struct findings_screen *s,
			const struct item *item, struct str *out)
{
	const struct comment *c = item->comment;
	size_t cell = cell_of(s, item);
	char when[DATE_MOMENT];

	str_addf(out, "%s\n",
		 cell == FORM_NO_CELL
			 ? _("整份报告")
			 : draft_form(s->app->draft)->cells[cell].say);
	str_addf(out,
		 c->on_return ? _("  退回点名（%s %s）：%s\n")
			      : _("  批注（%s %s）：%s\n"),
		 c->author, date_clock(c->moment, when), c->text);
	if (*c->answer)
		str_addf(out, _("  答复（%s %s）：%s\n"), c->answered_by,
			 date_clock(c->answered_at, when), c->answer);
	str_add(out, _("  怎么办：回车到该处改好；Alt-N 答复，由提出的人"
		       "标为已解决。\n"));
}

static void draw_detail(struct findings_screen *s, WINDOW *win, int y, int rows)
{
	const struct item *item = at(s, s->list.focus);
	struct str text = { 0 };

	if (!item)
		return;
	if (s->detail_of != s->list.focus) {
		if (item->finding)
			add_detail(item->finding, &text);
		else
			add_comment(s, item, &text);
		pager_load(&s->detail, text.s, false, false);
		s->detail_of = s->list.focus;
		str_free(&text);
	}
	pager_draw(&s->detail, win, y, rows, 1, getmaxx(win) - 2);
}

static void draw_head(struct findings_screen *s)
{
	struct draft *d = s->app->draft;
	int count[SEVERITY_COUNT], unexplained;
	struct str right = { 0 };
	char *title;

	findings_count(draft_findings(d), count, &unexplained);
	title = str_printf(_("问题  %d %s"), draft_row(d)->year,
			   draft_row(d)->unit);
	if (s->comments > 0)
		str_addf(&right, _("批注 %zu  "), s->comments);
	str_addf(&right, "%s %d  %s %d  %s %d", severity_label(SEVERITY_HARD),
		 count[SEVERITY_HARD], severity_label(SEVERITY_SOFT),
		 count[SEVERITY_SOFT], severity_label(SEVERITY_HINT),
		 count[SEVERITY_HINT]);
	app_title(s->app, title, right.s);
	free(title);
	str_free(&right);
}

static void draw_foot(struct findings_screen *s)
{
	size_t n = s->list.count;
	struct str left = { 0 };
	bool more = n > 0 && s->detail.lines.count > (size_t)s->detail.rows;

	if (s->filter == SHOW_HARD)
		str_addf(&left, _("只看必须改正的：%zu 条"), n);
	else if (s->filter == SHOW_UNEXPLAINED)
		str_addf(&left, _("只看还没有写说明的：%zu 条"), n);
	else if (s->filter == SHOW_COMMENTS)
		str_addf(&left, _("只看没有解决的批注：%zu 条"), n);
	else
		str_addf(&left, _("%zu 条，按报表顺序"), n);
	app_foot(s->app, left.s, more ? _("PgDn 看下半屏的其余") : "");
	str_free(&left);
}

static int detail_rows(WINDOW *win)
{
	int half = (getmaxy(win) - 5) / 2;

	return half > LEAST_DETAIL ? half : LEAST_DETAIL;
}

static void draw(void *screen, WINDOW *win)
{
	struct findings_screen *s = screen;
	int rows = getmaxy(win), lower = rows - 2 - detail_rows(win);

	if (s->revision != report_revision(draft_report(s->app->draft)))
		load(s);
	werase(win);
	s->app->cursor_y = s->app->cursor_x = -1;
	draw_head(s);
	list_show(&s->list, lower - 1 - LIST_Y);
	for (int i = 0; i < s->list.rows; i++) {
		size_t k = s->list.top + (size_t)i;

		if (at(s, k))
			draw_line(s, win, LIST_Y + i, at(s, k),
				  k == s->list.focus);
	}
	if (s->list.count == 0)
		paint_text(win, LIST_Y, 2, getmaxx(win) - 2, THEME_GOOD,
			   s->filter == SHOW_ALL ? _("没有问题。")
						 : _("没有这一类问题。"));
	paint_rule(win, lower - 1, 0, getmaxx(win));
	draw_detail(s, win, lower, rows - 2 - lower);
	draw_foot(s);
}

/* ---- keys ---- */

static const struct screen_ops findings_ops;

/* The list once more, as it was left for one of its cells. */
static void open_again(struct app *app, size_t place)
{
	struct findings_screen *s = xcalloc(1, sizeof *s);

	s->app = app;
	s->filter = (enum filter)(place % SHOW_COUNT);
	s->list.focus = place / SHOW_COUNT;
	load(s);
	app_push(app, &findings_ops, s);
}

static void jump(struct findings_screen *s)
{
	const struct item *item = at(s, s->list.focus);
	size_t cell = item ? cell_of(s, item) : FORM_NO_CELL;

	if (cell != FORM_NO_CELL) /* may close this screen */
		screen_walk_from(s->app, cell, open_again,
				 s->list.focus * SHOW_COUNT + s->filter);
	else
		app_say(s->app, _("这一条说的是整份报告，没有单独的格。"));
}

static void explain(struct findings_screen *s)
{
	const struct item *item = at(s, s->list.focus);

	if (!item)
		return;
	if (item->comment)
		screen_notes(s->app, cell_of(s, item));
	else if (deed_explain(s->app, item->finding))
		load(s);
}

static void help(struct findings_screen *s)
{
	const struct item *item = at(s, s->list.focus);
	const struct rule_def *rule;
	struct str text = { 0 };

	if (!item)
		return;
	if (item->comment) {
		screen_help_here(s->app, deed_label(DEED_COMMENT), "");
		return;
	}
	rule = item->finding->rule;
	str_addf(&text, "%s %s\n\n", rule->id, rule->title ? rule->title : "");
	add_part(&text, _("要求："), rule->asks);
	add_part(&text, _("为什么："), rule->why);
	add_part(&text, _("依据："), rule->basis);
	add_part(&text, _("怎么办："), rule->remedy);
	add_part(&text, _("对的例子："), rule->right);
	add_part(&text, _("错的例子："), rule->wrong);
	add_part(&text, _("怎样说明："), rule->silence);
	screen_help_here(s->app, rule->title ? rule->title : rule->id, text.s);
	str_free(&text);
}

static void next_filter(struct findings_screen *s)
{
	s->filter = (enum filter)((s->filter + 1) % SHOW_COUNT);
	s->list.focus = 0;
	load(s);
}

static bool act(void *screen, enum action action)
{
	struct findings_screen *s = screen;
	bool some = s->list.count > 0;

	if (action == ACTION_TAB)
		next_filter(s);
	else if (action == ACTION_ENTER && some)
		jump(s);
	else if (action == ACTION_NOTE && some)
		explain(s);
	else if (action == ACTION_HELP && some)
		help(s);
	else if (action == ACTION_FINDINGS)
		app_pop(s->app);
	else if (action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN)
		pager_act(&s->detail, action);
	else
		return some && list_act(&s->list, action);
	return true;
}

static bool type(void *screen, const struct event *event)
{
	struct findings_screen *s = screen;

	if (event->kind == EVENT_MOUSE) {
		if (list_mouse(&s->list, event, LIST_Y) == LIST_AGAIN)
			jump(s);
		return true;
	}
	return event->kind == EVENT_TICK;
}

static const enum action *actions(void *screen)
{
	static const enum action some[] = {
		ACTION_ENTER,     ACTION_NOTE, ACTION_TAB,  ACTION_BACK,
		ACTION_HELP,      ACTION_UP,   ACTION_DOWN, ACTION_PAGE_UP,
		ACTION_PAGE_DOWN, ACTION_HOME, ACTION_END,  ACTION_NONE,
	};
	static const enum action none[] = { ACTION_BACK, ACTION_TAB,
					    ACTION_HELP, ACTION_NONE };
	const struct findings_screen *s = screen;

	return s->list.count > 0 ? some : none;
}

static void resume(void *screen)
{
	struct err err = { 0 };
	struct findings_screen *s = screen;

	if (draft_refresh(s->app->draft, &err) != ERR_OK)
		app_say_err(s->app, &err);
	load(s);
}

static void close_findings(void *screen)
{
	struct findings_screen *s = screen;

	pager_free(&s->detail);
	free(s->items);
	free(s);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_ENTER] = N_("到该处"),   [ACTION_NOTE] = N_("写说明或答复"),
	[ACTION_TAB] = N_("只看某一类"), [ACTION_BACK] = N_("回到原处"),
	[ACTION_HELP] = N_("这条规则"),
};

static const struct screen_ops findings_ops = {
	.name = "findings",
	.draw = draw,
	.act = act,
	.type = type,
	.actions = actions,
	.resume = resume,
	.close = close_findings,
	.words = words,
};

/* The line about the cell the clerk comes from: a comment, a hard finding. */
static void stand_at(struct findings_screen *s, size_t cell)
{
	const struct findings *all = draft_findings(s->app->draft);
	const struct finding *f = findings_about(all, cell);
	bool found = false;

	for (size_t i = 0; i < s->list.count && !found; i++) {
		const struct item *item = &s->items[i];

		found = item->comment ? cell_of(s, item) == cell
				      : f && item->finding == f;
		if (found)
			s->list.focus = i;
	}
}

void screen_findings(struct app *app, size_t from_cell)
{
	struct findings_screen *s = xcalloc(1, sizeof *s);

	s->app = app;
	load(s);
	stand_at(s, from_cell);
	app_push(app, &findings_ops, s);
}
