/*
 * course - how far a report that came in a file had come: what of that is
 * believed, by whom it is brought and against what stands here already.
 *
 * A file can be made by anybody.  Drafts and returned ones are taken as they
 * are; submitted is taken from a supervisor, or when the checks let it pass;
 * approved and published only from a supervisor, with every sign-off for these
 * very data.  What is not taken is said.
 */
#ifndef IMPORT_COURSE_H
#define IMPORT_COURSE_H

#include "core/str.h"
#include "import/settle.h"

struct course {
	bool is_new;
	bool sealed;     /* approved here: the cells stay as they are */
	enum state here; /* before */
};

/* May the file be put into report `id` as it stands?  ERR_REFUSED: other data
 * than were approved; older than the return; a draft for what was sent. */
enum err_code course_judge(struct course *c, const struct import_job *job,
			   const struct settlement *s, int64_t id,
			   struct err *err);
/* After the cells: state, moments, publication, snapshot, history. */
enum err_code course_take(const struct course *c, const struct import_job *job,
			  const struct settlement *s, int64_t id,
			  struct str *said, struct err *err);

#endif
