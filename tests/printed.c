#include "tests/printed.h"

#include "tests/unit.h"

struct document *printed_document(const struct report *r, const char *mark)
{
	const struct document_options options = { .mark = mark };

	return document_new(r, &options);
}

struct export_job printed_job(const struct document *doc, const char *layout)
{
	static const struct export_options none;
	static struct fonts fonts; /* lives as long as the test */
	struct err err = { 0 };

	if (!fonts.name[0])
		assert_int_equal(fonts_read("", &fonts, &err), ERR_OK);
	return (struct export_job){ .document = doc,
				    .options = &none,
				    .layout = layout_find(layout, &err),
				    .fonts = &fonts };
}
