#!/usr/bin/python3
"""Read the 200 figures of an exported report, without any of its own code.

usage: read_docx.py FILE      a DOCX, a Flat OPC .xml, a text, an HTML page or
                              fragment, an exchange .xml or an XLSX
       read_docx.py --names FILE.xlsx     every named cell or range instead
       read_docx.py --open FILE.xlsx      which named cells are not locked
       read_docx.py --sheet NAME FILE.xlsx        the rows of a sheet

Prints PATH<TAB>VALUE for every figure of the three tables, in order.  In a
document or a page the tables are laid out by their column and row spans, in a text by
their frames, and a figure is known by the heads over it and the label before
it, as a reader knows it.  Of a workbook the stored results of the formulas are
read and computed anew, and must be the same.  Newlines, tabs and backslashes
are printed as \\n, \\t, \\\\.  Exit 1: a figure was not found or is wrong;
2: no such file.  Only the standard library is used.
"""
import decimal
import html.parser
import io
import posixpath
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

TABLE_2_ROWS = {
    "规章": "regulations", "行政规范性文件": "normative",
    "行政许可": "licensing", "行政处罚": "penalties", "行政强制": "coercion",
    "行政事业性收费": "fees",
}
TABLE_2_HEADS = {
    "本年制发件数": "issued", "本年废止件数": "repealed",
    "现行有效件数": "in_force", "本年处理决定数量": "decisions",
    "本年收费金额（单位：万元）": "amount",
}
TABLE_3_ROWS = {
    "一、本年新收政府信息公开申请数量": "new",
    "二、上年结转政府信息公开申请数量": "carried_in",
    "（一）予以公开": "disclosed",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "partial",
    "1.属于国家秘密": "refused_secret",
    "2.其他法律行政法规禁止公开": "refused_statute",
    "3.危及“三安全一稳定”": "refused_security",
    "4.保护第三方合法权益": "refused_third_party",
    "5.属于三类内部事务信息": "refused_internal",
    "6.属于四类过程性信息": "refused_process",
    "7.属于行政执法案卷": "refused_case_file",
    "8.属于行政查询事项": "refused_query",
    "1.本机关不掌握相关政府信息": "unable_not_held",
    "2.没有现成信息需要另行制作": "unable_to_create",
    "3.补正后申请内容仍不明确": "unable_unclear",
    "1.信访举报投诉类申请": "declined_petition",
    "2.重复申请": "declined_repeat",
    "3.要求提供公开出版物": "declined_publication",
    "4.无正当理由大量反复申请": "declined_excessive",
    "5.要求行政机关确认或重新出具已获取信息": "declined_reissue",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请":
        "other_no_correction",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请":
        "other_unpaid",
    "3.其他": "other_misc",
    "（七）总计": "concluded",
    "四、结转下年度继续办理": "carried_out",
}
TABLE_3_HEADS = {
    "自然人": "natural", "商业企业": "business", "科研机构": "research",
    "社会公益组织": "nonprofit", "法律服务机构": "legal", "其他": "other",
    "总计": "total",
}
TABLE_4_BLOCKS = {
    "行政复议": "review", "未经复议直接起诉": "direct", "复议后起诉": "reviewed",
}
TABLE_4_HEADS = {
    "结果维持": "upheld", "结果纠正": "corrected", "其他结果": "other",
    "尚未审结": "pending", "总计": "total",
}


def all_paths():
    for row in ("regulations", "normative"):
        for column in ("issued", "repealed", "in_force"):
            yield "disclosure.%s.%s" % (row, column)
    for row in ("licensing", "penalties", "coercion"):
        yield "disclosure.%s.decisions" % row
    yield "disclosure.fees.amount"
    for row in TABLE_3_ROWS.values():
        for column in TABLE_3_HEADS.values():
            yield "requests.%s.%s" % (row, column)
    for block in TABLE_4_BLOCKS.values():
        for column in TABLE_4_HEADS.values():
            yield "disputes.%s.%s" % (block, column)


# A table is a list of rows, a row a list of texts, one a column of the grid; a
# merged cell's text stands in every place that it covers.

def docx_tables(root):
    for table in root.iter(W + "tbl"):
        rows = []
        for tr in table.findall(W + "tr"):
            row = []
            for tc in tr.findall(W + "tc"):
                span = tc.find(W + "tcPr/" + W + "gridSpan")
                merge = tc.find(W + "tcPr/" + W + "vMerge")
                text = "".join(t.text or "" for t in tc.iter(W + "t"))
                if merge is not None and merge.get(W + "val") != "restart":
                    text = rows[-1][len(row)]
                row += [text] * (int(span.get(W + "val"))
                                 if span is not None else 1)
            rows.append(row)
        yield rows


