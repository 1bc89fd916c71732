#!/usr/bin/python3
"""Change an exported DOCX as a person with Word would.

usage: edit_docx.py figures [--python-docx] COUNT SEED IN FOLDER
       edit_docx.py text OLD NEW IN OUT
       edit_docx.py body XML IN OUT
       edit_docx.py part TYPE XML IN OUT

figures: COUNT copies of IN in FOLDER, N.docx, each with one figure of the three
tables changed; N.want says which: PATH<TAB>OLD<TAB>NEW.  The paths come from
read_docx.py.  text: OLD, which stands within one run, becomes NEW.  body: XML at
the end of the text.  part: a part of its own that the main one has a relation
of that type to (header, footnotes …).
Without --python-docx only the standard library is used.
"""
import os
import random
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import read_docx                                         # noqa: E402

W = read_docx.W


def rewrite(source, target, change):
    """Copy the zip with its main part changed."""
    with zipfile.ZipFile(source) as z, zipfile.ZipFile(target, "w") as out:
        for name in z.namelist():
            data = z.read(name)
            if name == "word/document.xml":
                root = ET.fromstring(data)
                change(root)
                data = ET.tostring(root, encoding="utf-8",
                                   xml_declaration=True)
            out.writestr(name, data, zipfile.ZIP_DEFLATED)


def is_figure(text):
    return re.fullmatch(r"[0-9.]+", text.strip()) is not None


def by_hand(source, target, number, make):
    def change(root):
        cells = [tc for tc in root.iter(W + "tc")
                 if is_figure("".join(t.text or "" for t in tc.iter(W + "t")))]
        texts = list(cells[number % len(cells)].iter(W + "t"))
        texts[0].text = make("".join(t.text or "" for t in texts))
        for t in texts[1:]:
            t.text = ""
    rewrite(source, target, change)


def by_python_docx(source, target, number, make):
    import docx
    document = docx.Document(source)
    cells = []
    for table in document.tables:
        for tr in table._tbl.tr_lst:
            cells += [docx.table._Cell(tc, table) for tc in tr.tc_lst]
    cells = [c for c in cells if is_figure(c.text)]
    cell = cells[number % len(cells)]
    cell.text = make(cell.text)
    document.save(target)


def another(chance):
    def make(old):
        if chance.random() < 0.2:
            return chance.choice(["", "/", "0.5", "123456", old + "件"])
        return str(int(float(old)) + chance.randint(1, 9))
    return make


def figures(edit, count, seed, source, folder):
    chance = random.Random(seed)
    before = read_docx.read_file(source)
    for n in range(count):
        target = os.path.join(folder, "%d.docx" % n)
        edit(source, target, chance.randrange(10 ** 6), another(chance))
        after = read_docx.read_file(target)
        changed = [p for p in before if before[p] != after[p]]
        assert len(changed) == 1, changed
        with open(os.path.join(folder, "%d.want" % n), "w",
                  encoding="utf-8") as f:
            f.write("%s\t%s\t%s\n" % (changed[0], before[changed[0]],
                                      after[changed[0]]))


def text(old, new, source, target):
    def change(root):
        found = [t for t in root.iter(W + "t") if old in (t.text or "")]
        assert found, "%s is not there" % old
        found[0].text = found[0].text.replace(old, new, 1)
    rewrite(source, target, change)


def replaced(source, target, name, old, new, *added):
    """Copy the zip; in one part `old` becomes `new`; parts are added."""
    with zipfile.ZipFile(source) as z, zipfile.ZipFile(target, "w") as out:
        for part in z.namelist():
            data = z.read(part).decode("utf-8")
            if part == name:
                assert old in data
                data = data.replace(old, new, 1)
            out.writestr(part, data, zipfile.ZIP_DEFLATED)
        for part, data in added:
            out.writestr(part, data, zipfile.ZIP_DEFLATED)


def body(xml, source, target):
    end = "<w:sectPr><w:footerReference"
    replaced(source, target, "word/document.xml", end, xml + end)


def part(kind, xml, source, target):
    relation = ('<Relationship Id="rId99" Type="http://schemas.openxmlformats'
                '.org/officeDocument/2006/relationships/%s" '
                'Target="added.xml"/></Relationships>' % kind)
    replaced(source, target, "word/_rels/document.xml.rels",
             "</Relationships>", relation,
             ("word/added.xml", '<w:added xmlns:w="%s">%s</w:added>'
              % (W.strip("{}"), xml)))


def main(argv):
    if len(argv) > 1 and argv[1] == "--python-docx":
        edit = by_python_docx
        del argv[1]
    else:
        edit = by_hand
    if argv[:1] == ["figures"] and len(argv) == 5:
        figures(edit, int(argv[1]), int(argv[2]), argv[3], argv[4])
    elif argv[:1] == ["text"] and len(argv) == 5:
        text(*argv[1:])
    elif argv[:1] == ["body"] and len(argv) == 4:
        body(*argv[1:])
    elif argv[:1] == ["part"] and len(argv) == 5:
        part(*argv[1:])
    else:
        sys.stderr.write(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
