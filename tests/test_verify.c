/* What was approved against what came back. */
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "import/verify.h"
#include "tests/made.h"
#include "tests/unit.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum {
	ITEMS = 60
};

/* Pieces of a text between marks; the text is cut up. */
static size_t cut(char *text, const char *mark, char **pieces)
{
	size_t n = 0, len = strlen(mark);

	for (char *end; text; text = end) {
		assert_true(n < ITEMS);
		pieces[n++] = text;
		end = strstr(text, mark);
		if (end) {
			*end = '\0';
			end += len;
		}
	}
	return n;
}

/* "text:approved>found;…", - for what is not there. */
static char *told(const struct verify *v)
{
	struct str out = { 0 };

	str_add(&out, "");
	for (size_t i = 0; i < v->count; i++) {
		const struct verify_difference *d = &v->list[i];

		str_addf(&out, "%s%s:%s>%s", i ? ";" : "", verify_word(d->kind),
			 d->approved ? d->approved : "-",
			 d->found ? d->found : "-");
		assert_non_null(d->path);
		assert_true(d->place[0] != '\0');
	}
	return str_steal(&out);
}

static void check_told(const struct verify *v, const char *why,
		       const char *want)
{
	char *said = told(v);

	if (strcmp(said, want) != 0)
		fail_msg("%s: \"%s\", not \"%s\"", why, said, want);
	free(said);
}

/* ---- lines ---- */

/* Lines parted by |.  Approved: ? may be missing.
 * Found: # its number is not in the text, ^ it begins a page. */
static const struct line_row {
	const char *why, *approved, *found, *told;
} line_rows[] = {
	{ "the same", "一|二|三", "一|二|三", "" },
	{ "white space, marks of no width, a hyphen", "全年 收到94件|甲‑乙",
	  "\xef\xbb\xbf全年收到\xc2\xa0"
	  "9\xe2\x80\x8b"
	  "4件　||甲-乙\xc2\xad",
	  "" },
	{ "composed and not", "cafe\xcc\x81", "caf\xc3\xa9", "" },
	{ "one changed", "一二三四五|全年收到九十四件申请|六",
	  "一二三四五|全年收到九十五件申请|六",
	  "text:全年收到九十四件申请>全年收到九十五件申请" },
	{ "one missing", "一|二|三", "一|三", "text-missing:二>-" },
	{ "one added", "一|三", "一|二|三", "text-added:->二" },
	{ "one replaced", "一|二二二|三", "一|四四四|三",
	  "text-missing:二二二>-;text-added:->四四四" },
	{ "one moved", "一|二|三", "二|三|一",
	  "text-missing:一>-;text-added:->一" },
	{ "one torn in two", "甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊|己庚辛壬癸",
	  "text:甲乙丙丁戊己庚辛壬癸>甲乙丙丁戊;text-added:->己庚辛壬癸" },
	{ "the same line twice", "一|一|一", "一|一", "text-missing:一>-" },
	{ "nothing left", "一|二", "", "text-missing:一>-;text-missing:二>-" },
	{ "all of it new", "", "一|二", "text-added:->一;text-added:->二" },
	{ "a mark", "?草稿|?送审稿|题", "送审稿|题", "" },
	{ "no mark", "?草稿|?送审稿|题", "题", "" },
	{ "not quite a mark", "?草稿|题", "草稿二|题", "text-added:->草稿二" },
	{ "a mark in the wrong place", "?草稿|题", "题|草稿",
	  "text-added:->草稿" },
	{ "page numbers in the text are text", "一|二", "— 1 —|一|-12-|二",
	  "text-added:->— 1 —;text-added:->-12-" },
	{ "a page number of its own", "一|—3—|— 3 —|二", "一|—3—|— 3 —|二",
	  "" },
	{ "nothing to be seen", "一|\xe2\x80\x8b|\xc2\xad|\xe2\x80\xa8|二",
	  "一|\xe2\x80\x8b|\xc2\xad|\n|二", "" },
	{ "nothing to be seen, and nothing there",
	  "一|\xe2\x80\x8b|\xc2\xad|\xe2\x80\xa8|二", "一|二", "" },
	{ "a number that is none of a page", "一", "一|12", "text-added:->12" },
	{ "numbered by the program", "一、总体情况|（二）问题|3.其他",
	  "#总体情况|#问题|#其他", "" },
	{ "numbered in the text of one", "一、总体情况", "总体情况",
	  "text:一、总体情况>总体情况" },
};

