/* The parts of a sum that a sentence tells. */
#include <string.h>

#include "core/lint_parts.h"

#include "core/lint_claim_impl.h"
#include "core/num.h"
#include "core/rule_impl.h"

enum {
	BARE_LIST = 3, /* numbers without words are a list of all parts */
	NEAR = 50,     /* one part in so many lacks or is too much */
	LARGE = 50,
};

/* Two claims: is the second's value a part of the first's? */
static bool belongs(const struct ask *a, const struct said *whole,
		    const struct said *part)
{
	const struct form_def *form = a->job->form;
	struct allowed x, y;
	size_t n = claim_allowed(form, whole, 0, &x);
	size_t m = claim_allowed(form, part, 0, &y);

	if (part->klass && !part->claim && whole->claim)
		return !whole->klass;
	if (!part->claim ||
	    (whole->claim && claims_alike(part->claim, whole->claim)))
		return true;
	if (!whole->claim)
		return whole->topic && whole->topic == part->topic;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++) {
			claim_allowed(form, whole, i, &x);
			claim_allowed(form, part, k, &y);
			if (x.count == 1 && y.count == 1 &&
			    form_adds(form, x.cells[0], y.cells[0]))
				return true;
		}
	return false;
}

bool parts_between(const struct ask *a, size_t i, size_t k, const char *pattern)
{
	size_t from = ask_said(a, i)->figure.end,
	       to = ask_said(a, k)->figure.start;

	return to > from && place_fits(a->at, pattern, from, to);
}

/* Nothing but marks between two numbers: a list without words names all. */
static bool is_bare(const struct ask *a, size_t k)
{
	return !parts_between(a, k - 1, k, "(?![和及与])\\p{Han}");
}

/* 各1件, 各明确1名: not 各级, 各部门; and right behind what has them. */
#define NOT_EACH                                                               \
	"各(?!级|类|项|种|县|区|乡|镇|市|地|界|部|单|街|股|科|处|委|局|有关|相关|承|自)"
static const char each[] = NOT_EACH "[一-龥]{0,4}$";
static const char of_each[] = "^[一-龥（）]{0,5}，?" NOT_EACH "[一-龥]{0,8}$";

/* 甲和乙各1件: how many have it. */
int64_t parts_times(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);
	const char *words = a->at->text + s->since;
	size_t len = s->figure.start - s->since;
	struct match m = { 0 };
	int64_t n = 1;

	if (!(pattern_fits(each, words, len) ||
	      pattern_fits(of_each, words, len)) ||
	    (k + 1 < a->c->count && ask_same_sentence(a, k, k + 1) &&
	     parts_between(a, k, k + 1, "^[、和及与]$")))
		return 1; /* 各公开21个、34个: one each */
	if (k > 0 && pattern_fits(of_each, words, len) &&
	    ask_said(a, k - 1)->figure.unit == FIGURE_OTHER)
		return ask_said(a, k - 1)->figure.value / NUM_ONE % 1000;
	while (pattern_find("和|及|与|、", words, len, m.end, &m))
		n += m.start > 0; /* 3件、甲和乙各1件: not the first */
	return n;
}

static bool is_summand(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->figure.unit != FIGURE_PERCENT && !s->figure.vague &&
	       s->kind != SAID_LAST && s->kind != SAID_MORE && !s->total &&
	       !(s->more && pattern_fits("^[，、（]?(?:比|较|同比)",
					 a->at->text + s->since,
					 s->figure.start - s->since));
}

/* 其他四类主体共7件: the rest of a list, not its total. */
static bool is_rest(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->total && s->kind != SAID_LAST && !s->figure.vague && k > 0 &&
	       parts_between(
		       a, k - 1, k,
		       "^[，、；和]*(?:其[他它余])[^，。；0-9]{0,10}(?:共|合计|总计)$");
}

bool parts_add(const struct ask *a, size_t k, struct parts *l)
{
	int64_t one;

	if (!ask_value(a, k, &one))
		return false;
	for (int64_t n = parts_times(a, k); n > 0; n--)
		if (!num_add(l->sum, 1, one, &l->sum))
			return false;
	l->count++;
	return true;
}

