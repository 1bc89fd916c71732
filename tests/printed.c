#include "tests/printed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "tests/made.h"
#include "tests/unit.h"

static struct form_def *small;

const struct form_def *printed_form(void)
{
	char *path = made_path("forms/small-1.xml");
	struct err err = { 0 };

	if (!small)
		small = form_load(path, &err);
	if (!small)
		fail_msg("%s", err.text);
	free(path);
	return small;
}

void printed_free(void)
{
	made_form_free();
	form_free(small);
	small = NULL;
}

void printed_type(struct report *r, const char *path, const char *text)
{
	struct err err = { 0 };

	if (report_type(r, made_cell(report_form(r), path), text, &err))
		fail_msg("%s: %s", path, err.text);
}

struct report *printed_small(void)
{
	struct report *r = report_new(printed_form());

	report_set_subject(r, "青溪县“一\x01二”局", 2024);
	printed_type(
		r, "talk.text",
		"　　第一段，有“引号”和 <标记> & 符号。\n\n"
		"（一）主动公开情况。\n正文一段。 \n"
		"（二）开头一句。后面还有话。\n"
		"1.成立组织\n1.成立组织，加强领导；\n1.5亿元\n（1）小标题\n"
		"（三）这一段很长，长到不可能是一个标题，"
		"因为它超过了三十个字的");
	for (size_t i = 0; i < report_form(r)->cell_count; i++)
		if (report_form(r)->cells[i].grid &&
		    report_form(r)->cells[i].part_count == 0)
			made_set(r, i, (int64_t)i);
	printed_type(r, "count.refused.towns", "/");
	printed_type(r, "count.fees.own", "59237.2449");
	printed_type(r, "count.fees.towns", "");
	printed_type(r, "count.note", "数量含上年度结转");
	printed_type(r, "other.notices", "3");
	printed_type(r, "other.yuan", "2230.5");
	printed_type(r, "meta.lead", "　根据要求编制本报告。");
	printed_type(r, "meta.date", "2025-02-03");
	return r;
}

struct report *printed_big(unsigned seed)
{
	struct report *r = report_new(made_form("ogi-2021"));

	report_set_subject(r, "青溪县人民政府", 2024);
	made_balanced(r, &seed);
	printed_type(r, "meta.date", "2025-01-31");
	return r;
}

struct document *printed_document(const struct report *r, const char *mark)
{
	const struct document_options options = { .mark = mark };

	return document_new(r, &options);
}

struct export_job printed_job(const struct document *doc, const char *layout)
{
	static const struct export_options none;
	static struct fonts fonts; /* lives as long as the test */
	struct err err = { 0 };

	if (!fonts.name[0])
		assert_int_equal(fonts_read("", &fonts, &err), ERR_OK);
	return (struct export_job){ .document = doc,
				    .options = &none,
				    .layout = layout_find(layout, &err),
				    .fonts = &fonts };
}

void printed_write(const char *format, const struct document *doc,
		   struct str *out)
{
	struct err err = { 0 };
	const struct exporter *e = exporter_find(format, &err);
	struct export_job job = printed_job(doc, "");

	assert_non_null(e);
	if (e->write(&job, out, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

void printed_golden(const char *name, const struct str *got)
{
	char *file = str_printf("golden/%s", name), *path = made_path(file);
	const char *mode = getenv("GOLDEN");
	struct str want = { 0 };
	struct err err = { 0 };

	if (mode && strcmp(mode, "write") == 0)
		assert_int_equal(file_write(path, got->s, got->len, 0644, &err),
				 ERR_OK);
	if (file_read(path, 1 << 20, &want, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_string_equal(got->s, want.s);
	str_free(&want);
	free(path);
	free(file);
}

static void run_reader(const char *file, struct str *out)
{
	char *script = made_path("read_docx.py"), buf[4096];
	char *command = str_printf("/usr/bin/python3 '%s' '%s'", script, file);
	FILE *p = popen(command, "r");
	size_t n;

	assert_non_null(p);
	while ((n = fread(buf, 1, sizeof buf, p)) > 0)
		str_addn(out, buf, n);
	assert_int_equal(pclose(p), 0);
	free(command);
	free(script);
}

static void list_tables(const struct report *r, struct str *out)
{
	const struct form_def *form = report_form(r);

	for (size_t i = 0; i < form->cell_count; i++) {
		if (!form->cells[i].grid || form->cells[i].derived)
			continue;
		str_addf(out, "%s\t", form->cells[i].path);
		report_text(r, i, out);
		str_addc(out, '\n');
	}
}

void printed_read_back(const struct report *r, const struct str *bytes)
{
	char file[] = "/tmp/nianbao-export.XXXXXX";
	int fd = mkstemp(file);
	struct str got = { 0 }, want = { 0 };
	struct err err = { 0 };

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(file_write(file, bytes->s, bytes->len, 0600, &err),
			 ERR_OK);
	run_reader(file, &got);
	list_tables(r, &want);
	assert_string_equal(got.s, want.s);
	str_free(&got);
	str_free(&want);
	unlink(file);
}
