# What is wrong with inputs, row by row of the table in tests/hostile/README.md: the exit status, one message that names the
# place and the reason, the files beside it in, the database otherwise as it was, the rejects kept, nothing left over.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
for tool in sqlite3 zip zstd xz; do
    command -v $tool > /dev/null || { skip "faults of inputs" "$tool is not installed"; finish; exit; }
done
. "$ROOT/tests/cli/mixed.sh"
SEEDS=$ROOT/tests/fuzz
# Address space: the sanitizers need terabytes of it.
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited slow=6; else bound=500000 slow=1; fi
limited() { (ulimit -v $bound; exec timeout $((30 * slow)) "$@"); }

sample_page before.txt 시흥시 2024-01-15
sample_page first.txt 포항시 2024-01-16
sample_page last.txt 춘천시 2024-01-17
"$BIN" import --quiet --db before.db before.txt
# What is said of articles and initiatives; where they stood is another matter.
content() { said "$1" | grep -vE '^(sighting\||\{)'; }
cp before.db base.db && "$BIN" import --quiet --db base.db first.txt last.txt && content base.db > base.said

# row NUMBER WHAT STATUS INPUT ADDED PATTERN…: an import of INPUT between two good pages, with OPTIONS. Each PATTERN is that of
# one message after INPUT's name, and there are no others; of 65 the last line says so.
OPTIONS=()
row() {
    local name="row $1: $2" status=$3 input=$4 added=$5 problem='' said_so got pattern
    shift 5
    rm -rf now && mkdir now && cp before.db now/now.db
    limited "$BIN" import --db now/now.db "${OPTIONS[@]}" first.txt "$input" last.txt > out 2> err < "${STDIN:-/dev/null}"
    got=$?
    [ $got -eq "$status" ] || problem+="exit $got, wanted $status; "
    for pattern in "$@"; do
        said_so=$(grep -cE -- "^briefgen: $input$pattern" err)
        [ "$said_so" -eq 1 ] || problem+="said $said_so times: $pattern; "
    done
    [ "$(grep -vc '^briefgen: error: ' err)" -eq $# ] || problem+="other messages; "
    [ "$(grep -c '^briefgen: error: 1 file was set aside whole' err)" -eq $((status == 65)) ] || problem+="the end says otherwise; "
    [ "$(sqlite3 now/now.db 'SELECT COUNT(*) FROM article')" -eq $((3 + added)) ] || problem+="$(sqlite3 now/now.db 'SELECT COUNT(*) FROM article') articles; "
    if [ "$added" -eq 0 ]; then content now/now.db | cmp -s - base.said || problem+="the database says something else; "; fi
    # What was rejected or faulty is listed, with the same place and reason.
    grep -E 'rejected: |\[faulty-file\]$' err | sed -E 's/^briefgen: //; s/: (rejected|error): .*//' | sort > places
    "$BIN" rejects --quiet --db now/now.db | tail -n +2 | cut -f 4 | sort | cmp -s - places || problem+="rejects lists $("$BIN" rejects --quiet --db now/now.db | tail -n +2 | cut -f 4 | tr '\n' ' '); "
    [ "$(ls now)" = now.db ] || problem+="left: $(ls now); "
    if [ -z "$problem" ]; then ok "$name"; else not_ok "$name" "$problem" "$(head -c 1500 err)"; fi
}
line() { printf '{"title":"누리시, 공방 %s 열어","body":"누리시는 %s째 공방을 열었다고 밝혔다."}\n' "$1" "$1"; }
table() { printf '제목,본문,일자\n누리시 공방 열어,누리시는 공방을 열었다고 밝혔다.,2024-01-10\n'; }
# book NAME SHEET [PART TEXT …]: the seed workbook with parts of it replaced.
book() {
    local name=$1
    cp "$SEEDS/xlsx/dates.xlsx" "$name" && rm -rf xl && mkdir -p xl/worksheets && printf '%s' "$2" > xl/worksheets/sheet1.xml
    shift 2
    while [ $# -gt 0 ]; do printf '%s' "$2" > "$1" && shift 2; done
    zip -q "$name" $(find xl -type f)
}
cells() { local c; printf '<row>'; for c in "$@"; do case $c in '<c'*) printf '%s' "$c" ;; *) printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$c" ;; esac; done; printf '</row>'; }
sheet() { printf '<worksheet><sheetData>%s</sheetData></worksheet>' "$1"; }

# ---- JSON ----

for i in $(seq 1000); do if [ "$i" -eq 500 ]; then echo '{"title":"누리시, 공'; else line "$i"; fi; done > a.jsonl
row 1 "JSON Lines, line 500 of 1,000 cut" 1 a.jsonl 999 ':500:[0-9]+: rejected: .*\[json-syntax\]'
head -c 100000 /dev/zero | tr '\0' '[' > deep.json
row 2 "100,000 brackets in each other" 1 deep.json 0 ':1:33: rejected: nested deeper than 32'
{ line 1; printf '{"title":"깊이","body":'; head -c 100000 /dev/zero | tr '\0' '['; head -c 100000 /dev/zero | tr '\0' ']'; echo '}'; line 2; } > deep.jsonl
row 2 "the same in one record of several" 1 deep.jsonl 2 ':2: rejected: nested deeper than 32'
{ line 1; echo '{"title":"가","title":"나","body":"다"}'; echo '{"title":"가","body":"다","x":1e999}'; echo '{"title":"\ud800","body":"다"}'; line 2; } > odd.jsonl
row 3 "duplicate keys, 1e999, half a surrogate pair" 1 odd.jsonl 2 ':2:[0-9]+: rejected: duplicate object key' ':3:[0-9]+: rejected: real number overflow' ':4:[0-9]+: rejected: .*'

# ---- encodings ----

cp "$ROOT/tests/hostile/bad-utf8.txt" .
row 4 "a page that is no UTF-8" 1 bad-utf8.txt 0 ': rejected: byte 40: not valid UTF-8'
{ line 1; printf '{"title":"가","body":"나\300\257다"}\n{"title":"가","body":"\355\240\200"}\n{"title":"가","body":"\377"}\n'; line 2; } > bad.jsonl
row 4 "overlong, surrogate and invalid bytes in records" 1 bad.jsonl 2 ':2:27: rejected: not valid UTF-8' ':3:24: rejected: not valid UTF-8' ':4:24: rejected: not valid UTF-8'
{ table; printf '둘,셋\300\257이다.,2024-01-11\n'; printf '다섯시,여섯이다.,2024-01-12\n'; } > bad.csv
row 4 "and in a row" 1 bad.csv 2 ':3:[0-9]+: rejected: not valid UTF-8'
is "row 4: no sign stands in for them" "$(sqlite3 now/now.db "SELECT COUNT(*) FROM article WHERE instr(title || body || raw, char(65533))")" 0
cp "$ROOT/tests/hostile/cp949-named-utf8.txt" "$ROOT/tests/hostile/mixed.txt" .
row 5 "CP949 that calls itself UTF-8" 0 cp949-named-utf8.txt 1 ': note: declares the charset utf-8, is cp949.*'
row 5 "UTF-8 and CP949 in one page" 1 mixed.txt 0 ': rejected: byte 211: not valid UTF-8.*\[mixed-encoding\]'
{ line 1; line 2 | iconv -f UTF-8 -t CP949; line 3; } > mixed.jsonl
row 5 "UTF-8 and CP949 by lines" 1 mixed.jsonl 2 ':2:[0-9]+: rejected: not valid UTF-8 .*looks like CP949; --encoding overrules'
line 2 | iconv -f UTF-8 -t CP949 > told.jsonl
OPTIONS=(--encoding utf-8)
row 5 "--encoding overrules the guess" 1 told.jsonl 0 ':1:[0-9]+: rejected: not valid UTF-8'
OPTIONS=()
table > t8.csv && { printf '\357\273\277'; cat t8.csv; } > bom.csv && { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE t8.csv; } > le.csv
{ printf '\376\377'; line 1 | iconv -f UTF-8 -t UTF-16BE; } > be.jsonl && { printf '\357\273\277'; line 1; } > bom.jsonl
{ printf '\377\376'; sed 's/시흥/양산/' before.txt | iconv -f UTF-8 -t UTF-16LE; } > le.txt
for file in bom.csv le.csv be.jsonl bom.jsonl le.txt; do row 6 "a byte order mark: $file" 0 $file 1; done
{ table; printf '둘,셋\000이다.,2024-01-11\n'; } > nul.csv && { line 1; printf '{"title":"가","body":"나\000다"}\n'; } > nul.jsonl
cp "$ROOT/tests/hostile/nul.txt" .
row 6 "NUL in a row" 1 nul.csv 1 ':3:8: rejected: a NUL byte'
row 6 "NUL in a record" 1 nul.jsonl 1 ':2:[0-9]+: rejected: .*'
row 6 "NUL in a page" 1 nul.txt 0 ': rejected: NUL at byte 110.*\[nul-byte\]'

# ---- tables ----

{ table; printf '셋,"넷이다.\n'; for i in $(seq 5000); do printf '제목 %d,본문이 %d이다.,2024-01-11\n' "$i" "$i"; done; } > open.csv
row 7 "a quote that is never closed" 65 open.csv 0 ': error: line 3: a quote that is never closed.*\[faulty-file\]'
{ table; printf '셋,넷,2024-01-11,이다.\n다섯\n여섯시,일곱이다.,2024-01-12,,\n'; } > wide.csv
row 8 "a field too many, two too few" 1 wide.csv 2 ':3: rejected: 4 fields where the header has 3' ':4: rejected: 1 field where the header has 3'

# ---- lines without an end ----

endless() { printf '%s' "$1"; yes '가나다라마바사아자차카타파하' | tr -d '\n' | head -c 2G; }
mkfifo pipe
for start in '{"title":"' '[{"title":"' '제목,본문,일자
누리시,"' '<!DOCTYPE html><title>' '누리시, '; do
    endless "$start" > pipe 2> /dev/null &
    case $start in '<!'* | 누*) wanted='1 rejected' ;; *) wanted='65 error' ;; esac
    cp before.db endless.db
    limited "$BIN" import --jobs 1 --db endless.db pipe > out 2> err
    got=$?
    wait
    is "row 9: 2 GiB that begin with $(head -n 1 <<< "$start")" \
        "$got $(sed -nE 's/^briefgen: pipe: (rejected|error): .*more than 16.*/\1/p' err) $(content endless.db | cmp - <(content before.db) 2>&1)" "$wanted "
