#!/usr/bin/python3
"""Type in a real terminal, kill -9 at a random moment, compare what was painted
with what the store has.

usage: kill.py NIANBAO FOLDER FORM prose|grid ROUNDS
Exit 1 and both texts when a painted character is missing."""
import os, random, re, subprocess, sys, threading, time
import xml.etree.ElementTree as ET

nianbao, folder, form, where, rounds = sys.argv[1:5] + [int(sys.argv[5])]
socket = "kill%d" % os.getpid()
store = os.path.join(folder, "a.db")
random.seed(20260112)


def tmux(*words):
    return subprocess.run(["tmux", "-u", "-L", socket, "-f", "/dev/null", *words],
                          capture_output=True, text=True).stdout


def run(*words):
    done = subprocess.run([nianbao, "--db", store, *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit("%s: %s" % (words, done.stderr))
    return done.stdout


def screen():
    return tmux("capture-pane", "-p")


def see(text):
    for _ in range(500):
        if text in screen():
            return
        time.sleep(0.02)
    sys.exit("not seen: %s\n%s" % (text, screen()))


def start(report):
    global socket
    tmux("kill-server")
    socket = "kill%d_%d" % (os.getpid(), report)  # a server that is ending takes none
    tmux("new", "-d", "-x", "80", "-y", "24",
         "exec env TERM=screen-256color %s --db %s" % (nianbao, store))
    tmux("set", "-s", "escape-time", "0")
    tmux("set", "-g", "remain-on-exit", "on")
    see("青溪县%d" % report)
    tmux("send-keys", "Enter")
    see("一、总体情况")


def kill_while(feed):
    """Let `feed` type in the background, kill in the middle, return the picture."""
    pid = int(tmux("display", "-p", "#{pane_pid}"))
    typing = threading.Thread(target=feed, daemon=True)
    typing.start()
    time.sleep(random.uniform(0.05, 0.5))
    os.kill(pid, 9)
    picture = screen()
    typing.join()
    return picture


def body_of(picture):
    """The lines between the tabs and the help."""
    lines = picture.split("\n")
    rules = [i for i, line in enumerate(lines) if line.startswith("\u2500" * 10)]
    return lines[rules[0] + 1:rules[-1]]


def prose(report):
    han = [chr(random.randrange(0x4e00, 0x9fa0)) for _ in range(400)]
    def feed():
        at = 0
        while at < len(han):
            n = random.randrange(1, 6)
            tmux("send-keys", "-l", "--", "".join(han[at:at + n]))
            at += n
            if random.random() < 0.05:
                tmux("send-keys", "Enter")
    body = body_of(kill_while(feed))[1:]
    painted = re.sub(r"\s", "", "".join(line.split("|")[0] for line in body))
    kept = re.sub(r"\s", "", run("get", str(report), "--text", "overview.text"))
    # the pane scrolls: what is painted is a piece of what is kept
    return painted, kept, painted in kept and kept == "".join(han)[:len(kept)]


ROWS = {row.get("brief"): row.get("id")
        for row in ET.parse(form).find("section[@id='requests']").iter("row") if row.get("brief")}


def grid(report):
    for _ in range(2):
        tmux("send-keys", "F4")
    see("二、上年结转")
    numbers = [random.randrange(0, 99999999) for _ in range(200)]
    def feed():
        for number in numbers:
            tmux("send-keys", "-l", str(number))
            tmux("send-keys", "Enter")
    painted = []
    for line in body_of(kill_while(feed))[1:]:
        label = next((b for b in sorted(ROWS, key=len, reverse=True) if b in line), None)
        if label and ROWS[label] != "concluded":
            values = re.findall(r"[0-9_]+(?=[][!~* ]|$)", line.split(label)[1])[-7:-1]
            painted += [v for v in values if v != "_"]
    paths = ["requests.%s.%s" % (row, column) for row in ROWS.values()
             for column in "natural business research nonprofit legal other".split()
             if row != "concluded"]
    kept = [line.split("\t")[1] for line in run("get", str(report), *paths).splitlines()]
    # A number may stand on a line that was about to scroll; of the one being
    # typed more may have arrived than was painted.
    return painted, kept, all(any(k.startswith(p) for k in kept) for p in painted)


os.makedirs(folder, exist_ok=True)
seen = 0
try:
    for i in range(rounds):
        report = int(run("new", "--unit", "青溪县%d" % (i + 1), "--year", "2025"))
        start(report)
        painted, kept, well = (prose if where == "prose" else grid)(report)
        seen += len(painted)
        if not well:
            sys.exit("round %d: painted %s\nkept %s" % (i, painted, kept))
        run("discard", str(report), "--reason", "下一轮")
    if seen < rounds:
        sys.exit("next to nothing was painted")
    print("%d kills, %d characters or numbers painted, none missing" % (rounds, seen))
finally:
    tmux("kill-server")
