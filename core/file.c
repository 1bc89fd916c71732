#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	LINKS = 32 /* from one to the next, at most */
};

static enum err_code read_all(int fd, size_t cap, const char *path,
			      struct str *out, struct err *err)
{
	char buf[65536];
	ssize_t n;

	str_clear(out);
	while ((n = read(fd, buf, sizeof buf)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_FILE, _("文件 %s 读不出：%s"),
				       path, err_errno(errno));
		if (out->len + (size_t)n > cap)
			return err_set(err, ERR_FILE,
				       _("文件 %s 超过 %zu 兆字节，未读入；"
					 "请确认选对了文件"),
				       path, cap >> 20);
		str_addn(out, buf, (size_t)n);
	}
	return ERR_OK;
}

enum err_code file_read(const char *path, size_t cap, struct str *out,
			struct err *err)
{
	enum err_code code;
	int fd;

	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, cap, path, out, err);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, ERR_FILE, _("文件 %s 打不开：%s"), path,
			       err_errno(errno));
	code = read_all(fd, cap, path, out, err);
	close(fd);
	return code;
}

/* Line ends as they are inside, in place; the first line that is no text, or
 * 0. */
static size_t mend_lines(struct str *text)
{
	size_t number = 0, kept = 0;

	for (size_t at = 0; at < text->len;) {
		char *line = text->s + at;
		char *end = memchr(line, '\n', text->len - at);
		size_t len = end ? (size_t)(end - line) : text->len - at;
		size_t use = len && line[len - 1] == '\r' ? len - 1 : len;

		number++;
		if (!text_valid_prose(line, use))
			return number;
		memmove(text->s + kept, line, use);
		kept += use;
		if (end)
			text->s[kept++] = '\n';
		at += len + 1;
	}
	text->s[kept] = '\0';
	text->len = kept;
	return 0;
}

enum err_code file_read_text(const char *path, size_t cap, struct str *out,
			     struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf";
	enum err_code code = file_read(path, cap, out, err);
	size_t bad;

	if (code)
		return code;
	if (out->len >= 3 && memcmp(out->s, mark, 3) == 0)
		str_splice(out, 0, 3, "", 0);
	bad = mend_lines(out);
	if (!bad)
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       _("文件 %s 第 %zu 行不是 UTF-8 文字或含控制字符，"
			 "什么也没有改；请另存为 UTF-8 文本"),
		       path, bad);
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

void file_sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

static enum err_code cannot(const char *path, int why, struct err *err)
{
	struct stat st;

	if (why == ENOENT)
		return err_set(err, ERR_FILE,
			       _("文件 %s 写不成：%s；请先建好它所在的文件夹，"
				 "或换个位置"),
			       path, err_errno(why));
	if (stat(path, &st) != 0)
		return err_set(err, ERR_FILE,
			       _("文件 %s 写不成：%s；请换个位置再试"), path,
			       err_errno(why));
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_FILE,
			       _("%s 是一个文件夹，没有写；请写上文件名"),
			       path);
	return err_set(err, ERR_FILE,
		       _("文件 %s 写不成：%s；原有文件未动，请换个位置再试"),
		       path, err_errno(why));
}

static enum err_code cannot_print(int why, struct err *err)
{
	return err_set(err, ERR_FILE, _("标准输出写不成：%s；没有写全，请重做"),
		       err_errno(why));
}

/* As open(2) would leave it of `mode`. */
static unsigned allowed(unsigned mode)
{
	mode_t mask = umask(0);

	umask(mask);
	return mode & ~(unsigned)mask;
}

/* Fill the temporary file and put it in the target's place. */
static enum err_code fill(int fd, const char *temp, const char *path,
			  const char *bytes, size_t len, unsigned mode,
			  struct err *err)
{
	struct stat st;
	int why = 0;

	mode = stat(path, &st) == 0 ? st.st_mode & 07777 : allowed(mode);
	if (!write_all(fd, bytes, len) || fchmod(fd, mode) != 0 ||
	    fsync(fd) != 0)
		why = errno;
	if (close(fd) != 0 && !why)
		why = errno;
	if (!why && rename(temp, path) != 0)
		why = errno;
	if (!why)
		return ERR_OK;
	unlink(temp);
	return cannot(path, why, err);
}

/* Where a link leads, step by step: it may end where nothing is yet.  NULL: in
 * a circle. */
static char *follow(const char *path)
{
	char *at = xstrdup(path), to[PATH_MAX];

	for (int i = 0; i < LINKS; i++) {
		ssize_t len = readlink(at, to, sizeof to - 1);
		const char *slash = strrchr(at, '/');
		char *next;

		if (len < 0)
			break;
		to[len] = '\0';
		next = *to == '/' || !slash
			       ? xstrdup(to)
			       : str_printf("%.*s/%s", (int)(slash - at), at,
					    to);
		free(at);
		at = next;
	}
	if (readlink(at, to, sizeof to) < 0)
		return at;
	free(at);
	return NULL;
}

enum err_code file_write(const char *path, const char *bytes, size_t len,
			 unsigned mode, struct err *err)
{
	enum err_code code;
	struct stat st;
	char *temp, *target;
	int fd;

	if (strcmp(path, "-") == 0)
		return write_all(STDOUT_FILENO, bytes, len)
			       ? ERR_OK
			       : cannot_print(errno, err);
	/* A device such as /dev/null is written to, not replaced. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0 || !write_all(fd, bytes, len)) {
			code = cannot(path, errno, err);
			if (fd >= 0)
				close(fd);
			return code;
		}
		return close(fd) == 0 ? ERR_OK : cannot(path, errno, err);
	}
	target = realpath(path, NULL); /* a link stays one */
	if (!target)
		target = follow(path);
	if (!target)
		return cannot(path, ELOOP, err);
	temp = str_printf("%s.XXXXXX", target);
	fd = mkostemp(temp, O_CLOEXEC);
	code = fd < 0 ? cannot(path, errno, err)
		      : fill(fd, temp, target, bytes, len, mode, err);
	free(temp);
	free(target);
	return code;
}

char *file_beside_program(const char *name, const char *probe)
{
	static const char *const ways[] = { "", "../" };
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self);

	while (len > 0 && self[len - 1] != '/')
		len--;
	for (size_t i = 0; len > 1 && i < sizeof ways / sizeof *ways; i++) {
		char *folder =
			str_printf("%.*s%s%s", (int)len, self, ways[i], name);
		char *path = str_printf("%s/%s", folder, probe);
		bool found = access(path, R_OK) == 0;

		free(path);
		if (found)
			return folder;
		free(folder);
	}
	return NULL;
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

void file_remove_folder(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
