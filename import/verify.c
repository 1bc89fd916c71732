#include "import/verify.h"

#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "core/num.h"
#include "core/text.h"
#include "core/tr.h"
#include "import/verify_impl.h"

static const struct {
	const char *word, *label;
} kinds[VERIFY_KIND_COUNT] = {
#define VERIFY_ROW(name, word, label) { word, label },
	VERIFY_KIND_LIST(VERIFY_ROW)
#undef VERIFY_ROW
};

const char *verify_word(enum verify_kind kind)
{
	return kinds[kind].word;
}

const char *verify_label(enum verify_kind kind)
{
	return _(kinds[kind].label);
}

void verify_free(struct verify *v)
{
	for (size_t i = 0; i < v->count; i++) {
		free(v->list[i].path);
		free(v->list[i].place);
		free(v->list[i].approved);
		free(v->list[i].found);
	}
	free(v->list);
	free(v->signed_digest);
	*v = (struct verify){ 0 };
}

void verify_add(struct verify *v, enum verify_kind kind, const char *path,
		char *place, const char *approved, const char *found)
{
	v->list = mem_grow(v->list, v->count, &v->room, sizeof *v->list);
	v->list[v->count++] = (struct verify_difference){
		.kind = kind,
		.path = xstrdup(path),
		.place = place,
		.approved = xstrdup(approved),
		.found = xstrdup(found),
	};
}

char *verify_place(const struct section_def *section, const char *what)
{
	if (!section || section->meta || !section->number)
		return xstrdup(what);
	return str_printf("%s、%s · %s", section->number, section->brief, what);
}

/* ---- texts as they are compared ---- */

/* Bytes at s that nobody sees, 0 if it is a character. */
static size_t unseen(const char *s)
{
	static const struct {
		const char *start;
		unsigned char from, to; /* of the last byte */
	} rows[] = {
		{ "\xc2", 0x85, 0x85 },     /* next line */
		{ "\xc2", 0xa0, 0xa0 },     /* no-break space */
		{ "\xc2", 0xad, 0xad },     /* soft hyphen */
		{ "\xe1\x9a", 0x80, 0x80 }, /* ogham space */
		{ "\xe2\x80", 0x80, 0x8d }, /* en quad … zero-width joiner */
		{ "\xe2\x80", 0xa8, 0xa9 }, /* line, paragraph separator */
		{ "\xe2\x80", 0xaf, 0xaf }, /* narrow no-break space */
		{ "\xe2\x81", 0x9f, 0xa0 }, /* word joiner */
		{ "\xe3\x80", 0x80, 0x80 }, /* full-width space */
		{ "\xef\xbb", 0xbf, 0xbf }, /* byte order mark */
	};
	unsigned char c = (unsigned char)*s;

	if (c <= ' ')
		return 1;
	if (c < 0xc2 || (c > 0xe3 && c != 0xef)) /* nearly all there is */
		return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n = strlen(rows[i].start);
		unsigned char last;

		if (strncmp(s, rows[i].start, n) != 0)
			continue;
		last = (unsigned char)s[n];
		if (last >= rows[i].from && last <= rows[i].to)
			return n + 1;
	}
	return 0;
}

char *verify_plain(const char *text)
{
	static const char hyphen[] = "\xe2\x80\x91"; /* U+2011 */
	struct str nfc = { 0 }, plain = { 0 };

	text_nfc(&nfc, text);
	str_addn(&plain, "", 0);
	for (const char *s = nfc.s ? nfc.s : ""; *s;) {
		size_t n = unseen(s);

		if (n == 0 && strncmp(s, hyphen, strlen(hyphen)) == 0) {
			str_addc(&plain, '-');
			n = strlen(hyphen);
		} else if (n == 0) {
			str_addc(&plain, *s);
			n = 1;
		}
		s += n;
	}
	str_free(&nfc);
	return str_steal(&plain);
}

/* FNV-1a. */
uint64_t verify_hash(const char *plain)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *plain; plain++)
		h = (h ^ (unsigned char)*plain) * UINT64_C(1099511628211);
	return h;
}