static void add_lines(struct outline *o, char *text)
{
	char *pieces[ITEMS];
	size_t n = cut(text, "|", pieces);

	for (size_t i = 0; i < n; i++) {
		bool numbered = pieces[i][0] == '#', page = pieces[i][0] == '^';
		struct outline_block *b =
			outline_add(o, 0, xstrdup(pieces[i] + numbered + page));

		b->numbered = numbered;
		b->page = page;
	}
}

static size_t take_lines(struct verify_line *lines, char *text)
{
	char *pieces[ITEMS];
	size_t n = cut(text, "|", pieces), count = 0;

	for (size_t i = 0; i < n; i++) {
		char mark = pieces[i][0];
		bool optional = mark == '?';

		if (mark)
			lines[count++] = (struct verify_line){
				.text = pieces[i] + optional,
				.what = "正文",
				.cell = FORM_NO_CELL,
				.optional = optional,
			};
	}
	return count;
}

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(line_rows); i++) {
		char *a = xstrdup(line_rows[i].approved);
		char *f = xstrdup(line_rows[i].found);
		struct verify_line lines[ITEMS];
		struct verify_source source = { .lines = lines };
		struct outline o = { 0 };
		struct verify v = { 0 };

		source.line_count = take_lines(lines, a);
		add_lines(&o, f);
		verify_document(&v, &source, &o);
		check_told(&v, line_rows[i].why, line_rows[i].told);
		free(a);
		free(f);
		verify_free(&v);
		outline_free(&o);
	}
}

/* ---- the sign-off sheet ---- */

#define MINE "0000000000000000000000000000000000000000000000000000000000000abc"
#define OTHERS                                                                 \
	"0000000000000000000000000000000000000000000000000000000000000def"

/* What was approved is 题|文, its sheet goes from 审签单 to 签毕. */
static const struct {
	const char *why, *found, *told;
	bool sheet;
} sheet_rows[] = {
	{ "none", "题|文", "", false },
	{ "whatever stands on it",
	  "题|文|^审签单|拟稿\t李四|另写一行|数据摘要\t" MINE "|签毕", "",
	  true },
	{ "a change before it", "题|^审签单|数据摘要\t" MINE "|签毕",
	  "text-missing:文>-", true },
	{ "words behind it", "题|文|^审签单|数据摘要\t" MINE "|签毕|再说",
	  "text-added:->再说", true },
	{ "its end is gone",
	  "题|文|^审 签单|数据摘要\t" MINE "|又一行|盖章\t|再说",
	  "text-added:->再说", true },
	{ "of other data, printed alike",
	  "题|文|^审签单|数据摘要\t" OTHERS "|签毕", "digest:" MINE ">" OTHERS,
	  true },
	{ "of other data, that are told already",
	  "题|^审签单|数据摘要\t" OTHERS "|签毕", "text-missing:文>-", true },
	{ "an opinion as its title",
	  "题|文|^审签单|意见\t\t|审签单|数据摘要\t" MINE "|签毕", "", true },
	{ "its title as a paragraph", "题|文|审签单", "text-added:->审签单",
	  false },
	{ "its title on a page", "题|^审签单|文", "text-added:->审签单",
	  false },
	{ "not on a page of its own", "题|文|审签单|数据摘要\t" MINE "|签毕",
	  "text-added:->审签单;text-added:->数据摘要\t" MINE
	  ";text-added:->签毕",
	  false },
	{ "before the report's last line",
	  "题|^审签单|数据摘要\t" MINE "|签毕|文",
	  "text-added:->审签单;text-added:->数据摘要\t" MINE
	  ";text-added:->签毕",
	  false },
};

static void test_sheet(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sheet_rows); i++) {
		char a[] = "题|文", *f = xstrdup(sheet_rows[i].found);
		struct verify_line lines[ITEMS];
		struct verify_source source = { .lines = lines,
						.sheet = "审签单",
						.sheet_end = "签毕",
						.digest = MINE };
		struct outline o = { 0 };
		struct verify v = { 0 };

		source.line_count = take_lines(lines, a);
		add_lines(&o, f);
		verify_document(&v, &source, &o);
		check_told(&v, sheet_rows[i].why, sheet_rows[i].told);
		assert_int_equal(v.sheet, sheet_rows[i].sheet);
		free(f);
		verify_free(&v);
		outline_free(&o);
	}
}

