/* check --all: every report of a year, a line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/check_board.h"
#include "core/file.h"
#include "core/lint.h"
#include "core/text.h"
#include "core/tr.h"

bool check_rows(struct cli *cli, const struct check_order *o,
		struct report_row **list, size_t *count)
{
	struct report_filter filter = { .state = -1 };
	enum state state;
	long year;

	*list = NULL;
	*count = 0;
	if (!cli_number(cli, o->year, YEAR_FIRST, YEAR_LAST, &year))
		return false;
	if (o->state && !state_parse(o->state, &state)) {
		err_set(&cli->err, ERR_INPUT,
			_("没有“%s”这种状态；可用 draft submitted returned "
			  "approved published"),
			o->state);
		return false;
	}
	filter.year = (int)year;
	filter.state = o->state ? (int)state : -1;
	return cli_store(cli, STORE_READ) &&
	       store_reports(cli->store, &filter, list, count, &cli->err) ==
		       ERR_OK;
}

/* A board at work. */
struct batch {
	struct cli *cli;
	const struct check_order *order;
	const struct board_format *format;
	struct check_siblings siblings;
	struct board board;
	struct str out;
	bool streams; /* lines go out as they come */
	int code;
};

static bool set_beside(struct batch *b, struct draft *d)
{
	const struct siblings *list;

	if (b->order->no_siblings)
		return true;
	list = check_siblings(b->cli, draft_row(d)->form, draft_row(d)->year,
			      &b->siblings);
	draft_beside(d, list);
	return list != NULL;
}

/* One that cannot be read is told and the others go on. */
static void check_row(struct batch *b, const struct report_row *row)
{
	struct cli *cli = b->cli;
	struct draft *d = draft_open(cli->store, cli->forms, row->id,
				     DRAFT_READ, &cli->err);
	const struct board_line *line;

	if (!d || !set_beside(b, d)) {
		fprintf(stderr, "%s%lld\t%s\t",
			isatty(STDERR_FILENO) ? "\r" : "", (long long)row->id,
			row->unit);
		cli_say(cli);
		b->code = EXIT_ERROR;
		b->board.unread++;
		draft_close(d);
		return;
	}
	board_add(&b->board, row, draft_findings(d));
	draft_close(d);
	line = &b->board.lines[b->board.count - 1];
	if (b->format->line)
		b->format->line(&b->board, line, &b->out);
	if (b->streams) {
		fputs(b->out.s, stdout);
		str_clear(&b->out);
	}
}

static int finish(struct batch *b)
{
	struct cli *cli = b->cli;
	const char *path = b->order->path ? b->order->path : "-";

	if (b->format->end(&b->board, &b->out, &cli->err) != ERR_OK ||
	    file_write(path, b->out.s ? b->out.s : "", b->out.len, 0644,
		       &cli->err) != ERR_OK)
		return EXIT_ERROR;
	if (b->order->path)
		board_totals(&b->board, stderr);
	if (b->code == EXIT_DONE && b->board.hard)
		b->code = EXIT_REFUSED;
	return b->code;
}

/* What the lines need to know of all of them. */
static void look_ahead(struct batch *b, const struct report_row *list,
		       size_t count)
{
	const char *form = "";

	for (size_t i = 0; i < count; i++) {
		int n = text_cells(list[i].unit, strlen(list[i].unit));
		const struct form_def *def;

		if (n > b->board.name_cells)
			b->board.name_cells = n;
		if (strcmp(list[i].form, form) == 0)
			continue;
		form = list[i].form;
		def = lint_form(b->cli->forms, form, NULL);
		if (def)
			board_form(&b->board, def);
	}
}

int check_all(struct cli *cli, const struct check_order *o)
{
	struct batch b = { .cli = cli, .order = o };
	struct report_row *list;
	size_t count;
	int code;

	b.format = board_format(o->format, &cli->err);
	if (!b.format)
		return EXIT_ERROR;
	if (strcmp(o->format, "xlsx") == 0 && !o->path) {
		err_set(&cli->err, ERR_INPUT,
			_("xlsx 要写进文件；请加 -o 文件"));
		return EXIT_ERROR;
	}
	if (!check_rows(cli, o, &list, &count))
		return cli_fail(cli);
	b.board.year = strtol(o->year, NULL, 10);
	b.board.keeps = strcmp(o->format, "xlsx") == 0;
	b.streams = b.format->line && !o->path;
	look_ahead(&b, list, count);
	for (size_t i = 0; i < count; i++) {
		store_reading(cli->store, true);
		check_row(&b, &list[i]);
		store_reading(cli->store, false);
		if (!b.streams || !isatty(STDOUT_FILENO))
			cli_progress(i + 1, count);
	}
	fflush(stdout);
	code = finish(&b);
	str_free(&b.out);
	board_free(&b.board);
	check_siblings_free(&b.siblings);
	store_reports_free(list, count);
	return code;
}
