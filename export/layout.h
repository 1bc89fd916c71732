/*
 * layout - how a document is set on paper: page, faces, sizes, table widths.
 *
 * Two layouts: gbt9704 (GB/T 9704-2012: 22 lines of 28 characters in 156 by
 * 225 mm) and template (the page of the official Word template of 2021).  The
 * XML of a style names its faces by role, @F@ 仿宋 @K@ 楷体 @B@ 小标宋 @H@ 黑体
 * @S@ 宋体; a set of fonts says which names these have in this office.
 */
#ifndef EXPORT_LAYOUT_H
#define EXPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/str.h"

enum font_role {
	FONT_FANG,
	FONT_KAI,
	FONT_BIAO,
	FONT_HEI,
	FONT_SONG,
	FONT_COUNT
};

struct fonts {
	char *name[FONT_COUNT];
};

struct layout {
	const char *name;  /* "gbt9704" */
	const char *label; /* N_() */
	const char *const
		*styles;        /* pieces of word/styles.xml, ended by NULL */
	const char *page;       /* the end of w:sectPr, behind the footers */
	const char *grid_pitch; /* of settings.xml, twips */
	int table_width; /* twips; 0: the template's own widths as they are */
	int cell_margin; /* left or right, twips */
	int cell_size;   /* of table text, half-points */
	int row_height;  /* of a table, at least, twips */
	int title_cells; /* half characters that fit a line of the title */
	int half_char;   /* half a character of the text, twips */
};

/* All layouts, ended by a row with name NULL. */
const struct layout *layouts(void);
/* By name, "" is the first; NULL and a sentence naming the known ones. */
const struct layout *layout_find(const char *name, struct err *err);

/* From a preset's name ("" is the first: gb2312, gbk, windows) or pairs
 * 仿宋=…；楷体=…；小标宋=…；黑体=…；宋体=…, what is not named as in the first
 * preset.  Free with fonts_free(). */
enum err_code fonts_read(const char *text, struct fonts *out, struct err *err);
void fonts_free(struct fonts *fonts);
/* Other names of the role's face, tried in turn by Word: "仿宋,FangSong". */
const char *fonts_others(enum font_role role);
/* The piece of XML with @F@ and its kind put in.  Appended. */
void fonts_fill(const struct fonts *fonts, const char *piece, struct str *out);

#endif
