/*
 * review_impl - what review.c and review_do.c share.
 */
#ifndef CORE_REVIEW_IMPL_H
#define CORE_REVIEW_IMPL_H

#include "core/review.h"

/* The steps that approval wants: setting signoff.required, or all of them.
 * As review_steps(). */
char **review_required(struct store *s);

#endif
