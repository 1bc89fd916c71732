#include "import/foreign.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/tr.h"
#include "core/xml.h"
#include "import/docx.h"

enum {
	HTML_WITHIN = 1024 /* bytes before its first tag */
};

static enum err_code refuse_old(const char *name, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 是旧的 .doc 格式，或加了密码；请先用 Word "
			 "另存为 .docx"),
		       name);
}

static enum err_code refuse_pdf(const char *name, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 是 PDF，里面的数字读不准；请用它的 Word 原稿"
			 "（.docx）"),
		       name);
}

static enum err_code refuse_html(const char *name, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 其实是网页（HTML）；请先用 Word 打开，另存为 "
			 ".docx"),
		       name);
}

static enum err_code refuse_unknown(const char *name, struct err *err)
{
	return err_set(err, ERR_INPUT,
		       _("文件 %s 既不是 Word 文稿也不是本程序导出的 XML；"
			 "请先用 Word 另存为 .docx"),
		       name);
}

static enum err_code read_package(struct foreign *f, struct opc *package,
				  const char *name, struct err *err)
{
	enum err_code code = ERR_INPUT;

	if (package)
		code = docx_read(package, name, &f->outline, err);
	opc_free(package);
	return code;
}

/* Which XML it is, its root tells. */
static enum err_code read_xml(struct foreign *f, const char *bytes, size_t len,
			      const char *name, struct err *err)
{
	struct xml *x = xml_parse(bytes, len, name, err);
	bool ours;

	if (!x)
		return ERR_INPUT;
	if (xml_is(xml_root(x), "package"))
		return read_package(f, opc_flat(x, name), name, err);
	ours = xml_is(xml_root(x), "annual-report");
	xml_free(x);
	if (!ours)
		return refuse_unknown(name, err);
	f->kind = FOREIGN_EXCHANGE;
	return incoming_read_xml(&f->incoming, bytes, len, name, err);
}

static bool starts(const char *bytes, size_t len, const char *with, size_t n)
{
	return len >= n && memcmp(bytes, with, n) == 0;
}

static bool is_html(const char *bytes, size_t len)
{
	size_t end = len < HTML_WITHIN ? len : HTML_WITHIN;

	for (size_t i = 0; i + 14 < end; i++)
		if (strncasecmp(bytes + i, "<html", 5) == 0 ||
		    strncasecmp(bytes + i, "<!doctype html", 14) == 0)
			return true;
	return false;
}

/* A mark of the byte order, blanks, then a tag; in UTF-16 with zeros. */
static bool is_xml(const char *bytes, size_t len)
{
	static const char skipped[] = " \t\r\n\xef\xbb\xbf\xfe\xff";
	size_t i = 0;

	while (i < len && (!bytes[i] || strchr(skipped, bytes[i])))
		i++;
	return i < len && bytes[i] == '<';
}

enum err_code foreign_read(struct foreign *f, const char *bytes, size_t len,
			   const char *name, struct err *err)
{
	if (starts(bytes, len, "PK\3\4", 4))
		return read_package(f, opc_zip(bytes, len, name, err), name,
				    err);
	if (starts(bytes, len, "\xd0\xcf\x11\xe0", 4))
		return refuse_old(name, err);
	if (starts(bytes, len, "%PDF", 4))
		return refuse_pdf(name, err);
	if (is_html(bytes, len))
		return refuse_html(name, err);
	if (is_xml(bytes, len))
		return read_xml(f, bytes, len, name, err);
	return refuse_unknown(name, err);
}

void foreign_free(struct foreign *f)
{
	outline_free(&f->outline);
	incoming_free(&f->incoming);
}
