#include "import/docx_style.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/mem.h"

enum {
	PARENTS_MAX = 20, /* a chain of styles may be a ring */
	LEVELS = 9,       /* w:outlineLvl 0..8; 9 is body text */
};

const char *docx_value(const struct xml_node *n, const char *name)
{
	const struct xml_node *c = n ? xml_find(n, name) : NULL;
	const char *value = c ? xml_attr(c, "val") : NULL;

	return c && !value ? "" : value;
}

int docx_level(const struct xml_node *properties)
{
	const char *value = docx_value(properties, "outlineLvl");

	if (!value)
		return -1;
	return value[0] >= '0' && value[0] < '0' + LEVELS && !value[1]
		       ? value[0] - '0' + 1
		       : 0;
}

int docx_switch(const struct xml_node *properties, const char *name)
{
	const char *value = docx_value(properties, name);

	if (!value)
		return -1;
	return strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
	       strcmp(value, "off") != 0;
}

/* 1..9 of a built-in heading style by its name, else -1. */
static int level_of_name(const char *name)
{
	static const char *const words[] = { "heading ", "标题 ", "标题" };

	for (size_t i = 0; name && i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]);
		const char *digit = name + len;

		if (strncasecmp(name, words[i], len) == 0 && *digit >= '1' &&
		    *digit <= '9' && !digit[1])
			return *digit - '0';
	}
	return -1;
}

static struct docx_style read_style(const struct xml_node *n)
{
	struct docx_style s = { .id = xml_attr(n, "styleId"),
				.parent = docx_value(n, "basedOn"),
				.level = docx_level(xml_find(n, "pPr")) };

	s.hidden = docx_switch(xml_find(n, "rPr"), "vanish");
	if (s.level < 0)
		s.level = level_of_name(docx_value(n, "name"));
	return s;
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(((const struct docx_style *)a)->id,
		      ((const struct docx_style *)b)->id);
}

const struct docx_style *docx_style_find(const struct docx_styles *styles,
					 const char *id)
{
	const struct docx_style want = { .id = id };

	if (!id || styles->count == 0)
		return NULL;
	return bsearch(&want, styles->list, styles->count, sizeof want,
		       compare_ids);
}

/* What the style itself does not say, the nearest of its parents says. */
static struct docx_style settled(const struct docx_styles *styles,
				 struct docx_style s)
{
	const struct docx_style *up = docx_style_find(styles, s.parent);

	for (int i = 0; up && i < PARENTS_MAX; i++) {
		s.level = s.level < 0 ? up->level : s.level;
		s.hidden = s.hidden < 0 ? up->hidden : s.hidden;
		up = docx_style_find(styles, up->parent);
	}
	s.level = s.level < 0 ? 0 : s.level;
	s.hidden = s.hidden < 0 ? 0 : s.hidden;
	return s;
}

void docx_styles_read(struct docx_styles *styles, const struct xml_node *root)
{
	const struct xml_node *n;
	struct docx_style *final;
	size_t count = 0;

	for (n = xml_child(root); n; n = xml_next(n))
		count += xml_is(n, "style") && xml_attr(n, "styleId");
	styles->list = xcalloc(count + 1, sizeof *styles->list);
	for (n = xml_child(root); n; n = xml_next(n))
		if (xml_is(n, "style") && xml_attr(n, "styleId"))
			styles->list[styles->count++] = read_style(n);
	qsort(styles->list, count, sizeof *styles->list, compare_ids);
	final = xcalloc(count + 1, sizeof *final);
	for (size_t i = 0; i < count; i++)
		final[i] = settled(styles, styles->list[i]);
	free(styles->list);
	styles->list = final;
}

void docx_styles_free(struct docx_styles *styles)
{
	free(styles->list);
	*styles = (struct docx_styles){ 0 };
}
