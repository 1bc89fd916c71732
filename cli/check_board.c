#include "cli/check_board.h"

#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "export/export.h"

/* ---- counting ---- */

static size_t place_of(const struct board *b, const char *id)
{
	size_t i = 0;

	while (i < b->rule_count && strcmp(b->rules[i].rule->id, id) != 0)
		i++;
	return i;
}

void board_form(struct board *b, const struct form_def *form)
{
	for (size_t i = 0; i < form->rule_count; i++) {
		if (place_of(b, form->rules[i].id) < b->rule_count)
			continue;
		b->rules = xreallocarray(b->rules, b->rule_count + 1,
					 sizeof *b->rules);
		b->rules[b->rule_count++] =
			(struct board_rule){ &form->rules[i], 0, 0 };
	}
}

static void keep_finding(struct board *b, const struct report_row *row,
			 const struct finding *f)
{
	struct matrix *m = &b->findings;

	matrix_addf(m, "%lld", (long long)row->id);
	matrix_add(m, xstrdup(row->unit));
	matrix_add(m, xstrdup(severity_label(f->severity)));
	matrix_add(m, xstrdup(f->rule->id));
	matrix_add(m, xstrdup(f->rule->title));
	matrix_add(m, xstrdup(f->where ? f->where : ""));
	matrix_add(m, xstrdup(f->full ? f->full : f->brief));
	matrix_add(m, xstrdup(f->explanation ? f->explanation : ""));
}

static void keep_heads(struct matrix *m)
{
	static const char *const heads[] = { N_("编号"), N_("单位"),
					     N_("程度"), N_("规则"),
					     N_("名称"), N_("位置"),
					     N_("问题"), N_("情况说明") };

	m->name = _("问题");
	m->columns = sizeof heads / sizeof *heads;
	for (size_t i = 0; i < m->columns; i++)
		matrix_add(m, xstrdup(_(heads[i])));
}

void board_add(struct board *b, const struct report_row *row,
	       const struct findings *f)
{
	struct board_line *line;

	b->lines = xreallocarray(b->lines, b->count + 1, sizeof *b->lines);
	line = &b->lines[b->count++];
	*line = (struct board_line){ .row = row };
	line->rules = xcalloc(b->rule_count + 1, sizeof *line->rules);
	findings_count(f, line->count, &line->open);
	if (b->keeps && !b->findings.columns)
		keep_heads(&b->findings);
	for (size_t i = 0; i < f->count; i++) {
		size_t at = place_of(b, f->list[i].rule->id);

		b->rules[at].findings++;
		b->rules[at].reports += !line->rules[at]++;
		if (b->keeps)
			keep_finding(b, row, &f->list[i]);
	}
	b->hard += line->count[SEVERITY_HARD] > 0;
	b->soft += !line->count[SEVERITY_HARD] && line->open > 0;
	b->clean += !line->count[SEVERITY_HARD] && !line->open;
}

void board_free(struct board *b)
{
	for (size_t i = 0; i < b->count; i++)
		free(b->lines[i].rules);
	free(b->lines);
	free(b->rules);
	matrix_free(&b->findings);
}

/* ---- text ---- */

static void add_blanks(struct str *out, int n)
{
	while (n-- > 0)
		str_addc(out, ' ');
}

static void add_cell(struct str *out, const char *text, int cells)
{
	str_add(out, text);
	add_blanks(out, cells - text_cells(text, strlen(text)) + 2);
}

/* 须改2 说明3（未说明1） 提示4  N1A N7x3 */
static void text_line(const struct board *b, const struct board_line *line,
		      struct str *out)
{
	enum {
		STATE_CELLS = 8
	};

	str_addf(out, "%6lld  ", (long long)line->row->id);
	add_cell(out, line->row->unit, b->name_cells);
	add_cell(out, state_label(line->row->state), STATE_CELLS);
	str_addf(out, _("须改%3d  说明%3d（未说明%3d）  提示%3d "),
		 line->count[SEVERITY_HARD], line->count[SEVERITY_SOFT],
		 line->open, line->count[SEVERITY_HINT]);
	for (size_t i = 0; i < b->rule_count; i++) {
		const struct rule_def *r = b->rules[i].rule;

		if (!line->rules[i] || r->severity == SEVERITY_HINT)
			continue;
		str_addf(out, " %s", r->id);
		if (line->rules[i] > 1)
			str_addf(out, "x%u", line->rules[i]);
	}
	str_addc(out, '\n');
}

