#include "core/schema.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlversion.h>

#include "core/file.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/xml.h"

enum {
	SCHEMA_CAP = 1 << 20
};

/* libxml2 2.12 made the callback's argument const. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_fault;
#else
typedef xmlErrorPtr xml_fault;
#endif

/* ---- the library, opened once ---- */

#define CALLS(X)                                                               \
	X(xmlReadMemory)                                                       \
	X(xmlFreeDoc)                                                          \
	X(xmlSetStructuredErrorFunc)                                           \
	X(xmlRelaxNGNewParserCtxt)                                             \
	X(xmlRelaxNGSetParserStructuredErrors)                                 \
	X(xmlRelaxNGParse)                                                     \
	X(xmlRelaxNGFreeParserCtxt)                                            \
	X(xmlRelaxNGNewValidCtxt)                                              \
	X(xmlRelaxNGSetValidStructuredErrors)                                  \
	X(xmlRelaxNGValidateDoc)                                               \
	X(xmlRelaxNGFreeValidCtxt)                                             \
	X(xmlRelaxNGFree)

#define CALL(name) __typeof__(name) *name;
static struct {
	CALLS(CALL)
} lib;
#undef CALL

static bool find(void *handle, const char *name, void *call)
{
	void *found = dlsym(handle, name);

	memcpy(call, &found, sizeof found); /* POSIX: a function fits */
	return found != NULL;
}

static bool open_library(void)
{
	static bool well;
	void *handle;

	if (well)
		return true;
	handle = dlopen(LIBXML_SONAME, RTLD_NOW | RTLD_LOCAL);
	well = handle != NULL;
#define FIND(name) well = well && find(handle, #name, &lib.name);
	CALLS(FIND)
#undef FIND
	return well;
}

/* ---- faults ---- */

/* The first fault of a validation.  Of a bad attribute libxml2 first says what
 * followed from it, without a place. */
struct fault {
	int rank, code;
	int line; /* 0: not told */
	char element[120];
	char missing[64]; /* the element that lacks an attribute, or "" */
	char text[200];
};

/* How it is against the schema; the word it is about stands behind. */
static const struct {
	int code;
	const char *text;
} misfits[] = {
	{ XML_RELAXNG_ERR_INVALIDATTR, N_("属性不该有，或内容不对") },
	{ XML_RELAXNG_ERR_ATTRVALID, N_("属性不全，或内容不对") },
	{ XML_RELAXNG_ERR_ELEMWRONG, N_("这里不该有这个元素") },
	{ XML_RELAXNG_ERR_ELEMNAME, N_("这里应是另一个元素") },
	{ XML_RELAXNG_ERR_NOELEM, N_("缺少元素") },
	{ XML_RELAXNG_ERR_INTEREXTRA, N_("多出了元素") },
	{ XML_RELAXNG_ERR_EXTRACONTENT, N_("多出了内容") },
	{ XML_RELAXNG_ERR_TEXTWRONG, N_("这里不该有文字") },
	{ XML_RELAXNG_ERR_TYPEVAL, N_("内容不合类型") },
	{ XML_RELAXNG_ERR_DATATYPE, N_("内容不合类型") },
	{ XML_RELAXNG_ERR_VALUE, N_("内容不在可用的之中") },
};

static const char *misfit(int code)
{
	for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++)
		if (misfits[i].code == code)
			return _(misfits[i].text);
	return _("内容不对");
}

/* cell disclosure.fees.amount: by what the others of its name are not. */
static void name_element(const xmlNode *n, char *out, size_t size)
{
	static const char *const own[] = { "path", "id", "name" };
	const xmlAttr *a = n ? n->properties : NULL;
	size_t i = 0;

	snprintf(out, size, "%s", n && n->name ? (const char *)n->name : "?");
	while (a && i < sizeof own / sizeof *own) {
		if (strcmp((const char *)a->name, own[i]) == 0)
			break;
		a = a->next;
		if (!a && ++i < sizeof own / sizeof *own)
			a = n->properties;
	}
	if (a && a->children && a->children->content)
		snprintf(out + strlen(out), size - strlen(out), " %s",
			 (const char *)a->children->content);
	text_mend(out);
}

