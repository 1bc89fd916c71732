#include "tui/manner.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "tui/dialog.h"

/* ---- what ---- */

/* The same format in another way: a line of its own in the list. */
static const struct variant {
	const char *format, *label;
	size_t flag; /* in struct export_options */
} variants[] = {
	{ "text", N_("纯文本，表格用制表符（贴进邮件）"),
	  offsetof(struct export_options, tabs) },
	{ "html", N_("网页片段（贴进网站后台）"),
	  offsetof(struct export_options, fragment) },
	{ "xlsx", N_("空白填报表（XLSX，给没有本程序的单位）"),
	  offsetof(struct export_options, blank) },
};

enum {
	VARIANTS = sizeof variants / sizeof *variants,
	LINES_MAX = 32,
};

struct line {
	const struct exporter *format;
	const struct variant *variant; /* or NULL */
};

static size_t add_variants(const struct exporter *e, struct line *lines,
			   size_t n)
{
	for (size_t i = 0; i < VARIANTS && n < LINES_MAX; i++)
		if (strcmp(variants[i].format, e->name) == 0)
			lines[n++] = (struct line){ e, &variants[i] };
	return n;
}

/* PDF only where there is something that makes it. */
static size_t list_formats(struct line *lines)
{
	size_t count, n = 0;
	const struct exporter *table = exporters(&count);

	for (size_t i = 0; i < count && n < LINES_MAX; i++) {
		if (strcmp(table[i].name, "pdf") == 0 && !pdf_ready())
			continue;
		lines[n++] = (struct line){ &table[i], NULL };
		n = add_variants(&table[i], lines, n);
	}
	return n;
}

/* A bare rectangle is of one table. */
static bool ask_table(struct app *app, struct manner *m)
{
	const struct form_def *form = draft_form(app->draft);
	const char *names[LINES_MAX], *ids[LINES_MAX];
	size_t n = 0;
	int chosen;

	for (size_t i = 0; i < form->body_count && n < LINES_MAX; i++)
		if (form->sections[i].grid) {
			names[n] = form->sections[i].title;
			ids[n++] = form->sections[i].id;
		}
	chosen = dialog_choose(app, _("导出哪张表"), names, n, 0);
	if (chosen >= 0)
		m->options.table = ids[chosen];
	return chosen >= 0;
}

bool manner_format(struct app *app, struct manner *m)
{
	struct line lines[LINES_MAX];
	const char *labels[LINES_MAX];
	size_t n = list_formats(lines);
	const struct variant *v;
	int chosen;

	for (size_t i = 0; i < n; i++)
		labels[i] = _(lines[i].variant ? lines[i].variant->label
					       : lines[i].format->label);
	chosen = dialog_choose(app, _("导出成什么格式"), labels, n, 0);
	if (chosen < 0)
		return false;
	m->format = lines[chosen].format;
	v = lines[chosen].variant;
	if (v)
		*(bool *)((char *)&m->options + v->flag) = true;
	export_manner(app->draft, &m->unit);
	return strcmp(m->format->name, "tsv") != 0 || ask_table(app, m);
}

/* ---- how ---- */

#define NO_MEMBER ((size_t)-1)

enum {
	VALUES = 4, /* that a choice has at most */
	SHEET_LAST = 1,
	SHEET_ONLY,
};

/* The first value is the one that stands where nothing was said; what is none
 * of them is the unit's own. */
static const struct choice {
	const char *label;
	const char *formats; /* that have it, between blanks */
	size_t member;       /* of export_options, a text; none: the sheet */
	size_t unit;         /* of export_manner; none: not kept */
	struct {
		const char *word, *label;
	} values[VALUES];
} choices[] = {
	{ N_("版式"),
	  " docx flatopc pdf ",
	  offsetof(struct export_options, layout),
	  offsetof(struct export_manner, layout),
	  { { "gbt9704", N_("公文格式（GB/T 9704）") },
	    { "template", N_("官方模板的版面（宋体）") } } },
	{ N_("字体"),
	  " docx flatopc pdf html ",
	  offsetof(struct export_options, fonts),
	  offsetof(struct export_manner, fonts),
	  { { "gb2312", N_("仿宋_GB2312、楷体_GB2312、方正小标宋简体") },
	    { "gbk", N_("方正仿宋_GBK、方正小标宋_GBK（麒麟、统信）") },
	    { "windows", N_("仿宋、楷体、华文中宋（Windows 自带）") } } },
	{ N_("没写前言时"),
	  " docx flatopc pdf html text ",
	  offsetof(struct export_options, lead),
	  offsetof(struct export_manner, lead),
	  { { "no", N_("不印前言") }, { "yes", N_("自动写一段") } } },
	{ N_("署名和日期"),
	  " docx flatopc pdf html text ",
	  offsetof(struct export_options, signature),
	  offsetof(struct export_manner, signature),
	  { { "date", N_("文末只印日期") },
	    { "end", N_("都印在文末") },
	    { "title", N_("都印在标题下") } } },
	{ N_("审签单"),
	  " docx flatopc pdf html text ",
	  NO_MEMBER,
	  NO_MEMBER,
	  { { "", N_("不附") },
	    { "", N_("末页附上") },
	    { "", N_("只要审签单") } } },
	{ N_("编码"),
	  " text ",
	  offsetof(struct export_options, encoding),
	  NO_MEMBER,
	  { { "utf-8", N_("UTF-8") }, { "gb18030", N_("GB18030") } } },
};

