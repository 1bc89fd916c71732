#include "forms/form_load.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/str.h"
#include "core/tr.h"

/* ---- attributes and children ---- */

const char *form_attr(const struct xml_node *n, const char *name,
		      const char *fallback)
{
	const char *s = xml_attr(n, name);

	return s ? s : fallback;
}

const char *form_label(struct loader *l, const struct xml_node *n)
{
	const char *label = form_attr(n, "label", "");

	if (!label[strspn(label, " ")])
		form_fail(l, n, _("label 空着；请写上名称"));
	return label;
}

const char *form_pattern(struct loader *l, const struct xml_node *n,
			 const char *name)
{
	const char *text = form_attr(n, name, NULL);

	if (!text)
		return NULL;
	l->patterns = mem_grow(l->patterns, l->pattern_count, &l->pattern_room,
			       sizeof *l->patterns);
	l->patterns[l->pattern_count++] =
		(struct pattern_def){ text, name, xml_line(n) };
	return text;
}

long form_number(struct loader *l, const struct xml_node *n, const char *name,
		 long fallback)
{
	const char *s = xml_attr(n, name);
	char *end;
	long value;

	if (!s)
		return fallback;
	value = strtol(s, &end, 10);
	if (*end || end == s || value < 0)
		form_fail(l, n, _("%s=\"%s\" 不是不小于 0 的整数"), name, s);
	return value;
}

bool form_yes(const struct xml_node *n, const char *name)
{
	const char *s = xml_attr(n, name);

	return s && strcmp(s, "yes") == 0;
}

size_t form_children(const struct xml_node *n, const char *name)
{
	size_t count = 0;

	for (n = xml_child(n); n; n = xml_next(n))
		count += xml_is(n, name);
	return count;
}

/* Line breaks and indents of the file are one blank at most, none beside a
 * Chinese character. */
static void fold(char *out, const char *s)
{
	char *at = out;

	for (size_t blanks, len; *s; s += len) {
		blanks = strspn(s, "\n\t ");
		s += blanks;
		len = strcspn(s, "\n\t ");
		if (blanks > 0 && len > 0 && at > out &&
		    (unsigned char)*s < 0x80 && (unsigned char)at[-1] < 0x80)
			*at++ = ' ';
		memcpy(at, s, len);
		at += len;
	}
	*at = '\0';
}

const char *form_folded(struct loader *l, const struct xml_node *n)
{
	const char *text = xml_text(l->x, n);
	char *kept;

	if (!text[strcspn(text, "\n\t ")])
		return text;
	kept = form_alloc(l, strlen(text) + 1, 1);
	fold(kept, text);
	return kept;
}

const char *form_child_text(struct loader *l, const struct xml_node *n,
			    const char *name)
{
	const struct xml_node *c = xml_find(n, name);

	return c ? form_folded(l, c) : NULL;
}

struct help form_help(struct loader *l, const struct xml_node *n)
{
	return (struct help){ form_child_text(l, n, "meaning"),
			      form_child_text(l, n, "basis"),
			      form_child_text(l, n, "example"),
			      form_child_text(l, n, "mistake") };
}

const char *const *form_words(struct loader *l, const char *list, char mark,
			      size_t *count)
{
	const char **words;
	char *rest, *word;
	size_t n = 1;

	*count = 0;
	if (!list)
		return NULL;
	for (const char *p = list; *p; p++)
		n += *p == mark;
	words = form_alloc(l, n, sizeof *words);
	rest = form_text(l, list);
	while ((word = strsep(&rest, (char[]){ mark, '\0' })))
		if (*word)
			words[(*count)++] = word;
	return words;
}

const size_t *form_cell_list(struct loader *l, const struct xml_node *n,
			     const char *paths, size_t *count)
{
	const char *const *words = form_words(l, paths, ' ', count);
	size_t *cells = *count ? form_alloc(l, *count, sizeof *cells) : NULL;

	for (size_t i = 0; i < *count; i++)
		cells[i] = form_find_cell(l, n, words[i]);
	return cells;
}

/* What can stand for a value beside the paths of cells. */
#define NAMED_VALUES "unit year site meta.contact"

void form_check_names(struct loader *l, const struct xml_node *n,
		      const char *text, const char *words)
{
	while (text && (text = strchr(text, '{'))) {
		size_t len = strcspn(++text, "{}");
		char *name = xstrndup(text, len);

		if (text[len] != '}')
			form_fail(l, n, _("“{%s”没有配对的“}”"), name);
		else if (!*name || !(form_lists(words, name) ||
				     form_has_cell(l, name) != FORM_NO_CELL))
			form_fail(l, n,
				  _("“{%s}”不是栏目的路径；"
				    "此外可用的有：%s"),
				  name, words);
		free(name);
		text += len;
	}
}

