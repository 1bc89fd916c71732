#include "export/letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/text.h"
#include "export/frame.h"

static const char title[] = "审核意见反馈单";

static const struct {
	const char *heading, *advice;
} parts[SEVERITY_COUNT] = {
	[SEVERITY_HARD] = { "必须改正的问题",
			    "以下各条改正以后才能通过审核，不能用说明代替。" },
	[SEVERITY_SOFT] = { "需作说明的问题",
			    "以下各条请核对：确有错的改正；确实没错的，逐条写"
			    "明情况。" },
	[SEVERITY_HINT] = { "提示", "以下各条供参考，不要求答复。" },
};

/* ---- what was found ---- */

static void add_say(struct document *doc, const char *head, const char *text)
{
	if (text && *text)
		document_add(doc, BLOCK_PARAGRAPH,
			     str_printf("%s%s", head, text));
}

static void add_heading(struct document *doc, int level, char *text)
{
	document_add(doc, BLOCK_HEADING, text)->level = level;
}

/* The place in its section, which the heading has named: 自然人列. */
static const char *place_of(const struct finding *f)
{
	static const char mark[] = " · ";
	const char *place = f->where ? strstr(f->where, mark) : NULL;

	if (!f->section || f->section->meta)
		return f->section && f->where ? f->where : "";
	return place ? place + strlen(mark) : "";
}

/* Where and what, and what the unit has said about it already. */
static void add_finding(struct document *doc, const struct finding *f)
{
	const char *place = place_of(f), *full = f->full ? f->full : f->brief;
	struct str line = { 0 };

	/* most sentences begin with it */
	if (*place && strncmp(full, place, strlen(place)) != 0)
		str_addf(&line, "%s：", place);
	str_add(&line, full);
	document_add(doc, BLOCK_PARAGRAPH, str_steal(&line));
	if (f->explanation)
		document_add(doc, BLOCK_PARAGRAPH,
			     str_printf("单位的说明（%s）：%s",
					f->explained_by ? f->explained_by : "",
					f->explanation));
	add_say(doc, "数字变了，原来的说明要重写：", f->asked_again);
}

static bool belongs(const struct finding *f, enum severity severity,
		    const struct section_def *section,
		    const struct rule_def *rule)
{
	return f->severity == severity && f->section == section &&
	       (!rule || f->rule == rule);
}

/* A part of the letter at work: how many rules it has had, and which number each
 * rule of the form had first. */
struct stretch {
	enum severity severity;
	int count;
	int *first;
};

/* All findings of one rule in one section; why and what to do the first time. */
static void add_rule(struct document *doc, const struct findings *all,
		     struct stretch *part, const struct section_def *section,
		     const struct rule_def *rule, int *first)
{
	bool any = false;

	for (size_t i = 0; i < all->count; i++) {
		if (!belongs(&all->list[i], part->severity, section, rule))
			continue;
		if (!any)
			add_heading(doc, 3,
				    str_printf("%d. %s（%s）", ++part->count,
					       rule->title, rule->id));
		any = true;
		add_finding(doc, &all->list[i]);
	}
	if (!any)
		return;
	if (*first) {
		document_add(doc, BLOCK_PARAGRAPH,
			     str_printf("为什么、怎么办：同第%d条。", *first));
		return;
	}
	*first = part->count;
	add_say(doc, "为什么：", rule->why);
	add_say(doc, "依据：", rule->basis);
	add_say(doc, "怎么办：", rule->remedy);
}

static bool has_any(const struct findings *all, enum severity severity,
		    const struct section_def *section)
{
	for (size_t i = 0; i < all->count; i++)
		if (belongs(&all->list[i], severity, section, NULL))
			return true;
	return false;
}

/* `section` NULL: the whole report. */
static void add_section(struct document *doc, struct draft *d,
			struct stretch *part, const struct section_def *section)
{
	const struct findings *all = draft_findings(d);
	const struct form_def *form = draft_form(d);

