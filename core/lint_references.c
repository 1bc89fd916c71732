/* N27: references without a value. */
#include "core/lint_figures.h"
#include "core/reference.h"
#include "core/tr.h"

static void check_references(const struct job *job, size_t cell,
			     const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct said *s = &c->list[i];
		struct match m = { s->at.start, s->at.end };
		struct str value = { 0 }, match = { 0 };
		enum reference_fault fault;

		if (!s->reference)
			continue;
		fault = reference_value(job->now, job->in->last, &s->at,
					&value);
		reference_quote(at->text, m.start, m.end, &match);
		str_addf(&match, "%s%s", _("："), reference_fault_words(fault));
		if (fault)
			figures_add(job, cell, at, m, "reference", match.s, "");
		str_free(&value);
		str_free(&match);
	}
}

enum {
	SLIPS = 20 /* of a paragraph: a pasted program has thousands */
};

static void check_slips(const struct job *job, size_t cell,
			const struct place *at, const struct claims *c)
{
	size_t start, end = 0;

	for (int n = 0; c->slips && n < SLIPS &&
			reference_slip(job->form, c->text, end, &start, &end);
	     n++) {
		struct match m = { start, end };
		struct str match = { 0 }, slip = { 0 };

		reference_quote(c->text, start, end, &slip);
		str_addf(&match,
			 _("“%s”不是引用的写法，会照原样印出去；引用写作 "
			   "{requests.new.total}，半角花括号，里面没有空格"),
			 slip.s);
		figures_add(job, cell, at, m, "reference", match.s, "");
		str_free(&match);
		str_free(&slip);
	}
}

void lint_references(const struct job *job)
{
	figures_each(job, check_references);
	figures_each(job, check_slips);
}