/* 14个乡镇各1台: how many, not one of the parts. */
bool parts_counts(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	if (s->figure.start >= s->sentence + 3 &&
	    clause_is_at(a->at, s->figure.start - 3, "第"))
		return true; /* 第一期64人次 */
	return k + 1 < a->c->count && ask_same_sentence(a, k, k + 1) &&
	       ask_said(a, k)->figure.unit == FIGURE_OTHER &&
	       (parts_between(a, k, k + 1, of_each) ||
		(!ask_same_unit(a, k, k + 1) &&
		 parts_between(a, k, k + 1, "^[一-龥]{2,12}$")));
}

/* Is the figure in brackets that are closed before the other? */
bool parts_aside(const struct ask *a, size_t i, size_t k)
{
	return a->c->brackets &&
	       clause_closes(a->at, ask_said(a, i)->figure.end,
			     ask_said(a, k)->figure.start);
}

/* 35件，属于予以公开76件的组成部分: of a whole beside this one. */
static bool is_of_another(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return place_fits(a->at,
			  "^(?:的(?:组成部分|一部分)|之中|当中|之内|以内|中的)",
			  s->figure.end, s->sentence_end);
}

/* 28.5分（满分30分）、…: in a bracket behind one of the parts. */
bool parts_beside(const struct ask *a, size_t first, size_t k)
{
	return k > first && a->c->brackets &&
	       parts_between(a, first, k, "（[^）]*$");
}

/* 8件（含上年结转1件）、…，合计: the second is of the first. */
bool parts_remark(const struct ask *a, size_t k)
{
	return k > 0 && parts_aside(a, k, a->i) &&
	       parts_between(a, k - 1, k, "^（");
}

/* Does what follows tell of something else? A part as large as the whole is
 * none; behind ； the parts go on as they began. */
static bool list_ends(const struct ask *a, size_t k, const struct parts *l)
{
	const struct said *s = ask_said(a, k);
	const struct said *first = ask_said(a, l->first);
	int64_t whole, one;

	if (!ask_value(a, a->i, &whole) || !ask_value(a, k, &one))
		return true;
	/* 41家，其中门户1家、部门网站41家: one of them, and too large */
	if (l->count > 0 && one >= whole && !s->total && !l->parted &&
	    parts_between(a, k - 1, k, "^、[^，。；共]{1,36}$"))
		return false;
	if (one > whole || (l->count > 0 && (one == whole || l->sum == whole)))
		return true;
	return l->count > 0 && parts_between(a, k - 1, k, "；") &&
	       (!s->klass != !first->klass || !s->claim != !first->claim ||
		s->channel != first->channel);
}

/* 56个单位和14个乡镇中: what follows is of both. */
static bool is_joined(const struct ask *a)
{
	return a->i > 0 && ask_same_sentence(a, a->i - 1, a->i) &&
	       (parts_between(a, a->i - 1, a->i,
			      "^[^，。；：]{0,12}(?:和|及|与)") ||
		(parts_between(a, a->i - 1, a->i, "^、[^，。；：]{0,16}$") &&
		 a->i + 1 < a->c->count &&
		 parts_between(a, a->i, a->i + 1,
			       "^[^，。；]{0,6}，(?:各自)?分别")));
}

/* …，没有其他来源 */
static bool says_no_other(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return place_fits(a->at, "^[^。；0-9]{0,8}(?:没有|无)(?:以)?其[他它]",
			  s->figure.end, s->sentence_end);
}

/* 涉及征地的187件，涉及档案的64件: both are of one list. */
static bool is_listed(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, a->i), *t = ask_said(a, k);

	return place_fits(a->at, "涉及", s->since, s->figure.start) &&
	       place_fits(a->at, "涉及", t->since, t->figure.start);
}

/* 52件（平台45件、邮箱7件），信函31件: the parts are those in the bracket. */
static bool leaves_bracket(const struct ask *a, const struct parts *l, size_t k)
{
	return k > l->first && parts_aside(a, l->first, k) &&
	       !parts_aside(a, a->i, l->first);
}

