/* F5: what is wrong, and below it why and what to do. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/app.h"
#include "tui/deed.h"
#include "tui/finding_list.h"
#include "tui/finding_text.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/paint.h"

enum {
	KIND_CELLS = 6, /* at least: of what a line is */
	WHERE_CELLS = 16,
	LEAST_DETAIL = 9,
	LIST_Y = 2,
};

struct findings_screen {
	struct app *app;
	struct finding_list found;
	struct list list;
	struct pager detail;
	size_t detail_of;  /* which line the detail was made for */
	unsigned revision; /* of the report that was judged */
};

static const struct finding_item *at(const struct findings_screen *s, size_t i)
{
	return i < s->list.count ? &s->found.items[i] : NULL;
}

static void show(struct findings_screen *s)
{
	list_resize(&s->list, s->found.count);
	s->detail_of = PAGER_NONE;
	s->revision = report_revision(draft_report(s->app->draft));
}

static void load(struct findings_screen *s)
{
	finding_list_load(&s->found, s->app->draft);
	show(s);
}

static size_t cell_of(const struct findings_screen *s,
		      const struct finding_item *item)
{
	return finding_item_cell(draft_form(s->app->draft), item);
}

/* ---- drawing ---- */

/* 三、申请 */
static void add_section(const struct section_def *section, struct str *out)
{
	if (!section) {
		str_add(out, _("整份报告"));
		return;
	}
	if (section->number && *section->number)
		str_addf(out, "%s、", section->number);
	str_add(out, section->brief);
}

/* What was said, the cell first. */
static void add_said(const struct findings_screen *s,
		     const struct finding_item *item, struct str *out)
{
	size_t cell = cell_of(s, item);

	if (cell != FORM_NO_CELL)
		str_addf(out, "%s%s",
			 draft_form(s->app->draft)->cells[cell].say, _("："));
	text_one_line(out, item->comment->text, strlen(item->comment->text));
}

static void add_brief(const struct findings_screen *s,
		      const struct finding_item *item, struct str *out)
{
	if (item->comment)
		add_said(s, item, out);
	else if (item->mended)
		finding_brief(item->mended->where, item->mended->brief, out);
	else
		finding_brief(item->finding->where, item->finding->brief, out);
}

/* What a line is, when it is no finding (a finding's words are no longer). */
enum kind {
	KIND_MENDED,
	KIND_ANSWERED,
	KIND_NAMED,
	KIND_COMMENT
};
static const char *const kinds[] = {
	[KIND_MENDED] = N_("已改"),
	[KIND_ANSWERED] = N_("已答复"),
	[KIND_NAMED] = N_("点名"),
	[KIND_COMMENT] = N_("批注"),
};

static const char *kind_of(const struct finding_item *item)
{
	if (item->finding)
		return finding_state(item->finding);
	if (item->mended)
		return _(kinds[KIND_MENDED]);
	if (*item->comment->answer)
		return _(kinds[KIND_ANSWERED]);
	return _(kinds[item->comment->on_return ? KIND_NAMED : KIND_COMMENT]);
}

/* Where the section stands: behind the widest of the kinds. */
static int where_x(void)
{
	int cells = paint_widest(kinds, sizeof kinds / sizeof *kinds);

	return (cells > KIND_CELLS ? cells : KIND_CELLS) + 2;
}

/* Colour only repeats what the word says. */
static enum theme_role role_of(const struct finding_item *item)
{
	if (item->mended)
		return THEME_GOOD;
	return item->finding && item->finding->severity == SEVERITY_HARD
		       ? THEME_WRONG
		       : THEME_TEXT;
}

static void draw_line(const struct findings_screen *s, WINDOW *win, int y,
		      const struct finding_item *item, bool here)
{
	int cols = getmaxx(win), x = where_x();
	enum theme_role role = here           ? THEME_FOCUS
			       : item->mended ? THEME_DIM
					      : THEME_TEXT;
	struct str where = { 0 }, brief = { 0 };

	add_section(finding_item_section(draft_form(s->app->draft), item),
		    &where);
	add_brief(s, item, &brief);
	paint_row(win, y, role);
	paint_textf(win, y, 0, x, here ? role : role_of(item), "%s%s",
		    here ? ">" : " ", kind_of(item));
	paint_fit(win, y, x, WHERE_CELLS - 1, role, where.s);
	x += WHERE_CELLS;
	paint_fit(win, y, x, cols - x, role, brief.s);
	str_free(&where);
	str_free(&brief);
}

