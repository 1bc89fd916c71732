/*
 * tr - the two words for translation.  The msgid is the Chinese sentence
 * itself; po/en.po has the English.  `_("…")` where it is said, N_("…") in
 * tables.  Never _(""): that is the catalogue's header.
 */
#ifndef CORE_TR_H
#define CORE_TR_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text

#endif
