#include "tests/unit.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/date.h"
#include "core/digest.h"
#include "core/file.h"
#include "core/json.h"
#include "core/num.h"
#include "core/schema.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/xml.h"
#include "core/zip.h"

static void test_numbers(void **state)
{
	static const struct {
		const char *typed;
		int decimals;
		enum num_fault fault;
		const char *text;
	} rows[] = {
		{ "12", 0, NUM_OK, "12" },
		{ "１２３", 0, NUM_OK, "123" },
		{ "1,234", 0, NUM_OK, "1234" },
		{ "1，234", 0, NUM_OK, "1234" },
		{ "12,345，678", 0, NUM_OK, "12345678" },
		{ "1,234.5678", 4, NUM_OK, "1234.5678" },
		{ "1,2,3", 0, NUM_GROUPS, NULL },
		{ "1，23", 0, NUM_GROUPS, NULL },
		{ "1234,567", 0, NUM_GROUPS, NULL },
		{ "1,2345", 0, NUM_GROUPS, NULL },
		{ "1,,234", 0, NUM_GROUPS, NULL },
		{ ",123", 0, NUM_GROUPS, NULL },
		{ "123,", 0, NUM_GROUPS, NULL },
		{ "1,23.5", 4, NUM_GROUPS, NULL },
		{ "0.123,4", 4, NUM_GROUPS, NULL },
		{ ",", 0, NUM_GROUPS, NULL },
		{ "　 7 ", 0, NUM_OK, "7" },
		{ "59237.2449", 4, NUM_OK, "59237.2449" },
		{ "4068.2080", 4, NUM_OK, "4068.208" },
		{ "1.", 4, NUM_OK, "1" },
		{ ".5", 4, NUM_OK, "0.5" },
		{ "1．5", 4, NUM_OK, "1.5" },
		{ "007", 0, NUM_OK, "7" },
		{ "1.50", 2, NUM_OK, "1.5" },
		{ "", 0, NUM_EMPTY, NULL },
		{ "  ", 0, NUM_EMPTY, NULL },
		{ "12a", 0, NUM_CHARACTER, NULL },
		{ "十二", 0, NUM_CHARACTER, NULL },
		{ "-3", 0, NUM_SIGN, NULL },
		{ "－3", 0, NUM_SIGN, NULL },
		{ "1.5", 0, NUM_DECIMALS, NULL },
		{ "1.23456", 4, NUM_DECIMALS, NULL },
		{ "1.2.3", 4, NUM_CHARACTER, NULL },
		{ ".", 4, NUM_CHARACTER, NULL },
		{ "100000000", 0, NUM_TOO_LARGE, NULL },
		{ "99999999999999999999", 0, NUM_TOO_LARGE, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char buf[NUM_TEXT];
		int64_t n = -1;

		assert_int_equal(num_parse(rows[i].typed, rows[i].decimals,
					   99999999 * NUM_ONE + 9999, &n),
				 rows[i].fault);
		if (rows[i].text)
			assert_string_equal(num_text(n, buf), rows[i].text);
	}
}

static void test_number_texts(void **state)
{
	char buf[NUM_TEXT];
	int64_t n;

	(void)state;
	assert_string_equal(num_text(-3 * NUM_ONE, buf), "-3");
	assert_string_equal(num_text(-1, buf), "-0.0001");
	assert_string_equal(num_text(0, buf), "0");
	assert_string_equal(num_text(INT64_MIN, buf), "-922337203685477.5808");
	assert_false(num_add(INT64_MAX, 1, 1, &n));
	assert_false(num_add(INT64_MIN, -1, 1, &n));
	assert_true(num_add(5, -1, 7, &n));
	assert_int_equal(n, -2);
}

static void test_dates(void **state)
{
	struct date a, b;

	(void)state;
	assert_true(date_parse("2026-01-12", &a));
	assert_true(date_parse("2026-01-31T10:00:00", &b));
	assert_int_equal(date_days(a, b), 19);
	assert_int_equal(date_days(b, a), -19);
	assert_int_equal(date_weekday(a), 1);
	assert_true(date_parse("2024-02-29", &a));
	assert_int_equal(date_weekday(a), 4);
	assert_false(date_parse("2025-02-29", &a));
	assert_false(date_parse("2025-13-01", &a));
	assert_false(date_parse("2025-1-01", &a));
	assert_false(date_parse("", &a));
	setenv("NIANBAO_NOW", "2025-12-31T23:59:59", 1);
	assert_int_equal(date_days(a, date_today()), 671);
	unsetenv("NIANBAO_NOW");
}

/* As people write days. */
static void test_dates_read(void **state)
{
	static const struct {
		const char *written, *day; /* NULL: none */
	} rows[] = {
		{ "2026-01-20", "2026-01-20" },
		{ "2026-1-20", "2026-01-20" },
		{ "2026-1-2", "2026-01-02" },
		{ "2026年1月20日", "2026-01-20" },
		{ "2026年01月02日", "2026-01-02" },
		{ "２０２６年１月２０日", "2026-01-20" },
		{ "2026.1.20", "2026-01-20" },
		{ "2026/01/20", "2026-01-20" },
		{ "2026年2月29日", NULL },
		{ "2026年1月20", "2026-01-20" },
		{ "2026/1/20", "2026-01-20" },
		{ "2026年1月20号", "2026-01-20" },
		{ "2026.1/20", NULL },
		{ "2026年1月", NULL },
		{ "2026年1-20日", NULL },
		{ "2026-1月20日", NULL },
		{ "2026-1-20日", NULL },
		{ "26-1-20", NULL },
		{ "2026-001-20", NULL },
		{ "2026-1-20T10:00:00", NULL },
		{ "2026-1-20 1", NULL },
		{ "2026--20", NULL },
		{ "", NULL },
		{ "二〇二六年一月二十日", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char day[DATE_DAY];
		struct date d;

		if (date_read(rows[i].written, &d) != (rows[i].day != NULL))
			fail_msg("%s", rows[i].written);
		if (rows[i].day)
			assert_string_equal(date_day(d, day), rows[i].day);
	}
}

static void test_escapes(void **state)
{
	struct str out = { 0 }, back = { 0 };

	(void)state;
	str_escape(&out, "一\n二\t三\\n");
	assert_string_equal(out.s, "一\\n二\\t三\\\\n");
	assert_true(str_unescape(&back, out.s, out.len));
	assert_string_equal(back.s, "一\n二\t三\\n");
	assert_false(str_unescape(&back, "a\\", 2));
	assert_false(str_unescape(&back, "a\\x", 3));
	str_clear(&out);
	str_add(&out, "abcdef");
	str_splice(&out, 2, 3, "XY", 2);
	assert_string_equal(out.s, "abXYf");
	str_splice(&out, 5, 0, "!", 1);
	assert_string_equal(out.s, "abXYf!");
	str_free(&out);
	str_free(&back);
}

static void test_names(void **state)
{
	static const struct {
		const char *text, *names; /* joined by | */
		bool gap;
	} rows[] = {
		{ "", "", false },
		{ "甲", "甲", false },
		{ " 甲　", "甲", false },
		{ "甲；乙; 丙 丁 ；", "甲|乙|丙 丁", false },
		{ "甲；　", "甲", false },
		{ "；", "", true },
		{ "；甲", "甲", true },
		{ "甲;; 乙", "甲|乙", true },
		{ "甲； ；", "甲", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool gap;
		char **names = str_names(rows[i].text, &gap);
		struct str all = { 0 };

		str_clear(&all);
		for (size_t k = 0; names[k]; k++)
			str_addf(&all, "%s%s", k ? "|" : "", names[k]);
		assert_string_equal(all.s, rows[i].names);
		if (gap != rows[i].gap)
			fail_msg("%s", rows[i].text);
		str_names_free(names);
		str_free(&all);
	}
	str_names_free(NULL);
}

static void test_digest(void **state)
{
	char hex[DIGEST_TEXT];

	(void)state;
	assert_string_equal(
		digest_sha256("abc", 3, hex),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* What XML 1.0 cannot hold is left out, the rest is escaped. */
static void test_xml_escape(void **state)
{
	static const char bad[] = "a<&>\"\x01\x0b\xef\xbf\xbe\xed\xa0\x80"
				  "\xff\xf0\x9f\x91\x8d 终";
	struct str out = { 0 };

	(void)state;
	xml_escape(&out, bad, sizeof bad - 1);
	assert_string_equal(out.s, "a&lt;&amp;&gt;&quot;👍 终");
	str_clear(&out);
	xml_escape(&out, "a\0b", 3);
	assert_string_equal(out.s, "ab");
	str_free(&out);
}

static void test_xml_read(void **state)
{
	static const char good[] = "<a x='1 &amp; 2'><b>甲 &lt; 乙</b>\n"
				   "<b>丙<![CDATA[<丁>]]></b></a>";
	struct err err = { 0 };
	struct xml *x = xml_parse(good, sizeof good - 1, "t.xml", &err);
	const struct xml_node *b;

	(void)state;
	assert_non_null(x);
	assert_string_equal(xml_attr(xml_root(x), "x"), "1 & 2");
	assert_null(xml_attr(xml_root(x), "y"));
	b = xml_find(xml_root(x), "b");
	assert_string_equal(xml_text(x, b), "甲 < 乙");
	b = xml_next(b);
	assert_string_equal(xml_text(x, b), "丙<丁>");
	assert_int_equal(xml_line(b), 2);
	assert_null(xml_next(b));
	xml_free(x);
}

/* Whatever the first line says of it, a document is judged as it was read. */
static void test_xml_encodings(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} rows[] = {
#define ROW(text) { text, sizeof text - 1 }
		ROW("<?xml version='1.0' encoding='GBK'?><a>\xd5\xfe</a>"),
		ROW("<?xml version='1.0' encoding='GB2312'?>"
		    "<a>\xd5\xfe</a>"),
		ROW("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>"
		    "<a>政</a>"),
		ROW("\xff\xfe<\0a\0>\0\x3f\x65<\0/\0a\0>\0"),
		ROW("\n\0<\0a\0>\0\x3f\x65<\0/\0a\0>\0"),
		ROW("\0<\0a\0>\x65\x3f\0<\0/\0a\0>"),
#undef ROW
	};
	char *schema = str_printf("%s/form.rng", getenv("NIANBAO_FORMS"));

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = { 0 };
		struct xml *x =
			xml_parse(rows[i].bytes, rows[i].len, "t.xml", &err);

		if (!x)
			fail_msg("%zu: %s", i, err.text);
		assert_string_equal(xml_text(x, xml_root(x)), "政");
		schema_check(rows[i].bytes, rows[i].len, "t.xml", schema,
			     ERR_FORM, &err);
		assert_non_null(strstr(err.text, "元素 <a> 不合格式说明"));
		xml_free(x);
	}
	free(schema);
}

/* Two words of small letters with a blank between them. */
static bool speaks_english(const char *text)
{
	for (const char *p = text; (p = strchr(p + 1, ' '));)
		if (islower((unsigned char)p[-1]) &&
		    islower((unsigned char)p[1]))
			return true;
	return false;
}

static void test_xml_refuses(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "<a>\n<b></a>", "t.xml:2：XML 不合规矩：标记没有配对" },
		{ "<a>\n<b>", "t.xml:2：XML 不合规矩：" },
		{ "<a>\n<b x=1/></a>", "t.xml:2：XML 不合规矩：属性要写成" },
		{ "<a>\n<b x='<'/></a>", "t.xml:2：XML 不合规矩：< 要写作" },
		{ "<a>\n1 & 2</a>", "t.xml:2：XML 不合规矩：& 要写作" },
		{ "<a>\n<b x='1' x='2'/></a>", "属性写了两次" },
		{ "<a/>\n<a/>", "t.xml:2：XML 不合规矩：" },
		{ "hello", "t.xml:1：XML 不合规矩：" },
		{ "<a>\n\xff</a>", "t.xml:2：XML 不合规矩：" },
		{ "<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/passwd'>]><a>&e;</a>",
		  "DTD" },
		{ "<!DOCTYPE a><a/>", "DTD" },
		{ "<a>&nobody;</a>", "t.xml:1" },
		{ "", "t.xml" },
		{ "<a>\x1b</a>", "t.xml:1" },
	};
	struct str long_tag = { 0 };
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_null(xml_parse(rows[i].text, strlen(rows[i].text),
				      "t.xml", &err));
		assert_non_null(strstr(err.text, rows[i].says));
		assert_false(speaks_english(err.text));
	}
	str_add(&long_tag, "<a");
	for (int i = 0; i < 200000; i++)
		str_addf(&long_tag, " a%d=''", i);
	str_add(&long_tag, "/>");
	assert_null(xml_parse(long_tag.s, long_tag.len, "t.xml", &err));
	str_free(&long_tag);
}