done
{
    printf '<?xml version="1.0"?><rss><channel><title>가람신문</title>\n<item><title>'
    yes '가나다라마바사아자차카타파하' | tr -d '\n' | head -c 210000000 # whole letters
    printf '</title></item>\n<item><title>누리시, 공방 열어</title><description>누리시는 공방을 열었다고 밝혔다.</description></item></channel></rss>\n'
} > long.xml
row 9 "210 MB in an element of a feed" 1 long.xml 1 ':2: rejected: .*16.*'
rm long.xml

# ---- HTML ----

tags() { printf '<html><head><title>누리시, 공방 열어</title></head><body><p>누리시는 공방을 열었다고 10일 밝혔다. 올해 열 곳을 더 연다.</p>'; yes "$1" | tr -d '\n' | head -c $((${#1} * 1000000)); printf '<p>누리시는 공방을 열었다고 밝혔다.</p></body></html>'; }
for tag in '<b>' '<div>' '<p>' '</b>' '<td>' '<a href=x>' '<!--'; do
    tags "$tag" > tags.html
    limited "$BIN" import --db tags.db tags.html > out 2> err
    got=$?
    is "row 10: a million times $tag" "$((got <= 1)) $(grep -vc '^briefgen: tags.html' err)" "1 0"
done
cat > script.html << 'PAGE'
<!DOCTYPE html><html><head><meta charset="utf-8"><title>누리시, 창업공방 열어</title><script>var 나쁜말 = "<p>나쁜말</p>";</script>
<link rel="canonical" href="javascript:alert(1)"><meta property="article:published_time" content="2024-01-10T09:00:00+09:00"></head>
<body><h1>누리시, 창업공방 열어</h1><article><p onclick="나쁜말()">누리시는 창업&#44277;&#xBC29;을 열었다고 밝혔다. A &lt;i&gt; &copy; &notit; &#0; &#x110000;</p>
<p><a href="javascript:나쁜말()">올해 창업기업 열 곳</a>을 더 받아 자금과 상담을 지원할 계획이라고 한다.<script>나쁜말()</script></p><style>.나쁜말{}</style></article></body></html>
PAGE
row 11 "scripts, handlers, links and entities" 0 script.html 1
is "row 11: only what is shown" "$(sqlite3 now/now.db "SELECT instr(title || body, '나쁜말'), instr(body, '창업공방을') > 0, instr(body, 'A <i> ©') > 0, url FROM article WHERE source = 'script.html'")" "0|1|1|"

# ---- workbooks ----

cp "$SEEDS"/xlsx/{doctype,external,overlap,checksum,lies,encrypted,beyond,gap}.xlsx .
row 12 "a document type in a workbook" 65 doctype.xlsx 0 ': error: .*sheet1.xml:1:[0-9]+: a <!DOCTYPE.*'
laughs='<!DOCTYPE a [<!ENTITY b0 "ha">'
for i in 1 2 3 4 5 6 7 8 9; do laughs+="<!ENTITY b$i \"$(for _ in 1 2 3 4 5 6 7 8 9 10; do printf '&b%d;' $((i - 1)); done)\">"; done
book laughs.xlsx "$laughs]>$(sheet "$(cells '&b9;' 본문)")"
row 12 "a billion laughs in a workbook" 65 laughs.xlsx 0 ': error: .*sheet1.xml:1:[0-9]+: a <!DOCTYPE.*'
printf '<?xml version="1.0"?>\n%s]>\n<rss><channel><item><title>&b9;</title></item></channel></rss>' "$laughs" > laughs.xml
row 12 "and in a feed" 65 laughs.xml 0 ': error: line 2, .*'
row 13 "a part outside the workbook" 65 external.xlsx 0 ': error: .*outside it \("file:///etc/passwd"\): not opened.*'
printf '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<rss><channel><item><title>가</title><description>&x;</description></item></channel></rss>' > xxe.xml
row 13 "an entity outside a feed" 65 xxe.xml 0 ': error: line 2, .*'
case $BUILD in *-san) traced= ;; *) traced=$(strace -f -o /dev/null echo yes 2> /dev/null) ;; esac
if [ -n "$traced" ]; then
    strace -f -e trace=open,openat,connect -o calls "$BIN" import --db traced.db external.xlsx xxe.xml > out 2>&1
    is "row 13: nothing is opened" "$(grep -c '/etc/passwd\|connect(' calls)" 0
else
    skip "row 13: nothing is opened" "strace is not installed or may not trace this build"
fi

# ---- archives ----

head -c 100M /dev/zero > zeros
gzip -9 < zeros > bomb.gz && zstd -q -19 < zeros > bomb.zst && xz -0 < zeros > bomb.xz && bzip2 < zeros > bomb.bz2 && zip -q bomb.zip zeros && tar -czf bomb.tar.gz zeros
head -c 30M zeros | tr '\0' ' ' > blanks && book bomb.xlsx "<worksheet><sheetData>$(cat blanks)</sheetData></worksheet>"
for file in bomb.gz bomb.zst bomb.xz bomb.bz2 bomb.zip bomb.tar.gz bomb.xlsx; do
    row 14 "a bomb: $file" 65 $file 0 ': error: .*unpacks to more than 100 times.*'
done
rm zeros blanks
for kind in overlap checksum lies encrypted; do
    case $kind in overlap) reason='members .* overlap' ;; checksum) reason='sheet1.xml: CRC error' ;; lies) reason='sheet1.xml: holds more than the 10 bytes' ;; *) reason='sheet1.xml: is encrypted' ;; esac
    row 15 "$kind" 65 $kind.xlsx 0 ": error: .*$reason.*"
