/* The other units' reports of a year, out of the store. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/lint.h"
#include "core/mem.h"

/* How reports are read again. */
struct shelf {
	struct store *store;
	const struct form_def *form;
};

void draft_beside(struct draft *d, const struct siblings *siblings)
{
	d->siblings = siblings;
	d->judged = false;
}

static struct report *read_report(struct store *store,
				  const struct form_def *form, int64_t id,
				  struct err *err)
{
	struct report *r = report_new(form);
	struct dirties dirty = { 0 };
	struct journal_state journal;
	enum err_code code = cells_load(store, id, r, &journal, &dirty, err);

	dirties_free(&dirty);
	if (!code)
		return r;
	report_free(r);
	return NULL;
}

static struct report *read_again(void *from, int64_t id)
{
	const struct shelf *shelf = from;

	return read_report(shelf->store, shelf->form, id, NULL);
}

static enum err_code put_in(struct siblings *all, const struct shelf *shelf,
			    const struct report_row *row, struct err *err)
{
	struct unit *unit = store_unit_load(shelf->store, row->unit_id);
	struct report *r = read_report(shelf->store, shelf->form, row->id, err);

	if (unit && r)
		siblings_add(all, row->id, unit, r);
	unit_free(unit);
	report_free(r);
	return r ? ERR_OK : ERR_STORE;
}

struct siblings *draft_siblings(struct store *store, struct forms *forms,
				const char *form, int year, draft_step *step,
				void *whom, struct err *err)
{
	struct report_filter filter = { .year = year, .state = -1 };
	struct report_row *list;
	struct shelf *shelf;
	struct siblings *all;
	size_t count;
	const struct form_def *def = lint_form(forms, form, err);
	enum err_code code = ERR_OK;

	if (!def || store_reports(store, &filter, &list, &count, err))
		return NULL;
	shelf = xcalloc(1, sizeof *shelf);
	*shelf = (struct shelf){ store, def };
	all = siblings_new(def, read_again, shelf);
	for (size_t i = 0; i < count && !code; i++) {
		store_reading(store, true);
		if (strcmp(list[i].form, form) == 0)
			code = put_in(all, shelf, &list[i], err);
		store_reading(store, false);
		if (step)
			step(whom, i + 1, count);
	}
	store_reports_free(list, count);
	if (!code) {
		siblings_close(all);
		return all;
	}
	siblings_free(all);
	return NULL;
}
