"""Programs that read PDFs: each must take a file without a word of complaint."""
import shutil
import subprocess

# Name → arguments, FILE in place of the file. Pages are drawn small: it is the reading that counts.
READERS = {
    "qpdf": ["--check", "FILE"],
    "pdfinfo": ["-struct", "FILE"],
    "pdftotext": ["FILE", "-"],
    "pdftocairo": ["-r", "20", "-ps", "FILE", "-"],
    "pdftoppm": ["-r", "20", "-gray", "FILE"],
    "mutool info": ["FILE"],
    "mutool draw": ["-q", "-r", "20", "-F", "pgm", "-o", "/dev/null", "FILE"],
}
HARMLESS = {"warning: ICC support is not available"}  # of any file, by Debian's mutool


def missing():
    return sorted({name.split()[0] for name in READERS if not shutil.which(name.split()[0])})


def complaints(path):
    """(reader, its first complaint) of those that are installed."""
    for name, arguments in READERS.items():
        command = name.split() + [path if a == "FILE" else a for a in arguments]
        if not shutil.which(command[0]):
            continue
        done = subprocess.run(command, capture_output=True)
        said = done.stderr.decode("utf-8", "replace").splitlines()
        said = [line for line in said if line.strip() and line not in HARMLESS]
        if said or done.returncode:
            yield name, said[0] if said else f"exit {done.returncode}"
