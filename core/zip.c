#include "core/zip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zip.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	STORE_UP_TO = 1400,
	LEVEL = 1 /* a third of a millisecond for 7 in 100 of the size */
};

/* What a stranger's zip may hold. */
#define ENTRIES_MAX 2000
#define PART_MAX    (UINT64_C(64) << 20)
#define ALL_MAX     (UINT64_C(256) << 20)
#define RATIO_FROM  (UINT64_C(1) << 20) /* smaller parts may be zeros */
#define RATIO_MAX   200

/* Cells of an entry's name in a sentence. */
#define QUOTE_CELLS 60

/* libzip turns a time_t back into local time: the same wall clock everywhere. */
static time_t epoch(void)
{
	struct tm tm = { .tm_year = 80, .tm_mday = 1, .tm_isdst = -1 };

	return mktime(&tm);
}

static bool add(zip_t *z, const struct zip_part *part, time_t when)
{
	zip_source_t *bytes = zip_source_buffer(z, part->bytes, part->len, 0);
	zip_int64_t i;
	zip_uint64_t at;

	if (!bytes)
		return false;
	i = zip_file_add(z, part->name, bytes, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(bytes);
		return false;
	}
	at = (zip_uint64_t)i;
	return zip_set_file_compression(
		       z, at,
		       part->len <= STORE_UP_TO ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
		       part->len <= STORE_UP_TO ? 0 : LEVEL) == 0 &&
	       zip_file_set_mtime(z, at, when, 0) == 0 &&
	       zip_file_set_external_attributes(z, at, 0, ZIP_OPSYS_DOS, 0) ==
		       0;
}

/* The finished package out of libzip's memory. */
static bool collect(zip_source_t *memory, struct str *out)
{
	char buf[16384];
	zip_int64_t n;

	if (zip_source_open(memory) != 0)
		return false;
	str_clear(out);
	while ((n = zip_source_read(memory, buf, sizeof buf)) > 0)
		str_addn(out, buf, (size_t)n);
	zip_source_close(memory);
	return n == 0;
}

static enum err_code failed(int why, struct err *err)
{
	return err_set(err, ERR_FILE,
		       _("打包文稿时出错（libzip 错误 %d）；请再试一次"), why);
}

enum err_code zip_pack(const struct zip_part *parts, size_t count,
		       struct str *out, struct err *err)
{
	zip_error_t why;
	zip_source_t *memory;
	zip_t *z;
	enum err_code code = ERR_OK;
	time_t when = epoch();

	zip_error_init(&why);
	memory = zip_source_buffer_create(NULL, 0, 0, &why);
	z = memory ? zip_open_from_source(memory, ZIP_TRUNCATE, &why) : NULL;
	if (!z) {
		code = failed(zip_error_code_zip(&why), err);
		zip_source_free(memory);
		zip_error_fini(&why);
		return code;
	}
	zip_source_keep(memory);
	for (size_t i = 0; i < count && code == ERR_OK; i++)
		if (!add(z, &parts[i], when))
			code = failed(zip_error_code_zip(zip_get_error(z)),
				      err);
	if (code == ERR_OK && zip_close(z) != 0)
		code = failed(zip_error_code_zip(zip_get_error(z)), err);
	else if (code == ERR_OK)
		z = NULL;
	if (z)
		zip_discard(z);
	if (code == ERR_OK && !collect(memory, out))
		code = failed(ZIP_ER_READ, err);
	zip_source_free(memory);
	zip_error_fini(&why);
	return code;
}

/* ---- reading ---- */

struct entry {
	char *key; /* its name as names are compared */
	zip_uint64_t index;
	size_t size;
};

struct zip_reader {
	zip_t *z;
	char *name; /* of the file */
	struct entry *list;
	size_t count;
};

/* Case does not count in the names of parts, and some writers use \\. */
static char *key_of(const char *name)
{
	char *key = xstrdup(name);

	for (char *c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
		else if (*c == '\\')
			*c = '/';
	return key;
}

/* A stranger's word, fit for a sentence. */
static char *quote(const char *word)
{
	struct str line = { 0 };
	size_t fit;
	int used;

	text_one_line(&line, word, strlen(word));
	str_addn(&line, "", 0);
	fit = text_fit(line.s, line.len, QUOTE_CELLS, &used);
	if (fit < line.len) {
		str_splice(&line, fit, line.len - fit, "", 0);
		str_add(&line, "…");
	}
	return str_steal(&line);
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->key,
		      ((const struct entry *)b)->key);
}

static enum err_code broken(const struct zip_reader *z, const char *why,
			    struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 的压缩包有误（%s），未读入；请用 Word "
			 "打开后另存一份再试"),
		       z->name, why);
}

static enum err_code bomb(const struct zip_reader *z, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 展开后大得不合常理，未读入；请确认选对了"
			 "文件，或向来源核实"),
		       z->name);
}

static enum err_code no_entry(const struct zip_reader *z, const char *why,
			      const char *part, struct err *err)
{
	char *shown = quote(part);

	err_set(err, ERR_INPUT,
		_("文件 %s 里的“%s”%s，未读入；请用 Word 打开"
		  "后另存一份再试"),
		z->name, shown, why);
	free(shown);
	return ERR_INPUT;
}