static void add_totals(const struct board *b, struct str *out)
{
	str_addf(out,
		 _("共 %zu 份报告：有必须改正的 %zu 份，还有没说明的 %zu 份，"
		   "其余 %zu 份"),
		 b->count + b->unread, b->hard, b->soft, b->clean);
	if (b->unread)
		str_addf(out, _("，读不出、没有检查的 %zu 份"), b->unread);
	str_addc(out, '\n');
}

void board_totals(const struct board *b, FILE *to)
{
	struct str line = { 0 };

	add_totals(b, &line);
	fputs(line.s, to);
	str_free(&line);
}

static enum err_code text_end(struct board *b, struct str *out, struct err *err)
{
	(void)err;
	str_addc(out, '\n');
	add_totals(b, out);
	str_addc(out, '\n');
	for (size_t i = 0; i < b->rule_count; i++) {
		const struct board_rule *r = &b->rules[i];

		if (!r->findings)
			continue;
		add_cell(out, r->rule->id, 5);
		add_cell(out, severity_label(r->rule->severity), 8);
		str_addf(out, _("%6zu 份 %6zu 处  %s\n"), r->reports,
			 r->findings, r->rule->title);
	}
	return ERR_OK;
}

/* ---- tsv: a column a rule ---- */

static enum err_code tsv_end(struct board *b, struct str *out, struct err *err)
{
	(void)err;
	str_add(out, "id\tunit\tyear\tstate\thard\tsoft\tunexplained\thint");
	for (size_t i = 0; i < b->rule_count; i++)
		str_addf(out, "\t%s", b->rules[i].rule->id);
	str_addc(out, '\n');
	for (size_t i = 0; i < b->count; i++) {
		const struct board_line *l = &b->lines[i];

		str_addf(out, "%lld\t", (long long)l->row->id);
		str_escape(out, l->row->unit);
		str_addf(out, "\t%ld\t%s\t%d\t%d\t%d\t%d", b->year,
			 state_word(l->row->state), l->count[SEVERITY_HARD],
			 l->count[SEVERITY_SOFT], l->open,
			 l->count[SEVERITY_HINT]);
		for (size_t k = 0; k < b->rule_count; k++)
			str_addf(out, "\t%u", l->rules[k]);
		str_addc(out, '\n');
	}
	return ERR_OK;
}

/* ---- json ---- */

static void json_line(const struct board *b, const struct board_line *l,
		      struct str *out)
{
	size_t n = 0;

	str_addf(out, "  {\"id\": %lld, \"unit\": ", (long long)l->row->id);
	json_add_string(out, l->row->unit);
	str_addf(out,
		 ", \"state\": \"%s\", \"hard\": %d, \"soft\": %d, "
		 "\"unexplained\": %d, \"hint\": %d, \"rules\": {",
		 state_word(l->row->state), l->count[SEVERITY_HARD],
		 l->count[SEVERITY_SOFT], l->open, l->count[SEVERITY_HINT]);
	for (size_t i = 0; i < b->rule_count; i++) {
		if (!l->rules[i])
			continue;
		str_add(out, n++ ? ", " : "");
		json_add_string(out, b->rules[i].rule->id);
		str_addf(out, ": %u", l->rules[i]);
	}
	str_add(out, "}}");
}

static void json_rule(const struct board_rule *r, struct str *out)
{
	str_add(out, "  {\"rule\": ");
	json_add_string(out, r->rule->id);
	str_addf(out, ", \"severity\": \"%s\", \"title\": ",
		 severity_word(r->rule->severity));
	json_add_string(out, r->rule->title);
	str_addf(out, ", \"reports\": %zu, \"findings\": %zu}", r->reports,
		 r->findings);
}

static enum err_code json_end(struct board *b, struct str *out, struct err *err)
{
	size_t n = 0;

