/*
 * store - one SQLite file with every report, keystroke, change and comment.
 *
 * Everything is written in transactions; a function that changes something
 * opens one of its own unless store_begin() has.  Rows handed out are owned by
 * the caller (…_free).  Paths, not cell numbers, stand in the file, so that a
 * form file may grow.  Strings in rows are never NULL, "" is none.
 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/unit.h"

#define STORE_SCHEMA 2 /* PRAGMA user_version this program writes */

enum store_mode {
	STORE_READ,
	STORE_WRITE,
	STORE_CREATE
};

enum state {
	STATE_DRAFT,
	STATE_SUBMITTED,
	STATE_RETURNED,
	STATE_APPROVED,
	STATE_PUBLISHED,
	STATE_DISCARDED,
	STATE_COUNT
};

enum role {
	ROLE_CLERK = 1,
	ROLE_SUPERVISOR = 2,
	ROLE_TRAINER = 4,
	ROLE_ALL = 7,
};

struct actor {
	char *name;
	unsigned roles; /* of enum role */
};

struct store;

/*
 * Open.  STORE_CREATE makes a missing file (mode 0600; its folder 0700) and
 * writes; STORE_WRITE wants it to be there.  A store that cannot be written is
 * opened for reading when STORE_READ is asked.  Refused with one sentence
 * (ERR_STORE): a folder, no SQLite file, truncated, of a newer version, on a
 * network file system, no permission.  An older version is migrated after a
 * copy was put beside it.
 */
struct store *store_open(const char *path, enum store_mode mode,
			 struct err *err);
void store_close(struct store *s);
const char *store_path(const struct store *s);
bool store_is_demo(const struct store *s); /* 演示数据 */
enum err_code store_mark_demo(struct store *s, struct err *err);

/* $NIANBAO_DB, else $XDG_DATA_HOME/nianbao/nianbao.db, else
 * ~/.local/share/…; free it. */
char *store_default_path(void);

/* Nested calls are counted; only the outermost commits, and its `durable` (with
 * fsync) counts.  store_rollback() undoes all of it at once: what the outer
 * callers still write is refused until the outermost has ended.  A commit that
 * fails is followed by store_rollback().  A function with a transaction of its
 * own is durable, but for the journal's steps and the lock. */
enum err_code store_begin(struct store *s, struct err *err);
enum err_code store_commit(struct store *s, bool durable, struct err *err);
void store_rollback(struct store *s);

/* From `on` to off all reads see one state of the file and lock it once; nothing
 * may be written meanwhile.  Where that cannot be, they are as they always are. */
void store_reading(struct store *s, bool on);

/* ---- who ---- */

/* Act as `name` (NULL: the OS user).  Without users in the store everybody has
 * every role; with them an unknown name is refused. */
enum err_code store_sign_in(struct store *s, const char *name, struct err *err);
/* Before store_sign_in(): the OS user without any role. */
const struct actor *store_actor(const struct store *s);
/* Add one or change his roles.  The first user added enters the one who adds
 * him, too, with all roles (or, adding himself, as supervisor at least):
 * nobody could add the next otherwise.  From then on only a supervisor may
 * (ERR_REFUSED), and the last supervisor stays one. */
enum err_code store_user_add(struct store *s, const char *name, unsigned roles,
			     struct err *err);
/* What belongs to everybody (users, units, settings, the whole file) is changed
 * by a supervisor: ERR_REFUSED for others, `what` is what they wanted to do. */
enum err_code store_want_supervisor(const struct store *s, const char *what,
				    struct err *err);
enum err_code store_users(struct store *s, struct actor **list, size_t *count,
			  struct err *err);
void store_users_free(struct actor *list, size_t count);

/* ---- settings: key -> value; a default stands in core/setting.c ---- */
enum err_code store_config_set(struct store *s, const char *key,
			       const char *value, struct err *err);
/* The stored value or NULL; free it. */
char *store_config_get(struct store *s, const char *key);

/* ---- units ---- */

/* unit_check() first: ERR_INPUT and nothing changed.  A change goes into the
 * history of report 0, as that of a 口径 does. */
enum err_code store_unit_save(struct store *s, struct unit *u, struct err *err);
/* By name or alias, blanks around it left out; NULL and no error text when
 * there is none. */