class HtmlTables(html.parser.HTMLParser):
    """Collects tables as rows of [text, columns, rows]."""

    def __init__(self):
        super().__init__()
        self.tables = []
        self.cell = None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            spans = dict(attrs)
            self.cell = ["", int(spans.get("colspan", 1)),
                         int(spans.get("rowspan", 1))]
            self.tables[-1][-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell[0] += data


def html_tables(text):
    parser = HtmlTables()
    parser.feed(text)
    parser.close()
    for table in parser.tables:
        places = {}
        for y, row in enumerate(table):
            x = 0
            for label, columns, rows in row:
                while (y, x) in places:
                    x += 1
                for j in range(y, y + rows):
                    for i in range(x, x + columns):
                        if (j, i) in places:
                            sys.exit("read_docx.py: cells overlap: %s" % label)
                        places[j, i] = label
        width = max(i for _, i in places) + 1
        if set(places) != {(j, i) for j in range(len(table))
                           for i in range(width)}:
            sys.exit("read_docx.py: a table is no rectangle")
        yield [[places[j, i] for i in range(width)] for j in range(len(table))]


def cells_wide(c):
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def fill(field, seen, y, x):
    """The rectangle of the cell that holds (y, x): top, left, bottom, right."""
    todo, top, left, bottom, right = [(y, x)], y, x, y, x
    seen.add((y, x))
    while todo:
        y, x = todo.pop()
        top, bottom = min(top, y), max(bottom, y)
        left, right = min(left, x), max(right, x)
        for n in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
            if n not in seen and field[n[0]][n[1]] not in "+-|":
                seen.add(n)
                todo.append(n)
    return top, left, bottom, right


def framed_table(lines):
    field = []
    for line in lines:
        row = []
        for c in line:
            row += [c] + [""] * (cells_wide(c) - 1)
        # the second half of a wide sign is no frame
        field.append([c if c else "\0" for c in row])
    widths = {len(row) for row in field}
    if len(widths) != 1:
        sys.exit("read_docx.py: a table's lines are not equally wide: %s"
                 % sorted(widths))
    seen, boxes = set(), []
    for y, row in enumerate(field):
        for x, c in enumerate(row):
            if c not in "+-|" and (y, x) not in seen:
                boxes.append(fill(field, seen, y, x))
    ys = sorted({b[0] for b in boxes})
    xs = sorted({b[1] for b in boxes})
    grid = [[""] * len(xs) for _ in ys]
    for top, left, bottom, right in boxes:
        text = "".join("".join(field[y][left:right + 1]).replace("\0", "")
                       .strip() for y in range(top, bottom + 1))
        for j, y in enumerate(ys):
            for i, x in enumerate(xs):
                if top <= y <= bottom and left <= x <= right:
                    grid[j][i] = text
    return grid


def text_tables(text):
    block = []
    for line in text.split("\n") + [""]:
        if line[:1] in ("+", "|"):
            block.append(line)
        elif block:
            yield framed_table(block)
            block = []


def plain(text):
    return re.sub(r"\s", "", text)


def read_table_2(rows, out):
    heads = []
    for row in rows:
        label = plain(row[0])
        if label == "信息内容":
            heads = [TABLE_2_HEADS.get(plain(c)) for c in row]
        elif label in TABLE_2_ROWS:
            for head, value in zip(heads, row):
                if head:
                    out["disclosure.%s.%s" % (TABLE_2_ROWS[label], head)] = value


def read_table_3(rows, out):
    # the lowest head over a column is its own
    heads = [None] * len(rows[0])
    for row in rows:
        label = plain(row[2])
        if label in TABLE_3_ROWS:
            for head, value in zip(heads, row):
                if head:
                    out["requests.%s.%s" % (TABLE_3_ROWS[label], head)] = value
        else:
            heads = [TABLE_3_HEADS.get(plain(c), h)
                     for c, h in zip(row, heads)]


def read_table_4(rows, out):
    block = [None] * len(rows[0])
    heads = [None] * len(rows[0])
    for row in rows[:-1]:
        block = [TABLE_4_BLOCKS.get(plain(c), b) for c, b in zip(row, block)]
        heads = [TABLE_4_HEADS.get(plain(c), h) for c, h in zip(row, heads)]
    for b, h, value in zip(block, heads, rows[-1]):
        if b and h:
            out["disputes.%s.%s" % (b, h)] = value


def read_tables(tables):
    readers = ((4, read_table_2), (10, read_table_3), (15, read_table_4))
    out = {}
    for rows in tables:
        for columns, reader in readers:
            if len(rows[0]) == columns:
                reader(rows, out)
    return out


# A workbook: sheets of cells {(row, column): text}, counted from 1.

def fail(text):
    sys.exit("read_docx.py: " + text)


def unescaped(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)),
                  text)


