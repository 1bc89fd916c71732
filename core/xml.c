#include "core/xml.h"
