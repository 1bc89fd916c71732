#include "core/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *date_now(char *buf)
{
	const char *fixed = getenv("NIANBAO_NOW");
	time_t now = time(NULL);
	struct date d;
	struct tm tm;

	if (fixed && strlen(fixed) == DATE_MOMENT - 1 && date_parse(fixed, &d))
		return memcpy(buf, fixed, DATE_MOMENT);
	localtime_r(&now, &tm);
	strftime(buf, DATE_MOMENT, "%Y-%m-%dT%H:%M:%S", &tm);
	return buf;
}

const char *date_clock(const char *moment, char *buf)
{
	bool whole = strlen(moment) >= 16;

	snprintf(buf, DATE_MOMENT, "%.10s%s%.5s", moment, whole ? " " : "",
		 whole ? moment + 11 : "");
	return buf;
}

struct date date_today(void)
{
	char now[DATE_MOMENT];
	struct date d = { 0 };

	date_parse(date_now(now), &d);
	return d;
}

static bool digits(const char *s, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*out = *out * 10 + s[i] - '0';
	}
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool date_parse(const char *s, struct date *out)
{
	struct date d;

	if (strnlen(s, 10) < 10 || s[4] != '-' || s[7] != '-')
		return false;
	if (!digits(s, 4, &d.year) || !digits(s + 5, 2, &d.month) ||
	    !digits(s + 8, 2, &d.day))
		return false;
	if (d.month < 1 || d.month > 12 || d.day < 1 ||
	    d.day > month_days(d.year, d.month))
		return false;
	*out = d;
	return true;
}

/* Days since 0000-03-01 of the Gregorian calendar. */
static int day_number(struct date d)
{
	int y = d.month > 2 ? d.year : d.year - 1;
	int m = d.month > 2 ? d.month - 3 : d.month + 9;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d.day;
}

int date_days(struct date a, struct date b)
{
	return day_number(b) - day_number(a);
}

int date_weekday(struct date d)
{
	return (day_number(d) + 2) % 7;
}
