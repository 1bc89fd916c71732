#include "core/num.h"
