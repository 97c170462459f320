#!/usr/bin/python3
"""check_pdf.py [--text|--claims] FILE.pdf …: what a tagged PDF breaks of what veraPDF does not look at, a line a fault.

--text prints the text in the order of the structure tree instead, a block a line; --claims the levels that it claims.
A brief's attachments are compared with the files beside it. Exits 1 if anything is broken."""
import os
import sys
from collections import Counter

import pikepdf

import claims
import order
import rules
from tree import Tree

SHOWN = 5  # faults of one rule in one file


def claimed(path):
    with pikepdf.open(path) as pdf:
        return claims.claimed(pdf)


def faults(path, levels):
    """(rule, message) of a file that claims these levels. Without tags only its glyphs and its information matter."""
    tree = Tree(path)
    if levels and levels != ["1b"]:
        found = rules.broken(tree) + [("order", message) for message in order.faults(tree, path[:-4])]
    else:
        found = [fault for fault in tree.faults if fault[0] in ("to-unicode", "notdef")]
    if levels:
        found += [("information", message) for message in claims.information(tree.pdf)]
    folder = os.path.dirname(path) or "."
    if "3a" in levels and os.path.exists(os.path.join(folder, "manifest.json")):
        found += [("attachments", message) for message in claims.attachments(tree.pdf, folder)]
    return found


def main(arguments):
    mode = arguments.pop(0) if arguments and arguments[0].startswith("--") else ""
    status = 0
    for path in arguments:
        if mode == "--text":
            print(Tree(path).text(), end="")
        elif mode == "--claims":
            print(path, *claimed(path))
        else:
            counts = Counter()
            for rule, message in faults(path, claimed(path) or ["ua1"]):
                counts[rule] += 1
                if counts[rule] <= SHOWN:
                    print(f"{path}: {rule}: {message}")
            for rule, n in counts.items():
                if n > SHOWN:
                    print(f"{path}: {rule}: … {n - SHOWN} more")
            status |= bool(counts)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
