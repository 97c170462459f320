# A copy from the page and the structure tree give back the text of the document: exactly, in both engines, in faces whose glyphs stand for several
# characters. The document is made to hurt: what other typesetters get wrong stands in it.
. "$(dirname "$0")/lib.sh"
PEERS=$ROOT/../shared/peers
cd "$SCRATCH" || exit 1

markdown() { LC_ALL=C awk -f "$ROOT/tests/bench/peers.awk" "$1"; }
exact() { LC_ALL=C awk "${@:3}" -f "$ROOT/tests/cli/exact.awk" "$1" "$2"; } # DOCUMENT.tsv TEXT OPTION…
extract() { # TOOL PDF TEXT; false where the tool is not installed
    command -v "$1" > /dev/null || return
    case $1 in
    pdftotext) pdftotext -raw -enc UTF-8 "$2" "$3" ;;
    mutool) mutool draw -q -F txt -o "$3" "$2" 2> /dev/null ;;
    pdfinfo) pdfinfo -struct-text "$2" | tree_text > "$3" ;;
    esac
}
# The structure tree as text, a block a line. A soft hyphen is the reader's to drop (PDF 14.8.2.2.3).
tree_text() {
    LC_ALL=C awk '
        /^ *"/ { sub(/^ *"/, ""); sub(/"$/, ""); gsub(/\302\255/, ""); text = text $0; next }
        /^ *(Link|Reference|Span|Object) / { next }
        text != "" { print text; text = "" }
        END { print text }'
}
# Control characters, replacement characters, and what may not stand for a blank or a hyphen
strange() { LC_ALL=C grep -cP '[\x01-\x08\x0b\x0e-\x1f\x7f]|\xc2[\x80-\xa0\xad]|\xe2\x80[\x8b\xa8\xa9\x90\x91]|\xef\xbf\xbd|\xef\xbb\xbf' "$1"; }
# Lines that end with an opening sign or begin with a closing one
bad_ends() { LC_ALL=C grep -cE '(‘|“|「|『|《|〈|\(|\[)$|^(’|”|」|』|》|〉|\)|\]|,|\.|!|\?|·|…)' "$1"; }

all_engines() { # NAME DOCUMENT.tsv PDF [TOOL…]
    local tool texts name=$1 document=$2 file=$3
    shift 3
    [ $# -gt 0 ] || set -- pdftotext mutool pdfinfo
    texts=$(exact "$document" /dev/null | sed 's/ texts.*//')
    for tool in "$@"; do
        extract $tool "$file" text || { skip "$name, $tool" "$tool is not installed"; continue; }
        is "$name, $tool: every text, in order, every blank" "$(exact "$document" text -v MISSES=1 | tail -n 5)" "$texts texts, 0 missing, 0 blanks lost, 0 blanks too many"
        is "$name, $tool: no strange character" "$(strange text)" "0"
        is "$name, $tool: no line ends or begins with the wrong sign" "$(bad_ends text)" "0"
    done
}

# Quotations that come at every place of a line: a longer word before each.
awk 'BEGIN {
    print "T\t따옴표가 줄의 모든 자리에\t시험"
    for (n = 1; n <= 60; n++) {
        word = ""
        for (i = 0; i < n; i++) word = word (i % 5 == 4 ? " " : "") "가"
        print "P\t" word " ‘청년 창업’과 “R&D 바우처”를 「조례」(안)대로 [붙임]에 따라 《백서》와 〈지침〉의 ‘2024년 1월’ 기준으로 3개소에서 AI교육, VR체험, ‘IoT실습’을 한다."
    }
}' > quotes.tsv

