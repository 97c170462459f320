#!/usr/bin/python3
"""test_checker.py FILE.pdf…: the checker can fail. Each of the ways to break a file is done to a good one made by hand
and, where they have what it takes, to these files; the checker must name the rule. It must find nothing in the files as
they are."""
import os
import shutil
import sys
import tempfile

import pikepdf
from pikepdf import Array, Dictionary, Name, String

import check_pdf
import claims
import good_pdf
from tree import listed

# (rule, what is done, function of pdf: False where there is nothing to do it to, endings of files that lie beside it)
WAYS = []


def way(rule, *beside):
    def add(function):
        WAYS.append((rule, function.__doc__, function, beside))
        return function
    return add


def elements(pdf, kind=None):
    """The structure elements in order, all or those of a kind."""
    stack, found = [pdf.Root.StructTreeRoot], []
    while stack:
        element = stack.pop()
        if kind is None or element.get("/S") == "/" + kind:
            found.append(element)
        stack.extend(reversed([k for k in listed(element, "/K") if isinstance(k, Dictionary) and "/S" in k]))
    return found


def first(pdf, kind, key=None):
    return next((e for e in elements(pdf, kind) if key is None or key in e), None)


def kids(element):
    """Its kids as an array that can be changed in place."""
    if not isinstance(element.get("/K"), Array):
        element.K = Array([element.K])
    return element.K


def place(element):
    """Its number among its parent's kids."""
    return next(i for i, kid in enumerate(kids(element.P)) if isinstance(kid, Dictionary) and kid.objgen == element.objgen)


def content(pdf, old, new):
    """In the first page where it is."""
    for page in pdf.pages:
        page.contents_coalesce()
        data = page.Contents.read_bytes()
        if old in data:
            page.Contents.write(data.replace(old, new, 1))
            return True
    return False


@way("tables")
def scope(pdf):
    """a TH loses its Scope"""
    for th in elements(pdf, "TH"):
        th.A = Dictionary(O=Name.Table)
        return True
    return False


@way("tables")
def ragged(pdf):
    """a row loses a cell"""
    row = first(pdf, "TR")
    if row is None:
        return False
    del kids(row)[-1]
    return True


@way("tables")
def wide(pdf):
    """a cell takes two columns too many"""
    cell = first(pdf, "TD")
    if cell is None:
        return False
    cell.A = Dictionary(O=Name.Table, ColSpan=3)
    return True


@way("figures")
def alternative(pdf):
    """a Figure's Alt is a blank"""
    figure = first(pdf, "Figure")
    if figure is None:
        return False
    figure.Alt = String(" ")
    return True


@way("links")
def objr(pdf):
    """a Link has no annotation"""
    link = first(pdf, "Link")
    if link is None:
        return False
    link.K = Array([k for k in kids(link) if not (isinstance(k, Dictionary) and k.get("/Type") == "/OBJR")])
    return True


@way("links")
def described(pdf):
    """an annotation has no Contents"""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            del annotation["/Contents"]
            return True
    return False


@way("links")
def silent(pdf):
    """a Link has no text"""
    link = first(pdf, "Link")
    if link is None:
        return False
    link.K = Array([k for k in kids(link) if isinstance(k, Dictionary) and k.get("/Type") == "/OBJR"])
    return True


@way("notes")
def identity(pdf):
    """two Notes share an ID"""
    notes = elements(pdf, "Note")
    if not notes:
        return False
    if len(notes) > 1:
        notes[1].ID = notes[0].ID
    else:
        del notes[0].ID
    return True


@way("lists")
def item(pdf):
    """an LI has no LBody"""
    body = first(pdf, "LBody")
    if body is None:
        return False
    item = body.P
    item.K = Array([k for k in kids(item) if k.objgen != body.objgen])
    return True


@way("containment")
def paragraph(pdf):
    """an LI is a P"""
    item = first(pdf, "LI")
    if item is None:
        return False
    item.S = Name.P
    return True


@way("containment")
def toci(pdf):
    """a TOCI is an LI"""
    item = first(pdf, "TOCI")
    if item is None:
        return False
    item.S = Name.LI
    return True


@way("headings")
def skipped(pdf):
    """an H1 is an H3"""
    heading = first(pdf, "H1")
    if heading is None:
        return False
    heading.S = Name.H3
    return True


@way("empty")
def nothing(pdf):
    """a P has no content"""
    p = first(pdf, "P")
    del p["/K"]
    return True


@way("tree")
def parent(pdf):
    """a P's parent is another"""
    first(pdf, "P").P = pdf.Root.StructTreeRoot
    return True


@way("document")
def unknown(pdf):
    """a P is of a type that is none"""
    first(pdf, "P").S = Name.Paragraph
    return True


@way("document")
def deep(pdf):
    """a P is 300 levels down"""
    p = first(pdf, "P")
    above, at = p.P, place(p)
    for _ in range(300):
        div = pdf.make_indirect(Dictionary(S=Name.Div, P=above, K=Array([p])))
        kids(above)[at] = div
        above, at = div, 0
    p.P = above
    return True