struct unit *store_unit_find(struct store *s, const char *name);
struct unit *store_unit_load(struct store *s, int64_t id);
enum err_code store_units(struct store *s, struct unit ***list, size_t *count,
			  struct err *err);
void store_units_free(struct unit **list, size_t count);
/* The county's own word on what a row counts (口径), by path; free it. */
char *store_caliber_get(struct store *s, const char *form, const char *path);
enum err_code store_caliber_set(struct store *s, const char *form,
				const char *path, const char *text,
				struct err *err);

/* ---- reports ---- */
struct report_row {
	int64_t id, unit_id;
	char *unit, *form;
	int year;
	char *period; /* "" the whole year */
	enum state state;
	int version; /* 1, and one more each time it is reopened */
	int done, need, hard, soft, hint; /* soft: unexplained ones */
	bool stale;  /* what they depend on has changed since they were counted:
		     * draft_recount_row() */
	char *place; /* path of the cell left last, or "" */
	char *changed_at; /* moment of the last change */
	char *changed_by;
	char *submitted_at, *returned_at, *return_reason;
	char *published_on, *published_url, *index_no, *doc_no;
};

enum err_code store_report_add(struct store *s, int64_t unit_id,
			       const char *form, int year, int64_t *id,
			       struct err *err);
/* ERR_INPUT and a sentence if there is no such report. */
enum err_code store_report_row(struct store *s, int64_t id,
			       struct report_row *out, struct err *err);
/* The id of unit, form, year (discarded ones left out), or 0. */
int64_t store_report_find(struct store *s, int64_t unit_id, const char *form,
			  int year);
/* year 0 and unit NULL: all; newest year first, then by unit; discarded ones
 * only if asked; `limit` 0: all. */
struct report_filter {
	int year;
	const char *unit;
	int state; /* enum state or -1 */
	bool discarded;
	size_t limit;
};
enum err_code store_reports(struct store *s, const struct report_filter *filter,
			    struct report_row **list, size_t *count,
			    struct err *err);
/* The keys of what store_reports() lists, in its order: for a long list of
 * which one page is shown.  free() it. */
struct report_key {
	int64_t id, unit_id;
};
enum err_code store_report_keys(struct store *s,
				const struct report_filter *filter,
				struct report_key **list, size_t *count,
				struct err *err);
/* The report that was changed last, or 0. */
int64_t store_report_latest(struct store *s);
/* Another number than before: another program has written to the file. */
int64_t store_news(struct store *s);
/* How many there are of each state under that filter (limit left out). */
enum err_code store_reports_count(struct store *s,
				  const struct report_filter *filter,
				  size_t counts[STATE_COUNT], struct err *err);
void report_row_free(struct report_row *row);
void store_reports_free(struct report_row *list, size_t count);
/* Write state, version, counts, place, publication … back (id stays). */
enum err_code store_report_save(struct store *s, const struct report_row *row,
				struct err *err);
/* The counts of these reports (0: of any unit, of any year) are old: a setting,
 * the unit or last year has changed. */
enum err_code store_reports_stale(struct store *s, int64_t unit_id, int year,
				  struct err *err);
const char *state_word(enum state state);  /* draft submitted … */
const char *state_label(enum state state); /* 起草 待审核 …, translated */
bool state_parse(const char *word, enum state *out);

/* ---- cells ---- */
enum cell_slot {
	SLOT_VALUE,
	SLOT_PRINTED
};
struct stored_cell {
	char *path;
	enum cell_slot slot;
	char *text; /* as value_text() gives it: "12", "/", text */
	bool na;    /* text is "/" and means 不适用 */
};
enum err_code store_cells(struct store *s, int64_t report,
			  struct stored_cell **list, size_t *count,
			  struct err *err);
void store_cells_free(struct stored_cell *list, size_t count);
/* The same one by one, borrowed until the next: for who reads many reports. */
typedef void stored_cell_fn(void *to, const char *path, enum cell_slot slot,
			    const char *text);
enum err_code store_each_cell(struct store *s, int64_t report,
			      stored_cell_fn *fn, void *to, struct err *err);
/* `number` in units of 0.0001 for sums in SQL; text "" removes the row. */
enum err_code store_cell_save(struct store *s, int64_t report, const char *path,
			      enum cell_slot slot, const char *text, bool na,
			      bool is_number, int64_t number, struct err *err);

