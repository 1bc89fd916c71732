#include "import/opc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/zip.h"

struct opened {
	char *part;
	struct xml *xml;
};

struct opc {
	char *name; /* of the file */
	struct zip_reader *zip;
	struct xml *flat;     /* instead */
	struct opened *parts; /* of the zip, read so far */
	size_t count, room;
};

struct opc *opc_zip(const char *bytes, size_t len, const char *name,
		    struct err *err)
{
	struct zip_reader *zip = zip_reader_new(bytes, len, name, err);
	struct opc *o;

	if (!zip)
		return NULL;
	o = xcalloc(1, sizeof *o);
	o->name = xstrdup(name);
	o->zip = zip;
	return o;
}

struct opc *opc_flat(struct xml *flat, const char *name)
{
	struct opc *o = xcalloc(1, sizeof *o);

	o->name = xstrdup(name);
	o->flat = flat;
	return o;
}

void opc_free(struct opc *o)
{
	if (!o)
		return;
	for (size_t i = 0; i < o->count; i++) {
		free(o->parts[i].part);
		xml_free(o->parts[i].xml);
	}
	free(o->parts);
	zip_reader_free(o->zip);
	xml_free(o->flat);
	free(o->name);
	free(o);
}

/* ---- parts ---- */

/* As a zip with two entries of one name is refused, so are two such parts:
 * which of them a reader shows is anybody's guess. */
static size_t flat_part(const struct opc *o, const char *part,
			const struct xml_node **root)
{
	const struct xml_node *n = xml_child(xml_root(o->flat)), *data;
	size_t found = 0;

	*root = NULL;
	for (; n; n = xml_next(n)) {
		const char *name = xml_attr(n, "name");

		if (!xml_is(n, "part") || !name || *name != '/' ||
		    strcasecmp(name + 1, part) != 0)
			continue;
		found++;
		data = xml_find(n, "xmlData");
		*root = data ? xml_child(data) : NULL;
	}
	return found;
}

static bool has(const struct opc *o, const char *part)
{
	const struct xml_node *root;

	return o->flat ? flat_part(o, part, &root) > 0
		       : zip_reader_has(o->zip, part);
}

/* "a.docx 里的 word/document.xml", fit for a sentence. */
static char *spoken(const struct opc *o, const char *part)
{
	struct str line = { 0 };
	char *name;

	text_one_line(&line, part, strlen(part));
	name = str_printf(_("%s 里的 %.80s"), o->name, line.s ? line.s : "");
	text_mend(name);
	str_free(&line);
	return name;
}

static struct xml *open_part(struct opc *o, const char *part, struct err *err)
{
	struct str bytes = { 0 };
	struct xml *xml = NULL;
	char *name;

	for (size_t i = 0; i < o->count; i++)
		if (strcasecmp(o->parts[i].part, part) == 0)
			return o->parts[i].xml;
	name = spoken(o, part);
	if (zip_reader_get(o->zip, part, &bytes, err) == ERR_OK)
		xml = xml_parse(bytes.s, bytes.len, name, err);
	if (xml) {
		o->parts = mem_grow(o->parts, o->count, &o->room,
				    sizeof *o->parts);
		o->parts[o->count++] = (struct opened){ xstrdup(part), xml };
	}
	free(name);
	str_free(&bytes);
	return xml;
}

enum err_code opc_root(struct opc *o, const char *part,
		       const struct xml_node **root, struct xml **in,
		       struct err *err)
{
	size_t found = 1;

	*in = o->flat ? o->flat : open_part(o, part, err);
	if (!*in)
		return ERR_INPUT;
	if (o->flat)
		found = flat_part(o, part, root);
	else
		*root = xml_root(*in);
	if (found == 1 && *root)
		return ERR_OK;
	return err_set(err, ERR_INPUT,
		       found > 1 ? _("文件 %s 里同一个部分写了两次，未读入；"
				     "请用 Word 打开后另存一份再试")
				 : _("文件 %s 里缺少它说有的部分，未读入；请用 "
				     "Word 打开后另存一份再试"),
		       o->name);
}

