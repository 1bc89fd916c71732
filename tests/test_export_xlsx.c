/* XLSX, read back by tests/read_docx.py, which also computes every formula of a
 * workbook anew and fails where another result is stored. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/num.h"
#include "export/export.h"
#include "export/xlsx_impl.h"
#include "tests/book.h"
#include "tests/made.h"
#include "tests/unit.h"

static char *script; /* the reader; found before a book adds forms */
static const struct export_options blank_form = { .blank = true };

/* ---- drafts and their files ---- */

/* Put every cell of `r` that is answered into a new report of its form. */
static struct draft *draft_like(struct book *b, const struct report *r,
				const char *unit)
{
	const struct form_def *form = report_form(r);
	int64_t id = book_new(b, form->id, unit, 2024);
	struct draft *d = book_open(b, b->s, id, DRAFT_EDIT);
	struct change *list = xcalloc(form->cell_count, sizeof *list);
	size_t count = 0;

	for (size_t i = 0; i < form->cell_count; i++) {
		struct str text = { 0 };

		if (form->cells[i].part_count > 0)
			continue;
		report_text(r, i, &text);
		list[count++] = (struct change){ i, str_steal(&text), false };
	}
	WELL(draft_change(d, list, count, "set", NULL, &why));
	for (size_t i = 0; i < count; i++)
		free((char *)(uintptr_t)list[i].text);
	free(list);
	return d;
}

