/* export --all: every report of a year into one folder. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/order.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/tr.h"

struct batch {
	struct cli *cli;
	const struct order *order;
	struct names names; /* used so far */
	size_t failed;
};

static bool is_empty(const char *folder)
{
	DIR *d = opendir(folder);
	const struct dirent *e;
	bool empty = true;

	while (d && empty && (e = readdir(d)))
		empty = strcmp(e->d_name, ".") == 0 ||
			strcmp(e->d_name, "..") == 0;
	if (d)
		closedir(d);
	return empty;
}

bool batch_folder(struct cli *cli, const char *path, bool force)
{
	struct stat st;
	bool made = mkdir(path, 0777) == 0;
	int why = made ? 0 : errno;

	if (why == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		why = 0;
	if (why == EEXIST) {
		err_set(&cli->err, ERR_FILE,
			_("%s 是一个文件，不是文件夹；请换一个文件夹"), path);
		return false;
	}
	if (why) {
		err_set(&cli->err, ERR_FILE, _("建不了文件夹 %s：%s"), path,
			err_errno(why));
		return false;
	}
	if (force || is_empty(path))
		return true;
	err_set(&cli->err, ERR_REFUSED,
		_("文件夹 %s 里已有别的文件；换一个空文件夹，或加 --force "
		  "覆盖同名的"),
		path);
	return false;
}

static bool used(const struct names *n, const char *name)
{
	for (size_t i = 0; i < n->count; i++)
		if (strcasecmp(n->list[i], name) == 0)
			return true;
	return false;
}

const char *batch_name(struct names *n, const struct report_row *row,
		       const char *ending)
{
	char *title = str_printf("%d-%s", row->year, row->unit);
	char *name = export_file_name(title, ending);

	if (used(n, name)) {
		free(name);
		free(title);
		title = str_printf("%d-%lld-%s", row->year, (long long)row->id,
				   row->unit);
		name = export_file_name(title, ending);
	}
	free(title);
	n->list = mem_grow(n->list, n->count, &n->room, sizeof *n->list);
	n->list[n->count++] = name;
	return name;
}

void names_free(struct names *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->list[i]);
	free(n->list);
}

/* One that fails is told and the others go on. */
static void export_row(struct batch *b, const struct report_row *row)
{
	struct cli *cli = b->cli;
	char *path = str_printf(
		"%s/%s", b->order->path,
		batch_name(&b->names, row, b->order->format->ending));
	struct draft *d = draft_open(cli->store, cli->forms, row->id,
				     DRAFT_READ, &cli->err);
	enum err_code code =
		d ? export_report(d, b->order->format, &b->order->options, path,
				  NULL, &cli->err)
		  : cli->err.code;

	if (code == ERR_OK) {
		printf("%lld\t%s\t", (long long)row->id, row->unit);
		cli_line(path);
	} else {
		fprintf(stderr, "%s%lld\t%s\n", isatty(2) ? "\r" : "",
			(long long)row->id, cli->err.text);
		b->failed++;
	}
	draft_close(d);
	free(path);
}

static bool any(struct cli *cli, size_t count, int year)
{
	if (count == 0)
		err_set(&cli->err, ERR_REFUSED,
			_("%d 年没有报告，什么也没有导出；全部报告见 nianbao "
			  "list"),
			year);
	return count > 0;
}

int export_all(struct cli *cli, const struct order *o)
{
	struct report_filter filter = { .state = -1 };
	struct batch b = { .cli = cli, .order = o };
	struct report_row *list = NULL;
	size_t count = 0;
	long year;

	if (!o->path || !o->year || strcmp(o->path, "-") == 0) {
		err_set(&cli->err, ERR_INPUT,
			_("一次导出全部报告要写明年度和放在哪个文件夹；请加 "
			  "--year 年度和 -o 文件夹"));
		return EXIT_ERROR;
	}
	if (!cli_number(cli, o->year, YEAR_FIRST, YEAR_LAST, &year) ||
	    !cli_store(cli, STORE_READ))
		return cli_fail(cli);
	filter.year = (int)year;
	if (store_reports(cli->store, &filter, &list, &count, &cli->err) ||
	    !any(cli, count, filter.year) ||
	    !batch_folder(cli, o->path, o->force)) {
		store_reports_free(list, count);
		return cli_fail(cli);
	}
	for (size_t i = 0; i < count; i++) {
		export_row(&b, &list[i]);
		cli_progress(i + 1, count);
	}
	fprintf(stderr, _("导出 %zu 份报告\n"), count - b.failed);
	if (b.failed)
		fprintf(stderr, _("没有导出 %zu 份，原因见上\n"), b.failed);
	names_free(&b.names);
	store_reports_free(list, count);
	cli->err.text[0] = '\0'; /* told already */
	return b.failed ? EXIT_ERROR : EXIT_DONE;
}
