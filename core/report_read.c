#include "core/report_impl.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"

/* Sums are added further: room for a thousand of the largest. */
#define SUM_MAX (INT64_MAX / 1024)

const char *cell_name(const struct cell_def *cell, char *buf)
{
	const struct section_def *s = cell->section;
	const char *section = s->brief && *s->brief ? s->brief : s->title;

	if (s->meta || !s->number || !*s->number)
		snprintf(buf, CELL_NAME, "%s", cell->say);
	else if (cell->field && strcmp(cell->say, s->title) == 0)
		snprintf(buf, CELL_NAME, "%s、%s", s->number, s->title);
	else
		snprintf(buf, CELL_NAME, "%s、%s · %s", s->number, section,
			 cell->say);
	text_mend(buf);
	return buf;
}

bool cell_computed(const struct cell_def *cell)
{
	return cell->part_count > 0;
}

bool cell_is_number(const struct cell_def *cell)
{
	return cell->kind == FIELD_COUNT || cell->kind == FIELD_AMOUNT;
}

int64_t cell_max(const struct cell_def *cell)
{
	return cell_computed(cell) ? SUM_MAX : cell->max;
}

static int cell_decimals(const struct cell_def *cell)
{
	return cell->kind == FIELD_AMOUNT ? cell->decimals : 0;
}

static enum err_code refuse_decimals(const struct cell_def *cell,
				     const char *typed, struct err *err)
{
	char name[CELL_NAME];

	cell_name(cell, name);
	if (cell_decimals(cell) == 0)
		return err_set(err, ERR_INPUT,
			       _("“%s”只能填整数，“%s”有小数；"
				 "请填 0 或正整数"),
			       name, typed);
	return err_set(err, ERR_INPUT,
		       _("“%s”最多 %d 位小数，“%s”太细；"
			 "请核对单位后再填"),
		       name, cell_decimals(cell), typed);
}

static enum err_code refuse_number(const struct cell_def *cell,
				   enum num_fault fault, const char *typed,
				   struct err *err)
{
	char name[CELL_NAME], max[NUM_TEXT];

	cell_name(cell, name);
	switch (fault) {
	case NUM_SIGN:
		return err_set(err, ERR_INPUT,
			       _("“%s”不能带正负号，“%s”不收；"
				 "请填 0 或正数"),
			       name, typed);
	case NUM_DECIMALS:
		return refuse_decimals(cell, typed, err);
	case NUM_TOO_LARGE:
		return err_set(err, ERR_INPUT,
			       _("“%s”最大 %s，“%s”太大；"
				 "请核对位数和单位"),
			       name, num_text(cell_max(cell), max), typed);
	case NUM_GROUPS:
		return err_set(err, ERR_INPUT,
			       _("“%s”里的“%s”，逗号没有按三位一节分开；"
				 "请去掉逗号，或写作 1,234"),
			       name, typed);
	default:
		return err_set(err, ERR_INPUT,
			       _("“%s”只能填数字，“%s”不是一个数；"
				 "请只输入数字，没有发生填 0"),
			       name, typed);
	}
}

static enum err_code refuse_na(const struct cell_def *cell, struct err *err)
{
	char name[CELL_NAME];

	return err_set(err, ERR_INPUT,
		       _("“%s”不能填“/”（不适用）；没有发生请填 0"),
		       cell_name(cell, name));
}

static bool is_slash(const char *s)
{
	return strcmp(s, "/") == 0 || strcmp(s, "／") == 0;
}

/* Which character of it nobody sees, and the how manieth it is; 0: none. */
static size_t unseen_at(const char *s, unsigned *code)
{
	enum text_unseen kind;

	for (size_t at = 0, n = 0; s[at]; at++) {
		n += ((unsigned char)s[at] & 0xc0) != 0x80;
		if (text_unseen(s, at, code, &kind))
			return n;
	}
	return 0;
}

/* What was typed is shown without what nobody sees: 82 would be no number. */
static void refuse_typed(const struct cell_def *cell, enum num_fault fault,
			 const char *typed, struct err *err)
{
	struct str shown = { 0 };
	char name[CELL_NAME];
	unsigned code;
	size_t at = unseen_at(typed, &code);

	str_clear(&shown);
	text_quote(&shown, typed);
	if (at)
		err_set(err, ERR_INPUT,
			_("“%s”只能填数字，“%s”的第 %zu 个字符是看不见的 "
			  "U+%04X；请删去它，或重新输入"),
			cell_name(cell, name), shown.s, at, code);
	else
		refuse_number(cell, fault, shown.s, err);
	str_free(&shown);
}

