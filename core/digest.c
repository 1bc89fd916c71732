#include "core/digest.h"

#include <stdlib.h>

#include <openssl/evp.h>

const char *digest_sha256(const void *bytes, size_t len, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	/* Fails only for want of memory. */
	if (!EVP_Digest(bytes, len, md, &n, EVP_sha256(), NULL) || n != 32)
		abort();
	for (unsigned i = 0; i < n; i++) {
		hex[2 * i] = digits[md[i] >> 4];
		hex[2 * i + 1] = digits[md[i] & 15];
	}
	hex[64] = '\0';
	return hex;
}
