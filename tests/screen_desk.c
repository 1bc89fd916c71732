#include "tests/screen_side.h"

#include <stdlib.h>

#include "tests/unit.h"

struct side side;

int side_set_up(void **state)
{
	void *book;

	(void)state;
	setenv("NIANBAO_NOW", "2026-01-12T10:42:07", 1);
	book_set_up(&book);
	side.book = book;
	stage_open(24, 80);
	app_start(&side.app, side.book->s, side.book->forms);
	return 0;
}

int side_tear_down(void **state)
{
	void *book = side.book;

	(void)state;
	app_stop(&side.app);
	stage_close();
	return book_tear_down(&book);
}

void side_fill(void)
{
	struct draft *d =
		book_open(side.book, side.book->s, side.book->id, DRAFT_EDIT);

	book_fill(d, "2025.tsv");
	draft_close(d);
}

void side_draft(enum draft_mode mode)
{
	side.app.draft =
		book_open(side.book, side.book->s, side.book->id, mode);
}

const char *side_top(void)
{
	return side.app.stack[side.app.depth - 1].ops->name;
}

size_t side_cell(const char *path)
{
	return form_cell(draft_form(side.app.draft), path);
}