/* 1263万元，由甲612万元、乙428万元构成 */
static bool is_made_of(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return parts_between(a, a->i, k, "，由") &&
	       place_fits(a->at, "构成|组成", s->figure.end, s->sentence_end);
}

/* 建议和提案159件，其中建议68件、提案81件: its own words name them. */
static bool names_all(const struct ask *a, const struct parts *l, size_t end)
{
	const struct said *whole = ask_said(a, a->i);
	const char *words = a->at->text + whole->clause;
	size_t len = whole->figure.start - whole->clause;

	if (l->count < 2 || !pattern_fits("和|及|与|、", words, len))
		return false;
	for (size_t k = l->first; k < end; k++) {
		const struct said *s = ask_said(a, k);
		size_t from = s->window;
		struct match m;

		if (s->figure.unit == FIGURE_PERCENT)
			continue;
		if (pattern_find("其中", a->at->text + from,
				 s->words_end - from, 0, &m))
			from += m.end;
		if (s->words_end <= from ||
		    !memmem(words, len, a->at->text + from,
			    s->words_end - from))
			return false;
	}
	return true;
}

/* Does each word of "a b c" name one of the parts, and each part have one? */
static bool has_all(const struct ask *a, const struct parts *l, size_t end,
		    const char *words)
{
	size_t n = 0;

	for (const char *w = words; *w; n++) {
		size_t len = strcspn(w, " "), told = 0;

		for (size_t k = l->first; k < end; k++) {
			const struct said *s = ask_said(a, k);
			size_t from = ask_said(a, k - 1)->figure.end;

			told += s->figure.unit != FIGURE_PERCENT &&
				memmem(a->at->text + from,
				       s->figure.start - from, w, len);
		}
		if (told != 1)
			return false;
		w += len;
		w += *w == ' ';
	}
	return n == l->count;
}

/* 公文1386件，其中主动公开298件、依申请公开476件、不予公开512件: there are no
 * other kinds. */
static bool names_kinds(const struct ask *a, const struct parts *l, size_t end)
{
	const struct claims_def *d = &a->job->form->claims;

	for (size_t i = 0; i < d->kind_count; i++)
		if (has_all(a, l, end, d->kinds[i]))
			return true;
	return false;
}

/* Something that the tables tell of, or how it came in: its kinds are known. */
static bool is_told(const struct said *s)
{
	return s->claim || s->klass || s->heard ||
	       (s->channel && s->figure.unit != FIGURE_OTHER);
}

/* The part of the whole that a list may lack to seem all of it: one in so
 * many.  A list that goes on with other words may well be of some. */
static int64_t left_out(const struct ask *a, const struct parts *l, size_t last)
{
	const struct said *s = ask_said(a, last);

	if (place_fits(a->at, "^[次个]?+，", s->figure.end, s->sentence_end))
		return l->count > 2 ? 8 : 12;
	return 6;
}

/* 14个，其中更新不及时8个、链接失效5个: named one by one to the end and most of
 * it. */
static bool seems_whole(const struct ask *a, const struct parts *l, size_t end)
{
	int64_t whole;
	size_t last = end - 1;

	while (last > l->first &&
	       ask_said(a, last)->figure.unit == FIGURE_PERCENT)
		last--;
	if (l->count < 2 || !ask_value(a, a->i, &whole) ||
	    whole - l->sum > whole / left_out(a, l, last) ||
	    last + 1 != l->first + l->count || is_told(ask_said(a, a->i)) ||
	    !parts_between(a, a->i, l->first,
			   "^[^，。；]{0,4}，其中(?!主要|包含)") ||
	    !place_fits(
		    a->at,
		    "^[次个]?+[，。；]?+(?:$|(?!其[余他它]|另|还有|剩)[^等、0-9（])",
		    ask_said(a, last)->figure.end, a->at->len))
		return false;
	for (size_t k = l->first; k <= last; k++)
		if (is_told(ask_said(a, k)) ||
		    (k > l->first &&
		     !parts_between(a, k - 1, k,
				    "^[次份]?、[^，。；等]{1,30}$")))
			return false;
	return true;
}

