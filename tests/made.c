#include "tests/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/num.h"
#include "core/str.h"
#include "tests/unit.h"

static struct forms *forms;

const struct form_def *made_form(const char *id)
{
	const struct form_def *form;
	struct err err = { 0 };

	if (!forms)
		forms = forms_new();
	form = forms_get(forms, id, &err);
	if (!form)
		fail_msg("%s", err.text);
	return form;
}

void made_form_free(void)
{
	forms_free(forms);
	forms = NULL;
}

size_t made_cell(const struct form_def *form, const char *path)
{
	size_t cell = form_cell(form, path);

	if (cell == FORM_NO_CELL)
		fail_msg("no cell %s", path);
	return cell;
}

unsigned made_random(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

void made_set(struct report *r, size_t cell, int64_t whole)
{
	struct err err = { 0 };

	if (report_set(r, cell,
		       (struct value){ VALUE_NUMBER, whole * NUM_ONE, NULL },
		       &err))
		fail_msg("%s: %s", report_form(r)->cells[cell].path, err.text);
}

int64_t made_number(const struct report *r, const char *path)
{
	struct value v = report_get(r, made_cell(report_form(r), path));

	if (v.kind != VALUE_NUMBER)
		fail_msg("%s is no number", path);
	return v.number / NUM_ONE;
}

void made_zero(struct report *r)
{
	const struct form_def *form = report_form(r);
	struct err err = { 0 };

	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *cell = &form->cells[i];

		if (!cell->required)
			continue;
		if (report_type(r, i,
				cell->kind == FIELD_PROSE ? MADE_PROSE : "0",
				&err))
			fail_msg("%s: %s", cell->path, err.text);
	}
}

static bool is_typed(const struct cell_def *cell)
{
	return cell->grid && cell->part_count == 0;
}

/* One column of table three: the results at random, then what came in. */
static void balance(struct report *r, const char *column, unsigned *seed)
{
	const struct form_def *form = report_form(r);
	struct str path = { 0 };
	unsigned out = made_random(seed, 4), sum = out, in;

	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *cell = &form->cells[i];
		unsigned n = made_random(seed, 3) ? 0 : made_random(seed, 40);

		if (!is_typed(cell) ||
		    strcmp(cell->section->id, "requests") != 0 ||
		    strcmp(cell->column->id, column) != 0 ||
		    strcmp(cell->row->id, "new") == 0 ||
		    strcmp(cell->row->id, "carried_in") == 0)
			continue;
		if (strcmp(cell->row->id, "carried_out") == 0) {
			made_set(r, i, out);
			continue;
		}
		made_set(r, i, n);
		sum += n;
	}
	in = made_random(seed, sum + 1);
	str_addf(&path, "requests.carried_in.%s", column);
	made_set(r, made_cell(form, path.s), in);
	str_clear(&path);
	str_addf(&path, "requests.new.%s", column);
	made_set(r, made_cell(form, path.s), sum - in);
	str_free(&path);
}

void made_balanced(struct report *r, unsigned *seed)
{
	static const char *const columns[] = { "natural",  "business",
					       "research", "nonprofit",
					       "legal",    "other" };
	const struct form_def *form = report_form(r);

	made_zero(r);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		balance(r, columns[i], seed);
	for (size_t i = 0; i < form->cell_count; i++)
		if (is_typed(&form->cells[i]) &&
		    strcmp(form->cells[i].section->id, "disputes") == 0)
			made_set(r, i, 1 + made_random(seed, 20));
	made_set(r, made_cell(form, "disclosure.normative.issued"), 3);
	made_set(r, made_cell(form, "disclosure.normative.repealed"), 1);
	made_set(r, made_cell(form, "disclosure.normative.in_force"), 41);
	made_set(r, made_cell(form, "disclosure.licensing.decisions"), 876);
	made_set(r, made_cell(form, "other.fee_notices"), 2); /* for N17 */
}

void made_printed(struct report *r)
{
	const struct form_def *form = report_form(r);
	struct err err = { 0 };

	for (size_t i = 0; i < form->cell_count; i++)
		if (form->cells[i].part_count > 0 && !form->cells[i].derived &&
		    report_set_printed(r, i, report_get(r, i), &err))
			fail_msg("%s", err.text);
}

void made_apply(struct report *r, char *assignment, bool printed)
{
	char *value = strchr(assignment, '=');
	struct str text = { 0 };
	struct err err = { 0 };
	struct value v;
	size_t cell;

	assert_non_null(value);
	*value++ = '\0';
	cell = made_cell(report_form(r), assignment);
	assert_true(str_unescape(&text, value, strlen(value)));
	if (report_read(report_form(r), cell, text.s, &v, &err) ||
	    (printed ? report_set_printed(r, cell, v, &err)
		     : report_set(r, cell, v, &err)))
		fail_msg("%s: %s", assignment, err.text);
	str_free(&text);
}

char *made_path(const char *name)
{
	const char *folder = getenv("NIANBAO_FORMS");

	return str_printf("%s/../tests/%s", folder ? folder : "forms", name);
}
