/*
 * start - what the first screen says about a report: dates, place, roles.
 */
#ifndef TUI_START_H
#define TUI_START_H

#include "core/str.h"
#include "core/unit.h"
#include "tui/app.h"

/* 须改1 说明2 剩14天报送, as much as fits `cells`; a published report: the day.
 * `unit` may be NULL.  Appended, as below. */
void start_due(struct app *app, const struct report_row *row,
	       const struct unit *unit, int cells, struct str *out);
/* Lines from `y` on: the whole name, the place left last, the dates, why it came
 * back. */
enum {
	START_ABOUT = 4
};
void start_about(struct app *app, const struct report_row *row,
		 const struct unit *unit, int y);
/* 2026年1月12日 星期一 */
void start_today(struct str *out);
/* 填报人 张 */
void start_roles(struct app *app, struct str *out);

#endif