static void add_mended(const struct remembered *r, struct str *out)
{
	str_addf(out, "%s\n", r->where);
	str_addf(out, _("  原来的问题：%s\n"), r->brief);
	str_add(out, _("  打开报告以后改好了；离开报告以前留在这里。\n"));
	str_addf(out, _("  规则 %s：%s\n"), r->rule->id,
		 r->rule->title ? r->rule->title : "");
}

static void add_comment(const struct findings_screen *s,
			const struct finding_item *item, struct str *out)
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
	const struct finding_item *item = at(s, s->list.focus);
	struct str text = { 0 };

	if (!item)
		return;
	if (s->detail_of != s->list.focus) {
		if (item->finding)
			finding_detail(draft_form(s->app->draft), item->finding,
				       &text);
		else if (item->mended)
			add_mended(item->mended, &text);
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
	if (s->found.comments > 0)
		str_addf(&right, _("批注 %zu  "), s->found.comments);
	if (s->found.mended > 0)
		str_addf(&right, _("已改 %zu  "), s->found.mended);
	str_addf(&right, "%s %d  %s %d  %s %d", severity_label(SEVERITY_HARD),
		 count[SEVERITY_HARD], severity_label(SEVERITY_SOFT),
		 count[SEVERITY_SOFT], severity_label(SEVERITY_HINT),
		 count[SEVERITY_HINT]);
	app_title(s->app, title, right.s);
	free(title);
	str_free(&right);
}

static const char *filter_words(enum finding_filter filter)
{
	static const char *const words[] = {
		[FILTER_ALL] = N_("全部问题"),
		[FILTER_HARD] = N_("只看必须改正的"),
		[FILTER_SOFT] = N_("只看需作说明的"),
		[FILTER_HINT] = N_("只看提示"),
		[FILTER_MENDED] = N_("只看已改的"),
		[FILTER_COMMENTS] = N_("只看没有解决的批注"),
	};

	return _(words[filter]);
}

/* Which of them, of which section, how many of how many. */
static void draw_foot(struct findings_screen *s)
{
	const struct finding_list *l = &s->found;
	bool all = l->filter == FILTER_ALL && !l->section;
	struct str left = { 0 };
	bool more =
		l->count > 0 && s->detail.lines.count > (size_t)s->detail.rows;

	if (!all)
		str_add(&left, filter_words(l->filter));
	if (l->section) {
		str_add(&left, " · ");
		add_section(l->section, &left);
	}
	if (all)
		str_addf(&left, _("%zu 条，按报表顺序"), l->count);
	else
		str_addf(&left, _("：%zu 条，全部 %zu 条"), l->count, l->total);
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
			   s->found.total == 0 ? _("没有问题。")
					       : _("没有这一类问题。"));
	paint_rule(win, lower - 1, 0, getmaxx(win));
	draw_detail(s, win, lower, rows - 2 - lower);
	draw_foot(s);
}

/* ---- keys ---- */

static const struct screen_ops findings_ops;

/* Line, section and filter in one number, and back. */
static size_t place_of(const struct findings_screen *s)
{
	size_t sections = draft_form(s->app->draft)->section_count + 1;
	size_t section = s->found.section ? s->found.section->index + 1 : 0;

	return (s->list.focus * sections + section) * FILTER_COUNT +
	       s->found.filter;
}

/* The list once more, as it was left for one of its cells. */
static void open_again(struct app *app, size_t place)
{
	struct findings_screen *s = xcalloc(1, sizeof *s);
	const struct form_def *form = draft_form(app->draft);
	size_t sections = form->section_count + 1, section;

	s->app = app;
	s->found.filter = (enum finding_filter)(place % FILTER_COUNT);
	section = place / FILTER_COUNT % sections;
	s->found.section = section ? &form->sections[section - 1] : NULL;
	load(s);
	s->list.focus = place / FILTER_COUNT / sections;
	list_resize(&s->list, s->found.count);
	app_push(app, &findings_ops, s);
}

