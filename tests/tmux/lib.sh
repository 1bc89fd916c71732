# For the stories: a terminal of one's own, driven by keys.  Sourced after
# tests/lib.sh.  Wait for text, never sleep.
command -v tmux >/dev/null || { echo "1..0 # SKIP tmux is not installed"; exit 0; }
# The leak check at exit hangs for ever when the terminal closes in the middle of
# it (SIGCONT takes its own SIGSTOP away); screen_*.c look for leaks.
export ASAN_OPTIONS=detect_leaks=0
t() { tmux -u -L "story$$" -f /dev/null "$@"; }
trap 't kill-server 2>/dev/null; rm -rf "$dir"' EXIT

# start COLUMNS ROWS COMMAND: a new terminal instead of the one there was.  The
# server may just be going with its last session: once more, then.
start() {
	t kill-session 2>/dev/null
	for i in 1 2 3 4 5; do
		t new -d -x "$1" -y "$2" "$3" && break
		sleep 0.1
	done
	t set -s escape-time 0
}
# open COLUMNS ROWS [VAR=VALUE …] -- WORDS: the program in a new terminal
open() {
	cols=$1 rows=$2
	shift 2
	vars=
	while [ "$1" != -- ]; do
		vars="$vars $1"
		shift
	done
	shift
	rm -f "$dir/pid"
	start "$cols" "$rows" "sh -c 'echo \$\$ >$dir/pid; exec env TERM=screen-256color $vars $n $*'; echo ended \$?; exec sleep 60"
}
screen() { t capture-pane -p; }
see() { # text: wait up to ten seconds for it
	for i in $(seq 500); do
		screen | grep -qF -- "$1" && return
		sleep 0.02
	done
	screen | sed 's/^/# /'
	echo "# not seen: $1"
	return 1
}
gone() { # text: wait until it is not there any more
	for i in $(seq 500); do
		screen | grep -qF -- "$1" || return 0
		sleep 0.02
	done
	screen | sed 's/^/# /'
	return 1
}
keys() { t send-keys "$@"; }
text() { t send-keys -l -- "$1"; }
program() { # the process of the program itself
	cat "$dir/pid"
}
