#include "tui/keymap.h"
