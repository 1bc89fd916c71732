/*
 * lint_claim - what each figure of a paragraph is said of: the form's claims,
 * found by the words around it.
 *
 * Only the words are looked at here, never the tables: what is found stays
 * true as long as the paragraph stands.
 */
#ifndef CORE_LINT_CLAIM_H
#define CORE_LINT_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/figure.h"
#include "core/lint_prose.h"
#include "core/reference.h"
#include "core/unit.h"

enum said_kind {
	SAID_NOTHING, /* of nothing that is known here */
	SAID_VALUE,   /* of a claim's values, or a class of them */
	SAID_LAST,    /* … of last year's */
	SAID_MORE,    /* how many more or fewer than last year's */
	SAID_SHARE,   /* per cent of something */
	SAID_RATE,    /* the same, called …率 */
	SAID_CHANGE,  /* per cent more or less than last year */
	SAID_ASIDE, /* another year, a part of the year, a way it came in … */
};

enum said_year {
	TOLD_NO,
	TOLD_OWN,
	TOLD_LAST,
	TOLD_OTHER
};

enum plain_word {
	PLAIN_UNKNOWN,
	PLAIN_NO,
	PLAIN_YES
};

enum said_scope {
	SCOPE_OWN,
	SCOPE_OFFICE, /* 本办: the office of whom the report is about */
	SCOPE_PART,   /* 县教育局 in a county's report */
	SCOPE_WIDER,  /* 全国, 全市 */
};

enum {
	SUMMED = 4, /* claims named together: 不予公开、无法提供共 */
	OTHERS = 4, /* a part of the claim that stood before it … */
};

struct said {
	struct figure figure; /* offsets in the paragraph */
	bool reference;       /* {PATH}: `at` is it, the value is not known */
	struct reference at;
	enum said_kind kind;
	enum said_scope scope;
	const struct topic_def *topic; /* spoken of, or NULL */
	const struct claim_def *claim; /* or NULL */
	const struct claim_def *heard; /* the same, set aside or not */
	const struct class_def *klass; /* … of its values, or of `row`'s */
	const struct class_def *joined[2]; /* 甲和乙的申请: added to it */
	const struct claim_def *row;       /* spoken of before it, or NULL */
	/* the columns that it may be of, too: of the class, or of the result,
	 * that was told before it; or NULL */
	const char *carried;
	const struct claim_def *summed[SUMMED]; /* two or more: their sum */
	size_t sum_count;
	bool sum_loose; /* … or the value of the claim itself */
	const struct claim_def *others[OTHERS];
	size_t other_count;
	/* of a share: what stands before 占, if it is named there */
	const struct claim_def *part;
	const struct class_def *part_class;
	const struct class_def *whole_class; /* … and behind it */
	size_t since; /* where the figure before it ends, or the sentence
			 begins */
	size_t window, words_end; /* the words before it; with 分别 its own */
	size_t behind;            /* … end, if they stand behind it; or 0 */
	size_t clause;            /* where its clause begins */
	size_t sentence, sentence_end;
	bool row_told; /* ；结转件中自然人5件: its row, named anew */
	bool channel;  /* 信函39件 */
	bool parted;   /* 分别, but it cannot be told which */
	bool total;    /* 合计, 共 */
	bool down;     /* a change downwards */
	enum plain_word plain; /* are all its words understood? asked for when
				  it matters */
	bool within;           /* 其中 */
	bool own_named;        /* 全县 stands before it */
	bool last;             /* the words say that it is last year's */
	bool either;           /* it may be of the other year, too */
	bool points;           /* 个百分点 */
	bool more;             /* how many more or fewer */
	enum said_year year_told; /* of 2023年、2024年分别为 */
	size_t rest; /* of 甲、乙分别比上年增加: where 分别 ends, or 0 */
	size_t whole_from, whole_to; /* of 甲、乙分别占总数的: the words of the
					whole */
	size_t share_of; /* of 分别占: the figure it is the share of, + 1 */
};

/* 未收到…申请, 均已办结: words that say 0. */
struct none_said {
	const struct claim_def *claim;
	enum said_scope scope;
	size_t start, end;
};

struct claims {
	char *text;    /* of the paragraph */
	char *name;    /* of the office */
	bool slips;    /* something like a reference stands in it */
	bool levels;   /* 持平 or 翻番 does */
	bool brackets; /* （ or ( does */
	struct said *list;
	size_t count, room;
	struct none_said *nones;
	size_t none_count, none_room;
};

/* What is said in the paragraph; kept with it.  `unit` may be NULL, year the
 * report's (0: not known). */
const struct claims *claims_of(const struct form_def *form,
			       const struct place *at, const struct unit *unit,
			       int year);
void claims_free(struct claims *c);

/* Is the paragraph a heading over those that follow? */
bool claim_is_heading(const char *s, size_t len);

/* Are the words text[from..to) of a sentence all understood? */
bool claim_plain(const struct form_def *form, const char *text, size_t sentence,
		 size_t from, size_t to);
/* … those before the figure c->list[i] */
bool said_plain(const struct form_def *form, const struct claims *c, size_t i);

/* The values that a said figure may have: how many, and the i-th as cells and
 * their count.  A class of applicants has a column of its row's values. */
struct allowed {
	size_t cells[16];
	size_t count;
};
size_t claim_allowed(const struct form_def *form, const struct said *s,
		     size_t i, struct allowed *out);

#endif