done
zip -q -P secret locked.zip before.txt && row 15 "a ZIP with a password" 65 locked.zip 0 ': error: .*before\.txt.* encrypted.*'
table > ok.csv && zip -q cut.zip ok.csv before.txt && truncate -s -30 cut.zip && row 15 "a ZIP cut short" 65 cut.zip 0 ': error: .*'
tar -czf cut.tar.gz ok.csv before.txt && truncate -s -30 cut.tar.gz && row 15 "a tar.gz cut short" 65 cut.tar.gz 0 ': error: .*'
mkdir -p a/b/c && sed 's/시흥/양산/' before.txt > dotdotxetcxx.txt && zip -q up.zip dotdotxetcxx.txt
LC_ALL=C sed -i 's/dotdotxetcxx/..\/..\/etc\/xx/g' up.zip
cp up.zip a/b/c/ && (cd a/b/c && tar -cPf ../../../up.tar ../../../dotdotxetcxx.txt)
for file in a/b/c/up.zip up.tar; do row 16 "a member that leaves its folder: $file" 0 $file 1; done
is "row 16: nothing is unpacked to disk" "$(find . -name 'xx.txt' -o -path './a/*' -type f ! -name up.zip)" ""

# ---- cells ----

row 17 "a cell beyond XFD1048576" 65 beyond.xlsx 0 ': error: 시트1!XFE1048577: no cell of A1 to XFD1048576.*'
row 17 "row 1,000,000,000" 65 gap.xlsx 0 ': error: 시트1: row 1000000000 is none of 1 to 1048576.*'
head=$(cells 제목 본문 일자)
text() { printf '누리시는 %s째 공방을 열었다고 밝혔다.' "$1"; }
day() { printf '<c s="1"><v>%s</v></c>' "$1"; }
book d1900.xlsx "$(sheet "$head$(cells 하나 "$(text 1)" "$(day 45307.5)")$(cells 둘 "$(text 2)" "$(day 60)")$(cells 셋 "$(text 3)" "$(day 61)")$(cells 넷 "$(text 4)" 2024-13-01)")"
row 18 "days by number, 1900" 0 d1900.xlsx 4 '!시트1:3: warning: no date in "1900-02-29"' '!시트1:4: warning: no date in "1900-03-01"' '!시트1:5: warning: no date in "2024-13-01"'
is "row 18: 45307.5 is 2024-01-16, the others are no day of news" "$("$BIN" articles --json --db now/now.db | json_tsv title published | grep -E '^(하나|둘|셋|넷)' | sort | tr '\t\n' ' |')" "넷 |둘 |셋 |하나 2024-01-16|"
cp "$SEEDS/xlsx/dates1904.xlsx" .
row 18 "days by number, 1904" 0 dates1904.xlsx 1
is "row 18: 43845 is 2024-01-16 there" "$("$BIN" articles --json --db now/now.db | json_tsv published source | grep 1904)" "2024-01-16	dates1904.xlsx!시트1:2"

