#include "tests/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tests/unit.h"

static const char types[] =
	"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
	"content-types\"><Default Extension=\"xml\" "
	"ContentType=\"application/xml\"/></Types>";
static const char relations[] = PARCEL_RELS
	"<Relationship Id=\"a\" Type=\"" PARCEL_TYPE
	"/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
static const char main_relations[] =
	PARCEL_RELS "<Relationship Id=\"a\" Type=\"" PARCEL_TYPE
		    "/styles\" Target=\"styles.xml\"/></Relationships>";

void parcel_zip(struct str *out, const struct zip_part *parts, size_t count)
{
	struct err err = { 0 };

	if (zip_pack(parts, count, out, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

void parcel_main(struct str *out, const char *bytes, size_t len)
{
	const struct zip_part parts[] = {
		{ "[Content_Types].xml", types, sizeof types - 1 },
		{ "_rels/.rels", relations, sizeof relations - 1 },
		{ "word/document.xml", bytes, len },
	};

	parcel_zip(out, parts, 3);
}

void parcel_docx(struct str *out, const char *body, const char *styles)
{
	char *document = str_printf("<w:document " PARCEL_W
				    "><w:body>%s</w:body></w:document>",
				    body);
	char *sheet = str_printf("<w:styles " PARCEL_W ">%s</w:styles>",
				 styles ? styles : "");
	const struct zip_part parts[] = {
		{ "[Content_Types].xml", types, sizeof types - 1 },
		{ "_rels/.rels", relations, sizeof relations - 1 },
		{ "word/document.xml", document, strlen(document) },
		{ "word/_rels/document.xml.rels", main_relations,
		  sizeof main_relations - 1 },
		{ "word/styles.xml", sheet, strlen(sheet) },
	};

	parcel_zip(out, parts, styles ? 5 : 3);
	free(document);
	free(sheet);
}

/* ---- zips as they should not be ---- */

static void put(struct str *out, uint32_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		str_addc(out, (char)(n >> 8 * i & 0xff));
}

static uint32_t crc(const char *s, size_t len)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		c ^= (unsigned char)s[i];
		for (int k = 0; k < 8; k++)
			c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c;
}

/* Version, flags, method, time and date, checksum, sizes, length of the name:
 * local and central headers have them in common. */
static void put_common(struct str *out, const struct raw_entry *e, bool central)
{
	bool later = e->streamed && !central;
	uint32_t size = e->claims ? e->claims : (uint32_t)e->len;

	put(out, 20, 2);
	put(out, e->flags | (e->streamed ? 8 : 0), 2);
	put(out, e->method, 2);
	put(out, 0x00210000, 4);
	put(out, later ? 0 : crc(e->bytes, e->len), 4);
	put(out, later ? 0 : (uint32_t)e->len, 4);
	put(out, later ? 0 : size, 4);
	put(out, (uint32_t)strlen(e->name), 2);
	put(out, 0, 2);
}

void parcel_local(struct str *out, const struct raw_entry *e)
{
	put(out, 0x04034b50, 4);
	put_common(out, e, false);
	str_add(out, e->name);
	str_addn(out, e->bytes, e->len);
	if (!e->streamed)
		return;
	put(out, 0x08074b50, 4);
	put(out, crc(e->bytes, e->len), 4);
	put(out, (uint32_t)e->len, 4);
	put(out, (uint32_t)e->len, 4);
}

static void put_central(struct str *out, const struct raw_entry *e, size_t at)
{
	put(out, 0x02014b50, 4);
	put(out, 20, 2);
	put_common(out, e, true);
	put(out, 0, 2); /* comment */
	put(out, 0, 2); /* disk */
	put(out, 0, 2);
	put(out, 0, 4);
	put(out, (uint32_t)at, 4);
	str_add(out, e->name);
}

void parcel_raw(struct str *out, const struct str *before,
		const struct raw_entry *list, size_t count)
{
	struct str central = { 0 };
	size_t start;

	str_clear(out);
	if (before)
		str_addn(out, before->s, before->len);
	for (size_t i = 0; i < count; i++) {
		size_t at = list[i].at == SIZE_MAX ? 0 : list[i].at;

		if (list[i].at == 0) {
			at = out->len;
			parcel_local(out, &list[i]);
		}
		put_central(&central, &list[i], at);
	}
	start = out->len;
	str_addn(out, central.s ? central.s : "", central.len);
	put(out, 0x06054b50, 4);
	put(out, 0, 4);
	put(out, (uint32_t)count, 2);
	put(out, (uint32_t)count, 2);
	put(out, (uint32_t)central.len, 4);
	put(out, (uint32_t)start, 4);
	put(out, 0, 2);
	str_free(&central);
}

/* ---- what was read ---- */

static void add_visible(struct str *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			str_add(out, "\\n");
		else if (*text == '\t')
			str_add(out, "\\t");
		else
			str_addc(out, *text);
}

static void dump_table(const struct outline_table *t, struct str *out)
{
	for (size_t i = 0; i < t->rows * t->columns; i++) {
		size_t row = i / t->columns, column = i % t->columns;
		const struct outline_cell *c =
			t->spots[i] ? &t->cells[t->spots[i] - 1] : NULL;

		if (i > 0)
			str_addc(out, column ? '|' : '/');
		if (!c)
			str_addc(out, '.');
		else if (c->row != row || c->column != column)
			str_addc(out, '^');
		else
			add_visible(out, c->text);
	}
}

char *parcel_dump(const struct outline *o)
{
	struct str out = { 0 };

	for (size_t i = 0; i < o->count; i++) {
		const struct outline_block *b = &o->blocks[i];

		if (i > 0)
			str_addc(&out, '\n');
		if (b->table) {
			dump_table(b->table, &out);
			continue;
		}
		if (b->numbered)
			str_add(&out, "#");
		if (b->kind == OUTLINE_HEADING)
			str_addf(&out, "h%d ", b->level);
		else
			str_add(&out, "p ");
		add_visible(&out, b->text);
	}
	return str_steal(&out);
}

void parcel_is_sentence(const char *why, const char *text)
{
	if (!*text || strchr(text, '\n') || !text_valid(text, strlen(text)))
		fail_msg("%s: no sentence: \"%s\"", why, text);
}
