# `briefgen rejects`: what was set aside, its totals, mended and imported again, struck off; `briefgen limits`.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
DB=r.db
rejects() { "$BIN" rejects --db $DB "$@"; }
ids() { rejects --quiet "$@" | tail -n +2 | cut -f 1 | tr '\n' ' '; }
center='시흥시는 예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금을 지원한다.'
mkdir in
printf '제목,본문,일자\r\n"시흥시, 센터 열어",%s,2024-01-10\r\n=제목만,,2024-01-11\r\n"셋, 넷",하나,둘,셋\r\n' "$center" > in/a.csv
printf '제목;본문;지면;일자\r\n반달시 제목만;;3;2024-01-11\r\n' | iconv -f UTF-8 -t CP949 > in/b.csv
printf '{"title":"제목만"}\n{"title":"깨진\n{"title":"시흥시, 둘째 센터 열어","body":"%s","date":"2024-01-12"}\n' "$center" > in/c.jsonl
cat > in/d.xml << 'END'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>새벽&amp;저녁신문</title>
<item><title>본문 없는 기사</title><link>https://news.example/1</link><pubDate>Tue, 16 Jan 2024 09:00:00 +0900</pubDate></item>
</channel></rss>
END
printf 'PK\003\004 cut short' > in/e.zip
: > in/f.txt
"$BIN" import --quiet --db $DB in > out 2> err
is "the rest is in" "$? $("$BIN" articles --json --db $DB | wc -l)" "65 2"

# The list
is "the head" "$(rejects --quiet | head -n 1 | tr '\t' '|')" "번호|가져오기|종류|자리|까닭"
rejects > list 2> totals
is "every one of them" "$(tail -n +2 list | cut -f 3 | sort | uniq -c | awk '{ print $2, $1 }' | tr '\n' ' ')" "$(sed -E 's/.*set aside: //; s/([0-9]+) ([a-z-]+),?/\2 \1/g' totals | tr ' ' '\n' | paste -d ' ' - - | sort | tr '\n' ' ')"
is "with their places" "$(tail -n +2 list | cut -f 4 | tr '\n' ' ')" "in/a.csv:3 in/a.csv:4 in/b.csv:2 in/c.jsonl:1 in/c.jsonl:2:12 in/d.xml:3 in/e.zip in/f.txt "
is "as many as doctor counts" "$("$BIN" doctor --db $DB | awk '/set aside/ { print $3 }')" "8"
is "of one kind" "$(ids --code no-body)" "$(awk -F '\t' '$3 == "no-body" { printf "%s ", $1 }' list)"
is "as JSON" "$(rejects --quiet --json --code column-count)" '{"id":2,"import":1,"source":"in/a.csv","line":4,"column":0,"code":"column-count","reason":"4 fields where the header has 3"}'
is "as CSV" "$(rejects --quiet --csv | csv_cells /dev/stdin | tail -n +2 | cut -f 1,4)" "$(tail -n +2 list | cut -f 1,4)"
expect "no such import" 64 'there is no import "7"' rejects --import 7
is "of an import" "$(ids --import last)" "$(ids)"

