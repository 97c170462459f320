#!/usr/bin/env python3
"""bigkinds.py FILE.xlsx...: a news archive's export as JSON Lines, ids "bk/FILE#ROW" with the row's number."""
import html
import json
import re
import sys
import zipfile
import xml.etree.ElementTree as tree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

COLUMNS = [("title", "제목"), ("body", "본문"), ("outlet", "언론사"), ("date", "일자"), ("region", "위치"), ("agencies", "기관"),
           ("keywords", "키워드")]


def text(node):
    return html.unescape("".join(t.text or "" for t in node.iter(MAIN + "t")))


def column(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def rows(path):
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            shared = [text(item) for item in tree.parse(book.open("xl/sharedStrings.xml")).getroot()]
        sheet = sorted(n for n in names if re.match(r"xl/worksheets/sheet\d*\.xml$", n))[0]
        for row in tree.parse(book.open(sheet)).getroot().iter(MAIN + "row"):
            cells = {}
            for at, cell in enumerate(row.iter(MAIN + "c")):
                value = cell.find(MAIN + "v")
                where = column(cell.get("r")) if cell.get("r") else at
                if cell.get("t") == "s" and value is not None:
                    cells[where] = shared[int(value.text)]
                elif cell.get("t") == "inlineStr":
                    cells[where] = text(cell)
                elif value is not None:
                    cells[where] = html.unescape(value.text or "")
            yield cells


for path in sys.argv[1:]:
    header = None
    for number, cells in enumerate(rows(path), 1):
        if header is None:
            header = {name: at for at, name in cells.items()}
            continue
        record = {"id": "bk/%s#%d" % (path.rsplit("/", 1)[-1], number)}
        for key, name in COLUMNS:
            record[key] = cells.get(header.get(name, -1), "")
        print(json.dumps(record, ensure_ascii=False))
