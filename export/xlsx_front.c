/* The first sheet, what the report is and its texts, and the last, what the
 * rules found. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "export/xlsx_impl.h"

enum {
	SPLIT = 1, /* columns of labels on the first sheet */
};

/* In Chinese like the whole file, whatever the screen speaks. */
static const char *const states[] = {
	[STATE_DRAFT] = "起草",        [STATE_SUBMITTED] = "待审核",
	[STATE_RETURNED] = "退回修改", [STATE_APPROVED] = "审核通过",
	[STATE_PUBLISHED] = "已公布",  [STATE_DISCARDED] = "已作废",
};
static_assert(sizeof states / sizeof *states == STATE_COUNT, "every state");

static const char *const severities[] = {
	[SEVERITY_HARD] = "必须改正",
	[SEVERITY_SOFT] = "需作说明",
	[SEVERITY_HINT] = "提示",
};
static_assert(sizeof severities / sizeof *severities == SEVERITY_COUNT,
	      "every severity");

/* ---- 概况 ---- */

static const char *const advice[] = {
	"填写说明：",
	"1.只填浅黄色的格，其他格已锁定；选中一格，旁边会出现这一格的说明。",
	"2.数字格只填数，不写文字和单位；没有发生的填 0，不要留空。灰色的合计"
	"自动相加，不用填。",
	"3.文字一格写一段，下一段写在下一格。",
	"4.各表都填完后保存，把这个文件发回；不要改工作表的名称和顺序，不要"
	"转成别的格式。",
};

static void add_line(struct xlsx_sheet *s, const char *label, const char *text)
{
	xlsx_text(s, s->row, 0, SPLIT - 1, label, LOOK_NAME);
	s->row += xlsx_text(s, s->row, SPLIT, s->columns - 1, text, LOOK_TEXT);
}

static void add_facts(struct xlsx_sheet *s)
{
	struct xlsx *x = s->book;
	const struct document *doc = x->job->document;
	char *year = str_printf("%d", doc->year);
	char *form = str_printf("%s（%s，%s）", x->form->name, x->form->id,
				x->form->basis ? x->form->basis : "");

	add_line(s, "编报单位", doc->unit);
	add_line(s, "年度", year);
	add_line(s, "报表", form);
	if (!x->blank) {
		add_line(s, "状态", states[draft_row(x->job->draft)->state]);
		add_line(s, "数据摘要", doc->digest);
	}
	free(form);
	free(year);
}

/* The title has a line of its own, and the lead is no matter of the unit's. */
static bool is_asked(const struct xlsx *x, const struct section_def *section,
		     const struct field_def *field)
{
	if (!section->meta)
		return true;
	if (field->cell == form_cell(x->form, "meta.title"))
		return false;
	if (x->blank)
		return field->kind != FIELD_PROSE;
	return report_get(x->report, field->cell).kind != VALUE_BLANK;
}

static void add_fields(struct xlsx_sheet *s, const struct section_def *section)
{
	for (size_t i = 0; i < section->entry_count; i++) {
		const struct field_def *field = section->entries[i].field;

		if (field && is_asked(s->book, section, field))
			xlsx_field(s, field, SPLIT);
	}
}

static void add_section(struct xlsx_sheet *s, const struct section_def *section)
{
	char *heading = section->number ? str_printf("%s、%s", section->number,
						     section->title)
					: xstrdup(section->title);

	s->row += xlsx_text(s, s->row, 0, s->columns - 1, heading,
			    LOOK_BAND_LEFT);
	add_fields(s, section);
	free(heading);
}

void xlsx_front(struct xlsx *x)
{
	static const int widths[] = { 160, 740 };
	struct xlsx_sheet *s = xlsx_sheet_add(x, "概况", widths, 2);
	const struct form_def *form = x->form;
	lxw_row_t top;

	s->row += xlsx_text(s, 0, 0, 1, x->job->document->title, LOOK_TITLE);
	top = s->row;
	for (size_t i = 0; x->blank && i < sizeof advice / sizeof *advice; i++)
		s->row += xlsx_text(s, s->row, 0, 1, advice[i], LOOK_SMALL);
	add_facts(s);
	for (size_t i = form->body_count; i < form->section_count; i++)
		add_fields(s, &form->sections[i]);
	for (size_t i = 0; i < form->body_count; i++)
		if (!form->sections[i].grid)
			add_section(s, &form->sections[i]);
	xlsx_sheet_finish(s, top, top);
}

/* ---- 问题 ---- */

static const struct {
	const char *head;
	int width;
} columns[] = {
	{ "程度", 70 },  { "规则", 60 },    { "位置", 160 },
	{ "问题", 270 }, { "怎么办", 190 }, { "情况说明", 150 },
};

enum {
	COLUMNS = sizeof columns / sizeof *columns
};

static char *answer_of(const struct finding *f)
{
	if (f->explanation)
		return xstrdup(f->explanation);
	return f->asked_again ? str_printf("数字变了，原来的说明要重写：%s",
					   f->asked_again)
			      : xstrdup("");
}

static void add_finding(struct xlsx_sheet *s, const struct finding *f)
{
	char *answer = answer_of(f);
	const char *const texts[COLUMNS] = {
		severities[f->severity],
		f->rule->id,
		f->where ? f->where : "",
		f->full ? f->full : f->brief,
		f->rule->remedy ? f->rule->remedy : "",
		answer,
	};
	lxw_row_t most = 1;

	for (size_t i = 0; i < COLUMNS; i++) {
		lxw_row_t rows =
			xlsx_text(s, s->row, i, i, texts[i], LOOK_TEXT);

		most = rows > most ? rows : most;
	}
	s->row += most;
	free(answer);
}

void xlsx_findings(struct xlsx *x)
{
	const struct findings *f = draft_findings(x->job->draft);
	int widths[COLUMNS];
	struct xlsx_sheet *s;

	for (size_t i = 0; i < COLUMNS; i++)
		widths[i] = columns[i].width;
	s = xlsx_sheet_add(x, "问题", widths, COLUMNS);
	for (size_t i = 0; i < COLUMNS; i++)
		xlsx_text(s, 0, i, i, columns[i].head, LOOK_BAND_CENTRE);
	s->row = 1;
	for (size_t i = 0; i < f->count; i++)
		add_finding(s, &f->list[i]);
	if (f->count == 0)
		s->row += xlsx_text(s, 1, 0, COLUMNS - 1, "没有发现问题。",
				    LOOK_LEFT);
	else
		xlsx_keep(x, worksheet_autofilter(s->sheet, 0, 0, s->row - 1,
						  COLUMNS - 1));
	xlsx_sheet_finish(s, 0, 1);
}
