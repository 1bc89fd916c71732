#include <string.h>

#include "export/html.h"

/* There is no & and no < here: in XML and in HTML a style sheet is read by
 * different rules, and so it is the same in both.  Every text stands 7:1 or
 * more against its ground. */
static const char *const page[] = {
	"body{margin:0;background:#fff}",
	".nianbao{max-width:50em;margin:0 auto;padding:1em;color:#1a1a1a;"
	"font-family:\"PingFang SC\",\"Hiragino Sans GB\",\"Microsoft YaHei\","
	"\"Noto Sans CJK SC\",\"Source Han Sans SC\","
	"\"WenQuanYi Micro Hei\",sans-serif;font-size:1.0625em;"
	"line-height:1.8;overflow-wrap:break-word}",
	/* between the parts of its meaning only, at any width */
	".nianbao h1{margin:1em 0;font-size:1.6em;line-height:1.4;"
	"text-align:center;word-break:keep-all;overflow-wrap:anywhere;"
	"text-wrap:balance}",
	".nianbao h2,.nianbao h3,.nianbao h4,.nianbao h5{margin:1em 0 .4em;"
	"font-size:1em;line-height:1.6}",
	".nianbao .level1{margin-top:1.6em;font-size:1.25em}",
	".nianbao .level2{font-size:1.1em}",
	".nianbao p{margin:0 0 .4em;text-indent:2em;text-align:justify}",
	".nianbao .mark{margin-left:auto;padding:0 .6em;border:2px solid;"
	"width:-moz-fit-content;width:fit-content;color:#a00000;"
	"font-weight:bold;text-indent:0}",
	".nianbao .sub{margin-bottom:1em;text-align:center;text-indent:0}",
	".nianbao .note{font-size:.9em;text-indent:0}",
	/* the name is centred on the date, four characters from the edge */
	".nianbao .signed{display:table;margin:2em 4em 0 auto}",
	".nianbao .signed p{text-align:center;text-indent:0}",
	".nianbao .items{margin:0;padding:0;list-style:none}",
	".nianbao .items li{margin:0 0 .4em 1.4em;text-indent:-1.4em}",
	".nianbao .lines{display:grid;grid-template-columns:7.5em 1fr 7.5em 1fr;"
	"margin:1em 0;border:1px solid #444;border-top:0;line-height:1.5}",
	".nianbao .lines dt,.nianbao .lines dd{margin:0;padding:.4em .6em;"
	"border-top:1px solid #444;min-width:0}",
	".nianbao .lines dt{font-weight:bold}",
	".nianbao .lines .wide{grid-column:2/-1}",
	".nianbao .lines .room1{min-height:2.6em}",
	".nianbao .lines .room2{min-height:8em}",
	".nianbao .page{margin:3em 0;border:0;border-top:1px dashed #444}",
	/* the caption hidden in it is placed by it */
	".nianbao .table{position:relative;margin:.8em 0;overflow-x:auto}",
	".nianbao .table:focus{outline:3px solid #0b57d0;outline-offset:2px}",
	".nianbao table{width:100%;border-collapse:collapse;font-size:.88em;"
	"line-height:1.4;font-variant-numeric:tabular-nums}",
	".nianbao table.wide{min-width:40em}",
	/* for ears only: the heading above says it to the eye */
	".nianbao caption{position:absolute;width:1px;height:1px;"
	"overflow:hidden;clip:rect(0 0 0 0);clip-path:inset(50%);"
	"white-space:nowrap}",
	".nianbao th,.nianbao td{border:1px solid #444;padding:.35em .4em;"
	"text-align:center;vertical-align:middle}",
	".nianbao td{white-space:nowrap}",
	".nianbao th{background:#eef3f8;font-weight:normal}",
	".nianbao thead th{font-weight:bold;text-wrap:balance}",
	".nianbao .band{background:#c6d9f1;font-weight:bold}",
	".nianbao .left{text-align:left}",
	"@media (max-width:36em){.nianbao h1{font-size:1.35em}"
	".nianbao p{text-align:left}"
	".nianbao .lines{grid-template-columns:7.5em 1fr}"
	".nianbao .signed{margin-right:1em}}",
};

