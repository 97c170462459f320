#!/usr/bin/env python3
"""workbook_rows.py BOOK.xlsx ITEMS.jsonl [SHEET.csv]: are the rows that `split_items BOOK.xlsx` cut out those of the book?

An independent reading of the first sheet (zipfile and ElementTree, standard library only), and LibreOffice's as CSV where
it is given. Every cell under the header is compared, and every field with the cell that it should come from. Prints the
counts that both agree on, then what differs, and exits 1 if anything does."""
import csv
import io
import json
import re
import sys
import zipfile
from xml.etree import ElementTree

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIELDS = {"id": ["뉴스 식별자"], "outlet": ["언론사"], "date": ["일자"], "title": ["제목"], "body": ["본문"], "url": ["URL"],
          "regions": ["위치"], "agencies": ["기관"], "keywords": ["키워드", "특성추출", "특성추출(가중치순 상위 50개)"],
          "excluded": ["분석제외 여부"]}
csv.field_size_limit(1 << 24)


def text(node):
    """The text of a string item or inline string: all but what says how it is pronounced."""
    parts = []
    for child in node:
        if child.tag == NS + "t":
            parts.append(child.text or "")
        elif child.tag == NS + "r":
            parts.append("".join(t.text or "" for t in child.findall(NS + "t")))
    return "".join(parts)


def column(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def book_rows(path):
    """(row number, {column: text}) of each row that has any cell."""
    book = zipfile.ZipFile(path)
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        shared = [text(item) for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    for row in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(NS + "row"):
        cells = {}
        for cell in row.findall(NS + "c"):
            kind, value, inline = cell.get("t"), cell.find(NS + "v"), cell.find(NS + "is")
            raw = "" if value is None else value.text or ""
            if kind == "s":
                raw = shared[int(raw)]
            elif kind == "inlineStr":
                raw = "" if inline is None else text(inline)
            cells[column(cell.get("r"))] = raw
        yield int(row.get("r")), cells


def same(cell, other):
    return re.sub("\r\n?", "\n", cell) == re.sub("\r\n?", "\n", other)


def main():
    wrong = []
    rows = [row for row in book_rows(sys.argv[1]) if any(value.strip() for value in row[1].values())]
    items = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    items = [item for item in items if item["kind"] == "fields"]
    width = max(rows[0][1]) + 1
    header = [rows[0][1].get(c, "") for c in range(width)]
    if len(rows) - 1 != len(items):
        wrong.append("%d rows, %d items" % (len(rows) - 1, len(items)))
    cells = fields = 0
    for (number, row), item in zip(rows[1:], items):
        line = next(csv.reader(io.StringIO(item["text"], newline=""), strict=True))
        if item["line"] != number or len(line) != width:
            wrong.append("row %d: item of row %d, %d cells" % (number, item["line"], len(line)))
            continue
        for c in range(width):
            cells += 1
            if line[c] != row.get(c, ""):
                wrong.append("row %d, %s: %r, should be %r" % (number, header[c], line[c], row.get(c, "")))
        for field, names in FIELDS.items():
            if "본문" not in header and field in ("body", "keywords"):
                continue
            values = [row.get(header.index(name), "") for name in names if name in header]
            want = next((value for value in values if value.strip()), "")
            fields += 1
            if item[field] != want:
                wrong.append("row %d, %s: %r, should be %r" % (number, field, item[field], want))
    shown = 0
    if len(sys.argv) > 3:
        office = list(csv.reader(open(sys.argv[3], encoding="utf-8-sig", newline="")))
        for (number, row), item in zip(rows[1:], items):
            line = next(csv.reader(io.StringIO(item["text"], newline="")))
            for c in range(width):
                shown += 1
                if not same(line[c], office[number - 1][c]):
                    wrong.append("row %d, %s: %r, LibreOffice has %r" % (number, header[c], line[c], office[number - 1][c]))
    filled = {field: sum(1 for item in items if item[field].strip()) for field in FIELDS}
    print("%d rows, %d cells, %d fields, %d cells by LibreOffice; %s"
          % (len(items), cells, fields, shown, ", ".join("%s %d" % pair for pair in filled.items())))
    for line in wrong[:20]:
        print(line[:400])
    sys.exit(1 if wrong else 0)


main()
