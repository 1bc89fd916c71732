/* The set of forms at hand, and how a form's parts are found. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/str.h"
#include "core/tr.h"
#include "forms/form.h"
#include "forms/form_load.h"

struct forms {
	struct form_def **list;
	size_t count, room;
	char **ids; /* ended by NULL */
	size_t id_count, id_room;
};

/* ---- finding in a form ---- */

/* FNV-1a. */
static size_t hash(const char *s)
{
	size_t h = 2166136261u;

	for (; *s; s++)
		h = ((h ^ (unsigned char)*s) * 16777619u) & 0xffffffffu;
	return h;
}

size_t form_slot(const size_t *slots, size_t count,
		 const struct cell_def *cells, const char *path)
{
	size_t at = hash(path) & (count - 1);

	while (slots[at] && strcmp(cells[slots[at] - 1].path, path) != 0)
		at = (at + 1) & (count - 1);
	return at;
}

size_t form_cell(const struct form_def *form, const char *path)
{
	size_t at = form_slot(form->slots, form->slot_count, form->cells, path);

	return form->slots[at] ? form->slots[at] - 1 : FORM_NO_CELL;
}

static bool adds(const struct form_def *form, size_t whole, size_t part)
{
	const struct cell_def *def = &form->cells[whole];

	for (size_t i = 0; i < def->part_count; i++)
		if (def->parts[i].cell == part ||
		    adds(form, def->parts[i].cell, part))
			return true;
	return false;
}

/* The cell of the row in a column that is typed, or `cell`. */
static size_t typed_beside(const struct form_def *form, size_t cell)
{
	const struct cell_def *def = &form->cells[cell];

	for (size_t i = 0; def->row && i < form->cell_count; i++)
		if (form->cells[i].row == def->row && form->cells[i].column &&
		    !form->cells[i].column->sum)
			return i;
	return cell;
}

/* Of a sum like 不予公开: are all that it adds up? */
static bool adds_all(const struct form_def *form, size_t whole, size_t part)
{
	const struct cell_def *def = &form->cells[part];

	for (size_t i = 0; i < def->part_count; i++)
		if (!form_adds(form, whole, def->parts[i].cell))
			return false;
	return def->part_count > 0;
}

static bool is_row_total(const struct cell_def *cell)
{
	return cell->column && cell->column->sum;
}

bool form_adds(const struct form_def *form, size_t whole, size_t part)
{
	const struct cell_def *w = &form->cells[whole];
	const struct cell_def *p = &form->cells[part];

	return adds(form, whole, part) ||
	       (is_row_total(w) && is_row_total(p) &&
		adds(form, typed_beside(form, whole),
		     typed_beside(form, part))) ||
	       (p->derived && whole != part && adds_all(form, whole, part));
}

const struct rule_def *form_rule(const struct form_def *form, const char *id)
{
	for (size_t i = 0; i < form->rule_count; i++)
		if (strcmp(form->rules[i].id, id) == 0)
			return &form->rules[i];
	return NULL;
}

const struct section_def *form_section(const struct form_def *form,
				       const char *id)
{
	for (size_t i = 0; i < form->section_count; i++)
		if (strcmp(form->sections[i].id, id) == 0)
			return &form->sections[i];
	return NULL;
}

bool form_lists(const char *list, const char *word)
{
	size_t len = strlen(word);

	if (!list)
		return true;
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, " ");

		if (n == len && strncmp(p, word, n) == 0)
			return true;
		p += n + strspn(p + n, " ");
	}
	return false;
}

/* ---- folders ---- */

/* The folder number `i` to look in, or NULL after the last; free it. */
static char *folder(int i)
{
	const char *env = getenv("NIANBAO_FORMS");
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	for (; env && *env; env += strspn(env, ":")) {
		size_t len = strcspn(env, ":");

		if (i-- == 0)
			return xstrndup(env, len);
		env += len;
	}
	if (i == 0)
		return data && *data
			       ? str_printf("%s/nianbao/forms", data)
			       : str_printf("%s/.local/share/nianbao/forms",
					    home ? home : "");
	if (i == 1)
		return xstrdup(FORMSDIR);
	return i == 2 ? file_beside_program("forms", "form.rng") : NULL;
}

char *forms_data_path(const char *name)
{
	char *dir;

	for (int i = 0; (dir = folder(i)); i++) {
		char *path = str_printf("%s/%s", dir, name);

		free(dir);
		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* ---- the set ---- */

struct forms *forms_new(void)
{
	return xcalloc(1, sizeof(struct forms));
}

static void forget_ids(struct forms *set)
{
	for (size_t i = 0; i < set->id_count; i++)
		free(set->ids[i]);
	set->id_count = 0;
}

void forms_free(struct forms *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->count; i++)
		form_free(set->list[i]);
	forget_ids(set);
	free(set->ids);
	free(set->list);
	free(set);
}

/* An id becomes a file name: letters, digits and - only. */
static bool sound_id(const char *id)
{
	return *id && *id != '-' &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") ==
		       strlen(id);
}

const struct form_def *forms_get(struct forms *set, const char *id,
				 struct err *err)
{
	struct form_def *form;
	char *name, *path;

	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->list[i]->id, id) == 0)
			return set->list[i];
	name = str_printf("%s.xml", id);
	path = sound_id(id) ? forms_data_path(name) : NULL;
	free(name);
	if (!path) {
		err_set(err, ERR_FORM,
			_("没有“%s”这种报表；报表定义放在 %s 或 "
			  "NIANBAO_FORMS 所指的文件夹"),
			id, FORMSDIR);
		return NULL;
	}
	form = form_load(path, err);
	if (form && strcmp(form->id, id) != 0) {
		err_set(err, ERR_FORM, _("%s：里面写的是报表 %s，与文件名不符"),
			path, form->id);
		form_free(form);
		form = NULL;
	}
	free(path);
	if (!form)
		return NULL;
	set->list =
		mem_grow(set->list, set->count, &set->room, sizeof *set->list);
	return set->list[set->count++] = form;
}

static void add_id(struct forms *set, const char *file)
{
	size_t len = strlen(file);
	char *id;

	if (len < 5 || strcmp(file + len - 4, ".xml") != 0)
		return;
	id = xstrndup(file, len - 4);
	for (size_t i = 0; i < set->id_count; i++)
		if (strcmp(set->ids[i], id) == 0) {
			free(id);
			return;
		}
	set->ids = mem_grow(set->ids, set->id_count + 1, &set->id_room,
			    sizeof *set->ids);
	set->ids[set->id_count++] = id;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

const char *const *forms_ids(struct forms *set)
{
	char *dir;

	forget_ids(set);
	for (int i = 0; (dir = folder(i)); i++) {
		DIR *d = opendir(dir);
		struct dirent *e;

		free(dir);
		while (d && (e = readdir(d)))
			if (*e->d_name != '.')
				add_id(set, e->d_name);
		if (d)
			closedir(d);
	}
	set->ids = mem_grow(set->ids, set->id_count + 1, &set->id_room,
			    sizeof *set->ids);
	if (set->id_count)
		qsort(set->ids, set->id_count, sizeof *set->ids, by_text);
	set->ids[set->id_count] = NULL;
	return (const char *const *)set->ids;
}