static bool is_number(const struct cell_def *def)
{
	return def->kind == FIELD_COUNT || def->kind == FIELD_AMOUNT;
}

static bool same_number(const char *a, const char *b)
{
	int64_t x, y;

	return num_parse(a, 4, INT64_MAX, &x) == NUM_OK &&
	       num_parse(b, 4, INT64_MAX, &y) == NUM_OK && x == y;
}

bool verify_same_value(const struct cell_def *def, const char *a, const char *b)
{
	char *x = verify_plain(a), *y = verify_plain(b);
	bool same = strcmp(x, y) == 0;

	if (is_number(def))
		same = same || same_number(x, y);
	free(x);
	free(y);
	return same;
}

void verify_document(struct verify *v, const struct verify_source *approved,
		     const struct outline *found)
{
	verify_tables(v, approved, found);
	verify_lines(v, approved, found);
	verify_asides(v, found);
}

/* ---- our own xml ---- */

static void compare_text(struct verify *v, const struct cell_def *def,
			 const char *what, const char *approved,
			 const char *found)
{
	bool is_text = def->kind == FIELD_PROSE || def->kind == FIELD_LINE;
	char name[CELL_NAME];

	if (found && verify_same_value(def, approved, found))
		return;
	if (!found && !*approved)
		return;
	verify_add(v, is_text ? VERIFY_TEXT : VERIFY_FIGURE, def->path,
		   str_printf("%s%s", cell_name(def, name), what), approved,
		   found);
}

static void compare_cell(struct verify *v, const struct report *approved,
			 size_t cell, const struct incoming_cell *found)
{
	const struct cell_def *def = &report_form(approved)->cells[cell];
	struct str text = { 0 }, printed = { 0 };

	str_clear(&text);
	str_clear(&printed);
	report_text(approved, cell, &text);
	value_text(report_printed(approved, cell), &printed);
	compare_text(v, def, "", text.s, found ? found->text : NULL);
	if (def->part_count)
		compare_text(v, def, _("（来源所印）"), printed.s,
			     found && found->printed ? found->printed : "");
	if (is_number(def))
		v->figures++;
	else
		v->lines++;
	str_free(&text);
	str_free(&printed);
}

/* The cell of each path in the file; what stands there twice or is not in the
 * form is a difference of its own. */
static const struct incoming_cell **by_cell(struct verify *v,
					    const struct form_def *form,
					    const struct incoming *in)
{
	const struct incoming_cell **list =
		xcalloc(form->cell_count + 1, sizeof *list);

	for (size_t i = 0; i < in->cell_count; i++) {
		const struct incoming_cell *c = &in->cells[i];
		size_t cell = form_cell(form, c->path);

		if (cell != FORM_NO_CELL && !list[cell])
			list[cell] = c;
		else
			verify_add(v, VERIFY_CELL_ADDED, c->path,
				   xstrdup(c->path), NULL, c->text);
	}
	return list;
}

static void compare_subject(struct verify *v, const struct report *approved,
			    const struct incoming *found)
{
	char *year = str_printf("%d", report_year(approved));
	char *other = str_printf("%d", found->year);
	char hex[DIGEST_TEXT];

	if (strcmp(report_unit(approved), found->unit.name) != 0)
		verify_add(v, VERIFY_SUBJECT, "", xstrdup(_("单位")),
			   report_unit(approved), found->unit.name);
	if (strcmp(year, other) != 0)
		verify_add(v, VERIFY_SUBJECT, "", xstrdup(_("年度")), year,
			   other);
	if (found->digest &&
	    strcmp(report_digest(approved, hex), found->digest) != 0)
		verify_add(v, VERIFY_DIGEST, "", xstrdup(_("数据的摘要")), hex,
			   found->digest);
	free(year);
	free(other);
}

void verify_exchange(struct verify *v, const struct report *approved,
		     const struct incoming *found)
{
	const struct form_def *form = report_form(approved);
	const struct incoming_cell **list = by_cell(v, form, found);

	for (size_t i = 0; i < form->cell_count; i++)
		if (!form->cells[i].derived)
			compare_cell(v, approved, i, list[i]);
	compare_subject(v, approved, found);
	free(list);
}
