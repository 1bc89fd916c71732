#include "forms/form.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/schema.h"
#include "core/tr.h"
#include "forms/form_load.h"
#include "forms/known.h"

enum {
	CHUNK = 32768,
	FORM_CAP = 8 << 20
};

/* The arena: chunks in a list; an entry of the index of paths. */
struct chunk {
	struct chunk *next;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

void *form_alloc(struct loader *l, size_t n, size_t size)
{
	struct chunk *c = l->form->arena;
	size_t want = (n * size + 15) & ~(size_t)15;
	void *p;

	if (!c || c->size - c->used < want) {
		size_t room = want > CHUNK ? want : CHUNK;

		c = xcalloc(1, sizeof *c + room);
		c->size = room;
		c->next = l->form->arena;
		l->form->arena = c;
	}
	p = c->bytes + c->used;
	c->used += want;
	return p;
}

char *form_text(struct loader *l, const char *s)
{
	size_t len = s ? strlen(s) : 0;

	return s ? memcpy(form_alloc(l, len + 1, 1), s, len + 1) : NULL;
}

/* The pieces one behind the other: a form has thousands. */
static char *joined(struct loader *l, const char *const *pieces, size_t count)
{
	size_t len = 1;
	char *s, *at;

	for (size_t i = 0; i < count; i++)
		len += strlen(pieces[i]);
	at = s = form_alloc(l, len, 1);
	for (size_t i = 0; i < count; i++)
		at = stpcpy(at, pieces[i]);
	return s;
}

char *form_join(struct loader *l, const char *a, const char *b, const char *c)
{
	return joined(l, (const char *[]){ a, b, c }, 3);
}

const char *form_path(struct loader *l, const char *a, const char *b,
		      const char *c)
{
	return joined(l, (const char *[]){ a, ".", b, ".", c ? c : "" },
		      c ? 5 : 3);
}

void form_fail(struct loader *l, const struct xml_node *n, const char *fmt, ...)
{
	char why[300];
	va_list ap;

	if (l->failed)
		return;
	l->failed = true;
	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	err_set(l->err, ERR_FORM, "%s:%d：%s", l->file, n ? xml_line(n) : 0,
		why);
}

/* ---- cells while loading ---- */

/* Twice as many slots as there are cells, or more. */
static void grow_index(struct loader *l)
{
	if (l->cell_count * 2 < l->slot_count)
		return;
	l->slot_count = l->slot_count ? l->slot_count * 2 : 1024;
	free(l->slots);
	l->slots = xcalloc(l->slot_count, sizeof *l->slots);
	for (size_t i = 0; i < l->cell_count; i++)
		l->slots[form_slot(l->slots, l->slot_count, l->cells,
				   l->cells[i].path)] = i + 1;
}

size_t form_has_cell(const struct loader *l, const char *path)
{
	size_t at;

	if (!l->slot_count)
		return FORM_NO_CELL;
	at = form_slot(l->slots, l->slot_count, l->cells, path);
	return l->slots[at] ? l->slots[at] - 1 : FORM_NO_CELL;
}

struct cell_def *form_add_cell(struct loader *l, const struct xml_node *n,
			       const char *path)
{
	size_t at;

	grow_index(l);
	at = form_slot(l->slots, l->slot_count, l->cells, path);
	if (l->slots[at])
		form_fail(l, n, _("路径 %s 出现了两次"), path);
	l->slots[at] = l->cell_count + 1;
	l->cells = mem_grow(l->cells, l->cell_count, &l->cell_room,
			    sizeof *l->cells);
	l->cells[l->cell_count] = (struct cell_def){
		.path = path,
		.carried_from = FORM_NO_CELL,
	};
	return &l->cells[l->cell_count++];
}

size_t form_find_cell(struct loader *l, const struct xml_node *n,
		      const char *path)
{
	size_t i = form_has_cell(l, path);

	if (i == FORM_NO_CELL)
		form_fail(l, n, _("没有路径为 %s 的栏目"), path);
	return i;
}

/* ---- sums must not go round in a circle ---- */

static bool reaches(struct loader *l, size_t cell, char *mark)
{
	const struct cell_def *c = &l->cells[cell];

	if (mark[cell])
		return mark[cell] == 1;
	mark[cell] = 1;
	for (size_t i = 0; i < c->part_count; i++)
		if (reaches(l, c->parts[i].cell, mark))
			return true;
	mark[cell] = 2;
	return false;
}

static void refuse_loops(struct loader *l, const struct xml_node *root)
{
	char *mark = xcalloc(l->cell_count, 1);

	for (size_t i = 0; i < l->cell_count && !l->failed; i++)
		if (reaches(l, i, mark))
			form_fail(l, root,
				  _("合计绕成了圈：%s 把自己也加了进去"),
				  l->cells[i].path);
	free(mark);
}

static void keep_cells(struct loader *l)
{
	struct cell_def *kept = form_alloc(l, l->cell_count + 1, sizeof *kept);
	size_t *slots;

	if (l->cell_count)
		memcpy(kept, l->cells, l->cell_count * sizeof *kept);
	l->form->cells = kept;
	l->form->cell_count = l->cell_count;
	slots = form_alloc(l, l->slot_count, sizeof *slots);
	memcpy(slots, l->slots, l->slot_count * sizeof *slots);
	l->form->slots = slots;
	l->form->slot_count = l->slot_count;
}

static void keep_patterns(struct loader *l)
{
	struct pattern_def *kept =
		form_alloc(l, l->pattern_count + 1, sizeof *kept);

	if (l->pattern_count)
		memcpy(kept, l->patterns, l->pattern_count * sizeof *kept);
	l->form->patterns = kept;
	l->form->pattern_count = l->pattern_count;
}

static void load(struct loader *l)
{
	const struct xml_node *root = xml_root(l->x);

	form_sections(l, root);
	if (!l->failed)
		form_sections_resolve(l, root);
	if (!l->failed)
		refuse_loops(l, root);
	if (l->failed)
		return;
	grow_index(l);
	keep_cells(l);
	form_claims(l, root);
	form_rules(l, root);
	keep_patterns(l);
}

/* By the schema beside the forms: what it refuses would be passed over. */
static bool by_schema(const struct loader *l, const struct str *bytes)
{
	char *schema = forms_data_path("form.rng");
	enum err_code code;

	if (!schema) {
		err_set(l->err, ERR_FORM,
			_("找不到报表定义的格式说明 form.rng；请重新安装"));
		return false;
	}
	code = schema_check(bytes->s, bytes->len, l->file, schema, ERR_FORM,
			    l->err);
	free(schema);
	return code == ERR_OK;
}

/* One that came with the program, as it was built in: make check has put it
 * through the schema.  NULL: another one. */
static struct xml *built_in(const struct str *bytes)
{
	char hex[DIGEST_TEXT];

