# `briefgen eval`: figures of labels that are right and wrong on purpose, errors of a label table, the sample articles.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
tab() { printf '%s\n' "$@" | sed 's/|/\t/g'; }
figure() { # NAME [COLUMN]: the cell of a scoreboard in "out"
    sed -n "s/^$1  *//p" "$SCRATCH/out" | head -n 1
}

mkdir texts
sample_page texts/a1.txt 시흥시 2024-01-16
sample_page texts/a2.txt 포항시 2024-01-17
sed -i '4,$s/시는 /시는 둘째 해에 /' texts/a2.txt
cat > texts/a3.txt << 'PAGE'
원주시, 겨울 축제 열어

원주시는 사흘 동안 겨울 축제를 열어 시민 수천 명이 다녀갔다고 밝혔다. 축제는 해마다 열린다.

시는 안전요원을 늘리고 주차장을 넓혔으며 내년에도 축제를 이어 갈 계획이라고 덧붙였다.
PAGE
printf '{"uid":"a3","date":"2024-01-20","outlet":"새벽신문","loc":"원주시"}' > texts/a3.meta.json
tab 'id|split|hard|date|date_lo|date_hi|city_code|city_alt|categories|is_initiative|group|related|note' \
    'a1|dev|0|2024-01-16|2024-01-16|2024-01-16|41390||startup|yes||L1|' \
    'a2|dev|1|2024-01-17|2024-01-17|2024-01-17|47110|47000|bio|yes||L1|wrong on purpose' \
    'a3|extra|0|2024-01-20|2024-01-20|2024-01-20|51130|||no|||' > labels.tsv
expect "a folder of texts" 0 'city +right +1\.000 2/2 +1\.000 1/1' "$BIN" eval labels.tsv texts
cp out board
is "all are read" "$(figure 'content   read')" "1.000 3/3     1.000 2/2     1.000 2/2     1.000 1/1     1.000 1/1     1.000 1/1"
is "the date of a column counts" "$(figure 'date      right' | cut -c 1-9)" "1.000 3/3"
is "what is labelled wrongly shows" "$(figure 'category micro precision' | cut -c 1-9)" "0.500 1/2"
is "look-alikes are apart" "$(figure '          kept apart' | cut -c 1-9)" "1.000 1/1"
is "the wrong row, what was wanted, and its note" \
    "$(grep -A 1 -c '^  a2 (hard) CATEGORY' out) $(grep -c 'wanted bio, got startup' out) $(grep -c 'wrong on purpose' out)" "1 1 1"
is "one row is wrong" "$(tail -n 1 out)" "1 wrong"
"$BIN" eval --quiet labels.tsv texts > quiet 2>&1
is "--quiet is the scoreboard alone" "$(head -n "$(wc -l < quiet)" board | cmp - quiet && echo same)" "same"
"$BIN" eval --json labels.tsv texts > json
is "--json: one line" "$(wc -l < json) $(grep -c '"f1":' json) $(grep -o '"faults":\["category"\]' json)" '1 1 "faults":["category"]'
"$BIN" eval labels.tsv texts > again 2>&1
is "the same twice" "$(cmp board again && echo same)" "same"
is "nothing is stored" "$(ls)" "$(printf '%s\n' again board err json labels.tsv out quiet texts)"

cat > records.jsonl << 'JSON'
{"uid":"r#1","title":"시흥시, 창업지원센터 문 열어","body":"시흥시는 예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금을 지원할 계획이다.","date":"2024-01-15"}
{"uid":"r#2","title":"시흥시, 눈 치워","body":"시흥시는 밤새 내린 눈을 치웠다고 밝혔다. 시민은 빙판길에 조심해 달라고 시는 당부했다.","date":"2024-01-15"}
JSON
tab 'uid|categories' 'r#1|startup' 'r#2|' > uid.tsv
expect "records by their id, few columns" 0 'initiative +F1 +1\.000' "$BIN" eval uid.tsv records.jsonl
tab 'file|categories' 'records.jsonl:1|startup' 'records.jsonl:2|' > file.tsv
expect "records by their line" 0 'content +read +1\.000 2/2' "$BIN" eval file.tsv records.jsonl
tab 'file|categories' 'a1.txt|startup' 'a3.txt|' > names.tsv
expect "files by their name" 0 'content +read +1\.000 2/2' "$BIN" eval names.tsv texts

tab 'id|categories|city_code|date' 'a1|startup|41390|2024-01-16' 'a2|sports||' 'a3||99999|' 'a1|startup||' 'a4|||2024-13-01' > bad.tsv
expect "a table with errors: 1, the rest is scored" 1 'content +read +1\.000 1/1' "$BIN" eval bad.tsv texts
is "each error with its line" "$(grep -oE 'bad.tsv:[0-9]+: rejected: .*\[[a-z-]+\]' err | sed 's/ rejected.*\[/ [/')" \
    "$(printf '%s\n' 'bad.tsv:3: [unknown-category]' 'bad.tsv:4: [unknown-code]' 'bad.tsv:5: [duplicate-id]' 'bad.tsv:6: [bad-date]')"
tab 'id|categories' 'a1|startup' 'zz|' > absent.tsv
expect "a text that is not there: 1, named" 1 'absent.tsv:3: .*no article "zz"' "$BIN" eval absent.tsv texts
tab 'id|categories' 'zz|' > none.tsv
expect "none of the texts is there" 66 'holds none of the articles' "$BIN" eval none.tsv texts
tab 'name|categories' 'a1|startup' > noid.tsv
expect "no id" 65 'needs a column id or uid' "$BIN" eval noid.tsv texts
tab 'id|categories' 'a1' > cells.tsv
expect "a row that is cut short" 65 'cells.tsv:2' "$BIN" eval cells.tsv texts
expect "no label table" 66 'absent' "$BIN" eval absent/labels.tsv texts
expect "no texts" 66 'absent' "$BIN" eval labels.tsv absent
expect "usage" 64 'usage: briefgen eval LABELS DIR' "$BIN" eval labels.tsv
tab 'id|categories' '../texts/a1|startup' > up.tsv
expect "an id does not lead out of the folder" 66 'holds none' "$BIN" eval up.tsv texts

expect "the sample articles" 1 'city +right +1\.000' "$BIN" eval "$ROOT/tests/corpus/expected.tsv" "$ROOT/tests/corpus"
finish
