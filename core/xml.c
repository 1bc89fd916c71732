#include "core/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlversion.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"

enum {
	ATTRIBUTES_MAX = 1000, /* of a tag */
	MARKS_MAX = 2 << 20,   /* tags and attributes of a document */
};

#define XML_MAX ((size_t)64 << 20)

/* libxml2 2.12 made the callback's argument const. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_fault;
#else
typedef xmlErrorPtr xml_fault;
#endif

struct xml {
	xmlDocPtr doc;
	char *name;
	char **texts; /* what xml_text() handed out */
	size_t text_count, text_room;
};

/* The first fault of a parse or a validation.  Of a bad attribute libxml2 first
 * says what followed from it, without a place. */
struct fault {
	int rank;
	int line, code;
	char element[64];
	char text[200];
};

/* What the parser says, in words; anything else is just against the rules. */
static const struct {
	int code;
	const char *text;
} faults[] = {
	{ XML_ERR_DOCUMENT_EMPTY, N_("文件是空的，或不是 XML") },
	{ XML_ERR_DOCUMENT_START, N_("文件是空的，或不是 XML") },
	{ XML_ERR_DOCUMENT_END, N_("文件没有完，或完了之后还有内容") },
	{ XML_ERR_TAG_NAME_MISMATCH, N_("标记没有配对") },
	{ XML_ERR_TAG_NOT_FINISHED, N_("标记没有写完") },
	{ XML_ERR_LT_REQUIRED, N_("标记的尖括号不全") },
	{ XML_ERR_GT_REQUIRED, N_("标记的尖括号不全") },
	{ XML_ERR_LTSLASH_REQUIRED, N_("标记的尖括号不全") },
	{ XML_ERR_NAME_REQUIRED, N_("缺名称，或 < & 没有写作 &lt; &amp;") },
	{ XML_ERR_SPACE_REQUIRED, N_("两个属性之间缺空格") },
	{ XML_ERR_EQUAL_REQUIRED, N_("属性后面缺等号") },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, N_("属性的内容没有加引号") },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, N_("属性的引号没有配对") },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, N_("属性没有内容") },
	{ XML_ERR_ATTRIBUTE_REDEFINED, N_("同一个属性写了两次") },
	{ XML_ERR_LT_IN_ATTRIBUTE, N_("属性里的 < 要写作 &lt;") },
	{ XML_ERR_UNDECLARED_ENTITY, N_("用了没有定义的 & 名称") },
	{ XML_WAR_UNDECLARED_ENTITY, N_("用了没有定义的 & 名称") },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, N_("& 名称后面缺分号") },
	{ XML_ERR_INVALID_CHARREF, N_("&# 后面的字符不能用") },
	{ XML_ERR_INVALID_CHAR, N_("有不能用的字符") },
	{ XML_ERR_INVALID_ENCODING, N_("不是声明的编码，请存为 UTF-8") },
	{ XML_ERR_UNKNOWN_ENCODING, N_("不认识声明的编码，请存为 UTF-8") },
	{ XML_ERR_UNSUPPORTED_ENCODING, N_("不认识声明的编码，请存为 UTF-8") },
	{ XML_ERR_COMMENT_NOT_FINISHED, N_("注释没有写完") },
	{ XML_ERR_CDATA_NOT_FINISHED, N_("CDATA 没有写完") },
	{ XML_ERR_RESERVED_XML_NAME, N_("<?xml 只能在文件开头") },
};

static const char *reason(const struct fault *f)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (faults[i].code == f->code)
			return _(faults[i].text);
	return _("写法有误");
}

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
	f->code = e->code;
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

static void be_quiet(void *data, xml_fault e)
{
	(void)data;
	(void)e;
}

/* ---- before parsing ---- */

/* The bytes by the character: two bytes a character in UTF-16, of which only
 * ASCII matters here; anything else is an x. */
struct scan {
	const char *s;
	size_t count, step;
	bool big; /* the high byte comes first */
};