static void test_xml_schema(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "<form id='a' name='b' title='c'>\n<section id='s' number='1' "
		  "title='t'>\n<nosuch/></section></form>",
		  "t.xml:3：元素 <nosuch> 不合格式说明（" },
		{ "<form id='a' name='b' title='c' x='1'>\n"
		  "<section id='s' number='1' title='t'/></form>",
		  "t.xml:1：元素 <form a> 不合格式说明（" },
		{ "<form id='a' name='b' title='c'><section id='s' number='1' "
		  "title='t'>\n<field id='x' kind='nosuch'/></section></form>",
		  "t.xml:2：元素 <field> 不合格式说明（缺少属性 label）" },
		{ "<form id='a' title='c'>\n<section id='s' number='1' "
		  "title='t'>\n<field kind='prose' label='l'/></section></form>",
		  "t.xml:1：元素 <form> 不合格式说明（缺少属性 name）" },
		{ "<form id='a' name='b' title='c'>\n<section id='s' number='1' "
		  "title='t'>\n<field kind='prose' label='l'/></section></form>",
		  "t.xml:3：元素 <field> 不合格式说明（缺少属性 id）" },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *schema =
			str_printf("%s/form.rng", getenv("NIANBAO_FORMS"));

		assert_int_equal(schema_check(rows[i].text,
					      strlen(rows[i].text), "t.xml",
					      schema, ERR_FORM, &err),
				 ERR_FORM);
		if (!strstr(err.text, rows[i].says))
			fail_msg("%zu: %s", i, err.text);
		assert_int_equal(schema_check(rows[i].text,
					      strlen(rows[i].text), "t.xml",
					      "/nonesuch.rng", ERR_FORM, &err),
				 ERR_FORM);
		assert_non_null(strstr(err.text, "/nonesuch.rng"));
		assert_false(speaks_english(err.text));
		free(schema);
	}
}

