/* Words of a figure that do not stand right before it: behind it, before the
 * mark, in the clause ahead. */
#include <string.h>

#include "core/lint_claim_impl.h"

/* Do the words before the figure end in one of the list? */
static bool ends_in(const struct reading *r, const struct said *s,
		    const char *const *list)
{
	for (; *list; list++) {
		size_t n = strlen(*list);

		if (s->words_end - s->window >= n &&
		    clause_is_at(r->at, s->words_end - n, *list))
			return true;
	}
	return false;
}

/* 对76件申请予以公开, 尚有12件未办结, 43件部分公开: the words stand behind, all of
 * them. */
static bool leads_behind(const struct reading *r, const struct said *s,
			 size_t after)
{
	static const char lead[] =
		"^(?:的)?(?:政府信息公开|依|复议|诉讼)?(?:申请|事项|案件|答复)?(?:依法|依规|均|已|全部|及时|结果)*(?:作出|作了|做出|予以|同意|部分公开|全部公开|不予|无法|告知|按|因|以|属|不属于|要求|收取|未(?!公开|及时)|逾期|为(?:重复|上年|结转|信访|维持|纠正|不予|予以|部分)|本机关不掌握|没有现成|信访|重复|上年|结转|转入下|被|经复议|直接|维持|纠正|尚|正在)";

	static const char *const whole[] = { "对", "将", NULL };
	static const char *const some[] = { "有",   "另",   "其中",
					    "共",   "全年", "年内",
					    "本年", "年度", NULL };
	static const char *const rest[] = { "其余", "剩余", NULL };
	bool all = ends_in(r, s, whole), left = ends_in(r, s, rest);

	if (!all && !left && s->window != s->words_end && !ends_in(r, s, some))
		return false;
	if (claim_fits(r, "、|等", s->figure.end, after))
		return false; /* several reasons */
	if (left)
		return claim_fits(r, "^(?:申请)?(?:结转|转入下|尚?未办结)",
				  s->figure.end, after);
	if (all) /* 对2件答复申请复议: of the answers */
		return !clause_is_at(r->at, s->figure.end, "答复");
	return claim_fits(r, lead, s->figure.end, after);
}

/* 213件新收申请中: what they are stands behind; where that ends, or 0. */
static size_t named_behind(const struct reading *r, const struct said *s,
			   size_t after)
{
	static const char named[] =
		"^[^，。；、0-9]{0,12}?(?:申请|案件|答复|办理结果|办结件)(?=中)";
	struct match m;

	if (s->words_end > s->window &&
	    !claim_fits(r, "^(?:在|对|这|全年|全年的|上述|在?全部)$", s->window,
			s->words_end))
		return 0;
	return pattern_find(named, r->at->text + s->figure.end,
			    after - s->figure.end, 0, &m)
		       ? s->figure.end + m.end
		       : 0;
}

/* 8件申请被认定为信访举报: what stands before says nothing of it. */
const struct claim_def *claim_behind(const struct reading *r,
				     const struct said *before, struct said *s,
				     size_t after)
{
	static const char lead[] =
		"^(?:申请|答复|案件)?(?:被)?(?:认定为|属于|属|系|以|按)";
	size_t named = named_behind(r, s, after);
	const struct claim_def *found;
	struct said one = *s;

	if (s->figure.unit == FIGURE_PERCENT)
		return NULL;
	if (named)
		s->behind = after = named;
	else if (leads_behind(r, s, after))
		s->behind = after;
	else if (!claim_fits(r, lead, s->figure.end, after))
		return NULL;
	one.window = one.clause = one.since = s->figure.end;
	one.words_end = after;
	found = claim_find(r, &one, after);
	/* 34件不予公开的答复中，2件被申请复议: of those alone */
	return found && before && before->heard &&
			       before->sentence == s->sentence &&
			       claim_fits(r, "中，", s->since,
					  s->figure.start) &&
			       !claim_is_all(r, before->heard) &&
			       !claim_adds(r->form, before->heard, found)
		       ? NULL
		       : found;
}

/* 有18件当日办结: where the words behind that told it end; 0 when those before
 * did. */
size_t claim_told_behind(const struct reading *r, const struct said *s,
			 size_t after)
{
	size_t wide = s->clause > s->since ? s->clause : s->since;
	size_t from = s->claim->wide && wide < s->window ? wide : s->window;
	const char *words = r->at->text + s->figure.end;
	size_t len = after - s->figure.end;
	struct match m, n;

	if (claim_fits(r, s->claim->pattern, from, s->words_end) ||
	    !pattern_find(s->claim->after, words, len, 0, &m))
		return 0;
	if (pattern_find(s->claim->pattern, words, len, 0, &n) &&
	    n.start < m.end && n.end > m.end)
		m = n; /* 结转下 of 结转下年度 */
	return s->figure.end + m.end;
}

/* 行政许可方面，全年共作出决定213件; 收取信息处理费2件、380元: the words stand
 * before the mark. */
const struct claim_def *claim_before(const struct reading *r,
				     const struct said *before,
				     const struct said *s, size_t after)
{
	static const char little[] =
		"^[；，]?[^，。；]{0,16}方面[，：](?:全年|本年度?|年内|今年|20\\d\\d年度?)?(?:共|累计|共计)*(?:作出|办理|办结|发生|产生|收到|受理|新收|实施|有)?(?:了)?(?:行政)?(?:决定|案件|申请|许可|处罚|强制)*(?:共|计|为|有)*$";
	static const char heading[] = "方面";
	struct said one = *s;

	if (s->words_end > s->since &&
	    memmem(r->at->text + s->since, s->words_end - s->since, heading,
		   strlen(heading)) &&
	    claim_fits(r, little, s->since, s->words_end))
		return claim_wider(r, s, after);
	if (!before || s->figure.unit != FIGURE_YUAN ||
	    before->sentence != s->sentence ||
	    !claim_fits(r, "^[、，和及（](?:共|计|合计|金额|共计|收费)*$",
			s->since, s->figure.start))
		return NULL;
	one.window = before->window;
	one.words_end = before->words_end;
	return claim_find(r, &one, after);
}

/* 与2023年的176件相比，新收申请…: what it is of stands in the next clause. */
const struct claim_def *claim_ahead(struct reading *r, const struct said *s,
				    const struct said *next)
{
	struct said one = *s;

	if (!claim_fits(r, "^相?比，", s->figure.end, next->figure.start))
		return NULL;
	one.window = one.clause = one.since = s->figure.end;
	one.words_end = next->figure.start;
	one.topic = claim_topic(r, next->figure.start);
	return claim_find(r, &one, next->figure.start);
}
