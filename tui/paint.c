#include "tui/paint.h"
