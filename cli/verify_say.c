/* What verify found, in words. */
#include <string.h>

#include "cli/verify.h"
#include "core/digest.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	QUOTE_CELLS = 60, /* of a text in a sentence */
	HEAD_CELLS = 24,  /* of the beginning of a paragraph */
	AROUND = 8,       /* characters before and after a change */
	SAID_MAX = 200,   /* differences that a person is told */
};

/* ---- quotations ---- */

static void quote(struct str *out, const char *text, size_t cells)
{
	struct str line = { 0 };
	int used;
	size_t fit;

	text_one_line(&line, text, strlen(text));
	str_addn(&line, "", 0);
	fit = text_fit(line.s, line.len, (int)cells, &used);
	str_add(out, "“");
	str_addn(out, line.s, fit);
	str_add(out, fit < line.len ? "…”" : "”");
	str_free(&line);
}

/* Where two texts part and where they meet again, on whole clusters. */
struct parting {
	size_t start, end_a, end_b;
};

static struct parting part(const struct str *a, const struct str *b)
{
	struct parting p = { 0, a->len, b->len };

	while (p.start < a->len && p.start < b->len) {
		size_t n = text_next(a->s, a->len, p.start);

		if (n > b->len ||
		    memcmp(a->s + p.start, b->s + p.start, n - p.start) != 0)
			break;
		p.start = n;
	}
	while (p.end_a > p.start && p.end_b > p.start) {
		size_t before = text_prev(a->s, a->len, p.end_a);
		size_t n = p.end_a - before;

		if (before < p.start || p.end_b - p.start < n ||
		    memcmp(a->s + before, b->s + p.end_b - n, n) != 0)
			break;
		p.end_a -= n;
		p.end_b -= n;
	}
	return p;
}

/* What lies between start and end, and a little around it. */
static void excerpt(struct str *out, const struct str *line, size_t start,
		    size_t end)
{
	struct str piece = { 0 };

	for (int i = 0; i < AROUND; i++) {
		start = text_prev(line->s, line->len, start);
		end = text_next(line->s, line->len, end);
	}
	if (start > 0)
		str_add(&piece, "…");
	str_addn(&piece, line->s + start, end - start);
	if (end < line->len)
		str_add(&piece, "…");
	quote(out, piece.s ? piece.s : "", 2 * QUOTE_CELLS);
	str_free(&piece);
}

/* ---- a difference ---- */

static void quote_value(struct str *out, const char *text)
{
	if (*text)
		quote(out, text, QUOTE_CELLS);
	else
		str_add(out, _("（空）"));
}

static void say_both(struct str *out, const struct verify_difference *d)
{
	struct str a = { 0 }, b = { 0 };
	struct parting p;

	str_add(out, _("报告中是"));
	if (d->kind != VERIFY_TEXT) {
		quote_value(out, d->approved);
		str_add(out, _("，文件中是"));
		quote_value(out, d->found);
		return;
	}
	text_one_line(&a, d->approved, strlen(d->approved));
	text_one_line(&b, d->found, strlen(d->found));
	str_addn(&a, "", 0);
	str_addn(&b, "", 0);
	p = part(&a, &b);
	excerpt(out, &a, p.start, p.end_a);
	str_add(out, _("，文件中是"));
	excerpt(out, &b, p.start, p.end_b);
	str_free(&a);
	str_free(&b);
}

static void say_one(struct str *out, const struct verify_difference *d)
{
	if (d->kind == VERIFY_PICTURE) {
		str_addf(out, _("文件中有 %s 张图片，没有核对；请打开看一看"),
			 d->found);
	} else if (d->kind == VERIFY_FILE) {
		str_addf(out,
			 _("文件中嵌有 %s 个别的文件，没有核对；请打开看一看"),
			 d->found);
	} else if (d->approved && d->found) {
		say_both(out, d);
	} else if (d->approved) {
		str_add(out, _("报告中是"));
		quote_value(out, d->approved);
		str_add(out, _("，文件中没有"));
	} else {
		str_add(out, _("报告中没有，文件中是"));
		quote_value(out, d->found ? d->found : "");
	}
}

static void say_difference(struct str *out, const struct verify_difference *d)
{
	struct str head = { 0 };

	if (d->kind == VERIFY_TEXT)
		quote(&head, d->approved, HEAD_CELLS);
	if (head.s)
		str_addf(out, _("%s  %s%s"), verify_label(d->kind), d->place,
			 head.s);
	else
		str_addf(out, "%s  %s", verify_label(d->kind), d->place);
	str_free(&head);
	if (*d->path)
		str_addf(out, _("（%s）"), d->path);
	str_add(out, _("："));
	say_one(out, d);
	str_addc(out, '\n');
}

/* ---- the verdict ---- */

/* Which report, in which of its versions. */
static void say_base(struct str *out, const struct verify_base *base)
{
	const struct report_row *row = draft_row(base->d);

	long long id = (long long)row->id;

	if (!base->approved)
		str_addf(out,
			 _("报告 %lld（%s %d 年，还没有审核通过，"
			   "比的是现在的内容）"),
			 id, row->unit, row->year);
	else if (base->moment && *base->moment)
		str_addf(out, _("报告 %lld（%s %d 年，%.10s 审核通过）"), id,
			 row->unit, row->year, base->moment);
	else
		str_addf(out, _("报告 %lld（%s %d 年，已审核通过）"), id,
			 row->unit, row->year);
}

/* The sheet is the day's, not the report's: in one line. */
static void say_sheet(struct str *out, const struct verify_base *base,
		      const struct verify *v)
{
	char hex[DIGEST_TEXT];
	const char *now = report_digest(draft_report(base->d), hex);

	if (!v->sheet)
		return;
	str_add(out, _("附有审签单，不在核对之内"));
	if (v->signed_digest && strcmp(v->signed_digest, now) != 0)
		str_addf(out,
			 _("；它对着的数据摘要是 %.12s…，不是这一份的 %.12s…"),
			 v->signed_digest, now);
	str_addc(out, '\n');
}

void verify_say(const struct verify_base *base, const char *name,
		const struct verify *v, struct str *out)
{
	struct str which = { 0 };

	say_base(&which, base);
	if (v->count == 0)
		str_addf(out,
			 _("一致：%s 与%s相同，数据 %zu 个、文字 %zu 段\n"),
			 name, which.s, v->figures, v->lines);
	else
		str_addf(out, _("有改动：%s 与%s有 %zu 处不同\n"), name,
			 which.s, v->count);
	for (size_t i = 0; i < v->count && i < SAID_MAX; i++)
		say_difference(out, &v->list[i]);
	if (v->count > SAID_MAX)
		str_addf(out, _("还有 %zu 处没有列出；全部见 --format tsv\n"),
			 v->count - SAID_MAX);
	say_sheet(out, base, v);
	str_free(&which);
}

void verify_tsv(const struct verify *v, struct str *out)
{
	for (size_t i = 0; i < v->count; i++) {
		const struct verify_difference *d = &v->list[i];
		const char *const columns[] = { d->path, d->approved, d->found,
						d->place };

		str_add(out, verify_word(d->kind));
		for (size_t k = 0; k < 4; k++) {
			str_addc(out, '\t');
			str_escape(out, columns[k] ? columns[k] : "");
		}
		str_addc(out, '\n');
	}
}
