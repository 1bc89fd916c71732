#include "core/figure.h"

#include <string.h>

#include "core/mem.h"
#include "core/num.h"

/* What is being read: bytes of s, the place. */
struct scan {
	const char *s;
	size_t len, at;
};

struct word {
	const char *text;
	int64_t value;
};

static bool starts(const struct scan *c, size_t at, const char *word)
{
	size_t n = 0;

	while (word[n] && at + n < c->len && c->s[at + n] == word[n])
		n++;
	return !word[n];
}

static bool ends(const struct scan *c, size_t at, const char *word)
{
	size_t n = strlen(word);

	return n <= at && memcmp(c->s + at - n, word, n) == 0;
}

/* The first of the words that stands at `at`, or NULL. */
static const struct word *word_at(const struct scan *c, size_t at,
				  const struct word *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (starts(c, at, list[i].text))
			return &list[i];
	return NULL;
}

#define COUNT(a)             (sizeof(a) / sizeof *(a))
#define WORD_AT(c, at, list) word_at(c, at, list, COUNT(list))

static bool any_at(const struct scan *c, size_t at, const char *const *list)
{
	for (; *list; list++)
		if (starts(c, at, *list))
			return true;
	return false;
}

static bool any_before(const struct scan *c, size_t at, const char *const *list)
{
	for (; *list; list++)
		if (ends(c, at, *list))
			return true;
	return false;
}

/* ---- digits ---- */

/* A digit at `at`, half or full width; its bytes, or 0. */
static size_t digit_at(const struct scan *c, size_t at, int *digit)
{
	static const char wide[] = "\xef\xbc\x90"; /* ０ */
	const unsigned char *p = (const unsigned char *)c->s + at;

	if (at < c->len && *p >= '0' && *p <= '9') {
		*digit = *p - '0';
		return 1;
	}
	if (at + 3 > c->len || memcmp(p, wide, 2) != 0 || p[2] < 0x90 ||
	    p[2] > 0x99)
		return 0;
	*digit = p[2] - 0x90;
	return 3;
}

static size_t digits(const struct scan *c, size_t at, int64_t *n, int *count)
{
	int digit;
	size_t bytes;

	for (*count = 0; (bytes = digit_at(c, at, &digit)); at += bytes) {
		if (*count < 15)
			*n = *n * 10 + digit;
		++*count;
	}
	return at;
}

/* ,234 behind a number: a thousands separator and three digits, no fourth. */
static size_t thousand_at(const struct scan *c, size_t at, int64_t *n)
{
	static const struct word marks[] = { { ",", 0 }, { "，", 0 } };
	const struct word *mark = WORD_AT(c, at, marks);
	int64_t group = 0;
	size_t end;
	int count;

	if (!mark)
		return 0;
	/* ， parts clauses: it parts digits only between wide ones */
	if (mark == &marks[1] && !starts(c, at + 3, "\xef\xbc"))
		return 0;
	end = digits(c, at + strlen(mark->text), &group, &count);
	if (count != 3)
		return 0;
	*n = *n * 1000 + group;
	return end;
}

/* 1,234.5 at `at`; the end, or `at` when there is no number. */
static size_t arabic(const struct scan *c, size_t at, struct figure *f)
{
	static const struct word points[] = { { ".", 0 }, { "．", 0 } };
	const struct word *point;
	int64_t whole = 0, part = 0;
	int count, decimals;
	size_t end = digits(c, at, &whole, &count), next;

	if (count == 0 || count > 12)
		return count ? end : at;
	while (count <= 3 && (next = thousand_at(c, end, &whole)))
		end = next;
	f->value = whole * NUM_ONE;
	f->step = NUM_ONE;
	point = WORD_AT(c, end, points);
	if (!point)
		return end;
	next = digits(c, end + strlen(point->text), &part, &decimals);
	if (decimals == 0)
		return end;
	for (int i = 0; i < decimals; i++)
		f->step /= 10;
	if (f->step == 0) /* finer than 0.0001: as it is rounded */
		for (; decimals > 4; decimals--)
			part /= 10;
	f->step = f->step ? f->step : 1;
	f->value += part * f->step;
	return next;
}

