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

/* ---- the sign-off sheet ---- */

/* Where the sheet stands: [start, end), empty when there is none. */
struct stretch {
	size_t start, end;
};

/* Is it one of these lines? */
static bool is_line(const struct outline_block *b, const char *const *plain,
		    size_t count)
{
	char *own = b->kind == OUTLINE_TABLE ? NULL : verify_plain(b->text);
	bool same = false;

	for (size_t i = 0; own && i < count && !same; i++)
		same = strcmp(own, plain[i]) == 0;
	free(own);
	return same;
}

/* The last line that says just this, from `from` up to `to`; or ALIGN_NONE. */
static size_t last_line(const struct outline *found, size_t from, size_t to,
			const char *want)
{
	for (size_t i = to; i > from; i--)
		if (is_line(&found->blocks[i - 1], &want, 1))
			return i - 1;
	return ALIGN_NONE;
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

/* That of a line with a label before it. */
static char *sheet_digest(const struct outline *found, struct stretch s)
{
	char *digest = NULL;

	for (size_t i = s.start; i < s.end && !digest; i++) {
		const struct outline_block *b = &found->blocks[i];

		if (b->kind != OUTLINE_TABLE && strchr(b->text, '\t'))
			digest = digest_in(b->text);
	}
	return digest;
}

/* Does a table stand in it, or anything that was approved behind it? */
static bool is_within(const struct lines *t, const struct outline *found,
		      struct stretch s)
{
	const char **mine = xcalloc(t->a->line_count + 1, sizeof *mine);
	size_t count = 0;
	bool within = false;

	for (size_t i = 0; i < t->a->line_count; i++)
		if (*t->mine[i].plain)
			mine[count++] = t->mine[i].plain;
	for (size_t i = s.start; i < found->count && !within; i++)
		within =
			found->blocks[i].kind == OUTLINE_TABLE ||
			(i >= s.end && is_line(&found->blocks[i], mine, count));
	free(mine);
	return within;
}

/* How far the sheet goes that begins here. */
static struct stretch sheet_from(const struct outline *found, size_t start,
				 const char *end)
{
	size_t last = last_line(found, start, found->count, end);
	struct stretch s = { start, last == ALIGN_NONE ? start + 1 : last + 1 };

	for (size_t i = s.end; i < found->count && last == ALIGN_NONE; i++)
		if (found->blocks[i].kind != OUTLINE_TABLE &&
		    strchr(found->blocks[i].text, '\t'))
			s.end = i + 1;
	return s;
}

static struct stretch find_sheet(struct verify *v, const struct lines *t,
				 const struct outline *found)
{
	char *title = t->a->sheet ? verify_plain(t->a->sheet) : NULL;
	char *end = title ? verify_plain(t->a->sheet_end) : NULL;
	size_t at = title ? found->count : ALIGN_NONE;
	struct stretch s = { 0, 0 };

	while (at != ALIGN_NONE) {
		at = last_line(found, 0, at, title);
		if (at == ALIGN_NONE || !found->blocks[at].page)
			continue;
		s = sheet_from(found, at, end);
		v->signed_digest = sheet_digest(found, s);
		v->sheet = v->signed_digest && !is_within(t, found, s);
		break;
	}
	if (!v->sheet) {
		free(v->signed_digest);
		v->signed_digest = NULL;
		s = (struct stretch){ 0, 0 };
	}
	free(title);
	free(end);
	return s;
}

/* Signed were other data than those that are printed alike. */
static void check_digest(struct verify *v, const struct verify_source *a)
{
	if (v->count == 0 && a->digest && v->signed_digest &&
	    strcmp(v->signed_digest, a->digest) != 0)
		verify_add(v, VERIFY_DIGEST, "", xstrdup(_("审签单")),
			   a->digest, v->signed_digest);
}

static void take_mine(struct lines *t)
{
	t->mine = xcalloc(t->a->line_count + 1, sizeof *t->mine);
	for (size_t i = 0; i < t->a->line_count; i++)
		t->mine[i] = line_of(t->a->lines[i].text);
}

static void take_theirs(struct lines *t, const struct outline *found,
			struct stretch sheet)
{
	t->theirs = xcalloc(found->count + 1, sizeof *t->theirs);
	for (size_t i = 0; i < found->count; i++) {
		const struct outline_block *b = &found->blocks[i];
		struct line line;

		if (b->kind == OUTLINE_TABLE ||
		    (i >= sheet.start && i < sheet.end))
			continue;
		line = line_of(b->text);
		line.numbered = b->numbered;
		if (*line.plain)
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

/* A mark, or nothing to be seen. */
static bool may_miss(const struct lines *t, size_t i)
{
	return t->a->lines[i].optional || !*t->mine[i].plain;
}

static int score_line(void *data, size_t i, size_t j)
{
	struct lines *t = data;
	int like;

	if (same_line(t, i, j))
		return ALIGN_SAME;
	if (may_miss(t, i))
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
		if (!there && !may_miss(t, i))
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
	struct stretch sheet;

	take_mine(&t);
	sheet = find_sheet(v, &t, found);
	take_theirs(&t, found, sheet);
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
