#!/usr/bin/python3
"""Measure a rendered report (PDF) against GB/T 9704-2012, or only its tables.

usage: page_size.py FILE.pdf [--grid]

--grid: the text stands in 156 by 225 mm, 37 mm from the top and 28 mm from the
left, within 1 mm; full pages of text have 22 lines, full lines 28 characters;
page numbers stand below the text, at the outer side.  Always: every table
stands on one page.  Prints what it found; exit 1 when something is not so.
Needs pdftotext (poppler-utils) and only the standard library.
"""
import collections
import html
import re
import subprocess
import sys

MM = 25.4 / 72
TOP, LEFT, WIDTH, HEIGHT, SLACK = 37.0, 28.0, 156.0, 225.0, 1.0
PITCH = 28.95                           # points from line to line
# A mark at a line's end may hang past it; its ink does not.
HANGING = "，。、；：？！）》”’〕"
TABLE_3 = ("申请人情况", "四、结转下年度继续办理")
TABLE_2 = ("第二十条第（一）项", "行政事业性收费")
TABLE_4 = ("未经复议直接起诉", "复议后起诉")


class Line:
    def __init__(self, left, top, right, bottom, text):
        self.left, self.top = left * MM, top * MM
        self.right, self.bottom = right * MM, bottom * MM
        self.text = text


def pages(path):
    out = subprocess.run(["pdftotext", "-bbox-layout", path, "-"],
                         check=True, capture_output=True, text=True).stdout
    for page in out.split("<page ")[1:]:
        lines = []
        for m in re.finditer(r'<line xMin="([\d.-]+)" yMin="([\d.-]+)" '
                             r'xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</line>',
                             page, re.S):
            words = re.findall(r">([^<]+)</word>", m[5])
            lines.append(Line(*(float(m[i]) for i in range(1, 5)),
                              html.unescape("".join(words))))
        yield sorted(lines, key=lambda l: (round(l.top), l.left))


def is_number(line):
    return re.fullmatch(r"[—－-]\s*\d+\s*[—－-]", line.text) is not None


def rows(lines):
    """Pieces of one line of text together: [top, left, right, text]."""
    out = []
    for l in lines:
        if out and abs(out[-1][0] - l.top) < 1.5:
            out[-1][1] = min(out[-1][1], l.left)
            out[-1][2] = max(out[-1][2], l.right)
            out[-1][3] += l.text
        else:
            out.append([l.top, l.left, l.right, l.text])
    return out


def on_pitch(lines):
    """A page of text alone: every line stands on the grid."""
    first = lines[0][0]
    return all(abs((l[0] - first) / MM / PITCH
                   - round((l[0] - first) / MM / PITCH)) < .12 for l in lines)


def check(ok, text):
    print("%s %s" % ("ok  " if ok else "BAD ", text))
    return ok


def grid(all_pages):
    good, most, full, bad = True, 0, collections.Counter(), []
    for number, lines in enumerate(all_pages, 1):
        text = [l for l in lines if not is_number(l)]
        for l in text:
            hang = l.text[-1] in HANGING
            right = l.right - (WIDTH + LEFT)
            if (l.left < LEFT - SLACK or right > (6 if hang else SLACK)
                    or l.top < TOP - SLACK
                    or l.bottom > TOP + HEIGHT + SLACK):
                bad.append("%d: %s" % (number, l.text))
        for l in (l for l in lines if is_number(l)):
            outer = l.right > 105 if number % 2 else l.left < 105
            good &= check(l.top > TOP + HEIGHT and outer,
                          "page number %s" % l.text)
        body = rows(text)
        if body and on_pitch(body):
            most = max(most, len(body))
            for l in body:
                if l[2] > LEFT + WIDTH - 4 and l[1] < LEFT + SLACK and \
                        all(ord(c) > 0x2000 for c in l[3]):
                    full[len(l[3].rstrip(HANGING)) if l[2] > LEFT + WIDTH + 1
                         else len(l[3])] += 1
    good &= check(not bad, "inside 156 x 225 mm%s"
                  % "".join("\n     " + b for b in bad[:5]))
    good &= check(most == 22, "22 lines: %d" % most)
    common = full.most_common(1)[0][0] if full else 0
    return good & check(common == 28, "28 characters: %d (%s)"
                        % (common, dict(full)))


def tables(all_pages):
    good = True
    for first, last in (TABLE_2, TABLE_3, TABLE_4):
        where = [[n for n, lines in enumerate(all_pages, 1)
                  if any(re.sub(r"\s", "", l.text).startswith(what[:8])
                         for l in lines)]
                 for what in (first, last)]
        good &= check(where[0] and where[0] == where[1][:len(where[0])],
                      "the table from %s on one page: %s" % (first, where))
    return good


def main(argv):
    if not argv or argv[0].startswith("-"):
        sys.stderr.write(__doc__)
        return 2
    all_pages = list(pages(argv[0]))
    good = tables(all_pages)
    if "--grid" in argv:
        good &= grid(all_pages)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
