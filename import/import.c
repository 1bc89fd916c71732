#include "import/import.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "import/incoming.h"
#include "import/settle.h"
#include "import/trial.h"

enum {
	FILE_LIMIT = 64 << 20
};

char *incoming_keep(struct incoming *in, const char *text, bool one_line)
{
	struct str clean = { 0 };

	str_clear(&clean);
	if (one_line)
		text_one_line(&clean, text, strlen(text));
	else if (text_valid_prose(text, strlen(text)))
		str_add(&clean, text);
	else
		text_clean(&clean, text, strlen(text));
	in->kept = mem_grow(in->kept, in->kept_count, &in->kept_room,
			    sizeof *in->kept);
	return in->kept[in->kept_count++] = str_steal(&clean);
}

void incoming_free(struct incoming *in)
{
	for (size_t i = 0; i < in->kept_count; i++)
		free(in->kept[i]);
	free(in->kept);
	free(in->cells);
	free(in->openings);
	free(in->comments);
	free(in->explanations);
	free(in->signoffs);
	free(in->ticks);
	*in = (struct incoming){ 0 };
}

/* ---- judging: everything into a report that nobody sees ---- */

void trial_fault(struct trial *t, int line, const char *where, const char *why)
{
	struct err one;

	if (line > 0)
		err_set(&one, ERR_INPUT, _("第 %d 行 %s：%s"), line, where,
			why);
	else
		err_set(&one, ERR_INPUT, "%s：%s", where, why);
	str_addf(t->said, "! %s\n", one.text);
	if (t->faults++ == 0)
		t->first = one;
}

static bool is_text(const struct cell_def *def)
{
	return def->kind != FIELD_COUNT && def->kind != FIELD_AMOUNT;
}

static enum err_code set_cell(struct report *r, size_t cell,
			      const struct incoming_cell *c, struct err *err)
{
	const struct cell_def *def = &report_form(r)->cells[cell];

	if (c->na)
		return report_set(r, cell, (struct value){ VALUE_NA, 0, NULL },
				  err);
	if (is_text(def) && c->text[0])
		return report_set(
			r, cell, (struct value){ VALUE_TEXT, 0, c->text }, err);
	return report_type(r, cell, c->text, err);
}

static enum err_code set_printed(struct report *r, size_t cell,
				 const struct incoming_cell *c, struct err *err)
{
	struct value v;

	if (report_read(report_form(r), cell, c->printed, &v, err) != ERR_OK)
		return err ? err->code : ERR_INPUT;
	return report_set_printed(r, cell, v, err);
}

static void try_cell(struct trial *t, const struct incoming_cell *c)
{
	const struct form_def *form = report_form(t->report);
	size_t cell = form_cell(form, c->path);
	struct err err = { 0 };

	if (cell == FORM_NO_CELL || form->cells[cell].derived) {
		trial_fault(t, c->line, c->path, _("本表没有这一栏"));
		return;
	}
	if (t->seen[cell]) {
		trial_fault(t, c->line, c->path, _("这一栏写了两次"));
		return;
	}
	t->seen[cell] = true;
	if (form->cells[cell].part_count == 0 &&
	    set_cell(t->report, cell, c, &err) != ERR_OK)
		trial_fault(t, c->line, c->path, err.text);
	else if (c->printed && set_printed(t->report, cell, c, &err) != ERR_OK)
		trial_fault(t, c->line, c->path, err.text);
	else if (c->text[0]) {
		str_addf(t->said, "%s\t", c->path);
		str_escape(t->said, c->text);
		str_addc(t->said, '\n');
	}
}

/* A sum in the file must be what its parts add up to: what a source printed
 * for it stands in another place. */
static void try_sum(struct trial *t, const struct incoming_cell *c)
{
	const struct form_def *form = report_form(t->report);
	size_t cell = form_cell(form, c->path);
	struct str now = { 0 };
	char *why;

	if (cell == FORM_NO_CELL || form->cells[cell].part_count == 0)
		return;
	report_text(t->report, cell, &now);
	if (strcmp(now.s ? now.s : "", c->text) != 0) {
		why = str_printf(_("合计写的是 %s，各项相加是 %s"), c->text,
				 now.len ? now.s : _("（未填齐）"));
		trial_fault(t, c->line, c->path, why);
		free(why);
	}
	str_free(&now);
}

static enum err_code judge_digest(const struct trial *t, struct err *err)
{
	char hex[DIGEST_TEXT];

	if (!t->in->digest ||
	    strcmp(report_digest(t->report, hex), t->in->digest) == 0)
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("文件 %s 的数据与它的摘要不符，可能在传送中损坏或被"
			 "改动，未导入；请对方重新导出"),
		       t->name);
}

static void try_opening(struct trial *t, const struct incoming_cell *c)
{
	const struct form_def *form = report_form(t->report);
	size_t cell = form_cell(form, c->path);
	struct err err = { 0 };
	struct value v;

	if (cell == FORM_NO_CELL || !form->cells[cell].opening)
		trial_fault(t, c->line, c->path, _("这一栏没有上年数"));
	else if (report_read(form, cell, c->text, &v, &err) != ERR_OK)
		trial_fault(t, c->line, c->path, err.text);
}

