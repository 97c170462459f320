"""What a tagged PDF of this program keeps to beyond what veraPDF looks at: each rule yields what breaks it."""
import re
from collections import Counter

from content import bare
from tree import BLOCKS, GROUPING, HEADINGS, INLINE, STANDARD, Element

DEEPEST = 128  # lists are nested 32 deep at most, with three elements each
MARK = re.compile(r"\W|\W?\w{1,4}[.)]")  # of an item, in contrast to words that label it

# What may be in these elements (PDF 14.8.4.3), and what these may be in; Captions are looked at by themselves.
KIDS = {"L": {"LI"}, "LI": {"Lbl", "LBody"}, "TOC": {"TOCI", "TOC"}, "TOCI": {"Lbl", "Reference", "TOC", "P"},
        "Table": {"THead", "TBody", "TFoot", "TR"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"}}
PARENTS = {"LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
           "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "Lbl": {"LI", "Note", "TOCI"},
           "Caption": {"Table", "Figure", "Formula", "L", "TOC", "Div"}}


def of(tree, *types):
    return [e for e in tree.elements if e.type in types]


def document(tree):
    if len(tree.tops) != 1 or tree.tops[0].type != "Document":
        yield f"the root has {[e.role for e in tree.tops]}, not one Document"
    for e in tree.elements:
        if e.type not in STANDARD:
            yield f"{e.role} is no standard type and has no role"
        if e.depth == DEEPEST:
            yield f"{e}: more than {DEEPEST - 1} levels deep"


def containment(tree):
    for e in tree.elements:
        parent = e.parent.type if e.parent else None
        if e.type in KIDS:
            for kid in e.elements:
                if kid.type not in KIDS[e.type] | {"Caption"}:
                    yield f"{kid.type} in {e}"
        if e.type in PARENTS and parent not in PARENTS[e.type]:
            yield f"{e.type} in {parent}"
        if e.type == "Document" and parent:
            yield "a Document in an element"
        if e.type in GROUPING and e.marked:
            yield f"{e}: content of its own"
        if e.type in HEADINGS | {"P"} and any(kid.type not in INLINE for kid in e.elements):
            yield f"{e}: {[kid.type for kid in e.elements if kid.type not in INLINE]} in it"
        if e.type in INLINE - {"Note", "Figure"} and any(kid.type in GROUPING | BLOCKS for kid in e.elements):
            yield f"{e}: a block in a piece of a line"
        captions = [i for i, kid in enumerate(e.elements) if kid.type == "Caption"]
        if e.type != "Div" and captions and (len(captions) > 1 or captions[0] not in (0, len(e.elements) - 1)):
            yield f"{e}: its Caption is neither first nor last"


def has_figure(element):
    return any(e.type in ("Figure", "Formula") for e in element.walk())


def empty(tree):
    """Nothing is in the tree that says nothing. Cells may be empty, as the table needs them, and what stands beside a label."""
    for e in tree.elements:
        if not e.kids and e.type not in ("TH", "TD", "LBody", "Document"):
            yield f"{e}: empty"
        elif e.type in BLOCKS - {"TH", "TD", "LBody"} and not e.text.strip() and not has_figure(e):
            yield f"{e}: without text"
        if e.type == "Span" and not {"/Lang", "/ActualText", "/Alt", "/E"} & set(e.obj.keys()):
            yield f"{e}: a Span for nothing"


def spans(tree):
    """One Span a stretch, none a word."""
    for e in tree.elements:
        for a, b in zip(e.kids, e.kids[1:]):
            same = isinstance(a, Element) and isinstance(b, Element) and a.type == b.type == "Span"
            if same and a.string("/Lang") == b.string("/Lang"):
                yield f"{a} and the next are one"


def headings(tree):
    last = 0
    for e in of(tree, *HEADINGS):
        level = int(e.type[1])
        if level > last + 1:
            yield f"{e} after " + (f"H{last}" if last else "none")
        last = level


def lists(tree):
    for e in of(tree, "L"):
        if not e.elements:
            yield f"{e}: no items"
        labels = [kid.text.strip() for item in e.elements for kid in item.elements if kid.type == "Lbl"]
        if e.attribute("/List", "/ListNumbering") in (None, "/None") and any(MARK.fullmatch(label) for label in labels):
            yield f"{e}: marks without ListNumbering"
    for e in of(tree, "LI"):
        types = [kid.type for kid in e.elements]
        if types not in (["Lbl", "LBody"], ["LBody"]):
            yield f"{e}: {types}"


def grid(table):
    """(rows × columns, what does not fit): spans counted."""
    rows = [r for e in table.elements for r in ([e] if e.type == "TR" else e.elements if e.type != "Caption" else [])]
    taken, widths = set(), Counter()
    for y, row in enumerate(rows):
        x = 0
        for cell in row.elements:
            while (x, y) in taken:
                x += 1
            w, h = (int(cell.attribute("/Table", key) or 1) for key in ("/ColSpan", "/RowSpan"))
            for place in [(x + i, y + j) for i in range(w) for j in range(h)]:
                if place in taken:
                    yield f"{table}: row {y + 1}: cells overlap"
                taken.add(place)
    for x, y in taken:
        widths[y] += 1
    if len(set(widths.values())) > 1 or len(widths) != len(rows):
        yield f"{table}: rows of {sorted(set(widths.values()))} columns, {len(rows)} rows of which {len(widths)} are filled"


def tables(tree):
    for table in of(tree, "Table"):
        yield from grid(table)
        if not any(e.type == "TH" for e in table.walk()):
            yield f"{table}: no TH"
        sections = [e.type for e in table.elements if e.type != "Caption"]
        if "TBody" in sections and "TR" in sections:
            yield f"{table}: rows beside a TBody"
        if sections != sorted(sections, key=["THead", "TR", "TBody", "TFoot"].index):
            yield f"{table}: {sections}"
    for e in of(tree, "TH"):
        if e.attribute("/Table", "/Scope") not in ("/Row", "/Column", "/Both"):
            yield f"{e}: no Scope"


def figures(tree):
    for e in of(tree, "Figure", "Formula"):
        if not e.string("/Alt").strip():
            yield f"{e}: no Alt"


def links(tree):
    tied = {}
    for e in of(tree, "Link"):
        if not e.references:
            yield f"{e}: no OBJR"
        if not e.text.strip() and not e.parent.type == "Figure":
            yield f"{e}: no text"
        if any(x.type == "Link" for x in list(e.walk())[1:]):
            yield f"{e}: a Link in it"
        for reference in e.references:
            tied[reference.obj.objgen] = e
    parents = tree.parent_tree()
    for i, page in enumerate(tree.pdf.pages):
        for annotation in page.get("/Annots", []):
            e = tied.pop(annotation.objgen, None)
            if annotation.get("/Subtype") != "/Link" or not e:
                yield f"page {i + 1}: a {annotation.get('/Subtype')} that is in no Link"
                continue
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {i + 1}: {e}: no Contents"
            if "/A" not in annotation and "/Dest" not in annotation:
                yield f"page {i + 1}: {e}: leads nowhere"
            parent = parents.get(int(annotation.get("/StructParent", -1)))
            if parent is None or parent.objgen != e.obj.objgen:
                yield f"page {i + 1}: {e}: StructParent is another"
    for e in tied.values():
        yield f"{e}: its annotation is on no page"


def notes(tree):
    ids = Counter(e.string("/ID") for e in tree.elements if "/ID" in e.obj)
    yield from (f"the ID {name} is on {n} elements" for name, n in ids.items() if n > 1)
    for e in of(tree, "Note"):
        if not e.string("/ID"):
            yield f"{e}: no ID"
    if ids and "/IDTree" not in tree.struct:
        yield "IDs without an IDTree"


def contents(tree):
    """Every sequence has one element, every element's sequence is there, the ParentTree knows both."""
    parents, owners = tree.parent_tree(), {}
    for e in tree.elements:
        for kid in e.marked:
            place = (kid.page, kid.mcid)
            if not kid.sequence:
                yield f"{e}: its MCID {kid.mcid} is not on page {kid.page}"
            if place in owners:
                yield f"{e}: MCID {kid.mcid} is another's"
            owners[place] = e
    for i, page in enumerate(tree.pdf.pages):
        mine = [s for s in tree.pages[i].sequences if s.mcid is not None]
        entries = list(parents.get(int(page.get("/StructParents", -1)), []))
        if mine and "/StructParents" not in page:
            yield f"page {i + 1}: no StructParents"
        if [s.mcid for s in mine] != list(range(len(mine))):
            yield f"page {i + 1}: MCIDs are not numbered as they are drawn"
        if len(entries) != len(mine):
            yield f"page {i + 1}: {len(mine)} sequences, {len(entries)} in the ParentTree"
        for s in mine:
            e = owners.get((i, s.mcid))
            if not e:
                yield f'page {i + 1}: MCID {s.mcid} "{s.text[:30]}" is in no element'
            elif s.mcid < len(entries) and entries[s.mcid].objgen != e.obj.objgen:
                yield f"page {i + 1}: the ParentTree gives MCID {s.mcid} to another than {e}"


def artifacts(tree):
    """Words that only artifacts have are lost to who reads the tree."""
    title = str(tree.pdf.trailer.get("/Info", {}).get("/Title", ""))
    said = bare(tree.text()) + "\n" + bare(title)
    for page in tree.pages:
        for s in page.sequences:
            for piece in s.pieces if s.artifact else []:
                piece = re.sub(r"\(?(계속|continued)\)?$", "", bare(piece))
                if not re.fullmatch(r"[\W\d]*[ivxlcdm]*[\W\d]*", piece) and piece not in said:
                    yield f'page {page.index + 1}: only an artifact has "{piece[:40]}"'


def catalog(tree):
    root, tag = tree.root, r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
    if not re.fullmatch(tag, str(root.get("/Lang", ""))):
        yield f"Lang is {root.get('/Lang', 'absent')}"
    for e in tree.elements:
        if "/Lang" in e.obj and not re.fullmatch(tag, e.string("/Lang")):
            yield f"{e}: Lang is {e.string('/Lang')}"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "MarkInfo does not say Marked"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the title is not shown"
    if of(tree, *HEADINGS) and "/Outlines" not in root:
        yield "headings without bookmarks"
    for i, page in enumerate(tree.pdf.pages):
        if page.get("/Tabs") != "/S":
            yield f"page {i + 1}: Tabs is not S"


STRUCTURE = [document, containment, empty, spans, headings, lists, tables, figures, links, notes, contents, artifacts,
             catalog]


def broken(tree):
    """(rule, message) of all that a tagged file breaks."""
    faults = list(tree.faults)
    if tree.struct is None:
        return [("tree", "no structure tree")]
    for rule in STRUCTURE:
        faults += [(rule.__name__, message) for message in rule(tree)]
    return faults