/* ---- fields ---- */

static const struct {
	const char *word;
	enum field_kind kind;
} kinds[] = {
	{ "prose", FIELD_PROSE }, { "line", FIELD_LINE },
	{ "count", FIELD_COUNT }, { "amount", FIELD_AMOUNT },
	{ "date", FIELD_DATE },   { "choice", FIELD_CHOICE },
};

void form_number_kind(struct loader *l, const struct xml_node *n,
		      const char *kind, struct cell_def *cell)
{
	size_t i = 0;

	while (i < sizeof kinds / sizeof *kinds &&
	       strcmp(kinds[i].word, kind) != 0)
		i++;
	if (i == sizeof kinds / sizeof *kinds) {
		form_fail(l, n, _("没有 %s 这种栏目"), kind);
		return;
	}
	cell->kind = kinds[i].kind;
	cell->max = form_number(l, n, "max", 99999999) * NUM_ONE;
	if (cell->kind != FIELD_AMOUNT)
		return;
	cell->decimals = (int)form_number(l, n, "decimals", 4);
	if (cell->decimals > 4)
		form_fail(l, n, _("小数最多 4 位"));
	if (!xml_attr(n, "max"))
		cell->max += NUM_ONE - 1;
}

static void read_choices(struct loader *l, const struct xml_node *n,
			 struct field_def *f)
{
	size_t count = form_children(n, "choice"), i = 0;
	struct choice_def *list = form_alloc(l, count + 1, sizeof *list);

	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, "choice")) {
			list[i].value = form_attr(n, "value", "");
			list[i].label = form_attr(n, "label", list[i].value);
			i++;
		}
	f->choices = list;
	f->choice_count = count;
}

static const struct field_def *read_field(struct loader *l,
					  const struct xml_node *n,
					  const struct section_def *section)
{
	struct field_def *f = form_alloc(l, 1, sizeof *f);
	struct cell_def *cell;

	f->id = form_attr(n, "id", "");
	f->label = form_label(l, n);
	f->brief = form_attr(n, "brief", f->label);
	f->unit = form_attr(n, "unit", NULL);
	f->initials = form_attr(n, "initials", "");
	f->limit = (size_t)form_number(l, n, "limit", 0);
	if (f->limit == 0 && xml_attr(n, "limit"))
		form_fail(l, n,
			  _("limit=\"0\"：一个字也写不下；不限字数就不写 "
			    "limit"));
	f->optional = form_yes(n, "optional");
	f->may_skip = xml_attr(n, "skip-when") != NULL;
	f->help = form_help(l, n);
	read_choices(l, n, f);
	f->cell = l->cell_count;
	cell = form_add_cell(l, n, form_path(l, section->id, f->id, NULL));
	cell->section = section;
	cell->field = f;
	cell->limit = f->limit;
	cell->say = f->label;
	form_number_kind(l, n, form_attr(n, "kind", "line"), cell);
	cell->required = !f->optional && !section->meta;
	cell->allow_na = form_yes(n, "allow-na");
	cell->opening = form_yes(n, "opening");
	f->kind = cell->kind;
	f->decimals = cell->decimals;
	f->printed = f->kind == FIELD_PROSE || f->optional;
	return f;
}

/* ---- items and sentences: second pass ---- */

static const struct {
	const char *word;
	enum item_judge judge;
	const char *needs; /* an attribute */
} judges[] = {
	{ "clerk", ITEM_CLERK, NULL },    { "words", ITEM_WORDS, "words" },
	{ "topic", ITEM_TOPIC, "rules" }, { "filled", ITEM_FILLED, "cells" },
	{ "rules", ITEM_RULES, "rules" },
};

