#include "core/digest.h"

/* EVP would read the library's configuration and look its providers through
 * first, which takes longer than a whole export. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

const char *digest_sha256(const void *bytes, size_t len, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char md[SHA256_DIGEST_LENGTH];
	SHA256_CTX sum;

	SHA256_Init(&sum);
	SHA256_Update(&sum, bytes, len);
	SHA256_Final(md, &sum);
	for (size_t i = 0; i < sizeof md; i++) {
		hex[2 * i] = digits[md[i] >> 4];
		hex[2 * i + 1] = digits[md[i] & 15];
	}
	hex[64] = '\0';
	return hex;
}
