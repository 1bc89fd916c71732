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
#include "core/report_impl.h"
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
	struct check_input in = { .now = draft_report(d),
				  .last = draft_last(d),
				  .unit = draft_unit(d),
				  .state_date = "2026-01-12" };

	for (int i = 0; i < 400; i++) {
		struct findings f = { 0 };
		double t = now_us();

		rule_check(&in, &f);
		us[i] = now_us() - t;
		findings_free(&f);
	}
	print(what, us, 400, promised);
}

/* A report that was just opened: nothing is known of its texts. */
static void check_first(struct store *s, struct forms *forms, int64_t id)
{
	static double us[100];

	for (int i = 0; i < 100; i++) {
		struct err err = { 0 };
		struct draft *d = draft_open(s, forms, id, DRAFT_READ, &err);
		struct check_input in;
		struct findings f = { 0 };
		double t;

		if (!d)
			die(&err);
		in = (struct check_input){ .now = draft_report(d),
					   .last = draft_last(d),
					   .unit = draft_unit(d),
					   .state_date = "2026-01-12" };
		t = now_us();
		rule_check(&in, &f);
		us[i] = now_us() - t;
		findings_free(&f);
		draft_close(d);
	}
	print("all checks, a report just opened", us, 100, 2000);
}

/* The middle of a text, where a character begins. */
static size_t middle(const char *text)
{
	size_t at = strlen(text) / 2;

	while (((unsigned char)text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static void type_into(struct draft *d, const char *what, size_t cell,
		      const char *key, bool leave, double promised)
{
	static double us[1000];
	bool number = cell_is_number(&draft_form(d)->cells[cell]);
	struct err err;

	for (int i = 0; i < 1000; i++) {
		size_t len = strlen(draft_text(d, cell));
		double t = now_us();

		if (draft_splice(
			    d, cell, number ? 0 : middle(draft_text(d, cell)),
			    number ? len : 0, key, strlen(key), &err) != ERR_OK)
			die(&err);
		if (leave && draft_leave(d, &err) != ERR_OK)
			die(&err);
		us[i] = now_us() - t;
	}
	print(what, us, 1000, promised);
}

/* What the screen waits for after a key: the findings as they are now.  A number
 * becomes another; into a text a character comes and goes. */
static void check_after(struct draft *d, const char *what, size_t cell,
			double promised)
{
	static const char *const words[] = { "府", "" };
	static const char *const digits[] = { "82", "83" };
	static double us[400];
	bool number = cell_is_number(&draft_form(d)->cells[cell]);
	size_t at = number ? 0 : middle(draft_text(d, cell));
	struct err err;

	draft_findings(d);
	for (int i = 0; i < 400; i++) {
		const char *key = number ? digits[i % 2] : words[i % 2];
		size_t removed = number  ? strlen(draft_text(d, cell))
				 : i % 2 ? strlen(words[0])
					 : 0;
		double t;

		if (draft_splice(d, cell, at, removed, key, strlen(key),
				 &err) != ERR_OK)
			die(&err);
		t = now_us();
		draft_findings(d);
		us[i] = now_us() - t;
	}
	print(what, us, 400, promised);
}

static void write_docx(struct draft *d)
{
	static double us[200];
	struct err err;
	const struct exporter *docx = exporter_find("docx", &err);

	for (int i = 0; i < 200; i++) {
		double t = now_us();

		if (export_report(d, docx, NULL, "/dev/null", NULL, &err) !=
		    ERR_OK)
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

/* A section of `characters` as an office writes it, in paragraphs of some 400;
 * what it says of the tables it says once. */
static void long_text(struct draft *d, const char *path, int characters)
{
	static const char *const sentences[] = {
		"围绕群众办事和企业经营需要，公开栏目完成改版，归集目录",
		"政务新媒体刊发解读稿件，留言逐条答复，答复",
		"公文制发时同步认定公开属性，公开前逐件审查，审查",
		"基层公开专栏按领域归集目录，更新信息",
		"组织工作人员学习条例和办理规范，讲解典型案例",
		"定期检查网站栏目，发现的错链当日改正，改正",
	};
	size_t count = sizeof sentences / sizeof *sentences, lines = 0;
	struct change one = { form_cell(draft_form(d), path), NULL, false };
	struct str s = { 0 };
	struct err err;

	str_add(&s, "本年度新收政府信息公开申请101件，上年结转4件。");
	for (size_t i = 0; text_count(s.s) < (size_t)characters; i++) {
		str_addf(&s, "%s%zu条。", sentences[i % count], i + 2);
		if (text_count(s.s) / 400 > lines) {
			lines++;
			str_addc(&s, '\n');
		}
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
	check_first(s, forms, atoll(argv[2]));
	long_text(d, "overview.text", 5000);
	check_all(d, "all checks, 5,000 characters", 2000);
	check_after(d, "checks after one key in 5,000 characters", prose, 200);
	check_after(d, "checks after one key in the tables", grid, 200);
	type_into(d, "a figure typed and its cell left (fsync)", grid, "12",
		  true, 0);
	type_into(d, "a digit typed, sums and journal", grid, "１", false, 0);
	draft_undo(d, &grid, NULL, &err);
	long_text(d, "overview.text", 20000);
	type_into(d, "a character typed into 20,000", prose, "府", false, 0);
	check_after(d, "checks after one key in 20,000 characters", prose, 0);
	check_all(d, "all checks, 21,000 characters", 0);
	draft_close(d);
	store_close(s);
	forms_free(forms);
	return 0;
}
