#include "core/xml.h"

#include <expat.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/charset.h"
#include "core/mem.h"
#include "core/tr.h"

enum {
	ATTRIBUTES_MAX = 1000, /* of a tag */
	MARKS_MAX = 2 << 20,   /* tags and attributes of a document */
	DEPTH_MAX = 256,
};

#define XML_MAX ((size_t)64 << 20)

/* expat 2.9 has them in 64 bits. */
#if XML_MAJOR_VERSION > 2 || XML_MINOR_VERSION > 8
#define line_of XML_GetCurrentLineNumber64
#define byte_of XML_GetCurrentByteIndex64
#else
#define line_of XML_GetCurrentLineNumber
#define byte_of XML_GetCurrentByteIndex
#endif

/* Where something lies, told by how far it is from here; 0 is nowhere.  So a
 * document is one piece of memory that may lie anywhere. */
typedef int32_t ref;

/* An element, or a text among them: then it has no name. */
struct xml_node {
	ref name, text, child, next;
	ref attrs; /* refs to name, value, name, value, 0 */
	int32_t line;
};

struct xml {
	const struct xml_node *top; /* its child is the root */
	char *owned;                /* what is to be freed, or NULL */
	size_t size;
	char **texts; /* what xml_text() put together */
	size_t text_count, text_room;
};

static const void *follow(const ref *r)
{
	return *r ? (const char *)r + *r : NULL;
}

/* ---- what the parser tells ---- */

struct builder {
	XML_Parser parser;
	char *bytes; /* nodes, attributes and strings as they come */
	size_t used, room;
	size_t ends[DEPTH_MAX + 1]; /* the ref that the next node belongs in */
	size_t depth, marks;
	struct str text;
	bool dtd, too_much; /* why it was given up */
};

/* Zeroed room for so many bytes; where it begins. */
static size_t lay(struct builder *b, size_t size)
{
	size_t at = b->used, end = at + ((size + 3) & ~(size_t)3);

	if (end > b->room) {
		b->room = end * 2;
		b->bytes = xreallocarray(b->bytes, b->room, 1);
	}
	memset(b->bytes + at, 0, end - at);
	b->used = end;
	return at;
}

static void refer(struct builder *b, size_t from, size_t to)
{
	ref distance = (ref)to - (ref)from;

	memcpy(b->bytes + from, &distance, sizeof distance);
}

/* A string, and the ref at `from` to it. */
static void lay_text(struct builder *b, size_t from, const char *s, size_t len)
{
	size_t at = lay(b, len + 1);

	memcpy(b->bytes + at, s, len);
	refer(b, from, at);
}

static size_t append(struct builder *b)
{
	size_t n = lay(b, sizeof(struct xml_node));
	int32_t line = (int32_t)line_of(b->parser);

	memcpy(b->bytes + n + offsetof(struct xml_node, line), &line,
	       sizeof line);
	refer(b, b->ends[b->depth], n);
	b->ends[b->depth] = n + offsetof(struct xml_node, next);
	return n;
}

/* Texts come in pieces. */
static void end_text(struct builder *b)
{
	size_t n;

	if (!b->text.len)
		return;
	n = append(b);
	lay_text(b, n + offsetof(struct xml_node, text), b->text.s,
		 b->text.len);
	str_clear(&b->text);
}

static const char *local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

/* Declarations of name spaces are left out: names are local ones. */
static bool declares(const char *name)
{
	return strncmp(name, "xmlns", 5) == 0 && (!name[5] || name[5] == ':');
}

static void keep_attributes(struct builder *b, size_t node, const char **attrs,
			    size_t count)
{
	size_t at = lay(b, (count + 1) * sizeof(ref));

	refer(b, node + offsetof(struct xml_node, attrs), at);
	for (size_t i = 0; i < count; i += 2) {
		const char *name = local(attrs[i]);

		if (declares(attrs[i]))
			continue;
		lay_text(b, at, name, strlen(name));
		lay_text(b, at + sizeof(ref), attrs[i + 1],
			 strlen(attrs[i + 1]));
		at += 2 * sizeof(ref);
	}
}

static void start_element(void *data, const char *name, const char **attrs)
{
	struct builder *b = data;
	size_t count = 0, n;

	while (attrs[count])
		count += 2;
	b->marks += 1 + count / 2;
	if (count / 2 > ATTRIBUTES_MAX || b->marks > MARKS_MAX ||
	    b->depth == DEPTH_MAX) {
		b->too_much = true;
		XML_StopParser(b->parser, XML_FALSE);
		return;
	}
	end_text(b);
	n = append(b);
	lay_text(b, n + offsetof(struct xml_node, name), local(name),
		 strlen(local(name)));
	if (count)
		keep_attributes(b, n, attrs, count);
	b->ends[++b->depth] = n + offsetof(struct xml_node, child);
}

