# The structure of tagged PDFs, and that the checker of it can fail: the part of `make conformance` that needs no Java.
. "$(dirname "$0")/lib.sh"
if ! /usr/bin/python3 -c 'import pikepdf' 2> /dev/null; then
    skip "structure of tagged PDFs" "python3-pikepdf is not installed"
    finish
    exit
fi
tests/conformance/documents "$SCRATCH/pdf" fast
pdfs=("$SCRATCH"/pdf/*/*.pdf "$SCRATCH"/pdf/*/*/*.pdf)
/usr/bin/python3 tests/conformance/check_pdf.py "${pdfs[@]}" > "$SCRATCH/faults" 2> "$SCRATCH/err"
is "the checker reads all of them" "$(cat "$SCRATCH/err")" ""
for pdf in "${pdfs[@]}"; do
    is "${pdf#"$SCRATCH"/pdf/}" "$(sed -n "s|^$pdf: ||p" "$SCRATCH/faults")" ""
done
is "refused: only for a character that no font has" "$(grep -L 'missing-glyph' "$SCRATCH"/pdf/*/*.refused 2> /dev/null)" ""
/usr/bin/python3 tests/conformance/test_checker.py "$SCRATCH/pdf/access/showcase-noto.pdf" > "$SCRATCH/ways" 2>&1
is "the checker finds what is broken: status" "$?" "0"
cat "$SCRATCH/ways"
finish
