#include "tests/desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/mem.h"
#include "export/export.h"
#include "import/import.h"
#include "tests/made.h"
#include "tests/unit.h"

static void find_forms(void)
{
	char *folder, *all;

	if (strstr(getenv("NIANBAO_FORMS"), "tests/forms"))
		return;
	folder = made_path("forms");
	all = str_printf("%s:%s", getenv("NIANBAO_FORMS"), folder);
	setenv("NIANBAO_FORMS", all, 1);
	free(all);
	free(folder);
}

int desk_set_up(void **state)
{
	struct desk *d = xcalloc(1, sizeof *d);
	struct err err = { 0 };

	memcpy(d->folder, "/tmp/nianbao-import.XXXXXX", 27);
	assert_non_null(mkdtemp(d->folder));
	d->file = str_printf("%s/report.xml", d->folder);
	for (int i = 0; i < 2; i++)
		d->paths[i] = str_printf("%s/%d.db", d->folder, i);
	d->from = store_open(d->paths[0], STORE_CREATE, &err);
	d->to = store_open(d->paths[1], STORE_CREATE, &err);
	if (!d->from || !d->to)
		fail_msg("%s", err.text);
	assert_int_equal(store_sign_in(d->from, NULL, &err), ERR_OK);
	assert_int_equal(store_sign_in(d->to, NULL, &err), ERR_OK);
	find_forms();
	d->forms = forms_new();
	*state = d;
	return 0;
}

int desk_tear_down(void **state)
{
	struct desk *d = *state;
	char *command = str_printf("rm -r '%s'", d->folder);

	forms_free(d->forms);
	store_close(d->from);
	store_close(d->to);
	assert_int_equal(system(command), 0);
	free(command);
	free(d->file);
	free(d->paths[0]);
	free(d->paths[1]);
	free(d);
	return 0;
}

struct draft *desk_open(struct desk *d, struct store *s, int64_t id,
			enum draft_mode mode)
{
	struct err err = { 0 };
	struct draft *draft = draft_open(s, d->forms, id, mode, &err);

	if (!draft)
		fail_msg("%s", err.text);
	return draft;
}

void desk_xml(struct desk *d, struct store *s, int64_t id, struct str *out)
{
	struct draft *draft = desk_open(d, s, id, DRAFT_READ);
	struct export_job job = { .draft = draft };

	SURE(xml_write(&job, out, &err));
	draft_close(draft);
}

void desk_enter(struct desk *d, struct store *s, int64_t id,
		const struct entry *list, size_t count)
{
	struct draft *draft = desk_open(d, s, id, DRAFT_EDIT);
	struct change changes[40];

	for (size_t i = 0; i < count; i++)
		changes[i] = (struct change){ made_cell(draft_form(draft),
							list[i].path),
					      list[i].text, list[i].printed };
	SURE(draft_change(draft, changes, count, "set", NULL, &err));
	draft_close(draft);
}

static const struct entry small[] = {
	{ "talk.text",
	  "　第一段“引号” <&> '单' \"双\"\n\n 第二段\\n 不是换行 😀 𠮷", false },
	{ "count.carried_in.own", "0", false },
	{ "count.carried_in.towns", "12", false },
	{ "count.done.own", "99999999", false },
	{ "count.done.towns", "7", false },
	{ "count.refused.own", "/", false },
	{ "count.refused.towns", "3", false },
	{ "count.fees.own", "59237.2449", false },
	{ "count.fees.towns", "/", false },
	{ "count.carried_in.total", "13", true },
	{ "count.all.towns", "11", true },
	{ "count.note", "数量含上年度结转", false },
	{ "other.notices", "0", false },
	{ "other.way", "paper", false },
	{ "other.day", "2025-01-02", false },
	{ "meta.contact", "0000-0000000 / 张三", false },
};

int64_t desk_report(struct desk *d, const char *unit)
{
	int64_t id = 0;

	SURE(draft_new(d->from, d->forms, "small-1", unit, 2024, &id, &err));
	desk_enter(d, d->from, id, small, sizeof small / sizeof *small);
	return id;
}

void desk_unsign(struct str *xml)
{
	static const char name[] = " digest=\"";
	char *at = strstr(xml->s, name), *end;

	assert_non_null(at);
	end = strchr(at + strlen(name), '"');
	assert_non_null(end);
	str_splice(xml, (size_t)(at - xml->s), (size_t)(end + 1 - at), "", 0);
}

void desk_put(struct desk *d, const struct str *bytes)
{
	SURE(file_write(d->file, bytes->s ? bytes->s : "", bytes->len, 0600,
			&err));
}

void desk_send(struct desk *d, int64_t id)
{
	struct str xml = { 0 };

	desk_xml(d, d->from, id, &xml);
	desk_put(d, &xml);
	str_free(&xml);
}

enum err_code desk_bring(struct desk *d, int64_t into, int64_t *id,
			 struct str *said, struct err *err)
{
	struct import_job job = { .store = d->to,
				  .forms = d->forms,
				  .into = into };

	return import_file(&job, d->file, said, id, err);
}