/* Random figures; of `holes` in 100 cells none. */
static struct draft *random_draft(struct book *b, unsigned seed, unsigned holes,
				  const char *unit)
{
	struct report *r = report_new(made_form("ogi-2021"));
	struct err err = { 0 };
	struct draft *d;

	made_balanced(r, &seed);
	if (report_type(r, made_cell(report_form(r), "disclosure.fees.amount"),
			"59237.2449", &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < report_form(r)->cell_count; i++)
		if (report_form(r)->cells[i].part_count == 0 &&
		    made_random(&seed, 100) < holes)
			report_type(r, i, "", &err);
	d = draft_like(b, r, unit);
	report_free(r);
	return d;
}

static char *write_out(struct book *b, struct draft *d,
		       const struct export_options *options)
{
	char *path = str_printf("%s/out.xlsx", b->folder);
	struct err err = { 0 };
	const struct exporter *xlsx = exporter_find("xlsx", &err);

	assert_non_null(xlsx);
	WELL(export_report(d, xlsx, options, path, NULL, &why));
	return path;
}

/* What the reader prints of the file; it must be content with it. */
static void read_out(const char *mode, const char *file, struct str *out)
{
	char buf[4096];
	char *command =
		str_printf("/usr/bin/python3 '%s' %s '%s'", script, mode, file);
	FILE *p = popen(command, "r");
	size_t n;

	assert_non_null(p);
	str_add(out, "");
	while ((n = fread(buf, 1, sizeof buf, p)) > 0)
		str_addn(out, buf, n);
	assert_int_equal(pclose(p), 0);
	free(command);
}

/* PATH TAB VALUE of the tables' figures, as they are or all blank. */
static void list_tables(const struct report *r, bool blank, struct str *out)
{
	const struct form_def *form = report_form(r);

	for (size_t i = 0; i < form->cell_count; i++) {
		if (!form->cells[i].grid || form->cells[i].derived)
			continue;
		str_addf(out, "%s\t", form->cells[i].path);
		if (!blank)
			report_text(r, i, out);
		str_addc(out, '\n');
	}
}

/* The line of `path` in what the reader printed, unescaped. */
static char *value_of(const struct str *lines, const char *path)
{
	char *key = str_printf("\n%s\t", path);
	char *all = str_printf("\n%s", lines->s), *at = strstr(all, key);
	struct str value = { 0 };

	if (!at)
		fail_msg("%s is not in the file", path);
	at += strlen(key);
	assert_true(str_unescape(&value, at, strcspn(at, "\n")));
	free(all);
	free(key);
	return str_steal(&value);
}

static void check_value(const struct str *lines, const char *path,
			const char *want)
{
	char *got = value_of(lines, path);

	assert_string_equal(got, want);
	free(got);
}

/* ---- figures ---- */

static void check_read_back(struct book *b, struct draft *d, bool blank)
{
	struct str got = { 0 }, want = { 0 };
	char *file = write_out(b, d, blank ? &blank_form : NULL);

	read_out("", file, &got);
	list_tables(draft_report(d), blank, &want);
	assert_string_equal(got.s, want.s);
	str_free(&got);
	str_free(&want);
	free(file);
}

static void test_read_back(void **state)
{
	struct book *b = *state;

	for (unsigned seed = 1; seed <= 5; seed++) {
		char *unit = str_printf("第%u局", seed);
		/* every second one with blanks, which no sum hides */
		struct draft *d = random_draft(b, seed, seed % 2 ? 0 : 4, unit);

		check_read_back(b, d, false);
		draft_close(d);
		free(unit);
	}
}

static void test_blank_form(void **state)
{
	struct book *b = *state;
	struct draft *d = random_draft(b, 7, 0, "第七局");
	char *file = write_out(b, d, &blank_form);
	struct str text = { 0 };

	check_read_back(b, d, true);
	read_out("--sheet 概况", file, &text);
	assert_non_null(strstr(text.s, "第七局"));
	assert_non_null(strstr(text.s, "2024"));
	assert_non_null(strstr(text.s, "没有发生的填 0"));
	assert_null(strstr(text.s, "数据摘要"));
	str_free(&text);
	free(file);
	draft_close(d);
}

/* Every input is open and nothing else, on sheets that are all locked. */
static void test_locked(void **state)
{
	struct book *b = *state;
	struct draft *d = random_draft(b, 8, 0, "第八局");
	const struct form_def *form = draft_form(d);
	char *file = write_out(b, d, &blank_form);
	struct str lines = { 0 };

	read_out("--open", file, &lines);
	for (size_t i = 0; i < form->cell_count; i++) {
		const struct cell_def *def = &form->cells[i];

		if (def->derived || strcmp(def->path, "meta.title") == 0 ||
		    strcmp(def->path, "meta.lead") == 0)
			continue;
		check_value(&lines, def->path,
			    def->part_count > 0 ? "locked" : "open");
	}
	str_free(&lines);
	free(file);
	draft_close(d);
}

/* The small form has 不适用, sums of sums, choices and dates. */
static void test_small(void **state)
{
	struct book *b = *state;
	int64_t id = book_new(b, "small-1", "青溪县“一二”局", 2024);
	struct draft *d = book_open(b, b->s, id, DRAFT_EDIT);
	const struct form_def *form = draft_form(d);
	char *file;
	struct str lines = { 0 };

	for (size_t i = 0; i < form->cell_count; i++)
		if (form->cells[i].grid && form->cells[i].part_count == 0)
			book_set(d, form->cells[i].path, i % 3 ? "7" : "0");
	book_set(d, "count.refused.towns", "/");
	book_set(d, "count.fees.own", "59237.2449");
	book_set(d, "count.carried_out.towns", "");
	book_set(d, "count.note", "数量含上年度结转");
	book_set(d, "other.notices", "3");
	book_set(d, "other.way", "paper");
	book_set(d, "other.day", "2025-01-06");
	file = write_out(b, d, NULL);
	read_out("--names", file, &lines);
	for (size_t i = 0; i < form->cell_count; i++) {
		struct str want = { 0 };

		if (!form->cells[i].grid || form->cells[i].derived)
			continue;
		report_text(draft_report(d), i, &want);
		check_value(&lines, form->cells[i].path, want.s ? want.s : "");
		str_free(&want);
	}
	check_value(&lines, "count.refused.towns", "/");
	check_value(&lines, "count.carried_out.total", "");
	check_value(&lines, "count.note", "数量含上年度结转");
	check_value(&lines, "other.notices", "3");
	check_value(&lines, "other.yuan", "");
	check_value(&lines, "other.way", "纸质");
	check_value(&lines, "other.day", "2025-01-06");
	str_clear(&lines);
	free(write_out(b, d, &blank_form));
	read_out("--open", file, &lines);
	check_value(&lines, "count.refused.towns", "open");
	check_value(&lines, "count.all.own", "locked");
	check_value(&lines, "other.way", "open");
	str_free(&lines);
	free(file);
	draft_close(d);
}

static void test_exact(void **state)
{
	static const struct {
		int64_t n;
		bool exact;
	} rows[] = {
		{ 0, true },
		{ INT64_C(592372449), true },
		{ INT64_C(999999999999999), true },
		{ INT64_C(1000000000000000), true }, /* a one and zeros */
		{ INT64_C(1000000000000001), false },
		{ INT64_C(-999999999999999), true },
		{ INT64_C(-1000000000000001), false },
		{ INT64_C(9223372036854770000), true },
		{ INT64_MAX, false },
		{ INT64_MIN, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(xlsx_exact(rows[i].n), rows[i].exact);
}

/* ---- texts ---- */

static void add_times(struct str *out, const char *s, int times)
{
	while (times-- > 0)
		str_add(out, s);
}

static void check_text(struct book *b, struct draft *d, const char *text)
{
	struct str lines = { 0 };
	char *file;

	book_set(d, "overview.text", text);
	file = write_out(b, d, NULL);
	read_out("--names", file, &lines);
	check_value(&lines, "overview.text", text);
	str_free(&lines);
	free(file);
}

/* Nothing is lost, however long, and nothing is taken for markup. */
static void test_texts(void **state)
{
	static const char *const rows[] = {
		"　　第一段\n\n第三段  \n",     "<b>&amp;</b> ]]> \"'",
		"=1+1\n+1\n-1\n@SUM(A1)",       "_x0041_x0042_ _x005F_ _x00",
		"𠮷野家👨‍👩‍👧",
	};
	struct book *b = *state;
	struct draft *d = random_draft(b, 9, 0, "甲[]:*?/\\'乙<&>\"_x0041_");
	struct str text = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_text(b, d, rows[i]);
	add_times(&text, "很长的一段，", 7000);
	check_text(b, d, text.s);
	str_clear(&text);
	add_times(&text, "_x0041_", 6000);
	check_text(b, d, text.s);
	str_clear(&text);
	str_add(&text, "e");
	add_times(&text, "\xcc\x81", 40000);
	check_text(b, d, text.s);
	str_clear(&text);
	add_times(&text, "一\n", 3000);
	check_text(b, d, text.s);
	str_free(&text);
	draft_close(d);
}

static void test_reference(void **state)
{
	struct book *b = *state;
	struct draft *d = random_draft(b, 10, 0, "第十局");
	struct str lines = { 0 };
	char *file;

	book_set(d, "problems.text", "收费{disclosure.fees.amount}万元");
	file = write_out(b, d, NULL);
	read_out("--names", file, &lines);
	check_value(&lines, "problems.text", "收费59237.2449万元");
	str_free(&lines);
	free(file);
	draft_close(d);
}

/* A row a finding, with its severity, rule, place and explanation. */
static void test_findings(void **state)
{
	struct book *b = *state;
	struct draft *d = book_open(b, b->s, b->id, DRAFT_EDIT);
	const struct findings *f;
	struct str rows = { 0 };
	char *file, *line;

	book_fill(d, "2025.tsv");
	file = write_out(b, d, NULL);
	f = draft_findings(d);
	assert_true(f->count > 2);
	read_out("--sheet 问题", file, &rows);
	line = strchr(rows.s, '\n') + 1;
	for (size_t i = 0; i < f->count; i++) {
		const struct finding *x = &f->list[i];
		char *want =
			str_printf("%s\t%s\t%s\t", severity_label(x->severity),
				   x->rule->id, x->where);

		assert_memory_equal(line, want, strlen(want));
		free(want);
		line = strchr(line, '\n') + 1;
	}
	assert_int_equal(*line, '\0');
	str_free(&rows);
	free(file);
	draft_close(d);
}

/* ---- the file ---- */

static void test_same_bytes(void **state)
{
	static const char *const zones[] = { "Asia/Shanghai",
					     "America/New_York" };
	struct book *b = *state;
	struct draft *d = random_draft(b, 11, 2, "第十一局");
	struct str first = { 0 }, again = { 0 };
	struct timespec while_long = { .tv_sec = 2, .tv_nsec = 100000000 };

	for (int blank = 0; blank <= 1; blank++)
		for (size_t i = 0; i < 2; i++) {
			char *file;

			setenv("TZ", zones[i], 1);
			file = write_out(b, d, blank ? &blank_form : NULL);
			WELL(file_read(file, 1 << 24, i ? &again : &first,
				       &why));
			free(file);
			if (i == 0) {
				nanosleep(&while_long, NULL);
				continue;
			}
			assert_int_equal(first.len, again.len);
			assert_memory_equal(first.s, again.s, first.len);
		}
	setenv("TZ", "UTC0", 1);
	str_free(&first);
	str_free(&again);
	draft_close(d);
}

static size_t files_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));)
		count += e->d_name[0] != '.';
	closedir(dir);
	return count;
}

