#include "core/zip.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include <zip.h>

#include "core/tr.h"

enum {
	STORE_UP_TO = 1400,
	LEVEL = 6
};

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
