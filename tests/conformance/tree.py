"""A PDF with its structure tree (PDF 14.7): elements with their kids in order, and where their content is."""
import re

import pikepdf

from content import PageContent

# What may stand in what (PDF 14.8.4); for the rest, see the kinds.
GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC", "TOCI", "L", "LI", "Table", "THead", "TBody",
            "TFoot", "TR"}
HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
INLINE = {"Span", "Quote", "Reference", "Link", "Code", "Lbl", "Note", "BibEntry", "Annot", "Figure", "Formula"}
BLOCKS = HEADINGS | {"P", "H", "Caption", "TH", "TD", "LBody"}
STANDARD = GROUPING | INLINE | BLOCKS | {"Index", "NonStruct", "Private", "Ruby", "Warichu", "Form"}


def listed(obj, key):
    """What may be one object or an array of them."""
    value = obj.get(key)
    return list(value) if isinstance(value, pikepdf.Array) else [] if value is None else [value]


class Marked:
    """A kid that is marked content."""

    def __init__(self, page, mcid):
        self.page, self.mcid = page, mcid
        self.sequence = None  # found on the page


class Reference:
    """A kid that is an object: an annotation."""

    def __init__(self, obj, page):
        self.obj, self.page = obj, page


class Element:
    def __init__(self, obj, parent, tree):
        self.obj, self.parent = obj, parent
        self.depth = parent.depth + 1 if parent else 1
        self.role = str(obj.get("/S", "/?"))[1:]
        self.type = tree.standard(self.role)
        self.page = obj["/Pg"].objgen if "/Pg" in obj else None
        self.kids = []

    def __str__(self):
        names, at = [], self
        while at and len(names) < 8:
            names.append(at.role)
            at = at.parent
        text = self.text[:30]
        return ("…/" if at else "") + "/".join(reversed(names)) + (f' "{text}"' if text else "")

    @property
    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def marked(self):
        return [kid for kid in self.kids if isinstance(kid, Marked)]

    @property
    def references(self):
        return [kid for kid in self.kids if isinstance(kid, Reference)]

    def string(self, key):
        return str(self.obj[key]) if key in self.obj else ""

    def attribute(self, owner, key):
        for a in listed(self.obj, "/A"):
            if isinstance(a, pikepdf.Dictionary) and a.get("/O") == owner and key in a:
                return a[key]
        return None

    def walk(self):
        """It and all in it, in the order of reading."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.elements))

    def stretches(self):
        """The marked content in it, in the order of reading."""
        stack = [self]
        while stack:
            kid = stack.pop()
            if isinstance(kid, Element):
                stack.extend(reversed(kid.kids))
            elif isinstance(kid, Marked):
                yield kid

    @property
    def text(self):
        return "".join(m.sequence.text for m in self.stretches() if m.sequence)


class Tree:
    """faults: (rule, message), of what cannot be read as a tree at all, and of the pages' content."""

    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.faults, self.elements, self.by_object = [], [], {}
        self.struct = self.root.get("/StructTreeRoot")
        self.roles = self.struct.get("/RoleMap", {}) if self.struct is not None else {}
        self.numbers = {page.objgen: i for i, page in enumerate(self.pdf.pages)}
        fonts = {}
        self.pages = [PageContent(page, i, fonts) for i, page in enumerate(self.pdf.pages)]
        self.sequences = {}
        for page in self.pages:
            self.faults += page.faults
            for sequence in page.sequences:
                if sequence.mcid is not None:
                    if (page.index, sequence.mcid) in self.sequences:
                        self.faults.append(("mcid", f"page {page.index + 1}: MCID {sequence.mcid} twice"))
                    self.sequences[page.index, sequence.mcid] = sequence
        self.tops = []
        if self.struct is not None:
            self.tops = [kid for kid in self.kids(None, self.struct) if isinstance(kid, Element)]
            self.grow(self.tops)

    @property
    def document(self):
        return self.tops[0] if self.tops else None

    def standard(self, role):
        seen = set()
        while role not in STANDARD and "/" + role in self.roles and role not in seen:
            seen.add(role)
            role = str(self.roles["/" + role])[1:]
        return role

    def grow(self, stack):
        stack = list(reversed(stack))
        while stack:
            element = stack.pop()
            self.elements.append(element)
            element.kids = self.kids(element, element.obj)
            stack.extend(reversed(element.elements))

    def kids(self, parent, obj):
        return [self.kid(parent, kid) for kid in listed(obj, "/K")]

    def kid(self, parent, kid):
        if isinstance(kid, int):
            return self.marked(parent.page, kid)
        page = kid["/Pg"].objgen if "/Pg" in kid else (parent.page if parent else None)
        if kid.get("/Type") == "/MCR":
            return self.marked(page, int(kid["/MCID"]))
        if kid.get("/Type") == "/OBJR":
            return Reference(kid["/Obj"], self.numbers.get(page))
        element = Element(kid, parent, self)
        if kid.objgen in self.by_object:
            self.faults.append(("tree", f"{element.role} is in the tree twice"))
        self.by_object[kid.objgen] = element
        if (kid.get("/P", pikepdf.Dictionary()).objgen) != (parent.obj if parent else self.struct).objgen:
            self.faults.append(("tree", f"{element.role}: P is not its parent"))
        return element

    def marked(self, page, mcid):
        kid = Marked(self.numbers.get(page), mcid)
        kid.sequence = self.sequences.get((kid.page, mcid))
        return kid

    def parent_tree(self):
        """The number tree of parents: key → object."""
        entries, stack = {}, [self.struct.get("/ParentTree", pikepdf.Dictionary())]
        while stack:
            node = stack.pop()
            numbers = list(node.get("/Nums", []))
            entries.update((int(key), value) for key, value in zip(numbers[::2], numbers[1::2]))
            stack.extend(node.get("/Kids", []))
        return entries

    def text(self):
        """The text in the order of reading, a block a line."""
        parts, stack = [], list(reversed(self.tops))
        while stack:
            kid = stack.pop()
            if isinstance(kid, str):
                parts.append(kid)
            elif isinstance(kid, Marked) and kid.sequence:
                parts.append(kid.sequence.text)
            elif isinstance(kid, Element):
                edge = "" if kid.type in INLINE else "\n"
                parts.append(edge)
                stack.append(edge)
                stack.extend(reversed(kid.kids))
        return re.sub("\n+", "\n", "".join(parts)).strip() + "\n"