/* What the fault is about: the value, else the word that libxml2 names. */
static const char *subject(xml_fault e, const xmlNode *n)
{
	bool value = e->code == XML_RELAXNG_ERR_TYPEVAL ||
		     e->code == XML_RELAXNG_ERR_DATATYPE ||
		     e->code == XML_RELAXNG_ERR_VALUE;

	if (value && n && n->children && n->children->content)
		return (const char *)n->children->content;
	return value || !e->str1 ? "" : e->str1;
}

static void note(void *data, xml_fault e)
{
	struct fault *f = data;
	const xmlNode *n = e->node;
	bool attribute = e->code == XML_RELAXNG_ERR_INVALIDATTR;
	int rank = 1 + (e->line > 0) + attribute;
	struct str line = { 0 };
	const char *word;

	if (!f || e->domain != XML_FROM_RELAXNGV || f->rank >= rank)
		return;
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->parent;
	f->rank = rank;
	f->line = e->line;
	f->code = e->code;
	name_element(n, f->element, sizeof f->element);
	/* it quotes the document: control characters, half a character */
	word = subject(e, n);
	text_one_line(&line, word, strcspn(word, "\n"));
	snprintf(f->text, sizeof f->text, "%s%s%s", misfit(e->code),
		 line.len ? _("：") : "", line.len ? line.s : "");
	text_mend(f->text);
	str_free(&line);
	snprintf(f->missing, sizeof f->missing, "%s",
		 e->code == XML_RELAXNG_ERR_ATTRVALID && e->str1 ? e->str1
								 : "");
}

/* ---- an attribute that is missing ---- */

/* Of that libxml2 only tells the element's name: the schema is asked which ones
 * it wants, and the document where one of them is not. */
static const struct xml_node *named(const struct xml_node *n, const char *kind,
				    const char *name)
{
	const char *own = xml_attr(n, "name");

	if (xml_is(n, kind) && own && strcmp(own, name) == 0)
		return n;
	for (n = xml_child(n); n; n = xml_next(n)) {
		const struct xml_node *found = named(n, kind, name);

		if (found)
			return found;
	}
	return NULL;
}

/* An attribute that the pattern wants in any case and `n` has not; or NULL. */
static const char *lacks(const struct xml_node *grammar,
			 const struct xml_node *pattern,
			 const struct xml_node *n)
{
	const char *missing = NULL;

	for (pattern = xml_child(pattern); pattern && !missing;
	     pattern = xml_next(pattern)) {
		const char *name = xml_attr(pattern, "name");
		const struct xml_node *define = NULL;

		if (name && xml_is(pattern, "attribute") && !xml_attr(n, name))
			missing = name;
		if (name && xml_is(pattern, "ref"))
			define = named(grammar, "define", name);
		if (define || xml_is(pattern, "group"))
			missing = lacks(grammar, define ? define : pattern, n);
	}
	return missing;
}

static bool find_missing(const struct xml_node *grammar,
			 const struct xml_node *pattern,
			 const struct xml_node *n, struct fault *f)
{
	bool same = xml_is(n, xml_attr(pattern, "name"));
	const char *name = same ? lacks(grammar, pattern, n) : NULL;

	if (name) {
		f->line = xml_line(n);
		snprintf(f->element, sizeof f->element, "%s", xml_name(n));
		snprintf(f->text, sizeof f->text, _("缺少属性 %s"), name);
		return true;
	}
	for (n = xml_child(n); n; n = xml_next(n))
		if (find_missing(grammar, pattern, n, f))
			return true;
	return false;
}

