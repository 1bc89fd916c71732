/*
 * digest - the one door to libcrypto: SHA-256 in lower-case hexadecimal.
 */
#ifndef CORE_DIGEST_H
#define CORE_DIGEST_H

#include <stddef.h>

#define DIGEST_TEXT 65 /* 64 digits and the NUL */

/* SHA-256 (FIPS 180-4) of the bytes, into hex[DIGEST_TEXT], returned. */
const char *digest_sha256(const void *bytes, size_t len, char *hex);

#endif