/* ---- beside the text ---- */

static const struct {
	const char *why, *text, *told;
	enum outline_place place;
	size_t pictures, files;
} aside_rows[] = {
	{ "nothing", NULL, "", OUTLINE_BODY, 0, 0 },
	{ "a page number", "— 3 —", "", OUTLINE_FOOTER, 0, 0 },
	{ "a bare one", " 12 \xe2\x80\x8b", "", OUTLINE_HEADER, 0, 0 },
	{ "a header", "内部资料", "text-added:->内部资料", OUTLINE_HEADER, 0,
	  0 },
	{ "a footer", "第三页", "text-added:->第三页", OUTLINE_FOOTER, 0, 0 },
	{ "a note", "3", "text-added:->3", OUTLINE_FOOTNOTE, 0, 0 },
	{ "pictures", NULL, "picture:->2", OUTLINE_BODY, 2, 0 },
	{ "a file", NULL, "picture:->1;file:->1", OUTLINE_HEADER, 1, 1 },
};

static void test_asides(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(aside_rows); i++) {
		struct outline o = { 0 };
		struct verify v = { 0 };
		struct verify_source source = { 0 };

		if (aside_rows[i].text)
			outline_add_aside(&o, aside_rows[i].place,
					  aside_rows[i].text);
		o.pictures[aside_rows[i].place] = aside_rows[i].pictures;
		o.files[aside_rows[i].place] = aside_rows[i].files;
		verify_document(&v, &source, &o);
		check_told(&v, aside_rows[i].why, aside_rows[i].told);
		verify_free(&v);
		outline_free(&o);
	}
}

/* ---- tables ---- */

/* Rows parted by /, cells by |, tables of the file by //.  A cell with = is a
 * figure; figures are those of the form's table in order. */
#define TABLE                                                                  \
	"项|本级|乡镇|总计/结转|=0|=12|=12/办结|=5|=7|=12/"         \
	"不予|=0|=0|=0/合计|=5|=7|=12"

static const struct table_row_case {
	const char *why, *found, *told;
} table_rows[] = {
	{ "the same",
	  "项|本级|乡镇|总计/结转|0|12|12/办结|5|7|12/不予|0|0|0/"
	  "合计|5|7|12",
	  "" },
	{ "in another hand",
	  "项|本 级|乡镇|总计/结转|０|12.0|　12/办结|5|7|12/"
	  "不予|0|0|0/合计|5|7|12",
	  "" },
	{ "a figure",
	  "项|本级|乡镇|总计/结转|0|13|12/办结|5|7|12/不予|0|0|0/"
	  "合计|5|7|12",
	  "figure:12>13" },
	{ "no figure, another sign",
	  "项|本级|乡镇|总计/结转||12|12/办结|5|7件|12/不予|0|0|/|/合计|5|7|12",
	  NULL },
	{ "a label",
	  "项|本级|乡镇|总计/结余|0|12|12/办结|5|7|12/不予|0|0|0/"
	  "合计|5|7|12",
	  "label:结转>结余" },
	{ "a head",
	  "项|本级|镇|总计/结转|0|12|12/办结|5|7|12/不予|0|0|0/"
	  "合计|5|7|12",
	  "label:乡镇>镇" },
	{ "a label and its figure",
	  "项|本级|乡镇|总计/结转|0|12|12/办结|5|7|12/不给|1|0|0/合计|5|7|12",
	  "label:不予>不给;figure:0>1" },
	{ "a row less",
	  "项|本级|乡镇|总计/结转|0|12|12/办结|5|7|12/合计|5|7|12",
	  "row-missing:不予  0  0  0>-" },
	{ "a row more",
	  "项|本级|乡镇|总计/结转|0|12|12/另|5|7|12/办结|5|7|12/"
	  "不予|0|0|0/合计|5|7|12",
	  "row-added:->另  5  7  12" },
	{ "a column less",
	  "项|本级|总计/结转|0|12/办结|5|12/不予|0|0/合计|5|12", NULL },
	{ "a cell more",
	  "项|本级|乡镇|总计/结转|0|12|12|3/办结|5|7|12/"
	  "不予|0|0|0/合计|5|7|12",
	  "cell-added:->3" },
	{ "an empty cell more",
	  "项|本级|乡镇|总计/|结转|0|12|12/办结|5|7|12|/"
	  "不予|0|0|0/合计|5|7|12",
	  "" },
	{ "a cell less",
	  "项|本级|乡镇|总计/结转|0|12/办结|5|7|12/不予|0|0|0/"
	  "合计|5|7|12",
	  NULL },
	{ "two rows changed places",
	  "项|本级|乡镇|总计/结转|0|12|12/不予|0|0|0/办结|5|7|12/合计|5|7|12",
	  NULL },
	{ "cut in two by a page",
	  "项|本级|乡镇|总计/结转|0|12|12/办结|5|7|12//不予|0|0|0/合计|5|7|12",
	  "" },
	{ "no table", "", "table-missing:办理情况>-" },
	{ "another table before",
	  "x|y/1|2//项|本级|乡镇|总计/结转|0|12|12/办结|5|7|12/不予|0|0|0/"
	  "合计|5|7|12",
	  "table-added:->x  y" },
	{ "the table twice", TABLE "//" TABLE, NULL },
};

