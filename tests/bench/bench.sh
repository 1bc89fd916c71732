#!/bin/sh
# The promised figures, measured; printed, never a test.  Run by make bench:
# builddir is the build (without sanitizers), the current folder the source.
set -u
b=${builddir:-build}
top=$(pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export NIANBAO_FORMS=$top/forms NIANBAO_DEMO=$top/demo NIANBAO_DB=$tmp/a.db LC_ALL=C.UTF-8
n=$b/nianbao
$n demo --no-screen >"$tmp/ids" || exit 1
report=$(tail -n 1 "$tmp/ids")
last=$(head -n 1 "$tmp/ids")

median() { # runs, command …: the median wall time in ms
	/usr/bin/python3 - "$@" <<'P'
import os, statistics, sys, time
n, cmd, ts = int(sys.argv[1]), sys.argv[2:], []
for i in range(n + 1):
    t = time.perf_counter()
    pid = os.posix_spawnp(cmd[0], cmd, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, st = os.waitpid(pid, 0)
    if st:
        sys.exit("failed: " + " ".join(cmd))
    if i:
        ts.append((time.perf_counter() - t) * 1000)
print("%.2f" % statistics.median(ts))
P
}
echo "== whole processes (median of 41, ms)"
echo "nianbao --version                            $(median 41 "$n" --version)"
echo "one DOCX, whole process (promised 10)        $(median 41 "$n" export "$last" --format docx -o "$tmp/a.docx")"
for f in html xlsx text; do
	printf 'one %-5s whole process                      ' $f
	median 41 "$n" export "$last" --format $f -o "$tmp/a.$f"
done
echo "a figure read (whole process)                $(median 41 "$n" get "$last" requests.new.total)"
echo "== a year of 300 reports, one process (ms)"
mkdir "$tmp/year" && "$n" export "$last" --format xml -o "$tmp/one.xml" >"$tmp/said" 2>&1
for i in $(seq 300); do
	sed "s/<unit name=\"[^\"]*\"/<unit name=\"青溪县第${i}局\"/; s/ demo=\"yes\"//" "$tmp/one.xml" >"$tmp/year/$i.xml"
done
if "$n" --db "$tmp/year.db" import "$tmp"/year/*.xml >"$tmp/said" 2>&1; then
	for f in docx html xlsx; do
		printf '300 %-4s (promised for docx 1000)            ' $f
		median 3 "$n" --db "$tmp/year.db" export --all --year 2024 --format $f -o "$tmp/$f" --force 2>"$tmp/said"
	done
else
	tail -n 1 "$tmp/said"
fi
echo "== inside one process"
"$b/tests/bench/bench" "$tmp/a.db" "$report" || exit 1
echo "== the screen"
/usr/bin/python3 tests/bench/screen.py "$n" "$tmp/a.db" 政 '\r' '\e[1;5F'
if [ -x "$b/tests/bench/many" ]; then
	"$b/tests/bench/many" "$tmp/many.db" 10000 && {
		echo "== the screen with 10,000 reports in the store"
		/usr/bin/python3 tests/bench/screen.py "$n" "$tmp/many.db" '\e[B'
	}
fi
batch() { # what, options …: seconds of a whole-year check and its memory
	what=$1
	shift
	/usr/bin/python3 - "$what" "$n" --db "$tmp/year.db" check --all --year 2025 --format tsv -o "$tmp/year.tsv" "$@" <<'P'
import os, resource, subprocess, sys, time
t = time.perf_counter()
code = subprocess.run(sys.argv[2:], stderr=subprocess.DEVNULL).returncode
wall = time.perf_counter() - t
u = resource.getrusage(resource.RUSAGE_CHILDREN)
if code == 2:
    sys.exit("failed: " + sys.argv[1])
print("%-44s %6.1f s wall %6.1f s of the processor %5d MiB" % (sys.argv[1], wall, u.ru_utime + u.ru_stime, u.ru_maxrss // 1024))
P
}
reports=${BENCH_REPORTS:-10000}
if [ -x "$b/tests/bench/many" ]; then
	"$b/tests/bench/many" "$tmp/year.db" "$reports" demo/2024.tsv 3000 && {
		echo "== $reports reports of 3,000 characters, last year's beside them"
		batch "checked alone (10,000: promised 20 s)" --no-siblings
		batch "and beside each other"
	}
	rm -f "$tmp"/year.db*
fi
echo "== peers (whole process, one document)"
bench=../shared/samples/peers-bench
if [ -d "$bench" ]; then
	(cd "$bench" && /usr/bin/python3 measure.py --runs 5 --amortised 0 --out "$tmp/peers" \
		--only 'pandoc,python-docx,libzip, small stored' 2>&1) ||
		echo "the peers are not installed: skipped"
	[ -n "${PEER_MODULES:-}" ] || echo "npm docx, docxtemplater: PEER_MODULES is not set, skipped"
else
	echo "../shared is not here: skipped"
fi
