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

enum {
	BAR = 40
};

struct batch {
	struct cli *cli;
	const struct order *order;
	char **names; /* used so far */
	size_t count, failed;
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

static bool make_folder(struct cli *cli, const struct order *o)
{
	struct stat st;
	bool made = mkdir(o->path, 0777) == 0;
	int why = made ? 0 : errno;

	if (why == EEXIST && stat(o->path, &st) == 0 && S_ISDIR(st.st_mode))
		why = 0;
	if (why == EEXIST) {
		err_set(&cli->err, ERR_FILE,
			_("%s 是一个文件，不是文件夹；请换一个文件夹"),
			o->path);
		return false;
	}
	if (why) {
		err_set(&cli->err, ERR_FILE, _("建不了文件夹 %s：%s"), o->path,
			err_errno(why));
		return false;
	}
	if (o->force || is_empty(o->path))
		return true;
	err_set(&cli->err, ERR_REFUSED,
		_("文件夹 %s 里已有别的文件；换一个空文件夹，或加 --force "
		  "覆盖同名的"),
		o->path);
	return false;
}

static bool used(const struct batch *b, const char *name)
{
	for (size_t i = 0; i < b->count; i++)
		if (strcasecmp(b->names[i], name) == 0)
			return true;
	return false;
}

/* 2024-青溪县教育局.docx; where two units' names come to the same, the id. */
static const char *name_of(struct batch *b, const struct report_row *row)
{
	const char *ending = b->order->format->ending;
	char *title = str_printf("%d-%s", row->year, row->unit);
	char *name = export_file_name(title, ending);

	if (used(b, name)) {
		free(name);
		free(title);
		title = str_printf("%d-%lld-%s", row->year, (long long)row->id,
				   row->unit);
		name = export_file_name(title, ending);
	}
	free(title);
	b->names = xreallocarray(b->names, b->count + 1, sizeof *b->names);
	b->names[b->count++] = name;
	return name;
}

static void progress(size_t done, size_t all)
{
	char bar[BAR + 1];
	size_t filled = done * BAR / all;

	if (!isatty(STDERR_FILENO))
		return;
	memset(bar, '.', BAR);
	memset(bar, '#', filled);
	bar[BAR] = '\0';
	fprintf(stderr, "\r[%s] %zu/%zu%s", bar, done, all,
		done == all ? "\n" : "");
}

/* One that fails is told and the others go on. */
static void export_row(struct batch *b, const struct report_row *row)
{
	struct cli *cli = b->cli;
	char *path = str_printf("%s/%s", b->order->path, name_of(b, row));
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

	if (!o->path || !o->year || strcmp(o->path, "-") == 0)
		return cli_usage(cli, cli_command("export"));
	if (!cli_number(cli, o->year, 1949, 2999, &year) ||
	    !cli_store(cli, STORE_READ))
		return cli_fail(cli);
	filter.year = (int)year;
	if (store_reports(cli->store, &filter, &list, &count, &cli->err) ||
	    !any(cli, count, filter.year) || !make_folder(cli, o)) {
		store_reports_free(list, count);
		return cli_fail(cli);
	}
	for (size_t i = 0; i < count; i++) {
		export_row(&b, &list[i]);
		progress(i + 1, count);
	}
	fprintf(stderr, _("导出 %zu 份报告\n"), count - b.failed);
	if (b.failed)
		fprintf(stderr, _("没有导出 %zu 份，原因见上\n"), b.failed);
	for (size_t i = 0; i < b.count; i++)
		free(b.names[i]);
	free(b.names);
	store_reports_free(list, count);
	cli->err.text[0] = '\0'; /* told already */
	return b.failed ? EXIT_ERROR : EXIT_DONE;
}
