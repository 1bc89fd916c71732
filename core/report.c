#include "core/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/tr.h"

struct slot {
	struct value value;
	char *text; /* owner of value.text */
	struct value printed;
	int64_t running; /* a sum: what there is so far */
	bool lacks;      /* a sum: a part is blank */
};

/* first[i] .. first[i + 1] are the places in `dependents` of the sums that
 * cell i is a part of. */
struct report {
	const struct form_def *form;
	struct slot *slots;
	size_t *first, *dependents;
	char *unit;
	int year;
	unsigned revision;
	struct prose *prose;
};

static void link_sums(struct report *r)
{
	const struct form_def *form = r->form;
	size_t *next;

	r->first = xcalloc(form->cell_count + 2, sizeof *r->first);
	for (size_t i = 0; i < form->cell_count; i++)
		for (size_t p = 0; p < form->cells[i].part_count; p++)
			r->first[form->cells[i].parts[p].cell + 1]++;
	for (size_t i = 0; i < form->cell_count; i++)
		r->first[i + 1] += r->first[i];
	r->dependents =
		xcalloc(r->first[form->cell_count], sizeof *r->dependents);
	next = xcalloc(form->cell_count + 1, sizeof *next);
	memcpy(next, r->first, form->cell_count * sizeof *next);
	for (size_t i = 0; i < form->cell_count; i++)
		for (size_t p = 0; p < form->cells[i].part_count; p++)
			r->dependents[next[form->cells[i].parts[p].cell]++] = i;
	free(next);
}

/* Add one part; false on overflow. */
static bool add_part(const struct report *r, const struct part *part,
		     struct slot *sum)
{
	const struct slot *s = &r->slots[part->cell];
	int64_t n = s->lacks ? s->running : s->value.number;

	if (s->value.kind == VALUE_BLANK)
		sum->lacks = true;
	return num_add(sum->running, part->sign, n, &sum->running);
}

/* Add a sum up anew.  false on overflow; *changed is set when it differs. */
static bool add_up(struct report *r, size_t cell, bool *changed)
{
	const struct cell_def *def = &r->form->cells[cell];
	struct slot *s = &r->slots[cell], sum = { 0 };

	for (size_t p = 0; p < def->part_count; p++)
		if (!add_part(r, &def->parts[p], &sum))
			return false;
	*changed = s->running != sum.running || s->lacks != sum.lacks;
	s->running = sum.running;
	s->lacks = sum.lacks;
	s->value = (struct value){ 0 };
	if (!sum.lacks)
		s->value = (struct value){ VALUE_NUMBER, sum.running, NULL };
	return true;
}

/* The sums over `cell`, and the sums over these; the form has no loops. */
static bool follow(struct report *r, size_t cell)
{
	for (size_t i = r->first[cell]; i < r->first[cell + 1]; i++) {
		bool changed = false;

		if (!add_up(r, r->dependents[i], &changed))
			return false;
		if (changed && !follow(r, r->dependents[i]))
			return false;
	}
	return true;
}

struct report *report_new(const struct form_def *form)
{
	struct report *r = xcalloc(1, sizeof *r);

	r->form = form;
	r->slots = xcalloc(form->cell_count, sizeof *r->slots);
	for (size_t i = 0; i < form->cell_count; i++)
		r->slots[i].lacks = cell_computed(&form->cells[i]);
	link_sums(r);
	r->unit = xstrdup("");
	r->prose = prose_new(form);
	return r;
}

void report_free(struct report *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->form->cell_count; i++)
		free(r->slots[i].text);
	prose_free(r->prose);
	free(r->slots);
	free(r->first);
	free(r->dependents);
	free(r->unit);
	free(r);
}

const struct form_def *report_form(const struct report *r)
{
	return r->form;
}

struct prose *report_prose(const struct report *r)
{
	return r->prose;
}

void report_set_subject(struct report *r, const char *unit, int year)
{
	char *copy = xstrdup(unit ? unit : "");

	free(r->unit);
	r->unit = copy;
	r->year = year;
	r->revision++;
}

