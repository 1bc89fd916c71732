#ifndef CORE_DRAFT_IMPL_H
#define CORE_DRAFT_IMPL_H

#endif
