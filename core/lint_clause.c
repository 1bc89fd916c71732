/* Sentences and clauses: the figures in them and the words before each. */
#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/num.h"

/* ---- places in the paragraph ---- */

bool clause_is_at(const struct place *p, size_t at, const char *word)
{
	size_t n = 0;

	while (word[n] && at + n < p->len && p->text[at + n] == word[n])
		n++;
	return !word[n];
}

/* Within a character, or at one of the common Chinese ones: no mark that parts
 * clauses begins there. */
static bool is_inside(const struct place *p, size_t at)
{
	unsigned char c = at < p->len ? (unsigned char)p->text[at] : 0;

	return (c & 0xc0) == 0x80 || (c >= 0xe4 && c <= 0xe9);
}

size_t clause_mark(const struct place *p, size_t at, const char *const *marks)
{
	if (((unsigned char)p->text[at] & 0xc0) == 0x80)
		return 0; /* within a character */
	for (; *marks; marks++)
		if (clause_is_at(p, at, *marks))
			return strlen(*marks);
	return 0;
}

const char *const clause_stops[] = { "。", "！", "？", NULL };
const char *const clause_pauses[] = { "，", "；", "。", "、", "：", "（", "！",
				      "？", ",",  ";",  ":",  "(",  NULL };
const char *const clause_ends[] = { "，", "；", "。", "！", "？", ",",
				    ";",  "（", "(",  "）", ")",  NULL };

/* Behind the last mark of the list before `at`, not before `from`. */
size_t clause_behind(const struct place *p, size_t from, size_t at,
		     const char *const *marks)
{
	for (size_t i = at; i-- > from;) {
		size_t n = is_inside(p, i) ? 0 : clause_mark(p, i, marks);

		if (n && i + n <= at)
			return i + n;
	}
	return from;
}

size_t clause_next(const struct place *p, size_t at, size_t to,
		   const char *const *marks)
{
	while (at < to && (is_inside(p, at) || !clause_mark(p, at, marks)))
		at++;
	return at;
}

bool claim_fits(const struct reading *r, const char *pattern, size_t from,
		size_t to)
{
	return place_fits(r->at, pattern, from, to);
}

/* ---- the figures, references among them ---- */

static struct said *add_said(struct claims *c)
{
	c->list = mem_grow(c->list, c->count, &c->room, sizeof *c->list);
	c->list[c->count] = (struct said){ 0 };
	return &c->list[c->count++];
}

/* The unit of a reference stands behind it. */
static enum figure_unit unit_behind(const struct place *p, size_t at,
				    const struct reference *ref)
{
	if (ref->kind != REFERENCE_SUM)
		return FIGURE_PERCENT;
	if (clause_is_at(p, at, "元") || clause_is_at(p, at, "万元"))
		return FIGURE_YUAN;
	return FIGURE_COUNT;
}

static void add_reference(const struct place *p, const struct reference *ref,
			  struct claims *out)
{
	struct said *s = add_said(out);

	s->reference = true;
	s->at = *ref;
	s->figure = (struct figure){ .start = ref->start,
				     .end = ref->end,
				     .digits_end = ref->end,
				     .step = NUM_ONE };
	s->figure.unit = unit_behind(p, ref->end, ref);
}

void clause_figures(const struct form_def *form, const struct place *p,
		    struct claims *out)
{
	char *text = xstrndup(p->text, p->len);
	struct figures f = { 0 };
	struct reference ref;
	size_t from = 0, i = 0;
	bool more = reference_next(form, text, 0, &ref);

	figures_find(text, p->len, &f);
	while (i < f.count || more) {
		if (more && (i == f.count || ref.start < f.list[i].start)) {
			while (i < f.count && f.list[i].start < ref.end)
				i++;
			add_reference(p, &ref, out);
			from = ref.end;
			more = reference_next(form, text, from, &ref);
		} else {
			add_said(out)->figure = f.list[i++];
		}
	}
	free(f.list);
	free(text);
}

/* ---- the words before a figure ---- */

/* 共, 为, 计 … alone: the words stand before the mark. */
bool clause_says_little(const struct place *p, size_t from, size_t to)
{
	static const char *const little[] = { "共",   "为",   "计",   "有",
					      "达",   "总",   "合",   "仅",
					      "只",   "分别", "数量", " ",
					      "　",   "了",   "到",   "是",
					      "全年", "累计", NULL };

	while (from < to) {
		size_t n = clause_mark(p, from, little);

		if (!n)
			return false;
		from += n;
	}
	return true;
}

