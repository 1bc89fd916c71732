/*
 * text_table - a table as framed text, aligned by display width.
 *
 * Frames are + - and |, so that every terminal and typewriter face agrees about
 * their width.  A merged cell is drawn once; a long label is wrapped inside its
 * cell; a number never is, and where the numbers need more than `width` cells
 * the table is wider.
 */
#ifndef EXPORT_TEXT_TABLE_H
#define EXPORT_TEXT_TABLE_H

#include "core/str.h"
#include "export/document.h"

void text_table(const struct table *t, int width, struct str *out);

#endif
