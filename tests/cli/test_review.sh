# `briefgen review`: the list, the spreadsheet and its way through spreadsheet programs, corrections in force, taken back,
# kept through reanalyze and import; tables that are wrong.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
DB=r.db
review() { "$BIN" review --db $DB "$@"; }
article() { "$BIN" articles --json --db $DB | grep "\"external_id\":\"$1\""; }
field() { article "$1" | grep -oE "\"$2\":(\"[^\"]*\"|\[[^]]*\]|[a-z0-9.-]+)" | sed "s/^\"$2\"://"; }
id() { field "$1" id | tr -d '"'; }
rows() { "$BIN" articles --json --db $DB && "$BIN" initiatives --json --db $DB; }
table() { printf '기사ID,고침_사업,고침_시군구코드,고침_분야,고침_보도일,고침_묶음,메모\r\n'; printf '%s\r\n' "$@"; } # ROW…
record() { printf '{"id":"%s","date":"%s","outlet":"%s","title":"%s","body":"%s"}\n' "$@"; }

center='예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금과 상담을 지원할 계획이다.'
{
    record p1 2024-01-10 새벽신문 '시흥시, 물결 창업지원센터 문 열어' "시흥시는 $center"
    record p2 2024-01-11 저녁신문 '시흥시, 물결 창업지원센터 문 열었다' "시흥시는 $center"
    record p3 2024-01-12 한낮신문 '시흥시 물결 창업지원센터 문 열어' "시흥시는 $center"
    record q1 2024-01-15 새벽신문 '포항시, 바이오 신약 연구소 착공' '포항시는 바이오 신약 개발을 돕는 연구소를 착공했다고 밝혔다. 시는 신약 벤처 열 곳을 유치해 임상 시험을 지원한다.'
    record n1 2024-01-16 새벽신문 '원주시, 눈 치우기 나서' '원주시는 밤새 내린 눈을 치웠다고 밝혔다. 시민들은 빙판길을 조심해 달라고 시는 당부했다.'
} > in.jsonl
printf '{"id":"u1","title":"양주시, 청년 창업 경진대회 열어","body":"양주시는 청년 창업 경진대회를 열어 예비 창업자 열 팀에 사업화 자금을 지원한다고 밝혔다. 대회는 창업지원센터에서 열린다.","outlet":"=매체()"}\n' >> in.jsonl
"$BIN" import --quiet --db $DB in.jsonl
rows > before

# The list
expect "what is undated is worth a look" 0 "$(id u1) .*date" review
is "as JSON" "$(review --json | grep -c '"doubts":\["date')" "1"
is "in a month to which it may belong" "$(review --month 2024-01 --json | grep -c "$(id u1)")" "1"
expect "the spreadsheet" 0 'out.csv: 1 article to review' review --export out.csv
is "UTF-8 with a mark, CRLF" "$(head -c 3 out.csv | od -An -tx1 | tr -d ' ')$(grep -c $'\r$' out.csv)" "efbbbf2"
is "an outlet that is a formula is none" "$(csv_cells out.csv | grep -c "'=매체()")" "1"
review --export - | cmp - out.csv && ok "- is standard output" || not_ok "- is standard output"
is "unedited it changes nothing" "$(review --apply out.csv) $(rows | cmp - before && echo same)" \
    "1 row: 0 articles changed (0 with a correction taken back), 0 problems same"

# Corrections
table "$(id u1),,,,2024-01-20,,본 기사" "$(id q1),아니오,,,,," "$(id n1),예,원주시,창업;제조,,," > fix.csv
expect "a date, a no, a yes" 0 '3 rows: 3 articles changed' review --apply fix.csv
is "the date is certain" "$(field u1 published) $(field u1 date_basis) $(field u1 corrected)" '"2024-01-20" "published" true'
is "the refused one counts no more" "$(field q1 initiative) $(field q1 initiative_id)" "false null"
is "the other counts as it is said" "$(field n1 initiative) $(field n1 regions) $(field n1 categories) $(field n1 score)" \
    'true ["51130"] ["startup","manufacturing"] 1.000'
