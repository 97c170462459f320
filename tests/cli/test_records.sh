# Tables and JSON through the program: what is wrong with a record, a file or --map, its place, and the exit status.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
articles() { "$BIN" articles --json --db "$1" 2> /dev/null | wc -l; }
line() { printf '{"title":"누리시, 공방 %s 열어","body":"누리시는 %s째 공방을 열었다고 밝혔다."}\n' "$1" "$1"; }

for i in $(seq 1000); do if [ "$i" -eq 500 ]; then echo '{"title":"누리시, 공'; else line "$i"; fi; done > a.jsonl
expect "one line of a thousand is cut" 1 '^briefgen: a\.jsonl:500:[0-9]+: rejected: .*\[json-syntax\]' "$BIN" import --db a.db a.jsonl
is "the others go in" "$(articles a.db)" 999

{ line 1; echo '{"title":"가","title":"나","body":"다"}'; echo '{"title":"가","body":"다","x":1e999}'; echo '{"title":"\ud800","body":"다"}'; } > b.jsonl
expect "duplicate keys" 1 'b\.jsonl:2:[0-9]+: rejected: duplicate object key' "$BIN" import --db b.db b.jsonl
expect "a number beyond all" 1 'b\.jsonl:3:[0-9]+: rejected: real number overflow' "$BIN" import --again --db b.db b.jsonl
expect "half a surrogate pair" 1 'b\.jsonl:4:[0-9]+: rejected: invalid Unicode' "$BIN" import --again --db b.db b.jsonl

head -c 100000 /dev/zero | tr '\0' '[' > c.json
expect "100,000 brackets" 1 'c\.json:1:33: rejected: nested deeper than 32' "$BIN" import --db c.db c.json

{ line 1; line 2 | iconv -t CP949; line 3; printf '{"title":"가","body":"나\300\257다"}\n'; } > d.jsonl
expect "lines in another encoding are named with what they look like" 1 \
    'd\.jsonl:2:[0-9]+: rejected: not valid UTF-8 .*looks like CP949; --encoding overrules' "$BIN" import --db d.db d.jsonl
expect "overlong UTF-8, its byte" 1 'd\.jsonl:4:27: rejected: not valid UTF-8' "$BIN" import --again --db d.db d.jsonl
is "the others go in" "$(articles d.db)" 2
line 2 | iconv -t CP949 > e.jsonl
expect "CP949 is found" 0 '1 article' "$BIN" import --db e.db e.jsonl
expect "--encoding overrules that" 1 'e\.jsonl:1:[0-9]+: rejected: not valid UTF-8' "$BIN" import --db e2.db --encoding utf-8 e.jsonl

printf '제목,본문\n누리시 공방 열어,누리시는 공방을 열었다고 밝혔다.\n' > f.csv
{ printf '\377\376'; iconv -t UTF-16LE f.csv; } > f16.csv
{ printf '\357\273\277'; cat f.csv; } > f8.csv
{ cat f.csv; printf '둘,셋\000이다.\n'; } > f0.csv
expect "a mark of UTF-8, of UTF-16" 0 '1 article' "$BIN" import --db f.db f8.csv f16.csv
is "the same article" "$(articles f.db)" 1
expect "a NUL byte" 1 'f0\.csv:3:8: rejected: a NUL byte' "$BIN" import --db f.db f0.csv

{ cat f.csv; printf '셋,"넷이다.\n다섯,여섯이다.\n'; } > open.csv
expect "an open quote" 65 'open\.csv.*line 3: a quote that is never closed' "$BIN" import --db g.db open.csv f.csv
is "nothing of that file goes in, the other does" "$(articles g.db)" 1
{ cat f.csv; printf '셋,넷,이다.\n다섯\n여섯,일곱이다.,,\n'; } > wide.csv
expect "a field too many" 1 'wide\.csv:3: rejected: 3 fields where the header has 2' "$BIN" import --db h.db wide.csv
expect "a field too few" 1 'wide\.csv:4: rejected: 1 field' "$BIN" import --again --db h.db wide.csv
is "blank ones are forgiven" "$(articles h.db)" 2

{ printf '{"title":"'; head -c 40000000 /dev/zero | tr '\0' x; } > long.jsonl
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited; else bound=600000; fi # the sanitizers need terabytes
expect "a line without an end" 65 'long\.jsonl.*more than 16 MiB' bash -c "ulimit -v $bound; exec '$BIN' import --jobs 1 --db i.db long.jsonl"

