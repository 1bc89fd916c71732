/* What stands beside the cells is as the program could have written it. */
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/text.h"
#include "core/tr.h"
#include "import/trial.h"

static void fault_at(struct trial *t, const char *element,
		     const char *attribute, const char *why)
{
	char *where = str_printf("<%s> %s", element, attribute);

	trial_fault(t, 0, where, why);
	free(where);
}

/* Comments and explanations stand at cells of this form (#MARK: one of several
 * there), or at none. */
static void try_path(struct trial *t, const char *path)
{
	char *cell = xstrndup(path, strcspn(path, "#"));
	bool known = !*cell ||
		     form_cell(report_form(t->report), cell) != FORM_NO_CELL;

	free(cell);
	if (!known)
		trial_fault(t, 0, path, _("批注或说明所在的栏本表没有"));
}

static void try_moment(struct trial *t, const char *element,
		       const char *attribute, const char *moment)
{
	char *why;

	if (!moment || !*moment || date_is_moment(moment))
		return;
	why = str_printf(_("“%s”不是日历和钟表上的时刻"), moment);
	fault_at(t, element, attribute, why);
	free(why);
}

static void try_course(struct trial *t)
{
	const struct report_row *row = &t->in->row;
	const char *day = row->published_on ? row->published_on : "";
	struct err err = { 0 };

	try_moment(t, "course", "submitted_at", row->submitted_at);
	try_moment(t, "course", "returned_at", row->returned_at);
	if (*day && review_check_day(report_year(t->report), day, &err))
		fault_at(t, "course", "published_on", err.text);
	if (!*day && row->state == STATE_PUBLISHED)
		fault_at(t, "course", "published_on",
			 _("状态是 published（已公布），却没有公布的日期"));
}

static void try_comment(struct trial *t, const struct comment *c)
{
	try_path(t, c->path);
	if (text_count(c->author) == 0)
		fault_at(t, "comment", "author", _("空着，没有说是谁的批注"));
	try_moment(t, "comment", "moment", c->moment);
	try_moment(t, "comment", "answered_at", c->answered_at);
	try_moment(t, "comment", "resolved_at", c->resolved_at);
}

/* Its rule may be one of a newer form: then it explains nothing here. */
static void try_explanation(struct trial *t, const struct explanation *e)
{
	try_path(t, e->path);
	try_moment(t, "explanation", "moment", e->moment);
}

/* Every office has its own steps. */
static void try_signoff(struct trial *t, const struct signoff *s)
{
	struct err err = { 0 };

	if (review_check_result(s->result, &err))
		fault_at(t, "signoff", "result", err.text);
	try_moment(t, "signoff", "moment", s->moment);
}

void trial_talk(struct trial *t)
{
	const struct incoming *in = t->in;

	try_course(t);
	for (size_t i = 0; i < in->comment_count; i++)
		try_comment(t, &in->comments[i]);
	for (size_t i = 0; i < in->explanation_count; i++)
		try_explanation(t, &in->explanations[i]);
	for (size_t i = 0; i < in->signoff_count; i++)
		try_signoff(t, &in->signoffs[i]);
}
