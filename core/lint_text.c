#include "core/lint_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lint_prose.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/text.h"
#include "core/tr.h"

/* ---- prose that says nothing ---- */

/* Only 无, 暂无 … and marks? */
static bool says_nothing(const char *text)
{
	static const char *const nothing[] = { "",        "无", "暂无",
					       "没有",    "空", "无其他",
					       "暂无其他" };
	static const char marks[] = "。．.，,、；;：:　/／-—–…（）()";
	struct str bare = { 0 };
	size_t len = strlen(text);
	bool found = false;

	str_add(&bare, "");
	for (size_t at = 0, next; at < len && bare.len < 16; at = next) {
		char mark[16];

		next = text_next(text, len, at);
		if (next - at >= sizeof mark)
			break;
		memcpy(mark, text + at, next - at);
		mark[next - at] = '\0';
		if ((unsigned char)*mark > 0x20)
			if (!strstr(marks, mark))
				str_add(&bare, mark);
	}
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
		found = found || strcmp(bare.s, nothing[i]) == 0;
	str_free(&bare);
	return found;
}

/* The section is judged whole: fields that stand in for the text may. */
static bool stood_in_for(const struct job *job, const struct field_def *field)
{
	for (size_t i = 0; i < field->unless_count; i++)
		if (!report_answered(job->now, field->unless[i]))
			return false;
	return field->may_skip;
}

/* What this section needs: "overview:…" of the rule's words. */
static char *section_advice(const struct job *job,
			    const struct section_def *section)
{
	size_t n = strlen(section->id);

	for (size_t i = 0; i < job->rule->word_count; i++) {
		const char *word = job->rule->words[i];

		if (strncmp(word, section->id, n) == 0 && word[n] == ':')
			return str_printf("%s", word + n + 1);
	}
	return NULL;
}

void lint_section_empty(const struct job *job)
{
	const struct message_values values = { "", 0 };

	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		const struct cell_def *def = &job->form->cells[cell];
		char *advice;

		if (def->kind != FIELD_PROSE || !def->required ||
		    !says_nothing(lint_text(job, cell)) ||
		    stood_in_for(job, def->field))
			continue;
		advice = section_advice(job, def->section);
		finding_cell(lint_add(job, def->section, NULL,
				      _("没有内容，或只写了“无”"), &values,
				      advice),
			     cell);
		free(advice);
	}
}

/* ---- section six and the fee for processing ---- */

/* Are the fields of the fee answered?  *empty: the prose says nothing. */
static bool fee_answered(const struct job *job,
			 const struct section_def *section, bool *empty)
{
	bool answered = true;

	*empty = true;
	for (size_t i = 0; i < section->entry_count; i++) {
		const struct field_def *field = section->entries[i].field;

		if (!field)
			continue;
		if (cell_is_number(&job->form->cells[field->cell]))
			answered = answered &&
				   report_answered(job->now, field->cell);
		else if (field->kind == FIELD_PROSE)
			*empty = *empty &&
				 says_nothing(lint_text(job, field->cell));
	}
	return answered;
}

void lint_fee_stated(const struct job *job)
{
	const struct section_def *section =
		job->form->cells[lint_cell(job, 0)].section;
	const struct message_values values = { section->sentence_silencer, 0 };
	struct finding *f;
	bool empty;

	/* an empty section is said to be empty, that is enough */
	if (!section->sentence_silencer || fee_answered(job, section, &empty) ||
	    empty ||
	    section_says(job->now, section, section->sentence_silencer))
		return;
	f = lint_add(job, section, NULL,
		     _("没有写明{match}的情况，没有收取也要写"), &values, NULL);
	finding_cell(f, lint_cell(job, 0));
	for (size_t i = 0; i < section->entry_count; i++)
		if (section->entries[i].field)
			finding_cell(f, section->entries[i].field->cell);
}

/* ---- characters that nobody sees ---- */

static const char *unseen_words(enum text_unseen kind)
{
	static const char *const words[] = {
		[UNSEEN_BLANK] = N_("没有宽度，看不见"),
		[UNSEEN_TURNS] = N_("改变书写方向"),
		[UNSEEN_BREAKS] = N_("断行"),
		[UNSEEN_FILLS] = N_("看着是空白"),
	};

	return _(words[kind]);
}

static void find_unseen(const struct place *at, const struct rule_def *rule,
			const void *with, struct matches *out)
{
	enum text_unseen kind;
	unsigned code;

	(void)rule;
	(void)with;
	for (size_t i = 0, n; i < at->len; i += n ? n : 1) {
		/* not where a common Chinese character or ASCII begins */
		n = (unsigned char)at->text[i] < 0xc2 ||
				    ((unsigned char)at->text[i] >= 0xe4 &&
				     (unsigned char)at->text[i] <= 0xe9)
			    ? 0
			    : text_unseen(at->text, i, &code, &kind);
		if (n > 0)
			lint_match(out, i, i + n);
	}
}

/* Each of them once. */
static void name_unseen(const char *text, const struct matches *all,
			struct str *names)
{
	enum text_unseen kind;
	unsigned code;
	char name[16];

	str_clear(names);
	for (size_t i = 0; i < all->count; i++) {
		text_unseen(text, all->list[i].start, &code, &kind);
		snprintf(name, sizeof name, "U+%04X", code);
		if (!strstr(names->s, name))
			str_addf(names, _("%s%s（%s）"),
				 names->len ? _("、") : "", name,
				 unseen_words(kind));
	}
}

static void add_unseen(const struct job *job, size_t cell,
		       const struct matches *all)
{
	const struct cell_def *def = &job->form->cells[cell];
	const char *place = lint_place(def);
	struct message_values values = { "", all->count };
	struct str where = { 0 }, names = { 0 };
	struct finding *f;

	name_unseen(lint_text(job, cell), all, &names);
	values.match = names.s;
	str_add(&where, place ? place : "");
	if (def->kind == FIELD_PROSE)
		str_addf(&where, _("%s第%zu段"), place ? " · " : "",
			 lint_paragraph(lint_text(job, cell),
					all->list[0].start));
	f = lint_add(job, def->section, where.s, "{match}", &values, NULL);
	finding_cell(f, cell);
	f->offset = all->list[0].start;
	f->extent = all->list[0].end - all->list[0].start;
	lint_facts(f, &names);
	str_free(&where);
}

void lint_unseen(const struct job *job)
{
	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		struct matches all = { 0 };

		lint_find(job, cell, find_unseen, NULL, &all);
		if (all.count)
			add_unseen(job, cell, &all);
		free(all.list);
	}
}

/* ---- text over its limit ---- */

void lint_over_limit(const struct job *job)
{
	for (size_t i = 0; i < lint_count(job); i++) {
		size_t cell = lint_cell(job, i);
		const struct cell_def *def = &job->form->cells[cell];
		struct message_values values = { 0 };
		char words[64];
		size_t n;

		if (def->limit == 0 || cell_is_number(def) ||
		    strlen(lint_text(job, cell)) <= def->limit)
			continue; /* no more characters than bytes */
		n = prose_count(report_prose(job->now), job->now, cell);
		if (n <= def->limit)
			continue;
		snprintf(words, sizeof words, _("%zu字，最多%zu字"), n,
			 def->limit);
		values = (struct message_values){ words, n - def->limit };
		finding_cell(lint_add(job, def->section, lint_place(def),
				      _("文字太长：{match}"), &values, NULL),
			     cell);
	}
}