# ---- the system ----

# A large input, so that the database has to be written to while it is read.
for i in $(seq 3000); do line "$i"; done > large.jsonl
cp before.db full.db
(ulimit -f 400; limited "$BIN" import --db full.db large.jsonl) > out 2> err
is "row 30: a limit on the size of files" "$? $(grep -c '^briefgen: error: full.db: ' err) $(wc -l < err) $(content full.db | cmp - <(content before.db) 2>&1) $(ls full.db*)" "74 1 1  full.db"
if [ -e /dev/full ]; then
    cp before.db printed.db
    limited "$BIN" import --db printed.db first.txt last.txt > /dev/full 2> err
    is "row 31: standard output is full: all is in, and it says that it could not say so" "$? $(grep -c '^briefgen: error: standard output' err) $(content printed.db | cmp - base.said 2>&1)" "74 1 "
fi
cp before.db printed.db
{ limited "$BIN" import --db printed.db first.txt last.txt 2> err; echo $? > status; } | sleep 0 
content printed.db > now.said
is "row 31: a pipe that nobody reads" "$(grep -cxE '0|74|141' status) $(cmp now.said base.said 2>&1)" "1 "

# ---- the same again, and what changes meanwhile ----

cp before.db twice.db
expect "row 39: a file twice in one import" 0 '^2 files: 2 articles added' "$BIN" import --db twice.db first.txt last.txt first.txt
is "row 39: no article twice" "$(content twice.db | cmp - base.said 2>&1)" ""
expect "row 39: under another name it is known" 0 ' 0 articles added, 1 known' "$BIN" import --db twice.db ./first.txt
mkdir folder && cp first.txt last.txt folder/ && for i in 1 2 3; do sample_page folder/x$i.txt 양산시 2024-01-2$i; done
"$BIN" import --db folder.db pipe folder > out 2> err &
importer=$!
exec 3> pipe
sleep 1 # the folder has been walked, and waits until the pipe has been read
rm folder/x1.txt && echo '다른 말' >> folder/x2.txt && sample_page folder/x4.txt 양산시 2024-01-24
cat before.txt >&3
exec 3>&-
wait $importer
is "row 39: a folder that changes: the file that is gone and the one that has changed are named" "$? $(grep -c '^briefgen: folder/x1.txt: rejected: .*\[unreadable\]' err) $(grep -c '^briefgen: folder/x2.txt: warning: changed' err) $(wc -l < err)" "1 1 1 2"
is "row 39: what is gone is listed, once" "$("$BIN" rejects --quiet --db folder.db | tail -n +2 | cut -f 3,4)" "unreadable	folder/x1.txt"
expect "row 39: and the next import has all of it" 0 '^2 files: ' "$BIN" import --db folder.db folder

# ---- the table ----

expect "every row of the table has a test, and every test its row" 0 '^[0-9]+ rows kept, 0 skipped, 0 broken' "$ROOT/tests/hostile/rows" --names
sed 's/^| 12 |/| 99 |/' "$ROOT/tests/hostile/README.md" > table.md
expect "a row without a test is seen" 1 '99  UNTESTED' env TABLE="$SCRATCH/table.md" "$ROOT/tests/hostile/rows" --names
expect "a test without a row is seen" 1 'bear the number 12, which' env TABLE="$SCRATCH/table.md" "$ROOT/tests/hostile/rows" --names
finish
