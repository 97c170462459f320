"""A small tagged PDF with an element of every kind, made by hand: what the checker must find nothing in. Its font has no
program: the checker reads codes and their text only."""
import os

from pikepdf import Array, Dictionary, Name, Pdf, String

CMAP = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0020> <007e> <0020> endbfrange"


def put(obj, **entries):
    for key, value in entries.items():
        obj["/" + key] = value


class Builder:
    def __init__(self):
        self.pdf = Pdf.new()
        self.page = self.pdf.add_blank_page()
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
        self.drawn, self.owners, self.annotations, self.ids = [], [], [], []
        self.texts = []  # in the order of reading

    def element(self, parent, kind, text=None, **entries):
        """A new last kid, with text of its own where that is given."""
        new = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, Pg=self.page.obj, K=Array([]), **entries))
        parent.K.append(new)
        if text:
            self.show(new, text)
        return new

    def show(self, element, text):
        mcid = len(self.owners)
        self.texts.append(text)
        codes = text.encode("utf-16-be").hex()
        self.drawn.append(f"/{str(element.S)[1:]} <</MCID {mcid}>>BDC\nBT /F 10 Tf <{codes}> Tj ET\nEMC")
        self.owners.append(element)
        element.K.append(mcid)

    def link(self, parent, text):
        link = self.element(parent, "Link", text)
        note = self.pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Contents=String("A page of the web"),
            StructParent=1 + len(self.annotations), A=Dictionary(S=Name.URI, URI=String("https://example.com/"))))
        link.K.append(Dictionary(Type=Name.OBJR, Obj=note, Pg=self.page.obj))
        self.annotations.append((note, link))

    def row(self, parent, kind, *texts):
        row = self.element(parent, "TR")
        for text in texts:
            cell = self.element(row, kind, text)
            if kind == "TH":
                cell.A = Dictionary(O=Name.Table, Scope=Name.Column)

    def tree(self):
        document = self.element(self.root, "Document")
        self.element(document, "H1", "Contents and words")
        toci = self.element(self.element(document, "TOC"), "TOCI")
        self.link(self.element(toci, "Reference"), "An entry")
        section = self.element(document, "Sect")
        self.element(section, "H2", "Section")
        p = self.element(section, "P", "Before ")
        self.element(p, "Span", "a word in English", Lang=String("en"))
        self.show(p, " and after, ")
        self.link(p, "a link")
        for name in ("n1", "n2"):
            note = self.element(section, "Note", ID=String(name))
            self.element(note, "Lbl", "1)")
            self.element(note, "P", "What the note says")
            self.ids.append((name, note))
        items = self.element(section, "L", A=Dictionary(O=Name.List, ListNumbering=Name.Disc))
        for text in ("One", "Two"):
            item = self.element(items, "LI")
            self.element(item, "Lbl", "-")
            self.element(item, "LBody", text)
        table = self.element(section, "Table")
        self.element(table, "Caption", "Table 1")
        self.row(self.element(table, "THead"), "TH", "Place", "Number")
        self.row(self.element(table, "TBody"), "TD", "Here", "3")
        self.element(section, "Figure", "3 5", Alt=String("Bars: 3 and 5"))

    def finish(self):
        parents = [0, Array(self.owners)]
        for i, (_, link) in enumerate(self.annotations):
            parents += [1 + i, link]
        self.root.ParentTree = Dictionary(Nums=Array(parents))
        self.root.IDTree = Dictionary(Names=Array([x for name, note in self.ids for x in (String(name), note)]))
        self.drawn.append("/Artifact BMC\nBT /F 10 Tf <002d00200031> Tj ET\n0 0 9 9 re f\nEMC")
        descendant = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, CIDToGIDMap=Name.Identity)
        font = self.pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Made"), Encoding=Name("/Identity-H"),
                       ToUnicode=self.pdf.make_stream(CMAP), DescendantFonts=[descendant]))
        put(self.page.obj, Resources=Dictionary(Font=Dictionary(F=font)), StructParents=0, Tabs=Name.S,
            Annots=Array([note for note, _ in self.annotations]))
        self.page.Contents = self.pdf.make_stream("\n".join(self.drawn).encode())
        put(self.pdf.Root, StructTreeRoot=self.root, MarkInfo=Dictionary(Marked=True), Lang=String("en"),
            Outlines=Dictionary(), ViewerPreferences=Dictionary(DisplayDocTitle=True))

    def describe(self):
        self.pdf.trailer.Info = self.pdf.make_indirect(Dictionary(Title=String("A title")))
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["dc:title"] = "A title"
            meta["{http://www.aiim.org/pdfa/ns/id/}part"] = "3"
            meta["{http://www.aiim.org/pdfa/ns/id/}conformance"] = "A"
            meta["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"

    def attach(self, name, data):
        stream = self.pdf.make_stream(data)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/text/csv")
        spec = self.pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), Desc=String("Numbers"),
                                                 AFRelationship=Name.Data, EF=Dictionary(F=stream)))
        self.pdf.Root.AF = Array([spec])
        self.pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), spec])))


def write(folder):
    """good.pdf, with a table beside and in it, and what it should say. Its path."""
    builder = Builder()
    builder.tree()
    builder.finish()
    builder.describe()
    builder.attach("numbers.csv", b"place,number\nhere,3\n")
    path = os.path.join(folder, "good.pdf")
    with open(os.path.join(folder, "numbers.csv"), "wb") as file:
        file.write(b"place,number\nhere,3\n")
    with open(os.path.join(folder, "manifest.json"), "w") as file:
        file.write('{"files":[]}')
    for ending, line in ((".doc", "paragraph: %s\n"), (".heard", "%s\n")):
        with open(path[:-4] + ending, "w") as file:
            file.writelines(line % text for text in builder.texts)
    builder.pdf.save(path, static_id=True, preserve_pdfa=False, fix_metadata_version=False)
    return path
