#include "core/review.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/review_impl.h"
#include "core/setting.h"
#include "core/tr.h"

/* ---- who may do what ---- */

#define ON(state) (1u << STATE_##state)

enum {
	BEING_FILLED = ON(DRAFT) | ON(RETURNED),
	ALIVE = (1u << STATE_DISCARDED) - 1,
	BOTH = ROLE_CLERK | ROLE_SUPERVISOR,
};

static const struct {
	const char *word, *label;
} deeds[] = {
#define DEED_ROW(name, word, label) [DEED_##name] = { word, label },
	DEED_LIST(DEED_ROW)
#undef DEED_ROW
};

static const struct {
	unsigned states, roles;
} rights[] = {
	[DEED_EDIT] = { BEING_FILLED, ROLE_CLERK },
	[DEED_SUBMIT] = { BEING_FILLED, ROLE_CLERK },
	[DEED_WITHDRAW] = { ON(SUBMITTED), ROLE_CLERK },
	[DEED_RETURN] = { ON(SUBMITTED), ROLE_SUPERVISOR },
	[DEED_SIGN] = { ON(SUBMITTED) | ON(APPROVED), BOTH },
	[DEED_APPROVE] = { ON(SUBMITTED), ROLE_SUPERVISOR },
	[DEED_PUBLISH] = { ON(APPROVED) | ON(PUBLISHED), BOTH },
	[DEED_REOPEN] = { ON(APPROVED) | ON(PUBLISHED), ROLE_SUPERVISOR },
	[DEED_DISCARD] = { ON(DRAFT), ROLE_CLERK },
	[DEED_COMMENT] = { ALIVE, ROLE_ALL },
	[DEED_EXPLAIN] = { BEING_FILLED, ROLE_CLERK },
	[DEED_IMPORT] = { BEING_FILLED | ON(SUBMITTED), BOTH },
};
static_assert(sizeof rights / sizeof *rights == DEED_COUNT, "a row a deed");

/* What can be done with a report in this state, and by whom. */
static const char *const ways[] = {
	[STATE_DRAFT] = N_("填报人填好后送审"),
	[STATE_SUBMITTED] = N_("填报人可以撤回，审核人可以退回或通过"),
	[STATE_RETURNED] = N_("填报人改好后再送审"),
	[STATE_APPROVED] = N_("可以登记公布，要改由审核人重新打开"),
	[STATE_PUBLISHED] = N_("公布情况可以补登，内容要改由审核人重新打开"),
	[STATE_DISCARDED] = N_("它只供查看，要填请另建一份"),
};
static_assert(sizeof ways / sizeof *ways == STATE_COUNT, "a row a state");

static const struct {
	enum role role;
	const char *label;
} roles[] = {
	{ ROLE_CLERK, N_("填报人") },
	{ ROLE_SUPERVISOR, N_("审核人") },
	{ ROLE_TRAINER, N_("培训人") },
};

const char *deed_word(enum deed deed)
{
	return deeds[deed].word;
}

const char *deed_label(enum deed deed)
{
	return _(deeds[deed].label);
}

static enum err_code refuse_role(const struct actor *actor, enum deed deed,
				 struct err *err)
{
	struct str who = { 0 };

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (!(rights[deed].roles & (unsigned)roles[i].role))
			continue;
		if (who.len)
			str_add(&who, _("或"));
		str_add(&who, _(roles[i].label));
	}
	err_set(err, ERR_REFUSED,
		_("“%s”由%s来做，%s 不是；"
		  "请换人，或用 --as 换用户"),
		deed_label(deed), who.s, actor->name);
	str_free(&who);
	return ERR_REFUSED;
}

bool review_may(const struct actor *actor, enum state state, enum deed deed,
		struct err *err)
{
	if (!(rights[deed].states & (1u << state))) {
		err_set(err, ERR_REFUSED, _("报告现在的状态是“%s”，不能%s；%s"),
			state_label(state), deed_label(deed), _(ways[state]));
		return false;
	}
	if (rights[deed].roles & actor->roles)
		return true;
	refuse_role(actor, deed, err);
	return false;
}

/* ---- sign-off steps ---- */

static char **setting_names(struct store *s, const char *key)
{
	char *value = setting_get(s, key);
	char **list = str_names(value, NULL);

	free(value);
	return list;
}

char **review_steps(struct store *s)
{
	return setting_names(s, "signoff.steps");
}

