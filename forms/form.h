/*
 * form - what a report asks: one XML file an edition, loaded into tables.
 *
 * A form is constant once loaded and shared by every report made from it.  Its
 * texts lie in the parsed file, all else in one arena; both die with
 * form_free().
 * Cells are numbered 0 .. cell_count-1 in printed order, the derived ones (sums
 * that are readable but stand in no table) last.  The language of the file is
 * described by form.rng beside it and by the comments there.
 *
 * Texts of a form are Chinese and are never translated.
 */
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct xml;

#define FORM_NO_CELL ((size_t)-1)

enum field_kind {
	FIELD_PROSE,  /* paragraphs */
	FIELD_LINE,   /* one line of text */
	FIELD_COUNT,  /* whole number >= 0 */
	FIELD_AMOUNT, /* number >= 0, up to `decimals` decimals */
	FIELD_DATE,   /* YYYY-MM-DD */
	FIELD_CHOICE, /* one of `choices` */
};

enum severity {
	SEVERITY_HARD,
	SEVERITY_SOFT,
	SEVERITY_HINT,
	SEVERITY_COUNT
};

/* Any member may be NULL. */
struct help {
	const char *meaning; /* what it counts, in our words */
	const char *basis;   /* the clause */
	const char *example;
	const char *mistake; /* the common one */
};

/* A term of a computed sum. */
struct part {
	size_t cell;
	int sign; /* +1 or -1 */
};

struct section_def;
struct grid_def;
struct band_def;

struct column_def {
	const char *id;    /* "natural" */
	const char *label; /* as printed: 自然人 */
	const char *brief; /* heads on narrow screens: 商企 */
	struct help help;
	bool sum; /* computed from the other columns */
};

/* A head line over rows, （三）不予公开; it has no cells. */
struct group_def {
	const char *label, *brief;
	const struct group_def *parent; /* 三、本年度办理结果, or NULL */
};

struct row_def {
	const char *id;    /* "refused_internal" */
	const char *label; /* as printed: 5.属于三类内部事务信息 */
	const char *brief; /* 5.三类内部事务 */
	const char *say;   /* in sentences: 不予公开5.三类内部事务 */
	const char *full; /* group and label: （三）不予公开 5.属于… */
	const char *initials;          /* pinyin initials, lower case */
	const struct group_def *group; /* or NULL */
	const struct band_def *band;
	struct help help;
	bool sum;            /* every cell is computed (（七）总计) */
	bool sticky;         /* stays in sight while the others scroll */
	const size_t *cells; /* one a column of the band, in order */
};

/* Rows that share their columns.  Table two has four, the others one. */
struct band_def {
	const char *label; /* 第二十条第（一）项, or NULL */
	const struct column_def *columns;
	size_t column_count;
	const struct row_def *rows;
	size_t row_count;
};

enum print_align {
	PRINT_LEFT,
	PRINT_CENTRE
};

/* A printed cell: a fixed text (a head or a row's label), or a value. */
struct print_cell {
	const char *text; /* or NULL */
	size_t cell;      /* or FORM_NO_CELL */
	int colspan, rowspan;
	enum print_align align;
	bool band; /* the shaded lines of table two */
};

struct print_row {
	const struct print_cell *cells; /* covered cells are left out */
	size_t count;
	bool head;  /* repeats at the top of a page */
	int height; /* at least, twips; 0: as it comes */
};

struct print_table {
	const int *widths; /* of the template's columns, twips */
	size_t columns;
	const struct print_row *rows;
	size_t row_count;
};

struct grid_def {
	const struct section_def *section;
	const char *title; /* 本年度收到和处理申请（件） */
	const struct band_def *bands;
	size_t band_count;
	size_t column_max;                 /* the widest band */
	const struct row_def *const *rows; /* of all bands, in order */
	size_t row_count;
	struct print_table print;
};

struct choice_def {
	const char *value, *label;
};

