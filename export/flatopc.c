#include <string.h>

#include "export/docx_parts.h"
#include "export/export.h"

/* The parts of a DOCX in one XML file, as Word itself saves it. */
enum err_code flatopc_write(const struct export_job *job, struct str *out,
			    struct err *err)
{
	size_t count;
	const struct docx_part *parts = docx_parts(&count);

	(void)err;
	str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" "
		     "standalone=\"yes\"?>\n"
		     "<?mso-application progid=\"Word.Document\"?>\n"
		     "<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/"
		     "office/2006/xmlPackage\">");
	for (size_t i = 0; i < count; i++) {
		str_addf(out,
			 "<pkg:part pkg:name=\"/%s\" pkg:contentType=\"%s\">"
			 "<pkg:xmlData>",
			 parts[i].name, parts[i].type);
		docx_part_add(&parts[i], job, out);
		str_add(out, "</pkg:xmlData></pkg:part>");
	}
	str_add(out, "</pkg:package>\n");
	return ERR_OK;
}
