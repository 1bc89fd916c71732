#include "core/rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/lint.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/tr.h"

static const struct {
	const char *word, *label, *brief;
} severities[SEVERITY_COUNT] = {
	[SEVERITY_HARD] = { "hard", N_("必须改正"), N_("须改") },
	[SEVERITY_SOFT] = { "soft", N_("需作说明"), N_("说明") },
	[SEVERITY_HINT] = { "hint", N_("提示"), N_("提示") },
};

const char *severity_label(enum severity s)
{
	return _(severities[s].label);
}

const char *severity_brief(enum severity s)
{
	return _(severities[s].brief);
}

const char *severity_word(enum severity s)
{
	return severities[s].word;
}

struct finding *findings_add(struct findings *f, const struct rule_def *rule,
			     enum severity severity)
{
	struct finding *new;

	f->list = mem_grow(f->list, f->count, &f->room, sizeof *f->list);
	new = &f->list[f->count++];
	*new = (struct finding){ .rule = rule, .severity = severity };
	return new;
}

/* Room doubles: it is as large as the next power of two. */
void finding_cell(struct finding *f, size_t cell)
{
	size_t n = f->cell_count;

	for (size_t i = 0; i < n; i++)
		if (f->cells[i] == cell)
			return;
	if ((n & (n - 1)) == 0)
		f->cells = xreallocarray(f->cells, n ? 2 * n : 1,
					 sizeof *f->cells);
	f->cells[f->cell_count++] = cell;
}

void findings_free(struct findings *f)
{
	for (size_t i = 0; i < f->count; i++) {
		struct finding *it = &f->list[i];

		free(it->cells);
		free(it->where);
		free(it->brief);
		free(it->full);
		free(it->facts);
		free(it->mark);
		free(it->explanation);
		free(it->explained_by);
		free(it->asked_again);
		free(it->facts_then);
	}
	free(f->list);
	*f = (struct findings){ 0 };
}

void findings_count(const struct findings *f, int count[SEVERITY_COUNT],
		    int *unexplained)
{
	for (int i = 0; i < SEVERITY_COUNT; i++)
		count[i] = 0;
	*unexplained = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *it = &f->list[i];

		count[it->severity]++;
		if (it->severity == SEVERITY_SOFT && !it->explanation)
			++*unexplained;
	}
}

const struct finding *findings_about(const struct findings *f, size_t cell)
{
	const struct finding *best = NULL;

	for (size_t i = 0; i < f->count; i++) {
		const struct finding *it = &f->list[i];

		if (best && best->severity <= it->severity)
			continue;
		for (size_t c = 0; c < it->cell_count; c++)
			if (it->cells[c] == cell)
				best = it;
	}
	return best;
}

int findings_in(const struct findings *f, const struct section_def *section,
		enum severity severity)
{
	int n = 0;

	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].section == section &&
		    f->list[i].severity == severity)
			n++;
	return n;
}

static bool words_ticked(const struct item_def *item, const struct report *r,
			 const struct section_def *section)
{
	for (size_t i = 0; i < item->word_count; i++)
		if (section_says(r, section, item->words[i]))
			return true;
	return false;
}

/* As the rule judges it, that there are not two opinions. */
static bool topic_ticked(const struct item_def *item, const struct report *r)
{
	for (size_t i = 0; i < item->word_count; i++) {
		const struct rule_def *rule =
			form_rule(report_form(r), item->words[i]);

		if (rule && lint_speaks_of(rule, r, item->label))
			return true;
	}
	return false;
}

static bool filled_ticked(const struct item_def *item, const struct report *r)
{
	for (size_t i = 0; i < item->cell_count; i++)
		if (!report_answered(r, item->cells[i]))
			return false;
	return item->cell_count > 0;
}

static bool rules_ticked(const struct item_def *item, const struct report *r,
			 const struct section_def *section,
			 const struct findings *f)
{
	int done, need;

	/* a rule that waits for blanks has not been kept yet */
	report_progress(r, section, &done, &need);
	if (done < need)
		return false;
	for (size_t i = 0; i < f->count; i++) {
		if (f->list[i].section != section)
			continue;
		for (size_t w = 0; w < item->word_count; w++)
			if (strcmp(f->list[i].rule->id, item->words[w]) == 0)
				return false;
	}
	return true;
}

bool item_in_text(const struct item_def *item)
{
	return item->judge == ITEM_WORDS || item->judge == ITEM_TOPIC;
}

bool item_ticked(const struct item_def *item, const struct report *r,
		 const struct section_def *section, const struct findings *f)
{
	switch (item->judge) {
	case ITEM_WORDS:
		return words_ticked(item, r, section);
	case ITEM_TOPIC:
		return topic_ticked(item, r);
	case ITEM_FILLED:
		return filled_ticked(item, r);
	case ITEM_RULES:
		return rules_ticked(item, r, section, f);
	case ITEM_CLERK:
		break;
	}
	return false;
}