static void end_element(void *data, const char *name)
{
	struct builder *b = data;

	(void)name;
	end_text(b);
	b->depth--;
}

static void characters(void *data, const char *s, int len)
{
	struct builder *b = data;

	str_addn(&b->text, s, (size_t)len);
}

static void start_dtd(void *data, const char *name, const char *system,
		      const char *public, int internal)
{
	struct builder *b = data;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	b->dtd = true;
	XML_StopParser(b->parser, XML_FALSE);
}

/* ---- faults ---- */

static const struct {
	enum XML_Error code;
	const char *text;
} faults[] = {
	{ XML_ERROR_SYNTAX, N_("文件是空的，或不是 XML") },
	{ XML_ERROR_NO_ELEMENTS, N_("文件没有完：有的标记没有配对的结束标记") },
	{ XML_ERROR_UNCLOSED_TOKEN, N_("标记没有写完，或引号没有配对") },
	{ XML_ERROR_PARTIAL_CHAR, N_("最后一个字符不全") },
	{ XML_ERROR_TAG_MISMATCH, N_("标记没有配对") },
	{ XML_ERROR_DUPLICATE_ATTRIBUTE, N_("同一个属性写了两次") },
	{ XML_ERROR_JUNK_AFTER_DOC_ELEMENT, N_("文件完了之后还有内容") },
	{ XML_ERROR_UNDEFINED_ENTITY, N_("用了没有定义的 & 名称") },
	{ XML_ERROR_BAD_CHAR_REF, N_("&# 后面的字符不能用") },
	{ XML_ERROR_MISPLACED_XML_PI, N_("<?xml 只能在文件开头") },
	{ XML_ERROR_XML_DECL, N_("开头的 <?xml 写法有误") },
	{ XML_ERROR_UNCLOSED_CDATA_SECTION, N_("CDATA 没有写完") },
};

/* A character that cannot stand where it stands, behind another one. */
static const char *misplaced(char before, char here)
{
	if (here == '&' || before == '&')
		return N_("& 要写作“&amp;”");
	if (here == '<' || before == '<')
		return N_("< 要写作“&lt;”，或前面的标记没有写完");
	if ((unsigned char)here < 0x20 || (unsigned char)here >= 0x7f)
		return N_("有不能用的字符");
	return N_("属性要写成 名称=\"内容\"，标记的尖括号要齐全");
}

static const char *reason(const struct builder *b, const char *bytes,
			  size_t len)
{
	enum XML_Error code = XML_GetErrorCode(b->parser);
	int64_t at = byte_of(b->parser);

	if (code == XML_ERROR_INVALID_TOKEN && at > 0 && (size_t)at < len)
		return _(misplaced(bytes[at - 1], bytes[at]));
	if (code == XML_ERROR_NO_ELEMENTS && b->marks == 0)
		code = XML_ERROR_SYNTAX;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (faults[i].code == code)
			return _(faults[i].text);
	return _("写法有误");
}

static void say(const struct builder *b, const char *name, const char *bytes,
		size_t len, struct err *err)
{
	if (b->dtd)
		err_set(err, ERR_INPUT,
			_("%s：含有 DTD，不予读入；请换用本程序导出的文件"),
			name);
	else if (b->too_much)
		err_set(err, ERR_INPUT,
			_("%s：标记过长、过多或套得过深，不予读入；请检查来源"),
			name);
	else
		err_set(err, ERR_INPUT,
			_("%s:%d：XML 不合规矩：%s；请改正这一处"), name,
			(int)line_of(b->parser), reason(b, bytes, len));
}

/* ---- parsing ---- */

static struct xml *build(const char *bytes, size_t len, const char *name,
			 struct err *err)
{
	struct builder *b = xcalloc(1, sizeof *b);
	XML_Parser p = b->parser = XML_ParserCreate("UTF-8");
	struct xml *x = NULL;

	b->ends[0] = lay(b, sizeof(struct xml_node)) +
		     offsetof(struct xml_node, child);
	XML_SetUserData(p, b);
	XML_SetElementHandler(p, start_element, end_element);
	XML_SetCharacterDataHandler(p, characters);
	XML_SetStartDoctypeDeclHandler(p, start_dtd);
	if (XML_Parse(p, bytes, (int)len, XML_TRUE) == XML_STATUS_OK) {
		x = xml_of_image(b->bytes, b->used);
		x->owned = b->bytes;
	} else {
		say(b, name, bytes, len, err);
		free(b->bytes);
	}
	XML_ParserFree(p);
	str_free(&b->text);
	free(b);
	return x;
}

/* An encoding that the first bytes give away; NULL: one in which the first line
 * can be read.  What has four bytes a character, or letters in other places, is
 * a name that nobody knows. */
