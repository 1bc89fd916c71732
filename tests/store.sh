#!/bin/sh
# The file of the store: the demo's own, one shared by two logins, one in use.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
sum() {
	sha256sum "$@" | cut -d' ' -f1
}

# ---- the demo never touches a real store ----
run 0 new --unit 青溪县教育局 --year 2025 && run 0 set 1 requests.new.natural=7
real=$NIANBAO_DB
before=$(sum "$real")
for words in "demo --no-screen" "demo --no-screen --reset"; do
	run 1 $words && says "$real" --db && [ "$(sum "$real")" = "$before" ] && [ -z "$(ls "$dir" | grep demo)" ]
	ok "$words: the store of NIANBAO_DB is left alone"
	NIANBAO_DB='' run 1 --db "$real" $words && says "$real" && [ "$(sum "$real")" = "$before" ]
	ok "$words: the store of --db is left alone"
done
usual=$dir/data/nianbao
(unset NIANBAO_DB; run 0 new --unit 青溪县教育局 --year 2025) && before=$(sum "$usual/nianbao.db")
for words in "demo --no-screen" "demo --no-screen --reset"; do
	(unset NIANBAO_DB; run 0 $words) && [ "$(sum "$usual/nianbao.db")" = "$before" ] && run 0 --db "$usual/demo.db" list && prints 青溪县人民政府
	ok "$words: demo.db beside the usual store"
	rm "$usual/demo.db"
	NIANBAO_DB='' run 0 $words && [ "$(sum "$usual/nianbao.db")" = "$before" ] && [ -f "$usual/demo.db" ]
	ok "$words: an empty NIANBAO_DB is none"
	(unset NIANBAO_DB; run 0 --db "$usual/nianbao.db" $words) && [ "$(sum "$usual/nianbao.db")" = "$before" ]
	ok "$words: the usual store named by --db"
	ln -s "$usual/nianbao.db" "$dir/link.db"
	NIANBAO_DB=$dir/link.db run 1 $words && says "$dir/link.db" && [ "$(sum "$usual/nianbao.db")" = "$before" ] && [ -L "$dir/link.db" ]
	ok "$words: a link to a real store"
	rm "$dir/link.db"
done
run 0 --db "$dir/d.db" demo --no-screen && run 0 --db "$dir/d.db" new --unit 甲县人民政府 --year 2020 && run 0 --db "$dir/d.db" demo --no-screen && run 0 --db "$dir/d.db" list && prints 甲县人民政府
ok "a demo store is used again as it is"
ln -s "$dir/d.db" "$dir/l.db" && run 0 --db "$dir/l.db" demo --no-screen --reset && run 0 --db "$dir/d.db" list && ! grep -q 甲县人民政府 "$dir/out" && [ -L "$dir/l.db" ]
ok "--reset makes it anew, through a link too"
echo hello >"$dir/text" && run 2 --db "$dir/text" demo --no-screen --reset && says "$dir/text" && [ "$(cat "$dir/text")" = hello ]
ok "a file that is no store"
ln -s "$dir/nowhere.db" "$dir/dangling.db" && ! run 0 --db "$dir/dangling.db" demo --no-screen --reset && says "$dir/dangling.db" && [ -L "$dir/dangling.db" ]
ok "a link to nothing"
/usr/bin/python3 - "$n" "$dir/d.db" <<'P' >"$dir/out" 2>&1
import fcntl, struct, subprocess, sys
n, db = sys.argv[1:]
with open(db + "-lock", "a+") as f: # as another nianbao that has it open
    fcntl.fcntl(f, 37, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 1, 0))
    inode = __import__("os").stat(db).st_ino
    r = subprocess.run([n, "--db", db, "demo", "--reset", "--no-screen"], capture_output=True, text=True)
    print(r)
    assert r.returncode and r.stderr.count("\n") == 1 and db in r.stderr
    assert __import__("os").stat(db).st_ino == inode
P
ok "--reset is refused while another has the demo open"

# ---- shared by two logins, as the manual page says ----
cat >"$dir/shared.py" <<'P'
"""shared.py PROGRAM FOLDER SETGID: run by root; two logins of one group."""
import os, re, signal, subprocess, sys, time
n, top, mode = sys.argv[1], sys.argv[2], int(sys.argv[3], 8)
GROUP, A, B, C = 4242, 4001, 4002, 4003
os.mkdir(top); os.chown(top, A, GROUP); os.chmod(top, mode)
db = top + "/a.db"
def run(who, *words, fail=False, group=True):
    def become():
        os.setgroups([GROUP] if group else []); os.setresgid(who, who, who); os.setresuid(who, who, who)
        os.umask(0o077); os.chdir("/")
    r = subprocess.run([n, "--db", db, *words], preexec_fn=become, capture_output=True, text=True,
                       env={**os.environ, "HOME": "/nonexistent"})
    print(who, words, r.returncode, r.stdout, r.stderr)
    assert (r.returncode != 0) == fail, words
    return r
