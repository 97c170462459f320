# Documents made to hurt the page, through `briefgen render`: each ends in time and in memory, in a sound PDF with all of
# its text, and whatever did not fit is named. DOCUMENTS=DIR writes the documents there, for `make conformance`, and tests
# nothing.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited; else bound=800000; fi
limited() { (ulimit -v $bound; exec timeout 60 "$@"); }
many() { LC_ALL=C awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", text }'; } # N TEXT

# page NAME WARNINGS [OPTION …]: sets NAME.md. WARNINGS are the codes that must be said, and no others.
page() {
    local name=$1 wanted=$2 status
    shift 2
    [ -z "${DOCUMENTS:-}" ] || { cp "$name".md "${@:2}" "$DOCUMENTS"; return; }
    limited "$BIN" render "$name.md" "$@" -o "$name.pdf" > out 2> err
    status=$?
    is "$name: what is named" "$status $(sed -nE 's/^briefgen: .*\[([a-z-]+)\]$/\1/p' err | sort -u | xargs)" "0 $wanted"
    is "$name: messages are printable and short" "$(LC_ALL=C grep -c "[$(printf '\001-\010\013-\037\177')]" err) $(LC_ALL=C awk 'length > 400' err | wc -l)" "0 0"
    if ! command -v qpdf > /dev/null; then skip "$name: a sound PDF" "qpdf is not installed"; return; fi
    expect "$name: a sound PDF" 0 "No syntax or stream encoding errors" qpdf --check "$name.pdf"
}
# holds NAME TEXT N: the PDF gives TEXT back N times.
holds() {
    [ -z "${DOCUMENTS:-}" ] || return 0
    if ! command -v pdftotext > /dev/null; then skip "$1: its text" "pdftotext is not installed"; return; fi
    is "$1: its text is all there" "$(pdftotext -raw "$1.pdf" - | without_blanks | LC_ALL=C grep -oF -- "$2" | wc -l)" "$3"
}

{ echo "긴 낱말:"; echo; many 3000 가나; echo; } > word.md
page word ""
holds word 가나 3000
{ echo "주소: https://example.com/$(many 300 abcdefghij)/끝"; } > url.md
page url "overfull-word"
holds url abcdefghij 300
{ echo "| 가 | 나 |"; echo "|---|---|"; echo "| $(many 4000 '가나다 ') | 짧은 칸 |"; } > cell.md
page cell "row-split"
holds cell 가나다 4000
{ many 150000 '다나가'; echo; } > paragraph.md # 1.3 MB without a blank
page paragraph ""
{ many 110000 '가나다 '; echo; } > words.md
page words ""
holds words 가나다 110000
{ printf '차례가 \342\200\256뒤집힌\342\200\254 글과 \342\201\247가둔\342\201\251 글\n'; } > bidi.md
page bidi "bidi-control"
holds bidi 뒤집힌 1
{ printf 'e'; many 10000 "$(printf '\314\201')"; echo " 결합 문자"; } > marks.md
page marks "many-marks"
holds marks 결합 1
{ printf '이모지 \360\237\230\200와 없는 글자 \363\240\204\200\n'; } > missing.md
page missing "missing-glyph"

# Boxes, covers, lists of contents.
{ printf '{.toc}\n\n'; LC_ALL=C awk 'BEGIN { for (i = 0; i < 5000; i++) printf "# 제목번호%d끝\n\n", i }'; } > toc.md
page toc ""
holds toc 제목번호4999끝 2
{ printf '{.toc}\n\n# '; many 10000 '가나다 '; echo; } > title.md
page title ""
{ printf '글[^가]\n\n{.toc}\n\n[^가]: 각주내용\n\n'; LC_ALL=C awk 'BEGIN { for (i = 0; i < 200; i++) printf "# 제목\n\n" }'; } > noted.md
page noted ""
holds noted 각주내용 1
holds noted 제목 400
printf '{.toc}\n\n{.figures}\n\n글\n' > empty.md
page empty "empty-contents"
printf -- '- {.toc}\n\n# 가\n\n| {.toc} |\n|---|\n| {.box} |\n' > inside.md
page inside ""
printf '{.cover}\n\n가\n\n{.end}\n\n나\n\n{.cover}\n\n다\n\n{.end}\n' > covers.md
page covers "second-cover"
{ for i in 1 2 3 4 5 6 7 8; do printf '{.box}\n\n'; done; many 3000 '가나다 '; echo; for i in 1 2 3 4 5 6 7 8; do printf '\n{.end}\n'; done; } > boxes.md
page boxes ""
holds boxes 가나다 3000
printf '{.wide}\n글\n\n{.fat}\n글\n' > room.md
printf '[style wide]\nleft = 900\n[style fat]\nfill = gray-5\npad = 2000\nrule-top = 20 gray-5\n' > room.ini
page room "style-room" --style room.ini
holds room 글 2
printf '글\n\n{.box title="열림"}\n\n글\n' > open.md
expect "a box without end" 65 'open.md:3: {.box} without {.end}' "$BIN" render open.md -o open.pdf
{ many 20000 '[가]{.sup}[나'; echo; } > spans.md
page spans ""

# Notes and columns.
LC_ALL=C awk 'BEGIN { for (i = 0; i < 10000; i++) printf "글[^%d]\n\n", i; for (i = 0; i < 10000; i++) printf "[^%d]: 내용%d,\n", i, i }' > notes.md
page notes ""
holds notes 내용 10000
holds notes 내용9999, 1
LC_ALL=C awk 'BEGIN { print "글[^0]"; for (i = 0; i < 10000; i++) printf "[^%d]: 속[^%d]\n", i, i + 1; print "[^10000]: 끝" }' > chain.md
page chain ""
holds chain 속 10000
holds chain 끝 1
{ echo "글[^긴]과 글"; echo; echo "[^긴]: $(many 20000 '다라마 ')"; } > long.md
page long ""
holds long 다라마 20000
{ many 100000 '[^'; echo; many 100000 '[^a]:'; echo; echo; many 20000 '[^b] '; } > brackets.md
page brackets "overfull-word unknown-note unused-note"
holds brackets '[^b]' 20000
for n in 0 100 NaN; do printf '{.columns n=%s}\n\n다단 글\n\n' $n; printf '{.columns}\n\n안의 글\n\n{.end}\n\n{.end}\n\n'; done > columns.md
page columns "columns"
holds columns 다단 3
holds columns 안의 3

[ -z "${DOCUMENTS:-}" ] || exit 0

# Style sheets that are wrong end before anything is written.
echo "글" > text.md
style() { # NAME TEXT PATTERN
    printf '%b' "$2" > "$1.ini"
    expect "style: $1" 78 "$3" "$BIN" render text.md --style "$1.ini" -o "$1.pdf"
    is "style: $1: nothing is written" "$(ls "$1.pdf" 2> /dev/null)" ""
}
style nan '[style body]\nsize = nan\n' 'nan.ini:2: size = nan: not a length'
style minus '[style body]\nsize = -1\n' 'minus.ini:2: size = -1: not between'
style font '[style body]\nfont = 명조체\n' 'font.ini:2: font = 명조체: not one of'
style key '[style body]\nsise = 9\n' 'key.ini:2: unknown key "sise".*did you mean "size"'
style bytes '[style body]\n\0\0\n' 'bytes.ini:2'
expect "style: absent" 78 'none.ini' "$BIN" render text.md --style none.ini -o none.pdf
printf '[page]\nwidth = 30mm\nheight = 60mm\ntop = 2mm\nbottom = 2mm\nleft = 2mm\nright = 2mm\nhead = 1mm\nhead-rule = 1mm\nfoot = 59mm\n' > tiny.ini
limited "$BIN" render notes.md --style tiny.ini -o tiny.pdf > out 2> err
holds tiny 내용 10000
printf '[page]\nwidth = 100mm\nheight = 150mm\nhead = 5mm\nfoot = 145mm\n' > small.ini
expect "style: one that changes the page" 0 '' "$BIN" render text.md --style small.ini -o small.pdf
if command -v pdfinfo > /dev/null; then
    is "style: the page has that size" "$(pdfinfo small.pdf | sed -n 's/Page size: *//p')" "283.465 x 425.197 pts"
else
    skip "style: the page has that size" "pdfinfo is not installed"
fi

# Fonts that are not there.
printf '[text]\nfont = /nowhere/a.ttf\n' > gone.ini
expect "fonts: none there" 78 'no font for role \[text\].*/nowhere/a.ttf' "$BIN" render text.md --fonts gone.ini -o gone.pdf
finish
