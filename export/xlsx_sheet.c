/* Sheets and the texts on them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "export/xlsx_impl.h"

enum {
	NAME_UNITS = 31,     /* of a sheet */
	TEXT_UNITS = 16000,  /* of a cell: half of 32,767, for escapes double */
	ROW_PIXELS = 540,    /* the highest row there is has 545 */
	FREEZE_PIXELS = 400, /* or nothing is left of the window to scroll */
	PADDING = 6,         /* pixels a cell keeps free, both sides together */
	PAPER_A4 = 9,
	BAND_FILL = 0xC6D9F1, /* as in DOCX */
	INPUT_FILL = 0xFFFBE0,
	SUM_FILL = 0xEDEDED,
};

static const struct {
	uint8_t size; /* points */
	bool bold, border, wrap, shrink, open;
	uint8_t align, stand;
	lxw_color_t fill;
	const char *number;
} looks[] = {
/* clang-format off */
#define LEFT   LXW_ALIGN_LEFT
#define CENTRE LXW_ALIGN_CENTER
#define TOP    LXW_ALIGN_VERTICAL_TOP
#define MIDDLE LXW_ALIGN_VERTICAL_CENTER
	/*                   size bold   border wrap   shrink open   align */
	[LOOK_TITLE]       = { 16, true,  false, true,  false, false, CENTRE, MIDDLE, 0, "" },
	[LOOK_SMALL]       = { 10, false, false, true,  false, false, LEFT,   MIDDLE, 0, "" },
	[LOOK_LEFT]        = { 10, false, true,  true,  false, false, LEFT,   MIDDLE, 0, "" },
	[LOOK_CENTRE]      = { 10, false, true,  true,  false, false, CENTRE, MIDDLE, 0, "" },
	[LOOK_BAND_LEFT]   = { 10, false, true,  true,  false, false, LEFT,   MIDDLE, BAND_FILL, "" },
	[LOOK_BAND_CENTRE] = { 10, false, true,  true,  false, false, CENTRE, MIDDLE, BAND_FILL, "" },
	[LOOK_VALUE]       = { 10, false, true,  false, true,  false, CENTRE, MIDDLE, 0, "" },
	[LOOK_SUM]         = { 10, false, true,  false, true,  false, CENTRE, MIDDLE, SUM_FILL, "" },
	[LOOK_INPUT]       = { 10, false, true,  false, true,  true,  CENTRE, MIDDLE, INPUT_FILL, "" },
	[LOOK_NAME]        = { 10, false, true,  true,  false, false, LEFT,   TOP,    0, "" },
	[LOOK_TEXT]        = { 10, false, true,  true,  false, false, LEFT,   TOP,    0, "" },
	[LOOK_TEXT_INPUT]  = { 10, false, true,  true,  false, true,  LEFT,   TOP,    INPUT_FILL, "" },
	[LOOK_LINE_INPUT]  = { 10, false, true,  true,  false, true,  LEFT,   TOP,    INPUT_FILL, "@" },
	/* clang-format on */
};
static_assert(sizeof looks / sizeof *looks == LOOK_COUNT, "every look");

void xlsx_keep(struct xlsx *x, lxw_error fault)
{
	if (!x->fault)
		x->fault = fault;
}

void xlsx_looks(struct xlsx *x)
{
	for (size_t i = 0; i < LOOK_COUNT; i++) {
		lxw_format *f = workbook_add_format(x->workbook);

		x->looks[i] = f;
		format_set_font_name(f, "宋体");
		format_set_font_size(f, looks[i].size);
		format_set_align(f, looks[i].align);
		format_set_align(f, looks[i].stand);
		if (looks[i].bold)
			format_set_bold(f);
		if (looks[i].border)
			format_set_border(f, LXW_BORDER_THIN);
		if (looks[i].wrap)
			format_set_text_wrap(f);
		if (looks[i].shrink)
			format_set_shrink(f);
		if (looks[i].open)
			format_set_unlocked(f);
		if (looks[i].fill)
			format_set_bg_color(f, looks[i].fill);
		if (*looks[i].number)
			format_set_num_format(f, looks[i].number);
	}
}

size_t xlsx_units(const char *s, size_t len)
{
	size_t units = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		units += (c & 0xc0) != 0x80;
		units += c >= 0xf0; /* a pair of surrogates in UTF-16 */
	}
	return units;
}

/* ---- names ---- */

