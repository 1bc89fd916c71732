#include "core/setting.h"