/* Opening figures: last year's values (paths of last year's report) taken from
 * a dialog or file where last year's report is not in the store. */
enum err_code store_opening_save(struct store *s, int64_t report,
				 const char *path, const char *text,
				 struct err *err);
enum err_code store_openings(struct store *s, int64_t report,
			     struct stored_cell **list, size_t *count,
			     struct err *err);

/* ---- the journal: every step of typing, and undo ----
 *
 * Steps are numbered 1, 2, … per report.  `at` is how far the report is
 * (undone steps stand behind it); `saved` is how far the cells table is.  A
 * new step drops what was undone.  store_step_add() is durable against the
 * program's death when it returns. */
struct step {
	int64_t number, group;
	char *path;
	enum cell_slot slot;
	size_t offset;
	char *removed, *inserted;
	char *moment, *user;
};
struct journal_state {
	int64_t at, saved, last;
	int64_t group; /* of the step `at`, 0 if none */
};
enum err_code store_journal(struct store *s, int64_t report,
			    struct journal_state *out, struct err *err);
/* Steps from..to, ascending. */
enum err_code store_steps(struct store *s, int64_t report, int64_t from,
			  int64_t to, struct step **list, size_t *count,
			  struct err *err);
void store_steps_free(struct step *list, size_t count);
/* Adds step at+1 (dropping undone ones) and moves `at`; only while `token`
 * holds the lock (else ERR_REFUSED with who took over). */
enum err_code store_step_add(struct store *s, int64_t report, int64_t token,
			     const struct step *step, struct err *err);
/* Move `at` (undo, redo). */
enum err_code store_journal_move(struct store *s, int64_t report, int64_t token,
				 int64_t at, struct err *err);
/* The cells table is now as far as `at`. */
enum err_code store_journal_saved(struct store *s, int64_t report,
				  int64_t saved, struct err *err);

/* ---- history: who changed what, when, chained by digests ---- */
struct change_row {
	int64_t number;
	int64_t report;
	char *moment, *user;
	char *deed; /* "set", "submit", "return", … */
	char *path, *old, *new_, *reason;
};
enum err_code store_history_add(struct store *s, int64_t report,
				const char *deed, const char *path,
				const char *old, const char *new_,
				const char *reason, struct err *err);
/* Oldest first; path NULL: all.  Report 0: what is about no report. */
enum err_code store_history(struct store *s, int64_t report, const char *path,
			    struct change_row **list, size_t *count,
			    struct err *err);
void store_history_free(struct change_row *list, size_t count);
/* Why this deed was done to the report last (reopen, return …); NULL if it
 * never was.  Free it. */
char *store_last_reason(struct store *s, int64_t report, const char *deed);
/* The chain of digests holds over all reports; else ERR_STORE, and *broken is
 * the number of the first row that does not fit. */
enum err_code store_history_verify(struct store *s, int64_t *broken,
				   struct err *err);

/* ---- snapshots at every change of state ---- */
enum err_code store_snapshot_add(struct store *s, int64_t report, int version,
				 enum state state, const char *data,
				 const char *digest, struct err *err);
/* The data of the latest snapshot with that state (version 0: any); NULL if
 * none.  Free it.  *moment (may be NULL) is its time; free it. */
char *store_snapshot(struct store *s, int64_t report, enum state state,
		     int version, char **moment);
/* … its version, or 0. */
int store_snapshot_version(struct store *s, int64_t report, enum state state);
/* The report of the latest snapshot with that digest, or 0. */
int64_t store_snapshot_report(struct store *s, const char *digest);

/* ---- comments, explanations, sign-offs, ticks ---- */
struct comment {
	int64_t number;
	char *path, *author, *moment, *text;
	char *answer, *answered_by, *answered_at;
	char *resolved_by, *resolved_at; /* "" open */
	bool on_return;                  /* named when it was returned */
};
enum err_code store_comment_add(struct store *s, int64_t report,
				const char *path, const char *text,
				bool on_return, int64_t *number,
				struct err *err);
/* One as it is, with its author, moments, answer and all: an import.  Its
 * number, unless that is taken or 0. */
enum err_code store_comment_put(struct store *s, int64_t report,
				const struct comment *comment, struct err *err);
/* Add to the comment what the same one in another store has beyond it: a later
 * answer, a resolution. */
