/*
 * keymap - what the keys do, said once.
 *
 * The enum, the default keys, the hint bar, the help screen and the manual page
 * are all made from this list: to add an action, add a row here and a case in
 * the screen that answers to it.  The second key is for terminals that keep
 * the first one to themselves.
 *
 *	X(name, keys, hint in the bar, line in the help)
 *
 * Keys: F1, M-x (Alt), C-x (Ctrl), Up, PgDn, Enter, Esc, Tab, BTab, Ins, Del,
 * Home, End, C-Left … (the names keymap_key() knows).
 */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "core/tr.h"

#define ACTION_LIST(X)                                                         \
	X(HELP, "F1 M-h", N_("帮助"), N_("本栏说明、依据和全部按键"))          \
	X(CHECKLIST, "F2 M-l", N_("清单"), N_("本部分检查清单，空格打勾"))     \
	X(SECTION_PREV, "F3 M-,", N_("上一部分"), N_("到上一部分"))            \
	X(SECTION_NEXT, "F4 M-.", N_("下一部分"), N_("到下一部分"))            \
	X(FINDINGS, "F5 M-f", N_("问题"), N_("列出问题，回车到该处"))          \
	X(FINDING_NEXT, "C-n M-o", N_("下一问题"), N_("到下一条问题"))         \
	X(FINDING_PREV, "C-p M-u", N_("上一问题"), N_("到上一条问题"))         \
	X(NEXT_OPEN, "F6 M-k", N_("下一空格"),                                 \
	  N_("到下一处空白、有误、点名或改动"))                                \
	X(LAST_YEAR, "F7 M-y", N_("上年"), N_("显示或收起上年数据和文字"))     \
	X(PREVIEW, "F8 M-v", N_("预览"), N_("预览将要导出的文稿"))             \
	X(MENU, "F9 M-m", N_("菜单"), N_("全部操作"))                          \
	X(LEAVE, "F10 C-q", N_("离开"), N_("离开；所填内容均已保存"))          \
	X(BACK, "Esc", N_("返回"), N_("返回上一屏，不作改动"))                 \
	X(ENTER, "Enter", N_("下一格"), N_("确定，或到下一格"))                \
	X(TAB, "Tab", N_("下一栏"), N_("到下一栏"))                            \
	X(BACK_TAB, "BTab", N_("上一栏"), N_("到上一栏"))                      \
	X(UP, "Up", N_("上"), N_("向上"))                                      \
	X(DOWN, "Down", N_("下"), N_("向下"))                                  \
	X(LEFT, "Left", N_("左"), N_("向左"))                                  \
	X(RIGHT, "Right", N_("右"), N_("向右"))                                \
	X(WORD_LEFT, "C-Left M-q", N_("左词"), N_("向左一词"))                 \
	X(WORD_RIGHT, "C-Right M-w", N_("右词"), N_("向右一词"))               \
	X(HOME, "Home C-a", N_("行首"), N_("到行首"))                          \
	X(END, "End C-e", N_("行尾"), N_("到行尾"))                            \
	X(PAGE_UP, "PgUp", N_("上页"), N_("上翻一页"))                         \
	X(PAGE_DOWN, "PgDn", N_("下页"), N_("下翻一页"))                       \
	X(TOP, "C-Home M-<", N_("开头"), N_("到最前"))                         \
	X(BOTTOM, "C-End M->", N_("末尾"), N_("到最后"))                       \
	X(ERASE, "BackSpace", N_("退格"), N_("删去光标前一个字"))              \
	X(DELETE, "Del C-d", N_("清空"), N_("清空本格，或删去光标处一个字"))   \
	X(KILL, "C-u", N_("删到行首"), N_("删去光标到行首的字"))               \
	X(UNDO, "C-z M-z", N_("撤销"), N_("撤销上一次改动"))                   \
	X(REDO, "C-y M-r", N_("重做"), N_("重做撤销的改动"))                   \
	X(FIND, "C-f", N_("查找"), N_("查找文字"))                             \
	X(REFER, "C-r M-=", N_("引用表数"), N_("插入表中的数，随表而变"))      \
	X(FIGURES, "C-k M-j", N_("对应数字"),                                  \
	  N_("列出文中数字，对应到表中的格"))                                  \
	X(GOTO, "C-g M-g", N_("跳到"), N_("按行号、名称或拼音首字母到某格"))   \
	X(NOTE, "M-n", N_("说明或批注"), N_("写情况说明；审核人写批注"))       \
	X(ZERO_FILL, "M-0", N_("其余填零"), N_("本部分空格填为 0，先询问"))    \
	X(NEW, "Ins M-c", N_("新建"), N_("新建报告"))                          \
	X(IMPORT, "M-i", N_("导入"), N_("导入别处导出的报告"))                 \
	X(EXPORT, "M-e", N_("导出"), N_("导出文稿"))                           \
	X(SUBMIT, "M-s", N_("送审"), N_("检查后送审"))                         \
	X(RETURN, "M-b", N_("退回"), N_("退回填报人修改"))                     \
	X(APPROVE, "M-a", N_("核准"), N_("核准：审核通过"))                    \
	X(SAVED, "C-s", N_("已存"), N_("无须保存：每一键都已存好"))            \
	X(SUSPEND, "M-!", N_("命令行"), N_("暂回命令行，fg 返回"))             \
	X(REDRAW, "C-l", N_("重画"), N_("重画屏幕"))

enum action {
	ACTION_NONE,
#define ACTION_ENUM(name, keys, hint, help) ACTION_##name,
	ACTION_LIST(ACTION_ENUM)
#undef ACTION_ENUM
	ACTION_COUNT
};

struct action_info {
	const char *name, *keys, *hint, *help;
};

const struct action_info *keymap_info(enum action action);
/* The action of a key code (input.h), or ACTION_NONE. */
enum action keymap_action(int key);
/* The code of a key name, or -1; every name in the list has one. */
int keymap_key(const char *name);
/* The keys as they are shown, Alt-H for M-h: the first, or with `between` all.
 * Appended. */
void keymap_names(enum action action, const char *between, struct str *out);
/* "F1 说明  F5 问题" for as many of the actions (ended by ACTION_NONE) as fit
 * `cells`; translated. */
void keymap_hints(const enum action *actions, int cells, struct str *out);
/* The same with a screen's own words (screen.h), which may be NULL. */
void keymap_hints_in(const enum action *actions, const char *const *words,
		     int cells, struct str *out);

#endif