def beside():
    for end in "", "-lock", "-wal", "-shm":
        if os.path.exists(db + end):
            st = os.stat(db + end)
            print(end, oct(st.st_mode), st.st_uid, st.st_gid)
            assert st.st_gid == GROUP and st.st_mode & 0o777 == 0o660, end
run(A, "new", "--unit", "甲县人民政府", "--year", "2025")
assert os.stat(db).st_mode & 0o777 == 0o600
run(B, "list", fail=True)
os.chown(db, A, GROUP); os.chmod(db, 0o660)
run(B, "set", "1", "requests.new.natural=1")
run(A, "set", "1", "requests.new.natural=2"); run(B, "get", "1", "requests.new.natural")
beside()
run(C, "list", fail=True, group=False)
# one that died before the store was shared
os.chmod(db, 0o600)
lock = os.open(db + "-lock", os.O_CREAT | os.O_RDWR, 0o600); os.fchown(lock, A, A); os.fchmod(lock, 0o600); os.close(lock)
os.chmod(db, 0o660)
r = run(B, "list", fail=True); assert r.stderr.count("\n") == 1 and db + "-lock" in r.stderr
run(A, "list"); run(B, "list")
# while one has it open
import fcntl, pty
pid, tty = pty.fork()
if pid == 0:
    os.setgroups([GROUP]); os.setresgid(A, A, A); os.setresuid(A, A, A); os.umask(0o077)
    os.execve(n, [n, "--db", db], {**os.environ, "TERM": "xterm", "HOME": "/nonexistent", "COLUMNS": "80", "LINES": "24"})
def until(what):
    seen = b""; end = time.time() + 10
    while what.encode() not in seen:
        assert time.time() < end, seen.decode(errors="replace")
        seen += os.read(tty, 65536)
until("甲县"); beside()
run(B, "set", "1", "requests.new.natural=3")
os.chmod(db, 0o600); os.chmod(db, 0o660)
run(B, "get", "1", "requests.new.natural"); beside()
os.kill(pid, signal.SIGTERM)
try:
    while os.read(tty, 65536): pass
except OSError: pass
os.waitpid(pid, 0)
run(B, "list")
# what is put back keeps the group
run(B, "backup", top + "/b.db"); run(B, "restore", top + "/b.db")
assert os.stat(db).st_gid == GROUP and os.stat(db).st_mode & 0o777 == 0o660
run(A, "list")
P
if others_may; then
	chmod 755 "$dir"
	for mode in 2770 0770; do
		/usr/bin/python3 "$dir/shared.py" "$(realpath "$n")" "$dir/shared$mode" $mode >"$dir/out" 2>"$dir/err"
		ok "two logins share a store in a folder of mode $mode"
	done
else
	skip "two logins share a store" "only root can be two logins, and only where others can reach the program"
fi

# ---- in use ----
/usr/bin/python3 - "$n" "$real" <<'P' >"$dir/out" 2>&1
import sqlite3, subprocess, sys, threading, time
n, db = sys.argv[1:]
d = sqlite3.connect(db, isolation_level=None, check_same_thread=False)
d.execute("begin immediate")
threading.Timer(1.0, lambda: d.execute("rollback")).start()
start = time.time()
r = subprocess.run([n, "set", "1", "requests.new.natural=8"], capture_output=True, text=True)
print(r, time.time() - start)
assert r.returncode == 0 and time.time() - start > 0.8
P
ok "a store that is busy for a second is waited for"

# ---- damage ----
"$n" backup "$dir/hurt.db" && /usr/bin/python3 - "$dir/hurt.db" <<'P'
import sqlite3, sys
d = sqlite3.connect(sys.argv[1]); size, = d.execute("pragma page_size").fetchone()
root, = d.execute("select rootpage from sqlite_master where type='index' and tbl_name='unit' limit 1").fetchone(); d.close()
with open(sys.argv[1], "r+b") as f:
    f.seek((root - 1) * size + size - 40); f.write(b"\x01" * 40)
P
run 1 --db "$dir/hurt.db" doctor && prints 坏 && ! grep -E '[a-z] [a-z]' "$dir/out"
ok "doctor says in Chinese that the file is damaged"

# ---- a demo store is told ----
run 0 --db "$dir/told.db" demo --no-screen && grep -q "$dir/told.db" "$dir/err" && run 0 --db "$dir/told.db" new --unit 甲县人民政府 --year 2020 && grep -q 演示库 "$dir/err" && [ "$(wc -l <"$dir/out")" = 1 ]
ok "a report that goes into a demo store"
run 0 --db "$dir/plain.db" new --unit 甲县人民政府 --year 2020 && [ ! -s "$dir/err" ]
ok "one that does not"
done_testing
