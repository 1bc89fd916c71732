#include "core/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"

const char *date_now(char *buf)
{
	return date_before(0, buf);
}

const char *date_before(int seconds, char *buf)
{
	const char *fixed = getenv("NIANBAO_NOW");
	time_t now = time(NULL) - seconds;
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

static bool is_day(struct date d)
{
	return d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= month_days(d.year, d.month);
}

bool date_parse(const char *s, struct date *out)
{
	struct date d;

	if (strnlen(s, 10) < 10 || s[4] != '-' || s[7] != '-')
		return false;
	if (!digits(s, 4, &d.year) || !digits(s + 5, 2, &d.month) ||
	    !digits(s + 8, 2, &d.day))
		return false;
	if (!is_day(d))
		return false;
	*out = d;
	return true;
}

bool date_is_moment(const char *s)
{
	struct date d;
	int hour, minute, second;

	return strlen(s) == DATE_MOMENT - 1 && date_parse(s, &d) &&
	       s[10] == 'T' && digits(s + 11, 2, &hour) && s[13] == ':' &&
	       digits(s + 14, 2, &minute) && s[16] == ':' &&
	       digits(s + 17, 2, &second) && hour < 24 && minute < 60 &&
	       second <= 60;
}

/* ---- days as people write them ---- */

/* 年 月 日 stand for Y M D; full-width forms are narrowed, blanks at the ends
 * dropped; false: something else, or too long. */
static bool plain_day(const char *s, char *out, size_t room)
{
	static const struct {
		const char *mark;
		char as;
	} marks[] = {
		{ "年", 'Y' }, { "月", 'M' }, { "日", 'D' },
		{ "号", 'D' }, { "。", '.' }, { "　", ' ' },
	};
	size_t n = 0;

	while (*s && n + 1 < room) {
		size_t len = text_next(s, strlen(s), 0);
		char c = len == 1 ? *s : text_narrow(s);

		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			if (len == 3 && memcmp(s, marks[i].mark, 3) == 0)
				c = marks[i].as;
		if (!c)
			return false;
		if (c != ' ' || n)
			out[n++] = c;
		s += len;
	}
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return !*s;
}

/* So many digits, and the mark behind them. */
static bool part(const char **s, int least, int most, char mark, int *out)
{
	int n = 0;

	while (n < most && (*s)[n] >= '0' && (*s)[n] <= '9')
		n++;
	if (n < least || !digits(*s, n, out) || (*s)[n] != mark)
		return false;
	*s += n + (mark != '\0');
	return true;
}

bool date_read(const char *s, struct date *out)
{
	static const char marks[][3] = { { '-', '-', '\0' },
					 { '.', '.', '\0' },
					 { '/', '/', '\0' },
					 { 'Y', 'M', 'D' },
					 { 'Y', 'M', '\0' } };
	char plain[32];

	if (!plain_day(s, plain, sizeof plain))
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *p = plain;
		struct date d;

		if (part(&p, 4, 4, marks[i][0], &d.year) &&
		    part(&p, 1, 2, marks[i][1], &d.month) &&
		    part(&p, 1, 2, marks[i][2], &d.day) && !*p && is_day(d)) {
			*out = d;
			return true;
		}
	}
	return false;
}

const char *date_day(struct date d, char *buf)
{
	snprintf(buf, DATE_DAY, "%04u-%02u-%02u", (unsigned)d.year % 10000,
		 (unsigned)d.month % 100, (unsigned)d.day % 100);
	return buf;
}

/* ---- counting ---- */

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

bool date_month_day(const char *s)
{
	char day[16] = "2023-";
	struct date parsed;

	if (strlen(s) != 5)
		return false;
	memcpy(day + 5, s, 6);
	return date_parse(day, &parsed);
}