char **review_required(struct store *s)
{
	char **list = setting_names(s, "signoff.required");

	if (*list)
		return list;
	review_steps_free(list);
	return review_steps(s);
}

void review_steps_free(char **steps)
{
	str_names_free(steps);
}

const struct signoff *review_signed(struct draft *d, const char *step)
{
	char hex[DIGEST_TEXT];

	for (size_t i = 0; i < d->signoff_count; i++) {
		const struct signoff *sign = &d->signoffs[i];

		if (strcmp(sign->step, step) == 0)
			return strcmp(sign->digest,
				      report_digest(d->report, hex)) == 0
				       ? sign
				       : NULL;
	}
	return NULL;
}

/* ---- what has changed ---- */

static char *snapshot_before(const struct draft *d)
{
	int64_t id = d->id;
	int version = d->row.version;
	char *data =
		store_snapshot(d->store, id, STATE_RETURNED, version, NULL);

	if (!data && version > 1)
		data = store_snapshot(d->store, id, STATE_PUBLISHED,
				      version - 1, NULL);
	if (!data && version > 1)
		data = store_snapshot(d->store, id, STATE_APPROVED, version - 1,
				      NULL);
	return data;
}

enum err_code review_changes(struct draft *d, struct difference **list,
			     size_t *count, struct err *err)
{
	char *data = snapshot_before(d);
	enum err_code code = ERR_OK;

	*list = NULL;
	*count = 0;
	if (data)
		code = draft_compare(d, data, list, count, err);
	free(data);
	return code;
}

bool review_was_returned(struct draft *d)
{
	char *data = store_snapshot(d->store, d->id, STATE_RETURNED,
				    d->row.version, NULL);
	bool was = data != NULL;

	free(data);
	return was;
}

int review_published_version(struct draft *d)
{
	return *d->row.published_on ? store_snapshot_version(d->store, d->id,
							     STATE_PUBLISHED)
				    : 0;
}

/* ---- deadlines ---- */

/* "01-26" of the year after the report's. */
static bool day_after(int year, const char *day, struct date *due)
{
	char whole[32];

	if (strlen(day) != 5)
		return false;
	snprintf(whole, sizeof whole, "%04d-%s", year + 1, day);
	return date_parse(whole, due);
}

static bool by_form(const struct form_def *form, const struct unit *unit,
		    int year, bool publish, struct date *due,
		    const char **basis)
{
	for (size_t i = 0; unit && i < form->deadline_count; i++) {
		const struct deadline_def *it = &form->deadlines[i];

		if (it->publish != publish ||
		    !form_lists(it->kind, unit_kind_word(unit->kind)))
			continue;
		*due = (struct date){ year + 1, it->month, it->day };
		*basis = it->basis ? it->basis : "";
		return true;
	}
	return false;
}

/* A report that was handed in or published once has met its date. */
static bool met(const struct report_row *row, bool publish)
{
	if (row->state == STATE_DISCARDED)
		return true;
	if (publish)
		return *row->published_on != '\0';
	return row->version > 1 ||
	       (row->state != STATE_DRAFT && row->state != STATE_RETURNED);
}

/* The unit's own date, then the site's (may be NULL), then the law's. */
static bool day_of(const struct form_def *form, const struct unit *unit,
		   int year, bool publish, const char *site, struct date *due,
		   const char **basis)
{
	*basis = _("本单位设定的期限");
	if (unit &&
	    day_after(year, publish ? unit->due_publish : unit->due_submit,
		      due))
		return true;
	*basis = _("本地规定的期限");
	if (site && day_after(year, site, due))
		return true;
	return by_form(form, unit, year, publish, due, basis);
}

bool review_due(const struct form_def *form, const struct unit *unit,
		const struct report_row *row, bool publish, struct date *due,
		const char **basis)
{
	return !met(row, publish) &&
	       day_of(form, unit, row->year, publish, NULL, due, basis);
}

bool review_day(struct draft *d, bool publish, struct date *due,
		const char **basis)
{
	char *site = setting_get(d->store, publish ? "deadline.publish"
						   : "deadline.submit");
	bool there = day_of(d->form, d->unit, d->row.year, publish, site, due,
			    basis);

	free(site);
	return there;
}

bool review_deadline(struct draft *d, bool publish, struct date *due,
		     const char **basis)
{
	return !met(&d->row, publish) && review_day(d, publish, due, basis);
}
