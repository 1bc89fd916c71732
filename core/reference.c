#include "core/reference.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"
#include "core/report_impl.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	QUOTED = 40 /* cells of a slip in a sentence */
};

static const char path_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";

/* ---- reading ---- */

/* One path at s, its length, or 0: a word with a point in it. */
static size_t path_length(const char *s)
{
	size_t len = strspn(s, path_letters);
	const char *point = memchr(s, '.', len);

	return point && point > s && s[len - 1] != '.' ? len : 0;
}

static void add_cell(const struct form_def *form, const char *s, size_t len,
		     struct reference *ref)
{
	char *path = xstrndup(s, len);
	size_t cell = form_cell(form, path);

	free(path);
	ref->cells[ref->count++] = cell;
	if (cell == FORM_NO_CELL)
		ref->fault = REFERENCE_UNKNOWN;
	else if (ref->fault == REFERENCE_OK &&
		 !cell_is_number(&form->cells[cell]))
		ref->fault = REFERENCE_NO_NUMBER;
}

/* What stands behind the first path, up to the closing brace. */
static bool read_rest(const struct form_def *form, const char *s,
		      struct reference *ref)
{
	size_t len;

	if (strncmp(s, "~%}", 3) == 0) {
		ref->kind = REFERENCE_CHANGE;
		return true;
	}
	if (*s == '/') {
		len = path_length(s + 1);
		if (len == 0 || strncmp(s + 1 + len, "%}", 2) != 0)
			return false;
		ref->kind = REFERENCE_SHARE;
		add_cell(form, s + 1, len, ref);
		return true;
	}
	for (; *s == '+' && ref->count < REFERENCE_CELLS; s += 1 + len) {
		len = path_length(s + 1);
		if (len == 0)
			return false;
		add_cell(form, s + 1, len, ref);
	}
	return *s == '}';
}

bool reference_next(const struct form_def *form, const char *text, size_t from,
		    struct reference *out)
{
	const char *brace = text + from;

	for (; (brace = strchr(brace, '{')); brace++) {
		size_t len = path_length(brace + 1);

		*out = (struct reference){ .start = (size_t)(brace - text) };
		if (len == 0)
			continue;
		add_cell(form, brace + 1, len, out);
		if (!read_rest(form, brace + 1 + len, out))
			continue;
		out->end = (size_t)(strchr(brace, '}') - text) + 1;
		return true;
	}
	return false;
}

/* ---- slips ---- */

static const char *const openings[] = { "{", "｛", NULL };
static const char *const closings[] = { "}", "｝", NULL };

/* Bytes of the mark of the list that stands at s, or 0. */
static size_t mark_at(const char *s, const char *const *marks)
{
	for (; *marks; marks++)
		if (strncmp(s, *marks, strlen(*marks)) == 0)
			return strlen(*marks);
	return 0;
}

static size_t brace_at(const char *s)
{
	size_t n = mark_at(s, openings);

	return n ? n : mark_at(s, closings);
}

/* requests.newly.total: no cell, but nobody writes such a word otherwise. */
static bool is_like_path(const struct form_def *form, const char *path)
{
	size_t dots = 0, len = strcspn(path, ".");

	for (const char *s = path; *s; s++)
		dots += *s == '.';
	for (size_t i = 0; dots == 2 && i < form->section_count; i++)
		if (strlen(form->sections[i].id) == len &&
		    strncmp(form->sections[i].id, path, len) == 0)
			return true;
	return false;
}

/* Bytes of a path of this form that begins at text + at, or 0; not in the
 * middle of a word or of an address. */
static size_t path_at(const struct form_def *form, const char *text, size_t at)
{
	size_t len = strspn(text + at, path_letters);
	char *path;
	bool known;

	if (at > 0 && text[at - 1] > ' ' && !strchr("{}+/(,;:", text[at - 1]))
		return 0;
	if (at > 1 && text[at - 1] == '/' && text[at - 2] == '/')
		return 0;
	while (len > 0 && text[at + len - 1] == '.')
		len--;
	if (!memchr(text + at, '.', len))
		return 0;
	path = xstrndup(text + at, len);
	known = form_cell(form, path) != FORM_NO_CELL ||
		is_like_path(form, path);
	free(path);
	return known ? len : 0;
}