def plain_number(text):
    """What a double was meant to be: four decimals of fifteen digits."""
    n = decimal.Decimal(text)
    rounded = n.quantize(decimal.Decimal("0.0001"))
    if abs(n - rounded) > abs(n) * decimal.Decimal("1e-15"):
        fail("%s has more than four decimals" % text)
    return format(rounded.normalize() + 0, "f")


def position(ref):
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?([0-9]+)", ref).groups()
    column = 0
    for c in letters:
        column = column * 26 + ord(c) - 64
    return int(digits), column


def area(ref):
    """Every place of A1 or A1:B2, row by row."""
    first, _, last = ref.partition(":")
    top, left = position(first)
    bottom, right = position(last or first)
    return [(r, c) for r in range(top, bottom + 1)
            for c in range(left, right + 1)]


class Sheet:
    def __init__(self, root, strings, locked):
        self.cells, self.formulas, self.unlocked = {}, {}, set()
        for c in root.iter(X + "c"):
            at = position(c.get("r"))
            self.cells[at] = self.text(c, strings)
            if c.find(X + "f") is not None:
                self.formulas[at] = c.find(X + "f").text
            if not locked[int(c.get("s", "0"))]:
                self.unlocked.add(at)
        self.merged = [area(m.get("ref")) for m in root.iter(X + "mergeCell")]
        self.protected = root.find(X + "sheetProtection") is not None

    @staticmethod
    def text(c, strings):
        kind = c.get("t", "n")
        if kind == "inlineStr":
            return unescaped("".join(t.text or "" for t in c.iter(X + "t")))
        v = c.find(X + "v")
        text = v.text if v is not None and v.text else ""
        if kind == "s":
            return strings[int(text)]
        return plain_number(text) if kind == "n" and text else text

    def rows(self):
        """As of any table: a merged cell's text in every place it covers."""
        bottom = max(r for r, _ in self.cells)
        right = max(c for _, c in self.cells)
        rows = [[self.cells.get((r, c), "") for c in range(1, right + 1)]
                for r in range(1, bottom + 1)]
        for places in self.merged:
            for r, c in places:
                rows[r - 1][c - 1] = self.cells.get(places[0], "")
        return rows


