/* The empty form: what may be typed into a cell, and the help beside it. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "export/xlsx_impl.h"

enum {
	TITLE_UNITS = 32,
	MESSAGE_UNITS = 255,
};

/* The beginning of a text that is too long for its balloon, and … */
static char *shortened(const char *text, size_t most)
{
	size_t len = strlen(text), at = 0, units = 0;

	if (xlsx_units(text, len) <= most)
		return xstrdup(text);
	while (at < len) {
		size_t next = text_next(text, len, at);

		units += xlsx_units(text + at, next - at);
		if (units >= most)
			break;
		at = next;
	}
	return str_printf("%.*s…", (int)at, text);
}

static char *title_of(const struct cell_def *def)
{
	char *full = def->field ? xstrdup(def->field->label)
				: str_printf("%s · %s", def->row->brief,
					     def->column->label);
	char *title = shortened(full, TITLE_UNITS);

	free(full);
	return title;
}

static const char *meaning_of(const struct cell_def *def)
{
	const char *meaning =
		def->field ? def->field->help.meaning : def->row->help.meaning;

	if (!meaning && def->column)
		meaning = def->column->help.meaning;
	return meaning ? meaning : "";
}

/* What is to be typed, a sentence; a refusal says it again. */
static char *hint_of(const struct xlsx *x, const struct cell_def *def)
{
	const char *na = def->allow_na ? "不适用的填 /。" : "";

	switch (def->kind) {
	case FIELD_COUNT:
		return str_printf("只填整数，不写文字和单位；没有发生填 0。%s",
				  na);
	case FIELD_AMOUNT:
		return str_printf("只填数，最多 %d 位小数，不写文字和单位；"
				  "没有发生填 0。%s",
				  def->decimals, na);
	case FIELD_DATE:
		return str_printf("日期写成 %d-01-20 的样子。",
				  report_year(x->report) + 1);
	case FIELD_CHOICE:
		return xstrdup("从列表里选一个。");
	case FIELD_PROSE:
		return xstrdup("一格写一段，下一段写在下一格。");
	case FIELD_LINE:
		break;
	}
	return xstrdup("写一行文字。");
}

/* 不适用 or a number: no kind of Excel's own, so a formula. */
static char *either(const struct cell_def *def, const struct xlsx_place *at)
{
	char c[LXW_MAX_CELL_NAME_LENGTH], most[NUM_TEXT];

	lxw_rowcol_to_cell(c, at->top, at->left);
	num_text(def->max, most);
	return str_printf("=OR(%s=\"/\",AND(ISNUMBER(%s),%s>=0,%s<=%s,"
			  "ROUND(%s,%d)=%s))",
			  c, c, c, c, most, c, def->decimals, c);
}

static void limit_number(const struct cell_def *def, char *formula,
			 lxw_data_validation *v)
{
	if (def->allow_na) {
		v->validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
		v->value_formula = formula;
		return;
	}
	v->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
	v->minimum_number = 0;
	if (def->kind == FIELD_COUNT) {
		v->validate = LXW_VALIDATION_TYPE_INTEGER;
		v->maximum_number = xlsx_double(def->max - def->max % NUM_ONE);
	} else {
		v->validate = LXW_VALIDATION_TYPE_DECIMAL;
		v->maximum_number = xlsx_double(def->max);
	}
}

/* The words of a list, if Excel takes so many; else NULL, and anything may be
 * typed.  free() the array. */
static const char **words_of(const struct field_def *field)
{
	const char **words = xcalloc(field->choice_count + 1, sizeof *words);
	size_t units = 0;
	bool fits = field->choice_count > 0;

	for (size_t i = 0; i < field->choice_count; i++) {
		words[i] = field->choices[i].label;
		units += xlsx_units(words[i], strlen(words[i])) + 1;
		fits = fits && !strpbrk(words[i], ",\"");
	}
	if (fits && units < MESSAGE_UNITS)
		return words;
	free(words);
	return NULL;
}

static void limit_choice(const char **words, lxw_data_validation *v)
{
	void *list = words; /* its type is not the same in every version */

	if (!words)
		return;
	v->validate = LXW_VALIDATION_TYPE_LIST;
	v->value_list = list;
}

/* The Tab key takes the clerk on from the first input. */
static void show_cursor(const struct xlsx_place *at)
{
	if (at->sheet->has_cursor)
		return;
	at->sheet->has_cursor = true;
	worksheet_set_selection(at->sheet->sheet, at->top, at->left, at->top,
				at->left);
}

void xlsx_input(struct xlsx *x, size_t cell)
{
	const struct cell_def *def = &x->form->cells[cell];
	const struct xlsx_place *at = &x->places[cell];
	char wrong[] = "填得不对", *title = title_of(def);
	char *hint = hint_of(x, def);
	const char *meaning = meaning_of(def);
	char *full = str_printf("%s%s%s", hint, *meaning ? "\n" : "", meaning);
	char *message = shortened(full, MESSAGE_UNITS), *formula = NULL;
	const char **words = NULL;
	lxw_data_validation v = { .validate = LXW_VALIDATION_TYPE_ANY,
				  .input_title = title,
				  .input_message = message,
				  .error_title = wrong,
				  .error_message = hint };

	if (def->kind == FIELD_CHOICE)
		limit_choice(words = words_of(def->field), &v);
	else if (def->kind == FIELD_COUNT || def->kind == FIELD_AMOUNT)
		limit_number(def, formula = either(def, at), &v);
	xlsx_keep(x, worksheet_data_validation_range(at->sheet->sheet, at->top,
						     at->left, at->bottom,
						     at->right, &v));
	show_cursor(at);
	free(words);
	free(formula);
	free(message);
	free(full);
	free(hint);
	free(title);
}
