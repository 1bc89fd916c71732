/* Sums as live formulas of the cells they add up. */
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "export/xlsx_impl.h"

enum {
	ARGUMENTS = 255, /* of SUM(), in Excel */
};

/* Parts that stand in one line, down or across. */
struct run {
	const struct xlsx_place *from, *to;
	int sign;
	bool allow_na; /* one of them may hold / */
};

struct runs {
	struct run *list;
	size_t count, room, cells;
};

double xlsx_double(int64_t n)
{
	return (double)n / (double)NUM_ONE;
}

/* An int64_t has up to 19 digits, a double keeps 15. */
bool xlsx_exact(int64_t n)
{
	while (n != 0 && n % 10 == 0)
		n /= 10;
	return n > -INT64_C(1000000000000000) && n < INT64_C(1000000000000000);
}

static bool is_single(const struct xlsx_place *p)
{
	return p->top == p->bottom && p->left == p->right;
}

/* Does `next` stand right below or right of the run's end, and the run in the
 * same direction? */
static bool continues(const struct run *r, const struct xlsx_place *next)
{
	bool down = next->left == r->to->left && next->top == r->to->top + 1 &&
		    r->from->left == next->left;
	bool across = next->top == r->to->top &&
		      next->left == r->to->left + 1 &&
		      r->from->top == next->top;

	return next->sheet == r->to->sheet && is_single(r->to) &&
	       is_single(next) && (down || across);
}

static void add_part(const struct xlsx *x, size_t cell, int sign,
		     struct runs *out)
{
	const struct xlsx_place *place = &x->places[cell];
	bool na = x->form->cells[cell].allow_na;
	struct run *last = out->count ? &out->list[out->count - 1] : NULL;

	out->cells++;
	if (last && last->sign == sign && continues(last, place)) {
		last->to = place;
		last->allow_na = last->allow_na || na;
		return;
	}
	out->list =
		mem_grow(out->list, out->count, &out->room, sizeof *out->list);
	out->list[out->count++] = (struct run){ place, place, sign, na };
}

/* Group sums stand on no sheet: their own parts do. */
static bool collect(const struct xlsx *x, size_t cell, int sign,
		    struct runs *out)
{
	const struct cell_def *def = &x->form->cells[cell];

	for (size_t i = 0; i < def->part_count; i++) {
		size_t part = def->parts[i].cell;
		int whole = sign * def->parts[i].sign;
		struct value v = report_get(x->report, part);

		if (x->places[part].sheet) {
			if (!x->blank && v.kind == VALUE_NUMBER &&
			    !xlsx_exact(v.number))
				return false; /* it went as text */
			add_part(x, part, whole, out);
		} else if (x->form->cells[part].part_count == 0 ||
			   !collect(x, part, whole, out)) {
			return false;
		}
	}
	return out->count <= ARGUMENTS;
}

static void add_range(const struct run *r, const struct xlsx_sheet *here,
		      struct str *out)
{
	char range[LXW_MAX_CELL_RANGE_LENGTH];

	if (r->from->sheet != here)
		str_addf(out, "'%s'!", r->from->sheet->name);
	lxw_rowcol_to_range(range, r->from->top, r->from->left, r->to->top,
			    r->to->left);
	str_add(out, range);
}

/* NAME(range,range …) of the runs with that sign (0: all); nothing if there
 * is none. */
static void add_call(const struct runs *runs, const char *name, int sign,
		     const struct xlsx_sheet *here, struct str *out)
{
	const char *before = "(";

	for (size_t i = 0; i < runs->count; i++) {
		if (sign && runs->list[i].sign != sign)
			continue;
		if (*before == '(')
			str_add(out, name);
		str_add(out, before);
		add_range(&runs->list[i], here, out);
		before = ",";
	}
	if (*before == ',')
		str_add(out, ")");
}

/* A blank part makes the sum blank, never 0; 不适用 counts as answered. */
bool xlsx_formula(const struct xlsx *x, size_t cell, struct str *out)
{
	const struct xlsx_sheet *here = x->places[cell].sheet;
	struct runs runs = { 0 };
	bool live = collect(x, cell, 1, &runs) && runs.count > 0;

	if (live) {
		str_add(out, "=IF(");
		add_call(&runs, "COUNT", 0, here, out);
		for (size_t i = 0; i < runs.count; i++)
			if (runs.list[i].allow_na) {
				str_add(out, "+COUNTIF(");
				add_range(&runs.list[i], here, out);
				str_add(out, ",\"/\")");
			}
		str_addf(out, "<%zu,\"\",", runs.cells);
		add_call(&runs, "SUM", 1, here, out);
		add_call(&runs, "-SUM", -1, here, out);
		str_add(out, ")");
	}
	free(runs.list);
	return live;
}
