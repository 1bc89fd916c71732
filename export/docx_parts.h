#ifndef EXPORT_DOCX_PARTS_H
#define EXPORT_DOCX_PARTS_H

#endif
