"""What a page's content stream shows: marked content sequences with their text, and glyphs without any (PDF 9.10, 14.6)."""
import re

import pikepdf

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
SHOWING = {"Tj", "TJ", "'", '"'}


def bare(text):
    """Without blanks, soft hyphens and controls of direction: to compare texts that are broken into lines in other ways."""
    return re.sub(r"[\s\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff]+", "", text)


class Font:
    """A font as a reader of text needs it: how long its codes are, what they mean, which of them is .notdef."""

    def __init__(self, font):
        self.name = str(font.get("/BaseFont", "?"))
        self.wide = font.get("/Subtype") == "/Type0"
        self.unicode = to_unicode(font["/ToUnicode"].read_bytes()) if "/ToUnicode" in font else {}
        self.gids = None
        if self.wide:
            gids = font["/DescendantFonts"][0].get("/CIDToGIDMap")
            if isinstance(gids, pikepdf.Stream):
                self.gids = gids.read_bytes()

    def codes(self, string):
        if not self.wide:
            return list(string)
        return [string[i] << 8 | string[i + 1] for i in range(0, len(string) - 1, 2)]

    def notdef(self, code):
        if not self.wide:
            return False
        return code == 0 or (self.gids is not None and self.gids[2 * code:2 * code + 2] in (b"", b"\0\0"))


def to_unicode(cmap):
    """The text of each code in a ToUnicode CMap (PDF 9.10.3)."""
    text = {}
    hexes = re.compile(rb"<([0-9A-Fa-f\s]*)>")

    def string(digits):
        return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")

    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        digits = hexes.findall(block)
        for code, value in zip(digits[::2], digits[1::2]):
            text[int(code, 16)] = string(value)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, value in re.findall(rb"<(\w+)>\s*<(\w+)>\s*(<[^>]*>|\[[^]]*\])", block):
            values = [string(v) for v in hexes.findall(value)]
            for i, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                if value.startswith(b"["):
                    text[code] = values[i] if i < len(values) else ""
                else:
                    text[code] = values[0][:-1] + chr(ord(values[0][-1]) + i)
    return text


class Sequence:
    """A marked content sequence that belongs to an element (mcid) or is an artifact, with what it shows."""

    def __init__(self, tag, mcid, page):
        self.tag, self.mcid, self.page = tag, mcid, page
        self.pieces = []  # text, one for each time that something is shown

    @property
    def artifact(self):
        return self.tag == "/Artifact"

    @property
    def text(self):
        return "".join(self.pieces)


class PageContent:
    """sequences: in the order of drawing; faults: (rule, message)."""

    def __init__(self, page, index, fonts):
        self.index, self.fonts = index, fonts
        self.sequences, self.faults = [], []
        self.open = []  # (Sequence or None, whether its text is given by ActualText)
        self.current, self.muted = None, False
        self.run(page, page.get("/Resources", pikepdf.Dictionary()))
        if self.open:
            self.fault("marked-content", "a marked content sequence is not ended")

    def fault(self, rule, message):
        self.faults.append((rule, f"page {self.index + 1}: {message}"))

    def run(self, stream, resources):
        font, saved = None, []
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name == "Tf":
                font = self.font(resources["/Font"][str(operands[0])])
            elif name in SHOWING:
                self.show(font, operands[-1])
            elif name == "q":
                saved.append(font)
            elif name == "Q" and saved:
                font = saved.pop()
            elif name in ("BDC", "BMC"):
                self.begin(operands, resources)
            elif name == "EMC":
                self.end()
            elif name in PAINTING:
                self.paint(name)
                if name == "Do":
                    self.form(resources["/XObject"][str(operands[0])], resources)

    def form(self, xobject, resources):
        if xobject.get("/Subtype") == "/Form":
            self.run(xobject, xobject.get("/Resources", resources))

    def font(self, font):
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = Font(font)
        return self.fonts[font.objgen]

    def begin(self, operands, resources):
        tag = str(operands[0])
        properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
        if isinstance(properties, pikepdf.Name):
            properties = resources["/Properties"][str(properties)]
        self.open.append((self.current, self.muted))
        if "/MCID" in properties or tag == "/Artifact":
            if self.current:
                self.fault("marked-content", f"{tag} inside {self.current.tag}")
            self.current = Sequence(tag, int(properties["/MCID"]) if "/MCID" in properties else None, self.index)
            self.sequences.append(self.current)
        if "/ActualText" in properties and not self.muted:
            self.muted = True
            self.add(str(properties["/ActualText"]))

    def end(self):
        if not self.open:
            self.fault("marked-content", "EMC without a beginning")
            return
        self.current, self.muted = self.open.pop()

    def paint(self, name):
        if not self.current:
            self.fault("marked-content", f"{name} outside of marked content")

    def add(self, text):
        if self.current:
            self.current.pieces.append(text)
        elif text.strip():
            self.fault("marked-content", f'text outside of marked content: "{text[:40]}"')

    def show(self, font, operand):
        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        text = []
        for string in strings:
            if not isinstance(string, pikepdf.String):
                continue
            for code in font.codes(bytes(string)):
                if font.notdef(code):
                    self.fault("notdef", f"{font.name}: .notdef is shown")
                mapped = font.unicode.get(code, "")
                odd = "\0\ufeff\ufffe" if mapped == "\ufffd" else "\0\ufeff\ufffe\ufffd"  # alone it may be the document's own
                if not mapped or set(mapped) & set(odd):
                    self.fault("actual-text" if self.muted else "to-unicode", f"{font.name}: code {code:04X} has no text")
                text.append(mapped)
        if not self.muted:
            self.add("".join(text))
        else:
            self.paint("text")
