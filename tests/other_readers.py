#!/usr/bin/python3
"""Read the 200 figures of an exported report by programs of others.

usage: other_readers.py READER FILE

READER: python-docx, pandoc, mammoth (a DOCX), openpyxl (an XLSX), chromium (a
page).  Prints PATH<TAB>VALUE in the order of read_docx.py.  Exit 3: the reader
is not installed.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import read_docx                                         # noqa: E402


def by_python_docx(path):
    import docx
    tables = [[[cell.text for cell in row.cells] for row in table.rows]
              for table in docx.Document(path).tables]
    return read_docx.read_tables(tables)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout


def by_pandoc(path):
    need("pandoc")
    return of_page(run("pandoc", "-f", "docx", "-t", "html", path))


def by_mammoth(path):
    import mammoth
    with open(path, "rb") as f:
        return of_page(mammoth.convert_to_html(f).value)


def by_chromium(path):
    need("chromium")
    with tempfile.TemporaryDirectory() as folder:
        return of_page(run("chromium", "--headless", "--no-sandbox",
                           "--disable-gpu", "--user-data-dir=" + folder,
                           "--dump-dom", "file://" + os.path.abspath(path)))


def of_page(text):
    return read_docx.read_tables(read_docx.html_tables(text))


def text_of(value):
    return "" if value is None else read_docx.plain_number(str(value)) \
        if isinstance(value, (int, float)) else value


def by_openpyxl(path):
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True)
    names = getattr(book.defined_names, "definedName", None)
    if names is None:                   # from 3.1 on they are a dict
        names = book.defined_names.values()
    out = {}
    for name in names:
        for sheet, place in name.destinations:
            cell = book[sheet][place]
            if not isinstance(cell, tuple):
                out[name.name] = text_of(cell.value)
    return out


def need(program):
    if not shutil.which(program):
        raise ImportError(program)


READERS = {"python-docx": by_python_docx, "pandoc": by_pandoc,
           "mammoth": by_mammoth, "openpyxl": by_openpyxl,
           "chromium": by_chromium}


def main(argv):
    if len(argv) != 2 or argv[0] not in READERS:
        sys.stderr.write(__doc__)
        return 2
    try:
        found = READERS[argv[0]](argv[1])
    except ImportError as e:
        sys.stderr.write("%s is not installed\n" % e)
        return 3
    for path in read_docx.all_paths():
        print("%s\t%s" % (path, found.get(path, "(missing)")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
