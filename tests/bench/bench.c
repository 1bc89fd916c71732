/*
 * Times inside one process, each as the median of many runs, beside the figure
 * promised: checks, one key in a long text, leaving a cell, one document.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/draft.h"
#include "core/mem.h"
#include "core/text.h"
#include "export/export.h"

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print(const char *what, double *us, int n, double promised)
{
	qsort(us, (size_t)n, sizeof *us, by_size);
	printf("%-44s %9.1f us  p99 %9.1f us", what, us[n / 2],
	       us[n * 99 / 100]);
	if (promised > 0)
		printf("  promised %7.0f us  %.2f of it", promised,
		       us[n / 2] / promised);
	putchar('\n');
}

static void die(const struct err *err)
{
	fprintf(stderr, "bench: %s\n", err->text);
	exit(1);
}

static void check_all(struct draft *d, const char *what, double promised)
{
	static double us[400];
	struct check_input in = { draft_report(d), draft_last(d), draft_unit(d),
				  "2026-01-12" };

	for (int i = 0; i < 400; i++) {
		struct findings f = { 0 };
		double t = now_us();

		rule_check(&in, &f);
		us[i] = now_us() - t;
		findings_free(&f);
	}
	print(what, us, 400, promised);
}

/* A text grows in its middle, a number is replaced. */
static void type_into(struct draft *d, const char *what, size_t cell,
		      const char *key, bool leave, double promised)
{
	static double us[1000];
	bool anew = draft_form(d)->cells[cell].kind != FIELD_PROSE;
	struct err err;

	for (int i = 0; i < 1000; i++) {
		size_t len = strlen(draft_text(d, cell));
		double t = now_us();

		if (draft_splice(d, cell, anew ? 0 : len / 2 / 3 * 3,
				 anew ? len : 0, key, strlen(key),
				 &err) != ERR_OK)
			die(&err);
		if (leave && draft_leave(d, &err) != ERR_OK)
			die(&err);
		us[i] = now_us() - t;
	}
	print(what, us, 1000, promised);
}

static void write_docx(struct draft *d)
{
	static double us[200];
	struct err err;
	const struct exporter *docx = exporter_find("docx", &err);

	for (int i = 0; i < 200; i++) {
		double t = now_us();

		if (export_report(d, docx, NULL, "/dev/null", NULL, &err) != ERR_OK)
			die(&err);
		us[i] = now_us() - t;
	}
	print("one DOCX, amortised", us, 200, 2000);
}

static void load_form(void)
{
	static double us[100];

	for (int i = 0; i < 100; i++) {
		double t = now_us();
		struct forms *forms = forms_new();
		struct err err;

		if (!forms_get(forms, "ogi-2021", &err))
			die(&err);
		forms_free(forms);
		us[i] = now_us() - t;
	}
	print("form file loaded", us, 100, 0);
}

/* A section of `characters` in paragraphs of 400. */
static void long_text(struct draft *d, const char *path, int characters)
{
	struct change one = { form_cell(draft_form(d), path), NULL, false };
	struct str s = { 0 };
	struct err err;

	for (int i = 1; i <= characters; i++) {
		str_add(&s, i % 40 == 0 ? "。" : i % 9 == 0 ? "，" : "政");
		if (i % 400 == 0)
			str_add(&s, "\n");
	}
	one.text = s.s;
	if (draft_change(d, &one, 1, "set", NULL, &err) != ERR_OK)
		die(&err);
	str_free(&s);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct forms *forms = forms_new();
	struct store *s;
	struct draft *d;
	size_t prose, grid;

	if (argc != 3)
		return 2;
	s = store_open(argv[1], STORE_WRITE, &err);
	if (!s || store_sign_in(s, NULL, &err) != ERR_OK)
		die(&err);
	d = draft_open(s, forms, atoll(argv[2]), DRAFT_EDIT, &err);
	if (!d)
		die(&err);
	prose = form_cell(draft_form(d), "overview.text");
	grid = form_cell(draft_form(d), "requests.new.natural");
	load_form();
	write_docx(d);
	long_text(d, "overview.text", 5000);
	check_all(d, "all checks, 5,000 characters", 2000);
	type_into(d, "a figure typed and its cell left (fsync)", grid, "12",
		  true, 0);
	type_into(d, "a digit typed, sums and journal", grid, "１", false, 0);
	draft_undo(d, &grid, NULL, &err);
	long_text(d, "overview.text", 20000);
	type_into(d, "a character typed into 20,000", prose, "府", false, 0);
	check_all(d, "all checks, 21,000 characters", 0);
	draft_close(d);
	store_close(s);
	forms_free(forms);
	return 0;
}
