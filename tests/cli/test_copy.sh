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

# Long justified paragraphs of such words in a random order. Byte by byte: a line's end in the copy is a space of the
# source or nothing; everything else is the same, above all the spaces.
LC_ALL=C awk 'BEGIN {
    n = split("「지방자치법」|지원|사업을|『책』|（법률|제1호）|「가」·「나」|‘「다」’|시흥시는|「라」,|AI+데이터|가×나|인구+세대|수입<지출|" \
        "서울・부산|《연감》은|【별표】|16.(화)|6조 7천억 원|그렇다。|또、|“「마」”라고|（가）（나）|<표 1>|A=B|창업·보육|청년|100±5개|「|」|" \
        "（|）|가」나「다|〈도표〉,|3.5㎡|international|「バ」", word, "|")
    for (p = seed = 1; p <= 150; p++) {
        line = "본문"
        for (i = 0; i < 60; i++) {
            seed = (seed * 16807) % 2147483647
            line = line " " word[1 + seed % n]
        }
        print line "\n"
    }
}' > long.md
copied() { # NAME COMMAND…
    local name=$1
    shift
    if ! command -v "$1" > /dev/null; then skip "$name" "$1 is not installed"; return; fi
    "$@" 2> /dev/null | sed -E '/^ *- ?[0-9]+ ?- *$/d' > got
    is "$name" "$(LC_ALL=C awk '
        BEGIN { RS = "\001"; FS = "\002" }
        { gsub(/\f/, "\n"); gsub(/\n+/, "\n"); text[FILENAME] = $0 }
        END {
            source = text["long.md"]; copy = text["got"]
            for (i = j = 1; i < length(source); ) {
                a = substr(source, i, 1); b = substr(copy, j, 1)
                if (a == b) { i++; j++ }
                else if (b == "\n") { j++; if (a == " ") i++ }
                else { print "\"" substr(source, i - 30, 60) "\" is \"" substr(copy, j - 30, 60) "\""; exit }
            }
            if (j < 10000) print "only " j " bytes"
        }' long.md got)" ""
}
for font in noto nanum; do
    if ! "$BIN" render long.md $([ $font = nanum ] && echo --fonts nanum.ini) -o long.pdf > /dev/null 2> err; then
        skip "$font: long paragraphs" "$(head -n 1 err)"
        continue
    fi
    copied "$font: long paragraphs, pdftotext" pdftotext -enc UTF-8 long.pdf -
    copied "$font: long paragraphs, pdftotext -raw" pdftotext -raw -enc UTF-8 long.pdf -
    copied "$font: long paragraphs, mutool" mutool draw -q -F txt long.pdf
done
finish
