#include "core/lint_claim_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/text.h"

enum {
	HEADING_LIMIT = 30, /* characters */
};

void claims_free(struct claims *c)
{
	if (!c)
		return;
	free(c->list);
	free(c->nones);
	free(c->text);
	free(c->name);
	free(c);
}

bool claim_is_heading(const char *s, size_t len)
{
	static const char stop[] = "。";
	const char *at = memmem(s, len, stop, strlen(stop));
	size_t n = 0;

	if (len > 4 * HEADING_LIMIT || (at && at + strlen(stop) < s + len))
		return false;
	for (size_t i = 0; i < len; i++) {
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
		if (s[i] >= '0' && s[i] <= '9' && i > 4)
			return false; /* a figure: it says something */
	}
	return n <= HEADING_LIMIT;
}

/* ---- words that say 0 ---- */

/* 商业企业申请27件，…，未出现不予处理的情形: said of the class alone. */
static bool is_of_class(struct reading *r, size_t figures, size_t at)
{
	const struct class_def *klass = claim_class(r, at);

	return klass && klass == claim_class(r, figures);
}

/* 另有9家单位全年没有收到申请: said of some alone. */
static bool is_of_some(const struct reading *r, size_t from, size_t at)
{
	static const char some[] =
		"(?:[0-9０-９一二三四五六七八九十几](?:[家个名所]|余)(?!级|月|年)|部分|个别|有的|其[他它余](?:单位|部门|乡镇|街道|机构|[一-龥]{0,4}局)|一些|多数|少数|大多|半数|有些)[^，。；]*$|(?:[0-9一二三四五六七八九十][家个]|部分|个别|其[他它余])[^，。；]{1,12}，(?:全年|本年度?|年内|均|都|一年来|20[0-9]{2}年)*$";
	size_t clause = clause_behind(r->at, from, at, clause_marks);

	return claim_fits(r, some, clause, at) ||
	       (clause > from && claim_fits(r, some, from, at));
}

/* `figures`: where the sentence's first figure stands. */
static void find_nones(struct reading *r, size_t from, size_t to,
		       size_t figures)
{
	struct claims *out = r->out;

	if (r->defs->denied && !place_fits(r->at, r->defs->denied, from, to))
		return; /* most sentences say nothing of the kind */
	for (size_t i = 0; i < r->defs->claim_count; i++) {
		const struct claim_def *c = &r->defs->claims[i];
		struct match m;

		if (!c->none || !place_first(r->at, c->pattern, from, to, &m) ||
		    claim_fits(r, c->unless, from, to) ||
		    claim_period(r, m.start) != PERIOD_OWN ||
		    is_of_class(r, figures, m.start) ||
		    is_of_some(r, from, m.start) ||
		    !claim_plain(r->form, r->at->text, from, m.start, m.end) ||
		    !claim_topic_fits(r, c, claim_topic(r, m.end), to))
			continue;
		out->nones = mem_grow(out->nones, out->none_count,
				      &out->none_room, sizeof *out->nones);
		out->nones[out->none_count++] =
			(struct none_said){ c, claim_scope(r, m.start), m.start,
					    m.end };
	}
}

/* ---- a paragraph ---- */

/* Behind the last mark before a figure: looked for back to the figure before it,
 * whose clause goes on when there is none. */
static size_t clause_of(const struct reading *r, const struct said *before,
			const struct said *s)
{
	size_t from = before ? before->figure.start : s->sentence;
	size_t at = clause_behind(r->at, from, s->figure.start, clause_marks);

	return before && at == from ? before->clause : at;
}

static void read_sentence(struct reading *r, size_t from, size_t to,
			  size_t *next)
{
	struct claims *out = r->out;
	size_t first = *next;

	r->from = from;
	r->to = to;
	r->mark_count = 0;
	r->run_start = r->run_end = 0;
	memset(r->marked, 0, sizeof r->marked);
	find_nones(r, from, to,
		   first < out->count && out->list[first].figure.start < to
			   ? out->list[first].figure.start
			   : to);
	for (; *next < out->count && out->list[*next].figure.start < to;
	     ++*next) {
		struct said *s = &out->list[*next];

		s->sentence = from;
		s->sentence_end = to;
		s->since = *next > first ? s[-1].figure.end : from;
		s->window = clause_window(r, *next > first ? s - 1 : NULL, s);
		s->words_end = s->figure.start;
		s->clause = clause_of(r, *next > first ? s - 1 : NULL, s);
	}
	if (*next > first)
		clause_distribute(r, &out->list[first], *next - first);
	for (size_t i = first; i < *next; i++)
		if (out->list[i].share_of)
			out->list[i].share_of += first;
	for (size_t i = first; i < *next; i++)
		claim_judge(r, out->list, first, *next - first, i);
	claim_carry(r, *next > first);
}

static void read_paragraph(struct reading *r)
{
	size_t next = 0;

	/* most paragraphs without a figure say nothing that can be wrong */
	if (r->out->count == 0 && r->defs->denied &&
	    !place_fits(r->at, r->defs->denied, 0, r->at->len))
		return;
	for (size_t from = 0, to; from < r->at->len; from = to) {
		to = clause_next(r->at, from, r->at->len, clause_stops);
		if (to < r->at->len)
			to += clause_mark(r->at, to, clause_stops);
		read_sentence(r, from, to, &next);
	}
}