struct field_def {
	const char *id;    /* "text" */
	const char *label; /* 总体情况 */
	const char *brief;
	const char *unit; /* 元, 件, or NULL */
	const char *initials;
	enum field_kind kind;
	int decimals; /* of an amount */
	size_t limit; /* prose, line: characters; 0 none */
	struct help help;
	const struct choice_def *choices;
	size_t choice_count;
	bool optional; /* not counted in n/m, never a finding */
	bool may_skip; /* counted, but blank is well when `unless` holds */
	const size_t *unless; /* cells that must all be answered for that */
	size_t unless_count;
	bool printed; /* the paragraph of a prose field, a note line … */
	size_t cell;
};

/* What stands in a section, in order: one member is set. */
struct entry_def {
	const struct field_def *field;
	const struct grid_def *grid;
};

enum item_judge {
	ITEM_CLERK,  /* the clerk ticks it */
	ITEM_WORDS,  /* ticked when the section's prose has one of the words */
	ITEM_TOPIC,  /* … when a rule named finds its label spoken of */
	ITEM_FILLED, /* … when every cell named is answered */
	ITEM_RULES,  /* … when no finding of the rules named stands here */
};

struct item_def {
	const char *id;    /* "overview.platform" */
	const char *label; /* 平台建设: the short outline line */
	const char *text;  /* the whole item, for the checklist */
	const char *basis;
	const char *kinds; /* unit kinds it is for, or NULL: all */
	enum item_judge judge;
	const char *const *words; /* words, or rule ids */
	size_t word_count;
	const size_t *cells;
	size_t cell_count;
};

/* A sentence printed before the section's text, made from fields.  The first
 * pattern whose condition holds is used; {PATH} prints a value. */
struct sentence_def {
	const char *pattern;
	const size_t *zero; /* all of these must be 0 */
	size_t zero_count;
	const size_t *positive; /* all of these must be > 0 */
	size_t positive_count;
	const size_t *needs; /* all of these must be answered */
	size_t needs_count;
};

struct section_def {
	const char *id;     /* "requests" */
	const char *number; /* 三 */
	const char *title;  /* 收到和处理政府信息公开申请情况 */
	const char *brief;  /* 申请: the tab line */
	const char *guide;  /* what the template asks */
	struct help help;
	const struct entry_def *entries;
	size_t entry_count;
	const struct grid_def *grid; /* or NULL */
	const struct item_def *items;
	size_t item_count;
	const struct sentence_def *sentences;
	size_t sentence_count;
	const char *sentence_silencer; /* not printed if the text says this */
	size_t index;
	bool meta; /* title, lead, date …: no section of the report */
};

struct cell_def {
	const char *path; /* "requests.new.natural", stable for ever */
	const struct section_def *section;
	const struct field_def *field; /* or, in a grid, NULL and … */
	const struct grid_def *grid;
	const struct row_def *row;
	const struct column_def *column;
	size_t row_index, column_index; /* in grid->rows, in the band */
	enum field_kind kind;
	int decimals;
	size_t limit;             /* characters, 0 none */
	int64_t max;              /* numbers: the largest, units of 0.0001 */
	const struct part *parts; /* computed: what it adds up */
	size_t part_count;
	bool derived;  /* readable only: no table, no screen, not in 200 */
	bool allow_na; /* 不适用 may be answered */
	bool required; /* counted in m of n/m */
	bool opening;  /* asked for when last year is not in the store */
	size_t carried_from; /* cell of last year's report it takes, or none */
	const char *say;     /* 不予公开5.三类内部事务 · 自然人 */
};

enum relation_op {
	REL_EQ,
	REL_LE,
	REL_GE
};

struct term_def {
	size_t cell;
	int sign;
	bool previous;   /* last year's report */
	const char *say; /* 新收 */
};

/* One relation a finding can come from; a rule "over columns" has one a
 * column. */
struct relation_def {
	const struct section_def *section;
	const char *where; /* 自然人列 */
	const struct term_def *left, *right;
	size_t left_count, right_count;
	const char *left_say, *right_say; /* 一＋二, or NULL */
	enum relation_op op;
	bool is_total; /* folded into a broken relation of another column */
};

enum rule_kind {
	RULE_RELATION,
	RULE_CHECK,   /* a named check in core/lint.c */
	RULE_PATTERN, /* PCRE2 over the prose of `sections` */
};

