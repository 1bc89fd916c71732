#include "tui/dialog.h"