# Mending
expect "what can be mended" 0 'mend/rejects.csv: 6 records to mend in 4 files of mend/mend' rejects --export mend
is "in its own form" "$(cd mend/mend && ls | tr '\n' ' ')" "feed-1.xml records.jsonl table-1.csv table-2.csv "
is "JSON records" "$(tail -n 2 mend/mend/records.jsonl | tr '\n' ' ')" '{"title":"제목만"} {"title":"깨진 '
is "rows under the header of theirs" "$(tail -c +4 mend/mend/table-1.csv | tr -d '\r' | tr '\n' '|')" '제목,본문,일자|=제목만,,2024-01-11|"셋, 넷",하나,둘,셋|'
is "also of another encoding" "$(tail -c +4 mend/mend/table-2.csv | tr -d '\r' | tr '\n' '|')" '제목;본문;지면;일자|반달시 제목만;;3;2024-01-11|'
is "as Excel knows UTF-8" "$(head -c 3 mend/mend/table-1.csv | od -An -tx1)" " ef bb bf"
is "feed items in a feed" "$(grep -c '<item>' mend/mend/feed-1.xml) $("$BIN" import --quiet --db feed.db mend/mend/feed-1.xml 2>&1 | grep -c 'feed-1.xml:.*no-body')" "1 1"
sed "s|<link>|<description>$center</description><link>|" mend/mend/feed-1.xml > mended.xml
"$BIN" import --quiet --db feed.db mended.xml 2> err
is "with the outlet that its title names" "$("$BIN" articles --json --db feed.db | grep -o '"outlet":"[^"]*"')" '"outlet":"새벽&저녁신문"'
is "the list names files as a whole" "$(csv_cells mend/rejects.csv | tail -n +2 | cut -f 3,5 | tail -n 2 | tr '\t\n' ' |')" "in/e.zip 아니오|in/f.txt 아니오|"
remember mend/mend/table-1.csv mend/rejects.csv
sed -i "s/=제목만,,/다른시 센터 열어,$center 다음 달이다.,/; /셋, 넷/d" mend/mend/table-1.csv
cp mend/mend/table-1.csv mended.csv
expect "what has been mended is not lost" 73 'exists already.*--force' rejects --export mend
cmp -s mended.csv mend/mend/table-1.csv && ok "it is as it was" || not_ok "it is as it was"
rejects --quiet --export mend --force
unchanged "unless --force" mend/mend/table-1.csv mend/rejects.csv
cp mended.csv mend/mend/table-1.csv
"$BIN" import --quiet --db $DB mend/mend > out 2>&1
is "the mended record is in" "$("$BIN" articles --json --db $DB | grep -c '다른시 센터 열어')" "1"
is "the others are set aside again" "$(ids --import 2 | wc -w)" "4"
is "the latest import first, each by its numbers" "$(rejects --quiet | tail -n +2 | cut -f 1,2 | sort -c -k 2,2nr -k 1,1n && rejects --quiet | tail -n +2 | cut -f 2 | uniq | tr '\n' ' ')" "2 1 "
ln -s "$SCRATCH" link
expect "a link is no folder of ours" 73 'mend' bash -c "mkdir l && ln -s /nowhere l/mend && '$BIN' rejects --db $DB --export l"
expect "no place to write" 73 'in/a.csv' rejects --export in/a.csv/x

# Striking off
expect "by number" 0 '1 struck off' rejects --done 2
is "it is gone" "$(ids | tr ' ' '\n' | grep -cx 2)" "0"
expect "an unknown one" 64 '2: no record.*nothing' rejects --done 1 2
is "then nothing is" "$(ids | tr ' ' '\n' | grep -cx 1)" "1"
expect "no number" 64 'x1: no record' rejects --done x1
expect "neither number nor import" 64 'give numbers' rejects --done
expect "both" 64 'give numbers' rejects --done 1 --import 1
expect "numbers without --done" 64 'go with --done' rejects 1
expect "of one kind and import" 0 '3 struck off' rejects --done --import 2 --code no-body
expect "of an import" 0 '^[0-9]+ struck off' rejects --done --import 2

# Reading again
printf '제목,본문,일자\r\n"시흥시, 센터 열어",%s,2024-01-10\r\n' "$center" > in/a.csv
"$BIN" import --quiet --db $DB in > out 2>&1
is "what its file no longer has is gone" "$(rejects --quiet | grep -c 'in/a.csv')" "0"
is "faulty files are tried again, and listed once" "$(rejects --quiet | grep -c 'in/e.zip')" "1"
is "what has not changed stays, once" "$(rejects --quiet | grep -c 'in/c.jsonl')" "2"
"$BIN" import --quiet --again --db $DB in > out 2>&1
is "also when it is read again" "$(rejects --quiet | grep -c 'in/c.jsonl')" "2"
"$BIN" forget --quiet --db $DB last 2> /dev/null
is "and when that is forgotten" "$(rejects --quiet | grep -c 'in/c.jsonl')" "2"

# What cannot be read
mkdir -p "deep/$(printf 'x/%.0s' $(seq 70))"
"$BIN" import --quiet --db deep.db deep > out 2>&1
is "a folder that is too deep is set aside once, and tried again" "$("$BIN" rejects --quiet --db deep.db | tail -n +2 | cut -f 3) $("$BIN" import --json --db deep.db deep 2> /dev/null | grep -o '"rejected":[0-9]*')" 'unreadable "rejected":1'

# Many, at long places: 100 MB of them
long=$(printf 'x%.0s' $(seq 230))
mkdir -p "many/$long/$long/$long/$long"
yes '{}' | head -n 100000 > "many/$long/$long/$long/$long/a.jsonl"
"$BIN" import --quiet --db many.db many > out 2>&1
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited; else bound=120000; fi # the sanitizers need terabytes
is "a list of any length in little memory" "$(ulimit -v $bound; rejects --quiet --db many.db | wc -l)" "100001"
rm -r many many.db

# Excluded by the source itself
printf '{"title":"시흥시, 셋째 센터 열어","body":"%s","excluded":"중복"}\n' "$center" > x.jsonl
"$BIN" import --quiet --db x.db x.jsonl > out 2>&1
is "is a list of its own" "$("$BIN" rejects --quiet --db x.db | tail -n +2 | wc -l) $("$BIN" rejects --quiet --excluded --db x.db | tail -n +2 | cut -f 3)" "0 excluded"
expect "counted apart" 0 'note: 1 excluded by their source$' "$BIN" rejects --excluded --db x.db

# A hostile name
printf '제목,본문\r\n제목만,\r\n' > '=1+1.csv'
"$BIN" import --quiet --db odd.db '=1+1.csv' > out 2>&1
"$BIN" rejects --quiet --db odd.db --csv --csv-encoding utf-8 > odd.csv
"$BIN" rejects --quiet --db odd.db --export odd
is "is no formula in a table" "$(tail -n 1 odd.csv | cut -d , -f 4) $(tail -n 1 odd/rejects.csv | cut -d , -f 3)" "\"'=1+1.csv:2\" \"'=1+1.csv:2\""

# Limits
"$BIN" limits > limits
is "limits: name, value, unit" "$(head -n 1 limits | cut -f 1-3 | tr '\t' ' ')" "LIMIT VALUE UNIT"
is "as JSON, one a line" "$("$BIN" limits --json | wc -l)" "$(($(wc -l < limits) - 1))"
is "all are in the README" "$("$BIN" limits --json | json_tsv limit value status | while IFS=$'\t' read -r name value; do grep -qE "^\| \`$name\` \| $value " "$ROOT/README.md" || echo "$name $value"; done)" ""
is "and no other" "$(sed -n '/^| limit /,/^$/p' "$ROOT/README.md" | grep -c '^| `')" "$(($(wc -l < limits) - 1))"
no_strays "nothing temporary is left" "$SCRATCH"
finish
