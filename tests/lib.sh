# For the shell tests: a store of one's own and TAP lines.  Sourced.
src=$(cd "${srcdir:-.}" && pwd)
n=${builddir:-.}/nianbao
dir=$(mktemp -d) || exit 1
export NIANBAO_DB="$dir/a.db" XDG_DATA_HOME="$dir/data" HOME="$dir"
export NIANBAO_FORMS="${NIANBAO_FORMS:-$src/forms}" NIANBAO_DEMO="${NIANBAO_DEMO:-$src/demo}"
export LC_ALL=C.UTF-8 TZ=UTC0
unset NIANBAO_NOW LANG LANGUAGE
tests=0 missed=

# Could another login run the program and read its forms? (a clone in /root: no)
others_may() {
	[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null &&
		setpriv --reuid nobody --clear-groups test -x "$n" -a -r "$NIANBAO_FORMS/ogi-2021.xml"
}

# A loop is left by || { missed=1; break; }: break itself ends well.
ok() { # what; the status of the command before it
	st=$?
	[ -z "$missed" ] || st=1
	missed=
	tests=$((tests + 1))
	if [ $st = 0 ]; then
		echo "ok $tests - $1"
	else
		echo "not ok $tests - $1"
		[ -s "$dir/err" ] && sed 's/^/# stderr: /' "$dir/err"
		[ -s "$dir/out" ] && head -n 20 "$dir/out" | sed 's/^/# stdout: /'
	fi
	return 0
}

skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# run CODE WORDS… : the program ends with that code; output in $dir/out, err
run() {
	want=$1
	shift
	"$n" "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got = "$want" ] || { echo "# exit $got, not $want: $*"; return 1; }
	[ "$want" = 0 ] || [ -n "$(cat "$dir/err" "$dir/out")" ]
}

# one sentence on stderr that holds the words, no control characters
says() {
	[ "$(wc -l <"$dir/err")" = 1 ] || { echo "# not one line"; return 1; }
	! LC_ALL=C grep -q '[[:cntrl:]]' "$dir/err" || { echo "# control characters"; return 1; }
	for word; do
		grep -qF -- "$word" "$dir/err" || { echo "# does not say $word"; return 1; }
	done
}

prints() {
	for word; do
		grep -qF -- "$word" "$dir/out" || { echo "# does not print $word"; return 1; }
	done
}

done_testing() {
	rm -rf "$dir"
	echo "1..$tests"
}
