# `briefgen sources` and `briefgen forget`: what imports have read, and the database as if one had never been made.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
export SOURCE_DATE_EPOCH=1705365000 # 2024-01-16 09:30 in Korea
DB=s.db
sources() { "$BIN" sources --db $DB "$@"; }
forget() { "$BIN" forget --db $DB "$@"; }
record() { printf '{"id":"%s","date":"%s","outlet":"%s","title":"%s","body":"%s"%s}\n' "$@"; }
center='예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금과 상담을 지원할 계획이다.'
state() { # DB: all that does not depend on row ids
    "$BIN" articles --json --db "$1" && "$BIN" initiatives --json --db "$1"
    sqlite3 "$1" "SELECT a.key, f.kind, f.rank, f.value, f.score, f.rule, f.first_byte, f.by_person FROM finding f JOIN article a ON a.id = f.article ORDER BY 1, f.seq;
        SELECT key, source, source_line, reader, subtitle, hint_regions, hint_keywords, raw FROM article ORDER BY key;
        SELECT a.key, is_initiative, score, rules FROM analysis n JOIN article a ON a.id = n.article ORDER BY 1;
        SELECT month, unit, category, unit_rank, category_rank, a.key, t.published, first_of_month, earlier FROM tally t JOIN article a ON a.id = t.article ORDER BY 1, 2, 3, 6;
        SELECT a.key, v.chosen, v.digest FROM variant v JOIN article a ON a.id = v.article ORDER BY 1, 3;"
}

{
    record p1 2024-01-10 새벽신문 '시흥시, 물결 창업지원센터 문 열어' "시흥시는 $center" ''
    record p2 2024-01-11 저녁신문 '시흥시, 물결 창업지원센터 문 열었다' "시흥시는 $center" ''
    record q1 2024-01-15 새벽신문 '포항시, 바이오 신약 연구소 착공' '포항시는 바이오 신약 개발을 돕는 연구소를 착공했다고 밝혔다. 시는 신약 벤처 열 곳을 유치해 임상 시험을 지원한다.' ''
} > a.jsonl
{
    record p1 2024-01-10 새벽신문 '시흥시, 물결 창업지원센터 문 열어' "시흥시는 $center" ',"keywords":"창업,센터"'
    record p3 2024-01-12 한낮신문 '시흥시 물결 창업지원센터 문 열어' "시흥시는 $center" ''
    record q1 2024-01-15 새벽신문 '포항시, 바이오 신약 연구소 착공' '포항시는 바이오 신약 개발을 돕는 연구소를 착공했다고 밝혔다. 시는 신약 벤처 열 곳을 유치해 임상 시험을 지원한다.' ''
    echo '{"title":"본문이 없다"}'
} > b.jsonl

"$BIN" import --quiet --db $DB a.jsonl
state $DB > a.state
expect "a second import" 1 . "$BIN" import --db $DB b.jsonl a.jsonl
state $DB > ab.state

# The list
is "the head" "$(sources | head -n 1 | tr '\t' '|')" "번호|시각|초|파일|새 기사|있던 기사|바뀐 기사|제쳐 둠|제외|결함 파일|중단|그대로인 파일|규칙"
is "two imports, in Korean time" "$(sources | cut -f 1,2 | tail -n 2 | tr '\t\n' '||')" "1|2024-01-16 09:30|2|2024-01-16 09:30|"
is "what they made of their files" "$(sources | cut -f 4-12 | tail -n 2 | tr '\t\n' ' |')" "1 3 0 0 0 0 0 0 0|1 1 1 1 1 0 0 0 1|"
is "as JSON" "$(sources --json | tail -n 1 | grep -oE '"(import|started|added|known|replaced|rejected|unchanged)":("[^"]*"|[0-9]+)' | tr '\n' ' ')" \
    '"import":2 "started":"2024-01-16T09:30:00+09:00" "added":1 "known":1 "replaced":1 "rejected":1 "unchanged":1 '
is "the files of one" "$(sources last | tail -n 1 | cut -f 1-3,5-9,12 | tr '\t' ' ')" "complete json/1 utf-8 4 1 1 1 1 b.jsonl"
is "their size" "$(sources 1 --json | grep -oE '"bytes":[0-9]+')" "\"bytes\":$(wc -c < a.jsonl)"
is "as CSV" "$(sources 2 --csv --lang en --csv-encoding utf-8 | head -n 1)" \
    "state,reader,encoding,bytes,items,added,known,replaced,rejected,excluded,fault,input$(printf '\r')"
expect "no such import" 64 'there is no import "9"' sources 9
expect "no number" 64 'is no import' sources 1x
expect "JSON or CSV" 64 'either --json or --csv' sources --json --csv
expect "no database" 66 'absent.db' "$BIN" sources --db absent.db

