#!/bin/sh
# Every sentence has its English.  "words.sh update" merges new ones into
# po/en.po.
cd "${srcdir:-.}" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
xgettext --from-code=UTF-8 -k_ -kN_ -o "$tmp/all.pot" */*.[ch] 2>"$tmp/log" ||
	{ sed 's/^/# /' "$tmp/log"; echo "not ok 1 - xgettext"; echo 1..1; exit 1; }
if [ "$1" = update ]; then
	msgmerge -q --no-fuzzy-matching --sort-output --no-location -o "$tmp/en.po" po/en.po "$tmp/all.pot" &&
		msgattrib --no-obsolete -o po/en.po "$tmp/en.po"
	exit
fi
if msgcmp po/en.po "$tmp/all.pot" >"$tmp/log" 2>&1; then
	echo "ok 1 - every sentence has its English"
else
	sed 's/^/# /' "$tmp/log"
	echo "not ok 1 - every sentence has its English"
fi
echo 1..1
