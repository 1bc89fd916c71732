/* N6: parts of a sum in one sentence. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_ask.h"
#include "core/lint_claim_impl.h"
#include "core/num.h"
#include "core/rule_impl.h"
#include "core/str.h"
#include "core/tr.h"

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

struct list {
	int64_t sum;
	size_t first, count;
	size_t next; /* the figure behind them */
	bool whole;  /* it names all parts */
	bool parted; /* 1985人次，分别为: of the whole itself */
};

static bool between_fits(const struct ask *a, size_t i, size_t k,
			 const char *pattern)
{
	size_t from = ask_said(a, i)->figure.end,
	       to = ask_said(a, k)->figure.start;

	return place_fits(a->at, pattern, from, to);
}

/* Nothing but marks between two numbers: a list without words names all. */
static bool is_bare(const struct ask *a, size_t k)
{
	return !between_fits(a, k - 1, k, "(?![和及与])\\p{Han}");
}

/* 甲和乙各1件: how many have it. */
static int64_t times_of(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);
	const char *words = a->at->text + s->since;
	size_t len = s->figure.start - s->since;
	struct match m = { 0 };
	int64_t n = 1;

	if (!place_fits(a->at, "各(?:有|为|占)?$", s->since, s->figure.start))
		return 1;
	if (k > 0 &&
	    pattern_fits("^(?:乡镇|街道|部门|单位|社区|村|[一-龥]{0,3})各",
			 words, len) &&
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
	       s->kind != SAID_LAST && s->kind != SAID_MORE && !s->total;
}

static bool add_summand(const struct ask *a, size_t k, struct list *l)
{
	int64_t one;

	if (!ask_value(a, k, &one))
		return false;
	for (int64_t n = times_of(a, k); n > 0; n--)
		if (!num_add(l->sum, 1, one, &l->sum))
			return false;
	l->count++;
	return true;
}

/* 14个乡镇各1台: how many, not one of the parts. */
static bool is_count_of(const struct ask *a, size_t k)
{
	return k + 1 < a->c->count && ask_same_sentence(a, k, k + 1) &&
	       ask_said(a, k)->figure.unit == FIGURE_OTHER &&
	       between_fits(a, k, k + 1, "^[一-龥]{0,3}各(?:有|为)?$");
}

/* Is the figure in brackets that are closed before the other? */
static bool is_aside(const struct ask *a, size_t i, size_t k)
{
	return a->c->brackets &&
	       clause_closes(a->at, ask_said(a, i)->figure.end,
			     ask_said(a, k)->figure.start);
}

/* Does what follows tell of something else? A part as large as the whole is
 * none; behind ； the parts go on as they began. */
static bool list_ends(const struct ask *a, size_t k, const struct list *l)
{
	const struct said *s = ask_said(a, k);
	const struct said *first = ask_said(a, l->first);
	int64_t whole, one;

	if (!ask_value(a, a->i, &whole) || !ask_value(a, k, &one))
		return true;
	if (one > whole || (l->count > 0 && (one == whole || l->sum == whole)))
		return true;
	return l->count > 0 && between_fits(a, k - 1, k, "；") &&
	       (!s->klass != !first->klass || !s->claim != !first->claim ||
		s->channel != first->channel);
}

