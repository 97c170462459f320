# --pdf access, archive and plain: by option and setting; the tables inside the PDF; the same bytes again; what a profile
# refuses, and that nothing is left of it then.
. "$(dirname "$0")/lib.sh"
MONTH=2024-01
if ! command -v pdfdetach > /dev/null || ! command -v qpdf > /dev/null; then
    skip "profiles of the PDF" "poppler-utils or qpdf is not installed"
    finish
    exit
fi
"$BUILD/make-hostile" "$SCRATCH/made"
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db sample.db "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
brief() { "$BIN" --month $MONTH --db sample.db --quiet "$@"; } # OPTIONS…
detach() { mkdir -p "$2" && pdfdetach -saveall -o "$2" "$1" > /dev/null; } # PDF FOLDER
sums() { (cd "$1" && find . -type f ! -name 'manifest*' ! -name '*.pdf' -exec sha256sum {} + | sort -k 2); } # FOLDER
listed() { # MANIFEST: name and hash of each file that it lists
    sed 's/.*"files":\[//; s/\].*//; s/},{/\n/g' "$1" |
        sed -n 's/.*"name":"\([^"]*\)","bytes":[0-9]*,"sha256":"\([0-9a-f]*\)".*/\2  .\/\1/p' | sort -k 2
}
fact() { pdfinfo "$1" | sed -n "s/^$2: *//p"; } # PDF NAME

# ---- which profile ----
printf '# 가\n\n나 [다](https://example.com/)\n' > a.md
for profile in access archive plain; do
    expect "--pdf $profile" 0 "^$profile.pdf$" "$BIN" render a.md -o $profile.pdf --pdf $profile
    BRIEFGEN_PDF=$profile "$BIN" render a.md -o by-variable.pdf > /dev/null
    printf 'pdf = %s\n' $profile > briefgen.ini
    "$BIN" render a.md -o by-setting.pdf > /dev/null
    expect "… doctor knows it from the settings" 0 "  pdf +$profile +from briefgen.ini" "$BIN" doctor --db none.db
    rm briefgen.ini
    is "… as a variable and a setting" "$(cmp $profile.pdf by-variable.pdf; cmp $profile.pdf by-setting.pdf)" ""
    expect "… qpdf finds it sound" 0 "No syntax or stream encoding errors" qpdf --check $profile.pdf
done
"$BIN" render a.md -o default.pdf > /dev/null
is "access is the default" "$(cmp default.pdf access.pdf)" ""
is "tagged" "$(for p in access archive plain; do fact $p.pdf Tagged; done | tr '\n' ' ')" "yes yes no "
is "version" "$(for p in access archive plain; do fact $p.pdf 'PDF version'; done | tr '\n' ' ')" "1.7 1.4 1.7 "
is "what it claims" "$(for p in access archive plain; do pdfinfo -meta $p.pdf | sed -nE 's/.*<(pdfa|pdfua)id:(part|conformance)>([^<]*)<.*/\1 \3/p'; done | tr '\n' ' ')" "pdfa 3 pdfa A pdfua 1 pdfa 1 pdfa A "
expect "a slip has a suggestion" 64 'error: --pdf acess: not one of access, archive, plain; did you mean "access"\?' "$BIN" render a.md --pdf acess
expect "… of a brief, too" 64 'did you mean "archive"\?' brief --pdf archiv
expect "… and in a variable" 78 'BRIEFGEN_PDF: pdf = plan: not one of' env BRIEFGEN_PDF=plan "$BIN" render a.md
expect "… doctor says so" 0 'PROBLEM: --pdf plan: not one of' "$BIN" doctor --db none.db --pdf plan
for other in html md; do expect "--pdf of a page: $other" 64 "error: --pdf plain: $other is no PDF" "$BIN" render a.md -o a.$other --pdf plain; done
expect "… by a variable it does no harm" 0 '^a.html$' env BRIEFGEN_PDF=archive "$BIN" render a.md -o a.html
expect "--dump-tags and another form" 64 'error: --dump-tags is --as tags, which does not go with --as doc' "$BIN" render a.md --as doc --dump-tags

