/*
 * sheet - the sign-off sheet 审签单: who drafted, checked, reviewed and signed
 * which data, with the explanations of soft findings and the digest; empty
 * places are for the pen and the seal.
 */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include <stdbool.h>

#include "core/draft.h"
#include "export/document.h"

/* Its first line and its last. */
#define SHEET_TITLE "年度报告审签单"
#define SHEET_END   "审签对着上列数据摘要；数据一改，所签各步即失效。"

/* Append it to the document on a page of its own, or (`only`) put it in the
 * place of all that is there. */
void sheet_add(struct document *doc, struct draft *d, bool only);

#endif