struct rule_def {
	const char *id; /* "N1A" */
	enum rule_kind kind;
	enum severity severity;
	const char *title; /* 各列收办平衡 */
	const char *asks;  /* what the rule asks, a sentence */
	const char *why, *basis, *remedy;
	const char *right, *wrong; /* examples */
	const char *silence;       /* how a clerk answers for it */
	const char *when;          /* it is judged, if not always; or NULL */
	const char *check;         /* name of the check */
	const char *pattern;       /* PCRE2 */
	const char *message;       /* of checks and patterns, with {match} */
	const char *const *with;   /* words of which one is in every match */
	size_t with_count;
	const char *except;     /* patterns: what may stand there after all */
	const char *hard_kinds; /* unit kinds for which soft becomes hard */
	const char *kinds;      /* unit kinds it is asked of, or NULL: all */
	bool printed_only; /* judged only where a sum has a printed number */
	bool as_source;    /* sums count as printed, where they are */
	bool fold_total;
	bool lapses; /* a site may say that documents lapse, unrepealed */
	const char *const *words; /* of a check: what it is told */
	size_t word_count;
	const char *any_word;  /* 错|错: their wrong halves as a pattern */
	const char *yields_to; /* ids: one of these broken in the same row or
				* column is the same cause, and says it better */
	const struct relation_def *relations;
	size_t relation_count;
	const size_t *cells; /* of a check or pattern: where it looks */
	size_t cell_count;
};

/* A pattern of the file (PCRE2, which forms/ does not know), wherever it stands:
 * lint_form() looks at them. */
struct pattern_def {
	const char *text, *attribute;
	int line; /* of the file */
};

/*
 * What the texts say of figures.  A figure is taken for a claim on a value: the
 * first claim whose pattern fits the words before it (or behind it), in a
 * sentence that speaks of its topic.  It is right when it equals any of the
 * values.  All patterns are PCRE2.
 */

/* A value that words allow: a cell or a sum of cells. */
struct value_def {
	const size_t *cells;
	size_t count;
};

/* What a sentence speaks of: the last of the topics and of the other matters
 * named before a figure. */
struct topic_def {
	const char *id;      /* "request"; "other": none of the report's */
	const char *pattern; /* names it */
	const char *needs;   /* must stand in the paragraph or heading, too */
	const struct topic_def *later; /* what it is in sentences that follow;
					  NULL: the same */
};

struct claim_def {
	const char *id;                /* "concluded", stable */
	const char *say;               /* 办结总计 */
	const struct topic_def *topic; /* or NULL: the words suffice */
	const char *pattern;           /* before the figure */
	const char *after;             /* or behind it; may be NULL */
	const char *unless; /* … beside them: it is no claim after all */
	const char *shun;   /* … in the sentence */
	const char *needs;  /* must stand in the sentence; may be NULL */
	const char *before; /* … before the figure in the sentence */
	const char *told; /* where 涉及 alone tells it, this must stand in the
			     sentence before it or in its clause */
	const char *past; /* … behind it in its clause, past other figures */
	int64_t scale;    /* of 元: units of the cell, 10000 where 万元 */
	bool yuan;        /* a sum of money, else cases */
	bool none;        /* the words say that there is none: 0 */
	bool own_time;    /* 上年 is part of its words */
	bool free;        /* its words tell the topic, if none is named */
	bool closed;      /* what 其中 says behind it is only its own */
	bool wide;        /* its words are those of the clause */
	const struct value_def *values;
	size_t value_count;
};

/* A class of applicants, for the rows that were spoken of. */
struct class_def {
	const char *pattern; /* names it */
	const char *alone;   /* … as the applicant, up to the figure */
	const char *columns; /* "natural", or several: their sum */
	const char *say;
};