rows > corrected
is "no other article has changed" \
    "$(grep -hE '"external_id":"p[123]"' before corrected | sort | uniq -c | awk '{print $1}' | sort -u | tr '\n' ' ')" "2 "
expect "twice is once" 0 '3 rows: 0 articles changed' review --apply fix.csv
"$BIN" reanalyze --quiet --db $DB
is "reanalyze keeps them" "$(rows | cmp - corrected && echo same)" "same"
"$BIN" import --quiet --db $DB in.jsonl
is "import keeps them" "$(rows | cmp - corrected && echo same)" "same"
expect "explain shows them" 0 'corrected by a person' "$BIN" explain --db $DB "$(id q1)"
"$BIN" --month 2024-01 --db $DB --output brief --quiet
is "the brief counts by them" "$(csv_cells brief/2024-01/articles-2024-01.csv | grep -cE "$(id u1)|$(id n1)") $(csv_cells brief/2024-01/articles-2024-01.csv | grep -c "$(id q1)")" "2 0"
expect "the export shows what was said" 0 . review --export said.csv
is "in the columns to fill in" "$(csv_cells said.csv | grep -c '예.*51130.*창업;제조') $(csv_cells said.csv | grep -c '2024-01-20.*본 기사')" "1 1"
is "which changes nothing when it comes back" "$(review --apply said.csv | grep -o '0 articles changed')" "0 articles changed"

# Groups
one=$(field p1 initiative_id)
is "three outlets, one initiative" "$(field p2 initiative_id) $(field p3 initiative_id)" "$one $one"
least=$(printf '%s\n' "$(id p1)" "$(id p2)" "$(id p3)" | LC_ALL=C sort | head -n 1)
for other in p1 p2 p3; do [ "$(id $other)" != "$least" ] && break; done
table "$(id $other),,,,,new," > new.csv
review --apply new.csv > out
is "one is an initiative of its own" "$("$BIN" initiatives --json --db $DB | grep -o '"articles":\[[^]]*\]' | grep -c "^\"articles\":\[\"$(id $other)\"\]")" "1"
table "$(id $other),,,,,$(field u1 initiative_id | tr -d '"')," > join.csv
review --apply join.csv > out
is "or joins another" "$(field $other initiative_id)" "$(field u1 initiative_id)"
table "$(id $other),,,,,-," > back.csv
review --apply back.csv > out
is "and comes back" "$(field $other initiative_id) $(rows | cmp - corrected && echo same)" "$one same"

# A city for one of three: the others stay together, whatever the rules would make of the pair without it
table "$(id $other),,포항시,,,," > city.csv
review --apply city.csv > out
is "an article with another city leaves" "$(field $other regions) $([ "$(field $other initiative_id)" != "$one" ] && echo left)" '["47110"] left'
is "the others stay" "$(for p in p1 p2 p3; do [ $p = $other ] || field $p initiative_id; done | sort -u)" "$one"
table "$(id $other),,-,,,," "$(id u1),-,-,-,-,,-" "$(id q1),-,-,-,,,-" "$(id n1),-,-,-,,," > undo.csv
expect "all is taken back" 0 '4 articles changed .4 with a correction taken back' review --apply undo.csv
is "as if nothing had been said" "$(rows | cmp - before && echo same)" "same"

# The sample articles, every third of them corrected one way or another: the others count where they did, with whom they
# did. (An initiative's id is that of its least article and may change with it; what counts only because of another
# report of the same release goes with that one.)
"$BIN" import --quiet --db many.db "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" 2> /dev/null
fields='id initiative published regions categories initiative_id score'
"$BIN" articles --json --db many.db | json_tsv $fields | LC_ALL=C sort > many.before
LC_ALL=C awk -F '\t' 'NR == 1 { print "기사ID,고침_사업,고침_시군구코드,고침_분야,고침_보도일,고침_묶음" }
    NR % 3 == 0 { n++
        if (n % 5 == 0) print $1 ",아니오,,,,"
        if (n % 5 == 1) print $1 ",,11000,,,"
        if (n % 5 == 2) print $1 ",예,경기도 시흥시,바이오,,"
        if (n % 5 == 3) print $1 ",,,,2024-01-02,"
        if (n % 5 == 4) print $1 ",예,30000,제조,2023-12-31,new" }' many.before > many.csv