class Workbook:
    def __init__(self, z):
        book = ET.fromstring(z.read("xl/workbook.xml"))
        targets = {r.get("Id"): posixpath.join("xl", r.get("Target"))
                   for r in ET.fromstring(z.read("xl/_rels/workbook.xml.rels"))}
        strings = [unescaped("".join(t.text or "" for t in si.iter(X + "t")))
                   for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
        locked = [xf.find(X + "protection") is None or
                  xf.find(X + "protection").get("locked") != "0"
                  for xf in ET.fromstring(z.read("xl/styles.xml"))
                  .find(X + "cellXfs")]
        self.sheets = {s.get("name"): Sheet(
            ET.fromstring(z.read(targets[s.get(R + "id")])), strings, locked)
            for s in book.iter(X + "sheet")}
        self.names = {n.get("name"): self.named(n.text)
                      for n in book.iter(X + "definedName")
                      if not n.get("name").startswith("_xlnm.")}
        for name, sheet in self.sheets.items():
            self.recompute(name, sheet)

    def named(self, ref):
        sheet, _, cells = ref.rpartition("!")
        return self.sheets[sheet.strip("'").replace("''", "'")], area(cells)

    def values(self, arguments, here):
        for ref in arguments.split(","):
            sheet, places = (self.named(ref) if "!" in ref
                             else (here, area(ref)))
            for at in places:
                yield sheet.cells.get(at, "")

    def recompute(self, name, sheet):
        """Only what this program writes: COUNT, COUNTIF /, SUM, IF."""
        def number(m):
            values = list(self.values(m.group(2), sheet))
            numbers = [decimal.Decimal(v) for v in values
                       if re.fullmatch(r"-?[0-9.]+", v)]
            if m.group(1) == "SUM":
                return "(%s)" % sum(numbers)
            return str(len(numbers) if m.group(1) == "COUNT"
                       else values.count("/"))

        for at, formula in sheet.formulas.items():
            flat = formula.replace(',"/")', ")")
            flat = re.sub(r"(SUM|COUNTIF|COUNT)\(([^()]*)\)", number, flat)
            m = re.fullmatch(r'IF\(([0-9+]+)<([0-9]+),"",([-+().0-9]+)\)', flat)
            if not m:
                fail("%s %s: a formula not known: %s" % (name, at, formula))
            have = sum(int(n) for n in m.group(1).split("+"))
            want = "" if have < int(m.group(2)) else plain_number(
                str(sum(decimal.Decimal(n.replace("(", "").replace(")", ""))
                        for n in re.findall(r"-?\([-.0-9]+\)", m.group(3)))))
            if want != sheet.cells[at]:
                fail("%s %s: %s gives %s, but %s is stored"
                     % (name, at, formula, want, sheet.cells[at]))

    def text_of(self, name):
        """One paragraph a row; a row may go on with the one above."""
        sheet, places = self.names[name]
        text = sheet.cells.get(places[0], "")
        for at in places[1:]:
            goes_on = sheet.cells.get((at[0], 1), "") == "（接上格）"
            text += ("" if goes_on else "\n") + sheet.cells.get(at, "")
        return text

    def open_names(self):
        """Named cells and whether they are open; nothing else may be."""
        left = {name: set(sheet.unlocked)
                for name, sheet in self.sheets.items()}
        for name, sheet in self.sheets.items():
            if not sheet.protected:
                fail("the sheet %s is not protected" % name)
        for name, (sheet, places) in sorted(self.names.items()):
            rest = next(left[n] for n, s in self.sheets.items() if s is sheet)
            yield name, "open" if places[0] in rest else "locked"
            for at in places:
                whole = next((m for m in sheet.merged if m[0] == at), [at])
                rest.difference_update(whole)
        for name, rest in left.items():
            if rest:
                fail("the sheet %s has more open cells: %s"
                     % (name, sorted(rest)[:5]))


def read_workbook(book):
    readers = {"二": read_table_2, "三": read_table_3, "四": read_table_4}
    out = {}
    for name, sheet in book.sheets.items():
        if name[0] in readers:
            readers[name[0]]([row for row in sheet.rows()
                              if plain(row[0]) != "表下说明"], out)
    for path in out:
        if out[path] != book.text_of(path):
            fail("%s: the label says %s, the name %s"
                 % (path, out[path], book.text_of(path)))
    return out


def read_file(name):
    with open(name, "rb") as f:
        data = f.read()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            if z.testzip():
                sys.exit("read_docx.py: %s: a part is damaged" % name)
            if "xl/workbook.xml" in z.namelist():
                return read_workbook(Workbook(z))
            root = ET.fromstring(z.read("word/document.xml"))
        return read_tables(docx_tables(root))
    if data[:5] == b"<?xml":
        root = ET.fromstring(data)
        if root.tag == "annual-report":
            return {c.get("path"): "/" if c.get("na") else c.text or ""
                    for c in root.iter("cell")}
        part = [p for p in root.iter(PKG + "part")
                if p.get(PKG + "name") == "/word/document.xml"]
        return read_tables(docx_tables(part[0]))
    text = data.decode("utf-8")
    return read_tables(html_tables(text) if text[:1] == "<"
                       else text_tables(text))


def escaped(text):
    return (text.replace("\\", "\\\\").replace("\n", "\\n")
            .replace("\t", "\\t"))


def list_workbook(mode, arguments):
    with zipfile.ZipFile(arguments[-1]) as z:
        book = Workbook(z)
    if mode == "--names":
        for name in sorted(book.names):
            print("%s\t%s" % (name, escaped(book.text_of(name))))
    elif mode == "--open":
        for name, state in book.open_names():
            print("%s\t%s" % (name, state))
    else:
        for row in book.sheets[arguments[0]].rows():
            print("\t".join(escaped(c) for c in row))
    return 0


def main():
    if len(sys.argv) > 2 and sys.argv[1] in ("--names", "--open", "--sheet"):
        return list_workbook(sys.argv[1], sys.argv[2:])
    if len(sys.argv) != 2:
        sys.stderr.write(__doc__)
        return 2
    try:
        found = read_file(sys.argv[1])
    except OSError as e:
        sys.stderr.write("read_docx.py: %s\n" % e)
        return 2
    missing = [p for p in all_paths() if p not in found]
    if missing:
        sys.stderr.write("read_docx.py: %s: %d figures not found: %s\n"
                         % (sys.argv[1], len(missing), " ".join(missing[:5])))
        return 1
    for path in all_paths():
        print("%s\t%s" % (path, found[path]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
