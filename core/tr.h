/*
 * tr - sentences in the user's language.  The msgid is the Chinese sentence
 * itself; po/en.po has the English.  `_("…")` where it is said, N_("…") in
 * tables.  Never _(""): that is the catalogue's header.
 *
 * The catalogue is what msgfmt makes, read here and not by libc: libc's
 * gettext says nothing where the wished-for locale was never generated, as on
 * most office machines, and since glibc 2.41 in C.UTF-8 neither.
 */
#ifndef CORE_TR_H
#define CORE_TR_H

#include <stdbool.h>

#define _(text)  tr_text(text)
#define N_(text) text

/* The sentence in the language of the catalogue, or as it is; never freed. */
const char *tr_text(const char *text) __attribute__((format_arg(1)));

/* Use the catalogue FOLDER/LANGUAGE/LC_MESSAGES/nianbao.mo from now on; false
 * when there is none, or none that is whole. */
bool tr_load(const char *folder, const char *language);
void tr_unload(void);

#endif
