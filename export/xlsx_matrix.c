/* Plain tables → a workbook. */
#include <stdlib.h>
#include <string.h>

#include "core/num.h"
#include "core/text.h"
#include "export/matrix.h"
#include "export/xlsx_impl.h"

enum {
	WIDEST = 40, /* characters of a column */
	NARROWEST = 6,
	ROWS_MOST = 1048576, /* of a sheet */
	TEXT_MOST = 32000,   /* bytes of a cell, far below what is taken */
	ROOM = 4,            /* times the bytes of the texts */
};

struct tables {
	const struct matrix *list;
	size_t count;
};

static void put(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
		const char *text, lxw_format *head, lxw_error *fault)
{
	size_t len = strlen(text);
	struct str cut = { 0 };
	int64_t n;

	if (!head && *text && num_parse(text, 0, INT64_MAX, &n) == NUM_OK &&
	    xlsx_exact(n)) {
		*fault = worksheet_write_number(sheet, row, column,
						xlsx_double(n), NULL);
		return;
	}
	while (len > TEXT_MOST)
		len = text_prev(text, len,
				len > TEXT_MOST + 8 ? TEXT_MOST + 8 : len);
	str_addn(&cut, text, len);
	*fault = worksheet_write_string(sheet, row, column, cut.s, head);
	str_free(&cut);
}

/* As wide as what stands in it, within bounds. */
static void set_width(lxw_worksheet *sheet, const struct matrix *m, size_t c)
{
	int most = NARROWEST;

	for (size_t i = c; i < m->count; i += m->columns) {
		int cells = text_cells(m->cells[i], strlen(m->cells[i]));

		most = cells + 2 > most ? cells + 2 : most;
	}
	worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
			     most > WIDEST ? WIDEST : most, NULL);
}

static lxw_error fill_sheet(lxw_workbook *book, const struct matrix *m)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, m->name);
	lxw_format *head = workbook_add_format(book);
	lxw_error fault = LXW_NO_ERROR;

	if (!sheet)
		return LXW_ERROR_PARAMETER_VALIDATION;
	format_set_bold(head);
	for (size_t c = 0; c < m->columns; c++)
		set_width(sheet, m, c);
	for (size_t i = 0; i < m->count && !fault; i++)
		if (i / m->columns < ROWS_MOST)
			put(sheet, (lxw_row_t)(i / m->columns),
			    (lxw_col_t)(i % m->columns), m->cells[i],
			    i < m->columns ? head : NULL, &fault);
	worksheet_freeze_panes(sheet, 1, 0);
	if (m->count > m->columns && !fault)
		fault = worksheet_autofilter(
			sheet, 0, 0, (lxw_row_t)(m->count / m->columns - 1),
			(lxw_col_t)(m->columns - 1));
	return fault;
}

static lxw_error fill(lxw_workbook *book, const void *what)
{
	const struct tables *t = what;
	lxw_error fault = LXW_NO_ERROR;

	for (size_t i = 0; i < t->count && !fault; i++)
		fault = fill_sheet(book, &t->list[i]);
	return fault;
}

enum err_code matrix_xlsx(const struct matrix *list, size_t count,
			  struct str *out, struct err *err)
{
	struct tables t = { list, count };
	size_t bytes = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < list[i].count; k++)
			bytes += strlen(list[i].cells[k]) + 32;
	return xlsx_file(fill, &t, (off_t)(bytes * ROOM), out, err);
}
