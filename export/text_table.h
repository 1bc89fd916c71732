#ifndef EXPORT_TEXT_TABLE_H
#define EXPORT_TEXT_TABLE_H

#endif
