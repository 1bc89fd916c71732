#include "export/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint_sibling.h"
#include "core/mem.h"
#include "core/review.h"
#include "export/frame.h"

/* ---- what is told ---- */

static void add_head(struct document *doc, const struct report_row *row)
{
	char *year = str_printf("%d年度，第%d稿", doc->year, row->version);

	frame_wide(doc, "报告名称", doc->title, ROOM_TEXT);
	frame_pair(doc, "编报单位", doc->unit, "年度", year, ROOM_TEXT);
	free(year);
}

/* Who handed it in, else who changed it last. */
static void add_drafter(struct document *doc, struct draft *d)
{
	const struct report_row *row = draft_row(d);
	struct change_row *list = NULL;
	const char *who = row->changed_by, *when = row->changed_at;
	size_t count = 0;
	char *time;

	if (store_history(draft_store(d), row->id, NULL, &list, &count, NULL))
		count = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].deed, deed_word(DEED_SUBMIT)) == 0) {
			who = list[i].user;
			when = list[i].moment;
		}
	time = frame_minute(when);
	frame_pair(doc, "拟稿", who, "时间", time, ROOM_PEN);
	free(time);
	store_history_free(list, count);
}

/* The signature, and below it what was said, as long as it may be: that flows
 * over the page, the signature stays in one piece. */
static void add_step(struct document *doc, struct draft *d, const char *step)
{
	const struct signoff *s = review_signed(d, step);
	struct str said = { 0 };
	char *time = frame_minute(s ? s->moment : "");

	str_add(&said, "");
	if (s)
		str_addf(&said, "%s　%s%s", s->name, s->result,
			 s->paper ? "（纸质签字）" : "");
	frame_pair(doc, step, said.s, "时间", time, ROOM_PEN);
	if (s && *s->opinion)
		frame_wide(doc, "", s->opinion, ROOM_TEXT);
	str_free(&said);
	free(time);
}

static void add_steps(struct document *doc, struct draft *d)
{
	char **steps = review_steps(draft_store(d));

	for (size_t i = 0; steps[i]; i++)
		add_step(doc, d, steps[i]);
	review_steps_free(steps);
}

/* The day; of another version than this sheet's it says so. */
static char *published_day(struct draft *d)
{
	const struct report_row *row = draft_row(d);
	int version = review_published_version(d);

	return version > 0 && version != row->version
		       ? str_printf("%s（第%d稿）", row->published_on, version)
		       : xstrdup(row->published_on);
}

static void add_publication(struct document *doc, struct draft *d)
{
	const struct report_row *row = draft_row(d);
	const struct unit *unit = draft_unit(d);
	struct str numbers = { 0 };
	char *day = published_day(d);

	str_add(&numbers, row->index_no);
	if (*row->doc_no)
		str_addf(&numbers, "%s%s", numbers.len ? "　" : "",
			 row->doc_no);
	frame_pair(doc, "公开属性", "主动公开", "公开方式",
		   *row->published_url   ? row->published_url
		   : unit && *unit->site ? unit->site
					 : "政府网站",
		   ROOM_TEXT);
	frame_pair(doc, "公开时间", day, "索引号、文号", numbers.s, ROOM_TEXT);
	str_free(&numbers);
	free(day);
}

static void add_explanation(struct document *doc, const char *rule,
			    const char *title, const char *what,
			    const struct explanation *e, size_t *n)
{
	char *text = str_printf("%s（%s）%s%s说明：%s（%s，%.10s）", title,
				rule, what, *what ? "。" : "", e->text,
				e->author, e->moment);

	frame_wide(doc, (*n)++ ? "" : "情况说明", text, ROOM_TEXT);
	free(text);
}

/* The explanation of a finding, as it counts. */
static const struct explanation *explanation_of(struct draft *d,
						const struct finding *f)
{
	size_t count;
	const struct explanation *list = draft_explanations(d, &count);

	for (size_t i = 0; f->explanation && i < count; i++)
		if (strcmp(list[i].rule, f->rule->id) == 0 &&
		    strcmp(list[i].text, f->explanation) == 0)
			return &list[i];
	return NULL;
}

/* What is judged beside other units only has no finding here; what was said about
 * it stands all the same. */
static void add_said_beside(struct document *doc, struct draft *d, size_t *n)
{
	size_t count;
	const struct explanation *list = draft_explanations(d, &count);

	for (size_t i = 0; i < count; i++) {
		const struct rule_def *r =
			form_rule(draft_form(d), list[i].rule);

		if (r && rule_wants_siblings(r))
			add_explanation(doc, r->id, r->title, "", &list[i], n);
	}
}

/* Soft findings with what was said about them, by whom; and whatever was found in
 * a source and laid aside. */
static void add_explanations(struct document *doc, struct draft *d)
{
	const struct findings *all = draft_findings(d);
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];
		const struct explanation *e = explanation_of(d, f);

		if (e && !rule_wants_siblings(f->rule))
			add_explanation(doc, f->rule->id, f->rule->title,
					f->brief, e, &n);
	}
	add_said_beside(doc, d, &n);
	if (n == 0)
		frame_wide(doc, "情况说明", "无", ROOM_TEXT);
}

void sheet_add(struct document *doc, struct draft *d, bool only)
{
	if (only)
		document_clear(doc);
	else
		document_add(doc, BLOCK_PAGE, NULL);
	document_add(doc, BLOCK_HEADING, xstrdup(SHEET_TITLE))->level = 1;
	add_head(doc, draft_row(d));
	add_drafter(doc, d);
	add_steps(doc, d);
	add_publication(doc, d);
	add_explanations(doc, d);
	frame_rules_off(doc, d);
	frame_wide(doc, "数据摘要", doc->digest, ROOM_TEXT);
	frame_wide(doc, "盖章", "", ROOM_SEAL);
	document_add(doc, BLOCK_NOTE, xstrdup(SHEET_END));
}