/* The end of {花括号}: a pair around words that are no path; or 0. */
static size_t words_end(const struct form_def *form, const char *text,
			size_t at)
{
	size_t n = mark_at(text + at, openings);
	bool words = false;

	if (n == 0)
		return 0;
	for (at += n; text[at] && text[at] != '\n'; at++) {
		if (mark_at(text + at, openings) || path_at(form, text, at))
			return 0;
		n = mark_at(text + at, closings);
		if (n)
			return words ? at + n : 0;
		words = words || ((unsigned char)text[at] >= 0x80 &&
				  strncmp(text + at, "　", 3) != 0);
	}
	return 0;
}

/* The closing brace that follows in the same clause: behind it, or `at`. */
static size_t closing_end(const char *text, size_t at)
{
	size_t from = at;

	while (text[at] && text[at] != '\n' && !brace_at(text + at) &&
	       strncmp(text + at, "。", 3) != 0)
		at++;
	return mark_at(text + at, closings) ? at + mark_at(text + at, closings)
					    : from;
}

/* What belongs to it: braces, paths, blanks between them. */
static size_t slip_end(const char *text, size_t at)
{
	size_t end = at, n;

	for (;; at += n) {
		n = brace_at(text + at);
		if (n == 0)
			n = strspn(text + at, path_letters);
		if (n == 0)
			n = strspn(text + at, "+/~%");
		if (n)
			end = at + n;
		else
			n = strspn(text + at, " ");
		if (n == 0)
			return end;
	}
}

/* Most characters are neither a brace nor a letter: by their first bytes. */
static bool may_be_slip(const char *s)
{
	return (*s >= 'a' && *s <= 'z') || *s == '{' || *s == '}' ||
	       strncmp(s, "\xef\xbd", 2) == 0;
}

/* One character that is not well: a brace, the first of a path. */
static bool is_slip(const struct form_def *form, const char *text, size_t at,
		    size_t *skip)
{
	*skip = words_end(form, text, at);
	if (*skip)
		return false;
	*skip = at + 1;
	return brace_at(text + at) || path_at(form, text, at);
}

bool reference_slip(const struct form_def *form, const char *text, size_t from,
		    size_t *start, size_t *end)
{
	struct reference ref, before = { 0 };
	bool more = reference_next(form, text, from, &ref);
	size_t at = from, skip;

	while (text[at]) {
		if (more && at == ref.start) {
			before = ref;
			at = ref.end;
			more = reference_next(form, text, at, &ref);
		} else if (!may_be_slip(text + at)) {
			at++;
		} else if (is_slip(form, text, at, &skip)) {
			*start = before.end == at && at ? before.start : at;
			*end = slip_end(text, at);
			if (mark_at(text + at, openings))
				*end = closing_end(text, *end);
			return true;
		} else {
			at = skip;
			while (more && ref.start < at)
				more = reference_next(form, text, at, &ref);
		}
	}
	return false;
}

void reference_quote(const char *text, size_t start, size_t end,
		     struct str *out)
{
	int used;
	size_t fit = text_fit(text + start, end - start, QUOTED, &used);

	str_addn(out, text + start, fit);
	if (fit < end - start)
		str_add(out, "…");
}

/* ---- values ---- */

static enum reference_fault number_of(const struct report *r, size_t cell,
				      int64_t *n)
{
	struct value v = report_get(r, cell);

	*n = v.number;
	if (v.kind == VALUE_BLANK)
		return REFERENCE_BLANK;
	return v.kind == VALUE_NUMBER ? REFERENCE_OK : REFERENCE_NO_NUMBER;
}

/* part / whole in per cent with two decimals, both in one unit. */
static enum reference_fault add_percent(int64_t part, int64_t whole,
					struct str *out)
{
	__extension__ typedef __int128 wide;
	wide twice, hundredths;
	char digits[NUM_TEXT];
	int64_t shown;

	if (whole == 0)
		return REFERENCE_BY_ZERO;
	twice = (wide)part * 20000 / whole; /* towards zero */
	hundredths = (twice + (twice < 0 ? -1 : 1)) / 2;
	if (hundredths > INT32_MAX || hundredths < INT32_MIN)
		return REFERENCE_TOO_LARGE;
	shown = (int64_t)hundredths;
	num_text((shown < 0 ? -shown : shown) / 100 * NUM_ONE, digits);
	str_addf(out, "%s%s.%02d%%", shown < 0 ? "-" : "", digits,
		 (int)((shown < 0 ? -shown : shown) % 100));
	return REFERENCE_OK;
}