enum {
	CHOICES = sizeof choices / sizeof *choices,
};

static bool has(const struct manner *m, const struct choice *c)
{
	char *word = str_printf(" %s ", m->format->name);
	bool found = strstr(c->formats, word) != NULL;

	free(word);
	return found;
}

static size_t count_values(const struct choice *c)
{
	size_t n = 0;

	while (n < VALUES && c->values[n].label)
		n++;
	return n;
}

/* The unit's word for it, or NULL. */
static const char *kept(const struct manner *m, const struct choice *c)
{
	return c->unit == NO_MEMBER
		       ? NULL
		       : *(char *const *)((const char *)&m->unit + c->unit);
}

/* Where the unit's word stands among the values; behind them: its own. */
static size_t start_of(const struct manner *m, const struct choice *c)
{
	const char *word = kept(m, c);
	size_t n = count_values(c), i = 0;

	while (word && *word && i < n && strcmp(c->values[i].word, word) != 0)
		i++;
	return i;
}

static char *say(const struct manner *m, const struct choice *c, size_t at)
{
	return str_printf(_("%s：%s"), _(c->label),
			  at < count_values(c) ? _(c->values[at].label)
					       : kept(m, c));
}

/* After the last comes the first again, the unit's own one between them. */
static size_t next_of(const struct manner *m, const struct choice *c, size_t at)
{
	size_t n = count_values(c);
	bool own = start_of(m, c) == n;

	return (at + 1) % (n + own);
}

static void take(struct manner *m, const struct choice *c, size_t at)
{
	if (c->member == NO_MEMBER) {
		m->options.sheet = at == SHEET_LAST;
		m->options.sheet_only = at == SHEET_ONLY;
	} else if (at != start_of(m, c)) {
		*(const char **)((char *)&m->options + c->member) =
			c->values[at].word;
		m->remembered = m->remembered || c->unit != NO_MEMBER;
	}
}

/* The first line, as wide as the widest that may come: the box never jumps. */
static char *first_line(const struct manner *m,
			const struct choice *const *mine, size_t count)
{
	struct str line = { 0 };
	int widest = 0, cells;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count_values(mine[i]); k++) {
			char *text = say(m, mine[i], k);

			cells = text_cells(text, strlen(text));
			widest = cells > widest ? cells : widest;
			free(text);
		}
	str_add(&line, _("就这样导出（改过的，本单位以后照此）"));
	for (cells = text_cells(line.s, line.len); cells < widest; cells++)
		str_addc(&line, ' ');
	return str_steal(&line);
}

/* Enter on a choice shows its next value, on the first line goes on. */
static bool turn(struct app *app, const struct manner *m,
		 const struct choice *const *mine, size_t count, size_t *at)
{
	int line = 0;

	for (;;) {
		char *lines[CHOICES + 1] = { first_line(m, mine, count) };

		for (size_t i = 0; i < count; i++)
			lines[i + 1] = say(m, mine[i], at[i]);
		line = dialog_choose(app, _("印成什么样（Enter 换一种）"),
				     (const char *const *)lines, count + 1,
				     (size_t)line);
		for (size_t i = 0; i <= count; i++)
			free(lines[i]);
		if (line <= 0)
			return line == 0;
		at[line - 1] = next_of(m, mine[line - 1], at[line - 1]);
	}
}

/* What is printed in another way has no choices: the figures alone. */
bool manner_choices(struct app *app, struct manner *m)
{
	const struct choice *mine[CHOICES];
	size_t at[CHOICES], n = 0;

	for (size_t i = 0; i < CHOICES; i++)
		if (has(m, &choices[i])) {
			mine[n] = &choices[i];
			at[n++] = start_of(m, &choices[i]);
		}
	if (n == 0)
		return true;
	if (!turn(app, m, mine, n, at))
		return false;
	for (size_t i = 0; i < n; i++)
		take(m, mine[i], at[i]);
	return true;
}

void manner_free(struct manner *m)
{
	export_manner_free(&m->unit);
}