	if (!has_any(all, part->severity, section))
		return;
	add_heading(doc, 2,
		    !section ? xstrdup("整份报告")
		    : section->meta
			    ? xstrdup("标题、前言和落款")
			    : str_printf("报告第%s部分　%s", section->number,
					 section->title));
	for (size_t i = 0; i < form->rule_count; i++)
		add_rule(doc, all, part, section, &form->rules[i],
			 &part->first[i]);
}

static const char *const numbers[] = { "一", "二", "三", "四" };

static void add_part(struct document *doc, struct draft *d,
		     enum severity severity, int count, int *ordinal)
{
	const struct form_def *form = draft_form(d);
	struct stretch part = { severity, 0, NULL };

	if (count == 0)
		return;
	part.first = xcalloc(form->rule_count + 1, sizeof *part.first);
	add_heading(doc, 1,
		    str_printf("%s、%s（%d处）", numbers[(*ordinal)++],
			       parts[severity].heading, count));
	document_add(doc, BLOCK_PARAGRAPH, xstrdup(parts[severity].advice));
	for (size_t i = 0; i < form->section_count; i++)
		add_section(doc, d, &part, &form->sections[i]);
	add_section(doc, d, &part, NULL);
	free(part.first);
}

/* ---- head and foot ---- */

static void add_head(struct document *doc, struct draft *d,
		     const char *deadline, const int count[SEVERITY_COUNT],
		     int open)
{
	const struct report_row *row = draft_row(d);
	const struct unit *unit = draft_unit(d);
	char now[DATE_MOMENT];
	char *year = str_printf("%d年度，第%d稿", row->year, row->version);
	char *result = str_printf(
		"必须改正%d处，需作说明%d处（其中未说明%d处），提示%d处",
		count[SEVERITY_HARD], count[SEVERITY_SOFT], open,
		count[SEVERITY_HINT]);
	struct str name = { 0 };

	report_title(draft_report(d), &name);
	date_now(now);
	now[10] = '\0';
	frame_wide(doc, "报告名称", name.s, ROOM_TEXT);
	frame_pair(doc, "编报单位", row->unit, "年度", year, ROOM_TEXT);
	frame_pair(doc, "审核单位", unit ? unit->reports_to : "", "审核日期",
		   now, ROOM_TEXT);
	frame_wide(doc, "审核结果", result, ROOM_TEXT);
	frame_wide(doc, "整改期限", deadline ? deadline : "", ROOM_TEXT);
	frame_rules_off(doc, d);
	str_free(&name);
	free(result);
	free(year);
}

static void add_foot(struct document *doc, int ordinal)
{
	static const char *const names[] = { "整改人", "单位负责人", "复核人" };

	add_heading(doc, 1, str_printf("%s、整改回复", numbers[ordinal]));
	frame_wide(doc, "整改情况", "", ROOM_SEAL);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		frame_pair(doc, names[i], "", "日期", "", ROOM_PEN);
	frame_wide(doc, "盖章", "", ROOM_SEAL);
	document_add(doc, BLOCK_NOTE,
		     xstrdup("整改情况请逐条写明：改了哪一栏，改成什么；没有改"
			     "的，为什么。"));
}

struct document *letter_new(struct draft *d, const char *deadline)
{
	const struct document_options options = { .unit = draft_unit(d) };
	struct document *doc = document_new(draft_report(d), &options);
	int count[SEVERITY_COUNT], open, ordinal = 0;

	document_clear(doc);
	free(doc->title);
	doc->title = str_printf("%s%s", draft_row(d)->unit, title);
	doc->break_count = 1;
	doc->breaks[0] = strlen(draft_row(d)->unit);
	findings_count(draft_findings(d), count, &open);
	document_add(doc, BLOCK_TITLE, xstrdup(doc->title));
	add_head(doc, d, deadline, count, open);
	for (int s = 0; s < SEVERITY_COUNT; s++)
		add_part(doc, d, (enum severity)s, count[s], &ordinal);
	if (ordinal == 0)
		document_add(doc, BLOCK_PARAGRAPH, xstrdup("没有发现问题。"));
	add_foot(doc, ordinal);
	return doc;
}