/* 56个单位和14个乡镇中: what follows is of both. */
static bool is_joined(const struct ask *a)
{
	return a->i > 0 && ask_same_sentence(a, a->i - 1, a->i) &&
	       between_fits(a, a->i - 1, a->i,
			    "^[^，。；：]{0,12}(?:和|及|与)");
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
static bool leaves_bracket(const struct ask *a, const struct list *l, size_t k)
{
	return k > l->first && is_aside(a, l->first, k) &&
	       !is_aside(a, a->i, l->first);
}

/* 1263万元，由甲612万元、乙428万元构成 */
static bool is_made_of(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return between_fits(a, a->i, k, "，由") &&
	       place_fits(a->at, "构成|组成", s->figure.end, s->sentence_end);
}

/* 建议和提案159件，其中建议68件、提案81件: its own words name them. */
static bool names_all(const struct ask *a, const struct list *l, size_t end)
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

/* The parts that follow the a->i-th figure in its sentence, behind 其中, 中， (some)
 * or ：, 分别, 包括 (all). */
static struct list parts_after(const struct ask *a)
{
	struct list l = { .first = a->i + 1, .whole = true };
	bool bare = true;
	size_t k = a->i + 1;

	while (k < a->c->count &&
	       is_aside(a, k, k + 1 < a->c->count ? k + 1 : k) &&
	       !is_aside(a, a->i, k + 1))
		l.first = ++k;
	if (k >= a->c->count || !ask_same_sentence(a, k, a->i) ||
	    is_aside(a, a->i, k) || is_joined(a) || is_listed(a, k))
		return l;
	if (between_fits(
		    a, a->i, k,
		    "其中|主要|(?:^|[件宗份条个]|申请)中(?![心间])|^\\p{Han}{1,8}中，"))
		l.whole = false;
	else if (
		!is_made_of(a, k) &&
		!between_fits(
			a, a->i, k,
			"：|:|分别(?![一-龥]{0,6}(?:增|减|下降|上升|提高|降低|占|比|较|同比|多|少))|分为|包括|构成|涉及(?!的)|统计(?:为|如下|：)|依次|按[^，。；]{1,8}分|方式上"))
		return l;
	l.parted = between_fits(a, a->i, k, "^[^，。；]{0,3}，分别");
	for (; k < a->c->count && ask_same_sentence(a, k, a->i); k++) {
		if (ask_said(a, k)->figure.unit == FIGURE_PERCENT ||
		    ask_said(a, k)->last || is_count_of(a, k))
			continue;
		if (leaves_bracket(a, &l, k) || !is_summand(a, k) ||
		    (ask_said(a, k)->parted && !l.parted) ||
		    list_ends(a, k, &l) || !ask_same_unit(a, k, a->i) ||
		    !belongs(a, ask_said(a, a->i), ask_said(a, k)) ||
		    between_fits(
			    a, k - 1, k,
			    "[；。]\\p{Han}{0,4}其中|均|另(?!行)|主要[为是因]") ||
		    !add_summand(a, k, &l))
			break;
		bare = bare && (l.count == 1 || is_bare(a, k));
		/* 其他3件 at the end: then they are all */
		if (between_fits(a, k - 1, k, "其[他它](?!处理)|其余"))
			l.whole = true;
	}
	l.whole = l.whole || (bare && l.count >= BARE_LIST) ||
		  (k > l.first && says_no_other(a, k - 1)) ||
		  names_all(a, &l, k);
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

/* 甲3件、乙4件，合计7件: the parts before it. */
static struct list parts_before(const struct ask *a)
{
	struct list l = { .first = a->i, .whole = true };

	bool sent = is_sent(a);
	size_t k = a->i;

	if (!is_total(a) && !sent)
		return l;
	for (; k > 0 && ask_same_sentence(a, k - 1, a->i); k--) {
		if (ask_said(a, k - 1)->figure.unit == FIGURE_PERCENT ||
		    is_count_of(a, k - 1))
			continue;
		if (!ask_same_unit(a, k - 1, a->i) || !is_summand(a, k - 1) ||
		    is_whole(a, k - 1) ||
		    (sent && !ask_said(a, k - 1)->channel) ||
		    !add_summand(a, k - 1, &l))
			break;
		l.first = k - 1;
	}
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
static struct list parts_near(const struct ask *a)
{
	struct list l = { .first = a->i + 1 };
	int64_t whole, gap;
	size_t k = a->i + 1;

	while (is_untold(a, a->i) && k < a->c->count &&
	       ask_same_sentence(a, k, a->i) && ask_same_unit(a, k, a->i) &&
	       is_untold(a, k) && add_summand(a, k, &l))
		k++;
	if (l.count < BARE_LIST || !ask_value(a, a->i, &whole))
		return (struct list){ .count = 0 };
	gap = l.sum > whole ? l.sum - whole : whole - l.sum;
	l.whole = gap <= whole / NEAR;
	l.next = k;
	return l.whole && whole >= LARGE * NUM_ONE
		       ? l
		       : (struct list){ .count = 0 };
}

/* 64+102+132: the summands, each as often as it counts. */
static void add_terms(const struct ask *a, const struct list *l,
		      struct str *out)
{
	size_t end = l->next ? l->next : a->i, told = 0;
	char x[NUM_TEXT];
	int64_t one;

	for (size_t k = l->first; k < end; k++) {
		if (k == a->i ||
		    ask_said(a, k)->figure.unit == FIGURE_PERCENT ||
		    is_count_of(a, k) || !ask_value(a, k, &one))
			continue;
		str_add(out, told++ ? "+" : "");
		str_add(out, num_text(one, x));
		if (times_of(a, k) > 1)
			str_addf(out, "×%lld", (long long)times_of(a, k));
	}
}

/* All that is compared, from its first words on. */
static struct match extent_of(const struct ask *a, const struct list *l)
{
	const struct said *first =
		ask_said(a, l->first < a->i ? l->first : a->i);
	const struct said *last = ask_said(a, l->next ? l->next - 1 : a->i);
	struct match m = { first->window, last->figure.end };

	if (ask_said(a, a->i)->figure.end > m.end)
		m.end = ask_said(a, a->i)->figure.end;
	return m;
}

static void say_sum(const struct ask *a, const struct list *l, const char *what)
{
	struct match m = extent_of(a, l);
	char *words = figures_quote(a->at, figures_words(ask_said(a, a->i)));
	struct str match = { 0 };
	struct finding *f;

	if (!figures_aside(a->job, a->cell, a->at, m)) {
		str_addf(&match, _("“%s”，%s"), words, what);
		f = figures_add(a->job, a->cell, a->at, m, "parts", match.s,
				"");
		lint_facts(f, &match);
	}
	str_free(&match);
	free(words);
}

static void say_parts(const struct ask *a, const struct list *l, int64_t whole)
{
	struct str what = { 0 }, terms = { 0 };
	char x[NUM_TEXT], gap[NUM_TEXT];

	add_terms(a, l, &terms);
	str_addf(&what, _("各项相加 %s = %s，相差%s"), terms.s ? terms.s : "",
		 num_text(l->sum, x),
		 num_text(whole > l->sum ? whole - l->sum : l->sum - whole,
			  gap));
	say_sum(a, l, what.s);
	str_free(&what);
	str_free(&terms);
}

static void say_difference(const struct ask *a, const struct list *l)
{
	struct str what = { 0 };
	char x[NUM_TEXT];

	str_addf(&what, _("前面两个数相差%s"), num_text(l->sum, x));
	say_sum(a, l, what.s);
	str_free(&what);
}

/* More than the whole never holds; less does, unless the list names all. */
static bool check_list(const struct ask *a, const struct list *l)
{
	const struct said *s = ask_said(a, a->i);
	int64_t whole;

	if (l->count < 2 || s->figure.unit == FIGURE_PERCENT ||
	    s->figure.vague || s->kind == SAID_LAST ||
	    !ask_value(a, a->i, &whole))
		return false;
	if (l->sum > whole || (l->sum < whole && l->whole))
		say_parts(a, l, whole);
	return true;
}

static bool is_channel(const struct ask *a, size_t k)
{
	const struct said *s = ask_said(a, k);

	return s->channel && !s->more &&
	       (!s->topic || strcmp(s->topic->id, "other") != 0) &&
	       s->figure.unit != FIGURE_PERCENT && !s->figure.vague &&
	       (s->figure.unit == FIGURE_COUNT ||
		s->figure.unit == FIGURE_BARE);
}

/* 网上52件（平台45件、邮箱7件）: are those in the bracket. */
static bool opens_between(const struct ask *a, size_t i, size_t k)
{
	return k > i && between_fits(a, i, k, "（[^）]*$");
}

/* 信函39件、邮件7件、在线1件, without a whole in the sentence: the ways add up to
 * what was received. */
static size_t check_channels(const struct ask *a)
{
	struct numbers wholes = { .count = 0 };
	struct list l = { .first = a->i };
	const struct said *s = ask_said(a, a->i);
	size_t k = a->i;

	while (k < a->c->count && ask_same_sentence(a, k, a->i) &&
	       (opens_between(a, a->i, k) ||
		(is_channel(a, k) && add_summand(a, k, &l))))
		k++;
	if (k == a->i)
		k++;
	l.next = k;
	if (l.count < 2 || (s->topic && strcmp(s->topic->id, "request") != 0) ||
	    s->scope != SCOPE_OWN ||
	    !place_fits(a->at, "申请|渠道|途径|方式|来源|收到|受理|送达|递交",
			s->sentence, s->sentence_end))
		return k;
	ask_rows(a, &wholes);
	for (size_t j = 0; j < wholes.count; j++)
		if (wholes.list[j] == l.sum ||
		    (l.count == 2 && wholes.list[j] > l.sum))
			return k;
	if (wholes.count)
		say_parts(a, &l, wholes.list[0]);
	return k;
}

/* 158条，较上年126条增加23条 */
static void check_difference(const struct ask *a)
{
	const struct said *s = ask_said(a, a->i);
	struct list l = { .first = a->i, .next = a->i };
	int64_t now, was, gap;

	if (a->i < 2 || !s->more || s->figure.vague ||
	    !ask_said(a, a->i - 1)->last || ask_said(a, a->i - 2)->last ||
	    !ask_same_sentence(a, a->i - 2, a->i) ||
	    !ask_same_unit(a, a->i - 2, a->i) ||
	    !ask_same_unit(a, a->i - 1, a->i) ||
	    !ask_value(a, a->i - 2, &now) || !ask_value(a, a->i - 1, &was) ||
	    !ask_value(a, a->i, &gap))
		return;
	l.first = a->i - 2;
	l.sum = now > was ? now - was : was - now;
	if (gap != l.sum)
		say_difference(a, &l);
}

static void check_subsums(const struct job *job, size_t cell,
			  const struct place *at, const struct claims *c)
{
	for (size_t i = 0; i < c->count;) {
		struct ask a = { job, cell, at, c, i };
		struct list after = parts_after(&a), before = parts_before(&a);

		if (after.count == 0)
			after = parts_near(&a);
		check_difference(&a);
		if (check_list(&a, &after))
			i = after.next;
		else if (check_list(&a, &before) || !is_channel(&a, i))
			i++;
		else
			i = check_channels(&a);
	}
}

void lint_subsums(const struct job *job)
{
	figures_each(job, check_subsums);
}