/* The parts that follow the a->i-th figure in its sentence, behind 其中, 中， (some)
 * or ：, 分别, 包括 (all). */
struct parts parts_after(const struct ask *a)
{
	struct parts l = { .first = a->i + 1, .whole = true };
	bool bare = true;
	size_t k = a->i + 1;

	while (k < a->c->count &&
	       parts_aside(a, k, k + 1 < a->c->count ? k + 1 : k) &&
	       !parts_aside(a, a->i, k + 1))
		l.first = ++k;
	if (k >= a->c->count || !ask_same_sentence(a, k, a->i) ||
	    parts_aside(a, a->i, k) || is_joined(a) || is_listed(a, k) ||
	    parts_between(a, a->i, k, "^[一-龥]{0,4}中的?$"))
		return l; /* 215件中的120件: what follows is of those */
	if (parts_between(
		    a, a->i, k,
		    "其中|主要|(?:^|[件宗份条个]|申请)中(?![心间])|^\\p{Han}{1,8}中，"))
		l.whole = false;
	else if (
		!is_made_of(a, k) &&
		!parts_between(
			a, a->i, k,
			"：|:|分别(?![一-龥]{0,6}(?:增|减|下降|上升|提高|降低|占|比|较|同比|多|少))|分为|包括|构成|涉及(?!的)|统计(?:为|如下|：)|依次|按[^，。；]{1,8}分|方式上"))
		return l;
	l.parted = parts_between(a, a->i, k,
				 "^[^，。；]{0,3}，(?:按[^，。；]{1,6})?分别");
	for (; k < a->c->count && ask_same_sentence(a, k, a->i); k++) {
		if (ask_said(a, k)->figure.unit == FIGURE_PERCENT ||
		    ask_said(a, k)->last || parts_counts(a, k))
			continue;
		if (l.count > 0 && parts_beside(a, l.first, k))
			continue;
		if (l.count > 0 && parts_between(a, k - 1, k, "，其中"))
			break; /* 96件中，甲77件，其中53件: of those */
		if (leaves_bracket(a, &l, k) ||
		    (!is_summand(a, k) && !is_rest(a, k)) ||
		    is_of_another(a, k) ||
		    (ask_said(a, k)->parted && !l.parted) ||
		    list_ends(a, k, &l) || !ask_same_unit(a, k, a->i) ||
		    !belongs(a, ask_said(a, a->i), ask_said(a, k)) ||
		    parts_between(
			    a, k - 1, k,
			    "[；。]\\p{Han}{0,4}其中|均|另(?!行)|主要[为是因]") ||
		    !parts_add(a, k, &l))
			break;
		bare = bare && (l.count == 1 || is_bare(a, k));
		/* 其他3件 at the end: then they are all */
		if (parts_between(a, k - 1, k, "其[他它](?!处理)|其余"))
			l.whole = true;
	}
	l.whole = l.whole || (bare && l.count >= BARE_LIST) ||
		  (k > l.first && says_no_other(a, k - 1)) ||
		  names_all(a, &l, k) || names_kinds(a, &l, k) ||
		  seems_whole(a, &l, k);
	l.next = k;
	return l;
}

/* 电子送达52件、邮寄送达41件，共送达95件: ways are all of them. */
static bool is_sent(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	return a->i > 1 && ask_said(a, a->i - 1)->channel &&
	       ask_said(a, a->i - 2)->channel &&
	       place_fits(a->at, "共[^，。；]{0,8}$", s->window, s->words_end);
}

/* As large as the total: it is not one of its parts. */
static bool is_whole(const struct ask *a, size_t k)
{
	int64_t whole, one;

	return ask_value(a, a->i, &whole) && ask_value(a, k, &one) &&
	       one >= whole;
}

