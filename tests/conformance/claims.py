"""What a PDF says about itself: the levels it claims, document information against XMP, the files in it."""
import hashlib
import json
import os
import re

AID, UAID = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
PAIRS = {"/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Keywords": "pdf:Keywords",
         "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer", "/CreationDate": "xmp:CreateDate",
         "/ModDate": "xmp:ModifyDate"}


def claimed(pdf):
    """The flavours that veraPDF should find, such as ["3a", "ua1"]."""
    meta = pdf.open_metadata(set_pikepdf_as_editor=False)
    flavours = []
    if AID + "part" in meta:
        flavours.append(meta[AID + "part"] + meta.get(AID + "conformance", "").lower())
    if UAID + "part" in meta:
        flavours.append("ua" + meta[UAID + "part"])
    return flavours


def information(pdf):
    """Info and XMP say the same."""
    meta, info = pdf.open_metadata(set_pikepdf_as_editor=False), pdf.trailer.get("/Info", {})
    for key, name in PAIRS.items():
        there = meta.get(name)
        if isinstance(there, (list, set)):
            there = "; ".join(there)
        here = str(info[key]) if key in info else None
        if key.endswith("Date"):
            here, there = (re.sub(r"\D", "", d or "").ljust(14, "0")[:14] if d else None for d in (here, there))
        if here != there:
            yield f"{key[1:]} is {here!r}, {name} {there!r}"


def embedded(pdf):
    """name → (file specification, bytes)."""
    files, stack = {}, [pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {})]
    while stack:
        node = stack.pop()
        names = list(node.get("/Names", []))
        for name, spec in zip(names[::2], names[1::2]):
            files[str(spec.get("/UF", name))] = (spec, spec["/EF"]["/F"].read_bytes())
        stack.extend(node.get("/Kids", []))
    return files


def attachments(pdf, folder):
    """Every CSV beside the file is in it byte by byte; what is in it is named and described, and its manifest lists it."""
    files, sums = embedded(pdf), {}
    associated = {spec.objgen for spec in pdf.Root.get("/AF", [])}
    for name, (spec, data) in files.items():
        sums[name] = hashlib.sha256(data).hexdigest()
        if spec.objgen not in associated:
            yield f"{name}: not in AF"
        if spec.get("/AFRelationship") != "/Data":
            yield f"{name}: AFRelationship is {spec.get('/AFRelationship')}"
        if not str(spec.get("/Desc", "")).strip() or spec["/EF"]["/F"].get("/Subtype") is None:
            yield f"{name}: without description or type"
    manifests = [name for name in files if name.startswith("manifest")]
    for name in files.keys() - manifests:
        beside = os.path.join(folder, name)
        if not os.path.exists(beside) or open(beside, "rb").read() != files[name][1]:
            yield f"{name}: not the file beside"
    for name in manifests:
        listed = {file["name"]: file["sha256"] for file in json.loads(files[name][1])["files"]}
        if listed != {name: sums[name] for name in files.keys() - manifests}:
            yield f"{name}: lists other files or checksums"
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv") and name not in files:
            yield f"{name}: beside the file, not in it"
