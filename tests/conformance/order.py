"""Whether the tree of a PDF says what the document says, in its order: against two dumps of the program that came another
way. FILE.doc is the document's blocks (--as doc), FILE.heard what is heard of it (--dump-tags)."""
import os
import re

from content import bare
from tree import Marked

LINK = r"(?:https?|mailto):[^ :{}|]*|#[^:{}|]*"
LOOK = re.compile(r"\{(?:strong |em |code |super |sub |lang=[^ :]+ ?)*(?:\.\S+ )?(?:" + LINK + r")?:|\}|\[break\]|\[note \d+\]|\\n")
NOTE = re.compile(r"\[note (\d+)\]")
TEXT = re.compile(r"\s*(?:heading|paragraph|code)\b[^:]*?(?: #\S*?)?: (.*)")
CELLS = re.compile(r"\s*(header|row|card)((?: \| .*)+)")


def blocks(lines):
    """(whether it is a row, pieces of text, notes called) of each line of a document; charts have none."""
    chart = None
    for line in lines:
        depth = len(line) - len(line.lstrip())
        chart = None if chart is not None and depth <= chart else chart
        if line.lstrip().startswith("chart "):
            chart = depth
        text, cells = TEXT.fullmatch(line), CELLS.fullmatch(line)
        parts = []
        if text and chart is None:
            parts = [text.group(1)]
        elif cells and chart is None:
            parts = [re.sub(r"^\[(left|up)\]", "", cell) for cell in cells.group(2).split(" | ")[1:]]
            if cells.group(1) == "card":
                parts.pop()  # where it leads
        pieces = [bare(piece) for part in parts for piece in LOOK.split(part)]
        yield bool(cells), pieces, [int(n) for n in NOTE.findall(line)]


def reading(part, note=False):
    """The pieces of each block, and the numbers of the notes that it calls behind it, its table or its note."""
    called = []
    for row, pieces, calls in blocks(part.splitlines() + [""]):
        if not row and not note:
            yield from called
            called = []
        yield pieces
        called += calls
    yield from called


def document(path):
    """The pieces of text in order; a note is read where it is called first."""
    with open(path, encoding="utf-8") as file:
        text, *notes = re.split(r"^note \d+ .*\n", file.read(), flags=re.M)
    said, told, stack = [], set(), [reading(text)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, list):
            said.extend(piece for piece in item if piece)
        elif item not in told and item <= len(notes):
            told.add(item)
            stack.append(reading(notes[item - 1], True))
    return said


def in_order(pieces, text, where):
    """Each of the pieces is in the text, behind the one before. Numbers may have become a figure."""
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0 and (piece in text or re.search(r"[^\W\d]", piece)):
            yield f'{where} has "{piece[:40]}" ' + ("before what is in front of it" if piece in text else "nowhere")
        elif found >= 0:
            at = found + len(piece)


def faults(tree, path):
    """path: without its ending."""
    spoken = [bare(kid.sequence.text) for kid in stretches(tree.document)]
    if os.path.exists(path + ".doc"):
        yield from in_order(document(path + ".doc"), "".join(spoken), "the tree")
    if os.path.exists(path + ".heard"):
        with open(path + ".heard", encoding="utf-8") as file:
            yield from in_order(spoken, bare(file.read()), "what is heard")


def stretches(element):
    """The marked content that is read as text, in order: of figures the alternative is."""
    stack = [element] if element else []
    while stack:
        kid = stack.pop()
        if isinstance(kid, Marked):
            if kid.sequence:
                yield kid
        elif hasattr(kid, "kids") and kid.type != "Figure":
            stack.extend(reversed(kid.kids))