/* The longest prefix of whole clusters within `most` units. */
static size_t fit_units(const char *s, size_t len, size_t most)
{
	size_t at = 0, units = 0;

	while (at < len) {
		size_t next = text_next(s, len, at);

		units += xlsx_units(s + at, next - at);
		if (units > most)
			break;
		at = next;
	}
	return at;
}

static bool is_taken(const struct xlsx *x, const char *name)
{
	for (size_t i = 0; i < x->sheet_count; i++)
		if (strcasecmp(x->sheets[i]->name, name) == 0)
			return true;
	return false;
}

static char *sheet_name(const struct xlsx *x, const char *wish)
{
	struct str plain = { 0 };
	char *name = NULL;

	text_one_line(&plain, wish, strlen(wish));
	for (size_t i = 0; i < plain.len; i++)
		if (strchr("[]:*?/\\'", plain.s[i]))
			plain.s[i] = '_';
	if (plain.len == 0)
		str_add(&plain, "_");
	for (unsigned n = 1; !name; n++) {
		char *end = n == 1 ? xstrdup("") : str_printf(" %u", n);
		size_t len =
			fit_units(plain.s, plain.len, NAME_UNITS - strlen(end));

		name = str_printf("%.*s%s", (int)len, plain.s, end);
		free(end);
		if (is_taken(x, name)) {
			free(name);
			name = NULL;
		}
	}
	str_free(&plain);
	return name;
}

struct xlsx_sheet *xlsx_sheet_add(struct xlsx *x, const char *name,
				  const int *pixels, size_t columns)
{
	struct xlsx_sheet *s = xcalloc(1, sizeof *s);

	s->book = x;
	s->name = sheet_name(x, name);
	s->columns = columns;
	s->widths = xcalloc(columns, sizeof *s->widths);
	memcpy(s->widths, pixels, columns * sizeof *pixels);
	x->sheets = mem_grow(x->sheets, x->sheet_count, &x->sheet_room,
			     sizeof *x->sheets);
	x->sheets[x->sheet_count++] = s;
	s->sheet = workbook_add_worksheet(x->workbook, s->name);
	assert(s->sheet); /* the name is one it takes */
	for (size_t i = 0; i < columns; i++)
		xlsx_keep(x, worksheet_set_column_pixels(
				     s->sheet, (lxw_col_t)i, (lxw_col_t)i,
				     (uint32_t)pixels[i], NULL));
	return s;
}

static uint32_t height_above(const struct xlsx_sheet *s, lxw_row_t to)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < to && i < s->tall_count; i++)
		sum += s->tall[i];
	return sum;
}

void xlsx_sheet_finish(struct xlsx_sheet *s, lxw_row_t from, lxw_row_t to)
{
	struct xlsx *x = s->book;
	const struct block *first = x->job->document->blocks;
	static const uint8_t quiet[] = { LXW_IGNORE_NUMBER_STORED_AS_TEXT,
					 LXW_IGNORE_FORMULA_RANGE };
	lxw_protection may = { .format_columns = 1, .format_rows = 1 };

	worksheet_set_paper(s->sheet, PAPER_A4);
	worksheet_set_margins(s->sheet, 0.6, 0.6, 0.8, 0.7);
	worksheet_fit_to_pages(s->sheet, 1, 0);
	worksheet_center_horizontally(s->sheet);
	worksheet_gridlines(s->sheet, LXW_HIDE_ALL_GRIDLINES);
	xlsx_keep(x, worksheet_set_footer(s->sheet, "&C第 &P 页，共 &N 页"));
	if (!x->blank && first->kind == BLOCK_MARK) {
		char *mark = str_printf("&R%s", first->text);

		xlsx_keep(x, worksheet_set_header(s->sheet, mark));
		free(mark);
	}
	/* no green corners: a year is text here, a sum leaves heads out */
	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
		xlsx_keep(x, worksheet_ignore_errors(s->sheet, quiet[i],
						     "A1:XFD1048576"));
	if (height_above(s, to) <= FREEZE_PIXELS)
		worksheet_freeze_panes(s->sheet, to, 0);
	if (from < to)
		xlsx_keep(x, worksheet_repeat_rows(s->sheet, from, to - 1));
	if (x->blank)
		worksheet_protect(s->sheet, NULL, &may);
}

/* ---- texts ---- */

static int width_of(const struct xlsx_sheet *s, size_t left, size_t right)
{
	int width = 0;

	for (size_t i = left; i <= right; i++)
		width += s->widths[i];
	return width;
}