for face in noto nanum; do
    for document in "$ROOT/tests/cli/text.tsv" quotes.tsv; do
        name="$face, $(basename "$document" .tsv)"
        markdown "$document" > in.md
        "$BIN" render --quiet --fonts "$ROOT/tests/bench/$face.ini" in.md -o $face.pdf > out 2>&1
        case $? in
        0) is "$name: without a warning" "$(cat out)" "" ;;
        78) skip "$name" "$(head -n 1 out)"; continue ;;
        *) not_ok "$name: renders" "$(cat out)"; continue ;;
        esac
        all_engines "$name" "$document" $face.pdf
    done
    [ -e $face.pdf ] || continue
    # A collection must not fall back to outlines without a font (Type 3)
    if command -v pdffonts > /dev/null; then
        is "$face: a CID font, embedded, subset, with its text" "$(pdffonts $face.pdf | tail -n +3 | sed -E 's/^[A-Z]{6}\+[^ ]+ +//; s/ Identity-H +/ /; s/ +[0-9]+ +[0-9]+$//; s/ +/ /g' | sort -u)" \
            "CID $([ $face = noto ] && echo 'Type 0C' || echo TrueType) yes yes yes"
    fi
done

# Could it fail? A text that is not there, a blank that is not there, one too many.
if [ -e nanum.pdf ] && extract pdftotext nanum.pdf text; then
    printf 'P\t따옴표가 줄의 모든 자리에서\nP\t시험과\n' > other.tsv
    is "a text that is not there is missed" "$(exact other.tsv text)" "2 texts, 2 missing, 0 blanks lost, 0 blanks too many"
    printf '창업 지원센터\n바이 오\n' > text
    printf 'P\t창업 지원 센터\nP\t바이오\n' > other.tsv
    is "blanks lost and blanks too many are counted" "$(exact other.tsv text)" "2 texts, 0 missing, 1 blanks lost, 1 blanks too many"
fi
printf '청년 “\n창업”을\n, 한다\302\240.\001\n하이픈\302\255\n' > text
is "so are strange characters and wrong ends of lines" "$(strange text) $(bad_ends text)" "2 2"

# Decomposed Hangul (NFD, as macOS writes file names) is the same document.
printf '# \341\204\222\341\205\241\341\206\253\341\204\200\341\205\263\341\206\257\n\n\341\204\200\341\205\241나\n' > nfd.md
printf '# 한글\n\n가나\n' > nfc.md
"$BIN" render --quiet nfd.md -o nfd.pdf 2> err
is "NFD gives the bytes of NFC" "$("$BIN" render --quiet nfc.md -o nfc.pdf; cmp nfd.pdf nfc.pdf && cat err)" ""

# A character that no font has is named, and a box stands for it.
printf '# 제목\n\n없는 글자 𓀀가 있다.\n' > lacks.md
expect "a missing glyph is named" 0 'no font has the character U\+13000 .*\[missing-glyph\]' "$BIN" render lacks.md -o lacks.pdf
is "… and a copy of the page has it" "$(pdftotext -enc UTF-8 lacks.pdf - | sed -n /없는/p)" "없는 글자 𓀀가 있다."
if extract pdftotext lacks.pdf text; then
    is "and the text keeps it" "$(grep -c '없는 글자 𓀀가 있다' text)" "1"
fi

# The workload of the peers, whole, where it is at hand
if [ -e "$PEERS/gen.py" ] && command -v python3 > /dev/null; then
    PEERS_DATA=$SCRATCH/peers python3 "$PEERS/gen.py" > /dev/null
    for face in noto nanum; do
        [ -e $face.pdf ] || continue
        for size in S M L; do
            markdown "peers/$size.tsv" > in.md
            "$BIN" render --quiet --fonts "$ROOT/tests/bench/$face.ini" in.md -o peers.pdf > out 2>&1
            is "peers' $size, $face" "$? $(cat out)" "0 "
            # pdfinfo draws a page for each element on it: minutes for what M has shown already
            all_engines "peers' $size, $face" "peers/$size.tsv" peers.pdf pdftotext mutool $([ $size = L ] || echo pdfinfo)
        done
    done
else
    skip "the peers' workload" "no ../shared/peers, or no python3"
fi
finish
