#include "tui/term.h"