/* ---- relations ---- */

/* word/document.xml has its relations in word/_rels/document.xml.rels */
static char *relations_of(const char *part)
{
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash + 1 - part) : 0;

	return str_printf("%.*s_rels/%s.rels", folder, part, part + folder);
}

/* One step of a path: .. goes back, . stays. */
static void walk(struct str *path, const char *step, size_t len)
{
	char *slash;

	if (len == 0 || (len == 1 && *step == '.'))
		return;
	if (len == 2 && memcmp(step, "..", 2) == 0) {
		slash = path->len ? strrchr(path->s, '/') : NULL;
		str_splice(path, slash ? (size_t)(slash - path->s) : 0,
			   path->len - (slash ? (size_t)(slash - path->s) : 0),
			   "", 0);
		return;
	}
	if (path->len)
		str_addc(path, '/');
	str_addn(path, step, len);
}

/* Where `target` leads from the folder of `part`. */
static char *resolve(const char *part, const char *target)
{
	struct str path = { 0 };
	const char *slash = strrchr(part, '/');

	str_addn(&path, "", 0);
	if (*target != '/' && slash)
		str_addn(&path, part, (size_t)(slash - part));
	while (*target) {
		size_t len = strcspn(target, "/");

		walk(&path, target, len);
		target += len + (target[len] == '/');
	}
	return str_steal(&path);
}

static bool leads(const struct xml_node *n, const char *type)
{
	const char *is = xml_attr(n, "Type"), *mode = xml_attr(n, "TargetMode");
	size_t len = strlen(type), had = is ? strlen(is) : 0;

	return xml_is(n, "Relationship") && xml_attr(n, "Target") &&
	       had >= len && strcmp(is + had - len, type) == 0 &&
	       !(mode && strcasecmp(mode, "External") == 0);
}

enum {
	TARGETS = 400 /* of one type; each is looked for among all parts */
};

static bool listed(char *const *list, size_t count, const char *part)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(list[i], part) == 0)
			return true;
	return false;
}

enum err_code opc_targets(struct opc *o, const char *part, const char *type,
			  char ***list, size_t *count, struct err *err)
{
	char *relations = relations_of(part);
	const struct xml_node *n = NULL;
	struct xml *in;
	size_t room = 0;
	size_t seen = 0;
	enum err_code code = ERR_OK;

	*list = NULL;
	*count = 0;
	if (has(o, relations))
		code = opc_root(o, relations, &n, &in, err);
	free(relations);
	n = n && !code ? xml_child(n) : NULL;
	for (; n && seen <= TARGETS; n = xml_next(n)) {
		char *target = leads(n, type)
				       ? resolve(part, xml_attr(n, "Target"))
				       : NULL;

		seen += target != NULL;
		if (!target || listed(*list, *count, target) ||
		    !has(o, target)) {
			free(target);
			continue;
		}
		*list = mem_grow(*list, *count, &room, sizeof **list);
		(*list)[(*count)++] = target;
	}
	if (seen > TARGETS)
		code = err_set(err, ERR_INPUT,
			       _("文件 %s 里的页眉、页脚多得不合常理，未读入；"
				 "请确认选对了文件"),
			       o->name);
	return code;
}

void opc_targets_free(char **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(list[i]);
	free(list);
}

enum err_code opc_related(struct opc *o, const char *part, const char *type,
			  char **target, struct err *err)
{
	char *relations = relations_of(part);
	const struct xml_node *n = NULL;
	struct xml *in;
	enum err_code code = ERR_OK;

	*target = NULL;
	if (has(o, relations))
		code = opc_root(o, relations, &n, &in, err);
	for (n = n && !code ? xml_child(n) : NULL; n; n = xml_next(n))
		if (leads(n, type))
			break;
	if (n)
		*target = resolve(part, xml_attr(n, "Target"));
	if (n && !has(o, *target)) {
		free(*target);
		*target = NULL;
	}
	free(relations);
	return code;
}
