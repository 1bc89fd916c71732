#ifndef TUI_WALK_H
#define TUI_WALK_H

#endif