enum err_code store_comment_merge(struct store *s, int64_t report,
				  int64_t number, const struct comment *from,
				  struct err *err);
/* Who answers again replaces his answer; the history keeps the one before. */
enum err_code store_comment_answer(struct store *s, int64_t report,
				   int64_t number, const char *text,
				   struct err *err);
/* Only who made it and supervisors say that it is done with (ERR_REFUSED). */
enum err_code store_comment_resolve(struct store *s, int64_t report,
				    int64_t number, struct err *err);
/* A return names it: it is what the report was returned for. */
enum err_code store_comment_named(struct store *s, int64_t report,
				  int64_t number, struct err *err);
bool store_may_resolve(const struct store *s, const struct comment *c);
enum err_code store_comments(struct store *s, int64_t report,
			     struct comment **list, size_t *count,
			     struct err *err);
void store_comments_free(struct comment *list, size_t count);

struct explanation {
	char *rule, *path; /* first cell's path, "" the whole report */
	char *facts, *text, *author, *moment;
};
/* One a rule and path: replaces an older one; text "" withdraws it. */
enum err_code store_explanation_save(struct store *s, int64_t report,
				     const struct explanation *e,
				     struct err *err);
enum err_code store_explanations(struct store *s, int64_t report,
				 struct explanation **list, size_t *count,
				 struct err *err);
void store_explanations_free(struct explanation *list, size_t count);

/* A figure in a text that the clerk marked as another matter: the words with
 * it, as they stand.  The mark is void when they change. */
struct aside_row {
	char *path, *words;
};
enum err_code store_aside_set(struct store *s, int64_t report, const char *path,
			      const char *words, bool on, struct err *err);
enum err_code store_asides(struct store *s, int64_t report,
			   struct aside_row **list, size_t *count,
			   struct err *err);
void store_asides_free(struct aside_row *list, size_t count);

/* What the last import found wrong in its source (S1–S3, S9, N8). */
struct source_finding {
	char *rule, *path, *text;
};
enum err_code store_source_findings(struct store *s, int64_t report,
				    struct source_finding **list, size_t *count,
				    struct err *err);
void store_source_findings_free(struct source_finding *list, size_t count);

struct signoff {
	char *step, *name, *result, *opinion, *moment, *recorded_by;
	char *digest; /* of the data signed for */
	bool paper;
};
enum err_code store_signoff_add(struct store *s, int64_t report,
				const struct signoff *sign, struct err *err);
/* The last one of each step. */
enum err_code store_signoffs(struct store *s, int64_t report,
			     struct signoff **list, size_t *count,
			     struct err *err);
void store_signoffs_free(struct signoff *list, size_t count);

/* Checklist items ticked by hand. */
enum err_code store_tick(struct store *s, int64_t report, const char *item,
			 bool on, struct err *err);
bool store_ticked(struct store *s, int64_t report, const char *item);

/* ---- the lock: one editor a report ---- */
struct editor {
	char *user, *since; /* moment */
	int64_t pid;
	bool here; /* it is this process */
};
/* Take the lock: a new token.  ERR_REFUSED and *who filled when a living
 * process has it and `take_over` is false.  A lock of a dead process is none.
 */
enum err_code store_lock(struct store *s, int64_t report, bool take_over,
			 int64_t *token, struct editor *who, struct err *err);
void store_unlock(struct store *s, int64_t report, int64_t token);
/* Is it still ours? */
bool store_holds(struct store *s, int64_t report, int64_t token);
/* Who edits it now, alive; false if nobody. */
bool store_editor(struct store *s, int64_t report, struct editor *who);
void editor_free(struct editor *who);

/* ---- the whole file ---- */
/* A copy that is whole, mode 0600, refused if `path` exists. */
enum err_code store_backup(struct store *s, const char *path, struct err *err);
/* Put a backup in the place of the store at `path`; what stood there is kept
 * beside it with .before-restore.  Refused while anybody has it open. */
enum err_code store_restore(const char *backup, const char *path,
			    struct err *err);
/* Remove the open store's file and what stands beside it; refused while anybody
 * else has it open.  Then `s` is only good for store_close(). */
enum err_code store_remove(struct store *s, struct err *err);
/* PRAGMA integrity_check and foreign keys; *problems are lines, free it. */
enum err_code store_verify(struct store *s, char **problems, struct err *err);

#endif
