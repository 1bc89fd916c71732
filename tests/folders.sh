#!/bin/sh
# The arrows between the folders, and the one door of each library.
cd "${srcdir:-.}" || exit 1
floor='core/(err|mem|str|text|num|tr|digest|xml|zip|charset|json|date|file|schema)\.[ch]'
n=0
verdict() { # name, the lines that break it
	n=$((n + 1))
	[ -z "$2" ] && echo "ok $n - $1" && return
	echo "not ok $n - $1"
	echo "$2" | sed 's/^/# /'
}
own() { # the headers of ours that these files may include, files...
	may=$1
	shift
	verdict "${1%/*}: $may" "$(
		grep -nE '^ *# *include *"' "$@" /dev/null | grep -vE "\"($may)")"
}
door() { # a library's headers, the files that may include them
	verdict "$1 only in $2" "$(grep -nE "^ *# *include *<($1)" \
		$(ls */*.[ch] | grep -vxE "$2") /dev/null)"
}
own "$floor" $(ls core/*.[ch] | grep -xE "$floor")
own "forms/|$floor" forms/*.[ch]
own 'forms/|core/' core/*.[ch]
own 'forms/|core/|import/' import/*.[ch]
own 'forms/|core/|export/' export/*.[ch]
own 'forms/|core/|import/|export/|tui/' tui/*.[ch]
own 'forms/|core/|import/|export/|cli/' $(ls cli/*.[ch] | grep -vx cli/main.c)
door '(n?curses|panel)\.h' 'tui/.*|tests/screen_.*'
door '(form|menu)\.h' 'no file'
door 'sqlite3\.h' 'core/store(_[a-z]+)?\.[ch]|tests/test_store\.c'
door 'libxml/' 'core/schema\.c'
door 'expat\.h' 'core/xml\.c'
door 'zip\.h' 'core/zip\.c'
door 'uni(str|width|gbrk|lbrk|norm|ctype|case)\.h' 'core/text\.c'
door 'iconv\.h' 'core/charset\.c'
door 'jansson\.h' 'core/json\.c'
door 'openssl/' 'core/digest\.c'
door 'pcre2\.h' 'core/lint(_[a-z]+)?\.c'
door 'xlsxwriter' 'export/xlsx(_[a-z]+)?\.[ch]'
# Budgets: no file over 600 lines, no function over 80.
verdict 'files up to 600 lines' "$(wc -l */*.[ch] |
	awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')"
verdict 'functions up to 80 lines' "$(awk '
	FNR == 1 { start = 0 }
	/^[a-z].*\)$/ || /^[a-z].*,$/ || /^[ \t]+.*\)$/ { if (!start) head = FNR }
	/^\{/ { start = FNR; name = prev }
	/^\}/ { if (start && FNR - start > 78)
			print FILENAME ":" start ": " FNR - start + 1 " lines"
		start = 0 }
	{ prev = $0 }' */*.c)"
# No row label or title of a regulation stands in C.
verdict 'no labels of a form in C' "$(sed -n 's/.*<\(row\|section\) [^>]*\(label\|title\)="\([^"]*\)".*/\3/p' \
	forms/*.xml | awk 'length($0) > 12' | sort -u | while read -r label; do
		grep -nF -- "$label" forms/*.c core/*.c import/*.c export/*.c \
			tui/*.c cli/*.c
	done)"
echo "1..$n"