# ---- who it is by ----
creator() { pdfinfo -meta "$1" | sed -n 's|.*<dc:creator><rdf:Seq><rdf:li>\(.*\)</rdf:li></rdf:Seq></dc:creator>.*|\1|p'; }
by() { # NAME WANTED COMMAND...: the author of by.pdf
    "${@:3}" > /dev/null 2> err
    is "the author $1" "$(fact by.pdf Author), $(creator by.pdf), $(cat err)" "$2, $2, "
}
printf -- '---\nauthor: 시험 부서\n---\n\n# 가\n' > own.md
brief --output by > /dev/null
is "the author of a brief" "$(fact by/*/*.pdf Author)" "briefgen"
brief --output by --author '시흥시 <기획>' > /dev/null
is "… by the option" "$(fact by/*/*.pdf Author), $(creator by/*/*.pdf)" "시흥시 <기획>, 시흥시 &lt;기획&gt;"
by "of a document that names none" "" "$BIN" render a.md -o by.pdf
by "by a variable" 부서 env BRIEFGEN_AUTHOR=부서 "$BIN" render a.md -o by.pdf
by "by the document" "시험 부서" env BRIEFGEN_AUTHOR=부서 "$BIN" render own.md -o by.pdf
by "by the option before that" 과 "$BIN" render own.md -o by.pdf --author 과
printf 'author = 설정\n' > briefgen.ini
by "by the settings" 설정 "$BIN" render a.md -o by.pdf
brief --output by > /dev/null
is "… of a brief, too" "$(fact by/*/*.pdf Author)" "설정"
printf 'author =\n' > briefgen.ini
brief --output by > /dev/null
is "… none where that is empty" "$(fact by/*/*.pdf Author)" ""
rm briefgen.ini
expect "an author who is no text" 64 'error: --author: the author.s name is not UTF-8' "$BIN" render a.md --author $'\xb0\xa1'

# ---- the tables inside ----
brief --output both
detach both/$MONTH/brief-$MONTH.pdf in
is "the tables inside are those beside it" "$(sums in)" "$(sums both/$MONTH)"
is "… six files" "$(sums in | wc -l)" 6
is "the manifest inside lists them" "$(listed in/manifest-$MONTH.json)" "$(sums in)"
is "… and says what the one beside it says" "$(sed 's/"files".*//' in/manifest-$MONTH.json)" "$(sed 's/"files".*//' both/$MONTH/manifest.json)"
brief --output alone --format pdf
is "the PDF alone has them, too" "$(cmp alone/$MONTH/brief-$MONTH.pdf both/$MONTH/brief-$MONTH.pdf)" ""
is "… and they are not written" "$(cd alone/$MONTH && echo *)" "brief-$MONTH.pdf manifest.json"
brief --output english --region 경기 --lang en --csv-encoding utf-8
detach english/$MONTH/41000/brief-$MONTH-41000.pdf in-english
is "by --lang and --csv-encoding" "$(sums in-english)" "$(sums english/$MONTH/41000)"
is "what they are is said in Korean" "$(qpdf --qdf --object-streams=disable both/$MONTH/brief-$MONTH.pdf - | LC_ALL=C grep -ac '/Desc <feff')" 7
is "… or English" "$(qpdf --qdf --object-streams=disable english/$MONTH/41000/brief-$MONTH-41000.pdf - | LC_ALL=C grep -aoE '/Desc \((cities|initiatives|articles|trend|facts):' | wc -l)" 5
"$BIN" import --quiet --db hostile.db "$ROOT/tests/hostile/titles.jsonl" > /dev/null 2>&1
expect "a table that cannot be as asked" 65 'has no place in CP949' "$BIN" --month $MONTH --db hostile.db --output none --format pdf --csv-encoding cp949
is "… nothing is written" "$(find none -type f 2> /dev/null)" ""
for profile in archive plain; do
    brief --output $profile --pdf $profile
    is "$profile: no files inside" "$(pdfdetach -list $profile/$MONTH/brief-$MONTH.pdf)" "0 embedded files"
    is "$profile: the same tables beside it" "$(sums $profile/$MONTH)" "$(sums both/$MONTH)"
done

# ---- the same bytes ----
for profile in access archive plain; do
    brief --output first --pdf $profile
    TZ=Pacific/Apia LC_ALL=C brief --output second --pdf $profile
    is "$profile: the same bytes again" "$(diff -r first second)" ""
    brief --output one --pdf $profile --all-regions province --jobs 1
    brief --output three --pdf $profile --all-regions province --jobs 3
    is "$profile: and of a set, whatever the number of jobs" "$(diff -r one three) $(find one -name '*.pdf' | wc -l)" " 17"
    brief --output single --pdf $profile --region 경기
    is "$profile: which are those of single runs" "$(diff -r single/$MONTH/41000 one/$MONTH/41000)" ""
    rm -rf first second one three single