static void read_item(struct loader *l, const struct xml_node *n,
		      const struct section_def *section, struct item_def *item)
{
	const char *judge = form_attr(n, "judge", "clerk");
	size_t i = 0;

	while (i < sizeof judges / sizeof *judges &&
	       strcmp(judges[i].word, judge) != 0)
		i++;
	if (i == sizeof judges / sizeof *judges) {
		form_fail(l, n, _("judge=\"%s\" 不认识"), judge);
		return;
	}
	item->judge = judges[i].judge;
	item->id = form_path(l, section->id, form_attr(n, "id", ""), NULL);
	item->label = form_attr(n, "label", "");
	item->text = form_attr(n, "text", item->label);
	item->basis = form_attr(n, "basis", NULL);
	item->kinds = form_attr(n, "kinds", NULL);
	if (item->judge == ITEM_RULES || item->judge == ITEM_TOPIC)
		item->words = form_words(l, xml_attr(n, "rules"), ' ',
					 &item->word_count);
	else
		item->words = form_words(l, xml_attr(n, "words"), '|',
					 &item->word_count);
	item->cells =
		form_cell_list(l, n, xml_attr(n, "cells"), &item->cell_count);
	if (judges[i].needs && !xml_attr(n, judges[i].needs))
		form_fail(l, n, _("judge=\"%s\" 要写明 %s"), judge,
			  judges[i].needs);
}

static void read_sentence(struct loader *l, const struct xml_node *n,
			  struct sentence_def *s)
{
	s->pattern = form_folded(l, n);
	form_check_names(l, n, s->pattern, NAMED_VALUES);
	s->zero = form_cell_list(l, n, xml_attr(n, "zero"), &s->zero_count);
	s->positive = form_cell_list(l, n, xml_attr(n, "positive"),
				     &s->positive_count);
	s->needs = form_cell_list(l, n, xml_attr(n, "needs"), &s->needs_count);
}

static void resolve_field(struct loader *l, const struct xml_node *n,
			  const struct field_def *field)
{
	struct field_def *f =
		(struct field_def *)(uintptr_t)field; /* our own */

	f->unless = form_cell_list(l, n, xml_attr(n, "skip-when"),
				   &f->unless_count);
}

static void resolve_section(struct loader *l, const struct xml_node *section,
			    struct section_def *s)
{
	size_t items = form_children(section, "item");
	size_t sentences = form_children(section, "sentence");
	struct item_def *item = form_alloc(l, items + 1, sizeof *item);
	struct sentence_def *line = form_alloc(l, sentences + 1, sizeof *line);
	size_t entry = 0;

	s->items = item;
	s->item_count = items;
	s->sentences = line;
	s->sentence_count = sentences;
	s->sentence_silencer = form_child_text(l, section, "silencer");
	for (const struct xml_node *n = xml_child(section); n;
	     n = xml_next(n)) {
		if (xml_is(n, "field"))
			resolve_field(l, n, s->entries[entry++].field);
		else if (xml_is(n, "grid"))
			entry++;
		else if (xml_is(n, "item"))
			read_item(l, n, s, item++);
		else if (xml_is(n, "sentence"))
			read_sentence(l, n, line++);
	}
}

/* ---- sections: first pass ---- */

static void read_entries(struct loader *l, const struct xml_node *section,
			 struct section_def *s)
{
	size_t count = form_children(section, "field") +
		       form_children(section, "grid");
	struct entry_def *e = form_alloc(l, count + 1, sizeof *e);

	s->entries = e;
	s->entry_count = count;
	for (const struct xml_node *n = xml_child(section); n;
	     n = xml_next(n)) {
		if (xml_is(n, "field"))
			(e++)->field = read_field(l, n, s);
		else if (xml_is(n, "grid") && s->grid)
			form_fail(l, n, _("一个部分只能有一张表"));
		else if (xml_is(n, "grid"))
			(e++)->grid = s->grid = form_grid(l, n, s);
	}
}

static void read_section(struct loader *l, const struct xml_node *n,
			 struct section_def *s)
{
	s->meta = xml_is(n, "meta");
	s->id = s->meta ? "meta" : form_attr(n, "id", "");
	s->number = form_attr(n, "number", "");
	s->title = form_attr(n, "title", "");
	s->brief = form_attr(n, "brief", s->title);
	s->guide = form_attr(n, "guide", NULL);
	s->help = form_help(l, n);
	read_entries(l, n, s);
}

static void read_deadlines(struct loader *l, const struct xml_node *root)
{
	size_t count = form_children(root, "deadline");
	struct deadline_def *d = form_alloc(l, count + 1, sizeof *d);

	l->form->deadlines = d;
	l->form->deadline_count = count;
	for (const struct xml_node *n = xml_child(root); n; n = xml_next(n)) {
		if (!xml_is(n, "deadline"))
			continue;
		d->kind = form_attr(n, "kind", "");
		d->publish = strcmp(form_attr(n, "what", ""), "publish") == 0;
		d->month = (int)form_number(l, n, "month", 1);
		d->day = (int)form_number(l, n, "day", 31);
		d->basis = form_attr(n, "basis", "");
		if (d->month < 1 || d->month > 12 || d->day < 1 || d->day > 31)
			form_fail(l, n, _("没有 %d 月 %d 日"), d->month,
				  d->day);
		d++;
	}
}