@way("spans")
def words(pdf):
    """a Span's text is two Spans"""
    span = first(pdf, "Span")
    if span is None:
        return False
    above, new = span.P, pdf.make_indirect(Dictionary(S=Name.Span, P=span.P, Lang=span.Lang, Pg=span.Pg, K=Array([])))
    above.K = Array([*list(kids(above))[:place(span)], new, *list(kids(above))[place(span):]])
    return True


@way("contents")
def lost(pdf):
    """an element is cut out of the tree"""
    p = first(pdf, "P")
    del kids(p.P)[place(p)]
    return True


@way("contents")
def parents(pdf):
    """two entries of the ParentTree are swapped"""
    stack = [pdf.Root.StructTreeRoot.ParentTree]
    while stack:
        node = stack.pop()
        stack.extend(node.get("/Kids", []))
        for value in list(node.get("/Nums", []))[1::2]:
            if isinstance(value, Array) and len(value) > 1 and value[0] != value[-1]:
                value[0], value[-1] = value[-1], value[0]
                return True
    return False


@way("mcid")
def twice(pdf):
    """two sequences of a page have one number"""
    return content(pdf, b"/MCID 1>>BDC", b"/MCID 0>>BDC")


@way("order", ".doc")
@way("order", ".heard")
def last_first(pdf):
    """the first P is read last"""
    p = first(pdf, "P")
    parent, at = p.P, place(p)
    parent.K = Array([*list(kids(parent))[:at], *list(kids(parent))[at + 1:], p])
    return True


@way("marked-content")
def outside(pdf):
    """text is outside of marked content"""
    for page in pdf.pages:
        page.contents_coalesce()
        data = page.Contents.read_bytes()
        at, end = data.find(b"BDC"), data.rfind(b"EMC")
        if at >= 0:
            start = data.rfind(b"\n", 0, data.rfind(b"/MCID", 0, at)) + 1
            page.Contents.write(data[:start] + data[at + 3:end] + data[end + 3:])
            return True
    return False


@way("artifacts")
def words_lost(pdf):
    """a heading is an artifact"""
    heading = first(pdf, "H1")
    if heading is None or len(pdf.pages) > 1:
        return False
    above, mcid = heading.P, kids(heading)[0]
    del kids(above)[place(heading)]
    return isinstance(mcid, int) and content(pdf, b"/H1 <</MCID %d>>BDC" % mcid, b"/Artifact BMC")


def fonts(pdf):
    for page in pdf.pages:
        yield from (font for _, font in page.Resources.Font.items())


@way("to-unicode")
def mapping(pdf):
    """a font has no ToUnicode"""
    del next(fonts(pdf)).ToUnicode
    return True


@way("to-unicode")
def replacement(pdf):
    """every glyph's text has U+FFFD"""
    cmap = next(fonts(pdf)).ToUnicode
    cmap.write(cmap.read_bytes() + b" 1 beginbfrange <0000> <ffff> <FFFD0001> endbfrange")
    return True


@way("actual-text")
def said_otherwise(pdf):
    """a glyph has no text but that of a Span"""
    return content(pdf, b" Tf", b" Tf /Span <</ActualText (A)>>BDC <fffd> Tj EMC")


@way("notdef")
def undefined(pdf):
    """glyph 0 is shown"""
    return content(pdf, b" Tf", b" Tf <0000> Tj")


@way("catalog")
def language(pdf):
    """the document has no language"""
    del pdf.Root.Lang
    return True


@way("catalog")
def tabs(pdf):
    """a page has no Tabs"""
    del pdf.pages[0].Tabs
    return True


@way("information")
def title(pdf):
    """the title is another than in XMP"""
    pdf.trailer.Info.Title = String("another")
    return True


@way("attachments")
def attached(pdf):
    """an attachment is not the file beside"""
    for name, (spec, data) in claims.embedded(pdf).items():
        if name.endswith(".csv"):
            spec.EF.F.write(data + b"\n")
            return True
    return False


def faults(path, function, beside):
    """What the checker finds in the file so broken, beside the good one; None where there is nothing to do it to."""
    target = os.path.join(os.path.dirname(path), f"{function.__name__}-broken.pdf")
    with pikepdf.open(path) as pdf:
        if not function(pdf):
            return None
        pdf.save(target, preserve_pdfa=False, fix_metadata_version=False)
    copies = [shutil.copy(path[:-4] + ending, target[:-4] + ending) for ending in beside]
    found = check_pdf.faults(target, ["3a", "ua1"])
    for made in [target, *copies]:
        os.unlink(made)
    return found


def main(paths):
    failures = 0

    def tell(good, name, *why):
        nonlocal failures
        failures += not good
        print(("ok" if good else "not ok") + " - " + name)
        for line in why if not good else ():
            print("# " + str(line))

    with tempfile.TemporaryDirectory() as folder:
        good = good_pdf.write(folder)
        for path in [good] + paths:
            name, found = os.path.basename(path), check_pdf.faults(path, check_pdf.claimed(path))
            tell(not found, f"{name}: nothing is found", *found[:5])
            for rule, what, function, beside in WAYS:
                found = faults(path, function, beside)
                if found is None:
                    if path == good:
                        tell(False, f"{name}: {rule}: {what}", "cannot be done")
                    continue
                what = " ".join([what, *beside])
                tell(rule in {name for name, _ in found}, f"{name}: {rule}: {what}", *(found[:5] or ["nothing is found"]))
    return failures > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
