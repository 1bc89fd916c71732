#!/usr/bin/python3
"""Figures and texts as long and as odd as a form allows.

usage: long_report.py FORM.xml FIGURES.tsv >OUT.tsv

FIGURES.tsv (PATH<TAB>VALUE) is passed on with every typed figure made eight
digits long; every text of the form gets as many characters as its limit allows,
with what Unicode has to offer.  Newlines are written \\n, as `set --from` reads
them.  Only the standard library is used.
"""
import re
import sys
import xml.etree.ElementTree as ET

# Signs that a file format, a terminal or a parser may stumble over.  What no
# text may hold at all (NUL, U+000B, lone surrogates ...) is tried by the caller.
ODD = ("“引号”‘单’《书名》（括号）〔2021〕—…·×①℃Ⅱ㎡%&<>\"'\\;=+-@{}[]|`~#^"
       "\u200f右到左\u202e倒写\u202c\u2066隔\u2069\u061c\u200b零宽\u200d连\ufeff标"
       "👨\u200d👩\u200d👧🏳\ufe0f\u200d🌈🇨🇳😀𝟏"
       "𠀀𠮷𪜀𫝀𫠠𬺰𰀀𱍐𣲗𬇙㐂"
       "e\u0301\u0323a\u0308\u0304क्षि한글ไทยالعربية"
       "\u00a0\u3000\u2003\u00ad\u2011\u2028\u2029]]>&amp;<!--x--><?y?>")


def text(limit, kind):
    """Exactly `limit` characters (blanks do not count)."""
    out, n, i = [], 0, 0
    marks = ["（一）主动公开情况。\n", "1.成立组织\n", "（1）小标题\n", "\n"]
    body = "本年度依法主动公开政府信息，全年没有发生应公开未公开的情形。" + ODD
    while n < limit:
        if kind == "prose" and i % 13 == 0:
            piece = marks[i // 13 % len(marks)]
        else:
            piece = body
        for c in piece:
            if c == "\n" and kind != "prose":
                continue
            if ord(c) > 0x20:
                if n == limit:
                    break
                n += 1
            out.append(c)
        i += 1
    return "".join(out)


def texts(form):
    for section in ET.parse(form).getroot().iter("section"):
        for field in section.iter("field"):
            limit = field.get("limit")
            if limit and field.get("kind") in ("prose", "line"):
                path = section.get("id") + "." + field.get("id")
                yield path, text(int(limit), field.get("kind"))


def escaped(value):
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def main(argv):
    if len(argv) != 2:
        sys.stderr.write(__doc__)
        return 2
    out = open(1, "w", encoding="utf-8", newline="\n")
    for line in open(argv[1], encoding="utf-8"):
        path, value = line.rstrip("\n").split("\t")
        if re.search(r"\.(total|decided)$|^requests\.concluded\.", path):
            continue
        digits = value.split(".")
        value = (digits[0] + "37465921")[:8].lstrip("0") or "1"
        if path == "disclosure.fees.amount":
            value += ".1234"
        out.write("%s\t%s\n" % (path, value))
    for path, value in texts(argv[0]):
        out.write("%s\t%s\n" % (path, escaped(value)))
    out.write("meta.date\t2025-02-03\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
