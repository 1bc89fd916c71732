#include "core/zip.h"
