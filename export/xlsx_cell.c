/* The report's cells on the sheets. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/reference.h"
#include "export/xlsx_impl.h"

enum {
	INPUT_ROWS = 20, /* of a prose in the empty form */
};

/* ---- figures ---- */

static enum xlsx_look look_of(const struct xlsx *x, const struct cell_def *def)
{
	if (def->field)
		return x->blank ? LOOK_TEXT_INPUT : LOOK_TEXT;
	if (!x->blank)
		return LOOK_VALUE;
	return def->part_count > 0 ? LOOK_SUM : LOOK_INPUT;
}

static void write_number(struct xlsx *x, const struct xlsx_place *at,
			 lxw_format *look, int64_t n)
{
	char text[NUM_TEXT];
	lxw_worksheet *sheet = at->sheet->sheet;

	if (xlsx_exact(n))
		xlsx_keep(x, worksheet_write_number(sheet, at->top, at->left,
						    xlsx_double(n), look));
	else
		xlsx_keep(x, worksheet_write_string(sheet, at->top, at->left,
						    num_text(n, text), look));
}

/* A sum with what it came to; the empty form has nothing to add up yet. */
static bool write_sum(struct xlsx *x, size_t cell, lxw_format *look,
		      struct value v)
{
	const struct xlsx_place *at = &x->places[cell];
	lxw_worksheet *sheet = at->sheet->sheet;
	struct str formula = { 0 };
	bool number = v.kind == VALUE_NUMBER;
	bool live = (!number || xlsx_exact(v.number)) &&
		    xlsx_formula(x, cell, &formula);

	if (live && number)
		xlsx_keep(x, worksheet_write_formula_num(
				     sheet, at->top, at->left, formula.s, look,
				     xlsx_double(v.number)));
	else if (live)
		xlsx_keep(x,
			  worksheet_write_formula_str(sheet, at->top, at->left,
						      formula.s, look, ""));
	str_free(&formula);
	return live;
}

void xlsx_value(struct xlsx *x, size_t cell)
{
	const struct cell_def *def = &x->form->cells[cell];
	const struct xlsx_place *at = &x->places[cell];
	enum xlsx_look look = look_of(x, def);
	struct value v = { .kind = VALUE_BLANK };

	if (!x->blank)
		v = report_get(x->report, cell);
	/* the frame, and all there is of a blank */
	xlsx_put(at, v.kind == VALUE_NA ? "/" : "", look);
	if (def->part_count > 0 && write_sum(x, cell, x->looks[look], v))
		return;
	if (v.kind == VALUE_NUMBER)
		write_number(x, at, x->looks[look], v.number);
}

/* ---- fields ---- */

static const char *choice_label(const struct field_def *field, const char *text)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].value, text) == 0)
			return field->choices[i].label;
	return text;
}

/* A text with its references put in; a choice in words. */
static char *text_of(const struct xlsx *x, const struct field_def *field)
{
	struct value v = report_get(x->report, field->cell);
	struct str out = { 0 };

	if (v.kind == VALUE_TEXT && field->kind == FIELD_CHOICE)
		str_add(&out, choice_label(field, v.text));
	else if (v.kind == VALUE_TEXT)
		reference_expand(x->report, draft_last(x->job->draft), v.text,
				 &out);
	else
		value_text(v, &out);
	return str_steal(&out);
}

static void add_label(struct xlsx_sheet *s, const struct field_def *field,
		      lxw_row_t row, size_t split, bool first)
{
	char *label =
		field->unit ? str_printf("%s（%s）", field->label, field->unit)
			    : xstrdup(field->label);

	xlsx_text(s, row, 0, split - 1, first ? label : "", LOOK_NAME);
	free(label);
}

/* One paragraph a row; what goes on from the cell above says so. */
static lxw_row_t add_text(struct xlsx_sheet *s, const struct field_def *field,
			  size_t split)
{
	char *text = text_of(s->book, field), *rest = text, *line;
	lxw_row_t row = s->row;

	while ((line = strsep(&rest, "\n"))) {
		lxw_row_t rows = xlsx_text(s, row, split, s->columns - 1, line,
					   LOOK_TEXT);

		add_label(s, field, row, split, row == s->row);
		for (lxw_row_t i = 1; i < rows; i++)
			xlsx_text(s, row + i, 0, split - 1, "（接上格）",
				  LOOK_NAME);
		row += rows;
	}
	free(text);
	return row - s->row;
}

/* Rows to write in: a whole page of them for prose. */
static lxw_row_t add_space(struct xlsx_sheet *s, const struct field_def *field,
			   size_t split)
{
	bool prose = field->kind == FIELD_PROSE;
	lxw_row_t rows = prose ? INPUT_ROWS : 1;
	struct xlsx_place label = { s, s->row, s->row + rows - 1, 0,
				    (lxw_col_t)(split - 1) };

	xlsx_put(&label, field->label, LOOK_NAME);
	for (lxw_row_t i = 0; i < rows; i++)
		xlsx_text(s, s->row + i, split, s->columns - 1, "",
			  prose ? LOOK_TEXT_INPUT : LOOK_LINE_INPUT);
	return rows;
}

void xlsx_field(struct xlsx_sheet *s, const struct field_def *field,
		size_t split)
{
	struct xlsx *x = s->book;
	struct xlsx_place *at = &x->places[field->cell];
	lxw_row_t rows = 1;

	*at = (struct xlsx_place){ s, s->row, s->row, (lxw_col_t)split,
				   (lxw_col_t)(s->columns - 1) };
	if (field->kind == FIELD_COUNT || field->kind == FIELD_AMOUNT) {
		add_label(s, field, s->row, split, true);
		xlsx_value(x, field->cell);
	} else {
		rows = x->blank ? add_space(s, field, split)
				: add_text(s, field, split);
		at->bottom += rows - 1;
	}
	s->row += rows;
}

/* ---- names ---- */

void xlsx_names(struct xlsx *x)
{
	for (size_t i = 0; i < x->form->cell_count; i++) {
		const struct xlsx_place *at = &x->places[i];
		const struct cell_def *def = &x->form->cells[i];
		char range[LXW_MAX_CELL_RANGE_LENGTH];
		char *formula;

		if (!at->sheet || def->derived)
			continue;
		/* merged cells have their value in the first */
		lxw_rowcol_to_range_abs(range, at->top, at->left,
					def->field ? at->bottom : at->top,
					at->left);
		formula = str_printf("='%s'!%s", at->sheet->name, range);
		xlsx_keep(x, workbook_define_name(x->workbook, def->path,
						  formula));
		free(formula);
	}
}
