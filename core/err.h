/*
 * err - why a call failed, in words a clerk can act on.
 *
 * A struct err lives on the caller's stack and owns nothing.  A function that
 * can fail takes one as its last argument and returns the code it put there:
 *
 *	return err_set(err, ERR_STORE, _("草稿库 %s 打不开：%s"), path, why);
 *
 * `err` may be NULL where the caller has nobody to tell.  Running out of
 * memory is not an error: see xmalloc() in mem.h, which ends the program.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

enum err_code {
	ERR_OK,
	ERR_INPUT,   /* the user's figures, words or file */
	ERR_REFUSED, /* asked for something that may not be done now: exit 1 */
	ERR_FORM,    /* a form file */
	ERR_STORE,   /* the store: a file, a lock, SQLite */
	ERR_FILE,    /* any other file */
};

struct err {
	enum err_code code;
	char text[480];
};

/* Put a whole sentence (what, where, what to do) into `err`; returns `code`.
 * Half a character at the end of a cut text is dropped. */
enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* What errno says, as a part of a sentence; translated.  Of a number that is
 * not known, borrowed until the next call. */
const char *err_errno(int why);

#endif