/* GB/T 9704-2012: 22 lines of 28 characters in 156 by 225 mm, and the page
 * numbers of its clause 7.5 where the browser can. */
static const char *const paper[] = {
	"@page{size:A4;margin:37mm 26mm 35mm 28mm}",
	"@page :right{@bottom-right{content:\"— \" counter(page) \" —\";"
	"font:14pt serif;padding-right:1em}}",
	"@page :left{@bottom-left{content:\"— \" counter(page) \" —\";"
	"font:14pt serif;padding-left:1em}}",
	"@media print{",
	".nianbao{max-width:none;padding:0;color:#000;font-size:15.75pt;"
	"line-height:28.95pt}",
	".nianbao h1{margin:0 0 28.95pt;font-size:22pt;line-height:35pt;"
	"font-weight:normal}",
	".nianbao h2,.nianbao h3,.nianbao h4,.nianbao h5{margin:0;"
	"font-size:1em;font-weight:normal;line-height:28.95pt;"
	"text-indent:2em;page-break-after:avoid;break-after:avoid}",
	".nianbao .level1,.nianbao .level2{margin:0;font-size:1em}",
	".nianbao p,.nianbao .items li{margin-bottom:0;orphans:2;widows:2}",
	".nianbao .note{font-size:9pt;line-height:1.5}",
	".nianbao .signed{margin-top:28.95pt;page-break-inside:avoid;"
	"break-inside:avoid}",
	".nianbao .lines{font-size:12pt;line-height:1.5}",
	".nianbao .lines dt,.nianbao .room1,.nianbao .room2{"
	"page-break-inside:avoid;break-inside:avoid}",
	".nianbao .page{margin:0;border:0;visibility:hidden;"
	"page-break-after:always;break-after:page}",
	".nianbao .table{margin:4pt 0;overflow:visible;page-break-inside:avoid;"
	"break-inside:avoid}",
	".nianbao table,.nianbao table.wide{min-width:0;font-size:9pt;"
	"line-height:1.2}",
	".nianbao th,.nianbao td{border-color:#000;padding:2pt 1.4pt}",
	".nianbao thead th,.nianbao .band{font-weight:normal}",
	".nianbao tr{page-break-inside:avoid;break-inside:avoid}",
};

/* On paper as in the DOCX. */
static const struct {
	const char *selector;
	enum font_role role;
	const char *kind;
} faces[] = {
	{ ".nianbao", FONT_FANG, "serif" },
	{ ".nianbao h1", FONT_BIAO, "serif" },
	{ ".nianbao .level1", FONT_HEI, "sans-serif" },
	{ ".nianbao .level2", FONT_KAI, "serif" },
	{ ".nianbao table", FONT_SONG, "serif" },
};

/* A name as a CSS string; what could end it, or the style sheet, by number. */
static void add_name(const char *name, size_t len, struct str *out)
{
	str_addc(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];

		if (c < ' ' || c == 0x7f || strchr("\"\\<>&", c))
			str_addf(out, "\\%x ", c);
		else
			str_addc(out, name[i]);
	}
	str_addc(out, '"');
}

static void add_face(size_t i, const struct fonts *fonts, struct str *out)
{
	const char *name = fonts->name[faces[i].role];

	str_addf(out, "%s{font-family:", faces[i].selector);
	add_name(name, strlen(name), out);
	str_addc(out, ',');
	for (const char *s = fonts_others(faces[i].role); *s;) {
		size_t len = strcspn(s, ",");

		add_name(s, len, out);
		str_addc(out, ',');
		s += len + (s[len] == ',');
	}
	str_addf(out, "%s}\n", faces[i].kind);
}

void html_style(const struct fonts *fonts, struct str *out)
{
	for (size_t i = 0; i < sizeof page / sizeof *page; i++)
		str_addf(out, "%s\n", page[i]);
	for (size_t i = 0; i < sizeof paper / sizeof *paper; i++)
		str_addf(out, "%s\n", paper[i]);
	for (size_t i = 0; i < sizeof faces / sizeof *faces; i++)
		add_face(i, fonts, out);
	str_add(out, "}\n");
}