/* An export that fails leaves nothing, here or there. */
static void check_fails(struct book *b, struct draft *d, const char *says)
{
	char *path = str_printf("%s/none.xlsx", b->folder);
	struct err err = { 0 };
	const struct exporter *xlsx = exporter_find("xlsx", &err);

	assert_int_equal(export_report(d, xlsx, NULL, path, NULL, &err),
			 ERR_FILE);
	assert_non_null(strstr(err.text, says));
	assert_int_not_equal(access(path, F_OK), 0);
	free(path);
}

/* No file is left in the temporary folder, whatever happens. */
static void test_temporary(void **state)
{
	const struct rlimit small = { 100000, RLIM_INFINITY };
	struct book *b = *state;
	struct draft *d = random_draft(b, 12, 0, "第十二局");
	char *folder = str_printf("%s/temporary", b->folder);
	char *command = str_printf("mkdir '%s'", folder);
	struct rlimit before;

	assert_int_equal(system(command), 0);
	setenv("TMPDIR", folder, 1);
	free(write_out(b, d, NULL));
	assert_int_equal(files_in(folder), 0);
	/* as on a disk that is nearly full */
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	check_fails(b, d, folder);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(files_in(folder), 0);
	setenv("TMPDIR", "/nosuch/folder", 1);
	check_fails(b, d, "/nosuch/folder");
	unsetenv("TMPDIR");
	free(command);
	free(folder);
	draft_close(d);
}

static void test_refused(void **state)
{
	static const struct export_options sheets[] = {
		{ .sheet = true },
		{ .sheet_only = true },
	};
	struct book *b = *state;
	struct draft *d = random_draft(b, 13, 0, "第十三局");
	char *path = str_printf("%s/none.xlsx", b->folder);
	struct err err = { 0 };
	const struct exporter *xlsx = exporter_find("xlsx", &err);

	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
		assert_int_equal(
			export_report(d, xlsx, &sheets[i], path, NULL, &err),
			ERR_INPUT);
		assert_int_not_equal(access(path, F_OK), 0);
	}
	assert_int_equal(export_checklist(draft_form(d), xlsx, path, &err),
			 ERR_INPUT);
	free(path);
	draft_close(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_blank_form),
		cmocka_unit_test(test_locked),
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_reference),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_temporary),
		cmocka_unit_test(test_refused),
	};
	int failed;

	script = made_path("read_docx.py");
	failed = cmocka_run_group_tests(tests, book_set_up, book_tear_down);
	made_form_free();
	free(script);
	return failed;
}