static enum err_code read_number(const struct cell_def *cell, const char *typed,
				 struct value *out, struct err *err)
{
	enum num_fault fault;

	if (is_slash(typed)) {
		if (!cell->allow_na)
			return refuse_na(cell, err);
		out->kind = VALUE_NA;
		return ERR_OK;
	}
	fault = num_parse(typed, cell_decimals(cell), cell_max(cell),
			  &out->number);
	if (fault == NUM_EMPTY)
		return ERR_OK;
	out->kind = VALUE_NUMBER;
	if (fault == NUM_OK)
		return ERR_OK;
	*out = (struct value){ 0 };
	refuse_typed(cell, fault, typed, err);
	return ERR_INPUT;
}

static const char *choice_value(const struct field_def *field, const char *s)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].value, s) == 0 ||
		    strcmp(field->choices[i].label, s) == 0)
			return field->choices[i].value;
	return NULL;
}

static enum err_code refuse_choice(const struct cell_def *cell, struct err *err)
{
	const struct field_def *field = cell->field;
	struct str list = { 0 };
	char name[CELL_NAME];

	str_clear(&list);
	for (size_t i = 0; i < field->choice_count; i++)
		str_addf(&list, "%s%s", i ? _("、") : "",
			 field->choices[i].label);
	err_set(err, ERR_INPUT, _("“%s”只能选：%s"), cell_name(cell, name),
		list.s);
	str_free(&list);
	return ERR_INPUT;
}

static enum err_code check_date(const struct cell_def *cell, const char *s,
				struct err *err)
{
	char name[CELL_NAME];
	struct date day;

	if (date_read(s, &day))
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("“%s”要填一个日子，年-月-日，如 2025-01-20"),
		       cell_name(cell, name));
}

static enum err_code check_text(const struct cell_def *cell, const char *s,
				struct err *err)
{
	char name[CELL_NAME];
	size_t len = strlen(s);

	if (!(cell->kind == FIELD_PROSE ? text_valid_prose(s, len)
					: text_valid(s, len)))
		return err_set(err, ERR_INPUT,
			       _("“%s”里有不能保存的字符（控制字符或不是 UTF-8 "
				 "的字节）；请去掉后再填"),
			       cell_name(cell, name));
	if (cell->kind != FIELD_PROSE && strchr(s, '\n'))
		return err_set(err, ERR_INPUT,
			       _("“%s”只有一行，不能换行；请写成一行"),
			       cell_name(cell, name));
	if (cell->kind == FIELD_DATE)
		return check_date(cell, s, err);
	if (cell->kind == FIELD_CHOICE && !choice_value(cell->field, s))
		return refuse_choice(cell, err);
	return ERR_OK;
}

enum err_code report_read(const struct form_def *form, size_t cell,
			  const char *typed, struct value *out, struct err *err)
{
	const struct cell_def *def = &form->cells[cell];
	enum err_code code;

	*out = (struct value){ 0 };
	if (cell_is_number(def))
		return read_number(def, typed, out, err);
	if (!*typed)
		return ERR_OK;
	code = check_text(def, typed, err);
	if (code)
		return code;
	out->kind = VALUE_TEXT;
	out->text = typed;
	if (def->kind == FIELD_CHOICE)
		out->text = choice_value(def->field, typed);
	return ERR_OK;
}

static enum err_code check_number(const struct cell_def *cell, int64_t n,
				  struct err *err)
{
	int64_t step = NUM_ONE;
	char shown[NUM_TEXT];

	num_text(n, shown);
	if (n < 0)
		return refuse_number(cell, NUM_SIGN, shown, err);
	if (n > cell_max(cell))
		return refuse_number(cell, NUM_TOO_LARGE, shown, err);
	for (int i = 0; i < cell_decimals(cell); i++)
		step /= 10;
	if (step > 1 && n % step)
		return refuse_number(cell, NUM_DECIMALS, shown, err);
	return ERR_OK;
}

enum err_code value_check(const struct cell_def *cell, struct value v,
			  struct err *err)
{
	char name[CELL_NAME];

	if (v.kind == VALUE_BLANK)
		return ERR_OK;
	if (cell_is_number(cell)) {
		if (v.kind == VALUE_NA)
			return cell->allow_na ? ERR_OK : refuse_na(cell, err);
		if (v.kind == VALUE_NUMBER)
			return check_number(cell, v.number, err);
		return refuse_number(cell, NUM_CHARACTER, v.text, err);
	}
	if (v.kind == VALUE_TEXT)
		return *v.text ? check_text(cell, v.text, err) : ERR_OK;
	return err_set(err, ERR_INPUT, _("“%s”要填文字，不是数；请重填"),
		       cell_name(cell, name));
}
