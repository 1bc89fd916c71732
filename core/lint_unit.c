/* Q3, P7: names of units, the own one and others. */
#include <stdlib.h>
#include <string.h>

#include "core/lint_impl.h"
#include "core/mem.h"
#include "core/report_impl.h"
#include "core/rule_impl.h"
#include "core/site.h"
#include "core/str.h"
#include "core/tr.h"

#define HAN "[一-鿿]" /* \p{Han} has 、 and 。, too */

/* A place by its level, and the word for the level at its end: 城市, 社区 and
 * 城镇 are none, nor is 新乡 of 新乡市. */
static const char place[] =
	HAN "{1,4}族自治[州县旗]|" HAN "{1,4}?(?:自治[区州]|[省县]|街道|"
	    "旗(?!区)|"
	    "(?<![城超门])市|(?<![社园专地城小景校辖库学发])区|"
	    "(?<![乡城村集])镇(?!市)|"
	    "(?<![城下返侨家])乡(?![市县区]))";
static const char level[] = "(?:自治[区州]|[省市县区旗镇乡]|街道)$";

/* ---- names ---- */

/* Each of a list parted by ；, which is more than one byte, or by ;. */
static bool next_name(const char **rest, const char **name, size_t *len)
{
	static const char mark[] = "；";
	size_t n = sizeof mark - 1;

	while (**rest == ';' || strncmp(*rest, mark, n) == 0)
		*rest += **rest == ';' ? 1 : n;
	*name = *rest;
	while (**rest && **rest != ';' && strncmp(*rest, mark, n) != 0)
		++*rest;
	*len = (size_t)(*rest - *name);
	return *len > 0;
}

bool lint_begins_with_unit(const char *names, const char *text)
{
	const char *name;
	size_t len;

	while (next_name(&names, &name, &len))
		if (strncmp(text, name, len) == 0)
			return true;
	return false;
}

/* Is the name part of one of the unit's, or of one that may be named? */
static bool is_known(const struct job *job, const char *name, size_t len)
{
	const struct unit *u = job->in->unit;
	const char *const texts[] = { report_unit(job->now),
				      u ? u->aliases : "",
				      u ? u->reports_to : "",
				      u ? u->counted_in : "",
				      lint_site(job)->names };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (memmem(texts[i], strlen(texts[i]), name, len))
			return true;
	return false;
}

/* The own place, the last one in the unit's name: 南海区 of 佛山市南海区…局;
 * what follows is the body. */
struct own_name {
	const char *body;
	struct match place;
};

static struct own_name own_name(const struct job *job)
{
	const char *name = report_unit(job->now);
	struct own_name own = { name, { 0, 0 } };
	size_t len = strlen(name), at = 0;
	struct match m;

	while (pattern_find(place, name, len, at, &m) && m.start == at) {
		own.place = m;
		at = m.end;
	}
	own.body = name + at;
	return own;
}

/* ---- Q3: another unit where this one should stand ---- */

/* The place of the name and what follows it. */
static size_t place_length(const char *name, size_t len)
{
	struct match m;
	size_t at = 0;

	while (pattern_find(place, name, len, at, &m) && m.start == at)
		at = m.end;
	return at;
}

static size_t level_at_end(const char *name, size_t len)
{
	struct match m;

	return pattern_find(level, name, len, 0, &m) ? m.start : len;
}

/* 旌德县 beside 泾县, 焦作市公安局 beside 新乡市公安局; a city by itself may
 * be one of the own city's. */
static bool is_same_kind(const struct job *job, const char *name, size_t len)
{
	struct own_name own = own_name(job);
	const char *unit = report_unit(job->now);
	size_t at = place_length(name, len), mine = own.place.end;
	size_t a = level_at_end(name, at), b = level_at_end(unit, mine);
	bool bare = at == len;

	if (mine == 0 || at == 0 || at - a != mine - b ||
	    memcmp(name + a, unit + b, at - a) != 0)
		return false;
	if (bare)
		return strncmp(name + a, "市", strlen("市")) != 0;
	return strncmp(own.body, name + at, len - at) == 0 ||
	       (strncmp(own.body, "人民政府", strlen("人民政府")) == 0 &&
		strncmp(name + at, "政府", strlen("政府")) == 0);
}

/* Is one of the rule's words there, which make any name a subject? */
static bool follows_word(const struct job *job, const char *rest)
{
	for (size_t i = 0; i < job->rule->word_count; i++)
		if (strncmp(rest, job->rule->words[i],
			    strlen(job->rule->words[i])) == 0)
			return true;
	return false;
}

static bool is_foreign(const struct job *job, const char *text, struct match m)
{
	const char *name = text + m.start, *unit = report_unit(job->now);
	size_t len = m.end - m.start, at;
	struct own_name own = own_name(job);

	if (is_known(job, name, len))
		return false;
	/* 根据贵办通知: to whom it was sent */
	if (strncmp(name, "贵", strlen("贵")) == 0 && len <= 3 * strlen("贵"))
		return true;
	at = place_length(name, len);
	if (at == 0 || is_known(job, name, at) ||
	    (own.place.end > 0 && memmem(name, len, unit + own.place.start,
					 own.place.end - own.place.start)))
		return false;
	return follows_word(job, text + m.end) || is_same_kind(job, name, len);
}

void lint_other_unit(const struct job *job)
{
	if (*report_unit(job->now))
		lint_filtered(job, is_foreign);
}

/* ---- P7: a document that may not be public, unless it is the own one ---- */

static bool is_others(const struct job *job, const char *text, struct match m)
{
	static const char mark[] = "《";
	const struct unit *u = job->in->unit;
	const char *title = text + m.start + sizeof mark - 1;

	return strncmp(text + m.start, mark, sizeof mark - 1) != 0 ||
	       !(lint_begins_with_unit(report_unit(job->now), title) ||
		 (u && lint_begins_with_unit(u->aliases, title)));
}

void lint_quoted(const struct job *job)
{
	lint_filtered(job, is_others);
}
