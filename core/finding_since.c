/* An explanation was given for certain numbers: which of them are others now. */
#include <stdlib.h>
#include <string.h>

#include "core/rule.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	TOLD = 4, /* numbers that are named */
};

/* One of "PATH=VALUE PATH@last=VALUE text=VALUE …". */
struct fact {
	const char *key, *value;
	size_t key_len, value_len;
};

static bool next_fact(const char **at, struct fact *out)
{
	const char *s = *at + strspn(*at, " "), *equals;
	size_t len = strcspn(s, " ");

	equals = memchr(s, '=', len);
	if (len == 0 || !equals)
		return false;
	*out = (struct fact){ s, equals + 1, (size_t)(equals - s),
			      len - (size_t)(equals + 1 - s) };
	*at = s + len;
	return true;
}

/* The name of what the key stands for; false when it stands for nothing. */
static bool add_name(const struct form_def *form, const struct fact *fact,
		     struct str *out)
{
	static const char last[] = "@last", text[] = "text";
	size_t len = fact->key_len, n = strlen(last), cell;
	struct str path = { 0 };
	bool before = len > n && memcmp(fact->key + len - n, last, n) == 0;

	if (len == strlen(text) && memcmp(fact->key, text, len) == 0) {
		str_add(out, _("文中的数"));
		return true;
	}
	str_addn(&path, fact->key, before ? len - n : len);
	cell = form_cell(form, path.s);
	str_free(&path);
	if (cell == FORM_NO_CELL)
		return false;
	str_addf(out, before ? _("上年 %s") : "%s", form->cells[cell].say);
	return true;
}

static bool find_fact(const char *facts, const struct fact *like,
		      struct fact *out)
{
	while (next_fact(&facts, out))
		if (out->key_len == like->key_len &&
		    memcmp(out->key, like->key, like->key_len) == 0)
			return true;
	return false;
}

static void add_fact_value(const struct fact *fact, struct str *out)
{
	if (fact->value_len > 0)
		str_addn(out, fact->value, fact->value_len);
	else
		str_add(out, _("空的"));
}

static bool same_value(const struct fact *a, const struct fact *b)
{
	return a->value_len == b->value_len &&
	       memcmp(a->value, b->value, a->value_len) == 0;
}

/* The numbers that are others; how many. */
static size_t add_numbers(const struct form_def *form, const char *then,
			  const char *now, struct str *out)
{
	struct fact old, new;
	size_t told = 0;

	while (told < TOLD && next_fact(&then, &old)) {
		struct str name = { 0 };

		if (find_fact(now, &old, &new) && !same_value(&old, &new) &&
		    add_name(form, &old, &name)) {
			str_addf(out, _("%s上次说明时 %s 是 "),
				 told++ ? "；" : "", name.s);
			add_fact_value(&old, out);
			str_add(out, _("，现在是 "));
			add_fact_value(&new, out);
		}
		str_free(&name);
	}
	return told;
}

bool finding_since(const struct form_def *form, const struct finding *f,
		   struct str *out)
{
	const char *now = f->facts ? f->facts : "";
	struct str was = { 0 };
	bool told;

	if (!f->facts_then)
		return false;
	if (add_numbers(form, f->facts_then, now, out) > 0)
		return true;
	text_quote(&was, f->facts_then);
	told = was.len > 0 && !memchr(was.s, '=', was.len);
	if (told)
		str_addf(out, _("上次说明时是“%s”"), was.s);
	str_free(&was);
	return told;
}
