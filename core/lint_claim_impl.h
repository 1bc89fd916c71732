/*
 * lint_claim_impl - what the files that read claims share: one paragraph being
 * read.
 */
#ifndef CORE_LINT_CLAIM_IMPL_H
#define CORE_LINT_CLAIM_IMPL_H

#include "core/lint_claim.h"
#include "core/str.h"

enum mark_kind {
	MARK_TOPIC,
	MARK_SCOPE,
	MARK_PERIOD,
	MARK_CLASS,
	MARK_KINDS
};

enum period {
	PERIOD_OWN,
	PERIOD_LAST,   /* last year */
	PERIOD_EITHER, /* last year was named in a clause before it */
	PERIOD_OTHER,  /* a part of the year, another one, several */
};

/* A topic, a scope, a time or a class named in a sentence. */
struct mark {
	enum mark_kind kind;
	size_t start, end; /* in the paragraph */
	const struct topic_def *topic;
	enum said_scope scope;
	enum period period;
	const struct class_def *klass;
};

/* Reading one paragraph. */
struct reading {
	const struct form_def *form;
	const struct claims_def *defs;
	const struct place *at;
	const char *own_wide; /* 全县 of a county */
	const char *own_name;
	int year;
	bool divides; /* a government: its office is not the whole */
	struct claims *out;
	enum plain_word *named;        /* by claim, when it was asked for */
	const struct topic_def *topic; /* of the sentence before, or heading */
	size_t topic_to;               /* … of those that end before this */
	const struct claim_def *row;   /* spoken of last */
	const struct class_def *klass; /* the only one of the sentence before */
	enum said_scope scope; /* of whom the paragraph's sentences began */
	size_t from, to;       /* the sentence being read */
	struct mark *marks;    /* in it; found when first asked for */
	size_t mark_count, mark_room;
	bool marked[MARK_KINDS];
	size_t run_start, run_end; /* figures of it joined in a list: the last
				      that was asked for, to behind it */
};

/* ---- lint_clause.c ---- */

/* What ends a sentence; a word group; what a figure is followed by; a clause. */
extern const char *const clause_stops[],
	*const clause_pauses[], *const clause_ends[], *const clause_marks[];

bool clause_is_at(const struct place *p, size_t at, const char *word);
/* Bytes of the mark of the list that stands at `at`, or 0. */
size_t clause_mark(const struct place *p, size_t at, const char *const *marks);
/* Behind the last mark of the list before `at`, not before `from`. */
size_t clause_behind(const struct place *p, size_t from, size_t at,
		     const char *const *marks);
/* The first mark at or after `at`, or `to`. */
size_t clause_next(const struct place *p, size_t at, size_t to,
		   const char *const *marks);
/* Does the pattern (may be NULL) match between from and to? */
bool claim_fits(const struct reading *r, const char *pattern, size_t from,
		size_t to);
/* The paragraph's figures, references among them. */
void clause_figures(const struct form_def *form, const struct place *p,
		    struct claims *out);
/* Nothing but 共, 为, 计 … there? */
bool clause_says_little(const struct place *p, size_t from, size_t to);
size_t clause_window(const struct reading *r, const struct said *before,
		     const struct said *s);
/* Does a bracket end between them that did not begin there? */
bool clause_closes(const struct place *p, size_t from, size_t to);
/* The names in 甲、乙和丙, as places; 0 when they cannot be told. */
size_t clause_names(const struct place *p, size_t from, size_t to,
		    struct match *names, size_t room);
/* Give the figures of a sentence behind 分别 the words of their names. */
void clause_distribute(struct reading *r, struct said *list, size_t count);

/* ---- lint_marks.c ---- */

/* The topic of a heading, or NULL. */
const struct topic_def *claim_heading(const struct reading *r, const char *s,
				      size_t len);
/* The last topic that the sentence names before `limit`, or that of the ones
 * before it. */
const struct topic_def *claim_topic(struct reading *r, size_t limit);
/* The one named between, or NULL. */
const struct topic_def *claim_topic_in(struct reading *r, size_t from,
				       size_t to);