static void jump(struct findings_screen *s)
{
	const struct finding_item *item = at(s, s->list.focus);
	size_t cell = item ? cell_of(s, item) : FORM_NO_CELL;
	struct app *app = s->app;
	size_t offset = 0, extent = 0;

	if (cell == FORM_NO_CELL) {
		app_say(app, _("这一条说的是整份报告，没有单独的格。"));
		return;
	}
	if (item->finding) {
		offset = item->finding->offset;
		extent = item->finding->extent;
	}
	/* closes this screen, when there is a walk below */
	screen_walk_from(app, cell, open_again, place_of(s));
	screen_walk_words(app, offset, extent);
}

static void explain(struct findings_screen *s)
{
	const struct finding_item *item = at(s, s->list.focus);

	if (!item)
		return;
	if (item->comment)
		screen_notes(s->app, cell_of(s, item));
	else if (item->mended)
		app_say(s->app, _("这一条已经改好，不用说明。"));
	else if (deed_explain(s->app, item->finding))
		load(s);
}

static void help(struct findings_screen *s)
{
	const struct finding_item *item = at(s, s->list.focus);
	const struct rule_def *rule;
	struct str text = { 0 };

	if (!item)
		return;
	if (item->comment) {
		screen_help_here(s->app, deed_label(DEED_COMMENT), "");
		return;
	}
	rule = item->finding ? item->finding->rule : item->mended->rule;
	finding_rule(rule, &text);
	screen_help_here(s->app, rule->title ? rule->title : rule->id, text.s);
	str_free(&text);
}

static void next_filter(struct findings_screen *s)
{
	if (!finding_list_next_filter(&s->found, s->app->draft))
		app_say(s->app, _("没有别的类可以只看。"));
	s->list.focus = 0;
	show(s);
}

static void next_section(struct findings_screen *s, int step)
{
	if (!finding_list_next_section(&s->found, s->app->draft, step))
		app_say(s->app, _("问题都在这一部分，没有别的部分可以只看。"));
	s->list.focus = 0;
	show(s);
}

static bool act(void *screen, enum action action)
{
	struct findings_screen *s = screen;
	bool some = s->list.count > 0;

	if (action == ACTION_TAB)
		next_filter(s);
	else if (action == ACTION_SECTION_NEXT || action == ACTION_SECTION_PREV)
		next_section(s, action == ACTION_SECTION_NEXT ? 1 : -1);
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
		ACTION_ENTER,        ACTION_NOTE,      ACTION_TAB,
		ACTION_SECTION_NEXT, ACTION_HELP,      ACTION_BACK,
		ACTION_SECTION_PREV, ACTION_UP,        ACTION_DOWN,
		ACTION_PAGE_UP,      ACTION_PAGE_DOWN, ACTION_HOME,
		ACTION_END,          ACTION_NONE,
	};
	static const enum action none[] = { ACTION_BACK, ACTION_TAB,
					    ACTION_SECTION_NEXT, ACTION_HELP,
					    ACTION_NONE };
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
	finding_list_free(&s->found);
	free(s);
}

static const char *const words[ACTION_COUNT] = {
	[ACTION_ENTER] = N_("到该处"),
	[ACTION_NOTE] = N_("说明或答复"),
	[ACTION_TAB] = N_("分类看"),
	[ACTION_SECTION_NEXT] = N_("分部分看"),
	[ACTION_SECTION_PREV] = N_("看上一部分"),
	[ACTION_BACK] = N_("回到原处"),
	[ACTION_HELP] = N_("规则"),
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

/* The line the clerk comes from: a comment on his cell, its finding. */
static void stand_at(struct findings_screen *s, size_t cell,
		     const struct finding *f)
{
	bool found = false;

	for (size_t i = 0; i < s->list.count && !found; i++) {
		const struct finding_item *item = at(s, i);

		found = item->comment ? cell_of(s, item) == cell
				      : f && item->finding == f;
		if (found)
			s->list.focus = i;
	}
}

void screen_findings_at(struct app *app, size_t from_cell,
			const struct finding *f)
{
	struct findings_screen *s = xcalloc(1, sizeof *s);

	s->app = app;
	load(s);
	stand_at(s, from_cell, f);
	app_push(app, &findings_ops, s);
}

void screen_findings(struct app *app, size_t from_cell)
{
	screen_findings_at(
		app, from_cell,
		findings_about(draft_findings(app->draft), from_cell));
}
