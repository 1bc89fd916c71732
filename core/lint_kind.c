/* What kind of figure: of this year, of last, how many more, a share. */
#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

static const char change_words[] =
	"增长|增加|上升|提高|提升|增幅|升幅|增速|多|涨|下降|减少|降低|降幅|回落|少|同比";
const char kind_down[] = "下降|减少|降低|降幅|回落|少|降|减|压缩|缩短";
const char kind_share[] = "占|比例|比重";
/* of a figure itself */
static const char from_words[] =
	"(?<!理|自|缘|事|为)(?:由|从)(?:上年|去年|上一年|20\\d\\d年)?(?:度)?的?$";
static const char to_words[] =
	"(?:增|减|降|升|上升|下降|提高)(?!幅|速|长率)\\p{Han}{0,2}(?:至|到|为)(?:20\\d\\d年|今年|本年)?(?:度)?的?$|变(?:化)?为$|^达到?(?:了)?$";
const char kind_more[] =
	"(?:(?:同比|比上年|较上年|比去年|较去年)净?新增(?:申请)?|增加|减少|多|少|(?<!新)增|减|上升|下降|增长|降低|压缩|缩短|提高|提升)(?:了|收到?|新收|办结|受理|答复|办|出)?(?:大?约|近)?$";
const char kind_total[] =
	"合计|共计|总计|总共|共$|[两二三四五六七八九](?:项|类|种)(?:合计|共|申请|答复|情形)*$";
static const char last_words[] = "上年|去年|上一年";
static const char beside_last[] =
	"(?:比|较|与|和|同)(?:上年|去年|上一年)[^，。；]*?(?:增|减|多|少|升|降|翻|持平|相当|有所)";
static const char bare_last[] =
	"^(?:而|且|其|较|比|与)?(?:上年|去年|上一年|20\\d\\d年)(?:度|同期)*(?:的|为|是|仅|只|有|共|则)*$";

static const char bare_now[] =
	"^(?:而)?(?:20\\d\\d年|今年|本年|当年)(?:度)?(?:全年)?(?:则|已|共|约|的|发生|新收|收到|产生)*(?:为|是|有|达|达到|升至|增至|降至)?(?:了)?$";

const char share_behind[] =
	"^(?:以上|左右|多)?(?:的)?(?:政府信息公开)?(?:申请)?(?:件)?(?:均)?(?:由|来自|系|是由)[^，。；、（]{2,12}";

/* Not 上年该比例为, not （办结数占…的比例）为. */
static bool is_own_share(const struct reading *r, const struct said *s)
{
	struct match m;

	return !claim_fits(r, last_words, s->window, s->words_end) &&
	       !(place_last(r->at, kind_share, s->clause, s->words_end, &m) &&
		 clause_closes(r->at, m.end, s->figure.start));
}

/* A year of four digits in the words; 0 if there is none. */
static int year_in(const struct reading *r, size_t from, size_t to)
{
	struct match m;

	if (!pattern_find("20[0-9]{2}(?=年)", r->at->text + from, to - from, 0,
			  &m))
		return 0;
	return atoi(r->at->text + from + m.start);
}

/* 与2022年相比，…增加41件 */
static bool is_beside_other(const struct reading *r, const struct said *s)
{
	struct match m;
	int year;

	if (!pattern_last("(?:与|较|比|同)20\\d\\d年",
			  r->at->text + s->sentence,
			  s->figure.start - s->sentence, &m))
		return false;
	year = year_in(r, s->sentence + m.start, s->sentence + m.end);
	return r->year && year != r->year - 1;
}

bool kind_is_down(const struct reading *r, size_t from, size_t to)
{
	static const char up[] = "增|升|提高|多|涨|扩大";
	const char *s = r->at->text + from;
	struct match down, other;

	return to > from && pattern_last(kind_down, s, to - from, &down) &&
	       (!pattern_last(up, s, to - from, &other) ||
		other.start < down.start);
}

/* 自然人占80.1%，上年为78.9% */
bool kind_same_share(const struct reading *r, const struct said *before,
		     const struct said *s)
{
	static const char bare[] =
		"^[，；（]?(?:而)?(?:上年|去年|上一年|20\\d\\d年|今年|本年)(?:度|同期)*(?:的)?(?:占比|比例|比重)?(?:则)?(?:为|是|占|达|达到)?$";

	return before && before->kind == SAID_SHARE &&
	       before->sentence == s->sentence &&
	       claim_fits(r, bare, s->since, s->figure.start);
}

