#include "export/frame.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/rule.h"
#include "core/site.h"
#include "core/text.h"

void frame_pair(struct document *doc, const char *first, const char *one,
		const char *second, const char *other, enum room room)
{
	const char *const pieces[] = { first, one, second, other };
	struct str line = { 0 };

	for (size_t i = 0; i < 4 && pieces[i]; i++) {
		if (i > 0)
			str_addc(&line, '\t');
		text_one_line(&line, pieces[i], strlen(pieces[i]));
	}
	document_add(doc, BLOCK_LINE, str_steal(&line))->level = (int)room;
}

void frame_wide(struct document *doc, const char *label, const char *text,
		enum room room)
{
	frame_pair(doc, label, text, NULL, NULL, room);
}

char *frame_minute(const char *moment)
{
	return strlen(moment) < 16
		       ? xstrdup(moment)
		       : str_printf("%.10s %.5s", moment, moment + 11);
}

void frame_rules_off(struct document *doc, struct draft *d)
{
	const struct form_def *form = draft_form(d);
	char *who = NULL, *when = NULL;
	struct str line = { 0 };

	for (size_t i = 0; i < form->rule_count; i++) {
		const struct rule_def *r = &form->rules[i];

		if (rule_is_off(r, draft_unit(d), draft_site(d)))
			str_addf(&line, "%s%s %s", line.len ? "；" : "", r->id,
				 r->title);
	}
	if (line.len && site_changed(draft_store(d), "rules.off", &who, &when))
		str_addf(&line, "（%s于%.10s关闭）", who, when);
	if (line.len)
		frame_wide(doc, "没有检查的规则", line.s, ROOM_TEXT);
	free(who);
	free(when);
	str_free(&line);
}
