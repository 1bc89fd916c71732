/* P1, P2, P3, P6: numbers of persons, and the review before publication. */
#include <string.h>

#include "core/lint_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"
#include "core/str.h"
#include "core/tr.h"

enum {
	DIGITS = 24
};

/* The digits of a match, full width and parted ones too; X is kept. */
static size_t digits_of(const char *text, struct match m, char *out)
{
	size_t n = 0;

	for (size_t i = m.start; i < m.end && n + 1 < DIGITS; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c >= '0' && c <= '9') || c == 'X' || c == 'x')
			out[n++] = c == 'x' ? 'X' : (char)c;
		else if (c == 0xef && (unsigned char)text[i + 1] == 0xbc &&
			 (unsigned char)text[i + 2] >= 0x90 &&
			 (unsigned char)text[i + 2] <= 0x99)
			out[n++] =
				(char)('0' + (unsigned char)text[i + 2] - 0x90);
	}
	out[n] = '\0';
	return n;
}

/* ---- P1 ---- */

static bool is_private_phone(const struct job *job, const char *text,
			     struct match m)
{
	char digits[DIGITS];

	digits_of(text, m, digits);
	return strlen(digits) == 11 &&
	       !form_lists(lint_site(job)->phones, digits);
}

void lint_phone(const struct job *job)
{
	lint_filtered(job, is_private_phone);
}

/* ---- P2: GB 11643 ---- */

static bool is_day(const char *yyyymmdd)
{
	int n = 0;

	for (int i = 0; i < 8; i++)
		n = n * 10 + (yyyymmdd[i] - '0');
	return n / 10000 >= 1900 && n / 10000 < 2100 && n / 100 % 100 >= 1 &&
	       n / 100 % 100 <= 12 && n % 100 >= 1 && n % 100 <= 31;
}

/* ISO 7064 MOD 11-2. */
static bool checks(const char *id)
{
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum = (sum + (id[i] - '0')) * 2 % 11;
	sum = (12 - sum) % 11;
	return id[17] == (sum == 10 ? 'X' : (char)('0' + sum));
}

/* The first digit is that of a region, the second a province's. */
static bool is_area(const char *id)
{
	static const char most[] = "053764513"; /* of each region */
	int region = id[0] - '0', province = id[1] - '0';

	return region >= 1 && region <= 8 && province >= (region != 5) &&
	       province <= most[region] - '0';
}

/* 流水号 before it: the rule's words. */
static bool is_other_number(const struct job *job, const char *text, size_t at)
{
	for (size_t i = 0; i < job->rule->word_count; i++) {
		const char *word = job->rule->words[i];
		size_t n = strlen(word);

		if (at >= n && memcmp(text + at - n, word, n) == 0)
			return true;
	}
	return false;
}

static bool is_identity(const struct job *job, const char *text, struct match m)
{
	char id[DIGITS], day[16] = "19";
	size_t n = digits_of(text, m, id);

	if (n == 18)
		return !memchr(id, 'X', 17) && is_day(id + 6) &&
		       (checks(id) ||
			(is_area(id) && !is_other_number(job, text, m.start)));
	memcpy(day + 2, id + 6, 6);
	return n == 15 && !strchr(id, 'X') && id[0] != '0' && is_day(day);
}

/* One digit may be mistaken: then it only looks like one. */
static void say_identity(const struct job *job, const char *text,
			 const struct matches *kept, struct finding *f)
{
	(void)job;
	for (size_t i = 0; i < kept->count; i++) {
		char id[DIGITS];

		if (digits_of(text, kept->list[i], id) != 18 || checks(id))
			return;
	}
	lint_reword(f,
		    str_printf(_("疑似身份证号（校验位不对）：%s"), f->facts));
}

void lint_identity(const struct job *job)
{
	lint_told(job, is_identity, say_identity);
}

/* ---- P3: ISO/IEC 7812, the check of Luhn ---- */

static bool is_card(const struct job *job, const char *text, struct match m)
{
	char n[DIGITS];
	size_t len = digits_of(text, m, n);
	int sum = 0;

	if (len < 16 || len > 19 || strchr(n, 'X') || is_identity(job, text, m))
		return false;
	for (size_t i = 0; i < len; i++) {
		int digit = n[len - 1 - i] - '0';

		if (i % 2)
			digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
		sum += digit;
	}
	return sum % 10 == 0;
}

void lint_bank_card(const struct job *job)
{
	lint_filtered(job, is_card);
}

/* ---- P6 ---- */

void lint_unreviewed(const struct job *job)
{
	const struct message_values values = { "", 0 };

	if (job->in->unreviewed)
		lint_add(job, NULL, NULL, _("还没有做公开审查"), &values, NULL);
}
