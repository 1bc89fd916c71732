/* References in prose: what they print, what is wrong with them. */
#include "tests/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/reference.h"
#include "tests/made.h"

static const struct row {
	const char *text, *prints; /* ［未填］ for a fault */
	enum reference_fault fault;
} rows[] = {
	{ "新收{requests.new.total}件", "新收126件", REFERENCE_OK },
	{ "{requests.new.natural+requests.new.business}", "123", REFERENCE_OK },
	{ "占{requests.new.natural/requests.new.total%}", "占95.24%",
	  REFERENCE_OK },
	{ "{requests.new.business/requests.new.natural%}", "2.50%",
	  REFERENCE_OK },
	{ "增长{requests.new.total~%}", "增长26.00%", REFERENCE_OK },
	{ "{requests.new.natural~%}", "-14.29%", REFERENCE_OK },
	{ "{requests.accepted.total}", "129", REFERENCE_OK },
	{ "{disclosure.fees.amount}万元", "59237.2449万元", REFERENCE_OK },
	{ "{disputes.review.decided}", "0", REFERENCE_OK },
	{ "{requests.nwe.total}", "［未填］", REFERENCE_UNKNOWN },
	{ "{overview.text}", "［未填］", REFERENCE_NO_NUMBER },
	{ "{other.fee_yuan}", "［未填］", REFERENCE_BLANK },
	{ "{requests.new.total/requests.new.research%}", "［未填］",
	  REFERENCE_BY_ZERO },
	{ "{disclosure.normative.issued~%}", "［未填］", REFERENCE_NO_LAST },
	/* not one of the four forms: text */
	{ "{一}{}{1}{a}{requests.new.total", "{一}{}{1}{a}{requests.new.total",
	  REFERENCE_OK },
	{ "{requests.new.total-1}", "{requests.new.total-1}", REFERENCE_OK },
	{ "{requests.new.total/requests.new.natural}",
	  "{requests.new.total/requests.new.natural}", REFERENCE_OK },
	{ "{{requests.new.total}}", "{126}", REFERENCE_OK },
	{ "{.}{a.}{requests.new.total+}", "{.}{a.}{requests.new.total+}",
	  REFERENCE_OK },
};

static void put(struct report *r, const char *path, const char *text)
{
	struct err err = { 0 };

	if (report_type(r, made_cell(report_form(r), path), text, &err))
		fail_msg("%s: %s", path, err.text);
}

static struct report *this_year(void)
{
	static const char *const other[] = { "research", "nonprofit", "legal",
					     "other" };
	struct report *r = report_new(made_form("ogi-2021"));

	made_zero(r);
	put(r, "requests.new.natural", "120");
	put(r, "requests.new.business", "3");
	for (size_t i = 0; i < 4; i++) {
		char path[64];

		snprintf(path, sizeof path, "requests.new.%s", other[i]);
		put(r, path, i == 3 ? "3" : "0");
	}
	put(r, "requests.carried_in.natural", "3");
	put(r, "disclosure.fees.amount", "59237.2449");
	put(r, "other.fee_yuan", "");
	return r;
}

static void test_rows(void **state)
{
	struct report *now = this_year();
	struct report *last = report_new(made_form("ogi-2021"));

	(void)state;
	made_zero(last);
	put(last, "disclosure.normative.issued", "");
	put(last, "requests.new.natural", "100");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reference ref;
		struct str out = { 0 }, value = { 0 };
		enum reference_fault fault = REFERENCE_OK;

		if (strcmp(rows[i].text, "{requests.new.natural~%}") == 0)
			put(last, "requests.new.natural", "140");
		reference_expand(now, last, rows[i].text, &out);
		assert_string_equal(out.s, rows[i].prints);
		if (reference_next(report_form(now), rows[i].text, 0, &ref))
			fault = reference_value(now, last, &ref, &value);
		assert_int_equal(fault, rows[i].fault);
		str_free(&out);
		str_free(&value);
		put(last, "requests.new.natural", "100");
	}
	report_free(now);
	report_free(last);
}

/* Shares are rounded half away from zero, exactly, whatever the size. */
static void test_rounding(void **state)
{
	static const struct {
		const char *part, *whole, *prints;
	} shares[] = {
		{ "1", "3", "33.33%" },
		{ "2", "3", "66.67%" },
		{ "1", "8", "12.50%" },
		{ "1", "16", "6.25%" },
		{ "1", "32", "3.13%" },
		{ "3", "59", "5.08%" },
		{ "99999999", "1", "9999999900.00%" },
		{ "1", "99999999", "0.00%" },
		{ "0", "5", "0.00%" },
	};
	struct report *r = report_new(made_form("ogi-2021"));

	(void)state;
	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
		struct str out = { 0 };

		put(r, "requests.new.natural", shares[i].part);
		put(r, "requests.new.business", shares[i].whole);
		reference_expand(
			r, NULL,
			"{requests.new.natural/requests.new.business%}", &out);
		if (strcmp(shares[i].prints, "9999999900.00%") == 0)
			assert_string_equal(out.s, "［未填］"); /* too large */
		else
			assert_string_equal(out.s, shares[i].prints);
		str_free(&out);
	}
	report_free(r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_rounding),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	made_form_free();
	return failed;
}
