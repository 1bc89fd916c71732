/* Q5: a paragraph that was pasted twice. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/lint_prose.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	LEAST = 30, /* characters; a short line may come again */
	QUOTED = 40 /* cells of it */
};

/* A paragraph without the blanks around it; `at` bytes into the cell's text. */
struct piece {
	const char *text;
	size_t len, at;
};

static const char wide[] = "　";

static size_t blank_before(const struct piece *p)
{
	const size_t n = strlen(wide);

	if (p->len >= n && memcmp(p->text, wide, n) == 0)
		return n;
	return p->len > 0 && (unsigned char)*p->text <= ' ';
}

static size_t blank_behind(const struct piece *p)
{
	const size_t n = strlen(wide);

	if (p->len >= n && memcmp(p->text + p->len - n, wide, n) == 0)
		return n;
	return p->len > 0 && (unsigned char)p->text[p->len - 1] <= ' ';
}

static struct piece piece_of(const struct place *place)
{
	struct piece p = { place->text, place->len, place->at };

	for (size_t n; (n = blank_before(&p)) > 0;)
		p = (struct piece){ p.text + n, p.len - n, p.at + n };
	for (size_t n; (n = blank_behind(&p)) > 0;)
		p.len -= n;
	return p;
}

static bool is_long(const struct piece *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->len && n < LEAST; i++)
		n += ((unsigned char)p->text[i] & 0xc0) != 0x80;
	return n >= LEAST;
}

static bool alike(const struct piece *a, const struct piece *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* Those that are alike come together, in the order of the text. */
static int compare(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	int order;

	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	order = memcmp(x->text, y->text, x->len);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static struct piece *long_pieces(const struct job *job, size_t cell,
				 size_t *count)
{
	size_t n;
	const struct place *places =
		prose_cell(report_prose(job->now), job->now, cell, &n);
	struct piece *list;

	*count = 0;
	if (n < 2)
		return NULL;
	list = xcalloc(n, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		struct piece p = piece_of(&places[i]);

		if (is_long(&p))
			list[(*count)++] = p;
	}
	qsort(list, *count, sizeof *list, compare);
	return list;
}

/* "第5段和第2段一字不差：“全年新收…”，这样多出来的共3段" */
static char *brief_of(const char *text, const struct piece *was,
		      const struct piece *again, size_t count)
{
	struct str out = { 0 };
	int used;
	size_t fit = text_fit(again->text, again->len, QUOTED, &used);

	str_addf(&out, _("第%zu段和第%zu段一字不差：“%.*s%s”"),
		 lint_paragraph(text, again->at), lint_paragraph(text, was->at),
		 (int)fit, again->text, fit < again->len ? "…" : "");
	if (count > 1)
		str_addf(&out, _("，这样多出来的共%zu段"), count);
	return str_steal(&out);
}

static void add_finding(const struct job *job, size_t cell,
			const struct piece *was, const struct piece *again,
			size_t count)
{
	const struct cell_def *def = &job->form->cells[cell];
	const struct message_values values = { "", count };
	char *brief = brief_of(lint_text(job, cell), was, again, count);
	struct finding *f =
		lint_add(job, def->section, lint_place(def), "{match}", &values,
			 _("多半是粘贴时贴了两遍，请删去一段。"));
	struct str facts = { 0 };

	f->severity = SEVERITY_SOFT;
	finding_cell(f, cell);
	f->offset = again->at;
	f->extent = again->len;
	str_addf(&facts, "%zu %.*s", count, (int)again->len, again->text);
	lint_facts(f, &facts);
	lint_reword(f, brief);
}

/* The copies of a text are one finding, at the first of them. */
void lint_twice(const struct job *job, size_t cell)
{
	size_t n, copies = 0;
	struct piece *list = long_pieces(job, cell, &n);
	const struct piece *was = NULL, *first = NULL, *again = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!was || !alike(was, &list[i])) {
			was = &list[i];
			continue;
		}
		copies++;
		if (!again || list[i].at < again->at) {
			again = &list[i];
			first = was;
		}
	}
	if (again)
		add_finding(job, cell, first, again, copies);
	free(list);
}
