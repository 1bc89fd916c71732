/*
 * xml - the one door to expat: a small reader and a small writer.
 *
 * Reading: no DTD, no entities of its own, no network.  Refused: over 64 MiB,
 * an encoding other than UTF-8, UTF-16, GB and the Latin ones, a tag with more
 * than 1,000 attributes, over two million tags and attributes, more than 256
 * elements within each other; and a document with a DTD.
 * Names are local ones, without the prefix of their name space.
 * Nodes are borrowed from the document and die with xml_free().
 *
 * Writing: straight into a struct str.  Text and attributes are escaped, and
 * characters that XML 1.0 cannot hold (clause 2.2: U+0000-0008, 000B, 000C,
 * 000E-001F, FFFE, FFFF, surrogates, broken UTF-8) are left out.
 */
#ifndef CORE_XML_H
#define CORE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

struct xml;      /* a parsed document */
struct xml_node; /* an element of it */

/* Parse the bytes; `name` is for the message (file name).  The message has the
 * line and the reason. */
struct xml *xml_parse(const char *bytes, size_t len, const char *name,
		      struct err *err);
void xml_free(struct xml *x);
/* The bytes of a document as UTF-8, whatever its first line says: themselves, or
 * put into `room`.  ERR_INPUT: an encoding that xml_parse() refuses. */
enum err_code xml_to_utf8(const char **bytes, size_t *len, struct str *room,
			  struct err *err);

/* A parsed document as one piece of memory, which may be kept and lie anywhere:
 * the forms that come with the program are built into it like this.  The image
 * is borrowed from x; xml_of_image() borrows it in turn, aligned to 4 bytes, and
 * takes only what xml_image() gave on a machine of this kind. */
const void *xml_image(const struct xml *x, size_t *size);
struct xml *xml_of_image(const void *image, size_t size);

const struct xml_node *xml_root(const struct xml *x);
const struct xml_node *xml_child(const struct xml_node *n); /* first element */
const struct xml_node *xml_next(const struct xml_node *n);  /* next element */
const char *xml_name(const struct xml_node *n);             /* local name */
bool xml_is(const struct xml_node *n, const char *name);
/* The first child element of that name, or NULL. */
const struct xml_node *xml_find(const struct xml_node *n, const char *name);
/* The attribute, or NULL; the text of all descendants, never NULL.  Both are
 * borrowed until xml_free(). */
const char *xml_attr(const struct xml_node *n, const char *name);
const char *xml_text(struct xml *x, const struct xml_node *n);
int xml_line(const struct xml_node *n);

/* Append with & < > " escaped and unfit characters left out; `len` bytes. */
void xml_escape(struct str *out, const char *s, size_t len);

#endif
