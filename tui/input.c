#include "tui/input.h"
