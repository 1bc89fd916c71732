#!/bin/sh
# What "make install" puts down: nothing left to be filled in.
. "${srcdir:-.}/tests/lib.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
make -s -C "${builddir:-.}" install DESTDIR="$dir/root" >"$dir/log" 2>"$dir/err"
ok "make install"
page=$(find "$dir/root" -name nianbao.1)
[ -n "$page" ] && ! grep -n '@[A-Z]*@' "$page"
ok "the manual page has no placeholder"
grep -q '^F1  Alt\\-H  *本栏说明' "$page" && grep -q '^Shift\\-Tab  ' "$page" && grep -q '^Ctrl\\-Home  Alt\\-<  ' "$page"
ok "it lists the keys as the help screen does"
want=$(grep -c '^	X(' "$src/tui/keymap.h")
got=$(sed -n '/^\.SH KEYS/,/^\.fi/p' "$page" | grep -c '^[A-Z][^ ]*.*  ')
[ "$want" = "$got" ] || echo "# $got keys, not $want"
[ "$want" = "$got" ]
ok "all of them"
rules=$(find "$dir/root" -name nianbao-rules.7)
[ -n "$rules" ] && grep -q '^\.SS "N1A' "$rules" && grep -q 'nianbao\\-rules' "$page"
ok "the page of the rules is there, and named"
program=$(find "$dir/root" -path '*/bin/nianbao')
"$program" --version >"$dir/out" 2>"$dir/err"
ok "the installed program runs"
done_testing
