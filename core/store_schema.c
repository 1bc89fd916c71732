/*
 * The tables, step by step.  A released step is never edited: what the next
 * version wants is one more row in `steps`, and STORE_SCHEMA.
 *
 * Numbers in the file: report.state is enum state, unit.kind enum unit_kind,
 * cell.slot enum cell_slot; cell.kind 1 number (in 0.0001, for sums in SQL),
 * 2 text, 3 不适用.  Texts are "" where there is none.
 */
#include "core/store_impl.h"

#include "core/str.h"

static const char *const step_1[] = {
	"CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL)"
	" WITHOUT ROWID;",
	"CREATE TABLE config(key TEXT PRIMARY KEY, value TEXT NOT NULL)"
	" WITHOUT ROWID;",
	"CREATE TABLE person(id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL UNIQUE, roles INTEGER NOT NULL);",

	/* who reports; predecessors: 机构改革 */
	"CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" kind INTEGER NOT NULL, kind_set INTEGER NOT NULL,"
	" code TEXT NOT NULL, level TEXT NOT NULL, aliases TEXT NOT NULL,"
	" powers TEXT NOT NULL, reports_to TEXT NOT NULL,"
	" counted_in TEXT NOT NULL, contact TEXT NOT NULL,"
	" due_submit TEXT NOT NULL, due_publish TEXT NOT NULL);",
	"CREATE TABLE unit_alias(name TEXT NOT NULL,"
	" unit INTEGER NOT NULL REFERENCES unit, PRIMARY KEY(name, unit))"
	" WITHOUT ROWID;",
	"CREATE TABLE unit_predecessor(unit INTEGER NOT NULL REFERENCES unit,"
	" name TEXT NOT NULL, code TEXT NOT NULL DEFAULT '',"
	" since TEXT NOT NULL DEFAULT '', until TEXT NOT NULL DEFAULT '',"
	" PRIMARY KEY(unit, name, since)) WITHOUT ROWID;",
	/* 口径 */
	"CREATE TABLE caliber(form TEXT NOT NULL, path TEXT NOT NULL,"
	" text TEXT NOT NULL, author TEXT NOT NULL, moment TEXT NOT NULL,"
	" PRIMARY KEY(form, path)) WITHOUT ROWID;",

	/* done … hint are copies, for lists; state 5 is discarded */
	"CREATE TABLE report(id INTEGER PRIMARY KEY,"
	" unit INTEGER NOT NULL REFERENCES unit, form TEXT NOT NULL,"
	" year INTEGER NOT NULL, period TEXT NOT NULL DEFAULT '',"
	" state INTEGER NOT NULL DEFAULT 0,"
	" version INTEGER NOT NULL DEFAULT 1,"
	" done INTEGER NOT NULL DEFAULT 0, need INTEGER NOT NULL DEFAULT 0,"
	" hard INTEGER NOT NULL DEFAULT 0, soft INTEGER NOT NULL DEFAULT 0,"
	" hint INTEGER NOT NULL DEFAULT 0, place TEXT NOT NULL DEFAULT '',"
	" created_at TEXT NOT NULL, created_by TEXT NOT NULL,"
	" changed_at TEXT NOT NULL, changed_by TEXT NOT NULL,"
	" submitted_at TEXT NOT NULL DEFAULT '',"
	" returned_at TEXT NOT NULL DEFAULT '',"
	" return_reason TEXT NOT NULL DEFAULT '',"
	" published_on TEXT NOT NULL DEFAULT '',"
	" published_url TEXT NOT NULL DEFAULT '',"
	" index_no TEXT NOT NULL DEFAULT '',"
	" doc_no TEXT NOT NULL DEFAULT '');",
	"CREATE UNIQUE INDEX report_key ON report(unit, form, year, period)"
	" WHERE state <> 5;",
	"CREATE INDEX report_newest ON report(year DESC, unit, id, state);",
	"CREATE INDEX report_state ON report(state, year DESC, unit, id);",

	"CREATE TABLE path(id INTEGER PRIMARY KEY,"
	" text TEXT NOT NULL UNIQUE);",
	"CREATE TABLE cell(report INTEGER NOT NULL REFERENCES report,"
	" path INTEGER NOT NULL REFERENCES path, slot INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, number INTEGER, text TEXT NOT NULL,"
	" PRIMARY KEY(report, path, slot)) WITHOUT ROWID;",
	"CREATE TABLE opening(report INTEGER NOT NULL REFERENCES report,"
	" path INTEGER NOT NULL REFERENCES path, text TEXT NOT NULL,"
	" PRIMARY KEY(report, path)) WITHOUT ROWID;",
	"CREATE TABLE note(report INTEGER NOT NULL REFERENCES report,"
	" path INTEGER NOT NULL REFERENCES path, text TEXT NOT NULL,"
	" author TEXT NOT NULL, moment TEXT NOT NULL,"
	" PRIMARY KEY(report, path)) WITHOUT ROWID;",

	/* The editor's lock and the place in the journal.  at -1: behind the
	 * last step, so that a key writes the table of steps alone; token 0:
	 * nobody, user and since of the last one. */
	"CREATE TABLE journal(report INTEGER PRIMARY KEY REFERENCES report,"
	" at INTEGER NOT NULL DEFAULT -1, saved INTEGER NOT NULL DEFAULT 0,"
	" token INTEGER NOT NULL DEFAULT 0, pid INTEGER NOT NULL DEFAULT 0,"
	" user TEXT NOT NULL DEFAULT '', since TEXT NOT NULL DEFAULT '');",
	"CREATE TABLE step(report INTEGER NOT NULL, number INTEGER NOT NULL,"
	" run INTEGER NOT NULL, path INTEGER NOT NULL,"
	" slot INTEGER NOT NULL, offset INTEGER NOT NULL,"
	" removed TEXT NOT NULL, inserted TEXT NOT NULL,"
	" moment TEXT NOT NULL, user TEXT NOT NULL,"
	" PRIMARY KEY(report, number)) WITHOUT ROWID;",

	/* chained; `chain` has the end, so that a cut tail shows */
	"CREATE TABLE history(number INTEGER PRIMARY KEY,"
	" report INTEGER REFERENCES report, moment TEXT NOT NULL,"
	" user TEXT NOT NULL, deed TEXT NOT NULL,"
	" path INTEGER REFERENCES path, old TEXT NOT NULL,"
	" new TEXT NOT NULL, reason TEXT NOT NULL, digest TEXT NOT NULL);",
	"CREATE INDEX history_report ON history(report, path);",
	"CREATE TABLE chain(id INTEGER PRIMARY KEY, number INTEGER NOT NULL,"
	" digest TEXT NOT NULL);",
	"INSERT INTO chain VALUES(1, 0, '');",

	"CREATE TABLE snapshot(id INTEGER PRIMARY KEY,"
	" report INTEGER NOT NULL REFERENCES report,"
	" version INTEGER NOT NULL, state INTEGER NOT NULL,"
	" moment TEXT NOT NULL, user TEXT NOT NULL, data TEXT NOT NULL,"
	" digest TEXT NOT NULL);",
	"CREATE INDEX snapshot_report ON snapshot(report, state);",
	"CREATE TABLE comment(report INTEGER NOT NULL REFERENCES report,"
	" number INTEGER NOT NULL, path TEXT NOT NULL,"
	" author TEXT NOT NULL, moment TEXT NOT NULL, text TEXT NOT NULL,"
	" answer TEXT NOT NULL DEFAULT '',"
	" answered_by TEXT NOT NULL DEFAULT '',"
	" answered_at TEXT NOT NULL DEFAULT '',"
	" resolved_by TEXT NOT NULL DEFAULT '',"
	" resolved_at TEXT NOT NULL DEFAULT '', on_return INTEGER NOT NULL,"
	" PRIMARY KEY(report, number)) WITHOUT ROWID;",
	"CREATE TABLE explanation(report INTEGER NOT NULL REFERENCES report,"
	" rule TEXT NOT NULL, path TEXT NOT NULL, facts TEXT NOT NULL,"
	" text TEXT NOT NULL, author TEXT NOT NULL, moment TEXT NOT NULL,"
	" PRIMARY KEY(report, rule, path)) WITHOUT ROWID;",
	"CREATE TABLE signoff(id INTEGER PRIMARY KEY,"
	" report INTEGER NOT NULL REFERENCES report, step TEXT NOT NULL,"
	" name TEXT NOT NULL, result TEXT NOT NULL, opinion TEXT NOT NULL,"
	" moment TEXT NOT NULL, recorded_by TEXT NOT NULL,"
	" digest TEXT NOT NULL, paper INTEGER NOT NULL);",
	"CREATE INDEX signoff_report ON signoff(report, step);",
	"CREATE TABLE tick(report INTEGER NOT NULL REFERENCES report,"
	" item TEXT NOT NULL, user TEXT NOT NULL, moment TEXT NOT NULL,"
	" PRIMARY KEY(report, item)) WITHOUT ROWID;",

	/* what an import leaves with the report */
	"CREATE TABLE import(id INTEGER PRIMARY KEY,"
	" report INTEGER NOT NULL REFERENCES report, moment TEXT NOT NULL,"
	" user TEXT NOT NULL, source TEXT NOT NULL, digest TEXT NOT NULL,"
	" edition TEXT NOT NULL);",
	"CREATE INDEX import_report ON import(report);",
	"CREATE TABLE import_cell(import INTEGER NOT NULL REFERENCES import,"
	" path INTEGER NOT NULL REFERENCES path, printed TEXT NOT NULL,"
	" PRIMARY KEY(import, path)) WITHOUT ROWID;",
	"CREATE TABLE import_finding("
	" import INTEGER NOT NULL REFERENCES import, number INTEGER NOT NULL,"
	" rule TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,"
	" laid_aside TEXT NOT NULL DEFAULT '',"
	" laid_by TEXT NOT NULL DEFAULT '',"
	" laid_at TEXT NOT NULL DEFAULT '',"
	" PRIMARY KEY(import, number)) WITHOUT ROWID;",
	NULL,
};

