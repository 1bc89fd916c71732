/* Which report a file is about. */
#include <stdlib.h>
#include <string.h>

#include "cli/verify.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	TITLE_BLOCKS = 6,   /* of a document, among which its title is */
	TITLE_LIMIT = 80,   /* characters of one */
	NAMES_FORM = 10000, /* a title that names the form, too */
};

/* What a file says of itself; any may be NULL, year 0. */
struct claim {
	const char *unit, *form, *digest;
	int year;
};

/* LibreOffice makes a decimal of the year. */
static int year_of(const char *text)
{
	long year = text ? strtol(text, NULL, 10) : 0;

	return year >= YEAR_FIRST && year <= YEAR_LAST ? (int)year : 0;
}

static struct claim claim_of(const struct foreign *file)
{
	const struct outline *o = &file->outline;
	const struct incoming *in = &file->incoming;

	if (file->kind == FOREIGN_EXCHANGE)
		return (struct claim){ in->unit.name, in->form, in->digest,
				       in->year };
	return (struct claim){ outline_property(o, "Unit"),
			       outline_property(o, "Form"),
			       outline_property(o, "Digest"),
			       year_of(outline_property(o, "Year")) };
}

static int64_t by_subject(struct store *s, const struct claim *c)
{
	struct unit *unit = c->unit && c->form && c->year
				    ? store_unit_find(s, c->unit)
				    : NULL;
	int64_t id = 0;

	if (unit)
		id = store_report_find(s, unit->id, c->form, c->year);
	unit_free(unit);
	return id;
}

/* ---- by the title ---- */

/* 报告 or 年报 tells a title from a signature with its date. */
static bool may_be_title(const char *plain)
{
	return text_count(plain) <= TITLE_LIMIT &&
	       (strstr(plain, "报告") || strstr(plain, "年报"));
}

/* The title's own words decide: the unit with the longest name that stands in
 * it beside the year; of several forms the one it names. */
static int score_title(struct cli *cli, const char *title,
		       const struct report_row *row)
{
	const struct form_def *form = forms_get(cli->forms, row->form, NULL);
	char *year = str_printf("%d年", row->year);
	char *unit = verify_plain(row->unit);
	int score = 0;

	if (*unit && strstr(title, unit) && strstr(title, year))
		score = (int)strlen(unit);
	if (score && form && strstr(title, form->name))
		score += NAMES_FORM;
	free(year);
	free(unit);
	return score;
}

static void try_title(struct cli *cli, const char *text,
		      const struct report_row *list, size_t count, int *best,
		      int64_t *id)
{
	char *title = verify_plain(text);

	for (size_t i = 0; i < count && may_be_title(title); i++) {
		int score = score_title(cli, title, &list[i]);

		if (score > *best) {
			*best = score;
			*id = list[i].id;
		}
	}
	free(title);
}

static int64_t by_title(struct cli *cli, const struct outline *o)
{
	static const char *const names[] = { "Title", "title" };
	const struct report_filter all = { .state = -1 };
	struct report_row *list = NULL;
	size_t count = 0;
	int best = 0;
	int64_t id = 0;

	if (store_reports(cli->store, &all, &list, &count, &cli->err) != ERR_OK)
		return 0;
	for (size_t i = 0; i < o->count && i < TITLE_BLOCKS; i++)
		if (o->blocks[i].text)
			try_title(cli, o->blocks[i].text, list, count, &best,
				  &id);
	for (size_t i = 0; i < 2 && !id; i++) {
		const char *title = outline_property(o, names[i]);

		if (title)
			try_title(cli, title, list, count, &best, &id);
	}
	store_reports_free(list, count);
	return id;
}

bool verify_find(struct cli *cli, const struct foreign *file, const char *name,
		 int64_t *id)
{
	struct claim claim = claim_of(file);

	*id = by_subject(cli->store, &claim);
	if (!*id && claim.digest)
		*id = store_snapshot_report(cli->store, claim.digest);
	if (!*id && file->kind == FOREIGN_DOCUMENT)
		*id = by_title(cli, &file->outline);
	if (*id || cli->err.code)
		return *id != 0;
	err_set(&cli->err, ERR_INPUT,
		_("草稿库里没有与文件 %s 对应的报告；请写上编号：nianbao verify "
		  "文件 编号"),
		name);
	return false;
}