static struct scan scan_of(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	bool big = len >= 2 && ((u[0] == 0xfe && u[1] == 0xff) ||
				(u[0] == 0 && u[1] == '<'));
	bool little = len >= 2 && ((u[0] == 0xff && u[1] == 0xfe) ||
				   (u[0] == '<' && u[1] == 0));
	size_t step = big || little ? 2 : 1, mark = 0;

	if (step == 2 && u[0] >= 0xfe)
		mark = 2;
	else if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		mark = 3;
	return (struct scan){ s + mark, (len - mark) / step, step, big };
}

static char at(const struct scan *v, size_t i)
{
	const char *c;

	if (i >= v->count)
		return '\0';
	c = v->s + i * v->step;
	if (v->step == 1)
		return *c;
	return c[v->big ? 0 : 1] ? 'x' : c[v->big ? 1 : 0];
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

static size_t past_blanks(const struct scan *v, size_t i)
{
	while (at(v, i) == ' ' || at(v, i) == '\t' || at(v, i) == '\n' ||
	       at(v, i) == '\r')
		i++;
	return i;
}

/* The next < or = at `i` or behind it. */
static size_t mark_from(const struct scan *v, size_t i)
{
	if (v->step == 1)
		while (i < v->count && v->s[i] != '<' && v->s[i] != '=')
			i++;
	return i;
}

/* The test for double attributes is quadratic: very many in a tag are refused
 * before they are parsed, as is more than there is memory for in a tree.  All
 * attributes of a tag stand between its < and the next one, for a value cannot
 * hold any; so nothing needs to be known of quotes and comments. */
static bool too_much(const struct scan *v)
{
	size_t here = 0, all = 0;

	for (size_t i = mark_from(v, 0); i < v->count;
	     i = mark_from(v, i + 1)) {
		char c = at(v, i);

		if (c == '<')
			here = 0;
		else if (c != '=' || !is_quote(at(v, past_blanks(v, i + 1))))
			continue;
		else if (++here > ATTRIBUTES_MAX)
			return true;
		if (++all > MARKS_MAX)
			return true;
	}
	return false;
}

/* One name="value" of the declaration; 0: it is none, else where it ends. */
static size_t declared(const struct scan *v, size_t i, struct str *name,
		       struct str *value)
{
	char quote;

	str_clear(name);
	str_clear(value);
	for (; at(v, i) >= 'a' && at(v, i) <= 'z'; i++)
		str_addc(name, at(v, i));
	i = past_blanks(v, i);
	if (at(v, i) != '=')
		return 0;
	i = past_blanks(v, i + 1);
	quote = at(v, i);
	if (!is_quote(quote))
		return 0;
	for (i++; at(v, i) && at(v, i) != quote; i++)
		str_addc(value, at(v, i));
	return at(v, i) ? past_blanks(v, i + 1) : 0;
}

/* Only encodings in which < = and quotes cannot be written in another way:
 * UTF-7, for one, can. */
static bool is_known(const char *encoding, size_t step)
{
	static const struct {
		const char *name;
		size_t step;
	} known[] = { { "UTF-8", 1 },       { "UTF8", 1 },
		      { "UTF-16", 2 },      { "GBK", 1 },
		      { "GB2312", 1 },      { "GB18030", 1 },
		      { "US-ASCII", 1 },    { "ISO-8859-1", 1 },
		      { "Windows-1252", 1 } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcasecmp(encoding, known[i].name) == 0)
			return known[i].step == step;
	return false;
}

/* Four bytes a character, or letters in other places: the parser knows them
 * by their first bytes. */
static bool is_foreign(const char *bytes, size_t len)
{
	static const char ebcdic[] = "\x4c\x6f\xa7\x94";
	int zeros = 0;

	for (size_t i = 0; i < 4 && i < len; i++)
		zeros += bytes[i] == 0;
	return zeros >= 3 || (len >= 4 && memcmp(bytes, ebcdic, 4) == 0);
}

static bool readable(const struct scan *v)
{
	static const char word[] = "<?xml";
	struct str name = { 0 }, value = { 0 };
	size_t i = 0;
	bool well;

	while (word[i] && at(v, i) == word[i])
		i++;
	if (word[i] || past_blanks(v, i) == i) /* no declaration */
		return true;
	for (well = true, i = past_blanks(v, i); well && at(v, i) != '?';) {
		i = declared(v, i, &name, &value);
		well = i > 0 && (strcmp(name.s, "encoding") != 0 ||
				 is_known(value.s, v->step));
	}
	str_free(&name);
	str_free(&value);
	return well;
}

static enum err_code look_before(const char *bytes, size_t len,
				 const char *name, struct err *err)
{
	struct scan v = scan_of(bytes, len);

	if (len > XML_MAX)
		return err_set(err, ERR_INPUT,
			       _("%s：超过 64 兆字节，不予读入；请确认选对了"
				 "文件"),
			       name);
	if (is_foreign(bytes, len) || !readable(&v))
		return err_set(err, ERR_INPUT,
			       _("%s：编码认不出，不予读入；请存成 UTF-8 编码"
				 "再试"),
			       name);
	if (too_much(&v))
		return err_set(err, ERR_INPUT,
			       _("%s：标记过长或过多，不予读入；请检查来源"),
			       name);
	return ERR_OK;
}

/* ---- parsing ---- */

static void stop_at_dtd(void *ctx, const xmlChar *name, const xmlChar *id,
			const xmlChar *uri)
{
	xmlParserCtxtPtr p = ctx;

	(void)name;
	(void)id;
	(void)uri;
	*(bool *)p->_private = true;
	xmlStopParser(p);
}

static xmlDocPtr parse(const char *bytes, size_t len, const char *name,
		       bool *dtd, struct fault *fault)
{
	xmlParserCtxtPtr p = xmlNewParserCtxt();
	xmlDocPtr doc;

	if (!p)
		return NULL;
	p->_private = dtd;
	p->sax->internalSubset = stop_at_dtd;
	xmlSetStructuredErrorFunc(fault, (xmlStructuredErrorFunc)note);
	doc = xmlCtxtReadMemory(p, bytes, (int)len, name, NULL,
				XML_PARSE_NONET | XML_PARSE_COMPACT |
					XML_PARSE_BIG_LINES);
	xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)be_quiet);
	xmlFreeParserCtxt(p);
	return doc;
}