done

# ---- a character that no font has ----
printf -- '---\ntitle: 가\n---\n\n# 나\n\n다\n\n## 라\n\n마을 🜁 바다\n' > lacks.md
expect "row 20: by default it is a box, with a warning" 0 '라: warning: no font has the character U\+1F701 "🜁".*\[missing-glyph\]' "$BIN" render lacks.md -o lacks.pdf
is "row 20: … in a PDF that keeps its promise" "$(pdfinfo -meta lacks.pdf | grep -c '<pdfuaid:part>1<')" 1
is "row 20: … whose text has it" "$(pdftotext lacks.pdf - | grep -c '마을 🜁 바다')" 1
remember lacks.pdf
for profile in access archive; do
    expect "row 20: $profile by name: an error that says where" 65 "error: --pdf $profile: 라: no font has the character U\+1F701 \"🜁\"" "$BIN" render lacks.md -o lacks.pdf --pdf $profile
    expect "row 20: … also in quiet" 65 'U\+1F701 "🜁"' "$BIN" render lacks.md -o lacks.pdf --pdf $profile --quiet
done
printf 'pdf = access\n' > briefgen.ini
expect "row 20: by a setting likewise" 65 'error: briefgen.ini: pdf = access: 라: no font has' "$BIN" render lacks.md -o lacks.pdf
expect "row 20: … which the option overrules" 0 '' "$BIN" render lacks.md -o plain.pdf --pdf plain
rm briefgen.ini
unchanged "row 20: the PDF of before is as it was"
brief --output kept --template lacks.md
remember kept/$MONTH/*
expect "row 20: a brief" 65 'U\+1F701 "🜁"' brief --output kept --template lacks.md --pdf archive
unchanged "row 20: … leaves that of before as it was"
no_strays "row 20: … and nothing else" kept
expect "row 20: a set says it of each" 65 '\(11000\): error: --pdf access: 라: no font has' brief --output set --template lacks.md --pdf access --all-regions province --region 서울
is "row 20: … and writes nothing" "$(find set -type f)" ""

# ---- fonts ----
for name in no-box restricted; do
    mkdir $name
    cp made/$name.ttf $name/
    printf '[text]\nfont = %s.ttf\n' $name > $name/fonts.ini
done
printf 'A i A\n' > covered.md
printf '# A\n\nA i 나\n' > box.md
expect "row 20: no font has a box: the file is a plain one, and the warning says so" 0 'warning: the PDF is a plain one, .*is in no font.*\[plain-pdf\]' "$BIN" render box.md -o box.pdf --fonts no-box
is "row 20: … nor claims it" "$(pdfinfo -meta box.pdf | grep -cE 'conformance>A|pdfuaid:part>')" 0
expect "row 20: … an error by name" 65 'no font has the character U\+B098 "나"' "$BIN" render box.md -o named.pdf --fonts no-box --pdf access
is "row 20: … nothing is written" "$(find . -name named.pdf)" ""
for profile in access archive plain; do
    expect "row 38: $profile: a font that may not be embedded is named" 78 'Restricted may not be embedded: .*; take a font that may' "$BIN" render covered.md -o restricted.pdf --fonts restricted --pdf $profile
done
is "row 38: nothing is written" "$(find . -name restricted.pdf)" ""

# ---- what is no character, rows and items of nothing ----
printf '# &#xFFFE;\n\n가&#65535;나 [다&#xFFFE;](https://example.com/&#xFFFE;)\n' > none-such.md
expect "row 40: references to what is no character" 0 '' "$BIN" render none-such.md -o none-such.pdf
is "row 40: … are U+FFFD in what is copied" "$(pdftotext none-such.pdf - | grep -c '^가�나 다�$')" 1
for other in html md; do
    "$BIN" render none-such.md -o none-such.$other > /dev/null
    is "row 40: … $other is UTF-8" "$(iconv -f utf-8 -t utf-8 none-such.$other 2>&1 > /dev/null; grep -c '가�나' none-such.$other)" 1
done
for profile in access archive; do
    expect "row 41: $profile: rows, items, cards of nothing" 0 '' "$BIN" render "$ROOT/tests/conformance/cases/nothing.md" -o nothing.pdf --pdf $profile
    is "row 41: $profile: all rows are there but those without a cell" "$(pdfinfo -struct nothing.pdf 2>&1 | grep -cE '^ *TR$')" 12
    is "row 41: $profile: no link without text; of a card a label will do" "$(qpdf --json --json-key=qpdf nothing.pdf | grep -c '"/S": "/URI"')" 4
done

for day in 1582-12-31 1583-01-01; do
    printf -- '---\ncreated: %s\n---\n\n가\n' $day > day.md
    "$BIN" render day.md -o $day.pdf --pdf archive > /dev/null
done
is "a day before the calendar of today is left out" "$(for day in 1582-12-31 1583-01-01; do pdfinfo -meta $day.pdf | grep -c 'xmp:CreateDate'; done | tr '\n' ' ')" "0 1 "

# ---- titles, links, tables ----
{
    printf -- '---\ntitle: "가\007나\033[31m\342\200\256다\342\200\254 ) /OpenAction << \177끝"\nauthor: \001저자\001\nsubject: '
    printf '긴%.0s' $(seq 10000)
    printf '\nkeywords:\nlang: ko\nrunning_head: \n---\n\n# 제\007목\342\200\256둘\342\200\254 <b>&amp;\n\n본문 [하나](javascript:alert(1)) [둘](file:///etc/passwd) [셋](https://example.com/a)\n\n## '
    printf '긴 %.0s' $(seq 5000)
    printf '\n\n글\n'
} > titles.md
printf -- '---\ntitle: \n---\n\n글\n' > empty.md
printf '글\n' > none.md
{
    printf '| 가 | 나 |\n| --- | ---: |\n'
    for n in $(seq 5000); do echo "| 행 $n | $n |"; done
} > long.md
printf -- '---\nlang: en_US\n---\n\n글\n' > language.md
expect "a lang: that names no language" 0 'warning: lang: en_US names no language; .*; ko is taken \[unknown-language\]' "$BIN" render language.md -o language.pdf
expect "… of a web page, too" 0 'warning: lang: en_US names no language' "$BIN" render language.md -o language.html
for profile in access archive plain; do
    expect "row 19: $profile: odd titles" 0 '2 links are left out' "$BIN" render titles.md -o titles.pdf --pdf $profile
    expect "row 19: $profile: the file is sound" 0 "No syntax or stream encoding errors" qpdf --check titles.pdf
    is "row 19: $profile: the title without controls" "$(fact titles.pdf Title)" "가 나 [31m다 ) /OpenAction << 끝"
    is "row 19: $profile: a subject of 10,000 characters is cut" "$(fact titles.pdf Subject | tr -d '\n' | wc -m)" 5333
    is "row 19: $profile: no control, no direction in bookmarks" "$(qpdf --json --json-key=outlines titles.pdf | LC_ALL=C grep -cE "$(printf '\342\200[\252-\256]|\\\\u00[01]')")" 0
    qpdf --json=2 --json-key=qpdf titles.pdf > objects
    is "row 23: $profile: a title is inert" "$(grep -oE '"/(OpenAction|AA|JS)"' objects)" ""
    is "row 25: $profile: one link, and no other action" "$(grep -oE '"/S": "/(URI|JavaScript|Launch|GoToR|GoToE|SubmitForm|ImportData)"' objects)" '"/S": "/URI"'
    for odd in empty none; do
        expect "$profile: a document without a title ($odd)" 0 "" "$BIN" render $odd.md -o $odd.pdf --pdf $profile
        [ $profile = plain ] || is "$profile: … has one in the end" "$(fact $odd.pdf Title)" "글"
    done
    expect "$profile: a table of 5,000 rows" 0 "" timeout 60 "$BIN" render long.md -o long.pdf --pdf $profile
    expect "$profile: … is sound" 0 "No syntax or stream encoding errors" qpdf --check long.pdf
    [ $profile = plain ] || is "$profile: … and whole" "$(pdfinfo -struct long.pdf 2>&1 | sed 's/^ *//' | sed -nE 's/^(TR|TD|TH|Syntax)\b.*/\1/p' | sort | uniq -c | tr -s ' \n' ' ')" " 5000 TD 5002 TH 5001 TR "
done
finish