/* 2023年自然人占80.1% */
void kind_of_year(struct reading *r, struct said *s)
{
	enum period period = claim_period(r, s->figure.start);
	int year = year_in(r, s->window, s->words_end);

	s->last = year ? year == r->year - 1
		       : period == PERIOD_LAST ||
				  claim_fits(r, bare_last, s->window,
					     s->words_end) ||
				  claim_fits(r, from_words, s->window,
					     s->words_end);
	s->either = !year && period == PERIOD_EITHER;
}

bool kind_is_to(const struct reading *r, const struct said *s)
{
	return claim_fits(r, to_words, s->window, s->words_end);
}

enum said_kind kind_of_percent(const struct reading *r, const struct said *s)
{
	size_t from = s->clause, to = s->words_end;

	if (s->whole_to)
		return SAID_SHARE;
	if (claim_fits(r, from_words, s->window, to))
		return claim_fits(r, kind_share, from, to) ? SAID_SHARE
							   : SAID_NOTHING;
	if (claim_fits(r, "(?:较|比)(?:上年|去年|上一年)[^，。；]{0,4}的$",
		       s->window, to))
		return SAID_NOTHING;
	if (claim_fits(r, to_words, s->window, to))
		return claim_fits(r, kind_share, from, to) ? SAID_SHARE
							   : SAID_NOTHING;
	if (claim_fits(r, "率(?:为|达到?|是|约)*$", s->window, to))
		return SAID_RATE;
	if (claim_fits(r, kind_share, from, to) &&
	    !claim_fits(r, change_words, s->window, to))
		return is_own_share(r, s) ? SAID_SHARE : SAID_NOTHING;
	/* 公开量（含部分公开）同比增长: what is meant is not known */
	if (claim_fits(r, change_words, from, to) &&
	    clause_closes(r->at, s->window, to))
		return SAID_NOTHING;
	if (claim_fits(r, change_words, from, to))
		return is_beside_other(r, s) ? SAID_NOTHING : SAID_CHANGE;
	/* 近七成由自然人提出 */
	if (claim_fits(r, share_behind, s->figure.end, s->sentence_end))
		return SAID_SHARE;
	/* 78件（83.0%） */
	if (s->window == s->figure.start && from > 2 &&
	    (clause_is_at(r->at, s->figure.start - 3, "（") ||
	     r->at->text[s->figure.start - 1] == '('))
		return SAID_SHARE;
	return SAID_NOTHING;
}

/* The year before the bracket that it stands in; 上年 is one, too. */
static int year_of_bracket(const struct reading *r, const struct said *s)
{
	struct match m;

	if (!place_last(r->at, "20\\d\\d(?=年（)", s->sentence, s->figure.start,
			&m))
		return r->year - 1;
	return atoi(r->at->text + m.start);
}

/* Is it said to be last year's? */
static bool is_last(const struct reading *r, const struct said *s,
		    const struct said *before, enum period period)
{
	size_t from = s->window, to = s->words_end;
	int year = year_in(r, from, to);

	if (year && r->year)
		return year == r->year - 1;
	if (period == PERIOD_LAST)
		return true;
	if (claim_fits(r, last_words, from, to) &&
	    !claim_fits(r, beside_last, from, to))
		return true;
	/* 与2023年（公开37件）相比 */
	if (claim_fits(r, "(?:上年|去年|20\\d\\d年)（[^）]*$", s->sentence,
		       s->figure.start) &&
	    year_of_bracket(r, s) == r->year - 1)
		return true;
	return !year && before && before->kind == SAID_LAST &&
	       s->clause <= before->figure.start &&
	       !clause_closes(r->at, before->figure.end, s->figure.start) &&
	       !claim_fits(r, "今年|本年|当年", from, to);
}

static void give_claim(struct said *s, const struct said *of)
{
	s->claim = of->heard;
	s->klass = of->klass;
	memcpy(s->joined, of->joined, sizeof s->joined);
	memcpy(s->summed, of->summed, sizeof s->summed);
	s->sum_count = of->sum_count;
	s->sum_loose = of->sum_loose;
	s->row = of->row;
	s->carried = of->carried;
}

/* 2023年为7件: what the figure before it is said of. */
static void take_claim(struct said *s, const struct said *prior)
{
	if (!s->claim && !s->klass)
		give_claim(s, prior);
}

