/* show: where a report stands, and what was said about it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/digest.h"
#include "core/lint_sibling.h"
#include "core/review.h"
#include "core/site.h"
#include "core/tr.h"

/* Fields parted by tabs, with the escapes of exchange lines; NULL ends. */
static void line(const char *head, const char *const *fields)
{
	struct str out = { 0 };

	str_add(&out, head);
	for (; *fields; fields++) {
		str_addc(&out, '\t');
		str_escape(&out, *fields);
	}
	str_addc(&out, '\n');
	cli_put(out.s);
	str_free(&out);
}

#define LINE(head, ...) line(head, (const char *const[]){ __VA_ARGS__, NULL })

static void show_due(struct draft *d, bool publish, const char *what)
{
	struct date due;
	const char *basis;

	if (review_deadline(d, publish, &due, &basis))
		printf(_("%s期限\t%04d-%02d-%02d（%s）\n"), what, due.year,
		       due.month, due.day, basis);
}

static void show_sections(struct draft *d)
{
	const struct form_def *form = draft_form(d);
	const struct findings *f = draft_findings(d);

	for (size_t i = 0; i < form->body_count; i++) {
		const struct section_def *s = &form->sections[i];
		int done, need;

		report_progress(draft_report(d), s, &done, &need);
		printf(_("%s、%s\t%d/%d\t须改 %d\t说明 %d\n"), s->number,
		       s->title, done, need, findings_in(f, s, SEVERITY_HARD),
		       findings_in(f, s, SEVERITY_SOFT));
	}
}

/* A comment that is open still, and what the return named. */
static void show_comments(struct draft *d)
{
	const struct report_row *row = draft_row(d);
	size_t count;
	const struct comment *list = draft_comments(d, &count);

	if (row->state == STATE_RETURNED)
		LINE(_("退回"), row->returned_at, row->return_reason);
	for (size_t i = 0; i < count; i++) {
		const struct comment *c = &list[i];

		if (!*c->resolved_by)
			LINE(c->on_return ? _("退回点名") : _("批注"), c->path,
			     *c->answer ? _("已答复") : _("未答复"), c->author,
			     c->moment, c->text, c->answer);
	}
}

static void show_signoffs(struct draft *d)
{
	char hex[DIGEST_TEXT];
	size_t count;
	const struct signoff *list = draft_signoffs(d, &count);

	report_digest(draft_report(d), hex);
	for (size_t i = 0; i < count; i++) {
		const struct signoff *s = &list[i];

		LINE(_("审签"), s->step, s->result, s->name,
		     s->paper ? _("代记纸上签字") : _("本人审签"),
		     s->recorded_by, s->moment,
		     strcmp(s->digest, hex) == 0 ? _("对着现在的数据")
						 : _("数据已改，作废"),
		     s->opinion);
	}
}

/* Does what was said count for what is found now? */
static const char *standing(struct draft *d, const struct explanation *e)
{
	const struct findings *all = draft_findings(d);
	const struct rule_def *rule = form_rule(draft_form(d), e->rule);

	for (size_t i = 0; i < all->count; i++) {
		const struct finding *f = &all->list[i];

		if (f->rule != rule)
			continue;
		if (f->explanation && strcmp(f->explanation, e->text) == 0)
			return _("有效");
		if (f->asked_again && strcmp(f->asked_again, e->text) == 0)
			return _("数字变了，要重写");
	}
	return rule && rule_wants_siblings(rule) ? _("与别的单位比较时用")
						 : _("问题已不在");
}

static void show_explanations(struct draft *d)
{
	size_t count;
	const struct explanation *list = draft_explanations(d, &count);

	for (size_t i = 0; i < count; i++)
		LINE(_("情况说明"), list[i].rule, list[i].path,
		     standing(d, &list[i]), list[i].author, list[i].moment,
		     list[i].text);
}

static void show_rules_off(struct draft *d)
{
	const struct form_def *form = draft_form(d);
	char *who, *when;

	site_changed(draft_store(d), "rules.off", &who, &when);
	for (size_t i = 0; i < form->rule_count; i++) {
		const struct rule_def *r = &form->rules[i];

		if (rule_is_off(r, draft_unit(d), draft_site(d)))
			LINE(_("关闭的规则"), r->id, r->title, who ? who : "",
			     when ? when : "");
	}
	free(who);
	free(when);
}

/* Reopened, what was published is an older version than the one shown. */
static void show_publication(struct draft *d)
{
	const struct report_row *row = draft_row(d);
	int version = review_published_version(d);
	char *which = version > 0 ? str_printf(_("第 %d 版"), version) : NULL;

	if (*row->published_on)
		LINE(_("公布"), row->published_on, row->published_url,
		     row->index_no, row->doc_no, which ? which : "");
	free(which);
}

static bool show_changes(struct cli *cli, struct draft *d)
{
	struct difference *list;
	size_t count;

	if (review_changes(d, &list, &count, &cli->err) != ERR_OK)
		return false;
	for (size_t i = 0; i < count; i++)
		LINE(review_was_returned(d) ? _("退回以来的改动")
					    : _("重新打开以来的改动"),
		     draft_form(d)->cells[list[i].cell].path, list[i].old,
		     list[i].now);
	differences_free(list, count);
	return true;
}

static void show_head(struct draft *d)
{
	struct str title = { 0 };
	int done, need;

	report_title(draft_report(d), &title);
	report_progress(draft_report(d), NULL, &done, &need);
	cli_line(title.s);
	printf(_("状态\t%s\t第 %d 版\n完成\t%d/%d\n"),
	       state_label(draft_row(d)->state), draft_row(d)->version, done,
	       need);
	str_free(&title);
}

static void show_editor(struct cli *cli, struct draft *d)
{
	struct editor who = { 0 };
	char since[DATE_MOMENT];

	if (store_editor(cli->store, draft_row(d)->id, &who))
		printf(_("正由 %s 填写，自 %s 起\n"), who.user,
		       date_clock(who.since, since));
	if (draft_recovered(d))
		cli_line(draft_recovered(d));
	editor_free(&who);
}

static int run_show(struct cli *cli, int argc, char **argv)
{
	bool approved = false, well = true;
	const struct cli_opt opts[] = { { "--approved", NULL, &approved } };
	struct draft *d;

	if (!cli_options(cli, &argc, argv, opts, 1))
		return EXIT_ERROR;
	if (argc != 2)
		return cli_usage(cli, cli_command("show"));
	d = cli_version(cli, argv[1], approved);
	if (!d)
		return cli_fail(cli);
	show_head(d);
	show_sections(d);
	show_due(d, false, _("报送"));
	show_due(d, true, _("公布"));
	show_comments(d);
	show_explanations(d);
	show_rules_off(d);
	show_signoffs(d);
	show_publication(d);
	if (!approved)
		well = show_changes(cli, d);
	show_editor(cli, d);
	draft_close(d);
	return well ? EXIT_DONE : cli_fail(cli);
}

const struct command show_commands[] = {
	{ "show", N_("编号 [--approved]"),
	  N_("一份报告的状态、各部分进度、期限，退回的原因和批注，情况说明和写的"
	     "人，审核人关闭的规则，审签，公布，退回或重新打开以来的改动。"),
	  run_show },
	{ NULL, NULL, NULL, NULL },
};