static const char *given_away(const char *s, size_t len)
{
	static const struct {
		const char *start;
		size_t len;
		const char *name;
	} rows[] = {
		{ "<\0\0\0", 4, "utf-32" },
		{ "\0\0\0<", 4, "utf-32" },
		{ "\xff\xfe\0\0", 4, "utf-32" },
		{ "\0\0\xfe\xff", 4, "utf-32" },
		{ "\x4c\x6f\xa7\x94", 4, "ebcdic" },
		{ "\xff\xfe", 2, "utf-16le" },
		{ "\xfe\xff", 2, "utf-16be" },
		{ "\0", 1, "utf-16be" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (len >= rows[i].len &&
		    memcmp(s, rows[i].start, rows[i].len) == 0)
			return rows[i].name;
	return len >= 2 && !s[1] ? "utf-16le" : NULL;
}

/* The encoding that the first line declares: what is in quotes behind that
 * word.  A wrong answer can only make a text that cannot be read. */
static void declared(const char *s, size_t len, char *name, size_t size)
{
	const char *end, *at;

	snprintf(name, size, "utf-8");
	len = len < 200 ? len : 200;
	if (len < 5 || memcmp(s, "<?xml", 5) != 0)
		return;
	end = memchr(s, '>', len);
	at = end ? memmem(s, (size_t)(end - s), "encoding", 8) : NULL;
	while (at && at < end && *at != '"' && *at != '\'')
		at++;
	if (at && at < end)
		snprintf(name, size, "%.*s", (int)strcspn(at + 1, "\"'>"),
			 at + 1);
}

enum err_code xml_to_utf8(const char **bytes, size_t *len, struct str *room,
			  struct err *err)
{
	const char *told = given_away(*bytes, *len);
	char name[40];

	if (told)
		snprintf(name, sizeof name, "%s", told);
	else
		declared(*bytes, *len, name, sizeof name);
	if (strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0)
		return ERR_OK;
	if (charset_to_utf8(*bytes, *len, name, room, err) != ERR_OK)
		return ERR_INPUT;
	*bytes = room->s;
	*len = room->len;
	return ERR_OK;
}

struct xml *xml_parse(const char *bytes, size_t len, const char *name,
		      struct err *err)
{
	struct str room = { 0 };
	struct xml *x = NULL;

	if (len > XML_MAX)
		err_set(err, ERR_INPUT,
			_("%s：超过 64 兆字节，不予读入；请确认选对了文件"),
			name);
	else if (xml_to_utf8(&bytes, &len, &room, err) != ERR_OK)
		err_set(err, ERR_INPUT,
			_("%s：编码认不出，不予读入；请存成 UTF-8 编码再试"),
			name);
	else
		x = build(bytes, len, name, err);
	str_free(&room);
	return x;
}

const void *xml_image(const struct xml *x, size_t *size)
{
	*size = x->size;
	return x->top;
}

struct xml *xml_of_image(const void *image, size_t size)
{
	struct xml *x = xcalloc(1, sizeof *x);

	x->top = image;
	x->size = size;
	return x;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->text_count; i++)
		free(x->texts[i]);
	free(x->texts);
	free(x->owned);
	free(x);
}

/* ---- reading ---- */

static const struct xml_node *element(const ref *r)
{
	const struct xml_node *n = follow(r);

	while (n && !n->name)
		n = follow(&n->next);
	return n;
}

const struct xml_node *xml_root(const struct xml *x)
{
	return element(&x->top->child);
}

const struct xml_node *xml_child(const struct xml_node *n)
{
	return element(&n->child);
}

const struct xml_node *xml_next(const struct xml_node *n)
{
	return element(&n->next);
}

const char *xml_name(const struct xml_node *n)
{
	return follow(&n->name);
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
	for (const ref *a = follow(&n->attrs); a && *a; a += 2)
		if (strcmp(follow(a), name) == 0)
			return follow(a + 1);
	return NULL;
}

static void gather(const struct xml_node *n, struct str *out)
{
	for (n = follow(&n->child); n; n = follow(&n->next))
		if (n->name)
			gather(n, out);
		else
			str_add(out, follow(&n->text));
}

const char *xml_text(struct xml *x, const struct xml_node *n)
{
	const struct xml_node *first = follow(&n->child);
	struct str text = { 0 };

	if (!first)
		return "";
	/* Nearly every element holds just one text: lend it. */
	if (!first->name && !first->next)
		return follow(&first->text);
	gather(n, &text);
	x->texts = mem_grow(x->texts, x->text_count, &x->text_room,
			    sizeof *x->texts);
	return x->texts[x->text_count++] = str_steal(&text);
}

int xml_line(const struct xml_node *n)
{
	return n->line;
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