/* 2023年为7件，其中…；2024年为9件: what last year's was said of. */
static void take_last(const struct reading *r, const struct said *list,
		      size_t first, struct said *s)
{
	const struct said *told = NULL;
	bool came = claim_fits(r, "收到|新收", s->window, s->words_end);

	for (const struct said *k = s; k-- > list + first;) {
		if (came && !claim_fits(r, "收", k->window, k->words_end))
			continue;
		if (k->kind == SAID_LAST) {
			told = k;
			break;
		}
		if (k->kind == SAID_VALUE && k->either)
			told = k;
	}
	if (told)
		take_claim(s, told);
}

/* 较上年增加13件: of what was told last; of what else the sentence told, if it
 * fits. */
static enum said_kind more_kind(const struct reading *r,
				const struct said *list, size_t first,
				const struct said *prior, struct said *s)
{
	int year = year_in(r, s->window, s->words_end);

	if ((year && r->year && year != r->year && year != r->year - 1) ||
	    is_beside_other(r, s))
		return SAID_ASIDE;
	if (prior && (prior->kind == SAID_VALUE || prior->kind == SAID_LAST ||
		      prior->kind == SAID_MORE))
		take_claim(s, prior);
	for (const struct said *k = list + first; s->claim && k < s; k++)
		if (k->kind == SAID_VALUE && k->claim && k->claim != s->claim &&
		    s->other_count < OTHERS)
			s->others[s->other_count++] = k->claim;
	if (s->other_count == 0 &&
	    claim_fits(r, "分别", s->window, s->words_end))
		return SAID_ASIDE;
	return s->claim || s->klass ? SAID_MORE : SAID_ASIDE;
}

/* `prior` is the figure before it, those in brackets left out. */
static enum said_kind last_kind(struct reading *r, struct said *s,
				const struct said *prior,
				const struct said *next)
{
	if (!s->claim && !s->klass && next && next->sentence == s->sentence)
		s->claim = claim_ahead(r, s, next);
	if (claim_fits(r, "^、[0-9０-９]", s->figure.end, s->sentence_end) &&
	    !s->claim && !s->klass)
		return SAID_ASIDE; /* 与上年的12件、8件相比 */
	if (prior && claim_fits(r, bare_last, s->window, s->words_end))
		take_claim(s, prior);
	return s->claim || s->klass ? SAID_LAST : SAID_ASIDE;
}

static enum said_kind from_kind(struct reading *r, struct said *s, size_t after)
{
	int year = year_in(r, s->window, s->words_end);
	const struct class_def *klass =
		s->klass ? NULL : claim_class(r, s->figure.start);

	s->last = year ? year == r->year - 1
		       : !claim_fits(r, "^、[0-9０-９,]+(?!年|[0-9])",
				     s->figure.end, s->sentence_end);
	if (!s->claim)
		s->claim = claim_wider(r, s, after);
	if (klass)
		s->carried = klass->columns;
	s->heard = s->claim;
	return (s->claim || s->klass) && s->last ? SAID_LAST : SAID_ASIDE;
}

/* Is it a figure of another matter, whatever its words? */
static bool is_silent(const struct reading *r, const struct said *s)
{
	int year = year_in(r, s->window, s->words_end);

	return (year && r->year && year != r->year) || s->channel ||
	       claim_fits(r, r->defs->silence, s->window, s->words_end);
}

static enum said_kind value_kind(const struct said *s)
{
	if (s->claim || s->sum_count > 1)
		return SAID_VALUE;
	return s->klass && (!s->topic || strcmp(s->topic->id, "other") != 0)
		       ? SAID_VALUE
		       : SAID_NOTHING;
}

/* 7件 before （含2件）: what stands in brackets is passed over, and shares. */
static const struct said *prior_of(const struct reading *r,
				   const struct said *list, size_t first,
				   size_t i)
{
	for (size_t k = i; k-- > first;)
		if (list[k].figure.unit != FIGURE_PERCENT &&
		    !clause_closes(r->at, list[k].figure.end,
				   list[i].figure.start))
			return &list[k];
	return NULL;
}

