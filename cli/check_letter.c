/* check --feedback: the 审核意见反馈单 of a report, or one a unit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/order.h"
#include "core/date.h"
#include "core/tr.h"
#include "export/letter.h"

/* Letters at work. */
struct post {
	struct cli *cli;
	const struct check_order *order;
	const struct exporter *format;
	char due[DATE_DAY]; /* or "" */
	struct check_siblings siblings;
	struct names names;
	size_t written;
	int code; /* the worst */
};

/* By its name, by the ending of the file; words for the terminal. */
static const struct exporter *find_format(const struct check_order *o,
					  struct err *err)
{
	size_t count, len = o->path ? strlen(o->path) : 0;
	const struct exporter *list = exporters(&count);

	if (o->format)
		return exporter_find(o->format, err);
	if (o->all)
		return exporter_find("docx", err);
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(list[i].ending);

		if (len > n && strcmp(o->path + len - n, list[i].ending) == 0)
			return &list[i];
	}
	return exporter_find("text", err);
}

static bool read_deadline(struct post *p)
{
	struct date day;

	if (!p->order->deadline)
		return true;
	if (date_read(p->order->deadline, &day)) {
		date_day(day, p->due);
		return true;
	}
	err_set(&p->cli->err, ERR_INPUT,
		_("“%s”不是日期；整改期限写作 2026-01-20"), p->order->deadline);
	return false;
}

static void worst(struct post *p, int code)
{
	p->code = code > p->code ? code : p->code;
}

static bool set_beside(struct post *p, struct draft *d)
{
	const struct siblings *list;

	if (p->order->all ? p->order->no_siblings : !p->order->siblings)
		return true;
	list = check_siblings(p->cli, draft_row(d)->form, draft_row(d)->year,
			      &p->siblings);
	draft_beside(d, list);
	return list != NULL;
}

/* Which one of many it was, before the sentence why. */
static void say_row(const struct report_row *row)
{
	if (row)
		fprintf(stderr, "%s%lld\t%s\t",
			isatty(STDERR_FILENO) ? "\r" : "", (long long)row->id,
			row->unit);
}

/* Takes over the draft, NULL: it could not be opened.  `row`: of many. */
static void write_one(struct post *p, const struct report_row *row,
		      struct draft *d, const char *path)
{
	struct cli *cli = p->cli;
	int count[SEVERITY_COUNT], open;
	char *written = NULL;

	if (!d || !set_beside(p, d) ||
	    export_letter(d, p->format, *p->due ? p->due : NULL, path, &written,
			  &cli->err) != ERR_OK) {
		draft_close(d);
		say_row(row);
		cli_say(cli); /* and go on with the others */
		worst(p, EXIT_ERROR);
		return;
	}
	p->written++;
	findings_count(draft_findings(d), count, &open);
	worst(p, count[SEVERITY_HARD] ? EXIT_REFUSED : EXIT_DONE);
	if (strcmp(written, "-") != 0)
		printf("%lld\t%s\t%d\t%d\t%d\t%s\n",
		       (long long)draft_row(d)->id, draft_row(d)->unit,
		       count[SEVERITY_HARD], count[SEVERITY_SOFT],
		       count[SEVERITY_HINT], written);
	free(written);
	draft_close(d);
}

static int write_all(struct post *p)
{
	const struct check_order *o = p->order;
	struct cli *cli = p->cli;
	struct report_row *list;
	size_t count;

	if (!o->path) {
		err_set(&cli->err, ERR_INPUT,
			_("一年的反馈单要放在一个文件夹里；请加 -o 文件夹"));
		return EXIT_ERROR;
	}
	if (!check_rows(cli, o, &list, &count) ||
	    !batch_folder(cli, o->path, o->force)) {
		store_reports_free(list, count);
		return cli_fail(cli);
	}
	for (size_t i = 0; i < count; i++) {
		const char *name =
			batch_name(&p->names, &list[i], p->format->ending);
		char *path = str_printf("%s/%s", o->path, name);

		write_one(p, &list[i],
			  draft_open(cli->store, cli->forms, list[i].id,
				     DRAFT_READ, &cli->err),
			  path);
		free(path);
		cli_progress(i + 1, count);
	}
	fprintf(stderr, _("写出 %zu 份反馈单\n"), p->written);
	if (p->written < count)
		fprintf(stderr, _("没有写出 %zu 份，原因见上\n"),
			count - p->written);
	store_reports_free(list, count);
	return p->code;
}

int check_letter(struct cli *cli, const struct check_order *o, int argc,
		 char **argv)
{
	struct post p = { .cli = cli, .order = o };
	int code;

	p.format = find_format(o, &cli->err);
	if (!p.format || !read_deadline(&p))
		return EXIT_ERROR;
	if (o->all) {
		code = write_all(&p);
	} else if (argc != 2) {
		code = cli_usage(cli, cli_command("check"));
	} else {
		write_one(&p, NULL, cli_version(cli, argv[1], o->approved),
			  o->path ? o->path : "-");
		code = p.code;
	}
	names_free(&p.names);
	check_siblings_free(&p.siblings);
	return code;
}
