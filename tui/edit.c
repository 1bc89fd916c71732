#include "tui/edit.h"