/* 有38人提交41件, 5家合计收到78件: theirs alone. */
static bool is_of_people(const struct reading *r, const struct said *list,
			 size_t first, size_t i)
{
	const struct said *s = &list[i];

	/* 3名申请人提交申请…，合计提交62件 */
	for (size_t k = first; k < i && s->claim && !s->claim->own_time; k++)
		if (list[k].figure.unit == FIGURE_OTHER &&
		    claim_fits(r, "^[名位个](?:自然人)?申请人",
			       list[k].figure.digits_end, s->figure.start))
			return true;
	return i > first && s->claim && !s->claim->own_time &&
	       list[i - 1].figure.unit == FIGURE_OTHER &&
	       claim_fits(r, r->defs->people, list[i - 1].figure.digits_end,
			  s->figure.start) &&
	       !claim_fits(r, "申请(?!人)|[一-龥]{9}", s->window, s->words_end);
}

/* 2023年结转: the year is one of the claim's own words. */
static bool names_year(const struct reading *r, const struct said *s)
{
	struct match m;

	return place_first(r->at, s->claim->pattern, s->window, s->words_end,
			   &m) &&
	       year_in(r, m.start, m.end);
}

/* 2024年末结转126件, 结转至2024年23件, in 2024: it may be either of them. */
static void take_both(const struct reading *r, struct said *s)
{
	if (!s->claim->closed || !names_year(r, s) ||
	    year_in(r, s->window, s->words_end) != r->year)
		return;
	for (size_t i = 0; i < r->defs->claim_count; i++)
		if (r->defs->claims[i].closed &&
		    r->defs->claims[i].value_count > 1)
			s->claim = &r->defs->claims[i];
}

/* 上年未审结的4件: last year is none of the claim's own words. */
static bool is_told_last(const struct reading *r, const struct said *s)
{
	struct match m, last;

	return place_first(r->at, last_words, s->window, s->words_end, &last) &&
	       place_first(r->at, s->claim->pattern, s->window, s->words_end,
			   &m) &&
	       last.end <= m.start;
}

/* 2023年底未办结: … is none of them. */
static bool is_year_ago(const struct reading *r, const struct said *s)
{
	if (claim_fits(r, "(?:比|较|与|同)(?:上年|去年|上一年)(?:度)?的?$",
		       s->window, s->words_end))
		return true;
	return r->year && year_in(r, s->window, s->words_end) == r->year - 1 &&
	       !names_year(r, s);
}

static bool is_joined(const struct reading *r, const struct said *list,
		      size_t k)
{
	return list[k].sentence == list[k + 1].sentence &&
	       !claim_fits(r, "(?!和|及|与|增|减|加|少)[一-龥]",
			   list[k].figure.end, list[k + 1].figure.start);
}

/* The run of joined figures that the i-th is in: they are asked for in turn. */
static void find_run(struct reading *r, const struct said *list, size_t first,
		     size_t i)
{
	size_t start = i, end = i;

	if (i >= r->run_start && i < r->run_end)
		return;
	while (start > first && is_joined(r, list, start - 1))
		start--;
	while (end + 1 < r->out->count && is_joined(r, list, end))
		end++;
	r->run_start = start;
	r->run_end = end + 1;
}

/* 处罚1346件、强制87件，比上年分别减少56件和8件: what the i-th of the differences
 * is of, or NULL. */
static const struct said *parted_from(struct reading *r,
				      const struct said *list, size_t first,
				      size_t i, bool *more)
{
	size_t start, end, back;

	find_run(r, list, first, i);
	start = r->run_start;
	end = r->run_end - 1;
	*more = list[start].more;
	back = end - i; /* so many claims are passed over */
	if (start == end ||
	    !claim_fits(
		    r,
		    list[start].more
			    ? "分别"
			    : "^(?:而)?(?:20\\d\\d年|今年|本年|上年|去年)(?:度)?(?:则)?分别(?:为|是)?$",
		    list[start].window, list[start].words_end))
		return NULL;
	for (size_t k = start; k-- > first;)
		if ((list[k].kind == SAID_VALUE || list[k].kind == SAID_LAST) &&
		    (list[k].claim || list[k].klass) && back-- == 0)
			return &list[k];
	return NULL;
}

/* 10件以上: at least, at most. */
static bool is_bound(const struct reading *r, const struct said *s)
{
	static const char *const bounds[] = { "以上", "以下", "以内", NULL };

	return s->figure.end < s->sentence_end &&
	       clause_mark(r->at, s->figure.end, bounds);
}

