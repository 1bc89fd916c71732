#include "export/document.h"