/* Words of a total alone, 合计 or 两项共: nothing of its own is counted. */
static bool is_total(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	return place_fits(
		a->at,
		"(?:合计|总计|共计|总共|全年共|累计|相加)[^，。；占]{0,4}$|"
		"(?:^|[，；、：])(?:[两三四五六七八九十]+(?:项|类|种|个季度)|以上|上述|全年|总数)?"
		"(?:相加)?(?:共|计|为)$",
		s->window, s->words_end);
}

/* 截至6月30日11件；截至12月31日，全年累计19件: counts up to a day hold those up to
 * a day before. */
static bool is_running(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);

	return s->figure.start > s->sentence &&
	       place_fits(a->at, "截至|截止", s->sentence, s->figure.start);
}

/* 三部门合计, 两项共: how many parts there are; 0 when it is not told. */
static size_t parts_told(const struct ask *a)
{
	static const char *const digits[] = { "两", "三", "四", "五", "六",
					      "七", "八", "九", "十", NULL };
	const struct said *s = ask_said(a, a->i);
	struct match m;

	if (!pattern_last(
		    "[两三四五六七八九十](?:个|大)?(?:项|类|种|部门|单位|家|地|镇|乡|街道|区|县|市|级|者|局|方面|处室|渠道|期|场|批)(?:相加|合计|共计|总计|共)[^，。；占]{0,6}$",
		    a->at->text + s->window, s->words_end - s->window, &m))
		return 0;
	for (size_t i = 0; digits[i]; i++)
		if (clause_is_at(a->at, s->window + m.start, digits[i]))
			return i + 2;
	return 0;
}

/* 甲3件、乙4件；丙合计7件: words of its own, behind a mark that parts. */
static bool ends_before(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, a->i);

	return k > 0 && parts_between(a, k - 1, k, "；") &&
	       place_fits(
		       a->at,
		       "[^，；、\\s全年两三四五六项类以上各]{2,}(?:合计|总计|共计|总共|累计)",
		       s->window, s->words_end);
}

/* 甲3件、乙4件，合计7件: the parts before it. */
struct parts parts_before(const struct ask *a)
{
	struct parts l = { .first = a->i, .whole = true };

	bool sent = is_sent(a);
	size_t k = a->i;

	size_t told = parts_told(a);

	if ((!is_total(a) && !sent && !told) || is_running(a))
		return l;
	for (; k > 0 && ask_same_sentence(a, k - 1, a->i); k--) {
		if (ask_said(a, k - 1)->figure.unit == FIGURE_PERCENT ||
		    parts_counts(a, k - 1) || parts_remark(a, k - 1))
			continue;
		if (!ask_same_unit(a, k - 1, a->i) || !is_summand(a, k - 1) ||
		    is_whole(a, k - 1) ||
		    (told ? l.count == told : ends_before(a, k)) ||
		    (sent && !ask_said(a, k - 1)->channel) ||
		    !parts_add(a, k - 1, &l))
			break;
		l.first = k - 1;
	}
	if (told && l.count != told)
		l.count = 0; /* others are meant */
	return l;
}

static bool is_untold(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return !s->heard && !s->klass && s->scope == SCOPE_OWN &&
	       is_summand(a, k);
}

/* 接待1326人次，政务中心812人次，档案馆305人次，图书馆219人次: without a word that
 * they are its parts, but nearly adding up to it. */
struct parts parts_near(const struct ask *a)
{
	struct parts l = { .first = a->i + 1 };
	int64_t whole, gap;
	size_t k = a->i + 1;

	if (!is_untold(a, a->i) || !ask_value(a, a->i, &whole) ||
	    whole < LARGE * NUM_ONE)
		return (struct parts){ .count = 0 };
	/* no further than they may nearly add up to it */
	while (l.sum - whole / NEAR <= whole && k < a->c->count &&
	       ask_same_sentence(a, k, a->i) && ask_same_unit(a, k, a->i) &&
	       is_untold(a, k) && parts_add(a, k, &l))
		k++;
	if (l.count < BARE_LIST)
		return (struct parts){ .count = 0 };
	gap = l.sum > whole ? l.sum - whole : whole - l.sum;
	l.whole = gap <= whole / NEAR;
	l.next = k;
	return l.whole ? l : (struct parts){ .count = 0 };
}