static enum reference_fault add_sum(const struct report *r,
				    const struct reference *ref,
				    struct str *out)
{
	char digits[NUM_TEXT];
	int64_t sum = 0, n;

	for (size_t i = 0; i < ref->count; i++) {
		enum reference_fault fault = number_of(r, ref->cells[i], &n);

		if (fault)
			return fault;
		if (!num_add(sum, 1, n, &sum))
			return REFERENCE_TOO_LARGE;
	}
	str_add(out, num_text(sum, digits));
	return REFERENCE_OK;
}

static enum reference_fault add_share(const struct report *r,
				      const struct reference *ref,
				      struct str *out)
{
	int64_t part, whole;
	enum reference_fault fault = number_of(r, ref->cells[0], &part);

	if (!fault)
		fault = number_of(r, ref->cells[1], &whole);
	return fault ? fault : add_percent(part, whole, out);
}

static enum reference_fault add_change(const struct report *r,
				       const struct report *last,
				       const struct reference *ref,
				       struct str *out)
{
	const char *path = report_form(r)->cells[ref->cells[0]].path;
	size_t there = last ? form_cell(report_form(last), path) : FORM_NO_CELL;
	int64_t now, was, gap;
	enum reference_fault fault = number_of(r, ref->cells[0], &now);

	if (fault)
		return fault;
	if (there == FORM_NO_CELL || number_of(last, there, &was))
		return REFERENCE_NO_LAST;
	if (!num_add(now, -1, was, &gap))
		return REFERENCE_TOO_LARGE;
	return add_percent(gap, was, out);
}

enum reference_fault reference_value(const struct report *r,
				     const struct report *last,
				     const struct reference *ref,
				     struct str *out)
{
	if (ref->fault)
		return ref->fault;
	switch (ref->kind) {
	case REFERENCE_SHARE:
		return add_share(r, ref, out);
	case REFERENCE_CHANGE:
		return add_change(r, last, ref, out);
	default:
		return add_sum(r, ref, out);
	}
}

void reference_path(const char *text, size_t start, size_t i, struct str *out)
{
	const char *s = text + start + 1;

	for (; i > 0; i--) {
		s += strspn(s, path_letters);
		s += *s != '\0';
	}
	str_addn(out, s, strspn(s, path_letters));
}

const char *reference_fault_words(enum reference_fault fault)
{
	static const char *const words[] = {
		[REFERENCE_OK] = "",
		[REFERENCE_UNKNOWN] = N_("没有这个栏目"),
		[REFERENCE_NO_NUMBER] = N_("那里不是数"),
		[REFERENCE_BLANK] = N_("那一格还空着"),
		[REFERENCE_NO_LAST] = N_("没有上年的数"),
		[REFERENCE_BY_ZERO] = N_("不能除以 0"),
		[REFERENCE_TOO_LARGE] = N_("算出来的数太大"),
	};

	return fault ? _(words[fault]) : "";
}

void reference_expand(const struct report *r, const struct report *last,
		      const char *text, struct str *out)
{
	struct reference ref;
	size_t at = 0;

	while (reference_next(report_form(r), text, at, &ref)) {
		str_addn(out, text + at, ref.start - at);
		if (reference_value(r, last, &ref, out))
			str_add(out, REFERENCE_NOTHING);
		at = ref.end;
	}
	str_add(out, text + at);
}

static size_t without_in(const struct report *r, const struct report *last,
			 const char *text)
{
	struct reference ref;
	struct str value = { 0 };
	size_t n = 0;

	for (size_t at = 0; reference_next(report_form(r), text, at, &ref);
	     at = ref.end)
		n += reference_value(r, last, &ref, &value) != REFERENCE_OK;
	str_free(&value);
	return n;
}

size_t references_without(const struct report *r, const struct report *last)
{
	const struct form_def *form = report_form(r);
	size_t n = 0;

	for (size_t i = 0; i < form->cell_count; i++) {
		struct value v = { .kind = VALUE_BLANK };

		if (form->cells[i].kind == FIELD_PROSE)
			v = report_get(r, i);
		if (v.kind == VALUE_TEXT)
			n += without_in(r, last, v.text);
	}
	return n;
}