struct claims_def {
	const struct topic_def *topics;
	size_t topic_count;
	const struct claim_def *claims;
	size_t claim_count;
	const struct class_def *classes;
	size_t class_count;
	const struct value_def *rows; /* of a class alone, column total */
	size_t row_count;
	const char
		*silence;   /* words before a figure that make it another one */
	const char *people; /* 人, 家: what has figures of its own */
	const char *neutral;        /* words that leave a figure what it is */
	const char *silence_behind; /* … behind a figure; may be NULL */
	const char *channel; /* 信函, 邮件 …: ways that a request comes */
	const char *office, *parts, *wider; /* 本办; 县教育局; 全国 */
	const char *denied; /* what a sentence that says none is about */
	const char *part_year, *whole_year; /* 上半年, 五年来; 全年, 本年 */
	const char *class_words;  /* one of these stands in every class's */
	const char *const *kinds; /* "建议 提案": there are no others */
	size_t kind_count;
};

/* A paragraph of the lead: sentences with {unit}, {year}, {site}, {PATH}. */
struct lead_def {
	const char *const *sentences;
	size_t count;
};

/* A legal date by unit kind: 报送 or 公布. */
struct deadline_def {
	const char *kind; /* "department", … */
	bool publish;     /* else hand in */
	int month, day;   /* of the year after the report's */
	const char *basis;
};

struct form_def {
	const char *file; /* where it was read */
	bool known;       /* it came with the program, make check has seen it */
	const char *id;   /* "ogi-2021" */
	const char *name; /* 政府信息公开工作年度报告 */
	const char *brief; /* 政府信息公开 */
	const char *basis; /* 国办公开办函〔2021〕30号 */
	const char *title; /* pattern: {unit}{year}年政府信息公开工作年度报告 */
	const char *const *title_pieces; /* of it, where it may be broken */
	size_t title_piece_count;
	const struct lead_def *leads; /* the lead, if an office wants one */
	size_t lead_count;
	int year_from, year_to; /* the edition's report years; 0: open */
	const struct section_def *sections; /* meta last */
	size_t section_count;
	size_t body_count; /* sections without meta */
	const struct cell_def *cells;
	size_t cell_count;
	const size_t *slots; /* paths hashed to cell + 1: form_cell() */
	size_t slot_count;   /* a power of two */
	const struct rule_def *rules;
	size_t rule_count;
	const struct pattern_def *patterns; /* of rules and others */
	size_t pattern_count;
	const struct deadline_def *deadlines;
	size_t deadline_count;
	struct claims_def claims;
	struct xml *document; /* the parsed file */
	void *arena;
};

/* Load and check a form file: well-formed, by form.rng, paths unique, every
 * name resolved, no loop of sums.  A wrong one is refused with file, line and
 * reason (ERR_FORM).  Free with form_free(). */
struct form_def *form_load(const char *path, struct err *err);
/* How many this program has loaded: while it is the same number, no text of a
 * form has come to lie where another one's was. */
unsigned form_loads(void);
void form_free(struct form_def *form);

/* The cell of a path, or FORM_NO_CELL. */
size_t form_cell(const struct form_def *form, const char *path);
/* Is `part` one of the cells that `whole` adds up, at any depth, or is its row
 * one of those that the row of `whole` adds up? */
bool form_adds(const struct form_def *form, size_t whole, size_t part);
const struct rule_def *form_rule(const struct form_def *form, const char *id);
const struct section_def *form_section(const struct form_def *form,
				       const char *id);
/* Does the list "a b c" (or NULL: everything) name `word`? */
bool form_lists(const char *list, const char *word);

/*
 * The set of forms at hand, found by id in $NIANBAO_FORMS (colon-separated
 * folders), the user's data folder ($XDG_DATA_HOME/nianbao/forms), FORMSDIR
 * and, of a program not installed yet, the source tree, in this order; a file
 * ID.xml.  Loaded on first use and kept.
 */
struct forms;
struct forms *forms_new(void);
void forms_free(struct forms *set);
const struct form_def *forms_get(struct forms *set, const char *id,
				 struct err *err);
/* The ids that can be found, sorted, ended by NULL; borrowed. */
const char *const *forms_ids(struct forms *set);
/* The path of a data file beside the forms (form.rng, report.rng); NULL if
 * there is none.  Free it. */
char *forms_data_path(const char *name);

#endif
