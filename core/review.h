/*
 * review - who may do what, and the deeds that change a report's state.
 *
 * One table of deeds × states × roles; commands and keys ask review_may().
 * review_do() judges the stored state in its own transaction: it changes
 * everything it said, with snapshot and history, or nothing.
 */
#ifndef CORE_REVIEW_H
#define CORE_REVIEW_H

#include "core/date.h"
#include "core/draft.h"
#include "core/tr.h"

/* X(name, word, in Chinese) */
#define DEED_LIST(X)                                                           \
	X(EDIT, "set", N_("填写"))                                             \
	X(SUBMIT, "submit", N_("送审"))                                        \
	X(WITHDRAW, "withdraw", N_("撤回"))                                    \
	X(RETURN, "return", N_("退回"))                                        \
	X(SIGN, "sign", N_("审签"))                                            \
	X(APPROVE, "approve", N_("核准"))                                      \
	X(PUBLISH, "publish", N_("登记公布"))                                  \
	X(REOPEN, "reopen", N_("重新打开"))                                    \
	X(DISCARD, "discard", N_("作废"))                                      \
	X(COMMENT, "comment", N_("批注"))                                      \
	X(EXPLAIN, "explain-finding", N_("情况说明"))                          \
	X(IMPORT, "import", N_("导入"))

enum deed {
#define DEED_ENUM(name, word, label) DEED_##name,
	DEED_LIST(DEED_ENUM)
#undef DEED_ENUM
	DEED_COUNT
};

const char *deed_word(enum deed deed);
const char *deed_label(enum deed deed); /* translated */

/* May this actor do it to a report in this state?  If not, the sentence says
 * its state and who can do what about it. */
bool review_may(const struct actor *actor, enum state state, enum deed deed,
		struct err *err);

/* What a signer can say; stored as it stands here, whatever the language. */
#define REVIEW_AGREED  N_("同意")
#define REVIEW_REFUSED N_("不同意")

struct review_args {
	const char *reason; /* return, reopen, discard: required */
	/* return: the cells it is about; what was said there since it was
	 * handed in is named by it, a cell with nothing said gets the reason. */
	const char *const *paths;
	size_t path_count;
	const char *step, *name, *opinion, *result; /* sign */
	bool paper;
	const char *date, *url, *index_no, *doc_no; /* publish */
	/* The digest of what was shown to whom it is done for, or NULL: it is
	 * refused when the data are others by now. */
	const char *seen;
};

/* Do it.  ERR_REFUSED with one sentence: not in this state or role; submit
 * with hard findings, unexplained soft ones or blanks; sign out of
 * order; approve with sign-off steps missing for this very digest; publish of
 * other data than were approved, or against a later 不同意; return or reopen
 * without a reason. */
enum err_code review_do(struct draft *d, enum deed deed,
			const struct review_args *args, struct err *err);

/* What submit and approve ask of the report itself: no hard findings, no soft
 * ones unexplained, nothing blank.  ERR_REFUSED names the first. */
enum err_code review_ready(struct draft *d, enum deed deed, struct err *err);
/* May this step be signed now: is there such a one, and were those before it
 * agreed to? */
enum err_code review_may_sign(struct draft *d, const char *step,
			      struct err *err);
/* Is it a word for the result ("" or NULL: agreed), can the report of that year be
 * published on that day?  ERR_INPUT says what there is. */
enum err_code review_check_result(const char *result, struct err *err);
enum err_code review_check_day(int year, const char *date, struct err *err);
/* Every required step is agreed to for the data as they are; else ERR_REFUSED
 * names those that are missing. */
enum err_code review_all_signed(struct draft *d, struct err *err);

/* Explain the finding of `rule` at `path` ("" or "-": the first that has no
 * explanation yet or, with an empty text, the first that has one).  When all
 * have one, "-" is ERR_INPUT with a sentence that names their places, and ""
 * goes to the first: that is where a finding without a place is. */
enum err_code review_explain(struct draft *d, const char *rule,
			     const char *path, const char *text,
			     struct err *err);

/* The sign-off steps of this store in order (setting signoff.steps), ended by
 * NULL; free the list with review_steps_free(). */
char **review_steps(struct store *s);
void review_steps_free(char **steps);
/* Is the step signed for the data as they are?  NULL if not. */
const struct signoff *review_signed(struct draft *d, const char *step);

/* What has changed since it was last returned (or, for a published or
 * approved one reopened, since then); empty if never. */
enum err_code review_changes(struct draft *d, struct difference **list,
			     size_t *count, struct err *err);

/* Was this version returned?  If not, those are the changes since it was opened
 * again. */
bool review_was_returned(struct draft *d);

/* Which version the registered publication is of; 0 when none is known to have
 * been published here. */
int review_published_version(struct draft *d);

/* Days to the nearest unmet date: 报送 while not submitted, 公布 while not
 * published.  *what is "报送" or "公布" (translated), *basis the clause or
 * local rule; false when there is none. */
bool review_deadline(struct draft *d, bool publish, struct date *due,
		     const char **basis);
/* The date itself, met or not. */
bool review_day(struct draft *d, bool publish, struct date *due,
		const char **basis);
bool review_due(const struct form_def *form, const struct unit *unit,
		const struct report_row *row, bool publish, struct date *due,
		const char **basis);

#endif
