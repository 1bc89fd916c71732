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

/* Up to `most` digits of either width; 0: none. */
static int take_number(const char **s, int most)
{
	int n = 0;

	for (int i = 0; i < most; i++) {
		bool wide = strncmp(*s, "\xef\xbc", 2) == 0;
		int digit = wide ? (unsigned char)(*s)[2] - 0x90 : **s - '0';

		if (digit < 0 || digit > 9)
			break;
		n = n * 10 + digit;
		*s += wide ? 3 : 1;
	}
	return n;
}

/* One of the marks, each ended by a blank in the list. */
static bool take_mark(const char **s, const char *marks)
{
	for (size_t len; *marks; marks += len + 1) {
		len = strcspn(marks, " ");
		if (strncmp(*s, marks, len) == 0) {
			*s += len;
			return true;
		}
	}
	return false;
}

bool date_read_loose(const char *s, struct date *out)
{
	struct date d = { 0 };
	char iso[DATE_DAY];
	bool named;

	d.year = take_number(&s, 4);
	named = strncmp(s, "年", strlen("年")) == 0;
	if (!take_mark(&s, named ? "年 " : "- . / － ． ／ 。 "))
		return false;
	d.month = take_number(&s, 2);
	if (!take_mark(&s, named ? "月 " : "- . / － ． ／ 。 "))
		return false;
	d.day = take_number(&s, 2);
	if (named)
		take_mark(&s, "日 号 ");
	return !*s && d.year > 999 && date_parse(date_text(d, iso), out);
}

const char *date_text(struct date d, char *buf)
{
	unsigned year = (unsigned)d.year % 10000;

	snprintf(buf, DATE_DAY, "%04u-%02u-%02u", year, (unsigned)d.month % 100,
		 (unsigned)d.day % 100);
	return buf;
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