static void place_missing(struct fault *f, const char *bytes, size_t len,
			  const char *name, const char *schema_path)
{
	struct str schema = { 0 };
	struct xml *x = xml_parse(bytes, len, name, NULL), *s = NULL;
	const struct xml_node *pattern = NULL;

	if (file_read(schema_path, SCHEMA_CAP, &schema, NULL) == ERR_OK)
		s = xml_parse(schema.s, schema.len, schema_path, NULL);
	if (s)
		pattern = named(xml_root(s), "element", f->missing);
	if (x && pattern)
		find_missing(xml_root(s), pattern, xml_root(x), f);
	xml_free(s);
	xml_free(x);
	str_free(&schema);
}

/* ---- judging ---- */

static void judge(xmlDocPtr doc, xmlRelaxNGPtr schema, struct fault *fault)
{
	xmlRelaxNGValidCtxtPtr valid = lib.xmlRelaxNGNewValidCtxt(schema);

	lib.xmlRelaxNGSetValidStructuredErrors(
		valid, (xmlStructuredErrorFunc)note, fault);
	if (lib.xmlRelaxNGValidateDoc(valid, doc) != 0 && !fault->rank)
		fault->rank = 1;
	lib.xmlRelaxNGFreeValidCtxt(valid);
}

static xmlRelaxNGPtr read_schema(const char *path)
{
	xmlRelaxNGParserCtxtPtr parser = lib.xmlRelaxNGNewParserCtxt(path);
	xmlRelaxNGPtr schema = parser ? lib.xmlRelaxNGParse(parser) : NULL;

	lib.xmlRelaxNGFreeParserCtxt(parser);
	return schema;
}

/* What it says besides is not to come on the terminal. */
static void be_quiet(void *data, xml_fault e)
{
	(void)data;
	(void)e;
}

/* Not quite what expat takes: names of 50,000 characters, for one. */
static enum err_code refuse(const char *name, enum err_code code,
			    struct err *err)
{
	return err_set(
		err, code,
		_("%s：有过长的名称、属性或没有声明的前缀，核对不了；请检查"
		  "来源"),
		name);
}

static enum err_code say(struct fault *f, const char *name, enum err_code code,
			 struct err *err)
{
	return err_set(err, code,
		       _("%s:%d：元素 <%s> 不合格式说明（%s）；请改正这一处"),
		       name, f->line, f->element, f->text);
}

static enum err_code check(const char *bytes, size_t len, const char *name,
			   const char *schema_path, enum err_code code,
			   struct err *err)
{
	struct fault fault = { 0 };
	xmlRelaxNGPtr schema = read_schema(schema_path);
	xmlDocPtr doc = lib.xmlReadMemory(
		bytes, (int)len, name, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_HUGE |
			XML_PARSE_IGNORE_ENC);
	bool readable = doc != NULL, known = schema != NULL;

	if (schema && doc)
		judge(doc, schema, &fault);
	lib.xmlRelaxNGFree(schema);
	if (doc)
		lib.xmlFreeDoc(doc);
	if (!known)
		return err_set(err, code, _("格式说明 %s 读不了；请重新安装"),
			       schema_path);
	if (!readable)
		return refuse(name, code, err);
	if (*fault.missing)
		place_missing(&fault, bytes, len, name, schema_path);
	return fault.rank ? say(&fault, name, code, err) : ERR_OK;
}

enum err_code schema_check(const char *bytes, size_t len, const char *name,
			   const char *schema_path, enum err_code code,
			   struct err *err)
{
	struct str room = { 0 };
	enum err_code result;

	if (!open_library())
		return err_set(
			err, code,
			_("缺少程序库 %s，%s 核对不了；请安装 libxml2 再试"),
			LIBXML_SONAME, name);
	lib.xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)be_quiet);
	result = xml_to_utf8(&bytes, &len, &room, err) == ERR_OK
			 ? check(bytes, len, name, schema_path, code, err)
			 : code;
	lib.xmlSetStructuredErrorFunc(NULL, NULL);
	str_free(&room);
	return result;
}
