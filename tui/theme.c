#include "tui/theme.h"