static void add_table(struct outline *o, char *text)
{
	char *rows[ITEMS], *cells[ITEMS];
	struct outline_table *t = outline_add_table(o);
	size_t row_count = cut(text, "/", rows);

	for (size_t r = 0; r < row_count; r++) {
		size_t count = cut(rows[r], "|", cells);

		for (size_t c = 0; c < count; c++)
			assert_non_null(outline_add_cell(
				o, t, r, c, 1,
				xstrdup(cells[c] + (cells[c][0] == '='))));
	}
	assert_true(outline_close(o, t));
}

static void add_tables(struct outline *o, char *text)
{
	char *tables[ITEMS];
	size_t count = *text ? cut(text, "//", tables) : 0;

	for (size_t i = 0; i < count; i++)
		add_table(o, tables[i]);
}

struct approved {
	struct verify_row rows[ITEMS];
	struct verify_cell cells[ITEMS];
	struct verify_source source;
	char *text;
};

static void take_table(struct approved *a)
{
	static const char *const ids[] = { "own", "towns", "total" };
	static const char *const row_ids[] = { "carried_in", "done", "refused",
					       "all" };
	const struct form_def *form = made_form("small-1");
	char *rows[ITEMS], *cells[ITEMS];
	size_t row_count, n = 0;

	a->text = xstrdup(TABLE);
	row_count = cut(a->text, "/", rows);
	for (size_t r = 0; r < row_count; r++) {
		size_t count = cut(rows[r], "|", cells);

		a->rows[r] = (struct verify_row){ form_section(form, "count"),
						  n, count };
		for (size_t c = 0; c < count; c++) {
			bool figure = cells[c][0] == '=';
			char *path =
				figure ? str_printf("count.%s.%s",
						    row_ids[r - 1], ids[c - 1])
				       : NULL;

			a->cells[n++] = (struct verify_cell){
				cells[c] + figure,
				figure ? made_cell(form, path) : FORM_NO_CELL
			};
			free(path);
		}
	}
	a->source = (struct verify_source){ .form = form,
					    .rows = a->rows,
					    .row_count = row_count,
					    .cells = a->cells,
					    .cell_count = n };
}

static void test_tables(void **state)
{
	struct approved a;

	(void)state;
	take_table(&a);
	for (size_t i = 0; i < COUNT(table_rows); i++) {
		char *text = xstrdup(table_rows[i].found);
		struct outline o = { 0 };
		struct verify v = { 0 };

		add_tables(&o, text);
		verify_document(&v, &a.source, &o);
		if (table_rows[i].told)
			check_told(&v, table_rows[i].why, table_rows[i].told);
		else
			assert_true(v.count > 0);
		free(text);
		verify_free(&v);
		outline_free(&o);
	}
	free(a.text);
}

/* Each figure in turn, whatever else stands in the row: its own path. */
static void test_every_figure(void **state)
{
	struct approved a;

	(void)state;
	take_table(&a);
	for (size_t i = 0; i < a.source.cell_count; i++) {
		struct outline o = { 0 };
		struct verify v = { 0 };
		char *text = xstrdup(TABLE);
		size_t cell = a.cells[i].cell;
		struct outline_cell *c;

		add_tables(&o, text);
		free(text);
		if (cell != FORM_NO_CELL) {
			c = &o.blocks[0].table->cells[i];
			free(c->text);
			c->text = xstrdup("8");
			verify_document(&v, &a.source, &o);
			assert_int_equal(v.count, 1);
			assert_string_equal(v.list[0].path,
					    a.source.form->cells[cell].path);
			assert_string_equal(v.list[0].found, "8");
		}
		verify_free(&v);
		outline_free(&o);
	}
	free(a.text);
}

