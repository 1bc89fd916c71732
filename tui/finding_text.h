/*
 * finding_text - findings and rules in the words of lists, details and F1.  Every
 * function appends.
 */
#ifndef TUI_FINDING_TEXT_H
#define TUI_FINDING_TEXT_H

#include "core/rule.h"
#include "core/str.h"

/* What is wrong; the place within the section first, if it is not in it. */
void finding_brief(const char *where, const char *brief, struct str *out);
/* 须改, 说明, 已说明, 再说明, 提示. */
const char *finding_state(const struct finding *f);
/* Where, what, what to do, why, by which clause, what was said about it. */
void finding_detail(const struct form_def *form, const struct finding *f,
		    struct str *out);
/* What the rule asks, an example each way, how to answer for it. */
void finding_rule(const struct rule_def *rule, struct str *out);

#endif