static const char *const step_2[] = {
	/* how the office prints */
	"ALTER TABLE unit ADD COLUMN site TEXT NOT NULL DEFAULT '';",
	"ALTER TABLE unit ADD COLUMN layout TEXT NOT NULL DEFAULT '';",
	"ALTER TABLE unit ADD COLUMN fonts TEXT NOT NULL DEFAULT '';",
	"ALTER TABLE unit ADD COLUMN lead TEXT NOT NULL DEFAULT '';",
	"ALTER TABLE unit ADD COLUMN signature TEXT NOT NULL DEFAULT '';",
	/* figures in texts that are another matter */
	"CREATE TABLE aside(report INTEGER NOT NULL REFERENCES report,"
	" path TEXT NOT NULL, words TEXT NOT NULL, user TEXT NOT NULL,"
	" moment TEXT NOT NULL, PRIMARY KEY(report, path, words))"
	" WITHOUT ROWID;",
	/* its counts are to be made anew; so are those an older program made */
	"ALTER TABLE report ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;",
	"UPDATE report SET stale=1;",
	NULL,
};

static const char *const *const steps[] = { step_1, step_2 };
_Static_assert(sizeof steps / sizeof *steps == STORE_SCHEMA,
	       "one step a version");

static enum err_code set_version(struct store *s, int version, struct err *err)
{
	struct str sql = { 0 };
	enum err_code code;

	str_addf(&sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
		 STORE_APPLICATION, version);
	code = sql_script(s, sql.s, err);
	str_free(&sql);
	return code;
}

enum err_code schema_raise(struct store *s, int from, int version,
			   struct err *err)
{
	enum err_code code = store_begin(s, err);

	if (code)
		return code;
	for (int i = from; i < version; i++)
		for (size_t k = 0; steps[i][k] && !code; k++)
			code = sql_script(s, steps[i][k], err);
	if (!code)
		code = set_version(s, version, err);
	return store_end(s, code, true, err);
}