# Where an article comes from
key=$("$BIN" articles --json --db $DB | grep '"external_id":"p1"' | grep -oE '"id":"[^"]*"' | cut -d '"' -f 4)
expect "explain names the places" 0 'read in  import 2, b.jsonl:1 as json/1' "$BIN" explain --db $DB "$key"
is "also those that say less" "$("$BIN" explain --json --db $DB "$key" | grep -oE '"source":"[^"]*","line":[0-9]+|"shown":[a-z]+' | tr '\n' ' ')" \
    '"source":"b.jsonl","line":1 "shown":true "source":"a.jsonl","line":1 "shown":false '

# Forgetting
remember $DB
expect "a dry run says what would go" 0 'import 2 would be forgotten: 1 input; 1 article gone, 1 as other imports have it, 1 record' forget 2 --dry-run
unchanged "and changes nothing" $DB
cp $DB both.db
expect "the last import" 0 'import 2 forgotten' forget last
state $DB > now
is "is as if it had never been" "$(diff now a.state | head -n 5)" ""
"$BIN" import --quiet --db $DB b.jsonl 2> /dev/null
state $DB > now
is "again: as before" "$(diff now ab.state | head -n 5)" ""
"$BIN" import --quiet --db other.db b.jsonl 2> /dev/null
state other.db > b.state
expect "the first import of two" 0 '"articles":1,"changed":0,"rejects":0,"initiatives":1' "$BIN" forget --json --db both.db 1
expect "as JSON" 0 '"import":1,"dry_run":true' forget 1 --dry-run --json
"$BIN" import --quiet --db other.db a.jsonl
state other.db > now
is "the order of imports does not matter" "$(diff now ab.state | head -n 5)" ""
is "there is a state" "$(grep -c 바이오 now | awk '{ print ($1 > 0) }')" "1"
state both.db > now
is "forgetting the first leaves the second" "$(diff now b.state | head -n 5)" ""
expect "twice" 64 'there is no import' "$BIN" forget --db both.db 1
is "its files are read again by the next import" "$("$BIN" import --json --db both.db a.jsonl | grep -oE '"(added|unchanged)":[0-9]+' | tr '\n' ' ')" '"unchanged":0 "added":1 '
state both.db > now
is "and all is there again" "$(diff now ab.state | head -n 5)" ""

# A person's words outlast it
printf '기사ID,고침_사업,고침_시군구코드,고침_분야,고침_보도일,고침_묶음,메모\r\n%s,예,원주시,제조,2024-01-20,,본 기사\r\n' "$key" > fix.csv
"$BIN" review --quiet --db $DB --apply fix.csv
state $DB | grep -v '^20' > corrected
"$BIN" forget --quiet --db $DB 1
expect "corrections of an article that goes are kept" 0 '5 corrections by a person kept' forget last
expect "and counted by doctor" 0 'corrections that wait  +5 for 1 forgotten' "$BIN" doctor --db $DB
is "nothing else is left" "$("$BIN" articles --json --db $DB --quiet | wc -l)" "0"
"$BIN" import --quiet --db $DB a.jsonl b.jsonl 2> /dev/null
state $DB | grep -v '^20' > now
is "and in force when it comes back" "$(diff now corrected | head -n 5)" ""
"$BIN" forget --quiet --db $DB last
"$BIN" import --quiet --db $DB a.jsonl
printf '기사ID,고침_사업,고침_시군구코드,고침_분야,고침_보도일,고침_묶음,메모\r\n%s,-,-,-,-,,-\r\n' "$key" > back.csv
"$BIN" review --quiet --db $DB --apply back.csv
state $DB > now
is "and can be taken back" "$(diff now a.state | head -n 5)" ""

# What follows from the day is as of the day that a person gave: when the article comes back, and when a source says more
record r1 2023-11-10 새벽신문 '포항시, 바이오 신약 연구소 착공' '포항시는 바이오 신약 연구소를 착공했다고 밝혔다. 연구소는 내년 6월 준공할 계획이며 시는 신약 벤처를 지원한다.' '' > day.jsonl
record r1 2023-11-10 새벽신문 '포항시, 바이오 신약 연구소 착공' '포항시는 바이오 신약 연구소를 착공했다고 밝혔다. 연구소는 내년 6월 준공할 계획이며 시는 신약 벤처를 지원한다.' ',"keywords":"바이오,연구소"' > more.jsonl
targets() { sqlite3 day.db "SELECT value FROM finding WHERE kind = 'target'"; }
"$BIN" import --quiet --db day.db day.jsonl
printf '기사ID,고침_보도일\r\n%s,2024-01-20\r\n' "$(sqlite3 day.db 'SELECT key FROM article')" > fix.csv
was=$(targets)
"$BIN" review --quiet --db day.db --apply fix.csv
is "a target moves with the corrected day" "$was, $(targets)" "2024-06-01..2024-06-30 준공, 2025-06-01..2025-06-30 준공"
"$BIN" forget --quiet --db day.db last
"$BIN" import --quiet --db day.db day.jsonl
is "and is there when the article comes back" "$(targets)" "2025-06-01..2025-06-30 준공"
"$BIN" import --quiet --db day.db more.jsonl
is "and when another source says more" "$(sqlite3 day.db 'SELECT hint_keywords FROM article') $(targets)" "바이오,연구소 2025-06-01..2025-06-30 준공"

# Faulty files, streams
printf 'PK\003\004 cut short' > bad.zip
"$BIN" import --quiet --db faulty.db a.jsonl bad.zip > out 2>&1
is "a faulty file is listed with why" "$? $("$BIN" sources last --db faulty.db | cut -f 1,12 | tail -n 2 | tr '\t\n' ' |') $("$BIN" sources last --json --db faulty.db | grep -c '"fault":"[^"]')" "65 complete a.jsonl|faulty bad.zip| 1"
"$BIN" import --quiet --db stream.db - < a.jsonl
"$BIN" import --quiet --db stream.db - < b.jsonl 2> /dev/null
is "standard input" "$("$BIN" sources last --json --db stream.db | grep -oE '"(input|bytes)":[^,]*' | tr '\n' ' ')" '"input":"-" "bytes":null '
mkdir odd && cp a.jsonl "odd/$(printf 'a\033[31m\n=b.jsonl')"
"$BIN" import --quiet --db odd.db odd
is "a hostile name is tame in the table" "$("$BIN" sources last --db odd.db | tail -n +2 | LC_ALL=C grep -c $'\033') $("$BIN" sources last --db odd.db | wc -l)" "0 2"
no_strays "nothing temporary is left" "$SCRATCH"
finish