"$BIN" review --quiet --db many.db --apply many.csv
is "a third of the sample is corrected" "$? $("$BIN" articles --json --db many.db | grep -c '"corrected":true')" "0 $(($(wc -l < many.csv) - 1))"
"$BIN" articles --json --db many.db | json_tsv $fields | LC_ALL=C sort > many.after
others() { # what is not corrected, groups named by the least uncorrected member
    LC_ALL=C awk -F '\t' 'NR == FNR { split($0, c, ","); corrected[c[1]] = 1; next } !($1 in corrected) {
        if ($6 != "" && !($6 in first)) first[$6] = $1; print $1, $2, $3, $4, $5, $6 == "" ? "" : first[$6] }' many.csv "$1"
}
others many.before > many.want
others many.after > many.got
is "the others are where they were" "$(diff many.want many.got | head -n 5)" ""
sed 's/,.*/,-,-,-,-,-/; 1s/.*/기사ID,고침_사업,고침_시군구코드,고침_분야,고침_보도일,고침_묶음/' many.csv > many.undo
"$BIN" review --quiet --db many.db --apply many.undo
is "all of it is taken back" "$? $("$BIN" articles --json --db many.db | json_tsv $fields | LC_ALL=C sort | cmp - many.before && echo same)" "0 same"

# As spreadsheet programs save it
table "$(id q1),아니오,,,,,\"한 줄, \"\"둘째\"\"\"" "$(id n1),예,원주시,제조,,," > plain.csv
state() { rows | sha256sum; }
review --apply plain.csv > out; want=$(state); review --apply undo.csv > out
while IFS='|' read -r name make; do
    eval "$make"
    review --apply v.csv > out 2> err
    is "saved as $name" "$? $([ "$(state)" = "$want" ] && echo same)" "0 same"
    review --apply undo.csv > out 2> err
done << 'END'
UTF-8 with a mark|{ printf '\357\273\277'; cat plain.csv; } > v.csv
CP949|iconv -f UTF-8 -t CP949 plain.csv > v.csv
CP949 with semicolons|sed 's/,/;/g; s/한 줄;/한 줄,/' plain.csv | iconv -f UTF-8 -t CP949 > v.csv
UTF-16 with tabs|sed 's/,/\t/g; s/한 줄\t/한 줄,/' plain.csv | iconv -f UTF-8 -t UTF-16 > v.csv
plain line ends, sep=|{ echo 'sep=,'; tr -d '\r' < plain.csv; } > v.csv
other columns, another order|sed '1s/고침_시군구코드/x/; 1s/고침_분야/고침_시군구코드/; 1s/x/고침_분야/; s/원주시,제조/제조,원주시/' plain.csv > v.csv
empty lines and columns|sed 's/\r$/,,,\r/; 2i,,,,,,\r' plain.csv > v.csv
END
if command -v soffice > /dev/null; then
    review --export - | sed "/$(id u1)/s/,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,\r\$/,예,,,2024-01-20,,메모\r/" > office.csv
    timeout 240 soffice "-env:UserInstallation=file://$SCRATCH/office" --headless --infilter='CSV:44,34,76,1,,0,false,false' \
        --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1' --outdir saved office.csv > office.log 2>&1
    expect "through LibreOffice and back" 0 '1 article changed' review --apply saved/office.csv
    is "the correction is there" "$(field u1 published)" '"2024-01-20"'
    review --apply undo.csv > out
else
    skip "through LibreOffice and back" "soffice is not installed"
fi
is "after all that the state is the first" "$(rows | cmp - before && echo same)" "same"

# Tables that are wrong: each row is named, the others are stored
table "$(id p1),vielleicht,,,,," "$(id p2),,99999,,,," "$(id p3),,,관광,,," "$(id u1),,,,2024-13-01,," "$(id q1),,,,,i000000000000000," \
    "afffffffffffffff,예,,,,," ",예,,,,," "$(id n1),예,,,,," "$(id n1),아니오,,,,," > bad.csv
