#include "core/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "core/text.h"
#include "core/tr.h"

enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	text_mend(err->text);
	return code;
}

static const struct {
	int code;
	const char *text;
} reasons[] = {
	{ ENOENT, N_("没有这个文件或文件夹") },
	{ EACCES, N_("没有权限") },
	{ EPERM, N_("系统不允许这样做") },
	{ EISDIR, N_("它是一个文件夹") },
	{ ENOTDIR, N_("路径中有一段不是文件夹") },
	{ ENOTEMPTY, N_("文件夹里还有东西") },
	{ ENOSPC, N_("磁盘已满") },
	{ EDQUOT, N_("磁盘限额已用完") },
	{ EFBIG, N_("超过了文件大小的限额") },
	{ EROFS, N_("磁盘是只读的") },
	{ EEXIST, N_("已经有同名的了") },
	{ ENAMETOOLONG, N_("名称太长") },
	{ ELOOP, N_("链接绕成了圈") },
	{ EXDEV, N_("不在同一个磁盘上") },
	{ EMFILE, N_("打开的文件太多") },
	{ ENFILE, N_("打开的文件太多") },
	{ EIO, N_("磁盘读写出错") },
	{ ETXTBSY, N_("文件正作为程序运行") },
	{ EBUSY, N_("正在使用中") },
	{ EBADF, N_("它已经关闭") },
	{ EPIPE, N_("接收的一端已关闭") },
	{ ENXIO, N_("没有这个设备") },
	{ ENODEV, N_("没有这个设备") },
	{ ENOLCK, N_("这个盘不支持锁，或锁已用完") },
	{ EINVAL, N_("这里不支持这样做") },
	{ EOPNOTSUPP, N_("这里不支持这样做") },
};

const char *err_errno(int why)
{
	static char number[64];

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].code == why)
			return _(reasons[i].text);
	snprintf(number, sizeof number, _("系统错误 %d"), why);
	return number;
}
