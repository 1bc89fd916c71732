#!/usr/bin/python3
"""Times of the screen program on a pseudo-terminal: first paint and key to painted screen.
usage: screen.py NIANBAO STORE KEY [KEYS]     KEY is timed after KEYS; prints medians, p99 and resident memory
A key counts as painted when the program's output for it has come and 3 ms passed without more."""
import os, pty, re, select, statistics, struct, sys, termios, fcntl, time

def drain(fd, quiet):
    """read until nothing comes for `quiet` s: (time of the last byte, bytes)"""
    last, got = None, b""
    while select.select([fd], [], [], quiet)[0]:
        try:
            chunk = os.read(fd, 65536)
        except OSError:
            break
        if not chunk:
            break
        last, got = time.perf_counter(), got + chunk
    return last, got

def start(cmd):
    t = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", ESCDELAY="25")
        os.execv(cmd[0], cmd)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    select.select([fd], [], [], 10)
    last, got = drain(fd, 0.2)
    return pid, fd, last - t, got

def rss(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open("/proc/%d/status" % pid).read()).group(1)) / 1024

def key(fd, data):
    t = time.perf_counter()
    os.write(fd, data)
    if not select.select([fd], [], [], 2)[0]:
        return None
    last, _ = drain(fd, 0.003)
    return (last - t) * 1000

def keys(fd, data, count):
    """the times of `count` keys; none painted: no more are tried"""
    times = []
    for _ in range(count):
        times.append(key(fd, data))
        if times[-3:] == [None] * 3:
            break
    return times

def row(what, values, promised):
    values = sorted(v for v in values if v is not None)
    if not values:
        print("%-44s nothing was painted" % what)
        return
    med, p99 = statistics.median(values), values[len(values) * 99 // 100]
    print("%-44s %9.2f ms  p99 %9.2f ms  promised %s" % (what, med, p99, promised))

def bytes_of(text):
    return text.replace("\\r", "\r").replace("\\e", "\x1b").encode()

def main(args):
    nianbao, store, timed = args[:3]
    firsts = []
    for _ in range(5):
        pid, fd, first, got = start([nianbao, "--db", store])
        firsts.append(first * 1000)
        os.kill(pid, 9); os.waitpid(pid, 0); os.close(fd)
    row("start to first paint (whole process)", firsts, "20 ms")
    pid, fd, first, got = start([nianbao, "--db", store])
    for data in args[3:]:
        os.write(fd, bytes_of(data))
        drain(fd, 0.3)
    row("key to painted screen, in the open section", keys(fd, bytes_of(timed), 300), "2 ms, p99 4 ms")
    print("%-44s %9.1f MiB promised 16 MiB" % ("resident memory", rss(pid)))
    os.kill(pid, 15)
    drain(fd, 0.5)
    os.waitpid(pid, 0)
    return 0

sys.exit(main(sys.argv[1:]))