static void test_errno(void **state)
{
	static const int known[] = { ENOENT,       EACCES, EPERM, EISDIR,
				     ENOTDIR,      ENOSPC, EROFS, EEXIST,
				     ENAMETOOLONG, EMFILE, EIO,   EDQUOT,
				     EFBIG,        ETXTBSY };

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		for (const char *p = err_errno(known[i]); *p; p++)
			assert_true((unsigned char)*p >= 0x80);
	assert_string_equal(err_errno(9999), "系统错误 9999");
}

static void test_zip_same_bytes(void **state)
{
	static char big[5000];
	const struct zip_part parts[] = { { "a.xml", "<a/>", 4 },
					  { "b/c.xml", big, sizeof big } };
	struct str one = { 0 }, two = { 0 };

	(void)state;
	memset(big, 'x', sizeof big);
	setenv("TZ", "Asia/Shanghai", 1);
	assert_int_equal(zip_pack(parts, 2, &one, NULL), ERR_OK);
	setenv("TZ", "America/New_York", 1);
	assert_int_equal(zip_pack(parts, 2, &two, NULL), ERR_OK);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.s, two.s, one.len);
	assert_true(one.len > 100 && one.len < 1000);
	assert_memory_equal(one.s, "PK\x03\x04", 4);
	str_free(&one);
	str_free(&two);
}

