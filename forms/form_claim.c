/* <claims>: what the texts say of figures. */
#include <string.h>

#include "core/num.h"
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

static void read_topics(struct loader *l, const struct xml_node *n)
{
	struct claims_def *c = &l->form->claims;
	struct topic_def *list =
		form_alloc(l, form_children(n, "topic") + 1, sizeof *list);

	c->topics = list;
	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, "topic"))
			list[c->topic_count++] = (struct topic_def){
				form_attr(l, n, "id", ""),
				form_attr(l, n, "pattern", ""),
				form_attr(l, n, "needs", NULL),
			};
}

static void read_classes(struct loader *l, const struct xml_node *n)
{
	struct claims_def *c = &l->form->claims;
	struct class_def *list =
		form_alloc(l, form_children(n, "class") + 1, sizeof *list);

	c->classes = list;
	for (n = xml_child(n); n; n = xml_next(n))
		if (xml_is(n, "class"))
			list[c->class_count++] = (struct class_def){
				form_attr(l, n, "pattern", ""),
				form_attr(l, n, "columns", ""),
				form_attr(l, n, "say", ""),
			};
}

static const struct topic_def *find_topic(struct loader *l,
					  const struct xml_node *n)
{
	const struct claims_def *c = &l->form->claims;
	const char *id = xml_attr(n, "topic");

	for (size_t i = 0; id && i < c->topic_count; i++)
		if (strcmp(c->topics[i].id, id) == 0)
			return &c->topics[i];
	if (id)
		form_fail(l, n, _("没有 topic=\"%s\" 这个话题"), id);
	return NULL;
}

static struct claim_def read_claim(struct loader *l, const struct xml_node *n)
{
	struct claim_def c = {
		.id = form_attr(l, n, "id", ""),
		.say = form_attr(l, n, "say", ""),
		.topic = find_topic(l, n),
		.pattern = form_attr(l, n, "pattern", ""),
		.after = form_attr(l, n, "after", NULL),
		.unless = form_attr(l, n, "unless", NULL),
		.scale = form_number(l, n, "scale", 1),
		.yuan = form_yes(n, "yuan"),
		.none = form_yes(n, "none"),
		.own_time = form_yes(n, "own-time"),
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
	c->silence = form_attr(l, n, "silence", NULL);
	c->channel = form_attr(l, n, "channel", NULL);
	c->narrower = form_attr(l, n, "narrower", NULL);
	c->wider = form_attr(l, n, "wider", NULL);
	c->rows = read_values(l, n, "rows", &c->row_count);
	read_topics(l, n);
	read_classes(l, n);
	read_claims(l, n);
}
