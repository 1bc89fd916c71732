#include "core/lint.h"
