#ifndef CORE_STORE_IMPL_H
#define CORE_STORE_IMPL_H

#endif