struct xml *xml_parse(const char *bytes, size_t len, const char *name,
		      struct err *err)
{
	struct fault fault = { 0 };
	bool dtd = false;
	struct xml *x;
	xmlDocPtr doc;

	if (look_before(bytes, len, name, err) != ERR_OK)
		return NULL;
	doc = parse(bytes, len, name, &dtd, &fault);
	if (doc && !dtd && xmlDocGetRootElement(doc)) {
		x = xcalloc(1, sizeof *x);
		x->doc = doc;
		x->name = xstrdup(name);
		return x;
	}
	if (doc)
		xmlFreeDoc(doc);
	if (dtd)
		err_set(err, ERR_INPUT,
			_("%s：含有 DTD，不予读入；请换用本程序导出的文件"),
			name);
	else
		err_set(err, ERR_INPUT,
			_("%s:%d：XML 不合规矩：%s；请改正这一处"), name,
			fault.line, reason(&fault));
	return NULL;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->text_count; i++)
		free(x->texts[i]);
	free(x->texts);
	free(x->name);
	xmlFreeDoc(x->doc);
	free(x);
}

enum err_code xml_validate(struct xml *x, const char *schema_path,
			   enum err_code code, struct err *err)
{
	struct fault fault = { 0 };
	xmlRelaxNGParserCtxtPtr parser;
	xmlRelaxNGPtr schema;
	xmlRelaxNGValidCtxtPtr valid = NULL;
	enum err_code result = ERR_OK;

	xmlSetStructuredErrorFunc(&fault, (xmlStructuredErrorFunc)note);
	parser = xmlRelaxNGNewParserCtxt(schema_path);
	if (parser)
		xmlRelaxNGSetParserStructuredErrors(
			parser, (xmlStructuredErrorFunc)note, &fault);
	schema = parser ? xmlRelaxNGParse(parser) : NULL;
	if (schema)
		valid = xmlRelaxNGNewValidCtxt(schema);
	if (!valid) {
		result = err_set(err, code, _("格式说明 %s 读不了；请重新安装"),
				 schema_path);
	} else {
		xmlRelaxNGSetValidStructuredErrors(
			valid, (xmlStructuredErrorFunc)note, &fault);
		if (xmlRelaxNGValidateDoc(valid, x->doc) != 0)
			result = err_set(
				err, code,
				_("%s:%d：元素 <%s> 不合格式说明（%s）"),
				x->name, fault.line, fault.element, fault.text);
	}
	xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)be_quiet);
	xmlRelaxNGFreeValidCtxt(valid);
	xmlRelaxNGFree(schema);
	xmlRelaxNGFreeParserCtxt(parser);
	return result;
}