static enum err_code try_all(struct trial *t, struct err *err)
{
	const struct incoming *in = t->in;

	for (size_t i = 0; i < in->cell_count; i++)
		try_cell(t, &in->cells[i]);
	for (size_t i = 0; i < in->cell_count && t->faults == 0; i++)
		try_sum(t, &in->cells[i]);
	for (size_t i = 0; i < in->opening_count; i++)
		try_opening(t, &in->openings[i]);
	trial_talk(t);
	if (t->faults > 0)
		return err_set(err, ERR_INPUT,
			       _("文件 %s 有 %d 处不合报表，什么都没有导入；"
				 "第一处：%s"),
			       t->name, t->faults, t->first.text);
	return judge_digest(t, err);
}

/* Whose report it is to be: the file's word, or what the caller says. */
static enum err_code find_subject(const struct import_job *job,
				  const struct incoming *in,
				  struct settlement *s, struct err *err)
{
	s->form = forms_get(job->forms, job->form ? job->form : in->form, err);
	if (!s->form)
		return err ? err->code : ERR_INPUT;
	s->unit = job->unit ? job->unit : in->unit.name;
	s->year = job->year ? job->year : in->year;
	if (s->year < YEAR_FIRST || s->year > YEAR_LAST)
		return err_set(err, ERR_INPUT,
			       _("%d 年不在 %d 到 %d 之间，没有导入；请核对"
				 "年度，或用 --year 说明"),
			       s->year, YEAR_FIRST, YEAR_LAST);
	return settle_target(job, s, err);
}

/* One unit under two of its names? */
static bool same_unit(struct store *store, const char *a, const char *b)
{
	struct unit *one, *two;
	bool same = strcmp(a, b) == 0;

	if (same)
		return true;
	one = store_unit_find(store, a);
	two = store_unit_find(store, b);
	same = one && two && one->id == two->id;
	unit_free(one);
	unit_free(two);
	return same;
}

/* The figures and texts for another unit, year or form are another report:
 * nobody signed, sent or explained that one. */
static void begin_anew(const struct import_job *job, struct incoming *in,
		       struct str *said)
{
	const char *form = job->form ? job->form : in->form;
	const char *unit = job->unit ? job->unit : in->unit.name;

	if (strcmp(form, in->form) == 0 &&
	    (!job->year || job->year == in->year) &&
	    same_unit(job->store, unit, in->unit.name))
		return;
	in->row = (struct report_row){ .period = in->row.period,
				       .version = 1,
				       .state = STATE_DRAFT };
	in->signoff_count = in->comment_count = in->explanation_count = 0;
	in->tick_count = in->opening_count = 0;
	str_addf(said,
		 _("* 文件是“%s”%d 年的报告，改作“%s”%d 年的，就是另一份报告："
		   "按起草收下；原来的送审、审签、核准、公布、批注、情况说明"
		   "和上年数都不带过来\n"),
		 in->unit.name, in->year, unit,
		 job->year ? job->year : in->year);
}

static enum err_code import_incoming(const struct import_job *job,
				     struct incoming *in, const char *name,
				     struct str *said, int64_t *id,
				     struct err *err)
{
	struct trial t = {
		.in = in, .name = name, .store = job->store, .said = said
	};
	struct settlement s = { .in = in, .name = name };
	enum err_code code = find_subject(job, in, &s, err);

	if (code != ERR_OK)
		return code;
	begin_anew(job, in, said);
	t.report = report_new(s.form);
	report_set_subject(t.report, s.unit, s.year);
	t.seen = xcalloc(s.form->cell_count + 1, sizeof *t.seen);
	code = try_all(&t, err);
	s.report = t.report;
	if (code == ERR_OK)
		code = settle(job, &s, said, id, err);
	free(t.seen);
	report_free(t.report);
	return code;
}

enum err_code import_file(const struct import_job *job, const char *path,
			  struct str *said, int64_t *id, struct err *err)
{
	struct incoming in = { 0 };
	struct str bytes = { 0 };
	enum err_code code = file_read(path, FILE_LIMIT, &bytes, err);

	*id = 0;
	if (code == ERR_OK)
		code = incoming_read_xml(&in, bytes.s, bytes.len, path, err);
	if (code == ERR_OK)
		code = import_incoming(job, &in, path, said, id, err);
	incoming_free(&in);
	str_free(&bytes);
	return code;
}

int64_t import_known(const struct import_job *job, const char *path)
{
	struct incoming in = { 0 };
	struct str bytes = { 0 };
	struct unit *unit = NULL;
	int64_t id = 0;

	if (file_read(path, FILE_LIMIT, &bytes, NULL) == ERR_OK &&
	    incoming_read_xml(&in, bytes.s, bytes.len, path, NULL) == ERR_OK)
		unit = store_unit_find(job->store,
				       job->unit ? job->unit : in.unit.name);
	if (unit)
		id = store_report_find(job->store, unit->id,
				       job->form ? job->form : in.form,
				       job->year ? job->year : in.year);
	unit_free(unit);
	incoming_free(&in);
	str_free(&bytes);
	return id;
}
