/* Headings and paragraphs as two rows of lines. */
#include <stdlib.h>
#include <string.h>

#include "core/digest.h"
#include "core/mem.h"
#include "core/tr.h"
#include "import/align.h"
#include "import/verify_impl.h"

enum {
	LIKE_LEAST = 40,      /* per cent: a changed line, not another one */
	PAIRS_OF_LINE = 4000, /* characters that are looked at for that */
};

/* Steps that are spent on likeness before all is called unlike. */
#define BUDGET (INT64_C(20) * 1000 * 1000)

struct line {
	const char *text;
	char *plain;
	bool numbered;
	uint64_t *pairs; /* of characters, sorted; when asked for */
	size_t pair_count;
};

struct lines {
	const struct verify_source *a;
	struct line *mine, *theirs;
	size_t count; /* of theirs */
	int64_t budget;
};

static struct line line_of(const char *text)
{
	return (struct line){ .text = text, .plain = verify_plain(text) };
}

static void line_free(struct line *line)
{
	free(line->plain);
	free(line->pairs);
}

/* — 12 — */
static bool is_page_number(const char *plain)
{
	static const char *const dashes[] = { "-", "–", "—" };
	size_t len = strlen(plain);

	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		size_t n = strlen(dashes[i]);

		if (len > 2 * n && strncmp(plain, dashes[i], n) == 0 &&
		    strspn(plain + n, "0123456789") == len - 2 * n &&
		    strcmp(plain + len - n, dashes[i]) == 0)
			return true;
	}
	return false;
}

/* ---- the sign-off sheet ---- */

/* The last line that says just this, at or after `from`; or ALIGN_NONE. */
static size_t last_line(const struct outline *found, size_t from,
			const char *text)
{
	char *want = verify_plain(text);
	size_t at = ALIGN_NONE;

	for (size_t i = found->count; i > from && at == ALIGN_NONE; i--) {
		const struct outline_block *b = &found->blocks[i - 1];
		char *plain =
			b->kind == OUTLINE_TABLE ? NULL : verify_plain(b->text);

		if (plain && strcmp(plain, want) == 0)
			at = i - 1;
		free(plain);
	}
	free(want);
	return at;
}

/* Where the sheet stands: [start, end), empty when there is none. */
struct stretch {
	size_t start, end;
};

static struct stretch find_sheet(const struct verify_source *a,
				 const struct outline *found)
{
	struct stretch s = { 0, 0 };
	size_t start = a->sheet ? last_line(found, 0, a->sheet) : ALIGN_NONE;
	size_t last;

	if (start == ALIGN_NONE)
		return s;
	last = last_line(found, start, a->sheet_end);
	s = (struct stretch){ start,
			      last == ALIGN_NONE ? start + 1 : last + 1 };
	for (size_t i = s.end; i < found->count && last == ALIGN_NONE; i++)
		if (found->blocks[i].kind != OUTLINE_TABLE &&
		    strchr(found->blocks[i].text, '\t'))
			s.end = i + 1;
	return s;
}

/* The digest that stands in the text, or NULL. */
static char *digest_in(const char *text)
{
	const size_t len = DIGEST_TEXT - 1;

	for (; *text; text++) {
		size_t n = strspn(text, "0123456789abcdef");

		if (n == len)
			return xstrndup(text, len);
		if (n > 0)
			text += n - 1;
	}
	return NULL;
}

static void note_sheet(struct verify *v, const struct outline *found,
		       struct stretch sheet)
{
	v->sheet = sheet.end > sheet.start;
	for (size_t i = sheet.start; i < sheet.end && !v->signed_digest; i++)
		if (found->blocks[i].kind != OUTLINE_TABLE)
			v->signed_digest = digest_in(found->blocks[i].text);
}

/* Signed were other data than those that are printed alike. */
static void check_digest(struct verify *v, const struct verify_source *a)
{
	if (v->count == 0 && a->digest && v->signed_digest &&
	    strcmp(v->signed_digest, a->digest) != 0)
		verify_add(v, VERIFY_DIGEST, "", xstrdup(_("审签单")),
			   a->digest, v->signed_digest);
}

static void take_lines(struct lines *t, const struct outline *found,
		       struct stretch sheet)
{
	t->mine = xcalloc(t->a->line_count + 1, sizeof *t->mine);
	t->theirs = xcalloc(found->count + 1, sizeof *t->theirs);
	for (size_t i = 0; i < t->a->line_count; i++)
		t->mine[i] = line_of(t->a->lines[i].text);
	for (size_t i = 0; i < found->count; i++) {
		const struct outline_block *b = &found->blocks[i];
		struct line line;

		if (b->kind == OUTLINE_TABLE ||
		    (i >= sheet.start && i < sheet.end))
			continue;
		line = line_of(b->text);
		line.numbered = b->numbered;
		if (*line.plain && !is_page_number(line.plain))
			t->theirs[t->count++] = line;
		else
			line_free(&line);
	}
}

/* ---- likeness ---- */

