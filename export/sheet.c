#include "export/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/text.h"

/* Room of a line: as its text needs, for a pen, for a seal. */
enum room {
	ROOM_TEXT,
	ROOM_PEN,
	ROOM_SEAL
};

/* A framed line of label and content, twice; not a table, for a report has
 * three of them and no more. */
static void add_pair(struct document *doc, const char *first, const char *one,
		     const char *second, const char *other, enum room room)
{
	const char *const pieces[] = { first, one, second, other };
	struct str line = { 0 };

	for (size_t i = 0; i < 4 && pieces[i]; i++) {
		if (i > 0)
			str_addc(&line, '\t');
		text_one_line(&line, pieces[i], strlen(pieces[i]));
	}
	document_add(doc, BLOCK_LINE, str_steal(&line))->level = (int)room;
}

static void add_wide(struct document *doc, const char *label, const char *text,
		     enum room room)
{
	add_pair(doc, label, text, NULL, NULL, room);
}

/* "2026-01-12 10:42" of a moment. */
static char *minute(const char *moment)
{
	return strlen(moment) < 16
		       ? xstrdup(moment)
		       : str_printf("%.10s %.5s", moment, moment + 11);
}

/* ---- what is told ---- */

static void add_head(struct document *doc, const struct report_row *row)
{
	char *year = str_printf("%d年度，第%d稿", doc->year, row->version);

	add_wide(doc, "报告名称", doc->title, ROOM_TEXT);
	add_pair(doc, "编报单位", doc->unit, "年度", year, ROOM_TEXT);
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
	time = minute(when);
	add_pair(doc, "拟稿", who, "时间", time, ROOM_PEN);
	free(time);
	store_history_free(list, count);
}

static void add_step(struct document *doc, struct draft *d, const char *step)
{
	const struct signoff *s = review_signed(d, step);
	struct str said = { 0 };
	char *time = minute(s ? s->moment : "");

	str_add(&said, "");
	if (s)
		str_addf(&said, "%s　%s%s", s->name, s->result,
			 s->paper ? "（纸质签字）" : "");
	if (s && *s->opinion)
		str_addf(&said, "：%s", s->opinion);
	add_pair(doc, step, said.s, "时间", time, ROOM_PEN);
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

static void add_publication(struct document *doc, const struct unit *unit,
			    const struct report_row *row)
{
	struct str numbers = { 0 };

	str_add(&numbers, row->index_no);
	if (*row->doc_no)
		str_addf(&numbers, "%s%s", numbers.len ? "　" : "",
			 row->doc_no);
	add_pair(doc, "公开属性", "主动公开", "公开方式",
		 *row->published_url   ? row->published_url
		 : unit && *unit->site ? unit->site
				       : "政府网站",
		 ROOM_TEXT);
	add_pair(doc, "公开时间", row->published_on, "索引号、文号", numbers.s,
		 ROOM_TEXT);
	str_free(&numbers);
}

/* Soft findings with what was said about them. */
static void add_explanations(struct document *doc, struct draft *d)
{
	const struct findings *all = draft_findings(d);
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];
		char *text;

		if (f->severity != SEVERITY_SOFT || !f->explanation)
			continue;
		text = str_printf("%s（%s）%s。说明：%s", f->rule->title,
				  f->rule->id, f->brief, f->explanation);
		add_wide(doc, n++ ? "" : "情况说明", text, ROOM_TEXT);
		free(text);
	}
	if (n == 0)
		add_wide(doc, "情况说明", "无", ROOM_TEXT);
}

void sheet_add(struct document *doc, struct draft *d, bool only)
{
	if (only)
		document_clear(doc);
	else
		document_add(doc, BLOCK_PAGE, NULL);
	document_add(doc, BLOCK_HEADING, xstrdup("年度报告审签单"))->level = 1;
	add_head(doc, draft_row(d));
	add_drafter(doc, d);
	add_steps(doc, d);
	add_publication(doc, draft_unit(d), draft_row(d));
	add_explanations(doc, d);
	add_wide(doc, "数据摘要", doc->digest, ROOM_TEXT);
	add_wide(doc, "盖章", "", ROOM_SEAL);
	document_add(
		doc, BLOCK_NOTE,
		xstrdup("审签对着上列数据摘要；数据一改，所签各步即失效。"));
}