/* Half-width characters a line takes: one is two thirds of a point's number in
 * pixels (96 an inch). */
static int line_cells(const struct xlsx_sheet *s, size_t left, size_t right,
		      enum xlsx_look look)
{
	int cells = (width_of(s, left, right) - PADDING) * 3 /
		    (2 * looks[look].size);

	return cells < 2 ? 2 : cells;
}

static uint32_t line_pixels(enum xlsx_look look)
{
	return looks[look].size * 9u / 5u;
}

uint32_t xlsx_height(const struct xlsx_sheet *s, size_t left, size_t right,
		     const char *text, enum xlsx_look look)
{
	struct text_lines w = { 0 };
	size_t lines;

	text_wrap(&w, text, strlen(text), line_cells(s, left, right, look));
	lines = w.count < ROW_PIXELS ? w.count : ROW_PIXELS;
	text_lines_free(&w);
	return (uint32_t)lines * line_pixels(look) + PADDING;
}

void xlsx_row_height(struct xlsx_sheet *s, lxw_row_t row, uint32_t pixels)
{
	while (s->tall_count <= row) {
		s->tall = mem_grow(s->tall, s->tall_count, &s->tall_room,
				   sizeof *s->tall);
		s->tall[s->tall_count++] = 0;
	}
	if (pixels <= s->tall[row])
		return;
	s->tall[row] = pixels < ROW_PIXELS ? pixels : ROW_PIXELS;
	xlsx_keep(s->book,
		  worksheet_set_row_pixels(s->sheet, row, s->tall[row], NULL));
}

static bool is_escape(const char *s)
{
	return s[0] == '_' && s[1] == 'x' &&
	       strspn(s + 2, "0123456789abcdefABCDEF") >= 4 && s[6] == '_';
}

/* Excel reads _x0041_ as A: such a text needs its first sign escaped. */
static char *escaped(const char *text)
{
	struct str out = { 0 };

	for (const char *s = text; *s; s++)
		if (is_escape(s))
			str_add(&out, "_x005F_");
		else
			str_addc(&out, *s);
	return str_steal(&out);
}

void xlsx_put(const struct xlsx_place *at, const char *text,
	      enum xlsx_look look)
{
	struct xlsx_sheet *s = at->sheet;
	lxw_format *format = s->book->looks[look];
	char *safe = escaped(text);
	lxw_error e;

	if (at->top == at->bottom && at->left == at->right)
		e = worksheet_write_string(s->sheet, at->top, at->left, safe,
					   format);
	else
		e = worksheet_merge_range(s->sheet, at->top, at->left,
					  at->bottom, at->right, safe, format);
	xlsx_keep(s->book, e);
	free(safe);
}

/* How much of s[0..len) goes into one cell: never more than it shows. */
static size_t piece(const char *s, size_t len, int cells)
{
	size_t most = fit_units(s, len, TEXT_UNITS);
	int used;

	most = text_fit(s, most, cells, &used);
	if (most > 0 || len == 0)
		return most;
	/* one character with thousands of marks on it */
	most = len < TEXT_UNITS ? len : TEXT_UNITS;
	while (most < len && ((unsigned char)s[most] & 0xc0) == 0x80)
		most--;
	return most;
}

lxw_row_t xlsx_text(struct xlsx_sheet *s, lxw_row_t row, size_t left,
		    size_t right, const char *text, enum xlsx_look look)
{
	struct xlsx_place at = { s, row, row, (lxw_col_t)left,
				 (lxw_col_t)right };
	int lines = ROW_PIXELS / (int)line_pixels(look);
	/* a line seldom ends just where it is full */
	int room = line_cells(s, left, right, look) * lines * 4 / 5;
	struct str clean = { 0 };
	size_t from = 0;

	text_clean(&clean, text, strlen(text));
	do {
		size_t len = piece(clean.s ? clean.s + from : "",
				   clean.len - from, room);
		char *part = xstrndup(clean.s ? clean.s + from : "", len);

		xlsx_put(&at, part, look);
		/* Rows with merged cells never grow by themselves, others only
		 * in Excel; but one that was given a height no more. */
		if (left < right || !s->book->blank)
			xlsx_row_height(
				s, at.top,
				xlsx_height(s, left, right, part, look));
		free(part);
		from += len;
		at.top = ++at.bottom;
	} while (from < clean.len);
	str_free(&clean);
	return at.top - row;
}
