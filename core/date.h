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
/* … so many seconds ago. */
const char *date_before(int seconds, char *buf);
struct date date_today(void);

/* The moment as it is read by people, "2025-01-12 10:42", into
 * buf[DATE_MOMENT]. */
const char *date_clock(const char *moment, char *buf);

/* Read YYYY-MM-DD (anything after ten characters is left alone); false if it
 * is no day of the calendar. */
bool date_parse(const char *s, struct date *out);

/* Is it a whole moment, 2025-01-31T10:42:07, of the calendar and the clock? */
bool date_is_moment(const char *s);

/* A whole text as people write a day: 2026-01-20, 2026-1-20, 2026.1.20,
 * 2026/1/20, 2026年1月20日, full-width digits too. */
bool date_read(const char *s, struct date *out);
/* "2026-01-20" into buf[DATE_DAY]. */
#define DATE_DAY 16
const char *date_day(struct date d, char *buf);

/* Is it a day of any year, "01-26"?  02-29 is none: most years have not got
 * it. */
bool date_month_day(const char *s);

/* Days from a to b, negative when b is earlier. */
int date_days(struct date a, struct date b);

/* 0 Sunday .. 6 Saturday. */
int date_weekday(struct date d);

#endif
