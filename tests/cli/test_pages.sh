# Documents made to hurt the page, through `briefgen render`: each ends in time and in memory, in a sound PDF with all of
# its text, and whatever did not fit is named.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited; else bound=800000; fi
limited() { (ulimit -v $bound; exec timeout 60 "$@"); }
many() { LC_ALL=C awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", text }'; } # N TEXT

# page NAME WARNINGS: sets NAME.md. WARNINGS are the codes that must be said, and no others.
page() {
    local name=$1 wanted=$2 status
    limited "$BIN" render "$name.md" -o "$name.pdf" > out 2> err
    status=$?
    is "$name: what is named" "$status $(sed -nE 's/^briefgen: .*\[([a-z-]+)\]$/\1/p' err | sort -u | xargs)" "0 $wanted"
    is "$name: messages are printable and short" "$(LC_ALL=C grep -c "[$(printf '\001-\010\013-\037\177')]" err) $(LC_ALL=C awk 'length > 400' err | wc -l)" "0 0"
    if ! command -v qpdf > /dev/null; then skip "$name: a sound PDF" "qpdf is not installed"; return; fi
    expect "$name: a sound PDF" 0 "No syntax or stream encoding errors" qpdf --check "$name.pdf"
}
# holds NAME TEXT N: the PDF gives TEXT back N times.
holds() {
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