static const struct xml_node *element(const xmlNode *n)
{
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return (const struct xml_node *)n;
}

static const xmlNode *node(const struct xml_node *n)
{
	return (const xmlNode *)n;
}

const struct xml_node *xml_root(const struct xml *x)
{
	return (const struct xml_node *)xmlDocGetRootElement(x->doc);
}

const struct xml_node *xml_child(const struct xml_node *n)
{
	return element(node(n)->children);
}

const struct xml_node *xml_next(const struct xml_node *n)
{
	return element(node(n)->next);
}

const char *xml_name(const struct xml_node *n)
{
	return (const char *)node(n)->name;
}

bool xml_is(const struct xml_node *n, const char *name)
{
	return strcmp(xml_name(n), name) == 0;
}

const struct xml_node *xml_find(const struct xml_node *n, const char *name)
{
	const struct xml_node *c = xml_child(n);

	while (c && !xml_is(c, name))
		c = xml_next(c);
	return c;
}

const char *xml_attr(const struct xml_node *n, const char *name)
{
	for (const xmlAttr *a = node(n)->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return a->children && a->children->content
				       ? (const char *)a->children->content
				       : "";
	return NULL;
}

static void gather(const xmlNode *n, struct str *out)
{
	for (n = n->children; n; n = n->next) {
		if (n->type == XML_ELEMENT_NODE)
			gather(n, out);
		else if ((n->type == XML_TEXT_NODE ||
			  n->type == XML_CDATA_SECTION_NODE) &&
			 n->content)
			str_add(out, (const char *)n->content);
	}
}

const char *xml_text(struct xml *x, const struct xml_node *n)
{
	struct str text = { 0 };

	/* Nearly every element holds just one text: lend it. */
	if (node(n)->children && !node(n)->children->next &&
	    node(n)->children->type == XML_TEXT_NODE)
		return (const char *)node(n)->children->content;
	if (!node(n)->children)
		return "";
	gather(node(n), &text);
	x->texts = mem_grow(x->texts, x->text_count, &x->text_room,
			    sizeof *x->texts);
	return x->texts[x->text_count++] = str_steal(&text);
}

int xml_line(const struct xml_node *n)
{
	return (int)xmlGetLineNo(node(n));
}

/* Bytes of the character at s if XML 1.0 may hold it (clause 2.2), else 0 and
 * *bad is how many bytes to leave out. */
static size_t fit(const unsigned char *s, size_t len, size_t *bad)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = *s < 0x80   ? 1
		   : *s < 0xc2 ? 0
		   : *s < 0xe0 ? 2
		   : *s < 0xf0 ? 3
		   : *s < 0xf5 ? 4
			       : 0;
	unsigned c;

	*bad = 1;
	if (n == 0 || n > len)
		return 0;
	if (n == 1)
		return *s >= 0x20 || *s == '\n' || *s == '\t' ? 1 : 0;
	c = *s & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fu);
	}
	if (c < least[n] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return 0;
	*bad = n;
	return c == 0xfffe || c == 0xffff ? 0 : n;
}

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\n':
		return "&#10;";
	case '\t':
		return "&#9;";
	default:
		return NULL;
	}
}

void xml_escape(struct str *out, const char *s, size_t len)
{
	size_t from = 0, at = 0;

	while (at < len) {
		size_t bad;
		size_t n = fit((const unsigned char *)s + at, len - at, &bad);
		const char *as = n ? entity(s[at]) : "";

		if (!as) {
			at += n;
			continue;
		}
		str_addn(out, s + from, at - from);
		str_add(out, as);
		at += n ? n : bad;
		from = at;
	}
	str_addn(out, s + from, at - from);
}
