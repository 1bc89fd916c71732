/* Before a store is opened: what the path is, where it lies, its header. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/store_impl.h"
#include "core/str.h"
#include "core/tr.h"

/* ---- network file systems ---- */

/* File locks and shared memory do not hold between two machines there.  9p is
 * left out: it is how a virtual machine and WSL see the disk of their own
 * host. */
static const struct {
	long magic;
	const char *name;
} networks[] = {
	{ 0x6969, "NFS" },      { 0x517B, "SMB" },      { 0xFE534D42, "SMB2" },
	{ 0xFF534D42, "CIFS" }, { 0x564C, "NCP" },      { 0x5346414F, "AFS" },
	{ 0x6B414653, "AFS" },  { 0x73757245, "Coda" }, { 0x00C36400, "Ceph" },
};

/* These are all FUSE to statfs(2), as local ones are. */
static const char *const fuse_networks[] = {
	"fuse.sshfs",     "fuse.davfs",     "fuse.rclone",
	"fuse.smbnetfs",  "fuse.s3fs",      "fuse.curlftpfs",
	"fuse.glusterfs", "fuse.ceph-fuse", "fuse.gvfsd-fuse",
};
#define FUSE_MAGIC 0x65735546L

const char *network_by_magic(long magic)
{
	/* f_type is signed on some machines */
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
		if ((networks[i].magic & 0xFFFFFFFFL) == (magic & 0xFFFFFFFFL))
			return networks[i].name;
	return NULL;
}

const char *network_by_type(const char *type)
{
	for (size_t i = 0; i < sizeof fuse_networks / sizeof *fuse_networks;
	     i++)
		if (strcmp(fuse_networks[i], type) == 0)
			return fuse_networks[i] + strlen("fuse.");
	return NULL;
}

/* A line of mountinfo: id parent MAJOR:MINOR root point options … - TYPE … */
static const char *network_of_mount(const char *line, dev_t dev)
{
	unsigned major_no, minor_no;
	const char *dash = strstr(line, " - ");
	char type[64];

	if (sscanf(line, "%*d %*d %u:%u", &major_no, &minor_no) != 2 ||
	    makedev(major_no, minor_no) != dev || !dash ||
	    sscanf(dash, " - %63s", type) != 1)
		return NULL;
	return network_by_type(type);
}

static const char *network_of_fuse(const char *path)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	const char *name = NULL;
	char *line = NULL;
	size_t room = 0;
	struct stat st;

	if (mounts && stat(path, &st) == 0)
		while (!name && getline(&line, &room, mounts) > 0)
			name = network_of_mount(line, st.st_dev);
	free(line);
	if (mounts)
		fclose(mounts);
	return name;
}

/* The folder of a path; free it. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return xstrndup(path, slash == path ? 1 : (size_t)(slash - path));
}

enum err_code check_network(const char *path, struct err *err)
{
	char *there = xstrdup(path);
	const char *name = NULL;
	struct statfs fs;

	while (access(there, F_OK) != 0 && strcmp(there, "/") != 0 &&
	       strcmp(there, ".") != 0) {
		char *up = folder_of(there);

		free(there);
		there = up;
	}
	if (statfs(there, &fs) == 0) {
		name = network_by_magic((long)fs.f_type);
		if (!name && (fs.f_type & 0xFFFFFFFFL) == FUSE_MAGIC)
			name = network_of_fuse(there);
	}
	free(there);
	if (!name)
		return ERR_OK;
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 在网络文件系统（%s）上，几台机器同时写会"
			 "损坏；请放到本机的盘上"),
		       path, name);
}

/* ---- the path ---- */

static enum err_code cannot(const char *path, int why, struct err *err)
{
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 打不开：%s；请检查路径和权限"), path,
		       err_errno(why));
}

enum err_code check_path(const char *path, bool *missing, struct err *err)
{
	struct stat st;

