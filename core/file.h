/*
 * file - whole files in and out, never half of one.
 */
#ifndef CORE_FILE_H
#define CORE_FILE_H

#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

/* Read all of `path` ("-" is standard input) into `out`; more than `cap` bytes
 * is an error. */
enum err_code file_read(const char *path, size_t cap, struct str *out,
			struct err *err);

/* The same of a text in lines: without a byte order mark, \r\n become \n.  Bytes
 * that are not UTF-8 and control characters (but tabs) are an error that names
 * the line. */
enum err_code file_read_text(const char *path, size_t cap, struct str *out,
			     struct err *err);

/* Replace `path` by the bytes: written beside it, fsync, rename; on any failure,
 * of power too, the old file or the new one stands, whole, and nothing is left
 * beside it.
 * "-" is standard output.  `mode` as for open(2); an existing file keeps its
 * own, a symbolic link stays one. */
enum err_code file_write(const char *path, const char *bytes, size_t len,
			 unsigned mode, struct err *err);

/* A folder of the source tree, for a program that is run before it is
 * installed: `name` beside it or one folder up, if it holds `probe`; else NULL.
 * Free it. */
char *file_beside_program(const char *name, const char *probe);

/* Remove a folder of our own making with all that is in it. */
void file_remove_folder(const char *path);

/* fsync the folder that `path` stands in, after a rename; as far as it goes. */
void file_sync_folder(const char *path);

#endif
