#include "export/layout.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/xml.h"
#include "export/docx_styles.h"

/* ---- layouts ---- */

static const struct layout table[] = {
	{ "gbt9704", N_("公文格式（GB/T 9704）"), docx_styles_gbt9704,
	  "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" "
	  "w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" "
	  "w:footer=\"1417\" w:gutter=\"0\"/><w:cols w:space=\"425\"/>"
	  "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>",
	  "579", 8844, 28, 18, 300, 40, 158 },
	{ "template", N_("官方模板的版面（宋体）"), docx_styles_template,
	  "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" "
	  "w:right=\"1800\" w:bottom=\"1440\" w:left=\"1800\" w:header=\"851\" "
	  "w:footer=\"992\" w:gutter=\"0\"/><w:cols w:space=\"425\"/>"
	  "<w:docGrid w:type=\"lines\" w:linePitch=\"312\"/>",
	  "312", 0, 57, 20, 340, 46, 120 },
	{ NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0 },
};

const struct layout *layouts(void)
{
	return table;
}

const struct layout *layout_find(const char *name, struct err *err)
{
	if (!*name)
		return table;
	for (const struct layout *l = table; l->name; l++)
		if (strcmp(l->name, name) == 0)
			return l;
	err_set(err, ERR_INPUT,
		_("没有“%s”这种版式；可用 gbt9704（公文格式）或 template"
		  "（官方模板）"),
		name);
	return NULL;
}

/* ---- fonts ---- */

static const struct {
	const char *role, *mark, *others;
} roles[FONT_COUNT] = {
	[FONT_FANG] = { "仿宋", "@F@",
			"仿宋_GB2312,仿宋,FangSong,方正仿宋_GBK,方正仿宋简体,"
			"华文仿宋,STFangsong" },
	[FONT_KAI] = { "楷体", "@K@",
		       "楷体_GB2312,楷体,KaiTi,方正楷体_GBK,方正楷体简体,"
		       "华文楷体,STKaiti" },
	[FONT_BIAO] = { "小标宋", "@B@",
			"方正小标宋简体,方正小标宋_GBK,FZXiaoBiaoSong-B05S,"
			"华文中宋,STZhongsong" },
	[FONT_HEI] = { "黑体", "@H@",
		       "黑体,SimHei,方正黑体_GBK,华文黑体,STHeiti" },
	[FONT_SONG] = { "宋体", "@S@",
			"宋体,SimSun,方正书宋_GBK,华文宋体,STSong" },
};

/* DOCX.md of the offices: Windows with the old faces, Kylin and UOS with the
 * document pack, bare Windows. */
static const struct {
	const char *name;
	const char *faces[FONT_COUNT];
} presets[] = {
	{ "gb2312",
	  { "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体" } },
	{ "gbk",
	  { "方正仿宋_GBK", "方正楷体_GBK", "方正小标宋_GBK", "方正黑体_GBK",
	    "方正书宋_GBK" } },
	{ "windows", { "仿宋", "楷体", "华文中宋", "黑体", "宋体" } },
};

static void use_preset(size_t i, struct fonts *out)
{
	for (size_t k = 0; k < FONT_COUNT; k++) {
		free(out->name[k]);
		out->name[k] = xstrdup(presets[i].faces[k]);
	}
}

void fonts_free(struct fonts *fonts)
{
	for (size_t i = 0; i < FONT_COUNT; i++)
		free(fonts->name[i]);
	*fonts = (struct fonts){ 0 };
}

/* One 仿宋=NAME. */
static bool use_pair(const char *pair, size_t len, struct fonts *out)
{
	for (size_t i = 0; i < FONT_COUNT; i++) {
		size_t n = strlen(roles[i].role);

		if (len <= n + 1 || strncmp(pair, roles[i].role, n) != 0 ||
		    pair[n] != '=')
			continue;
		free(out->name[i]);
		out->name[i] = xstrndup(pair + n + 1, len - n - 1);
		return true;
	}
	return false;
}

/* Pairs are parted by ； or ;. */
static bool use_pairs(const char *text, struct fonts *out)
{
	static const char wide[] = "；";
	bool well = text_valid(text, strlen(text)) && !strchr(text, '\n');

	while (well && *text) {
		const char *stop = strstr(text, wide);
		size_t len = strcspn(text, ";");

		if (stop && (size_t)(stop - text) < len)
			len = (size_t)(stop - text);
		well = len == 0 || use_pair(text, len, out);
		text += len;
		if (*text)
			text += *text == ';' ? 1 : strlen(wide);
	}
	return well;
}

enum err_code fonts_read(const char *text, struct fonts *out, struct err *err)
{
	*out = (struct fonts){ 0 };
	use_preset(0, out);
	for (size_t i = 0; i < sizeof presets / sizeof *presets; i++)
		if (strcmp(presets[i].name, text) == 0) {
			use_preset(i, out);
			return ERR_OK;
		}
	if (use_pairs(text, out))
		return ERR_OK;
	fonts_free(out);
	return err_set(err, ERR_INPUT,
		       _("字体“%s”看不懂；可用 gb2312、gbk、windows，或写作 "
			 "仿宋=…；楷体=…；小标宋=…；黑体=…；宋体=…"),
		       text);
}

const char *fonts_others(enum font_role role)
{
	return roles[role].others;
}

void fonts_fill(const struct fonts *fonts, const char *piece, struct str *out)
{
	for (const char *at; (at = strchr(piece, '@')); piece = at + 3) {
		size_t i = 0;

		str_addn(out, piece, (size_t)(at - piece));
		while (i < FONT_COUNT && strncmp(roles[i].mark, at, 3) != 0)
			i++;
		if (i < FONT_COUNT)
			xml_escape(out, fonts->name[i], strlen(fonts->name[i]));
	}
	str_add(out, piece);
}
