/*
 * docx_styles - word/styles.xml of each layout, a line an element.
 *
 * Both have the same styles by the same ids: 1 to 4 headings, Para, Title,
 * Sub, Mark, Note, Signer, Date, Item, Cell, CellLeft, Footer, Grid.
 */
#ifndef EXPORT_DOCX_STYLES_H
#define EXPORT_DOCX_STYLES_H

extern const char *const docx_styles_gbt9704[];
extern const char *const docx_styles_template[];

#endif
