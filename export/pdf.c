/* PDF by LibreOffice, when it is installed: the DOCX through its own hands. */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/mem.h"
#include "core/tr.h"
#include "export/export.h"

enum {
	PDF_CAP = 64 << 20,
	WAIT_SECONDS = 120,
	STEP_MS = 20,
};

static enum err_code not_here(struct err *err)
{
	return err_set(err, ERR_FILE,
		       _("没有装 LibreOffice，导不出 PDF；请安装 "
			 "libreoffice-writer，或导出 DOCX 后用 Word 另存"));
}

bool pdf_ready(void)
{
	const char *path = getenv("PATH");
	bool found = false;

	for (const char *s = path ? path : ""; *s && !found;) {
		size_t len = strcspn(s, ":");
		char *program = str_printf("%.*s/soffice", (int)len, s);

		found = access(program, X_OK) == 0;
		free(program);
		s += len + (s[len] == ':');
	}
	return found;
}

/* The exit status, or -1 when it took too long. */
static int wait_for(pid_t pid)
{
	const struct timespec step = { 0, STEP_MS * 1000000L };
	int status;

	for (int i = 0; i < WAIT_SECONDS * 1000 / STEP_MS; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		nanosleep(&step, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return -1;
}

/* Its profile is in the folder too: two may run at once. */
static enum err_code convert(const char *folder, struct err *err)
{
	char *profile =
		str_printf("-env:UserInstallation=file://%s/profile", folder);
	char *docx = str_printf("%s/report.docx", folder);
	char *to = str_printf("%s", folder);
	char words[5][20] = { "soffice", "--headless", "--convert-to", "pdf",
			      "--outdir" };
	char *argv[] = { words[0], profile, words[1], words[2], words[3],
			 words[4], to,      docx,     NULL };
	posix_spawn_file_actions_t quiet;
	enum err_code code = ERR_OK;
	pid_t pid;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", 01, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", 01, 0);
	if (posix_spawnp(&pid, argv[0], &quiet, NULL, argv, environ) != 0)
		code = not_here(err);
	else if (wait_for(pid) != 0)
		code = err_set(err, ERR_FILE,
			       _("LibreOffice 没有转成 PDF；请导出 DOCX 后用 "
				 "Word 另存"));
	posix_spawn_file_actions_destroy(&quiet);
	free(to);
	free(docx);
	free(profile);
	return code;
}

static enum err_code through(const char *folder, const struct str *docx,
			     struct str *out, struct err *err)
{
	char *from = str_printf("%s/report.docx", folder);
	char *to = str_printf("%s/report.pdf", folder);
	enum err_code code = file_write(from, docx->s, docx->len, 0600, err);

	if (!code)
		code = convert(folder, err);
	if (!code)
		code = file_read(to, PDF_CAP, out, err);
	free(to);
	free(from);
	return code;
}

enum err_code pdf_write(const struct export_job *job, struct str *out,
			struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *folder =
		str_printf("%s/nianbao-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	struct str docx = { 0 };
	enum err_code code = docx_write(job, &docx, err);

	if (!code && !mkdtemp(folder))
		code = err_set(err, ERR_FILE, _("建不了文件夹 %s：%s"), folder,
			       err_errno(errno));
	if (!code) {
		code = through(folder, &docx, out, err);
		file_remove_folder(folder);
	}
	str_free(&docx);
	free(folder);
	return code;
}
