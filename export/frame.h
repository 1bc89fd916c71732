/*
 * frame - framed lines of label and content, for the sheets that people sign:
 * 审签单 and 审核意见反馈单.  Not a table, for a report has three of them and no
 * more.
 */
#ifndef EXPORT_FRAME_H
#define EXPORT_FRAME_H

#include "core/draft.h"
#include "export/document.h"

/* Room of a line: as its text needs, for a pen, for a seal. */
enum room {
	ROOM_TEXT,
	ROOM_PEN,
	ROOM_SEAL
};

/* Label and content, twice; `second` NULL: once. */
void frame_pair(struct document *doc, const char *first, const char *one,
		const char *second, const char *other, enum room room);
void frame_wide(struct document *doc, const char *label, const char *text,
		enum room room);
/* "2026-01-12 10:42" of a moment; free it. */
char *frame_minute(const char *moment);
/* The rules that are switched off, with who did it and when; nothing is added
 * when there are none. */
void frame_rules_off(struct document *doc, struct draft *d);

#endif