/* 全县 of …县人民政府, 全镇 of …镇人民政府; "" of most offices. */
static void own_scope(const struct unit *unit, struct str *out)
{
	static const char *const levels[] = { "省", "市", "县", "区",
					      "州", "盟", "旗", "街道",
					      "镇", "乡", NULL };
	const char *end;

	str_clear(out);
	if (unit && strstr(unit->name, "区管理委员会"))
		str_add(out, "全区"); /* 开发区, 园区, 新区 */
	if (!unit || (unit->kind != UNIT_GOVERNMENT && unit->kind != UNIT_TOWN))
		return;
	end = strstr(unit->name, "人民政府");
	if (!end)
		end = strstr(unit->name, "办事处");
	if (!end)
		end = unit->name + strlen(unit->name);
	for (size_t i = 0; levels[i]; i++) {
		size_t n = strlen(levels[i]);

		if ((size_t)(end - unit->name) >= n &&
		    memcmp(end - n, levels[i], n) == 0) {
			str_addf(out, "全%s", levels[i]);
			return;
		}
	}
}

const struct claims *claims_of(const struct form_def *form,
			       const struct place *at, const struct unit *unit,
			       int year)
{
	struct str own = { 0 };
	struct reading r = { .form = form, .defs = &form->claims, .at = at };
	size_t slip, slip_end;

	if (at->paragraph->claims)
		return at->paragraph->claims;
	own_scope(unit, &own);
	r.own_wide = own.s;
	r.own_name = unit ? unit->name : "";
	r.year = year;
	r.divides = own.s[0] && !strstr(r.own_name, "管理委员会");
	r.out = xcalloc(1, sizeof *r.out);
	r.out->text = xstrndup(at->text, at->len);
	r.out->name = xstrdup(r.own_name);
	r.out->slips = reference_slip(form, r.out->text, 0, &slip, &slip_end);
	r.out->brackets = strstr(r.out->text, "（") || strchr(r.out->text, '(');
	r.topic = claim_heading(&r, at->above, at->above_len);
	clause_figures(form, at, r.out);
	r.named = xcalloc(form->claims.claim_count + 1, sizeof *r.named);
	r.out->levels =
		r.out->count && pattern_fits(level_words, at->text, at->len);
	read_paragraph(&r);
	at->paragraph->claims = r.out;
	free(r.named);
	free(r.marks);
	str_free(&own);
	return r.out;
}

/* ---- values ---- */

/* requests.new.total → requests.new.COLUMN */
static size_t cell_in(const struct form_def *form, size_t cell,
		      const char *column, size_t len)
{
	const char *path = form->cells[cell].path, *dot = strrchr(path, '.');
	struct str other = { 0 };
	size_t found;

	str_addn(&other, path, (size_t)(dot + 1 - path));
	str_addn(&other, column, len);
	found = form_cell(form, other.s);
	str_free(&other);
	return found;
}

static void in_class(const struct form_def *form, const struct value_def *v,
		     const char *columns, struct allowed *out)
{
	for (size_t i = 0; i < v->count; i++)
		for (const char *c = columns; *c;) {
			size_t len = strcspn(c, " ");
			size_t cell = cell_in(form, v->cells[i], c, len);

			if (cell != FORM_NO_CELL && out->count < 16)
				out->cells[out->count++] = cell;
			c += len;
			c += *c == ' ';
		}
}

static void add_value(const struct value_def *v, struct allowed *out)
{
	for (size_t k = 0; k < v->count && out->count < 16; k++)
		out->cells[out->count++] = v->cells[k];
}

/* The i-th of the values that the words may mean. */
static const struct value_def *value_at(const struct form_def *form,
					const struct said *s, size_t i)
{
	const struct claim_def *c = s->claim ? s->claim : s->row;
	size_t own = c ? c->value_count : 0;

	if (i < own)
		return &c->values[i];
	return s->klass && !s->claim ? &form->claims.rows[i - own]
				     : &s->others[i - own]->values[0];
}

size_t claim_allowed(const struct form_def *form, const struct said *s,
		     size_t i, struct allowed *out)
{
	const struct claim_def *c = s->claim ? s->claim : s->row;
	const struct claims_def *d = &form->claims;
	size_t own = c ? c->value_count : 0;
	size_t more = s->klass && !s->claim ? d->row_count : s->other_count;
	size_t once = own + more, count = s->carried ? 2 * once : once;
	const char *columns = s->klass ? s->klass->columns : NULL;

	out->count = 0;
	if (s->sum_count > 1) {
		for (size_t k = 0; k < s->sum_count && i == 0; k++)
			add_value(&s->summed[k]->values[0], out);
		if (!s->sum_loose || i == 0)
			return s->sum_loose ? 1 + once : 1;
		i--;
	}
	if (i >= count)
		return count;
	if (i >= once)
		columns = s->carried;
	if (columns) {
		in_class(form, value_at(form, s, i % once), columns, out);
		for (size_t k = 0; columns != s->carried && k < 2; k++)
			if (s->joined[k])
				in_class(form, value_at(form, s, i % once),
					 s->joined[k]->columns, out);
	} else
		add_value(value_at(form, s, i), out);
	return count;
}
