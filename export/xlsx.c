#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/date.h"
#include "core/file.h"
#include "core/mem.h"
#include "core/tr.h"
#include "export/xlsx_impl.h"

enum {
	FILE_CAP = 64 << 20,
	ROOM_LEAST = 8 << 20,
	PROPERTY_LIMIT = 255, /* characters of a property of one's own */
};

/* Where the library writes. */
struct temporary {
	char *folder, *path;
	int fd; /* of the path */
};

/* ---- the document's properties ---- */

/* Dated by the report as DOCX is, or the hour of writing gets in. */
static time_t day_of(const struct document *doc)
{
	struct date d = { doc->year > 0 ? doc->year + 1 : 1980, 1, 1 };
	struct tm tm = { 0 };
	time_t time;

	date_parse(doc->date, &d);
	tm.tm_year = d.year - 1900;
	tm.tm_mon = d.month - 1;
	tm.tm_mday = d.day;
	time = timegm(&tm);
	return time ? time : 1; /* 0 is "now" to the library */
}

static void add_property(struct xlsx *x, const char *name, const char *text)
{
	if (*text && xlsx_units(text, strlen(text)) <= PROPERTY_LIMIT)
		xlsx_keep(x, workbook_set_custom_property_string(x->workbook,
								 name, text));
}

/* What tells later whose figures these are, as in DOCX; the empty form has no
 * figures. */
static void add_properties(struct xlsx *x)
{
	const struct document *doc = x->job->document;
	char *title = xstrdup(doc->title), *unit = xstrdup(doc->unit);
	lxw_doc_properties properties = { .title = title,
					  .author = unit,
					  .created = day_of(doc) };

	xlsx_keep(x, workbook_set_properties(x->workbook, &properties));
	add_property(x, "Unit", doc->unit);
	xlsx_keep(x, workbook_set_custom_property_integer(x->workbook, "Year",
							  doc->year));
	add_property(x, "Form", doc->form);
	if (!x->blank)
		add_property(x, "Digest", doc->digest);
	free(title);
	free(unit);
}

/* ---- the workbook ---- */

static void fill_book(struct xlsx *x)
{
	const struct document *doc = x->job->document;

	xlsx_looks(x);
	add_properties(x);
	xlsx_front(x);
	for (size_t i = 0; i < doc->count; i++)
		if (doc->blocks[i].kind == BLOCK_TABLE)
			xlsx_table(x, &doc->blocks[i]);
	for (size_t i = 0; i < x->form->cell_count; i++)
		if (x->form->cells[i].grid && x->places[i].sheet)
			xlsx_value(x, i);
	for (size_t i = 0; x->blank && i < x->form->cell_count; i++)
		if (x->places[i].sheet && x->form->cells[i].part_count == 0)
			xlsx_input(x, i);
	if (!x->blank)
		xlsx_findings(x);
	xlsx_names(x);
}

static void clear(struct xlsx *x)
{
	for (size_t i = 0; i < x->sheet_count; i++) {
		free(x->sheets[i]->name);
		free(x->sheets[i]->widths);
		free(x->sheets[i]->tall);
		free(x->sheets[i]);
	}
	free(x->sheets);
	free(x->places);
}

static enum err_code say_fault(lxw_error fault, struct err *err)
{
	return err_set(err, ERR_FILE,
		       _("Excel 表格没有写成（libxlsxwriter 错误 %d）；请看看"
			 "临时文件夹（TMPDIR）还有没有空间，再试一次"),
		       (int)fault);
}

/* The library tells standard error of its faults, over the screen; they are
 * said by us.  Returns what hear() puts back. */
static int hush(void)
{
	int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (kept >= 0 && nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	if (nowhere >= 0)
		close(nowhere);
	return kept;
}

static void hear(int kept)
{
	if (kept < 0)
		return;
	dup2(kept, STDERR_FILENO);
	close(kept);
}

static lxw_error fill_report(lxw_workbook *book, const void *what)
{
	const struct export_job *job = what;
	struct xlsx x = {
		.workbook = book,
		.job = job,
		.report = draft_report(job->draft),
		.form = draft_form(job->draft),
		.blank = job->options->blank,
	};

	x.places = xcalloc(x.form->cell_count, sizeof *x.places);
	fill_book(&x);
	clear(&x);
	return x.fault;
}

static enum err_code write_file(xlsx_fill *fill, const void *what,
				const struct temporary *t, struct err *err)
{
	lxw_workbook_options options = { .tmpdir = t->folder };
	lxw_workbook *book = workbook_new_opt(t->path, &options);
	lxw_error fault, closed;
	int kept;

	if (!book)
		return say_fault(LXW_ERROR_MEMORY_MALLOC_FAILED, err);
	fault = fill(book, what);
	kept = hush();
	closed = workbook_close(book);
	hear(kept);
	fault = fault ? fault : closed;
	return fault ? say_fault(fault, err) : ERR_OK;
}

/* The room all temporary files want, and more. */
static off_t room_for(const struct report *r)
{
	struct str data = { 0 };
	off_t room;

	report_dump(r, &data);
	room = (off_t)data.len * 8;
	str_free(&data);
	return room;
}

/* Is there room after `from`? */
static enum err_code check_room(const struct temporary *t, off_t from,
				off_t room, struct err *err)
{
	int why = posix_fallocate(t->fd, from, room);

	if (ftruncate(t->fd, from) != 0 && !why)
		why = errno;
	if (!why)
		return ERR_OK;
	return err_set(err, ERR_FILE,
		       _("临时文件夹 %s 里写不下：%s；请腾出空间，或者用 "
			 "TMPDIR 另指一个文件夹"),
		       t->folder, err_errno(why));
}

/* The library looks at no write to its own temporary files: on a full disk it
 * makes half a workbook and calls it whole.  So there must be room before and
 * still be room afterwards. */
static enum err_code write_checked(xlsx_fill *fill, const void *what,
				   off_t room, const struct temporary *t,
				   struct str *out, struct err *err)
{
	enum err_code code = check_room(t, 0, room, err);

	if (code == ERR_OK)
		code = write_file(fill, what, t, err);
	if (code == ERR_OK)
		code = file_read(t->path, FILE_CAP, out, err);
	if (code == ERR_OK)
		code = check_room(t, (off_t)out->len, room, err);
	return code;
}

/* The library writes to a path only: to a file of our own, that nobody else
 * can read, which is read back. */
enum err_code xlsx_file(xlsx_fill *fill, const void *what, off_t room,
			struct str *out, struct err *err)
{
	const char *set = getenv("TMPDIR");
	struct temporary t;
	enum err_code code;

	t.folder = xstrdup(set && *set ? set : "/tmp");
	t.path = str_printf("%s/nianbao.XXXXXX", t.folder);
	t.fd = mkstemp(t.path);
	if (t.fd < 0) {
		code = err_set(err, ERR_FILE,
			       _("临时文件夹 %s 里写不进：%s；请用 TMPDIR "
				 "另指一个文件夹"),
			       t.folder, err_errno(errno));
	} else {
		code = write_checked(fill, what, ROOM_LEAST + room, &t, out,
				     err);
		close(t.fd);
		unlink(t.path);
	}
	free(t.path);
	free(t.folder);
	return code;
}

enum err_code xlsx_write(const struct export_job *job, struct str *out,
			 struct err *err)
{
	if (job->options->sheet || job->options->sheet_only)
		return err_set(err, ERR_INPUT,
			       _("审签单没有 xlsx 格式；请用 docx 或 text"));
	return xlsx_file(fill_report, job, room_for(draft_report(job->draft)),
			 out, err);
}
