/* What may be typed in a cell, and what is wrong with what was typed. */
#include <stdlib.h>
#include <string.h>

#include "core/draft_impl.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	TYPED_MOST = 60, /* bytes of a number or a date that are kept */
	DAY_CHARS = 10,  /* of 2026-01-15 and of 2026年1月15 */
};

/* One character as a number or a date has it: full-width forms are narrowed,
 * the full stop of the input method is a point; 0: none of these. */
static char plain(const char *s, size_t len)
{
	if (len == 1)
		return *s;
	if (len == 3 && memcmp(s, "。", 3) == 0)
		return '.';
	if (len == 3 && memcmp(s, "　", 3) == 0)
		return ' ';
	return text_narrow(s);
}

static void narrow(struct str *out, const char *s, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t n = text_next(s + at, len - at, 0);
		char c = plain(s + at, n);

		if (!c)
			str_addn(out, s + at, n);
		else if (c != ',' && c != ' ')
			str_addc(out, c);
		at += n;
	}
}

/* The reader of whole texts says what is wrong with this one. */
static enum err_code refuse_text(const struct draft *d, size_t cell,
				 const char *s, size_t len, struct err *err)
{
	char *copy = xstrndup(s, len);
	struct value v;
	enum err_code code = report_read(d->form, cell, copy, &v, err);

	free(copy);
	if (!code)
		err_set(err, ERR_INPUT, _("有不能保存的字符，没有填入"));
	return ERR_INPUT;
}

static bool is_plain(enum field_kind kind)
{
	return kind == FIELD_COUNT || kind == FIELD_AMOUNT ||
	       kind == FIELD_DATE;
}

enum err_code draft_admit(struct draft *d, size_t at, size_t removed,
			  const char *s, size_t len, struct str *in,
			  struct err *err)
{
	const struct cell_def *def = &d->form->cells[d->cell];
	char name[CELL_NAME];

	(void)at;
	str_clear(in);
	if (def->kind == FIELD_PROSE
		    ? !text_valid_prose(s, len)
		    : !text_valid(s, len) || memchr(s, '\n', len))
		return refuse_text(d, d->cell, s, len, err);
	if (!is_plain(def->kind)) {
		str_addn(in, s, len);
		return ERR_OK;
	}
	narrow(in, s, len);
	if (in->len == 0 || d->text.len - removed + in->len <= TYPED_MOST)
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("“%s”里填的太长，后面的没有填入；请先删去一些"),
		       cell_name(def, name));
}

/* ---- what is wrong ---- */

static enum err_code refuse_point(const struct cell_def *cell, struct err *err)
{
	char name[CELL_NAME];

	return err_set(err, ERR_INPUT,
		       _("“%s”只能填整数，不收小数点；请填 0 或正整数"),
		       cell_name(cell, name));
}

static enum err_code refuse_slash(const struct cell_def *cell, struct err *err)
{
	char name[CELL_NAME];

	return err_set(err, ERR_INPUT,
		       _("“%s”里“/”（不适用）只能单独填；请先删去数字"),
		       cell_name(cell, name));
}

/* More can follow that makes a value of it. */
static bool unfinished(const struct cell_def *cell, const char *text)
{
	static const char *const marks[] = { "-", "/", ".", "年", "月" };
	size_t chars = 0;

	if (cell->kind != FIELD_DATE)
		return strcmp(text, ".") == 0 && cell->kind == FIELD_AMOUNT &&
		       cell->decimals > 0;
	for (; *text; chars++) {
		size_t n = strspn(text, "0123456789") > 0;

		for (size_t i = 0; !n && i < sizeof marks / sizeof *marks; i++)
			if (strncmp(text, marks[i], strlen(marks[i])) == 0)
				n = strlen(marks[i]);
		if (!n)
			return false;
		text += n;
	}
	return chars < DAY_CHARS;
}

enum err_code draft_fault(const struct draft *d, bool leaving, struct err *err)
{
	const struct cell_def *def;
	const char *text = d->text.s;

	if (d->cell == FORM_NO_CELL || d->slot != SLOT_VALUE)
		return ERR_OK;
	def = &d->form->cells[d->cell];
	if (def->kind == FIELD_PROSE || (!leaving && unfinished(def, text)))
		return ERR_OK;
	if (def->kind == FIELD_COUNT && !text[strspn(text, "0123456789.")] &&
	    strchr(text, '.') && (!leaving || strchr(text, '.')[1]))
		return refuse_point(def, err);
	if (cell_is_number(def) && strchr(text, '/') && text[1] &&
	    !text[strspn(text, "0123456789./")])
		return refuse_slash(def, err);
	return cell_put(d->report, d->cell, d->slot, text, err);
}

size_t draft_pending(const struct draft *d)
{
	return draft_fault(d, true, NULL) ? d->cell : FORM_NO_CELL;
}
