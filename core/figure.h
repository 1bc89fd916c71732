/*
 * figure - the numbers in a Chinese text: 94件, 1,234件, １２宗, 十二件, 1.2万元,
 * 12.5%, 百分之三.
 *
 * Dates, ordinals, citations, codes, ranges and list numbers are none.  A
 * figure's value is exact (units of 0.0001); what its last printed digit is
 * worth says how exactly it was meant.
 */
#ifndef CORE_FIGURE_H
#define CORE_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum figure_unit {
	FIGURE_BARE,  /* nothing behind it */
	FIGURE_COUNT, /* 件 宗 起 例 份 项 笔 */
	FIGURE_YUAN,
	FIGURE_PERCENT,
	FIGURE_OTHER, /* 条 次 人 家 … */
};

struct figure {
	size_t start, end; /* bytes of the text, the unit included */
	size_t digits_end; /* where the unit begins */
	int64_t value;     /* of 12.5%: 12.5; of 1.2万元: 12000 */
	int64_t step;      /* of the last digit: 0.1, 1000 */
	enum figure_unit unit;
	bool vague; /* 约 近 余 以上 … */
	int side;   /* … -1: 近, 不足; 1: 超, 以上; 0: either */
	bool rest; /* … 余 or 多: not less, and less than one more of its last
		       digit that is not 0 */
};

struct figures {
	struct figure *list;
	size_t count, room;
};

/* All figures of `s`, appended; free figures.list. */
void figures_find(const char *s, size_t len, struct figures *out);

/* Does the figure say this number, as exactly as it is printed? */
bool figure_says(const struct figure *f, int64_t number);

#endif