static void test_file(void **state)
{
	char dir[] = "/tmp/nianbao-test-XXXXXX", path[64], sub[80];
	struct str back = { 0 };
	struct err err;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/f", dir);
	assert_int_equal(file_write(path, "甲", 3, 0600, &err), ERR_OK);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(file_write(path, "乙丙", 6, 0600, &err), ERR_OK);
	assert_int_equal(file_read(path, 100, &back, &err), ERR_OK);
	assert_string_equal(back.s, "乙丙");
	stat(path, &st);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(file_read(path, 3, &back, &err), ERR_FILE);
	snprintf(sub, sizeof sub, "%s/no/f", dir);
	assert_int_equal(file_write(sub, "x", 1, 0600, &err), ERR_FILE);
	assert_non_null(strstr(err.text, sub));
	assert_int_equal(file_read(sub, 10, &back, &err), ERR_FILE);
	unlink(path);
	assert_int_equal(rmdir(dir), 0); /* nothing is left beside it */
	str_free(&back);
}

static void test_json(void **state)
{
	struct str out = { 0 };

	(void)state;
	json_add_string(&out, "a\"\n政");
	assert_string_equal(out.s, "\"a\\\"\\n政\"");
	str_free(&out);
}

/* The program's own catalogue; cut anywhere it is none, and nothing breaks. */
static void test_translation(void **state)
{
	char folder[] = "/tmp/nianbao-XXXXXX";
	const char *catalogues = getenv("NIANBAO_LOCALE");
	char *whole, *path, *deep;
	struct str bytes = { 0 };

	(void)state;
	assert_non_null(catalogues);
	assert_string_equal(tr_text("起草"), "起草");
	assert_true(tr_load(catalogues, "en"));
	assert_string_equal(tr_text("起草"), "draft");
	assert_string_equal(tr_text("目录里没有的话"), "目录里没有的话");
	assert_false(tr_load(catalogues, "xx"));
	assert_string_equal(tr_text("起草"), "起草");
	whole = str_printf("%s/en/LC_MESSAGES/nianbao.mo", catalogues);
	assert_int_equal(file_read(whole, 4 << 20, &bytes, NULL), ERR_OK);
	assert_non_null(mkdtemp(folder));
	deep = str_printf("mkdir -p %s/en/LC_MESSAGES", folder);
	assert_int_equal(system(deep), 0);
	path = str_printf("%s/en/LC_MESSAGES/nianbao.mo", folder);
	for (size_t len = 0; len < bytes.len; len += 1 + len / 9) {
		assert_int_equal(file_write(path, bytes.s, len, 0600, NULL),
				 ERR_OK);
		assert_false(tr_load(folder, "en"));
	}
	free(deep);
	deep = str_printf("rm -r %s", folder);
	assert_int_equal(system(deep), 0);
	free(deep);
	free(path);
	free(whole);
	str_free(&bytes);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_number_texts),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_dates_read),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_xml_escape),
		cmocka_unit_test(test_xml_read),
		cmocka_unit_test(test_xml_encodings),
		cmocka_unit_test(test_xml_refuses),
		cmocka_unit_test(test_xml_schema),
		cmocka_unit_test(test_errno),
		cmocka_unit_test(test_zip_same_bytes),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_translation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