expect "nothing of it can be taken" 1 '0 articles changed .*9 problems' review --apply bad.csv
is "each is named with its line" "$(grep -oE 'bad.csv:[0-9]+: rejected.*\[[a-z-]+\]' err | sed 's/: rejected.*\[/ /; s/bad.csv://; s/\]//' | tr '\n' ' ')" \
    "2 bad-verdict 3 unknown-code 4 unknown-category 5 bad-date 6 unknown-initiative 7 unknown-id 8 no-id 9 incomplete 10 duplicate-id "
is "and nothing has changed" "$(rows | cmp - before && echo same)" "same"
table "$(id p1),vielleicht,,,,," "$(id q1),아니오,,,,," > half.csv
expect "the good rows of a bad table are stored" 1 '1 article changed' review --apply half.csv
is "as they say" "$(field q1 initiative)" "false"
review --apply undo.csv > out
review --export - | sed "/$(id u1)/s/,[^,]*,[^,]*,[^,]*,[^,]*,[^,]*,\r\$/,아니오,,,,,\r/" > stale.csv
table "$(id u1),,,바이오,,," > later.csv
review --apply later.csv > out
expect "a row that the database has left behind" 1 'stale.csv:2: .*export again.*\[stale\]' review --apply stale.csv
table "$(id u1),,,-,,," > later.csv
review --apply later.csv > out
printf 'a,b\r\n1,2\r\n' > other.csv
expect "another table" 65 'not a review table' review --apply other.csv
printf '' > empty.csv
expect "an empty file" 65 'empty' review --apply empty.csv
table "$(id p1),\"아니오,,,,,," > quote.csv
expect "a quote that is never closed" 1 'quote.csv:2: .*quote' review --apply quote.csv
printf '기사ID,고침_사업\r\n\377\376\375,\201\r\n' > bytes.csv
expect "bytes that are no text" 65 'neither UTF-8 nor CP949' review --apply bytes.csv
head -c 300000 /dev/zero | tr '\0' ',' > commas.csv
expect "a line of commas" 65 'empty|not a review table' review --apply commas.csv
{ printf '기사ID,메모\r\n'; printf "%s,'=1+1\033[31m\a\r\n" "$(id p1)"; } > controls.csv
expect "a note with control characters" 0 '1 article changed' review --apply controls.csv
review --export - > notes.csv
is "comes out inert" "$(LC_ALL=C grep -c $'[\001-\011\013\014\016-\037]' notes.csv)" "0"
{ printf '기사ID,메모\r\n'; printf "%s,-\r\n" "$(id p1)"; } > controls.csv
review --apply controls.csv > out
is "a note is no correction" "$(rows | cmp - before && echo same)" "same"
cp $DB keep.db
expect "no database" 66 'no such database' "$BIN" review --db absent.db --apply fix.csv
expect "no file" 66 'absent.csv' review --apply absent.csv
expect "a folder that is not there" 73 "absent: cannot open the directory" review --export absent/out.csv
expect "--apply with --month" 64 'neither --export nor a period' review --apply fix.csv --month 2024-01
expect "a closed output" 74 'standard output' bash -c "'$BIN' review --db $DB --export - > /dev/full"
cmp -s $DB keep.db && ok "none of these has changed the database" || not_ok "none of these has changed the database"
table "$(id n1),예,세종시,창업,,," > fix.csv
expect "세종시 is the city" 0 '1 article changed' review --apply fix.csv
is "not the province" "$(field n1 regions) $(field n1 initiative)" '["36110"] true'
table "$(id n1),,-,,,," > fix.csv
expect "its place is taken back" 0 '1 article changed' review --apply fix.csv
table "$(id n1),,,-,,," > fix.csv
expect "and its category" 0 '1 article changed' review --apply fix.csv
expect "a 예 that says nothing any more is explained" 0 'counted  no.*no category is left' "$BIN" explain --db $DB "$(id n1)"
no_strays "nothing temporary is left" "$SCRATCH"
finish
