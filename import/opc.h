/*
 * opc - an Office package, zip or Flat OPC: parts that point to each other.
 *
 * Parts are found by relations, never by the name that they usually have.
 * Names are only compared (ASCII letters' case does not count).  Everything
 * borrowed lives until opc_free().
 */
#ifndef IMPORT_OPC_H
#define IMPORT_OPC_H

#include <stddef.h>

#include "core/err.h"
#include "core/xml.h"

struct opc;

/* A zip, its bytes borrowed until opc_free(); `name` is for sentences. */
struct opc *opc_zip(const char *bytes, size_t len, const char *name,
		    struct err *err);
/* A Flat OPC document, which is taken over. */
struct opc *opc_flat(struct xml *flat, const char *name);
void opc_free(struct opc *o);

/* Where the relation of `part` ("": of the package) whose type ends in `type`
 * leads; *target is NULL when there is none or its part is missing, else free
 * it. */
enum err_code opc_related(struct opc *o, const char *part, const char *type,
			  char **target, struct err *err);
/* The parts that all such relations lead to, each once, in order; those that are
 * missing are left out, a document with hundreds is refused.  opc_targets_free() them. */
enum err_code opc_targets(struct opc *o, const char *part, const char *type,
			  char ***list, size_t *count, struct err *err);
void opc_targets_free(char **list, size_t count);
/* The root element of a part and the document it stands in. */
enum err_code opc_root(struct opc *o, const char *part,
		       const struct xml_node **root, struct xml **in,
		       struct err *err);

#endif