static size_t character(const char *s)
{
	unsigned char c = (unsigned char)*s;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static int compare_pairs(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void take_pairs(struct line *line)
{
	const char *s = line->plain;
	size_t len = strlen(s), n;

	if (line->pairs)
		return;
	line->pairs = xcalloc(len < PAIRS_OF_LINE ? len + 1 : PAIRS_OF_LINE,
			      sizeof *line->pairs);
	for (; *s && line->pair_count < PAIRS_OF_LINE; s += n) {
		n = character(s);
		if (!s[n])
			break;
		memcpy(&line->pairs[line->pair_count++], s,
		       n + character(s + n));
	}
	qsort(line->pairs, line->pair_count, sizeof *line->pairs,
	      compare_pairs);
}

/* Per cent of the character pairs that two lines share. */
static int likeness(struct lines *t, struct line *a, struct line *b)
{
	size_t i = 0, j = 0, common = 0;

	if (t->budget <= 0)
		return 0;
	take_pairs(a);
	take_pairs(b);
	t->budget -= (int64_t)(a->pair_count + b->pair_count);
	while (i < a->pair_count && j < b->pair_count) {
		common += a->pairs[i] == b->pairs[j];
		if (a->pairs[i] < b->pairs[j])
			i++;
		else if (a->pairs[i] > b->pairs[j])
			j++;
		else {
			i++;
			j++;
		}
	}
	return a->pair_count + b->pair_count == 0
		       ? 0
		       : (int)(200 * common / (a->pair_count + b->pair_count));
}

/* ---- the same ---- */

/* Bytes of the one of the words that s starts with, or 0. */
static size_t starts_with(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (strncmp(s, *words, strlen(*words)) == 0)
			return strlen(*words);
	return 0;
}

/* What follows 一、 （一） 1. or the like, or NULL. */
static const char *after_number(const char *s)
{
	static const char *const before[] = { "（", "(", NULL };
	static const char *const digits[] = {
		"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "0",
		"1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  NULL
	};
	static const char *const after[] = { "、", "）", ")", ".", "．", NULL };
	const char *number;
	size_t n;

	s += starts_with(s, before);
	for (number = s; (n = starts_with(s, digits)) > 0;)
		s += n;
	n = s > number ? starts_with(s, after) : 0;
	return n ? s + n : NULL;
}

static bool same_line(const struct lines *t, size_t i, size_t j)
{
	const struct line *a = &t->mine[i], *b = &t->theirs[j];
	const char *rest;

	if (strcmp(a->plain, b->plain) == 0)
		return true;
	rest = b->numbered ? after_number(a->plain) : NULL;
	return rest && strcmp(rest, b->plain) == 0;
}

static int score_line(void *data, size_t i, size_t j)
{
	struct lines *t = data;
	int like;

	if (same_line(t, i, j))
		return ALIGN_SAME;
	if (t->a->lines[i].optional)
		return 0;
	like = likeness(t, &t->mine[i], &t->theirs[j]);
	return like >= LIKE_LEAST ? like : 0;
}

/* ---- words ---- */

static char *place_of(const struct verify_line *line)
{
	char *number, *place;

	if (!line->section || line->number == 0)
		return verify_place(line->section, _(line->what));
	number = str_printf(_("%s第%zu段"), _(line->what), line->number);
	place = verify_place(line->section, number);
	free(number);
	return place;
}

static const char *path_of(const struct lines *t,
			   const struct verify_line *line)
{
	if (line->cell != FORM_NO_CELL)
		return t->a->form->cells[line->cell].path;
	return line->section ? line->section->id : "";
}

static void tell_added(struct verify *v, const struct lines *t,
		       const struct verify_line *after, size_t j)
{
	char *before, *place;

	if (!after) {
		verify_add(v, VERIFY_TEXT_ADDED, "", xstrdup(_("文首")), NULL,
			   t->theirs[j].text);
		return;
	}
	before = place_of(after);
	place = str_printf(_("%s之后"), before);
	verify_add(v, VERIFY_TEXT_ADDED, path_of(t, after), place, NULL,
		   t->theirs[j].text);
	free(before);
}

static void tell_lines(struct verify *v, const struct lines *t,
		       const size_t *beside)
{
	const struct verify_line *after = NULL;
	size_t j = 0;

	for (size_t i = 0; i < t->a->line_count; i++) {
		const struct verify_line *a = &t->a->lines[i];
		bool there = beside[i] != ALIGN_NONE;

		for (; there && j < beside[i]; j++)
			tell_added(v, t, after, j);
		if (there && !same_line(t, i, j))
			verify_add(v, VERIFY_TEXT, path_of(t, a), place_of(a),
				   a->text, t->theirs[j].text);
		if (!there && !a->optional)
			verify_add(v, VERIFY_TEXT_MISSING, path_of(t, a),
				   place_of(a), a->text, NULL);
		if (!there)
			continue;
		v->lines += !a->optional;
		after = a;
		j++;
	}
	for (; j < t->count; j++)
		tell_added(v, t, after, j);
}

void verify_lines(struct verify *v, const struct verify_source *approved,
		  const struct outline *found)
{
	struct lines t = { .a = approved, .budget = BUDGET };
	size_t *beside = xcalloc(approved->line_count + 1, sizeof *beside);
	struct stretch sheet = find_sheet(approved, found);

	note_sheet(v, found, sheet);
	take_lines(&t, found, sheet);
	align(approved->line_count, t.count, score_line, &t, beside);
	tell_lines(v, &t, beside);
	check_digest(v, approved);
	for (size_t i = 0; i < approved->line_count; i++)
		line_free(&t.mine[i]);
	for (size_t i = 0; i < t.count; i++)
		line_free(&t.theirs[i]);
	free(t.mine);
	free(t.theirs);
	free(beside);
}
