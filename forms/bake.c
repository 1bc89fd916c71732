/*
 * bake FORM.xml…: the parsed forms as C, to be built into the program.
 *
 * Each goes with the digest of its file: form_load() takes what is built in only
 * for a file with these very bytes, any other it parses and validates.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/digest.h"
#include "core/file.h"
#include "core/xml.h"

enum {
	CAP = 8 << 20,
	PER_LINE = 12
};

static void print_image(int number, const struct xml *x)
{
	size_t size;
	const unsigned char *image = xml_image(x, &size);

	printf("static const uint32_t form_%d[] = {", number);
	for (size_t i = 0; i < size / sizeof(uint32_t); i++) {
		uint32_t word;

		memcpy(&word, image + i * sizeof word, sizeof word);
		printf("%s%u,", i % PER_LINE ? "" : "\n", (unsigned)word);
	}
	puts("\n};");
}

static enum err_code bake(int number, const char *path, char *hex,
			  struct err *err)
{
	struct str bytes = { 0 };
	struct xml *x = NULL;

	if (file_read(path, CAP, &bytes, err) == ERR_OK)
		x = xml_parse(bytes.s, bytes.len, path, err);
	if (x) {
		digest_sha256(bytes.s, bytes.len, hex);
		print_image(number, x);
	}
	xml_free(x);
	str_free(&bytes);
	return x ? ERR_OK : err->code;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct str list = { 0 };

	puts("/* Made by forms/bake; do not edit. */");
	for (int i = 1; i < argc; i++) {
		char hex[DIGEST_TEXT];

		if (bake(i, argv[i], hex, &err) != ERR_OK) {
			fprintf(stderr, "bake: %s\n", err.text);
			return 1;
		}
		str_addf(&list, "\t{ \"%s\", form_%d, sizeof form_%d },\n", hex,
			 i, i);
	}
	printf("static const struct {\n\tconst char *digest;\n"
	       "\tconst uint32_t *image;\n\tsize_t size;\n"
	       "} known_forms[] = {\n%s};\n",
	       list.s);
	str_free(&list);
	return 0;
}
