#include "core/schema.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlversion.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"

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

/* The first fault of a parse or a validation.  Of a bad attribute libxml2 first
 * says what followed from it, without a place. */
struct fault {
	int rank;
	int line;
	char element[64];
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

static void note(void *data, xml_fault e)
{
	struct fault *f = data;
	const xmlNode *n = e->node;
	bool attribute = e->domain == XML_FROM_RELAXNGV &&
			 e->code == XML_RELAXNG_ERR_INVALIDATTR;
	int rank = 1 + (e->line > 0) + attribute;
	const char *word = e->str1 ? e->str1 : "";
	struct str line = { 0 };

	if (!f || f->rank >= rank)
		return;
	f->rank = rank;
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->parent;
	f->line = e->line;
	snprintf(f->element, sizeof f->element, "%s",
		 n && n->name ? (const char *)n->name : "?");
	/* it quotes the document: control characters, half a character */
	text_one_line(&line, word, strcspn(word, "\n"));
	snprintf(f->text, sizeof f->text, "%s%s%s", misfit(e->code),
		 line.len ? _("：") : "", line.len ? line.s : "");
	text_mend(f->text);
	text_mend(f->element);
	str_free(&line);
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

static xmlRelaxNGPtr read_schema(const char *path, struct fault *fault)
{
	xmlRelaxNGParserCtxtPtr parser = lib.xmlRelaxNGNewParserCtxt(path);
	xmlRelaxNGPtr schema = NULL;

	if (parser) {
		lib.xmlRelaxNGSetParserStructuredErrors(
			parser, (xmlStructuredErrorFunc)note, fault);
		schema = lib.xmlRelaxNGParse(parser);
	}
	lib.xmlRelaxNGFreeParserCtxt(parser);
	return schema;
}

enum err_code schema_check(const char *bytes, size_t len, const char *name,
			   const char *schema_path, enum err_code code,
			   struct err *err)
{
	struct fault fault = { 0 };
	xmlRelaxNGPtr schema;
	xmlDocPtr doc;
	bool readable;

	if (!open_library())
		return err_set(
			err, code,
			_("缺少程序库 %s，%s 核对不了；请安装 libxml2 再试"),
			LIBXML_SONAME, name);
	/* It would speak on the terminal. */
	lib.xmlSetStructuredErrorFunc(&fault, (xmlStructuredErrorFunc)note);
	schema = read_schema(schema_path, &fault);
	doc = lib.xmlReadMemory(bytes, (int)len, name, NULL,
				XML_PARSE_NONET | XML_PARSE_BIG_LINES);
	readable = schema != NULL;
	if (schema && doc)
		judge(doc, schema, &fault);
	lib.xmlRelaxNGFree(schema);
	if (doc)
		lib.xmlFreeDoc(doc);
	lib.xmlSetStructuredErrorFunc(NULL, NULL);
	if (!readable)
		return err_set(err, code, _("格式说明 %s 读不了；请重新安装"),
			       schema_path);
	return doc && !fault.rank
		       ? ERR_OK
		       : err_set(err, code,
				 _("%s:%d：元素 <%s> 不合格式说明（%s）"), name,
				 fault.line, fault.element, fault.text);
}