printf '번호,표제어,요지\n1,누리시 공방 열어,누리시는 공방을 열었다고 밝혔다.\n2,나루시 시험소 지어,나루시는 시험소를 짓는다고 밝혔다.\n' > map.csv
expect "unknown columns: what there is and what to say" 1 \
    'map\.csv:1: rejected: columns: 번호, 표제어, 요지: say which is which with --map title=…,body=…' "$BIN" import --db j.db map.csv
expect "said by name or number" 0 '2 articles' "$BIN" import --db j.db --map title=표제어,body=3 map.csv
expect "a column that is not there" 65 'no column "표제이" \(did you mean 표제어\?\)' "$BIN" import --db k.db --map title=표제이,body=요지 map.csv
expect "a field that is none" 64 'no field "titel" \(did you mean title\?\)' "$BIN" import --db k.db --map titel=표제어 map.csv
expect "the help names the fields" 0 'excluded' "$BIN" import --help

printf '제목,본문,분석제외 여부\n하나,누리시는 공방을 열었다.,중복\n둘,나루시는 시험소를 지었다.,\n' > x.csv
expect "what the source excludes is no fault" 0 '1 article' "$BIN" import --db x.db x.csv
is "and does not go in" "$(articles x.db)" 1
printf '제목,본문,일자\n하나,누리시는 공방을 열었다.,2024-13-01\n' > date.csv
expect "a day that is none" 0 'date\.csv:2: warning: no date in "2024-13-01"' "$BIN" import --db y.db date.csv
is "is no date" "$("$BIN" articles --json --db y.db | json_tsv date_basis)" unknown

# Days as a spreadsheet's serial numbers: in a CSV, whose cells have lost their format
center='는 예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금을 지원한다.'
printf '제목,본문,보도일\n가 센터,시흥시%s,45292\n나 센터,포항시%s,45322.99\n다 센터,고양시%s,40115\n' "$center" "$center" "$center" > serial.csv
expect "a number that may be another day is none" 0 'serial.csv:4: warning: no date in "40115"' "$BIN" import --db serial.db serial.csv
is "the others are days" "$("$BIN" articles --json --db serial.db | json_tsv title published date_basis | sort | tr '\t\n' ' |')" \
    "가 센터 2024-01-01 metadata|나 센터 2024-01-31 metadata|다 센터  unknown|"

printf '제목,본문,등록일시\n하나,누리시는 공방을 열었다.,1705416000\n둘,나루시는 시험소를 지었다.,05/01/24\n' > since.csv
expect "05/01/24 is of no certain year" 0 'since\.csv:3: warning: no date in "05/01/24"' "$BIN" import --db z.db since.csv
is "seconds since 1970 are a day in Korea" "$("$BIN" articles --json --db z.db | json_tsv published | sort | tail -n 1)" 2024-01-16

printf '제목,본문,보도시점,번호\n하나,누리시는 공방을 열었다.,2024-01-16 10:00,7\n둘,나루시는 시험소를 지었다.,2024-01-17 10:00,8\n' > when.csv
expect "a table whose dates stand under an unknown name" 0 'when\.csv:2: note: no column is known as the date; "보도시점" has dates: --map date=' "$BIN" import --db w.db when.csv
is "it is said once" "$("$BIN" import --again --db w.db when.csv 2>&1 | grep -c no-date-column)" 1
"$BIN" import --db w2.db --map date=보도시점 when.csv > mapped 2>&1
is "and not where --map says so" "$(grep -c no-date-column mapped) $("$BIN" articles --json --db w2.db | json_tsv published | sort | tail -n 1)" "0 2024-01-17"

printf 'From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=EB=88=84?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n--b\r\n' > page.mhtml
expect "a page saved with its parts" 1 'page\.mhtml: rejected: looks like a mail, or a page saved .*: save it as HTML' "$BIN" import --db y.db page.mhtml
printf "{'title': '하나', 'body': '누리시는 공방을 열었다.'}\n" > repr.txt
expect "what Python prints" 1 'repr\.txt: rejected: looks like what Python prints: save it as JSON' "$BIN" import --db y.db repr.txt
printf '{\\rtf1\\ansi\\ansicpg949 {\\b x}}' > letter.rtf
expect "RTF" 1 'letter\.rtf: rejected: looks like an RTF document' "$BIN" import --db y.db letter.rtf
finish