	*missing = false;
	if (stat(path, &st) != 0) {
		*missing = errno == ENOENT;
		return *missing ? ERR_OK : cannot(path, errno, err);
	}
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_STORE,
			       _("%s 是一个文件夹，不是草稿库；"
				 "请指到里面的文件"),
			       path);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_STORE,
			       _("%s 不是普通文件，不能作草稿库"), path);
	return ERR_OK;
}

enum err_code check_writable(const char *path, struct err *err)
{
	char *folder = folder_of(path);
	bool file = faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
	bool both = file && faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0;

	free(folder);
	if (both)
		return ERR_OK;
	if (!file)
		return err_set(err, ERR_STORE,
			       _("草稿库 %s 是只读的，不能写；"
				 "请让管理员给写的权限，或用 --db 另指一个"),
			       path);
	return err_set(err, ERR_STORE,
		       _("草稿库 %s 所在的文件夹不能写，不能打开来填写；"
			 "请让管理员给写的权限，或用 --db 另指一个"),
		       path);
}

/* ---- the header: SQLite's file format, section 1.3 ---- */

enum {
	HEADER = 100,
	AT_PAGE_SIZE = 16,
	AT_PAGES = 28,
	AT_VERSION = 60,
	AT_APPLICATION = 68,
};

static int64_t big_endian(const unsigned char *p, int bytes)
{
	int64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n = n << 8 | p[i];
	return n;
}

static enum err_code judge_header(const struct store *s, const unsigned char *h,
				  int64_t size, bool *suspect, struct err *err)
{
	int64_t page = big_endian(h + AT_PAGE_SIZE, 2);
	char *wal = str_printf("%s-wal", s->file);
	struct stat st;
	bool logged = stat(wal, &st) == 0 && st.st_size > 0;

	free(wal);
	if (big_endian(h + AT_APPLICATION, 4) != STORE_APPLICATION)
		return err_set(err, ERR_STORE,
			       _("文件 %s 是别的程序的数据库，不是草稿库；"
				 "请检查 --db 或 NIANBAO_DB"),
			       s->path);
	if (page == 1)
		page = 65536;
	*suspect = size < page * big_endian(h + AT_PAGES, 4);
	/* Pages that are missing may stand in the log of a program that died
	 * while it put them in their place. */
	if (!*suspect || logged)
		return ERR_OK;
	return err_set(
		err, ERR_STORE,
		_("草稿库 %s 被截断了，后面的内容没有了；请把它另存一份，"
		  "再用 nianbao restore 从最近的备份恢复"),
		s->path);
}

enum err_code check_header(struct store *s, bool *suspect, struct err *err)
{
	unsigned char h[HEADER] = { 0 };
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	int rc = sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER,
				      &file);

	if (rc == SQLITE_OK)
		rc = file->pMethods->xFileSize(file, &size);
	if (rc == SQLITE_OK && size >= HEADER)
		rc = file->pMethods->xRead(file, h, HEADER, 0);
	if (rc != SQLITE_OK)
		return sql_error(s, rc, err);
	if (size < HEADER || memcmp(h, "SQLite format 3", 16) != 0)
		return err_set(err, ERR_STORE,
			       _("文件 %s 不是草稿库；"
				 "请检查 --db 或 NIANBAO_DB"),
			       s->path);
	return judge_header(s, h, size, suspect, err);
}

/* ---- names and folders ---- */

enum err_code make_folders(const char *path, struct err *err)
{
	char *copy = xstrdup(path);
	int why = 0;

	for (char *p = strchr(copy + 1, '/'); p && *copy && !why;
	     p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST)
			why = errno;
		*p = '/';
	}
	free(copy);
	return why ? cannot(path, why, err) : ERR_OK;
}

char *free_name(const char *path, const char *ending)
{
	char *name = str_printf("%s%s", path, ending);

	for (int i = 2; access(name, F_OK) == 0; i++) {
		free(name);
		name = str_printf("%s%s-%d", path, ending, i);
	}
	return name;
}