static enum err_code judge_entry(const struct zip_reader *z,
				 const struct zip_stat *st, struct err *err)
{
	const zip_uint64_t want = ZIP_STAT_NAME | ZIP_STAT_SIZE |
				  ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
				  ZIP_STAT_ENCRYPTION_METHOD;

	if ((st->valid & want) != want)
		return broken(z, _("目录不全"), err);
	if (st->encryption_method != ZIP_EM_NONE)
		return err_set(err, ERR_INPUT,
			       _("文件 %s 加了密码，读不了；请去掉密码另存一份"
				 "再试"),
			       z->name);
	if (st->comp_method != ZIP_CM_STORE &&
	    st->comp_method != ZIP_CM_DEFLATE)
		return no_entry(z, _("用了不认识的压缩方法"), st->name, err);
	if (st->size > PART_MAX ||
	    (st->size > RATIO_FROM && st->size / RATIO_MAX > st->comp_size))
		return bomb(z, err);
	return ERR_OK;
}

/* Overlapping entries are caught by the sum: together they would be larger
 * than the file they stand in. */
static enum err_code read_directory(struct zip_reader *z, size_t len,
				    struct err *err)
{
	zip_uint64_t packed = 0, all = 0;
	enum err_code code = ERR_OK;

	for (size_t i = 0; i < z->count && !code; i++) {
		struct zip_stat st;

		zip_stat_init(&st);
		if (zip_stat_index(z->z, i, ZIP_FL_ENC_RAW, &st) != 0)
			return broken(z, _("目录不全"), err);
		code = judge_entry(z, &st, err);
		packed += st.comp_size;
		all += st.size;
		if (!code && (packed > len || all > ALL_MAX))
			code = bomb(z, err);
		if (!code)
			z->list[i] = (struct entry){ key_of(st.name), i,
						     (size_t)st.size };
	}
	return code;
}

static enum err_code judge_names(struct zip_reader *z, struct err *err)
{
	qsort(z->list, z->count, sizeof *z->list, compare_keys);
	for (size_t i = 1; i < z->count; i++)
		if (strcmp(z->list[i - 1].key, z->list[i].key) == 0)
			return no_entry(z, _("有两个"), z->list[i].key, err);
	return ERR_OK;
}

/* What libzip says of a package that it cannot open, in words. */
static const char *reason(int code)
{
	switch (code) {
	case ZIP_ER_NOZIP:
		return _("不完整，或不是压缩包");
	case ZIP_ER_INCONS:
		return _("前后不一致");
	default:
		return _("写法有误");
	}
}

static enum err_code open_memory(struct zip_reader *z, const char *bytes,
				 size_t len, struct err *err)
{
	zip_source_t *memory;
	zip_error_t why;
	enum err_code code = ERR_OK;

	zip_error_init(&why);
	memory = zip_source_buffer_create(bytes, len, 0, &why);
	if (memory)
		z->z = zip_open_from_source(memory, ZIP_RDONLY | ZIP_CHECKCONS,
					    &why);
	if (!z->z) {
		code = broken(z, reason(zip_error_code_zip(&why)), err);
		zip_source_free(memory);
	}
	zip_error_fini(&why);
	return code;
}

static enum err_code open_all(struct zip_reader *z, const char *bytes,
			      size_t len, struct err *err)
{
	enum err_code code;
	zip_int64_t count;

	if (len > ZIP_FILE_MAX)
		return bomb(z, err);
	code = open_memory(z, bytes, len, err);
	if (code)
		return code;
	count = zip_get_num_entries(z->z, 0);
	if (count < 0 || count > ENTRIES_MAX)
		return err_set(err, ERR_INPUT,
			       _("文件 %s 里的部件多于 %d 个，未读入；请确认"
				 "选对了文件"),
			       z->name, ENTRIES_MAX);
	z->count = (size_t)count;
	z->list = xcalloc(z->count + 1, sizeof *z->list);
	code = read_directory(z, len, err);
	return code ? code : judge_names(z, err);
}

struct zip_reader *zip_reader_new(const char *bytes, size_t len,
				  const char *name, struct err *err)
{
	struct zip_reader *z = xcalloc(1, sizeof *z);

	z->name = xstrdup(name);
	if (open_all(z, bytes, len, err) == ERR_OK)
		return z;
	zip_reader_free(z);
	return NULL;
}

void zip_reader_free(struct zip_reader *z)
{
	if (!z)
		return;
	for (size_t i = 0; i < z->count; i++)
		free(z->list[i].key);
	free(z->list);
	if (z->z)
		zip_discard(z->z);
	free(z->name);
	free(z);
}

static const struct entry *find(const struct zip_reader *z, const char *part)
{
	struct entry want = { .key = key_of(part) };
	const struct entry *found = bsearch(&want, z->list, z->count,
					    sizeof *z->list, compare_keys);

	free(want.key);
	return found;
}

bool zip_reader_has(const struct zip_reader *z, const char *part)
{
	return find(z, part) != NULL;
}

/* libzip hands out one byte more than the directory promises without a word,
 * and looks at the checksum only when it is read to the end: both come out by
 * asking for one byte more. */
static bool read_exactly(zip_file_t *f, char *to, size_t size)
{
	size_t got = 0;
	zip_int64_t n;

	while ((n = zip_fread(f, to + got, size + 1 - got)) > 0) {
		got += (size_t)n;
		if (got > size)
			return false;
	}
	return n == 0 && got == size;
}

enum err_code zip_reader_get(struct zip_reader *z, const char *part,
			     struct str *out, struct err *err)
{
	const struct entry *e = find(z, part);
	zip_file_t *f;
	char *room;
	bool well;

	if (!e)
		return no_entry(z, _("不在"), part, err);
	f = zip_fopen_index(z->z, e->index, 0);
	if (!f)
		return no_entry(z, _("打不开"), part, err);
	room = xmalloc(e->size + 1);
	well = read_exactly(f, room, e->size);
	well = zip_fclose(f) == 0 && well;
	str_clear(out);
	if (well)
		str_addn(out, room, e->size);
	free(room);
	return well ? ERR_OK
		    : no_entry(z, _("已损坏（长度或校验不对）"), part, err);
}