	(void)err;
	str_addf(out,
		 "{\"year\": %ld, \"count\": %zu, \"hard\": %zu, "
		 "\"unexplained\": %zu, \"clean\": %zu, \"unread\": %zu,\n"
		 " \"reports\": [",
		 b->year, b->count, b->hard, b->soft, b->clean, b->unread);
	for (size_t i = 0; i < b->count; i++) {
		str_add(out, i ? ",\n" : "\n");
		json_line(b, &b->lines[i], out);
	}
	str_add(out, "],\n \"rules\": [");
	for (size_t i = 0; i < b->rule_count; i++) {
		if (!b->rules[i].findings)
			continue;
		str_add(out, n++ ? ",\n" : "\n");
		json_rule(&b->rules[i], out);
	}
	str_add(out, "]}\n");
	return ERR_OK;
}

/* ---- xlsx ---- */

#ifdef HAVE_XLSX
static void add_heads(struct matrix *m, const char *const *heads, size_t count)
{
	for (size_t i = 0; i < count; i++)
		matrix_add(m, xstrdup(_(heads[i])));
}

/* Only the rules that were met: else most of the sheet is empty. */
static void fill_units(const struct board *b, struct matrix *m)
{
	static const char *const heads[] = { N_("编号"),     N_("单位"),
					     N_("状态"),     N_("必须改正"),
					     N_("需作说明"), N_("未说明"),
					     N_("提示") };
	enum {
		HEADS = sizeof heads / sizeof *heads
	};

	m->name = _("单位");
	add_heads(m, heads, HEADS);
	for (size_t i = 0; i < b->rule_count; i++)
		if (b->rules[i].findings)
			matrix_add(m, xstrdup(b->rules[i].rule->id));
	m->columns = m->count;
	for (size_t i = 0; i < b->count; i++) {
		const struct board_line *l = &b->lines[i];

		matrix_addf(m, "%lld", (long long)l->row->id);
		matrix_add(m, xstrdup(l->row->unit));
		matrix_add(m, xstrdup(state_label(l->row->state)));
		matrix_addf(m, "%d", l->count[SEVERITY_HARD]);
		matrix_addf(m, "%d", l->count[SEVERITY_SOFT]);
		matrix_addf(m, "%d", l->open);
		matrix_addf(m, "%d", l->count[SEVERITY_HINT]);
		for (size_t k = 0; k < b->rule_count; k++)
			if (b->rules[k].findings)
				matrix_add(m, l->rules[k]
						      ? str_printf("%u",
								   l->rules[k])
						      : xstrdup(""));
	}
}

static void fill_rules(const struct board *b, struct matrix *m)
{
	static const char *const heads[] = { N_("规则"), N_("程度"), N_("名称"),
					     N_("报告数"), N_("问题数") };

	m->name = _("规则");
	m->columns = sizeof heads / sizeof *heads;
	add_heads(m, heads, m->columns);
	for (size_t i = 0; i < b->rule_count; i++) {
		const struct board_rule *r = &b->rules[i];

		if (!r->findings)
			continue;
		matrix_add(m, xstrdup(r->rule->id));
		matrix_add(m, xstrdup(severity_label(r->rule->severity)));
		matrix_add(m, xstrdup(r->rule->title));
		matrix_addf(m, "%zu", r->reports);
		matrix_addf(m, "%zu", r->findings);
	}
}

static enum err_code xlsx_end(struct board *b, struct str *out, struct err *err)
{
	struct matrix sheets[3] = { { 0 }, { 0 }, b->findings };
	enum err_code code;

	if (!sheets[2].columns)
		keep_heads(&b->findings);
	sheets[2] = b->findings;
	fill_units(b, &sheets[0]);
	fill_rules(b, &sheets[1]);
	code = matrix_xlsx(sheets, 3, out, err);
	matrix_free(&sheets[0]);
	matrix_free(&sheets[1]);
	return code;
}
#endif

static const struct board_format formats[] = {
	{ "text", text_line, text_end },
	{ "tsv", NULL, tsv_end },
	{ "json", NULL, json_end },
#ifdef HAVE_XLSX
	{ "xlsx", NULL, xlsx_end },
#endif
};

const struct board_format *board_format(const char *name, struct err *err)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	if (strcmp(name, "xlsx") == 0)
		exporter_find(name, err); /* says why there is none */
	else
		err_set(err, ERR_INPUT,
			_("没有“%s”这种格式；可用 text tsv json xlsx"), name);
	return NULL;
}