const char *report_unit(const struct report *r)
{
	return r->unit;
}

int report_year(const struct report *r)
{
	return r->year;
}

unsigned report_revision(const struct report *r)
{
	return r->revision;
}

bool value_equal(struct value a, struct value b)
{
	if (a.kind != b.kind)
		return false;
	if (a.kind == VALUE_TEXT)
		return strcmp(a.text, b.text) == 0;
	return a.kind != VALUE_NUMBER || a.number == b.number;
}

static struct value settled(struct value v)
{
	if (v.kind == VALUE_TEXT && !*v.text)
		v = (struct value){ 0 };
	if (v.kind != VALUE_NUMBER)
		v.number = 0;
	if (v.kind != VALUE_TEXT)
		v.text = NULL;
	return v;
}

static enum err_code refuse_computed(const struct cell_def *cell,
				     struct err *err)
{
	char name[CELL_NAME];

	return err_set(err, ERR_REFUSED,
		       _("“%s”由程序相加得出，不能填写；请改相加的各格"),
		       cell_name(cell, name));
}

enum err_code report_set(struct report *r, size_t cell, struct value v,
			 struct err *err)
{
	const struct cell_def *def = &r->form->cells[cell];
	struct slot *s = &r->slots[cell];
	struct value old = s->value;
	char name[CELL_NAME], day[DATE_DAY], *copy = NULL;
	struct date date;
	enum err_code code;

	if (cell_computed(def))
		return refuse_computed(def, err);
	code = value_check(def, v, err);
	if (code)
		return code;
	v = settled(v);
	if (def->kind == FIELD_DATE && v.kind == VALUE_TEXT &&
	    date_read(v.text, &date))
		v.text = date_day(date, day);
	if (value_equal(old, v))
		return ERR_OK;
	if (v.kind == VALUE_TEXT)
		v.text = copy = xstrdup(v.text);
	s->value = v;
	if (!follow(r, cell)) {
		s->value = old; /* numbers only: `copy` is NULL */
		follow(r, cell);
		return err_set(err, ERR_INPUT,
			       _("“%s”填这个数，合计就大得无法相加；请核对"),
			       cell_name(def, name));
	}
	free(s->text);
	s->text = copy;
	r->revision++;
	return ERR_OK;
}

enum err_code report_type(struct report *r, size_t cell, const char *typed,
			  struct err *err)
{
	struct value v = { 0 };
	enum err_code code;

	if (cell_computed(&r->form->cells[cell]))
		return refuse_computed(&r->form->cells[cell], err);
	code = report_read(r->form, cell, typed, &v, err);
	return code ? code : report_set(r, cell, v, err);
}

struct value report_get(const struct report *r, size_t cell)
{
	return r->slots[cell].value;
}

enum err_code report_set_printed(struct report *r, size_t cell, struct value v,
				 struct err *err)
{
	const struct cell_def *def = &r->form->cells[cell];
	struct slot *s = &r->slots[cell];
	char name[CELL_NAME];
	enum err_code code;

	if ((!cell_computed(def) || def->derived) && v.kind != VALUE_BLANK)
		return err_set(
			err, ERR_REFUSED,
			_("“%s”不是表中的合计，原表所印的数只记在合计上；"
			  "请改填相应的格"),
			cell_name(def, name));
	code = value_check(def, v, err);
	if (code)
		return code;
	v = settled(v);
	if (value_equal(s->printed, v))
		return ERR_OK;
	s->printed = v;
	r->revision++;
	return ERR_OK;
}

struct value report_printed(const struct report *r, size_t cell)
{
	return r->slots[cell].printed;
}

struct value report_source(const struct report *r, size_t cell)
{
	const struct slot *s = &r->slots[cell];

	return s->printed.kind == VALUE_NUMBER ? s->printed : s->value;
}

bool report_running(const struct report *r, size_t cell, int64_t *sum)
{
	*sum = r->slots[cell].running;
	return r->slots[cell].lacks;
}