/* The last scope that the sentence names before `limit`. */
enum said_scope claim_scope(struct reading *r, size_t limit);
/* The time that it names last before `limit`. */
enum period claim_period(struct reading *r, size_t limit);
/* The class that it names last before `limit`; or the one that the sentence
 * before it was about. */
const struct class_def *claim_class(struct reading *r, size_t limit);
/* Is the report's own scope (全县) named between? */
bool claim_names_own(struct reading *r, size_t from, size_t to);
/* The sentence was read: what it leaves to the next. */
void claim_carry(struct reading *r, bool figures);

/* ---- lint_kind.c ---- */

/* Words of a share, a fall, a difference, a total. */
extern const char kind_share[], share_behind[], kind_down[], kind_more[],
	kind_total[];
/* Does the last word of a change between tell a fall? */
bool kind_is_down(const struct reading *r, size_t from, size_t to);
/* Is it the share before it, in another year? */
bool kind_same_share(const struct reading *r, const struct said *before,
		     const struct said *s);
/* 增至, 变为 … */
bool kind_is_to(const struct reading *r, const struct said *s);
/* Of which year is the share? */
void kind_of_year(struct reading *r, struct said *s);
enum said_kind kind_of_percent(const struct reading *r, const struct said *s);
/* Of list[i]; its words are found.  `after`: where the words behind it end. */
enum said_kind kind_of_figure(struct reading *r, struct said *list,
			      size_t first, size_t i, size_t after);

/* ---- lint_behind.c ---- */

/* 对76件申请予以公开: the claim of the words behind; or NULL. */
const struct claim_def *claim_behind(const struct reading *r,
				     const struct said *before, struct said *s,
				     size_t after);
/* Where the words behind that told s->claim end; 0 when those before did. */
size_t claim_told_behind(const struct reading *r, const struct said *s,
			 size_t after);
/* 行政许可方面，全年213件: the claim of the words before the mark; or NULL. */
const struct claim_def *claim_before(const struct reading *r,
				     const struct said *before,
				     const struct said *s, size_t after);
/* The claim of the clause behind 与…相比; or NULL. */
const struct claim_def *claim_ahead(struct reading *r, const struct said *s,
				    const struct said *next);

/* ---- lint_class.c ---- */

/* A row of a table with a column of totals: a class is one of the others. */
bool claim_has_columns(const struct reading *r, const struct claim_def *c);
/* The class that the words between name, or NULL. */
const struct class_def *class_in(const struct reading *r, size_t from,
				 size_t to);
/* The class of the figure: before it, behind it, beside its row's words. */
const struct class_def *class_of(const struct reading *r, const struct said *s,
				 size_t after);
/* The classes named before it that have no figure of their own. */
void class_join(const struct reading *r, struct said *s);
/* The row, where it stands in the clause before or is named anew. */
void class_row(struct reading *r, struct said *s, size_t after);

/* ---- lint_level.c ---- */

/* 持平, 翻番 */
extern const char level_words[];

/* ---- lint_said.c ---- */

/* The claim whose words stand before the comma; or NULL. */
const struct claim_def *claim_wider(const struct reading *r,
				    const struct said *s, size_t after);

/* The first claim that the words of `s` make, those up to `after` told; or
 * NULL. */
const struct claim_def *claim_find(const struct reading *r,
				   const struct said *s, size_t after);
/* 新收, 收办, 办结: is it of all requests? */
bool claim_is_all(const struct reading *r, const struct claim_def *c);
/* Is the second claim's value a part of the first's? */
bool claim_adds(const struct form_def *form, const struct claim_def *whole,
		const struct claim_def *part);
bool claim_topic_fits(const struct reading *r, const struct claim_def *c,
		      const struct topic_def *topic, size_t to);
/* Fill in what list[i] is said of; first and count: the figures of its
 * sentence. */
void claim_judge(struct reading *r, struct said *list, size_t first,
		 size_t count, size_t i);

#endif