/* ---- 十二, 两百零三, 三点五 ---- */

static const struct word numerals[] = {
	{ "零", 0 }, { "〇", 0 }, { "一", 1 }, { "二", 2 },
	{ "两", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 },
	{ "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 },
};
static const struct word places[] = {
	{ "十", 10 },
	{ "百", 100 },
	{ "千", 1000 },
};
static const struct word large[] = {
	{ "万", 10000 },
	{ "亿", 100000000 },
};

/* 点五: digits behind the point. */
static size_t hanzi_decimals(const struct scan *c, size_t at, struct figure *f)
{
	const struct word *w;

	if (!starts(c, at, "点") || !WORD_AT(c, at + strlen("点"), numerals))
		return at;
	at += strlen("点");
	for (; (w = WORD_AT(c, at, numerals)); at += strlen(w->text)) {
		if (f->step < 10)
			continue;
		f->step /= 10;
		f->value += w->value * f->step;
	}
	return at;
}

/* May a numeral or a place begin there?  By the first two bytes of them, and
 * before that by the second, which most characters do not have. */
static bool may_count(const struct scan *c, size_t at)
{
	static const unsigned char begins[][2] = {
		{ 0xe3, 0x80 }, { 0xe4, 0xb8 }, { 0xe4, 0xb9 },
		{ 0xe4, 0xba }, { 0xe5, 0x85 }, { 0xe5, 0x8d },
		{ 0xe5, 0x9b }, { 0xe7, 0x99 }, { 0xe9, 0x9b },
	};
	static const uint64_t seconds =
		UINT64_C(1) << 0x00 | UINT64_C(1) << 0x05 |
		UINT64_C(1) << 0x0d | UINT64_C(1) << 0x19 |
		UINT64_C(1) << 0x1b | UINT64_C(7) << 0x38;

	if (at + 2 >= c->len || !(seconds >> (c->s[at + 1] & 0x3f) & 1))
		return false;
	for (size_t i = 0; i < COUNT(begins); i++)
		if (memcmp(c->s + at, begins[i], 2) == 0)
			return true;
	return false;
}

static size_t hanzi(const struct scan *c, size_t at, struct figure *f)
{
	int64_t sum = 0, section = 0, digit = -1;
	size_t from = at;

	for (;;) {
		const struct word *w = WORD_AT(c, at, numerals);

		if (w) {
			/* 二〇二四 is a year */
			if (digit > 0 && w->value)
				return from;
			digit = w->value;
		} else if ((w = WORD_AT(c, at, places))) {
			section += (digit < 0 ? 1 : digit) * w->value;
			digit = -1;
		} else if (at > from && (w = WORD_AT(c, at, large))) {
			sum += (section + (digit < 0 ? 0 : digit)) * w->value;
			section = 0;
			digit = -1;
		} else {
			break;
		}
		at += strlen(w->text);
	}
	if (at == from)
		return from;
	f->value = (sum + section + (digit < 0 ? 0 : digit)) * NUM_ONE;
	f->step = NUM_ONE;
	return hanzi_decimals(c, at, f);
}

/* ---- what stands around it ---- */

/* Before digits: no number of its own. */
static bool is_code_before(const struct scan *c, size_t at)
{
	static const char *const marks[] = { "第", "〔", "［", "No.", "№",
					     "《", "～", "—",  "－",  NULL };
	unsigned char p = at ? (unsigned char)c->s[at - 1] : ' ';

	return (p < 0x80 && p > ' ' && strchr(",;:()!?|", p) == NULL) ||
	       any_before(c, at, marks);
}

/* Behind them: a date, a code, a range. */
static bool is_code_after(const struct scan *c, size_t at)
{
	static const char *const marks[] = {
		"年",   "月", "日", "号", "时", "点", "分钟", "秒", "季度",
		"周",   "天", "岁", "届", "级", "楼", "层",   "室", "页",
		"小时", "～", "—",  "－", "至", "到", "×",    NULL
	};
	unsigned char p = at < c->len ? (unsigned char)c->s[at] : ' ';

	return (p < 0x80 && p > ' ' && strchr(",;:()!?.%|", p) == NULL) ||
	       any_at(c, at, marks);
}

/* The rest of 12345-678, 2024/1/2, V1.2, so that it is not read again. */
static size_t code_end(const struct scan *c, size_t at)
{
	static const char *const joins[] = { "～", "—", "－", "至",
					     "到", "×", NULL };
	int digit;
	size_t n;

	while (at < c->len) {
		unsigned char p = (unsigned char)c->s[at];

		if ((n = digit_at(c, at, &digit)))
			at += n;
		else if (p < 0x80 && p > ' ' && strchr(",;()!?|", p) == NULL)
			at++;
		else if (any_at(c, at, joins) && digit_at(c, at + 3, &digit))
			at += 3;
		else
			break;
	}
	return at;
}

/* 1. 2、 （3） that number a list. */
static bool is_list_number(const struct scan *c, const struct figure *f)
{
	static const char *const starts_line[] = { "\n", "。", "；", "：",
						   "　", " ",  NULL };
	static const char *const marks[] = { "、", "．", ".", NULL };
	bool first = f->start == 0 || any_before(c, f->start, starts_line);

	if (f->unit != FIGURE_BARE)
		return false;
	if (first && any_at(c, f->end, marks))
		return true;
	return (ends(c, f->start, "（") && starts(c, f->end, "）")) ||
	       (ends(c, f->start, "(") && starts(c, f->end, ")"));
}

/* 线上4次, 预约12次: the word belongs to what stands before it. */
static bool is_word_end(const struct scan *c, size_t at)
{
	static const char *const ends_so[] = { "预约", "节约", "签约", "邀约",
					       "履约", "违约", "附近", "最近",
					       "临近", NULL };
	int digit;

	return any_before(c, at, ends_so) ||
	       (ends(c, at, "上") && digit_at(c, at, &digit));
}

static bool is_vague(const struct scan *c, const struct figure *f,
		     bool rest_said)
{
	static const char *const before[] = { "约",   "近",     "超",   "逾",
					      "超过", "不足",   "至少", "最多",
					      "多达", "不少于", "上",   NULL };
	static const char *const after[] = { "以上", "以下", "左右",
					     "上下", "之多", NULL };

	return rest_said ||
	       (any_before(c, f->start, before) && !is_word_end(c, f->start)) ||
	       any_at(c, f->end, after);
}

/* 近七成 is no more, 超六成 and 六成以上 no less. */
static int side_of(const struct scan *c, const struct figure *f)
{
	static const char *const below[] = { "近", "不足", "不到", NULL };
	static const char *const above[] = { "超",   "逾",     "超过",
					     "至少", "不少于", NULL };
	static const char *const rest[] = { "以上", "多", "有余", NULL };

	if (any_before(c, f->start, below))
		return -1;
	return any_before(c, f->start, above) || any_at(c, f->end, rest);
}

/* 余 多 behind the digits or the 万. */
static size_t skip_rest(const struct scan *c, size_t at, bool *said)
{
	static const struct word words[] = { { "余", 0 }, { "多", 0 } };
	const struct word *w = WORD_AT(c, at, words);

	*said = *said || w;
	return w ? at + strlen(w->text) : at;
}

static size_t multiply(const struct scan *c, size_t at, struct figure *f)
{
	const struct word *w;

	while ((w = WORD_AT(c, at, large)) || (w = WORD_AT(c, at, places))) {
		if (f->value > INT64_MAX / w->value)
			break;
		f->value *= w->value;
		f->step *= w->value;
		at += strlen(w->text);
	}
	return at;
}

static const struct {
	const char *text;
	enum figure_unit unit;
} units[] = {
	{ "件次", FIGURE_OTHER },   { "件事", FIGURE_OTHER },
	{ "项目", FIGURE_OTHER },   { "个百分点", FIGURE_OTHER },
	{ "件", FIGURE_COUNT },     { "宗", FIGURE_COUNT },
	{ "起", FIGURE_COUNT },     { "例", FIGURE_COUNT },
	{ "份", FIGURE_COUNT },     { "项", FIGURE_COUNT },
	{ "笔", FIGURE_COUNT },     { "元", FIGURE_YUAN },
	{ "%", FIGURE_PERCENT },    { "％", FIGURE_PERCENT },
	{ "百分点", FIGURE_OTHER },
};

static bool is_mark(const struct scan *c, size_t at)
{
	static const char *const marks[] = { "，", "。", "；", "、", "：",
					     "！", "？", "（", "）", "”",
					     "》", "　", "\n", NULL };

	return at >= c->len || (unsigned char)c->s[at] < 0x80 ||
	       any_at(c, at, marks);
}

static size_t char_length(const struct scan *c, size_t at)
{
	size_t n = 1;

	while (at + n < c->len && ((unsigned char)c->s[at + n] & 0xc0) == 0x80)
		n++;
	return n;
}

static void read_unit(const struct scan *c, struct figure *f)
{
	size_t at = f->digits_end, gap = at;

	while (gap < c->len && c->s[gap] == ' ')
		gap++;
	for (size_t i = 0; i < COUNT(units); i++)
		if (starts(c, gap, units[i].text)) {
			f->unit = units[i].unit;
			f->end = gap + strlen(units[i].text);
			return;
		}
	f->unit = is_mark(c, at) ? FIGURE_BARE : FIGURE_OTHER;
	if (starts(c, at, "个") && is_mark(c, at + strlen("个")))
		f->unit = FIGURE_COUNT; /* 9个, not 14个乡镇 */
	f->end = f->unit == FIGURE_BARE ? at : at + char_length(c, at);
}

/* ---- one at a time ---- */

static void add(struct figures *out, const struct figure *f)
{
	out->list =
		mem_grow(out->list, out->count, &out->room, sizeof *out->list);
	out->list[out->count++] = *f;
}

static void finish(const struct scan *c, struct figure *f, bool rest_said,
		   struct figures *out)
{
	read_unit(c, f);
	f->vague = is_vague(c, f, rest_said);
	f->rest = rest_said;
	if (!is_list_number(c, f))
		add(out, f);
}

/* A year without 年: 2024 alone. */
static bool is_year(const struct scan *c, const struct figure *f)
{
	return f->digits_end - f->start == 4 && f->step == NUM_ONE &&
	       f->value >= 1949 * NUM_ONE && f->value < 2100 * NUM_ONE &&
	       is_mark(c, f->digits_end);
}

/* 12345, 12336热线: a number to call, not one of things. */
static bool is_call(const struct scan *c, const struct figure *f)
{
	static const char *const things[] = { "件", "宗", "起", "例", "份",
					      "项", "笔", "元", "个", "条",
					      "次", "人", "家", "篇", "场",
					      "户", "万", "余", "多", "%",
					      "％", NULL };

	return f->digits_end - f->start == 5 && f->step == NUM_ONE &&
	       f->value >= 12300 * NUM_ONE && f->value < 12400 * NUM_ONE &&
	       !any_at(c, f->digits_end, things);
}

static size_t take_arabic(const struct scan *c, size_t at, struct figures *out)
{
	struct figure f = { .start = at };
	bool rest_said = false;
	size_t end = arabic(c, at, &f);

	if (is_code_before(c, at) || is_code_after(c, end) ||
	    (ends(c, at, "“") && starts(c, end, "”")))
		return code_end(c, end);
	end = skip_rest(c, end, &rest_said);
	end = multiply(c, end, &f);
	f.digits_end = skip_rest(c, end, &rest_said);
	if (is_year(c, &f) || is_call(c, &f))
		return f.digits_end;
	finish(c, &f, rest_said, out);
	return f.digits_end;
}

/* 百分之三点五 */
static size_t take_percent(const struct scan *c, size_t at, struct figures *out)
{
	static const char lead[] = "百分之";
	struct figure f = { .start = at, .unit = FIGURE_PERCENT };
	size_t from = at + strlen(lead), end;

	if (!starts(c, at, lead))
		return at;
	end = arabic(c, from, &f);
	if (end == from)
		end = hanzi(c, from, &f);
	if (end == from)
		return at;
	f.digits_end = f.end = end;
	f.vague = is_vague(c, &f, false);
	add(out, &f);
	return end;
}

/* 七成, 一成半: of ten. */
static size_t take_tenths(const struct scan *c, size_t end, struct figure *f,
			  struct figures *out)
{
	static const char *const ends_it[] = { "以上", "左右", "多", "，", "。",
					       "；",   "的",   "由", "是", "为",
					       "来",   "（",   NULL };

	f->unit = FIGURE_PERCENT;
	f->value *= 10;
	f->step = 10 * NUM_ONE;
	end += strlen("成");
	if (starts(c, end, "半")) {
		f->value += 5 * NUM_ONE;
		f->step = 5 * NUM_ONE;
		end += strlen("半");
	}
	f->digits_end = f->end = end;
	f->vague = true;
	f->side = side_of(c, f);
	if (f->value <= 100 * NUM_ONE && any_at(c, end, ends_it))
		add(out, f);
	return end;
}

/* Cases and money; other things where the number is no small one. */
static bool is_counted(const struct scan *c, const struct figure *f)
{
	static const char *const many[] = { "条", "次", "人", "家",
					    "个", "篇", "场", NULL };

	return f->unit == FIGURE_COUNT || f->unit == FIGURE_YUAN ||
	       (f->unit == FIGURE_OTHER && f->value >= 20 * NUM_ONE &&
		any_at(c, f->digits_end, many));
}

/* Words with a numeral in them are many: only these units make a figure. */
static size_t take_hanzi(const struct scan *c, size_t at, struct figures *out)
{
	static const char *const not_before[] = {
		"第", "每", "同", "这", "另", "某", "几", "数",
		"百", "千", "万", "统", "唯", "任", NULL
	};
	struct figure f = { .start = at };
	bool rest_said = false;
	size_t end = hanzi(c, at, &f);

	if (end == at)
		return at;
	if (starts(c, end, "成"))
		return take_tenths(c, end, &f, out);
	f.digits_end = skip_rest(c, end, &rest_said);
	read_unit(c, &f);
	if (!is_counted(c, &f) || starts(c, f.digits_end, "项") ||
	    any_before(c, at, not_before))
		return end;
	finish(c, &f, rest_said, out);
	return f.digits_end;
}

void figures_find(const char *s, size_t len, struct figures *out)
{
	struct scan c = { s, len, 0 };
	int digit;

	while (c.at < len) {
		size_t next = c.at;

		if (digit_at(&c, c.at, &digit))
			next = take_arabic(&c, c.at, out);
		else if ((unsigned char)s[c.at] >= 0xe3 && may_count(&c, c.at))
			next = take_percent(&c, c.at, out);
		if (next == c.at && (unsigned char)s[c.at] >= 0xe3 &&
		    may_count(&c, c.at))
			next = take_hanzi(&c, c.at, out);
		c.at = next > c.at ? next : c.at + char_length(&c, c.at);
	}
}

bool figure_says(const struct figure *f, int64_t number)
{
	int64_t gap = f->value > number ? f->value - number : number - f->value;

	if (f->step <= NUM_ONE && f->unit != FIGURE_YUAN)
		return f->step < NUM_ONE ? 2 * gap <= f->step : gap == 0;
	return 2 * gap <= f->step;
}