/* 自然人占78.9%（168件） */
static bool is_in_bracket(const struct reading *r, const struct said *before,
			  const struct said *s)
{
	return before && before->kind == SAID_SHARE && !before->last &&
	       !before->either && (before->part || before->part_class) &&
	       !s->claim && !s->klass &&
	       claim_fits(r, "^（(?:共)?$", before->figure.end,
			  s->figure.start);
}

/* 2022年至2024年分别为158件、176件、213件 */
static enum said_kind kind_of_told(struct said *s)
{
	s->last = s->year_told == TOLD_LAST;
	if (s->year_told == TOLD_OTHER)
		return SAID_ASIDE;
	if (!s->claim && !s->klass)
		return SAID_NOTHING;
	return s->last ? SAID_LAST : SAID_VALUE;
}

/* A value of this year, of last year's, or of one of them. */
static enum said_kind kind_by_year(struct reading *r, struct said *list,
				   size_t first, size_t i, enum period period,
				   const struct said *prior)
{
	struct said *s = &list[i];
	size_t from = s->window, to = s->words_end;

	if (s->claim && s->claim->own_time &&
	    (period == PERIOD_OWN || names_year(r, s)) && !is_year_ago(r, s)) {
		/* 结转至2024年 in 2024: last year's, most likely */
		s->either = (names_year(r, s) &&
			     year_in(r, s->window, s->words_end) == r->year) ||
			    is_told_last(r, s);
		take_both(r, s);
		return SAID_VALUE;
	}
	s->last = is_last(r, s, i > first ? &list[i - 1] : NULL, period);
	s->either = period == PERIOD_EITHER;
	if (!s->last && !s->claim && !s->klass &&
	    claim_fits(r, bare_now, from, to) &&
	    !claim_fits(r, "^(?:均|都|也|全部)*(?:未|没有)", s->figure.end,
			s->sentence_end))
		take_last(r, list, first, s);
	if (s->last)
		return last_kind(r, s, prior,
				 i + 1 < r->out->count ? s + 1 : NULL);
	return is_silent(r, s) ? SAID_ASIDE : value_kind(s);
}

enum said_kind kind_of_figure(struct reading *r, struct said *list,
			      size_t first, size_t i, size_t after)
{
	struct said *s = &list[i];
	size_t from = s->window, to = s->words_end;
	const struct said *prior = prior_of(r, list, first, i);
	enum period period = claim_period(r, s->figure.start);
	const struct said *parted;
	bool more;

	if (period == PERIOD_LAST && year_in(r, from, to) == r->year)
		period = PERIOD_OWN;
	if (s->year_told)
		return kind_of_told(s);
	if (is_in_bracket(r, i > first ? s - 1 : NULL, s)) {
		s->claim = s->heard = s[-1].part;
		s->klass = s[-1].part_class;
		return s->scope == SCOPE_OWN ? SAID_VALUE : SAID_ASIDE;
	}
	parted = period == PERIOD_OTHER ? NULL
					: parted_from(r, list, first, i, &more);
	if (parted && !more) {
		give_claim(s, parted);
		s->last = period == PERIOD_LAST;
		return s->last ? SAID_LAST : SAID_VALUE;
	}
	if (s->parted || period == PERIOD_OTHER ||
	    claim_fits(r, r->defs->silence_behind, s->figure.end,
		       s->sentence_end) ||
	    is_bound(r, s) || claim_fits(r, "各(?:有|为|占)?$", from, to))
		return SAID_ASIDE;
	if (claim_fits(r, from_words, from, to))
		return from_kind(r, s, after);
	if (claim_fits(r, to_words, from, to)) {
		if (prior)
			take_claim(s, prior);
		return s->claim || s->klass ? SAID_VALUE : SAID_NOTHING;
	}
	if (parted) {
		s->down = s->more ? s->down : s[-1].down;
		give_claim(s, parted);
		return SAID_MORE;
	}
	if (claim_fits(r, kind_more, from, to) || (s->rest && s->more))
		return more_kind(r, list, first, prior, s);
	if (i > first && list[i - 1].kind == SAID_MORE &&
	    !claim_fits(r, "[一-龥]", list[i - 1].figure.end, s->figure.start))
		return SAID_ASIDE; /* 分别增加96条、41条 */
	if (is_of_people(r, list, first, i))
		return SAID_ASIDE;
	return kind_by_year(r, list, first, i, period, prior);
}
