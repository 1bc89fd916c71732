/*
 * docx_style - what the styles of a Word document say about a paragraph: is it
 * a heading, is it hidden.
 *
 * All zero is a document without styles.  Strings are borrowed from the parsed
 * part.
 */
#ifndef IMPORT_DOCX_STYLE_H
#define IMPORT_DOCX_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/xml.h"

struct docx_style {
	const char *id, *parent;
	int level;  /* of a heading from 1; 0 none; -1 as its parent */
	int hidden; /* 0, 1; -1 as its parent */
};

struct docx_styles {
	struct docx_style *list; /* by id */
	size_t count;
};

/* Read the styles part; parents are looked up. */
void docx_styles_read(struct docx_styles *styles, const struct xml_node *root);
void docx_styles_free(struct docx_styles *styles);
/* The style of an id (may be NULL), or NULL; nothing in it is -1. */
const struct docx_style *docx_style_find(const struct docx_styles *styles,
					 const char *id);

/* The w:val of the child element `name`, "" without the attribute, NULL
 * without the element (or without `n`). */
const char *docx_value(const struct xml_node *n, const char *name);
/* w:outlineLvl of paragraph properties as a heading's level; -1: not said. */
int docx_level(const struct xml_node *properties);
/* A switch (w:vanish) of properties: 0 off, 1 on, -1 not said. */
int docx_switch(const struct xml_node *properties, const char *name);

#endif