/* The title's pattern, with | where it may be broken. */
static void read_title(struct loader *l, const char *pattern)
{
	char *whole = form_text(l, pattern), *to = whole;

	l->form->title_pieces =
		form_words(l, pattern, '|', &l->form->title_piece_count);
	for (const char *from = whole; *from; from++)
		if (*from != '|')
			*to++ = *from;
	*to = '\0';
	l->form->title = whole;
}

static void read_lead(struct loader *l, const struct xml_node *n,
		      struct lead_def *lead)
{
	size_t count = form_children(n, "s");
	const char **list = form_alloc(l, count + 1, sizeof *list);

	lead->sentences = list;
	lead->count = count;
	for (n = xml_child(n); n; n = xml_next(n))
		*list++ = form_folded(l, n);
}

static void read_leads(struct loader *l, const struct xml_node *root)
{
	const struct xml_node *n = xml_find(root, "lead");
	size_t count = n ? form_children(n, "p") : 0;
	struct lead_def *list = form_alloc(l, count + 1, sizeof *list);

	l->form->leads = list;
	l->form->lead_count = count;
	for (n = n ? xml_child(n) : NULL; n; n = xml_next(n))
		read_lead(l, n, list++);
}

static bool is_section(const struct xml_node *n)
{
	return xml_is(n, "section") || xml_is(n, "meta");
}

void form_sections(struct loader *l, const struct xml_node *root)
{
	struct form_def *form = l->form;
	struct section_def *s;
	bool meta = false;

	if (!xml_is(root, "form") || !xml_attr(root, "id")) {
		form_fail(l, root, _("根元素应当是 <form id=…>"));
		return;
	}
	form->id = form_attr(root, "id", "");
	form->name = form_attr(root, "name", form->id);
	form->brief = form_attr(root, "brief", form->name);
	form->basis = form_attr(root, "basis", "");
	read_title(l, form_attr(root, "title", form->name));
	read_leads(l, root);
	form->year_from = (int)form_number(l, root, "from", 0);
	form->year_to = (int)form_number(l, root, "to", 0);
	form->body_count = form_children(root, "section");
	form->section_count = form->body_count + form_children(root, "meta");
	s = form_alloc(l, form->section_count + 1, sizeof *s);
	form->sections = s;
	read_deadlines(l, root);
	for (const struct xml_node *n = xml_child(root); n; n = xml_next(n)) {
		if (!is_section(n))
			continue;
		if (meta)
			form_fail(l, n, _("<meta> 只能有一个，排在各部分之后"));
		meta = xml_is(n, "meta");
		s->index = (size_t)(s - form->sections);
		read_section(l, n, s);
		for (const struct section_def *o = form->sections; o < s; o++)
			if (strcmp(o->id, s->id) == 0)
				form_fail(l, n, _("部分 %s 出现了两次"), s->id);
		s++;
	}
}

static void each_grid(struct loader *l, const struct xml_node *root,
		      bool printing)
{
	const struct section_def *s = l->form->sections;

	for (const struct xml_node *n = xml_child(root); n && !l->failed;
	     n = xml_next(n)) {
		const struct xml_node *grid;

		if (!is_section(n))
			continue;
		grid = xml_find(n, "grid");
		if (grid && printing)
			form_grid_print(l, grid,
					(struct grid_def *)(uintptr_t)s->grid);
		else if (grid)
			form_grid_sums(l, grid, s->grid);
		s++;
	}
}

/* The title and the sentences of the lead. */
static void check_patterns(struct loader *l, const struct xml_node *root)
{
	const struct xml_node *lead = xml_find(root, "lead");

	form_check_names(l, root, l->form->title, NAMED_VALUES);
	for (const struct xml_node *p = lead ? xml_child(lead) : NULL; p;
	     p = xml_next(p))
		for (const struct xml_node *s = xml_child(p); s;
		     s = xml_next(s))
			form_check_names(l, s, xml_text(l->x, s), NAMED_VALUES);
}

void form_sections_resolve(struct loader *l, const struct xml_node *root)
{
	struct section_def *s =
		(struct section_def *)(uintptr_t)l->form->sections;

	each_grid(l, root, false);
	each_grid(l, root, true);
	check_patterns(l, root);
	for (const struct xml_node *n = xml_child(root); n && !l->failed;
	     n = xml_next(n))
		if (is_section(n))
			resolve_section(l, n, s++);
}
