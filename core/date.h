/*
 * date - calendar days and moments, without time zones in the data.
 *
 * A day is written 2025-01-31 (ISO 8601), a moment 2025-01-31T10:42:07 in
 * local time, because a clerk reads it.  NIANBAO_NOW (a moment) overrides the
 * clock, for tests and demonstrations.
 */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <stdbool.h>

struct date {
	int year, month, day; /* all 0: no date */
};

#define DATE_MOMENT 20 /* bytes of a moment, NUL included */

/* The moment now, "2025-01-12T10:42:07", into buf[DATE_MOMENT]. */
const char *date_now(char *buf);
struct date date_today(void);

/* Read YYYY-MM-DD (anything after ten characters is left alone); false if it
 * is no day of the calendar. */
bool date_parse(const char *s, struct date *out);

/* The ways people write a day: also 2026年1月15日, 2026.1.15, 2026/1/15, with
 * full-width digits too; nothing may follow. */
bool date_read_loose(const char *s, struct date *out);
#define DATE_DAY 11 /* bytes of a day, NUL included */
/* The day as 2026-01-15, into buf[DATE_DAY]; returned. */
const char *date_text(struct date d, char *buf);

/* Days from a to b, negative when b is earlier. */
int date_days(struct date a, struct date b);

/* 0 Sunday .. 6 Saturday. */
int date_weekday(struct date d);

#endif
