/* The checks of an open report, and what was said about their findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/digest.h"
#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/review.h"
#include "core/setting.h"

/* ---- read again ---- */

void draft_forget_review(struct draft *d)
{
	store_comments_free(d->comments, d->comment_count);
	store_explanations_free(d->explanations, d->explanation_count);
	store_signoffs_free(d->signoffs, d->signoff_count);
	store_asides_free(d->asides, d->aside_count);
	store_source_findings_free(d->sources, d->source_count);
	site_free(d->site);
	d->comments = NULL;
	d->explanations = NULL;
	d->signoffs = NULL;
	d->asides = NULL;
	d->sources = NULL;
	d->site = NULL;
	d->comment_count = d->explanation_count = d->signoff_count = 0;
	d->aside_count = d->source_count = 0;
	d->judged = false;
}

enum err_code draft_read_review(struct draft *d, struct err *err)
{
	enum err_code code;

	draft_forget_review(d);
	d->site = site_load(d->store);
	code = store_comments(d->store, d->id, &d->comments, &d->comment_count,
			      err);
	if (!code)
		code = store_explanations(d->store, d->id, &d->explanations,
					  &d->explanation_count, err);
	if (!code)
		code = store_signoffs(d->store, d->id, &d->signoffs,
				      &d->signoff_count, err);
	if (!code)
		code = store_asides(d->store, d->id, &d->asides,
				    &d->aside_count, err);
	if (!code)
		code = store_source_findings(d->store, d->id, &d->sources,
					     &d->source_count, err);
	return code;
}

/* ---- findings ---- */

const char *finding_path(const struct draft *d, const struct finding *f)
{
	const char *path =
		f->cell_count ? d->form->cells[f->cells[0]].path : "";
	struct draft *scratch = (struct draft *)(uintptr_t)d;

	if (!f->mark)
		return path;
	str_clear(&scratch->place);
	str_addf(&scratch->place, "%s#%s", path, f->mark);
	return scratch->place.s;
}

/* An explanation counts for the numbers it was given for.  What was found in a
 * source is laid aside by it. */
static void explain(const struct draft *d, struct finding *f)
{
	for (size_t i = 0; i < d->explanation_count; i++) {
		const struct explanation *e = &d->explanations[i];

		if (strcmp(e->rule, f->rule->id) != 0 ||
		    strcmp(e->path, finding_path(d, f)) != 0)
			continue;
		if (strcmp(e->facts, f->facts ? f->facts : "") == 0) {
			f->explanation = xstrdup(e->text);
			f->explained_by = xstrdup(e->author);
		} else {
			f->asked_again = xstrdup(e->text);
			f->facts_then = xstrdup(e->facts);
		}
		if (f->explanation && f->outside &&
		    f->severity == SEVERITY_HARD)
			f->severity = SEVERITY_HINT;
		return;
	}
}

const struct findings *draft_findings_kept(const struct draft *d)
{
	return &d->findings;
}

/* Sent, and 公开审查 is not signed for what was sent. */
static bool is_unreviewed(struct draft *d)
{
	char **steps;
	bool missing = false;

	if (d->row.state != STATE_SUBMITTED)
		return false;
	steps = review_steps(d->store);
	for (size_t i = 0; steps[i]; i++)
		if (strstr(steps[i], "公开审查") && !review_signed(d, steps[i]))
			missing = true;
	review_steps_free(steps);
	return missing;
}

static struct outside *outside_of(const struct draft *d)
{
	struct outside *list = xcalloc(d->source_count + 1, sizeof *list);

	for (size_t i = 0; i < d->source_count; i++)
		list[i] = (struct outside){ d->sources[i].rule,
					    d->sources[i].path,
					    d->sources[i].text, "" };
	return list;
}

static struct aside *asides_of(const struct draft *d)
{
	struct aside *list = xcalloc(d->aside_count + 1, sizeof *list);

	for (size_t i = 0; i < d->aside_count; i++)
		list[i] =
			(struct aside){ d->asides[i].path, d->asides[i].words };
	return list;
}

static void judge(struct draft *d)
{
	struct outside *outside = outside_of(d);
	struct aside *asides = asides_of(d);
	char now[DATE_MOMENT], due_day[16];
	struct date due;
	struct check_input in = {
		.now = d->report,
		.last = d->last,
		.unit = d->unit,
		.state_date = now,
		.site = d->site,
		.outside = outside,
		.outside_count = d->source_count,
		.asides = asides,
		.aside_count = d->aside_count,
		.unreviewed = is_unreviewed(d),
		.siblings = d->siblings,
		.id = d->id,
	};

	date_now(now);
	now[10] = '\0';
	if (review_day(d, true, &due, &in.due_basis)) {
		snprintf(due_day, sizeof due_day, "%04d-%02d-%02d", due.year,
			 due.month, due.day);
		in.due = due_day;
	}
	rule_check(&in, &d->findings);
	free(outside);
	free(asides);
}

const struct findings *draft_findings(struct draft *d)
{
	if (d->judged && d->judged_at == report_revision(d->report))
		return &d->findings;
	findings_free(&d->findings);
	judge(d);
	for (size_t i = 0; i < d->findings.count; i++)
		explain(d, &d->findings.list[i]);
	d->judged = true;
	d->judged_at = report_revision(d->report);
	return &d->findings;
}