const char *const clause_marks[] = { "，", "；", "。", "：", "！", "？",
				     ",",  ";",  ":",  "\n", NULL };

/* Where the words before the figure begin: behind a mark or the figure before;
 * with nothing between, behind the mark before a ： or （. */
size_t clause_window(const struct reading *r, const struct said *before,
		     const struct said *s)
{
	size_t from = s->sentence, start, wide;

	if (before && before->figure.end > from)
		from = before->figure.end;
	start = clause_behind(r->at, from, s->figure.start, clause_pauses);
	wide = clause_behind(r->at, from, start > from ? start - 1 : from,
			     clause_pauses);
	if (before && wide == before->figure.end)
		return start; /* 84件公开的申请，有9件: its own are no more */
	if (start > from && clause_says_little(r->at, start, s->figure.start) &&
	    (start < s->figure.start || clause_is_at(r->at, start - 3, "：") ||
	     clause_is_at(r->at, start - 3, "（") ||
	     r->at->text[start - 1] == ':' || r->at->text[start - 1] == '('))
		start = wide;
	return start;
}

bool clause_closes(const struct place *p, size_t from, size_t to)
{
	static const char *const open[] = { "（", "(", NULL };
	static const char *const close[] = { "）", ")", NULL };
	size_t depth = 0;

	for (size_t i = from; i < to; i++) {
		if (clause_mark(p, i, open))
			depth++;
		else if (clause_mark(p, i, close) && depth-- == 0)
			return true;
	}
	return false;
}

/* ---- 甲、乙分别为3件、4件 ---- */

/* The names before 分别, as places; 0 when they cannot be told. */
size_t clause_names(const struct place *p, size_t from, size_t to,
		    struct match *names, size_t room)
{
	static const char *const joins[] = { "、", "和", "与", "及", NULL };
	size_t count = 0;

	names[0].start = from;
	for (size_t i = from; i < to; i++) {
		size_t n = clause_mark(p, i, joins);

		if (!n || (clause_is_at(p, i + n, "其他组织") &&
			   i >= from + 6 && clause_is_at(p, i - 6, "法人")))
			continue;
		if (count + 2 > room || i == names[count].start)
			return 0;
		names[count++].end = i;
		names[count].start = i + n;
		i += n - 1;
	}
	names[count].end = to;
	return count + 1;
}

/* 甲3件、乙4件，分别占6%、8%: the share's figure is as far back as there are
 * shares. */
static bool distribute_shares(struct said *list, size_t first, size_t count)
{
	size_t n = 0;

	while (first + n < count &&
	       list[first + n].figure.unit == FIGURE_PERCENT)
		n++;
	if (n < 2 || first < n)
		return false;
	for (size_t i = 0; i < n; i++)
		list[first + i].share_of = first - n + i + 1;
	return true;
}

/* 分别占办结量的42.1%、15.8%: what the shares are of stands between. */
static bool says_share(const struct reading *r, size_t from,
		       const struct said *s)
{
	return s->figure.unit == FIGURE_PERCENT &&
	       place_fits(r->at, "^占[^，。；0-9]{0,24}$", from,
			  s->figure.start);
}

/* Where 分别 or 各为 stands in the words before a figure, or NULL. */
static const char *parting_word(const struct reading *r, const struct said *s)
{
	static const char *const words[] = { "分别", "各为" };
	static const char says_more[] =
		"^(?:(?:比|较)(?:上年|去年|上一年|20\\d\\d年)(?:度)?(?:同期)?)?(?:增加|减少|上升|下降|多|少|增长|降低)(?:了)?$";
	const char *from = r->at->text + s->window;
	size_t len = s->figure.start - s->window;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *at = memmem(from, len, words[i], strlen(words[i]));
		size_t behind;

		if (!at)
			continue;
		behind = (size_t)(at + strlen(words[i]) - r->at->text);
		/* with words of its own behind it, it parts nothing */
		if (clause_says_little(r->at, behind, s->figure.start) ||
		    claim_fits(
			    r,
			    "^(?:提出|提交|收到|新收|受理|办理|办结|作出)(?:了|申请)?$",
			    behind, s->figure.start) ||
		    claim_fits(r, says_more, behind, s->figure.start) ||
		    says_share(r, behind, s))
			return at;
	}
	return NULL;
}

