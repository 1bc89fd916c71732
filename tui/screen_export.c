#include "tui/app.h"