	digest_sha256(bytes->s, bytes->len, hex);
	for (size_t i = 0; i < sizeof known_forms / sizeof *known_forms; i++)
		if (strcmp(known_forms[i].digest, hex) == 0)
			return xml_of_image(known_forms[i].image,
					    known_forms[i].size);
	return NULL;
}

static unsigned loads;

unsigned form_loads(void)
{
	return loads;
}

static struct xml *from_outside(const struct loader *l, const struct str *bytes)
{
	struct xml *x = xml_parse(bytes->s, bytes->len, l->file, l->err);

	if (x && by_schema(l, bytes))
		return x;
	xml_free(x);
	return NULL;
}

/* The parsed file, if it is by the schema; *known: it is one of ours. */
static struct xml *read_form(struct loader *l, bool *known)
{
	struct str bytes = { 0 };
	struct xml *x = NULL;

	if (file_read(l->file, FORM_CAP, &bytes, l->err) == ERR_OK) {
		x = built_in(&bytes);
		*known = x != NULL;
		if (!x)
			x = from_outside(l, &bytes);
	}
	if (!x && l->err)
		l->err->code = ERR_FORM;
	str_free(&bytes);
	return x;
}

struct form_def *form_load(const char *path, struct err *err)
{
	struct loader l = { .file = path, .err = err };
	bool known = false;

	loads++;
	l.x = read_form(&l, &known);
	if (!l.x)
		return NULL;
	l.form = xcalloc(1, sizeof *l.form);
	l.form->document = l.x;
	l.form->file = form_text(&l, path);
	l.form->known = known;
	load(&l);
	free(l.cells);
	free(l.slots);
	free(l.patterns);
	if (!l.failed)
		return l.form;
	form_free(l.form);
	return NULL;
}

void form_free(struct form_def *form)
{
	if (!form)
		return;
	for (struct chunk *c = form->arena, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	xml_free(form->document);
	free(form);
}