/* Give the figures from list[0] on the names' words; how many got one. */
static size_t give_names(struct reading *r, struct said *list, size_t count,
			 size_t there)
{
	struct match names[8];
	size_t n = clause_names(
		r->at,
		clause_behind(r->at, list[0].sentence, there, clause_marks),
		there, names, 8);

	if (n < 2 || n > count)
		return 0;
	for (size_t k = 0; k < n; k++) {
		list[k].window = list[k].clause = names[k].start;
		list[k].words_end = names[k].end;
		list[k].rest = there + strlen("分别");
		if (list[k].figure.unit != FIGURE_PERCENT)
			continue;
		list[k].whole_from = there + strlen("分别占");
		list[k].whole_to = list[0].figure.start;
	}
	return n;
}

/* Is it behind a comma from the figure before it? */
static bool has_comma(const struct reading *r, const struct said *s)
{
	return claim_fits(r, "[，；]", s[-1].figure.end, s->figure.start);
}

/* The years before 分别: how many, the first one in *year, where they end; 0 when
 * there are none. */
static size_t years_told(const struct reading *r, const struct said *s,
			 size_t there, int *year, size_t *end)
{
	static const char pair[] =
		"(?:上年|去年|20\\d\\d年)(?:度)?(?:、|和|与|及)(?:本年|今年|20\\d\\d年)(?:度)?";
	static const char range[] =
		"20\\d\\d(?:年)?(?:至|到|—|－|-)20\\d\\d年|近[两三]年(?:来)?";
	const char *text = r->at->text + s->sentence;
	size_t len = there - s->sentence;
	struct match m;
	const char *to;

	*year = r->year - 1;
	if (!r->year)
		return 0;
	if (pattern_last(pair, text, len, &m)) {
		*end = s->sentence + m.end;
		if (strncmp(text + m.start, "20", 2) == 0)
			*year = atoi(text + m.start);
		return 2;
	}
	if (!pattern_last(range, text, len, &m))
		return 0;
	*end = s->sentence + m.end;
	if (strncmp(text + m.start, "20", 2) != 0) {
		to = memmem(text + m.start, m.end - m.start, "三", 3);
		*year = r->year - (to ? 2 : 1);
		return to ? 3 : 2;
	}
	*year = atoi(text + m.start);
	to = memmem(text + m.start + 4, m.end - m.start - 4, "20", 2);
	return to && atoi(to) >= *year ? (size_t)(atoi(to) - *year) + 1 : 0;
}

/* 2023年、2024年新收申请分别为176件、213件: all of the same words.  How many got
 * them. */
static size_t give_years(struct reading *r, struct said *list, size_t count,
			 size_t there)
{
	int year;
	size_t end, n = years_told(r, &list[0], there, &year, &end);

	if (n < 2 || n > count)
		return 0;
	for (size_t k = 1; k < n; k++)
		if (has_comma(r, &list[k]))
			return 0;
	for (size_t k = 0; k < n; k++, year++) {
		list[k].window = list[k].clause = end;
		list[k].words_end = there;
		list[k].rest = there + strlen("分别");
		list[k].year_told = year == r->year       ? TOLD_OWN
				    : year == r->year - 1 ? TOLD_LAST
							  : TOLD_OTHER;
	}
	return n;
}

/* Give the i-th figure behind 分别 the i-th name's words. */
void clause_distribute(struct reading *r, struct said *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *at = parting_word(r, &list[i]);
		size_t n;

		if (!at)
			continue;
		if (list[i].figure.unit == FIGURE_PERCENT &&
		    distribute_shares(list, i, count))
			continue;
		n = give_years(r, &list[i], count - i,
			       (size_t)(at - r->at->text));
		if (n == 0)
			n = give_names(r, &list[i], count - i,
				       (size_t)(at - r->at->text));
		if (n == 0 && claim_fits(r, kind_more, list[i].window,
					 list[i].figure.start))
			continue; /* 比上年分别减少56件和6件 */
		for (size_t k = i;
		     n == 0 && k < count && (k == i || !has_comma(r, &list[k]));
		     k++)
			list[k].parted = list[k].figure.unit != FIGURE_PERCENT;
		i += n ? n - 1 : 0;
	}
}