/* ---- our own xml ---- */

static struct report *small_report(void)
{
	static const char *const lines[] = {
		"talk.text=第一段\\n第二段", "count.carried_in.own=0",
		"count.carried_in.towns=12", "count.done.own=5",
		"count.done.towns=7",        "count.refused.own=/",
		"count.fees.own=1.5",        "count.note=注",
		"other.notices=0",           "meta.date=2025-01-20",
	};
	struct report *r = report_new(made_form("small-1"));

	report_set_subject(r, "甲局", 2024);
	for (size_t i = 0; i < COUNT(lines); i++) {
		char *line = xstrdup(lines[i]);

		made_apply(r, line, false);
		free(line);
	}
	return r;
}

/* The file of that report, its texts kept by `in`. */
static void fill(struct incoming *in, const struct report *r)
{
	const struct form_def *form = report_form(r);
	char hex[DIGEST_TEXT];

	in->form = form->id;
	in->year = report_year(r);
	in->unit.name = incoming_keep(in, report_unit(r), true);
	in->digest = incoming_keep(in, report_digest(r, hex), true);
	in->cells = xcalloc(form->cell_count + 1, sizeof *in->cells);
	for (size_t i = 0; i < form->cell_count; i++) {
		struct str text = { 0 };

		if (form->cells[i].derived)
			continue;
		str_add(&text, "");
		report_text(r, i, &text);
		in->cells[in->cell_count++] = (struct incoming_cell){
			.path = form->cells[i].path,
			.text = incoming_keep(in, text.s, false)
		};
		str_free(&text);
	}
}

static void check_exchange(const struct report *r, const struct incoming *in,
			   const char *want, const char *path)
{
	struct verify v = { 0 };

	verify_exchange(&v, r, in);
	check_told(&v, "xml", want);
	if (path)
		assert_string_equal(v.list[0].path, path);
	verify_free(&v);
}

static void test_exchange(void **state)
{
	struct report *r = small_report();
	struct incoming in = { 0 };

	(void)state;
	fill(&in, r);
	check_exchange(r, &in, "", NULL);
	for (size_t i = 0; i < in.cell_count; i++) {
		const struct incoming_cell was = in.cells[i];
		struct verify v = { 0 };

		in.cells[i].text = "8";
		verify_exchange(&v, r, &in);
		assert_int_equal(v.count, 1);
		assert_string_equal(v.list[0].path, was.path);
		assert_string_equal(v.list[0].found, "8");
		verify_free(&v);
		in.cells[i] = was;
	}
	in.cells[1].path = in.cells[2].path; /* one is missing, one is double */
	check_exchange(r, &in, "cell-added:->12;figure:0>-;figure:12>0", NULL);
	incoming_free(&in);
	report_free(r);
}

static void test_exchange_subject(void **state)
{
	struct report *r = small_report();
	struct incoming in = { 0 };

	(void)state;
	fill(&in, r);
	in.year = 2023;
	in.unit.name = incoming_keep(&in, "乙局", true);
	check_exchange(r, &in, "subject:甲局>乙局;subject:2024>2023", "");
	in.year = 2024;
	in.unit.name = incoming_keep(&in, "甲局", true);
	in.cells[3].printed = "13"; /* count.carried_in.total */
	check_exchange(r, &in, "figure:>13", "count.carried_in.total");
	in.cells[3].printed = NULL;
	in.digest = NULL;
	check_exchange(r, &in, "", NULL);
	incoming_free(&in);
	report_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_sheet),
		cmocka_unit_test(test_asides),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_every_figure),
		cmocka_unit_test(test_exchange),
		cmocka_unit_test(test_exchange_subject),
	};
	char *folder = made_path("forms"), *all;
	int failed;

	all = str_printf("%s:%s", getenv("NIANBAO_FORMS"), folder);
	setenv("NIANBAO_FORMS", all, 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	made_form_free();
	free(all);
	free(folder);
	return failed;
}
