# What is copied out of a PDF is the source, to the last space, whatever room the marks were given: by poppler in each of
# its ways and by MuPDF, in a font with the features for that and in one without. Each paragraph is one line.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
DOC=$ROOT/tests/golden/marks/doc.md
NANUM=/usr/share/fonts/truetype/nanum/
for role in text:NanumGothic.ttf strong:NanumGothicBold.ttf mono:NanumGothicCoding.ttf; do
    printf '[%s]\nfont = %s\n' "${role%%:*}" "$NANUM${role#*:}"
done > nanum.ini
grep . "$DOC" > wanted

# The lines without the page number, blanks at their ends, and empty lines.
lines() { sed -E 's/^[ \f]+//; s/ +$//' | grep -vE '^(- ?1 ?-)?$'; }
same() { # NAME COMMAND…
    local name=$1
    shift
    if ! command -v "$1" > /dev/null; then skip "$name" "$1 is not installed"; return; fi
    "$@" 2> /dev/null | lines > got
    is "$name" "$(diff wanted got)" ""
}
check() { # NAME OPTION…
    local name=$1
    shift
    "$BIN" render "$DOC" "$@" -o "$name.pdf" > /dev/null 2> err || { skip "$name" "$(head -n 1 err)"; return; }
    same "$name: pdftotext" pdftotext -enc UTF-8 "$name.pdf" -
    same "$name: pdftotext -raw" pdftotext -raw -enc UTF-8 "$name.pdf" -
    same "$name: pdftotext -layout" pdftotext -layout -enc UTF-8 "$name.pdf" -
    same "$name: mutool" mutool draw -q -F txt "$name.pdf"
}
check noto
check nanum --fonts nanum.ini
finish
