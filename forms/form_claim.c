/* <claims>: what the texts say of figures. */
#include <string.h>

#include "core/num.h"
#include "core/str.h"
#include "core/tr.h"
#include "forms/form_load.h"

/* "a.b+c.d" */
static struct value_def read_sum(struct loader *l, const struct xml_node *n,
				 const char *sum)
{
	size_t count;
	const char *const *paths = form_words(l, sum, '+', &count);
	size_t *cells = form_alloc(l, count + 1, sizeof *cells);

	for (size_t i = 0; i < count; i++)
		cells[i] = form_find_cell(l, n, paths[i]);
	return (struct value_def){ cells, count };
}

static const struct value_def *read_values(struct loader *l,
					   const struct xml_node *n,
					   const char *name, size_t *count)
{
	const char *const *sums = form_words(l, xml_attr(n, name), ' ', count);
	struct value_def *list = form_alloc(l, *count + 1, sizeof *list);

	for (size_t i = 0; i < *count && !l->failed; i++)
		list[i] = read_sum(l, n, sums[i]);
	return list;
}

static const struct topic_def *find_topic(struct loader *l,
					  const struct xml_node *n,
					  const char *name)
{
	const struct claims_def *c = &l->form->claims;
	const char *id = xml_attr(n, name);

	for (size_t i = 0; id && i < c->topic_count; i++)
		if (strcmp(c->topics[i].id, id) == 0)
			return &c->topics[i];
	if (id)
		form_fail(l, n, _("没有 topic=\"%s\" 这个话题"), id);
	return NULL;
}

/* 复议 is spoken of, then perhaps 诉讼, too. */
static void link_topics(struct loader *l, const struct xml_node *n,
			struct topic_def *list)
{
	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, "topic"))
			(list++)->later = find_topic(l, n, "later");
}

static void read_topics(struct loader *l, const struct xml_node *n)
{
	struct claims_def *c = &l->form->claims;
	struct topic_def *list =
		form_alloc(l, form_children(n, "topic") + 1, sizeof *list);

	c->topics = list;
	for (const struct xml_node *t = xml_child(n); t; t = xml_next(t))
		if (xml_is(t, "topic"))
			list[c->topic_count++] = (struct topic_def){
				form_attr(t, "id", ""),
				form_pattern(l, t, "pattern"),
				form_pattern(l, t, "needs"),
				NULL,
			};
	link_topics(l, n, list);
}

static bool has_column(const struct loader *l, const char *id)
{
	for (size_t i = 0; i < l->form->cell_count; i++) {
		const struct column_def *c = l->form->cells[i].column;

		if (c && strcmp(c->id, id) == 0)
			return true;
	}
	return false;
}

static void check_columns(struct loader *l, const struct xml_node *n)
{
	size_t count;
	const char *const *columns =
		form_words(l, xml_attr(n, "columns"), ' ', &count);

	for (size_t i = 0; i < count; i++)
		if (!has_column(l, columns[i]))
			form_fail(l, n, _("没有 %s 这一列"), columns[i]);
}

/* The class's pattern with the words that may follow it. */
static const char *class_alone(struct loader *l, const struct xml_node *n,
			       const char *tail)
{
	const char *pattern = xml_attr(n, "pattern");
	struct str both = { 0 };
	const char *kept;

	if (!pattern || !tail)
		return pattern ? pattern : "";
	str_addf(&both, "(?:%s)%s", pattern, tail);
	kept = form_text(l, both.s);
	str_free(&both);
	return kept;
}

static void read_classes(struct loader *l, const struct xml_node *n)
{
	struct claims_def *c = &l->form->claims;
	const char *tail = xml_attr(n, "class-tail");
	struct class_def *list =
		form_alloc(l, form_children(n, "class") + 1, sizeof *list);

	c->classes = list;
	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, "class")) {
			check_columns(l, n);
			list[c->class_count++] = (struct class_def){
				form_pattern(l, n, "pattern"),
				class_alone(l, n, tail),
				form_attr(n, "columns", ""),
				form_attr(n, "say", ""),
			};
		}
}

static struct claim_def read_claim(struct loader *l, const struct xml_node *n)
{
	struct claim_def c = {
		.id = form_attr(n, "id", ""),
		.say = form_attr(n, "say", ""),
		.topic = find_topic(l, n, "topic"),
		.pattern = form_pattern(l, n, "pattern"),
		.after = form_pattern(l, n, "after"),
		.unless = form_pattern(l, n, "unless"),
		.shun = form_pattern(l, n, "shun"),
		.needs = form_pattern(l, n, "needs"),
		.before = form_pattern(l, n, "before"),
		.told = form_pattern(l, n, "told"),
		.past = form_pattern(l, n, "past"),
		.scale = form_number(l, n, "scale", 1),
		.yuan = form_yes(n, "yuan"),
		.none = form_yes(n, "none"),
		.own_time = form_yes(n, "own-time"),
		.free = form_yes(n, "free"),
		.wide = form_yes(n, "wide"),
		.closed = form_yes(n, "closed"),
	};

	c.values = read_values(l, n, "values", &c.value_count);
	if (!l->failed && c.value_count == 0)
		form_fail(l, n, _("%s 没有写明对应的栏目"), c.id);
	return c;
}

static void read_claims(struct loader *l, const struct xml_node *n)
{
	struct claims_def *c = &l->form->claims;
	struct claim_def *list =
		form_alloc(l, form_children(n, "claim") + 1, sizeof *list);

	c->claims = list;
	for (n = xml_child(n); n && !l->failed; n = xml_next(n))
		if (xml_is(n, "claim"))
			list[c->claim_count++] = read_claim(l, n);
}

void form_claims(struct loader *l, const struct xml_node *root)
{
	const struct xml_node *n = xml_find(root, "claims");
	struct claims_def *c = &l->form->claims;

	if (!n)
		return;
	c->silence = form_pattern(l, n, "silence");
	c->people = form_pattern(l, n, "people");
	c->neutral = form_pattern(l, n, "neutral");
	c->silence_behind = form_pattern(l, n, "silence-behind");
	c->channel = form_pattern(l, n, "channel");
	c->office = form_pattern(l, n, "office");
	c->parts = form_pattern(l, n, "parts");
	c->wider = form_pattern(l, n, "wider");
	c->denied = form_pattern(l, n, "denied");
	c->part_year = form_pattern(l, n, "part-year");
	c->whole_year = form_pattern(l, n, "whole-year");
	c->class_words = form_pattern(l, n, "class-words");
	c->kinds = form_words(l, xml_attr(n, "kinds"), ';', &c->kind_count);
	c->rows = read_values(l, n, "rows", &c->row_count);
	read_topics(l, n);
	read_classes(l, n);
	read_claims(l, n);
}
